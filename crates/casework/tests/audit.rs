//! Whatever is changed in the file behind our back is found, without any key; with the master key
//! also what was changed by somebody who made all hashes anew.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tolkebot_casework::{
    AuditReport, ErasureReason, FORM, MasterKey, NewEvent, SqliteStore, Store, StoreError,
};
use tolkebot_protocol::{CaseId, EventPayload, Role};

const DAY: i64 = 86_400;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + second).unwrap()
}

fn case(id: &str) -> CaseId {
    CaseId(id.to_owned())
}

fn opened(second: i64) -> NewEvent {
    NewEvent {
        at: at(second),
        actor: Role::Staff,
        payload: EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-11-24".into(),
        },
    }
}

fn typed(second: i64, value: &str) -> NewEvent {
    NewEvent {
        at: at(second),
        actor: Role::Staff,
        payload: EventPayload::SlotCorrected {
            key: "mover.surname".into(),
            value: value.into(),
            by: None,
        },
    }
}

/// Three cases on three days; `gone` was erased.
fn fill(store: &dyn Store) {
    for (n, id) in [(0, "a"), (1, "b"), (2, "gone")] {
        store.append(&case(id), 0, &[opened(n)]).unwrap();
        let more = [typed(n + 10, "Kovalenko"), typed(n + 20, "Koval")];
        store.append(&case(id), 1, &more).unwrap();
    }
    store
        .append(&case("a"), 3, &[typed(DAY, "Bondar")])
        .unwrap();
    store
        .erase(&case("gone"), ErasureReason::Retention, at(DAY + 1))
        .unwrap();
    store
        .append(&case("b"), 3, &[typed(2 * DAY, "Melnyk")])
        .unwrap();
}

struct File {
    _dir: TempDir,
    path: PathBuf,
    master: MasterKey,
}

fn file(sealed: bool) -> File {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let master = MasterKey::generate().unwrap();
    fill(&SqliteStore::open_with(&path, sealed.then(|| master.clone())).unwrap());
    File {
        _dir: dir,
        path,
        master,
    }
}

fn audit(path: &Path, master: Option<&MasterKey>) -> AuditReport {
    let store = SqliteStore::inspect(path, master.cloned()).unwrap();
    store.audit(None, None).unwrap()
}

