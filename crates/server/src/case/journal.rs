//! A conversation's way to its log: events are appended first and shown afterwards.
//!
//! What must be shown in order with the events (speech, timings) waits in the same queue. While the
//! log cannot be written, the events wait and are tried again, and everything else passes them: the
//! conversation goes on.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};
use tokio::time::{Instant, sleep_until};
use tolkebot_casework::{CaseView, EventHash, NewEvent, Store, StoreError, StoredEvent};
use tolkebot_protocol::{CaseEvent, CaseId};

/// An append that takes longer counts as trouble.
const SLOW: Duration = Duration::from_secs(2);
/// First wait before an append is tried again; doubled up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

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
    /// Events can be stored again.
    SavedAgain,
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
}

struct Flight {
    task: JoinHandle<Result<Landing, StoreError>>,
    started: Instant,
}

struct Trouble {
    retry_at: Instant,
    wait: Duration,
}

/// The log of one case while its conversation runs. `D` is what is delivered in order with events.
pub(crate) struct Journal<D> {
    store: Arc<dyn Store>,
    case: CaseId,
    /// Everything that is stored.
    log: Vec<CaseEvent>,
    /// The fold over everything that is stored or waits to be.
    view: CaseView,
    queue: VecDeque<Item<D>>,
    flight: Option<Flight>,
    trouble: Option<Trouble>,
    form_changed: bool,
    /// Somebody appended elsewhere: look once nothing is being written.
    look_again: bool,
    told: VecDeque<Told<D>>,
}

impl<D> Journal<D> {
    pub fn new(store: Arc<dyn Store>, log: Vec<CaseEvent>, view: CaseView) -> Journal<D> {
        Journal {
            store,
            case: view.case().clone(),
            log,
            view,
            queue: VecDeque::new(),
            flight: None,
            trouble: None,
            form_changed: false,
            look_again: false,
            told: VecDeque::new(),
        }
    }

    /// The stored events.
    pub fn log(&self) -> &[CaseEvent] {
        &self.log
    }

    /// The fold over stored and waiting events.
    pub fn view(&self) -> &CaseView {
        &self.view
    }

    /// True while events cannot be stored.
    pub fn in_trouble(&self) -> bool {
        self.trouble.is_some()
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
                        self.flight = None;
                        self.landed(result);
                    }
                    () = sleep_until(slow_at), if watch => {
                        let wait = FIRST_WAIT;
                        self.trouble = Some(Trouble { retry_at: slow_at, wait });
                        self.told.push_back(Told::NotSaved(
                            "the event log takes long to write: check the disk".to_owned(),
                        ));
                    }
                }
            } else if let Some(trouble) = &self.trouble
                && !self.queue.is_empty()
            {
                sleep_until(trouble.retry_at).await;
                self.take_off();
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
        if self.view.apply(&next).unwrap_or(false) {
            self.form_changed = true;
        }
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
        if std::mem::take(&mut self.look_again) {
            let (store, case) = (self.store.clone(), self.case.clone());
            let known = self.log.len() as u64;
            let task =
                tokio::task::spawn_blocking(move || store.load(&case, known).map(Landing::Newer));
            self.flight = Some(Flight {
                task,
                started: Instant::now(),
            });
            return;
        }
        if self.queue.is_empty() {
            if std::mem::take(&mut self.form_changed) {
                self.told.push_back(Told::FormChanged);
            }
            return;
        }
        self.take_off();
    }

    /// Starts to append the events at the front of the queue; they stay there until they are safe.
    fn take_off(&mut self) {
        let events: Vec<NewEvent> = self
            .queue
            .iter()
            .map_while(|item| match item {
                Item::Event(event) => Some(event.clone()),
                Item::Delivery(_) => None,
            })
            .collect();
        let (store, case) = (self.store.clone(), self.case.clone());
        let expected = self.log.len() as u64;
        let task =
            tokio::task::spawn_blocking(move || match store.append(&case, expected, &events) {
                Err(StoreError::Conflict { .. }) => store.load(&case, expected).map(Landing::Newer),
                result => result.map(Landing::Own),
            });
        self.flight = Some(Flight {
            task,
            started: Instant::now(),
        });
    }

    fn landed(&mut self, result: Result<Result<Landing, StoreError>, JoinError>) {
        match result {
            Ok(Ok(Landing::Own(stored))) => {
                for one in stored {
                    self.queue.pop_front();
                    self.log.push(one.event.clone());
                    self.told.push_back(Told::Appended(one.event));
                }
                self.recovered();
            }
            Ok(Ok(Landing::Newer(newer))) => self.overtaken(newer),
            Ok(Err(StoreError::Erased(_))) => {
                self.queue.clear();
                self.trouble = None;
                self.told.push_back(Told::Erased);
            }
            Ok(Err(error)) => self.failed(error.to_string()),
            Err(_) => self.failed("the event log stopped while writing".to_owned()),
        }
    }

    fn recovered(&mut self) {
        if self.trouble.take().is_some() {
            self.told.push_back(Told::SavedAgain);
        }
    }

    fn failed(&mut self, reason: String) {
        let wait = self
            .trouble
            .as_ref()
            .map_or(FIRST_WAIT, |t| (t.wait * 2).min(LONGEST_WAIT));
        if self.trouble.is_none() {
            self.told.push_back(Told::NotSaved(reason));
        }
        self.trouble = Some(Trouble {
            retry_at: Instant::now() + wait,
            wait,
        });
    }

    /// Somebody else appended, or an append that seemed to fail did not: take what is there.
    fn overtaken(&mut self, newer: Vec<StoredEvent>) {
        let mut followed = self.view.seq() == self.log.len() as u64;
        for one in newer {
            // What follows on everything that the view has seen is folded in by itself.
            if followed {
                match self.view.apply(&one.event) {
                    Ok(changed) => self.form_changed |= changed,
                    Err(_) => followed = false,
                }
            }
            let own = matches!(
                self.queue.front(),
                Some(Item::Event(event)) if event.is_same_as(&one.event)
            );
            if own {
                self.queue.pop_front();
            }
            self.log.push(one.event.clone());
            self.told.push_back(Told::Appended(one.event));
        }
        self.recovered();
        if !followed {
            self.refold();
        }
    }

    /// Folds anew: what is stored, then what waits.
    fn refold(&mut self) {
        let Ok(view) = CaseView::fold(&self.case, &self.log) else {
            return;
        };
        self.view = view;
        let waiting: Vec<NewEvent> = self
            .queue
            .iter()
            .filter_map(|item| match item {
                Item::Event(event) => Some(event.clone()),
                Item::Delivery(_) => None,
            })
            .collect();
        for event in &waiting {
            self.fold(event);
        }
        self.form_changed = true;
    }
}
