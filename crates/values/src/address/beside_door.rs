//! Doors told with the word for them: «двері ліві», «ліва квартира», «двері тв», «кімната сорок перша»,
//! «номер дверей чотири».

use tolkebot_protocol::Lang;

use super::beside_floor;
use super::unit::Door;
use super::unit_uk::floor_noun;
use crate::dates::word;
use crate::numbers::{Form, Rank, read_at};
use crate::token::Token;

/// The side of the door told at `at`, and the index behind.
pub(super) fn side(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    let noun = word(tokens, at);
    if let Some(end) = middle_heard(tokens, at) {
        return Some((Door::Middle, end));
    }
    if is_door(noun) {
        let next = over_signs(tokens, at + 1);
        if let Some(end) = middle_heard(tokens, next) {
            return Some((Door::Middle, end));
        }
        return adjective(word(tokens, next))
            .or_else(|| letters(word(tokens, next)))
            .map(|door| (door, next + 1));
    }
    let door = adjective(noun)?;
    let next = word(tokens, at + 1);
    let of_street = |n: usize| {
        let behind = word(tokens, n);
        behind == "від"
            || ["вулиц", "дорог", "будин"]
                .iter()
                .any(|stem| behind.starts_with(stem))
    };
    let hand =
        matches!(next, "бік" | "боці" | "боку" | "руці" | "руку" | "рука") && !of_street(at + 2);
    (hand || is_door(next)).then_some((door, at + 2))
}

/// «Другий сал тв», «перший поверх, тх»: the letters that stand on Danish doors, behind a floor.
pub(super) fn letters(text: &str) -> Option<Door> {
    Some(match text {
        "тв" | "tv" | "теве" => Door::Left,
        "тх" | "th" | "техо" | "тг" => Door::Right,
        "мф" | "mf" => Door::Middle,
        _ => return None,
    })
}

/// The letters, and «венстре», «мідт фор»: what stands on the door as it sounds in Danish; the index behind.
pub(super) fn heard(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    let first = word(tokens, at);
    if let Some(door) = letters(first) {
        return Some((door, at + 1));
    }
    let to = usize::from(matches!(first, "тіль" | "тіл" | "til"));
    let end = at + to + 1;
    Some(match (word(tokens, at + to), word(tokens, end)) {
        ("венстре" | "венстра" | "вінстре", _) => (Door::Left, end),
        ("хойре" | "хьойре" | "гойре" | "гьойре" | "ґойре" | "хейре" | "гейре", _) => {
            (Door::Right, end)
        }
        _ => return Some((Door::Middle, middle_heard(tokens, at + to)?)),
    })
}

/// «Другий тв», «стуен мф»: right behind a floor that is told without its noun.
pub(super) fn behind_rank(tokens: &[Token], at: usize) -> bool {
    let comma = at
        .checked_sub(1)
        .is_some_and(|b| tokens.get(b).is_some_and(|t| t.is_sign(',')));
    let end = at - usize::from(comma);
    let Some(before) = end.checked_sub(1) else {
        return false;
    };
    let text = word(tokens, before);
    beside_floor::is_stuen(text)
        || is_danish_cellar(text)
        || read_at(tokens, before, Lang::Uk)
            .is_some_and(|r| r.is_ordinal() && r.end == end && (1..=20).contains(&r.value))
}

/// Whether a side stands at `at`, over a comma too.
pub(super) fn side_behind(tokens: &[Token], at: usize) -> bool {
    let next = at + usize::from(tokens.get(at).is_some_and(|t| t.is_sign(',')));
    heard(tokens, next).is_some()
        || matches!(
            word(tokens, next),
            "ліворуч"
                | "праворуч"
                | "зліва"
                | "справа"
                | "наліво"
                | "направо"
                | "посередині"
        )
        || word(tokens, next) == "на" && matches!(word(tokens, next + 1), "ліво" | "право")
}

/// «Перша сала», «на другій салі», «шоста зала»: the Danish word for floor behind a feminine rank.
pub(super) fn is_sal(text: &str) -> bool {
    floor_noun(text) == Some(true) || matches!(text, "зала" | "залі" | "залу")
}

/// «Кєльдерен»: the Danish cellar as it is heard.
pub(super) fn is_danish_cellar(text: &str) -> bool {
    [
        "кєльдер",
        "кельдер",
        "келдер",
        "кєлдер",
        "кьельдер",
        "кяльдер",
    ]
    .iter()
    .any(|stem| text.starts_with(stem))
}

