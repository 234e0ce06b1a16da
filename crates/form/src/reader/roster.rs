//! Questions that go round the family at the counter: "hvem er I?", "hvad hedder I tre?", "fulde navne", "og de andre?".
//! Whoever is named in answer stands there to move.

use tolkebot_protocol::Lang;

use super::kin::{Kin, kin};
use super::memory::Memory;

/// Whether the employee asks for all of them.
pub(super) fn is_asked(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let who = words.windows(3).any(|w| {
        matches!(
            w,
            [
                "hvem",
                "er" | "var",
                "i" | "vi" | "de" | "alle" | "familien" | "det" | "hvem"
            ] | ["hvem", "har", "vi"]
                | ["med", "hvem", "og"]
        )
    }) || matches!(
        words.as_slice(),
        ["vi"] | ["med", "hvem"] | ["og", "hvem", "er", ..]
    );
    // "Hedder I alle tre Dovhan?" asks for no given names.
    let called = words
        .windows(3)
        .any(|w| matches!(w, ["hvad", "hedder", "i" | "de"]));
    let names = words
        .windows(2)
        .any(|w| matches!(w, ["fulde", "navne"] | ["jeres", "navne"] | ["navne", "på"]))
        || words.as_slice() == ["navne"]
        || words.last() == Some(&"navne");
    let rest = has(&["øvrige", "resten", "flokken"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["de", "andre" | "to" | "tre" | "fire" | "fem" | "seks"]));
    // Of those who live in a home, old or new, and of whoever lets it.
    let home = has(&[
        "bor",
        "boede",
        "boet",
        "bliver",
        "blev",
        "tilbage",
        "hos",
        "gamle",
        "lejligheden",
        "ejer",
        "udlejer",
        "registreret",
        "tilmeldt",
        "kontakt",
        "forældremyndighed",
        "forældremyndigheden",
    ]);
    // "Hvem er de tre andre?" is taken for children, and names no relative.
    let relative = match m.asked.kin() {
        Some(Kin::Children) => !rest || words.iter().any(|w| kin(w, Lang::Da).is_some()),
        asked => asked.is_some(),
    };
    (who || called || names || rest) && !home && m.mover == 0 && !relative
}
