//! Logs in memory, for tests and for trying things out: gone with the process.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tolkebot_protocol::CaseId;

use crate::chain::check_links;
use crate::store::seal_all;
use crate::{CaseSummary, EventHash, Head, NewEvent, Store, StoreError, StoredEvent};

/// A [`Store`] in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    cases: Mutex<BTreeMap<CaseId, Vec<StoredEvent>>>,
    notes: Mutex<BTreeMap<String, (String, Timestamp)>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    fn with<T>(&self, f: impl FnOnce(&mut BTreeMap<CaseId, Vec<StoredEvent>>) -> T) -> T {
        f(&mut self.cases.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn head(events: &[StoredEvent]) -> Option<Head> {
    events.last().map(|e| Head {
        seq: e.event.seq,
        hash: e.hash,
    })
}

impl Store for MemoryStore {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.with(|cases| {
            let known = cases.get(case).map_or(&[][..], Vec::as_slice);
            let sealed = seal_all(case, head(known), expected, events)?;
            if !sealed.is_empty() {
                cases
                    .entry(case.clone())
                    .or_default()
                    .extend_from_slice(&sealed);
            }
            Ok(sealed)
        })
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        self.with(|cases| {
            let all = cases.get(case).map_or(&[][..], Vec::as_slice);
            check_links(case, 0, EventHash::START, all)?;
            Ok(all
                .iter()
                .filter(|e| e.event.seq > after)
                .cloned()
                .collect())
        })
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        self.with(|cases| {
            Ok(cases
                .iter()
                .filter_map(|(case, events)| {
                    let (first, last) = (events.first()?, events.last()?);
                    Some(CaseSummary {
                        case: case.clone(),
                        seq: last.event.seq,
                        opened_at: first.event.at.clone(),
                        changed_at: last.event.at.clone(),
                    })
                })
                .collect())
        })
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        self.with(|cases| Ok(cases.get(case).and_then(|events| head(events))))
    }

    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.retain(|_, (_, expires)| *expires > now);
        notes.insert(key.to_owned(), (value.to_owned(), expires));
        Ok(())
    }

    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = notes.get(key).filter(|(_, expires)| *expires > now);
        Ok(fresh.map(|(value, _)| value.clone()))
    }

    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = notes.remove(key).filter(|(_, expires)| *expires > now);
        Ok(taken.map(|(value, _)| value))
    }
}
