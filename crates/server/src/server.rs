//! The running server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tolkebot_casework::Store;
use tolkebot_interpreter::Pipe;

use crate::accounts::{AccountError, Accounts};
use crate::clock::Clock;
use crate::config::{ConfigError, ServerConfig};
use crate::delivery::DeliveryConfigError;
use crate::state::Shared;
use crate::{handing_in, http, keeping, papers, review, sign_in, web};

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// A setting makes no sense.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Sealing or handing in cannot be set up.
    #[error(transparent)]
    Delivery(#[from] DeliveryConfigError),
    /// Accounts cannot be used.
    #[error(transparent)]
    Accounts(#[from] AccountError),
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {address}: {source}; stop what uses it, or set another `listen` address"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
}

/// A server that listens. Dropping it begins a stop and does not wait for its end; see
/// [`Server::shutdown`].
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
    finished: mpsc::Receiver<()>,
    patience: Duration,
}

impl Server {
    /// Listens and serves in the background.
    ///
    /// # Errors
    /// [`ServerError`] if a setting makes no sense or the address is taken.
    pub async fn bind(
        config: ServerConfig,
        pipe: Arc<dyn Pipe>,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
    ) -> Result<Server, ServerError> {
        config.check()?;
        let listen = |source| ServerError::Listen {
            address: config.listen,
            source,
        };
        let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let accounts = if config.access.accounts {
            Some(Accounts::new(store.clone())?)
        } else {
            tracing::warn!(
                "no accounts: a first try, in which whoever reaches this address may open cases; set \
                 access.accounts before real people's data comes in"
            );
            None
        };
        if !config.seal.is_for_trying_out() {
            // A wrong key should be known now and not when somebody waits.
            config.seal.key(&config.data_dir, clock.now())?;
        }
        let (stop, stopping) = watch::channel(false);
        let (alive, finished) = mpsc::channel(1);
        let patience = Duration::from_secs(u64::from(config.timeouts.drain_s) + 10);
        let keeping = tokio::spawn(keeping::run(store.clone(), config.retention, clock.clone()));
        let shared = Arc::new(Shared::new(
            config,
            pipe,
            store,
            clock,
            stopping.clone(),
            alive.downgrade(),
            accounts,
        ));
        let handing_in = tokio::spawn(handing_in::run(shared.clone()));
        let app = Router::new()
            .merge(http::routes())
            .merge(papers::routes())
            .merge(review::routes())
            .merge(sign_in::routes())
            .merge(web::routes(&shared.config.web_dir))
            .layer(middleware::from_fn_with_state(shared.clone(), web::headers))
            .with_state(shared)
            .into_make_service_with_connect_info::<SocketAddr>();
        let served = tokio::spawn(async move {
            let mut stopping = stopping;
            let stop = async move {
                let _ = stopping.wait_for(|stop| *stop).await;
            };
            if let Err(error) = axum::serve(listener, app)
                .with_graceful_shutdown(stop)
                .await
            {
                tracing::error!(%error, "the server stopped listening");
            }
            keeping.abort();
            handing_in.abort();
            // Sockets and conversations hold their own share from here on.
            drop(alive);
        });
        tracing::info!(%address, "listening");
        Ok(Server {
            address,
            stop,
            served,
            finished,
            patience,
        })
    }

    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops: no new clients; what is being said is settled and stored; clients are told; then it
    /// returns. Takes at most `timeouts.drain_s` and some seconds.
    pub async fn shutdown(mut self) {
        let until = Instant::now() + self.patience;
        let _ = self.stop.send(true);
        // Sockets end when their conversations have said goodbye; idle HTTP connections at once.
        let all = async {
            let _ = (&mut self.served).await;
            let _ = self.finished.recv().await;
        };
        if timeout_at(until, all).await.is_err() {
            self.served.abort();
            tracing::warn!("some clients did not leave in time");
        }
    }
}
