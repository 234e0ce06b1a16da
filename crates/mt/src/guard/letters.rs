//! Letters behind house numbers: «сорок сім а» is another door than 47.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::names;
use tolkebot_values::numbers::{self, Form};

use super::streets;
use crate::text::{is_cyrillic, is_latin};

/// A house number with its letter.
struct House {
    number: u64,
    /// What the letter may be in Latin letters, the likeliest first: «В» is a V that looks like a B.
    letters: &'static str,
    span: Range<usize>,
}

/// Words of a Ukrainian text that speaks of a house.
const HOUSES: [&str; 5] = ["номер", "будин", "буд", "дім", "адрес"];

/// House numbers of a source whose letter the target lacks, each as it is copied best.
pub(super) fn missing(source: &str, target: &str, from: Lang) -> Vec<(Range<usize>, String)> {
    let there = in_target(target, from.other());
    let kept = |house: &House| {
        let alike = |letters: &str| letters.chars().any(|c| house.letters.contains(c));
        there
            .iter()
            .any(|t| (t.number == house.number) && alike(t.letters))
            || stands_alone(target, house.letters)
    };
    let houses = in_source(source, from).into_iter();
    houses
        .filter(|house| !kept(house))
        .map(|house| {
            let letter = house.letters.chars().next().unwrap_or_default();
            (house.span, format!("{}{letter}", house.number))
        })
        .collect()
}

/// Numbers with something behind them that may be a letter: (the house, what is written, how it is joined, what follows).
fn candidates(text: &str, lang: Lang) -> Vec<(House, &str, bool, &str)> {
    let mut out = Vec::new();
    for found in numbers::find(text, lang) {
        let number = found.value.value;
        if !(1..1000).contains(&number) || matches!(found.value.form, Form::Ordinal(_)) {
            continue;
        }
        let rest = &text[found.span.end..];
        let behind = rest.strip_prefix([' ', '-']).unwrap_or(rest);
        let end = behind
            .find(|c: char| !c.is_alphanumeric() && c != '\u{2019}')
            .unwrap_or(behind.len());
        let (word, after) = behind.split_at(end);
        if let Some(letters) = letters(word) {
            let house = House {
                number,
                letters,
                span: found.span.start..text.len() - after.len(),
            };
            out.push((house, word, !rest.starts_with(' '), after));
        }
    }
    out
}

/// Where a letter behind a number is surely one: glued to it, or before a pause or a storey.
fn in_source(text: &str, lang: Lang) -> Vec<House> {
    let lower = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let of_a_house =
        words.any(|w| streets::stem(w).is_some()) || HOUSES.iter().any(|word| lower.contains(word));
    let all = candidates(text, lang).into_iter();
    all.filter(|(house, word, glued, after)| {
        let one = word.chars().count() == 1;
        let capital = one && word.chars().all(char::is_uppercase);
        if *glued {
            return one;
        }
        // «п’ять а ми», «дванадцять де?»
        let meant = lang == Lang::Da || capital || of_a_house || house.span.start == 0;
        let pause = is_pause(after) && (one || !after.starts_with('?'));
        meant && (pause || before_storey(after, lang) || capital && lang == Lang::Da)
    })
    .map(|(house, ..)| house)
    .collect()
}

fn in_target(text: &str, lang: Lang) -> Vec<House> {
    let all = candidates(text, lang).into_iter();
    all.map(|(house, ..)| house).collect()
}

fn is_pause(after: &str) -> bool {
    let mut chars = after.chars();
    let sign = chars
        .next()
        .is_none_or(|c| matches!(c, '.' | ',' | ';' | '!' | '?' | ')' | ':'));
    // "8 e.m."
    sign && !chars.next().is_some_and(char::is_alphanumeric)
}

/// «сорок сім а третій поверх»
fn before_storey(after: &str, lang: Lang) -> bool {
    let next = after.trim_start();
    let number = numbers::find(next, lang);
    number.first().is_some_and(|n| n.span.start == 0)
        || ["st", "поверх", "кварт"]
            .iter()
            .any(|w| next.starts_with(w))
}

/// «буква А»: a capital by itself, which no small word is.
fn stands_alone(target: &str, letters: &'static str) -> bool {
    let words = target.split(|c: char| !c.is_alphanumeric());
    let mut words = words.enumerate();
    words.any(|(n, w)| {
        let one = w.chars().count() == 1 && w.chars().all(char::is_uppercase);
        // A sentence may begin with «А».
        one && (n > 0 || w.chars().all(is_latin))
            && self::letters(w).is_some_and(|l| l.chars().any(|c| letters.contains(c)))
    })
}

/// The letters of houses, as they are written and called.
fn letters(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "а" | "a" => "A",
        "б" | "бе" | "бі" | "b" => "B",
        "в" | "ве" => "VB",
        "ц" | "це" | "сі" | "c" => "C",
        "с" => "CS",
        "д" | "де" | "ді" | "d" => "D",
        "е" | "e" => "E",
        "ф" | "еф" | "f" => "F",
        "ґ" | "ґе" | "г" | "ге" => "GH",
        "g" => "G",
        "х" | "ха" | "аш" | "h" => "H",
        "v" => "V",
        _ => return None,
    })
}

