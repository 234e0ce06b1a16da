//! What every store must do, run against each of them; and what only a file can show.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod conformance;

use std::sync::Arc;

use tempfile::TempDir;
use tolkebot_casework::{Fault, MasterKey, MemoryStore, SqliteStore, Store, StoreError, verify};
use tolkebot_protocol::{EventPayload, Role};

use conformance::{at, case, conforms, every_kind, joined, keeps_sound, new, takes_many_writers};

#[test]
fn the_store_in_memory_conforms() {
    conforms(Arc::new(MemoryStore::new()));
}

#[test]
fn the_store_in_sqlite_conforms() {
    let dir = TempDir::new().unwrap();
    conforms(Arc::new(
        SqliteStore::open(dir.path().join("deep/folder/log.sqlite")).unwrap(),
    ));
}

#[test]
fn the_sealed_store_in_sqlite_conforms() {
    let dir = TempDir::new().unwrap();
    let master = MasterKey::generate().unwrap();
    let path = dir.path().join("log.sqlite");
    conforms(Arc::new(
        SqliteStore::open_with(path, Some(master)).unwrap(),
    ));
}

#[test]
fn sound_is_kept_in_memory_and_in_sqlite() {
    keeps_sound(Arc::new(MemoryStore::new()));
    let dir = TempDir::new().unwrap();
    let master = MasterKey::generate().unwrap();
    let path = dir.path().join("log.sqlite");
    keeps_sound(Arc::new(
        SqliteStore::open_with(path, Some(master)).unwrap(),
    ));
}

#[test]
fn many_writers_share_a_store_and_none_loses_or_doubles_anything() {
    let dir = TempDir::new().unwrap();
    let master = MasterKey::generate().unwrap();
    let path = dir.path().join("log.sqlite");
    takes_many_writers(Arc::new(MemoryStore::new()));
    takes_many_writers(Arc::new(
        SqliteStore::open_with(path, Some(master)).unwrap(),
    ));
}

#[test]
fn both_stores_give_the_same_hashes() {
    let dir = TempDir::new().unwrap();
    let disk = SqliteStore::open(dir.path().join("log.sqlite")).unwrap();
    let memory = MemoryStore::new();
    let a = case("a");
    assert_eq!(
        disk.append(&a, 0, &every_kind()).unwrap(),
        memory.append(&a, 0, &every_kind()).unwrap()
    );
    assert_eq!(
        disk.last(&a).unwrap().unwrap().hash.to_string(),
        "cf3450ca278f915218b147c5021b8f77762117c3cc0197fc7005b6b41adb909b",
        "the chain of a stored log never changes with the program"
    );
}

#[test]
fn a_file_opened_again_holds_the_same_events_and_goes_on() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("log.sqlite");
    let a = case("a");
    let stored = SqliteStore::open(&path)
        .unwrap()
        .append(&a, 0, &every_kind())
        .unwrap();
    let again = SqliteStore::open(&path).unwrap();
    assert_eq!(again.load(&a, 0).unwrap(), stored);
    again.append(&a, 11, &joined(1)).unwrap();
    again.put_note("k", "v", at(9), at(0)).unwrap();
    // Two programs on one file see each other.
    let other = SqliteStore::open(&path).unwrap();
    other.append(&a, 12, &joined(1)).unwrap();
    assert_eq!(other.take_note("k", at(1)).unwrap().as_deref(), Some("v"));
    assert_eq!(again.take_note("k", at(1)).unwrap(), None);
    assert!(matches!(
        again.append(&a, 12, &joined(1)),
        Err(StoreError::Conflict { .. })
    ));
    assert_eq!(verify(&again, &a).unwrap().unwrap().seq, 13);
}

#[test]
fn every_change_of_the_file_behind_our_back_is_found() {
    let faults = [
        (
            "UPDATE events SET body = replace(body, 'st', 'kl') WHERE seq = 7",
            7,
            Fault::Hash,
        ),
        (
            "UPDATE events SET previous = zeroblob(32) WHERE seq = 5",
            5,
            Fault::Hash,
        ),
        (
            "UPDATE events SET hash = zeroblob(32) WHERE seq = 11",
            11,
            Fault::Hash,
        ),
        ("DELETE FROM events WHERE seq = 3", 3, Fault::Gap),
        ("DELETE FROM events WHERE seq = 1", 1, Fault::Gap),
        (
            "UPDATE events SET seq = seq + 1 WHERE seq = 11",
            12,
            Fault::Content,
        ),
        ("UPDATE events SET case_id = 'other'", 1, Fault::Content),
        (
            "INSERT INTO events SELECT case_id, 12, at, body, previous, hash FROM events \
             WHERE seq = 11",
            12,
            Fault::Content,
        ),
    ];
    for (sql, seq, fault) in faults {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("log.sqlite");
        SqliteStore::open(&path)
            .unwrap()
            .append(&case("a"), 0, &every_kind())
            .unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch(sql).unwrap();
        let damaged: String = db
            .query_row("SELECT case_id FROM events", [], |row| row.get(0))
            .unwrap();
        drop(db);
        let (store, damaged) = (SqliteStore::open(&path).unwrap(), case(&damaged));
        match verify(&store, &damaged) {
            Err(StoreError::Corrupt(corruption)) => {
                assert_eq!((corruption.seq, corruption.fault), (seq, fault), "{sql}");
                let text = corruption.to_string();
                assert!(text.contains(&format!("event {seq}")) && text.contains("backup"));
            }
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[test]
fn a_forged_event_with_a_right_hash_breaks_the_next_link() {
    use tolkebot_casework::StoredEvent;
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("log.sqlite");
    let a = case("a");
    let stored = SqliteStore::open(&path)
        .unwrap()
        .append(&a, 0, &every_kind())
        .unwrap();
    let forged = new(
        6,
        Role::Citizen,
        EventPayload::SlotCleared {
            key: "to.floor".into(),
            by: None,
        },
    );
    let forged = StoredEvent::seal(&a, 7, stored[5].hash, &forged).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute(
        "UPDATE events SET body = ?, hash = ? WHERE seq = 7",
        rusqlite::params![forged.body, forged.hash.0],
    )
    .unwrap();
    let store = SqliteStore::open(&path).unwrap();
    match verify(&store, &a) {
        Err(StoreError::Corrupt(c)) => assert_eq!((c.seq, c.fault), (8, Fault::Link)),
        other => panic!("{other:?}"),
    }
    // Reading on from a place before it sees it too.
    assert!(matches!(store.load(&a, 5), Err(StoreError::Corrupt(_))));
}

#[test]
fn files_that_are_not_ours_are_refused_with_a_remedy() {
    let dir = TempDir::new().unwrap();
    let newer = dir.path().join("newer.sqlite");
    drop(SqliteStore::open(&newer).unwrap());
    let db = rusqlite::Connection::open(&newer).unwrap();
    db.pragma_update(None, "user_version", 999).unwrap();
    drop(db);
    let error = SqliteStore::open(&newer).unwrap_err();
    assert!(matches!(error, StoreError::TooNew { found: 999, .. }));
    assert!(
        error.to_string().contains("use the newer program"),
        "{error}"
    );

    let garbage = dir.path().join("garbage.sqlite");
    std::fs::write(&garbage, "This is a letter, not a database. ".repeat(100)).unwrap();
    let error = SqliteStore::open(&garbage).unwrap_err();
    assert!(error.to_string().contains("garbage.sqlite"), "{error}");
    assert_eq!(
        std::fs::read_to_string(&garbage).unwrap().len(),
        3400,
        "what is not ours is not touched"
    );
}
