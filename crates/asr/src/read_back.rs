//! The end of an address that was misheard as a whole.
//!
//! "Femogtredive for ørelinger" is no sentence, and no other end of a Danish address sounds like it
//! than "femogtredive fyrre Lynge". Taken alone neither half is worth believing, and the decoder, which
//! thinks little of rare words, would never write them; but there are only some thousand codes with
//! their towns, so the sounds of both together tell most of them apart. Where they do clearly, the
//! stretch becomes that code and that town. Like everything that was thought of a second time it is
//! marked, and asked about.

use std::sync::LazyLock;

use tolkebot_protocol::Lang;
use tolkebot_values::{BySound, postal};

use crate::ffi::Token;
use crate::offers::Offer;
use crate::postal::{
    ANSWERS, Spoken, TOWN_WORDS, as_heard, as_said, code_before, is_apart, town_at,
};
use crate::rows::{BETWEEN, capital};

/// How alike a code with its town and a stretch must sound, 0 to 1 …
const ALIKE: f32 = 0.82;
/// … and how much more alike than the next one.
const CLEAR: f32 = 0.04;
/// How alike the town alone and the last words of the stretch must sound at least: a number that was
/// heard well would carry any other number and any town with it.
const TOWN_ALIKE: f32 = 0.45;
/// A longer stretch is taken if it is that little less alike.
const LONGER: f32 = 0.03;
/// Words of a stretch, at least and at most.
const WORDS: std::ops::RangeInclusive<usize> = 2..=9;
/// The street stands at most so many words before.
const STREET_WITHIN: usize = 9;
/// Numbers of a stretch, at most: "otte tusind to hundrede og ti".
const MOST_NUMBERS: usize = 5;
/// Signs inside a stretch, at most.
const MOST_SIGNS: usize = 2;

/// The codes of a language with their towns, as they are heard.
struct Ends {
    sounds: BySound,
    /// What each is, in the same order.
    rows: Vec<End>,
}

/// A code with its town.
struct End {
    /// As they are written in a sentence.
    written: String,
    code: &'static str,
    /// The town as it is heard.
    town: BySound,
}

static DANISH: LazyLock<Ends> = LazyLock::new(|| {
    let mut heard = Vec::new();
    let mut rows = Vec::new();
    for row in postal::all().iter().filter(|row| row.status == "current") {
        for code in as_said(row.code, Lang::Da) {
            let town = as_heard(row.district);
            heard.push(format!("{code} {town}"));
            rows.push(End {
                written: format!("{code} {}", row.district),
                code: row.code,
                town: BySound::of(vec![town]),
            });
        }
    }
    Ends {
        sounds: BySound::of(heard),
        rows,
    }
});

/// Codes with their towns that sound like a stretch behind a street and its number in which neither is
/// heard whole; one group for each.
///
/// `stays` are places that were heard.
pub(crate) fn ends(
    words: &[Spoken],
    lang: Lang,
    is_number: impl Fn(&str) -> bool,
    is_street: impl Fn(&str) -> bool,
    stays: impl Fn(&str) -> bool,
    is_capital: impl Fn(usize) -> bool,
    tokenize: impl Fn(&str) -> Option<Vec<Token>>,
) -> Vec<Vec<Offer>> {
    let mut groups = Vec::new();
    let mut from = 1;
    while from < words.len() {
        let before = words[from - 1].1.as_str();
        let first = words[from].1.as_str();
        let street = words[from.saturating_sub(STREET_WITHIN)..from - 1].iter();
        let may_begin = street.rev().any(|(_, word)| is_street(word))
            && !BETWEEN.contains(&first)
            && (is_number(before) || is_apart(words, from));
        let best = may_begin
            .then(|| best(words, from, lang, &is_number, &stays))
            .flatten();
        let Some((to, written)) = best else {
            from += 1;
            continue;
        };
        let at = words[from].0.start..words[to - 1].0.end;
        let said = match is_capital(at.start) {
            true => capital(written),
            false => written.to_owned(),
        };
        groups.extend(tokenize(&said).map(|pieces| {
            vec![Offer {
                at,
                pieces,
                likeness: 1.0,
                worth: 0.0,
            }]
        }));
        from = to;
    }
    groups
}

