//! A postal code and its town say each other.
//!
//! "Otte tusind og huset", "to fire sti Aarhus V": an employee reads an address back, and a small
//! recogniser hears only half of its end. The other half is no open question: 8000 is Aarhus C and
//! nothing else, and Aarhus V is 8210. So behind a code the town of that code is handed to the
//! decoder, and before a town its codes as they are said, where what was heard there sounds like them
//! and is none. About a town the decoder says how likely it would have been, as it does about other
//! expected words, unless it sounds so much alike that there is nothing to ask. A code it would not
//! have written whatever it hears ("toogfirs" is rare, "to" and "fire" are not), so there the likeness
//! of the sounds and the town decide. A code or a town that was heard stays, also where the two
//! contradict each other: that is for people to settle.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::{BySound, fold, places, postal, render};

use crate::ffi::Token;
use crate::offers::Offer;

/// How alike a town and the words behind its code must sound, 0 to 1. Hardly anything but the town
/// is said there.
const TOWN_ALIKE: f32 = 0.6;
/// The same for what stands behind a town that was heard, and its letter.
const LETTER_ALIKE: f32 = 0.8;
/// How alike a code and the words before its town must sound, 0 to 1.
const CODE_ALIKE: f32 = 0.8;
/// From here on a town is what stood behind its code, whatever the decoder finds.
const TOWN_CERTAIN: f32 = 0.75;
/// What speaks for a town besides the sound: that its code was heard (natural logarithm).
const WORTH: f32 = 4.0;
/// Words of a town, and of a code cut up into other words, at most.
pub(crate) const TOWN_WORDS: usize = 3;
const CODE_WORDS: usize = 5;
/// Words of a code as it was said, at most: "otte tusind to hundrede og ti".
pub(crate) const SAID_WORDS: usize = 7;
/// So many words ahead a town, or behind a code, counts as heard: "8200 er Aarhus N".
const HEARD_WITHIN: usize = 3;
/// A town that has more codes than this says nothing about which one was said.
const MOST_CODES: usize = 2;

/// What a code that was said as one number ends with, and an amount of money as well.
const AMOUNTS: [&str; 4] = ["tusind", "hundrede", "тисяч", "тисячі"];
/// So many words before its code an address has begun.
const ADDRESS_WORDS: usize = 12;
/// Words of an address besides its street.
pub(crate) const OF_ADDRESS: [&str; 11] = [
    "sal",
    "stuen",
    "kælderen",
    "højre",
    "venstre",
    "midtfor",
    "th",
    "tv",
    "mf",
    "поверх",
    "праворуч",
];

/// Answers are never a part of a town, whatever they sound like.
pub(crate) const ANSWERS: [&str; 3] = ["nej", "ja", "ikke"];

/// A word of a text in lower case, letters and digits only, with its pieces but for signs behind it.
pub(crate) type Spoken = (Range<usize>, String);

/// Towns behind postal codes where something else was heard that is no place.
#[derive(Debug, Default)]
pub(crate) struct Towns {
    /// So much like what was heard that there is nothing to ask; one group for each.
    pub certain: Vec<Vec<Offer>>,
    /// Those to ask the decoder about.
    pub asked: Vec<Offer>,
}

