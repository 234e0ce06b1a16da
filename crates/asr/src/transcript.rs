//! What a recogniser gives back.

use serde::{Deserialize, Serialize};
use tolkebot_protocol::TextSpan;

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
    /// Whether it was in doubt: the language decided on it (see
    /// [`SecondOpinion`](crate::SecondOpinion)), where the sound alone would have been written
    /// otherwise; or it was settled while somebody spoke, and the whole stretch sounds otherwise
    /// (see [`Settling::finish`](crate::Settling::finish)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reconsidered: bool,
}

/// The words of a text that were in doubt, neighbours together. None if the words, with
/// a space between each, are not the text.
pub fn reconsidered<'a>(text: &str, words: impl IntoIterator<Item = &'a Word>) -> Vec<TextSpan> {
    let mut spans: Vec<TextSpan> = Vec::new();
    let mut rest = text;
    let mut start = 0;
    for word in words {
        let Some(behind) = rest.strip_prefix(word.text.as_str()) else {
            return Vec::new();
        };
        let end = start + word.text.chars().count() as u32;
        if word.reconsidered {
            match spans.last_mut() {
                Some(last) if last.end + 1 == start => last.end = end,
                _ => spans.push(TextSpan { start, end }),
            }
        }
        start = end + 1;
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    match rest.is_empty() {
        true => spans,
        false => Vec::new(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_were_reconsidered_stand_where_their_words_stand() {
        let word = |text: &str, reconsidered| Word {
            text: text.to_owned(),
            start_ms: 0,
            end_ms: 0,
            confidence: 0.9,
            reconsidered,
        };
        let words = [
            word("Їду", false),
            word("на", true),
            word("Віборгвей,", true),
            word("так.", false),
            word("Так", true),
        ];
        let spans = reconsidered("Їду на Віборгвей, так. Так", &words);
        let places: Vec<(u32, u32)> = spans.iter().map(|span| (span.start, span.end)).collect();
        assert_eq!(places, [(4, 17), (23, 26)]);
        // Other text than these words: no place is known.
        assert_eq!(reconsidered("Їду на Віборгвей", &words), []);
        assert_eq!(reconsidered("", []), []);
    }
}
