//! What can go wrong in the pipe.

use crate::Stage;

/// Why the interpreter cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum InterpreterError {
    /// The machine is full.
    #[error(
        "{open} of {limit} conversations are running and this machine cannot keep another in real \
         time: wait until one ends, or raise `interpreter.max_conversations` on a faster machine"
    )]
    Busy {
        /// Conversations running.
        open: usize,
        /// Conversations allowed.
        limit: usize,
    },
    /// Recognition is behind already.
    #[error(
        "recognition is {behind_ms} ms behind, so another conversation would not be interpreted in \
         real time: wait a little and try again"
    )]
    Behind {
        /// How long the oldest stretch of speech has waited, ms.
        behind_ms: u64,
    },
    /// Sound arrives faster than it can even be segmented.
    #[error("sound arrives faster than it can be taken in: send at most twice real time")]
    TooFast,
    /// The conversation was closed.
    #[error("the conversation is closed: open a new one")]
    Closed,
    /// A model or voice could not be loaded.
    #[error("{stage:?} engine `{id}` cannot be loaded: {reason}")]
    Load {
        /// Stage of the pipe.
        stage: Stage,
        /// Model id of the manifest.
        id: String,
        /// What the engine said.
        reason: String,
    },
    /// A setting has a value with which nobody could be interpreted.
    #[error("setting `interpreter.{key}` is {value}: write a number from {least} to {most}")]
    Setting {
        /// The setting.
        key: &'static str,
        /// Its value.
        value: u64,
        /// The least that it may be.
        least: u64,
        /// The most that it may be.
        most: u64,
    },
    /// A setting names a file that is not there.
    #[error(
        "setting `interpreter.{key}` names `{path}`, which is no file: write its whole path, or leave the setting out"
    )]
    File {
        /// The setting.
        key: &'static str,
        /// What it names.
        path: String,
    },
    /// The operating system gave no thread.
    #[error("cannot start an engine thread: {0}")]
    Thread(#[from] std::io::Error),
}
