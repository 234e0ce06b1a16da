//! Values as they are read aloud or written in a sentence, in both languages.

mod cyrillic;
mod da;
mod uk;

use jiff::civil::{Date, DateTime};
use tolkebot_protocol::Lang;

use crate::address::{DanishFloor, Door, ukrainian_floor};
use crate::cpr::CprNumber;
use crate::phone::Phone;
use crate::tables::{MONTH_LOCATIVES, MONTH_NAMES};

pub use cyrillic::in_cyrillic;
pub use uk::{OrdinalForm, plural_days};

/// A cardinal in words; up to 999,999, digits beyond.
pub fn cardinal(value: u64, lang: Lang) -> String {
    if value > 999_999 {
        return value.to_string();
    }
    match lang {
        Lang::Da => da::cardinal(value),
        Lang::Uk => uk::cardinal(value),
    }
}

/// A Danish ordinal in words, 0–99; digits with a full stop beyond.
pub fn danish_ordinal(value: u64) -> String {
    da::ordinal(value)
}

/// A Ukrainian ordinal in words, up to 9,999 in the given form; digits beyond.
pub fn ukrainian_ordinal(value: u64, form: OrdinalForm) -> String {
    uk::ordinal(value, form)
}

/// A year in words: "nitten hundrede og fireogfirs", «тисяча дев'ятсот вісімдесят четвертого року».
pub fn year(year: i16, lang: Lang) -> String {
    let year = u64::from(year.unsigned_abs());
    match lang {
        Lang::Da => da::year(year),
        Lang::Uk => format!("{} року", uk::ordinal(year, OrdinalForm::Genitive)),
    }
}

/// A date as it is read back: "den otteogtyvende november to tusind og seksogtyve", «двадцять восьме
/// листопада дві тисячі двадцять шостого року».
pub fn date_spoken(date: Date, lang: Lang) -> String {
    let day = u64::from(date.day().unsigned_abs());
    let (danish, _, genitive) = month(date);
    match lang {
        Lang::Da => format!(
            "den {} {danish} {}",
            da::ordinal(day),
            da::year(whole_year(date))
        ),
        Lang::Uk => format!(
            "{} {genitive} {}",
            uk::ordinal(day, OrdinalForm::Neuter),
            year(date.year(), Lang::Uk)
        ),
    }
}

/// A date in a sentence on the screen: "28. november 2026", «28 листопада 2026 року».
pub fn date_written(date: Date, lang: Lang) -> String {
    let (danish, _, genitive) = month(date);
    match lang {
        Lang::Da => format!("{}. {danish} {}", date.day(), date.year()),
        Lang::Uk => format!("{} {genitive} {} року", date.day(), date.year()),
    }
}

/// A day with its time on the clock: "28. november 2026 kl. 14.05", «28 листопада 2026 року о 14:05».
pub fn moment_written(at: DateTime, lang: Lang) -> String {
    let day = date_written(at.date(), lang);
    let (hour, minute) = (at.hour(), at.minute());
    match lang {
        Lang::Da => format!("{day} kl. {hour}.{minute:02}"),
        // «Об одинадцятій»: the preposition keeps two vowels apart.
        Lang::Uk if hour == 11 => format!("{day} об {hour}:{minute:02}"),
        Lang::Uk => format!("{day} о {hour}:{minute:02}"),
    }
}

fn whole_year(date: Date) -> u64 {
    u64::from(date.year().unsigned_abs())
}

/// A month (1 to 12) in the forms that a date or "in March" takes: in Danish its name, in Ukrainian
/// genitive, locative and nominative. Nothing for another number.
pub fn month_forms(month: u8, lang: Lang) -> Vec<&'static str> {
    let at = usize::from(month).wrapping_sub(1);
    let (names, locative) = (MONTH_NAMES.get(at), MONTH_LOCATIVES.get(at));
    match (names, locative, lang) {
        (Some((danish, ..)), _, Lang::Da) => vec![danish],
        (Some((_, nominative, genitive)), Some(locative), Lang::Uk) => {
            vec![genitive, locative, nominative]
        }
        _ => Vec::new(),
    }
}

