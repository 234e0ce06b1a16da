//! Storeys: Danes count them from the ground floor, Ukrainians from the street.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::numbers::{Number, Numbers};

/// A storey that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Floor {
    /// The number that was said; 0 for the Danish ground floor.
    pub number: u64,
    /// It counts from the Danish ground floor ("2. sal").
    pub above_ground: bool,
    /// Where its number stands, and whether in digits; `None` for a word that means a storey by itself.
    pub said: Option<(Range<usize>, bool)>,
}

/// Whether a storey is on both sides, but may be another one: counted from the other ground, or said as a mere number
/// on one of them ("på tredje").
pub(super) fn counted_otherwise(source: &Numbers, target: &Numbers) -> bool {
    let same = |s: &Floor, t: &Floor| {
        s.number == t.number && (s.above_ground == t.above_ground || s.number == 0)
    };
    let as_number = |floor: &Floor, other: &Numbers| {
        let digits = floor.number.to_string();
        floor.said.is_some() && other.plain.iter().any(|n| n.digits == digits)
    };
    let (here, there) = (&source.floors, &target.floors);
    here.iter()
        .any(|s| !there.iter().any(|t| same(s, t)) && (!there.is_empty() || as_number(s, target)))
        || here.is_empty() && there.iter().any(|t| as_number(t, source))
}

/// The storeys of a source for which the target has no number that could be theirs.
pub(super) fn missing(source: &Numbers, target: &Numbers) -> Vec<Number> {
    let mut free: Vec<&Floor> = target.floors.iter().collect();
    let mut plain: Vec<u64> = Vec::new();
    let rest = target
        .plain
        .iter()
        .filter_map(|n| n.digits.parse::<u64>().ok());
    plain.extend(rest);
    let mut out = Vec::new();
    for floor in &source.floors {
        let Some((span, written)) = &floor.said else {
            continue;
        };
        // «на першому поверсі» is "i stuen", which is also where people sit.
        if floor.number <= 1 {
            continue;
        }
        // Whether the shift between both counts was made is not known here.
        let near = |t: &&Floor| {
            let shift = u64::from(t.above_ground != floor.above_ground);
            t.number.abs_diff(floor.number) <= shift
        };
        let stands = free.iter().position(|t| t.number == floor.number);
        let found = stands.or_else(|| free.iter().position(near));
        let as_number = |n: &u64| n.abs_diff(floor.number) <= 1;
        if let Some(at) = found {
            free.remove(at);
        } else if let Some(at) = plain.iter().position(as_number) {
            plain.remove(at);
        } else {
            out.push(Number {
                digits: floor.number.to_string(),
                span: span.clone(),
                written: *written,
                weak: false,
                hour: false,
                days: false,
            });
        }
    }
    out
}

/// `Some` if the words around a number make it a storey: whether it counts from the ground floor.
pub(super) fn floor_word(left: &str, right: &str, ordinal: bool, lang: Lang) -> Option<bool> {
    let next = first_word(right);
    match lang {
        Lang::Da => match next.as_str() {
            "sal" | "sals" | "salen" => Some(true),
            "etage" | "etagen" | "etager" => Some(false),
            // "Fjerde til højre.", "3. tv."
            _ if ordinal && before_door(right) => Some(true),
            _ => matches!(last_word(left).as_str(), "etage" | "etagen").then_some(false),
        },
        Lang::Uk => {
            let named = next.starts_with("повер") || last_word(left).starts_with("повер");
            named.then_some(false)
        }
    }
}

fn before_door(right: &str) -> bool {
    let right = right.trim_start_matches(['.', ',', ' ']);
    let doors = [
        "til højre",
        "til venstre",
        "midt for",
        "midtfor",
        "tv.",
        "th.",
        "mf.",
    ];
    doors.iter().any(|door| right.starts_with(door)) || matches!(right, "tv" | "th" | "mf")
}

pub(super) fn ground_floor(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "stuen" | "stueetagen"))
        && !["i stuen", "stuen er"].iter().any(|s| text.contains(s))
        || text.contains("stueetage")
}

pub(super) fn first_word(text: &str) -> String {
    let trimmed = text.trim_start_matches(['.', ' ', '-', '‑']);
    let trimmed = ["й ", "ий ", "му ", "ому ", "го "]
        .iter()
        .find_map(|e| trimmed.strip_prefix(e))
        .unwrap_or(trimmed);
    trimmed
        .chars()
        .take_while(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect()
}

fn last_word(text: &str) -> String {
    let word = text.trim_end().rsplit(' ').next().unwrap_or_default();
    // Only a word right before the number: "поверх 3", not "поверх, квартира 3".
    if word.ends_with([',', '.', ';']) {
        String::new()
    } else {
        word.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use tolkebot_protocol::Lang;

    use crate::guard::check;
    use crate::{MtWarning, ValueKind};

    fn warnings(source: &str, target: &str, from: Lang) -> Vec<MtWarning> {
        check(source, target, from).warnings
    }

    #[test]
    fn a_storey_before_a_door_or_as_a_mere_number_is_counted_from_a_ground_floor() {
        for (uk, da) in [
            ("Четвертий поверх, праворуч.", "Fjerde til højre."),
            ("5-й поверх ліворуч.", "5. tv."),
            ("Ми живемо на третьому поверсі.", "Vi bor på tredje."),
            ("Перший поверх.", "Første sal."),
        ] {
            assert_eq!(warnings(uk, da, Lang::Uk), [MtWarning::FloorCount], "{uk}");
            assert_eq!(warnings(da, uk, Lang::Da), [MtWarning::FloorCount], "{da}");
        }
        for (uk, da) in [
            ("Третій поверх.", "Etage 3."),
            ("У будинку п’ять поверхів.", "Huset har fem etager."),
            ("Третя квартира праворуч.", "Tredje lejlighed til højre."),
        ] {
            assert_eq!(warnings(uk, da, Lang::Uk), [], "{uk}");
            assert_eq!(warnings(da, uk, Lang::Da), [], "{da}");
        }
    }

    #[test]
    fn a_storey_that_is_lost_or_another_one_is_a_fault() {
        let lost = MtWarning::ValueMismatch(ValueKind::Number);
        for (source, target, from) in [
            ("Vi bor på 3. sal.", "Ми живемо на 5-му поверсі.", Lang::Da),
            ("Vi bor på tredje sal.", "Ми живемо тут.", Lang::Da),
            ("Ми на третьому поверсі.", "Vi er her.", Lang::Uk),
        ] {
            assert!(warnings(source, target, from).contains(&lost), "{source}");
        }
        for (source, target, from) in [
            ("Vi bor på 3. sal.", "Ми живемо на 4-му поверсі.", Lang::Da),
            ("Ми на першому поверсі.", "Vi bor i stuen.", Lang::Uk),
            ("Ми на третьому поверсі.", "Vi bor på anden sal.", Lang::Uk),
        ] {
            assert!(!warnings(source, target, from).contains(&lost), "{source}");
        }
    }
}
