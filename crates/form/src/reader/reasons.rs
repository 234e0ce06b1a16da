//! Why somebody reports late, what a power of attorney covers, and the name of a home that has one.
//!
//! The form wants a few words in Danish. Reasons that people give again and again have a wording here; another
//! reason is written by the employee.

use super::belief::{Act, Heard};
use super::memory::{Memory, Place};
use super::topic::Topic;
use super::utterance::Utterance;

/// Reads reason, scope and name of the place.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    late(m, u);
    scope(m, u);
    named_home(m, u);
}

/// «Думав, начальник усе зробить», «на феріє був».
fn late(m: &mut Memory, u: &Utterance<'_>) {
    let key = "late_reason";
    let asked = m.asked.asks(Topic::LateReason)
        || m.staff_words
            .iter()
            .any(|w| w == "hvorfor" || w == "forsinket" || w == "fristen");
    if u.is_staff() || !asked || m.has(key) {
        return;
    }
    let words = u.all_words();
    let any = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let thought = any(&[
        "думав",
        "думала",
        "думали",
        "гадав",
        "гадала",
        "вважав",
        "вважала",
    ]) || words.windows(2).any(|w| {
        matches!(
            w,
            ["був" | "була", "певен" | "певна" | "впевнен" | "впевнена"]
        )
    }) || any(&["казав", "казала", "обіця"]);
    let reason = if thought
        && any(&[
            "начальник",
            "робот",
            "шеф",
            "фірм",
            "завод",
            "компан",
            "бос",
        ]) {
        "Troede, at arbejdsgiveren meldte flytningen"
    } else if thought && any(&["хазя", "господар", "орендодав", "власни"])
    {
        "Troede, at udlejeren meldte flytningen"
    } else if thought && any(&["боргер", "borger", "сайт", "надісла", "відправ", "послал"])
    {
        "Troede, at anmeldelsen på borger.dk var sendt"
    } else if any(&["відпустц", "відпустк", "канікул", "фері", "море", "морі"])
    {
        "Var på ferie"
    } else if any(&["хворі", "хвора", "хворий", "захвор", "лікарн", "операц"])
    {
        "Var syg"
    } else {
        return;
    };
    m.hear(key, Heard::new(reason, u.evidence(0..0), 0.6).unsure(true));
}

/// "Den gælder anmeldelse af flytning", «довіреність на переїзд».
fn scope(m: &mut Memory, u: &Utterance<'_>) {
    let key = "poa.scope";
    if !m.has("poa.used") || m.has(key) {
        return;
    }
    let words = u.all_words();
    let attorney =
        |w: &str| w.starts_with("fuldmagt") || w.starts_with("довірен") || w == "den" || w == "det";
    let covers = if u.is_staff() {
        words.iter().any(|w| w.starts_with("flytning"))
            && words.iter().any(|w| {
                matches!(
                    *w,
                    "gælder" | "omfatter" | "dækker" | "anmeldelse" | "anmelde"
                )
            })
            && words.iter().any(|w| attorney(w))
    } else {
        words.iter().any(|w| w.starts_with("довірен"))
            && words.iter().any(|w| {
                ["переїзд", "переїх", "адрес", "прописк"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            })
            && words.iter().any(|w| matches!(*w, "на" | "щоб" | "для"))
    };
    if covers {
        let heard = Heard::new("Anmeldelse af flytning", u.evidence(0..0), 0.6);
        m.hear(key, heard.unsure(true));
    }
}

/// "Plejecentret Solkrogen, Johannes …", "Skjoldhøjkollegiet": a home with a name of its own.
fn named_home(m: &mut Memory, u: &Utterance<'_>) {
    let key = "to.location_name";
    let old = m.place == Some(Place::Old) && m.guessed != m.place;
    if !u.is_staff() || !u.written || old {
        return;
    }
    let count = u.word_tokens.len();
    let capital = |at: usize| at < count && u.token(at).capital;
    let glued = |at: usize| at > 0 && at < count && u.word_tokens[at] == u.word_tokens[at - 1] + 1;
    for at in 0..count {
        let word = u.token(at).text.as_str();
        let first = u.sentences.iter().any(|s| s.words.start == at);
        let kind = [
            "plejecent",
            "plejehjem",
            "ældrecent",
            "bostedet",
            "botilbuddet",
            "krisecent",
        ]
        .iter()
        .any(|stem| word.starts_with(stem));
        let range = if kind && capital(at + 1) && glued(at + 1) {
            at + 1..at + 2
        } else if word == "kollegiet" && at > 0 && capital(at) && capital(at - 1) && glued(at) {
            // "P.O. Pedersen Kollegiet"
            let initial = |at: usize| {
                let token = u.token(at);
                let dot = u.tokens.get(u.word_tokens[at] + 1);
                token.capital
                    && token.text.chars().count() <= 2
                    && dot.is_some_and(|t| t.is_sign('.'))
            };
            let mut from = at - 1;
            while from > 0 && initial(from - 1) {
                from -= 1;
            }
            from..at + 1
        } else if word.ends_with("kollegiet") && word.len() > 12 && capital(at) && !first {
            at..at + 1
        } else {
            continue;
        };
        let span = u.bytes(&range);
        let old = m.text("from.town").is_some() && m.asked_before.asks(Topic::OldAddress);
        let Some(name) = u.said.get(span.clone()).filter(|_| !old) else {
            continue;
        };
        let act = if m.has(key) { Act::Correct } else { Act::Say };
        let heard = Heard::new(name.to_owned(), u.evidence(span), 0.6);
        m.hear(key, heard.unsure(true).act(act));
        return;
    }
}
