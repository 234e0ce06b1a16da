//! What follows from the kind of home and from who is there: a room is in somebody's home, and who is registered where
//! somebody else moves in stays. Taken for granted while nobody says otherwise, and asked about.

use super::*;
use crate::reader::taken_back;

const OTHERS: &str = "dwelling.others_registered";
const STAY: &str = "dwelling.others_stay";

pub(super) fn shared(m: &Memory, out: &mut Readings) {
    if m.text("case.move_type") == Some("to_abroad") || m.has(taken_back::APART) {
        return;
    }
    let kind = m.text("dwelling.type");
    if kind == Some("room")
        && !out.slots.contains_key(OTHERS)
        && let Some(evidence) = evidence_of(m, "dwelling.type")
    {
        put(out, OTHERS, Slot::derived(true, evidence, 0.6).unclear());
    }
    let others = out
        .slots
        .get(OTHERS)
        .filter(|slot| slot.value == Some(true.into()))
        .map(|slot| slot.evidence.clone());
    if let Some(evidence) = others
        && !out.slots.contains_key(STAY)
        && kind != Some("sublet")
        // A declaration that goes to nobody knows whom is of nobody who stays.
        && (kind == Some("room") || m.host.is_some())
        // Of a home of their own nobody says that they stay there.
        && m.host != Some(0)
    {
        put(out, STAY, Slot::derived(true, evidence, 0.6).unclear());
    }
}

fn evidence_of(m: &Memory, key: &str) -> Option<Vec<Evidence>> {
    Some(m.belief(key)?.slot()?.evidence.clone())
}
