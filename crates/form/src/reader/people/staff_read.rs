//! Those whom an employee brings up by name beside the citizen: the second card, "og Oksana her, er det din kone?".

use super::*;

/// "Andet kort: Hnatyshyn, Zenovii", "og det andet pas: Baibak Sofiia": whoever the second paper is of.
pub(super) fn of_second_paper(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    name: &PersonName,
) -> Option<PersonId> {
    name.given()?;
    let sentence = u.sentences.iter().find(|s| s.words.contains(&word))?;
    let before = u.words(sentence.words.start..word);
    let second = before.len() <= 5
        && before
            .iter()
            .any(|w| matches!(*w, "andet" | "anden" | "næste"))
        && !before
            .iter()
            .any(|w| matches!(*w, "en" | "sal" | "kone" | "mand"));
    if !second || m.mover != 0 {
        return None;
    }
    let spoken = sex_of(name).and_then(|sex| nameless(m, sex));
    Some(match spoken {
        Some(id) => joins_children(m, id),
        None => newcomer(m, name),
    })
}

/// "Og Oksana her, er det din kone?", "og Justyn, er han din mand?", "Stefaniia Pavliuk, nul to ti …. Din kone?": whom the
/// employee takes somebody for.
pub(super) fn asked_as(u: &Utterance<'_>, follows: usize) -> Option<Kin> {
    let numbers = u.numbers();
    let in_number = |word: usize| {
        let at = u.token(word).span.start;
        numbers.iter().any(|n| n.span.contains(&at))
    };
    let behind = (follows..u.word_tokens.len()).find(|word| !in_number(*word))?;
    let words = u.words(behind..(behind + 5).min(u.word_tokens.len()));
    let rest = match words.as_slice() {
        ["her" | "der", rest @ ..] => rest,
        rest => rest,
    };
    let found = match rest {
        ["er", "din" | "dit" | "jeres", w, ..]
        | ["er", "det" | "han" | "hun", "din" | "dit" | "jeres", w, ..] => kin(w, Lang::Da),
        ["din" | "dit", w] if behind > follows => kin(w, Lang::Da),
        _ => None,
    };
    // The question stands behind the number.
    let asked = behind == follows
        || u.sentence_at(u.token(behind).span.start)
            .is_some_and(|s| s.question);
    found.filter(|k| asked && !matches!(k, Kin::Children | Kin::Landlord))
}

/// … where nobody is known by that name: the relative of whom was spoken, or somebody new.
pub(super) fn taken_as(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    name: &PersonName,
) -> Option<PersonId> {
    name.given()?;
    let end = name.parts.iter().map(|p| p.span.end).max()?;
    let asked = asked_as(u, u.word_at(end))?;
    let question = u.sentence_at(u.token(word).span.start)?.question
        || u.word_at(end) < u.word_tokens.len() && u.sentences.last()?.question;
    let fits = match (asked.sex(), sex_of(name)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    if !question || !fits || m.mover != 0 || !m.has(&Memory::key(0, "given_names")) {
        return None;
    }
    let id = m.person_for_kin(asked);
    // Whether it is so, the citizen has not said.
    let evidence = u.evidence_of_words(&(word..word + 1));
    m.note(&Memory::key(id, minors::UNSAID), "yes", evidence);
    (!m.has(&Memory::key(id, "given_names"))).then_some(id)
}
