//! What can go wrong when speaking.

use std::path::PathBuf;

/// Errors of this crate. None of the messages contains the text that was to be spoken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TtsError {
    /// A model file is missing, or ONNX Runtime did not load it.
    #[error(transparent)]
    Model(#[from] tolkebot_models::ModelError),
    /// No voice has that id.
    #[error("unknown voice `{0}`; use `espeak-ng`, `kokoro-82m` or a `piper-…` model")]
    UnknownVoice(String),
    /// The voice has no such style (speaker).
    #[error("the voice has no style `{name}`; it has: {known}")]
    UnknownStyle {
        /// What was asked for.
        name: String,
        /// The styles there are, comma-separated.
        known: String,
    },
    /// A style option that is not understood.
    #[error(
        "`{0}` is no style; write a name, a number, or a mix such as `jf_alpha:0.7+jm_kumo:0.3`"
    )]
    BadStyle(String),
    /// More text than is ever spoken at once.
    #[error("the text is too long to speak: {bytes} bytes, at most {limit}; send it in parts")]
    TooLong {
        /// Bytes given.
        bytes: usize,
        /// Largest text accepted.
        limit: usize,
    },
    /// espeak-ng did not load or refused a call.
    #[error("espeak-ng: {0}; run `tolkebot models verify`")]
    Espeak(String),
    /// A file of the voice is damaged or belongs to another kind of voice.
    #[error("voice file `{}`: {what}; run `tolkebot models verify`", path.display())]
    VoiceFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The model failed while running.
    #[error("synthesis failed: {0}")]
    Synthesis(String),
    /// Sound could not be resampled or written.
    #[error(transparent)]
    Audio(#[from] tolkebot_audio::AudioError),
    /// A conversation's description cannot be used.
    #[error("conversation `{}`: {what}", path.display())]
    Conversation {
        /// Its `dialogue.json`.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}
