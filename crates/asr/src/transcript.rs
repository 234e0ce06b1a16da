//! What a recogniser gives back.

use serde::{Deserialize, Serialize};

use crate::Language;

/// A recognised word, with its punctuation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The word as it stands in the text.
    pub text: String,
    /// Where it begins, in ms from the beginning of the sound.
    pub start_ms: u64,
    /// Where it ends, in ms from the beginning of the sound.
    pub end_ms: u64,
    /// Geometric mean of its tokens' probabilities, from 0 to 1.
    pub confidence: f32,
}

/// What was said, as far as it was understood. Empty text: nothing was.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Transcript {
    /// The text, without spaces around it.
    pub text: String,
    /// Its words, in order.
    pub words: Vec<Word>,
    /// Geometric mean of all tokens' probabilities, from 0 to 1; 0 for an empty text.
    pub confidence: f32,
    /// Probability, by the model itself, that nobody spoke. Weak evidence.
    pub no_speech_probability: f32,
    /// What language it sounded like; none if the model was not asked.
    pub language: Option<Language>,
    /// Why the text is empty, if it is.
    pub nothing: Option<Nothing>,
}

/// Why a text is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nothing {
    /// Less than 100 ms of sound.
    TooShort,
    /// No level above -60 dB.
    Silent,
    /// As loud at every moment: noise, not speech.
    Steady,
    /// The model found no words.
    NoWords,
    /// The model found words that it did not believe in itself.
    Improbable,
    /// The words are ones that Whisper writes when it hears nothing.
    KnownPhrase,
    /// More words than anyone says in that time, or one phrase over and over.
    Impossible,
}

impl Transcript {
    /// An empty transcript.
    pub(crate) fn nothing(why: Nothing, no_speech_probability: f32) -> Transcript {
        Transcript {
            no_speech_probability,
            nothing: Some(why),
            ..Transcript::default()
        }
    }
}