fn said(report: &AuditReport) -> Vec<String> {
    report.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn an_untouched_file_is_intact_with_and_without_the_key() {
    let sealed = file(true);
    let report = audit(&sealed.path, Some(&sealed.master));
    assert_eq!(said(&report), [""; 0]);
    assert_eq!((report.cases, report.events, report.opened), (3, 11, 8));
    assert_eq!((report.erased, report.entries, report.days), (1, 9, 2));
    let without = audit(&sealed.path, None);
    assert_eq!(said(&without), [""; 0]);
    assert_eq!((without.events, without.opened), (11, 0));
    assert_eq!(without.head, report.head);

    let open = file(false);
    let report = audit(&open.path, None);
    assert_eq!(said(&report), [""; 0]);
    assert_eq!((report.events, report.opened), (11, 8));
}

/// What is done to the file, and the first thing that the audit says of it.
const CHANGES: &[(&str, &str)] = &[
    // events
    (
        "UPDATE events SET body = replace(body, '\"case\"', '\"cace\"') WHERE case_id = 'a' AND seq = 2",
        "case a, event 2",
    ),
    (
        "UPDATE events SET body = substr(body, 1, 60) || CASE substr(body, 61, 1) WHEN 'X' THEN 'Y' ELSE 'X' END || substr(body, 62) WHERE case_id = 'b' AND seq = 4",
        "case b, event 4",
    ),
    (
        "UPDATE events SET hash = zeroblob(32) WHERE case_id = 'a' AND seq = 4",
        "case a, event 4",
    ),
    (
        "UPDATE events SET previous = zeroblob(32) WHERE case_id = 'a' AND seq = 3",
        "case a, event 3",
    ),
    (
        "UPDATE events SET body = replace(body, '', '') || ' ' WHERE case_id = 'gone' AND seq = 2",
        "case gone, event 2",
    ),
    (
        "DELETE FROM events WHERE case_id = 'a' AND seq = 1",
        "case a, event 1",
    ),
    (
        "DELETE FROM events WHERE case_id = 'a' AND seq = 2",
        "case a, event 2",
    ),
    (
        "DELETE FROM events WHERE case_id = 'a' AND seq = 4",
        "case a, event 4: this and later events were taken away",
    ),
    (
        "DELETE FROM events WHERE case_id = 'b'",
        "case b, event 1: this and later events were taken away",
    ),
    (
        "DELETE FROM events WHERE case_id = 'gone'",
        "case gone, event 1",
    ),
    // reordered: two events, two cases
    (
        "UPDATE events SET seq = -seq WHERE 0; UPDATE events SET seq = 9 WHERE case_id = 'a' AND seq = 2; \
      UPDATE events SET seq = 2 WHERE case_id = 'a' AND seq = 3; UPDATE events SET seq = 3 WHERE case_id = 'a' AND seq = 9",
        "case a, event 2",
    ),
    (
        "UPDATE events SET case_id = 'x' WHERE case_id = 'a'; UPDATE events SET case_id = 'a' WHERE case_id = 'b'; \
      UPDATE events SET case_id = 'b' WHERE case_id = 'x'",
        "case a, event 1",
    ),
    (
        "INSERT INTO events SELECT case_id, seq + 1, at, body, previous, hash FROM events WHERE case_id = 'a' AND seq = 4",
        "case a, event 5",
    ),
    (
        "INSERT INTO events SELECT 'new', seq, at, body, previous, hash FROM events WHERE case_id = 'a' AND seq = 1",
        "case new, event 1",
    ),
    // the ledger and its heads
    ("DELETE FROM ledger WHERE n = 4", "ledger, entry 4"),
    (
        "DELETE FROM ledger WHERE n = 9",
        "ledger, entry 9: the ledger does not end where its head says",
    ),
    ("DELETE FROM ledger", "ledger, entry 1"),
    (
        "UPDATE ledger SET seq = seq + 1 WHERE n = 8",
        "ledger, entry 8",
    ),
    (
        "UPDATE ledger SET kind = 'nothing' WHERE n = 8",
        "ledger, entry 8",
    ),
    (
        "UPDATE ledger SET at = replace(at, '2026', '2025') WHERE n = 2",
        "ledger, entry 2",
    ),
    (
        "UPDATE ledger SET n = 100 WHERE n = 3; UPDATE ledger SET n = 3 WHERE n = 4; UPDATE ledger SET n = 4 WHERE n = 100",
        "ledger, entry 3",
    ),
    (
        "DELETE FROM ledger_head",
        "ledger, entry 10: the ledger does not end",
    ),
    (
        "UPDATE ledger_head SET n = n - 1",
        "ledger, entry 10: the ledger does not end",
    ),
    (
        "DELETE FROM ledger_days WHERE day = '2026-11-24'",
        "ledger, entry 6: the daily head",
    ),
    (
        "UPDATE ledger_days SET chain = zeroblob(32) WHERE day = '2026-11-25'",
        "ledger, entry 8: the daily head",
    ),
    (
        "INSERT INTO ledger_days VALUES ('2026-11-20', 1, zeroblob(32), NULL)",
        "ledger, entry 1: the daily head",
    ),
    // the list of cases
    (
        "UPDATE cases SET changed_at = replace(changed_at, '2026', '2025') WHERE case_id = 'b'",
        "case b, event 4: the list of cases says something else",
    ),
    (
        "UPDATE cases SET opened_at = '' WHERE case_id = 'a'",
        "case a, event 4: the list",
    ),
    (
        "UPDATE cases SET erased = 1 WHERE case_id = 'a'",
        "case a, event 4: the list",
    ),
    (
        "UPDATE cases SET seq = 1 WHERE case_id = 'gone'",
        "case gone, event 3: the list",
    ),
    (
        "DELETE FROM cases WHERE case_id = 'b'",
        "case b, event 4: the list",
    ),
    (
        "INSERT INTO cases VALUES ('aa', 1, '', '', 0, NULL)",
        "case aa, event 1: the list",
    ),
    // an erasure taken back
    (
        "DELETE FROM ledger WHERE kind LIKE 'erased%'",
        "ledger, entry 8",
    ),
];

#[test]
fn every_edit_deletion_and_reordering_is_found_without_a_key() {
    for sealed in [true, false] {
        for (sql, first) in CHANGES {
            let file = file(sealed);
            Connection::open(&file.path)
                .unwrap()
                .execute_batch(sql)
                .unwrap();
            let said = said(&audit(&file.path, None));
            let found = said
                .first()
                .unwrap_or_else(|| panic!("{sql}: not found (sealed: {sealed})"));
            assert!(
                found.starts_with(first),
                "{sql}: {said:?} (sealed: {sealed})"
            );
        }
    }
}

#[test]
fn a_line_that_hides_how_far_a_case_has_come_is_found_with_the_key() {
    let file = file(true);
    let change = |sql: &str| {
        let db = Connection::open(&file.path).unwrap();
        db.execute(sql, []).unwrap();
    };
    change("UPDATE cases SET progress = 'submitted' WHERE case_id = 'a'");
    assert_eq!(said(&audit(&file.path, None)), [""; 0], "nobody can know");
    let found = said(&audit(&file.path, Some(&file.master)));
    assert!(
        found[0].starts_with("case a, event 4: the list of cases"),
        "{found:?}"
    );
    // A line of an older program says nothing, which hides nothing.
    change("UPDATE cases SET progress = NULL WHERE case_id = 'a'");
    assert_eq!(said(&audit(&file.path, Some(&file.master))), [""; 0]);
}

#[test]
fn one_case_can_be_looked_at_alone() {
    let file = file(true);
    let db = Connection::open(&file.path).unwrap();
    db.execute("DELETE FROM events WHERE case_id = 'a' AND seq = 2", [])
        .unwrap();
    drop(db);
    let store = SqliteStore::inspect(&file.path, None).unwrap();
    let a = store.audit(Some(&case("a")), None).unwrap();
    let b = store.audit(Some(&case("b")), None).unwrap();
    assert_eq!((a.cases, a.is_intact()), (1, false));
    assert_eq!((b.cases, b.events, b.is_intact()), (1, 4, true));
}

#[test]
fn a_key_taken_away_or_exchanged_is_found() {
    for (sql, first) in [
        (
            "DELETE FROM case_keys WHERE case_id = 'a'",
            "case a, event 1: the key of the case is gone",
        ),
        (
            "UPDATE case_keys SET wrapped = zeroblob(72) WHERE case_id = 'b'",
            "case b, event 1: the key of the case cannot be unwrapped",
        ),
        (
            "INSERT INTO case_keys SELECT 'gone', master, wrapped FROM case_keys WHERE case_id = 'a'",
            "case gone, event 1: the case was erased",
        ),
    ] {
        let file = file(true);
        Connection::open(&file.path)
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let said = said(&audit(&file.path, Some(&file.master)));
        assert!(said[0].starts_with(first), "{sql}: {said:?}");
    }
}

/// Somebody with the file and this program, but without the master key, writes a whole new history.
#[test]
fn a_history_made_anew_without_the_master_key_is_found_with_it() {
    let file = file(true);
    let other = file.path.with_file_name("other.sqlite");
    fill(&SqliteStore::open_with(&other, Some(MasterKey::generate().unwrap())).unwrap());
    assert!(audit(&other, None).is_intact(), "its hashes are right");
    let said = said(&audit(&other, Some(&file.master)));
    assert!(
        said.iter()
            .any(|s| s.contains("not signed with this master key")),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|s| s.starts_with("case a, event 1: the key")),
        "{said:?}"
    );
}

