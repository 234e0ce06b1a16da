//! What was said, with its translation, and whether it was heard clearly.

use tolkebot_protocol::{Lang, TextSpan, TranslationWarning, Utterance};

/// An utterance with its translation.
#[derive(Debug, Clone, PartialEq)]
pub struct UtteranceView {
    /// What was said.
    pub utterance: Utterance,
    /// Its translation, once settled.
    pub translation: Option<TranslationView>,
}

/// Mean word probability from which an utterance counts as clearly heard. Typed text has 1.
pub const CLEARLY_HEARD: f32 = 0.8;

/// Whether words of an utterance were heard clearly: its words were probable enough, and the
/// language did not have to decide on these.
pub fn is_clear(confidence: f32, reconsidered: &[TextSpan], words: TextSpan) -> bool {
    confidence >= CLEARLY_HEARD && !reconsidered.iter().any(|span| span.overlaps(words))
}

/// A settled translation.
#[derive(Debug, Clone, PartialEq)]
pub struct TranslationView {
    /// Language of `text`.
    pub lang: Lang,
    /// The translation; empty if it failed.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
    /// What a reader must be careful about.
    pub warnings: Vec<TranslationWarning>,
    /// Whether it is a fixed translation, from the translation memory.
    pub verified: bool,
}
