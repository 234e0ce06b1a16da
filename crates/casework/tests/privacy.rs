//! Cases under their own keys, and what is left of an erased one.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tolkebot_casework::{
    CaseState, ErasureReason, FORM, MasterKey, MemoryStore, NewEvent, Retention, SqliteStore,
    Store, StoreError, export, retain,
};
use tolkebot_protocol::{CaseId, EventPayload, Role};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + second).unwrap()
}

fn a() -> CaseId {
    CaseId("a".to_owned())
}

const SECRETS: [&str; 3] = ["Kovalenko", "oksana@example.dk", "Rosengade"];

fn events() -> Vec<NewEvent> {
    let event = |payload| NewEvent {
        at: at(0),
        actor: Role::Staff,
        payload,
    };
    let mut events = vec![event(EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-11-24".into(),
    })];
    events.extend(SECRETS.map(|value| {
        event(EventPayload::SlotCorrected {
            key: "mover.surname".into(),
            value: value.into(),
            by: Some("anne".into()),
        })
    }));
    events
}

/// True if any file of the folder holds the bytes.
fn is_on_disk(dir: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|file| {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        content.windows(bytes.len()).any(|w| w == bytes)
    })
}

#[test]
fn nothing_of_a_sealed_case_can_be_read_in_the_file() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let store = SqliteStore::open_with(&path, Some(MasterKey::generate().unwrap())).unwrap();
    store.append(&a(), 0, &events()).unwrap();
    store
        .put_note("account:x", "secret-of-a-note", at(10), at(0))
        .unwrap();
    assert_eq!(
        store.note("account:x", at(1)).unwrap().as_deref(),
        Some("secret-of-a-note")
    );
    for secret in SECRETS.iter().chain(&["secret-of-a-note", "mover.surname"]) {
        assert!(
            !is_on_disk(dir.path(), secret.as_bytes()),
            "{secret} is in the file"
        );
    }
    // The same without a key would be seen by this test.
    let open = TempDir::new().unwrap();
    let store = SqliteStore::open(open.path().join("cases.sqlite")).unwrap();
    store.append(&a(), 0, &events()).unwrap();
    assert!(is_on_disk(open.path(), b"Kovalenko"));
}

#[test]
fn a_sealed_case_opens_with_its_master_key_only() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let master = MasterKey::generate().unwrap();
    let store = SqliteStore::open_with(&path, Some(master.clone())).unwrap();
    let stored = store.append(&a(), 0, &events()).unwrap();
    drop(store);
    let again = SqliteStore::open_with(&path, Some(master.clone())).unwrap();
    assert_eq!(again.load(&a(), 0).unwrap(), stored);
    assert_eq!(again.load(&a(), 3).unwrap(), stored[3..]);

    for other in [None, Some(MasterKey::generate().unwrap())] {
        let store = SqliteStore::open_with(&path, other.clone()).unwrap();
        for error in [
            store.load(&a(), 0).unwrap_err(),
            store.append(&a(), 4, &events()).unwrap_err(),
        ] {
            let StoreError::MasterKey {
                needed, present, ..
            } = &error
            else {
                panic!("{error}");
            };
            assert_eq!(needed, master.id());
            assert_eq!(present.as_deref(), other.as_ref().map(MasterKey::id));
            assert!(error.to_string().contains("master_key_file"), "{error}");
        }
        assert_eq!(store.note("x", at(0)).unwrap(), None);
    }
}

#[test]
fn a_sealed_event_opens_at_its_own_place_only() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let master = MasterKey::generate().unwrap();
    let store = SqliteStore::open_with(&path, Some(master.clone())).unwrap();
    store.append(&a(), 0, &events()).unwrap();
    let b = CaseId("b".into());
    store.append(&b, 0, &events()).unwrap();
    // Case b's key under case a's name unwraps nothing.
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "UPDATE case_keys SET wrapped = (SELECT wrapped FROM case_keys WHERE case_id = 'b')
         WHERE case_id = 'a'",
    )
    .unwrap();
    assert!(matches!(
        store.load(&a(), 0),
        Err(StoreError::MasterKey { .. })
    ));
    assert_eq!(store.load(&b, 0).unwrap().len(), 4);
}

