//! Numbers of the source that must be found in the target, whether in digits or in words.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::numbers::{self, Form, Rank};

use super::floors::{self, Floor, first_word, floor_word, ground_floor};
use super::surnames;

/// A number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its digits; leading zeros are kept where they were written.
    pub digits: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// It stands in digits.
    pub written: bool,
    /// It may as well be no number ("en" is an article, «один» often "alone"), or the other
    /// language says it without one («двічі»): its absence proves nothing.
    pub weak: bool,
    /// It is an hour of the day, as far as can be seen.
    pub hour: bool,
    /// Days or weeks are counted.
    pub days: bool,
}

/// The numbers and the storeys of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub plain: Vec<Number>,
    pub floors: Vec<Floor>,
    /// Thousands or millions are spoken of: "3 mio." is a 3.
    pub thousands: bool,
}

const THOUSANDS: [&str; 9] = [
    "tusind",
    "mio",
    "mill",
    "тисяч",
    "тищ",
    "тис.",
    "млн",
    "мільйон",
    "лям",
];

impl Numbers {
    /// Reads a text.
    pub(crate) fn read(text: &str, lang: Lang) -> Numbers {
        let mut out = Numbers::default();
        let mut found = numbers::find(text, lang);
        if lang == Lang::Uk {
            surnames::strike(&mut found, text);
        }
        for (n, number) in found.iter().enumerate() {
            let before = n.checked_sub(1).map_or(0, |p| found[p].span.end);
            let after = found.get(n + 1).map_or(text.len(), |f| f.span.start);
            let value = number.value.value;
            let (left, right) = (
                &text[before..number.span.start],
                &text[number.span.end..after],
            );
            let said = &text[number.span.clone()];
            let written = starts_with_digit(said);
            let ordinal =
                matches!(number.value.form, Form::Ordinal(_)) || written && right.starts_with('.');
            if let Some(above_ground) = floor_word(left, right, ordinal, lang) {
                out.floors.push(Floor {
                    number: value,
                    above_ground,
                    said: Some((number.span.clone(), written)),
                });
                continue;
            }
            let digits: String = match written {
                true => said.chars().filter(char::is_ascii_digit).collect(),
                false => value.to_string(),
            };
            let weak = !written
                && (value <= 1 && !said.starts_with("nul") && !said.starts_with("нуль")
                    || number.confidence < 0.5
                    || number.value.form == Form::Collective
                        && value == 2
                        && !counts_people(said, right));
            let digits = if clock_past(left, lang) {
                if value == 1 {
                    "12".to_owned()
                } else {
                    value.saturating_sub(1).to_string()
                }
            } else if lang == Lang::Da && first_word(right).starts_with("kvarter") {
                (value * 15).to_string()
            } else {
                digits
            };
            let idiom = match lang {
                // "1800-tallet" is «XIX століття», "tusind tak" «щиро дякую».
                Lang::Da => {
                    right.starts_with("-tal") || value == 1000 && first_word(right) == "tak"
                }
                // «друге» is "the other" as often as "the second".
                Lang::Uk => said.to_lowercase().starts_with("друг"),
            };
            let weak = weak || idiom;
            // "15:00" is "three o'clock".
            let minutes = written && digits == "00" && left.ends_with(':');
            if !minutes {
                let feminine = number.value.form == Form::Ordinal(Rank::Feminine);
                out.plain.push(Number {
                    digits,
                    span: number.span.clone(),
                    written,
                    weak,
                    hour: feminine || is_hour(left, right),
                    days: ["dage", "uger", "тиж", "дн"]
                        .iter()
                        .any(|unit| first_word(right).to_lowercase().starts_with(unit)),
                });
            }
        }
        if lang == Lang::Uk {
            out.words_with_numbers(text);
        }
        if lang == Lang::Da && ground_floor(text) {
            out.floors.push(Floor {
                number: 0,
                above_ground: true,
                said: None,
            });
        }
        out.join_thousands(text);
        let lower = text.to_lowercase();
        out.thousands = THOUSANDS.iter().any(|word| lower.contains(word));
        out
    }

    /// Takes out the numbers of these places, which are parts of something else.
    pub(super) fn strike(&mut self, places: &[Range<usize>]) {
        let inside = |n: &Number| {
            places
                .iter()
                .any(|p| n.span.start < p.end && p.start < n.span.end)
        };
        self.plain.retain(|n| !inside(n));
    }

