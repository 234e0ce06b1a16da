//! Speech recognition: sound of a known language to text, words, times and confidences.
//!
//! - [`Recogniser`] loads a Whisper model once; [`RecogniserSession`] recognises with it.
//! - [`DecodeOptions`] chooses between fast (words while they are spoken) and good (words that
//!   stay).
//! - [`Transcript`] is what comes out; [`Nothing`] says why it is empty, [`Language`] whether it
//!   sounded like another language than the channel's.
//! - [`SecondOpinion`] lets the language decide where the sound leaves two texts open; it counts
//!   [`Letters`] of example sentences, and knows which words are [`Expected`].
//! - [`Settling`] says which words of a stretch that is still spoken will not change any more, by a
//!   [`SettlingPolicy`], and [`HeardAlready`] what of it need not be heard again.
//!
//! The language comes from the channel: Whisper's own identification takes Danish for Swedish and
//! Ukrainian for Russian too often.

mod alignment;
mod error;
mod expected;
#[allow(unsafe_code, reason = "the boundary to whisper.cpp, a C library")]
mod ffi;
mod gaps;
mod guard;
mod header;
mod heard_already;
mod judging;
mod language;
mod letters;
mod looping;
mod number_words;
mod offers;
mod options;
mod postal;
mod read_back;
mod recogniser;
mod reconsider;
mod rows;
mod second_opinion;
mod settling_policy;
mod sound;
mod streaming;
mod transcript;
mod vocabulary;
mod words;

pub use error::AsrError;
pub use expected::Expected;
pub use heard_already::HeardAlready;
pub use language::{Language, SpokenIn};
pub use letters::Letters;
pub use options::{AsrConfig, DecodeOptions};
pub use recogniser::{Recogniser, RecogniserSession};
pub use second_opinion::SecondOpinion;
pub use settling_policy::{Opening, Overdue, SettlingPolicy};
pub use streaming::Settling;
pub use transcript::{Nothing, Transcript, Word, reconsidered};
