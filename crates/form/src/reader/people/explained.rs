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
    let apposed = refs.last().is_some_and(|r| stands_behind(u, r, word));
    if !(before.contains(&"це") || apposed) || u.is_staff() {
        return None;
    }
    let Who::Person(id) = refs
        .last()
        .filter(|r| {
            let at = u.word_at(r.bytes.start);
            same_sentence(u, at, word) || goes_on_behind(u, r, word)
        })?
        .who
    else {
        return None;
    };
    // «Син мого покійного чоловіка»
    let after = u.words(word + 1..(word + 4).min(u.word_tokens.len()));
    let spouse = |w: &str| matches!(w, "чоловіка" | "дружини" | "жінки");
    let step = match after.as_slice() {
        ["мого" | "моєї", rest @ ..] => rest.iter().any(|w| spouse(w)),
        [first, ..] => spouse(first),
        [] => false,
    };
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

/// «З Германом. Це син мого чоловіка»: the sentence begins with «це», and the one before ends on the name.
fn goes_on_behind(u: &Utterance<'_>, name: &Ref, word: usize) -> bool {
    let Some(at) = u.sentences.iter().position(|s| s.words.contains(&word)) else {
        return false;
    };
    let start = u.sentences[at].words.start;
    let this = word <= start + 2 && u.token(start).text == "це";
    this && at > 0
        && !name.pronoun
        && u.word_at(name.bytes.end) == start
        && u.sentences[at - 1].bytes.contains(&name.bytes.start)
}

/// «Ларс Хансен, чоловік.», «Лариса Бережна, жона»: right behind a name and a comma, and last in its sentence.
fn stands_behind(u: &Utterance<'_>, name: &Ref, word: usize) -> bool {
    let ends =
        |s: &crate::reader::sentences::Sentence| s.words.contains(&word) && s.words.end == word + 1;
    u.written
        && !name.pronoun
        && u.word_at(name.bytes.end) == word
        && u.tokens[u.word_tokens[word] - 1].is_sign(',')
        && u.sentences.iter().any(ends)
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
            ["він" | "вона" | "це", "мій" | "моя"]
                | [_, "мій" | "моя"]
                | ["так" | "да" | "ага" | "авжеж"]
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
