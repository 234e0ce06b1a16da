//! Addresses as slots, and the host who lives there.

use super::*;
use crate::reader::taken_back;

pub(super) const PARTS: [&str; 6] = [
    "street_name",
    "house_number",
    "house_letter",
    "floor",
    "door",
    "postal_code",
];

pub(super) fn address(m: &Memory, place: Place, out: &mut Readings) {
    let prefix = place.prefix();
    let mut parts: Vec<(&str, Slot)> = PARTS
        .iter()
        .filter_map(|part| shown(m, &format!("{prefix}.{part}")).map(|slot| (*part, slot)))
        .collect();
    if m.same_house && place == Place::Old && m.has("to.street_name") {
        for part in ["street_name", "house_number", "house_letter", "postal_code"] {
            if !parts.iter().any(|(p, _)| *p == part)
                && let Some(slot) = shown(m, &format!("to.{part}"))
            {
                parts.push((part, slot));
            }
        }
    }
    let has = |parts: &[(&str, Slot)], name: &str| parts.iter().any(|(p, _)| *p == name);
    if !has(&parts, "street_name") {
        if place == Place::New && !m.has("from.street_name") {
            loose::without_street(m, parts, out);
        }
        return;
    }
    if !has(&parts, "postal_code")
        && let Some((code, key)) = implied_code(m, place)
    {
        let evidence = m
            .belief(&key)
            .and_then(Belief::slot)
            .map(|s| s.evidence.clone());
        let slot = Slot::derived(code, evidence.unwrap_or_default(), 0.7);
        // What follows from the street is as sure as the street.
        let street = parts.iter().find(|(p, _)| *p == "street_name");
        let slot = inherit(slot, &street.iter().map(|(_, s)| s).collect::<Vec<_>>());
        parts.push(("postal_code", slot));
    }
    if place == Place::Old
        && !has(&parts, "postal_code")
        && has(&parts, "house_number")
        && let Some(slot) = loose::code_of_the_new(m, out)
    {
        parts.push(("postal_code", slot));
    }
    // Whoever comes from another country has left no address here: the one that was named is an earlier home.
    let abroad = m.from_abroad.is_some()
        && m.text("case.move_type") != Some("to_abroad")
        && m.text("abroad.country").is_some_and(|c| c != "Danmark");
    if place == Place::Old && abroad {
        return;
    }
    if place == Place::New
        && matches!(
            m.text("case.move_type"),
            Some("to_abroad" | "no_fixed_address")
        )
    {
        return;
    }
    if place == Place::New {
        let code = text_of(&parts, "postal_code");
        for (part, mut slot) in parts.clone() {
            // A code that the register of streets gives is a value of the form, not only a hint.
            slot.derived = false;
            put(out, &format!("to.{part}"), slot);
        }
        if let Some(row) = code.as_deref().and_then(postal::lookup) {
            let from = parts.iter().find(|(p, _)| *p == "postal_code");
            let evidence = from.map(|(_, s)| s.evidence.clone()).unwrap_or_default();
            let confidence = from.map_or(0.7, |(_, s)| s.confidence);
            let slot = Slot::derived(row.district, evidence, confidence);
            let from: Vec<&Slot> = from.iter().map(|(_, slot)| slot).collect();
            put(out, "to.post_district", inherit(slot, &from));
        }
    }
    if let Some(line) = one_line(&parts) {
        let evidence: Vec<Evidence> = parts
            .iter()
            .flat_map(|(_, s)| s.evidence.first().cloned())
            .fold(Vec::new(), |mut list, e| {
                crate::state::add_evidence(&mut list, e);
                list
            });
        let confidence = parts.iter().map(|(_, s)| s.confidence).fold(1.0, f32::min);
        let all: Vec<&Slot> = parts.iter().map(|(_, slot)| slot).collect();
        let (key, whole) = match place {
            Place::Old => (
                "from.address_line",
                Slot::proposed(line, evidence, confidence),
            ),
            Place::Contact => (
                "departure.contact_address",
                Slot::proposed(line, evidence, confidence),
            ),
            Place::New => ("to.address_line", Slot::derived(line, evidence, confidence)),
        };
        put(out, key, inherit(whole, &all));
    }
}

pub(super) fn text_of(parts: &[(&str, Slot)], name: &str) -> Option<String> {
    parts
        .iter()
        .find(|(p, _)| *p == name)
        .and_then(|(_, s)| s.value.as_ref())
        .and_then(Value::as_str)
        .map(str::to_owned)
}

/// `Randersvej 95B, 2. th, 8200 Aarhus N`; `None` without street, number and postal code.
pub(super) fn one_line(parts: &[(&str, Slot)]) -> Option<String> {
    let get = |name: &str| text_of(parts, name);
    let code = get("postal_code")?;
    let row = postal::lookup(&code)?;
    Some(crate::state::one_line(
        &get("street_name")?,
        &get("house_number")?,
        get("house_letter").as_deref(),
        get("floor").as_deref(),
        get("door").as_deref(),
        &format!("{code} {}", row.district),
    ))
}

