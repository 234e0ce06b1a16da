//! A conversation's way to its log: events are appended first and shown afterwards.
//!
//! What must be shown in order with the events (speech, timings) waits in the same queue. While the
//! log cannot be written, the events wait and are tried again, and everything else passes them: the
//! conversation goes on.
//!
//! A conversation writes a few times a second at most. Beyond that its events wait for each other and
//! are written together: whoever says very much at once waits a moment longer, and the log, which all
//! conversations share, is free for the others.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};
use tokio::time::{Instant, sleep_until};
use tolkebot_casework::{CaseView, EventHash, Head, NewEvent, Store, StoreError, StoredEvent};
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload};

use super::resting::Folded;
use crate::heavy::in_place;
use crate::limits::Bucket;

/// An append that takes longer counts as trouble.
const SLOW: Duration = Duration::from_secs(2);
/// First wait before an append is tried again; doubled up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Writes that may follow each other at once: so many seconds' worth. People fill a form in bursts.
const BURST_S: f64 = 4.0;
/// Most events of one append.
const MOST: usize = 64;

/// What operators are told when the log is not the one that the conversation was stored in.
const PUT_BACK: &str = "the log does not go on from what was stored of this case: its database was put back to an \
                        earlier state; restart the server, and conversations go on from what there is";

/// What the journal tells the conversation.
#[derive(Debug)]
pub(crate) enum Told<D> {
    /// An event is safe: show it.
    Appended(CaseEvent),
    /// Nothing waits any more and the form changed meanwhile: show it.
    FormChanged,
    /// Something handed to [`Journal::deliver`] may go out.
    Deliver(D),
    /// Events cannot be stored at the moment; they will be tried again.
    NotSaved(String),
    /// Events can be stored again: what waited, and for how long.
    SavedAgain { events: usize, after: Duration },
    /// An event that no store can hold was dropped.
    Dropped(String),
    /// The case was erased meanwhile: nothing can be added, and nothing is left to show.
    Erased,
}

enum Item<D> {
    Event(NewEvent),
    Delivery(D),
}

/// What an append came to.
enum Landing {
    /// The events are stored.
    Own(Vec<StoredEvent>),
    /// They are not: these were there already.
    Newer(Vec<StoredEvent>),
    /// The log was folded anew, with what was stored then; `None` if it cannot be.
    Folded(Option<Box<CaseView>>),
}

/// What is done with the log.
#[derive(Clone, Copy)]
enum Errand {
    Append,
    Look,
    Fold,
}

struct Flight {
    errand: Errand,
    task: JoinHandle<Result<Landing, StoreError>>,
    started: Instant,
}

struct Trouble {
    since: Instant,
    retry_at: Instant,
    wait: Duration,
}

/// The log of one case while its conversation runs. `D` is what is delivered in order with events.
pub(crate) struct Journal<D> {
    store: Arc<dyn Store>,
    case: CaseId,
    /// Everything that is stored.
    log: Vec<CaseEvent>,
    /// The newest of it.
    head: Head,
    erased: bool,
    /// The fold over everything that is stored or waits to be.
    view: CaseView,
    queue: VecDeque<Item<D>>,
    flight: Option<Flight>,
    trouble: Option<Trouble>,
    /// How often the log may be written.
    pace: Bucket,
    form_changed: bool,
    /// The view missed something that somebody else appended: fold the log anew.
    fold_again: bool,
    /// Somebody appended elsewhere: look once nothing is being written.
    look_again: bool,
    told: VecDeque<Told<D>>,
}

impl<D> Journal<D> {
    /// `per_s`: how often the log may be written, in the long run.
    pub fn new(store: Arc<dyn Store>, folded: Folded, per_s: u32) -> Journal<D> {
        let per_s = f64::from(per_s.max(1));
        let Folded { log, view, head } = folded;
        Journal {
            pace: Bucket::new(per_s * BURST_S, per_s, Instant::now()),
            store,
            case: view.case().clone(),
            head,
            erased: false,
            log,
            view,
            queue: VecDeque::new(),
            flight: None,
            trouble: None,
            form_changed: false,
            fold_again: false,
            look_again: false,
            told: VecDeque::new(),
        }
    }

