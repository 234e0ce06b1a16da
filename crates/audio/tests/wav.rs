//! WAV reading: every encoding gives the same sound, and no bytes make it panic or take memory
//! that the file does not have.

use std::f32::consts::TAU;

use proptest::prelude::*;
use tolkebot_audio::{AudioError, SAMPLE_RATE, encode_wav, parse_wav, read_wav, write_wav};

/// A second of 440 Hz at half scale.
fn tone(rate: u32) -> Vec<f32> {
    (0..rate)
        .map(|i| 0.5 * (TAU * 440.0 * i as f32 / rate as f32).sin())
        .collect()
}

struct Wav {
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
    extensible: bool,
}

impl Wav {
    fn header(&self, data_len: u32) -> Vec<u8> {
        let block = self.channels * self.bits.div_ceil(8);
        let mut fmt = Vec::new();
        let tag = if self.extensible { 0xfffe } else { self.tag };
        for v in [tag, self.channels] {
            fmt.extend(v.to_le_bytes());
        }
        fmt.extend(self.rate.to_le_bytes());
        fmt.extend((self.rate.wrapping_mul(block.into())).to_le_bytes());
        for v in [block, self.bits] {
            fmt.extend(v.to_le_bytes());
        }
        if self.extensible {
            fmt.extend(22u16.to_le_bytes());
            fmt.extend(self.bits.to_le_bytes());
            fmt.extend(3u32.to_le_bytes());
            fmt.extend(self.tag.to_le_bytes());
            fmt.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
        }
        let mut out = b"RIFF".to_vec();
        out.extend(0xffff_ffffu32.to_le_bytes());
        out.extend(b"WAVE");
        // An odd-sized chunk that readers must skip, with its padding byte.
        out.extend(b"LIST\x05\0\0\0abcde\0");
        out.extend(b"fmt ");
        out.extend((fmt.len() as u32).to_le_bytes());
        out.extend(fmt);
        out.extend(b"data");
        out.extend(data_len.to_le_bytes());
        out
    }

    fn encode(&self, samples: &[f32]) -> Vec<u8> {
        let mut data = Vec::new();
        for &s in samples {
            for _ in 0..self.channels {
                let int = |bits: u32| (f64::from(s) * f64::from(1u32 << (bits - 1))) as i64;
                match (self.tag, self.bits) {
                    (3, 64) => data.extend(f64::from(s).to_le_bytes()),
                    (3, _) => data.extend(s.to_le_bytes()),
                    (_, 8) => data.push((int(8) + 128) as u8),
                    (_, bits) => data
                        .extend(&int(bits.into()).to_le_bytes()[..usize::from(bits).div_ceil(8)]),
                }
            }
        }
        let mut out = self.header(data.len() as u32);
        out.extend(data);
        out
    }
}

fn assert_same_sound(got: &[f32], tolerance: f32, what: &str) {
    let want = tone(SAMPLE_RATE);
    assert!(
        got.len().abs_diff(want.len()) <= 1,
        "{what}: {} samples",
        got.len()
    );
    // The filter rings at the two ends, where the tone starts and stops.
    for i in 200..15_800 {
        assert!(
            (got[i] - want[i]).abs() < tolerance,
            "{what}: {} at {i}, not {}",
            got[i],
            want[i]
        );
    }
}

#[test]
fn every_encoding_rate_and_channel_count_gives_the_same_sound() {
    let encodings = [
        (1, 8, 0.02),
        (1, 16, 0.004),
        (1, 24, 0.004),
        (1, 32, 0.004),
        (3, 32, 0.004),
    ];
    for (tag, bits, tolerance) in encodings.into_iter().chain([(3, 64, 0.004)]) {
        for (channels, rate, extensible) in [
            (1, 16_000, false),
            (2, 16_000, true),
            (2, 44_100, false),
            (1, 8_000, true),
            (6, 48_000, true),
        ] {
            let wav = Wav {
                tag,
                channels,
                rate,
                bits,
                extensible,
            };
            let got = parse_wav(&wav.encode(&tone(rate))).unwrap();
            assert_same_sound(
                &got,
                tolerance,
                &format!("{tag}/{bits} bit/{channels}ch/{rate} Hz"),
            );
        }
    }
}

