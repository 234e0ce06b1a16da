//! A case's life through its log: what is signed, and what voids it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::{Case, values};
use serde_json::json;
use tolkebot_casework::{
    CaseState, CaseView, FORM, MemoryStore, NewEvent, Retention, Store, retain,
};
use tolkebot_protocol::{
    CaseEvent, CaseId, CaseStage, EventPayload, Lang, Role, Speaker, Utterance, UtteranceId,
    UtteranceSource,
};

#[test]
fn a_filled_form_is_read_back_signed_reviewed_and_handed_in() {
    let mut case = Case::filled();
    assert_eq!(case.view().open(), Default::default());
    case.read_back();
    assert_eq!(case.stage(), CaseStage::ReadBack);
    case.sign();
    assert_eq!(case.stage(), CaseStage::Signed);
    case.send_and_approve();
    assert_eq!(case.stage(), CaseStage::Approved);
    case.add(
        Role::System,
        EventPayload::DocumentSealed {
            digest: "d".into(),
            pdf_sha256: "p".into(),
        },
    );
    case.add(
        Role::System,
        EventPayload::Submitted {
            channel: "directory".into(),
            receipt: "r".into(),
        },
    );
    assert_eq!(case.stage(), CaseStage::Submitted);
    let surname = |case: &Case| {
        case.view()
            .form_state()
            .text("mover.surname")
            .map(str::to_owned)
    };
    // Nothing changes what was handed in: no hand, no word.
    case.correct("mover.surname", json!("Bondarenko"));
    case.say("Я переїжджаю 20 грудня.", "Jeg flytter den 20. december.");
    assert_eq!(case.stage(), CaseStage::Submitted);
    assert_eq!(surname(&case).as_deref(), Some("Kovalenko"));
    assert!(case.view().lifecycle().signature().is_some_and(|s| !s.void));
}

#[test]
fn nobody_signs_while_a_required_value_is_missing_or_not_confirmed() {
    for (key, _) in values() {
        let mut case = Case::filled();
        case.add(
            Role::Staff,
            EventPayload::SlotCleared {
                key: key.into(),
                by: None,
            },
        );
        case.read_back();
        case.sign();
        assert!(
            case.view().lifecycle().signature().is_none(),
            "without {key}"
        );
        assert_eq!(case.stage(), CaseStage::Open, "without {key}");
    }
    // Heard only: nobody vouched for it.
    let mut case = Case::filled();
    case.say(
        "Мій номер телефону 21 45 07 83.",
        "Mit telefonnummer er 21 45 07 83.",
    );
    let open = case.view().open();
    assert_eq!(open.unconfirmed, ["mover.phone"]);
    case.read_back();
    case.sign();
    assert!(case.view().lifecycle().signature().is_none());
    // A rule that blocks signing.
    let mut case = Case::filled();
    case.correct("move_date", json!("2027-03-01"));
    assert!(case.view().open().blocked_by.contains(&"R01".to_owned()));
    case.read_back();
    assert_eq!(case.stage(), CaseStage::Open);
}

#[test]
fn what_a_newer_reader_hears_does_not_undo_what_was_read_and_signed() {
    let mut case = Case::filled();
    let before = case.view().filled();
    // Heard by this reader; by the one of that day it was not, as the log says.
    case.say(
        "Мій номер телефону 21 45 07 83.",
        "Mit telefonnummer er 21 45 07 83.",
    );
    assert_eq!(case.view().open().unconfirmed, ["mover.phone"]);
    let digest = "d".to_owned();
    case.add(
        Role::Staff,
        EventPayload::ReadBackGiven {
            digest: digest.clone(),
            by: None,
            keys: before.clone(),
            rules: 3,
        },
    );
    case.add(Role::Citizen, EventPayload::ReadBackConfirmed { digest });
    case.sign();
    let view = case.view();
    assert!(view.lifecycle().signature().is_some_and(|s| !s.void));
    assert_eq!(
        view.filled(),
        before,
        "and the form is the one that was read"
    );
    // What stood there then unvouched is no such thing: nobody signs it.
    let mut case = Case::filled();
    case.say(
        "Мій номер телефону 21 45 07 83.",
        "Mit telefonnummer er 21 45 07 83.",
    );
    let keys = case.view().filled();
    case.add(
        Role::Staff,
        EventPayload::ReadBackGiven {
            digest: "d".into(),
            by: None,
            keys,
            rules: 3,
        },
    );
    assert_eq!(case.stage(), CaseStage::Open);
}

