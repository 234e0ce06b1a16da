//! What the form makes of its own values follows them, whatever people do with it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::Case;
use serde_json::{Value, json};
use tolkebot_casework::{CaseView, FORM, SlotError};
use tolkebot_protocol::{CaseId, EventPayload, Role, SlotStatus};

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

fn status(view: &CaseView, key: &str) -> Option<SlotStatus> {
    let form = view.form();
    let mut slots = form.sections.iter().flat_map(|section| &section.slots);
    slots.find(|slot| slot.key == key).map(|slot| slot.status)
}

#[test]
fn the_town_is_that_of_the_postal_code_also_where_somebody_vouched_for_it() {
    const TOWN: &str = "to.post_district";
    let town = |case: &Case| case.view().form_state().text(TOWN).map(str::to_owned);
    let mut case = Case::filled();
    confirm(&mut case, TOWN, json!("Aarhus N"));
    // The same code again is no other one.
    case.correct("to.postal_code", json!("8200"));
    assert_eq!(status(&case.view(), TOWN), Some(SlotStatus::Confirmed));
    case.correct("to.postal_code", json!("8000"));
    assert_eq!(town(&case).as_deref(), Some("Aarhus C"));
    assert_eq!(status(&case.view(), TOWN), Some(SlotStatus::Derived));
    let issues = case.view().form().issues;
    assert!(issues.iter().all(|issue| issue.rule != "R12"), "{issues:?}");
    // What somebody writes beside the code is theirs.
    case.correct(TOWN, json!("Aarhus"));
    assert_eq!(town(&case).as_deref(), Some("Aarhus"));
}

/// A line that somebody vouched for, and then another floor was said.
#[test]
fn nobody_vouches_for_an_address_line_that_says_something_else_than_its_parts() {
    const LINE: &str = "to.address_line";
    let mut case = Case {
        id: CaseId("a-1".into()),
        events: Vec::new(),
    };
    let opened = EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-12-01".into(),
    };
    case.add(Role::Staff, opened);
    case.ask("Hvad er din nye adresse?", "–");
    case.say(
        "Вестергаде вісім, другий сал праворуч, вісім тисяч Орхус.",
        "–",
    );
    case.ask("Vestergade 8, 2. sal til højre, 8000 Aarhus C.", "–");
    case.say("Так.", "–");
    let (second, third) = (
        json!("Vestergade 8, 2. th, 8000 Aarhus C"),
        json!("Vestergade 8, 3. th, 8000 Aarhus C"),
    );
    case.view().check_confirm(LINE, &second).unwrap();
    confirm(&mut case, LINE, second.clone());
    case.ask("Hvilken etage?", "–");
    case.say("Третій сал.", "–");
    let view = case.view();
    assert_eq!(status(&view, LINE), Some(SlotStatus::Conflict));
    assert_eq!(view.form_state().text("to.floor"), Some("3"));
    let refused = view.check_confirm(LINE, &second);
    assert!(matches!(refused, Err(SlotError::Refused(_))), "{refused:?}");
    assert_eq!(view.check_correct(LINE, &third), Ok(third));
}
