//! A street that is named: whether it is one of this case's at all, which of its addresses it belongs to,
//! and what is believed about it.

use tolkebot_protocol::Speaker;
use tolkebot_values::Found;
use tolkebot_values::address::{Address, Street, StreetSource, street_similarity};

mod making_room;

use super::*;
use crate::reader::asked::Target;
use crate::reader::belief::{Act, Heard};
use crate::reader::office;

/// A street as it was named, with the words beside it.
pub(super) struct Mention<'a, 'u> {
    pub(super) u: &'a Utterance<'u>,
    pub(super) hit: &'a Found<Address>,
    pub(super) street: &'a Found<Street>,
    pub(super) number: Option<&'a str>,
    pub(super) left: &'a [&'a str],
    pub(super) right: &'a [&'a str],
}

/// What a mention says before it is weighed against what is known of both addresses.
struct Reading {
    /// The address that has this street already.
    known: Option<Place>,
    /// It has it under another name.
    renamed: bool,
    /// Which address the words say it is.
    explicit: Option<Place>,
    /// The same, where the words may move the street.
    by_cue: Option<Place>,
    /// It is asked for, or told, as the address for letters.
    contact: bool,
}

/// The address that the street is taken for.
struct Choice {
    place: Place,
    /// Both sides agreed on a street for the first choice, so it was taken for the other address.
    flipped: bool,
    /// It puts right what was said.
    corrects: bool,
    /// Somebody objected to what was said.
    objected: bool,
    /// The address that was asked for.
    asked: Option<Place>,
    /// What that address had was placed there by no word, question or town.
    unplaced: bool,
}

/// Reads a street, with `left` and `right` the words before and behind it.
pub(super) fn read(
    m: &mut Memory,
    u: &Utterance<'_>,
    hit: &Found<Address>,
    left: &[&str],
    right: &[&str],
) {
    let Some(street) = &hit.value.street else {
        return;
    };
    let number = hit.value.number.as_ref().map(|n| n.value.as_str());
    let mention = Mention {
        u,
        hit,
        street,
        number,
        left,
        right,
    };
    still_lived_in(m, u, &street.value);
    let Some(reading) = mention.understood(m) else {
        return;
    };
    let Some(choice) = mention.choice(m, &reading) else {
        return;
    };
    mention.note_certainty(m, &reading, &choice);
    let replaces = mention.make_room(m, &reading, &choice);
    m.place = Some(choice.place);
    m.place_turn = m.turns;
    mention.believe(m, choice.place, replaces);
    details(m, u, &hit.value, choice.place);
}

impl Mention<'_, '_> {
    /// What the mention says; `None` where it is no address of this case.
    fn understood(&self, m: &mut Memory) -> Option<Reading> {
        let (known, renamed) = self.known(m);
        if self.u.is_staff() && known.is_none() && others::registered_for(m, self.right) {
            return None;
        }
        if cues::rejects(self.left, self.right) && !self.is_presumed() {
            // «Рандерсвей забудьте»: if it was taken for an address, it is taken back.
            if let Some(place) = known {
                forget(m, place);
            }
            return None;
        }
        let known = self.known_otherwise(m, known);
        // «Там, де ми всі були. Рімменс Алле …» to where the children and their mother live.
        let shared = !self.u.is_staff()
            && self.number.is_some()
            && others::where_we_were(&self.u.all_words())
            && known.is_none();
        let contact = by_question(m, self.u) == Some(Place::Contact);
        if self.is_of_others(m, known, shared, contact) {
            return None;
        }
        let explicit = self.explicit(m, known, shared);
        if !self.u.is_staff()
            && self
                .left
                .last()
                .is_some_and(|w| matches!(*w, "з" | "із" | "зі"))
        {
            m.from_street_turn = m.turns;
        }
        if m.asked.questions().next().is_none()
            && m.asked.targets.is_empty()
            && !self.u.is_staff()
            && m.asked_other
        {
            // "Og Mykyta?": somebody else's old address.
            return None;
        }
        let by_cue = explicit.filter(|place| {
            // A cue does not move a street that the other address has and this one too.
            known.is_none_or(|k| k == *place || !is_empty(m, *place))
        });
        let contact = contact || self.is_for_letters(m, known);
        Some(Reading {
            known: known.or((contact && self.u.is_staff()).then_some(Place::Contact)),
            renamed,
            explicit,
            by_cue,
            contact,
        })
    }

