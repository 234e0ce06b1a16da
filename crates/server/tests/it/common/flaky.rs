//! A store in trouble.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use jiff::{SignedDuration, Timestamp};
use tolkebot_casework::{
    AuditReport, CaseSummary, ErasureReason, Head, LedgerHead, MemoryStore, NewEvent, SoundKept,
    Store, StoreError, StoredEvent,
};
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

type Before = Box<dyn FnOnce(&dyn Store) + Send>;

/// A store whose disk can be full; it may even have written and say that it has not.
pub struct Flaky {
    inner: Arc<dyn Store>,
    /// Nothing can be written or taken away.
    pub full: AtomicBool,
    /// Notes cannot be read.
    pub unreadable: AtomicBool,
    /// How often what is new in a log cannot be read.
    pub blind: AtomicU32,
    /// The next append is written and says that it was not.
    pub lies: AtomicBool,
    /// What somebody else does right before the next append.
    before: Mutex<Option<Before>>,
    /// The same right before the next note is put.
    before_note: Mutex<Option<Before>>,
    /// No sound can be kept.
    no_sound: AtomicBool,
    /// How often sound was to be kept.
    pub sounds: AtomicU32,
    sounds_stalled: Gate,
    stalled: Gate,
    /// The same of reading notes.
    notes_stalled: Gate,
    /// The same of audits.
    audits_stalled: Gate,
    /// How many audits have begun.
    pub audits: AtomicU32,
}

/// What somebody waits at while it is shut.
#[derive(Default)]
struct Gate(Mutex<bool>, Condvar);

impl Gate {
    fn wait(&self) {
        let shut = self.0.lock().unwrap();
        drop(self.1.wait_while(shut, |shut| *shut).unwrap());
    }

    fn shut(&self, shut: bool) {
        *self.0.lock().unwrap() = shut;
        self.1.notify_all();
    }
}

impl Default for Flaky {
    fn default() -> Self {
        Flaky::over(Arc::new(MemoryStore::new()))
    }
}

impl Flaky {
    pub fn over(inner: Arc<dyn Store>) -> Flaky {
        Flaky {
            inner,
            full: AtomicBool::default(),
            unreadable: AtomicBool::default(),
            blind: AtomicU32::default(),
            lies: AtomicBool::default(),
            before: Mutex::default(),
            before_note: Mutex::default(),
            no_sound: AtomicBool::default(),
            sounds: AtomicU32::default(),
            sounds_stalled: Gate::default(),
            stalled: Gate::default(),
            notes_stalled: Gate::default(),
            audits_stalled: Gate::default(),
            audits: AtomicU32::default(),
        }
    }

    pub fn before_append(&self, before: impl FnOnce(&dyn Store) + Send + 'static) {
        *self.before.lock().unwrap() = Some(Box::new(before));
    }

    pub fn before_note(&self, before: impl FnOnce(&dyn Store) + Send + 'static) {
        *self.before_note.lock().unwrap() = Some(Box::new(before));
    }

    /// No answer comes to who keeps sound; once one does, it is that there is no room.
    pub fn stall_sounds(&self, stalled: bool) {
        self.no_sound.store(true, Ordering::SeqCst);
        self.sounds_stalled.shut(stalled);
    }

    /// Nothing can be appended, and no answer comes.
    pub fn stall(&self, stalled: bool) {
        self.stalled.shut(stalled);
    }

    /// No note can be read, and no answer comes.
    pub fn stall_notes(&self, stalled: bool) {
        self.notes_stalled.shut(stalled);
    }

    /// No audit comes to its end.
    pub fn stall_audits(&self, stalled: bool) {
        self.audits_stalled.shut(stalled);
    }
}

impl Store for Flaky {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.stalled.wait();
        let before = self.before.lock().unwrap().take();
        if let Some(before) = before {
            before(&*self.inner);
        }
        if self.lies.swap(false, Ordering::SeqCst) {
            self.inner.append(case, expected, events)?;
            return Err(full());
        }
        if self.full.load(Ordering::SeqCst) {
            return Err(full());
        }
        self.inner.append(case, expected, events)
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let blind = |n: u32| n.checked_sub(1);
        let (order, same) = (Ordering::SeqCst, Ordering::SeqCst);
        if after > 0 && self.blind.fetch_update(order, same, blind).is_ok() {
            return Err(full());
        }
        self.inner.load(case, after)
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        self.inner.list()
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        self.inner.last(case)
    }

    fn check(&self) -> Result<(), StoreError> {
        self.stalled.wait();
        self.inner.check()
    }

    fn begin_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        self.inner.begin_sound(case)
    }

    fn keep_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
        wav: &Zeroizing<Vec<u8>>,
        most: u64,
    ) -> Result<SoundKept, StoreError> {
        self.sounds.fetch_add(1, Ordering::SeqCst);
        self.sounds_stalled.wait();
        if self.no_sound.load(Ordering::SeqCst) {
            return Err(full());
        }
        self.inner.keep_sound(case, utterance, wav, most)
    }

    fn destroy_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        self.inner.destroy_sound(case)
    }

    fn cases_with_sound(&self) -> Result<Vec<CaseId>, StoreError> {
        self.inner.cases_with_sound()
    }

    fn erase(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.inner.erase(case, reason, now)
    }

    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        self.audits.fetch_add(1, Ordering::SeqCst);
        self.audits_stalled.wait();
        self.inner.audit(only, anchor)
    }

    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let before = self.before_note.lock().unwrap().take();
        if let Some(before) = before {
            before(&*self.inner);
        }
        if self.full.load(Ordering::SeqCst) {
            return Err(full());
        }
        self.inner.put_note(key, value, expires, now)
    }

    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if self.full.load(Ordering::SeqCst) {
            return Err(full());
        }
        self.inner.claim_note(key, value, lasts, now)
    }

    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        self.inner.note_keys(prefix, now)
    }

    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.notes_stalled.wait();
        if self.unreadable.load(Ordering::SeqCst) {
            return Err(full());
        }
        self.inner.note(key, now)
    }

    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        if self.full.load(Ordering::SeqCst) {
            return Err(full());
        }
        self.inner.take_note(key, now)
    }
}

fn full() -> StoreError {
    StoreError::Folder {
        path: "data".into(),
        source: std::io::Error::from(std::io::ErrorKind::StorageFull),
    }
}
