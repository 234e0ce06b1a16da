//! A case's life through its log: what is signed, and what voids it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use serde_json::{Value, json};
use tolkebot_casework::{
    CaseState, CaseView, FORM, MemoryStore, NewEvent, Outline, Retention, Store, Story, retain,
};
use tolkebot_protocol::{
    CaseEvent, CaseId, CaseStage, EventPayload, FieldComment, Lang, Role, SigningMethod, Speaker,
    Utterance, UtteranceId, UtteranceSource,
};

/// A move within Aarhus, alone, told by staff. Everybody is invented.
fn values() -> Vec<(&'static str, Value)> {
    vec![
        ("case.move_type", json!("domestic_within_municipality")),
        ("case.reporter_role", json!("self")),
        ("mover.surname", json!("Kovalenko")),
        ("mover.given_names", json!("Oksana")),
        ("mover.name_source", json!("passport")),
        ("mover.cpr_number", json!("070584-1234")),
        ("mover.birth_date", json!("1984-05-07")),
        ("mover.id_document_type", json!("passport")),
        ("mover.has_mitid", json!(false)),
        ("move_date", json!("2026-12-05")),
        ("from.country", json!("Danmark")),
        (
            "from.address_line",
            json!("Vestergade 12, 2. th, 8000 Aarhus C"),
        ),
        ("from.whole_household_moves", json!(true)),
        ("to.street_name", json!("Randersvej")),
        ("to.house_number", json!(95)),
        ("to.postal_code", json!("8200")),
        ("dwelling.type", json!("rented_private")),
        ("dwelling.others_registered", json!(false)),
        ("dwelling.lease_document", json!("shown")),
        ("household.count", json!(1)),
        ("gp.choice", json!("keep")),
        ("poa.used", json!(false)),
    ]
}

struct Case {
    id: CaseId,
    events: Vec<CaseEvent>,
}

impl Case {
    fn filled() -> Case {
        let mut case = Case {
            id: CaseId("a-1".into()),
            events: Vec::new(),
        };
        case.add(
            Role::Staff,
            EventPayload::CaseOpened {
                form: FORM.into(),
                today: "2026-12-01".into(),
            },
        );
        for (key, value) in values() {
            case.correct(key, value);
        }
        case
    }

    fn add(&mut self, actor: Role, payload: EventPayload) {
        let seq = self.events.len() as u64 + 1;
        self.events.push(CaseEvent {
            seq,
            at: format!("2026-12-01T10:{:02}:{:02}.000Z", seq / 60, seq % 60),
            actor,
            payload,
        });
    }

    fn correct(&mut self, key: &str, value: Value) {
        let key = key.to_owned();
        self.add(
            Role::Staff,
            EventPayload::SlotCorrected {
                key,
                value,
                by: None,
            },
        );
    }

    fn read_back(&mut self) {
        let digest = "d".to_owned();
        self.add(
            Role::Staff,
            EventPayload::ReadBackGiven {
                digest: digest.clone(),
                by: None,
                keys: Vec::new(),
                rules: 2,
            },
        );
        self.add(Role::Citizen, EventPayload::ReadBackConfirmed { digest });
    }

    fn sign(&mut self) {
        self.add(
            Role::Citizen,
            EventPayload::Signed {
                digest: "d".into(),
                method: SigningMethod::Tablet,
                ink: None,
                signer: None,
                declaration: None,
                by: None,
            },
        );
    }

    fn signed() -> Case {
        let mut case = Case::filled();
        case.read_back();
        case.sign();
        case
    }

    fn send_and_approve(&mut self) {
        self.add(Role::Staff, EventPayload::SentToReview { by: None });
        self.add(
            Role::Supervisor,
            EventPayload::Approved {
                digest: "d".into(),
                by: Some("bo".into()),
            },
        );
    }

    fn say(&mut self, text: &str, translation: &str) {
        self.settle(Speaker::Citizen, text, translation);
    }

    fn ask(&mut self, text: &str, translation: &str) {
        self.settle(Speaker::Staff, text, translation);
    }

    fn settle(&mut self, speaker: Speaker, text: &str, translation: &str) {
        let (role, lang, other) = match speaker {
            Speaker::Staff => (Role::Staff, Lang::Da, Lang::Uk),
            Speaker::Citizen => (Role::Citizen, Lang::Uk, Lang::Da),
        };
        let id = UtteranceId(self.events.len() as u32 + 1);
        self.add(
            role,
            EventPayload::UtteranceSettled(Utterance {
                id,
                speaker,
                lang,
                text: text.into(),
                source: UtteranceSource::Typed,
                start_ms: 0,
                end_ms: 1,
                confidence: 1.0,
                reconsidered: Vec::new(),
            }),
        );
        self.add(
            Role::System,
            EventPayload::TranslationSettled {
                utterance: id,
                lang: other,
                text: translation.into(),
                confidence: 0.9,
                warnings: vec![],
                verified: false,
            },
        );
    }

    fn view(&self) -> CaseView {
        CaseView::fold(&self.id, &self.events).unwrap()
    }

    fn stage(&self) -> CaseStage {
        self.view().lifecycle().stage()
    }
}

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
            rules: 2,
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
            rules: 2,
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
    assert_eq!(case.view().lifecycle().returns(), 2);
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
    // All of them can be read, with how far their translations are to be trusted.
    let said = story.evidence();
    for wanted in &line.utterances {
        let one = said.iter().find(|one| one.utterance == *wanted).unwrap();
        assert!(one.confidence > 0.0, "{one:?}");
    }
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
