//! The fold: what a log says.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use jiff::Timestamp;
use serde_json::{Value, json};
use tolkebot_casework::{CaseView, FORM, FoldError, MemoryStore, NewEvent, SlotError, Store};
use tolkebot_protocol::{
    CaseEvent, CaseId, Decided, EventPayload, Lang, Notice, Role, SlotStatus, SlotView, Speaker,
    TextSpan, Utterance, UtteranceId, UtteranceSource,
};

fn case() -> CaseId {
    CaseId("a".into())
}

/// A log with the given events behind the opening.
fn log(payloads: Vec<(Role, EventPayload)>) -> Vec<CaseEvent> {
    let store = MemoryStore::new();
    let opened = EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-11-24".into(),
    };
    let events: Vec<NewEvent> = std::iter::once((Role::Staff, opened))
        .chain(payloads)
        .map(|(actor, payload)| NewEvent {
            at: Timestamp::from_second(1_795_510_800).unwrap(),
            actor,
            payload,
        })
        .collect();
    store
        .append(&case(), 0, &events)
        .unwrap()
        .into_iter()
        .map(|s| s.event)
        .collect()
}

fn fold(payloads: Vec<(Role, EventPayload)>) -> CaseView {
    CaseView::fold(&case(), &log(payloads)).unwrap()
}

fn said(n: u32, speaker: Speaker, text: &str) -> (Role, EventPayload) {
    let utterance = Utterance {
        id: UtteranceId(n),
        speaker,
        lang: speaker.lang(),
        text: text.into(),
        source: UtteranceSource::Speech,
        start_ms: 0,
        end_ms: 1000,
        confidence: 0.9,
        reconsidered: Vec::new(),
        interrupted: false,
        sent_as: None,
    };
    (Role::System, EventPayload::UtteranceSettled(utterance))
}

fn translated(n: u32, lang: Lang, text: &str) -> (Role, EventPayload) {
    let translation = EventPayload::TranslationSettled {
        utterance: UtteranceId(n),
        lang,
        text: text.into(),
        confidence: 0.8,
        warnings: vec![],
        verified: false,
    };
    (Role::System, translation)
}

fn consent(role: Role, notice: Notice, accepted: bool) -> (Role, EventPayload) {
    (role, EventPayload::ConsentGiven { notice, accepted })
}

fn corrected(key: &str, value: Value) -> (Role, EventPayload) {
    (
        Role::Staff,
        EventPayload::SlotCorrected {
            key: key.into(),
            value,
            by: None,
        },
    )
}

fn slot(view: &CaseView, key: &str) -> Option<SlotView> {
    view.form()
        .sections
        .into_iter()
        .flat_map(|s| s.slots)
        .find(|s| s.key == key)
}

#[test]
fn consents_decide_who_may_speak_and_the_last_answer_counts() {
    let view = fold(vec![]);
    assert_eq!(
        view.missing_consent(Speaker::Staff),
        Some(Notice::AiDisclosure)
    );
    assert_eq!(
        view.missing_consent(Speaker::Citizen),
        Some(Notice::AiDisclosure)
    );
    let mut events = vec![
        consent(Role::Staff, Notice::AiDisclosure, true),
        consent(Role::Citizen, Notice::AiDisclosure, true),
        consent(Role::Citizen, Notice::Processing, false),
    ];
    let view = fold(events.clone());
    assert_eq!(view.missing_consent(Speaker::Staff), None);
    assert_eq!(
        view.missing_consent(Speaker::Citizen),
        Some(Notice::Processing)
    );
    assert_eq!(view.consent(Role::Citizen, Notice::Processing), Some(false));
    assert_eq!(view.consent(Role::Staff, Notice::Processing), None);
    events.push(consent(Role::Citizen, Notice::Processing, true));
    assert_eq!(fold(events.clone()).missing_consent(Speaker::Citizen), None);
    events.push(consent(Role::Citizen, Notice::AiDisclosure, false));
    assert_eq!(
        fold(events).missing_consent(Speaker::Citizen),
        Some(Notice::AiDisclosure)
    );
}