/// Looks for towns behind their postal codes.
pub(crate) fn towns(
    words: &[Spoken],
    lang: Lang,
    stays: impl Fn(&str) -> bool,
    is_street: impl Fn(&str) -> bool,
    ends_sentence: impl Fn(usize) -> bool,
    tokenize: impl Fn(&str) -> Option<Vec<Token>>,
) -> Towns {
    let mut towns = Towns::default();
    for behind in 1..words.len() {
        let Some(row) = code_before(words, behind, lang) else {
            continue;
        };
        // "Huslejen er otte tusind, og huset er stort": so much money, and another thing is said.
        let of_address =
            |at: usize| is_street(&words[at].1) || OF_ADDRESS.contains(&words[at].1.as_str());
        let amount = AMOUNTS.contains(&words[behind - 1].1.as_str())
            && !(behind.saturating_sub(ADDRESS_WORDS)..behind).any(of_address);
        let only_its_letter = amount || ends_sentence(behind - 1);
        // "8200 er Aarhus N", "toogfirs ti, altså Aarhus V": the town was heard.
        let ahead = behind..words.len().min(behind + HEARD_WITHIN);
        if ahead.clone().any(|at| holds(&town_at(words, at), row)) {
            continue;
        }
        let town = BySound::of(vec![row.district.to_owned(), as_heard(row.district)]);
        let base = fold(places::base(row.district));
        let letter = as_heard(row.district[places::base(row.district).len()..].trim());
        let letter = BySound::of(vec![fold(&letter)]);
        let mut offers: Vec<Offer> = Vec::new();
        let mut letters = String::new();
        let rest = words.iter().enumerate().skip(behind).take(TOWN_WORDS);
        for (at, (range, word)) in rest {
            // A comma may stand behind the code, but not inside the town.
            let apart = at > behind && is_apart(words, at);
            let answer = ANSWERS.contains(&word.as_str());
            // The town alone is left as it was heard; before its letter it is not.
            if apart || answer || stays(word) && *word != base {
                break;
            }
            letters.push_str(word);
            let likeness = match letters.strip_prefix(&base) {
                Some("") => continue,
                // "Viby er der nogen": what stands behind the town is its letter, or the next word.
                Some(behind) => match letter.like(behind, LETTER_ALIKE).first() {
                    Some(_) => 1.0,
                    None => break,
                },
                None if only_its_letter => break,
                None => match town.like(&letters, TOWN_ALIKE).first() {
                    Some((_, likeness)) => *likeness,
                    None => continue,
                },
            };
            // Behind a sign another sentence may have begun.
            if likeness < TOWN_CERTAIN && is_apart(words, behind) {
                continue;
            }
            offers.extend(tokenize(row.district).map(|pieces| Offer {
                at: words[behind].0.start..range.end,
                pieces,
                likeness,
                worth: WORTH,
            }));
        }
        let likest = offers
            .iter()
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness));
        match likest.filter(|offer| offer.likeness >= TOWN_CERTAIN) {
            Some(offer) => towns.certain.push(vec![Offer {
                likeness: 1.0,
                ..offer.clone()
            }]),
            None => towns.asked.extend(offers),
        }
    }
    towns
}

/// Postal codes to ask about, one group for each town before which no code was heard: the stretch
/// of words that sounds most like one of its codes.
pub(crate) fn codes(
    words: &[Spoken],
    lang: Lang,
    is_number: impl Fn(&str) -> bool,
    is_capital: impl Fn(usize) -> bool,
    tokenize: impl Fn(&str) -> Option<Vec<Token>>,
) -> Vec<Vec<Offer>> {
    let mut groups = Vec::new();
    for town in 1..words.len() {
        let rows = town_at(words, town);
        // "8200 er Aarhus N": a code of the town was heard.
        let behind = town.saturating_sub(HEARD_WITHIN - 1).max(1)..town;
        let heard = behind
            .filter_map(|at| code_before(words, at, lang))
            .any(|row| holds(&rows, row));
        if rows.is_empty() || heard || code_before(words, town, lang).is_some() {
            continue;
        }
        let said: Vec<String> = rows
            .iter()
            .flat_map(|row| as_said(row.code, lang))
            .collect();
        let said = BySound::of(said);
        let mut best: Option<(usize, String, f32)> = None;
        let mut letters = String::new();
        let mut all_numbers = true;
        for from in (town.saturating_sub(CODE_WORDS)..town).rev() {
            if from + 1 < town && is_apart(words, from + 1) {
                break;
            }
            letters.insert_str(0, &words[from].1);
            all_numbers &= is_number(&words[from].1);
            // Other numbers are what was said: a house number, a code of another town.
            if all_numbers {
                continue;
            }
            for (code, likeness) in said.like(&letters, CODE_ALIKE) {
                if best.as_ref().is_none_or(|(.., most)| likeness > *most) {
                    best = Some((from, code.to_owned(), likeness));
                }
            }
        }
        let Some((from, code, _)) = best else {
            continue;
        };
        let at = words[from].0.start..words[town - 1].0.end;
        let code = match is_capital(at.start) {
            true => crate::rows::capital(&code),
            false => code,
        };
        groups.extend(tokenize(&code).map(|pieces| {
            vec![Offer {
                at,
                pieces,
                // The town says the rest.
                likeness: 1.0,
                worth: 0.0,
            }]
        }));
    }
    groups
}

