//! Months and weekdays: closed sets of words that must match on both sides.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::{numbers, render};

/// Beginnings of the months' names, January first.
const MONTHS_DA: [&str; 12] = [
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "septemb", "oktob",
    "novemb", "decemb",
];
const MONTHS_UK: [&str; 12] = [
    "січ",
    "лют",
    "берез",
    "квітн",
    "травн",
    "червн",
    "липн",
    "серпн",
    "вересн",
    "жовтн",
    "листопад",
    "грудн",
];
/// Nominatives whose stem differs from the other cases.
const NOMINATIVES_UK: [(&str, u8); 8] = [
    ("квітень", 4),
    ("травень", 5),
    ("червень", 6),
    ("липень", 7),
    ("серпень", 8),
    ("вересень", 9),
    ("жовтень", 10),
    ("грудень", 12),
];
/// Beginnings of the weekdays' names, Monday first.
const DAYS_DA: [&str; 7] = [
    "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
];
const DAYS_UK: [&str; 7] = [
    "понеділ",
    "вівтор",
    "серед",
    "четвер",
    "п’ятниц",
    "субот",
    "неділ",
];

/// Months and weekdays that a text names, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Calendar {
    /// 1 to 12.
    pub months: Vec<u8>,
    /// 1 (Monday) to 7.
    pub days: Vec<u8>,
    /// Day and month of dates that name both, as they stand.
    pub dates: Vec<(u64, u8)>,
}

impl Calendar {
    pub(crate) fn read(text: &str, lang: Lang) -> Calendar {
        let mut out = Calendar::default();
        let lower = text.to_lowercase().replace(['\'', '\u{02bc}'], "\u{2019}");
        for word in lower.split(|c: char| !c.is_alphabetic() && c != '\u{2019}') {
            if let Some(month) = month(word, lang) {
                out.months.push(month);
            }
            if let Some(day) = day(word, lang) {
                out.days.push(day);
            }
        }
        for list in [&mut out.months, &mut out.days] {
            list.sort_unstable();
            list.dedup();
        }
        out.dates = dates(text, lang);
        out
    }

    /// Whether another text has the day of one month beside another: «30 березня» for "1. marts … 30. april". A day
    /// that stands with no month («9-го, а друга — 30 вересня») may belong to any.
    pub(crate) fn moved_to(&self, other: &Calendar) -> bool {
        let has = |day, month| self.dates.contains(&(day, month));
        other.dates.iter().any(|&(day, month)| {
            let named = self.dates.iter().any(|(_, m)| *m == month);
            let elsewhere = self.dates.iter().any(|(d, m)| *d == day && *m != month);
            named && elsewhere && !has(day, month)
        })
    }
}

/// Days' numbers right before a month's name.
fn dates(text: &str, lang: Lang) -> Vec<(u64, u8)> {
    let found = numbers::find(text, lang);
    let mut out = Vec::new();
    for (n, number) in found.iter().enumerate() {
        let end = found.get(n + 1).map_or(text.len(), |next| next.span.start);
        let behind = text[number.span.end..end].trim_start_matches(['.', '-', ' ']);
        // "1-го березня"
        let behind = ["го ", "е "]
            .iter()
            .find_map(|ending| behind.strip_prefix(ending))
            .unwrap_or(behind);
        let word = behind.split(|c: char| !c.is_alphabetic()).next();
        let month = month(&word.unwrap_or_default().to_lowercase(), lang);
        let day = Some(number.value.value).filter(|day| (1..=31).contains(day));
        out.extend(day.zip(month));
    }
    out
}

/// A text with the months behind a day's number in the genitive: «1-го листопаді» is «1-го листопада».
pub(crate) fn declined(text: &str) -> String {
    let mut out = text.to_owned();
    let words: Vec<(usize, &str)> = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    for pair in words.windows(2).rev() {
        let (day, (at, written)) = (pair[0].1, pair[1]);
        let rest = day.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_day = day[..day.len() - rest.len()]
            .parse::<u8>()
            .is_ok_and(|n| (1..=31).contains(&n));
        let word = written.trim_end_matches(|c: char| !c.is_alphabetic());
        let named = month(&word.to_lowercase(), Lang::Uk)
            .filter(|_| is_day && matches!(rest, "" | "-го" | "-е" | "."));
        let genitive = named.and_then(|m| render::month_forms(m, Lang::Uk).into_iter().next());
        if let Some(genitive) = genitive.filter(|genitive| *genitive != word) {
            out.replace_range(at..at + word.len(), genitive);
        }
    }
    out
}

