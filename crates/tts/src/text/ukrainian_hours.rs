//! Hours are ordinals in Ukrainian and bend with what stands around them: "о восьмій", "з восьмої до
//! п'ятнадцятої", "на десяту тридцять". A number that may be a count as well is left to be one.

use super::tokens::{Token, day_and_month, is_digits, time};
use super::ukrainian_numbers::Ending;

/// Words that join hours with one preposition before all of them.
const JOINING: [&str; 6] = ["і", "й", "та", "або", "чи", "а"];

/// What may follow a pair of bare hours, "з 8 до 15 щодня": no noun that could be counted.
const BEHIND_A_PAIR: [&str; 19] = [
    "годин",
    "години",
    "год",
    "ранку",
    "вечора",
    "ночі",
    "дня",
    "щодня",
    "у",
    "в",
    "по",
    "без",
    "крім",
    "окрім",
    "кожного",
    "і",
    "й",
    "та",
    "або",
];

/// Behind a number with a dot: neither an hour nor a day.
const UNITS: [&str; 10] = [
    "крон",
    "крони",
    "грн",
    "гривень",
    "євро",
    "%",
    "кг",
    "км",
    "м",
    "кв",
];

/// How far back a list of hours is followed, in tokens.
const LIST: usize = 8;

/// The word before, if nothing parts the two.
pub(super) fn word_before(tokens: &[Token<'_>], i: usize) -> String {
    i.checked_sub(1)
        .map(|i| &tokens[i])
        .filter(|t| t.tail.is_empty() && !t.last)
        .map(|t| t.core.to_lowercase())
        .unwrap_or_default()
}

/// The word behind, if nothing parts the two.
pub(super) fn word_behind(tokens: &[Token<'_>], i: usize) -> String {
    tokens
        .get(i + 1)
        .filter(|_| tokens[i].tail.is_empty() && !tokens[i].last)
        .map(|t| t.core.to_lowercase())
        .unwrap_or_default()
}

/// The form in which the token is said as an hour; `None` for what is none.
pub(super) fn hour(tokens: &[Token<'_>], i: usize) -> Option<Ending> {
    let core = tokens[i].core;
    let before = word_before(tokens, i);
    if let Some(n) = bare(core) {
        return bare_hour(tokens, i, n, &before);
    }
    time(core)?;
    if core.contains(':') {
        let ending = behind(&before).or_else(|| listed(tokens, i));
        return Some(ending.unwrap_or(Ending::Feminine));
    }
    dotted_hour(tokens, i, &before)
}

/// "16.30". A day is written the same way, "15.12": it is one unless something beside it says hours.
fn dotted_hour(tokens: &[Token<'_>], i: usize, before: &str) -> Option<Ending> {
    if UNITS.contains(&word_behind(tokens, i).as_str()) {
        return None;
    }
    if matches!(before, "о" | "об" | "година" | "годині") {
        return behind(before);
    }
    let sure = |i: usize| {
        let core = tokens[i].core;
        time(core).is_some() && (core.contains(':') || day_and_month(core).is_none())
    };
    let joined = |to: usize| matches!(word_before(tokens, to).as_str(), "до" | "по" | "і" | "та");
    let other = if i + 2 < tokens.len() && joined(i + 2) {
        Some(i + 2)
    } else {
        i.checked_sub(2).filter(|_| joined(i))
    };
    if sure(i) || other.is_some_and(sure) {
        return behind(before).or_else(|| listed(tokens, i));
    }
    let clear = |i: usize| matches!(word_before(tokens, i).as_str(), "о" | "об");
    let list = (i.saturating_sub(LIST)..i).any(clear);
    listed(tokens, i).filter(|_| list)
}

/// A day and its month behind a preposition, "до 15.12", or before an hour, "15.12 о 10:00".
pub(super) fn day(tokens: &[Token<'_>], i: usize) -> Option<(u32, u32)> {
    let before = word_before(tokens, i);
    let dated = matches!(
        before.as_str(),
        "до" | "з" | "із" | "зі" | "від" | "після" | "на" | "по" | "за" | "раніше" | "пізніше"
    );
    let next = word_behind(tokens, i);
    if UNITS.contains(&next.as_str()) || !(dated || matches!(next.as_str(), "о" | "об")) {
        return None;
    }
    day_and_month(tokens[i].core)
}

/// A whole hour in digits.
fn bare(core: &str) -> Option<u32> {
    let hour = Some(core).filter(|c| is_digits(c) && c.len() <= 2 && !c.starts_with('0'));
    hour?.parse().ok().filter(|n| *n <= 24)
}

/// The ending that a preposition asks of the hour behind it.
fn behind(preposition: &str) -> Option<Ending> {
    Some(match preposition {
        "о" | "об" | "у" | "в" | "годині" => Ending::FeminineLocative,
        "година" => Ending::Feminine,
        "на" | "по" | "через" => Ending::FeminineAccusative,
        "між" | "поміж" | "перед" => Ending::FeminineInstrumental,
        _ if genitive(preposition) => Ending::FeminineGenitive,
        _ => return None,
    })
}

fn genitive(preposition: &str) -> bool {
    matches!(
        preposition,
        "з" | "із"
            | "зі"
            | "до"
            | "після"
            | "від"
            | "близько"
            | "біля"
            | "коло"
            | "раніше"
            | "пізніше"
    )
}

fn bare_hour(tokens: &[Token<'_>], i: usize, n: u32, before: &str) -> Option<Ending> {
    let next = word_behind(tokens, i);
    // "1 година", "21 годину" may be how long something takes.
    let counts_one = n % 10 == 1 && n != 11;
    let two_before = || word_before(tokens, i - 1);
    match (before, next.as_str()) {
        (_, "хвилин" | "хвилини" | "хвилину" | "хв") => return None,
        ("о" | "об", _) | (_, "годині") => return Some(Ending::FeminineLocative),
        ("на", _) if n <= 12 && matches!(two_before().as_str(), "пів" | "чверть") => {
            return Some(Ending::FeminineAccusative);
        }
        ("по", _) if n <= 12 && two_before() == "чверть" => {
            return Some(Ending::FeminineLocative);
        }
        ("чверть", _) if n <= 12 => return Some(Ending::Feminine),
        (_, "година") if !counts_one => return Some(Ending::Feminine),
        ("на", "годину") if !counts_one => return Some(Ending::FeminineAccusative),
        (_, "години") if n != 1 && genitive(before) => return Some(Ending::FeminineGenitive),
        (_, "ранку" | "вечора") => {
            return Some(behind(before).unwrap_or(Ending::Feminine));
        }
        (_, "ночі") if genitive(before) => return Some(Ending::FeminineGenitive),
        _ => {}
    }
    if is_from(tokens, i, i + 2) || i >= 2 && is_from(tokens, i - 2, i) {
        return Some(Ending::FeminineGenitive);
    }
    let hours_behind = |j: usize| word_behind(tokens, j).starts_with("годин");
    if matches!(before, "між" | "поміж")
        && JOINING.contains(&next.as_str())
        && tokens.get(i + 2).is_some_and(|t| bare(t.core).is_some())
        && hours_behind(i + 2)
    {
        return Some(Ending::FeminineInstrumental);
    }
    let alone = next.is_empty() || hours_behind(i);
    listed(tokens, i).filter(|_| alone)
}

/// "з 8 до 15", where nothing behind says that something else is counted, and "від 8 до 15:30".
fn is_from(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    let Some(end) = tokens.get(to) else {
        return false;
    };
    let before = word_before(tokens, from);
    let colon = |t: &Token<'_>| t.core.contains(':') && time(t.core).is_some();
    let start = &tokens[from];
    if word_before(tokens, to) != "до" || word_behind(tokens, from) != "до" {
        return false;
    }
    if colon(start) || colon(end) {
        return genitive(&before)
            && [start, end]
                .iter()
                .all(|t| colon(t) || bare(t.core).is_some());
    }
    if bare(start.core).is_none() || bare(end.core).is_none() {
        return false;
    }
    let next = word_behind(tokens, to);
    match before.as_str() {
        "з" | "із" | "зі" => next.is_empty() || BEHIND_A_PAIR.contains(&next.as_str()),
        "від" => next == "години",
        _ => false,
    }
}

/// The form of the first in a list, "о 9:00, 10:30 або 12:00".
fn listed(tokens: &[Token<'_>], i: usize) -> Option<Ending> {
    let mut at = i;
    while i - at < LIST {
        let previous = at.checked_sub(1)?;
        let token = &tokens[previous];
        let joins = token.tail.is_empty() && JOINING.contains(&token.core.to_lowercase().as_str());
        let (earlier, parted) = if joins {
            (previous.checked_sub(1)?, "")
        } else {
            (previous, ",")
        };
        let token = &tokens[earlier];
        if token.last
            || token.tail != parted
            || (time(token.core).is_none() && bare(token.core).is_none())
        {
            return None;
        }
        let before = word_before(tokens, earlier);
        let clear = matches!(before.as_str(), "о" | "об") || token.core.contains(':');
        if let Some(ending) = behind(&before) {
            let between = before == "між" || before == "поміж";
            let hours = between && word_behind(tokens, i).starts_with("годин");
            return (clear || hours).then_some(ending);
        }
        at = earlier;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::text::ukrainian::in_words;

    #[test]
    fn hours_bend_with_what_stands_before_them() {
        for (written, spoken) in [
            ("о 8 годині", "о восьмій годині"),
            ("о 9.", "о дев'ятій."),
            (
                "Приходьте об 11 або о 14",
                "Приходьте об одинадцятій або о чотирнадцятій",
            ),
            ("о 9 або 10 годині", "о дев'ятій або десятій годині"),
            ("з 8 до 15", "з восьмої до п'ятнадцятої"),
            ("з 8 до 15 години.", "з восьмої до п'ятнадцятої години."),
            (
                "щодня з 10 до 14, крім суботи",
                "щодня з десятої до чотирнадцятої, крім суботи",
            ),
            ("від 8 до 15:30", "від восьмої до п'ятнадцятої тридцять"),
            ("до 16 години", "до шістнадцятої години"),
            ("на 10:00", "на десяту"),
            ("на 10 годину", "на десяту годину"),
            ("о пів на 3", "о пів на третю"),
            ("між 10:00 і 14:00", "між десятою і чотирнадцятою"),
            (
                "між 10 і 14 годинами",
                "між десятою і чотирнадцятою годинами",
            ),
            (
                "о 9:00, 10:30 або 13:00",
                "о дев'ятій, десятій тридцять або тринадцятій",
            ),
            ("о 10-й годині", "о десятій годині"),
            ("на 3-ю, на 10-ту", "на третю, на десяту"),
            ("не пізніше 15:00", "не пізніше п'ятнадцятої"),
            (
                "Зараз 8 вечора, 9 година",
                "Зараз восьма вечора, дев'ята година",
            ),
            ("о 10 год. ранку", "о десятій годині ранку"),
            ("о 0:30", "о нульовій тридцять"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }

    #[test]
    fn a_day_with_a_dot_is_no_hour() {
        for (written, spoken) in [
            ("до 15.12", "до п'ятнадцятого грудня"),
            (
                "з 15.12 до 20.12",
                "з п'ятнадцятого грудня до двадцятого грудня",
            ),
            ("на 31.12.", "на тридцять перше грудня."),
            (
                "Прийдіть 15.12 о 10.05",
                "Прийдіть п'ятнадцятого грудня о десятій нуль п'ять",
            ),
            ("з 10:00 до 16.05", "з десятої до шістнадцятої нуль п'ять"),
            (
                "з 9.30 до 12.10",
                "з дев'ятої тридцять до дванадцятої десять",
            ),
            (
                "об 11.05 або 12.10",
                "об одинадцятій нуль п'ять або дванадцятій десять",
            ),
            ("до 16.30", "до шістнадцятої тридцять"),
            ("до 12.50 крон", "до дванадцять п'ятдесят крон"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }

    #[test]
    fn what_may_be_a_count_stays_one() {
        for (written, spoken) in [
            ("на 8 годин", "на вісім годин"),
            ("за 3 години", "за три години"),
            ("21 година", "двадцять одна година"),
            ("на 3 ночі", "на три ночі"),
            ("3-й поверх", "третій поверх"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
        for pair in ["з 2 до 5 років", "від 3 до 5 днів", "від 5 до 10"] {
            assert!(!in_words(pair).contains("ої"), "{pair}");
        }
    }
}
