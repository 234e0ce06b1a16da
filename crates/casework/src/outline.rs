//! A case in outline, as lists show it, without folding it each time.
//!
//! The outline of a case is kept beside its events as a [`Snapshot`]: sealed under the case's own key,
//! gone with it when the case is erased, and bound to one event by its number and hash, and to the
//! program that folded by [`FOLD`]. It is a cache and nothing else: one that is missing, older than the
//! newest event, made by another program, or changed is not looked at, and the events are folded.
//! Nothing is decided by it: whoever approves, seals or hands in folds the events.
//!
//! The form reader's memory is not kept. A snapshot of it would be as wide as the reader itself, and
//! wrong after every change of the reader, which is when it would be asked for most.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::{CaseEvent, CaseId, CaseStage, Severity};

use crate::{CaseView, EventHash, Store, StoreError};

/// The sources and tables that this program folds with, as a number.
pub const FOLD: &str = env!("TOLKEBOT_FOLD");

/// Something that was made of a case's events up to one of them, and can be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The newest event that it is made of.
    pub seq: u64,
    /// That event's hash.
    pub hash: EventHash,
    /// What it was made with; another program's is worth nothing.
    pub fold: String,
    /// What was made.
    pub text: String,
}

impl Snapshot {
    /// What is authenticated with the text, so that it is nobody else's and of no other time.
    pub(crate) fn about(case: &CaseId, seq: u64, hash: EventHash, fold: &str) -> String {
        format!("tolkebot snapshot 1\n{case}\n{seq}\n{hash}\n{fold}")
    }
}

/// What a list shows of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// How far it has come.
    pub stage: CaseStage,
    /// Since when, RFC 3339.
    pub since: String,
    /// Account of who sent it to review.
    pub sent_by: Option<String>,
    /// Whether its document is sealed.
    pub sealed: bool,
    /// Values that somebody vouched for, or that follow from such.
    pub settled: u32,
    /// Values of the form, and those that are missing.
    pub total: u32,
    /// Kind of move as the form writes it; empty if nobody said.
    pub move_type: String,
    /// Day of the move, ISO 8601.
    pub move_date: Option<String>,
    /// How often it was sent back.
    pub returns: u32,
    /// Warnings of the form's rules.
    pub warnings: u32,
    /// Time of the newest event, RFC 3339.
    pub changed_at: String,
}

impl Outline {
    /// The outline of a folded case whose newest event has this time.
    pub fn of(view: &CaseView, changed_at: &str) -> Outline {
        let (life, open, form) = (view.lifecycle(), view.open(), view.form());
        let values = view.filled();
        let settled = values.iter().filter(|key| !open.unconfirmed.contains(key));
        // What was emptied and told anew is open without a value, and may be missing as well.
        let wanted = open.unconfirmed.iter().chain(&open.missing);
        let all: BTreeSet<&String> = values.iter().chain(wanted).collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let warnings = form.issues.iter();
        let warnings = warnings.filter(|issue| issue.severity == Severity::Warning);
        let text = |key: &str| view.form_state().text(key).map(str::to_owned);
        Outline {
            stage: life.stage(),
            since: life.since().to_owned(),
            sent_by: life.sent_by().map(str::to_owned),
            sealed: life.sealed().is_some(),
            settled: count(settled.count()),
            total: count(all.len()),
            move_type: text("case.move_type").unwrap_or_default(),
            move_date: text("move_date"),
            returns: view.returns(),
            warnings: count(warnings.count()),
            changed_at: changed_at.to_owned(),
        }
    }
}

/// A case in outline: from the snapshot if there is one of the newest event, otherwise from all events,
/// and then kept for the next time. `None` if the events make no case.
///
/// # Errors
/// [`StoreError`] if the case cannot be read.
pub fn outline(store: &dyn Store, case: &CaseId) -> Result<Option<Outline>, StoreError> {
    let head = store.last(case)?;
    if let (Some(head), Some(kept)) = (head, store.snapshot(case)?)
        && (kept.seq, kept.hash, kept.fold.as_str()) == (head.seq, head.hash, FOLD)
        && let Ok(outline) = serde_json::from_str(&kept.text)
    {
        return Ok(Some(outline));
    }
    let stored = store.load(case, 0)?;
    let Some(newest) = stored.last() else {
        return Ok(None);
    };
    let (seq, hash, at) = (newest.event.seq, newest.hash, newest.event.at.clone());
    let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
    let Ok(view) = CaseView::fold(case, &events) else {
        return Ok(None);
    };
    let outline = Outline::of(&view, &at);
    let kept = Snapshot {
        seq,
        hash,
        fold: FOLD.to_owned(),
        text: serde_json::to_string(&outline).unwrap_or_default(),
    };
    if let Err(error) = store.put_snapshot(case, &kept) {
        // It is folded again next time.
        tracing::debug!(%case, %error, "the outline of a case is not kept");
    }
    Ok(Some(outline))
}
