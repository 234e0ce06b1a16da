//! Whose child somebody is: the spouse's own, and the citizen's stepchild.

use super::kin::{Kin, Sex, kin};
use super::memory::Memory;
use super::mood;
use super::sentences::Sentence;
use super::utterance::Utterance;
use crate::state::PersonId;

/// «З дочкою чоловіка», «я просто мачуха»; "er hun din mands datter?" – «Так».
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 {
        return;
    }
    let words = u.all_words();
    if u.is_staff() {
        // "Så skriver jeg ham som stedbarn."
        let noted = words
            .windows(2)
            .any(|w| w[0] == "som" && w[1].starts_with("sted"))
            && !u
                .sentences
                .iter()
                .any(|s| s.question && u.words(s.words.clone()).contains(&"som"));
        if noted
            && words
                .iter()
                .any(|w| matches!(*w, "ham" | "hende" | "barnet" | "drengen" | "pigen"))
        {
            becomes(m, Kin::Child, |sex| match sex {
                Some(Sex::Male) => Kin::StepSon,
                _ => Kin::StepDaughter,
            });
        }
        return;
    }
    // «Я бабуся» of a child who has no other family here: neither a child nor a stepchild of the citizen.
    let farther = words.windows(3).any(|w| {
        w[0] == "я"
            && w[1..].iter().any(|w| {
                matches!(
                    *w,
                    "бабуся"
                        | "бабця"
                        | "бабка"
                        | "дідусь"
                        | "дід"
                        | "тітка"
                        | "тіточка"
                        | "дядько"
                        | "хрещена"
                        | "хрещений"
                )
            })
    });
    if farther
        && m.asked_before.mentions(super::topic::Topic::Custody)
            | m.asked.mentions(super::topic::Topic::Custody)
    {
        becomes(m, Kin::Child, |_| Kin::Relative);
        return;
    }
    // «Жінчин син від першого», «чоловікова донька», «чоловіків від першого шлюбу», «по паперах пасинок»
    let of_the_other = words.windows(3).any(|w| {
        matches!(
            w[0],
            "чоловіків" | "чоловікова" | "жінчин" | "жінчина" | "дружинин" | "дружинина"
        ) && (kin(w[1], u.lang()).is_some_and(is_one_child) || w[1] == "від")
    });
    let named_so = words.iter().enumerate().any(|(at, w)| {
        matches!(*w, "пасинок" | "пасербиця" | "падчерка")
            && (at == 0 || !matches!(words[at - 1], "не" | "ще" | "інший" | "інша"))
    });
    let first = of_first_marriage(u);
    if first.is_some_and(|sentence| named_there(m, u, sentence)) {
        return;
    }
    if of_the_other || named_so || first.is_some() || not_mine(&words) {
        becomes(m, Kin::Child, |sex| match sex {
            Some(Sex::Male) => Kin::StepSon,
            _ => Kin::StepDaughter,
        });
        return;
    }
    // «Малий, чоловіка нема»: no sign between, and nobody who is not there.
    let glued = |at: usize| u.word_tokens[at] == u.word_tokens[at - 1] + 1;
    let told = (1..words.len()).find_map(|at| {
        let child = match words[at - 1] {
            "мого" | "моєї" if at > 1 && glued(at - 1) => at - 2,
            _ => at - 1,
        };
        let spouse = matches!(words[at], "чоловіка" | "дружини" | "жінки");
        let lacks = words
            .get(at + 1)
            .is_some_and(|w| matches!(*w, "нема" | "немає" | "не" | "ще"));
        kin(words[child], u.lang()).filter(|k| spouse && glued(at) && !lacks && is_one_child(*k))
    });
    let asked = m.staff_words.windows(3).find_map(|w| {
        let of_spouse =
            w[0] == "din" && matches!(w[1].as_str(), "mands" | "kones" | "kærestes" | "samlevers");
        kin(&w[2], tolkebot_protocol::Lang::Da).filter(|k| of_spouse && is_one_child(*k))
    });
    let agreed = asked.filter(|_| mood::mood(u).agreed && !m.objected);
    let parent = words
        .iter()
        .any(|w| matches!(*w, "мачуха" | "вітчим" | "мачухою" | "вітчимом"))
        && words
            .windows(3)
            .any(|w| w[0] == "я" && (w[1..].contains(&"мачуха") || w[1..].contains(&"вітчим")));
    let Some(child) = told.or(agreed).or(parent.then_some(Kin::Child)) else {
        return;
    };
    becomes(m, child, |sex| match sex.or(child.sex()) {
        Some(Sex::Male) => Kin::StepSon,
        _ => Kin::StepDaughter,
    });
}