#[test]
fn an_erased_case_leaves_neither_key_nor_text_and_the_log_stays_whole() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let master = MasterKey::generate().unwrap();
    let store = SqliteStore::open_with(&path, Some(master.clone())).unwrap();
    store.append(&a(), 0, &events()).unwrap();
    let wrapped: Vec<u8> = Connection::open(&path)
        .unwrap()
        .query_row("SELECT wrapped FROM case_keys", [], |row| row.get(0))
        .unwrap();
    assert!(is_on_disk(dir.path(), &wrapped));
    let before = store.audit(None, None).unwrap();
    store.erase(&a(), ErasureReason::Request, at(60)).unwrap();
    assert!(
        !is_on_disk(dir.path(), &wrapped),
        "the key is still in a file"
    );
    assert!(matches!(store.load(&a(), 0), Err(StoreError::Erased(_))));
    let after = store.audit(None, before.head).unwrap();
    assert!(after.is_intact(), "{:?}", after.findings);
    assert_eq!((after.events, after.opened, after.erased), (4, 0, 1));
    // A new key for an erased case would be a case made up.
    assert!(matches!(
        store.append(&a(), 4, &events()),
        Err(StoreError::Erased(_))
    ));
    drop(store);
    let again = SqliteStore::open_with(&path, Some(master)).unwrap();
    assert!(matches!(again.load(&a(), 0), Err(StoreError::Erased(_))));
}

/// Nobody waits for whoever reads the log, and their end is not the end of the key.
#[test]
fn a_key_that_a_reader_held_up_goes_with_what_is_written_next() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let master = MasterKey::generate().unwrap();
    let store = SqliteStore::open_with(&path, Some(master)).unwrap();
    store.append(&a(), 0, &events()).unwrap();
    let reader = Connection::open(&path).unwrap();
    let wrapped: Vec<u8> = reader
        .query_row("SELECT wrapped FROM case_keys", [], |row| row.get(0))
        .unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let cases = reader.query_row("SELECT count(*) FROM cases", [], |row| row.get::<_, i64>(0));
    assert_eq!(cases.unwrap(), 1);
    store.erase(&a(), ErasureReason::Request, at(60)).unwrap();
    assert!(matches!(store.load(&a(), 0), Err(StoreError::Erased(_))));
    store.put_note("x", "1", at(90), at(61)).unwrap();
    assert!(is_on_disk(dir.path(), &wrapped), "somebody still reads it");
    reader.execute_batch("COMMIT").unwrap();
    store.put_note("x", "2", at(90), at(62)).unwrap();
    assert!(!is_on_disk(dir.path(), &wrapped));
}

/// What the notice may promise: a text that can stay for ever in one state is not "erased after so many days".
#[test]
fn the_last_day_is_known_only_if_every_state_has_one() {
    let some = Retention {
        open_days: 7,
        ended_days: 1,
        cancelled_days: 1,
        submitted_days: 14,
        sound_days: 30,
    };
    assert_eq!(some.at_the_latest(), Some(14));
    let kept = Retention {
        submitted_days: 0,
        ..some
    };
    assert_eq!(kept.at_the_latest(), None);
    assert_eq!(Retention::default().at_the_latest(), None);
}

/// Cases by state and age in days, at day 100.
fn aged() -> MemoryStore {
    let store = MemoryStore::new();
    for (name, age, end) in [
        ("open-old", 31, None),
        ("open-new", 29, None),
        ("ended-old", 8, Some(EventPayload::ConversationEnded {})),
        ("ended-new", 6, Some(EventPayload::ConversationEnded {})),
        (
            "cancelled-old",
            2,
            Some(EventPayload::Cancelled {
                reason: String::new(),
                by: None,
            }),
        ),
        (
            "cancelled-new",
            0,
            Some(EventPayload::Cancelled {
                reason: String::new(),
                by: None,
            }),
        ),
        (
            "sealed-old",
            90,
            Some(EventPayload::DocumentSealed {
                digest: "d".into(),
                pdf_sha256: "p".into(),
            }),
        ),
        (
            "submitted-old",
            4,
            Some(EventPayload::Submitted {
                channel: "directory".into(),
                receipt: "r".into(),
            }),
        ),
    ] {
        let mut events = events();
        events.extend(end.map(|payload| NewEvent {
            at: at(0),
            actor: Role::Staff,
            payload,
        }));
        for event in &mut events {
            event.at = at((100 - age) * 86_400);
        }
        store.append(&CaseId(name.into()), 0, &events).unwrap();
    }
    store
}

/// Somebody who can write the file but reads nothing of it must not be able to have a case erased; and
/// lists longer than a page are looked at to their end.
#[test]
fn what_is_written_into_the_list_erases_no_case() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("log.sqlite");
    let store = SqliteStore::open_with(&path, Some(MasterKey::generate().unwrap())).unwrap();
    let rules = Retention {
        open_days: 1,
        ..Retention::default()
    };
    for n in 0..260 {
        let mut event = events()[..1].to_vec();
        event[0].at = at(n % 2 * 5 * 86_400);
        store.append(&CaseId(format!("c-{n}")), 0, &event).unwrap();
    }
    let db = Connection::open(&path).unwrap();
    db.execute_batch("UPDATE cases SET changed_at = '2020-01-01T00:00:00.000Z'")
        .unwrap();
    let retained = retain(&store, &rules, at(5 * 86_400), false).unwrap();
    assert_eq!(retained.expired.len(), 130, "every second one is old");
    let left = store
        .list()
        .unwrap()
        .into_iter()
        .filter(|line| !line.erased);
    for line in left {
        let events = store.load(&line.case, 0).unwrap();
        assert_eq!(events[0].event.at, "2026-11-29T09:00:00.000Z");
    }
    let report = store.audit(None, None).unwrap();
    assert_eq!(report.findings.len(), 260, "and the audit says so");
}

