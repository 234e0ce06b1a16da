//! "Børnene har boet hos jer begge indtil nu, og nu er de hos dig hele tiden?": two times in one question.

use super::belief::Heard;
use super::memory::Memory;
use super::replies;
use super::utterance::Utterance;

/// Whether the question told where the children have lived and goes on to where they live now: what is answered is of now.
pub(super) fn are_asked(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let before = words.iter().position(|w| matches!(*w, "boet" | "boede"));
    let Some(before) = before else { return false };
    let rest = &words[before..];
    let both = rest
        .windows(2)
        .position(|w| matches!(w, ["jer", "begge"] | ["begge", "forældre"]));
    both.is_some_and(|at| {
        rest[at..].windows(2).any(|w| {
            matches!(
                w,
                ["nu", "er" | "bor" | "skal" | "bliver"]
                    | ["fremover" | "herefter", "er" | "bor" | "skal" | "bliver"]
            )
        })
    })
}

/// «Так, тільки зі мною»: both halves of the question are right.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let lived = "children[].lived_with_before";
    let mood = replies::reply(u);
    if u.is_staff() || !are_asked(m) || !mood.agreed || mood.objected {
        return;
    }
    if !m.has(lived) {
        m.hear(lived, Heard::new("both", u.evidence(0..0), 0.7));
    }
    let staff = |a: &str, b: &str| m.staff_words.windows(2).any(|w| w[0] == a && w[1] == b);
    let pattern = "children[].residence_pattern";
    let always = staff("hos", "dig") && (staff("hele", "tiden") || staff("kun", "hos"))
        || u.all_words().windows(3).any(|w| {
            matches!(
                w,
                ["тільки" | "лише" | "лиш", "зі" | "зо", "мною"]
                    | ["тільки" | "лише", "у" | "в", "мене"]
            )
        });
    if always && !m.has(pattern) {
        let heard = Heard::new("mostly_reporter", u.evidence(0..0), 0.7);
        m.hear(pattern, heard);
    }
}