/// The letters of passports («серії ЕК номер 123456») that a target lacks, in Latin letters.
pub(super) fn missing_series(
    source: &str,
    target: &str,
    from: Lang,
) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    if from != Lang::Uk {
        return out;
    }
    let got = target.to_lowercase();
    let mut at = 0;
    for word in source.split(|c: char| !c.is_alphabetic()) {
        let span = at..at + word.len();
        at = span.end + source[span.end..].chars().next().map_or(0, char::len_utf8);
        let two =
            word.chars().count() == 2 && word.chars().all(|c| c.is_uppercase() && is_cyrillic(c));
        let behind = source[span.end..].trim_start_matches([' ', ',', '№']);
        let behind = behind.strip_prefix("номер").unwrap_or(behind).trim_start();
        let digits = behind.chars().filter(|c| *c != ' ');
        if !two || digits.take_while(char::is_ascii_digit).count() < 6 {
            continue;
        }
        let latin = names::romanise(word).to_uppercase();
        let alike: String = word.chars().map(looks_like).collect();
        let mut there = got.split(|c: char| !c.is_alphabetic());
        let kept = |w: &str| {
            [&latin, &alike, &word.to_owned()]
                .iter()
                .any(|s| s.to_lowercase() == w)
        };
        if !there.any(kept) {
            out.push((span, latin));
        }
    }
    out
}

/// The Latin letter that looks the same.
fn looks_like(c: char) -> char {
    let pairs = "АAВBЕEІIКKМMНHОOРPСCТTХX";
    let mut chars = pairs.chars();
    while let (Some(cyrillic), Some(latin)) = (chars.next(), chars.next()) {
        if cyrillic == c {
            return latin;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(source: &str, target: &str, from: Lang) -> Vec<String> {
        let missing = missing(source, target, from).into_iter();
        missing.map(|(_, written)| written).collect()
    }

    #[test]
    fn a_letter_behind_a_house_number_must_stand_behind_it() {
        for (source, target, written) in [
            ("Рандерсвей сорок сім а.", "Randersvej syvogfyrre.", "47A"),
            ("Рандерсвей 47 а.", "Randersvej 47.", "47A"),
            ("Номер будинку сорок сім а.", "Husnummer syvogfyrre.", "47A"),
            ("Вестерґаде дванадцять це.", "Vestergade tolv.", "12C"),
            ("Сорок сім бе", "47A", "47B"),
            (
                "Рандерсвей 47а, третій поверх.",
                "Randersvej 47, anden sal.",
                "47A",
            ),
            (
                "Рандерсвей сорок сім а третій поверх.",
                "Randersvej 47, anden sal.",
                "47A",
            ),
        ] {
            assert_eq!(lost(source, target, Lang::Uk), [written], "{source}");
        }
        for (source, target) in [
            ("Рандерсвей сорок сім а.", "Randersvej syvogfyrre A."),
            ("Рандерсвей 47 а.", "Randersvej 47A."),
            ("Рандерсвей 47В.", "Randersvej 47B."),
            ("Рандерсвей 47, буква бе.", "Randersvej 47."),
            ("Мені сорок сім, а їй сорок.", "Jeg er 47, og hun er 40."),
            (
                "Рандерсвей сорок сім а не сорок.",
                "Randersvej 47 og ikke 40.",
            ),
            (
                "Ми живемо на п’ятому, а вони на шостому.",
                "Vi bor på femte.",
            ),
            ("Їх дванадцять, це все.", "De er tolv, det er alt."),
            ("Там їх п’ять де?", "Hvor er de fem?"),
        ] {
            assert!(lost(source, target, Lang::Uk).is_empty(), "{source}");
        }
    }

    #[test]
    fn danish_letters_are_kept_in_either_script() {
        let source = "Bor du på Randersvej 47 b?";
        assert_eq!(
            lost(source, "Ви живете на Randersvej 47?", Lang::Da),
            ["47B"]
        );
        for target in [
            "Ви живете на Randersvej 47B?",
            "Ви живете на Рандерсвей 47 б?",
            "Ви живете на Randersvej 47, літера В?",
        ] {
            assert!(lost(source, target, Lang::Da).is_empty(), "{target}");
        }
        for source in ["Vi er 3 i familien.", "Kom kl. 8 e.m.", "Er I 2 i alt?"] {
            assert!(lost(source, "Так.", Lang::Da).is_empty(), "{source}");
        }
    }

    #[test]
    fn the_letters_of_a_passport_are_kept() {
        let source = "Паспорт серії ЕК номер 123456.";
        let lost = missing_series(source, "Pas nummer 123456.", Lang::Uk);
        assert_eq!(lost[0].1, "EK");
        assert_eq!(&source[lost[0].0.clone()], "ЕК");
        assert_eq!(
            missing_series("Паспорт ФЕ 123 456", "Passet er Fek 123 456", Lang::Uk).len(),
            1
        );
        for target in ["Pas EK nummer 123456.", "Pas EK123456."] {
            assert!(
                missing_series(source, target, Lang::Uk).is_empty(),
                "{target}"
            );
        }
        assert!(missing_series("Ми в ЄС 12 років.", "Vi er i EU 12 år.", Lang::Uk).is_empty());
    }
}
