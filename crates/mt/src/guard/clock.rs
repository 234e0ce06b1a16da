//! Times of day that are told from the next or the last hour: «чверть на п'яту» is 4:15, "fem minutter i halv ni" 8:25.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::numbers::{self, Form, Rank};

use super::halves;

/// A word or a number of a text.
pub(super) struct Item {
    /// In lower case, with one kind of apostrophe; empty for a number.
    pub word: String,
    pub number: Option<u64>,
    /// «п'яту» or "femtende", and no counting form. Of Ukrainian ones only the feminine, as hours are.
    pub ordinal: bool,
    /// "En", which is an article: at one o'clock it is "et".
    pub article: bool,
    pub written: bool,
    pub span: Range<usize>,
}

impl Item {
    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.word.as_str())
    }
}

/// The words and numbers of a text.
pub(super) fn items(text: &str, lang: Lang) -> Vec<Item> {
    let found = numbers::find(text, lang);
    let mut out = Vec::new();
    let mut at = 0;
    for number in &found {
        words(text, at..number.span.start, &mut out);
        at = number.span.end;
        let (value, ordinal) = match number.value.form {
            Form::Ordinal(rank) => (
                number.value.value,
                matches!(rank, Rank::Feminine | Rank::Danish),
            ),
            _ => (number.value.value, false),
        };
        let item = |number, ordinal, span: Range<usize>| Item {
            word: String::new(),
            number: Some(number),
            ordinal,
            article: text[span.clone()].eq_ignore_ascii_case("en"),
            written: text[span.clone()].starts_with(|c: char| c.is_ascii_digit()),
            span,
        };
        let before = out.last().is_some_and(|i: &Item| i.is(&["за", "без"]));
        if lang == Lang::Uk && ordinal && before && value > 20 && value % 10 > 0 {
            // «за двадцять шоста» is no 26.
            let said = &text[number.span.clone()];
            let cut = said
                .rfind(' ')
                .map_or(number.span.end, |n| number.span.start + n);
            out.push(item(value - value % 10, false, number.span.start..cut));
            out.push(item(value % 10, true, cut..number.span.end));
        } else {
            out.push(item(value, ordinal, number.span.clone()));
        }
    }
    words(text, at..text.len(), &mut out);
    out
}

fn words(text: &str, within: Range<usize>, out: &mut Vec<Item>) {
    let mut start = None;
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '\u{2019}' | '\'' | 'ʼ');
    let ends = text[within.clone()]
        .char_indices()
        .map(|(n, c)| (within.start + n, letter(c)));
    for (at, inside) in ends.chain([(within.end, false)]) {
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at]
                    .to_lowercase()
                    .replace(['\u{2019}', 'ʼ'], "'");
                out.push(Item {
                    word,
                    number: None,
                    ordinal: false,
                    article: false,
                    written: false,
                    span: from..at,
                });
                start = None;
            }
            _ => {}
        }
    }
}

/// What both sides say of times and halves.
#[derive(Default)]
pub(super) struct Told {
    /// What the target lacks, with what another attempt had better read, if that is known.
    pub missing: Vec<(Range<usize>, Option<String>)>,
    /// The target has one that nobody said.
    pub invented: bool,
    /// Places whose numbers are parts of these, and none by themselves.
    pub in_source: Vec<Range<usize>>,
    pub in_target: Vec<Range<usize>>,
}

/// Compares the times of both sides, which may be told in either way or in digits, and halves.
pub(super) fn compare(source: &str, target: &str, from: Lang) -> Told {
    let (here, there) = (items(source, from), items(target, from.other()));
    let mut told = Told::default();
    let (said, got) = (times(&here, from), times(&there, from.other()));
    let mut rest = got.clone();
    let mut in_digits = plain_times(&there, target);
    for (time, span) in &said {
        told.in_source.push(span.clone());
        if let Some(at) = rest.iter().position(|(t, _)| t == time) {
            told.in_target.push(rest.remove(at).1);
        } else if let Some(at) = in_digits.iter().position(|(t, _)| t == time) {
            told.in_target.push(in_digits.remove(at).1);
        } else {
            let written = written(*time, source[..span.start].trim_end(), from);
            told.missing.push((span.clone(), Some(written)));
        }
    }
    let mut in_digits = plain_times(&here, source);
    for (time, span) in rest {
        match in_digits.iter().position(|(t, _)| *t == time) {
            Some(at) => told.in_source.push(in_digits.remove(at).1),
            None => told.invented = true,
        }
        told.in_target.push(span);
    }
    halves::compare(source, &here, target, &there, from, &mut told);
    told
}

/// A time in digits, which every model copies.
fn written(time: u64, before: &str, lang: Lang) -> String {
    let (hour, minute) = ((time / 60 + 11) % 12 + 1, time % 60);
    let before = before.to_lowercase();
    let clock = before.ends_with("klokken") || before.ends_with("kl.");
    match lang {
        Lang::Da if clock => format!("{hour}.{minute:02}"),
        Lang::Da => format!("kl. {hour}.{minute:02}"),
        Lang::Uk => format!("{hour}:{minute:02}"),
    }
}

