//! Papers that are there and papers that are missing: "Pas set, kontrakten mangler", «Шлюбне є, метрики нема».
//!
//! A sentence names papers and verdicts; every paper takes the verdict nearest to it in its clause,
//! else the nearest in the sentence.

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Here,
    Missing,
}
use Verdict::{Here, Missing};

/// Reads what a turn says about papers.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let listed = asked_for_all(m, u);
    for sentence in &u.sentences {
        if sentence.question {
            continue;
        }
        let words = u.words(sentence.words.clone());
        // "Hvornår blev I gift?" – «Восьмого вересня. Свідоцтво лишилося вдома»
        let wed = m
            .asked
            .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace])
            && !words.iter().any(|w| w.starts_with("народж"));
        for (paper, at) in papers(&words, u.is_staff(), wed) {
            let verdict = verdict(u, sentence, &words, at).or(listed.then_some(Here));
            let Some(verdict) = verdict else {
                continue;
            };
            if verdict == Missing && in_general(&words) || verdict == Here && in_rules(&words) {
                continue;
            }
            let card = words[at].starts_with("opholdskort")
                || ["карт", "опхол"].iter().any(|s| words[at].starts_with(s));
            let word = at + sentence.words.start;
            let evidence = u.evidence_of_words(&(word..word + 1));
            let known =
                paper != "health_card" && paper != "driving_licence" && paper != "national_id";
            match verdict {
                Here => {
                    m.missing.retain(|(p, _)| *p != paper);
                    if known && !m.shown.iter().any(|(p, _)| *p == paper) {
                        m.shown.push((paper, evidence.clone()));
                    }
                    let key = "dwelling.lease_document";
                    if paper == "lease" && m.text_is_now(key, "missing") {
                        let heard = Heard::new("shown", evidence.clone(), 0.8);
                        m.hear(key, heard.act(Act::Correct));
                    }
                    if paper == "national_id" && !u.is_staff() {
                        withdraw(m, "passport");
                    }
                    if paper != "residence_permit" || card {
                        identity(m, paper, evidence);
                    }
                }
                Missing if known => {
                    withdraw(m, paper);
                    if !m.missing.iter().any(|(p, _)| *p == paper) {
                        m.missing.push((paper, evidence));
                    }
                }
                Missing => {}
            }
        }
    }
}

/// "Hvilke papirer har du med?" – «Паспорт, договір»: what is named lies there.
fn asked_for_all(m: &Memory, u: &Utterance<'_>) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let refused = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "ні" | "не" | "нема" | "немає"));
    let papers = m.staff_words.iter().any(|w| {
        ["papir", "dokument", "bilag", "legitimation"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || matches!(w.as_str(), "id")
    });
    !u.is_staff()
        && !refused
        && papers
        && says(&["hvilke", "hvilket", "hvilken", "hvad"])
        && says(&["med", "medbragt", "vise", "se"])
}

/// What this turn seemed to show is not there after all.
fn withdraw(m: &mut Memory, paper: &str) {
    let key = "mover.id_document_type";
    m.shown.retain(|(p, _)| *p != paper);
    if m.text_is_now(key, paper) {
        m.forget(key);
    }
}

/// What somebody showed to say who they are; the first paper counts.
fn identity(m: &mut Memory, paper: &str, evidence: crate::state::Evidence) {
    let key = "mover.id_document_type";
    let value = match paper {
        "residence_permit" => "residence_card",
        "passport" | "health_card" | "driving_licence" | "national_id" => paper,
        _ => return,
    };
    if !m.has(key) {
        m.hear(key, Heard::new(value, evidence, 0.7));
    }
}

/// "Man skal vise pas", "Hvis kontrakten mangler": rules and not this case.
fn in_rules(words: &[&str]) -> bool {
    in_general(words)
        || words.iter().any(|w| {
            matches!(
                *w,
                "skal" | "kan" | "må" | "ellers" | "треба" | "можна" | "чи"
            )
        })
}

fn in_general(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "man" | "hvis" | "når" | "medmindre" | "eller" | "normalt" | "якщо" | "якби" | "чи"
        )
    })
}

