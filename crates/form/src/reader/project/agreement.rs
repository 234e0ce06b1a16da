//! The one rule for critical values: none of them is taken from a single hearing.
//!
//! Names, CPR numbers, dates, telephone numbers, e-mail and addresses stand only when something agrees with
//! what was heard: the other side said it too, it was spelled, or a check outside the hearing fits. Everything
//! else is shown and asked about. Slots made of several values are as sure as the least sure of them.

use super::*;
use crate::state::{Doubt, SlotStatus};
use tolkebot_protocol::Speaker;

/// Parts of an address abroad whose error would be an error of the address.
pub(super) const ABROAD: [&str; 4] = ["street", "number", "flat", "code"];

/// A belief as the form shows it: a critical value that nothing agrees with is one to ask about.
pub(super) fn shown(m: &Memory, key: &str) -> Option<Slot> {
    let mut slot = m.belief(key).and_then(Belief::shown)?;
    if slot.status == SlotStatus::Proposed && is_critical(key) && !agreed(m, key, &slot) {
        slot.doubt_because(Doubt::SaidOnce);
    }
    Some(slot)
}

/// Whether a wrong value under this key would do harm that nobody notices. What staff decide alone (a
/// deadline) is nobody's hearing.
fn is_critical(key: &str) -> bool {
    const WHOLE: [&str; 8] = [
        "move_date",
        "arrival.date",
        "departure.date",
        "dwelling.lease_start",
        "dwelling.temporary_until",
        "arrival.marital_status_date",
        "poa.date",
        "children[].other_parent_contact",
    ];
    const ENDS: [&str; 6] = [
        ".given_names",
        ".surname",
        ".cpr_number",
        ".birth_date",
        ".phone",
        ".email",
    ];
    let part = ["to.", "from.", "contact."]
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
        .is_some_and(|part| PARTS.contains(&part));
    let abroad = ["abroad.", "leaving."]
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
        .is_some_and(|part| ABROAD.contains(&part));
    part || abroad || WHOLE.contains(&key) || ENDS.iter().any(|end| key.ends_with(end))
}

/// Whether anything but one hearing speaks for a value.
fn agreed(m: &Memory, key: &str, slot: &Slot) -> bool {
    if !attributed(m, key) {
        return false;
    }
    let belief = m.belief(key);
    said_by_both(slot) || belief.is_some_and(|b| b.is_spelled() || b.is_checked()) || fits(m, key)
}

/// Whether it is known whose value it is: which address a street belongs to, that a name is the mover's.
fn attributed(m: &Memory, key: &str) -> bool {
    let street = |place: Place| m.has(&format!("{}.street_name", place.prefix()));
    let placed = |place: Place| {
        m.placed.contains(&place) || m.placed.contains(&place.other()) && street(place.other())
    };
    if key.starts_with("to.") {
        return placed(Place::New);
    }
    if key.starts_with("from.") {
        return placed(Place::Old);
    }
    let name = ["given_names", "surname"]
        .iter()
        .any(|field| key == Memory::key(m.mover, field));
    !(name && m.name_guessed)
}

/// Both sides said the value.
pub(super) fn said_by_both(slot: &Slot) -> bool {
    let said = |who: Speaker| slot.evidence.iter().any(|e| e.speaker == who);
    said(Speaker::Staff) && said(Speaker::Citizen)
}

/// Checks outside the hearing: CPR number and birth date carry the same day, the register has the street
/// under the postal code that was said.
fn fits(m: &Memory, key: &str) -> bool {
    let Some((owner, part)) = key.rsplit_once('.') else {
        return false;
    };
    let text = |part: &str| m.text(&format!("{owner}.{part}"));
    let said = |part: &str| {
        m.belief(&format!("{owner}.{part}"))
            .is_some_and(Belief::is_said)
    };
    match part {
        "cpr_number" | "birth_date" => {
            let born = text("cpr_number")
                .and_then(|number| CprNumber::parse(number).ok())
                .and_then(|number| number.birth_date());
            let told = text("birth_date").and_then(|day| day.parse().ok());
            born.is_some() && born == told && said("birth_date") && said("cpr_number")
        }
        "street_name" | "postal_code" => {
            let Some(code) = text("postal_code") else {
                return false;
            };
            let lists =
                |part: &str| text(part).is_some_and(|list| list.split(' ').any(|c| c == code));
            lists("codes") || part == "postal_code" && lists("town_codes")
        }
        _ => false,
    }
}

/// The status of a slot that is put together from others, with the reason of the first in doubt.
pub(super) fn inherit(mut whole: Slot, parts: &[&Slot]) -> Slot {
    let open = parts.iter().find(|part| {
        matches!(
            part.status,
            SlotStatus::NeedsConfirmation | SlotStatus::Conflict
        )
    });
    if let Some(part) = open {
        whole.doubt_because(part.doubt.unwrap_or(Doubt::Unclear));
    }
    whole
}
