//! Plain facts that words show directly: doctor, dwelling, lease, custody, consent.
//!
//! Each row says: these words, said by this side, while this is asked (or at any time), mean this
//! value of this slot. Rows that need a question are short answers; rows without are statements.

mod children_noted;
mod counts;
mod desk;
mod everyday;
mod heard_homes;
mod home;
mod lived_in;
mod more_home;
mod more_people;
mod noted_family;
mod noted_homes;
mod noted_person;
mod people;
mod round;
mod said_homes;
mod staff;
mod staff_notes;
mod talked_over;
mod told;
mod told_again;
mod told_box;
mod told_children;
mod told_danish;
mod told_doctor;
mod told_family;
mod told_homes;
mod told_parent;
mod told_person;
mod told_post;
mod told_status;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde_json::Value;
use tolkebot_protocol::Lang;

use super::asked::Asked;
use super::pattern::Lexicon;
use super::topic::Topic;
use counts::{did_it_oneself, keeps_answer, negated};
use told_doctor::put_off_instead;

/// The value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    Text(&'static str),
    Yes,
    No,
}

impl Fact {
    pub(crate) fn value(self) -> Value {
        match self {
            Fact::Text(text) => Value::from(text),
            Fact::Yes => Value::Bool(true),
            Fact::No => Value::Bool(false),
        }
    }
}

pub(crate) struct Row {
    pub key: &'static str,
    pub fact: Fact,
    /// One of these must be asked; empty: at any time.
    pub asked: &'static [Topic],
    patterns: &'static [&'static str],
}

impl Row {
    /// A fact about somebody's family, papers or rights, which people also tell of others.
    pub(crate) fn is_personal(&self) -> bool {
        [
            "children[]",
            "arrival.",
            "protection.",
            "poa.",
            "case.reporter_role",
            "mover.digital_post",
            "mover.name_source",
        ]
        .iter()
        .any(|start| self.key.starts_with(start))
    }
}

const fn row(
    key: &'static str,
    fact: Fact,
    asked: &'static [Topic],
    patterns: &'static [&'static str],
) -> Row {
    Row {
        key,
        fact,
        asked,
        patterns,
    }
}

use Fact::{No, Text, Yes};
use Topic as T;

/// How an affirmed or denied question is a value.
pub(crate) struct YesNo {
    pub topic: Topic,
    pub key: &'static str,
    pub yes: Option<Fact>,
    pub no: Option<Fact>,
}

/// Questions whose plain "yes" or "no" is a value.
pub(crate) const YES_NO: &[YesNo] = &[
    YesNo {
        topic: T::MitId,
        key: "mover.has_mitid",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::Protection,
        key: "protection.requested",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::HostStays,
        key: "dwelling.others_stay",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::OthersRegistered,
        key: "dwelling.others_registered",
        yes: None,
        no: Some(No),
    },
    YesNo {
        topic: T::ThreeMonths,
        key: "arrival.stay_over_3_months",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::Custody,
        key: "children[].custody",
        yes: Some(Text("joint")),
        no: None,
    },
    YesNo {
        topic: T::Remaining,
        key: "from.whole_household_moves",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::LivedBefore,
        key: "children[].lived_with_before",
        yes: Some(Text("both")),
        no: None,
    },
    YesNo {
        topic: T::KeepsDwelling,
        key: "departure.keeps_dwelling",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::OtherParentMoves,
        key: "children[].other_parent_moves",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::SixWeeks,
        key: "children[].six_weeks_notice",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::OtherParentAgrees,
        key: "children[].other_parent_statement",
        yes: Some(Text("agrees")),
        no: Some(Text("disagrees")),
    },
    YesNo {
        topic: T::ProtectionExisting,
        key: "protection.existing",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::DigitalPost,
        key: "mover.digital_post",
        yes: Some(Text("registered")),
        no: None,
    },
    YesNo {
        topic: T::DigitalExempt,
        key: "mover.digital_post",
        yes: Some(Text("exempt")),
        no: None,
    },
];