    /// The stored events.
    pub fn log(&self) -> &[CaseEvent] {
        &self.log
    }

    /// The stored events that were told: what whoever comes in now has missed. Events that were stored together are
    /// told one after the other; the rest of them is told to everybody, to whoever comes in between as well.
    pub fn told_so_far(&self) -> &[CaseEvent] {
        let told = self.told.iter();
        let left = told.filter(|one| matches!(one, Told::Appended(_))).count();
        &self.log[..self.log.len() - left]
    }

    /// The fold over stored and waiting events.
    pub fn view(&self) -> &CaseView {
        &self.view
    }

    /// The end of the journal: the case as it is, unless something of it is not stored.
    pub fn end(self) -> Option<Folded> {
        let whole = self.is_settled() && !self.erased && self.view.seq() == self.head.seq;
        whole.then_some(Folded {
            log: self.log,
            view: self.view,
            head: self.head,
        })
    }

    /// Takes in an event that is stored.
    fn stored(&mut self, one: StoredEvent) {
        self.head = Head {
            seq: one.event.seq,
            hash: one.hash,
        };
        self.log.push(one.event.clone());
        self.told.push_back(Told::Appended(one.event));
    }

    /// True while events cannot be stored.
    pub fn in_trouble(&self) -> bool {
        self.trouble.is_some()
    }

    /// How many events are not stored, or not yet known to be.
    pub fn unsaved(&self) -> usize {
        self.waiting().count()
    }

    /// True if every event is stored.
    pub fn is_settled(&self) -> bool {
        self.flight.is_none() && self.queue.is_empty() && self.told.is_empty()
    }

    /// Takes an event: it counts for the view at once and is shown once it is stored. One that no
    /// store could ever hold is dropped at once, so that it does not hold up those behind it.
    pub fn record(&mut self, event: NewEvent) {
        if let Err(error) = StoredEvent::seal(&self.case, 1, EventHash::START, &event) {
            self.told.push_back(Told::Dropped(error.to_string()));
            return;
        }
        self.fold(&event);
        self.queue.push_back(Item::Event(event));
        self.pump();
    }

    /// Takes something to deliver after the events recorded so far.
    pub fn deliver(&mut self, delivery: D) {
        self.queue.push_back(Item::Delivery(delivery));
        self.pump();
    }

    /// Somebody appended to the case elsewhere: takes in what is new.
    pub fn look_again(&mut self) {
        self.look_again = true;
        self.pump();
    }

    /// The next thing to do. Safe to cancel. Never returns while there is nothing to tell.
    pub async fn next(&mut self) -> Told<D> {
        loop {
            if let Some(told) = self.told.pop_front() {
                return told;
            }
            if let Some(flight) = &mut self.flight {
                let slow_at = flight.started + SLOW;
                let watch = self.trouble.is_none();
                tokio::select! {
                    result = &mut flight.task => {
                        let errand = flight.errand;
                        self.flight = None;
                        self.landed(errand, result);
                    }
                    () = sleep_until(slow_at), if watch => {
                        self.trouble = Some(Trouble {
                            since: flight.started,
                            retry_at: slow_at,
                            wait: FIRST_WAIT,
                        });
                        self.told.push_back(Told::NotSaved(
                            "the event log takes long to write: check the disk, or the database server and who holds \
                             its locks"
                                .to_owned(),
                        ));
                    }
                }
            } else if let Some(trouble) = &self.trouble
                && (!self.queue.is_empty() || self.look_again || self.fold_again)
            {
                sleep_until(trouble.retry_at).await;
                // What people said goes first; the rest follows when that is safe.
                if !self.queue.is_empty() {
                    self.take_off();
                } else {
                    self.fold_or_look();
                }
            } else if !self.queue.is_empty() {
                // The log has been written so often that what comes next waits for its turn.
                sleep_until(self.pace.ready_at(1.0, Instant::now())).await;
            } else {
                std::future::pending::<()>().await;
            }
            self.pump();
        }
    }