/// «Від першого її чоловіка», «він Нелі від першого шлюбу», «Поліна — Оксанина, від першого шлюбу»: the spouse's child
/// is told of in this sentence.
fn of_first_marriage<'a>(u: &'a Utterance<'_>) -> Option<&'a Sentence> {
    const EARLIER: &[&str] = &["перш", "друг", "попередн", "минул", "колишн"];
    let earlier = |w: &str| EARLIER.iter().any(|stem| w.starts_with(stem));
    let theirs = |w: &str| matches!(w, "її" | "його");
    u.sentences.iter().find(|s| {
        let words = u.words(s.words.clone());
        (0..words.len()).any(|at| {
            let [from, first, second, ..] = words[at..] else {
                return false;
            };
            if !matches!(from, "від" | "з" | "із") {
                return false;
            }
            let whose = at > 0 && {
                let owner = words[at - 1];
                let possessive = ["ин", "ина", "ова"].iter().any(|end| owner.ends_with(end));
                possessive && owner.chars().count() > 4 && u.token(s.words.start + at - 1).capital
            };
            earlier(first) && theirs(second)
                || theirs(first) && earlier(second)
                || whose && earlier(first) && second == "шлюбу"
        })
    })
}

/// The one child who is named in the sentence is the spouse's.
fn named_there(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let here = |id: PersonId| {
        m.belief(&Memory::key(id, "given_names"))
            .and_then(|b| b.slot())
            .is_some_and(|slot| {
                slot.evidence
                    .iter()
                    .any(|e| e.turn == u.turn.n && sentence.bytes.contains(&e.bytes.start))
            })
    };
    let found: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.kin.is_some_and(is_one_child) && here(p.id))
        .map(|p| p.id)
        .collect();
    let [one] = found.as_slice() else {
        return false;
    };
    if let Some(person) = m.person_mut(*one) {
        person.kin = Some(match person.sex {
            Some(Sex::Male) => Kin::StepSon,
            _ => Kin::StepDaughter,
        });
    }
    true
}

/// «Дитина не моя, а її», «не мій, жінчин»: said of the child.
fn not_mine(words: &[&str]) -> bool {
    words.windows(5).any(|w| {
        kin(w[0], tolkebot_protocol::Lang::Uk).is_some_and(is_one_child)
            && matches!(
                w[1..],
                [
                    "не",
                    "моя" | "мій",
                    "а",
                    "її" | "його" | "дружини" | "чоловіка"
                ]
            )
    })
}

/// The one child who can be meant is somebody else to the citizen.
fn becomes(m: &mut Memory, child: Kin, kin: impl Fn(Option<Sex>) -> Kin) {
    let fits: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.moves != Some(false) && p.kin.is_some_and(is_one_child))
        .filter(|p| child.sex().is_none() || p.sex.is_none() || p.sex == child.sex())
        .map(|p| p.id)
        .collect();
    let [one] = fits.as_slice() else { return };
    if let Some(person) = m.person_mut(*one) {
        person.kin = Some(kin(person.sex));
    }
}

fn is_one_child(kin: Kin) -> bool {
    matches!(kin, Kin::Son | Kin::Daughter | Kin::Child)
}
