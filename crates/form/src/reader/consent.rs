//! Whether the host has signed the declaration: what is asked in one turn and answered in the next, and what is said
//! of "den" once the declaration was named.

use super::belief::{Act, Heard};
use super::host_names::{declares, of_parent};
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "host.consent_status";

/// Noted when the host signs in front of the employee: that is no paper that somebody brought.
pub(super) const SIGNED_HERE: &str = "host.signed_here";

/// For so many turns "den" may be the declaration.
const SPOKEN_OF: usize = 4;

/// Reads what a turn says about the declaration.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        staff(m, u);
    } else {
        citizen(m, u);
    }
}

fn staff(m: &mut Memory, u: &Utterance<'_>) {
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        // "En erklæring" alone is a host's only where somebody takes the citizen in.
        let host = m.host.is_some() || m.text_is("dwelling.others_registered", true);
        let whole = words.iter().any(|w| w.starts_with("logi"));
        let of_host = declares(&words) && (host || whole);
        // "Det er udfyldt af Lone Kjær", and a turn later "og hun har skrevet under".
        let filled_in = host && words.windows(2).any(|w| matches!(w, ["udfyldt", "af"]));
        if filled_in {
            m.declaration_turn = Some(m.turns);
        }
        let named = (of_host || signs_that_one_lives_there(&words)) && !of_parent(&words);
        if named {
            m.declaration_turn = Some(m.turns);
        }
        let recent = m
            .declaration_turn
            .is_some_and(|turn| turn + SPOKEN_OF >= m.turns);
        if !recent || of_parent(&words) {
            continue;
        }
        // "Den er jo underskrevet": of the declaration that was just spoken of.
        let just = named || m.declaration_turn.is_some_and(|turn| turn + 2 >= m.turns);
        // "Skriver du under som logivært her? Tak, så har vi den."
        let given = named && requests(&words) && takes_it(u, sentence);
        if given {
            m.note(SIGNED_HERE, "", u.evidence(sentence.bytes.clone()));
        }
        if given || !sentence.question && just && is_signed(&words) {
            hear(m, u, sentence, "signed");
        } else if (named && requests(&words) || !sentence.question && passes_on(&words))
            && !m.has(KEY)
        {
            hear(m, u, sentence, "requested");
        }
    }
}

/// Thanks for it in the same breath: whoever was asked has done it there and then.
fn takes_it(u: &Utterance<'_>, asked: &Sentence) -> bool {
    u.sentences
        .iter()
        .filter(|s| s.words.start >= asked.words.end && !s.question)
        .any(|s| {
            let words = u.words(s.words.clone());
            words.first() == Some(&"tak")
                && words.windows(3).any(|w| {
                    matches!(
                        w,
                        ["har" | "fik", "vi" | "jeg", "den" | "det"]
                            | ["den" | "det", "er", "underskrevet"]
                    )
                })
        })
}

/// "Vil han skrive under på, at du bor der?"
fn signs_that_one_lives_there(words: &[&str]) -> bool {
    let signs = words
        .windows(2)
        .any(|w| matches!(w[0], "skrive" | "skriver" | "skrevet") && w[1] == "under");
    signs
        && words
            .windows(3)
            .any(|w| matches!(w, ["at" | "på", "du" | "i" | "han" | "hun" | "de", "bor"]))
}

fn is_signed(words: &[&str]) -> bool {
    let signed = words.iter().position(|w| {
        matches!(*w, "underskrevet" | "udfyldt") || *w == "skrevet" && words.contains(&"under")
    });
    let Some(at) = signed else { return false };
    let is = words[..at].iter().any(|w| matches!(*w, "er" | "har"));
    let of_other = words.iter().any(|w| {
        [
            "fuldmagt", "kontrakt", "leje", "aftale", "samtykke", "skøde", "papir",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    is && !of_other
        && !words.iter().any(|w| {
            matches!(
                *w,
                "skal" | "ikke" | "når" | "hvis" | "bliver" | "mangler" | "inden"
            )
        })
}

/// "Så skal Vira have en logiværtserklæring", "… så vi kan sende ham en erklæring?"
fn requests(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let gets = has(&["skal", "må", "lige"]) && has(&["have", "få", "modtage"]);
    let sends = has(&["sende", "sender", "mailer", "skriver"]);
    let there = has(&["udfyldt", "underskrevet", "hvem", "stå"]);
    (gets || sends) && !there && !has(&["hvis", "ikke"])
}

/// "Jeg sender den til Louise Bang."
fn passes_on(words: &[&str]) -> bool {
    words
        .windows(3)
        .any(|w| matches!(w, ["sender", "den", "til"] | ["sende", "den", "til"]))
        || words
            .windows(4)
            .any(|w| matches!(w, ["sender", "jeg" | "vi", "den", "til"]))
}

fn citizen(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.declaration_turn.is_some_and(|turn| turn + 1 == m.turns);
    // "… og er faren enig?", "har du kontrakten?": of another paper.
    let other = m.asked.asks_any(&[
        Topic::OtherParentAgrees,
        Topic::Custody,
        Topic::SixWeeks,
        Topic::PowerOfAttorney,
        Topic::Lease,
    ]);
    if !asked || other {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let start = |stems: &[&str]| {
            words
                .iter()
                .position(|w| stems.iter().any(|stem| w.starts_with(stem)))
        };
        if start(&["відмовля", "відмовив", "відмовил"]).is_some() {
            hear(m, u, sentence, "refused");
            return;
        }
        // «Не підпише», «підписувати не буде»
        let signs = start(&["підпис"]);
        if let Some(at) = signs {
            let around = &words[at.saturating_sub(2)..(at + 4).min(words.len())];
            let will_not = around.windows(2).any(|w| {
                w[0] == "не"
                    && (matches!(
                        w[1],
                        "буде" | "хоче" | "хочуть" | "збирається" | "підпише" | "підпишуть"
                    ) || w[1].starts_with("підписуват"))
            });
            if will_not {
                hear(m, u, sentence, "refused");
                return;
            }
        }
        let done = words.iter().position(|w| {
            matches!(
                *w,
                "підписав"
                    | "підписала"
                    | "підписали"
                    | "підписана"
                    | "підписано"
                    | "заповнив"
                    | "заповнила"
                    | "заповнили"
                    | "заповнена"
            )
        });
        let Some(at) = done else { continue };
        let denied = words[at.saturating_sub(3)..at].iter().any(|w| {
            matches!(
                *w,
                "не" | "ще" | "би" | "б" | "щоб" | "якби" | "контракт" | "договір"
            )
        });
        if !denied && !sentence.question {
            hear(m, u, sentence, "signed");
            return;
        }
    }
}

fn hear(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, value: &str) {
    if m.text(KEY) == Some(value) && value == "requested" {
        return;
    }
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.75);
    m.hear(KEY, heard.act(act));
}

/// "Er faren enig?", "har moren skrevet under?": a yes or no is the other parent's.
pub(super) fn asks_consent(staff: &[String]) -> bool {
    staff.iter().any(|w| {
        w.starts_with("enig")
            || w.starts_with("accepter")
            || w.starts_with("samtykke")
            || matches!(w.as_str(), "under" | "indforstået" | "lov" | "okay" | "på")
    }) && !staff
        .iter()
        .any(|w| matches!(w.as_str(), "imod" | "hvis" | "hvad"))
}
