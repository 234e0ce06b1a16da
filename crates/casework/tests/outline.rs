//! Finding cases and showing them in lists without reading and folding all of them.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::PathBuf;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use tempfile::TempDir;
use tolkebot_casework::{
    AuditReport, CaseSummary, ErasureReason, FORM, Head, LedgerHead, MasterKey, NewEvent, Progress,
    Snapshot, SqliteStore, Store, StoreError, StoredEvent, cases_in, outline,
};
use tolkebot_protocol::{CaseId, CaseStage, EventPayload, Role};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + second).unwrap()
}

fn case(id: &str) -> CaseId {
    CaseId(id.to_owned())
}

fn new(actor: Role, payload: EventPayload) -> NewEvent {
    NewEvent {
        at: at(0),
        actor,
        payload,
    }
}

fn opened() -> NewEvent {
    let payload = EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-11-24".into(),
    };
    new(Role::Staff, payload)
}

fn corrected(key: &str, value: &str) -> NewEvent {
    let payload = EventPayload::SlotCorrected {
        key: key.into(),
        value: value.into(),
        by: None,
    };
    new(Role::Staff, payload)
}

/// A sealed store in a file that notes whose events are read.
struct Watched {
    dir: TempDir,
    inner: SqliteStore,
    loaded: Mutex<Vec<String>>,
}

impl Watched {
    fn new() -> Watched {
        let dir = TempDir::new().unwrap();
        let master = MasterKey::generate().unwrap();
        let inner = SqliteStore::open_with(dir.path().join("log.sqlite"), Some(master)).unwrap();
        Watched {
            dir,
            inner,
            loaded: Mutex::default(),
        }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("log.sqlite")
    }

    fn sql(&self, sql: &str) {
        let db = Connection::open(self.path()).unwrap();
        db.execute_batch(sql).unwrap();
    }

    /// Whose events were read since the last time.
    fn loaded(&self) -> Vec<String> {
        std::mem::take(&mut *self.loaded.lock().unwrap())
    }
}

impl Store for Watched {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.inner.append(case, expected, events)
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        self.loaded.lock().unwrap().push(case.0.clone());
        self.inner.load(case, after)
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        self.inner.list()
    }

    fn list_in(&self, wanted: &[Progress]) -> Result<Vec<CaseSummary>, StoreError> {
        self.inner.list_in(wanted)
    }

    fn set_progress(&self, case: &CaseId, seq: u64, to: Progress) -> Result<(), StoreError> {
        self.inner.set_progress(case, seq, to)
    }

    fn put_snapshot(&self, case: &CaseId, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.inner.put_snapshot(case, snapshot)
    }

    fn snapshot(&self, case: &CaseId) -> Result<Option<Snapshot>, StoreError> {
        self.inner.snapshot(case)
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        self.inner.last(case)
    }

    fn erase(&self, case: &CaseId, why: ErasureReason, now: Timestamp) -> Result<(), StoreError> {
        self.inner.erase(case, why, now)
    }

    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        self.inner.audit(only, anchor)
    }

    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.inner.put_note(key, value, expires, now)
    }

    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.inner.claim_note(key, value, lasts, now)
    }

    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        self.inner.note_keys(prefix, now)
    }

    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.inner.note(key, now)
    }

    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.inner.take_note(key, now)
    }
}

/// Three cases; `b` was sent to review.
fn three() -> Watched {
    let store = Watched::new();
    for id in ["a", "b", "c"] {
        let events = [opened(), corrected("mover.surname", "Kovalenko")];
        store.append(&case(id), 0, &events).unwrap();
    }
    let sent = new(Role::Staff, EventPayload::SentToReview { by: None });
    store.append(&case("b"), 2, &[sent]).unwrap();
    store
}

fn in_review(store: &Watched) -> Vec<String> {
    let lines = cases_in(store, &[Progress::InReview]).unwrap();
    lines.into_iter().map(|line| line.case.0).collect()
}

#[test]
fn cases_are_found_without_reading_any_and_old_lines_are_made_up_for_once() {
    let store = three();
    assert_eq!(in_review(&store), ["b"]);
    assert_eq!(store.loaded(), [""; 0]);
    // As an older program left them.
    store.sql("UPDATE cases SET progress = NULL");
    assert_eq!(in_review(&store), ["b"]);
    assert_eq!(store.loaded(), ["a", "b", "c"]);
    assert_eq!(in_review(&store), ["b"]);
    assert_eq!(store.loaded(), [""; 0], "once");
    // A case that grows keeps up, also from a line that says nothing.
    store.sql("UPDATE cases SET progress = NULL WHERE case_id = 'c'");
    let sent = new(Role::Staff, EventPayload::SentToReview { by: None });
    store.append(&case("c"), 2, &[sent]).unwrap();
    assert_eq!(in_review(&store), ["b", "c"]);
    // A case that cannot be read hides no other.
    store.sql("UPDATE cases SET progress = NULL; DELETE FROM case_keys WHERE case_id = 'b'");
    assert_eq!(in_review(&store), ["c"]);
}

