//! A birth place that no list has: «Могилів-Подільський, на Вінниччині», «Село Юнаківка», «народжена в Новоселиці».

use tolkebot_values::names;

use super::belief::Heard;
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "arrival.birth_registration_place";

/// Reads the town that answers the question for the place of birth, when no table knows it. Only written speech shows
/// names.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !u.written || m.from_abroad.is_none() || m.has(KEY) {
        return;
    }
    let asked = m.asked.asks(Topic::BirthPlace) && m.asked_of_third().is_none();
    let Some((town, words)) = u
        .sentences
        .iter()
        .take(2)
        .filter(|s| !s.question)
        .find_map(|s| opening(u, s).filter(|_| asked).or_else(|| born_in(u, s)))
    else {
        return;
    };
    let listed = |p: &tolkebot_values::Found<tolkebot_values::places::Place>| {
        u.bytes(&words).contains(&p.span.start)
    };
    if u.places().iter().any(listed) {
        return;
    }
    let value = format!("{}, Ukraine", names::romanise(&town));
    let heard = Heard::new(value, u.evidence_of_words(&words), 0.6).unsure(true);
    m.hear(KEY, heard);
}

/// «Могилів-Подільський, …», «Село Юнаківка.»: the name that opens the answer.
fn opening(u: &Utterance<'_>, s: &Sentence) -> Option<(String, std::ops::Range<usize>)> {
    let mut at = s.words.start;
    if matches!(
        u.token(at).text.as_str(),
        "село" | "смт" | "місто" | "містечко" | "селище"
    ) {
        at += 1;
    } else if born(&u.words(s.words.clone())) {
        return None;
    }
    let (name, end) = name_at(u, at, s)?;
    let alone = end == s.words.end || ends_clause(u, end);
    let nominative = [
        "ий", "ка", "ів", "ськ", "ки", "ин", "иця", "ця", "ани", "не", "град",
    ]
    .iter()
    .any(|tail| name.ends_with(tail));
    (alone && nominative).then_some((name, at..end))
}

/// «… народжений у Новоселиці», «записана в Юнаківці»
fn born_in(u: &Utterance<'_>, s: &Sentence) -> Option<(String, std::ops::Range<usize>)> {
    if !born(&u.words(s.words.clone())) {
        return None;
    }
    s.words.clone().skip(1).find_map(|at| {
        let led = matches!(u.token(at - 1).text.as_str(), "у" | "в");
        let (name, end) = name_at(u, at, s).filter(|_| led)?;
        let stem = name
            .strip_suffix("иці")
            .map(|stem| format!("{stem}иця"))
            .or_else(|| name.strip_suffix("івці").map(|stem| format!("{stem}івка")))?;
        Some((stem, at..end))
    })
}

fn born(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| w.starts_with("народ") || w.starts_with("записан") || w.starts_with("родом"))
}

/// A capitalised name of one word or of two held together by a hyphen, and the index behind.
fn name_at(u: &Utterance<'_>, at: usize, s: &Sentence) -> Option<(String, usize)> {
    let named = |at: usize| {
        let fits = s.words.contains(&at)
            && u.token(at).capital
            && u.token(at).is_cyrillic()
            && u.token(at).text.chars().count() >= 4;
        fits.then(|| u.said.get(u.token(at).span.clone())).flatten()
    };
    let first = named(at)?;
    if let Some(second) = named(at + 1)
        && u.turn
            .text
            .get(u.token(at).span.end..u.token(at + 1).span.start)
            == Some("-")
    {
        return Some((format!("{first}-{second}"), at + 2));
    }
    Some((first.to_owned(), at + 1))
}

/// Whether a sign stands before the word.
fn ends_clause(u: &Utterance<'_>, word: usize) -> bool {
    u.turn
        .text
        .get(u.token(word - 1).span.end..u.token(word).span.start)
        .is_some_and(|gap| gap.contains([',', '.', ';', '—', '…']))
}
