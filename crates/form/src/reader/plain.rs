//! What a plain yes or no answers: nothing that was only heard, and the other way round what was asked with "ikke".

use std::ops::Range;

use super::cues;
use super::facts::{Fact, Hit};
use super::memory::Memory;
use super::mood;
use super::replies::denied_by_yes;
use super::topic::Topic;
use super::utterance::Utterance;

/// Slots that are yes or no and that single words of an answer fill.
const YES_OR_NO: &[&str] = &[
    "mover.has_mitid",
    "protection.requested",
    "protection.existing",
    "arrival.stay_over_3_months",
    "children[].six_weeks_notice",
];

/// How the employee asked with "ikke".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Negated {
    /// "Så du har ikke MitID?": a yes says that it is so.
    Told,
    /// "Har du ikke MitID?": a bare yes may mean either.
    Asked,
}

/// «Ясно. А це на скільки?», «Добре, а що це?»: heard, and not answered.
pub(super) fn only_heard(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let asks_back = || {
        u.sentences.iter().any(|s| s.question)
            || words
                .windows(2)
                .any(|w| matches!(w, ["що" | "шо", "це" | "то"]))
    };
    match words.as_slice() {
        ["ясно", "що", ..] => false,
        ["ясно", ..] => true,
        // «Все так», «усе вірно»
        ["все" | "усе", next, ..] => !mood_word(next) && asks_back(),
        ["добре" | "ок" | "ага" | "угу" | "зрозуміло" | "давайте", ..] => {
            asks_back()
        }
        _ => false,
    }
}

fn mood_word(word: &str) -> bool {
    matches!(
        word,
        "так" | "вірно" | "правильно" | "точно" | "сходиться" | "є"
    )
}

/// Whether a question for this was asked with "ikke", in the sentence of the question: "hun kommer ikke med. Har du MitID?"
fn negated(m: &Memory, topic: Topic) -> Option<Negated> {
    let staff = &m.staff_words;
    m.asked
        .asks
        .iter()
        .filter(|ask| ask.topic == topic)
        .find_map(|ask| {
            let of_ask = |s: &&Range<usize>| s.contains(&ask.words.start);
            let sentence = m.staff_sentences.iter().find(of_ask).cloned();
            let within = sentence.unwrap_or(0..staff.len());
            let from = ask.words.start.saturating_sub(4).max(within.start);
            let to = (ask.words.end + 3).min(within.end).min(staff.len());
            (from..to).find_map(|at| negates(staff, at))
        })
}

/// "… du har (jo) ikke …", "… har du ikke …"; "…, ikke?" and "… ikke også" only ask for a yes.
fn negates(staff: &[String], at: usize) -> Option<Negated> {
    let next = staff.get(at + 1)?;
    if staff.get(at)? != "ikke" || matches!(next.as_str(), "også" | "sandt" | "og" | "så") {
        return None;
    }
    let subject = |w: &str| matches!(w, "du" | "i" | "han" | "hun" | "de" | "der");
    let verb = |w: &str| {
        matches!(
            w,
            "har"
                | "får"
                | "ønsker"
                | "skal"
                | "vil"
                | "er"
                | "bliver"
                | "bruger"
                | "læser"
                | "flytter"
                | "kommer"
        )
    };
    let mut before = staff[..at]
        .iter()
        .rev()
        .map(String::as_str)
        .filter(|w| !matches!(*w, "jo" | "så" | "altså" | "nu" | "vel"));
    match (before.next()?, before.next()?) {
        (last, first) if verb(last) && subject(first) => Some(Negated::Told),
        (last, first) if subject(last) && verb(first) => Some(Negated::Asked),
        _ => None,
    }
}

/// Whether a yes to the question says the other; `None` where a yes may be either.
pub(super) fn turned(m: &Memory, topic: Topic, turned: bool, agreed: bool) -> Option<bool> {
    // "Og der bliver ingen tilbage?": who says yes says that all moved.
    let nobody = m.staff_words.iter().any(|w| w == "ingen");
    let turned = turned && !(nobody && agreed);
    let negated = match topic {
        Topic::KeepsDwelling | Topic::Protection | Topic::Remaining => None,
        topic => negated(m, topic),
    };
    if negated == Some(Negated::Asked) && agreed {
        return None;
    }
    let denied = negated == Some(Negated::Told) || denied_by_yes(topic, &m.staff_words);
    Some(turned || agreed && denied)
}

/// «Ні, поки так і не зробила», «так, я тут уже тиждень»: a single word further on that says the other of what the
/// sentence opens with is no answer; nor is a plain word that may belong to another question.
pub(super) fn overruled(m: &Memory, u: &Utterance<'_>, words: &[&str], hit: &Hit) -> bool {
    let said = &words[hit.words.clone()];
    let [word] = said else { return false };
    if hit.row.asked.is_empty() || !YES_OR_NO.contains(&hit.row.key) {
        return false;
    }
    let negated = hit
        .row
        .asked
        .iter()
        .any(|topic| negated(m, *topic).is_some());
    let plain = matches!(*word, "так" | "да" | "ні" | "нє");
    if plain && (negated || of_the_doctor(m, words)) {
        return true;
    }
    let mood = mood::mood(u);
    let opens = match hit.row.fact {
        Fact::Yes => mood.objected,
        Fact::No => mood.agreed && !word.starts_with("не") && !word.starts_with("ні"),
        Fact::Text(_) => false,
    };
    // «Ні, почекайте, маю»: who stops to think.
    let stops = |w: &str| {
        matches!(w, "хоча" | "питайте" | "секунду" | "хвилинку" | "стривайте")
            || w.ends_with("чекайте")
    };
    let again = words[..hit.words.start]
        .iter()
        .skip(1)
        .any(|w| cues::is_restart(w) || matches!(*w, "так" | "але") || stops(w));
    opens && hit.words.start > 0 && !negated && !again
}

/// "Har du MitID, og vil du beholde din læge?" – «Ні, хочу нового»: the one word answers the other question.
pub(super) fn of_the_doctor(m: &Memory, words: &[&str]) -> bool {
    let names = |stem: &str| words.iter().any(|w| w.starts_with(stem));
    let chooses = [
        "нового",
        "нову",
        "іншого",
        "іншу",
        "лиша",
        "залиш",
        "ближч",
        "того",
    ]
    .iter()
    .any(|stem| names(stem));
    m.asked.asks(Topic::Doctor)
        && m.asked.asks(Topic::MitId)
        && chooses
        && !names("лікар")
        && !names("мітід")
        && !names("mitid")
}
