//! The filled form as documents.
//!
//! - [`FilledForm`]: what a document shows, taken from a [`tolkebot_protocol::FormView`]
//! - [`render`]: a bilingual PDF/A-3a and PDF/UA-1, the canonical JSON embedded
//! - [`CaseRecord`], [`render_record`]: everything kept of a case, for the citizen who asks for it
//! - [`canonical_json`], [`sha256_hex`]: the values in one stable form, and a digest

mod canonical;
mod error;
mod filled;
mod flow;
mod fonts;
mod record;
mod render;
mod texts;

pub use canonical::{canonical_json, sha256_hex};
pub use error::DocumentError;
pub use filled::{FilledForm, FilledRow, FilledSection, RowStatus};
pub use record::{CaseRecord, RecordNotice, RecordUtterance, render_record};
pub use render::render;
