//! When somebody spoke, by this machine's clock: whether what one microphone hears is the other person.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

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

    /// The stretches between two moments.
    fn within(&self, from: Instant, to: Instant) -> impl Iterator<Item = (Instant, Instant)> {
        let clip = move |(begin, end): &(Instant, Option<Instant>)| {
            let (begin, end) = ((*begin).max(from), end.unwrap_or(to).min(to));
            (begin < end).then_some((begin, end))
        };
        self.stretches.iter().filter_map(clip)
    }
}

/// When interpreted speech was played to a side: as its device says, or else as far as it can be known here. A device is
/// then believed to play what it gets at once, one sentence after the other.
#[derive(Debug, Default)]
pub(crate) struct PlayedTimes {
    times: SpokenTimes,
    /// Until when a device that says nothing plays what it got.
    until: Option<Instant>,
    /// The device said that it plays, and not yet that it has ended.
    speaks: bool,
}

impl PlayedTimes {
    /// So much more is played by a device that does not say when, from `now` on at the earliest.
    pub(crate) fn more(&mut self, now: Instant, length: Duration) {
        if self.speaks {
            return;
        }
        let going_on = self.until.filter(|until| *until + LATE >= now);
        let begin = self.until.map_or(now, |until| until.max(now));
        let until = begin + length;
        if going_on.is_none() {
            self.times.began(begin);
        }
        self.times.ended(until + LATE);
        self.until = Some(until);
    }

    /// The device says that it begins to play, or that it has ended. It knows better than what was believed before.
    pub(crate) fn told(&mut self, now: Instant, speaks: bool) {
        if self.until.take().is_some_and(|until| until > now) {
            self.times.ended(now + LATE);
        }
        if speaks == self.speaks {
            return;
        }
        self.speaks = speaks;
        match speaks {
            true => self.times.began(now.checked_sub(EARLY).unwrap_or(now)),
            false => self.times.ended(now + LATE),
        }
    }

    /// Whether anything was played between two moments, or a little before.
    pub(crate) fn touches(&self, from: Instant, to: Instant) -> bool {
        let from = from.checked_sub(HELD_UP).unwrap_or(from);
        self.times.within(from, to).next().is_some()
    }
}

/// How much later speech is heard than it was sent, or than its device says: the way there, its loudspeaker, the room.
const LATE: Duration = Duration::from_millis(600);
/// … and how much later what a device heard meanwhile arrives, on a slow network.
const HELD_UP: Duration = Duration::from_secs(4);
/// How much earlier speech may be heard than its device's word of it arrives: that waits behind sound on a slow network, and
/// the other device's may be a fast one.
const EARLY: Duration = Duration::from_millis(300);

