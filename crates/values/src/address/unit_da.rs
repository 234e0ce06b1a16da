//! Floors and doors in Danish.

use tolkebot_protocol::Lang;

use super::unit::{Door, Floor, FloorCount};
use crate::dates::word;
use crate::digits::{Style, greedy};
use crate::numbers::{read_at, reads_at};
use crate::postal;
use crate::token::{Token, TokenKind};

fn skip_sign(tokens: &[Token], at: usize, sign: char) -> usize {
    at + usize::from(tokens.get(at).is_some_and(|t| t.is_sign(sign)))
}

/// A side at `at`: "til højre", "th", "t.h.", "midt for".
pub(super) fn side(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    let dotted = |second: &str| {
        word(tokens, at) == "t"
            && tokens.get(at + 1).is_some_and(|t| t.is_sign('.'))
            && word(tokens, at + 2) == second
    };
    if shows_the_way(tokens, at) {
        return None;
    }
    Some(match (word(tokens, at), word(tokens, at + 1)) {
        ("til", "højre") | ("mod", "højre") => (Door::Right, at + 2),
        ("til", "venstre") | ("mod", "venstre") => (Door::Left, at + 2),
        ("midt", "for") => (Door::Middle, at + 2),
        ("i", "midten") if !middle_of_else(tokens, at + 2) && !middle_of_word(tokens, at) => {
            (Door::Middle, at + 2)
        }
        // "midtfor" as it is heard behind a floor.
        ("med" | "mit", "for") if at > 0 && word(tokens, at - 1) == "sal" => (Door::Middle, at + 2),
        ("højre" | "th", _) => (Door::Right, at + 1),
        ("venstre" | "tv", _) => (Door::Left, at + 1),
        ("midtfor" | "mf", _) => (Door::Middle, at + 1),
        _ if dotted("h") => (Door::Right, skip_sign(tokens, at + 3, '.')),
        _ if dotted("v") => (Door::Left, skip_sign(tokens, at + 3, '.')),
        _ => return None,
    })
}

/// "Det er op ad trappen til højre": where somebody is sent in the town hall, and no door of a home.
fn shows_the_way(tokens: &[Token], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or("", |b| word(tokens, b));
    let before = match (word(tokens, at), back(1)) {
        ("til", before) => before,
        (_, "til") => back(2),
        _ => return false,
    };
    matches!(before, "trappen" | "skranken" | "elevatoren")
}

/// "Uden e i midten", "med to t'er i midten": of a word that is spelled.
fn middle_of_word(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| word(tokens, b));
    before.chars().count() == 1 || before == "er" && at > 1 && tokens[at - 2].text == "'"
}

/// "I midten af december", "… af byen": the middle of something that has no doors.
fn middle_of_else(tokens: &[Token], at: usize) -> bool {
    word(tokens, at) == "af"
        && !matches!(
            word(tokens, at + 1),
            "gangen"
                | "opgangen"
                | "rækken"
                | "etagen"
                | "korridoren"
                | "bygningen"
                | "huset"
                | "de"
        )
}

/// A door at `at`: a side or a number that was announced.
pub(super) fn door(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    if let Some((door, end)) = side(tokens, at) {
        return Some((door, end));
    }
    let announced = matches!(
        word(tokens, at),
        "dør"
            | "døren"
            | "dørnummer"
            | "lejlighed"
            | "lejl"
            | "værelse"
            | "vær"
            | "værelset"
            | "lejligheden"
    );
    // "fjerde, nummer to"
    let numbered = matches!(word(tokens, at), "nummer" | "nr") && behind_floor(tokens, at);
    if !announced && !numbered {
        return None;
    }
    let mut next = skip_sign(tokens, at + 1, '.');
    if let Some((door, end)) = side(tokens, next) {
        return Some((door, end));
    }
    next += usize::from(matches!(word(tokens, next), "nummer" | "nr"));
    next = skip_sign(tokens, next, '.');
    let read = read_at(tokens, next, Lang::Da)
        .filter(|r| !r.is_ordinal() && (1..10_000).contains(&r.value))?;
    Some((Door::Number(read.value.to_string()), read.end))
}

