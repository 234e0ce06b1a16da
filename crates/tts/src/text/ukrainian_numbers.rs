//! Ukrainian numerals: cardinals and ordinals in the forms that dates, times and counts need.

/// Gender of what is counted; only 1 and 2 show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// The endings of an ordinal that speech here needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// перший
    Masculine,
    /// перше
    Neuter,
    /// перша
    Feminine,
    /// першого
    Genitive,
    /// першому
    Locative,
    /// першої
    FeminineGenitive,
    /// першій
    FeminineLocative,
    /// першу
    FeminineAccusative,
    /// першою
    FeminineInstrumental,
}

const SMALL: [&str; 20] = [
    "нуль",
    "один",
    "два",
    "три",
    "чотири",
    "п'ять",
    "шість",
    "сім",
    "вісім",
    "дев'ять",
    "десять",
    "одинадцять",
    "дванадцять",
    "тринадцять",
    "чотирнадцять",
    "п'ятнадцять",
    "шістнадцять",
    "сімнадцять",
    "вісімнадцять",
    "дев'ятнадцять",
];

const TENS: [&str; 10] = [
    "",
    "десять",
    "двадцять",
    "тридцять",
    "сорок",
    "п'ятдесят",
    "шістдесят",
    "сімдесят",
    "вісімдесят",
    "дев'яносто",
];

const HUNDREDS: [&str; 10] = [
    "",
    "сто",
    "двісті",
    "триста",
    "чотириста",
    "п'ятсот",
    "шістсот",
    "сімсот",
    "вісімсот",
    "дев'ятсот",
];

/// Ordinal stems, to which the endings of "перший" are added.
const SMALL_STEMS: [&str; 20] = [
    "нульов",
    "перш",
    "друг",
    "трет",
    "четверт",
    "п'ят",
    "шост",
    "сьом",
    "восьм",
    "дев'ят",
    "десят",
    "одинадцят",
    "дванадцят",
    "тринадцят",
    "чотирнадцят",
    "п'ятнадцят",
    "шістнадцят",
    "сімнадцят",
    "вісімнадцят",
    "дев'ятнадцят",
];

const TENS_STEMS: [&str; 10] = [
    "",
    "десят",
    "двадцят",
    "тридцят",
    "сороков",
    "п'ятдесят",
    "шістдесят",
    "сімдесят",
    "вісімдесят",
    "дев'яност",
];

const HUNDREDS_STEMS: [&str; 10] = [
    "",
    "сот",
    "двохсот",
    "трьохсот",
    "чотирьохсот",
    "п'ятисот",
    "шестисот",
    "семисот",
    "восьмисот",
    "дев'ятисот",
];

const THOUSAND_STEMS: [&str; 10] = [
    "",
    "тисячн",
    "двотисячн",
    "трьохтисячн",
    "чотиритисячн",
    "п'ятитисячн",
    "шеститисячн",
    "семитисячн",
    "восьмитисячн",
    "дев'ятитисячн",
];

/// A number in words, nominative. At a billion and above: digit by digit.
pub(super) fn cardinal(n: u64, gender: Gender) -> String {
    if n >= 1_000_000_000 {
        return digits(&n.to_string());
    }
    let n = n as u32;
    if n == 0 {
        return SMALL[0].to_owned();
    }
    let mut words = Vec::new();
    let (millions, thousands, rest) = (n / 1_000_000, n / 1000 % 1000, n % 1000);
    let mut group = |count: u32, gender, one, few, many| {
        if count > 0 {
            // "тисяча" alone means one thousand.
            if count > 1 {
                words.extend(under_thousand(count, gender));
            }
            words.push(plural(count, one, few, many).to_owned());
        }
    };
    group(
        millions,
        Gender::Masculine,
        "мільйон",
        "мільйони",
        "мільйонів",
    );
    group(thousands, Gender::Feminine, "тисяча", "тисячі", "тисяч");
    words.extend(under_thousand(rest, gender));
    words.join(" ")
}

fn under_thousand(n: u32, gender: Gender) -> Vec<String> {
    let mut words = Vec::new();
    if n >= 100 {
        words.push(HUNDREDS[(n / 100) as usize].to_owned());
    }
    let n = n % 100;
    if n >= 20 {
        words.push(TENS[(n / 10) as usize].to_owned());
    }
    let small = if n >= 20 { n % 10 } else { n };
    match (small, gender) {
        (0, _) => {}
        (1, Gender::Neuter) => words.push("одне".to_owned()),
        (1, Gender::Feminine) => words.push("одна".to_owned()),
        (2, Gender::Feminine) => words.push("дві".to_owned()),
        _ => words.push(SMALL[small as usize].to_owned()),
    }
    words
}