    /// The address that already has this street, and whether it has it under another name.
    fn known(&self, m: &Memory) -> (Option<Place>, bool) {
        let (u, number) = (self.u, self.number);
        let name = &self.street.value.name;
        let mut known = same_street(m, &self.street.value, number, u.is_staff());
        let renamed = known.is_none().then(|| renames(m, u, number)).flatten();
        known = known.or(renamed).or_else(|| whole_name(m, u, name, number));
        // "Post til Skovvangsvej": named again.
        let leaves = m.text("case.move_type") == Some("to_abroad");
        if known.is_none()
            && leaves
            && m.text("contact.street_name")
                .is_some_and(|street| street_similarity(street, name) >= SAME_STREET)
        {
            known = Some(Place::Contact);
        }
        // «знову Бредгаде, тільки тридцять один»: the same name in the other town.
        if let Some(k) = known
            && self.has_another_number(m, k)
            && asked_place(m, u) == Some(k.other())
        {
            known = None;
        }
        // Both addresses have this street: the one with this number, else the one asked for.
        if known.is_some() && both_same(m) {
            let has = |place: Place| {
                number.is_some() && m.text(&format!("{}.house_number", place.prefix())) == number
            };
            known = match (has(Place::New), has(Place::Old)) {
                (true, false) => Some(Place::New),
                (false, true) => Some(Place::Old),
                _ => asked_place(m, u).or(known),
            };
        }
        (known, renamed.is_some())
    }

    /// The street has a place, and the words say that it is the other one.
    fn known_otherwise(&self, m: &mut Memory, known: Option<Place>) -> Option<Place> {
        let k = known?;
        let u = self.u;
        // «Були на Кірстінегаде тринадцять, будемо на Кірстінегаде чотирнадцять»
        if self.has_another_number(m, k) && !u.is_staff() && to_the_other(m, u, self.left, k) {
            return None;
        }
        // "Og den nye bolig: Storegade firs", when the old one is Østergade 38, which only sounds alike
        let name = m.text(&format!("{}.street_name", k.prefix()));
        if self.has_another_number(m, k)
            && name != Some(self.street.value.name.as_str())
            && old_or_new::place(self.left, self.right, m.tense_so_far()) == Some(k.other())
        {
            return None;
        }
        // "Nybovej er den, du flytter fra": an address that was only taken for the other one.
        // "… 8270 Højbjerg, og hun flytter fra?" asks for another one.
        let asks_on = self
            .right
            .iter()
            .take_while(|w| **w != "fra")
            .any(|w| *w == "og");
        if u.is_staff()
            && (self.number.is_none() || !asks_on)
            && !m.placed.contains(&k)
            && is_empty(m, k.other())
            && old_or_new::place(&[], self.right, m.tense_so_far()) == Some(k.other())
        {
            swap(m);
            return Some(k.other());
        }
        Some(k)
    }

