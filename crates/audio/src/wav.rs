//! WAV files: any integer or float PCM in, 16-bit PCM out.
//!
//! The container is read here rather than by a library because counters bring odd files: recorders
//! that stream leave the length at 0 or 2³²−1, phones write 18- and 40-byte format chunks, and a
//! damaged header must never decide how much memory is taken. Format: "Multimedia Programming
//! Interface and Data Specifications 1.0" (1991) with the WAVE_FORMAT_EXTENSIBLE addition.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::resample::resample;
use crate::{AudioError, MAX_RATE, MIN_RATE, SAMPLE_RATE};

/// Largest file that is read: 9 hours at 16 kHz, 16 bit.
const MAX_BYTES: u64 = 1 << 30;
/// More channels than any microphone array that is plugged into a counter.
const MAX_CHANNELS: u16 = 64;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xfffe;

/// Reads a WAV file of any rate and channel count as 16 kHz mono.
///
/// # Errors
/// [`AudioError::Io`] when it cannot be opened, otherwise as [`parse_wav`].
pub fn read_wav(path: impl AsRef<Path>) -> Result<Vec<f32>, AudioError> {
    let path = path.as_ref();
    let io = |source| AudioError::Io {
        path: path.to_path_buf(),
        source,
    };
    let file = fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    // One byte more than the limit tells a file that is too large from one that just fits, also
    // for pipes, which have no length to ask for.
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(AudioError::TooLarge {
            bytes: bytes.len() as u64,
            limit: MAX_BYTES,
        });
    }
    parse_wav(&bytes)
}

/// Decodes the bytes of a WAV file as 16 kHz mono: channels are averaged, other rates resampled.
///
/// # Errors
/// Says whether it is no WAV file, damaged, truncated, unsupported or empty.
pub fn parse_wav(bytes: &[u8]) -> Result<Vec<f32>, AudioError> {
    if bytes.is_empty() {
        return Err(AudioError::NotWav("the file is empty"));
    }
    let (format, data) = find_chunks(bytes)?;
    let mono = decode(&format, data)?;
    if mono.is_empty() {
        return Err(AudioError::Empty);
    }
    resample(&mono, format.rate, SAMPLE_RATE)
}

