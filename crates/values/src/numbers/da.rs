//! Danish numbers: units before tens, twenties-based tens, words that recognisers join or split.

use std::sync::LazyLock;

use super::{Form, Rank, Read, written_at};
use crate::table::Table;
use crate::tables::danish_numerals;
use crate::token::Token;

/// Single words of the table: value and whether it is an ordinal.
static WORDS: LazyLock<Table<String, (u64, bool)>> = LazyLock::new(|| {
    let mut words: Table<String, (u64, bool)> = danish_numerals()
        .into_iter()
        .filter(|(_, _, form)| !form.contains(' '))
        .rev()
        .map(|(value, ordinal, form)| (form, (value, ordinal)))
        .collect();
    // "hundrede" is cardinal and ordinal in the table; only the cardinal is ever said here.
    words.insert("hundrede".into(), (100, false));
    words.insert("tusinder".into(), (1000, false));
    words.insert("tusinds".into(), (1000, false));
    // As they sound: the last letters are hardly said.
    words.insert("halvtres".into(), (50, false));
    words.insert("halvfjers".into(), (70, false));
    words.insert("annen".into(), (2, true));
    words
});

/// The value of one word, also of words the table doesn't list because they were joined.
fn word(text: &str) -> Option<(u64, bool)> {
    if let Some(&hit) = WORDS.get(text) {
        return Some(hit);
    }
    if text.len() < 6 || text.len() > 60 || !text.is_ascii() && !text.contains('é') {
        return None;
    }
    joined(text)
}

fn joined(text: &str) -> Option<(u64, bool)> {
    for (marker, factor) in [
        ("tusinde", 1000),
        ("tusind", 1000),
        ("hundrede", 100),
        ("hundred", 100),
    ] {
        let Some((left, right)) = text.split_once(marker) else {
            continue;
        };
        let count = if left.is_empty() { 1 } else { small(left)?.0 };
        let right = right.strip_prefix("og").unwrap_or(right);
        let (rest, ordinal) = if right.is_empty() {
            (0, false)
        } else {
            small(right)?
        };
        return (count < 100 && rest < factor).then_some((count * factor + rest, ordinal));
    }
    unit_and_ten(text)
}

fn small(text: &str) -> Option<(u64, bool)> {
    WORDS
        .get(text)
        .copied()
        .or_else(|| joined(text))
        .filter(|&(value, _)| value < 1000)
}

fn unit_and_ten(text: &str) -> Option<(u64, bool)> {
    let (left, right) = text.split_once("og")?;
    let unit = unit(left)?;
    let &(ten, ordinal) = WORDS.get(right)?;
    (is_ten(ten)).then_some((unit + ten, ordinal))
}

fn unit(text: &str) -> Option<u64> {
    WORDS
        .get(text)
        .filter(|&&(value, ordinal)| (1..=9).contains(&value) && !ordinal)
        .map(|w| w.0)
}

fn is_ten(value: u64) -> bool {
    (20..=90).contains(&value) && value.is_multiple_of(10)
}

fn rank(ordinal: bool) -> Form {
    if ordinal {
        Form::Ordinal(Rank::Danish)
    } else {
        Form::Cardinal
    }
}

/// Numbers below 100 at `at`: one word, or unit + "og" + ten in up to four tokens.
fn below_hundred(tokens: &[Token], at: usize) -> Vec<Read> {
    let mut out = Vec::new();
    let Some(first) = tokens.get(at).filter(|t| t.is_word()) else {
        return out;
    };
    if let Some((value, ordinal)) = word(&first.text) {
        out.push(Read::spoken(value, rank(ordinal), at, at + 1));
    }
    let halves = [
        (unit(&first.text), 1, None),
        (first.text.strip_suffix("og").and_then(unit), 0, Some(1)),
    ];
    for (unit, og_at, ten_at) in halves {
        let Some(unit) = unit else { continue };
        let (text, end) = match ten_at {
            Some(offset) => (ten_text(tokens, at + offset), at + offset),
            None => match tokens.get(at + og_at) {
                Some(og) if og.is("og") => (ten_text(tokens, at + 2), at + 2),
                Some(og) if og.text.starts_with("og") => {
                    (Some((og.text[2..].to_string(), 1)), at + 1)
                }
                _ => continue,
            },
        };
        let Some((text, used)) = text else { continue };
        if let Some(&(ten, ordinal)) = WORDS.get(&text)
            && is_ten(ten)
        {
            out.push(Read::spoken(unit + ten, rank(ordinal), at, end + used));
        }
    }
    if let Some((text, used)) = ten_text(tokens, at).filter(|&(_, used)| used == 2)
        && let Some(&(ten, ordinal)) = WORDS.get(&text)
    {
        out.push(Read::spoken(ten, rank(ordinal), at, at + used));
    }
    out
}