#[test]
fn utterances_get_their_translations_and_the_first_one_stays() {
    let view = fold(vec![
        said(1, Speaker::Citizen, "Так."),
        said(3, Speaker::Staff, "Godt."),
        translated(3, Lang::Uk, "Добре."),
        translated(1, Lang::Da, "Ja."),
        translated(1, Lang::Da, "Jo."),
        translated(9, Lang::Da, "Hvem?"),
        (Role::Citizen, EventPayload::InterpreterRequested {}),
    ]);
    assert_eq!(view.seq(), 8);
    assert_eq!(view.utterances().len(), 2);
    let first = view
        .utterance(UtteranceId(1))
        .unwrap()
        .translation
        .as_ref()
        .unwrap();
    assert_eq!(first.text, "Ja.");
    assert_eq!(view.next_utterance(), 4);
    assert!(view.interpreter_requested() && !view.ended() && !view.cancelled());
}

#[test]
fn people_decide_about_slots_and_the_screen_shows_it() {
    let view = fold(vec![
        corrected("to.postal_code", json!("8000")),
        corrected("move_date", json!("2026-12-15")),
        (
            Role::Citizen,
            EventPayload::SlotConfirmed {
                key: "move_date".into(),
                value: json!("2026-12-15"),
                by: None,
            },
        ),
        corrected("mover.phone", json!("21 45 07 83")),
        (
            Role::Staff,
            EventPayload::SlotCleared {
                key: "mover.phone".into(),
                by: Some("anne".into()),
            },
        ),
    ]);
    let date = slot(&view, "move_date").unwrap();
    assert_eq!(date.status, SlotStatus::Confirmed);
    assert_eq!(date.display_da, "15. december 2026");
    assert_eq!(date.display_uk, "15 грудня 2026 року");
    assert_eq!(date.confidence, 1.0);
    assert_eq!(
        slot(&view, "to.postal_code").unwrap().status,
        SlotStatus::Corrected
    );
    // Who decided last, and in which role, stands beside each; nothing beside what nobody touched.
    let decided = |key: &str| {
        let decided = slot(&view, key).unwrap().decided?;
        Some((decided.what, decided.actor, decided.by))
    };
    let anne = Some("anne".to_owned());
    assert_eq!(
        decided("move_date"),
        Some((Decided::Confirmed, Role::Citizen, None))
    );
    assert_eq!(
        decided("to.postal_code"),
        Some((Decided::Corrected, Role::Staff, None))
    );
    assert_eq!(
        decided("mover.phone"),
        Some((Decided::Cleared, Role::Staff, anne))
    );
    assert_eq!(decided("mover.surname"), None);
    let phone = slot(&view, "mover.phone").unwrap();
    assert_eq!(
        (phone.status, phone.value),
        (SlotStatus::Cleared, Value::Null)
    );
    let form = view.form();
    assert!(!form.missing.contains(&"move_date".to_owned()));
    assert!(
        form.missing
            .iter()
            .all(|key| slot(&view, key).is_some_and(|s| s.required))
    );
    assert!(form.next_question.is_some());
    assert!(slot(&view, "mover.cpr_number").unwrap().sensitive);
    assert!(!slot(&view, "move_date").unwrap().sensitive);
    let kind = slot(&view, "case.move_type").unwrap();
    assert!(
        kind.choices
            .iter()
            .any(|c| c.value == "from_abroad" && !c.label_uk.is_empty())
    );
    assert!(
        slot(&view, "signature.date").is_none(),
        "what signing fills is not shown empty"
    );
    assert!(
        slot(&view, "case.id").is_none(),
        "nor what the product fills"
    );
}

#[test]
fn a_person_moving_along_has_slots_of_their_own() {
    let view = fold(vec![
        corrected("household.count", json!(2)),
        corrected("household[0].given_names", json!("Olena")),
    ]);
    assert_eq!(
        slot(&view, "household[0].given_names").unwrap().value,
        json!("Olena")
    );
    assert!(slot(&view, "household[0].birth_date").is_some());
    assert!(slot(&view, "household[1].given_names").is_none());
}

#[test]
fn changes_of_slots_are_checked_before_they_are_logged() {
    let view = fold(vec![corrected("move_date", json!("2026-12-15"))]);
    view.check_confirm("move_date", &json!("2026-12-15"))
        .unwrap();
    assert!(matches!(
        view.check_confirm("move_date", &json!("2026-12-16")),
        Err(SlotError::Changed(key)) if key == "move_date"
    ));
    assert!(matches!(
        view.check_confirm("no.such", &json!(1)),
        Err(SlotError::Unknown(_))
    ));
    assert!(matches!(
        view.check_confirm("to.postal_code", &json!("8000")),
        Err(SlotError::Refused(_))
    ));
    assert_eq!(
        view.check_correct("mover.phone", &json!("21 45 07 83"))
            .unwrap(),
        json!("+4521450783"),
        "the value is returned as the form writes it"
    );
    let error = view
        .check_correct("move_date", &json!("31 February 2099"))
        .unwrap_err();
    assert!(matches!(error, SlotError::Refused(_)));
    assert!(
        !error.to_string().contains("2099"),
        "no personal data in messages: {error}"
    );
    assert!(matches!(
        view.check_correct("household[7].surname", &json!("X")),
        Err(SlotError::Unknown(_))
    ));
    view.check_clear("to.postal_code").unwrap();
    assert!(matches!(view.check_clear("x"), Err(SlotError::Unknown(_))));
    assert_eq!(
        slot(&view, "mover.phone").unwrap().value,
        Value::Null,
        "checks change nothing"
    );
}

