//! What all parts of the server share.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tolkebot_casework::Store;
use tolkebot_interpreter::Pipe;

use crate::access::{Sessions, Tickets};
use crate::accounts::Accounts;
use crate::case::{Cases, Vocabulary};
use crate::clock::Clock;
use crate::config::ServerConfig;
use crate::limits::{Bucket, Crowd, Mistakes};
use crate::metrics::Metrics;
use crate::oidc::Provider;
use crate::pairing::PairingCodes;
use crate::readiness::Readiness;

/// Everything that lives as long as the server.
pub(crate) struct Shared {
    pub config: ServerConfig,
    pub pipe: Arc<dyn Pipe>,
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub tickets: Tickets,
    pub codes: PairingCodes,
    pub sessions: Sessions,
    /// `None` in a first try without accounts.
    pub accounts: Option<Arc<Accounts>>,
    /// Where people may sign in besides accounts.
    pub provider: Option<Arc<Provider>>,
    /// Wrong passwords.
    pub mistakes: std::sync::Mutex<Mistakes>,
    /// Sockets that have not said `hello` yet.
    pub new_sockets: Crowd,
    /// How many passwords are checked at once: each takes 19 MiB.
    pub checking: tokio::sync::Semaphore,
    /// Held by who checks the log: that reads all of it and takes a core for minutes.
    pub auditing: Arc<tokio::sync::Semaphore>,
    pub cases: Cases,
    /// Words by what is asked for.
    pub vocabulary: Vocabulary,
    pub openings: std::sync::Mutex<Bucket>,
    pub metrics: Arc<Metrics>,
    pub readiness: Readiness,
    /// Told when a case was approved, so that it is handed in at once.
    pub approved: Arc<tokio::sync::Notify>,
    /// True once the server stops.
    pub stopping: watch::Receiver<bool>,
    /// Held by every task that a stop must wait for.
    pub alive: mpsc::WeakSender<()>,
}

/// Ways of signing in.
pub(crate) struct SignInWays {
    /// `None` in a first try without accounts.
    pub accounts: Option<Accounts>,
    pub provider: Option<Provider>,
}

impl Shared {
    pub fn new(
        config: ServerConfig,
        pipe: Arc<dyn Pipe>,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        stopping: watch::Receiver<bool>,
        alive: mpsc::WeakSender<()>,
        ways: SignInWays,
    ) -> Shared {
        let per_minute = f64::from(config.limits.cases_per_minute);
        Shared {
            tickets: Tickets::new(store.clone()),
            codes: PairingCodes::new(config.limits.wrong_codes_per_minute),
            sessions: Sessions::new(store.clone()),
            accounts: ways.accounts.map(Arc::new),
            provider: ways.provider.map(Arc::new),
            mistakes: Mistakes::new(config.limits.wrong_codes_per_minute, Instant::now()).into(),
            new_sockets: Crowd::default(),
            checking: tokio::sync::Semaphore::new(2),
            auditing: Arc::new(tokio::sync::Semaphore::new(1)),
            cases: Cases::default(),
            vocabulary: Vocabulary::default(),
            openings: Bucket::new(per_minute, per_minute / 60.0, Instant::now()).into(),
            metrics: Arc::default(),
            readiness: Readiness::default(),
            approved: Arc::default(),
            config,
            pipe,
            store,
            clock,
            stopping,
            alive,
        }
    }
}
