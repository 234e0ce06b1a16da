//! What the reader remembers between turns.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tolkebot_protocol::Speaker;
use tolkebot_values::address::Gazetteer;
use tolkebot_values::dates::Tense;

use super::asides::Aside;
use super::asked::Asked;
use super::belief::{Belief, Heard, Trust};
use super::dates::Use;
use super::kin::{Kin, Sex};
use super::own_question::OwnQuestion;
use super::topic::Topic;
use crate::state::{Evidence, PersonId};

/// Somebody the conversation is about. Person 0 is the citizen at the counter.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub id: PersonId,
    pub kin: Option<Kin>,
    pub sex: Option<Sex>,
    /// Moves along; `None` while nobody said.
    pub moves: Option<bool>,
    /// Stays in the old home.
    pub stays_behind: bool,
    /// Age in years, when it was said.
    pub age: Option<u32>,
    /// Number of the turn in which the person was last spoken of.
    pub last_turn: usize,
}

/// Which address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Place {
    Old,
    New,
    /// A contact address in Denmark after departure.
    Contact,
}

impl Place {
    /// Prefix of the address's beliefs.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Place::Old => "from",
            Place::New => "to",
            Place::Contact => "contact",
        }
    }

    pub(crate) fn other(self) -> Place {
        match self {
            Place::Old => Place::New,
            Place::New => Place::Old,
            Place::Contact => Place::Contact,
        }
    }
}