/// The dates of a text that name their month and year, with the digits that stand for them: "22. september
/// 2019" is "22.9.2019".
pub(crate) fn in_digits(text: &str, lang: Lang) -> Vec<(Range<usize>, String)> {
    let words: Vec<(usize, &str)> = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let digits = |word: &str| -> Option<u16> {
        let end = word.find(|c: char| !c.is_ascii_digit());
        word[..end.unwrap_or(word.len())].parse().ok()
    };
    let dates = words.windows(3).filter_map(|three| {
        let [(at, day), (_, named), (last, year)] = three else {
            return None;
        };
        let day = digits(day).filter(|n| (1..=31).contains(n))?;
        let month = month(&named.to_lowercase(), lang)?;
        let year = digits(year).filter(|n| (1900..2100).contains(n))?;
        Some((*at..last + 4, format!("{day}.{month}.{year}")))
    });
    dates.collect()
}

/// "I lørdags" for «у суботу» where nothing says that it is over: the weekday to be written instead.
/// Ukrainian says both alike, and only a verb tells them apart.
pub(crate) fn passed(source: &str, target: &str, from: Lang) -> Option<&'static str> {
    if from != Lang::Uk {
        return None;
    }
    let target = target.to_lowercase();
    let words: Vec<&str> = target.split(|c: char| !c.is_alphabetic()).collect();
    let day = words.windows(2).find_map(|pair| {
        let day = pair[1].strip_suffix('s').filter(|_| pair[0] == "i")?;
        DAYS_DA.iter().find(|d| **d == day)
    })?;
    let source = source.to_lowercase();
    let mut said = source.split(|c: char| !c.is_alphabetic() && c != '\u{2019}' && c != '\'');
    let over = said.any(|word| {
        let past = ["в", "вся", "ла", "лася", "ло", "лося", "ли", "лися"];
        word.starts_with("минул")
            || word.chars().count() > 3 && word != "коли" && past.iter().any(|e| word.ends_with(e))
    });
    (!over).then_some(*day)
}

fn month(word: &str, lang: Lang) -> Option<u8> {
    let list = match lang {
        Lang::Da => &MONTHS_DA,
        Lang::Uk => {
            if let Some((_, n)) = NOMINATIVES_UK.iter().find(|(w, _)| *w == word) {
                return Some(*n);
            }
            &MONTHS_UK
        }
    };
    let at = list.iter().position(|m| {
        let rest = word.strip_prefix(m);
        match (lang, *m) {
            // "Julie", "majestæt" and "martsvin" are none.
            (Lang::Da, _) => rest.is_some_and(|r| ["", "s", "er", "ers"].contains(&r)),
            // «січ», «лют», «берез» need an ending of the month («березі» is a river bank).
            (Lang::Uk, "січ") => rest.is_some_and(|r| r.starts_with("ен") || r.starts_with("н")),
            (Lang::Uk, "лют") => rest.is_some_and(|r| ["ий", "ого", "ому", "им"].contains(&r)),
            (Lang::Uk, "берез") => {
                rest.is_some_and(|r| r.starts_with("ен") || r.starts_with("н"))
            }
            (Lang::Uk, "грудн") => {
                rest.is_some_and(|r| ["я", "і", "ю", "ем", "еві"].contains(&r))
            }
            (Lang::Uk, "листопад") => rest.is_some_and(|r| r.chars().count() <= 2),
            _ => rest.is_some_and(|r| r.chars().count() <= 4),
        }
    })?;
    u8::try_from(at + 1).ok()
}

