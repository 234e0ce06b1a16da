//! Cases under their own keys, and what is left of an erased one.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tolkebot_casework::{ErasureReason, FORM, MasterKey, NewEvent, SqliteStore, Store, StoreError};
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
