//! Handing approved cases in while the server runs.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tolkebot_protocol::CaseId;

use crate::delivery::{HandingIn, Outcome};
use crate::state::Shared;

/// How long to wait at most before looking whether a delivery is due.
const EVERY: Duration = Duration::from_secs(60);

/// Seals and delivers what is approved, at once and whenever something may be due, until it is
/// dropped. What stands in the way of all of it (a file that is not there) is tried anew at each look,
/// as the trouble of one case is.
pub(crate) async fn run(shared: Arc<Shared>) {
    if shared.config.delivery.paused {
        tracing::warn!("nothing is handed in: `delivery.paused` is set");
    }
    let stopping = shared.stopping.clone();
    let handing_in = HandingIn::new(shared.store.clone(), &shared.config)
        // Whoever drops the server without a word stops it, too.
        .until(Arc::new(move || {
            *stopping.borrow() || stopping.has_changed().is_err()
        }));
    let handing_in = Arc::new(Mutex::new(handing_in));
    loop {
        let (ready, clock) = (handing_in.clone(), shared.clock.clone());
        let pass = move || {
            let mut ready = ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.pass(&*clock)
        };
        match spawn_blocking(pass).await {
            Ok(Ok(done)) => {
                for (case, outcome) in done {
                    shared.cases.look_again(&case);
                    tell(&case, outcome);
                }
            }
            Ok(Err(error)) => tracing::error!(%error, "cases cannot be handed in"),
            Err(_) => tracing::error!("handing in stopped at a case"),
        }
        // Until a case is approved, or something may be due.
        let _ = timeout(EVERY, shared.approved.notified()).await;
    }
}

fn tell(case: &CaseId, outcome: Outcome) {
    match outcome {
        Outcome::Sealed => tracing::info!(%case, "a document was sealed"),
        Outcome::Submitted { .. } => tracing::info!(%case, "a case was handed in"),
        Outcome::Failed(tries) if tries.dead => {
            tracing::error!(%case, because = %tries.because, "a case cannot be handed in: a person must look at it");
        }
        Outcome::Failed(tries) => {
            tracing::warn!(%case, failed = tries.failed, because = %tries.because, "a case was not handed in; it is tried again");
        }
    }
}
