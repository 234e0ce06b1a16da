//! Whatever else has digits, part by part.

use super::tokens::is_digits;
use super::ukrainian_numbers::{Gender, cardinal, digits};

/// What has digits and is no number that is known by its shape, part by part: "12А", "2-3", "10:00-14:00",
/// "2,5", "1.250". A digit that is left as it is would not be heard at all.
pub(super) fn in_runs(core: &str) -> String {
    let mut words = String::new();
    let mut rest = core;
    let mut after_digits = false;
    while let Some(first) = rest.chars().next() {
        let digit = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != digit)
            .unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        let mut behind = behind;
        if digit {
            let mut number = run.to_owned();
            // "1.250": a dot before three digits parts thousands.
            while let Some(group) = thousands(&number, behind) {
                number.push_str(&group[1..]);
                behind = &behind[group.len()..];
            }
            match number.parse() {
                Ok(n) if number.len() == 1 || !number.starts_with('0') => {
                    words.push_str(&cardinal(n, Gender::Masculine));
                }
                _ => words.push_str(&digits(&number)),
            }
        } else {
            let between = after_digits && behind.starts_with(|c: char| c.is_ascii_digit());
            match run {
                "-" | "–" | "—" if between => words.push('-'),
                "," if between => words.push_str(" кома "),
                "/" if between => words.push_str(" дріб "),
                _ => {
                    let letters = run.trim_matches(|c: char| !c.is_alphabetic());
                    let glued = after_digits && letters.len() == run.len();
                    words.push_str(&values(run, after_digits));
                    words.push(' ');
                    words.push_str(letter(letters, glued).unwrap_or(letters));
                    words.push(' ');
                }
            }
        }
        after_digits = digit;
        rest = behind;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Signs that are heard wherever they stand.
pub(super) const VALUES: &str = "½¼¾$£";

/// The signs of a run without which what stands there is worth something else: "2½", "900$/міс".
fn values(run: &str, after_digits: bool) -> String {
    let mut words = String::new();
    for (at, sign) in run.char_indices() {
        let sign = &run[at..at + sign.len_utf8()];
        let word = match sign {
            "$" => Some("доларів"),
            "£" => Some("фунтів"),
            "€" => Some("євро"),
            "%" => Some("відсотків"),
            _ => fraction(sign, after_digits && at == 0),
        };
        if let Some(word) = word {
            words.push(' ');
            words.push_str(word);
        }
    }
    words
}

/// "½" and its like; `whole`: behind a whole number.
pub(super) fn fraction(sign: &str, whole: bool) -> Option<&'static str> {
    Some(match sign {
        "½" if whole => "з половиною",
        "½" => "пів",
        "¼" if whole => "і чверть",
        "¼" => "чверть",
        "¾" if whole => "і три чверті",
        "¾" => "три чверті",
        _ => return None,
    })
}

/// A dot and three digits, and no more.
fn thousands<'a>(number: &str, behind: &'a str) -> Option<&'a str> {
    let group = behind.get(..4)?;
    let ends = !behind[4..].starts_with(|c: char| c.is_ascii_digit());
    let parts = group.starts_with('.') && is_digits(&group[1..]);
    (parts && ends && !number.starts_with('0')).then_some(group)
}

/// The name of a house's letter: a consonant is hardly heard without one. Small ones only right behind the
/// number, and only those that are no unit.
fn letter(letter: &str, glued: bool) -> Option<&'static str> {
    Some(match letter {
        "б" if glued => "бе",
        "в" if glued => "ве",
        "д" if glued => "де",
        "Б" => "бе",
        "В" => "ве",
        "Г" => "ге",
        "Ґ" => "ґе",
        "Д" => "де",
        "Ж" => "же",
        "З" => "зе",
        "К" => "ка",
        "Л" => "ел",
        "М" => "ем",
        "Н" => "ен",
        "П" => "пе",
        "Р" => "ер",
        "С" => "ес",
        "Т" => "те",
        "Ф" => "еф",
        "Х" => "ха",
        "Ц" => "це",
        "Ч" => "че",
        "Ш" => "ша",
        "Щ" => "ща",
        _ => return None,
    })
}
