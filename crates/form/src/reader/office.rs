//! The office's own telephone, e-mail and address: told to the citizen, and never the citizen's.

use std::ops::Range;

use super::utterance::Utterance;

/// "Du kan ringe til borgerservice på …", "send det til os på …": where an employee tells the citizen to turn to.
pub(super) fn tells_where(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let Some(sentence) = u.sentence_at(span.start) else {
        return false;
    };
    let to = u.word_at(span.start).max(sentence.words.start);
    let words = u.words(sentence.words.start..to);
    let office = words.iter().any(|w| {
        matches!(*w, "os" | "vores" | "lægen" | "klinikken")
            || [
                "borgerservice",
                "kommune",
                "folkeregist",
                "styrelse",
                "siri",
                "politi",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    // "Må borgerservice ringe til dig på …?"
    let yours = words
        .iter()
        .any(|w| matches!(*w, "dig" | "jer" | "dit" | "din" | "jeres"));
    // "Du kan bare ringe på …, hvis det driller."
    let invited = !sentence.question
        && words.windows(2).any(|w| w == ["du", "kan"])
        && words
            .iter()
            .any(|w| matches!(*w, "ringe" | "skrive" | "maile"));
    u.is_staff() && (office || invited) && !yours
}

/// The part before the @ is an office's: "borgerservice@…", "post@…".
pub(super) fn is_office(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or("");
    ["borgerservice", "folkeregist", "kommune", "kontakt"]
        .iter()
        .any(|stem| local.starts_with(stem))
        || matches!(local, "post" | "info" | "mail")
}

/// "Du får en tid på …", "du skal komme igen på …": where an employee tells the citizen to come or to send something.
pub(super) fn summons(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let Some(sentence) = u.sentence_at(span.start).filter(|s| !s.question) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let time = words.windows(2).any(|w| {
        w == ["en", "tid"] || w == ["komme", "igen"] || w == ["kom", "igen"] || w == ["møde", "op"]
    });
    let goes = has(&["hente", "hent", "aflevere", "aflever"])
        || has(&["sende", "send"]) && has(&["du", "i", "papirerne", "kopien", "blanketten"]);
    let lives = words.iter().any(|w| {
        [
            "flyt",
            "bor",
            "bo",
            "boet",
            "adresse",
            "lejlighed",
            "nøgle",
            "nøgler",
        ]
        .contains(w)
            || w.starts_with("flytt")
            || w.starts_with("nøgle")
            || w.starts_with("adresse")
    });
    let we = has(&["vi", "jeg", "dig", "jer"]);
    u.is_staff() && !lives && (time || goes && !we || has(&["borgerservice", "siri", "rådhuset"]))
}