/// How much of the time between two moments somebody spoke or speech was played, 0 to 1.
pub(crate) fn share(spoken: &SpokenTimes, played: &PlayedTimes, from: Instant, to: Instant) -> f32 {
    let whole = to.saturating_duration_since(from).as_secs_f32();
    if whole <= 0.0 {
        return 0.0;
    }
    let both = spoken.within(from, to).chain(played.times.within(from, to));
    let mut stretches: Vec<_> = both.collect();
    stretches.sort();
    let (mut sum, mut counted) = (Duration::ZERO, from);
    for (begin, end) in stretches {
        sum += end.saturating_duration_since(begin.max(counted));
        counted = counted.max(end);
    }
    sum.as_secs_f32() / whole
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
        let nothing = PlayedTimes::default();
        let share = |times: &SpokenTimes, from, to| share(times, &nothing, at(from), at(to));
        assert_eq!(share(&times, 0, 1_000), 0.0);
        times.began(at(1_000));
        times.ended(at(2_000));
        times.began(at(3_000));
        assert_eq!(share(&times, 0, 1_000), 0.0);
        assert!((share(&times, 1_500, 2_500) - 0.5).abs() < 1e-3);
        // What goes on lasts till then.
        assert!((share(&times, 3_200, 4_000) - 1.0).abs() < 1e-3);
        assert!((share(&times, 1_000, 5_000) - 0.75).abs() < 1e-3);
        assert_eq!(share(&times, 4_000, 4_000), 0.0);
        for n in 0..100 {
            times.began(at(10_000 + n));
        }
        assert_eq!(times.stretches.len(), REMEMBERED);
    }

    #[test]
    fn what_was_played_counts_once_and_in_turn() {
        let zero = Instant::now() + Duration::from_secs(60);
        let at = |ms: u64| zero + Duration::from_millis(ms);
        let second = Duration::from_secs(1);
        let (mut spoken, mut played) = (SpokenTimes::default(), PlayedTimes::default());
        assert!(!played.touches(at(0), at(9_000)));
        // Two sentences that were sent together are played one after the other.
        played.more(at(1_000), second);
        played.more(at(1_100), second);
        let share = |spoken: &SpokenTimes, played: &PlayedTimes, from, to| {
            share(spoken, played, at(from), at(to))
        };
        assert!((share(&spoken, &played, 1_000, 3_000) - 1.0).abs() < 1e-3);
        assert!((share(&spoken, &played, 2_600, 4_600) - 0.5).abs() < 1e-3);
        // Spoken meanwhile: no more than the whole of it.
        spoken.began(at(1_000));
        spoken.ended(at(2_000));
        assert!((share(&spoken, &played, 0, 2_000) - 0.5).abs() < 1e-3);
        played.more(at(20_000), second);
        assert!((share(&spoken, &played, 18_000, 21_000) - 1.0 / 3.0).abs() < 1e-3);
        assert!(!played.touches(at(0), at(900)));
        assert!(played.touches(at(2_900), at(3_500)));
        assert!(!played.touches(at(8_000), at(19_000)));
    }

    #[test]
    fn a_device_that_says_when_it_plays_is_believed() {
        let zero = Instant::now() + Duration::from_secs(60);
        let at = |ms: u64| zero + Duration::from_millis(ms);
        let spoken = SpokenTimes::default();
        let share = |played: &PlayedTimes, from, to| share(&spoken, played, at(from), at(to));
        let mut played = PlayedTimes::default();
        // It waited for seven seconds, and says so twice.
        played.told(at(0), false);
        played.told(at(7_000), true);
        played.told(at(7_500), true);
        assert_eq!(share(&played, 0, 6_000), 0.0);
        assert!(!played.touches(at(0), at(6_000)));
        // What goes on lasts till then; what it gets meanwhile is played after it.
        played.more(at(8_000), Duration::from_secs(1));
        assert!((share(&played, 7_000, 30_000) - 1.0).abs() < 1e-3);
        assert!(played.touches(at(29_000), at(30_000)));
        played.told(at(10_000), false);
        played.told(at(10_500), false);
        assert!((share(&played, 7_000, 10_500) - 1.0).abs() < 1e-3);
        assert_eq!(share(&played, 10_700, 12_000), 0.0);
        assert!(played.touches(at(13_000), at(14_000)));
        assert!(!played.touches(at(16_000), at(17_000)));
        // Two sentences with a moment between them count once.
        played.told(at(20_000), true);
        played.told(at(21_000), false);
        played.told(at(21_100), true);
        played.told(at(22_000), false);
        assert!((share(&played, 20_000, 24_600) - 2.6 / 4.6).abs() < 1e-3);
    }

    #[test]
    fn what_a_device_says_ends_what_was_believed_of_the_one_before_it() {
        let zero = Instant::now() + Duration::from_secs(60);
        let at = |ms: u64| zero + Duration::from_millis(ms);
        let spoken = SpokenTimes::default();
        let share = |played: &PlayedTimes, from, to| share(&spoken, played, at(from), at(to));
        let mut played = PlayedTimes::default();
        played.more(at(0), Duration::from_secs(20));
        played.told(at(1_000), false);
        assert!((share(&played, 0, 1_600) - 1.0).abs() < 1e-3);
        assert_eq!(share(&played, 1_600, 20_000), 0.0);
        // The one after it says nothing again.
        played.more(at(30_000), Duration::from_secs(2));
        assert!((share(&played, 30_000, 32_000) - 1.0).abs() < 1e-3);
        assert_eq!(share(&played, 1_600, 30_000), 0.0);
    }
}
