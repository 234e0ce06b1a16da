//! What short answers about the doctor mean, and which are none.

use super::facts::{Fact, Hit};
use super::memory::Memory;

/// «А плакат, до речі, залишу» when nobody asks any more; «Ні, у будинку свій лікар» to whether the old one is kept.
pub(super) fn no_answer(m: &Memory, words: &[&str], hit: &Hit) -> bool {
    if hit.row.asked.is_empty() {
        return false;
    }
    let keep = hit.row.fact == Fact::Text("keep");
    let settled = keep && m.has("gp.clinic_name") && m.asked.questions().next().is_none();
    let keeps = words[hit.words.clone()].iter().any(|w| {
        ["лиш", "залиш", "трима", "не"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let refused = keep && m.objected && asks_to_keep(m) && !keeps;
    settled || refused
}

/// "Bliver hun hos den, hun har?", "vil du beholde lægen?"
pub(super) fn asks_to_keep(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let stays = words
        .windows(3)
        .any(|w| matches!(w[0], "bliver" | "blive" | "bliv") && w[1..].contains(&"hos"));
    let keeps = words
        .iter()
        .any(|w| matches!(*w, "beholde" | "beholder" | "behold" | "fortsætte"));
    let changes = words
        .iter()
        .any(|w| matches!(*w, "skifte" | "skifter" | "ny" | "nye" | "anden"));
    (stays || keeps) && !changes
}