/// Minutes since twelve o'clock of times that are told from an hour.
fn times(items: &[Item], lang: Lang) -> Vec<(u64, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let found = match lang {
            Lang::Da => danish(items, at),
            Lang::Uk => ukrainian(items, at),
        };
        match found {
            Some((minutes, end)) => {
                let time = u64::try_from(minutes.rem_euclid(720)).unwrap_or_default();
                out.push((time, items[at].span.start..items[end - 1].span.end));
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// An hour and a minute one after the other: "14.30", «о дев'ятій десять». Good enough to be what the other side tells.
fn plain_times(items: &[Item], text: &str) -> Vec<(u64, Range<usize>)> {
    let mut out = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let Some(hour) = item.number.filter(|h| *h < 25) else {
            continue;
        };
        let rest = &items[n + 1..];
        let skip = rest
            .first()
            .is_some_and(|w| w.word.starts_with("годин") || w.is(&["og"]));
        let Some(next) = rest.get(usize::from(skip)) else {
            continue;
        };
        let near = text[item.span.end..next.span.start]
            .chars()
            .all(|c| c != ',');
        if let Some(minute) = next.number.filter(|m| *m < 60 && near) {
            out.push(((hour * 60 + minute) % 720, item.span.start..next.span.end));
        }
    }
    out
}

type Minutes = Option<(i64, usize)>;

fn number(items: &[Item], at: usize, most: u64) -> Option<i64> {
    let number = items.get(at)?.number.filter(|n| (1..=most).contains(n))?;
    i64::try_from(number).ok()
}

fn is(items: &[Item], at: usize, words: &[&str]) -> bool {
    items.get(at).is_some_and(|item| item.is(words))
}

fn begins(items: &[Item], at: usize, beginnings: &[&str]) -> bool {
    let begins = |item: &Item| beginnings.iter().any(|b| item.word.starts_with(b));
    items.get(at).is_some_and(begins)
}

/// A quarter or so many minutes: (minutes, the item behind, whether they are surely minutes).
fn amount(items: &[Item], at: usize, quarter: &[&str], minute: &str) -> Option<(i64, usize, bool)> {
    if is(items, at, quarter) {
        return Some((15, at + 1, true));
    }
    let minutes = number(items, at, 59)?;
    if is(items, at + 1, quarter) && minutes <= 3 {
        return Some((15 * minutes, at + 2, true));
    }
    let unit = begins(items, at + 1, &[minute]);
    Some((minutes, at + 1 + usize::from(unit), unit))
}

fn ukrainian(items: &[Item], at: usize) -> Minutes {
    let hour = |at: usize| -> Minutes {
        let hour = number(items, at, 12).filter(|_| items[at].ordinal)?;
        Some((hour * 60, at + 1))
    };
    let half = |at: usize| -> Minutes {
        if !is(items, at, &["пів", "половина", "половину"]) {
            return None;
        }
        let between = usize::from(is(items, at + 1, &["на", "до"]));
        let (hour, end) = hour(at + 1 + between)?;
        Some((hour - 30, end))
    };
    let inner = |at: usize| half(at).or_else(|| hour(at));
    let amount = |at: usize| match is(items, at, &["хвилина", "хвилину"]) {
        true => Some((1, at + 1, true)),
        false => amount(items, at, &["чверть", "чверті"], "хвилин").filter(|_| !items[at].ordinal),
    };
    if is(items, at, &["за", "без"])
        && let Some((minutes, next, _)) = amount(at + 1)
        && let Some((hour, end)) = inner(next + usize::from(is(items, next, &["до"])))
    {
        return Some((hour - minutes, end));
    }
    if let Some((minutes, next, sure)) = amount(at) {
        if is(items, next, &["на"])
            && (sure || minutes % 5 == 0)
            && let Some((hour, end)) = hour(next + 1)
        {
            return Some((hour - 60 + minutes, end));
        }
        if !sure {
            return None;
        }
        if is(items, next, &["до"])
            && let Some((hour, end)) = inner(next + 1)
        {
            return Some((hour - minutes, end));
        }
        if is(items, next, &["по", "після"])
            && let Some((hour, end)) = inner(next + 1)
        {
            return Some((hour + minutes, end));
        }
    }
    half(at)
}

/// What is counted behind a number that is no hour: "fem i otte dage".
const COUNTED: [&str; 14] = [
    "dag", "døgn", "uge", "måned", "år", "time", "minut", "kron", "gang", "person", "barn", "børn",
    "værelse", "menneske",
];

fn danish(items: &[Item], at: usize) -> Minutes {
    let hour = |at: usize| -> Minutes {
        let hour = number(items, at, 24)?;
        let item = &items[at];
        let counted = begins(items, at + 1, &COUNTED);
        let none = counted || item.article || item.ordinal;
        (!none && (hour <= 12 || item.written)).then_some((hour * 60, at + 1))
    };
    let half = |at: usize| -> Minutes {
        let (hour, end) = hour(at + 1).filter(|_| is(items, at, &["halv"]))?;
        Some((hour - 30, end))
    };
    let (minutes, next, sure) = match amount(items, at, &["kvart", "kvarter"], "minut") {
        Some(amount) if !items[at].ordinal => amount,
        _ => return half(at),
    };
    let sign = match items.get(next)?.word.as_str() {
        "over" | "efter" => 1,
        "i" | "før" => -1,
        _ => return None,
    };
    let (hour, end) = match half(next + 1) {
        Some(half) => half,
        // "Fem i otte", but not "to i ti".
        None => hour(next + 1).filter(|_| sure || minutes % 5 == 0 && !items[at].written)?,
    };
    Some((hour + sign * minutes, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, lang: Lang) -> Vec<(u64, u64)> {
        let times = times(&items(text, lang), lang).into_iter();
        times.map(|(time, _)| (time / 60, time % 60)).collect()
    }

    #[test]
    fn times_are_told_from_an_hour() {
        for (text, time) in [
            ("Чверть на п’яту.", (4, 15)),
            ("За двадцять шоста.", (5, 40)),
            ("о двадцять хвилин на восьму", (7, 20)),
            ("за десять хвилин дев'ята", (8, 50)),
            ("за п'ять хвилин пів на дев'яту", (8, 25)),
            ("о пів на третю", (2, 30)),
            ("п'ять хвилин по пів на третю", (2, 35)),
            ("чверть до першої", (0, 45)),
            ("десять хвилин по дванадцятій", (0, 10)),
            ("за чверть п’ята", (4, 45)),
        ] {
            assert_eq!(read(text, Lang::Uk), [time], "{text}");
        }
        for (text, time) in [
            ("Kvart over fire.", (4, 15)),
            ("klokken kvart i fire", (3, 45)),
            ("tyve minutter i seks", (5, 40)),
            ("Kom fem minutter i halv ni.", (8, 25)),
            ("fem over halv ni", (8, 35)),
            ("ti minutter over ni", (9, 10)),
            ("klokken halv et", (0, 30)),
            ("et kvarter i syv", (6, 45)),
            ("10 minutter i 16", (3, 50)),
        ] {
            assert_eq!(read(text, Lang::Da), [time], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_times() {
        for text in [
            "Я чекаю пів години.",
            "за десять хвилин",
            "за три дні",
            "п’ять хвилин на розмову",
            "на п’яту спробу",
            "за двадцять шість крон",
        ] {
            assert!(read(text, Lang::Uk).is_empty(), "{text}");
        }
        for text in [
            "Vi var fem i otte dage.",
            "to i ti",
            "en halv time",
            "Vi er ti i alt.",
            "fem minutter i en bus",
            "klokken ni",
        ] {
            assert!(read(text, Lang::Da).is_empty(), "{text}");
        }
    }

    fn faults(source: &str, target: &str, from: Lang) -> (Vec<String>, bool) {
        let told = compare(source, target, from);
        let missing = told.missing.into_iter();
        let written = missing.map(|(_, written)| written.unwrap_or_default());
        (written.collect(), told.invented)
    }

    #[test]
    fn the_same_time_stands_on_both_sides() {
        for (source, target, written) in [
            ("Чверть на п’яту.", "Klokken kvart i 4.", "4:15"),
            ("Двадцять хвилин на восьму.", "Tyve minutter på 7.", "7:20"),
            ("За двадцять шоста.", "Klokken seksogtyve.", "5:40"),
        ] {
            assert_eq!(faults(source, target, Lang::Uk).0, [written], "{source}");
        }
        for (source, target, written) in [
            (
                "Kom fem minutter i halv ni.",
                "Приходьте п’ять хвилин пів на дев’яту.",
                "kl. 8.25",
            ),
            (
                "Kom ti minutter over ni.",
                "Приходьте за десять хвилин на поверх 9.",
                "kl. 9.10",
            ),
            ("Klokken kvart i ni.", "О чверть на дев’яту.", "8.45"),
        ] {
            assert_eq!(faults(source, target, Lang::Da).0, [written], "{source}");
        }
        for (da, uk) in [
            ("Kvart over fire.", "Чверть на п’яту."),
            ("Kl. 16.15.", "О чверть на п’яту."),
            ("Kom kvart over fire.", "Приходьте о 16:15."),
            ("Kom ti minutter over ni.", "Приходьте о дев’ятій десять."),
            ("Klokken er tyve minutter i seks.", "За двадцять шоста."),
        ] {
            assert_eq!(faults(da, uk, Lang::Da), (vec![], false), "{da}");
            assert_eq!(faults(uk, da, Lang::Uk), (vec![], false), "{uk}");
        }
    }
}
