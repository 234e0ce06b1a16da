//! What becomes of the host's declaration once it was spoken of: "så sender vi den", "jeg har sendt den", "der går en
//! erklæring til ham", «так, ось», «підписую вже», "så er erklæringen klaret".

use super::consent::{asked_signed, hear, of_other_paper, taken_in};
use super::{has, question, starts};
use crate::reader::host_names::of_parent;
use crate::reader::memory::Memory;
use crate::reader::replies;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "host.consent_status";
/// The turn in which the employee spoke of the declaration last.
const SPOKEN: &str = "home.declared";
/// For how many turns "den" is still the declaration.
const RECENT: usize = 4;

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    if u.is_staff() {
        staff(m, u);
    } else {
        citizen(m, u);
    }
}

fn recent(m: &Memory) -> bool {
    let noted = m.text(SPOKEN).and_then(|turn| turn.parse().ok());
    m.declaration_turn
        .max(noted)
        .is_some_and(|turn| turn + RECENT >= m.turns)
}

fn staff(m: &mut Memory, u: &Utterance<'_>) {
    let all = u.all_words();
    if asked_signed(&all) {
        let turn = m.turns.to_string();
        m.note(SPOKEN, &turn, u.evidence(0..0));
    }
    if !recent(m) || !taken_in(m) || of_parent(&all) && m.children_spoken_of {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question && u.written
            || of_other_paper(&words)
            || has(&words, &["ikke", "hvis", "dig", "jer", "skal", "kopi"])
        {
            continue;
        }
        if settled(&words) {
            hear(m, u, sentence, "signed");
            return;
        }
        if !m.has(KEY) && sends(&words) {
            hear(m, u, sentence, "requested");
            return;
        }
    }
}

/// "Så er erklæringen klaret", "så har jeg hendes svar her".
fn settled(words: &[&str]) -> bool {
    let thing =
        starts(words, &["erklæring", "underskrift", "svar"]) || has(words, &["sag", "sagen"]);
    thing && has(words, &["klaret", "modtaget", "plads", "her"]) && has(words, &["er", "har"])
}

/// "Så sender vi den", "jeg har sendt den", "sendt", "den er på vej til ham", "der går en erklæring til hende".
fn sends(words: &[&str]) -> bool {
    let verb = has(words, &["sender", "sende", "sendt", "mailer", "afsendt"]);
    let thing = starts(words, &["erklæring", "brev"]) || has(words, &["den", "det"]);
    let us = has(words, &["jeg", "vi"]);
    let on_its_way = words.windows(2).any(|w| w == ["på", "vej"]) && thing
        || words
            .windows(3)
            .any(|w| matches!(w, ["går", "en", "erklæring"]));
    let makes = us
        && starts(words, &["erklæring", "logivært"])
        && has(words, &["laver", "opretter", "udsender"]);
    verb && (us && thing || words.len() <= 2) || on_its_way || makes
}

fn citizen(m: &mut Memory, u: &Utterance<'_>) {
    // "Har hun skrevet under?" may be asked of a parent only where children were spoken of.
    let parent = m.asked.asks(Topic::OtherParentAgrees) && m.children_spoken_of;
    let other = parent
        || m.asked
            .asks_any(&[Topic::Custody, Topic::SixWeeks, Topic::PowerOfAttorney]);
    if other || m.has(KEY) || !taken_in(m) {
        return;
    }
    let staff = question(m);
    let signed = asked_signed(&staff);
    let sent = wants_to_send(&staff) && recent(m);
    let yours = m.mover != 0
        && has(&staff, &["du", "dig"])
        && starts(&staff, &["erklæring", "logivært", "underskriv", "bekræft"]);
    if !(signed || sent || yours) {
        return;
    }
    let words = u.all_words();
    let reply = replies::reply(u);
    let Some(first) = u.sentences.first() else {
        return;
    };
    let put_off = reply.objected
        || has(&words, &["завтра", "потім", "пізніше", "якщо", "би"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["ще", "ні" | "не"] | ["ні", "ще"]));
    if put_off {
        return;
    }
    let shows = reply.agreed
        && (starts(&words, &["ось", "оце", "лежить", "тримайт", "бланк"])
            || has(&words, &["папір", "лист"]));
    let done = starts(
        &words,
        &[
            "зробил",
            "зробив",
            "розписа",
            "підписую",
            "підписує",
            "галочк",
            "хрестик",
            "закарлючк",
            "тримає",
        ],
    );
    let here = starts(&words, &["підпис", "ручк", "заповн"]);
    if signed && (shows || done) || yours && here {
        hear(m, u, first, "signed");
    } else if sent && (reply.agreed || m.heard_now.iter().any(|k| k == "host.email")) {
        hear(m, u, first, "requested");
    }
}

/// "Er der lov til at sende det til hans mail?", "må jeg sende den til hende?", "hans nummer til erklæringen?"
fn wants_to_send(staff: &[&str]) -> bool {
    has(staff, &["sende", "sender"]) && has(staff, &["det", "den", "erklæring", "erklæringen"])
        || staff
            .windows(2)
            .any(|w| w[0] == "til" && w[1].starts_with("erklæring"))
}
