//! What is told of the new home in people's own words: whose it is, who else is there and stays, who lets it, and what
//! becomes of the host's declaration. Each part only fills what nothing else in the turn has told.

mod answered;
mod consent;
mod declared;
mod holder;
mod household;
mod kind;
mod kinds;
mod landlord;
mod lease;
mod lessors;
mod paper;
mod rooms;
mod start;
mod there;
mod until;

pub(super) use lessors::only_they_rent;

use std::ops::Range;

use serde_json::Value;

use super::belief::Heard;
use super::memory::Memory;
use super::utterance::Utterance;

/// Reads one turn, after everything that knows the matter more exactly.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    landlord::read(m, u);
    rooms::read(m, u);
    kind::read(m, u);
    kinds::read(m, u);
    household::read(m, u);
    there::read(m, u);
    answered::read(m, u);
    holder::read(m, u);
    paper::read(m, u);
    lease::read(m, u);
    start::read(m, u);
    until::read(m, u);
    consent::read(m, u);
    declared::read(m, u);
}

/// Some word begins with one of the stems.
fn starts(words: &[&str], stems: &[&str]) -> bool {
    words.iter().any(|w| begins(w, stems))
}

fn begins(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

fn has(words: &[&str], list: &[&str]) -> bool {
    words.iter().any(|w| list.contains(w))
}

/// The words of the employee's turn that is answered.
fn question(m: &Memory) -> Vec<&str> {
    m.staff_words.iter().map(String::as_str).collect()
}

/// Takes a value that nothing else has told.
fn fill(m: &mut Memory, u: &Utterance<'_>, key: &str, value: impl Into<Value>, at: Range<usize>) {
    if !m.has(key) {
        m.hear(key, Heard::new(value, u.evidence_of_words(&at), 0.7));
    }
}

/// The same, to be asked about.
fn suppose(
    m: &mut Memory,
    u: &Utterance<'_>,
    key: &str,
    value: impl Into<Value>,
    at: Range<usize>,
) {
    if !m.has(key) {
        let heard = Heard::new(value, u.evidence_of_words(&at), 0.6);
        m.hear(key, heard.unsure(true));
    }
}

const HOMES: [&str; 14] = [
    "хат",
    "дім",
    "дом",
    "будин",
    "буди",
    "квартир",
    "вілл",
    "хутір",
    "хутор",
    "житл",
    "котедж",
    "таунхаус",
    "помешкан",
    "ферм",
];

fn home(word: &str) -> bool {
    begins(word, &HOMES)
        && !begins(
            word,
            &[
                "дома",
                "домовл",
                "домов",
                "будильник",
                "будинків",
                "домофон",
            ],
        )
}