/// Memory of one conversation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    pub today: Date,
    /// The streets that are known by name.
    pub streets: Arc<Gazetteer>,
    /// The numbers of the citizen's last turn, as digits.
    pub digits_said: Vec<String>,
    /// Number of turns read.
    pub turns: usize,
    /// Number of turns since the move was first spoken of: what goes before it (how the two talk, who is there) may be as long as
    /// it likes.
    pub talked: usize,
    /// Whether the last turn was an aside.
    pub aside: Aside,
    /// The words of the citizen's last turn.
    pub citizen_words: Vec<String>,
    /// Beliefs by slot key; persons as `p3.given_names`, addresses as `to.street`.
    pub beliefs: BTreeMap<String, Belief>,
    pub people: Vec<Person>,
    /// Who moves: 0 unless the citizen reports for somebody else.
    pub mover: PersonId,
    /// What the employee's last turn asked.
    pub asked: Asked,
    /// What the turn before that asked.
    pub asked_before: Asked,
    /// The other parent's telephone number was asked for and told.
    pub parent_phone_asked: bool,
    /// The telephone number told last that is nobody's in the form: its read-back is nobody's either.
    pub nobodys_phone: Option<String>,
    /// The citizen's last turn was nothing but a question.
    pub asked_back: bool,
    /// The citizen's last turn left the question open: «не знаю».
    pub left_open: bool,
    /// The last question for name, number or birth date: "og konen?" asks it again.
    pub data_asked: Vec<super::asked::Ask>,
    pub data_asked_turn: usize,
    /// The person whose data are being taken.
    pub focus: PersonId,
    /// The address being spoken of.
    pub place: Option<Place>,
    /// Number of the turn in which an address was last spoken of.
    pub place_turn: usize,
    /// Number of the turn in which the citizen last came from a street: «із Вестергаде …».
    pub from_street_turn: usize,
    /// Old and new address are in the same building.
    pub same_house: bool,
    /// Values that the employee's last turn asked about; a "yes" makes them values.
    pub offers: Vec<(String, Heard)>,
    /// The form's own question, if the employee's last turn was one.
    pub own_question: Option<OwnQuestion>,
    /// Those that got a yes, with it.
    pub agreed: Vec<(OwnQuestion, Evidence)>,
    /// Keys of those behind which the employee's turn asked about another matter.
    pub passed_over: Vec<String>,
    /// The employee's last turn asked about somebody else by name.
    pub asked_other: bool,
    /// The address whose street the employee's last turn named without a number: the answer may be
    /// nothing but that.
    pub street_open: Option<Place>,
    /// The town that the employee's last question named.
    pub asked_town: Option<super::address::AskedTown>,
    /// The address that was told in answer to a question for the one in a town, and not for the old or the new.
    pub told_for_town: Option<Place>,
    /// The employee's last question names a place in another country and none here.
    pub asked_foreign: bool,
    /// Keys of the values offered in the employee's last turn.
    pub offered: Vec<String>,
    /// Values that the citizen's present turn refused.
    pub refused: Vec<(String, Heard)>,
    /// Given names of nobody here of whom the citizen spoke.
    pub named_nobody: Vec<String>,
    /// An employee has asked who comes along, or how many move.
    pub company_asked: bool,
    /// So many the employee took it to be, and in which turn.
    pub staff_count: Option<(usize, usize)>,
    /// So many children come along as the citizen said.
    pub children_told: Option<usize>,
    /// The citizen said no to whether they move alone.
    pub not_alone: bool,
    /// Somebody said that the mover moves alone.
    pub alone: Option<Evidence>,
    /// The move is an arrival from abroad.
    pub from_abroad: Option<Evidence>,
    /// Who moves has been in the country for long, whatever the employee asks.
    pub long_here: bool,
    /// Somebody spoke of leaving the country.
    pub leaving_spoken: bool,
    /// The employee's last turn asked where somebody goes.
    pub asked_whither: bool,
    /// Whose home it is and who stays there, said before the host was known: the turn and what was heard.
    pub of_host: Vec<(usize, &'static str, Heard)>,
    /// The employee took it that somebody leaves for this country.
    pub leaving_for: Option<(String, Evidence)>,
    /// Number of the turn in which papers of a home were last spoken of, and whether as a copy.
    pub lease_turn: Option<(usize, bool)>,
    /// What the employee takes for granted about the tense.
    pub tense_guess: Option<Tense>,
    /// The day of the permit that the citizen has just read otherwise.
    pub disputed_day: Option<super::dates::DisputedDay>,
    /// The citizen's present turn refuses something.
    pub objected: bool,
    /// Which of the two addresses were placed by a guess only.
    pub guessed: Option<Place>,
    /// Which addresses were placed by words, a question or a town; the others may be each other's.
    pub placed: Vec<Place>,
    /// The address whose street, agreed on by both sides, made room for another while the other address was still
    /// unknown: the two may have changed places.
    pub replaced: Option<Place>,
    /// A street with its number made room for another although nobody objected to it: which homes the two are is open.
    pub three_homes: bool,
    /// The employee's last question names a town, and that the new home lies there was a guess.
    pub asked_by_guess: bool,
    /// The address that was told in answer to such a question.
    pub told_by_guess: Option<Place>,
    /// The address that was told in answer to a question that says of neither which it is.
    pub told_in_general: Option<Place>,
    /// The municipalities whose towns were named in the conversation.
    pub municipalities: Vec<&'static str>,
    /// A move of the citizen's own was spoken of.
    pub own_move: bool,
    /// How often an employee asked when or from where somebody else moves.
    pub third_moves: usize,
    /// The mover was asked for their own number or birth date.
    pub own_number_asked: bool,
    /// Past when the move has happened, future when not.
    pub tense: Option<Tense>,
    /// Number of the turn in which the citizen last named a lease, shown or not.
    pub lease_named: usize,
    /// The employee spoke of the citizen's passport as of something that is there.
    pub pass_spoken: bool,
    /// Somebody was said to move to the one who reports.
    pub to_reporter: bool,
    /// The person the citizen lives with.
    pub host: Option<PersonId>,
    /// When somebody's home was last spoken of, and of whose by sex.
    pub home_of: Option<(usize, Option<Sex>)>,
    /// Somebody said that the spelling of the mover's name is the passport's.
    pub passport_name: Option<Evidence>,
    /// Documents that were shown, by their form value.
    pub shown: Vec<(&'static str, Evidence)>,
    /// Documents that are still missing, by their form value.
    pub missing: Vec<(&'static str, Evidence)>,
    /// The person named in the employee's last question: "Og Sofiias nummer?"
    pub asked_person: Option<PersonId>,
    /// The one that the employee's turn before asked about.
    pub asked_person_before: Option<PersonId>,
    /// Name and address protection is wanted for the whole household.
    pub protect_all: bool,
    /// Who besides the mover was named as wanting protection.
    pub protected: Vec<PersonId>,
    /// The employee's last turn asked for the telephone number of somebody named ("Karins nummer").
    pub phone_of_other: bool,
    /// The citizen or the employee spoke of several persons («ми», "I").
    pub plural: bool,
    /// Who speaks Danish on the citizen's side: a host who came along.
    pub danish_speaker: Option<PersonId>,
    /// All dates of the last turn, whatever they were.
    pub dates_seen: Vec<Date>,
    pub dates_seen_before: Vec<Date>,
    /// The employee's last turn named the host.
    pub host_named_by_staff: bool,
    /// A host's declaration was spoken of.
    pub declaration: bool,
    /// Number of the turn in which the employee last spoke of it.
    pub declaration_turn: Option<usize>,
    /// The other parent of the children.
    pub other_parent: Option<PersonId>,
    /// When the employee last spoke of a parent of the children, and which.
    pub parent_spoken: Option<(usize, Sex)>,
    /// Number of the turn in which the employee last asked about children.
    pub children_asked_turn: usize,
    /// The folded words of the employee's last turn.
    pub staff_words: Vec<String>,
    /// Its sentences, as ranges of those words.
    pub staff_sentences: Vec<std::ops::Range<usize>>,
    /// Streets that the employee named in their last two turns, whoever lives there; the last turn's first.
    pub staff_streets: Vec<tolkebot_values::address::Street>,
    /// How many of them are the last turn's.
    pub staff_streets_now: usize,
    /// Names behind "på" in the employee's last turn that nothing shows to be streets.
    pub staff_names: Vec<String>,
    /// A child, children or custody was spoken of, whoever's they are.
    pub minors_spoken_of: bool,
    /// Children were mentioned without names.
    pub children_spoken_of: bool,
    /// Number of the citizen's turn that ended in a group of children: their names may follow.
    pub children_listed: Option<usize>,
    /// Children were said to move along.
    pub children_move: bool,
    /// Whose CPR number was given last, and when.
    pub last_cpr: Option<PersonId>,
    pub last_cpr_turn: usize,
    /// The first six digits of a number whose last four are awaited.
    pub cpr_start: Option<(PersonId, String)>,
    pub cpr_start_turn: usize,
    /// The last four digits of the citizen's CPR number, told before the day of birth, and in which turn.
    pub cpr_end: Option<(String, usize)>,
    /// The beginning of a telephone number whose other digits are awaited.
    pub phone_start: Option<super::numbers::PhoneStart>,
    /// Whose birth date was given last.
    pub last_birth: Option<PersonId>,
    /// Key of the telephone number given last.
    pub last_phone: Option<String>,
    /// The citizen's turn before refused something.
    pub objected_before: bool,
    /// The date spoken of last; bare days belong to its month.
    pub anchor: Option<Date>,
    /// Dates of the present and of the last turn with what they were taken for.
    pub dates_now: Vec<(Use, Date)>,
    pub dates_before: Vec<(Use, Date)>,
    /// Those of the turn before the last: most often the same speaker's.
    pub dates_earlier: Vec<(Use, Date)>,
    /// «Ми брати»: what those who stand at the counter are to each other.
    pub we_are: Option<super::kin::Kin>,
    /// The present turn is the employee's.
    pub staff_speaks: bool,
    /// Keys heard in the last turn, by the speaker of that turn.
    pub heard_now: Vec<String>,
    pub heard_before: Vec<String>,
    /// The words of the last turn with their evidence, while the mover lacks a name.
    pub words_before: Vec<(String, Evidence)>,
    /// The mover's name was taken without a question for it.
    pub name_guessed: bool,
    /// The talk was heard from its opening: somebody greeted, or asked what the other one comes for.
    pub opened: bool,
    /// The citizen said that they parted from wife or husband.
    pub parted: bool,
    /// The couple lives together and is not married.
    pub unmarried: bool,
    /// Who stays in the old home and has no name or row: parents, a stepfather.
    pub stayers: Vec<(&'static str, Evidence)>,
    /// Names before numbers in the citizen's last turn about an address: up to three words, number.
    pub numbered: Vec<(Vec<String>, String)>,
    /// The speaker of the last turn.
    pub last_speaker: Option<Speaker>,
}

impl Memory {
    pub(crate) fn new(today: Date, streets: Arc<Gazetteer>) -> Memory {
        let citizen = Person {
            id: 0,
            kin: None,
            sex: None,
            moves: Some(true),
            stays_behind: false,
            age: None,
            last_turn: 0,
        };
        Memory {
            today,
            streets,
            people: vec![citizen],
            ..Memory::default()
        }
    }

    /// The question that the present turn answers or, when an employee speaks, that the citizen has
    /// just answered.
    pub(crate) fn context(&self) -> &Asked {
        if self.staff_speaks {
            &self.asked_before
        } else {
            &self.asked
        }
    }

    /// Whether the move has happened: by its date, else by how it was spoken of.
    pub(crate) fn tense_so_far(&self) -> Option<Tense> {
        self.tense.or(self.tense_guess)
    }

    /// The belief about a key, when there is one.
    pub(crate) fn belief(&self, key: &str) -> Option<&Belief> {
        self.beliefs.get(key).filter(|b| !b.is_empty())
    }

    /// The value of a key as text.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.belief(key).and_then(Belief::text)
    }

    /// Whether a key is believed to be this yes or no.
    pub(crate) fn text_is(&self, key: &str, value: bool) -> bool {
        self.belief(key).and_then(Belief::value) == Some(&serde_json::Value::Bool(value))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.belief(key).is_some()
    }

    /// Whether this turn gave a slot this text.
    pub(crate) fn text_is_now(&self, key: &str, value: &str) -> bool {
        self.heard_now.iter().any(|k| k == key) && self.text(key) == Some(value)
    }

    /// Takes a value in.
    pub(crate) fn hear(&mut self, key: &str, mut heard: Heard) {
        heard.unasked = !self.staff_speaks && !self.objected && self.is_unasked(key);
        if !self.heard_now.iter().any(|k| k == key) {
            self.heard_now.push(key.to_owned());
        }
        self.beliefs.entry(key.to_owned()).or_default().hear(heard);
    }

    /// Takes in a value that may be another than the one that both sides agreed on, and stands beside it then.
    pub(crate) fn hear_beside(&mut self, key: &str, mut heard: Heard) {
        heard.unasked = !self.staff_speaks && !self.objected;
        if !self.heard_now.iter().any(|k| k == key) {
            self.heard_now.push(key.to_owned());
        }
        self.beliefs.entry(key.to_owned()).or_default().hear(heard);
    }

    /// Whether a value of which there is only one is none that the employee's last turn asked for.
    fn is_unasked(&self, key: &str) -> bool {
        let ends = |end: &str| key.ends_with(end);
        let asked = |topics: &[Topic]| topics.iter().any(|topic| self.asked.mentions(*topic));
        // Whose number it is, of several people's, is often known only later.
        let others = (ends(".cpr_number") || ends(".birth_date"))
            && !key.starts_with(&Memory::key(self.mover, ""));
        if others {
            false
        } else if key == "move_date" {
            !asked(&[Topic::MoveDate])
        } else if ends(".phone") {
            !asked(&[Topic::Phone])
        } else if ends(".email") {
            !asked(&[Topic::Email])
        } else if ends(".cpr_number") {
            !asked(&[Topic::Cpr, Topic::BirthDate])
        } else if ends(".birth_date") {
            !asked(&[Topic::BirthDate, Topic::Cpr])
        } else if ends(".house_number") {
            !asked(&[
                Topic::HouseNumber,
                Topic::NewAddress,
                Topic::OldAddress,
                Topic::CurrentAddress,
            ])
        } else {
            false
        }
    }

    /// Remembers something that is no slot (`to.town`): the last word counts.
    pub(crate) fn note(&mut self, key: &str, value: &str, evidence: Evidence) {
        self.beliefs.remove(key);
        self.beliefs
            .entry(key.to_owned())
            .or_default()
            .hear(Heard::new(value, evidence, 1.0));
    }

    /// Remembers a value that was asked about.
    pub(crate) fn offer(&mut self, key: &str, heard: Heard) {
        self.offered.push(key.to_owned());
        self.offers.retain(|(k, _)| k != key);
        self.offers.push((key.to_owned(), heard));
    }

    /// Whether the employee's last turn said or asked something about a key.
    pub(crate) fn was_read_back(&self, key: &str) -> bool {
        self.heard_before.iter().any(|k| k == key)
            || self.offers.iter().any(|(k, _)| k == key)
            || self.beliefs.get(key).is_some_and(Belief::has_pending)
    }

    /// Forgets a key.
    pub(crate) fn forget(&mut self, key: &str) {
        self.beliefs.remove(key);
    }

    /// The citizen has answered: different read-backs are settled.
    pub(crate) fn settle(&mut self, objected: bool, agreed: bool) {
        for (key, belief) in &mut self.beliefs {
            if belief.has_pending() {
                belief.settle(objected, agreed, trust(key));
            }
        }
    }
}

/// Who is right about a key when the employee reads back something else.
fn trust(key: &str) -> Trust {
    let digits = [".cpr_number", ".phone", ".email", ".birth_date"];
    if digits.iter().any(|end| key.ends_with(end)) {
        Trust::Nobody
    } else {
        Trust::Staff
    }
}
