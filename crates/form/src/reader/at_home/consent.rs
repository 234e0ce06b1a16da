//! The host's declaration without its name: "jeg skriver til hende", "så får Mads et brev", "Har hun sat sit navn på
//! noget?" – «Підписала, ось»; and where none is needed.

use super::{begins, has, question, starts};
use crate::reader::belief::{Act, Heard};
use crate::reader::host_names::{declares, of_parent};
use crate::reader::memory::Memory;
use crate::reader::sentences::Sentence;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "host.consent_status";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        staff(m, u);
    } else {
        citizen(m, u);
    }
}

pub(super) fn hear(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, value: &str) {
    if m.text(KEY) == Some(value) {
        return;
    }
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.7);
    m.hear(KEY, heard.act(act));
}

/// Somebody takes the citizen in, as far as has been told.
pub(super) fn taken_in(m: &Memory) -> bool {
    m.text("case.move_type") != Some("to_abroad")
        && (m.host.is_some()
            || m.declaration
            || m.text_is("dwelling.others_registered", true)
            || !m.of_host.is_empty()
            || m.has("host.role")
            || m.text("dwelling.type") == Some("room"))
}

fn staff(m: &mut Memory, u: &Utterance<'_>) {
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if of_other_paper(&words) {
            continue;
        }
        if needs_none(&words) && !sentence.question {
            hear(m, u, sentence, "not_needed");
            return;
        }
        let of_statement = m
            .heard_before
            .iter()
            .any(|k| k.starts_with("children[].other_parent"));
        if !taken_in(m) || of_statement || of_parent(&words) && m.children_spoken_of || m.has(KEY) {
            continue;
        }
        if !sentence.question
            && has(&words, &["afvist", "afslået", "nægter"])
            && has(&words, &["han", "hun", "værten", "ejeren"])
        {
            hear(m, u, sentence, "refused");
            return;
        }
        if writes_to(u, sentence) || hears_from(&words) {
            hear(m, u, sentence, "requested");
            return;
        }
    }
}

pub(super) fn of_other_paper(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "fuldmagt",
            "samtykke",
            "forælder",
            "forældre",
            "kontrakt",
            "lejekontrakt",
            "læge",
            "kort",
            "sygesikring",
            "sundhedskort",
            "pas",
            "skole",
            "kode",
            "cpr",
        ],
    )
}

/// "Så skal vi ikke bruge nogen logiværtserklæring", "han behøver ikke bekræfte noget", "så spørger vi dem ikke".
fn needs_none(words: &[&str]) -> bool {
    let not = words
        .iter()
        .position(|w| matches!(*w, "ikke" | "ingen" | "hverken"));
    let Some(not) = not else { return false };
    let paper =
        declares(words) || starts(words, &["bekræft", "logi"]) || has(words, &["erklære", "vært"]);
    // "Hun skal svare på den, og det er kun dig, der flytter, ikke?": what is needed stands by the "ikke".
    let need = starts(
        &words[not.saturating_sub(5)..words.len().min(not + 6)],
        &["skal", "behøv", "nødvendig", "brug", "kræv", "slipper"],
    );
    let open =
        has(words, &["endnu", "hvis", "når", "før", "glem", "glemme"]) || starts(words, &["mangl"]);
    let asks_not = words.windows(3).any(|w| {
        w[0].starts_with("spørg")
            && matches!(w[1], "vi" | "jeg")
            && matches!(w[2], "dem" | "ham" | "hende")
    }) && words
        .get(not.saturating_sub(1))
        .is_some_and(|w| matches!(*w, "dem" | "ham" | "hende"));
    (paper && need || asks_not) && !open
}

/// A word that stands for the host: a pronoun or a name of the sentence.
fn is_somebody(u: &Utterance<'_>, word: usize) -> bool {
    let token = u.token(word);
    let text = token.text.as_str();
    matches!(
        text,
        "ham"
            | "hende"
            | "dem"
            | "han"
            | "hun"
            | "mor"
            | "far"
            | "værten"
            | "ejeren"
            | "udlejeren"
            | "udlejer"
            | "bedstefar"
            | "bedstemor"
            | "svigerfar"
            | "svigermor"
            | "firmaet"
    ) || u.written && token.capital && word > 0 && !matches!(text, "i" | "de" | "dem" | "deres")
        || u.names().iter().any(|n| n.span.contains(&token.span.start))
}

/// "Jeg skriver til hende", "så sender vi et brev til Vilfred", "vi sender Herasym en erklæring", "så spørger vi Uliana".
fn writes_to(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let words = u.words(sentence.words.clone());
    if has(&words, &["ikke", "hvis", "dig", "jer"]) || starts(&words, &["kopi", "regning"]) {
        return false;
    }
    let us = |w: &str| matches!(w, "jeg" | "vi");
    let Some(verb) = words.iter().position(|w| {
        begins(
            w,
            &[
                "sender", "sende", "skriver", "skrive", "mailer", "spørger", "spørge",
            ],
        )
    }) else {
        return false;
    };
    if !words.iter().any(|w| us(w)) {
        return false;
    }
    let asks = begins(words[verb], &["spørg"]);
    let sends = begins(words[verb], &["send", "mail"]);
    (verb + 1..words.len().min(verb + 9)).any(|at| {
        if !is_somebody(u, sentence.words.start + at) {
            return false;
        }
        let before = words[at - 1];
        let near = at <= verb + 2 && (at == verb + 1 || us(words[verb + 1]));
        // "Jeg sender hende et brev", not "jeg sender hende videre".
        let thing = words[at + 1..words.len().min(at + 4)]
            .iter()
            .any(|w| matches!(*w, "et" | "en" | "den" | "det" | "brev" | "besked"));
        before == "til" && (sends || begins(words[verb], &["skriv"]))
            || near && sends && thing
            || near && asks
    })
}