    fn fold(&mut self, event: &NewEvent) {
        let next = CaseEvent {
            seq: self.view.seq() + 1,
            at: format!("{:.3}", event.at),
            actor: event.actor,
            payload: event.payload.clone(),
        };
        // The number is the next one, so that the view takes it.
        let view = &mut self.view;
        let changed = match next.payload {
            // A long turn takes the form's reader a while.
            EventPayload::UtteranceSettled(_)
            | EventPayload::TranslationSettled { .. }
            | EventPayload::ConversationEnded {} => in_place(|| view.apply(&next)),
            _ => view.apply(&next),
        };
        self.form_changed |= changed.unwrap_or(false);
    }

    /// Lets out what may go and starts an append if there is none.
    fn pump(&mut self) {
        if self.trouble.is_some() {
            // Events stay, everything else passes them.
            let mut waiting = VecDeque::with_capacity(self.queue.len());
            for item in self.queue.drain(..) {
                match item {
                    Item::Delivery(delivery) => self.told.push_back(Told::Deliver(delivery)),
                    event @ Item::Event(_) => waiting.push_back(event),
                }
            }
            self.queue = waiting;
            return;
        }
        if self.flight.is_some() {
            return;
        }
        while let Some(Item::Delivery(_)) = self.queue.front() {
            if let Some(Item::Delivery(delivery)) = self.queue.pop_front() {
                self.told.push_back(Told::Deliver(delivery));
            }
        }
        if self.fold_or_look() {
            return;
        }
        if self.queue.is_empty() {
            if std::mem::take(&mut self.form_changed) {
                self.told.push_back(Told::FormChanged);
            }
            return;
        }
        if self.pace.take(1.0, Instant::now()) {
            self.take_off();
        }
    }

    /// Starts what else is wanted of the log; false if nothing is.
    fn fold_or_look(&mut self) -> bool {
        if std::mem::take(&mut self.fold_again) {
            let (case, log) = (self.case.clone(), self.log.clone());
            self.fly(Errand::Fold, move || {
                let view = CaseView::fold(&case, &log).ok().map(Box::new);
                Ok(Landing::Folded(view))
            });
            return true;
        }
        if std::mem::take(&mut self.look_again) {
            let (store, case) = (self.store.clone(), self.case.clone());
            let head = self.head;
            self.fly(Errand::Look, move || {
                newer_than(&*store, &case, head).map(Landing::Newer)
            });
            return true;
        }
        false
    }

    fn fly(
        &mut self,
        errand: Errand,
        work: impl FnOnce() -> Result<Landing, StoreError> + Send + 'static,
    ) {
        self.flight = Some(Flight {
            errand,
            task: tokio::task::spawn_blocking(work),
            started: Instant::now(),
        });
    }

    /// Starts to append the events that wait; they stay in the queue until they are safe.
    fn take_off(&mut self) {
        let events: Vec<NewEvent> = self.waiting().take(MOST).cloned().collect();
        let (store, case, head) = (self.store.clone(), self.case.clone(), self.head);
        self.fly(Errand::Append, move || {
            match store.append(&case, head.seq, &events) {
                Err(conflict @ StoreError::Conflict { .. }) => {
                    let newer = newer_than(&*store, &case, head)?;
                    if newer.is_empty() {
                        // There is less than was stored: tried again at once it would be the same for ever.
                        return Err(conflict);
                    }
                    Ok(Landing::Newer(newer))
                }
                result => result.map(Landing::Own),
            }
        });
    }

    /// The events that wait.
    pub fn waiting(&self) -> impl Iterator<Item = &NewEvent> {
        self.queue.iter().filter_map(|item| match item {
            Item::Event(event) => Some(event),
            Item::Delivery(_) => None,
        })
    }

