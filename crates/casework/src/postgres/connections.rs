//! Connections to the server, each on a thread of its own.
//!
//! The client library runs its own small runtime, which may neither block nor be dropped inside
//! another one. On threads that nobody else sees it never is.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// After so long without a question a connection is tried before it is used.
const DOUBTFUL: Duration = Duration::from_secs(1);
/// How long that may take.
const TRY: Duration = Duration::from_secs(2);

/// What fails: the library, or what a job says itself.
pub(super) type Failed = postgres::Error;

type Job = Box<dyn FnOnce(Result<&mut Client, Failed>) + Send>;

/// How to reach the server.
#[derive(Clone)]
pub(super) struct Way {
    pub config: Config,
    pub tls: Option<MakeRustlsConnect>,
    pub read_only: bool,
}

impl Way {
    fn connect(&self) -> Result<Client, Failed> {
        let mut client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone())?,
            None => self.config.connect(NoTls)?,
        };
        // What was acknowledged survives a power cut, whatever the server's own setting is.
        client.batch_execute("SET synchronous_commit = on")?;
        // A machine that vanishes while it holds the log's lock must not hold up the others until the database's
        // own patience with silent connections ends, which is hours.
        client.batch_execute(
            "SET idle_in_transaction_session_timeout = '15s'; SET tcp_keepalives_idle = 15; \
             SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3",
        )?;
        if self.read_only {
            client.batch_execute("SET default_transaction_read_only = on")?;
        }
        Ok(client)
    }
}

/// Some threads that take jobs.
pub(super) struct Connections(SyncSender<Job>);

impl Connections {
    /// Starts `count` threads; they end when this is dropped.
    pub fn new(way: &Way, count: usize) -> Result<Connections, std::io::Error> {
        let (jobs, queue) = sync_channel(0);
        let queue = Arc::new(Mutex::new(queue));
        let lost = Arc::new(AtomicU64::new(0));
        for n in 0..count {
            let (way, queue, lost) = (way.clone(), queue.clone(), lost.clone());
            std::thread::Builder::new()
                .name(format!("postgres-{n}"))
                .spawn(move || work(&way, &queue, &lost))?;
        }
        Ok(Connections(jobs))
    }

    /// Does a job on one of the connections and waits for it.
    ///
    /// # Errors
    /// What the job says; `None` if the thread failed.
    pub fn run<T: Send + 'static, E: From<Failed> + Send + 'static>(
        &self,
        job: impl FnOnce(&mut Client) -> Result<T, E> + Send + 'static,
    ) -> Option<Result<T, E>> {
        let (reply, answer) = sync_channel(1);
        let job: Job = Box::new(move |client| {
            let done = match client {
                Ok(client) => job(client),
                Err(error) => Err(error.into()),
            };
            let _ = reply.send(done);
        });
        self.0.send(job).ok()?;
        answer.recv().ok()
    }
}

/// Takes jobs until nobody gives any more. `lost` counts connections that broke: where one did, the
/// others are tried before they are used.
fn work(way: &Way, queue: &Mutex<Receiver<Job>>, lost: &AtomicU64) {
    let mut kept: Option<(Client, Instant, u64)> = None;
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        let losses = lost.load(Ordering::SeqCst);
        let usable = kept.take().filter(|(client, ..)| !client.is_closed());
        let usable = usable.and_then(|(mut client, used, known)| {
            let sure = known == losses && used.elapsed() < DOUBTFUL;
            (sure || client.is_valid(TRY).is_ok()).then_some(client)
        });
        let client = match usable {
            Some(client) => Ok(client),
            None => way.connect(),
        };
        match client {
            Ok(mut client) => {
                job(Ok(&mut client));
                if client.is_closed() {
                    lost.fetch_add(1, Ordering::SeqCst);
                } else {
                    kept = Some((client, Instant::now(), losses));
                }
            }
            Err(error) => job(Err(error)),
        }
    }
}
