//! Whether something takes longer, and how sure that is.

use std::ops::Range;

use crate::bench::percentile;

/// Draws for the interval.
const DRAWS: usize = 2000;

/// A stretch of time beside a neighbour with the quiet ones before and after it, µs. What the machine does
/// meanwhile falls on all three alike.
#[derive(Debug, Clone, Default)]
pub struct Stretch {
    pub quiet: Vec<u64>,
    pub beside: Vec<u64>,
}

/// By how much the 95th percentile is larger beside the neighbour: 0.05 is 5 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct More {
    pub found: f64,
    /// Where it lies with a probability of 95 %.
    pub between: (f64, f64),
}

impl More {
    /// Compares all stretches. The interval is a bootstrap over whole stretches, because lines of one
    /// stretch resemble each other (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter
    /// 13, percentile interval): it draws as many as there are, each as often as chance wants it.
    pub fn of(stretches: &[Stretch], mut chance: Chance) -> More {
        let all: Vec<&Stretch> = stretches.iter().collect();
        let mut drawn: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let some: Vec<&Stretch> = stretches
                    .iter()
                    .map(|_| &stretches[chance.below(stretches.len())])
                    .collect();
                more(&some)
            })
            .collect();
        drawn.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| {
            let index = (share * DRAWS as f64) as usize;
            drawn.get(index.min(DRAWS - 1)).copied().unwrap_or_default()
        };
        More {
            found: more(&all),
            between: (at(0.025), at(0.975)),
        }
    }

    /// What can be said of a limit.
    pub fn against(&self, limit: f64) -> Verdict {
        if self.between.1 <= limit {
            Verdict::Within
        } else if self.between.0 > limit {
            Verdict::Beyond
        } else {
            Verdict::Open
        }
    }
}

/// What a comparison says of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Within,
    Beyond,
    /// Neither: more rounds, or a machine that does nothing else.
    Open,
}

fn more(stretches: &[&Stretch]) -> f64 {
    let p95 = |times: fn(&Stretch) -> &Vec<u64>| {
        let all: Vec<u64> = stretches.iter().flat_map(|s| times(s)).copied().collect();
        percentile(&all, 95) as f64
    };
    p95(|s| &s.beside) / p95(|s| &s.quiet).max(1.0) - 1.0
}

/// Chance that is the same every time: SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom
/// number generators, 2014).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, which isn't 0. The lack of evenness is below 2⁻⁴⁰ for the small numbers used here.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// In a range that isn't empty.
    pub fn between(&mut self, range: Range<u64>) -> u64 {
        range.start + self.next() % (range.end - range.start).max(1)
    }

    /// Another chance, for somebody who runs at the same time.
    pub fn split(&mut self) -> Chance {
        Chance(self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stretches of lines that take about 10 ms, with a long tail and a machine that sways, times a factor
    /// beside the neighbour.
    fn stretches(count: usize, factor: f64) -> Vec<Stretch> {
        let mut chance = Chance(7);
        (0..count)
            .map(|_| {
                let sway = chance.between(80..140) as f64 / 100.0;
                let mut lines = |count: usize, factor: f64| -> Vec<u64> {
                    (0..count)
                        .map(|_| {
                            let even = chance.between(1..10_000) as f64 / 10_000.0;
                            (10_000.0 * sway * factor * (1.0 - even.ln() / 4.0)) as u64
                        })
                        .collect()
                };
                Stretch {
                    quiet: lines(160, 1.0),
                    beside: lines(80, factor),
                }
            })
            .collect()
    }

    #[test]
    fn what_is_the_same_is_found_to_be_the_same() {
        let more = More::of(&stretches(16, 1.0), Chance(1));
        assert!(more.between.0 < 0.0 && more.between.1 > 0.0, "{more:?}");
        assert!(more.between.1 - more.between.0 < 0.2, "{more:?}");
        assert_ne!(more.against(0.05), Verdict::Beyond);
    }

    #[test]
    fn what_takes_longer_is_found_to_take_longer() {
        let more = More::of(&stretches(16, 1.5), Chance(1));
        assert!((more.found - 0.5).abs() < 0.1, "{more:?}");
        assert!(more.between.0 < more.found && more.found < more.between.1);
        assert_eq!(more.against(0.05), Verdict::Beyond);
        assert_eq!(more.against(1.0), Verdict::Within);
        assert_eq!(more.against(0.5), Verdict::Open);
    }

    #[test]
    fn more_rounds_say_more_and_the_same_rounds_the_same() {
        let width = |count| {
            let more = More::of(&stretches(count, 1.0), Chance(1));
            more.between.1 - more.between.0
        };
        assert!(width(64) < 0.7 * width(8));
        let rounds = stretches(8, 1.2);
        assert_eq!(More::of(&rounds, Chance(3)), More::of(&rounds, Chance(3)));
    }
}
