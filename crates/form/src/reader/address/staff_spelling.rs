//! A street as the employee wrote it, whenever the citizen says it next: "Jeg bor selv på Baunevej" – «У нас теж
//! Бауневей», "Hedder den Mellemvej eller Mellemvang?" – «Мелем-ванґ», "tårnet på Lindholm Brygge?" – «Лінгольм Брюґґе
//! тридцять дев'ять».

use super::*;
use crate::reader::echoes;

/// From here on a Cyrillic word is the name that was asked for.
const CHOSEN: f32 = 0.82;

/// Keeps the streets and names of the employee's turn.
pub(super) fn keep_spelling(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    let earlier: Vec<Street> = m.staff_streets.drain(..m.staff_streets_now).collect();
    m.staff_streets = u
        .addresses()
        .iter()
        .filter_map(|a| a.value.street.as_ref())
        .map(|street| street.value.clone())
        .collect();
    m.staff_streets_now = m.staff_streets.len();
    m.staff_streets.extend(earlier);
    m.staff_names = names_on(u);
}

/// "tårnet på Lindholm Brygge": capital words behind "på".
fn names_on(u: &Utterance<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for first in 1..u.word_tokens.len() {
        if !u.written || u.token(first - 1).text != "på" {
            continue;
        }
        let end = (first..u.word_tokens.len().min(first + 3))
            .find(|at| {
                let gap = *at > first && u.word_tokens[*at] != u.word_tokens[*at - 1] + 1;
                gap || !u.token(*at).capital
            })
            .unwrap_or(u.word_tokens.len().min(first + 3));
        let street = u.addresses().iter().any(|a| {
            let span = a.value.street.as_ref().map(|s| s.span.clone());
            span.is_some_and(|s| s.contains(&u.token(first).span.start))
        });
        let town = u
            .places()
            .iter()
            .any(|p| p.span.contains(&u.token(first).span.start));
        if end > first
            && !street
            && !town
            && let Some(name) = echoes::written(u, &(first..end))
        {
            names.push(name);
        }
    }
    names
}

/// The find with the employee's spelling, when what the citizen says sounds more like it than like what it was taken
/// for.
pub(super) fn as_spelled(m: &Memory, u: &Utterance<'_>, hit: &Found<Address>) -> Found<Address> {
    let mut hit = hit.clone();
    let Some(street) = hit.value.street.as_mut().filter(|_| !u.is_staff()) else {
        return hit;
    };
    if street.value.source == StreetSource::Known {
        return hit;
    }
    let first = u.word_at(street.span.start);
    let mut best: Option<(f32, &Street)> = None;
    // «Вестре Ланневей»: a word before may belong to the name.
    for start in first.saturating_sub(1)..=first {
        let from = u.token(start).span.start;
        let said = u.said.get(from..street.span.end).unwrap_or("");
        let taken = street_similarity(said, &street.value.name);
        for name in &m.staff_streets {
            let alike = street_similarity(said, &name.name);
            if alike >= SAME_STREET.max(taken - 0.02) && best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, name));
            }
        }
    }
    if let Some((_, named)) = best.filter(|(_, named)| named.name != street.value.name) {
        street.value = named.clone();
    }
    hit
}

/// What the citizen says of a name that the employee has just said: one of the streets that were asked about, or a
/// name with its number.
pub(super) fn said_by_staff(m: &mut Memory, u: &Utterance<'_>, blocked: &[Range<usize>]) {
    let named = u.addresses().iter().any(|a| a.value.street.is_some());
    if u.is_staff() || named || crate::reader::foreign::prefix(m).is_some() {
        return;
    }
    let Some((name, words, number)) = asked_street(m, u).or_else(|| with_number(m, u)) else {
        return;
    };
    let span = u.bytes(&words);
    if blocked
        .iter()
        .any(|b| b.start < span.end && span.start < b.end)
    {
        return;
    }
    let street = Street {
        name,
        source: StreetSource::Spelled,
        postal_codes: Vec::new(),
        candidates: Vec::new(),
    };
    let end = number.as_ref().map_or(span.end, |n| n.span.end);
    let address = Address {
        street: Some(Found::new(street, span.clone(), 0.8)),
        number,
        ..Address::default()
    };
    let left = cues::left(u, 0, span.start);
    let right = cues::right(u, end);
    let hit = Found::new(address, span.start..end, 0.8);
    super::street::read(m, u, &hit, &left, &right);
}

type Name = (String, Range<usize>, Option<Found<String>>);

/// "Hedder den Mellemvej eller Mellemvang?" – «Мелем-ванґ, там де поле»
fn asked_street(m: &Memory, u: &Utterance<'_>) -> Option<Name> {
    let asked = m.staff_streets.get(..m.staff_streets_now)?;
    if asked.len() < 2 {
        return None;
    }
    let mut best: Option<(f32, Name)> = None;
    for first in 0..u.word_tokens.len().min(5) {
        for end in first + 1..=(first + 3).min(u.word_tokens.len()) {
            let said: String = u.words(first..end).concat();
            for name in asked {
                let alike = street_similarity(&said, &name.name);
                if alike >= CHOSEN && best.as_ref().is_none_or(|(most, _)| alike > *most) {
                    best = Some((alike, (name.name.clone(), first..end, None)));
                }
            }
        }
    }
    let words = best.as_ref()?.1.1.clone();
    let before = words
        .start
        .checked_sub(1)
        .map_or("", |at| u.token(at).text.as_str());
    (before != "не")
        .then(|| best.map(|(_, name)| name))
        .flatten()
}

/// "tårnet på Lindholm Brygge?" – «Лінгольм Брюґґе тридцять дев'ять»
fn with_number(m: &Memory, u: &Utterance<'_>) -> Option<Name> {
    if m.staff_names.is_empty() {
        return None;
    }
    echoes::numbered(u).into_iter().find_map(|(words, number)| {
        let (start, end) = (words.start, words.end);
        // «Скоттенборг сімдесят… ні, не сімдесят. Сімнадцять»
        let first = *u.word_tokens.get(end)?;
        let read = tolkebot_values::numbers::read_at(&u.tokens, first, u.lang())?;
        let read = settled(u, read);
        let bytes = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
        let number = Found::new(read.value.to_string(), bytes, number.confidence);
        let fits = |from: usize| {
            let said = u.words(from..end).join(" ");
            let name = m.staff_names.iter().find(|name| {
                name.chars().count() >= 6 && street_similarity(&said, name) >= CHOSEN - 0.08
            });
            name.map(|name| (name.clone(), from..end, Some(number.clone())))
        };
        (start..end).find_map(fits)
    })
}
