//! What waits to be handed in, for the people who look after it.

use jiff::Timestamp;
use serde::Serialize;
use tolkebot_casework::{CaseView, NewEvent, Store, StoreError, cases_in, outline};
use tolkebot_protocol::{CaseEvent, CaseId, CaseStage, EventPayload, Role};

use super::{TO_HAND_IN, Tries, tries_note};

/// An approved case that has not arrived yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The case.
    pub case: CaseId,
    /// When it was approved, RFC 3339.
    pub since: String,
    /// Whether its document has been sealed.
    pub sealed: bool,
    /// Tries so far.
    #[serde(flatten)]
    pub tries: Tries,
}

/// Every case that waits, the longest first. A case that cannot be read is not among them: the audit
/// names it.
///
/// # Errors
/// [`StoreError`] if the cases cannot be listed.
pub fn waiting(store: &dyn Store, now: Timestamp) -> Result<Vec<Waiting>, StoreError> {
    let mut out = Vec::new();
    for line in cases_in(store, &TO_HAND_IN)? {
        let Ok(Some(outline)) = outline(store, &line.case) else {
            continue;
        };
        if outline.stage == CaseStage::Approved {
            out.push(Waiting {
                since: outline.since,
                sealed: outline.sealed,
                tries: tries(store, &line.case, now)?,
                case: line.case,
            });
        }
    }
    // By time, and not as text: fractions of seconds are written where there are any.
    out.sort_by_key(|one| one.since.parse::<Timestamp>().ok());
    Ok(out)
}

/// Tries of a case so far.
///
/// # Errors
/// [`StoreError`].
pub(super) fn tries(store: &dyn Store, case: &CaseId, now: Timestamp) -> Result<Tries, StoreError> {
    let note = store.note(&tries_note(case), now)?;
    Ok(note
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// Why a delivery is not tried again.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// The log cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The case is not one of those that wait.
    #[error(
        "case {0} does not wait to be handed in: `tolkebot outbox` and the supervisor's page list \
         those that do"
    )]
    NotWaiting(CaseId),
    /// There is nothing to mend.
    #[error("no delivery of case {0} has failed: it is tried at the server's next look")]
    NothingFailed(CaseId),
}

/// A person looked at a delivery that had failed: a running server tries it again at its next look.
/// The log says who did, `by` being their account; without one it was somebody on the machine
/// itself. Returns what had been tried.
///
/// # Errors
/// [`RetryError`]; then nothing was recorded.
pub fn try_again(
    store: &dyn Store,
    case: &CaseId,
    by: Option<&str>,
    now: Timestamp,
) -> Result<Tries, RetryError> {
    let view = match store.load(case, 0) {
        Err(StoreError::Erased(_)) => None,
        stored => {
            let events: Vec<CaseEvent> = stored?.into_iter().map(|one| one.event).collect();
            CaseView::fold(case, &events).ok()
        }
    };
    let Some(view) = view.filter(|view| view.lifecycle().stage() == CaseStage::Approved) else {
        return Err(RetryError::NotWaiting(case.clone()));
    };
    let before = tries(store, case, now)?;
    if before.failed == 0 {
        return Err(RetryError::NothingFailed(case.clone()));
    }
    let event = NewEvent {
        at: now,
        actor: match by {
            Some(_) => Role::Supervisor,
            None => Role::System,
        },
        payload: EventPayload::DeliveryRetried {
            failed: before.failed,
            by: by.map(str::to_owned),
        },
    };
    // First the log: whatever falls over in between, nothing is tried that nobody asked for.
    store.append(case, view.seq(), &[event])?;
    store.take_note(&tries_note(case), now)?;
    Ok(before)
}
