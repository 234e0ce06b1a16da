//! What the form makes of its own values follows them, whatever people do with it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::Case;
use serde_json::{Value, json};
use tolkebot_protocol::{EventPayload, Role, SlotStatus};

const DAYS: &str = "move_date_days_late";

fn confirm(case: &mut Case, key: &str, value: Value) {
    let confirmed = EventPayload::SlotConfirmed {
        key: key.into(),
        value,
        by: None,
    };
    case.add(Role::Staff, confirmed);
}

fn clear(case: &mut Case, key: &str) {
    let cleared = EventPayload::SlotCleared {
        key: key.into(),
        by: None,
    };
    case.add(Role::Staff, cleared);
}

#[test]
fn the_days_after_the_deadline_are_those_of_the_date() {
    let days = |case: &Case| case.view().form_state().value(DAYS).cloned();
    let mut case = Case::filled();
    case.correct("move_date", json!("2026-11-20"));
    assert_eq!(days(&case), Some(json!(6)));
    confirm(&mut case, DAYS, json!(6));
    case.correct("move_date", json!("2026-11-10"));
    assert_eq!(days(&case), Some(json!(16)));
    // Emptying them gives no reason.
    clear(&mut case, DAYS);
    assert_eq!(days(&case), Some(json!(16)));
    assert_eq!(case.view().open().missing, ["late_reason"]);
    case.correct("move_date", json!("2026-11-30"));
    assert_eq!(days(&case), None);
    assert_eq!(case.view().open().missing, Vec::<String>::new());
}

#[test]
fn an_address_line_that_was_emptied_can_be_written_again() {
    const LINE: &str = "to.address_line";
    let mut case = Case::filled();
    clear(&mut case, LINE);
    let form = case.view().form();
    let mut slots = form.sections.iter().flat_map(|section| &section.slots);
    let line = slots.find(|slot| slot.key == LINE).map(|slot| slot.status);
    assert_eq!(line, Some(SlotStatus::Cleared));
}
