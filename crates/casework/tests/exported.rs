//! An export read again: its chain of hashes, who signed that, and values of an older form.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tolkebot_casework::{
    CaseView, ChainSigner, Exported, ExportedError, FORM, MasterKey, MemoryStore, NewEvent, Store,
    canonical_json, export, export_signed,
};
use tolkebot_protocol::{CaseId, EventPayload, Role};

fn now() -> Timestamp {
    "2026-12-01T10:00:00Z".parse().unwrap()
}

/// A case in which staff wrote these values.
fn store(values: &[(&str, Value)]) -> (MemoryStore, CaseId) {
    let (store, case) = (MemoryStore::new(), CaseId("a-1".into()));
    let event = |payload| NewEvent {
        at: now(),
        actor: Role::Staff,
        payload,
    };
    let mut events = vec![event(EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-12-01".into(),
    })];
    for (key, value) in values {
        events.push(event(EventPayload::SlotCorrected {
            key: (*key).to_owned(),
            value: value.clone(),
            by: None,
        }));
    }
    store.append(&case, 0, &events).unwrap();
    (store, case)
}

fn whole(key: Option<&MasterKey>) -> Value {
    let (store, case) = store(&[
        ("mover.surname", "Kovalenko".into()),
        ("to.house_number", 95.into()),
        ("to.floor", "2".into()),
    ]);
    export_signed(&store, &case, now(), key).unwrap()
}

/// What somebody does who knows how the chain is made.
fn made_anew(json: &mut Value) {
    let case = json["case"].clone();
    let mut hash = [0_u8; 32];
    let hex = |hash: [u8; 32]| hash.map(|byte| format!("{byte:02x}")).concat();
    let events = json["events"].as_array_mut().unwrap();
    for event in events.iter_mut() {
        event.as_object_mut().unwrap().remove("chain");
        let body = canonical_json(&json!({"case": case, "event": event}));
        let next = Sha256::new().chain_update(hash).chain_update(body);
        hash = next.finalize().into();
        event["chain"] = hex(hash).into();
    }
    let count = events.len();
    json["chain"]["events"] = count.into();
    json["chain"]["hash"] = hex(hash).into();
}

#[test]
fn an_export_is_read_as_it_was_written_and_through_a_file() {
    let json = whole(None);
    let file: Value = serde_json::from_str(&serde_json::to_string_pretty(&json).unwrap()).unwrap();
    let read = Exported::read(&file).unwrap();
    assert_eq!((read.case.0.as_str(), read.events.len()), ("a-1", 4));
    assert_eq!(read.end.as_ref().unwrap().events, 4);
    let mut same = json.clone();
    made_anew(&mut same);
    assert_eq!(same, json, "the chain is what the documentation says");
}

#[test]
fn whatever_is_changed_in_it_is_found_at_the_first_event_that_does_not_fit() {
    type Change = fn(&mut Value);
    let changes: &[(Change, ExportedError)] = &[
        (
            |j| j["events"][2]["value"] = 97.into(),
            ExportedError::Changed(3),
        ),
        (
            |j| j["events"][2]["by"] = "anne".into(),
            ExportedError::Changed(3),
        ),
        (
            |j| j["events"][1]["at"] = "2026-12-02T10:00:00.000Z".into(),
            ExportedError::Changed(2),
        ),
        (
            |j| j["events"][0]["hash"] = "00".into(),
            ExportedError::Changed(1),
        ),
        (|j| j["case"] = "a-2".into(), ExportedError::Changed(1)),
        (
            |j| j["events"].as_array_mut().unwrap().swap(1, 2),
            ExportedError::Changed(2),
        ),
        (
            |j| drop(j["events"].as_array_mut().unwrap().remove(1)),
            ExportedError::Changed(2),
        ),
        (
            |j| drop(j["events"].as_array_mut().unwrap().pop()),
            ExportedError::TakenAway(4),
        ),
        (|j| j["events"] = json!([]), ExportedError::TakenAway(1)),
        (
            |j| {
                let mut more = j["events"][3].clone();
                more["seq"] = 5.into();
                j["events"].as_array_mut().unwrap().push(more);
            },
            ExportedError::PutIn(5),
        ),
        (
            |j| {
                let more = json!({"seq": 2, "at": "x", "actor": "staff", "kind": "approved"});
                j["events"].as_array_mut().unwrap().insert(1, more);
            },
            ExportedError::Changed(2),
        ),
        (|j| j["chain"] = Value::Null, ExportedError::End),
        (|j| j["chain"]["events"] = 3.into(), ExportedError::PutIn(4)),
        (
            |j| j["chain"]["hash"] = "00".repeat(32).into(),
            ExportedError::Changed(4),
        ),
    ];
    let whole = whole(None);
    for (n, (change, expected)) in changes.iter().enumerate() {
        let mut json = whole.clone();
        change(&mut json);
        assert_eq!(Exported::read(&json).unwrap_err(), *expected, "change {n}");
    }
}