pub(super) fn host(m: &Memory, out: &mut Readings) {
    // Who stays is registered there.
    if let Some(stay) = shown(m, "dwelling.others_stay").filter(|s| s.value == Some(true.into()))
        && !out.slots.contains_key("dwelling.others_registered")
    {
        let evidence = stay.evidence.clone();
        put(
            out,
            "dwelling.others_registered",
            Slot::derived(true, evidence, 0.7),
        );
    }
    let Some(id) = m.host else {
        gone_before(out);
        if out
            .slots
            .get("dwelling.others_registered")
            .and_then(|s| s.value.clone())
            != Some(true.into())
            && !matches!(m.text("dwelling.type"), Some("sublet" | "room"))
            // «Самі купили» of husband and wife of whom one reports.
            || m.mover != 0 && m.text("dwelling.type") == Some("owned")
        {
            out.slots.remove("host.role");
        }
        return;
    };
    if let Some(gone) = out.slots.get("dwelling.others_registered")
        && gone.value == Some(false.into())
        && id != 0
        // "Så noterer jeg ham som udlejer": who only lets the home does not live in it.
        && m.text("host.role") != Some("landlord")
    {
        out.slots.remove("dwelling.others_registered");
    }
    let mut name = full_name(m, id);
    // A surname alone is asked about first.
    if name.is_empty() || !m.has(&Memory::key(id, "given_names")) {
        if let Some(evidence) = name_evidence(m, id).filter(|_| m.declaration) {
            taken_to_stay(m, out, &evidence);
        }
        return;
    }
    if !m.has(&Memory::key(id, "surname"))
        && let Some(surname) = surname_on_the_door(m, &name)
    {
        name = format!("{name} {surname}");
    }
    let evidence = name_evidence(m, id).unwrap_or_default();
    put(
        out,
        "host.name",
        named(m, id, Slot::proposed(name, evidence.clone(), 0.75)),
    );
    // A name alone may be anybody's of whom something was told.
    let spoken_of = m.declaration
        || ["host.role", "host.phone", "host.consent_status"]
            .iter()
            .any(|key| out.slots.contains_key(*key))
        || m.text("dwelling.type") == Some("room");
    // What follows from a name that is asked about is asked about, too.
    let unsure = m
        .belief(&Memory::key(id, "given_names"))
        .is_some_and(|b| b.is_unsure());
    let taken = |slot: Slot| match spoken_of && !unsure {
        true => slot,
        false => slot.unclear(),
    };
    // Who lets a whole home as its owner or manager lives elsewhere.
    let lets = m.text("host.role") == Some("landlord")
        && m.text("dwelling.type") == Some("rented_private");
    if !out.slots.contains_key("dwelling.others_registered")
        && !lets
        && m.text("dwelling.type") != Some("sublet")
        && !m.has(taken_back::APART)
    {
        let slot = Slot::proposed(true, evidence.clone(), 0.7);
        put(out, "dwelling.others_registered", taken(slot));
    }
    // Who sublets is a tenant who is away.
    if m.text("dwelling.type") == Some("sublet") {
        if !out.slots.contains_key("host.role") {
            put(
                out,
                "host.role",
                Slot::derived("tenant", evidence.clone(), 0.7),
            );
        }
        if !out.slots.contains_key("dwelling.others_stay") {
            let slot = Slot::derived(false, evidence, 0.6).unclear();
            put(out, "dwelling.others_stay", slot);
        }
        return;
    }
    let stays =
        !lets && !m.has(taken_back::APART) && m.person(id).and_then(|p| p.moves) == Some(false);
    if stays && !out.slots.contains_key("dwelling.others_stay") {
        let slot = Slot::proposed(true, evidence.clone(), 0.75);
        put(out, "dwelling.others_stay", taken(slot));
    }
    if spoken_of {
        taken_to_stay(m, out, &evidence);
    }
}

/// Whoever takes somebody in lives there, as long as nobody says otherwise: taken for granted, and asked about.
fn taken_to_stay(m: &Memory, out: &mut Readings, evidence: &[Evidence]) {
    let whole = matches!(
        m.text("dwelling.type"),
        Some(
            "sublet" | "owned" | "rented_private" | "cooperative" | "institution" | "student_hall"
        )
    );
    let empty = out
        .slots
        .get("dwelling.others_registered")
        .is_some_and(|s| s.value == Some(false.into()));
    if whole || empty || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    for key in ["dwelling.others_registered", "dwelling.others_stay"] {
        if !out.slots.contains_key(key) {
            put(
                out,
                key,
                Slot::derived(true, evidence.to_vec(), 0.6).unclear(),
            );
        }
    }
}

/// The host's surname as it stands behind "c/o", when that is no given name.
fn surname_on_the_door(m: &Memory, given: &str) -> Option<String> {
    let care_of = m.text("to.co_name")?.strip_prefix("c/o ")?;
    let last = care_of.split(' ').next_back()?;
    let same = |a: &str, b: &str| tolkebot_values::names::same_name(a, b) >= 0.82;
    (!same(last, given)).then(|| last.to_owned())
}

/// "Bor sælgeren der stadig?" – «Ні, вже виїхав»: nobody whose home it is, so nobody is registered there.
fn gone_before(out: &mut Readings) {
    let leaves = out
        .slots
        .get("dwelling.others_stay")
        .is_some_and(|slot| slot.value == Some(false.into()));
    let known = out
        .slots
        .get("dwelling.others_registered")
        .map(|slot| slot.value.clone());
    if !leaves || known == Some(Some(true.into())) {
        return;
    }
    if known.is_some() {
        out.slots.remove("dwelling.others_stay");
        return;
    }
    if let Some(stay) = out.slots.remove("dwelling.others_stay") {
        let evidence = stay.evidence.clone();
        put(
            out,
            "dwelling.others_registered",
            Slot::derived(false, evidence, 0.7),
        );
    }
}
