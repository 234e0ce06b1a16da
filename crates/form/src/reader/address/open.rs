//! A street that the employee names and the citizen completes: "Og den lejlighed var på Jernaldervej" –
//! «Двісті сорок п'ять, перша сал ліворуч».

use super::*;

/// Takes the number with which the citizen's turn begins for the street that the employee named without one.
pub(super) fn complete(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.street_open.take().filter(|_| !u.is_staff()) else {
        return;
    };
    let key = format!("{}.house_number", place.prefix());
    let answered = u.addresses().iter().any(|a| a.value.street.is_some()) || m.has(&key);
    let street = m.has(&format!("{}.street_name", place.prefix()));
    if answered || !street || m.objected {
        return;
    }
    let filler =
        |word: &str| matches!(word, "так" | "це" | "номер" | "будинок" | "у" | "а" | "там");
    let words = u.all_words();
    let Some(first) = words.iter().position(|w| !filler(w)).filter(|at| *at <= 3) else {
        return;
    };
    let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[first], u.lang())
    else {
        return;
    };
    if read.is_ordinal() || !(1..=999).contains(&read.value) {
        return;
    }
    let span = u.token(first).span.start..u.tokens[read.end - 1].span.end;
    m.hear(
        &key,
        Heard::new(read.value.to_string(), u.evidence(span), 0.75),
    );
    m.place = Some(place);
    m.place_turn = m.turns;
}

/// Keeps in mind which address has a street and no number after the employee's turn.
pub(super) fn keep(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    let streets: Vec<&Found<Address>> = u
        .addresses()
        .iter()
        .filter(|a| a.value.street.is_some())
        .collect();
    let Some(only) = streets.last() else { return };
    if only.value.number.is_some() {
        return;
    }
    let name = only.value.street.as_ref().map(|s| s.value.name.clone());
    m.street_open = [Place::Old, Place::New].into_iter().find(|place| {
        let key = format!("{}.street_name", place.prefix());
        let offered = m
            .offers
            .iter()
            .any(|(k, heard)| *k == key && heard.value.as_str() == name.as_deref());
        (m.text(&key) == name.as_deref() || offered)
            && !m.has(&format!("{}.house_number", place.prefix()))
    });
}
