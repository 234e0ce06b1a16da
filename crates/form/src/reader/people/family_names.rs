//! Surnames that are known from others of the family.

use super::*;

/// «адам теж гладкий» of Hladka's son, «надія теж мостова» of Mostovyi's wife.
pub(super) fn of_movers_stem(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let Some(mine) = m.text(&Memory::key(m.mover, "surname")) else {
        return false;
    };
    let said = names::romanise(&u.token(word).text).to_lowercase();
    let adjective = |name: &str| {
        ["skyi", "ska", "kyi", "ka", "yi", "a", "ii"]
            .iter()
            .find_map(|end| name.strip_suffix(end).map(str::to_owned))
    };
    match (adjective(&said), adjective(&mine.to_lowercase())) {
        (Some(a), Some(b)) => a == b && a.len() >= 4,
        _ => false,
    }
}

/// "ihor krupa er det hendes far": behind a given name without a surname, the surname of somebody known.
pub(super) fn of_the_family(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    for pointer in refs.iter().filter(|r| !r.pronoun) {
        let Who::Person(id) = pointer.who else {
            continue;
        };
        let word = u.word_at(pointer.bytes.end);
        if m.has(&Memory::key(id, "surname"))
            || !m.has(&Memory::key(id, "given_names"))
            || word >= u.word_tokens.len()
            || !u.said[pointer.bytes.end..u.token(word).span.start]
                .trim()
                .is_empty()
        {
            continue;
        }
        let said = surname_of(&u.token(word).text);
        let theirs = m
            .people
            .iter()
            .filter(|p| p.id != id)
            .filter_map(|p| m.text(&Memory::key(p.id, "surname")))
            .find(|known| known.to_lowercase() == said.to_lowercase())
            .map(str::to_owned);
        if let Some(surname) = theirs {
            let span = u.token(word).span.clone();
            write_name(m, u, id, "surname", &surname, span, 0.75, false);
        }
    }
}

/// «Мирослава, так само Сагайдак»: a surname beside the name of another who bears it, too, points to
/// nobody else.
pub(super) fn shared_surname(
    u: &Utterance<'_>,
    refs: &[Ref],
    id: PersonId,
    field: &str,
    word: usize,
) -> bool {
    let also = |at: Option<usize>| {
        at.filter(|at| *at < u.word_tokens.len())
            .is_some_and(|at| matches!(u.token(at).text.as_str(), "теж" | "також"))
    };
    // «Теж Абрамович» in answer to "og Lev?"
    field == "surname" && !u.is_staff() && also(word.checked_sub(1))
        || field == "surname"
            && refs.last().is_some_and(|last| {
                !last.pronoun
                    && matches!(last.who, Who::Person(other) if other != id)
                    && same_sentence(u, u.word_at(last.bytes.start), word)
            })
}