fn day(word: &str, lang: Lang) -> Option<u8> {
    let list = match lang {
        Lang::Da => &DAYS_DA,
        Lang::Uk => &DAYS_UK,
    };
    // «щоп’ятниці» is "every Friday".
    let word = word
        .strip_prefix("що")
        .filter(|_| lang == Lang::Uk)
        .unwrap_or(word);
    let at = list.iter().position(|d| {
        word.strip_prefix(d).is_some_and(|rest| match *d {
            // «серед» alone is "among", «середина» "the middle".
            "серед" => ["а", "у", "и", "і", "ою", "ам", "ами", "ах"].contains(&rest),
            // «четверо» is "four people".
            "четвер" => rest.is_empty() || rest.starts_with('г'),
            // "lørdagsskole"
            _ => lang == Lang::Da || rest.chars().count() <= 5,
        })
    })?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_a_month_read_back() {
        for lang in Lang::ALL {
            for month in 1..=12 {
                for wording in render::month_forms(month, lang) {
                    assert_eq!(Calendar::read(wording, lang).months, [month], "{wording}");
                }
            }
        }
    }

    #[test]
    fn months_and_days_are_read_in_any_case() {
        let da = Calendar::read("Fra mandag den 1. marts til søndagen i maj", Lang::Da);
        let uk = Calendar::read("З понеділка, 1 березня, до неділі у травні", Lang::Uk);
        assert_eq!(
            da,
            Calendar {
                months: vec![3, 5],
                days: vec![1, 7],
                dates: vec![(1, 3)],
            }
        );
        assert_eq!(uk, da);
        let uk = Calendar::read("щоп'ятниці, лютий, квітень", Lang::Uk);
        assert_eq!(
            uk,
            Calendar {
                months: vec![2, 4],
                days: vec![5],
                dates: Vec::new(),
            }
        );
    }

    #[test]
    fn a_day_to_come_is_not_one_that_is_over() {
        let passed = |uk, da| passed(uk, da, Lang::Uk);
        let day = "У суботу, дванадцятого грудня.";
        assert_eq!(
            passed(day, "I lørdags den tolvte december."),
            Some("lørdag")
        );
        assert_eq!(passed(day, "Lørdag den tolvte december."), None);
        for (uk, da) in [
            ("Ми переїхали в п'ятницю.", "Vi flyttede i fredags."),
            ("У середу вже розписалися.", "Vi blev gift i onsdags."),
            ("Минулого вівторка.", "I tirsdags."),
            ("По понеділках.", "Om mandagen."),
        ] {
            assert_eq!(passed(uk, da), None, "{uk}");
        }
    }

    #[test]
    fn a_month_behind_a_day_is_in_the_genitive() {
        for (written, right) in [
            (
                "Переїжджаємо 1-го листопаді 1989 року.",
                "Переїжджаємо 1-го листопада 1989 року.",
            ),
            ("Народилася 5 серпень.", "Народилася 5 серпня."),
            ("З 3 травень до 4 Червні!", "З 3 травня до 4 червня!"),
        ] {
            assert_eq!(declined(written), right);
        }
        for right in [
            "1-го листопада.",
            "У листопаді",
            "о 12 у травні",
            "2026 травень",
            "5 квітня",
            "",
        ] {
            assert_eq!(declined(right), right);
        }
    }

    #[test]
    fn a_date_can_be_said_in_digits() {
        for (text, lang, date, written) in [
            (
                "Jeg er født den 22. september 2019.",
                Lang::Da,
                "22. september 2019",
                "22.9.2019",
            ),
            (
                "Я народилася 3 травня 1988 року.",
                Lang::Uk,
                "3 травня 1988",
                "3.5.1988",
            ),
        ] {
            let at = text.find(date).unwrap();
            let found = in_digits(text, lang);
            assert_eq!(found, [(at..at + date.len(), written.to_owned())]);
        }
        for none in ["den 22. september", "22 kroner 2019", "september 2019", ""] {
            assert!(in_digits(none, Lang::Da).is_empty(), "{none}");
        }
    }

    #[test]
    fn other_words_are_not_dates() {
        let none = Calendar::default();
        assert_eq!(
            Calendar::read(
                "серед середини на березі лютою січчю четверо грудної",
                Lang::Uk
            ),
            none
        );
        assert_eq!(
            Calendar::read("majestæt, martsvin, dag, Julie, junior, Augusta", Lang::Da),
            none
        );
    }
}
