//! Questions for an address that are hardly more than a direction or a town: "Til?", "Hvor fra?", "Og her i Køge?",
//! "og i haderslev".

use super::*;
use crate::reader::asked::Ask;
use crate::reader::requests::opens_talk;
use crate::reader::sentences::Sentence;

/// Adds what such a question asks for.
pub(super) fn understood(m: &mut Memory, u: &Utterance<'_>) {
    let Some(sentence) = u.sentences.last() else {
        return;
    };
    let all = u.words(sentence.words.clone());
    let first = all.iter().position(|w| !opens_talk(w)).unwrap_or(0);
    let words = &all[first..];
    let topic = match words {
        ["til"] | ["til", "hvor"] | ["hvor", "til"] | ["hen", "til"] => Some(Topic::NewAddress),
        ["fra"] => Some(Topic::OldAddress),
        // … but of a home that is known, this asks for what it is called or like.
        ["kollegiet" | "plejehjemmet" | "kollegieværelset"]
            if !m.has("to.street_name") || !m.placed.contains(&Place::New) =>
        {
            Some(Topic::NewAddress)
        }
        // "Hvor kom du fra?" – «З Колдинга» – "Vejen?"
        ["vejen" | "gaden"]
            if m.asked_before.asks(Topic::OldAddress)
                && !m.asked_before.asks(Topic::NewAddress)
                && !m.has("from.street_name") =>
        {
            Some(Topic::OldAddress)
        }
        // "Og Raimonds hus?" of who moves in with him
        [
            ..,
            whose,
            "hus" | "adresse" | "lejlighed" | "gård" | "bolig",
        ] if words.len() <= 3
            && whose.ends_with('s')
            && sentence.question
            && m.asked.targets.is_empty()
            && m.has("from.street_name")
            && !m.has("to.street_name") =>
        {
            Some(Topic::NewAddress)
        }
        // "2720 vanløse nummer"
        [_, .., "nummer" | "nummeret"] if !u.written && names_a_town(u, sentence.words.end) => {
            Some(Topic::HouseNumber)
        }
        _ if asks_which_town(m, u, sentence, words) => Some(Topic::PostalCode),
        _ => by_town_alone(m, u, sentence.words.start + first..sentence.words.end),
    };
    let Some(topic) = topic else { return };
    let known = m.asked.asks_any(&[Topic::OldAddress, Topic::NewAddress]);
    let here = words.first() == Some(&"her") || m.told_for_town == Some(Place::New);
    if here && topic == Topic::NewAddress && words.len() <= 4 {
        told_before_here(m, u);
    }
    if !known {
        let words = sentence.words.clone();
        m.asked.asks.push(Ask {
            topic,
            question: true,
            words,
        });
    }
}

/// "Er det Aarhus C eller Risskov?" right behind a street: where that one lies, and not which of two homes is meant.
fn asks_which_town(m: &Memory, u: &Utterance<'_>, sentence: &Sentence, words: &[&str]) -> bool {
    let just_told = m.heard_before.iter().any(|k| k.ends_with(".street_name"));
    let opens = matches!(words.first(), Some(&("er" | "ligger")));
    let either = sentence.question && words.contains(&"eller");
    just_told && opens && either && towns_of(u, &sentence.bytes) > 1
}

fn towns_of(u: &Utterance<'_>, bytes: &Range<usize>) -> usize {
    u.places()
        .iter()
        .filter(|place| bytes.contains(&place.span.start))
        .filter(|place| {
            matches!(
                place.value.kind,
                PlaceKind::DanishTown | PlaceKind::AarhusArea
            )
        })
        .count()
}

/// Whether a town stands right before the last word.
fn names_a_town(u: &Utterance<'_>, end: usize) -> bool {
    u.places()
        .iter()
        .any(|place| u.words_in(&place.span).end + 1 == end)
}

