//! When two street names are the same street.

use super::*;

/// From here on two names are the same street.
pub(super) const SAME_STREET: f32 = 0.74;

/// How surely a street is the one an address already has, 0 when it is another one. Two listed
/// streets that sound alike («Langelandsgade», «Finlandsgade») are the same only with the same house
/// number; a name in no list may be the other one misheard, above all when the employee says it.
pub(super) fn likeness(
    m: &Memory,
    place: Place,
    found: &Street,
    number: Option<&str>,
    staff: bool,
) -> f32 {
    let prefix = place.prefix();
    let Some(known) = m.text(&format!("{prefix}.street_name")) else {
        return 0.0;
    };
    let same_number = number.is_some() && m.text(&format!("{prefix}.house_number")) == number;
    // «Йоргенсенс Вей п'ять» – "Borgmester Jørgensens Vej 5": the end of the same name.
    if same_number && staff && (ends_in(known, &found.name) || ends_in(&found.name, known)) {
        return 1.0;
    }
    let whole = street_similarity(known, &found.name);
    if whole < SAME_STREET || known == found.name {
        return if whole < SAME_STREET { 0.0 } else { whole };
    }
    if same_number {
        return whole;
    }
    // «Кіркегаде сто дванадцять» and «Кіркевей вісімдесят вісім»: another number and another kind of street.
    let number_known = m.has(&format!("{prefix}.house_number"));
    if number.is_some() && number_known && !staff && kind(known) != kind(&found.name) {
        return 0.0;
    }
    let stems = street_similarity(stem(known), stem(&found.name));
    let listed = !found.postal_codes.is_empty() && m.has(&format!("{prefix}.codes"));
    let enough = match (listed, staff) {
        (true, _) => 0.85,
        (false, true) => 0.0,
        (false, false) => 0.6,
    };
    if stems < enough { 0.0 } else { whole }
}

/// "Stovbyvej" and "Byvej", of which only the end was heard.
fn ends_with(long: &str, short: &str) -> bool {
    let (long, short) = (tolkebot_values::fold(long), tolkebot_values::fold(short));
    long != short && long.ends_with(&short)
}

/// "Borgmester Jørgensens Vej" and "Jørgensensvej": all of the shorter name at the end of the longer.
pub(super) fn ends_in(long: &str, short: &str) -> bool {
    let plain = |name: &str| tolkebot_values::fold(name).replace([' ', '-'], "");
    let (long, short) = (plain(long), plain(short));
    short.chars().count() >= 9 && long.len() > short.len() && long.ends_with(&short)
}

/// A street name without the word for street, which most names share.
pub(super) fn stem(name: &str) -> &str {
    const ENDS: [&str; 12] = [
        " boulevard",
        "ringvej",
        " ringgade",
        " allé",
        " vej",
        "gade",
        "vej",
        "parken",
        "vænget",
        "bakken",
        "toften",
        "torvet",
    ];
    ENDS.iter()
        .find_map(|end| name.strip_suffix(end))
        .filter(|rest| rest.chars().count() >= 3)
        .unwrap_or(name)
}

/// The word for street in a name, in lower case; empty when it has none.
fn kind(name: &str) -> String {
    tolkebot_values::fold(name.strip_prefix(stem(name)).unwrap_or("").trim())
}

/// The address that already has this street.
pub(super) fn same_street(
    m: &Memory,
    found: &Street,
    number: Option<&str>,
    staff: bool,
) -> Option<Place> {
    let new = likeness(m, Place::New, found, number, staff);
    let old = likeness(m, Place::Old, found, number, staff);
    if new.max(old) == 0.0 {
        None
    } else if new > old {
        Some(Place::New)
    } else if old > new {
        Some(Place::Old)
    } else {
        let has = |place: Place| {
            number.is_some() && m.text(&format!("{}.house_number", place.prefix())) == number
        };
        match (has(Place::New), has(Place::Old)) {
            (true, false) => Some(Place::New),
            (false, true) => Some(Place::Old),
            _ => m.place,
        }
    }
}

/// Both sides have said the street of an address.
pub(super) fn agreed_street(m: &Memory, place: Place) -> bool {
    use tolkebot_protocol::Speaker;
    m.belief(&format!("{}.street_name", place.prefix()))
        .and_then(|b| b.slot())
        .is_some_and(|s| {
            let said = |who: Speaker| s.evidence.iter().any(|e| e.speaker == who);
            said(Speaker::Staff) && said(Speaker::Citizen)
        })
}

/// «Рьонневей дев'ять» – "Gamle Rønnevej ni": the name that the employee reads back ends in the one that was heard.
pub(super) fn whole_name(
    m: &Memory,
    u: &Utterance<'_>,
    name: &str,
    number: Option<&str>,
) -> Option<Place> {
    [Place::New, Place::Old].into_iter().find(|place| {
        let prefix = place.prefix();
        u.is_staff()
            && number.is_some()
            && m.text(&format!("{prefix}.house_number")) == number
            && m.text(&format!("{prefix}.street_name"))
                .is_some_and(|known| {
                    let whole = format!(" {}", tolkebot_values::fold(known));
                    tolkebot_values::fold(name).ends_with(&whole)
                })
    })
}

/// Both addresses have the same street (a move inside one building).
pub(super) fn both_same(m: &Memory) -> bool {
    match (m.text("to.street_name"), m.text("from.street_name")) {
        (Some(new), Some(old)) => new == old,
        _ => false,
    }
}

/// The employee's next try at a street that the citizen has just refused: "sejrøgade 36" – «ні, самсьо» –
/// "samsøgade 36"; and the right name of one that was only heard: "Graven hedder den, Graven sytten".
pub(super) fn renames(m: &Memory, u: &Utterance<'_>, number: Option<&str>) -> Option<Place> {
    let place = m.place.filter(|_| m.place_turn + 3 >= m.turns)?;
    let same = number.is_some() && m.text(&format!("{}.house_number", place.prefix())) == number;
    let called = u
        .all_words()
        .windows(2)
        .any(|w| w[0] == "hedder" && matches!(w[1], "den" | "gaden" | "vejen"));
    // «Бювай шістнадцять» – "Stovbyvej seksten": the number that was just said, behind a street whose end was heard.
    let known = m.text(&format!("{}.street_name", place.prefix()));
    let echoed = m.place_turn + 1 >= m.turns
        && known.is_some_and(|known| {
            u.addresses().iter().any(|a| {
                let street = a.value.street.as_ref();
                street.is_some_and(|s| ends_with(&s.value.name, known))
            })
        });
    // «Фаленґаде вісімнадцять» – "faaborggade atten": what was only a guess, read back with its number, unless the other
    // home was asked for.
    let key = format!("{}.street_name", place.prefix());
    let guess = m.heard_before.contains(&key)
        && m.belief(&key).is_some_and(|b| b.is_unsure())
        && asked_place(m, u) != Some(place.other());
    let renames =
        same && (m.objected_before || called || echoed || guess) || called && number.is_none();
    (u.is_staff() && renames).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_for_street_is_the_kind_of_street() {
        assert_eq!(kind("Kirkegade"), "gade");
        assert_eq!(kind("Spangsbjerg Kirkevej"), "vej");
        assert_eq!(kind("Åboulevarden"), "");
    }

    #[test]
    fn the_end_of_a_long_name_is_the_same_street() {
        assert!(ends_in("Borgmester Jørgensens Vej", "Jørgensensvej"));
        assert!(!ends_in("Skovvangsvej", "Vangsvej"), "too little of it");
        assert!(!ends_in("Randersvej", "Randersvej"), "not longer");
    }
}
