//! A log that cannot be written for a while for other reasons than space: another program holds the
//! file, or the disk is read-only. The conversation goes on, says so, and is saved later.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tolkebot_casework::{
    AuditReport, CaseSummary, ErasureReason, Head, LedgerHead, MasterKey, NewEvent, SqliteStore,
    Store, StoreError, StoredEvent,
};
use tolkebot_protocol::{CaseId, Speaker};

use crate::common::{config, house_with};
use crate::full_disk::until;
use crate::kill::{Process, check, open};

/// A backup program that locks the file longer than anybody wants to wait.
#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_holds_the_log_the_conversation_goes_on_and_is_saved_later() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(folder.path());
    let mut browsers = open(process.address).await;
    let staff = &mut browsers[0];
    let mut client = staff.connect(process.address).await.unwrap();
    client.consent("ai_disclosure").await;
    client.start_audio().await;
    client.send_binary(vec![0; 640]).await;
    until(staff, &mut client, |m| m["kind"] == "translation_settled").await;
    let before = staff.seen();

    let other = rusqlite::Connection::open(folder.path().join("cases.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    client.send_binary(vec![0; 640]).await;
    until(staff, &mut client, |m| m["code"] == "not_saved").await;
    client.send_binary(vec![0; 640]).await;
    until(staff, &mut client, |m| {
        m["type"] == "partial" && m["text"] == "ytring 3"
    })
    .await;
    let value = json!({"type": "correct_slot", "key": "mover.surname", "value": "Koval"});
    client.send(value).await;
    assert_eq!(staff.seen(), before, "nothing is shown as settled");

    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    until(staff, &mut client, |m| m["kind"] == "slot_corrected").await;
    assert!(
        staff.seen() >= before + 5,
        "two utterances, two translations"
    );
    process.kill();
    check(folder.path(), &browsers, 0);
    let key = MasterKey::read(&folder.path().join("master.key")).unwrap();
    let store = SqliteStore::inspect(folder.path().join("cases.sqlite"), Some(key)).unwrap();
    assert_eq!(store.audit(None, None).unwrap().findings, []);
}

/// One file, opened twice: while `read_only`, every write goes to a connection that cannot write, and
/// fails as it does on a disk that was remounted.
struct Remounted {
    writable: SqliteStore,
    frozen: SqliteStore,
    read_only: AtomicBool,
}

impl Remounted {
    fn now(&self) -> &SqliteStore {
        if self.read_only.load(Ordering::SeqCst) {
            &self.frozen
        } else {
            &self.writable
        }
    }
}

impl Store for Remounted {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.now().append(case, expected, events)
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        self.now().load(case, after)
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        self.now().list()
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        self.now().last(case)
    }

    fn erase(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.now().erase(case, reason, now)
    }

    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        self.now().audit(only, anchor)
    }

    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.now().put_note(key, value, expires, now)
    }

    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.now().claim_note(key, value, lasts, now)
    }

    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        self.now().note_keys(prefix, now)
    }

    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.now().note(key, now)
    }

    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.now().take_note(key, now)
    }
}

impl Remounted {
    fn open(path: &Path) -> Arc<Remounted> {
        let key = MasterKey::generate().unwrap();
        Arc::new(Remounted {
            writable: SqliteStore::open_with(path, Some(key.clone())).unwrap(),
            frozen: SqliteStore::inspect(path, Some(key)).unwrap(),
            read_only: AtomicBool::new(false),
        })
    }
}

#[tokio::test]
async fn on_a_disk_that_became_read_only_the_conversation_goes_on_and_is_saved_later() {
    let folder = tempfile::tempdir().unwrap();
    let store = Remounted::open(&folder.path().join("cases.sqlite"));
    let set = |read_only| store.read_only.store(read_only, Ordering::SeqCst);
    goes_on_and_is_saved_later(store.clone(), set).await;
}

/// Files of a log that the kernel lets nobody write, whoever has them open: root's attribute for
/// files that must not change. Its shared memory is left out, which is no file but looks like one.
struct Immutable(Vec<PathBuf>);

impl Immutable {
    fn set(&self, immutable: bool) -> bool {
        let sign = if immutable { "+i" } else { "-i" };
        let set = Command::new("chattr").arg(sign).args(&self.0).status();
        set.is_ok_and(|status| status.success())
    }
}

impl Drop for Immutable {
    fn drop(&mut self) {
        self.set(false);
    }
}

/// The same with the operating system refusing the writes. Where it cannot be told to (it takes root,
/// and a file system that knows the attribute), a connection that cannot write takes its place.
#[tokio::test]
async fn when_the_system_refuses_writes_the_conversation_goes_on_and_is_saved_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.sqlite");
    let store = Remounted::open(&path);
    let files = Immutable(vec![path.clone(), folder.path().join("cases.sqlite-wal")]);
    let by_the_system = files.set(true) && std::fs::write(&path, "").is_err();
    files.set(false);
    let set = |read_only| {
        if by_the_system {
            assert!(files.set(read_only));
        } else {
            store.read_only.store(read_only, Ordering::SeqCst);
        }
    };
    goes_on_and_is_saved_later(store.clone(), set).await;
}

/// A conversation on a log that cannot be written between `set(true)` and `set(false)`.
async fn goes_on_and_is_saved_later(store: Arc<dyn Store>, set: impl Fn(bool)) {
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    set(true);
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    let error = c.staff.until_error("not_saved").await;
    assert_eq!(error["fatal"], false);
    c.tablet.until_error("not_saved").await;
    let number = c
        .talk
        .say(Speaker::Citizen, "Добрий день.", "Goddag.")
        .await;
    c.staff
        .until_that("partial", |p| p["text"] == "Добрий день.")
        .await;
    assert_eq!(
        c.staff.until_binary().await.len(),
        480,
        "it is still spoken"
    );
    assert!(
        !c.staff
            .seen
            .iter()
            .any(|m| m["kind"] == "utterance_settled"),
        "nothing is shown as settled"
    );
    // A new case could not be kept: it is not opened.
    let refused = house.post("/api/cases", &[], "{}").await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.json()["code"], "not_saved");

    set(false);
    for client in [&mut c.staff, &mut c.tablet] {
        client
            .until_event("translation_settled", |e| e["utterance"] == number)
            .await;
        let seqs = client.seqs();
        assert_eq!(seqs, (1..=*seqs.last().unwrap()).collect::<Vec<_>>());
    }
    assert_eq!(house.post("/api/cases", &[], "{}").await.status, 200);
    assert_eq!(store.audit(None, None).unwrap().findings, []);
}
