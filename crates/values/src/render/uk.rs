//! Ukrainian numbers in words.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tables::ukrainian_numerals;

/// Inflection of an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrdinalForm {
    /// третій
    Masculine,
    /// третя
    Feminine,
    /// третє
    Neuter,
    /// третього
    Genitive,
    /// третьому
    Locative,
}

impl OrdinalForm {
    fn column(self) -> &'static str {
        match self {
            OrdinalForm::Masculine => "ord_nom_m",
            OrdinalForm::Feminine => "ord_nom_f",
            OrdinalForm::Neuter => "ord_nom_n",
            OrdinalForm::Genitive => "ord_gen_mn",
            OrdinalForm::Locative => "ord_dat_loc_mn",
        }
    }

    /// Endings of ordinals in -ий.
    fn ending(self) -> &'static str {
        match self {
            OrdinalForm::Masculine => "ий",
            OrdinalForm::Feminine => "а",
            OrdinalForm::Neuter => "е",
            OrdinalForm::Genitive => "ого",
            OrdinalForm::Locative => "ому",
        }
    }
}

/// Value and column to word, 0–100 and the hundreds.
static WORDS: LazyLock<HashMap<(u64, &'static str), String>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (value, column, form) in ukrainian_numerals() {
        words.entry((value, column)).or_insert(form);
    }
    words
});

fn word(value: u64, column: &'static str) -> String {
    WORDS
        .get(&(value, column))
        .cloned()
        .unwrap_or_else(|| value.to_string())
}

fn below_thousand(value: u64) -> String {
    let (hundreds, rest) = (value / 100 * 100, value % 100);
    match (hundreds, rest) {
        (0, _) => word(rest, "cardinal"),
        (_, 0) => word(hundreds, "cardinal"),
        _ => format!("{} {}", word(hundreds, "cardinal"), word(rest, "cardinal")),
    }
}

/// Thousands are feminine: одна тисяча, дві тисячі, п'ять тисяч.
fn thousands(count: u64) -> String {
    if count == 1 {
        return "тисяча".into();
    }
    let unit = count % 10;
    let teen = (11..=14).contains(&(count % 100));
    let words = below_thousand(count);
    let words = match unit {
        1 if !teen => replace_last(&words, "один", "одна"),
        2 if !teen => replace_last(&words, "два", "дві"),
        _ => words,
    };
    let noun = match unit {
        1 if !teen => "тисяча",
        2..=4 if !teen => "тисячі",
        _ => "тисяч",
    };
    format!("{words} {noun}")
}

fn replace_last(words: &str, from: &str, to: &str) -> String {
    match words.strip_suffix(from) {
        Some(head) => format!("{head}{to}"),
        None => words.to_string(),
    }
}

/// Up to 999,999.
pub(super) fn cardinal(value: u64) -> String {
    let (thousand, rest) = (value / 1000, value % 1000);
    match (thousand, rest) {
        (0, _) => below_thousand(rest),
        (_, 0) => thousands(thousand),
        _ => format!("{} {}", thousands(thousand), below_thousand(rest)),
    }
}

/// Stems of the ordinals of whole hundreds: двохсотий, п'ятисотий; 900 is дев'ятсотий in use.
fn hundred_stem(hundreds: u64) -> &'static str {
    match hundreds {
        1 => "сот",
        2 => "двохсот",
        3 => "трьохсот",
        4 => "чотирьохсот",
        5 => "п'ятисот",
        6 => "шестисот",
        7 => "семисот",
        8 => "восьмисот",
        _ => "дев'ятисот",
    }
}

/// Only the last word inflects: дві тисячі двадцять шостого.
pub(super) fn ordinal(value: u64, form: OrdinalForm) -> String {
    if value > 9999 {
        return value.to_string();
    }
    let (thousand, hundreds, rest) = (value / 1000, value % 1000 / 100, value % 100);
    if rest == 0 && hundreds == 0 && thousand > 0 {
        let stem = match thousand {
            1 => "тисячн".to_string(),
            2 => "двотисячн".to_string(),
            count => format!("{}тисячн", word(count, "cardinal_gen")),
        };
        return format!("{stem}{}", form.ending());
    }
    let mut words: Vec<String> = Vec::new();
    if thousand > 0 {
        words.push(thousands(thousand));
    }
    if rest == 0 && value > 0 {
        words.push(format!("{}{}", hundred_stem(hundreds), form.ending()));
    } else {
        if hundreds > 0 {
            words.push(word(hundreds * 100, "cardinal"));
        }
        words.push(word(rest, form.column()));
    }
    words.join(" ")
}

/// The word for days behind a number: 1 день, 2 дні, 5 днів, 11 днів, 21 день.
pub fn plural_days(count: u64) -> &'static str {
    match (count % 10, count % 100) {
        (_, 11..=14) => "днів",
        (1, _) => "день",
        (2..=4, _) => "дні",
        _ => "днів",
    }
}
