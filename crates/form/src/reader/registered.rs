//! Who is known to be registered in the new home, and questions about still others.

use super::belief::Heard;
use super::facts::{self, Fact};
use super::memory::Memory;
use super::utterance::Utterance;

/// "Er der andre end jer to?" – «Нікого.»: nobody besides those who are known to be registered there.
pub(super) fn besides(m: &Memory, hit: &facts::Hit) -> bool {
    matches!(
        hit.row.key,
        "dwelling.others_registered" | "dwelling.others_stay"
    ) && hit.row.fact == Fact::No
        && others_known(m)
}

/// Somebody is known to be registered there, and the question is about still others.
pub(super) fn others_known(m: &Memory) -> bool {
    let staff = &m.staff_words;
    let others = staff.iter().any(|w| w == "andre" || w == "flere");
    let besides = staff.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("andre" | "flere", "end") | ("ud", "over") | ("sammen", "med")
        )
    });
    m.text_is("dwelling.others_registered", true) && others && besides
}

/// «Я там уже з січня зареєстрована» of who reports for husband or wife: others are registered there and stay.
pub(super) fn reporter_is_registered(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let me = words
        .windows(2)
        .any(|w| matches!(w, ["я", "там" | "тут" | "вже" | "уже"]));
    let registered = words.iter().any(|w| {
        ["зареєстрован", "прописан", "записан"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if u.is_staff() || m.mover == 0 || !me || !registered || words.contains(&"не") {
        return;
    }
    for key in ["dwelling.others_registered", "dwelling.others_stay"] {
        if !m.has(key) {
            m.hear(key, Heard::new(true, u.evidence(0..0), 0.7));
        }
    }
}