/// The word at `at`, or "halv" + "fems" when the recogniser split it.
fn ten_text(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let first = tokens.get(at).filter(|t| t.is_word())?;
    if first.is("halv")
        && let Some(second) = tokens.get(at + 1)
    {
        let tail = if second.is("tres") {
            "treds"
        } else {
            second.text.as_str()
        };
        let whole = format!("halv{tail}");
        if WORDS.contains_key(&whole) {
            return Some((whole, 2));
        }
    }
    Some((first.text.clone(), 1))
}

fn marker(tokens: &[Token], at: usize) -> Option<u64> {
    match tokens.get(at)?.text.as_str() {
        "hundrede" | "hundred" => Some(100),
        "tusind" | "tusinde" => Some(1000),
        _ => None,
    }
}

/// All numbers at `at`.
pub(super) fn reads(tokens: &[Token], at: usize) -> Vec<Read> {
    let mut out = starts(tokens, at);
    let mut next = 0;
    // Each read may grow by "hundrede", "tusind" or what follows them; growth only moves right.
    while next < out.len() && out.len() < 64 {
        let read = out[next].clone();
        next += 1;
        if read.is_ordinal() {
            continue;
        }
        if let Some(factor) = marker(tokens, read.end)
            && (1..factor.min(100)).contains(&read.value)
        {
            out.push(Read::spoken(
                read.value * factor,
                Form::Cardinal,
                at,
                read.end + 1,
            ));
        } else if let Some(1000) = marker(tokens, read.end)
            && (100..1000).contains(&read.value)
        {
            out.push(Read::spoken(
                read.value * 1000,
                Form::Cardinal,
                at,
                read.end + 1,
            ));
        }
        if read.written || read.value == 0 {
            continue;
        }
        let room = if read.value.is_multiple_of(1000) {
            1000
        } else if read.value.is_multiple_of(100) {
            100
        } else {
            continue;
        };
        let og = usize::from(tokens.get(read.end).is_some_and(|t| t.is("og")));
        for tail in tails(tokens, read.end + og, room) {
            out.push(Read::spoken(
                read.value + tail.value,
                tail.form,
                at,
                tail.end,
            ));
        }
    }
    out
}

fn starts(tokens: &[Token], at: usize) -> Vec<Read> {
    let mut out = below_hundred(tokens, at);
    out.extend(written_at(tokens, at));
    out
}

/// Numbers in 1..room that may follow a hundred or thousand.
fn tails(tokens: &[Token], at: usize, room: u64) -> Vec<Read> {
    let mut out: Vec<Read> = below_hundred(tokens, at);
    if room == 1000 {
        let mut grown = Vec::new();
        for read in &out {
            if marker(tokens, read.end) == Some(100) && (1..10).contains(&read.value) {
                let hundreds = read.value * 100;
                grown.push(Read::spoken(hundreds, Form::Cardinal, at, read.end + 1));
                let og = usize::from(tokens.get(read.end + 1).is_some_and(|t| t.is("og")));
                for tail in below_hundred(tokens, read.end + 1 + og) {
                    grown.push(Read::spoken(hundreds + tail.value, tail.form, at, tail.end));
                }
            }
            if read.value.is_multiple_of(100) && (100..1000).contains(&read.value) {
                let og = usize::from(tokens.get(read.end).is_some_and(|t| t.is("og")));
                for tail in below_hundred(tokens, read.end + og) {
                    if (1..100).contains(&tail.value) {
                        grown.push(Read::spoken(
                            read.value + tail.value,
                            tail.form,
                            at,
                            tail.end,
                        ));
                    }
                }
            }
        }
        out.extend(grown);
    }
    out.retain(|read| (1..room).contains(&read.value));
    out
}