    /// Somebody else's home, a former one, where somebody works: no address of this case.
    fn is_of_others(&self, m: &Memory, known: Option<Place>, shared: bool, contact: bool) -> bool {
        if known.is_some() {
            return false;
        }
        let (u, left, right) = (self.u, self.left, self.right);
        // «…, а до того ще жила на Вестергаде»: the home before the one that is left.
        let long_ago = !u.is_staff()
            && m.place_turn == m.turns
            && m.place == Some(Place::Old)
            && left
                .iter()
                .rev()
                .take(5)
                .any(|w| matches!(*w, "того" | "раніше" | "колись"));
        let explicit = old_or_new::place(left, right, m.tense_so_far()).is_some() || m.mover != 0;
        let theirs = m.asked.is_about(Target::ParentOfThird)
            && m.asked.asks(Topic::CurrentAddress)
            && !shared;
        let told_of_others = !u.is_staff()
            && !contact
            && (theirs
                || of_another(m, left)
                || others::of_landlord(left, &u.all_words())
                || others::for_some_nights(left)
                || m.mover == 0
                    && (!asked_address(m) || m.place_turn == m.turns && m.place.is_some())
                    && others::where_they_live(left)
                || m.mover == 0 && cues::is_theirs(left, right)
                || !explicit && cues::is_elsewhere(left, right));
        long_ago
            || told_of_others
            || self.number.is_none() && landmarks::is_near(left)
            || office::summons(u, &self.street.span)
            || stages::is_later_one(u, &self.hit.span)
            || stages::is_of_work(m, u, left)
    }

    /// Which address the words say it is.
    fn explicit(&self, m: &Memory, known: Option<Place>, shared: bool) -> Option<Place> {
        let (u, left) = (self.u, self.left);
        let unknown = known.is_none();
        old_or_new::place(left, self.right, m.tense_so_far())
            .or_else(|| self.said_behind_town(m))
            .filter(|_| !self.answers_where_now(m))
            .or((shared && is_empty(m, Place::Old)).then_some(Place::Old))
            .or(
                (unknown && stages::lives_until_then(u, &self.hit.span, left))
                    .then_some(Place::Old),
            )
            .or_else(|| unknown.then(|| reads_old(m, u)).flatten())
            .or_else(|| unknown.then(|| beside_the_new(m, u, self.number)).flatten())
            .or_else(|| before_question::on_record(m, u, self.hit, known))
            .or_else(|| (unknown && goes_on_to(m, u, left)).then_some(Place::New))
            .or_else(|| reads_lease(m, u, self.number).then_some(Place::New))
    }

    /// The address that the street is taken for; `None` where both are agreed on and it is neither.
    fn choice(&self, m: &mut Memory, reading: &Reading) -> Option<Choice> {
        let u = self.u;
        let place = self.first_choice(m, reading);
        let unknown = reading.known.is_none();
        let objected = m.objected && !denies_only_later(u, self.hit.span.start);
        // A street that both sides agreed on is not replaced by one that merely comes next: that is the
        // other address. «…, Вібю. Там двадцять… ні, три роки прожила» puts something else right.
        let flipped = place != Place::Contact
            && unknown
            && reading.explicit.is_none()
            && !objected
            && agreed_street(m, place)
            && is_empty(m, place.other())
            && m.from_abroad.is_none();
        // «… а з січня, може, дадуть квартиру у Вібю, на Кіркевей»: both are known and agreed on, nobody asked and nobody
        // objects: what else is spoken of is neither.
        let corrects = puts_right(u, self.hit.span.start);
        let just_read = m.asked.questions().next().is_none()
            && m.heard_before
                .contains(&format!("{}.street_name", place.prefix()));
        let passing = !u.is_staff()
            && !corrects
            && !just_read
            && place != Place::Contact
            && unknown
            && !m.objected
            && agreed_street(m, place)
            && !is_empty(m, place.other())
            && !m.asked.mentions_any(&ADDRESS_TOPICS);
        if passing {
            return None;
        }
        let asked = by_place_question(m, u);
        // "Og fra hvilken adresse?", when the only address was a guess to be the old one: that is the new one.
        let turned = flipped && asked == Some(place) && !m.placed.contains(&place);
        if turned {
            swap(m);
        }
        let flipped = flipped && !turned;
        let place = if flipped { place.other() } else { place };
        Some(Choice {
            place,
            unplaced: m.guessed == Some(place) || !m.placed.contains(&place),
            flipped,
            corrects,
            objected,
            asked,
        })
    }

