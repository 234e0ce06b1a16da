//! Running conversations: one task per case, started when the first client comes and ended some
//! time after the last one left. A task that fails takes its own clients with it and nobody else's.

mod actor;
mod behind;
mod devices;
mod ending;
mod expectation;
mod journal;
mod keeper;
mod paper;
mod requests;
mod resting;
mod sound_keeping;
mod sounds;
mod talk;
mod unsaved;
mod visits;
mod waiting;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tolkebot_casework::{CaseView, FoldError, Store, StoreError};
use tolkebot_protocol::{CaseEvent, CaseId, ClientMessage, ErrorCode, Role};

pub use self::expectation::Vocabulary;
use self::resting::{Folded, Resting};
use crate::outbox::Outbox;
use crate::state::Shared;

/// Requests that may wait for a conversation; whoever sends more waits.
const QUEUE: usize = 64;

/// What sockets ask of a conversation.
pub(crate) enum Request {
    /// A client comes.
    Join {
        visit: Visit,
        reply: oneshot::Sender<Result<ClientId, Refusal>>,
    },
    /// A client left.
    Leave(ClientId),
    /// A client says something.
    Message(ClientId, ClientMessage),
    /// Somebody appended to the case elsewhere.
    LookAgain,
    /// A client's microphone, 16 kHz mono.
    Audio(ClientId, Vec<f32>),
}

/// A client that wants to come in.
#[derive(Clone)]
pub(crate) struct Visit {
    pub role: Role,
    /// True for the first time after a pairing code was entered.
    pub paired: bool,
    /// Account of who comes; `None` without accounts and for the citizen.
    pub account: Option<String>,
    /// So long is whoever comes signed in, s; `None`: not by the clock.
    pub signed_in_for_s: Option<u32>,
    /// The last event that it has seen.
    pub resume_after: Option<u64>,
    /// Its ticket for the next time.
    pub resume_ticket: String,
    pub outbox: Arc<Outbox>,
}

/// A client's number within a conversation's task.
pub(crate) type ClientId = u64;

/// Why a client cannot come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub code: ErrorCode,
    pub message: String,
}

/// A client's place in a conversation.
pub(crate) struct Seat {
    pub client: ClientId,
    pub requests: mpsc::Sender<Request>,
}

/// All running conversations.
#[derive(Default)]
pub(crate) struct Cases {
    running: Mutex<HashMap<CaseId, mpsc::Sender<Request>>>,
    resting: Resting,
}

impl Cases {
    /// Takes a client into its case's conversation, which is started if it does not run.
    pub async fn join(
        &self,
        shared: &Arc<Shared>,
        case: &CaseId,
        visit: Visit,
    ) -> Result<Seat, Refusal> {
        // A conversation may be ending while we knock; then the next knock starts a new one.
        for _ in 0..5 {
            let requests = self.get_or_start(shared, case);
            let (reply, answer) = oneshot::channel();
            let join = Request::Join {
                visit: visit.clone(),
                reply,
            };
            if requests.send(join).await.is_err() {
                continue;
            }
            if let Ok(result) = answer.await {
                return result.map(|client| Seat { client, requests });
            }
        }
        Err(Refusal {
            code: ErrorCode::EngineFailed,
            message: "the conversation could not be started: try again".to_owned(),
        })
    }

    fn get_or_start(&self, shared: &Arc<Shared>, case: &CaseId) -> mpsc::Sender<Request> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(requests) = running.get(case).filter(|r| !r.is_closed()) {
            return requests.clone();
        }
        let (requests, inbox) = mpsc::channel(QUEUE);
        running.insert(case.clone(), requests.clone());
        tokio::spawn(actor::run(shared.clone(), case.clone(), inbox));
        requests
    }

    /// Tells a running conversation that its case was appended to elsewhere.
    pub fn look_again(&self, case: &CaseId) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(requests) = running.get(case) {
            // A conversation whose queue is full will see it with its next event.
            let _ = requests.try_send(Request::LookAgain);
        }
    }

    /// Takes an ended conversation off the list, unless a new one has begun already.
    fn remove_closed(&self, case: &CaseId) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.get(case).is_some_and(mpsc::Sender::is_closed) {
            running.remove(case);
        }
    }
}

/// Lets the case of an ended conversation rest, and forgets it when nobody has come back.
fn rest(shared: &Arc<Shared>, folded: Folded) {
    shared.cases.resting.put(Instant::now(), folded);
    let shared = Arc::downgrade(shared);
    tokio::spawn(async move {
        tokio::time::sleep(resting::KEPT).await;
        if let Some(shared) = shared.upgrade() {
            shared.cases.resting.sweep(Instant::now());
        }
    });
}

/// A case for its conversation: as it rested, with what was appended since, or read from the beginning.
async fn wake(shared: &Arc<Shared>, case: &CaseId) -> Result<Folded, LoadError> {
    let rested = shared.cases.resting.take(Instant::now(), case);
    let (store, case) = (shared.store.clone(), case.clone());
    tokio::task::spawn_blocking(move || {
        if let Some(rested) = rested
            && let Some(caught_up) = rested.caught_up(&*store)?
        {
            return Ok(caught_up);
        }
        Folded::load(&*store, &case)
    })
    .await
    .map_err(|_| LoadError::Stopped)?
}

/// Why a case cannot be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Fold(#[from] FoldError),
    #[error("the event log stopped while reading: try again")]
    Stopped,
}

/// Loads and folds a case without disturbing the runtime.
pub(crate) async fn load(
    store: &Arc<dyn Store>,
    case: &CaseId,
) -> Result<(Vec<CaseEvent>, CaseView), LoadError> {
    let (store, case) = (store.clone(), case.clone());
    tokio::task::spawn_blocking(move || {
        let events: Vec<CaseEvent> = store
            .load(&case, 0)?
            .into_iter()
            .map(|stored| stored.event)
            .collect();
        let view = CaseView::fold(&case, &events)?;
        Ok((events, view))
    })
    .await
    .map_err(|_| LoadError::Stopped)?
}