#[test]
fn a_chain_made_anew_fits_and_is_not_signed() {
    let (key, other) = (
        MasterKey::generate().unwrap(),
        MasterKey::generate().unwrap(),
    );
    let json = whole(Some(&key));
    let read = Exported::read(&json).unwrap();
    assert_eq!(read.signer(&key), Ok(ChainSigner::Own));
    let elsewhere = ChainSigner::Other(key.id().to_owned());
    assert_eq!(read.signer(&other), Ok(elsewhere));

    let mut forged = json.clone();
    forged["events"][2]["value"] = 97.into();
    made_anew(&mut forged);
    let read = Exported::read(&forged).unwrap();
    assert_eq!(read.signer(&key), Err(ExportedError::Signature));
    for part in ["master_key", "signature"] {
        forged["chain"].as_object_mut().unwrap().remove(part);
    }
    let read = Exported::read(&forged).unwrap();
    assert_eq!(read.signer(&key), Ok(ChainSigner::Nobody));
}

/// As exports were before they had a chain.
#[test]
fn an_export_without_a_chain_is_read_and_says_so() {
    let mut json = whole(None);
    json.as_object_mut().unwrap().remove("chain");
    for event in json["events"].as_array_mut().unwrap() {
        event.as_object_mut().unwrap().remove("chain");
    }
    let read = Exported::read(&json).unwrap();
    assert_eq!((read.events.len(), read.end), (4, None));
}

#[test]
fn what_is_no_export_is_refused() {
    let read = |json: Value| Exported::read(&json).unwrap_err();
    for case in [json!(null), json!(7), json!(""), json!("../x")] {
        assert_eq!(
            read(json!({"case": case, "events": []})),
            ExportedError::Case
        );
    }
    assert_eq!(
        read(json!({"case": "a", "events": {}})),
        ExportedError::Events
    );
    let unknown = json!({"case": "a", "events": [{"kind": "nonsense"}]});
    assert_eq!(read(unknown), ExportedError::Unknown(1));
}

/// A log may hold what the form of today refuses: it must not be lost without a word.
#[test]
fn a_value_of_the_log_that_the_form_does_not_take_is_named_with_its_event() {
    let fold = |values: &[(&str, Value)]| {
        let (store, case) = store(values);
        let json = export(&store, &case, now()).unwrap();
        let read = Exported::read(&json).unwrap();
        CaseView::fold(&case, &read.events).unwrap()
    };
    let view = fold(&[
        ("mover.surname", json!(["a"])),
        ("to.floor", "2".into()),
        ("no.such", "x".into()),
        ("household[3].surname", "x".into()),
        ("to.door", "?".into()),
        ("to.door", "th".into()),
    ]);
    let found: Vec<_> = view
        .misfits()
        .iter()
        .map(|m| (m.seq, m.key.as_str()))
        .collect();
    let expected = [
        (2, "mover.surname"),
        (4, "no.such"),
        (5, "household[3].surname"),
    ];
    assert_eq!(found, expected, "the door was written again");
    assert!(view.misfits()[0].why.contains("expected text"));
    assert!(
        fold(&[("mover.surname", "Kovalenko".into())])
            .misfits()
            .is_empty()
    );
}
