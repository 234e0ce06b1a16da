//! What a turn takes back, and whether that is the street in it or something else.

use super::*;

/// Whether every "no" of a turn stands behind this byte: it refuses nothing that was said up to there.
pub(super) fn denies_only_later(u: &Utterance<'_>, byte: usize) -> bool {
    let at = u.word_at(byte);
    let words = u.all_words();
    let first = words
        .iter()
        .position(|w| matches!(*w, "ні" | "нє" | "не" | "nej" | "ikke"));
    first.is_some_and(|no| no >= at)
}

/// Whether a turn puts right what was said before: by a word that begins anew up to this byte, or by naming the mistake.
pub(super) fn puts_right(u: &Utterance<'_>, byte: usize) -> bool {
    let names_it = |w: &str| {
        [
            "переплут",
            "сплут",
            "помил",
            "насправді",
            "замість",
            "виправ",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    let later = denies_only_later(u, byte);
    u.words(0..u.word_at(byte))
        .iter()
        .any(|w| cues::is_restart(w))
        || u.all_words()
            .iter()
            .any(|w| cues::is_restart(w) && !later || names_it(w))
}
