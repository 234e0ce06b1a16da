//! What a case tells the second person: why it was returned, what is different, what was said before.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::Case;
use serde_json::json;
use tolkebot_casework::{FORM, Outline, Story};
use tolkebot_protocol::{CaseId, CaseStage, EventPayload, FieldComment, Role, UtteranceId};

#[test]
fn a_returned_case_says_why_and_what_is_different_now() {
    let mut case = Case::signed();
    case.add(Role::Staff, EventPayload::SentToReview { by: None });
    case.add(
        Role::Supervisor,
        EventPayload::Returned {
            reason: "Husnummeret passer ikke".into(),
            comments: vec![FieldComment {
                key: "to.house_number".into(),
                text: "Er det 97?".into(),
            }],
            by: Some("bo".into()),
        },
    );
    assert_eq!(case.stage(), CaseStage::Returned);
    let story = |case: &Case| Story::of(&case.id, &case.events).unwrap();
    assert_eq!(story(&case).changed_since_return, []);
    case.add(Role::Staff, EventPayload::Reopened { by: None });
    case.add(
        Role::Staff,
        EventPayload::SlotCorrected {
            key: "to.house_number".into(),
            value: json!(97),
            by: Some("anne".into()),
        },
    );
    let view = case.view();
    let (reason, comments) = view.lifecycle().returned().unwrap();
    assert_eq!(reason, "Husnummeret passer ikke");
    assert_eq!(comments[0].key, "to.house_number");
    let Story {
        view: now,
        history: lines,
        changed_since_return: changed,
    } = story(&case);
    assert_eq!(now.form(), case.view().form());
    let keys: Vec<_> = changed.iter().map(|c| c.key.as_str()).collect();
    assert_eq!(keys, ["to.address_line", "to.house_number"]);
    assert_eq!(
        (&changed[1].before, &changed[1].after),
        (&json!("95"), &json!("97"))
    );
    let line = |kind: &str| lines.iter().rfind(|l| l.kind == kind).unwrap();
    let corrected = line("slot_corrected");
    assert_eq!(
        (&corrected.before, &corrected.after),
        (&json!("95"), &json!("97"))
    );
    assert_eq!(corrected.by.as_deref(), Some("anne"));
    let returned = line("returned");
    assert_eq!(returned.comments, comments);
    assert_eq!(returned.by.as_deref(), Some("bo"));
    assert_eq!(returned.reason, "Husnummeret passer ikke");
    // Sent back again, each return keeps its own remarks.
    case.read_back();
    case.sign();
    case.add(Role::Staff, EventPayload::SentToReview { by: None });
    case.add(
        Role::Supervisor,
        EventPayload::Returned {
            reason: "Datoen".into(),
            comments: vec![FieldComment {
                key: "move_date".into(),
                text: "Er det den 6.?".into(),
            }],
            by: Some("bo".into()),
        },
    );
    assert_eq!(case.view().returns(), 2);
    assert_eq!(Outline::of(&case.view(), "").returns, 2);
    let lines = story(&case).history;
    let returns = lines.iter().filter(|l| l.kind == "returned");
    let asked: Vec<_> = returns.map(|l| l.comments[0].key.as_str()).collect();
    assert_eq!(asked, ["to.house_number", "move_date"]);
    // Signed again it goes the same way, and the remarks are gone once it is approved.
    case.add(Role::Staff, EventPayload::Reopened { by: None });
    case.read_back();
    case.sign();
    case.send_and_approve();
    assert_eq!(case.stage(), CaseStage::Approved);
    assert!(case.view().lifecycle().returned().is_none());
}

/// What was said first is the likeliest place of a wrong interpretation.
#[test]
fn a_value_that_words_changed_stands_in_the_history_with_those_words() {
    let mut case = Case {
        id: CaseId("a-2".into()),
        events: Vec::new(),
    };
    case.add(
        Role::Staff,
        EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-12-01".into(),
        },
    );
    case.say(
        "Я переїжджаю дванадцятого грудня",
        "Jeg flytter den tolvte december",
    );
    let first = UtteranceId(case.events.len() as u32 - 1);
    case.ask("Den tolvte december?", "Дванадцятого грудня?");
    case.say(
        "Ні, вибачте, чотирнадцятого грудня",
        "Nej, undskyld, den fjortende december",
    );
    let second = UtteranceId(case.events.len() as u32 - 1);
    let story = Story::of(&case.id, &case.events).unwrap();
    assert_eq!(story.view.form(), case.view().form());
    assert_eq!(
        story.view.form_state().text("move_date"),
        Some("2026-12-14")
    );
    let changed: Vec<_> = story
        .history
        .iter()
        .filter(|l| l.kind == "slot_reheard")
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    let line = changed[0];
    assert_eq!(
        (line.key.as_str(), line.actor),
        ("move_date", Role::Citizen)
    );
    assert_eq!(
        (&line.before, &line.after),
        (&json!("2026-12-12"), &json!("2026-12-14"))
    );
    assert_eq!(line.utterances.first(), Some(&first));
    assert_eq!(line.utterances.last(), Some(&second));
    let event = case
        .events
        .iter()
        .find(|e| matches!(&e.payload, EventPayload::UtteranceSettled(said) if said.id == second));
    assert_eq!(line.at, event.unwrap().at);
    // Somebody wrote something else: over which words, stands with it.
    case.add(
        Role::Staff,
        EventPayload::SlotCorrected {
            key: "move_date".into(),
            value: json!("2026-12-16"),
            by: None,
        },
    );
    let written = Story::of(&case.id, &case.events).unwrap();
    let by_hand = written.history.last().unwrap();
    assert_eq!(by_hand.kind, "slot_corrected");
    assert!(by_hand.utterances.contains(&second), "{by_hand:?}");
    assert!(written.evidence().iter().any(|one| one.utterance == second));
    // All of them can be read, with how far their translations are to be trusted.
    let said = story.evidence();
    for wanted in &line.utterances {
        let one = said.iter().find(|one| one.utterance == *wanted).unwrap();
        assert!(one.confidence > 0.0, "{one:?}");
    }
}