struct Format {
    float: bool,
    channels: u16,
    rate: u32,
    /// Bytes that one sample of one channel takes.
    width: usize,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Walks the RIFF chunks to the format and the sound.
fn find_chunks(bytes: &[u8]) -> Result<(Format, &[u8]), AudioError> {
    if bytes.get(..4) != Some(b"RIFF") {
        return Err(AudioError::NotWav("it does not start with RIFF"));
    }
    if bytes.get(8..12) != Some(b"WAVE") {
        return Err(AudioError::NotWav("it is RIFF but not WAVE"));
    }
    let mut rest = &bytes[12..];
    let mut format = None;
    loop {
        let (Some(id), Some(size)) = (rest.get(..4), u32_at(rest, 4)) else {
            let missing = if format.is_some() { "data" } else { "fmt" };
            return Err(AudioError::Damaged(format!(
                "it ends before its `{missing}` chunk"
            )));
        };
        let body = &rest[8..];
        let size = size as usize;
        match id {
            b"fmt " => {
                let Some(chunk) = body.get(..size) else {
                    return Err(AudioError::Damaged("it ends inside its `fmt` chunk".into()));
                };
                format = Some(parse_format(chunk)?);
            }
            b"data" => {
                let format = format.ok_or_else(|| {
                    AudioError::Damaged("the `data` chunk comes before `fmt`".into())
                })?;
                return Ok((format, sound_of(body, size)?));
            }
            _ => {}
        }
        // Chunks are padded to even sizes.
        rest = body
            .get(size.saturating_add(size & 1)..)
            .unwrap_or_default();
    }
}

/// The sound bytes: a streaming recorder that could not go back writes 0, 2³¹−1 or 2³²−1 (or thereabouts) as
/// its length, which means "to the end".
fn sound_of(body: &[u8], size: usize) -> Result<&[u8], AudioError> {
    const UNKNOWN: usize = 0x7fff_f000;
    if size >= UNKNOWN || size == 0 {
        return Ok(body);
    }
    body.get(..size).ok_or(AudioError::Truncated {
        promised: size as u64,
        found: body.len() as u64,
    })
}

fn parse_format(chunk: &[u8]) -> Result<Format, AudioError> {
    let short =
        || AudioError::Damaged(format!("`fmt` chunk of {} bytes is too short", chunk.len()));
    let mut tag = u16_at(chunk, 0).ok_or_else(short)?;
    let channels = u16_at(chunk, 2).ok_or_else(short)?;
    let rate = u32_at(chunk, 4).ok_or_else(short)?;
    let block = u16_at(chunk, 12).ok_or_else(short)?;
    let bits = u16_at(chunk, 14).ok_or_else(short)?;
    if tag == EXTENSIBLE {
        // The first two bytes of the sub-format GUID are the plain tag.
        tag = u16_at(chunk, 24).ok_or_else(short)?;
    }
    if channels == 0 || channels > MAX_CHANNELS {
        return Err(AudioError::Damaged(format!("{channels} channels")));
    }
    if !(MIN_RATE..=MAX_RATE).contains(&rate) {
        return Err(AudioError::Rate(rate));
    }
    let float = match tag {
        PCM => false,
        FLOAT => true,
        other => return Err(AudioError::Unsupported(format!("format tag {other:#06x}"))),
    };
    // 24 bits may sit in 4-byte containers, so the block size decides, not the bit count.
    let width = usize::from(block / channels);
    let known = matches!((float, width), (false, 1..=4) | (true, 4 | 8));
    if !known || block % channels != 0 || bits == 0 || usize::from(bits) > width * 8 {
        let kind = if float { "float" } else { "integer" };
        return Err(AudioError::Unsupported(format!(
            "{bits}-bit {kind}, {block}-byte frames of {channels} channels"
        )));
    }
    Ok(Format {
        float,
        channels,
        rate,
        width,
    })
}

/// Whole frames, averaged over channels. A last partial frame is dropped.
fn decode(format: &Format, data: &[u8]) -> Result<Vec<f32>, AudioError> {
    let channels = usize::from(format.channels);
    let frame = format.width * channels;
    let mut mono = Vec::new();
    mono.try_reserve_exact(data.len() / frame)
        .map_err(|_| AudioError::TooLarge {
            bytes: data.len() as u64,
            limit: MAX_BYTES,
        })?;
    for frame in data.chunks_exact(frame) {
        let sum: f32 = frame
            .chunks_exact(format.width)
            .map(|s| sample(s, format.float))
            .sum();
        mono.push(crate::sane(sum / channels as f32));
    }
    Ok(mono)
}

/// One sample, full scale = 1. Integers are left-aligned in 32 bits first, which makes all widths
/// one case; 8 bits are unsigned by the format's rule.
fn sample(bytes: &[u8], float: bool) -> f32 {
    let value = match (bytes, float) {
        (&[a, b, c, d], true) => f32::from_le_bytes([a, b, c, d]),
        (&[a, b, c, d, e, f, g, h], true) => f64::from_le_bytes([a, b, c, d, e, f, g, h]) as f32,
        (&[a], _) => (f32::from(a) - 128.0) / 128.0,
        (&[a, b], _) => i32::from_le_bytes([0, 0, a, b]) as f32 / 2_147_483_648.0,
        (&[a, b, c], _) => i32::from_le_bytes([0, a, b, c]) as f32 / 2_147_483_648.0,
        (&[a, b, c, d], _) => i32::from_le_bytes([a, b, c, d]) as f32 / 2_147_483_648.0,
        _ => 0.0,
    };
    crate::sane(value)
}

/// Encodes mono samples at `rate` Hz as a 16-bit PCM WAV file.
///
/// # Errors
/// [`AudioError::Rate`] for a rate outside [`MIN_RATE`]..=[`MAX_RATE`], [`AudioError::TooLarge`]
/// when the sound does not fit a WAV file.
pub fn encode_wav(samples: &[f32], rate: u32) -> Result<Vec<u8>, AudioError> {
    if !(MIN_RATE..=MAX_RATE).contains(&rate) {
        return Err(AudioError::Rate(rate));
    }
    let bytes = samples.len() as u64 * 2;
    if bytes > MAX_BYTES {
        return Err(AudioError::TooLarge {
            bytes,
            limit: MAX_BYTES,
        });
    }
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let failed = |e: hound::Error| AudioError::Damaged(format!("cannot be encoded: {e}"));
    let mut out = Cursor::new(Vec::with_capacity(44 + samples.len() * 2));
    let mut writer = hound::WavWriter::new(&mut out, spec).map_err(failed)?;
    for &s in samples {
        writer.write_sample(crate::pcm::to_i16(s)).map_err(failed)?;
    }
    writer.finalize().map_err(failed)?;
    Ok(out.into_inner())
}

/// Writes mono samples at `rate` Hz as a 16-bit PCM WAV file, replacing what was there.
///
/// # Errors
/// [`AudioError::Io`] when the file cannot be written, otherwise as [`encode_wav`].
pub fn write_wav(path: impl AsRef<Path>, samples: &[f32], rate: u32) -> Result<(), AudioError> {
    let path = path.as_ref();
    fs::write(path, encode_wav(samples, rate)?).map_err(|source| AudioError::Io {
        path: path.to_path_buf(),
        source,
    })
}
