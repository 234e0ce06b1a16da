//! A whole name beside which stands whose home it is, whatever was asked: «Тут син винаймає, Харлам Васюта», «у дівчини,
//! Фріда Гольм, вона наймачка», «до батька друга, його звати Петер Енгольм».

use super::context;
use crate::reader::host_told::owns;
use crate::reader::memory::{Memory, Place};
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;
use crate::reader::whole_names::Whole;

/// Without signs only so many words around the name belong to it.
const NEAR: usize = 7;

/// The name of whoever's home it is, among those of the turn.
pub(super) fn told(m: &Memory, u: &Utterance<'_>, names: Vec<Whole>) -> Option<Whole> {
    let elsewhere = [
        Topic::OldAddress,
        Topic::Remaining,
        Topic::Doctor,
        Topic::WhoMoves,
        Topic::HowMany,
        Topic::Name,
        Topic::Custody,
        Topic::OtherParentName,
        Topic::OtherParentAgrees,
    ];
    // Of whom a home is rented as a whole is asked for the contract's sake.
    let lessor = m.staff_words.iter().any(|w| w.starts_with("udlej"));
    let old = m.place == Some(Place::Old) && m.asked.asks(Topic::CurrentAddress);
    if m.mover != 0 || lessor || old || m.asked.asks_any(&elsewhere) {
        return None;
    }
    let lodging = context::lodges(&u.all_words());
    names
        .into_iter()
        .find(|name| holds(u, name) || lodging && called(u, name))
}

/// «…, його звати Петер Енгольм»
fn called(u: &Utterance<'_>, name: &Whole) -> bool {
    let before = u.words(name.words.start.saturating_sub(2)..name.words.start);
    matches!(
        before.as_slice(),
        ["його" | "її", "звати" | "звуть"] | ["звати" | "звуть", "його" | "її"]
    )
}

/// «вона наймачка», «син винаймає», «власник», right beside the name and of no home before.
fn holds(u: &Utterance<'_>, name: &Whole) -> bool {
    let Some(sentence) = u.sentence_at(name.given_at.start) else {
        return false;
    };
    let (from, to) = if u.written {
        (sentence.words.start, sentence.words.end)
    } else {
        (
            name.words.start.saturating_sub(NEAR),
            (name.words.end + NEAR).min(u.word_tokens.len()),
        )
    };
    let (before, behind) = (
        u.words(from..name.words.start),
        u.words(name.words.end.min(to)..to),
    );
    let other = before.iter().chain(&behind).any(|w| {
        [
            "раніше",
            "колись",
            "стар",
            "попередн",
            "колишн",
            "приватн",
            "досі",
            "поїха",
            "виїха",
            "помер",
            "продає",
            "продав",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
            || matches!(*w, "жила" | "жив" | "жили" | "звідти" | "іншому")
    });
    !other && (owns(&before) || owns(&behind))
}
