//! How often a case's delivery was tried, and when it is tried again.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tolkebot_protocol::{CaseId, DeliveryTrouble};

use super::DeliveryError;

/// How long it is remembered that a case could not be delivered. What waits to be delivered, and that a person must
/// look at it first, has no end: a clock that is ahead would destroy it.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 90);
/// First wait after a failed delivery; each further one is twice as long.
const FIRST_WAIT_S: i64 = 60;
/// Longest wait.
const LONGEST_WAIT_S: i64 = 6 * 3600;

/// Tries of one delivery so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// How many failed.
    pub failed: u32,
    /// When the next one is due, seconds since 1970.
    pub next_s: i64,
    /// True if a person must look at it before it is tried again.
    pub dead: bool,
    /// Why the last one failed, for the screens' own words.
    #[serde(default)]
    pub trouble: DeliveryTrouble,
    /// The same in the machine's words; no personal data.
    pub because: String,
}

impl Tries {
    /// True if the next one is due. A wait that is longer than any was written while the clock was ahead.
    pub fn is_due(&self, now: Timestamp) -> bool {
        !(1..=LONGEST_WAIT_S).contains(&(self.next_s - now.as_second()))
    }

    /// These and one more that failed, of `attempts` that there may be.
    pub(super) fn and_one_more(
        &self,
        error: DeliveryError,
        attempts: u32,
        now: Timestamp,
    ) -> Tries {
        let failed = self.failed.saturating_add(1);
        let wait = FIRST_WAIT_S
            .saturating_mul(1 << (failed - 1).min(20))
            .min(LONGEST_WAIT_S);
        Tries {
            failed,
            next_s: now.as_second() + wait,
            dead: error.hopeless || failed >= attempts,
            trouble: error.trouble,
            because: error.reason,
        }
    }

    /// Until when they are remembered.
    pub(super) fn kept_until(&self, now: Timestamp) -> Timestamp {
        if self.dead {
            return Timestamp::MAX;
        }
        now.checked_add(REMEMBERED).unwrap_or(Timestamp::MAX)
    }
}

/// Where a case's tries are kept beside the log.
pub(super) fn tries_note(case: &CaseId) -> String {
    format!("outbox-tries/{case}")
}
