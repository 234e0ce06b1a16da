//! What can go wrong in recognition.

use std::path::PathBuf;

/// Why sound could not be recognised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AsrError {
    /// The model's file is missing, damaged or of another kind.
    #[error(
        "cannot load the speech model `{}`: {what}; `tolkebot models verify` says whether it is \
         whole, `tolkebot models pull` fetches it",
        .path.display()
    )]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The machine has no memory left for one more session.
    #[error(
        "no memory for one more recogniser session: admit fewer conversations at once or use a \
         smaller model"
    )]
    NoMemory,
    /// The sound holds something that is no sound.
    #[error(
        "sample {index} of the sound is {value}, which is not a level between -1 and 1: convert \
         integer samples to floats and check the source"
    )]
    Sample {
        /// Index of the sample.
        index: usize,
        /// Its value.
        value: f32,
    },
    /// The sound is longer than one call takes.
    #[error("{seconds} s of sound are more than {most} s in one call: cut it at pauses first")]
    TooLong {
        /// Its length in whole seconds.
        seconds: usize,
        /// The longest that is taken, in seconds.
        most: usize,
    },
    /// A choice that the engine does not have.
    #[error("{what}")]
    Option {
        /// Which choice, and what would be allowed.
        what: String,
    },
    /// The recognition was cancelled by its caller.
    #[error("recognition was cancelled")]
    Cancelled,
    /// The engine failed; the session can be used again.
    #[error(
        "the speech engine failed with code {code} on {seconds:.1} s of sound; if it stays, \
         restart the service and verify the model with `tolkebot models verify`"
    )]
    Engine {
        /// whisper.cpp's code.
        code: i32,
        /// Length of the sound in seconds.
        seconds: f32,
    },
}
