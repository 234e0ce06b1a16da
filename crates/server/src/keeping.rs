//! Erasing cases whose time is over, while the server runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tolkebot_casework::{Retention, Store, retain};

use crate::clock::Clock;

/// How often the rules are looked at.
const EVERY: Duration = Duration::from_secs(3600);

/// Erases what is over, at once and then every hour, until it is dropped.
pub(crate) async fn run(store: Arc<dyn Store>, rules: Retention, clock: Arc<dyn Clock>) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (store, now) = (store.clone(), clock.now());
        let done = tokio::task::spawn_blocking(move || retain(&*store, &rules, now, false)).await;
        match done {
            Ok(Ok(retained)) => {
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
            Ok(Err(error)) => tracing::error!(%error, "old cases could not be erased"),
            Err(_) => tracing::error!("erasing old cases stopped"),
        }
    }
}
