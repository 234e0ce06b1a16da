//! Translation between Danish and Ukrainian on this machine.
//!
//! - [`Translator`] loads a model folder and translates one utterance at a time, or drafts one that
//!   is still being spoken. Several may share one model ([`Translator::another`]): their lines are then decoded in
//!   the same runs.
//! - [`Translation`] is the text with its confidence and [`MtWarning`]s.
//! - [`Phrases`] are utterances with a fixed translation.
//! - [`Glossary`] holds terms that have one right translation.
//! - [`MtConfig`] says how many threads, how long a text, how many attempts.
//!
//! A model is decoded by beam search with a KV cache. Around it stand the guards: text is cleaned and
//! split so that nothing is cut off, loops and runaways are stopped, the target's script is kept,
//! and values (numbers, addresses, names) of the source are looked for in the target; what fails
//! is tried another way (names at last with another name in their place) and, if that does not help,
//! reported as a warning.

mod batch;
mod config;
mod decoder_only;
mod draft;
mod error;
mod glossary;
mod guard;
mod language;
mod marian;
mod mend;
mod model;
mod phrases;
mod pieces;
mod plan;
mod reorder;
mod search;
mod stand_in;
mod text;
mod translator;
mod warning;

pub use config::MtConfig;
pub use error::MtError;
pub use glossary::Glossary;
pub use phrases::Phrases;
pub use translator::{Translation, Translator};
pub use warning::{MtWarning, ValueKind};