/// The form of a noun behind that many.
pub(super) fn plural<'a>(n: u32, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// An ordinal below 10,000 in words: only its last part takes the ending.
pub(super) fn ordinal(n: u32, ending: Ending) -> Option<String> {
    let (lead, stem) = match n {
        0 | 10_000.. => return None,
        _ if n.is_multiple_of(1000) => (0, THOUSAND_STEMS[(n / 1000) as usize]),
        _ if n.is_multiple_of(100) => (n / 1000 * 1000, HUNDREDS_STEMS[(n / 100 % 10) as usize]),
        _ if n % 100 < 20 => (n / 100 * 100, SMALL_STEMS[(n % 100) as usize]),
        _ if n.is_multiple_of(10) => (n / 100 * 100, TENS_STEMS[(n / 10 % 10) as usize]),
        _ => (n / 10 * 10, SMALL_STEMS[(n % 10) as usize]),
    };
    let last = format!("{stem}{}", suffix(stem, ending));
    Some(if lead == 0 {
        last
    } else {
        format!("{} {last}", cardinal(lead.into(), Gender::Masculine))
    })
}

/// An hour of the day, midnight among them.
pub(super) fn hour(n: u32, ending: Ending) -> Option<String> {
    match n {
        0 => Some(format!(
            "{}{}",
            SMALL_STEMS[0],
            suffix(SMALL_STEMS[0], ending)
        )),
        n => ordinal(n, ending),
    }
}

fn suffix(stem: &str, ending: Ending) -> &'static str {
    let soft = stem == "трет";
    match (ending, soft) {
        (Ending::Masculine, false) => "ий",
        (Ending::Masculine, true) => "ій",
        (Ending::Neuter, false) => "е",
        (Ending::Neuter, true) => "є",
        (Ending::Feminine, false) => "а",
        (Ending::Feminine, true) => "я",
        (Ending::Genitive, false) => "ого",
        (Ending::Genitive, true) => "ього",
        (Ending::Locative, false) => "ому",
        (Ending::Locative, true) => "ьому",
        (Ending::FeminineGenitive, false) => "ої",
        (Ending::FeminineGenitive, true) => "ьої",
        (Ending::FeminineLocative, _) => "ій",
        (Ending::FeminineAccusative, false) => "у",
        (Ending::FeminineAccusative, true) => "ю",
        (Ending::FeminineInstrumental, false) => "ою",
        (Ending::FeminineInstrumental, true) => "ьою",
    }
}

/// Digit by digit; anything else is skipped.
pub(super) fn digits(s: &str) -> String {
    let words: Vec<&str> = s
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| SMALL[d as usize])
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals_agree_with_thousands_and_millions() {
        for (n, words) in [
            (0, "нуль"),
            (7, "сім"),
            (22, "двадцять два"),
            (100, "сто"),
            (245, "двісті сорок п'ять"),
            (1000, "тисяча"),
            (1986, "тисяча дев'ятсот вісімдесят шість"),
            (2000, "дві тисячі"),
            (6400, "шість тисяч чотириста"),
            (11_000, "одинадцять тисяч"),
            (21_001, "двадцять одна тисяча один"),
            (3_000_012, "три мільйони дванадцять"),
            (
                999_999_999,
                "дев'ятсот дев'яносто дев'ять мільйонів дев'ятсот дев'яносто дев'ять тисяч дев'ятсот дев'яносто дев'ять",
            ),
        ] {
            assert_eq!(cardinal(n, Gender::Masculine), words);
        }
        assert_eq!(cardinal(2, Gender::Feminine), "дві");
        assert_eq!(cardinal(31, Gender::Feminine), "тридцять одна");
        assert!(cardinal(u64::MAX, Gender::Masculine).starts_with("один вісім чотири"));
    }

    #[test]
    fn ordinals_bend_only_their_last_part() {
        for (n, ending, words) in [
            (1, Ending::Masculine, "перший"),
            (3, Ending::Genitive, "третього"),
            (8, Ending::FeminineLocative, "восьмій"),
            (9, Ending::Neuter, "дев'яте"),
            (15, Ending::Genitive, "п'ятнадцятого"),
            (24, Ending::Genitive, "двадцять четвертого"),
            (30, Ending::Genitive, "тридцятого"),
            (40, Ending::Masculine, "сороковий"),
            (
                1984,
                Ending::Genitive,
                "тисяча дев'ятсот вісімдесят четвертого",
            ),
            (1990, Ending::Locative, "тисяча дев'ятсот дев'яностому"),
            (2000, Ending::Genitive, "двотисячного"),
            (2026, Ending::Genitive, "дві тисячі двадцять шостого"),
            (1900, Ending::Genitive, "тисяча дев'ятисотого"),
        ] {
            assert_eq!(ordinal(n, ending).unwrap(), words);
        }
        assert_eq!(
            (ordinal(0, Ending::Neuter), ordinal(10_000, Ending::Neuter)),
            (None, None)
        );
    }
}
