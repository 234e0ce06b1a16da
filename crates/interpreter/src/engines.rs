//! The engines that the pipe runs on, as the pipe sees them.

use std::ops::ControlFlow;
use std::sync::Arc;

use tolkebot_asr::{Expected, SpokenIn, Word};
use tolkebot_audio::VoiceActivity;
use tolkebot_protocol::{Lang, TranslationWarning};

/// How much work a recognition is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Words for the screen only, replaced in a moment.
    Partial {
        /// Words that begin before this, in ms from the beginning of the sound, stay as they were.
        settled_until_ms: u64,
    },
    /// Words that are kept.
    Settled,
}

/// What a recogniser heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Trimmed text; empty if there were no words.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
    /// The words of `text` with their times in the stretch. Without them nothing is settled before
    /// the pause.
    pub words: Vec<Word>,
    /// What language it sounded like.
    pub spoken_in: SpokenIn,
}

impl Heard {
    /// A text whose words have no times.
    pub fn text(text: impl Into<String>, confidence: f32) -> Heard {
        Heard {
            text: text.into(),
            confidence,
            words: Vec::new(),
            spoken_in: SpokenIn::Channels,
        }
    }
}

/// What a translator made of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The translation.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
    /// What a reader must be careful about.
    pub warnings: Vec<TranslationWarning>,
    /// Whether it is a fixed translation: it stood in the translation memory, or was known before.
    pub verified: bool,
}

impl Rendered {
    /// A translation that people made.
    pub(crate) fn fixed(text: String) -> Rendered {
        Rendered {
            text,
            confidence: 1.0,
            warnings: Vec::new(),
            verified: true,
        }
    }
}

/// What is known before a stretch of speech is heard. The same for all its hypotheses, or they
/// would disagree for no reason in the sound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// What was said last, in the language of the stretch.
    pub context: Option<Arc<str>>,
    /// Words of that language that somebody has just asked for.
    pub expected: Option<Arc<Expected>>,
}

/// Turns sound into text. One per worker thread.
pub trait Recognise: Send {
    /// `samples`: 16 kHz mono, -1 to 1, one stretch of speech.
    ///
    /// # Errors
    /// Why this stretch could not be recognised; no personal data.
    fn recognise(
        &mut self,
        lang: Lang,
        samples: &[f32],
        effort: Effort,
        known: &Known,
    ) -> Result<Heard, String>;
}

/// Turns text into the other language. One per worker thread.
pub trait Translate: Send {
    /// Translates `text` from `from` into the other language.
    ///
    /// # Errors
    /// Why this text could not be translated; no personal data.
    fn translate(&mut self, text: &str, from: Lang) -> Result<Rendered, String>;

    /// Translates the beginning of an utterance that is still being spoken. The translation begins
    /// with `held`. `go_on` is asked time and again; `None` if it said no, or if this engine makes
    /// no drafts.
    ///
    /// # Errors
    /// As for `translate`.
    fn draft(
        &mut self,
        _text: &str,
        _from: Lang,
        _held: &str,
        _go_on: &dyn Fn() -> bool,
    ) -> Result<Option<String>, String> {
        Ok(None)
    }
}

/// Turns text into sound. One per worker thread.
pub trait Speak: Send {
    /// Samples per second of the voice for `lang`.
    fn sample_rate(&self, lang: Lang) -> u32;

    /// Hands `text`, spoken, to `sink` piece by piece; stops early if `sink` says so.
    ///
    /// # Errors
    /// Why this text could not be spoken; no personal data.
    fn speak(
        &mut self,
        text: &str,
        lang: Lang,
        sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    ) -> Result<(), String>;
}

/// Makes a voice-activity detector for a new channel.
pub type VoiceActivityFactory =
    Box<dyn Fn() -> Result<Box<dyn VoiceActivity + Send>, String> + Send>;

/// A set of engines, one worker thread each.
pub struct Engines {
    /// Voice activity, one for each channel.
    pub voice_activity: VoiceActivityFactory,
    /// Recognisers.
    pub recognise: Vec<Box<dyn Recognise>>,
    /// Translators.
    pub translate: Vec<Box<dyn Translate>>,
    /// Voices.
    pub speak: Vec<Box<dyn Speak>>,
}