    /// «Пошту можна свекрусі: Бенедіктевей дев'ять»
    fn is_for_letters(&self, m: &Memory, known: Option<Place>) -> bool {
        let told = !self.u.is_staff()
            && known.is_none()
            && m.text("case.move_type") == Some("to_abroad")
            && self
                .left
                .iter()
                .any(|w| w.starts_with("пошт") || matches!(*w, "листи" | "лист" | "листа"));
        told || known == Some(Place::Contact)
            || known.is_none() && self.u.is_staff() && m.context().asks(Topic::ContactAddress)
    }

    /// The surest sign first, the emptier address last.
    fn first_choice(&self, m: &Memory, reading: &Reading) -> Place {
        let (u, a) = (self.u, &self.hit.value);
        let Reading { known, contact, .. } = *reading;
        let leaving = m.text("case.move_type") == Some("to_abroad") && !contact;
        leaving
            .then_some(Place::Old)
            .or(known)
            .filter(|_| {
                leaving || reading.explicit.is_none() || self.number.is_some() || !both_same(m)
            })
            .or(reading.by_cue)
            .or(known)
            .or_else(|| contact.then_some(Place::Contact))
            .or_else(|| asked_before_move(m, u))
            .or_else(|| arriving(m).then_some(Place::New))
            .or_else(|| by_town(m, u, a))
            .or_else(|| asked_place(m, u))
            .or_else(|| by_register(m, u))
            .or_else(|| by_tense(m))
            .unwrap_or_else(|| by_gap(m))
    }

    /// The street and its postal codes become those of `place`.
    fn believe(&self, m: &mut Memory, place: Place, replaces: bool) {
        let (u, street) = (self.u, &self.street.value);
        let (confidence, unsure) = match (street.source, u.is_staff()) {
            (StreetSource::Known, _) => (0.95, false),
            (StreetSource::Heard, _) => (0.85, false),
            (StreetSource::Spelled, true) => (0.92, false),
            (StreetSource::Spelled, false) => (0.8, false),
            (StreetSource::Guessed, _) => (0.5, true),
        };
        let slot = format!("{}.street_name", place.prefix());
        let evidence = u.evidence(self.street.span.clone());
        let mut heard = Heard::new(street.name.as_str(), evidence, confidence)
            .unsure(unsure || self.may_name_a_village());
        // The employee spells; the citizen's next mention of the same street does not undo that.
        let spelled_by_staff = m
            .belief(&slot)
            .and_then(|b| b.slot())
            .is_some_and(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Staff));
        if replaces {
            heard = heard.act(if !u.is_staff() && spelled_by_staff {
                Act::Imply
            } else {
                Act::Correct
            });
        }
        say(m, u, &slot, heard);
        let codes = format!("{}.codes", place.prefix());
        if street.postal_codes.is_empty() {
            m.forget(&codes);
        } else {
            let evidence = u.evidence(self.street.span.clone());
            m.note(&codes, &street.postal_codes.join(" "), evidence);
        }
    }
}

/// «Я на Рюесгаде шість, а Мілена у Вібю, на …»: the second home of a turn, behind somebody else's
/// name.
fn of_another(m: &Memory, left: &[&str]) -> bool {
    let second = m.place_turn == m.turns && m.place.is_some();
    second
        && left.iter().rev().take(5).any(|word| {
            let others = m.people.iter().filter(|p| p.id != m.mover);
            others
                .filter_map(|p| m.text(&Memory::key(p.id, "given_names")))
                .any(|name| tolkebot_values::names::same_name(name, word) > 0.9)
        })
}

/// Who comes from abroad names a Danish street for the new home.
fn arriving(m: &Memory) -> bool {
    (m.text("case.move_type") == Some("from_abroad") || m.from_abroad.is_some())
        && !m.has("to.street_name")
}

pub(super) fn is_empty(m: &Memory, place: Place) -> bool {
    !m.has(&format!("{}.street_name", place.prefix()))
}
