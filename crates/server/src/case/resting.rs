//! Cases whose conversation ended a moment ago, as they were folded: whoever comes back soon need not
//! wait until a long case is folded anew. In memory only, few, and not for long.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tolkebot_casework::{CaseView, Head, Store, StoreError};
use tolkebot_protocol::{CaseEvent, CaseId};

/// Cases that are kept.
const MOST: usize = 16;
/// How long one is kept.
pub(super) const KEPT: Duration = Duration::from_secs(15 * 60);

/// A case's stored events and their fold.
pub(super) struct Folded {
    pub log: Vec<CaseEvent>,
    pub view: CaseView,
    /// Place and hash of the newest event.
    pub head: Head,
}

impl Folded {
    /// Reads and folds a case from the beginning.
    pub fn load(store: &dyn Store, case: &CaseId) -> Result<Folded, super::LoadError> {
        let stored = store.load(case, 0)?;
        let head = stored.last().map(|one| Head {
            seq: one.event.seq,
            hash: one.hash,
        });
        let log: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
        let view = CaseView::fold(case, &log)?;
        // A case without events is no case: the fold has refused it.
        let head = head.ok_or(super::LoadError::Stopped)?;
        Ok(Folded { log, view, head })
    }

    /// Takes in what was appended since. `None` if the log is not the one that was folded: then it must
    /// be folded anew.
    pub fn caught_up(mut self, store: &dyn Store) -> Result<Option<Folded>, StoreError> {
        let case = self.view.case().clone();
        for one in store.load(&case, self.head.seq)? {
            if one.previous != self.head.hash || self.view.apply(&one.event).is_err() {
                return Ok(None);
            }
            self.head = Head {
                seq: one.event.seq,
                hash: one.hash,
            };
            self.log.push(one.event);
        }
        Ok((store.last(&case)? == Some(self.head)).then_some(self))
    }
}

/// The cases that rest.
#[derive(Default)]
pub(super) struct Resting {
    /// The one that began to rest last is the last.
    cases: Mutex<VecDeque<(Instant, Folded)>>,
}

impl Resting {
    /// Lets a case rest, and forgets those whose time is over or that are too many.
    pub fn put(&self, now: Instant, folded: Folded) {
        let mut cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.retain(|(_, one)| one.view.case() != folded.view.case());
        cases.push_back((now, folded));
        Self::forget(&mut cases, now);
    }

    /// Takes a case out, if it rests.
    pub fn take(&self, now: Instant, case: &CaseId) -> Option<Folded> {
        let mut cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        Self::forget(&mut cases, now);
        let at = cases.iter().position(|(_, one)| one.view.case() == case)?;
        cases.remove(at).map(|(_, folded)| folded)
    }

    /// Forgets those whose time is over.
    pub fn sweep(&self, now: Instant) {
        let mut cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        Self::forget(&mut cases, now);
    }

    fn forget(cases: &mut VecDeque<(Instant, Folded)>, now: Instant) {
        while cases.len() > MOST || cases.front().is_some_and(|(since, _)| now >= *since + KEPT) {
            cases.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolkebot_casework::{ErasureReason, FORM, MemoryStore, NewEvent};
    use tolkebot_protocol::{EventPayload, Role};

    fn case(n: usize) -> CaseId {
        CaseId(format!("case-{n}"))
    }

    fn add(store: &MemoryStore, case: &CaseId, payload: EventPayload) {
        let known = store.last(case).unwrap().map_or(0, |head| head.seq);
        let event = NewEvent {
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: Role::Staff,
            payload,
        };
        store.append(case, known, &[event]).unwrap();
    }

    fn open(store: &MemoryStore, case: &CaseId) -> Folded {
        let payload = EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-12-01".into(),
        };
        add(store, case, payload);
        Folded::load(store, case).unwrap()
    }

    fn surname(value: &str) -> EventPayload {
        EventPayload::SlotCorrected {
            key: "mover.surname".into(),
            value: value.into(),
            by: None,
        }
    }

    #[test]
    fn a_case_that_rested_is_what_a_fold_from_the_beginning_gives() {
        let (store, one) = (MemoryStore::new(), case(1));
        let folded = open(&store, &one);
        add(&store, &one, surname("Koval"));
        add(&store, &one, surname("Melnyk"));
        let caught_up = folded.caught_up(&store).unwrap().expect("the same log");
        let anew = Folded::load(&store, &one).unwrap();
        assert_eq!(caught_up.log, anew.log);
        assert_eq!(caught_up.head, anew.head);
        assert_eq!(caught_up.view.form(), anew.view.form());
        // Another log of the same case is not gone on with.
        let other = MemoryStore::new();
        open(&other, &one);
        add(&other, &one, surname("Shevchuk"));
        add(&other, &one, surname("Melnyk"));
        let longer = Folded::load(&other, &one).unwrap();
        assert!(longer.caught_up(&store).unwrap().is_none());
        // An erased case is gone, whoever remembers it.
        store
            .erase(&one, ErasureReason::Request, jiff::Timestamp::UNIX_EPOCH)
            .unwrap();
        assert!(anew.caught_up(&store).is_err());
    }

    #[test]
    fn few_cases_rest_and_not_for_long() {
        let (store, resting, start) = (MemoryStore::new(), Resting::default(), Instant::now());
        for n in 0..=MOST {
            resting.put(start, open(&store, &case(n)));
        }
        assert!(
            resting.take(start, &case(0)).is_none(),
            "the oldest of too many"
        );
        assert!(resting.take(start, &case(1)).is_some());
        assert!(resting.take(start, &case(1)).is_none(), "it is taken once");
        resting.sweep(start + KEPT / 2);
        assert!(resting.take(start + KEPT / 2, &case(2)).is_some());
        resting.sweep(start + KEPT);
        assert!(resting.cases.lock().unwrap().is_empty());
    }
}