/// "Mads får en besked i sin e-Boks", "mor skal have et brev", "hun skal svare på et skema", "skal han have brev i sin
/// digitale boks?", "Kirsten skal svare os på et brev".
fn hears_from(words: &[&str]) -> bool {
    if has(words, &["du", "dig", "ikke", "hvis", "fra", "har"]) {
        return false;
    }
    let letter = starts(
        words,
        &[
            "brev",
            "besked",
            "skema",
            "spørgeskema",
            "seddel",
            "papir",
            "erklæring",
        ],
    );
    let gets =
        has(words, &["får"]) || has(words, &["skal"]) && has(words, &["have", "svare", "udfylde"]);
    let signs = has(words, &["må", "skal"])
        && words.windows(2).any(|w| w == ["skrive", "under"])
        && starts(words, &["vært", "logi"]);
    gets && letter || signs
}

/// The question is whether somebody else has given it.
pub(super) fn asked_signed(words: &[&str]) -> bool {
    let theirs = !has(
        words,
        &[
            "faren",
            "moren",
            "far",
            "forældre",
            "lægen",
            "jer",
            "skiftevis",
        ],
    ) && !starts(
        words,
        &[
            "kontrakt",
            "lejekontrakt",
            "lejeaftale",
            "fuldmagt",
            "samtykke",
        ],
    );
    let signs = words.windows(2).any(|w| {
        matches!(w[0], "skrevet" | "skrive" | "skriver") && matches!(w[1], "under" | "noget")
    }) || words
        .windows(3)
        .any(|w| w[0] == "skriver" && w[2] == "under")
        || starts(
            words,
            &[
                "underskr",
                "bekræft",
                "erklæring",
                "tilladelse",
                "skriftligt",
            ],
        )
        || words.windows(3).any(|w| w == ["sit", "navn", "på"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["hans" | "hendes" | "deres", "papir"]));
    theirs && signs
}

fn citizen(m: &mut Memory, u: &Utterance<'_>) {
    if m.asked.asks_any(&[
        Topic::OtherParentAgrees,
        Topic::Custody,
        Topic::SixWeeks,
        Topic::PowerOfAttorney,
    ]) || !taken_in(m)
    {
        return;
    }
    let asked = asked_signed(&question(m));
    let yours = m.mover != 0 && has(&question(m), &["du", "dig"]);
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question || of_other_matter(&words) {
            continue;
        }
        if let Some(value) = told(&words, asked, yours) {
            hear(m, u, sentence, value);
            return;
        }
    }
}

fn of_other_matter(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "договор",
            "договір",
            "контракт",
            "угод",
            "купч",
            "опік",
            "довірен",
            "заяв",
        ],
    )
}

fn told(words: &[&str], asked: bool, yours: bool) -> Option<&'static str> {
    let refused = words.windows(2).any(|w| {
        w[0].starts_with("підпис") && w[1] == "не"
            || w[0] == "не" && begins(w[1], &["підпише", "підпишуть"])
    }) || starts(words, &["відмов"]);
    if refused
        && has(
            words,
            &[
                "буде",
                "хоче",
                "не",
                "відмовився",
                "відмовилась",
                "відмовилася",
            ],
        )
    {
        return asked.then_some("refused");
    }
    let done = words.iter().position(|w| {
        matches!(
            *w,
            "підписав"
                | "підписала"
                | "підписали"
                | "підписаний"
                | "підписану"
                | "підписано"
                | "підтвердив"
                | "підтвердила"
                | "підтвердили"
                | "розписався"
                | "розписалася"
                | "розписалась"
        )
    });
    let pen = words
        .iter()
        .position(|w| matches!(*w, "підпис" | "підписом" | "печаткою"));
    let denied = |at: usize| {
        words[at.saturating_sub(3)..at]
            .iter()
            .any(|w| matches!(*w, "не" | "ще" | "би" | "б" | "щоб" | "якби" | "без" | "ні"))
    };
    if let Some(at) = done.or(pen) {
        let there = has(
            words,
            &[
                "ось",
                "осьо",
                "тут",
                "тримайте",
                "вже",
                "уже",
                "оце",
                "дав",
                "дала",
                "поставив",
                "поставила",
            ],
        );
        let lives = words.windows(3).any(|w| {
            w[0] == "що"
                && matches!(w[1], "я" | "ми")
                && (begins(w[2], &["жив", "мешка", "зареє", "пропис"])
                    || matches!(w[2], "тут" | "там"))
        });
        return (!denied(at) && (asked || there && lives)).then_some("signed");
    }
    if yours && asked && has(words, &["готово", "підписала", "підписав", "підпишу"])
    {
        return Some("signed");
    }
    let send = starts(
        words,
        &[
            "пришліть",
            "надішліть",
            "пошліть",
            "пошлете",
            "напишіть",
            "шліть",
            "пришлють",
            "пошлють",
            "надішлють",
        ],
    );
    (asked && send && !has(words, &["мені", "нам"])).then_some("requested")
}
