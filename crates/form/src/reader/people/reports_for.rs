//! «Це Юлія, але я за маму дзвоню»: the caller says for whom it is, and two names stand in the same turn.

use super::*;
use crate::reader::moves::become_mover;

/// For how many turns at the start somebody says that they only speak for another.
const EARLY: usize = 4;

/// Who is at the counter or on the telephone speaks for a relative: that one moves, whoever is named next.
pub(super) fn said(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover != 0 || m.talked > EARLY || m.has(&Memory::key(0, "cpr_number")) {
        return;
    }
    let words = u.all_words();
    let speaks = |w: &str| {
        [
            "дзвон",
            "телефону",
            "звоню",
            "прийшла",
            "прийшов",
            "звертаю",
            "подаю",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    let found = (1..words.len()).find_map(|at| {
        let instead = matches!(words[at - 1], "за" | "замість")
            || at > 1
                && matches!(words[at - 2], "за" | "замість")
                && matches!(words[at - 1], "мою" | "мого" | "свою" | "свого");
        let near = words[at.saturating_sub(4)..(at + 3).min(words.len())].iter();
        let speaks = near.clone().any(|w| speaks(w)) && near.clone().any(|w| *w == "я");
        let kin = kin(words[at], u.lang())
            .filter(|k| !matches!(k, Kin::Children | Kin::Landlord | Kin::Friend));
        kin.filter(|_| instead && speaks)
    });
    if let Some(kin) = found {
        let id = m.person_for_kin(kin);
        become_mover(m, id);
    }
}

/// Whose a name in such a talk is: with «це» or as the first answer the caller's, else of the one who moves.
pub(super) fn names_one(
    m: &Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    before: &[&str],
) -> Option<PersonId> {
    let named = |id: PersonId| m.has(&Memory::key(id, "given_names"));
    if u.is_staff() || m.mover == 0 || m.talked > EARLY || name.given().is_none() {
        return None;
    }
    let this = matches!(before, ["це"] | ["ні", "це"] | ["алло" | "добридень", "це"]) && word <= 2;
    if this && !named(0) && m.asked.asks(Topic::Name) {
        return Some(0);
    }
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    let sex = m.person(m.mover).and_then(|p| p.sex);
    let fits = sex.is_none() || sex_of(name) == sex;
    (opens && fits && named(0) && !named(m.mover)).then_some(m.mover)
}
