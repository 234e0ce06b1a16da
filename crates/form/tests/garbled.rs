//! What the recogniser garbled is asked about, never filled in as if it were clear.

use tolkebot_form::{Dialogue, FormDefinition, FormReader, SlotStatus};

fn status(turns: &str, key: &str) -> Option<SlotStatus> {
    let dialogue = Dialogue::from_json(turns).expect("a dialogue");
    let today = "2026-12-01".parse().expect("a date");
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in &dialogue.turns {
        reader.push(turn);
    }
    let slots = reader.state().to_contract_json();
    let status = slots["slots"][key]["status"].clone();
    serde_json::from_value(status).ok()
}

#[test]
fn a_weekday_beside_a_month_whose_day_was_not_understood_is_asked_about() {
    let asked =
        r#"{"speaker":"staff","lang":"da","text":"Hvornår flytter I ind i den nye lejlighed?"}"#;
    let answer = |text: &str| {
        format!(r#"{{"turns":[{asked},{{"speaker":"citizen","lang":"uk","text":"{text}"}}]}}"#)
    };
    // Nothing, or a question: never a date that looks settled.
    let garbled = status(&answer("у суботу Ваначятого Грудня."), "move_date");
    assert!(
        matches!(garbled, None | Some(SlotStatus::NeedsConfirmation)),
        "{garbled:?}"
    );
    assert_eq!(
        status(&answer("У суботу, дванадцятого грудня."), "move_date"),
        Some(SlotStatus::Proposed)
    );
}
