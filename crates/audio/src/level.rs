//! Loudness, for level meters and for telling a dead microphone from a quiet person.

/// Quietest level that is reported, in dB relative to full scale.
const FLOOR_DB: f32 = -90.0;
/// What a meter shows as empty: room noise of an ordinary office microphone.
const METER_FLOOR_DB: f32 = -60.0;

/// Loudness of a stretch of sound, in dB relative to full scale (0 is the loudest possible).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Root mean square, dBFS, at least −90.
    pub rms_db: f32,
    /// Largest sample, dBFS, at least −90.
    pub peak_db: f32,
    /// True when a sample touches full scale: the microphone is too loud.
    pub clipped: bool,
}

impl Level {
    /// Silence.
    pub const SILENCE: Level = Level {
        rms_db: FLOOR_DB,
        peak_db: FLOOR_DB,
        clipped: false,
    };

    /// Measures samples in `[-1, 1]`. No samples is silence.
    pub fn of(samples: &[f32]) -> Level {
        if samples.is_empty() {
            return Level::SILENCE;
        }
        let (mut sum, mut peak) = (0.0f64, 0.0f32);
        for &s in samples {
            let s = crate::sane(s);
            sum += f64::from(s) * f64::from(s);
            peak = peak.max(s.abs());
        }
        let rms = (sum / samples.len() as f64).sqrt() as f32;
        // 32767/32768: the largest positive 16-bit sample also counts as full scale.
        Level {
            rms_db: db(rms),
            peak_db: db(peak),
            clipped: peak >= 32_767.0 / 32_768.0,
        }
    }

    /// How much of a meter to fill, `0.0..=1.0`: −60 dB is empty, 0 dB is full.
    pub fn fraction(&self) -> f32 {
        ((self.rms_db - METER_FLOOR_DB) / -METER_FLOOR_DB).clamp(0.0, 1.0)
    }
}

fn db(amplitude: f32) -> f32 {
    if amplitude <= 0.0 {
        FLOOR_DB
    } else {
        (20.0 * amplitude.log10()).max(FLOOR_DB)
    }
}

/// A meter that jumps up at once and falls slowly, so that the eye can follow it.
#[derive(Debug, Clone)]
pub struct LevelMeter {
    shown: f32,
    fall_per_sample: f32,
}

impl LevelMeter {
    /// A meter for sound at `rate` Hz that falls from full to empty in `fall_ms` milliseconds.
    pub fn new(rate: u32, fall_ms: u32) -> Self {
        let samples = (f64::from(rate) * f64::from(fall_ms) / 1000.0).max(1.0);
        LevelMeter {
            shown: 0.0,
            fall_per_sample: (1.0 / samples) as f32,
        }
    }

    /// Takes the next sound and returns what to show, `0.0..=1.0`.
    pub fn push(&mut self, samples: &[f32]) -> f32 {
        let fallen = self.shown - self.fall_per_sample * samples.len() as f32;
        self.shown = Level::of(samples).fraction().max(fallen).clamp(0.0, 1.0);
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_scale_sine_is_minus_three_db() {
        let sine: Vec<f32> = (0..16_000)
            .map(|i| (i as f32 / 16_000.0 * 100.0 * std::f32::consts::TAU).sin())
            .collect();
        let level = Level::of(&sine);
        assert!((level.rms_db + 3.01).abs() < 0.02, "{level:?}");
        assert!(level.clipped && level.peak_db.abs() < 0.01);
    }

    #[test]
    fn silence_nothing_and_nonsense_are_the_floor() {
        for samples in [&[][..], &[0.0; 10], &[f32::NAN, f32::INFINITY]] {
            assert_eq!(Level::of(samples), Level::SILENCE);
            assert_eq!(Level::of(samples).fraction(), 0.0);
        }
    }

    #[test]
    fn the_meter_rises_at_once_and_falls_slowly() {
        let mut meter = LevelMeter::new(16_000, 1000);
        let loud = meter.push(&[0.9; 320]);
        assert!(loud > 0.9);
        let next = meter.push(&[0.0; 320]);
        assert!(next < loud && next > loud - 0.03, "{loud} {next}");
        meter.push(&[0.0; 16_000]);
        assert_eq!(meter.push(&[]), 0.0);
    }
}