#[test]
fn any_change_after_signing_voids_the_signature_wherever_the_case_is() {
    let signed = Case::signed;
    let in_review = || {
        let mut case = signed();
        case.add(Role::Staff, EventPayload::SentToReview { by: None });
        case
    };
    let approved = || {
        let mut case = signed();
        case.send_and_approve();
        case
    };
    let changes: [fn(&mut Case); 3] = [
        |case| case.correct("to.house_number", json!(97)),
        |case| {
            let key = "gp.choice".to_owned();
            case.add(Role::Citizen, EventPayload::SlotCleared { key, by: None });
        },
        |case| {
            case.say(
                "Мій номер телефону 21 45 07 83.",
                "Mit telefonnummer er 21 45 07 83.",
            );
        },
    ];
    for start in [&signed as &dyn Fn() -> Case, &in_review, &approved] {
        for (n, change) in changes.iter().enumerate() {
            let mut case = start();
            change(&mut case);
            let view = case.view();
            let signature = view.lifecycle().signature().unwrap();
            assert!(signature.void, "change {n}");
            assert_eq!(view.lifecycle().stage(), CaseStage::Open, "change {n}");
        }
        // The same value once more, and small talk, change nothing.
        let mut case = start();
        let stage = case.stage();
        case.correct("to.house_number", json!(95));
        case.say("Дякую.", "Tak.");
        assert_eq!(case.stage(), stage);
    }
}

#[test]
fn the_address_line_follows_its_parts() {
    let mut case = Case::filled();
    let line = |case: &Case| {
        case.view()
            .form_state()
            .text("to.address_line")
            .map(str::to_owned)
    };
    assert_eq!(line(&case).as_deref(), Some("Randersvej 95, 8200 Aarhus N"));
    case.correct("to.house_number", json!(97));
    assert_eq!(line(&case).as_deref(), Some("Randersvej 97, 8200 Aarhus N"));
    let key = "to.postal_code".to_owned();
    case.add(Role::Staff, EventPayload::SlotCleared { key, by: None });
    assert_eq!(line(&case), None);
}

/// A second person who is away for a week must not cost the citizen their case.
#[test]
fn a_signed_case_waits_for_people_however_long_they_take() {
    let rules = Retention {
        open_days: 1,
        ended_days: 1,
        cancelled_days: 1,
        submitted_days: 1,
        ..Retention::default()
    };
    let next_month = "2027-01-01T10:00:00Z".parse().unwrap();
    let left = |case: &Case| {
        let store = MemoryStore::new();
        let events: Vec<NewEvent> = case
            .events
            .iter()
            .map(|one| NewEvent {
                at: one.at.parse().unwrap(),
                actor: one.actor,
                payload: one.payload.clone(),
            })
            .collect();
        store.append(&case.id, 0, &events).unwrap();
        let retained = retain(&store, &rules, next_month, false).unwrap();
        assert!(retained.unreadable.is_empty());
        retained.expired.first().map(|one| one.state)
    };
    let ended = || {
        let mut case = Case::filled();
        case.add(Role::Staff, EventPayload::ConversationEnded {});
        case.read_back();
        case
    };
    assert_eq!(left(&ended()), Some(CaseState::Ended), "only read back");

    let mut signed = ended();
    signed.sign();
    assert_eq!(left(&signed), None, "signed");
    signed.add(Role::Staff, EventPayload::SentToReview { by: None });
    assert_eq!(left(&signed), None, "in review");
    signed.add(
        Role::Supervisor,
        EventPayload::Returned {
            reason: "x".into(),
            comments: vec![],
            by: Some("bo".into()),
        },
    );
    assert_eq!(left(&signed), None, "returned");
    signed.add(Role::Staff, EventPayload::Reopened { by: None });
    assert_eq!(left(&signed), Some(CaseState::Ended), "taken up again");

    let mut approved = Case::signed();
    approved.send_and_approve();
    assert_eq!(left(&approved), None, "approved");

    let mut changed = Case::signed();
    changed.correct("mover.given_names", json!("Olena"));
    assert_eq!(
        left(&changed),
        Some(CaseState::Open),
        "its signature is void"
    );
    let mut given_up = Case::signed();
    given_up.add(
        Role::Staff,
        EventPayload::Cancelled {
            reason: "x".into(),
            by: None,
        },
    );
    assert_eq!(left(&given_up), Some(CaseState::Cancelled));
}

