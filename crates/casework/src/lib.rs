//! A case's life: its event log, and what the log says.
//!
//! The log is the source of truth: an event is appended before any screen shows it, and everything
//! that a screen shows is a fold over the log.
//!
//! - [`Store`]: keeps the logs; [`SqliteStore`] in a file, [`PostgresStore`] on a database server,
//!   [`MemoryStore`] for tests
//! - [`StoredEvent`], [`EventHash`], [`verify`]: the chain of hashes that shows a changed log
//! - [`MasterKey`], [`CaseKey`]: each case sealed under its own key, which erasure destroys
//! - [`KeyCommand`]: the master key from a key management system
//! - [`SoundState`], [`withdraw_sound`]: the sound of a case that opted in, and its end
//! - [`LedgerHead`], [`AuditReport`]: one chain over all cases, and the search for changes
//! - [`retain`], [`export`]: erasing cases whose time is over, everything kept of one
//! - [`Exported`]: an export read again, its chain of hashes checked
//! - [`CaseView`]: the fold: consents, utterances with translations, the form
//! - [`Lifecycle`], [`Step`]: the states of a case; which step leads where, and who may take it
//! - [`Progress`], [`cases_in`]: finding the cases that somebody waits for without reading all of them
//! - [`Outline`], [`Snapshot`]: what lists show of a case, kept so that it is not folded each time
//! - [`Story`], [`evidence`]: what a second person judges by
//! - [`form_view`]: the form as screens show it
//!
//! Blocking and without a clock: a server calls stores from blocking threads and hands in the time.

mod audit;
mod chain;
mod error;
mod export;
mod exported;
mod form_fold;
mod form_view;
mod group;
mod key_command;
mod keys;
mod ledger;
mod lifecycle;
mod memory;
mod open;
mod outline;
mod postgres;
mod progress;
mod retention;
mod review;
mod sound;
mod spoken;
mod sqlite;
mod store;
mod view;

pub use audit::{AuditReport, Finding, FindingKind};
pub use chain::{EventHash, StoredEvent, canonical_json};
pub use error::{Corruption, Fault, FoldError, StoreError};
pub use export::{ExportError, as_json, export, export_signed};
pub use exported::{ChainEnd, ChainSigner, Exported, ExportedError};
pub use form_fold::{Misfit, SlotError, danish_day};
pub use form_view::form_view;
pub use key_command::KeyCommand;
pub use keys::{CaseKey, KeyError, MasterKey};
pub use ledger::{DayHead, ErasureReason, LedgerEntry, LedgerHead, LedgerKind};
pub use lifecycle::{Lifecycle, Signature, Step, StepError};
pub use memory::MemoryStore;
pub use open::Open;
pub use outline::{FOLD, Outline, Snapshot, outline};
pub use postgres::PostgresStore;
pub use progress::{Progress, cases_in};
pub use retention::{
    CaseState, Expired, ExpiredSound, Leap, Retained, Retention, last_retained, note_leap, retain,
    state_of,
};
pub use review::{Story, evidence};
pub use sound::{SoundKept, SoundState, WithdrawError, withdraw_sound};
pub use spoken::{CLEARLY_HEARD, TranslationView, UtteranceView, is_clear};
pub use sqlite::SqliteStore;
pub use store::{CaseSummary, Head, NewEvent, Store, verify};
pub use view::CaseView;

/// The form that cases fill: the Danish notification of a move.
pub const FORM: &str = "flytteanmeldelse";