fn month(date: Date) -> (&'static str, &'static str, &'static str) {
    let at = usize::from(date.month().unsigned_abs()) - 1;
    MONTH_NAMES
        .get(at)
        .map_or(("", "", ""), |(danish, nominative, genitive)| {
            (danish, nominative, genitive)
        })
}

/// A group of digits in words: leading zeros one by one, the rest as one number.
pub fn digit_group(digits: &str, lang: Lang) -> String {
    let rest = digits.trim_start_matches('0');
    let zeros = digits.len() - rest.len();
    let mut words: Vec<String> = (0..zeros).map(|_| cardinal(0, lang)).collect();
    if let Ok(value) = rest.parse::<u64>() {
        words.push(cardinal(value, lang));
    } else {
        words.extend(rest.chars().map(String::from));
    }
    words.join(" ")
}

fn groups<'a>(groups: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    groups
        .into_iter()
        .map(|group| digit_group(group, lang))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A CPR number in pairs, in words.
pub fn cpr_spoken(number: &CprNumber, lang: Lang) -> String {
    groups(number.pairs(), lang)
}

/// A telephone number in its groups, in words.
pub fn phone_spoken(phone: &Phone, lang: Lang) -> String {
    let written = phone.formatted();
    let digits = written.trim_start_matches('+');
    let plus = if written.starts_with('+') {
        match lang {
            Lang::Da => "plus ",
            Lang::Uk => "плюс ",
        }
    } else {
        ""
    };
    let parts: Vec<String> = if digits.contains(' ') {
        digits.split(' ').map(str::to_string).collect()
    } else {
        // Numbers of other countries: in pairs.
        digits
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).into_owned())
            .collect()
    };
    format!("{plus}{}", groups(parts.iter().map(String::as_str), lang))
}

/// A postal code in words.
pub fn postal_spoken(code: &str, lang: Lang) -> String {
    match code.parse::<u64>() {
        Ok(value) if !code.starts_with('0') => cardinal(value, lang),
        _ => digit_group(code, lang),
    }
}

/// A floor explained to the citizen: «2. sal» – третій поверх за українською лічбою. In Danish as
/// it is said: "anden sal", "stuen".
pub fn floor_explained(floor: DanishFloor, lang: Lang) -> String {
    let danish = match floor {
        DanishFloor::Cellar => "kælderen".to_string(),
        DanishFloor::Ground => "stuen".to_string(),
        DanishFloor::Upper(number) => format!("{} sal", da::ordinal(u64::from(number))),
    };
    match lang {
        Lang::Da => danish,
        Lang::Uk => {
            let written = match floor {
                DanishFloor::Upper(number) => format!("{number}. sal"),
                _ => danish,
            };
            match ukrainian_floor(floor) {
                None => format!("«{written}» – підвал"),
                Some(number) => format!(
                    "«{written}» – {} поверх за українською лічбою",
                    uk::ordinal(u64::from(number), OrdinalForm::Masculine)
                ),
            }
        }
    }
}

/// A door as it is said: "til højre", «праворуч», "dør tolv", «двері дванадцять».
pub fn door_spoken(door: &Door, lang: Lang) -> String {
    match (door, lang) {
        (Door::Left, Lang::Da) => "til venstre".into(),
        (Door::Middle, Lang::Da) => "midtfor".into(),
        (Door::Right, Lang::Da) => "til højre".into(),
        (Door::Left, Lang::Uk) => "ліворуч".into(),
        (Door::Middle, Lang::Uk) => "посередині".into(),
        (Door::Right, Lang::Uk) => "праворуч".into(),
        (Door::Number(number), _) => {
            let noun = if lang == Lang::Da {
                "dør"
            } else {
                "двері"
            };
            match number.parse::<u64>() {
                Ok(value) => format!("{noun} {}", cardinal(value, lang)),
                Err(_) => format!("{noun} {number}"),
            }
        }
    }
}

#[cfg(test)]
#[path = "../render_tests.rs"]
mod tests;
