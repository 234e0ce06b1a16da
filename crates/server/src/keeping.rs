//! Erasing cases whose time is over, while the server runs.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, MissedTickBehavior, interval};
use tolkebot_casework::{
    Leap, Retained, Retention, Store, StoreError, last_retained, note_leap, retain,
};

use crate::clock::Clock;

/// How often the rules are looked at.
const EVERY: Duration = Duration::from_secs(3600);

/// How far the clock may be past the last look. Erasing cannot be undone, and a machine that starts with a clock
/// that is years ahead would find every case old: after a leap a person has to say that the time is right. The
/// cases do not say it, because those of today have the wrong time too.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24 * 31);

/// By how much the clock must be ahead of the time that went by to have been put right. Ages are counted in days.
const LEAP: SignedDuration = SignedDuration::from_hours(1);

/// Watches for a clock that was behind and is put right, as of a machine that came up before it knew the time: what
/// was written until then would be erased too early. A machine that slept looks the same, and what was written before
/// is then kept as much longer as it slept.
struct Watch {
    /// Since when the clock may be behind, by the clock: the beginning, the last leap, or where it was put back to.
    since: Timestamp,
    /// The last look, by the clock and by the time that goes by.
    last: (Timestamp, Instant),
}

impl Watch {
    fn begin(now: Timestamp, at: Instant) -> Watch {
        Watch {
            since: now,
            last: (now, at),
        }
    }

    /// Looks at the clock; the leap that it made since the last look.
    fn look(&mut self, now: Timestamp, at: Instant) -> Option<Leap> {
        let (before, began) = std::mem::replace(&mut self.last, (now, at));
        let gone = SignedDuration::try_from(at.saturating_duration_since(began)).ok()?;
        self.since = self.since.min(now.checked_sub(gone).unwrap_or(now));
        let by = now.duration_since(before).saturating_sub(gone);
        if by < LEAP {
            return None;
        }
        let from = std::mem::replace(&mut self.since, now);
        Some(Leap {
            from,
            until: before.checked_add(gone).unwrap_or(now),
            by_s: by.as_secs(),
        })
    }
}

/// Keeps the rules; `None` if the clock is not believed.
fn keep(
    store: &dyn Store,
    rules: &Retention,
    now: Timestamp,
) -> Result<Option<Retained>, StoreError> {
    let is_near = |at: Timestamp| now.duration_since(at) <= BELIEVED;
    let is_believed = match last_retained(store, now)? {
        Some(at) => is_near(at) || store.list_page(None, 1)?.is_empty(),
        // From before looks were kept: by its newest case.
        None => {
            let cases = store.list()?;
            let changed = |at: &str| at.parse().is_ok_and(is_near);
            cases.is_empty() || cases.iter().any(|case| changed(&case.changed_at))
        }
    };
    is_believed
        .then(|| retain(store, rules, now, false))
        .transpose()
}

/// Erases what is over, at once and then every hour, until it is dropped.
pub(crate) async fn run(store: Arc<dyn Store>, rules: Retention, clock: Arc<dyn Clock>) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut watch = Watch::begin(clock.now(), Instant::now());
    // Until it is noted nothing is erased.
    let mut leapt = None;
    loop {
        ticks.tick().await;
        let (store, now) = (store.clone(), clock.now());
        if let Some(leap) = watch.look(now, Instant::now()) {
            let by_s = leap.by_s;
            tracing::warn!(
                by_s,
                "the clock was put right: what was written until then is so much younger"
            );
            leapt = Some(leap);
        }
        let done = tokio::task::spawn_blocking(move || {
            if let Some(leap) = leapt {
                note_leap(&*store, &leap, now)?;
            }
            keep(&*store, &rules, now)
        })
        .await;
        if matches!(done, Ok(Ok(_))) {
            leapt = None;
        }
        match done {
            Ok(Ok(Some(retained))) => {
                for one in &retained.expired {
                    tracing::info!(case = %one.case, state = ?one.state, "a case was erased by age");
                }
                for one in &retained.sounds {
                    tracing::info!(case = %one.case, "the sound of a case was destroyed by age");
                }
                if !retained.unreadable.is_empty() {
                    let cases = retained.unreadable.len();
                    tracing::warn!(cases, "old cases cannot be read and are kept: run an audit");
                }
            }
            Ok(Ok(None)) => tracing::error!(
                "nothing is erased by age: the last look was over a month ago by this machine's clock, which may be \
                 ahead; if it is right, `tolkebot cases retain` erases, and the server goes on from there"
            ),
            Ok(Err(error)) => tracing::error!(%error, "old cases could not be erased"),
            Err(_) => tracing::error!("erasing old cases stopped"),
        }
    }
}

