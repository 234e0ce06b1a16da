//! What must agree before a value stands. The one rule for critical values: none of them is taken from a single
//! hearing.
//!
//! Names, CPR numbers, dates, telephone numbers, e-mail and addresses stand only when something agrees with
//! what was heard: the other side said it too, it was spelled, or a check outside the hearing fits. Everything
//! else is shown and asked about. Slots made of several values are as sure as the least sure of them.
//!
//! Of homes, leases and other parents people also tell in passing, of other people's and of former ones: what
//! nobody asked for and nobody repeated is asked about too.

use super::*;
use crate::reader::kin::Sex;
use crate::reader::memory::Person;
use crate::state::Doubt;
use jiff::civil::Date;
use tolkebot_protocol::Speaker;
use tolkebot_values::dates::{self, DateContext, DateKind, Purpose};

/// Days that people count to.
const DAYS: [&str; 5] = [
    "move_date",
    "arrival.date",
    "departure.date",
    "dwelling.lease_start",
    "dwelling.temporary_until",
];

/// Parts of an address abroad whose error would be an error of the address.
pub(super) const ABROAD: [&str; 4] = ["street", "number", "flat", "code"];

/// A belief as the form shows it: a critical value that nothing agrees with is one to ask about.
pub(super) fn shown(m: &Memory, key: &str) -> Option<Slot> {
    let mut slot = m.belief(key).and_then(Belief::shown)?;
    let open = is_critical(key) && !agreed(m, key, &slot) || told_once(m, key, &slot);
    if slot.status == SlotStatus::Proposed && open {
        slot.doubt_because(Doubt::SaidOnce);
    }
    Some(slot)
}

/// Whether only the citizen told of a matter in which that is too little.
fn told_once(m: &Memory, key: &str, slot: &Slot) -> bool {
    // What is told of these in passing is often told of somebody else's or of a former home.
    const ASKED: [&str; 4] = [
        "dwelling.type",
        "dwelling.lease_document",
        "children[].other_parent_statement",
        "from.whole_household_moves",
    ];
    // Questions for these are answered with more, or with something else, than they ask.
    const REPEATED: [&str; 6] = [
        "dwelling.others_registered",
        "children[].residence_pattern",
        "arrival.marital_status_authority",
        "departure.keeps_dwelling",
        "mover.name_source",
        "to.mailbox_own",
    ];
    let told = slot.evidence.iter().all(|e| e.speaker == Speaker::Citizen);
    let in_passing = m.belief(key).is_some_and(Belief::is_in_passing);
    told && (REPEATED.contains(&key) || in_passing && ASKED.contains(&key))
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
    // Two recognisers that cut the same unlisted name in two do not make it one: an employee's name
    // without a capital is no spelling.
    let street = key.ends_with(".street_name") && !m.has(&key.replace("street_name", "codes"));
    if street && !written_by_staff(slot) {
        return false;
    }
    if key.ends_with(".street_name") && lies_elsewhere(m, key, slot) {
        return false;
    }
    let agreed = said_by_both(slot) && !is_only_counted(m, key, slot);
    agreed || belief.is_some_and(|b| b.is_spelled() || b.is_checked()) || fits(m, key)
}

/// Whether both sides only count to a day ("fredag otte dage", «за два тижні») which is not one of these: two
/// people who count may mean two weeks, and nobody notices. Its number tells them.
fn is_only_counted(m: &Memory, key: &str, slot: &Slot) -> bool {
    const NEAR: i32 = 2;
    if !DAYS.contains(&key) {
        return false;
    }
    let Some(day) = m.text(key).and_then(|text| text.parse::<Date>().ok()) else {
        return false;
    };
    let near = (day - m.today).get_days().abs() <= NEAR;
    let ctx = DateContext::new(m.today, Purpose::Move);
    let counted = |evidence: &crate::state::Evidence| {
        let found = dates::find(&evidence.text, evidence.lang, &ctx);
        found
            .iter()
            .all(|hit| matches!(hit.value.kind, DateKind::Relative | DateKind::Weekday))
            && !found.is_empty()
    };
    !near && slot.evidence.iter().all(counted)
}

/// Whether it is known whose value it is: which address a street belongs to, that a name is the mover's.
fn attributed(m: &Memory, key: &str) -> bool {
    let street = |place: Place| m.has(&format!("{}.street_name", place.prefix()));
    let placed = |place: Place| {
        let other = m.placed.contains(&place.other()) && street(place.other());
        let replaced = m.replaced == Some(place) && !street(place.other());
        let guessed = m.told_by_guess == Some(place) || m.three_homes;
        !replaced && !guessed && (m.placed.contains(&place) || other && m.guessed != Some(place))
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
    if name && m.name_guessed {
        return false;
    }
    let person = m
        .people
        .iter()
        .find(|p| key == Memory::key(p.id, "cpr_number"));
    person.is_none_or(|person| number_fits(m, person))
}

/// Whether a CPR number can be this person's: its last digit tells the sex, its date the age.
pub(super) fn number_fits(m: &Memory, person: &Person) -> bool {
    let number = |id: PersonId| {
        m.text(&Memory::key(id, "cpr_number"))
            .and_then(|text| CprNumber::parse(text).ok())
    };
    let Some(own) = number(person.id) else {
        return true;
    };
    let even = own
        .formatted()
        .bytes()
        .last()
        .is_some_and(|digit| (digit - b'0').is_multiple_of(2));
    let sex = if even { Sex::Female } else { Sex::Male };
    let Some(born) = own.birth_date() else {
        return true;
    };
    let years_later =
        |date: jiff::civil::Date, years: i32| date.saturating_add(jiff::Span::new().years(years));
    // Nobody comes to the counter for themselves before that.
    let young = person.id == 0 && m.mover == 0 && years_later(born, 15) > m.today;
    let parent = number(m.mover).and_then(|number| number.birth_date());
    let older = person.kin.is_some_and(Kin::is_child)
        && parent.is_some_and(|parent| years_later(parent, 12) > born);
    person.sex.is_none_or(|known| known == sex) && !young && !older
}

/// Whether the street was found by its sound alone, and lies under another postal code than the one that was said:
/// «Гельсінгерсґаде», "helsingørsgade" of Hillerød is no Helsingforsgade.
fn lies_elsewhere(m: &Memory, key: &str, slot: &Slot) -> bool {
    let Some(code) = m.text(&key.replace("street_name", "postal_code")) else {
        return false;
    };
    let codes = m.text(&key.replace("street_name", "codes"));
    let elsewhere = codes.is_some_and(|codes| !codes.split(' ').any(|c| c == code));
    let name = slot.value.as_ref().and_then(Value::as_str).unwrap_or("");
    let so_written = slot.evidence.iter().any(|e| {
        e.speaker == Speaker::Staff && tolkebot_values::fold(&e.text) == tolkebot_values::fold(name)
    });
    elsewhere && !so_written
}

fn written_by_staff(slot: &Slot) -> bool {
    slot.evidence.iter().any(|e| {
        e.speaker == Speaker::Staff && e.text.chars().next().is_some_and(char::is_uppercase)
    })
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
            // What only the employee names is nobody's answer, however well it fits.
            let told = ["street_name", "postal_code"].iter().any(|part| {
                m.belief(&format!("{owner}.{part}"))
                    .and_then(Belief::slot)
                    .is_some_and(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Citizen))
            });
            let Some(code) = text("postal_code") else {
                return false;
            };
            let lists =
                |part: &str| text(part).is_some_and(|list| list.split(' ').any(|c| c == code));
            told && (lists("codes") || part == "postal_code" && lists("town_codes"))
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