#[test]
fn an_outline_is_folded_once_and_anew_after_the_next_event() {
    let store = three();
    let a = case("a");
    let first = outline(&store, &a).unwrap().unwrap();
    assert_eq!(first.stage, CaseStage::Open);
    assert_eq!(store.loaded(), ["a"]);
    assert_eq!(outline(&store, &a).unwrap().unwrap(), first);
    assert_eq!(store.loaded(), [""; 0]);
    let more = corrected("mover.given_names", "Oksana");
    store.append(&a, 2, &[more]).unwrap();
    let second = outline(&store, &a).unwrap().unwrap();
    assert_eq!(store.loaded(), ["a"], "it is older than the newest event");
    assert!(second.settled > first.settled);
    assert_eq!(outline(&store, &case("nobody")).unwrap(), None);
}

/// A snapshot is a cache: whatever is done to it, what is shown is what the events say.
#[test]
fn a_snapshot_that_is_not_the_cases_newest_or_not_whole_is_folded_anew() {
    for sql in [
        // another case's, of the same number
        "UPDATE snapshots SET body = (SELECT body FROM snapshots WHERE case_id = 'c') \
         WHERE case_id = 'a'",
        // an older one, made to look new
        "UPDATE snapshots SET seq = seq + 1 WHERE case_id = 'a'",
        "UPDATE snapshots SET hash = zeroblob(32) WHERE case_id = 'a'",
        // another program's
        "UPDATE snapshots SET fold = 'older' WHERE case_id = 'a'",
        "UPDATE snapshots SET body = 'no base64' WHERE case_id = 'a'",
        // readable, although the case is sealed
        "UPDATE snapshots SET body = '{\"stage\":\"approved\",\"since\":\"\",\"sent_by\":null,\
         \"sealed\":false,\"settled\":9,\"total\":9,\"changed_at\":\"\"}' WHERE case_id = 'a'",
        "DELETE FROM snapshots",
    ] {
        let store = three();
        let (a, c) = (case("a"), case("c"));
        let right = outline(&store, &a).unwrap().unwrap();
        outline(&store, &c).unwrap().unwrap();
        store.loaded();
        store.sql(sql);
        assert_eq!(outline(&store, &a).unwrap().unwrap(), right, "{sql}");
        assert_eq!(store.loaded(), ["a"], "{sql}");
        // And the next time it is right again.
        assert_eq!(outline(&store, &a).unwrap().unwrap(), right, "{sql}");
        assert_eq!(store.loaded(), [""; 0], "{sql}");
    }
}

#[test]
fn a_snapshot_is_sealed_and_goes_with_its_case() {
    let store = three();
    let a = case("a");
    let text = "what was said at the counter";
    let snapshot = Snapshot {
        seq: 2,
        hash: store.last(&a).unwrap().unwrap().hash,
        fold: "x".into(),
        text: text.into(),
    };
    store.put_snapshot(&a, &snapshot).unwrap();
    assert_eq!(store.snapshot(&a).unwrap(), Some(snapshot.clone()));
    let on_disk = |bytes: &[u8]| {
        std::fs::read_dir(store.dir.path()).unwrap().any(|file| {
            let content = std::fs::read(file.unwrap().path()).unwrap();
            content.windows(bytes.len()).any(|w| w == bytes)
        })
    };
    assert!(!on_disk(text.as_bytes()));
    let sealed: String = Connection::open(store.path())
        .unwrap()
        .query_row("SELECT body FROM snapshots", [], |row| row.get(0))
        .unwrap();
    assert!(on_disk(sealed.as_bytes()));
    store.erase(&a, ErasureReason::Request, at(9)).unwrap();
    assert!(!on_disk(sealed.as_bytes()), "it is overwritten");
    assert_eq!(store.snapshot(&a).unwrap(), None);
    store.put_snapshot(&a, &snapshot).unwrap();
    assert_eq!(store.snapshot(&a).unwrap(), None);
    // Put back by hand it opens nothing: the key is gone.
    store.sql(&format!(
        "INSERT INTO snapshots SELECT case_id, 2, hash, 'x', '{sealed}' FROM events \
         WHERE case_id = 'a' AND seq = 2"
    ));
    assert_eq!(store.snapshot(&a).unwrap(), None);
    assert!(store.audit(None, None).unwrap().is_intact());
}
