//! Logs in memory, for tests and for trying things out: gone with the process.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

use crate::audit::{AboutCases, AuditReport, Auditor, KeyState, Known, RawEvent};
use crate::chain::check_links;
use crate::ledger::{DayHead, ErasureReason, LedgerEntry, LedgerHead, LedgerKind};
use crate::outline::Snapshot;
use crate::progress::Progress;
use crate::sound::SoundKept;
use crate::store::{Claim, is_note_of, seal_all};
use crate::{CaseSummary, EventHash, Head, NewEvent, Store, StoreError, StoredEvent};

/// A [`Store`] in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    logs: Mutex<Logs>,
    notes: Mutex<BTreeMap<String, (String, Timestamp)>>,
}

#[derive(Debug, Default)]
struct Logs {
    cases: BTreeMap<CaseId, Log>,
    ledger: Vec<LedgerEntry>,
    days: BTreeMap<String, LedgerHead>,
    newest_day: String,
}

#[derive(Debug, Default)]
struct Log {
    events: Vec<StoredEvent>,
    erased: bool,
    progress: Option<Progress>,
    snapshot: Option<Snapshot>,
    /// Never on a disk, so it is not sealed. `None` without a key.
    sound: Option<BTreeMap<u32, Zeroizing<Vec<u8>>>>,
}

impl Logs {
    /// The lines of the list behind a case.
    fn lines(&self, after: Option<&CaseId>) -> impl Iterator<Item = CaseSummary> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let behind = self.cases.range::<CaseId, _>((from, Bound::Unbounded));
        behind.filter_map(|(case, log)| {
            let (first, last) = (log.events.first()?, log.events.last()?);
            Some(CaseSummary {
                case: case.clone(),
                seq: last.event.seq,
                opened_at: first.event.at.clone(),
                changed_at: last.event.at.clone(),
                erased: log.erased,
                progress: log.progress,
            })
        })
    }

    fn enter(&mut self, at: &str, kind: LedgerKind, case: &CaseId, head: Head) {
        let last = self.ledger.last().map(LedgerEntry::head);
        let entry = LedgerEntry::after(last, at, kind, case, head.seq, head.hash);
        if entry.day() > self.newest_day.as_str() {
            if let Some(last) = last {
                let day = std::mem::take(&mut self.newest_day);
                self.days.insert(day, last);
            }
            entry.day().clone_into(&mut self.newest_day);
        }
        self.ledger.push(entry);
    }
}

/// What there is besides events, for an audit.
struct About<K, L> {
    known: K,
    listed: L,
}

impl<K: Iterator<Item = Known>, L: Iterator<Item = CaseSummary>> AboutCases for About<K, L> {
    type Error = Infallible;

    fn known(&mut self) -> Result<Option<Known>, Infallible> {
        Ok(self.known.next())
    }

    fn listed(&mut self) -> Result<Option<CaseSummary>, Infallible> {
        Ok(self.listed.next())
    }

    fn key(&mut self, _: &CaseId) -> Result<KeyState, Infallible> {
        Ok(KeyState::None)
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    fn logs(&self) -> MutexGuard<'_, Logs> {
        self.logs.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut logs = self.logs();
        let log = logs.cases.get(case);
        if log.is_some_and(|log| log.erased) {
            return Err(StoreError::Erased(case.clone()));
        }
        let known = log.map_or(&[][..], |log| &log.events);
        let sealed = seal_all(case, head(known), expected, events, None)?;
        if let Some(newest) = sealed.last() {
            let log = logs.cases.entry(case.clone()).or_default();
            log.events.extend_from_slice(&sealed);
            let so_far = log.progress.unwrap_or(Progress::Open);
            log.progress = Some(sealed.iter().fold(so_far, |so_far, one| {
                so_far.after(one.event.actor, &one.event.payload)
            }));
            let place = Head {
                seq: newest.event.seq,
                hash: newest.hash,
            };
            logs.enter(&newest.event.at, LedgerKind::Appended, case, place);
        }
        Ok(sealed)
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let logs = self.logs();
        let Some(log) = logs.cases.get(case) else {
            return Ok(Vec::new());
        };
        if log.erased {
            return Err(StoreError::Erased(case.clone()));
        }
        check_links(case, 0, EventHash::START, &log.events)?;
        let newer = log.events.iter().filter(|e| e.event.seq > after);
        Ok(newer.cloned().collect())
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        Ok(self.logs().lines(None).collect())
    }

    fn list_page(
        &self,
        after: Option<&CaseId>,
        most: usize,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        Ok(self.logs().lines(after).take(most).collect())
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        Ok(self
            .logs()
            .cases
            .get(case)
            .and_then(|log| head(&log.events)))
    }

