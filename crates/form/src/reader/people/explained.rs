//! What words around a relative say: whose they are, and who somebody is that was named before.

use super::*;

/// «її» right behind the wife, «його» right behind the husband, where no child was spoken of.
pub(super) fn beside_spouse(m: &Memory, whose: &str) -> bool {
    let sex = match whose {
        "її" => Sex::Female,
        "його" => Sex::Male,
        _ => return false,
    };
    let now = |p: &crate::reader::memory::Person| p.last_turn == m.turns;
    let child = m.children_spoken_of || m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child));
    !child
        && m.people
            .iter()
            .any(|p| p.kin.is_some_and(Kin::is_couple) && p.sex == Some(sex) && now(p))
}

/// «Богдан, це син мого чоловіка»: the word explains the name before it.
pub(super) fn explains(
    m: &mut Memory,
    u: &Utterance<'_>,
    kin: Kin,
    word: usize,
    refs: &[Ref],
) -> Option<PersonId> {
    let before = u.words(word.saturating_sub(2)..word);
    if matches!(before.as_slice(), ["не", "мій" | "моя"]) {
        return None;
    }
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    let mine = opens && {
        let next = u.words(word + 1..(word + 2).min(u.word_tokens.len()));
        matches!(next.as_slice(), ["мій" | "моя"])
    };
    if let Some(id) = companion_told(m, u, kin, &before, mine) {
        return Some(id);
    }
    if !before.contains(&"це") || u.is_staff() {
        return None;
    }
    let Who::Person(id) = refs
        .last()
        .filter(|r| same_sentence(u, u.word_at(r.bytes.start), word))?
        .who
    else {
        return None;
    };
    let after = u.words(word + 1..(word + 3).min(u.word_tokens.len()));
    let step = matches!(
        after.as_slice(),
        ["мого", "чоловіка"] | ["моєї", "дружини"] | ["чоловіка", ..] | ["дружини", ..]
    );
    let person = m.person_mut(id)?;
    if person.kin.is_some() {
        return None;
    }
    person.kin = Some(match (kin, step) {
        (Kin::Son, true) => Kin::StepSon,
        (Kin::Daughter, true) => Kin::StepDaughter,
        (other, _) => other,
    });
    person.sex = person.sex.or(kin.sex());
    Some(id)
}

/// "Og Leonids nummer?" – «… Він мій чоловік»: what the one is who came along and of whom only the name was known.
pub(super) fn companion_told(
    m: &mut Memory,
    u: &Utterance<'_>,
    kin: Kin,
    before: &[&str],
    mine: bool,
) -> Option<PersonId> {
    // «Ми з Левом. Брат мій, не чоловік»
    let tells = mine
        || matches!(
            before,
            ["він" | "вона" | "це", "мій" | "моя"] | [_, "мій" | "моя"]
        );
    let taken = m
        .people
        .iter()
        .any(|p| p.kin.is_some_and(|k| k.agrees(kin)));
    if !tells || u.is_staff() || taken || kin == Kin::Children || kin == Kin::Landlord {
        return None;
    }
    let mut open = m.people.iter_mut().filter(|p| {
        p.id != 0
            && p.kin.is_none()
            && p.moves == Some(true)
            && p.last_turn + 2 >= m.turns
            && (p.sex.is_none() || kin.sex().is_none() || p.sex == kin.sex())
    });
    let (one, None) = (open.next()?, open.next()) else {
        return None;
    };
    one.kin = Some(kin);
    one.sex = one.sex.or(kin.sex());
    Some(one.id)
}

/// Words before a word of address: «пиши доню», «дякую синку», «ні доню».
pub(super) fn addresses(before: &str) -> bool {
    matches!(
        before,
        "пиши"
            | "пишіть"
            | "дай"
            | "скажи"
            | "слухай"
            | "зачекай"
            | "почекай"
            | "питай"
            | "бачиш"
            | "знаєш"
            | "розумієш"
            | "дякую"
            | "спасибі"
            | "ні"
            | "так"
            | "ой"
            | "ох"
            | "добре"
            | "та"
    )
}
