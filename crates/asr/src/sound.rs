//! Looking at sound before (and beside) recognising it. All sound is 16 kHz mono.

use std::ops::Range;

use crate::AsrError;

/// Samples per second.
pub(crate) const RATE: usize = 16_000;
/// Samples of the frames in which levels are measured: 20 ms.
const FRAME: usize = 320;
/// Nobody says a word in less than 100 ms.
const SHORTEST: usize = RATE / 10;
/// Levels beyond this are not floats between -1 and 1 with some overshoot.
const LARGEST: f32 = 8.0;
/// Speech at a counter's microphone is far above this level (-60 dB).
const AUDIBLE: f32 = 0.001;

/// What the levels of a sound say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Levels {
    /// Root mean square of the loudest 100 ms: as long as a short word.
    pub peak: f32,
    /// How many times those are above the quiet frames. Steady noise has about 1,
    /// speech, which rises and falls with its syllables, 5 and more.
    pub contrast: f32,
    /// Length of the frames that may be speech, in ms.
    pub voiced_ms: u64,
}

/// Refuses what is no sound.
pub(crate) fn check(samples: &[f32]) -> Result<(), AsrError> {
    match samples.iter().position(|s| s.is_nan() || s.abs() > LARGEST) {
        Some(index) => Err(AsrError::Sample {
            index,
            value: samples[index],
        }),
        None => Ok(()),
    }
}

/// Whether there is too little sound for a word.
pub(crate) fn is_too_short(samples: &[f32]) -> bool {
    samples.len() < SHORTEST
}

pub(crate) fn levels(samples: &[f32]) -> Levels {
    let frames: Vec<f32> = samples.chunks_exact(FRAME).map(level).collect();
    let mut sorted = frames.clone();
    sorted.sort_by(f32::total_cmp);
    let at = |share: f32| {
        let index = (share * sorted.len().saturating_sub(1) as f32).round() as usize;
        sorted.get(index).copied().unwrap_or(0.0)
    };
    let quiet = at(0.1);
    let peak = sorted
        .iter()
        .rev()
        .take(5)
        .next_back()
        .copied()
        .unwrap_or(0.0);
    let threshold = AUDIBLE.max(peak * 0.1);
    let voiced = frames.iter().filter(|&&frame| frame > threshold).count();
    Levels {
        peak,
        contrast: peak / quiet.max(1e-6),
        voiced_ms: (voiced * FRAME * 1000 / RATE) as u64,
    }
}

impl Levels {
    /// Nothing that a microphone would hear.
    pub fn is_silent(&self) -> bool {
        self.peak < AUDIBLE
    }

    /// A hum, a fan, hiss: as loud at every moment.
    pub fn is_steady(&self) -> bool {
        self.contrast < 1.5
    }
}

fn level(samples: &[f32]) -> f32 {
    let sum: f32 = samples.iter().map(|s| s * s).sum();
    (sum / samples.len().max(1) as f32).sqrt()
}

/// First and last moment that may be speech, in ms.
pub(crate) fn voiced_range(samples: &[f32]) -> Range<u64> {
    let threshold = AUDIBLE.max(levels(samples).peak * 0.1);
    let voiced = |frame: &[f32]| level(frame) > threshold;
    let ms = |samples: usize| (samples * 1000 / RATE) as u64;
    let first = samples.chunks(FRAME).position(voiced);
    let last = samples.chunks(FRAME).rposition(voiced);
    match (first, last) {
        (Some(first), Some(last)) => ms(first * FRAME)..ms(((last + 1) * FRAME).min(samples.len())),
        _ => 0..ms(samples.len()),
    }
}

/// Cuts sound into windows of at most `most` samples, each cut at the quietest moment of the
/// window's last third.
pub(crate) fn windows(samples: &[f32], most: usize) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    let mut start = 0;
    while samples.len() - start > most {
        let from = start + most * 2 / 3;
        let end = quietest(samples, from..start + most);
        windows.push(start..end);
        start = end;
    }
    windows.push(start..samples.len());
    windows
}

/// The middle of the quietest 200 ms of a range.
fn quietest(samples: &[f32], range: Range<usize>) -> usize {
    const PAUSE: usize = RATE / 5;
    let step = FRAME;
    (range.start..range.end.saturating_sub(PAUSE))
        .step_by(step)
        .map(|at| (level(&samples[at..at + PAUSE]), at + PAUSE / 2))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(range.end, |(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(samples: usize, level: f32) -> Vec<f32> {
        (0..samples)
            .map(|i| level * (i as f32 * 0.3).sin())
            .collect()
    }

    #[test]
    fn what_is_no_sound_is_refused_with_its_place() {
        for bad in [f32::NAN, f32::INFINITY, -200.0] {
            let error = check(&[0.0, bad]).unwrap_err();
            assert!(
                matches!(error, AsrError::Sample { index: 1, .. }),
                "{error}"
            );
        }
        check(&[0.0, 1.2, -1.0]).unwrap();
        check(&[]).unwrap();
    }

    #[test]
    fn silence_hum_and_syllables_differ() {
        assert!(levels(&[]).is_silent());
        assert!(levels(&vec![0.0; RATE]).is_silent());
        assert!(levels(&tone(RATE, 0.1)).is_steady());
        let syllables: Vec<f32> = (0..8)
            .flat_map(|i| tone(RATE / 8, if i % 2 == 0 { 0.2 } else { 0.01 }))
            .collect();
        let levels = levels(&syllables);
        assert!(!levels.is_silent() && !levels.is_steady(), "{levels:?}");
        assert!((400..=620).contains(&levels.voiced_ms), "{levels:?}");
    }

    #[test]
    fn speech_begins_and_ends_where_it_is_loud() {
        let mut sound = vec![0.0; RATE];
        sound.extend(tone(RATE, 0.3));
        sound.extend(vec![0.0; RATE / 2]);
        assert_eq!(voiced_range(&sound), 1000..2000);
        assert_eq!(voiced_range(&vec![0.0; RATE]), 0..1000);
    }

    #[test]
    fn long_sound_is_cut_in_its_pauses_and_nothing_is_lost() {
        let mut sound = tone(RATE * 8, 0.3);
        sound.extend(vec![0.0; RATE / 2]);
        sound.extend(tone(RATE * 12, 0.3));
        let windows = windows(&sound, RATE * 10);
        assert_eq!(windows.first().unwrap().start, 0);
        assert_eq!(windows.last().unwrap().end, sound.len());
        assert!(windows.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(
            windows
                .iter()
                .all(|w| w.len() <= RATE * 10 && !w.is_empty())
        );
        assert!(
            (RATE * 8..RATE * 8 + RATE / 2).contains(&windows[0].end),
            "{windows:?}"
        );
    }

    #[test]
    fn short_sound_is_one_window() {
        assert_eq!(windows(&[0.0; 100], 1000), vec![0..100; 1]);
        assert_eq!(windows(&[], 1000), vec![0..0; 1]);
    }
}
