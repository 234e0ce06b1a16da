//! Years are ordinals: "2024 р." is "дві тисячі двадцять четвертого року".

use super::tokens::{Token, date, is_digits};
use super::ukrainian::MONTHS;
use super::ukrainian_cases::{governs_genitive, is_joined};
use super::ukrainian_hours::{word_before, word_behind};
use super::ukrainian_numbers::{Ending, plural};

/// Numbers that are a year where nothing is counted. A round one may as well be a sum.
const NEAR: std::ops::RangeInclusive<u32> = 1930..=2060;

/// Numbers that are the year of a day before them, "1 січня 2000", unless money is behind.
const DATED: std::ops::RangeInclusive<u32> = 1900..=2100;
const MONEY: [&str; 6] = ["крон", "крони", "крона", "грн", "гривень", "євро"];

/// The form of a number that is a year.
pub(super) fn year(number: u32, tokens: &[Token<'_>], i: usize) -> Option<Ending> {
    if !(1000..10_000).contains(&number) {
        return None;
    }
    let next = word_behind(tokens, i);
    match next.as_str() {
        "року" | "років" | "рр" => return Some(Ending::Genitive),
        "році" | "роках" => return Some(Ending::Locative),
        "рік" | "роки" => return Some(Ending::Masculine),
        "р" | "р.н" => return Some(on_its_own(tokens, i).unwrap_or(Ending::Genitive)),
        _ => {}
    }
    let of_a_day = MONTHS.contains(&word_before(tokens, i).as_str())
        && i.checked_sub(2)
            .is_some_and(|day| is_digits(tokens[day].core));
    if of_a_day && DATED.contains(&number) && !MONEY.contains(&next.as_str()) {
        return Some(Ending::Genitive);
    }
    let counts = if is_joined(tokens, i) {
        word_behind(tokens, i + 2)
    } else {
        next
    };
    let free =
        counts.is_empty() || ["у", "в", "на", "з", "по", "я", "ми"].contains(&counts.as_str());
    let near = NEAR.contains(&number) && !number.is_multiple_of(100);
    on_its_own(tokens, i).filter(|_| near && free)
}

/// The form that the preposition asks for.
fn on_its_own(tokens: &[Token<'_>], i: usize) -> Option<Ending> {
    match word_before(tokens, i).as_str() {
        "у" | "в" => Some(Ending::Locative),
        "з" | "із" | "зі" | "до" | "після" | "від" => Some(Ending::Genitive),
        _ => None,
    }
}

/// What "р." and "рр." stand for. Nothing behind a date, which has its word already.
pub(super) fn abbreviated(tokens: &[Token<'_>], i: usize) -> &'static str {
    let core = tokens[i].core.to_lowercase();
    let before = i
        .checked_sub(1)
        .filter(|&i| tokens[i].tail.is_empty() && !tokens[i].last);
    let Some((at, number)) = before.map(|i| (i, tokens[i].core)) else {
        return if core == "рр" {
            "років"
        } else {
            "року"
        };
    };
    let years = number.parse().ok().filter(|_| is_digits(number));
    match (core.as_str(), years) {
        ("рр", _) => "років",
        ("р", Some(n)) if year(n, tokens, at) == Some(Ending::Locative) => "році",
        ("р", Some(n)) if n < 1000 => match plural(n, "рік", "роки", "років") {
            "рік" if governs_genitive(tokens, at) => "року",
            "роки" if governs_genitive(tokens, at) => "років",
            word => word,
        },
        _ => "року",
    }
}

/// Whether the word "року" follows a date by itself.
pub(super) fn has_word(tokens: &[Token<'_>], i: usize) -> bool {
    date(tokens[i].core).is_some()
        && matches!(word_behind(tokens, i).as_str(), "року" | "р" | "р.н")
}

#[cfg(test)]
mod tests {
    use crate::text::ukrainian::in_words;

    #[test]
    fn years_are_ordinals() {
        for (written, spoken) in [
            (
                "з 2024 р. Так, живу.",
                "з дві тисячі двадцять четвертого року. Так, живу.",
            ),
            (
                "у 2024 р. ми приїхали",
                "у дві тисячі двадцять четвертому році ми приїхали",
            ),
            (
                "1984 р.н.",
                "тисяча дев'ятсот вісімдесят четвертого року народження.",
            ),
            (
                "1984 р. н.",
                "тисяча дев'ятсот вісімдесят четвертого року народження.",
            ),
            ("У 2022.", "У дві тисячі двадцять другому."),
            ("до 2023 в Києві", "до дві тисячі двадцять третього в Києві"),
            (
                "24.12.2026 р.",
                "двадцять четвертого грудня дві тисячі двадцять шостого року.",
            ),
            (
                "01.02.2026 року",
                "першого лютого дві тисячі двадцять шостого року",
            ),
            (
                "2021-2022 рр.",
                "дві тисячі двадцять першого-дві тисячі двадцять другого років.",
            ),
            (
                "25 р., до 22 р.",
                "двадцять п'ять років, до двадцяти двох років.",
            ),
            ("до 5 год. Добре", "до п'яти годин. Добре"),
            ("м. Київ", "місто Київ"),
            (
                "1 січня 2024, з 15 травня 2000 ми тут",
                "першого січня дві тисячі двадцять четвертого, з п'ятнадцятого травня двотисячного ми тут",
            ),
            (
                "1 січня 1950 крон",
                "першого січня тисяча дев'ятсот п'ятдесят крон",
            ),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }

    #[test]
    fn sums_are_no_years() {
        for sum in ["до 1950 крон", "від 1950 до 2050 крон", "до 2000"] {
            let spoken = in_words(sum);
            assert!(
                spoken.contains("тисяч") && !spoken.contains("ого"),
                "{spoken}"
            );
        }
    }
}