    /// Words that hold a number which Danish says separately: «двічі», «чотирирічна», «обидва».
    fn words_with_numbers(&mut self, text: &str) {
        let taken: Vec<Range<usize>> = self.plain.iter().map(|n| n.span.clone()).collect();
        for (at, word) in words(text) {
            if taken
                .iter()
                .any(|t| t.start < at + word.len() && at < t.end)
            {
                continue;
            }
            let lower = word.to_lowercase();
            let known = NUMBER_WORDS
                .iter()
                .find(|(w, _)| lower == *w)
                .map(|(_, v)| *v);
            let value = known.or_else(|| {
                let (_, value) = NUMBER_PREFIXES.iter().find(|(p, _)| {
                    lower
                        .strip_prefix(p)
                        .is_some_and(|rest| rest.chars().count() >= 4)
                })?;
                Some(*value)
            });
            if let Some(value) = value {
                self.plain.push(Number {
                    digits: value.to_string(),
                    span: at..at + word.len(),
                    written: false,
                    weak: true,
                    hour: false,
                    days: false,
                });
            }
        }
        self.plain.sort_by_key(|n| n.span.start);
    }

    /// "4.000" and "4 000" are one number.
    fn join_thousands(&mut self, text: &str) {
        let mut n = 0;
        while n + 1 < self.plain.len() {
            let (a, b) = (&self.plain[n], &self.plain[n + 1]);
            let between = &text[a.span.end..b.span.start];
            let joins = a.written
                && b.written
                && b.digits.len() == 3
                && a.digits.len() <= 3
                && !a.digits.starts_with('0')
                && (between == "." || (between == " " && b.digits == "000"));
            if joins {
                let b = self.plain.remove(n + 1);
                let a = &mut self.plain[n];
                a.digits.push_str(&b.digits);
                a.span.end = b.span.end;
            } else {
                n += 1;
            }
        }
    }

    fn run(&self, weak_too: bool) -> String {
        let kept = self.plain.iter().filter(|n| weak_too || !n.weak);
        kept.map(|n| n.digits.as_str()).collect()
    }
}

pub(super) fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// What «двоє» counts where Danish must say how many.
const PEOPLE: [&str; 9] = [
    "діт",
    "дит",
    "син",
    "доч",
    "доньк",
    "доньок",
    "доросл",
    "людей",
    "осіб",
];

/// «двоє дітей», but «обоє батьків» and «нас двоє» may be said without a number.
fn counts_people(said: &str, right: &str) -> bool {
    let next = first_word(right).to_lowercase();
    !said.to_lowercase().starts_with("обо") && PEOPLE.iter().any(|word| next.starts_with(word))
}

/// «чверть на одинадцяту» is a quarter past ten.
fn clock_past(left: &str, lang: Lang) -> bool {
    lang == Lang::Uk
        && left
            .to_lowercase()
            .trim_end()
            .strip_suffix("на")
            .map(str::trim_end)
            .is_some_and(|l| {
                ["чверть", "чверті", "хвилин", "хвилини"]
                    .iter()
                    .any(|w| l.ends_with(w))
            })
}

/// Ukrainian words for numbers that Danish says as a number ("to gange", "begge to").
const NUMBER_WORDS: [(&str, u64); 25] = [
    ("двічі", 2),
    ("вдвічі", 2),
    ("удвічі", 2),
    ("тричі", 3),
    ("втричі", 3),
    ("утричі", 3),
    ("вдруге", 2),
    ("удруге", 2),
    ("втретє", 3),
    ("утретє", 3),
    ("вдвох", 2),
    ("удвох", 2),
    ("утрьох", 3),
    ("втрьох", 3),
    ("учотирьох", 4),
    ("вчотирьох", 4),
    ("учетверо", 4),
    ("вп’ятьох", 5),
    ("ушестеро", 6),
    ("обидва", 2),
    ("обидві", 2),
    ("обох", 2),
    ("обом", 2),
    ("обоє", 2),
    ("обома", 2),
];

/// Beginnings of Ukrainian compounds ("fireårig", "på to værelser").
const NUMBER_PREFIXES: [(&str, u64); 19] = [
    ("одинадцяти", 11),
    ("дванадцяти", 12),
    ("тринадцяти", 13),
    ("чотирнадцяти", 14),
    ("п’ятнадцяти", 15),
    ("шістнадцяти", 16),
    ("сімнадцяти", 17),
    ("вісімнадцяти", 18),
    ("дев’ятнадцяти", 19),
    ("двадцяти", 20),
    ("десяти", 10),
    ("дев’яти", 9),
    ("восьми", 8),
    ("семи", 7),
    ("шести", 6),
    ("п’яти", 5),
    ("чотири", 4),
    ("три", 3),
    ("дво", 2),
];

/// The words of a text with their place; apostrophes belong to them.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric() || c == '\u{2019}', start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push((from, &text[from..]));
    }
    out
}

