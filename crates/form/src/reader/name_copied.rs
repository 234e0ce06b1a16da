//! Where the spelling of the mover's name is copied from: the passport that was just read out, the register that the
//! employee keeps to, the card that they hold, or only what was said.

use super::belief::Heard;
use super::memory::Memory;
use super::sentences::Sentence;
use super::utterance::Utterance;

const KEY: &str = "mover.name_source";

/// Reads what a turn says about it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let source = if u.is_staff() {
        by_staff(m, u)
    } else {
        by_citizen(m, u)
    };
    let Some(source) = source else { return };
    // A source that somebody names takes the place of one that only followed from a paper on the counter.
    if !m.has(KEY) || source != "passport" && m.belief(KEY).is_some_and(|b| b.is_unsure()) {
        m.forget(KEY);
        m.hear(KEY, Heard::new(source, u.evidence(0..0), 0.6).unsure(true));
    }
}

fn by_staff(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let named = names_mover(m) || repeats_name(m, u);
    let told = u.sentences.iter().find_map(|s| kept_to(u, s, named));
    told.or_else(|| (named && passport_read(m, u)).then_some("passport"))
}

/// Whether the mover's name stands in this turn.
fn names_mover(m: &Memory) -> bool {
    ["given_names", "surname"].iter().any(|part| {
        let key = Memory::key(m.mover, part);
        m.heard_now.contains(&key)
    })
}

/// "Khotyn, Andron, ja": the known name said again, in no question.
fn repeats_name(m: &Memory, u: &Utterance<'_>) -> bool {
    let known: Vec<String> = ["given_names", "surname"]
        .iter()
        .filter_map(|part| {
            m.text(&Memory::key(m.mover, part))
                .map(tolkebot_values::fold)
        })
        .collect();
    u.sentences.iter().filter(|s| !s.question).any(|s| {
        u.words(s.words.clone())
            .iter()
            .any(|w| w.len() > 3 && known.iter().any(|name| name == w))
    })
}

/// "Så følger vi registeret", "jeg skriver efter kortet", "efter lyden, så": one sentence.
fn kept_to(u: &Utterance<'_>, sentence: &Sentence, named: bool) -> Option<&'static str> {
    let words = u.words(sentence.words.clone());
    let keeps = words.iter().any(|w| {
        matches!(
            *w,
            "bruger"
                | "holder"
                | "følger"
                | "beholder"
                | "retter"
                | "bliver"
                | "lader"
                | "skriver"
                | "tager"
        )
    });
    let spelled = words
        .iter()
        .any(|w| w.starts_with("stave") || matches!(*w, "stemmer" | "samme" | "allerede"));
    let refused = words.iter().any(|w| {
        matches!(
            *w,
            "ikke"
                | "hvis"
                | "du"
                | "nummer"
                | "nummeret"
                | "adressen"
                | "adresse"
                | "rette"
                | "rettet"
        )
    });
    if sentence.question && !keeps || refused {
        return None;
    }
    let register = words.iter().enumerate().any(|(at, w)| {
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        let next = words.get(at + 1).copied().unwrap_or("");
        let place = matches!(before, "i" | "efter" | "fra" | "med" | "det");
        let speaks = matches!(next, "siger" | "har");
        let noun = matches!(
            *w,
            "registeret" | "registret" | "cpr" | "systemet" | "folkeregisteret"
        );
        noun && (place || speaks) || matches!(*w, "registerets" | "registrets" | "systemets")
    });
    let stands = words.iter().any(|w| matches!(*w, "står" | "har" | "siger"));
    if register && (keeps && (named || stands || words.len() <= 6) || spelled) {
        return Some("cpr");
    }
    let from = |stems: &[&str]| {
        words.windows(2).any(|w| {
            matches!(w[0], "efter" | "fra" | "af") && stems.iter().any(|s| w[1].starts_with(s))
        })
    };
    if (keeps || spelled) && from(&["kortet", "opholdskort"]) {
        return Some("residence_card");
    }
    if (keeps || spelled) && from(&["passet"]) {
        return Some("passport");
    }
    let heard = from(&["lyden", "øret", "hukommelsen"])
        || words
            .windows(4)
            .any(|w| w[0] == "efter" && w[1] == "hvad" && w[2] == "du" && w[3] == "siger");
    heard.then_some("spoken")
}

/// "Passet siger …", «Ось.» – "Kovalchuk, Ihor": the name read from the passport on the counter.
fn passport_read(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let says = words.windows(2).any(|w| {
        matches!(
            w,
            ["passet" | "passene", "siger" | "kalder" | "tak" | "her"]
                | ["i", "passet" | "pas" | "dit"]
                | ["pas", "tak"]
        )
    });
    let asked = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "cpr" | "registeret" | "systemet" | "visum"));
    says && !asked
}

fn by_citizen(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let words = u.all_words();
    let latin = (0..u.word_tokens.len()).any(|at| {
        let text = &u.token(at).text;
        text.is_ascii() && text.len() > 3 && text.chars().all(|c| c.is_ascii_alphabetic())
    }) || !u.spellings().is_empty();
    let letters = latin
        || words.iter().any(|w| {
            ["літер", "букв", "латин", "пишет", "написан"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    let named = names_mover(m)
        || m.asked
            .asks_any(&[super::topic::Topic::Name, super::topic::Topic::Spelling]);
    if !letters || !named || !u.emails().is_empty() {
        return None;
    }
    let inside = |stems: &[&str]| {
        words.windows(2).any(|w| {
            matches!(
                w[0],
                "в" | "у" | "на" | "по" | "з" | "із" | "ось" | "моя" | "як"
            ) && stems.iter().any(|s| w[1].starts_with(s))
        })
    };
    let other = words
        .iter()
        .any(|w| matches!(*w, "нього" | "неї" | "його" | "її"));
    if other && m.mover == 0 {
        return None;
    }
    if inside(&["посвідк"]) {
        return Some("residence_card");
    }
    if inside(&["картц", "карточц", "картк", "карточк"])
        && !words.iter().any(|w| w.starts_with("жовт"))
    {
        let stay = words.iter().any(|w| {
            ["прожив", "дозв", "перебув"]
                .iter()
                .any(|s| w.starts_with(s))
        });
        return (stay || m.from_abroad.is_some()).then_some("residence_card");
    }
    None
}