#[test]
fn what_is_written_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    write_wav(&path, &tone(48_000), 48_000).unwrap();
    assert_same_sound(&read_wav(&path).unwrap(), 0.004, "48 kHz file");
    assert_eq!(
        hound::WavReader::open(&path).unwrap().spec().sample_rate,
        48_000
    );
}

#[test]
fn says_what_is_wrong_with_a_file() {
    let plain = Wav {
        tag: 1,
        channels: 1,
        rate: 16_000,
        bits: 16,
        extensible: false,
    };
    let good = plain.encode(&tone(16_000));
    let says = |bytes: &[u8]| parse_wav(bytes).unwrap_err().to_string();

    assert!(says(b"").contains("empty"));
    assert!(says(b"ID3\x03 an mp3 file").contains("not a WAV file"));
    assert!(says(b"RIFF\0\0\0\0AVI LIST").contains("not WAVE"));
    assert!(matches!(
        parse_wav(&good[..good.len() / 2]),
        Err(AudioError::Truncated {
            promised: 32_000,
            ..
        })
    ));
    assert!(says(&good[..30]).contains("`fmt`"), "{}", says(&good[..30]));
    assert!(matches!(
        parse_wav(&plain.encode(&[])),
        Err(AudioError::Empty)
    ));
    for (wav, what) in [
        (
            Wav {
                channels: 0,
                ..plain
            },
            "0 channels",
        ),
        (Wav { rate: 0, ..plain }, "0 Hz"),
        (
            Wav {
                rate: u32::MAX,
                ..plain
            },
            "4294967295 Hz",
        ),
        (Wav { tag: 2, ..plain }, "0x0002"),
        (Wav { bits: 0, ..plain }, "0-bit"),
        (Wav { tag: 3, ..plain }, "16-bit float"),
    ] {
        // A zero channel count or bit depth cannot be encoded, only declared.
        let mut bytes = wav.header(4);
        bytes.extend([0; 4]);
        let message = says(&bytes);
        assert!(message.contains(what), "{message:?} does not say {what}");
    }
    let missing = read_wav("/nowhere/a.wav").unwrap_err().to_string();
    assert!(missing.contains("/nowhere/a.wav"), "{missing}");
    assert!(encode_wav(&[0.0], 0).is_err());
}

#[test]
fn a_stream_of_unknown_length_is_read_to_its_end() {
    let plain = Wav {
        tag: 1,
        channels: 1,
        rate: 16_000,
        bits: 16,
        extensible: false,
    };
    let whole = plain.encode(&tone(16_000));
    for length in [u32::MAX, 0xffff_f000, 0x7fff_ffff, 0x7fff_f000, 0] {
        let mut streamed = plain.header(length);
        streamed.extend(&whole[plain.header(0).len()..]);
        let streamed = parse_wav(&streamed).unwrap();
        assert_same_sound(&streamed, 0.004, &format!("{length:#x}"));
    }
}

#[test]
fn ten_megabytes_of_garbage_are_refused() {
    let mut seed = 1u32;
    let mut garbage: Vec<u8> = (0..10 << 20)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        })
        .collect();
    assert!(parse_wav(&garbage).is_err());
    garbage[..12].copy_from_slice(b"RIFF\xff\xff\xff\xffWAVE");
    assert!(parse_wav(&garbage).is_err());
}

#[test]
fn not_a_number_is_silence() {
    let wav = Wav {
        tag: 3,
        channels: 1,
        rate: 16_000,
        bits: 32,
        extensible: false,
    };
    let got = parse_wav(&wav.encode(&[f32::NAN, f32::INFINITY, 7.0, -0.5])).unwrap();
    assert_eq!(got, [0.0, 0.0, 1.0, -0.5]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse_wav(&bytes);
    }

    #[test]
    fn no_damage_to_a_good_file_makes_it_panic(
        at in 0usize..90, value in any::<u8>(), keep in 0usize..400,
    ) {
        let wav = Wav { tag: 1, channels: 2, rate: 16_000, bits: 16, extensible: true };
        let mut bytes = wav.encode(&[0.25; 80]);
        bytes[at] = value;
        bytes.truncate(keep);
        if let Ok(sound) = parse_wav(&bytes) {
            // At most 768 kHz may be claimed, so sound only ever shrinks or grows 16-fold.
            prop_assert!(sound.len() <= bytes.len() * 16);
        }
    }
}