static CITIZEN: LazyLock<Vec<&Row>> = LazyLock::new(|| {
    home::HOME
        .iter()
        .chain(people::PEOPLE)
        .chain(more_home::MORE)
        .chain(more_people::MORE_PEOPLE)
        .chain(told::TOLD)
        .chain(round::AROUND)
        .chain(told_family::TOLD_FAMILY)
        .chain(told_parent::TOLD_PARENT)
        .chain(told_person::TOLD_PERSON)
        .chain(told_status::TOLD_STATUS)
        .chain(told_again::TOLD_AGAIN)
        .chain(told_homes::TOLD_HOMES)
        .chain(everyday::SAID)
        .chain(said_homes::SAID_HOMES)
        .chain(heard_homes::HEARD_HOMES)
        .chain(lived_in::LIVED_IN)
        .chain(talked_over::TALKED_OVER)
        .chain(desk::SAID_AT_DESK)
        .chain(told_doctor::TOLD_OF_DOCTOR)
        .chain(told_post::TOLD_OF_POST)
        .chain(told_children::TOLD_OF_CHILDREN)
        .chain(told_box::TOLD_OF_BOX)
        .collect()
});
static STAFF: LazyLock<Vec<&Row>> = LazyLock::new(|| {
    staff::STAFF
        .iter()
        .chain(staff_notes::NOTES)
        .chain(round::NOTED)
        .chain(noted_family::NOTED_FAMILY)
        .chain(children_noted::NOTED_OF_PARENT)
        .chain(noted_person::NOTED_PERSON)
        .chain(everyday::SUMMED_UP)
        .chain(noted_homes::NOTED_HOMES)
        .chain(heard_homes::HEARD_BY_STAFF)
        .chain(lived_in::PUT_DOWN)
        .chain(talked_over::NOTED_OVER)
        .chain(desk::NOTED_AT_DESK)
        .chain(told_post::NOTED_OF_POST)
        .chain(told_children::NOTED_OF_CHILDREN)
        .collect()
});
static CITIZEN_IN_DANISH: LazyLock<Vec<&Row>> =
    LazyLock::new(|| told_danish::TOLD_DANISH.iter().collect());
static TAKEN: LazyLock<Vec<&Row>> = LazyLock::new(|| noted_homes::TAKEN.iter().collect());
static DA_TAKEN: LazyLock<Lexicon<usize>> = LazyLock::new(|| lexicon(&TAKEN));
static UK: LazyLock<Lexicon<usize>> = LazyLock::new(|| lexicon(&CITIZEN));
static DA: LazyLock<Lexicon<usize>> = LazyLock::new(|| lexicon(&STAFF));
static DA_TOLD: LazyLock<Lexicon<usize>> = LazyLock::new(|| lexicon(&CITIZEN_IN_DANISH));

fn lexicon(rows: &[&'static Row]) -> Lexicon<usize> {
    let table: Vec<(usize, &[&str])> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (at, row.patterns))
        .collect();
    Lexicon::closed(&table)
}

/// What is asked for where a slot's value is asked for.
static QUESTIONS: LazyLock<BTreeMap<&'static str, Vec<Topic>>> = LazyLock::new(|| {
    let mut questions: BTreeMap<&'static str, Vec<Topic>> = BTreeMap::new();
    let rows = CITIZEN.iter().map(|row| (row.key, row.asked));
    let yes_no = YES_NO
        .iter()
        .map(|q| (q.key, std::slice::from_ref(&q.topic)));
    for (key, topics) in rows.chain(yes_no) {
        questions.entry(key).or_default().extend(topics);
    }
    questions
});

/// Whether a question asks for what the row tells.
pub(crate) fn is_asked_for(row: &Row, asked: &Asked) -> bool {
    !row.asked.is_empty()
        || QUESTIONS
            .get(row.key)
            .is_some_and(|topics| asked.asks_any(topics))
}

/// A fact with the words that show it.
pub(crate) struct Hit {
    pub row: &'static Row,
    pub words: Range<usize>,
}

