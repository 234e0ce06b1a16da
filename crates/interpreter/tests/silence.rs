//! Noise of a counter through the real voice detector and the real recogniser: nobody speaks, so
//! nothing is written.
//!
//! Twelve seconds of each kind; `TOLKEBOT_NOISE_MINUTES=30` for as much as a quiet morning has.

use std::f32::consts::TAU;

use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser};
use tolkebot_audio::{SAMPLE_RATE, SegmentEvent, Segmenter, SegmenterConfig, SileroVad};
use tolkebot_models::{Manifest, Store};
use tolkebot_protocol::Lang;

const RATE: usize = SAMPLE_RATE as usize;

/// Numbers in -1 to 1 from a fixed seed.
struct Random(u32);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as f32 / u32::MAX as f32 * 2.0 - 1.0
    }
}

/// A kind of noise: its sample at a time in seconds, from white noise and from that noise made
/// duller.
type Kind = fn(t: f32, white: f32, dull: f32) -> f32;

/// Every `period` seconds something that rings for `length` seconds.
fn now_and_then(t: f32, period: f32, length: f32) -> f32 {
    let since = t % period;
    if since < length * 5.0 {
        (-since / length).exp()
    } else {
        0.0
    }
}

fn tone(t: f32, hz: f32) -> f32 {
    (TAU * hz * t).sin()
}

const KINDS: [(&str, Kind); 10] = [
    ("room tone", |_, white, dull| 0.002 * white + 0.02 * dull),
    ("hiss", |_, white, _| 0.05 * white),
    ("ventilation", |t, _, dull| {
        (0.2 + 0.03 * tone(t, 0.3)) * dull
    }),
    ("mains hum", |t, white, _| {
        0.05 * (tone(t, 50.0) + 0.5 * tone(t, 150.0) + 0.3 * tone(t, 250.0)) + 0.002 * white
    }),
    ("keyboard", |t, white, _| {
        0.3 * white * (now_and_then(t, 0.23, 0.006) + now_and_then(t + 0.1, 0.37, 0.008))
            + 0.001 * white
    }),
    ("breath", |t, white, dull| {
        (0.05 * white + 0.2 * dull) * tone(t, 0.25).max(0.0).powi(2)
    }),
    ("doors", |t, white, dull| {
        (0.9 * dull + 0.05 * white) * now_and_then(t, 4.3, 0.12) + 0.001 * white
    }),
    ("telephone", |t, white, _| {
        let ring = if t % 4.0 < 1.2 {
            tone(t, 18.0).max(0.0)
        } else {
            0.0
        };
        0.2 * ring * (tone(t, 1400.0) + tone(t, 1150.0)) + 0.001 * white
    }),
    ("music", |t, white, _| {
        let bar = (t * 2.0) as usize;
        let root = [220.0, 261.6, 196.0, 174.6][bar % 4];
        let chord =
            tone(t, root) + tone(t, root * 1.25) + tone(t, root * 1.5) + 0.5 * tone(t, root / 2.0);
        0.1 * chord * (0.4 + now_and_then(t, 0.5, 0.25)) + 0.001 * white
    }),
    ("paper", |t, white, dull| {
        (white - dull) * 0.2 * tone(t, 0.9).max(0.0).powi(3) * (0.5 + 0.5 * tone(t, 23.0))
    }),
];

fn sound(kind: Kind, seconds: usize) -> Vec<f32> {
    let mut random = Random(0x2545_f491);
    let mut dull = 0.0;
    (0..seconds * RATE)
        .map(|i| {
            let white = random.next();
            dull += 0.03 * (white - dull);
            kind(i as f32 / RATE as f32, white, dull * 4.0).clamp(-1.0, 1.0)
        })
        .collect()
}

#[test]
fn nothing_is_written_when_nobody_speaks() {
    let minutes: f32 = std::env::var("TOLKEBOT_NOISE_MINUTES").map_or(2.0, |text| {
        text.parse().expect("TOLKEBOT_NOISE_MINUTES is a number")
    });
    let seconds = (minutes * 60.0) as usize / KINDS.len();
    let store = Store::locate().expect("run `cargo xtask setup`");
    tolkebot_models::onnx::init(&store).expect("run `cargo xtask setup`");
    let manifest = Manifest::embedded().unwrap();
    let profile = manifest.profile("starter").unwrap();
    let vad = store.main_file(&profile.vad).unwrap();
    let mut written = Vec::new();
    for (lang, id) in [(Lang::Da, &profile.asr.da), (Lang::Uk, &profile.asr.uk)] {
        let model = store.main_file(id).unwrap();
        let recogniser = Recogniser::load(model, &AsrConfig::default()).unwrap();
        let mut session = recogniser.session(lang).unwrap();
        for (name, kind) in KINDS {
            let vad = Box::new(SileroVad::load(&vad).unwrap());
            let mut segmenter = Segmenter::new(vad, SegmenterConfig::default());
            let mut events = segmenter.push(&sound(kind, seconds)).unwrap();
            events.extend(segmenter.flush());
            for event in events {
                let SegmentEvent::Ended(segment) = event else {
                    continue;
                };
                for options in [DecodeOptions::partial(), DecodeOptions::settled()] {
                    let heard = session.transcribe(&segment.samples, &options).unwrap();
                    if !heard.text.is_empty() {
                        written.push(format!("{lang} {name}: {}", heard.text));
                    }
                }
            }
        }
    }
    assert!(written.is_empty(), "{written:#?}");
}
