//! Relatives who are none of the citizen's: «дружина брата», «тобто не моя жінка».

use super::*;

/// A sibling, friend or farther relative in the genitive right behind the word for whoever is meant: «дружина брата»,
/// «син моєї сестри».
pub(super) fn of_whom(u: &Utterance<'_>, word: usize) -> bool {
    let genitive = matches!(
        u.token(word).text.as_str(),
        "брата"
            | "сестри"
            | "подруги"
            | "друга"
            | "приятеля"
            | "тітки"
            | "дядька"
            | "сусідки"
            | "кума"
            | "товариша"
    );
    let owner = |w: &str| {
        matches!(
            w,
            "мого" | "моєї" | "нашого" | "нашої" | "його" | "її" | "свого" | "своєї"
        )
    };
    let before = u.words(word.saturating_sub(2)..word);
    let noun = match before.as_slice() {
        [noun, own] if owner(own) => *noun,
        [.., noun] => *noun,
        [] => return false,
    };
    let nominative = crate::reader::kin::kin(noun, u.lang())
        .is_some_and(|k| (k.is_couple() || k.is_child()) && k != Kin::Children)
        && !noun.ends_with(['у', 'ю', 'м'])
        || matches!(noun, "вдова" | "вдівець" | "наречена");
    genitive && nominative && same_sentence(u, word - 1, word)
}

/// «тобто не моя жінка»: what the employee took somebody for, and that one is something else.
pub(super) fn denied(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let told = u.all_words().windows(3).find_map(|w| match w {
        ["не", "мій" | "моя", noun] => kin(noun, u.lang()),
        _ => None,
    });
    let close = told.filter(|k| k.is_couple() || k.is_child() && *k != Kin::Children);
    let Some(id) = close.and_then(|kin| m.person_by_kin(kin)) else {
        return;
    };
    if m.has(&Memory::key(id, "given_names")) {
        return;
    }
    if let Some(person) = m.person_mut(id) {
        person.kin = Some(Kin::Relative);
    }
    touch(m, id);
}

/// … and the name that follows is that one's: whoever was spoken of in this turn and is no close relative.
pub(super) fn named_instead(m: &Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let words = u.all_words();
    let said = words.windows(2).any(|w| matches!(w, ["не", "мій" | "моя"]));
    m.people
        .iter()
        .find(|p| {
            said && !u.is_staff()
                && p.id != 0
                && p.kin == Some(Kin::Relative)
                && p.last_turn == m.turns
                && !m.has(&Memory::key(p.id, "given_names"))
        })
        .map(|p| p.id)
}