/// The facts in a row of words; of several for one slot the longest, then the last.
pub(crate) fn facts(words: &[&str], lang: Lang, staff: bool, asked: &Asked) -> Vec<Hit> {
    let (lexicon, rows) = match (lang, staff) {
        (Lang::Uk, false) => (&*UK, &*CITIZEN),
        (Lang::Da, true) => (&*DA, &*STAFF),
        (Lang::Da, false) => (&*DA_TOLD, &*CITIZEN_IN_DANISH),
        _ => return Vec::new(),
    };
    let mut hits: Vec<Hit> = Vec::new();
    for (at, range) in lexicon.find_all(words) {
        let row = rows[at];
        if !row.asked.is_empty() && !asked.asks_any(row.asked) {
            // "Lægen i Silkeborg er jo et stykke væk nu. Hvad tænker I om det?": what was mentioned is asked
            // about where nothing else is.
            // "Svaret kommer i Digital Post, ikke i postkassen" asks for no box.
            let only = !staff
                && row.key != "to.mailbox_own"
                && asked.questions().next().is_none()
                && asked.mentions_any(row.asked);
            if !only {
                continue;
            }
        }
        if negated(words, &range, row) {
            continue;
        }
        match hits.iter_mut().find(|h| h.row.key == row.key) {
            // «Спільна, вона згодна, сама запропонувала»
            Some(_) if did_it_oneself(words, &range) => {}
            // «Суборенда, ми знімаємо в …»: to sublet is to rent, too.
            Some(old) if old.row.fact == Text("sublet") && row.fact == Text("rented_private") => {}
            Some(old) if !staff && keeps_answer(words, old, row, &range) => {}
            Some(old) if put_off_instead(row, old.row) => {}
            Some(old) if range.len() >= old.words.len() || put_off_instead(old.row, row) => {
                *old = Hit { row, words: range };
            }
            Some(_) => {}
            None => hits.push(Hit { row, words: range }),
        }
    }
    hits
}

/// What an employee's question takes for granted: "Hvilket plejehjem drejer det sig om?"
pub(crate) fn taken_for_granted(words: &[&str]) -> Option<Hit> {
    if words.contains(&"eller") {
        return None;
    }
    let (at, words) = DA_TAKEN.find_all(words).into_iter().next()?;
    Some(Hit {
        row: TAKEN[at],
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Turn;
    use crate::reader::utterance::Utterance;
    use tolkebot_protocol::Speaker;
    use tolkebot_values::address::Gazetteer;

    fn asked(question: &str) -> Asked {
        let turn = Turn::new(1, Speaker::Staff, Lang::Da, question);
        Asked::of(&Utterance::new(&turn, &Gazetteer::shipped()))
    }

    fn values(question: &str, answer: &str, lang: Lang) -> Vec<(&'static str, Fact)> {
        let words: Vec<&str> = answer.split(' ').collect();
        facts(&words, lang, false, &asked(question))
            .iter()
            .map(|hit| (hit.row.key, hit.row.fact))
            .collect()
    }

    #[test]
    fn the_citizens_side_tells_facts_in_danish() {
        let said = values("Hvad hedder du?", "vi har købt lejlighed", Lang::Da);
        assert!(said.contains(&("dwelling.type", Text("owned"))), "{said:?}");
        let said = values("Vil du beholde din læge?", "ja den samme", Lang::Da);
        assert!(said.contains(&("gp.choice", Text("keep"))), "{said:?}");
    }

    #[test]
    fn a_doctor_that_is_to_be_left_alone_is_kept() {
        let said = values(
            "Telefon og læge?",
            "Лікаря лишіть у Рінге, ми ж ненадовго.",
            Lang::Uk,
        );
        assert!(said.contains(&("gp.choice", Text("keep"))), "{said:?}");
    }

    #[test]
    fn what_was_only_mentioned_is_asked_about_when_nothing_else_is() {
        let mentioned = "Lægen i Silkeborg ligger jo langt væk nu. Hvad tænker du om det?";
        let said = values(mentioned, "думаю поближче треба", Lang::Uk);
        assert!(said.contains(&("gp.choice", Text("change"))), "{said:?}");
        let other = "Lægen kender du jo. Hvad er dit telefonnummer?";
        let said = values(other, "думаю поближче треба", Lang::Uk);
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn what_is_left_open_is_no_choice() {
        let ask = "Og lægen, hvad med den?";
        assert!(values(ask, "міняти чи ні", Lang::Uk).is_empty());
        let said = values(ask, "ні залишаємо", Lang::Uk);
        assert!(said.contains(&("gp.choice", Text("keep"))), "{said:?}");
        let ask = "Ønsker du navne- og adressebeskyttelse?";
        assert!(values(ask, "та кому я треба", Lang::Uk).is_empty());
    }
}
