//! Names that stand alone.

use super::cases::{known_surname, strong_surname};
use super::find::{Role, Word, person, word_at};
use super::words::{FUNCTION, LIVES, announces, unknown_given};
use super::{PartKind, PersonName, danish, looks_like_surname};
use crate::found::Found;
use crate::token::{Token, TokenKind};

/// A surname with nothing else: «Шаповал.», «Прізвище Гончар», «…записаний, Білик».
pub(super) fn surname_alone(
    tokens: &[Token],
    word: &Word,
    cased: bool,
    answers: bool,
) -> Option<(Found<PersonName>, usize)> {
    let next = tokens.get(word.range.end);
    // «Загоруйко я.»
    let me = next.is_some_and(|t| t.text == "я")
        && tokens
            .get(word.range.end + 1)
            .is_none_or(|t| t.kind == TokenKind::Sign);
    let closed = me || next.is_none_or(|t| t.kind == TokenKind::Sign);
    let lead = word
        .range
        .start
        .checked_sub(1)
        .map_or("", |b| tokens[b].text.as_str());
    let announced = lead.starts_with("прізвищ");
    // "Hvad hedder du?" – «Загоруйко, Іванна», «Загоруйко я. Іванна»
    let first = answers
        && looks_like_surname(&word.text)
        && unknown_given(&word.text)
        && !FUNCTION.contains(&word.text.as_str());
    let shaped = strong_surname(&word.text) || known_surname(&word.text).is_some() || first;
    let fits = cased && word.capital && closed && shaped
        || announced && unknown_given(&word.text) && !FUNCTION.contains(&word.text.as_str());
    fits.then(|| person(tokens, vec![(word.clone(), Role::Surname)], cased))
}

/// A name in no Ukrainian list: a Danish one by sound («в Єспера», «Єппе.»), or whatever stands behind
/// «донька» or beside another name.
pub(super) fn alone(
    tokens: &[Token],
    word: &Word,
    cased: bool,
) -> Option<(Found<PersonName>, usize)> {
    let at = word.range.start;
    let followed = word_at(tokens, word.range.end).is_some_and(|w| w.capital);
    if followed || word.text.chars().count() < 3 {
        return None;
    }
    let found = |name| person(tokens, vec![(word.clone(), Role::Danish(name))], cased);
    let closed = tokens
        .get(word.range.end)
        .is_none_or(|t| t.kind == TokenKind::Sign);
    let opens = at
        .checked_sub(1)
        .is_none_or(|before| tokens[before].ends_sentence());
    if cased
        && opens
        && closed
        && unknown_given(&word.text)
        && !FUNCTION.contains(&word.text.as_str())
    {
        return danish::heard(&word.text, PartKind::Given)
            .filter(|(_, score)| *score >= 0.95 && word.text.chars().count() >= 4)
            .map(|(name, _)| found(name));
    }
    let before = at
        .checked_sub(1)
        .map(|before| tokens[before].text.as_str())?;
    let prepared = matches!(before, "в" | "у" | "від" | "до" | "з" | "із" | "для");
    if !cased {
        // «живу в карстена»: without capitals only where somebody's home is spoken of, and exactly.
        let home = tokens[at.saturating_sub(5)..at]
            .iter()
            .any(|t| LIVES.iter().any(|stem| t.text.starts_with(stem)));
        // «живу в пані кірстен»
        let titled = matches!(before, "пані" | "пана")
            && at > 1
            && matches!(tokens[at - 2].text.as_str(), "в" | "у" | "до");
        return ((prepared || titled) && home && word.text.chars().count() >= 5)
            .then(|| danish_of_case(&word.text, 0.96))
            .flatten()
            .map(found);
    }
    let related = {
        let lead = if tokens[at - 1].kind == TokenKind::Sign && at > 1 {
            at - 2
        } else {
            at - 1
        };
        let lead = tokens[lead].text.as_str();
        announces(lead) && !matches!(lead, "я" | "це") && !lead.starts_with("пан")
    };
    if (related || prepared)
        && let Some(name) = danish_of_case(&word.text, if related { 0.86 } else { 0.94 })
    {
        return Some(found(name));
    }
    let related = related && !opens && unknown_given(&word.text) && !looks_like_surname(&word.text);
    related.then(|| person(tokens, vec![(word.clone(), Role::Unknown)], cased))
}

/// The Danish given name behind a word in any case: «Карстена», «Фреї», «Лізбет».
fn danish_of_case(word: &str, least: f32) -> Option<&'static str> {
    const ENDINGS: &[(&str, &str)] = &[
        ("", ""),
        ("а", ""),
        ("у", ""),
        ("ом", ""),
        ("ові", ""),
        ("и", ""),
        ("і", ""),
        ("ою", ""),
        ("и", "а"),
        ("і", "а"),
        ("ї", "я"),
        ("ю", "я"),
    ];
    ENDINGS
        .iter()
        .filter_map(|(ending, base)| Some(format!("{}{base}", word.strip_suffix(ending)?)))
        .filter_map(|base| danish::heard(&base, PartKind::Given))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, score)| *score >= least)
        .map(|(name, _)| name)
}
