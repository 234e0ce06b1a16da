//! A Danish street in no list, without a word for street, that both sides say with its number: «Скоттенборг
//! сімнадцять» – "Skottenborg sytten".

use tolkebot_values::Found;

use super::*;
use crate::reader::echoes;

/// Keeps what a citizen's answer names before numbers, while an address is asked for.
pub(in crate::reader) fn keep_names(m: &mut Memory, u: &Utterance<'_>) {
    if asked_address(m) || m.asked.asks(Topic::Departure) || m.asked.asks(Topic::DepartureCountry) {
        echoes::keep(m, u);
    } else {
        m.numbered.clear();
    }
}

/// Takes the name that the employee repeats for the street that was asked for.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, blocked: &[Range<usize>]) {
    let asked = asked_place(m, u);
    let named = u.addresses().iter().any(|a| a.value.street.is_some());
    let abroad = crate::reader::foreign::prefix(m).is_some() && asked != Some(Place::Contact);
    let Some(place) = asked.filter(|_| u.is_staff() && !named && !abroad) else {
        return;
    };
    if m.has(&format!("{}.street_name", place.prefix())) {
        return;
    }
    let Some(echo) = echoes::repeated(m, u) else {
        return;
    };
    let span = u.bytes(&echo.words);
    let taken = blocked
        .iter()
        .any(|b| b.start < echo.bytes.end && span.start < b.end);
    let Some(name) = echoes::written(u, &echo.words).filter(|_| !taken) else {
        return;
    };
    let street = Street {
        name,
        source: StreetSource::Spelled,
        postal_codes: Vec::new(),
        candidates: Vec::new(),
    };
    let address = Address {
        street: Some(Found::new(street, span.clone(), 0.8)),
        number: Some(Found::new(echo.number, echo.bytes.clone(), 0.85)),
        ..Address::default()
    };
    let hit = Found::new(address, span.start..echo.bytes.end, 0.8);
    super::street::read(m, u, &hit, &[], &[]);
}