/// Where the stretch from a word on ends that sounds most like a code with its town, and these.
fn best(
    words: &[Spoken],
    from: usize,
    lang: Lang,
    is_number: impl Fn(&str) -> bool,
    stays: impl Fn(&str) -> bool,
) -> Option<(usize, &'static str)> {
    let mut best: Option<(usize, &'static str, f32)> = None;
    let mut letters = String::new();
    let mut numbers = 0;
    let mut signs = 0;
    for (at, (_, word)) in words.iter().enumerate().skip(from).take(*WORDS.end()) {
        let count = at + 1 - from;
        signs += usize::from(count > 1 && is_apart(words, at));
        // A town that was heard stays, and behind a code only the town is missing.
        let code =
            code_before(&words[from..=at], count, lang).is_some() || is_code(words, at + 1, lang);
        let town = !town_at(words, at).is_empty() || stays(word);
        // That many numbers are a telephone or CPR number.
        let heard = code || town || numbers > MOST_NUMBERS;
        if signs > MOST_SIGNS || heard || ANSWERS.contains(&word.as_str()) {
            break;
        }
        letters.push_str(word);
        let is_number = is_number(word);
        numbers += usize::from(is_number);
        // A stretch ends with a town, and that is no number.
        if numbers == 0 || is_number || !WORDS.contains(&count) {
            continue;
        }
        let found = DANISH.sounds.like_at(&letters, ALIKE - CLEAR);
        let Some(&(first, likeness)) = found.first() else {
            continue;
        };
        let end = &DANISH.rows[first];
        let mut others = found
            .iter()
            .filter(|(at, _)| DANISH.rows[*at].code != end.code);
        let next = others.next().map_or(0.0, |(_, likeness)| *likeness);
        let is_clear = likeness >= ALIKE && likeness - next >= CLEAR;
        let is_best = best.is_none_or(|(.., most)| likeness > most - LONGER);
        if is_clear && is_best && ends_with(&words[from..=at], &end.town) {
            best = Some((at + 1, &end.written, likeness));
        }
    }
    best.map(|(to, written, _)| (to, written))
}

/// Whether a code ends at a word that was said without a break, wherever it begins.
fn is_code(words: &[Spoken], end: usize, lang: Lang) -> bool {
    let run = (1..end).rev().find(|at| is_apart(words, *at)).unwrap_or(0);
    code_before(&words[run..end], end - run, lang).is_some()
}

/// Whether the last words of a stretch sound like a town.
fn ends_with(words: &[Spoken], town: &BySound) -> bool {
    let mut letters = String::new();
    words.iter().rev().take(TOWN_WORDS).any(|(_, word)| {
        letters.insert_str(0, word);
        !town.like(&letters, TOWN_ALIKE).is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postal::spoken;

    fn ends_of(text: &str) -> Vec<String> {
        let words = spoken(text);
        let said = std::cell::RefCell::new(Vec::new());
        let is_number = |word: &str| !tolkebot_values::numbers::find(word, Lang::Da).is_empty();
        let groups = ends(
            &words,
            Lang::Da,
            is_number,
            |word| word.ends_with("vej") || word.ends_with("gade"),
            |word| !tolkebot_values::places::find(word, Lang::Da).is_empty(),
            |_| false,
            |text| {
                said.borrow_mut().push(text.to_owned());
                Some(vec![1])
            },
        );
        assert_eq!(groups.len(), said.borrow().len());
        said.into_inner()
    }

    #[test]
    fn code_and_town_together_tell_what_neither_does_alone() {
        for (heard, said) in [
            (
                "vej femten, femogtredive for ørelinger. hvornår",
                "femogtredive fyrre Lynge",
            ),
            (
                "gade enogtres. otto firs fyrre, hødkæspe, flytter",
                "otteogfirs fyrre Rødkærsbro",
            ),
            (
                "vej femten, fem og fire stre skolen. hvornår",
                "femogfirs tres Kolind",
            ),
            (
                "vej niogfirs. seksogfirs hun hører det selkebov, flytter",
                "seksogfirs hundrede Silkeborg",
            ),
        ] {
            assert_eq!(ends_of(heard), [said], "{heard}");
        }
    }

    #[test]
    fn what_was_heard_and_what_is_no_address_stays() {
        for text in [
            "vej femten, otte tusind aarhus c. hvornår",
            "vej femten, toogfirs ti aarhus v",
            "ringvej syvogtyve, to tusind frederiksberg, flytter du alene",
            "enogtredive, fyrre, seksoghalvtreds, syvogtyve. er det rigtigt nu",
            "du er født den tolvte maj nitten hundrede og firs i kyiv",
            "jeg bor på ryvej otte, anden sal til venstre, og har to børn",
            "tre tusind seks hundrede og halvtreds olsdaka. er det rigtigt",
            "vej treoghalvfems, to fires før, hysk og. hvornår flytter du ind",
            "vej toogfyrre, seksoghalvtreds nul en lille. hvem bor der",
            "hobrovej fireogfirs i randers",
            "nul ni elleve niogfyrre, tolv femoghalvfjerds. i er gift",
            "viborgvej enogtredive første til højre toogfirs ti aarhus v",
            "bor på ryvej to. niogtyve, atten, tres, toogtres. er det rigtigt",
            "vi er fem, to voksne og tre børn, og flytter den første december",
        ] {
            assert!(ends_of(text).is_empty(), "{text}: {:?}", ends_of(text));
        }
    }
}
