//! The address on record that an employee reads out right before they ask for the new one, and questions for both at once.

use super::*;
use crate::reader::asked::Asked;

/// "… Klokkeskovvej nitten, første til venstre, Viby. Hvor bor du nu?": what is read out before the question is not its
/// answer.
pub(super) fn on_record(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<Address>,
    known: Option<Place>,
) -> Option<Place> {
    let open = u.is_staff()
        && known.is_none()
        && !m.has("from.street_name")
        && m.from_abroad.is_none()
        && m.text("case.move_type") != Some("to_abroad");
    let sentence = u.sentence_at(hit.span.start)?;
    if !open {
        return None;
    }
    let own = u.words(sentence.words.clone());
    let supposed = own.iter().any(|w| {
        matches!(
            *w,
            "nye" | "ny" | "hvis" | "flytter" | "flyttet" | "hos" | "der"
        )
    });
    let asked = m
        .context()
        .asks_any(&[Topic::NewAddress, Topic::CurrentAddress]);
    let asks_next = || {
        let next = u
            .sentences
            .iter()
            .find(|s| s.question && s.words.start >= sentence.words.end)
            .map(|s| u.words(s.words.clone()));
        next.is_some_and(|words| asks_where_now(&words))
    };
    let read_out =
        !sentence.question && !supposed && !asked && !m.has("to.street_name") && asks_next();
    read_out.then_some(Place::Old)
}

/// "Hvor bor du nu?", "og hvor er du flyttet hen?", "hvor skal du så bo?"
fn asks_where_now(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    has(&["hvor"])
        && has(&["du", "i", "han", "hun", "de"])
        && !has(&["boede", "boet", "før", "født", "fra", "læge", "henter"])
        && (has(&["bor", "sover"]) && has(&["nu", "så"])
            || has(&["flytter", "flyttet", "rykker", "rykket"])
            || has(&["skal"]) && has(&["bo", "hen"]))
}

/// "Hvor bor I nu, og hvor skal I hen?": beside the question for the new home "now" is the old one.
pub(super) fn now_and_then(m: &Memory, asked: Option<&Asked>) -> Option<(usize, Topic)> {
    let asks = |topic: Topic| {
        asked?
            .asks
            .iter()
            .find(|ask| ask.question && ask.topic == topic)
    };
    let (now, new) = asks(Topic::CurrentAddress).zip(asks(Topic::NewAddress))?;
    let old = asks(Topic::OldAddress).is_some();
    // "Og hvor bor du her i byen?" asks for one.
    let says_now = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "nu" | "dag" | "øjeblikket"));
    (says_now && now.words.start < new.words.start && !old)
        .then_some((now.words.start, Topic::OldAddress))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_for_the_home_of_now() {
        let asks = |text: &str| asks_where_now(&text.split(' ').collect::<Vec<_>>());
        assert!(asks("hvor bor du nu"));
        assert!(asks("og hvor er i flyttet hen"));
        assert!(!asks("hvor boede du før"));
        assert!(!asks("hvor er du født"));
    }
}