#[test]
fn tomorrow_is_counted_from_the_day_on_which_it_is_said() {
    for (day, moves) in [("01", "2026-12-02"), ("03", "2026-12-04")] {
        let id = CaseId("a-2".into());
        let open = EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-12-01".into(),
        };
        let said = |n, speaker, lang, text: &str| {
            EventPayload::UtteranceSettled(Utterance {
                id: UtteranceId(n),
                speaker,
                lang,
                text: text.into(),
                source: UtteranceSource::Typed,
                start_ms: 0,
                end_ms: 1,
                confidence: 1.0,
                reconsidered: Vec::new(),
                interrupted: false,
                sent_as: None,
            })
        };
        let asked = said(1, Speaker::Staff, Lang::Da, "Hvornår flytter du?");
        let answered = said(2, Speaker::Citizen, Lang::Uk, "Завтра.");
        let steps = [
            (Role::Staff, open, "2026-12-01T14:00:00.000Z".to_owned()),
            (Role::Staff, asked, format!("2026-12-{day}T14:30:00.000Z")),
            (
                Role::Citizen,
                answered,
                format!("2026-12-{day}T14:31:00.000Z"),
            ),
        ];
        let events: Vec<_> = (1u64..)
            .zip(steps)
            .map(|(seq, (actor, payload, at))| CaseEvent {
                seq,
                at,
                actor,
                payload,
            })
            .collect();
        let view = CaseView::fold(&id, &events).unwrap();
        let date = view.form_state().value("move_date").cloned();
        assert_eq!(date, Some(json!(moves)), "said on the {day}");
    }
}

/// Who comes too early is told the day, and finds the way open when they come again on it.
#[test]
fn a_notification_that_was_too_early_is_not_any_more_on_its_day() {
    let mut case = Case::filled();
    case.correct("move_date", json!("2026-12-31"));
    assert_eq!(case.view().open().blocked_by, ["R01"]);
    let come = |case: &Case, at: &str| {
        let mut events = case.events.clone();
        let payload = EventPayload::ParticipantJoined {
            role: Role::Staff,
            paired: false,
        };
        events.push(CaseEvent {
            seq: events.len() as u64 + 1,
            at: at.into(),
            actor: Role::Staff,
            payload,
        });
        CaseView::fold(&case.id, &events).unwrap()
    };
    let early = come(&case, "2026-12-02T09:00:00.000Z");
    assert_eq!(early.open().blocked_by, ["R01"]);
    let on_its_day = come(&case, "2026-12-03T09:00:00.000Z");
    assert_eq!(on_its_day.open(), Default::default());
    // Screens are told, though no value is another one.
    let mut view = case.view();
    let joined = CaseEvent {
        seq: view.seq() + 1,
        at: "2026-12-03T09:00:00.000Z".into(),
        actor: Role::Staff,
        payload: EventPayload::ParticipantJoined {
            role: Role::Staff,
            paired: false,
        },
    };
    assert!(view.apply(&joined).unwrap());
    // A case that waits becomes no late one: it was reported when it was opened.
    let mut case = Case::filled();
    case.correct("move_date", json!("2026-11-28"));
    let next_month = come(&case, "2026-12-20T09:00:00.000Z");
    assert_eq!(next_month.open(), Default::default());
    let rules: Vec<String> = next_month
        .form()
        .issues
        .into_iter()
        .map(|i| i.rule)
        .collect();
    assert!(!rules.contains(&"R02".to_owned()), "{rules:?}");
}