#[test]
fn cases_are_erased_by_state_and_age_and_a_dry_run_only_says_which() {
    let store = aged();
    let now = at(100 * 86_400);
    let rules = Retention {
        open_days: 30,
        ended_days: 7,
        cancelled_days: 1,
        submitted_days: 3,
        ..Retention::default()
    };
    let readable = |store: &MemoryStore| {
        let list = store.list().unwrap();
        list.iter().filter(|line| !line.erased).count()
    };
    assert!(
        retain(&store, &Retention::default(), now, false)
            .unwrap()
            .expired
            .is_empty()
    );
    let dry = retain(&store, &rules, now, true).unwrap();
    assert_eq!(readable(&store), 8, "a dry run erases nothing");
    let names: Vec<_> = dry
        .expired
        .iter()
        .map(|e| (e.case.0.as_str(), e.state))
        .collect();
    assert_eq!(
        names,
        [
            ("cancelled-old", CaseState::Cancelled),
            ("ended-old", CaseState::Ended),
            ("open-old", CaseState::Open),
            ("submitted-old", CaseState::Submitted)
        ]
    );
    assert_eq!(retain(&store, &rules, now, false).unwrap(), dry);
    assert_eq!(
        readable(&store),
        4,
        "what is on its way is never erased by age"
    );
    assert!(
        retain(&store, &rules, now, false)
            .unwrap()
            .expired
            .is_empty()
    );
    assert!(store.audit(None, None).unwrap().is_intact());
    // A state without a rule is kept however old it is.
    let only_open = Retention {
        open_days: 1,
        ..Retention::default()
    };
    let later = at(1000 * 86_400);
    let left = retain(&store, &only_open, later, false).unwrap().expired;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].case.0, "open-new");
}

#[test]
fn an_export_has_everything_that_is_kept() {
    let store = MemoryStore::new();
    let stored = store.append(&a(), 0, &events()).unwrap();
    let json = export(&store, &a(), at(5)).unwrap();
    let text = json.to_string();
    for secret in SECRETS {
        assert!(text.contains(secret), "{secret} is missing");
    }
    assert_eq!(json["events"].as_array().unwrap().len(), stored.len());
    for (event, one) in json["events"].as_array().unwrap().iter().zip(&stored) {
        assert_eq!(event["hash"], one.hash.to_string());
        assert_eq!(event["seq"], one.event.seq);
    }
    // Also whose hand it was, beside the event and beside the value.
    assert_eq!(json["events"][1]["by"], "anne");
    let decided = &json["form"]["slots"]["mover.surname"]["decided"];
    assert_eq!(
        (&decided["what"], &decided["by"]),
        (&"corrected".into(), &"anne".into())
    );
    let heard = NewEvent {
        at: at(1),
        actor: Role::System,
        payload: EventPayload::TranslationSettled {
            utterance: tolkebot_protocol::UtteranceId(1),
            lang: tolkebot_protocol::Lang::Da,
            text: "Ja.".into(),
            confidence: 0.9,
            warnings: vec![],
            verified: false,
        },
    };
    store.append(&a(), 4, &[heard]).unwrap();
    // A document that waits to be handed in is kept beside the log.
    for key in ["owner/a", "outbox-pdf/a/9f", "outbox-pdf/b/9f", "session:a"] {
        store.put_note(key, "UERG", at(9), at(1)).unwrap();
    }
    let json = export(&store, &a(), at(5)).unwrap();
    assert_eq!(
        json["notes"],
        serde_json::json!([
            {"key": "outbox-pdf/a/9f", "value": "UERG"},
            {"key": "owner/a", "value": "UERG"},
        ])
    );
    assert_eq!(
        json["events"][4]["confidence"], 0.9,
        "not 0.8999999761581421"
    );
    assert!(export(&store, &CaseId("nobody".into()), at(5)).is_err());
    store.erase(&a(), ErasureReason::Request, at(6)).unwrap();
    let error = export(&store, &a(), at(7)).unwrap_err();
    assert!(error.to_string().contains("was erased"), "{error}");
}
