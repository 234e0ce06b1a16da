//! What waits to be handed in, for the people who look after it.

use jiff::Timestamp;
use serde::Serialize;
use tolkebot_casework::{Store, StoreError, cases_in, outline};
use tolkebot_protocol::{CaseId, CaseStage};

use super::{TO_HAND_IN, Tries, tries_note};

/// An approved case that has not arrived yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The case.
    pub case: CaseId,
    /// Time of its newest event, RFC 3339: the approval, or the sealing of its document.
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
                since: outline.changed_at,
                sealed: outline.sealed,
                tries: tries(store, &line.case, now)?,
                case: line.case,
            });
        }
    }
    out.sort_by(|a, b| a.since.cmp(&b.since));
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

/// A person looked at a case that was given up: a running server tries it again at its next look.
/// Returns what had been tried.
///
/// # Errors
/// [`StoreError`].
pub fn try_again(store: &dyn Store, case: &CaseId, now: Timestamp) -> Result<Tries, StoreError> {
    let before = tries(store, case, now)?;
    store.take_note(&tries_note(case), now)?;
    Ok(before)
}