/// The newest entries are cut off everywhere, and the head is put back, unsigned; then the server
/// goes on. It must not sign what it did not write.
#[test]
fn a_head_put_back_is_never_signed_again() {
    let file = file(true);
    let db = Connection::open(&file.path).unwrap();
    db.execute_batch(
        "DELETE FROM events WHERE case_id = 'b' AND seq = 4;
         UPDATE cases SET seq = 3, changed_at = (SELECT at FROM events WHERE case_id = 'b' AND seq = 3)
                WHERE case_id = 'b';
         DELETE FROM ledger WHERE n = 9;
         DELETE FROM ledger_days WHERE day = '2026-11-25';
         UPDATE ledger_head SET n = 8, day = '2026-11-25', signature = NULL,
                chain = (SELECT chain FROM ledger WHERE n = 8);",
    )
    .unwrap();
    drop(db);
    assert!(
        audit(&file.path, None).is_intact(),
        "only the signature can show it"
    );
    let store = SqliteStore::open_with(&file.path, Some(file.master.clone())).unwrap();
    store.append(&case("c"), 0, &[opened(3 * DAY)]).unwrap();
    drop(store);
    let said = said(&audit(&file.path, Some(&file.master)));
    assert!(
        said.iter()
            .any(|s| s.contains("not signed with this master key")),
        "{said:?}"
    );
}

