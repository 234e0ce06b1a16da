//! Whether a move is spoken of as past or ahead.

use super::*;

/// "Hvornår flyttede du?" takes the move for past, "hvornår flytter du?" does not.
pub(super) fn asked_tense(words: &[&str]) -> Option<Tense> {
    let past = |w: &&str| {
        matches!(
            *w,
            "flyttede" | "flyttet" | "sov" | "overnattede" | "rykkede" | "overtog" | "kom"
        )
    };
    let ahead = |w: &&str| matches!(*w, "flytter" | "flytte" | "sover" | "rykker" | "overtager");
    if words.iter().any(past) {
        Some(Tense::Past)
    } else if words.iter().any(ahead) {
        Some(Tense::Future)
    } else {
        None
    }
}

/// «Ще ні», «переїдемо», «уже живемо».
pub(super) fn told_tense(words: &[&str]) -> Option<Tense> {
    let not_yet = words.windows(2).any(|w| matches!(w, ["ще", "ні" | "не"]));
    let starts = |stems: &[&str]| {
        words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    if not_yet
        || starts(&[
            "переїдемо",
            "переїду",
            "переїжджаємо",
            "переїжджаю",
            "перебираємо",
            "перебираюс",
            "переберемос",
            "переберус",
            "переселяєм",
            "переселяюс",
            "вселяєм",
            "вселяюс",
        ])
    {
        Some(Tense::Future)
    } else if starts(&[
        "переїхал",
        "переїхав",
        "перебрал",
        "перебрав",
        "заселил",
        "заселив",
        "переселил",
        "переселив",
        "вселил",
        "вселив",
        "переспал",
        "переспав",
    ]) {
        Some(Tense::Past)
    } else {
        None
    }
}