#[test]
fn a_confirmed_value_stands_even_if_it_is_not_read_from_the_conversation() {
    let view = fold(vec![(
        Role::Staff,
        EventPayload::SlotConfirmed {
            key: "to.postal_code".into(),
            value: json!("8000"),
            by: None,
        },
    )]);
    assert_eq!(slot(&view, "to.postal_code").unwrap().value, json!("8000"));
}

#[test]
fn the_same_events_give_the_same_view_at_once_or_one_by_one() {
    let events = log(vec![
        said(1, Speaker::Staff, "Hvornår flytter du?"),
        translated(1, Lang::Uk, "Коли ви переїжджаєте?"),
        said(2, Speaker::Citizen, "П'ятнадцятого грудня."),
        corrected("to.postal_code", json!("8000")),
        translated(2, Lang::Da, "Den femtende december."),
        (Role::Staff, EventPayload::ConversationEnded {}),
    ]);
    let whole = CaseView::fold(&case(), &events).unwrap();
    let mut step = CaseView::fold(&case(), &events[..1]).unwrap();
    let changed: Vec<bool> = events[1..].iter().map(|e| step.apply(e).unwrap()).collect();
    assert_eq!(step.form(), whole.form());
    assert_eq!(step.utterances(), whole.utterances());
    assert_eq!(
        changed,
        [true, false, true, true, false, false],
        "a turn is read at once, not when its translation is there"
    );
    assert!(whole.ended());
    assert!(matches!(
        step.apply(&events[1]),
        Err(FoldError::OutOfOrder {
            wanted: 8,
            found: 2,
            ..
        })
    ));
}

#[test]
fn logs_that_are_none_are_refused() {
    let good = log(vec![said(1, Speaker::Staff, "Hej.")]);
    assert!(matches!(
        CaseView::fold(&case(), &[]),
        Err(FoldError::NoSuchCase(_))
    ));
    assert!(matches!(
        CaseView::fold(&case(), &good[1..]),
        Err(FoldError::NotOpened(_))
    ));
    let reopen = |form: &str, today: &str| {
        let mut event = good[0].clone();
        event.payload = EventPayload::CaseOpened {
            form: form.into(),
            today: today.into(),
        };
        CaseView::fold(&case(), &[event]).unwrap_err()
    };
    assert!(matches!(
        reopen("skat", "2026-11-24"),
        FoldError::UnknownForm { .. }
    ));
    assert!(matches!(
        reopen(FORM, "yesterday"),
        FoldError::BadToday { .. }
    ));
}

/// The status of a date that the citizen gave, if that utterance was heard so.
fn status_of_a_date(heard: impl Fn(&mut Utterance)) -> SlotStatus {
    // Heard badly, too, so that only the citizen's own words can be clear.
    status_of_a_read_back_date(heard, |utterance| utterance.confidence = 0.5)
}

fn status_of_a_read_back_date(
    heard: impl Fn(&mut Utterance),
    read_back: impl Fn(&mut Utterance),
) -> SlotStatus {
    let change = |(role, payload), how: &dyn Fn(&mut Utterance)| {
        let EventPayload::UtteranceSettled(mut utterance) = payload else {
            unreachable!()
        };
        how(&mut utterance);
        (role, EventPayload::UtteranceSettled(utterance))
    };
    let told = said(2, Speaker::Citizen, "Так, п'ятнадцятого грудня.");
    let back = said(3, Speaker::Staff, "Godt, den femtende december.");
    let events = vec![
        said(1, Speaker::Staff, "Hvornår flytter du ind?"),
        translated(1, Lang::Uk, "Коли ви заселяєтеся?"),
        change(told, &heard),
        translated(2, Lang::Da, "Ja, den femtende december."),
        // Read back, because nothing critical is taken from one hearing.
        change(back, &read_back),
        translated(3, Lang::Uk, "П'ятнадцятого грудня."),
    ];
    slot(&fold(events), "move_date").unwrap().status
}

