//! A town in a question: which of the two addresses it asks for.

use super::*;
use tolkebot_protocol::Speaker;

/// "Og adressen i Herning?": the town says which of the two is asked for.
pub(in crate::reader) fn question_by_town(m: &mut Memory, u: &Utterance<'_>) {
    let general = |ask: &super::super::asked::Ask| {
        ask.topic == Topic::NewAddress
            && u.words(ask.words.clone())
                .iter()
                .any(|w| w.starts_with("adresse") || matches!(*w, "vejen" | "gaden"))
    };
    m.asked_by_guess = false;
    asked_briefly::understood(m, u);
    where_in_town(m, u);
    and_now(m, u);
    if left_behind(m, u) && !m.has("from.street_name") {
        for ask in &mut m.asked.asks {
            if general(ask) {
                ask.topic = Topic::OldAddress;
            }
        }
    }
    let known = m.has("to.street_name") || m.has("to.town_codes");
    if m.has("from.street_name") || !known || !m.asked.asks.iter().any(general) {
        return;
    }
    // "Og adressen i Aarhus?" while the new one is in Randers: no town of the new home.
    let elsewhere = |a: &Address| {
        let codes = codes_said(a);
        let new = m.text("to.postal_code");
        let apart = match new {
            Some(code) => !codes.contains(&code),
            None => lies_apart(m, &codes),
        };
        !codes.is_empty() && apart
    };
    let old = u.addresses().iter().any(|hit| {
        hit.value.street.is_none()
            && (by_named_town(m, &hit.value) == Some(Place::Old) || elsewhere(&hit.value))
    });
    if old {
        for ask in &mut m.asked.asks {
            if general(ask) {
                ask.topic = Topic::OldAddress;
            }
        }
    }
}

/// "Og adressen i Aalborg? Der bor vel nogen endnu?" of somebody who has moved, "men adressen?" when that was not
/// answered, "hvad er adressen?" when it was answered with a town: the home that was left.
fn left_behind(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let still = has(&["endnu", "stadig"])
        && words
            .windows(3)
            .any(|w| w[0] == "bor" && (w[1] == "nogen" || w[2] == "nogen"));
    // "Din adresse i Esbjerg, og bliver der nogen?"
    let stays = words
        .windows(3)
        .any(|w| w[0] == "bliver" && (w[1] == "nogen" || w[2] == "nogen"))
        && !has(&["stadig", "boende", "hos", "også"]);
    let new = has(&["ny", "nye", "hen", "derhen"]);
    let moved = m.tense_so_far() == Some(Tense::Past);
    let again = m.asked_before.asks(Topic::OldAddress)
        && !m.has("from.street_name")
        && (words.windows(2).any(|w| w == ["men", "adressen"])
            // "Hvor har du boet indtil nu?" – «У Рандерсі.» – "Hvad hedder vejen?"
            || has(&["vejen", "gaden"]) && !m.asked_before.asks(Topic::NewAddress)
            || !m.has("to.street_name") && m.has("from.town_codes") && !has(&["til", "her"]));
    !new && (still && moved || again || stays && !m.has("to.street_name"))
}

/// "Og hvor i Hadsten?", "hvor henne i Skive var det?": the street in a town that was named.
fn where_in_town(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let at = words
        .windows(2)
        .position(|w| w == ["hvor", "i"])
        .or_else(|| {
            words
                .windows(3)
                .position(|w| w[0] == "hvor" && matches!(w[1], "henne" | "så") && w[2] == "i")
        });
    let Some(at) = at else { return };
    let Some(town) = u.addresses().iter().find(|hit| {
        let first = u.word_at(hit.span.start);
        hit.value.street.is_none()
            && hit.value.place.is_some()
            && (at + 2..=at + 3).contains(&first)
    }) else {
        return;
    };
    let past = words
        .iter()
        .any(|w| matches!(*w, "boede" | "boet" | "var" | "stod" | "lå"));
    let topic = match by_named_town(m, &town.value) {
        _ if past || they_live_there_now(&words) => Topic::OldAddress,
        Some(Place::Old) => Topic::OldAddress,
        Some(_) => Topic::NewAddress,
        None if lies_apart(m, &codes_said(&town.value)) => Topic::OldAddress,
        None if !m.has("to.street_name") => {
            m.asked_by_guess = asked_in_general(m);
            Topic::NewAddress
        }
        None => return,
    };
    if !m.asked.asks(topic) {
        let words = at..at + 2;
        m.asked.asks.push(super::super::asked::Ask {
            topic,
            question: true,
            words,
        });
    }
}

/// «Переїжджаємо в Грено» – "Hvad er adressen i Risskov?": a town that is none of those where the new home can be.
fn lies_apart(m: &Memory, codes: &[&str]) -> bool {
    !codes.is_empty()
        && !m.has("to.street_name")
        && !m.has("from.street_name")
        && m.from_abroad.is_none()
        && m.belief("to.town_codes").is_some_and(|new| {
            // What the employee took for it, the citizen may just have put right.
            let told = new
                .slot()
                .is_some_and(|slot| slot.evidence.iter().any(|e| e.speaker == Speaker::Citizen));
            let codes_of_town = new.text().unwrap_or("");
            told && !codes_of_town.split(' ').any(|code| codes.contains(&code))
        })
}

/// "Hvor i Esbjerg bor de lige nu?" of those for whom somebody reports a move: where they live until then.
fn they_live_there_now(words: &[&str]) -> bool {
    let they = words
        .windows(2)
        .any(|w| w[0] == "bor" && matches!(w[1], "de" | "han" | "hun"));
    let now = words
        .windows(2)
        .any(|w| matches!(w, ["lige", "nu"] | ["i", "dag"]));
    they && now
}

/// "Nygade otte, 2720 Vanløse. Og nu?" where the new home was asked for and told: they live in the old one yet.
fn and_now(m: &mut Memory, u: &Utterance<'_>) {
    let now = matches!(u.all_words().as_slice(), [_, .., "og", "nu"]);
    let told = m.placed.contains(&Place::New)
        && m.told_in_general != Some(Place::New)
        && m.has("to.street_name");
    if !now || !told || m.has("from.street_name") || m.from_abroad.is_some() {
        return;
    }
    for ask in &mut m.asked.asks {
        if ask.topic == Topic::NewAddress && u.words(ask.words.clone()) == ["og", "nu"] {
            ask.topic = Topic::OldAddress;
        }
    }
}

/// "Og adressen i Aarhus?", «Adressen?»: nothing in the question says which of the two is asked for.
pub(super) fn asked_in_general(m: &Memory) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    !says(&[
        "ny", "nye", "hen", "til", "flytter", "flytte", "flyttet", "flyttede", "ind", "skal",
        "hvorhen",
    ])
}
