//! Erasing cases whose time is over, while the server runs.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::{MissedTickBehavior, interval};
use tolkebot_casework::{Retained, Retention, Store, StoreError, last_retained, retain};

use crate::clock::Clock;

/// How often the rules are looked at.
const EVERY: Duration = Duration::from_secs(3600);

/// How far the clock may be past the last look. Erasing cannot be undone, and a machine that starts with a clock
/// that is years ahead would find every case old: after a leap a person has to say that the time is right. The
/// cases do not say it, because those of today have the wrong time too.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24 * 31);

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
    loop {
        ticks.tick().await;
        let (store, now) = (store.clone(), clock.now());
        let done = tokio::task::spawn_blocking(move || keep(&*store, &rules, now)).await;
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
}