    /// Takes the first event that waits out of the queue, because it is stored, and lets out what
    /// stood before it.
    fn take_first(&mut self) {
        while let Some(item) = self.queue.pop_front() {
            match item {
                Item::Delivery(delivery) => self.told.push_back(Told::Deliver(delivery)),
                Item::Event(_) => return,
            }
        }
    }

    fn landed(&mut self, errand: Errand, result: Result<Result<Landing, StoreError>, JoinError>) {
        match result {
            Ok(Ok(Landing::Own(stored))) => {
                let unsaved = self.unsaved();
                for one in stored {
                    self.take_first();
                    self.stored(one);
                }
                self.recovered(unsaved);
            }
            Ok(Ok(Landing::Newer(newer))) => self.overtaken(newer),
            Ok(Ok(Landing::Folded(view))) => {
                if let Some(view) = view {
                    self.stand_on(*view);
                }
                self.recovered(self.unsaved());
            }
            Ok(Err(StoreError::Erased(_))) => {
                self.queue.clear();
                self.trouble = None;
                self.erased = true;
                self.told.push_back(Told::Erased);
            }
            Ok(Err(StoreError::Conflict { .. })) => self.failed(errand, PUT_BACK.to_owned()),
            Ok(Err(error)) => self.failed(errand, error.to_string()),
            Err(_) => self.failed(errand, "the event log stopped while writing".to_owned()),
        }
    }

    /// The log can be used again; `events` waited for that.
    fn recovered(&mut self, events: usize) {
        if let Some(trouble) = self.trouble.take() {
            let after = trouble.since.elapsed();
            self.told.push_back(Told::SavedAgain { events, after });
        }
    }

    fn failed(&mut self, errand: Errand, reason: String) {
        // An append's events still wait in the queue; the rest must be asked for once more.
        match errand {
            Errand::Append => {}
            Errand::Look => self.look_again = true,
            Errand::Fold => self.fold_again = true,
        }
        let now = Instant::now();
        let (since, wait) = match &self.trouble {
            Some(trouble) => (trouble.since, (trouble.wait * 2).min(LONGEST_WAIT)),
            None => (now, FIRST_WAIT),
        };
        if self.trouble.is_none() {
            self.told.push_back(Told::NotSaved(reason));
        }
        self.trouble = Some(Trouble {
            since,
            retry_at: now + wait,
            wait,
        });
    }

    /// Somebody else appended, or an append that seemed to fail did not: take what is there.
    fn overtaken(&mut self, newer: Vec<StoredEvent>) {
        let mut followed = self.view.seq() == self.log.len() as u64;
        let unsaved = self.unsaved();
        for one in newer {
            // What follows on everything that the view has seen is folded in by itself.
            if followed {
                match self.view.apply(&one.event) {
                    Ok(changed) => self.form_changed |= changed,
                    Err(_) => followed = false,
                }
            }
            let first = self.waiting().next();
            if first.is_some_and(|event| event.is_same_as(&one.event)) {
                self.take_first();
            }
            self.stored(one);
        }
        self.recovered(unsaved);
        self.fold_again |= !followed;
    }

    /// Goes on from a fold of what is stored: what waits comes on top of it.
    fn stand_on(&mut self, view: CaseView) {
        self.view = view;
        let waiting: Vec<NewEvent> = self.waiting().cloned().collect();
        for event in &waiting {
            self.fold(event);
        }
        self.form_changed = true;
    }
}

/// What is stored behind `head`, whoever appended it.
///
/// # Errors
/// [`StoreError::Conflict`] if it follows on something else than `head`: of another log, nothing is taken in.
fn newer_than(
    store: &dyn Store,
    case: &CaseId,
    head: Head,
) -> Result<Vec<StoredEvent>, StoreError> {
    let newer = store.load(case, head.seq)?;
    match (newer.first(), newer.last()) {
        (Some(first), Some(last)) if first.previous != head.hash => Err(StoreError::Conflict {
            case: case.clone(),
            expected: head.seq,
            actual: last.event.seq,
        }),
        _ => Ok(newer),
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
