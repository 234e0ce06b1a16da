//! How good it was: figures over plain strings and values.
//!
//! - [`word_errors`], [`character_errors`]: WER and CER with the field's [`normalise`]
//! - [`chrf`], [`bleu`]: translation quality, equal to sacrebleu's defaults
//! - [`score_form`]: slots right, wrong and missing against a gold form

mod bleu;
mod chrf;
mod errors;
mod slots;

pub use bleu::bleu;
pub use chrf::chrf;
pub use errors::{Errors, character_errors, normalise, word_errors};
pub use slots::{ScoredSlot, Verdict, score_form};
