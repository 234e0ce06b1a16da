//! `GET /readyz`: whether this server can work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::state::Shared;

/// How long the log may take to answer. Whoever asks has a patience of its own, often not much longer.
const PATIENCE: Duration = Duration::from_secs(3);
/// The note with which the log is tried after it could not be written.
const NOTE: &str = "readyz";

/// What is known of it between two questions.
pub(crate) struct Readiness {
    /// A case could not be opened, and nothing was written since.
    failed: AtomicBool,
    /// The last answer was no.
    told: AtomicBool,
    /// One question at a time: those behind a log that hangs would each hold a thread.
    asking: Arc<Semaphore>,
}

impl Default for Readiness {
    fn default() -> Readiness {
        Readiness {
            failed: AtomicBool::default(),
            told: AtomicBool::default(),
            asking: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Readiness {
    /// A case could not be opened.
    pub fn append_failed(&self) {
        self.failed.store(true, Ordering::Relaxed);
    }
}

/// Says in one line what is the matter; nothing of persons.
pub(crate) async fn answer(State(shared): State<Arc<Shared>>) -> Response {
    if *shared.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let found = timeout(PATIENCE, look(&shared)).await;
    let found = found.unwrap_or_else(|_| Err(hangs()));
    let is_new = shared
        .readiness
        .told
        .swap(found.is_err(), Ordering::Relaxed)
        != found.is_err();
    match found {
        Ok(()) => {
            if is_new {
                tracing::warn!("ready again");
            }
            "ready\n".into_response()
        }
        Err(Trouble { what, why }) => {
            if is_new {
                tracing::error!(%why, "not ready: {what}");
            }
            (StatusCode::SERVICE_UNAVAILABLE, format!("{what}\n")).into_response()
        }
    }
}

/// Why the server cannot work.
struct Trouble {
    what: &'static str,
    /// For the log; nothing of persons.
    why: String,
}

fn trouble(what: &'static str, why: impl ToString) -> Trouble {
    let why = why.to_string();
    Trouble { what, why }
}

fn hangs() -> Trouble {
    let why = "check the disk, or the database server and who holds its locks";
    trouble("the event log does not answer", why)
}

async fn look(shared: &Arc<Shared>) -> Result<(), Trouble> {
    let waiting = shared.metrics.events_waiting.load(Ordering::Relaxed);
    if shared.metrics.cases_not_saved.load(Ordering::Relaxed) > 0 {
        let why = format!("{waiting} events wait");
        return Err(trouble("the event log cannot be written", why));
    }
    let asking = shared.readiness.asking.clone();
    let turn = asking.acquire_owned().await.map_err(|_| hangs())?;
    let shared = shared.clone();
    let look = move || {
        let _turn = turn;
        let used = shared.store.check();
        used.map_err(|error| trouble("the event log cannot be used", error))?;
        // Nobody is sent here while this says no: only a try can find out that it is over.
        if shared.readiness.failed.load(Ordering::Relaxed) {
            let now = shared.clock.now();
            let second = SignedDuration::from_secs(1);
            let soon = now.saturating_add(second).unwrap_or(now);
            let written = shared.store.put_note(NOTE, "", soon, now);
            written.map_err(|error| trouble("the event log cannot be written", error))?;
            shared.readiness.failed.store(false, Ordering::Relaxed);
        }
        Ok(())
    };
    let looked = tokio::task::spawn_blocking(look).await;
    looked.unwrap_or_else(|_| Err(hangs()))
}
