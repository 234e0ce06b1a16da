//! Parts of an address that stand without a street or without a code.

use super::home::text_of;
use super::*;

/// A floor, a door, a house number or a code that was told before the street: while no other address is spoken of it
/// is the new one's, and asked about.
pub(super) fn without_street(m: &Memory, mut parts: Vec<(&str, Slot)>, out: &mut Readings) {
    let elsewhere = m.from_abroad.is_some() && !m.has("dwelling.type")
        || matches!(
            m.text("case.move_type"),
            Some("to_abroad" | "no_fixed_address")
        );
    if elsewhere {
        return;
    }
    if !parts.iter().any(|(p, _)| *p == "postal_code")
        && let Some((code, key)) = implied_code(m, Place::New)
    {
        let evidence = m.belief(&key).and_then(Belief::slot);
        let evidence = evidence.map(|s| s.evidence.clone()).unwrap_or_default();
        parts.push(("postal_code", Slot::derived(code, evidence, 0.6)));
    }
    let code = text_of(&parts, "postal_code");
    if let Some(row) = code.as_deref().and_then(postal::lookup) {
        let from = parts.iter().find(|(p, _)| *p == "postal_code");
        let evidence = from.map(|(_, s)| s.evidence.clone()).unwrap_or_default();
        let slot = Slot::derived(row.district, evidence, 0.6);
        put(out, "to.post_district", slot.unclear());
    }
    for (part, mut slot) in parts {
        slot.derived = false;
        put(out, &format!("to.{part}"), slot.unclear());
    }
}

/// The code of the new address for an old one of which nobody named a town: who comes from another town says so.
/// Asked about in any case.
pub(super) fn code_of_the_new(m: &Memory, out: &Readings) -> Option<Slot> {
    let elsewhere = ["from.town", "from.town_codes", "from.codes"]
        .iter()
        .any(|key| m.has(key));
    let kind = m.text("case.move_type");
    let other = m.from_abroad.is_some()
        || matches!(
            kind,
            Some("to_abroad" | "from_abroad" | "no_fixed_address" | "domestic_to_municipality")
        );
    if elsewhere || other {
        return None;
    }
    let new = out.slots.get("to.postal_code")?;
    let code = new.value.clone()?;
    Some(Slot::derived(code, new.evidence.clone(), 0.5).unclear())
}

/// Who reports for an institution reports that somebody moves into it.
pub(super) fn of_institution(m: &Memory, out: &mut Readings) {
    let key = "dwelling.type";
    let reporter = m.belief("case.reporter_role").and_then(Belief::slot);
    if m.text("case.reporter_role") == Some("institution")
        && !out.slots.contains_key(key)
        && let Some(slot) = reporter
    {
        let derived = Slot::derived("institution", slot.evidence.clone(), 0.6);
        put(out, key, derived.unclear());
    }
}

/// Husband or wife of the one who moves lives with them, unless a paper was spoken of.
pub(super) fn reported_by_partner(m: &Memory, out: &mut Readings) {
    let partner = m
        .person(m.mover)
        .and_then(|p| p.kin)
        .is_some_and(Kin::is_couple);
    if m.mover != 0 && partner && !m.has("case.reporter_role") && !m.has("poa.used") {
        let evidence = name_evidence(m, m.mover).unwrap_or_default();
        let slot = Slot::derived("household_member", evidence, 0.5).unclear();
        put(out, "case.reporter_role", slot);
    }
}
