//! The resampler: exact lengths, alignment, the same result however the stream is cut, no aliases.

use std::f32::consts::TAU;

use proptest::prelude::*;
use tolkebot_audio::{AudioError, Resampler, resample};

fn tone(hz: f32, rate: u32, len: usize) -> Vec<f32> {
    (0..len)
        .map(|i| 0.5 * (TAU * hz * i as f32 / rate as f32).sin())
        .collect()
}

fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32).sqrt()
}

#[test]
fn keeps_what_both_rates_can_carry_in_place() {
    for (from, to) in [
        (48_000, 16_000),
        (44_100, 16_000),
        (8_000, 16_000),
        (24_000, 16_000),
    ] {
        let out = resample(&tone(1000.0, from, from as usize), from, to).unwrap();
        let want = tone(1000.0, to, to as usize);
        for i in 300..to as usize - 300 {
            assert!(
                (out[i] - want[i]).abs() < 0.005,
                "{from}→{to} at {i}: {} {}",
                out[i],
                want[i]
            );
        }
    }
}

#[test]
fn removes_what_the_lower_rate_cannot_carry() {
    // 11 kHz folds to 5 kHz at 16 kHz if it is not filtered out.
    let out = resample(&tone(11_000.0, 48_000, 48_000), 48_000, 16_000).unwrap();
    assert!(rms(&out[300..15_700]) < 0.001, "{}", rms(&out[300..15_700]));
}

#[test]
fn delays_a_stream_by_little() {
    let mut resampler = Resampler::new(48_000, 16_000).unwrap();
    let given: usize = (0..50)
        .map(|_| resampler.push(&[0.1; 960]).unwrap().len())
        .sum();
    // One second went in; at most 20 ms may be held back.
    assert!(given >= 16_000 - 320, "{given}");
}

#[test]
fn starts_afresh_after_the_end() {
    let sound = tone(300.0, 44_100, 5000);
    let mut resampler = Resampler::new(44_100, 16_000).unwrap();
    let mut whole = || {
        let mut out = resampler.push(&sound).unwrap();
        out.extend(resampler.finish().unwrap());
        out
    };
    assert_eq!(whole(), whole());
}

#[test]
fn refuses_senseless_rates() {
    for (from, to) in [(0, 16_000), (16_000, 0), (16_000, u32::MAX), (999, 16_000)] {
        assert!(
            matches!(Resampler::new(from, to), Err(AudioError::Rate(_))),
            "{from} {to}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn length_is_exact_and_cutting_the_stream_changes_nothing(
        from in prop::sample::select(vec![8_000u32, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000]),
        to in prop::sample::select(vec![8_000u32, 16_000, 22_050, 48_000]),
        len in 0usize..6000,
        cuts in prop::collection::vec(0usize..6000, 0..6),
    ) {
        let sound = tone(440.0, from, len);
        let whole = resample(&sound, from, to).unwrap();
        let exact = (len as u64 * u64::from(to) + u64::from(from) / 2) / u64::from(from);
        prop_assert_eq!(whole.len() as u64, exact);

        let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(len)).chain([0, len]).collect();
        cuts.sort_unstable();
        let mut resampler = Resampler::new(from, to).unwrap();
        let mut pieces = Vec::new();
        for pair in cuts.windows(2) {
            pieces.extend(resampler.push(&sound[pair[0]..pair[1]]).unwrap());
        }
        pieces.extend(resampler.finish().unwrap());
        prop_assert_eq!(pieces, whole);
    }
}
