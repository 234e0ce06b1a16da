//! Ukrainian: numbers in words (espeak-ng says them in a foreign way and never bends them) and
//! abbreviations.

use super::danish_homes::{floor, house_side, storey};
use super::danish_words;
use super::tokens::{
    Signs, Token, Writer, cpr, date, grouped, is_digits, is_email, pairs, parted_cpr, phone,
    spelled, time, tokens,
};
use super::ukrainian_cases::{count, sign};
use super::ukrainian_hours::{day, hour, word_before, word_behind};
use super::ukrainian_numbers::{self, Ending, Gender, cardinal, digits, ordinal};
use super::ukrainian_runs::{VALUES, in_runs};
use super::ukrainian_years::{abbreviated, has_word, year};

pub(super) const MONTHS: [&str; 12] = [
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
];

const SIGNS: Signs = Signs {
    at: "собака",
    dot: "крапка",
    underscore: "підкреслення",
    hyphen: "дефіс",
    plus: "плюс",
};

/// Rewrites numbers, dates, times, CPR and telephone numbers, e-mail addresses and abbreviations.
pub(super) fn in_words(text: &str) -> String {
    let tokens = tokens(text);
    let mut out = Writer::new();
    let mut i = 0;
    while i < tokens.len() {
        i += rewrite(&tokens, i, &mut out);
    }
    out.finish()
}

