//! Of whom the home is rented: an association, a firm, somebody with a name or a trade.

use super::kind::Said;
use super::{begins, has, question, starts};
use crate::reader::memory::Memory;
use crate::reader::sentences::Sentence;
use crate::reader::utterance::Utterance;

const RENT: [&str; 12] = [
    "знімаю",
    "знімаєм",
    "винайма",
    "орендую",
    "орендуєм",
    "наймаю",
    "наймаєм",
    "найняв",
    "найнял",
    "винайня",
    "зняли",
    "зняла",
];

pub(super) fn rents_oneself(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| begins(w, &RENT) && !matches!(*w, "винаймає" | "винаймають"))
        || has(words, &["зняв", "орендували"])
}

pub(super) const SOCIAL: [&str; 19] = [
    "товариств",
    "боліг",
    "боліґ",
    "болиг",
    "болиґ",
    "асоціаці",
    "домоуправл",
    "громадськ",
    "соціальн",
    "алмен",
    "спілк",
    "соціалк",
    "болигсел",
    "бослог",
    "бовест",
    "домеа",
    "боліфор",
    "болігф",
    "болигф",
];

const PERSONS: [&str; 45] = [
    "пан",
    "пані",
    "пана",
    "сусідк",
    "сусід",
    "родин",
    "подружж",
    "вдов",
    "удов",
    "дядьк",
    "дядьо",
    "тітк",
    "фермер",
    "рибалк",
    "лікар",
    "художник",
    "пекар",
    "хазя",
    "господ",
    "власник",
    "власниц",
    "приватн",
    "жінк",
    "чоловік",
    "фірм",
    "агенці",
    "агентств",
    "шеф",
    "роботодав",
    "онук",
    "бабус",
    "дідус",
    "стареньк",
    "вчител",
    "учител",
    "майст",
    "столяр",
    "колег",
    "начальн",
    "аптекар",
    "перукарк",
    "пенсіонер",
    "данець",
    "данк",
    "данц",
];

/// "Hvem lejer I af?" – «Сусідка здала», «приватної фірми», «у товариства, сім років чекали»; «орендуємо у вдови».
pub(super) fn lets(
    m: &Memory,
    u: &Utterance<'_>,
    sentence: &Sentence,
    words: &[&str],
    said: Said,
) -> Option<&'static str> {
    let let_out = words.iter().enumerate().any(|(at, w)| {
        matches!(*w, "здає" | "здав" | "здала" | "здали" | "здають")
            && !words
                .get(at + 1)
                .is_some_and(|w| begins(w, &["ключ", "екзам", "іспит"]))
    });
    let rents = rents_oneself(words) || let_out;
    if !(said.whose || rents && said.of_new) || m.host.is_some() && !rents {
        return None;
    }
    let social = starts(words, &SOCIAL)
        || starts(words, &["кооператив"]) && starts(words, &["житлов"])
        || starts(words, &["черг"]) && said.whose;
    if social && (rents_oneself(words) || !has(words, &["він", "вона", "вони"])) {
        return Some("rented_social");
    }
    let theirs = has(
        words,
        &[
            "орендує",
            "винаймає",
            "знімає",
            "наймає",
            "винаймають",
            "орендують",
        ],
    );
    let named = u
        .names()
        .iter()
        .any(|n| sentence.bytes.contains(&n.span.start));
    let lessor = starts(words, &PERSONS) || named;
    let first = m.mover != 0 || !theirs;
    (lessor && first && !starts(words, &["кімнат"]) && (rents || asks_of_whom(&question(m))))
        .then_some("rented_private")
}

/// "Hvem lejer du af?", "hvem ejer boligen?", "er den lejet?", "er det til leje?"
fn asks_of_whom(staff: &[&str]) -> bool {
    starts(staff, &["lejet", "lejemål", "privat"])
        || starts(staff, &["udlej"]) && has(staff, &["hvem", "hvad", "hvilken"])
        || has(staff, &["leje", "hvem"])
            && starts(staff, &["lejer", "leje"])
            && has(staff, &["du", "i", "af", "til", "de"])
}

/// «Вона винаймає від товариства», "ejer hun stedet?" – «Де там, від товариства винаймає»: how the one who takes the
/// citizen in lives there.
pub(in crate::reader) fn only_they_rent(m: &Memory, words: &[&str]) -> bool {
    let third = words.iter().any(|w| {
        matches!(
            *w,
            "орендує"
                | "винаймає"
                | "знімає"
                | "наймає"
                | "орендують"
                | "винаймають"
                | "знімають"
        )
    });
    let theirs = has(words, &["він", "вона", "вони"])
        || has(&question(m), &["han", "hun"]) && !has(&question(m), &["du", "i"]);
    third && theirs && !rents_oneself(words) && m.mover == 0
}