/// Whether a floor stands right before: "fjerde", "4. sal".
fn behind_floor(tokens: &[Token], at: usize) -> bool {
    let Some(mut before) = at.checked_sub(1) else {
        return false;
    };
    if tokens[before].is_sign(',') && before > 0 {
        before -= 1;
    }
    word(tokens, before) == "sal"
        || read_at(tokens, before, Lang::Da).is_some_and(|read| read.is_ordinal())
}

/// A floor at `at`. `inside` is true behind a house number, where "4." alone is a floor.
pub(super) fn floor(tokens: &[Token], at: usize, inside: bool) -> Option<(Floor, usize)> {
    let danish = |said, end| {
        Some((
            Floor {
                said,
                count: FloorCount::Danish,
            },
            end,
        ))
    };
    match (word(tokens, at), word(tokens, at + 1)) {
        ("i", "stuen" | "stueetagen") => return danish(0, at + 2),
        ("stuen" | "stueetagen" | "stue", _) => return danish(0, at + 1),
        ("i", "kælderen") => return danish(-1, at + 2),
        ("kælderen" | "kælder" | "kld", _) => return danish(-1, at + 1),
        ("st", _) => {
            let end = skip_sign(tokens, at + 1, '.');
            return (end > at + 1 || side(tokens, end).is_some()).then(|| danish(0, end))?;
        }
        ("kl", _) if inside => {
            let end = skip_sign(tokens, at + 1, '.');
            return (end > at + 1 && read_at(tokens, end, Lang::Da).is_none())
                .then(|| danish(-1, end))?;
        }
        _ => {}
    }
    for read in reads_at(tokens, at, Lang::Da) {
        if !(1..=40).contains(&read.value) || !(read.is_ordinal() || read.written) {
            continue;
        }
        let said = read.value as i8;
        let dot = skip_sign(tokens, read.end, '.');
        match word(tokens, dot) {
            "sal" | "sals" => return danish(said, dot + 1),
            "etage" | "etages" => {
                let floor = Floor {
                    said,
                    count: FloorCount::UkrainianUncertain,
                };
                return Some((floor, dot + 1));
            }
            _ => {}
        }
        let comma = skip_sign(tokens, dot, ',');
        if side(tokens, dot).is_some() && (read.is_ordinal() || inside || dot > read.end)
            || read.is_ordinal() && inside && door(tokens, comma).is_some()
        {
            return danish(said, dot);
        }
        // "treoghalvfems, tredje, otte tusind": a postal code follows.
        if read.is_ordinal() && inside && code_at(tokens, comma) {
            return danish(said, dot);
        }
        // "4. 2," and "2.," behind a house number.
        let behind = tokens.get(dot);
        if read.written
            && inside
            && dot > read.end
            && behind.is_none_or(|t| t.kind != TokenKind::Word && !t.glued || t.is_sign(','))
        {
            return danish(said, dot);
        }
    }
    None
}

/// Whether a postal code stands there, in digits or in words.
pub(super) fn code_at(tokens: &[Token], at: usize) -> bool {
    let mut end = at;
    while let Some(read) = read_at(tokens, end, Lang::Da).filter(|r| !r.is_ordinal()) {
        end = read.end;
    }
    let digits = greedy(tokens, at..end, Lang::Da, Style::Plain).digits();
    digits.len() == 4 && postal::lookup(&digits).is_some()
}

/// A bare number right behind a typed floor: the `2` of `4. 2`.
pub(super) fn typed_door(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    let token = tokens
        .get(at)
        .filter(|t| t.kind == TokenKind::Digits && t.text.len() <= 4)?;
    let closed = tokens
        .get(at + 1)
        .is_none_or(|t| t.is_sign(',') || t.is_sign('.'));
    closed.then(|| (Door::Number(token.text.clone()), at + 1))
}