/// «Двері мідт фор», «мітфор»: the Danish words as they are heard; the index behind.
fn middle_heard(tokens: &[Token], at: usize) -> Option<usize> {
    match (word(tokens, at), word(tokens, at + 1)) {
        ("мідтфор" | "мідфор" | "мітфор" | "міттфор" | "мідтфорр", _) => {
            Some(at + 1)
        }
        ("мідт" | "мід" | "міт" | "мітт" | "мидт", "фор" | "форр" | "for") => {
            Some(at + 2)
        }
        _ => None,
    }
}

/// A side as a quality of the door.
fn adjective(text: &str) -> Option<Door> {
    Some(match text {
        "ліва" | "ліві" | "лівий" | "лівої" | "лівій" | "ліву" | "лівих" | "лівими" | "лівого" => {
            Door::Left
        }
        "права" | "праві" | "правий" | "правої" | "правій" | "праву" | "правих" | "правого" => {
            Door::Right
        }
        "середня" | "середні" | "середній" | "середніх" | "центральні" | "серединні" => {
            Door::Middle
        }
        _ => return None,
    })
}

fn is_door(text: &str) -> bool {
    ["двер", "квартир"]
        .iter()
        .any(|stem| text.starts_with(stem))
}

/// The number of the door told at `at`, by a rank or before its noun.
pub(super) fn number(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    let noun = word(tokens, at);
    // «номер дверей чотири», «номер кімнати сто п'ять»
    if matches!(noun, "номер" | "нумер")
        && (is_door(word(tokens, at + 1)) || is_room(word(tokens, at + 1)))
    {
        let next = over_signs(tokens, at + 2);
        let read = read_at(tokens, next, Lang::Uk)
            .filter(|r| !r.is_ordinal() && (1..10_000).contains(&r.value))?;
        return Some((Door::Number(read.value.to_string()), read.end));
    }
    if !is_room(noun) && !matches!(noun, "двері" | "дверях") {
        return None;
    }
    let next = over_signs(tokens, at + 1);
    if is_room(noun) {
        let read = read_at(tokens, next, Lang::Uk)
            .filter(|r| (3..1000).contains(&r.value))
            .filter(|r| {
                matches!(r.form, Form::Ordinal(Rank::Feminine | Rank::Neuter))
                    || next > at + 1 && r.form == Form::Cardinal
            })?;
        return Some((Door::Number(read.value.to_string()), read.end));
    }
    // «двері „двадцять один“»
    if next > at + 1 {
        let read = read_at(tokens, next, Lang::Uk)
            .filter(|r| r.form == Form::Cardinal && (1..1000).contains(&r.value));
        if let Some(read) = read {
            return Some((Door::Number(read.value.to_string()), read.end));
        }
    }
    // «двері четверті», «двері двадцять другі», «двері четвертий»
    let tens = read_at(tokens, next, Lang::Uk)
        .filter(|r| r.form == Form::Cardinal && (20..100).contains(&r.value) && r.value % 10 == 0);
    let last = tens.as_ref().map_or(next, |r| r.end);
    if let Some(rank) = super::unit_uk::plural_ordinal(word(tokens, last)) {
        let number = tens.map_or(0, |r| r.value) + u64::from(rank);
        return Some((Door::Number(number.to_string()), last + 1));
    }
    let read = read_at(tokens, next, Lang::Uk)
        .filter(|r| r.form == Form::Ordinal(Rank::Masculine) && (1..1000).contains(&r.value))
        .filter(|r| floor_noun(word(tokens, r.end)).is_none())?;
    Some((Door::Number(read.value.to_string()), read.end))
}

fn is_room(text: &str) -> bool {
    matches!(
        text,
        "кімната" | "кімнаті" | "кімнату" | "кімнати" | "палата" | "помешкання"
    )
}

/// Over a quotation mark, a colon or a dash, and «під номером».
fn over_signs(tokens: &[Token], at: usize) -> usize {
    let sign = |n: usize| {
        tokens.get(n).is_some_and(|t| {
            t.is_dash() || matches!(t.text.as_str(), "«" | "\"" | "„" | "“" | ":" | "номер")
        })
    };
    at + (at..at + 2).take_while(|n| sign(*n)).count()
}