/// Writes the token at `i`, and those that belong to it; returns how many that were.
fn rewrite(tokens: &[Token<'_>], i: usize, out: &mut Writer) -> usize {
    let token = &tokens[i];
    if let Some(digits) = parted_cpr(tokens, i) {
        out.merged(&tokens[i..i + 2], &paired(&digits, Some(3)));
        return 2;
    }
    if let Some(side) = house_side(tokens, i) {
        let house = number_in_words(tokens, i).unwrap_or_else(|| in_runs(token.core));
        out.merged(&tokens[i..i + 2], &format!("{house}{} {side}", token.tail));
        return 2;
    }
    if let Some((number, used)) = grouped(tokens, i) {
        out.merged(
            &tokens[i..i + used],
            &count(number, tokens, i, i + used - 1),
        );
        return used;
    }
    let next = tokens.get(i + 1).filter(|_| !token.last);
    let floor = floor(token, next).or_else(|| storey(tokens, i));
    if let Some((words, used)) = floor {
        out.merged(&tokens[i..i + used], &words);
        return used;
    }
    // «2. sal», as the register writes it.
    if token.tail == "."
        && next.is_some_and(|n| n.core == "sal")
        && let Some(floor) = token.core.parse().ok().and_then(danish_words::ordinal)
    {
        out.put(token, floor, "");
        return 1;
    }
    if let Some(words) = number_in_words(tokens, i) {
        out.put(token, &words, token.tail);
    } else if let Some(word) = sign(tokens, i) {
        out.put(token, word, token.tail);
    } else if let Some(words) = abbreviation(tokens, i) {
        let ends = token.tail.starts_with('.') && ends_sentence(&token.core.to_lowercase(), next);
        let tail = token.tail.strip_prefix('.').unwrap_or(token.tail);
        out.put(token, words, if ends { "." } else { tail });
    } else if let Some(rest) = token.core.strip_prefix('№') {
        let number = rest.parse().map(|n| cardinal(n, Gender::Masculine));
        let words = number.unwrap_or_else(|_| in_runs(rest));
        out.put(token, format!("номер {words}").trim_end(), token.tail);
    } else if token
        .core
        .contains(|c: char| c.is_ascii_digit() || VALUES.contains(c))
    {
        out.put(token, &in_runs(token.core), token.tail);
    } else {
        out.put(token, token.core, token.tail);
    }
    1
}

fn number_in_words(tokens: &[Token<'_>], i: usize) -> Option<String> {
    let token = &tokens[i];
    let core = token.core;
    if is_email(core) {
        let number = |n| cardinal(n, Gender::Masculine);
        return Some(spelled(core, &SIGNS, number, digits));
    }
    if !core.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(digits) = cpr(core) {
        return Some(paired(&digits, Some(3)));
    }
    if let Some(digits) = phone(core) {
        return Some(paired(digits, None));
    }
    if let Some(date) = date(core) {
        let month = MONTHS[date.month as usize - 1];
        let day = ordinal(date.day, day_ending(tokens, i))?;
        let year = ordinal(date.year, Ending::Genitive)?;
        let word = if has_word(tokens, i) { "" } else { " року" };
        return Some(format!("{day} {month} {year}{word}"));
    }
    if let Some(ending) = hour(tokens, i) {
        return clock(core, ending);
    }
    if let Some((number, month)) = day(tokens, i) {
        let month = MONTHS[month as usize - 1];
        return Some(format!(
            "{} {month}",
            ordinal(number, day_ending(tokens, i))?
        ));
    }
    if let Some(number) = core.strip_prefix('+').filter(|n| is_digits(n)) {
        return Some(format!("плюс {}", digits(number)));
    }
    if let Some((low, high)) = range(core) {
        let both = [low, high].map(|n| match day_of_month(n, tokens, i) {
            Some(day) => Some(day),
            None => match year(n, tokens, i) {
                Some(ending) => ordinal(n, ending),
                None => Some(count(n.into(), tokens, i, i)),
            },
        });
        let [low, high] = both;
        return Some(format!("{}-{}", low?, high?));
    }
    if let Some((number, ending)) = core.split_once('-')
        && is_digits(number)
    {
        let number = number.parse().ok()?;
        let before = word_before(tokens, i);
        let at = matches!(before.as_str(), "о" | "об") || word_behind(tokens, i) == "годині";
        return ordinal(number, ending_of(number, ending, at)?);
    }
    if !is_digits(core) {
        return None;
    }
    if core.len() > 9 || (core.len() > 1 && core.starts_with('0')) {
        return Some(digits(core));
    }
    plain(core.parse().ok()?, tokens, i)
}

/// "2-3": from a smaller number to a greater one.
fn range(core: &str) -> Option<(u32, u32)> {
    let (low, high) = core.split_once(['-', '–', '—'])?;
    let number = |s: &str| -> Option<u32> {
        let plain = is_digits(s) && !s.starts_with('0') && s.len() <= 9;
        s.parse().ok().filter(|_| plain)
    };
    Some((number(low)?, number(high)?)).filter(|(low, high)| low < high)
}

/// A number on its own: a day before a month and a year before "року" are ordinals.
fn plain(number: u32, tokens: &[Token<'_>], i: usize) -> Option<String> {
    if let Some(day) = day_of_month(number, tokens, i) {
        return Some(day);
    }
    if let Some(ending) = year(number, tokens, i) {
        return ordinal(number, ending);
    }
    let ending = match word_behind(tokens, i).as_str() {
        "поверх" | "під'їзд" | "клас" => Some(Ending::Masculine),
        "поверху" | "під'їзду" | "класу" | "числа" => {
            Some(Ending::Genitive)
        }
        "поверсі" | "під'їзді" | "класі" => Some(Ending::Locative),
        "число" => Some(Ending::Neuter),
        _ => None,
    };
    match ending {
        Some(ending) => ordinal(number, ending),
        None => Some(count(number.into(), tokens, i, i)),
    }
}

/// A day before its month: "15 грудня", "з 15 до 20 грудня", "15 або 16 грудня".
fn day_of_month(number: u32, tokens: &[Token<'_>], i: usize) -> Option<String> {
    if !(1..=31).contains(&number) {
        return None;
    }
    let month = |i: usize| MONTHS.contains(&word_behind(tokens, i).as_str());
    let next = word_behind(tokens, i);
    let joined = matches!(
        next.as_str(),
        "до" | "по" | "і" | "й" | "та" | "або" | "чи" | "на"
    );
    let other = tokens
        .get(i + 2)
        .is_some_and(|t| is_digits(t.core) && t.core.len() <= 2);
    if !(month(i) || joined && other && month(i + 2)) {
        return None;
    }
    ordinal(number, day_ending(tokens, i))
}

/// "на п'ятнадцяте грудня", everywhere else "п'ятнадцятого грудня".
fn day_ending(tokens: &[Token<'_>], i: usize) -> Ending {
    match word_before(tokens, i).as_str() {
        "на" | "по" | "за" => Ending::Neuter,
        _ => Ending::Genitive,
    }
}

/// "8:30" → "восьмій тридцять", "8" → "восьмій".
fn clock(core: &str, ending: Ending) -> Option<String> {
    let (hour, minute) = match time(core) {
        Some(time) => time,
        None => (core.parse().ok()?, 0),
    };
    let hour = ukrainian_numbers::hour(hour, ending)?;
    Some(match minute {
        0 => hour,
        m @ 1..10 => format!("{hour} нуль {}", cardinal(m.into(), Gender::Feminine)),
        m => format!("{hour} {}", cardinal(m.into(), Gender::Feminine)),
    })
}

/// The ending behind a hyphen, as in "15-го"; `at` where an hour is meant, as in "о 10-й".
fn ending_of(number: u32, written: &str, at: bool) -> Option<Ending> {
    let third = number % 10 == 3 && number % 100 != 13;
    Some(match written {
        "й" | "ій" if at => Ending::FeminineLocative,
        "й" | "ий" | "ій" => Ending::Masculine,
        "го" | "ого" | "ього" => Ending::Genitive,
        "му" | "ому" | "ьому" => Ending::Locative,
        "е" | "те" | "ше" | "ге" | "ме" | "є" | "тє" | "ве" => Ending::Neuter,
        "а" | "та" | "ша" | "га" | "ма" | "я" => Ending::Feminine,
        "ї" | "ої" => Ending::FeminineGenitive,
        "ю" | "тю" if third => Ending::FeminineAccusative,
        "у" | "ту" | "шу" | "гу" => Ending::FeminineAccusative,
        "ю" | "ою" | "ьою" => Ending::FeminineInstrumental,
        _ => return None,
    })
}

/// Digits two at a time, with a pause after `pause` pairs.
fn paired(digits: &str, pause: Option<usize>) -> String {
    let mut out = String::new();
    for (i, (a, b)) in pairs(digits).enumerate() {
        if i > 0 {
            out.push_str(if Some(i) == pause { ", " } else { " " });
        }
        if a == 0 {
            out.push_str("нуль ");
        }
        out.push_str(&cardinal((a * 10 + b).into(), Gender::Masculine));
    }
    out
}

/// Whether the full stop of an abbreviation also ends the sentence. A capital behind a unit begins the next
/// one, behind "м." or "вул." a name.
fn ends_sentence(abbreviation: &str, next: Option<&Token<'_>>) -> bool {
    let unit = matches!(
        abbreviation,
        "грн" | "р" | "рр" | "р.н" | "н" | "год" | "хв" | "т.д" | "т.п" | "ін"
    );
    match next {
        None => true,
        Some(next) => unit && next.core.starts_with(char::is_uppercase),
    }
}

fn abbreviation(tokens: &[Token<'_>], i: usize) -> Option<&'static str> {
    let token = &tokens[i];
    let next = tokens.get(i + 1).filter(|_| !token.last);
    if !token.tail.starts_with('.') {
        return None;
    }
    let named = next.is_some_and(|n| n.core.chars().next().is_some_and(char::is_uppercase));
    let counted = next.is_some_and(|n| n.core.starts_with(|c: char| c.is_ascii_digit()));
    Some(match token.core.to_lowercase().as_str() {
        "м" if named => "місто",
        "с" if named => "село",
        "вул" => "вулиця",
        "просп" => "проспект",
        "пл" if named => "площа",
        "буд" => "будинок",
        "кв" if counted => "квартира",
        "обл" => "область",
        "тел" => "телефон",
        "напр" => "наприклад",
        "грн" => "гривень",
        "р" | "рр" => abbreviated(tokens, i),
        "р.н" => "року народження",
        "н" if i > 0 && tokens[i - 1].core == "р" => "народження",
        "год" => match i.checked_sub(1).and_then(|i| hour(tokens, i)) {
            Some(Ending::FeminineLocative) => "годині",
            Some(Ending::FeminineGenitive) => "години",
            Some(Ending::FeminineAccusative) => "годину",
            _ => "годин",
        },
        "хв" => "хвилин",
        "т.д" => "так далі",
        "т.п" => "таке подібне",
        "ін" => "інше",
        "тис" => "тисяч",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_left_that_would_not_be_heard() {
        for (written, spoken) in [
            ("Це займе 2-3 тижні.", "Це займе два-три тижні."),
            ("Квартира 12А", "Квартира дванадцять А"),
            ("будинок 15/12", "будинок п'ятнадцять дріб дванадцять"),
            ("1.250 крон", "тисяча двісті п'ятдесят крон"),
            ("2,5 години", "два кома п'ять години"),
            ("№12А", "номер дванадцять А"),
            ("2½ роки, ½ року", "два з половиною роки, пів року"),
            ("2 ½ роки", "два з половиною роки"),
            ("900$/міс", "дев'ятсот доларів міс"),
        ] {
            assert_eq!(in_words(written).trim(), spoken, "{written}");
        }
    }

    #[test]
    fn groups_of_a_telephone_number_are_no_thousands() {
        let spoken = in_words("+380 67 123 45 67");
        assert!(
            spoken
                .trim()
                .ends_with("шістдесят сім сто двадцять три сорок п'ять шістдесят сім"),
            "{spoken}"
        );
        assert!(!in_words("+48 601 234 567").contains("тисяч"));
        assert!(in_words("6 400 крон").contains("шість тисяч чотириста"));
    }

    #[test]
    fn what_espeak_misreads_is_written_out() {
        for (written, spoken) in [
            (
                "Я заселяюся 15 грудня 2026 року.",
                "Я заселяюся п'ятнадцятого грудня дві тисячі двадцять шостого року.",
            ),
            (
                "у 1984 році",
                "у тисяча дев'ятсот вісімдесят четвертому році",
            ),
            (
                "2 особи, 2 брати, 21 година",
                "дві особи, два брати, двадцять одна година",
            ),
            ("о 8:30", "о восьмій тридцять"),
            ("з 10:00 до 16.05", "з десятої до шістнадцятої нуль п'ять"),
            (
                "24.12.2026",
                "двадцять четвертого грудня дві тисячі двадцять шостого року",
            ),
            ("6 400 крон", "шість тисяч чотириста крон"),
            ("1 250 000.", "мільйон двісті п'ятдесят тисяч."),
            ("16-те, 24-го", "шістнадцяте, двадцять четвертого"),
            (
                "060794-1326",
                "нуль шість нуль сім дев'яносто чотири, тринадцять двадцять шість",
            ),
            (
                "Ваш номер 150584 1234?",
                "Ваш номер п'ятнадцять нуль п'ять вісімдесят чотири, дванадцять тридцять чотири?",
            ),
            (
                "12345678",
                "дванадцять тридцять чотири п'ятдесят шість сімдесят вісім",
            ),
            (
                "+380441234567",
                "плюс три вісім нуль чотири чотири один два три чотири п'ять шість сім",
            ),
            (
                "м. Харків, вул. Сумська, буд. 5, кв. 12",
                "місто Харків, вулиця Сумська, будинок п'ять, квартира дванадцять",
            ),
            ("№5 і 10%", "номер п'ять і десять відсотків"),
            ("50 % ставки", "п'ятдесят відсотків ставки"),
            (
                "1 %, 2%, 2,5 %",
                "один відсоток, два відсотки, два кома п'ять відсотка",
            ),
            ("до 5 %, від 1%", "до п'яти відсотків, від одного відсотка"),
            ("5-10%", "п'ять-десять відсотків"),
            ("§ 5, €50", "параграф п'ять, п'ятдесят євро"),
            (
                "Оренда 900$, 1 $, $1.002 або 2,5 £",
                "Оренда дев'ятсот доларів, один долар, тисяча два долари або два кома п'ять фунта",
            ),
            (
                "138 м2, до 22 m2",
                "сто тридцять вісім квадратних метрів, до двадцяти двох квадратних метрів",
            ),
            ("o.k@mail.dk", "o крапка k собака mail крапка dk"),
            (
                "anna-maria+95@mail.dk, k_1984@x.dk",
                "anna дефіс maria плюс дев'яносто п'ять собака mail крапка dk, k підкреслення один дев'ять вісім чотири собака x крапка dk",
            ),
            (
                "Vestergade 24B, 2. th, st. tv.",
                "Vestergade двадцять чотири B, anden til højre, stuen til venstre.",
            ),
            (
                "з адреси Nygade 5, th, 8000, Elmevej 12B tv",
                "з адреси Nygade п'ять, til højre, вісім тисяч, Elmevej дванадцять B til venstre",
            ),
            ("\"2. sal\" (3-й поверх)", "\"anden sal\" (третій поверх)"),
            (
                "Nygade 5, 2., 8000 Aarhus",
                "Nygade п'ять, anden sal, вісім тисяч Aarhus",
            ),
            ("буд. 12Б, 5в, А7", "будинок дванадцять бе, п'ять ве, А сім"),
            ("00123", "нуль нуль один два три"),
            ("з ним. Потім", "з ним. Потім"),
            (
                "99999999999999999999999",
                "дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять дев'ять",
            ),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }
}
