//! Handing approved cases in while the server runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tolkebot_casework::cases_in;

use crate::delivery::{Handover, Outcome, TO_HAND_IN};
use crate::state::Shared;

/// How long to wait at most before looking whether a delivery is due.
const EVERY: Duration = Duration::from_secs(60);

/// Seals and delivers what is approved, at once and whenever something may be due, until it is
/// dropped. The key is looked for when the first case is approved.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut handover: Option<Arc<Handover>> = None;
    // What an earlier run left behind is found by the first look.
    let mut told = true;
    loop {
        if handover.is_none() && told {
            handover = set_up(&shared).await.map(Arc::new);
        }
        let Some(ready) = handover.clone() else {
            told = wait(&shared).await;
            continue;
        };
        let now = shared.clock.now();
        match spawn_blocking(move || ready.pass(now)).await {
            Ok(Ok(done)) => {
                for (case, outcome) in done {
                    shared.cases.look_again(&case);
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
            }
            Ok(Err(error)) => tracing::error!(%error, "cases cannot be looked at for handing in"),
            Err(_) => tracing::error!("handing in stopped at a case"),
        }
        told = wait(&shared).await;
    }
}

/// Waits until a case is approved, or something may be due; true for the former.
async fn wait(shared: &Shared) -> bool {
    timeout(EVERY, shared.approved.notified()).await.is_ok()
}

/// Everything that handing in needs, if a case waits for it.
async fn set_up(shared: &Arc<Shared>) -> Option<Handover> {
    let shared = shared.clone();
    let made = spawn_blocking(move || {
        if !anything_waits(&shared) {
            return None;
        }
        let config = &shared.config;
        let made = Handover::from_settings(
            shared.store.clone(),
            &config.seal,
            &config.delivery,
            &config.authority,
            &config.data_dir,
            shared.clock.now(),
        );
        match made {
            Ok(made) => Some(made.with_memo(config.memo.clone())),
            Err(error) => {
                tracing::error!(%error, "cases cannot be handed in");
                None
            }
        }
    });
    made.await.ok()?
}

/// True if some case may have been approved and not handed in.
fn anything_waits(shared: &Shared) -> bool {
    cases_in(&*shared.store, &TO_HAND_IN).is_ok_and(|cases| !cases.is_empty())
}
