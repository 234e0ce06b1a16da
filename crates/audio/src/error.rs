//! What can go wrong with sound.

use std::path::PathBuf;

/// Errors of this crate. None of the messages contains sound or anything that was said.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AudioError {
    /// A file could not be read or written.
    #[error("cannot access sound file `{}`: {source}; check that it exists and may be opened", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The bytes do not start like a RIFF/WAVE file.
    #[error("not a WAV file ({0}); convert the sound to WAV first")]
    NotWav(&'static str),
    /// The WAV file breaks its own format.
    #[error("damaged WAV file: {0}; record or convert it again")]
    Damaged(String),
    /// The sound stops before the length that its header promises.
    #[error(
        "truncated WAV file: the header promises {promised} bytes of sound, {found} are there; \
         copy the file again"
    )]
    Truncated {
        /// Bytes that the `data` chunk header claims.
        promised: u64,
        /// Bytes that follow it.
        found: u64,
    },
    /// A well-formed WAV file in an encoding that is not read.
    #[error(
        "unsupported WAV encoding: {0}; use PCM of 8, 16, 24 or 32 bits, or 32- or 64-bit float"
    )]
    Unsupported(String),
    /// The file is well formed but holds no sound.
    #[error("the WAV file holds no sound (0 samples); record it again")]
    Empty,
    /// More sound than is read into memory at once.
    #[error("the sound is too long: {bytes} bytes, at most {limit} are read at once; split it")]
    TooLarge {
        /// Size found.
        bytes: u64,
        /// Largest size accepted.
        limit: u64,
    },
    /// A sample rate outside what speech needs.
    #[error("sample rate {0} Hz is not supported; use {min} to {max} Hz", min = crate::MIN_RATE, max = crate::MAX_RATE)]
    Rate(u32),
    /// A resampler refused its input.
    #[error("resampling failed: {0}")]
    Resample(String),
    /// A wire frame that is not whole 16-bit samples.
    #[error(
        "sound frame of {0} bytes is not a whole number of 16-bit samples; send an even number"
    )]
    OddFrame(usize),
    /// The voice-activity model could not be loaded or run.
    #[error("voice activity model: {0}")]
    Vad(String),
    /// A model file is missing or the runtime did not load.
    #[error(transparent)]
    Model(#[from] tolkebot_models::ModelError),
    /// A microphone or loudspeaker could not be used.
    #[error("sound device: {0}")]
    Device(String),
}