/// The row of the postal code whose last word stands directly before a place in the text.
pub(crate) fn code_before(
    words: &[Spoken],
    behind: usize,
    lang: Lang,
) -> Option<&'static tolkebot_values::PostalRow> {
    let from = behind.saturating_sub(SAID_WORDS);
    let text = joined(&words[from..behind]);
    let found = postal::find(&text, lang).into_iter();
    let last = found.rev().find(|found| found.span.end == text.len())?;
    postal::lookup(&last.value.code)
}

/// The postal codes of the town that begins at a word; none of one with many codes.
pub(crate) fn town_at(words: &[Spoken], at: usize) -> Vec<&'static tolkebot_values::PostalRow> {
    let longest = (1..=TOWN_WORDS.min(words.len() - at)).rev();
    for count in longest {
        let stretch = &words[at..at + count];
        if (at + 1..at + count).any(|word| is_apart(words, word)) {
            continue;
        }
        let rows = postal::of_district(&joined(stretch));
        if !rows.is_empty() {
            let few = rows.len() <= MOST_CODES;
            return if few { rows.to_vec() } else { Vec::new() };
        }
    }
    Vec::new()
}

fn holds(rows: &[&'static tolkebot_values::PostalRow], row: &tolkebot_values::PostalRow) -> bool {
    rows.iter().any(|known| known.code == row.code)
}

/// Ways in which a code is said: in pairs, in hundreds ("niogfirs hundrede"), or as one number.
pub(crate) fn as_said(code: &str, lang: Lang) -> Vec<String> {
    let pairs = code.split_at_checked(2).map(|(first, second)| {
        let group = |digits| render::digit_group(digits, lang);
        match (second, lang) {
            ("00", Lang::Da) => format!("{} hundrede", group(first)),
            _ => format!("{} {}", group(first), group(second)),
        }
    });
    pairs
        .into_iter()
        .chain([render::postal_spoken(code, lang)])
        .collect()
}

/// A town with its letter as that is called, spelled so that it sounds like it.
pub(crate) fn as_heard(district: &str) -> String {
    let name = |part: &str| {
        match part {
            "C" => "se",
            "K" => "kå",
            "M" => "em",
            "N" => "en",
            "S" => "es",
            "V" => "ve",
            "NV" => "en ve",
            "SV" => "es ve",
            "NØ" => "en ø",
            "SØ" => "es ø",
            _ => return part.to_owned(),
        }
        .to_owned()
    };
    district.split(' ').map(name).collect::<Vec<_>>().join(" ")
}

/// Whether a sign stands before a word.
pub(crate) fn is_apart(words: &[Spoken], at: usize) -> bool {
    words[at - 1].0.end < words[at].0.start
}

/// Words as text, with a comma where a sign stood.
fn joined(words: &[Spoken]) -> String {
    let mut text = String::new();
    for (at, (_, word)) in words.iter().enumerate() {
        if at > 0 {
            text.push_str(if is_apart(words, at) { ", " } else { " " });
        }
        text.push_str(word);
    }
    text
}

/// A text for tests: each word is one piece, and so is a sign behind it.
#[cfg(test)]
pub(crate) fn spoken(text: &str) -> Vec<Spoken> {
    let mut at = 0;
    let mut words = Vec::new();
    for word in text.split(' ') {
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        words.push((at..at + 1, plain));
        at += if word.ends_with([',', '.']) { 2 } else { 1 };
    }
    words
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// What is offered, with the words that it replaces.
    fn offered(
        text: &str,
        offers: impl Fn(&[Spoken], &mut Vec<String>) -> Vec<Offer>,
    ) -> Vec<(String, String)> {
        let words = spoken(text);
        let mut said = Vec::new();
        let offers = offers(&words, &mut said);
        let replaced = |offer: &Offer| {
            let inside = words
                .iter()
                .filter(|(range, _)| range.start >= offer.at.start && range.end <= offer.at.end);
            inside
                .map(|(_, word)| word.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let named = offers
            .iter()
            .map(|offer| (replaced(offer), said[offer.pieces[0] as usize].clone()));
        named.collect()
    }

    fn keeping(said: &RefCell<&mut Vec<String>>, word: &str) -> Option<Vec<Token>> {
        let mut said = said.borrow_mut();
        said.push(word.to_owned());
        Some(vec![said.len() as Token - 1])
    }

    fn towns_of(text: &str) -> Vec<(String, String)> {
        offered(text, |words, said| {
            let said = RefCell::new(said);
            let stays = |word: &str| matches!(word, "brabrand" | "randers" | "fire");
            let street = |word: &str| word.ends_with("gade");
            // Every sign but a comma ends a sentence.
            let mut stops = text
                .split_whitespace()
                .map(|word| word.ends_with(['.', '?', '!']));
            let stops: Vec<bool> = stops.by_ref().collect();
            let ends = |at: usize| stops[at];
            let token = |word: &str| keeping(&said, word);
            let found = towns(words, Lang::Da, stays, street, ends, token);
            let certain = found.certain.into_iter().flatten();
            certain.chain(found.asked).collect()
        })
    }

    fn codes_of(text: &str) -> Vec<(String, String)> {
        offered(text, |words, said| {
            let said = RefCell::new(said);
            let is_number = |word: &str| !tolkebot_values::numbers::find(word, Lang::Da).is_empty();
            let groups = codes(
                words,
                Lang::Da,
                is_number,
                |_| false,
                |word| keeping(&said, word),
            );
            groups.into_iter().flatten().collect()
        })
    }

    fn pair(heard: &str, said: &str) -> (String, String) {
        (heard.to_owned(), said.to_owned())
    }

    #[test]
    fn behind_a_code_its_town_is_offered() {
        let found = towns_of("anden sal til højre, otte tusind og huset. hvad er det");
        assert!(found.contains(&pair("og huset", "Aarhus C")), "{found:?}");
        let found = towns_of("vestergade atten, niogfirs hundrede hånders se. og hvad");
        assert!(
            found.contains(&pair("hånders se", "Randers C")),
            "{found:?}"
        );
    }

    #[test]
    fn a_letter_that_became_a_word_is_put_right_with_its_town() {
        let found = towns_of("niogfirs hundrede randers se. og hvad");
        assert_eq!(found, [pair("randers se", "Randers C")]);
    }

    #[test]
    fn a_town_that_was_heard_stays_whatever_the_code_says() {
        for text in [
            "otte tusind aarhus c. og hvad",
            "otte tusind brabrand, og hvad",
            "otte tusind kroner om måneden",
            "syvogtredive tredive, nej. er det rigtigt",
            "8200 er aarhus n. bronzealdervej ligger i 8210 aarhus v",
            "tre sal til højre 82 60 viby er der nogen der bor",
            "toogfirs ti. lejer du af en boligforening",
            "syv fem nul nul er holstebro, ja",
            "otte tusind aarhus er det rigtigt",
            "huslejen er otte tusind. og huset er stort",
            "huslejen er otte tusind, og huset er stort",
            "jeg bor på vestergade otte tusind. og huset er stort",
            "toogfirs ti",
        ] {
            assert_eq!(towns_of(text), [], "{text}");
        }
    }

    #[test]
    fn before_a_town_its_code_is_offered_as_it_is_said() {
        assert_eq!(
            codes_of("to fire sti aarhus v, flytter du alene"),
            [pair("to fire sti", "toogfirs ti")]
        );
        assert_eq!(
            codes_of("vej fjorten. to fire styrre brabrand, hvornår"),
            [pair("to fire styrre", "toogfirs tyve")]
        );
        assert_eq!(
            codes_of("ni og fires hundrede randers c"),
            [pair("ni og fires hundrede", "niogfirs hundrede")]
        );
    }

    #[test]
    fn numbers_before_a_town_stay_and_so_does_what_sounds_like_no_code() {
        for text in [
            "toogfirs ti aarhus v",
            "otte tusind to hundrede og ti aarhus v",
            "fireogtredive, aarhus v",
            "fireogfirs tyve aarhus v",
            "du flytter til aarhus v",
            "hvor længe har du boet i brabrand",
            "aarhus v",
            "otte tusind to hundrede er aarhus n",
        ] {
            assert_eq!(codes_of(text), [], "{text}");
        }
    }
}
