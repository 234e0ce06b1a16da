//! Floors and doors that the employee's question offers to choose from: "hvilken etage – stuen, første sal, anden sal?",
//! "til venstre, til højre, midtfor?" None of them has been told yet.

use super::*;

/// Words between an "eller" and what it offers.
const BESIDE: usize = 3;

/// Whether a part of an address is one of several in a question.
pub(super) fn is_choice(u: &Utterance<'_>, hit: &Found<Address>) -> bool {
    if !u.is_staff() || hit.value.street.is_some() {
        return false;
    }
    let Some(sentence) = u.sentence_at(hit.span.start) else {
        return false;
    };
    let (first, last) = (u.word_at(hit.span.start), u.word_at(hit.span.end));
    let words = u.words(sentence.words.clone());
    let before = u.words(sentence.words.start..first);
    let asks_which = before
        .iter()
        .any(|w| matches!(*w, "hvilken" | "hvilket" | "hvad"))
        && before.iter().any(|w| {
            ["etage", "sal", "dør", "side", "bor"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    let kind = |a: &Address| (a.floor.is_some(), a.door.is_some());
    let alike = u.addresses().iter().filter(|other| {
        other.value.street.is_none()
            && kind(&other.value) == kind(&hit.value)
            && sentence.bytes.contains(&other.span.start)
    });
    let several = alike.count() > 1;
    let or = words.iter().enumerate().any(|(at, w)| {
        let at = at + sentence.words.start;
        *w == "eller" && at + BESIDE >= first && at < last + BESIDE
    });
    let sides = ["venstre", "højre", "midtfor", "midten"]
        .iter()
        .filter(|side| words.contains(side))
        .count();
    let either_side = hit.value.door.is_some() && hit.value.floor.is_none() && sides > 1;
    let parts = hit.value.floor.is_some() || hit.value.door.is_some();
    parts
        && hit.value.number.is_none()
        && (either_side || asks_which && sentence.question || several && (or || sentence.question))
}
