//! A town in a question: which of the two addresses it asks for.

use super::*;

/// "Og adressen i Herning?": the town says which of the two is asked for.
pub(in crate::reader) fn question_by_town(m: &mut Memory, u: &Utterance<'_>) {
    let general = |ask: &super::super::asked::Ask| {
        ask.topic == Topic::NewAddress
            && u.words(ask.words.clone())
                .iter()
                .any(|w| w.starts_with("adresse"))
    };
    where_in_town(m, u);
    if left_behind(m, u) && !m.has("from.street_name") {
        for ask in &mut m.asked.asks {
            if general(ask) {
                ask.topic = Topic::OldAddress;
            }
        }
    }
    if m.has("from.street_name") || !m.has("to.street_name") || !m.asked.asks.iter().any(general) {
        return;
    }
    // "Og adressen i Aarhus?" while the new one is in Randers: no town of the new home.
    let elsewhere = |a: &Address| {
        let codes = codes_said(a);
        let new = m.text("to.postal_code");
        !codes.is_empty() && new.is_some_and(|code| !codes.contains(&code))
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
        _ if past => Topic::OldAddress,
        Some(Place::Old) => Topic::OldAddress,
        Some(_) => Topic::NewAddress,
        None if !m.has("to.street_name") => Topic::NewAddress,
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
