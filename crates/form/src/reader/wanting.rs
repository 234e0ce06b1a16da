//! Papers that the employee still wants: "har du kontrakten med" – «лишилась удома» – "så send den inden den femte".

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// Reads an employee's turn that sends for a paper by nothing but a pronoun: the one asked for just before.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        let names = u.all_words().iter().any(|w| {
            ["догов", "контракт", "угод"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        if names {
            m.lease_named = m.turns;
        }
        return;
    }
    let words = u.all_words();
    // "Send et billede" alone is another way to hand it in; "den mangler, send et billede" says what is missing.
    // "Skriv under på erklæringen, så slipper vi for at sende den": another paper.
    let other = words.iter().any(|w| w.contains("erklæring"))
        && !words
            .iter()
            .any(|w| w.starts_with("kontrakt") || w.starts_with("leje"));
    if other {
        return;
    }
    let picture = words
        .iter()
        .any(|w| w.starts_with("kopi") || w.starts_with("billede"))
        && !words.contains(&"mangler");
    if picture || !sends_for(&words) {
        return;
    }
    let named = words
        .windows(3)
        .any(|w| w[0].starts_with("kontrakt") && w[1] == "skal" && matches!(w[2], "jeg" | "vi"));
    match asked_paper(m).or(named.then_some("lease")) {
        Some("lease") => {
            let key = "dwelling.lease_document";
            if m.text_is_now(key, "shown") || m.text_is_now(key, "copy") {
                return;
            }
            let act = if m.has(key) { Act::Correct } else { Act::Say };
            m.hear(key, Heard::new("missing", u.evidence(0..0), 0.75).act(act));
        }
        Some(paper) => {
            m.shown.retain(|(known, _)| *known != paper);
            if !m.missing.iter().any(|(known, _)| *known == paper) {
                m.missing.push((paper, u.evidence(0..0)));
            }
        }
        None => {}
    }
}

/// The paper that the citizen was asked for, or spoke of, in the turn before.
fn asked_paper(m: &Memory) -> Option<&'static str> {
    let asked = m.context();
    if asked.asks(Topic::Lease) || m.lease_named > 0 && m.lease_named + 1 == m.turns {
        Some("lease")
    } else if asked.asks(Topic::Permit) {
        Some("residence_permit")
    } else {
        None
    }
}

/// "Den mangler altså", "så send den inden fredag", "kom med det senest den tolvte".
pub(super) fn sends_for(words: &[&str]) -> bool {
    let it = |w: &str| matches!(w, "den" | "det" | "dem");
    words.windows(2).enumerate().any(|(at, w)| {
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        let after = words.get(at + 2).copied().unwrap_or("");
        match w {
            [a, "mangler"] if it(a) => after != "ikke",
            ["mangler", b] if it(b) => true,
            [
                "send" | "sende" | "eftersend" | "eftersende" | "indsend" | "aflever" | "aflevere",
                b,
            ] if it(b) => !matches!(before, "jeg" | "vi"),
            ["med", b] if it(b) => matches!(before, "kom" | "komme" | "forbi"),
            [a, "med"] if it(a) => matches!(before, "tag" | "tage" | "få" | "have"),
            ["mangler", "jeg" | "vi"] => it(after),
            // "jeg skal have den senest den første marts"
            ["have", b] if it(b) => matches!(after, "senest" | "inden"),
            _ => false,
        }
    })
}

/// A day beside such words is the day by which the paper is to be there.
pub(super) fn names_the_day(u: &Utterance<'_>) -> bool {
    u.is_staff() && sends_for(&u.all_words())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sends(text: &str) -> bool {
        sends_for(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn papers_are_sent_for_by_a_pronoun() {
        assert!(sends(
            "den mangler altså kan du sende den inden den tredje juni"
        ));
        assert!(sends("så mangler den kan den være her på fredag"));
        assert!(sends("så mangler jeg det kom med det senest den tolvte"));
        assert!(!sends("så mangler jeg kun dit telefonnummer"));
        assert!(!sends("så sender jeg den til dig"));
        assert!(!sends("den mangler ikke"));
    }
}
