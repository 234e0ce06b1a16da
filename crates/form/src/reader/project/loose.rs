//! Parts of the new address that were told before its street.

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