/// "Adressen i Korsør?" – «Торнборгвей …» – "Og her i Køge?": the address that was told for a question that says of neither
/// which it is is the old one.
fn told_before_here(m: &mut Memory, u: &Utterance<'_>) {
    let general = m.told_in_general == Some(Place::New) || m.told_by_guess == Some(Place::New);
    let only = only_one(m) == Some(Place::New);
    let code = m.text("to.postal_code").map(str::to_owned);
    let codes = codes_of(m, Place::New);
    let elsewhere = u
        .addresses()
        .iter()
        .filter(|hit| hit.value.street.is_none() && hit.value.place.is_some())
        .any(|hit| {
            let here = codes_said(&hit.value);
            match &code {
                Some(code) => !here.contains(&code.as_str()),
                None => !codes.is_empty() && !codes.iter().any(|c| here.contains(&c.as_str())),
            }
        });
    if general && only && elsewhere {
        swap(m);
        m.placed = vec![Place::Old];
        m.told_in_general = None;
        m.told_by_guess = None;
    }
}

/// "Og i Nexø?", "og tinglev", "Og her i Køge?": the town of one of the two homes, here the new one, or not that of the
/// home that is known.
fn by_town_alone(m: &Memory, u: &Utterance<'_>, words: Range<usize>) -> Option<Topic> {
    let town = u.addresses().iter().find(|hit| {
        let at = u.words_in(&hit.span);
        hit.value.street.is_none()
            && hit.value.place.is_some()
            && hit.value.postal_code.is_none()
            && at.end == words.end
            && words.contains(&at.start)
    })?;
    let before = u.words(words.start..u.word_at(town.span.start));
    let asks = u.sentences.last().is_some_and(|s| s.question)
        || u.all_words().first() == Some(&"og") && u.word_tokens.len() <= 4;
    let plain = matches!(before.as_slice(), [] | ["i" | "på"] | ["her", "i" | "på"]);
    if !plain || !asks || m.from_abroad.is_some() {
        return None;
    }
    if before.first() == Some(&"her") {
        return Some(Topic::NewAddress);
    }
    if let Some(place) = by_named_town(m, &town.value) {
        return Some(topic_of(place));
    }
    let codes = codes_said(&town.value);
    let here = only_one(m)?;
    let said = codes_of(m, here);
    let code = m.text(&format!("{}.postal_code", here.prefix()));
    let apart = match code {
        Some(code) => !codes.contains(&code),
        None => !said.is_empty() && !said.iter().any(|code| codes.contains(&code.as_str())),
    };
    // "Hvor i Allinge?" – «…» – "Og i Nexø?": who asks for two towns begins with the one that was left.
    if apart && here == Place::New && m.told_for_town == Some(here) {
        return Some(Topic::NewAddress);
    }
    apart.then(|| topic_of(here.other()))
}

fn topic_of(place: Place) -> Topic {
    match place {
        Place::Old => Topic::OldAddress,
        _ => Topic::NewAddress,
    }
}

/// "Hvor?", "Og hvilken adresse?", "Adressen på skolen?": who reports a move and is asked so tells where they move to,
/// as long as no address is known and no word is about the time before.
pub(super) fn asked_plainly(m: &Memory) -> bool {
    let word = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let which = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "hvilken" && w[1] == "adresse");
    let where_to = which || word(&["hvor", "adressen", "vejen", "gaden", "hertil", "ligger"]);
    // "Men adressen?" goes on about what was spoken of.
    let bare =
        matches!(m.staff_words.as_slice(), [.., but, last] if but == "men" && last == "adressen");
    let before = word(&[
        "fra",
        "før",
        "boede",
        "boet",
        "stod",
        "står",
        "gamle",
        "gammel",
        "tidligere",
        "hidtil",
        "indtil",
        "kom",
        "kommer",
        "tilmeldt",
        "nuværende",
        "bor",
        "sidste",
        "forrige",
        "var",
        "forlod",
        "hed",
        "havde",
        "lejede",
    ]);
    where_to && !bare && !before && !m.has("to.street_name")
}
