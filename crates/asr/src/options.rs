//! How to load and how to decode.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use crate::Expected;

/// How a model is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AsrConfig {
    /// Threads per call. One is right where several conversations share the cores: whisper.cpp's
    /// threads wait for each other by spinning.
    pub threads: usize,
    /// Whether to use a graphics card, if the program was built for one (feature `cuda`).
    pub gpu: bool,
    /// Whether words get their times from the model's attention. Without it (or for a model of
    /// unknown size) they are estimated from their lengths.
    pub word_times: bool,
    /// Whether the language has a say where the sound leaves two texts open, if example sentences
    /// lie beside the model (see [`SecondOpinion::beside`](crate::SecondOpinion::beside)).
    pub second_opinion: bool,
}

impl Default for AsrConfig {
    fn default() -> Self {
        AsrConfig {
            threads: 1,
            gpu: cfg!(feature = "cuda"),
            word_times: true,
            second_opinion: true,
        }
    }
}

/// How one call decodes.
#[derive(Debug, Clone)]
pub struct DecodeOptions {
    /// Texts that are followed at the same time, 1 to 8. One is the fastest (greedy).
    pub beams: usize,
    /// Whether to try once more, drawing words at random, if the model does not believe its text.
    pub fallback: bool,
    /// Words that are likely to come: names, places, technical terms. Of more than some 200 tokens the last ones count.
    pub prompt: Option<Arc<str>>,
    /// Places that are looked at again with the language's opinion, at most; 0: none. Each costs as
    /// much as some four tokens. Only with one beam and without a second try.
    pub second_thoughts: usize,
    /// Words that somebody has just asked for. They weigh in second thoughts only.
    pub expected: Option<Arc<Expected>>,
    /// Words that begin before this, in ms from the beginning of the sound, have settled already: a second thought on them
    /// would change nothing and cost as much as one on the others. 0: none.
    pub settled_until_ms: u64,
    /// Frames of 20 ms that the encoder is given at least, sound and silence behind it; longer sound in steps of a quarter
    /// of that. Fewer make the model less certain, more cost time.
    pub least_frames: usize,
    /// Set it to true from another thread to end the call with
    /// [`AsrError::Cancelled`](crate::AsrError::Cancelled). It is looked at between layers of the
    /// decoder; the encoder, most of a short call, is not interrupted.
    pub cancel: Option<Arc<AtomicBool>>,
}

impl DecodeOptions {
    /// For words that are shown while they are spoken: as fast as possible.
    pub fn partial() -> DecodeOptions {
        DecodeOptions {
            beams: 1,
            fallback: false,
            prompt: None,
            second_thoughts: 4,
            expected: None,
            settled_until_ms: 0,
            least_frames: 128,
            cancel: None,
        }
    }

    /// For words that stay. Greedy like the partial ones: the same sound always gives the same
    /// words, and five beams with a random second try were no better on the recorded conversations
    /// (word error rate 0.412 and 0.464 in two runs against 0.423) for 1.7 times the time.
    pub fn settled() -> DecodeOptions {
        DecodeOptions {
            beams: 1,
            fallback: false,
            prompt: None,
            second_thoughts: 12,
            expected: None,
            settled_until_ms: 0,
            least_frames: 256,
            cancel: None,
        }
    }

    /// With words that are likely to come.
    pub fn with_prompt(mut self, prompt: impl Into<Arc<str>>) -> DecodeOptions {
        self.prompt = Some(prompt.into());
        self
    }

    /// With a flag that ends the call.
    pub fn with_cancel(mut self, cancel: Arc<AtomicBool>) -> DecodeOptions {
        self.cancel = Some(cancel);
        self
    }
}

impl Default for DecodeOptions {
    /// As [`DecodeOptions::settled`].
    fn default() -> Self {
        DecodeOptions::settled()
    }
}
