//! Whose child somebody is: the spouse's own, and the citizen's stepchild.

use super::kin::{Kin, Sex, kin};
use super::memory::Memory;
use super::mood;
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
        matches!(*w, "пасинок" | "пасербиця" | "падчерка") && (at == 0 || words[at - 1] != "не")
    });
    if of_the_other || named_so {
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
