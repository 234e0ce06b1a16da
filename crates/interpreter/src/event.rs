//! What a conversation reports while people talk.

use std::fmt;

use tolkebot_audio::SoundBuffer;
use tolkebot_protocol::{Lang, Speaker, TextSpan, TranslationWarning};

/// Something that happened in the pipe. Sent in the order in which it happened for one utterance;
/// utterances of the two channels interleave.
#[derive(Debug, Clone, PartialEq)]
pub enum PipeEvent {
    /// Speech began on a channel.
    SpeechStarted {
        /// The channel.
        speaker: Speaker,
        /// ms from the channel's first sample.
        start_ms: u64,
    },
    /// What the recogniser believes so far; replaces the channel's earlier partial. Empty when the
    /// stretch turned out to hold no words.
    Partial {
        /// The channel.
        speaker: Speaker,
        /// Words of the stretch so far.
        text: String,
        /// How many characters at the beginning of `text` will not change any more.
        settled_chars: u32,
        /// ms from the channel's first sample.
        start_ms: u64,
    },
    /// The translation of what has been settled of a stretch that is still being spoken. Replaces
    /// the channel's earlier draft, which it begins with; [`PipeEvent::Translated`] may differ.
    Draft {
        /// The channel of the original.
        speaker: Speaker,
        /// Language of `text`.
        lang: Lang,
        /// Words so far.
        text: String,
        /// Start of the stretch, ms from the channel's first sample.
        start_ms: u64,
    },
    /// A stretch of speech will not change any more.
    Settled(SettledSpeech),
    /// Its translation will not change any more.
    Translated {
        /// [`SettledSpeech::number`] of the stretch.
        number: u32,
        /// Language of `text`.
        lang: Lang,
        /// The translation; the original if it failed.
        text: String,
        /// 0 to 1.
        confidence: f32,
        /// What a reader must be careful about.
        warnings: Vec<TranslationWarning>,
        /// Whether it is a fixed translation, from the translation memory or known before.
        verified: bool,
        /// From the end of the speech to now, ms.
        lag_ms: u64,
    },
    /// A piece of interpreted speech.
    Speech {
        /// [`SettledSpeech::number`] of the stretch.
        number: u32,
        /// Language spoken.
        lang: Lang,
        /// Samples per second.
        sample_rate: u32,
        /// Mono, -1 to 1; may be empty in the last piece.
        samples: Vec<f32>,
        /// 0 for the first piece.
        piece: u32,
        /// True for the last piece of the utterance.
        last: bool,
        /// From the end of the speech to now, ms.
        lag_ms: u64,
    },
    /// An engine failed on one stretch; the conversation goes on.
    Failed {
        /// [`SettledSpeech::number`] of the stretch, if it got that far.
        number: Option<u32>,
        /// The channel.
        speaker: Speaker,
        /// The stage that failed.
        stage: Stage,
        /// What was wrong; no personal data.
        message: String,
    },
    /// Everything that a channel was given has been settled, translated and spoken.
    Drained {
        /// The channel.
        speaker: Speaker,
    },
}

/// A settled stretch of speech.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledSpeech {
    /// 1 for the first settled stretch of the conversation, by any channel.
    pub number: u32,
    /// The channel.
    pub speaker: Speaker,
    /// The channel's language.
    pub lang: Lang,
    /// What was heard.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
    /// Words of `text` on which the language decided.
    pub reconsidered: Vec<TextSpan>,
    /// Words of it are missing: see [`Utterance::interrupted`](tolkebot_protocol::Utterance::interrupted).
    pub interrupted: bool,
    /// Start, ms from the channel's first sample.
    pub start_ms: u64,
    /// End, ms from the channel's first sample.
    pub end_ms: u64,
    /// From the end of the speech to now, ms.
    pub lag_ms: u64,
    /// The sound that was recognised.
    pub sound: HeardSound,
}

/// The sound of a stretch of speech, 16 kHz mono. Overwritten with zeros when dropped, and never shown:
/// what is printed of it says how long it is.
#[derive(Clone, PartialEq)]
pub struct HeardSound(SoundBuffer);

impl HeardSound {
    /// Takes the samples.
    pub fn new(samples: SoundBuffer) -> HeardSound {
        HeardSound(samples)
    }

    /// The samples, -1 to 1.
    pub fn samples(&self) -> &[f32] {
        &self.0
    }
}

impl fmt::Debug for HeardSound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeardSound({} samples)", self.0.len())
    }
}

/// A stage of the pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding speech.
    Segment,
    /// Recognising it.
    Recognise,
    /// Translating it.
    Translate,
    /// Speaking the translation.
    Speak,
}
