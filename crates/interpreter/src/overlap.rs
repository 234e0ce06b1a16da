//! When somebody spoke, by this machine's clock: whether what one microphone hears is the other person.

use std::collections::VecDeque;
use std::time::Instant;

/// Stretches that are remembered: more than overlap with the longest one.
const REMEMBERED: usize = 32;

/// When a channel's stretches of speech began and ended.
#[derive(Debug, Default)]
pub(crate) struct SpokenTimes {
    /// Oldest first; the last may go on.
    stretches: VecDeque<(Instant, Option<Instant>)>,
}

impl SpokenTimes {
    pub(crate) fn began(&mut self, at: Instant) {
        self.stretches.push_back((at, None));
        while self.stretches.len() > REMEMBERED {
            self.stretches.pop_front();
        }
    }

    pub(crate) fn ended(&mut self, at: Instant) {
        if let Some((_, end)) = self.stretches.back_mut() {
            *end = Some(at);
        }
    }

    /// How much of the time between two moments somebody spoke here, 0 to 1.
    pub(crate) fn share(&self, from: Instant, to: Instant) -> f32 {
        let whole = to.saturating_duration_since(from).as_secs_f32();
        if whole <= 0.0 {
            return 0.0;
        }
        let within = |(begin, end): &(Instant, Option<Instant>)| {
            let end = end.unwrap_or(to).min(to);
            end.saturating_duration_since((*begin).max(from))
                .as_secs_f32()
        };
        (self.stretches.iter().map(within).sum::<f32>() / whole).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_share_counts_what_was_spoken_meanwhile() {
        let zero = Instant::now();
        let at = |ms: u64| zero + Duration::from_millis(ms);
        let mut times = SpokenTimes::default();
        assert_eq!(times.share(at(0), at(1_000)), 0.0);
        times.began(at(1_000));
        times.ended(at(2_000));
        times.began(at(3_000));
        assert_eq!(times.share(at(0), at(1_000)), 0.0);
        assert!((times.share(at(1_500), at(2_500)) - 0.5).abs() < 1e-3);
        // What goes on lasts till then.
        assert!((times.share(at(3_200), at(4_000)) - 1.0).abs() < 1e-3);
        assert!((times.share(at(1_000), at(5_000)) - 0.75).abs() < 1e-3);
        assert_eq!(times.share(at(4_000), at(4_000)), 0.0);
        for n in 0..100 {
            times.began(at(10_000 + n));
        }
        assert_eq!(times.stretches.len(), REMEMBERED);
    }
}