#[test]
fn what_was_heard_badly_is_asked_about() {
    let status = |sure| status_of_a_date(|utterance| utterance.confidence = sure);
    assert_eq!(status(0.9), SlotStatus::Proposed);
    assert_eq!(status(0.5), SlotStatus::NeedsConfirmation);
}

/// What the language decided on is as unclear to the ear as words that were heard badly.
#[test]
fn what_the_language_decided_on_is_asked_about() {
    let status = |words| status_of_a_date(reconsidered(words));
    assert_eq!(status("грудня"), SlotStatus::NeedsConfirmation);
    // Other words of the utterance do not matter.
    assert_eq!(status("Так,"), SlotStatus::Proposed);
}

/// A read-back that was pulled towards what the form holds would confirm a mishearing.
#[test]
fn what_the_language_decided_on_agrees_with_nothing() {
    let status = |words| status_of_a_read_back_date(|_| (), reconsidered(words));
    assert_eq!(status("december"), SlotStatus::NeedsConfirmation);
    assert_eq!(status("Godt"), SlotStatus::Proposed);
}

/// The language decided on these words.
fn reconsidered(words: &'static str) -> impl Fn(&mut Utterance) {
    move |utterance| {
        let before = &utterance.text[..utterance.text.find(words).unwrap()];
        let start = before.chars().count() as u32;
        let end = start + words.chars().count() as u32;
        utterance.reconsidered = vec![TextSpan { start, end }];
    }
}

/// The recorded conversations as logs: translations come late or never, people decide in between,
/// the form is read back and changed afterwards.
fn recorded(name: &str) -> Vec<CaseEvent> {
    let path = format!(
        "{}/../../fixtures/conversations/{name}/dialogue.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let dialogue: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut payloads = Vec::new();
    for (i, turn) in dialogue["turns"].as_array().unwrap().iter().enumerate() {
        let n = u32::try_from(turn["n"].as_u64().unwrap()).unwrap();
        let text = |key: &str| turn[key].as_str().unwrap().to_owned();
        let speaker = match turn["speaker"].as_str() {
            Some("staff") => Speaker::Staff,
            _ => Speaker::Citizen,
        };
        payloads.push(said(n, speaker, &text("text")));
        // One in six is never translated: the form does not miss it.
        if i % 6 != 4 {
            payloads.push(translated(n, speaker.lang().other(), &text("ref")));
        }
        match i {
            9 => payloads.push(corrected("move_date", json!("2026-12-24"))),
            12 => payloads.push((
                Role::Staff,
                EventPayload::SlotConfirmed {
                    key: "to.postal_code".into(),
                    value: json!("8200"),
                    by: None,
                },
            )),
            15 => payloads.push((
                Role::Citizen,
                EventPayload::SlotCleared {
                    key: "mover.surname".into(),
                    by: None,
                },
            )),
            20 => payloads.push((
                Role::Staff,
                EventPayload::ReadBackGiven {
                    digest: String::new(),
                    by: None,
                    keys: Vec::new(),
                    rules: 3,
                },
            )),
            _ => {}
        }
    }
    payloads.push((Role::Staff, EventPayload::ConversationEnded {}));
    log(payloads)
}

#[test]
fn a_log_folded_at_once_says_what_it_says_event_by_event() {
    for name in [
        "corrections-single",
        "family-within-aarhus",
        "lodger-from-abroad",
    ] {
        let events = recorded(name);
        let mut single = CaseView::fold(&case(), &events[..1]).unwrap();
        for (n, event) in events.iter().enumerate().skip(1) {
            single.apply(event).unwrap();
            if n % 5 != 0 && n + 1 != events.len() {
                continue;
            }
            let at_once = CaseView::fold(&case(), &events[..=n]).unwrap();
            let at = format!("{name}, event {}", n + 1);
            assert_eq!(
                single.form_state().to_contract_json(),
                at_once.form_state().to_contract_json(),
                "{at}"
            );
            assert_eq!(single.form(), at_once.form(), "{at}");
            assert_eq!(single.open(), at_once.open(), "{at}");
            assert_eq!(
                format!("{:?}", single.lifecycle()),
                format!("{:?}", at_once.lifecycle()),
                "{at}"
            );
        }
        let filled = single.form().sections.into_iter().flat_map(|s| s.slots);
        let filled = filled.filter(|slot| !slot.value.is_null()).count();
        assert!(filled > 8, "{name}: the conversation says something");
    }
}
