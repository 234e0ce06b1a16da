//! Danish numbers in words.

const SMALL: [&str; 20] = [
    "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
    "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten",
];

const TENS: [&str; 10] = [
    "",
    "",
    "tyve",
    "tredive",
    "fyrre",
    "halvtreds",
    "tres",
    "halvfjerds",
    "firs",
    "halvfems",
];

const ORDINALS: [&str; 20] = [
    "nulte",
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
];

const ORDINAL_TENS: [&str; 10] = [
    "",
    "",
    "tyvende",
    "tredivte",
    "fyrretyvende",
    "halvtredsindstyvende",
    "tresindstyvende",
    "halvfjerdsindstyvende",
    "firsindstyvende",
    "halvfemsindstyvende",
];

fn below_hundred(value: u64) -> String {
    let (ten, unit) = ((value / 10) as usize, (value % 10) as usize);
    match (ten, unit) {
        (0 | 1, _) => SMALL[value as usize % 20].to_string(),
        (_, 0) => TENS[ten].to_string(),
        _ => format!("{}og{}", SMALL[unit], TENS[ten]),
    }
}

fn count(value: u64) -> String {
    if value == 1 {
        "et".into()
    } else {
        cardinal(value)
    }
}

/// Up to 999,999.
pub(super) fn cardinal(value: u64) -> String {
    match value {
        0..100 => below_hundred(value),
        100..1000 => {
            let rest = value % 100;
            let hundreds = format!("{} hundrede", count(value / 100));
            if rest == 0 {
                hundreds
            } else {
                format!("{hundreds} og {}", below_hundred(rest))
            }
        }
        _ => {
            let rest = value % 1000;
            let thousands = format!("{} tusind", count(value / 1000));
            match rest {
                0 => thousands,
                1..100 => format!("{thousands} og {}", below_hundred(rest)),
                _ => format!("{thousands} {}", cardinal(rest)),
            }
        }
    }
}

pub(super) fn ordinal(value: u64) -> String {
    let (ten, unit) = ((value / 10) as usize, (value % 10) as usize);
    match (ten, unit) {
        (0 | 1, _) => ORDINALS[value as usize % 20].to_string(),
        (2..=9, 0) => ORDINAL_TENS[ten].to_string(),
        (2..=9, _) => format!("{}og{}", SMALL[unit], ORDINAL_TENS[ten]),
        _ => format!("{value}."),
    }
}

/// Years are said in hundreds until 1999, in thousands from 2000.
pub(super) fn year(year: u64) -> String {
    if !(1100..2000).contains(&year) {
        return cardinal(year);
    }
    let hundreds = format!("{} hundrede", below_hundred(year / 100));
    match year % 100 {
        0 => hundreds,
        rest => format!("{hundreds} og {}", below_hundred(rest)),
    }
}