#[test]
fn a_daily_head_kept_elsewhere_shows_a_database_put_back() {
    let file = file(true);
    let backup = file.path.with_file_name("backup.sqlite");
    let db = Connection::open(&file.path).unwrap();
    db.execute("VACUUM INTO ?", [backup.to_str().unwrap()])
        .unwrap();
    drop(db);
    let store = SqliteStore::open_with(&file.path, Some(file.master.clone())).unwrap();
    store
        .append(&case("a"), 4, &[typed(3 * DAY, "Shevchuk")])
        .unwrap();
    let kept = store.audit(None, None).unwrap().head.unwrap();
    assert!(store.audit(None, Some(kept)).unwrap().is_intact());
    let old = SqliteStore::inspect(&backup, Some(file.master.clone())).unwrap();
    assert!(old.audit(None, None).unwrap().is_intact());
    let report = old.audit(None, Some(kept)).unwrap();
    assert_eq!(
        said(&report),
        ["ledger, entry 10: the ledger does not have the head that was kept elsewhere"]
    );
}

/// A copy on a disk that cannot be written, as an auditor gets it.
#[cfg(unix)]
#[test]
fn a_read_only_copy_can_be_looked_at() {
    use std::os::unix::fs::PermissionsExt;
    let file = file(true);
    let folder = file.path.with_file_name("copy?#%");
    std::fs::create_dir(&folder).unwrap();
    let copy = folder.join("cases.sqlite");
    std::fs::copy(&file.path, &copy).unwrap();
    for (path, mode) in [(&copy, 0o444), (&folder, 0o555)] {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }
    let report = audit(&copy, None);
    assert_eq!((said(&report), report.events), (vec![], 11));
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
fn looking_changes_nothing_and_older_files_are_named() {
    let file = file(true);
    let before = std::fs::read(&file.path).unwrap();
    let store = SqliteStore::inspect(&file.path, None).unwrap();
    store.audit(None, None).unwrap();
    assert!(store.append(&case("a"), 4, &[typed(0, "x")]).is_err());
    drop(store);
    assert_eq!(std::fs::read(&file.path).unwrap(), before);
    assert!(SqliteStore::inspect(file.path.with_file_name("none"), None).is_err());
    let db = Connection::open(&file.path).unwrap();
    db.pragma_update(None, "user_version", 2).unwrap();
    drop(db);
    let error = SqliteStore::inspect(&file.path, None).unwrap_err();
    assert!(matches!(error, StoreError::TooOld { found: 2, .. }));
    assert!(
        error.to_string().contains("start the server on it once"),
        "{error}"
    );
}

/// A file as version 2 left it: events without a ledger.
#[test]
fn a_file_of_the_version_before_the_ledger_is_taken_in_whole() {
    let file = file(false);
    let db = Connection::open(&file.path).unwrap();
    db.execute_batch(
        "DELETE FROM events WHERE case_id = 'gone';
         DROP TABLE ledger; DROP TABLE ledger_head; DROP TABLE ledger_days; DROP TABLE case_keys;
         DROP TABLE cases; DROP TABLE snapshots; DROP TABLE sounds;
         DROP TABLE sound_keys; PRAGMA user_version = 2;",
    )
    .unwrap();
    drop(db);
    let store = SqliteStore::open_with(&file.path, Some(file.master.clone())).unwrap();
    let report = store.audit(None, None).unwrap();
    assert_eq!(said(&report), [""; 0]);
    assert_eq!((report.cases, report.events, report.entries), (2, 8, 2));
    let listed = store.list().unwrap();
    assert_eq!((listed.len(), listed[0].seq), (2, 4));
    assert_eq!(listed[0].changed_at, "2026-11-25T09:00:00.000Z");
    // It goes on sealed, in the same chain; what was readable stays so until it is erased.
    store
        .append(&case("a"), 4, &[typed(3 * DAY, "Shevchuk")])
        .unwrap();
    assert_eq!(store.load(&case("a"), 0).unwrap().len(), 5);
    assert!(store.audit(None, None).unwrap().is_intact());
    store
        .erase(&case("a"), ErasureReason::Request, at(4 * DAY))
        .unwrap();
    let report = store.audit(None, None).unwrap();
    assert_eq!((said(&report), report.erased), (vec![], 1));
    let bytes = std::fs::read(&file.path).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(!holds("Bondar") && holds("Melnyk"));
}
