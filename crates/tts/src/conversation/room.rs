//! A quiet office around a voice: reflections from near walls and the hiss of a ventilated room,
//! so that what listens is tested on more than studio sound.

use tolkebot_audio::SAMPLE_RATE;

const RATE: f32 = SAMPLE_RATE as f32;

/// How the room sounds.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomOptions {
    /// Two conversations with the same seed are recorded in the same room.
    pub seed: u64,
    /// Loudness of speech, dBFS (root mean square over the whole turn).
    pub speech_db: f32,
    /// Loudness of the room's noise, dBFS.
    pub noise_db: f32,
    /// Loudness of all reflections together, relative to the voice, dB; `-inf` for none.
    pub echo_db: f32,
    /// Silence before and after the speech, milliseconds.
    pub lead_ms: u32,
    /// Silence after the speech, milliseconds: long enough for a segmenter to see the pause.
    pub tail_ms: u32,
}

impl Default for RoomOptions {
    fn default() -> Self {
        RoomOptions {
            seed: 1,
            speech_db: -24.0,
            noise_db: -60.0,
            echo_db: -18.0,
            lead_ms: 300,
            tail_ms: 800,
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In `[0, 1)`.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// In `[-1, 1)`.
    fn signed(&mut self) -> f32 {
        2.0 * self.unit() - 1.0
    }
}

fn gain(db: f32) -> f32 {
    if db.is_finite() {
        10f32.powf(db / 20.0)
    } else {
        0.0
    }
}

fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32).sqrt()
}

/// Speech (16 kHz) as the microphone on the counter hears it. `turn` varies the noise.
pub(super) fn record(speech: &[f32], options: &RoomOptions, turn: u32) -> Vec<f32> {
    let samples = |ms: u32| (ms.min(60_000) as f32 / 1000.0 * RATE) as usize;
    let lead = samples(options.lead_ms);
    let loudness = rms(speech);
    let volume = if loudness > 0.0 {
        gain(options.speech_db) / loudness
    } else {
        0.0
    };

    let mut out = vec![0.0; lead + speech.len() + samples(options.tail_ms)];
    for (delay, strength) in reflections(options) {
        for (to, &s) in out[lead..].iter_mut().skip(delay).zip(speech) {
            *to += strength * volume * s;
        }
    }
    let mut noise = room_noise(options.seed ^ u64::from(turn).rotate_left(32), out.len());
    let level = gain(options.noise_db) / rms(&noise).max(f32::MIN_POSITIVE);
    for (to, n) in out.iter_mut().zip(&mut noise) {
        *to += level * *n;
    }
    // Loud peaks are rounded off rather than clipped, as a microphone's gain control does.
    out.iter()
        .map(|s| s.clamp(-2.0, 2.0))
        .map(|s| if s.abs() > 0.7 { soft(s) } else { s })
        .collect()
}

fn soft(s: f32) -> f32 {
    s.signum() * (0.7 + 0.29 * ((s.abs() - 0.7) / 0.29).tanh())
}

/// The direct sound and 40 reflections that thin out over 120 ms: `(delay in samples, strength)`.
fn reflections(options: &RoomOptions) -> Vec<(usize, f32)> {
    let mut random = Random(options.seed);
    let mut taps: Vec<(usize, f32)> = (0..40)
        .map(|_| {
            // Denser late, weaker late: −60 dB after 250 ms.
            let seconds = 0.004 + 0.116 * random.unit().sqrt();
            let strength = random.signed() * 10f32.powf(-3.0 * seconds / 0.25);
            ((seconds * RATE) as usize, strength)
        })
        .collect();
    let energy = taps.iter().map(|(_, s)| s * s).sum::<f32>().sqrt();
    let scale = gain(options.echo_db) / energy.max(f32::MIN_POSITIVE);
    taps.iter_mut().for_each(|(_, s)| *s *= scale);
    taps.push((0, 1.0));
    taps
}

/// Noise that falls off towards high frequencies, as ventilation does.
fn room_noise(seed: u64, len: usize) -> Vec<f32> {
    let mut random = Random(seed);
    let mut low = 0.0;
    (0..len)
        .map(|_| {
            let white = random.signed();
            low += 0.1 * (white - low);
            low + 0.15 * white
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech() -> Vec<f32> {
        (0..16_000).map(|i| 0.05 * (i as f32 * 0.2).sin()).collect()
    }

    #[test]
    fn levels_lengths_and_repeatability_are_as_asked() {
        let options = RoomOptions::default();
        let out = record(&speech(), &options, 1);
        assert_eq!(out.len(), 4_800 + 16_000 + 12_800);
        let db = |sound: &[f32]| 20.0 * rms(sound).log10();
        assert!(
            (db(&out[..4_000]) - options.noise_db).abs() < 1.5,
            "{}",
            db(&out[..4_000])
        );
        assert!((db(&out[4_800..20_800]) - options.speech_db).abs() < 1.5);
        assert!(
            db(&out[4_800 + 16_000 + 2_400..]) < -55.0,
            "the echo dies away"
        );
        assert_eq!(out, record(&speech(), &options, 1));
        assert_ne!(out, record(&speech(), &options, 2));
        assert_ne!(
            out,
            record(&speech(), &RoomOptions { seed: 2, ..options }, 1)
        );
    }

    #[test]
    fn silence_loudness_and_no_room_do_no_harm() {
        let dry = RoomOptions {
            noise_db: f32::NEG_INFINITY,
            echo_db: f32::NEG_INFINITY,
            speech_db: 20.0,
            ..RoomOptions::default()
        };
        let out = record(&speech(), &dry, 1);
        assert!(out[..4_800].iter().all(|&s| s == 0.0));
        assert!(out.iter().all(|s| s.abs() < 1.0));
        assert!(record(&[], &dry, 1).iter().all(|&s| s == 0.0));
    }
}
