//! "Nul syv elleve fireogtres, elleve niogtredive." – «Сімдесят чотири.»: one pair of the number that was just read out, and
//! «я вісімдесят дев'ятого!» its year of birth. Which pair is meant is told by how it sounds: one digit of it is another.

use tolkebot_values::cpr::CprNumber;
use tolkebot_values::numbers::{self as spoken, Form};

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::utterance::Utterance;

/// Where the year stands in a CPR number.
const YEAR: usize = 4;
/// Words of a turn that says nothing but a pair.
const FEW: usize = 3;

/// Puts one pair of the number right that staff has just read out; `true` when it did.
pub(super) fn put_right(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let told = |key: &&String| key.ends_with(".phone") || key.ends_with(".cpr_number");
    let mut read_out = m.heard_before.iter().filter(told);
    let (false, Some(key), None) = (u.is_staff(), read_out.next().cloned(), read_out.next()) else {
        return false;
    };
    let Some(known) = m.text(&key).map(str::to_owned) else {
        return false;
    };
    let numbers = spoken::find(&u.said, u.lang());
    let is_cpr = key.ends_with(".cpr_number");
    let year = numbers
        .iter()
        .find(|n| is_cpr && is_year(u, n.span.start, &n.value));
    let (number, places) = match (year, numbers.as_slice()) {
        (Some(year), _) => (year, vec![YEAR]),
        (None, [only]) if only.value.form == Form::Cardinal && says_only_it(u) => {
            (only, pairs(&known))
        }
        _ => return false,
    };
    let right = number.value.value;
    if !(10..=99).contains(&right) {
        return false;
    }
    let Some(fresh) = instead(&known, &places, &right.to_string()) else {
        return false;
    };
    if is_cpr && !CprNumber::parse(&fresh).is_ok_and(|n| n.birth_date().is_some()) {
        return false;
    }
    let evidence = u.evidence(number.span.clone());
    m.hear(&key, Heard::new(fresh, evidence, 0.8).act(Act::Correct));
    true
}

/// A turn that says nothing but a pair: «21 стукнуло» tells an age.
fn says_only_it(u: &Utterance<'_>) -> bool {
    let age = |w: &&str| {
        ["стукну", "виповн", "минул", "рок", "рік"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    u.word_tokens.len() <= FEW && !u.all_words().iter().any(age)
}

/// «Я вісімдесят дев'ятого», «п'ятдесят дев'ятого я», «дев'яносто другого року».
fn is_year(u: &Utterance<'_>, at: usize, number: &spoken::Number) -> bool {
    let Form::Ordinal(_) = number.form else {
        return false;
    };
    let Some(sentence) = u.sentence_at(at) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    words.len() <= 6
        && words
            .iter()
            .any(|w| matches!(*w, "я" | "він" | "вона" | "року") || w.starts_with("народ"))
}

/// Where the pairs of a number begin; Ukrainian telephone numbers are not said in pairs.
fn pairs(known: &str) -> Vec<usize> {
    match known.contains('-') {
        true => vec![0, 2, YEAR, 7, 9],
        false if known.starts_with("+45") => {
            (3..known.len().saturating_sub(1)).step_by(2).collect()
        }
        false => Vec::new(),
    }
}

/// The number with `right` in the only one of these places where one digit differs from it.
fn instead(known: &str, places: &[usize], right: &str) -> Option<String> {
    let differ = |at: &usize| {
        let pair = known.get(*at..at + 2).unwrap_or_default();
        pair.bytes()
            .zip(right.bytes())
            .filter(|(a, b)| a != b)
            .count()
    };
    if places.iter().any(|at| differ(at) == 0) {
        return None;
    }
    let mut near = places.iter().filter(|at| differ(at) == 1);
    let (at, None) = (*near.next()?, near.next()) else {
        return None;
    };
    Some(format!("{}{right}{}", &known[..at], &known[at + 2..]))
}
