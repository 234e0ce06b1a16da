//! Whisper's mel filter bank, computed.
//!
//! Triangles on Slaney's mel scale (M. Slaney, Auditory Toolbox, 1998): linear below 1 kHz at
//! 200/3 Hz a mel, logarithmic above at 27 mels for a factor of 6.4; each triangle is scaled to
//! the same area. Whisper's own filters are those of 16 kHz, a 400-point transform and this scale.

/// Points of Whisper's Fourier transform.
const TRANSFORM: usize = 400;
/// Bins of its result.
pub(super) const BINS: usize = TRANSFORM / 2 + 1;
/// Samples per second.
const RATE: f64 = 16_000.0;

const LINEAR_HZ: f64 = 200.0 / 3.0;
const BREAK_HZ: f64 = 1_000.0;
const BREAK_MEL: f64 = BREAK_HZ / LINEAR_HZ;

fn log_step() -> f64 {
    6.4f64.ln() / 27.0
}

fn to_mel(hz: f64) -> f64 {
    if hz < BREAK_HZ {
        hz / LINEAR_HZ
    } else {
        BREAK_MEL + (hz / BREAK_HZ).ln() / log_step()
    }
}

fn to_hz(mel: f64) -> f64 {
    if mel < BREAK_MEL {
        mel * LINEAR_HZ
    } else {
        BREAK_HZ * ((mel - BREAK_MEL) * log_step()).exp()
    }
}

/// `bands` × [`BINS`] filters, row-major.
pub(super) fn filters(bands: usize) -> Vec<f32> {
    let top = to_mel(RATE / 2.0);
    let edges: Vec<f64> = (0..bands + 2)
        .map(|i| to_hz(top * i as f64 / (bands + 1) as f64))
        .collect();
    let mut filters = Vec::with_capacity(bands * BINS);
    for band in 0..bands {
        let (low, middle, high) = (edges[band], edges[band + 1], edges[band + 2]);
        for bin in 0..BINS {
            let hz = bin as f64 * RATE / TRANSFORM as f64;
            let rising = (hz - low) / (middle - low);
            let falling = (high - hz) / (high - middle);
            filters.push((rising.min(falling).max(0.0) * 2.0 / (high - low)) as f32);
        }
    }
    filters
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of the filters that Whisper is published with.
    #[test]
    fn filters_are_whispers() {
        for (bands, band, bin, value) in PUBLISHED {
            let computed = filters(bands)[band * BINS + bin];
            assert!(
                (computed - value).abs() < 1e-7,
                "{bands} {band} {bin}: {computed} {value}"
            );
        }
    }

    #[test]
    fn no_band_is_empty_and_nothing_is_negative() {
        for bands in [80, 128] {
            let all = filters(bands);
            assert_eq!(all.len(), bands * BINS);
            assert!(all.iter().all(|&value| value >= 0.0));
            assert!(
                all.chunks(BINS)
                    .all(|band| band.iter().any(|&value| value > 0.0))
            );
        }
    }

    /// Bands, band, bin, value.
    const PUBLISHED: [(usize, usize, usize, f32); 10] = [
        (80, 0, 1, 0.024_862_595),
        (80, 1, 2, 0.022_871_772),
        (80, 26, 25, 0.022_114_217),
        (80, 40, 43, 0.014_735_566),
        (80, 79, 192, 0.003_164_711_9),
        (128, 0, 1, 0.012_373_986),
        (128, 1, 1, 0.030_392_565),
        (128, 42, 25, 0.031_611_46),
        (128, 64, 43, 0.018_091_518),
        (128, 127, 195, 0.005_041_602),
    ];
}