/// The papers that are named and where.
fn papers(words: &[&str], staff: bool, wed: bool) -> Vec<(&'static str, usize)> {
    let mut out: Vec<(&'static str, usize)> = Vec::new();
    let near = |at: usize, back: usize, stems: &[&str]| {
        words[at.saturating_sub(back)..at]
            .iter()
            .any(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    let after = |at: usize, span: usize, stems: &[&str]| {
        words[at + 1..(at + 1 + span).min(words.len())]
            .iter()
            .any(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    for (at, word) in words.iter().enumerate() {
        let starts = |stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
        let next = words.get(at + 1).copied().unwrap_or("");
        let paper = if staff {
            match *word {
                "pas" | "passet" | "passene" => "passport",
                "sundhedskort" | "sundhedskortet" | "sygesikringskortet" | "sygesikringskort" => {
                    "health_card"
                }
                "gule" if next.starts_with("kort") => "health_card",
                "id" if next.starts_with("kort") => "national_id",
                _ if starts(&["kørekort"]) => "driving_licence",
                _ if starts(&["identitetskort"]) => "national_id",
                _ if starts(&["opholdskort", "opholdstilladelse", "tilladelse"]) => {
                    "residence_permit"
                }
                _ if starts(&["lejekontrakt", "lejeaftale", "kontrakt", "fremlejekontrakt"]) => {
                    "lease"
                }
                _ if starts(&["vielsesattest"]) => "marriage_certificate",
                _ if starts(&["fødselsattest"]) => "birth_certificate",
                _ if starts(&["logiværtserklæring", "værtserklæring"]) => "host_declaration",
                "værtens" if next.starts_with("erklæring") || next.starts_with("underskrift") => {
                    "host_declaration"
                }
                "dom" | "dommen" => "custody_proof",
                _ if starts(&["forældremyndighedsbevis", "forældremyndighedspapir"]) => {
                    "custody_proof"
                }
                _ if starts(&["forældremyndighed"])
                    && near(at, 3, &["papir", "bevis", "dokumentation", "afgørelse"]) =>
                {
                    "custody_proof"
                }
                _ => continue,
            }
        } else {
            match *word {
                _ if starts(&["паспорт"])
                    && (near(at, 1, &["внутрішн"]) || next == "громадянина")
                    || starts(&["внутрішн"]) && next.starts_with("паспорт") =>
                {
                    "national_id"
                }
                // «Міт айді теж є» is the login and no card.
                "айді" if near(at, 1, &["міт", "мит", "mit"]) => continue,
                "айді" | "айдішка" | "ідешка" | "ідкарта" => "national_id",
                _ if starts(&["паспорті", "паспортн"]) => continue,
                _ if starts(&["паспорт", "закордонник"]) => "passport",
                _ if starts(&["кьорекорт"]) => "driving_licence",
                "права" | "посвідчення" if after(at, 1, &["воді"]) || near(at, 1, &["воді"]) => {
                    "driving_licence"
                }
                _ if starts(&["сунхедскорт", "сундхедскорт"]) => {
                    "health_card"
                }
                "жовта" | "жовту" | "медична" | "медичну" => "health_card",
                _ if starts(&[
                    "посвідки",
                    "посвідка",
                    "посвідку",
                    "опхолскорт",
                    "опхольдскорт",
                ]) =>
                {
                    "residence_permit"
                }
                "дозвіл" | "дозволу" => "residence_permit",
                "картка" | "картку" | "карта" if after(at, 2, &["прожив", "дозвол"]) => {
                    "residence_permit"
                }
                _ if starts(&["договір", "договору", "контракт", "лейконтракт"]) => {
                    "lease"
                }
                "шлюбне" | "шлюбного" => "marriage_certificate",
                _ if starts(&["свідоцтв"]) && (after(at, 2, &["шлюб"]) || wed) => {
                    "marriage_certificate"
                }
                _ if starts(&["метрик"]) => "birth_certificate",
                _ if starts(&["свідоцтв"])
                    && (after(at, 2, &["народж", "дітей", "доньки", "сина"])
                        || near(at, 1, &["дитяч"])) =>
                {
                    "birth_certificate"
                }
                "рішення" if after(at, 3, &["суд", "права", "опік"]) => {
                    "custody_proof"
                }
                "судове" => "custody_proof",
                _ if starts(&["лоґівертерклерінг", "логівертерклерінг"]) => {
                    "host_declaration"
                }
                "заява" | "заяву" | "лист" | "папір" | "підтвердження" | "бланк"
                    if after(at, 2, &["господар", "хазя", "лоґіверт", "логіверт"]) =>
                {
                    "host_declaration"
                }
                _ => continue,
            }
        };
        // "Navnet tager jeg fra opholdskortet": a source and no paper that is shown.
        let source = matches!(
            at.checked_sub(1).map_or("", |b| words[b]),
            "fra" | "på" | "efter" | "om" | "som" | "з" | "із" | "на" | "як" | "в" | "у"
        );
        if !source {
            out.push((paper, at));
        }
    }
    out
}

/// The verdict for the paper at a word.
fn verdict(u: &Utterance<'_>, sentence: &Sentence, words: &[&str], at: usize) -> Option<Verdict> {
    let all: Vec<(usize, Verdict)> = (0..words.len())
        .filter_map(|w| Some((w, says(words, w, u.is_staff())?)))
        .collect();
    let before = &words[at.saturating_sub(2)..at];
    let after = &words[at + 1..];
    if u.is_staff() {
        if before.iter().any(|w| matches!(*w, "intet" | "ingen"))
            || matches!(before, ["har", "ikke"])
            || matches!(after, ["er", "ikke", ..] | ["nej", ..])
        {
            return Some(Missing);
        }
        if matches!(after, ["ja", ..]) {
            return Some(Here);
        }
    } else if matches!(
        words[at],
        "паспорта"
            | "посвідки"
            | "договору"
            | "дозволу"
            | "контракту"
            | "лейконтракту"
            | "шлюбного"
    ) && all.iter().any(|(w, v)| *w > at && *v == Missing)
    {
        return Some(Missing);
    }
    let clause = clause(u, sentence, words, at);
    let nearest = |from: usize, to: usize| {
        all.iter()
            .filter(|(w, _)| (from..to).contains(w))
            .min_by_key(|(w, _)| {
                if *w > at {
                    2 * (*w - at)
                } else {
                    2 * (at - *w) + 1
                }
            })
            .map(|(_, v)| *v)
    };
    // «Договір є, але лишився вдома»
    let but = words.get(clause.end) == Some(&"але") && !u.is_staff();
    if but && clause.end + 1 < words.len() {
        let next = self::clause(u, sentence, words, clause.end + 1);
        if nearest(next.start, next.end) == Some(Missing) {
            return Some(Missing);
        }
    }
    // "Kontrakt, attest og tilladelse mangler": a list has its verdict at its end or before it.
    nearest(clause.start, clause.end).or_else(|| {
        let ahead = all
            .iter()
            .find(|(w, _)| *w > at)
            .filter(|_| at == 0 || u.is_staff());
        let before = all.iter().rfind(|(w, _)| *w < at);
        ahead.or(before).map(|(_, v)| *v)
    })
}

/// The words between the signs and conjunctions around a word.
fn clause(
    u: &Utterance<'_>,
    sentence: &Sentence,
    words: &[&str],
    at: usize,
) -> std::ops::Range<usize> {
    let cut = |w: usize| {
        // Before word `w` a new clause begins.
        let first = u.token(sentence.words.start + w - 1).span.end;
        let second = u.token(sentence.words.start + w).span.start;
        u.turn
            .text
            .get(first..second)
            .is_some_and(|gap| gap.contains([',', ';', ':', '—']))
            || matches!(words[w], "men" | "але" | "а" | "та")
    };
    let start = (1..=at).rev().find(|w| cut(*w)).unwrap_or(0);
    let end = (at + 1..words.len())
        .find(|w| cut(*w))
        .unwrap_or(words.len());
    start..end
}

/// Whether a word says that something is there or is missing.
fn says(words: &[&str], at: usize, staff: bool) -> Option<Verdict> {
    let word = words[at];
    let before = at.checked_sub(1).map_or("", |b| words[b]);
    let next = words.get(at + 1).copied().unwrap_or("");
    if staff {
        let refused = words[at.saturating_sub(2)..at]
            .iter()
            .any(|w| matches!(*w, "ikke" | "ingen" | "intet"));
        let here = matches!(
            word,
            "set"
                | "vist"
                | "forevist"
                | "fremvist"
                | "modtaget"
                | "tjekket"
                | "viser"
                | "legitimeret"
                | "legitimation"
        ) || matches!((word, next), ("har", "jeg") | ("jeg", "har"))
            && !words
                .iter()
                .any(|w| matches!(*w, "ikke" | "noteret" | "skrevet"))
            || matches!(
                (word, next),
                ("er" | "ligger", "her")
                    | ("på", "sagen")
                    | ("i", "orden")
                    | ("er", "fint" | "fin")
            );
        if here {
            return Some(if refused { Missing } else { Here });
        }
        if matches!(
            word,
            "mangler" | "manglende" | "eftersende" | "eftersendes" | "glemte" | "hverken"
        ) {
            return Some(Missing);
        }
        return None;
    }
    let here = matches!(
        word,
        "ось"
            | "от"
            | "є"
            | "маю"
            | "тримайте"
            | "нате"
            | "приніс"
            | "принесла"
            | "показую"
            | "даю"
            | "поклав"
            | "поклала"
            | "взяв"
            | "взяла"
    ) || matches!((word, next), ("перед", "вами") | ("при", "мені"));
    if here {
        return Some(if matches!(before, "не" | "ще") {
            Missing
        } else {
            Here
        });
    }
    (matches!(
        word,
        "нема" | "немає" | "нету" | "бракує" | "забув" | "забула" | "вдома" | "дома"
    ) || [
        "загуб",
        "згорі",
        "украд",
        "вкра",
        "посольств",
        "консульств",
        "донес",
    ]
    .iter()
    .any(|s| word.starts_with(s))
        || before == "не"
            && [
                "брал",
                "брав",
                "дали",
                "дала",
                "дав",
                "підпис",
                "прийш",
                "робил",
                "принес",
            ]
            .iter()
            .any(|s| word.starts_with(s)))
    .then_some(Missing)
}