    fn erase(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|key, _| !is_note_of(key, case));
        let mut logs = self.logs();
        let Some(log) = logs.cases.get_mut(case).filter(|log| !log.erased) else {
            return Ok(());
        };
        log.erased = true;
        log.progress = None;
        log.snapshot = None;
        log.sound = None;
        for one in &mut log.events {
            one.body.clear();
            one.event.payload = tolkebot_protocol::EventPayload::ConversationEnded {};
        }
        if let Some(place) = head(&log.events) {
            let kind = LedgerKind::Erased(reason);
            logs.enter(&format!("{now:.3}"), kind, case, place);
        }
        Ok(())
    }

    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        let logs = self.logs();
        let days = logs.days.iter().map(|(day, head)| DayHead {
            day: day.clone(),
            head: *head,
            signature: None,
        });
        let mut auditor = Auditor::new(None, anchor, days.collect());
        for entry in &logs.ledger {
            auditor.entry(Some(entry.clone()));
        }
        auditor.head(logs.ledger.last().map(LedgerEntry::head), None);
        let is_asked = |case: &CaseId| only.is_none_or(|only| only == case);
        let newest: BTreeMap<&CaseId, &LedgerEntry> = logs
            .ledger
            .iter()
            .map(|entry| (&entry.case, entry))
            .collect();
        let known = newest.into_values().filter(|entry| is_asked(&entry.case));
        let mut about = About {
            known: known.map(Known::from),
            listed: logs.lines(None).filter(|one| is_asked(&one.case)),
        };
        for (case, log) in logs.cases.iter().filter(|(case, _)| is_asked(case)) {
            for one in &log.events {
                let raw = RawEvent {
                    case: case.clone(),
                    seq: one.event.seq,
                    body: one.body.clone(),
                    previous: one.previous,
                    hash: one.hash,
                };
                let Ok(()) = auditor.event(raw, &mut about);
            }
        }
        let Ok(report) = auditor.finish(&mut about);
        Ok(report)
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

    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let times = Claim::new(lasts, now);
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let there = notes.get(key).map(|(_, expires)| *expires);
        if there.is_some_and(|expires| expires > times.now && expires <= times.latest) {
            return Ok(false);
        }
        notes.insert(key.to_owned(), (value.to_owned(), times.expires));
        Ok(true)
    }

    fn put_snapshot(&self, case: &CaseId, snapshot: &Snapshot) -> Result<(), StoreError> {
        let mut logs = self.logs();
        if let Some(log) = logs.cases.get_mut(case).filter(|log| !log.erased) {
            log.snapshot = Some(snapshot.clone());
        }
        Ok(())
    }

    fn snapshot(&self, case: &CaseId) -> Result<Option<Snapshot>, StoreError> {
        let logs = self.logs();
        Ok(logs.cases.get(case).and_then(|log| log.snapshot.clone()))
    }

    fn begin_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        match self.logs().cases.get_mut(case) {
            Some(log) if !log.erased => {
                log.sound.get_or_insert_default();
                Ok(())
            }
            Some(_) => Err(StoreError::Erased(case.clone())),
            None => Err(StoreError::Unsealed(case.clone())),
        }
    }

    fn keep_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
        wav: &Zeroizing<Vec<u8>>,
        most: u64,
    ) -> Result<SoundKept, StoreError> {
        let mut logs = self.logs();
        let Some(kept) = logs.cases.get_mut(case).and_then(|log| log.sound.as_mut()) else {
            return Ok(SoundKept::Off);
        };
        let others = kept.iter().filter(|(id, _)| **id != utterance.0);
        let bytes: usize = others.map(|(_, wav)| wav.len()).sum();
        if (bytes + wav.len()) as u64 > most {
            return Ok(SoundKept::Full);
        }
        kept.insert(utterance.0, wav.clone());
        Ok(SoundKept::Stored)
    }

    fn sounds(&self, case: &CaseId) -> Result<Vec<UtteranceId>, StoreError> {
        let logs = self.logs();
        let kept = logs.cases.get(case).and_then(|log| log.sound.as_ref());
        Ok(kept.map_or_else(Vec::new, |kept| {
            kept.keys().copied().map(UtteranceId).collect()
        }))
    }

    fn sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let logs = self.logs();
        let kept = logs.cases.get(case).and_then(|log| log.sound.as_ref());
        Ok(kept.and_then(|kept| kept.get(&utterance.0).cloned()))
    }

    fn destroy_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        if let Some(log) = self.logs().cases.get_mut(case) {
            log.sound = None;
        }
        Ok(())
    }

    fn cases_with_sound(&self) -> Result<Vec<CaseId>, StoreError> {
        let logs = self.logs();
        let with = logs.cases.iter().filter(|(_, log)| log.sound.is_some());
        Ok(with.map(|(case, _)| case.clone()).collect())
    }

    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let from = notes.range(prefix.to_owned()..);
        Ok(from
            .take_while(|(key, _)| key.starts_with(prefix))
            .filter(|(_, (_, expires))| *expires > now)
            .map(|(key, _)| key.clone())
            .collect())
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