/// How the numbers of a target differ from those of its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Numbers of the source that the target lacks.
    pub missing: Vec<Number>,
    /// The target has numbers that nobody said.
    pub invented: bool,
    /// A storey is named on both sides and may be counted differently.
    pub floor: bool,
}

/// Compares the numbers of both sides. Grouping is free ("12 34" is "twelve thirty-four" is
/// "1234"), so is the order of separate numbers.
pub(crate) fn compare(source: &Numbers, target: &Numbers) -> Difference {
    let mut out = compare_plain(source, target);
    out.missing.extend(floors::missing(source, target));
    out
}

fn compare_plain(source: &Numbers, target: &Numbers) -> Difference {
    let mut out = Difference {
        missing: Vec::new(),
        invented: false,
        floor: floors::counted_otherwise(source, target),
    };
    if source.run(true) == target.run(true) || source.run(false) == target.run(false) {
        return out;
    }
    let mut rest: Vec<&Number> = target.plain.iter().collect();
    let thousands = [source.thousands, target.thousands];
    for number in &source.plain {
        match rest.iter().position(|t| same(number, t, thousands)) {
            Some(at) => {
                rest.remove(at);
            }
            None if number.weak => {}
            None => out.missing.push(number.clone()),
        }
    }
    // Storeys may be written as plain numbers on one side ("etage 3").
    out.missing.retain(|m| {
        !target
            .floors
            .iter()
            .any(|f| f.number.to_string() == m.digits)
    });
    out.invented = rest.iter().any(|t| {
        !t.weak
            && !source
                .floors
                .iter()
                .any(|f| f.number.to_string() == t.digits)
    });
    if out.invented && !out.missing.is_empty() && regrouped(&out.missing, &rest) {
        out.missing.clear();
        out.invented = false;
    }
    out
}

/// A year of the source that the target made a time of day of: "2016" is not «20:16».
pub(crate) fn year_as_time(source: &str, target: &str) -> Option<String> {
    let runs = |text: &str| -> Vec<String> {
        let runs = text.split(|c: char| !c.is_ascii_digit() && c != ':');
        runs.map(str::to_owned).collect()
    };
    let years = runs(source).into_iter().filter(|run| {
        run.len() == 4
            && run.parse().is_ok_and(|n: u16| (1900..2100).contains(&n))
            // "kl. 1930"
            && !source.contains(&format!("kl. {run}"))
            && !source.contains(&format!("klokken {run}"))
    });
    let there = runs(target);
    years.into_iter().find(|year| {
        !there.contains(year) && there.contains(&format!("{}:{}", &year[..2], &year[2..]))
    })
}

/// The same digits in another grouping ("61, 22" and "6122"), wherever they stand.
fn regrouped(missing: &[Number], rest: &[&Number]) -> bool {
    let a: String = missing.iter().map(|n| n.digits.as_str()).collect();
    let b: String = rest
        .iter()
        .filter(|n| !n.weak)
        .map(|n| n.digits.as_str())
        .collect();
    a == b
}

/// Whether what stands around a number makes an hour of it.
fn is_hour(left: &str, right: &str) -> bool {
    let left = left.to_lowercase();
    let before = left
        .trim_end()
        .rsplit(|c: char| !c.is_alphabetic() && c != '.')
        .next();
    let before = before.unwrap_or_default();
    let minutes = right
        .strip_prefix([':', '.'])
        .is_some_and(starts_with_digit);
    let behind = first_word(right).to_lowercase();
    minutes
        || ["klokken", "kl", "kl.", "о", "об"].contains(&before)
        || behind.starts_with("годин")
        || ["ранку", "вечора", "дня", "om"].contains(&behind.as_str())
}

/// Equal numbers, counting hours of the afternoon either way, millions with or without zeros: `thousands` says which of
/// the two sides speaks of thousands or millions, which must be the one without the zeros.
fn same(a: &Number, b: &Number, thousands: [bool; 2]) -> bool {
    let (hour, days) = (a.hour || b.hour, a.days && b.days);
    let (a, b) = (&a.digits, &b.digits);
    if a == b {
        return true;
    }
    let (Ok(x), Ok(y)) = (a.parse::<u64>(), b.parse::<u64>()) else {
        return false;
    };
    let (low, high) = (x.min(y), x.max(y));
    let hours = hour && (1..=12).contains(&low) && high == low + 12;
    let millions = thousands[usize::from(y < x)]
        && low > 0
        && low < 1000
        && (high == low * 1_000_000 || high == low * 1_000);
    // "20.02" is "20/2".
    let padded = x == y && a.len() <= 2 && b.len() <= 2;
    // "Om fjorten dage" is «через два тижні».
    let weeks = days && (low, high) == (2, 14);
    padded || hours || millions || weeks
}
