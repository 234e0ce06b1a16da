//! How long listeners wait.

use serde::{Deserialize, Serialize};

/// The wait in one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lag {
    /// Number of the turn.
    pub turn: u32,
    /// Milliseconds from the end of the speech to what the listener waited for (the settled
    /// translation, or its first sound: the caller says which).
    pub ms: u64,
}

/// Waits of a conversation, in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LagStats {
    /// Number of waits.
    pub count: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Median.
    pub p50: u64,
    /// Ninety-fifth percentile.
    pub p95: u64,
    /// Longest wait.
    pub max: u64,
    /// The waits in order of their turns.
    pub turns: Vec<Lag>,
}

impl LagStats {
    /// Percentiles by nearest rank (the ⌈p·n⌉-th smallest; Hyndman and Fan 1996, definition 1), so
    /// that every figure is a wait that somebody had. All zero without waits.
    pub fn of(lags: impl IntoIterator<Item = Lag>) -> LagStats {
        let mut turns: Vec<Lag> = lags.into_iter().collect();
        turns.sort_by_key(|l| (l.turn, l.ms));
        let mut sorted: Vec<u64> = turns.iter().map(|l| l.ms).collect();
        sorted.sort_unstable();
        let count = sorted.len();
        let percentile = |p: usize| {
            let rank = (p * count).div_ceil(100).max(1);
            sorted.get(rank - 1).copied().unwrap_or(0)
        };
        let sum: f64 = sorted.iter().map(|&ms| ms as f64).sum();
        LagStats {
            count,
            mean: if count == 0 { 0.0 } else { sum / count as f64 },
            p50: percentile(50),
            p95: percentile(95),
            max: sorted.last().copied().unwrap_or(0),
            turns,
        }
    }
}

/// Length-adaptive average lagging (Papi et al. 2022), in the unit of its input:
/// `1/τ · Σᵢ₌₁..τ (dᵢ − (i − 1) · |X| / max(|Y|, |Y*|))`, where τ is the first target word
/// written when the whole source had been heard.
///
/// `delays[i]` is how much of the source (say, milliseconds) had been heard when target word `i`
/// was written; `source` is all of it (|X|), `reference_words` the length of the reference (|Y*|).
/// `None` without target words or without a source.
pub fn laal(delays: &[f64], source: f64, reference_words: usize) -> Option<f64> {
    if delays.is_empty() || source.is_nan() || source <= 0.0 {
        return None;
    }
    let tau = delays
        .iter()
        .position(|&d| d >= source)
        .map_or(delays.len(), |at| at + 1);
    let step = source / delays.len().max(reference_words) as f64;
    let sum: f64 = delays[..tau]
        .iter()
        .enumerate()
        .map(|(i, d)| d - i as f64 * step)
        .sum();
    Some(sum / tau as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stats(waits: &[u64]) -> LagStats {
        LagStats::of(
            waits
                .iter()
                .enumerate()
                .map(|(n, &ms)| Lag { turn: n as u32, ms }),
        )
    }

    #[test]
    fn percentiles_are_waits_that_somebody_had() {
        let s = stats(&(1..=100).rev().collect::<Vec<_>>());
        assert_eq!((s.p50, s.p95, s.max, s.mean), (50, 95, 100, 50.5));
        let s = stats(&[700, 100]);
        assert_eq!((s.p50, s.p95, s.max), (100, 700, 700));
        assert_eq!(s.turns[0], Lag { turn: 0, ms: 700 });
        assert_eq!(stats(&[]), LagStats::default());
    }

    #[test]
    fn waiting_for_the_whole_source_lags_by_it() {
        // Everything written after 4 seconds: τ = 1, lag = |X|.
        assert_eq!(laal(&[4.0, 4.0, 4.0], 4.0, 3), Some(4.0));
        // One word a second behind an even source: dᵢ − (i − 1) = 1 throughout.
        assert_eq!(laal(&[1.0, 2.0, 3.0, 4.0], 4.0, 4), Some(1.0));
        // A reference of twice the length halves the step.
        assert_eq!(laal(&[1.0, 2.0, 3.0, 4.0], 4.0, 8), Some(1.75));
        assert_eq!(laal(&[], 4.0, 3), None);
        assert_eq!(laal(&[1.0], 0.0, 3), None);
    }

    proptest! {
        #[test]
        fn percentiles_are_ordered(waits in prop::collection::vec(0_u64..100_000, 1..40)) {
            let s = stats(&waits);
            prop_assert!(s.p50 <= s.p95 && s.p95 <= s.max);
            prop_assert!(waits.contains(&s.p50) && waits.contains(&s.p95));
        }
    }
}
