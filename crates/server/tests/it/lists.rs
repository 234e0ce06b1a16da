//! Lists of cases are read from the table of cases: only cases that belong into a list are looked into,
//! however many others there are.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tolkebot_casework::{
    AuditReport, CaseSummary, ErasureReason, FORM, Head, LedgerHead, MemoryStore, NewEvent,
    Progress, Snapshot, Store, StoreError, StoredEvent,
};
use tolkebot_protocol::{CaseId, EventPayload, Role};
use tolkebot_server::{
    AccountRole, Accounts, Clock, Directory, Handover, Outcome, try_again, waiting,
};

use crate::common::{config, house_with};
use crate::handover::{AUTHORITY, add, key, now, send_to_review};

/// Cases that nobody waits for.
const OTHERS: usize = 2000;

/// A store that notes whose events are read, and counts appends.
#[derive(Default)]
pub struct Watched {
    inner: MemoryStore,
    loaded: Mutex<Vec<String>>,
    written: AtomicUsize,
}

impl Watched {
    /// Whose events were read since the last time.
    fn loaded(&self) -> Vec<String> {
        let mut loaded = std::mem::take(&mut *self.loaded.lock().unwrap());
        loaded.sort();
        loaded.dedup();
        loaded
    }

    /// How often something was appended since the last time.
    pub fn written(&self) -> usize {
        self.written.swap(0, Ordering::SeqCst)
    }
}

impl Store for Watched {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.written.fetch_add(1, Ordering::SeqCst);
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

/// Many cases that nobody waits for, two in review and one that is approved.
fn filled() -> Arc<Watched> {
    let store = Arc::new(Watched::default());
    for n in 0..OTHERS {
        let case = CaseId(format!("other-{n}"));
        let opened = EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-12-01".into(),
        };
        add(&*store, &case, Role::Staff, opened);
        match n % 3 {
            0 => {}
            1 => add(
                &*store,
                &case,
                Role::Staff,
                EventPayload::ConversationEnded {},
            ),
            _ => add(
                &*store,
                &case,
                Role::Staff,
                EventPayload::Cancelled {
                    reason: "x".into(),
                    by: None,
                },
            ),
        }
    }
    for id in ["sent-1", "sent-2"] {
        send_to_review(&*store, &CaseId(id.into()));
    }
    let approved = CaseId("approved".into());
    let digest = send_to_review(&*store, &approved);
    let payload = EventPayload::Approved { digest, by: None };
    add(&*store, &approved, Role::Supervisor, payload);
    store.loaded();
    store
}

#[test]
fn what_waits_to_be_handed_in_is_found_without_looking_into_other_cases() {
    let store = filled();
    let waits = waiting(&*store, now()).unwrap();
    assert_eq!((waits.len(), waits[0].case.0.as_str()), (1, "approved"));
    assert_eq!(store.loaded(), ["approved"]);
    assert_eq!(waiting(&*store, now()).unwrap(), waits);
    assert_eq!(store.loaded(), [""; 0], "the outline was kept");

    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("submitted");
    // In the place of the folder lies a file: nothing can be delivered.
    std::fs::write(&out, "x").unwrap();
    let channel = Box::new(Directory::new(&out));
    let handover = Handover::new(store.clone(), channel, key(), AUTHORITY, 3);
    let done = handover.pass(now()).unwrap();
    assert_eq!(done.len(), 2, "sealed, and not delivered: {done:?}");
    assert_eq!(store.loaded(), ["approved"]);
    handover.pass(now()).unwrap();
    assert_eq!(
        store.loaded(),
        [""; 0],
        "nothing is due before a minute has gone"
    );
    for hour in 1..4 {
        handover
            .pass(now() + SignedDuration::from_hours(hour))
            .unwrap();
    }
    store.loaded();
    let much_later = now() + SignedDuration::from_hours(100);
    let waits = waiting(&*store, much_later).unwrap();
    assert!(waits[0].sealed && waits[0].tries.dead, "{waits:?}");
    store.loaded();
    handover.pass(much_later).unwrap();
    assert_eq!(store.loaded(), [""; 0], "a dead letter waits for a person");

    std::fs::remove_file(&out).unwrap();
    try_again(&*store, &CaseId("approved".into()), None, much_later).unwrap();
    store.loaded();
    let done = handover.pass(much_later).unwrap();
    assert!(
        matches!(done[..], [(_, Outcome::Submitted { .. })]),
        "{done:?}"
    );
    assert_eq!(waiting(&*store, much_later).unwrap(), []);
    store.loaded();
    handover.pass(much_later).unwrap();
    assert_eq!(store.loaded(), [""; 0], "it is over");
}

#[tokio::test]
async fn the_queue_is_made_without_looking_into_other_cases() {
    let store = filled();
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.access.accounts = true;
    config.data_dir = data.path().to_owned();
    // What is approved stays where it is.
    std::fs::write(data.path().join("submitted"), "x").unwrap();
    let house = house_with(config, store.clone()).await;
    let accounts = Accounts::new(store.clone()).unwrap();
    let password = "korrekt hest batteri";
    let at = house.clock.now();
    accounts
        .add("bo", AccountRole::Supervisor, password, false, at)
        .unwrap();
    let body = json!({"name": "bo", "password": password, "code": ""}).to_string();
    let bo = house.post("/api/session", &[], &body).await.cookie();
    for round in 0..2 {
        let queue = house.get("/api/review", &[("cookie", &bo)]).await.json();
        let mut cases: Vec<_> = queue
            .as_array()
            .unwrap()
            .iter()
            .map(|l| &l["case"])
            .collect();
        cases.sort_by_key(|case| case.to_string());
        assert_eq!(cases, ["approved", "sent-1", "sent-2"], "round {round}");
        let loaded = store.loaded();
        assert!(
            loaded.iter().all(|case| !case.starts_with("other")),
            "{loaded:?}"
        );
        if round > 0 {
            assert!(loaded.iter().all(|case| case == "approved"), "{loaded:?}");
        }
    }
}
