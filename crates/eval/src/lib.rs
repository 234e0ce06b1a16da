//! How well speech was recognised, translated and understood, and how long it took: plain
//! functions over strings and numbers.
//!
//! - [`wer`], [`cer`] and [`ErrorRate`]: recognition, after [`normalise`].
//! - [`Bleu`], [`bleu`], [`chrf`]: translation, equal to sacrebleu's figures.
//! - [`LagStats`], [`laal`]: how long listeners wait.
//! - [`score_form`]: a filled form against a recording's gold values.

mod bleu;
mod chrf;
mod edit;
mod gold;
mod lag;
mod normalise;
mod pairing;

pub use bleu::{Bleu, bleu, tokenise_13a};
pub use chrf::{Chrf, ChrfKind, chrf};
pub use edit::{ErrorRate, cer, wer};
pub use gold::{
    Found, ScoredSlot, Verdict, found_slots, is_critical, is_free_text, is_judged, score_form,
    without_index,
};
pub use lag::{Lag, LagStats, laal};
pub use normalise::normalise;
