//! What follows for a child from whose it is and from what the other parent says: guesses, and asked about.

use super::*;
use crate::state::UNNAMED_CHILD;

/// Where the child has lived and whether the other parent moves, as long as nobody said otherwise.
pub(super) fn concluded(m: &Memory, id: PersonId, out: &mut Readings) {
    lived_with_one(m, id, out);
    lived_with_both(m, id, out);
    stays_behind(m, id, out);
}

fn key(id: PersonId, field: &str) -> String {
    format!("children[#{id}].{field}")
}

/// Whose the children are alone, with them they have lived.
fn lived_with_one(m: &Memory, id: PersonId, out: &mut Readings) {
    let key = key(id, "lived_with_before");
    if m.text("children[].custody") == Some("sole_reporter")
        && id != UNNAMED_CHILD
        && m.mover == 0
        && m.text("case.move_type") != Some("to_abroad")
        && !out.slots.contains_key(&key)
        && let Some(slot) = shown(m, "children[].custody")
    {
        put(
            out,
            &key,
            Slot::derived("reporter", slot.evidence, 0.6).unclear(),
        );
    }
}

/// Parents who share custody and move together have lived together with their children.
fn lived_with_both(m: &Memory, id: PersonId, out: &mut Readings) {
    let before = key(id, "lived_with_before");
    let together = out
        .slots
        .get(&key(id, "other_parent_moves"))
        .is_some_and(|slot| slot.value == Some(Value::Bool(true)));
    if m.text("children[].custody") == Some("joint")
        && together
        && !m.parted
        && id != UNNAMED_CHILD
        && m.mover == 0
        && m.text("case.move_type") != Some("to_abroad")
        && !out.slots.contains_key(&before)
        && let Some(slot) = shown(m, "children[].custody")
    {
        put(
            out,
            &before,
            Slot::derived("both", slot.evidence, 0.6).unclear(),
        );
    }
}

/// Parents who have parted and share custody: the other one does not come along. Nor does one who has agreed to the
/// move, or is against it: nobody asks that of whoever moves along.
fn stays_behind(m: &Memory, id: PersonId, out: &mut Readings) {
    let key = key(id, "other_parent_moves");
    let couple = m.household().iter().any(|id| {
        m.person(*id)
            .and_then(|p| p.kin)
            .is_some_and(Kin::is_couple)
    });
    if couple || out.slots.contains_key(&key) {
        return;
    }
    let custody = m.text("children[].custody");
    let parted = custody == Some("joint")
        && (m.parted || m.other_parent.is_some() || m.parent_spoken.is_some());
    let statement = "children[].other_parent_statement";
    let heard = custody != Some("third_party")
        && matches!(
            m.text(statement),
            Some("agrees" | "co_signed" | "disagrees" | "hearing_pending" | "not_reachable")
        );
    let from = match (parted, heard) {
        (true, _) => "children[].custody",
        (_, true) => statement,
        _ => return,
    };
    if let Some(slot) = shown(m, from) {
        put(
            out,
            &key,
            Slot::derived(false, slot.evidence, 0.6).unclear(),
        );
    }
}
