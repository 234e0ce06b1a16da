//! Homes with a name of their own: halls of residence, care homes, allotments.

use super::belief::Heard;
use super::memory::{Memory, Place};
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::Slot;

const KEY: &str = "to.location_name";

/// Noted when the hall is called as its street.
const BEARS_STREET: &str = "to.hall_of_street";

/// "Gødvad Plejecenter", "Kastanjehaven, Agtrupvej treogfirs" where a care home is moved to; «Бьорглум Колегіет,
/// Бьорглумвей два».
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.has(KEY) || m.place == Some(Place::Old) || m.asked_before.asks(Topic::OldAddress) {
        return;
    }
    if !u.is_staff() {
        if let Some(words) = bears_street(u) {
            m.note(BEARS_STREET, "", u.evidence_of_words(&words));
        }
        return;
    }
    if let Some((name, words)) = written(m, u) {
        let heard = Heard::new(name, u.evidence_of_words(&words), 0.6);
        m.hear(KEY, heard.unsure(true));
    }
}

/// As the employee writes it.
fn written(m: &Memory, u: &Utterance<'_>) -> Option<(String, std::ops::Range<usize>)> {
    if !u.written {
        return None;
    }
    let capital = |at: usize| at < u.word_tokens.len() && u.token(at).capital;
    let glued = |at: usize| at > 0 && u.word_tokens.get(at) == Some(&(u.word_tokens[at - 1] + 1));
    let street = |at: usize| {
        let span = &u.token(at).span;
        u.addresses().iter().any(|a| a.span.contains(&span.start))
    };
    let cared_for = m.text("dwelling.type") == Some("institution");
    let range = (0..u.word_tokens.len()).find_map(|at| {
        let word = u.token(at).text.as_str();
        let is = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        if is(&["plejecent", "ældrecent", "plejehjem", "kollegium"])
            && capital(at)
            && at > 0
            && capital(at - 1)
            && glued(at)
        {
            return Some(at - 1..at + 1);
        }
        if is(&["haveforening"]) && capital(at + 1) && glued(at + 1) {
            return Some(at..at + 2);
        }
        let house = [
            "haven", "gården", "hjemmet", "huset", "bo", "parken", "lunden",
        ]
        .iter()
        .any(|end| word.ends_with(end))
            && word.chars().count() >= 6;
        let spoken =
            m.asked_before.asks(Topic::NewAddress) || m.asked_before.asks(Topic::DwellingType);
        // "Lægehuset" is a surgery.
        let surgery = word.starts_with("læge") || word.starts_with("sundheds");
        (house && capital(at) && !street(at) && !surgery && cared_for && spoken)
            .then_some(at..at + 1)
    })?;
    let name = u.turn.text.get(u.bytes(&range))?.to_owned();
    Some((name, range))
}

/// «Бьорглум Колегіет, Бьорглумвей два»: the hall bears the name of its street, however that will be written.
fn bears_street(u: &Utterance<'_>) -> Option<std::ops::Range<usize>> {
    let words = u.all_words();
    let at = (1..words.len()).find(|at| {
        let name = words[at - 1];
        let hall = ["колегі", "коллегі"]
            .iter()
            .any(|start| words[*at].starts_with(start));
        hall && name.chars().count() >= 4
            && words.iter().any(|w| {
                w.strip_prefix(name)
                    .is_some_and(|end| matches!(end, "вей" | "вай" | "гаде" | "ґаде" | "алле"))
            })
    })?;
    Some(at - 1..at + 1)
}

/// The hall's name, once its street is known.
pub(super) fn by_its_street(m: &Memory) -> Option<Slot> {
    let slot = m.belief(BEARS_STREET)?.slot()?;
    let street = m.text("to.street_name")?;
    let stem = ["vej", "gade", " allé"]
        .iter()
        .find_map(|end| street.strip_suffix(end))?;
    let name = format!("{stem} Kollegiet");
    Some(Slot::derived(name, slot.evidence.clone(), 0.6).unclear())
}
