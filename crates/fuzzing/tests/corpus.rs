//! The examples in `corpus/`, changed at random: no input makes a panic or breaks a promise.
//!
//! `TOLKEBOT_FUZZ_CASES` sets how many changed examples each target gets.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::cell::Cell;
use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use tolkebot_form::Dialogue;

/// Pieces that mean something to one of the readers.
const PIECES: [&[u8]; 40] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"18446744073709551616",
    b"\"type\":",
    b"RIFF",
    b"WAVE",
    b"fmt ",
    b"data",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\x01\x00",
    b"=",
    b"[limits]\n",
    b"\n",
    b"'''",
    "й".as_bytes(),
    "ґ’я".as_bytes(),
    "æøå".as_bytes(),
    "\u{301}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "😀".as_bytes(),
    b" kl. ",
    b" 31. februar ",
    "двадцять".as_bytes(),
    b"tooghalvfems",
    b"@",
    b"+45",
];

/// One change of an example.
#[derive(Debug, Clone)]
enum Change {
    Flip(usize, u8),
    Set(usize, u8),
    Put(usize, usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    /// The end of another example.
    Splice(usize, usize),
    /// A piece into a value of JSON: what was said changes, and the whole can still be read.
    Say(usize, usize, usize),
    /// Characters out of such a value.
    Unsay(usize, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<u16>().prop_map(usize::from);
    prop_oneof![
        (at.clone(), 0..8u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at.clone(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Put(at, piece)),
        (at.clone(), 1..40usize).prop_map(|(at, n)| Change::Remove(at, n)),
        (at.clone(), 1..40usize).prop_map(|(at, n)| Change::Repeat(at, n)),
        (at.clone(), at).prop_map(|(from, to)| Change::Splice(from, to)),
    ]
}

/// A change of a text in JSON.
fn said() -> impl Strategy<Value = Change> {
    let at = any::<u16>().prop_map(usize::from);
    prop_oneof![
        (at.clone(), at.clone(), 0..PIECES.len()).prop_map(|(n, at, p)| Change::Say(n, at, p)),
        (at.clone(), at, 1..20usize).prop_map(|(n, at, count)| Change::Unsay(n, at, count)),
    ]
}

/// Where what was said stands in JSON, between its quotation marks: values of `text`. With another speaker or language
/// than there are nothing is read at all.
fn texts(json: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut key: &[u8] = b"";
    let (mut start, mut escaped, mut before) = (None, false, b' ');
    for (at, byte) in json.iter().enumerate() {
        match start {
            None if *byte == b'"' => start = Some(at + 1),
            None if !byte.is_ascii_whitespace() => before = *byte,
            Some(from) if *byte == b'"' && !escaped => {
                match before {
                    b':' if key == b"text" => found.push(from..at),
                    b':' => {}
                    _ => key = &json[from..at],
                }
                (start, before) = (None, b'"');
            }
            _ => {}
        }
        escaped = *byte == b'\\' && !escaped;
    }
    found
}

/// Changes one of the texts of JSON; what is none stays as it is.
fn reword(data: &mut Vec<u8>, which: usize, change: impl FnOnce(&mut Vec<char>)) {
    let found = texts(data);
    let Some(place) = found.get(which % found.len().max(1)) else {
        return;
    };
    let quoted = &data[place.start - 1..=place.end];
    if let Ok(text) = serde_json::from_slice::<String>(quoted) {
        let mut text = text.chars().collect();
        change(&mut text);
        let text = text.into_iter().collect::<String>();
        let quoted = serde_json::to_vec(&text).unwrap();
        data.splice(place.start - 1..=place.end, quoted);
    }
}

fn apply(examples: &[Vec<u8>], first: usize, changes: &[Change]) -> Vec<u8> {
    let mut data = examples[first % examples.len()].clone();
    for change in changes {
        let place = |at: usize, data: &[u8]| at % (data.len() + 1);
        match change {
            Change::Flip(at, bit) if !data.is_empty() => {
                let at = at % data.len();
                data[at] ^= 1 << bit;
            }
            Change::Set(at, byte) if !data.is_empty() => {
                let at = at % data.len();
                data[at] = *byte;
            }
            Change::Put(at, piece) => {
                let at = place(*at, &data);
                data.splice(at..at, PIECES[*piece].iter().copied());
            }
            Change::Remove(at, n) => {
                let at = place(*at, &data);
                let end = (at + n).min(data.len());
                data.drain(at..end);
            }
            Change::Repeat(at, n) => {
                let at = place(*at, &data);
                let end = (at + n).min(data.len());
                let part = data[at..end].to_vec();
                data.splice(at..at, part);
            }
            Change::Splice(at, from) => {
                let other = &examples[from % examples.len()];
                data.truncate(place(*at, &data));
                data.extend_from_slice(&other[place(*from, other)..]);
            }
            Change::Say(which, at, piece) => reword(&mut data, *which, |text| {
                let at = at % (text.len() + 1);
                let piece = String::from_utf8_lossy(PIECES[*piece]);
                text.splice(at..at, piece.chars());
            }),
            Change::Unsay(which, at, n) => reword(&mut data, *which, |text| {
                let at = at % (text.len() + 1);
                text.drain(at..(at + n).min(text.len()));
            }),
            Change::Flip(..) | Change::Set(..) => {}
        }
    }
    data
}

/// Gives a target every example as it is, and then changed ones.
fn run(name: &str, cases: u32, target: impl Fn(&[u8])) {
    run_with(name, cases, change(), target);
}

/// The same with these changes.
fn run_with(name: &str, cases: u32, change: impl Strategy<Value = Change>, target: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let examples: Vec<Vec<u8>> = paths.iter().map(|p| std::fs::read(p).unwrap()).collect();
    assert!(!examples.is_empty(), "{} is empty", folder.display());
    examples.iter().for_each(|example| target(example));
    let wanted = std::env::var("TOLKEBOT_FUZZ_CASES");
    let cases = wanted.ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x746f_6c6b_6562_6f74),
        ..ProptestConfig::default()
    });
    let strategy = (any::<u16>(), prop::collection::vec(change, 1..8));
    let result = runner.run(&strategy, |(first, changes)| {
        target(&apply(&examples, usize::from(first), &changes));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{name}: {error}");
    }
}

#[test]
fn messages_of_any_kind_are_survived() {
    run("protocol", 20_000, tolkebot_fuzzing::protocol);
}

#[test]
fn sound_files_of_any_kind_are_survived() {
    run("wav", 8_000, tolkebot_fuzzing::wav);
}

#[test]
fn settings_of_any_kind_are_survived() {
    run("config", 3_000, tolkebot_fuzzing::config);
}

#[test]
fn conversations_of_any_kind_are_survived() {
    run("dialogue", 500, tolkebot_fuzzing::dialogue);
}

/// Changes of any byte leave little that is a conversation at all; the reader of the form gets most of these.
#[test]
fn whatever_is_said_in_a_conversation_is_survived() {
    let (all, read) = (Cell::new(0), Cell::new(0));
    run_with("dialogue", 300, said(), |data| {
        let text = std::str::from_utf8(data).unwrap();
        all.set(all.get() + 1);
        read.set(read.get() + u32::from(Dialogue::from_json(text).is_ok()));
        tolkebot_fuzzing::dialogue(data);
    });
    assert!(
        read.get() * 2 > all.get(),
        "{} of {}",
        read.get(),
        all.get()
    );
}

#[test]
fn signed_documents_of_any_kind_are_survived() {
    run("signed", 2_000, tolkebot_fuzzing::signed);
}

#[test]
fn answers_of_any_kind_are_survived() {
    run("values", 500, tolkebot_fuzzing::values);
}
