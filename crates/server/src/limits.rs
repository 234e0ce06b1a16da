//! How fast somebody may do something.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A bucket that fills at a steady rate and is emptied by use.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    capacity: f64,
    per_second: f64,
    level: f64,
    seen: Instant,
}

impl Bucket {
    /// A full bucket.
    pub fn new(capacity: f64, per_second: f64, now: Instant) -> Bucket {
        Bucket {
            capacity,
            per_second,
            level: capacity,
            seen: now,
        }
    }

    /// Takes `amount` if there is so much.
    pub fn take(&mut self, amount: f64, now: Instant) -> bool {
        self.fill(now);
        let enough = self.level >= amount;
        if enough {
            self.level -= amount;
        }
        enough
    }

    /// True if there is `amount`; takes nothing.
    pub fn has(&mut self, amount: f64, now: Instant) -> bool {
        self.fill(now);
        self.level >= amount
    }

    /// When there will be `amount`: `now` if there is.
    pub fn ready_at(&mut self, amount: f64, now: Instant) -> Instant {
        self.fill(now);
        let missing = (amount - self.level).max(0.0);
        // A little more, so that nobody wakes up just before it is there.
        let wait = missing / self.per_second + if missing > 0.0 { 0.001 } else { 0.0 };
        now + Duration::try_from_secs_f64(wait).unwrap_or(Duration::from_secs(3600))
    }

    /// True if nobody took anything lately.
    pub fn is_full(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.level >= self.capacity
    }

    fn fill(&mut self, now: Instant) {
        let gone = now.saturating_duration_since(self.seen).as_secs_f64();
        self.seen = self.seen.max(now);
        self.level = (self.level + gone * self.per_second).min(self.capacity);
    }
}

/// How often things may go wrong in a minute: for one address, and ten times as often for all.
#[derive(Debug)]
pub(crate) struct Mistakes {
    per_minute: f64,
    all: Bucket,
    by_address: HashMap<IpAddr, Bucket>,
}

impl Mistakes {
    /// None made yet.
    pub fn new(per_minute: u32, now: Instant) -> Mistakes {
        let per_minute = f64::from(per_minute);
        Mistakes {
            per_minute,
            all: Bucket::new(per_minute * 10.0, per_minute * 10.0 / 60.0, now),
            by_address: HashMap::new(),
        }
    }

    /// True while `from` may try.
    pub fn may_try(&mut self, from: IpAddr, now: Instant) -> bool {
        let per_minute = self.per_minute;
        self.by_address.retain(|_, bucket| !bucket.is_full(now));
        let own = self
            .by_address
            .entry(from)
            .or_insert_with(|| Bucket::new(per_minute, per_minute / 60.0, now));
        own.has(1.0, now) && self.all.has(1.0, now)
    }

    /// Counts a mistake of `from`.
    pub fn count(&mut self, from: IpAddr, now: Instant) {
        self.all.take(1.0, now);
        if let Some(own) = self.by_address.get_mut(&from) {
            own.take(1.0, now);
        }
    }
}

/// How many of an address are in the same place at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Crowd(Arc<Mutex<HashMap<IpAddr, u32>>>);

impl Crowd {
    /// A place for one more of an address, until it is dropped; `None` if there are `most`.
    pub fn enter(&self, address: IpAddr, most: u32) -> Option<InCrowd> {
        let mut counts = self.counts();
        let count = counts.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(InCrowd {
            crowd: self.clone(),
            address,
        })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in a [`Crowd`].
#[derive(Debug)]
pub(crate) struct InCrowd {
    crowd: Crowd,
    address: IpAddr,
}

impl Drop for InCrowd {
    fn drop(&mut self) {
        let mut counts = self.crowd.counts();
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_steady_rate() {
        let start = Instant::now();
        let mut bucket = Bucket::new(3.0, 2.0, start);
        assert!((0..3).all(|_| bucket.take(1.0, start)));
        assert!(!bucket.take(1.0, start));
        let later = start + Duration::from_millis(500);
        assert!(bucket.take(1.0, later));
        assert!(!bucket.take(1.0, later));
        assert!(!bucket.is_full(later));
        let ready = bucket.ready_at(1.0, later);
        assert!(ready > later + Duration::from_millis(499));
        assert!(bucket.clone().take(1.0, ready));
        assert_eq!(bucket.ready_at(1.0, ready), ready);
        assert!(bucket.is_full(later + Duration::from_secs(60)));
        assert!(
            !bucket.take(3.1, later + Duration::from_secs(60)),
            "never above the capacity"
        );
    }
}
