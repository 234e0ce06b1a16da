//! A log, or its key, that is taken away while it is in use; and one that is damaged.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tolkebot_casework::{
    ErasureReason, KeyError, MasterKey, NewEvent, SqliteStore, Store, StoreError,
};
use tolkebot_protocol::{CaseId, EventPayload, Role};

struct Log {
    /// Removed at the end.
    root: tempfile::TempDir,
    folder: PathBuf,
    store: SqliteStore,
}

impl Log {
    fn open() -> Log {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data");
        fs::create_dir(&folder).unwrap();
        let key = MasterKey::read_or_make(&folder.join("master.key")).unwrap();
        let store = SqliteStore::open_with(folder.join("cases.sqlite"), Some(key)).unwrap();
        let log = Log {
            root,
            folder,
            store,
        };
        log.append(0).unwrap();
        log
    }

    fn append(&self, expected: u64) -> Result<(), StoreError> {
        let joined = NewEvent {
            at: Timestamp::UNIX_EPOCH,
            actor: Role::Staff,
            payload: EventPayload::ParticipantJoined {
                role: Role::Staff,
                paired: false,
            },
        };
        let case = CaseId("a".to_owned());
        self.store.append(&case, expected, &[joined]).map(|_| ())
    }

    /// Nothing is taken that would not be there after the next start.
    fn refuses(&self, missing: &Path) {
        let now = Timestamp::UNIX_EPOCH;
        let later = Timestamp::from_second(60).unwrap();
        let case = CaseId("a".to_owned());
        for refused in [
            self.append(1),
            self.store.put_note("k", "v", later, now),
            self.store.begin_sound(&case),
            self.store.erase(&case, ErasureReason::Request, now),
            self.store.check(),
        ] {
            let error = refused.unwrap_err();
            assert!(
                matches!(
                    &error,
                    StoreError::Gone { path } | StoreError::Key(KeyError::Gone { path })
                        if path == missing
                ),
                "{error}"
            );
        }
    }

    fn goes_on(&self) {
        self.store.check().unwrap();
        self.append(1).unwrap();
        let copy = self.root.path().join("again");
        fs::create_dir(&copy).unwrap();
        let key = MasterKey::read(&self.folder.join("master.key")).unwrap();
        let again = SqliteStore::inspect(self.folder.join("cases.sqlite"), Some(key)).unwrap();
        assert_eq!(again.load(&CaseId("a".to_owned()), 0).unwrap().len(), 2);
    }
}

#[test]
fn nothing_is_written_into_a_log_that_is_not_there_any_more() {
    let log = Log::open();
    let away = log.root.path().join("away");
    for name in ["cases.sqlite", "cases.sqlite-wal", "master.key"] {
        let file = log.folder.join(name);
        fs::rename(&file, &away).unwrap();
        log.refuses(&file);
        fs::rename(&away, &file).unwrap();
        log.store.check().unwrap();
    }
    fs::rename(&log.folder, &away).unwrap();
    log.refuses(&log.folder.join("cases.sqlite"));
    fs::rename(&away, &log.folder).unwrap();
    log.goes_on();
}

#[test]
fn another_file_of_the_same_name_is_not_the_log() {
    let log = Log::open();
    let file = log.folder.join("cases.sqlite");
    let kept = log.root.path().join("kept");
    fs::rename(&file, &kept).unwrap();
    fs::copy(&kept, &file).unwrap();
    log.refuses(&file);
    fs::rename(&kept, &file).unwrap();
    log.goes_on();
}

#[test]
fn a_damaged_file_is_told_with_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.sqlite");
    drop(SqliteStore::open(&path).unwrap());
    let whole = fs::read(&path).unwrap();
    for damaged in [&whole[..whole.len() / 3], &b"no database ".repeat(500)] {
        fs::write(&path, damaged).unwrap();
        let error = SqliteStore::open(&path).unwrap_err().to_string();
        assert!(error.contains("restore it from a backup"), "{error}");
        assert!(!error.contains("free space"), "{error}");
    }
}
