//! Sound: WAV files, wire frames, sample rates and where speech begins and ends.
//!
//! All sound inside is `f32`, mono, [`SAMPLE_RATE`] Hz, in `[-1, 1]`. Times are milliseconds since
//! the start of a stream, counted in samples (`u64`), never from a clock.
//!
//! | module | what it does |
//! |---|---|
//! | `wav` | any WAV file or bytes → sound, sound → WAV |
//! | `resample` | a streaming band-limited [`Resampler`] |
//! | `pcm` | 16-bit little-endian frames as they travel on the wire |
//! | `vad` | [`VoiceActivity`] and its model, [`SileroVad`] |
//! | `segment` | [`Segmenter`]: a stream → [`Segment`]s of speech |
//! | `level` | loudness for a level meter |
//! | `device` | microphone and loudspeaker (feature `device`) |
//!
//! Speech is personal data: buffers that this crate keeps are overwritten when dropped
//! ([`SoundBuffer`]).

#[cfg(feature = "device")]
mod device;
mod error;
mod level;
mod pcm;
mod resample;
mod segment;
mod vad;
mod wav;

#[cfg(feature = "device")]
pub use device::{Loudspeaker, Microphone, input_devices, output_devices};
pub use error::AudioError;
pub use level::{Level, LevelMeter};
pub use pcm::{decode_pcm16, encode_pcm16};
pub use resample::{Resampler, resample};
pub use segment::{Segment, SegmentEvent, Segmenter, SegmenterConfig};
pub use vad::{FRAME, SileroVad, VoiceActivity};
pub use wav::{encode_wav, parse_wav, read_wav, write_wav};

/// Samples per second of all sound inside TolkeBOT.
pub const SAMPLE_RATE: u32 = 16_000;
/// Lowest sample rate that is accepted, in Hz.
pub const MIN_RATE: u32 = 1_000;
/// Highest sample rate that is accepted, in Hz.
pub const MAX_RATE: u32 = 768_000;

/// Samples that are overwritten with zeros when dropped. Derefs to `Vec<f32>`.
pub type SoundBuffer = zeroize::Zeroizing<Vec<f32>>;

/// A sample that arithmetic and models can bear: NaN and infinities become silence, the rest is
/// held to `[-1, 1]`.
fn sane(sample: f32) -> f32 {
    if sample.is_finite() {
        sample.clamp(-1.0, 1.0)
    } else {
        0.0
    }
}