#[cfg(test)]
mod tests {
    use tolkebot_casework::{FORM, MemoryStore, NewEvent};
    use tolkebot_protocol::{CaseId, EventPayload, Role};

    use super::*;

    #[test]
    fn a_clock_that_is_far_ahead_erases_nothing() {
        let day = |n: i64| Timestamp::from_second(1_800_000_000 + n * 86_400).unwrap();
        let store = MemoryStore::new();
        let open = |case: &str, n: i64| {
            let opened = NewEvent {
                at: day(n),
                actor: Role::Staff,
                payload: EventPayload::CaseOpened {
                    form: FORM.to_owned(),
                    today: "2027-01-15".to_owned(),
                },
            };
            store
                .append(&CaseId(case.to_owned()), 0, &[opened])
                .unwrap();
        };
        let rules = Retention {
            open_days: 30,
            ..Retention::default()
        };
        let erased = |n: i64| {
            let kept = keep(&store, &rules, day(n)).unwrap();
            kept.map(|kept| kept.expired.len())
        };
        assert_eq!(erased(0), Some(0), "nothing is there");
        open("a", 100);
        open("b", 110);
        // The server was off meanwhile. Whether its clock is right is for a person to say: a case that is opened
        // now has the time of the same clock.
        assert_eq!(erased(112), None);
        assert_eq!(erased(3000), None);
        open("c", 3000);
        assert_eq!(erased(3000), None);
        retain(&store, &rules, day(112), false).unwrap();
        assert_eq!(erased(112), Some(0));
        // It runs on, and nobody comes any more.
        assert_eq!(erased(132), Some(1));
        assert_eq!(erased(162), Some(1));
        open("d", 163);
        assert_eq!(erased(3000), None);
        // Put right, it goes on by itself.
        assert_eq!(erased(163), Some(0));
    }

    /// Monday morning with Friday's clock, which is put right while the server runs.
    #[test]
    fn what_was_written_while_the_clock_was_behind_is_no_older_than_it_is() {
        let hour = |n: i64| Timestamp::from_second(1_800_000_000 + n * 3600).unwrap();
        let store = MemoryStore::new();
        let open = |case: &str, at: Timestamp| {
            let opened = NewEvent {
                at,
                actor: Role::Staff,
                payload: EventPayload::CaseOpened {
                    form: FORM.to_owned(),
                    today: "2027-01-15".to_owned(),
                },
            };
            store
                .append(&CaseId(case.to_owned()), 0, &[opened])
                .unwrap();
        };
        let begun = Instant::now();
        let gone = |hours: u64| begun + Duration::from_secs(hours * 3600);
        open("of-friday", hour(-1));
        let mut watch = Watch::begin(hour(0), begun);
        assert_eq!(watch.look(hour(0), begun), None);
        open("of-today", hour(1));
        assert_eq!(watch.look(hour(1), gone(1)), None);
        let leap = watch.look(hour(66), gone(2)).unwrap();
        assert_eq!(
            (leap.from, leap.until, leap.by_s),
            (hour(0), hour(2), 64 * 3600)
        );
        note_leap(&store, &leap, hour(66)).unwrap();
        let rules = Retention {
            open_days: 1,
            ..Retention::default()
        };
        let erased = |n: i64| -> Vec<String> {
            let kept = keep(&store, &rules, hour(n)).unwrap().unwrap();
            kept.expired.into_iter().map(|one| one.case.0).collect()
        };
        assert_eq!(erased(66), ["of-friday"]);
        assert_eq!(erased(1 + 64 + 23), [""; 0]);
        assert_eq!(erased(1 + 64 + 24), ["of-today"]);
        // It goes on as it should; and if it is put back, what is written from then on may look too old.
        assert_eq!(watch.look(hour(67), gone(3)), None);
        assert_eq!(watch.look(hour(60), gone(4)), None);
        assert_eq!(watch.look(hour(61), gone(5)), None);
        let leap = watch.look(hour(70), gone(6)).unwrap();
        assert_eq!(
            (leap.from, leap.until, leap.by_s),
            (hour(59), hour(62), 8 * 3600)
        );
    }
}
