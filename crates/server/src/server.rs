//! The running server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::{Router, middleware};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tolkebot_casework::Store;
use tolkebot_interpreter::Pipe;
use tower_http::timeout::TimeoutLayer;

use crate::accounts::{AccountError, Accounts};
use crate::clock::Clock;
use crate::config::{ConfigError, ServerConfig};
use crate::delivery::DeliveryConfigError;
use crate::oidc::{self, OidcError, Provider};
use crate::state::{Shared, SignInWays};
use crate::tls::{Certificate, TlsError};
use crate::{
    handing_in, http, keeping, letters, listen, own_cases, papers, review, sign_in, signing, web,
};

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
    /// Nobody could sign in at the provider.
    #[error(transparent)]
    Oidc(#[from] OidcError),
    /// Nothing can be encrypted.
    #[error(transparent)]
    Tls(#[from] TlsError),
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
    certificate: Option<Arc<Certificate>>,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
    finished: mpsc::Receiver<()>,
    patience: Duration,
}

/// What is wrong should be known now and not when somebody waits: keys, certificates, the receiver.
fn usable(config: &ServerConfig, now: Timestamp) -> Result<(), ServerError> {
    if !config.seal.is_for_trying_out() {
        config.seal.key(&config.data_dir, now)?;
    }
    config.seal.stamps()?;
    config.delivery.webhook()?;
    if !config.nemlogin.roots_file.as_os_str().is_empty() {
        config.nemlogin.roots()?;
    }
    Ok(())
}

impl Server {
    /// Looks at what [`Server::bind`] would refuse, before engines are loaded for it, which takes long.
    ///
    /// # Errors
    /// As [`Server::bind`].
    pub fn check(config: &ServerConfig, now: Timestamp) -> Result<(), ServerError> {
        config.check()?;
        std::net::TcpListener::bind(config.listen).map_err(|source| ServerError::Listen {
            address: config.listen,
            source,
        })?;
        Certificate::of(config, now)?;
        usable(config, now)
    }

    /// Listens and serves in the background.
    ///
    /// # Errors
    /// [`ServerError`] if a setting makes no sense, a certificate cannot be used or the address is
    /// taken.
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
        let provider = Provider::of(&config.oidc)?;
        let certificate = Certificate::of(&config, clock.now())?.map(Arc::new);
        let acceptor = certificate
            .as_ref()
            .map(Certificate::acceptor)
            .transpose()?;
        usable(&config, clock.now())?;
        let (stop, stopping) = watch::channel(false);
        let (alive, finished) = mpsc::channel(1);
        let patience = Duration::from_secs(u64::from(config.timeouts.drain_s) + 10);
        let mut beside = tokio::task::JoinSet::new();
        beside.spawn(keeping::run(store.clone(), config.retention, clock.clone()));
        if let Some(certificate) = certificate.clone() {
            beside.spawn(certificate.follow(clock.clone()));
        }
        let shared = Arc::new(Shared::new(
            config,
            pipe,
            store,
            clock,
            stopping.clone(),
            alive.downgrade(),
            SignInWays { accounts, provider },
        ));
        let within = |seconds: u32| {
            let limit = Duration::from_secs(u64::from(seconds));
            TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limit)
        };
        let limits = &shared.config.timeouts;
        let (answer, documents) = (within(limits.request_s), within(limits.documents_s));
        beside.spawn(handing_in::run(shared.clone()));
        let app = Router::new()
            .merge(http::routes())
            .merge(papers::routes())
            .merge(own_cases::routes())
            .merge(review::routes())
            .merge(letters::routes())
            .merge(sign_in::routes())
            .merge(oidc::routes())
            .merge(web::routes(&shared.config.web_dir))
            .layer(answer)
            .merge(signing::routes().layer(documents))
            .merge(sign_in::long_routes())
            .layer(middleware::from_fn_with_state(shared.clone(), web::headers))
            .with_state(shared.clone());
        let served = tokio::spawn(async move {
            listen::serve(listener, app, acceptor, &shared.config, stopping).await;
            drop((beside, shared));
            // Sockets and conversations hold their own share from here on.
            drop(alive);
        });
        tracing::info!(%address, "listening");
        Ok(Server {
            address,
            certificate,
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

    /// Where browsers on this machine find the server, for example `http://127.0.0.1:8600`.
    pub fn url(&self) -> String {
        let scheme = match self.certificate {
            Some(_) => "https",
            None => "http",
        };
        format!("{scheme}://{}", self.address)
    }

    /// SHA-256 of the server's own certificate as browsers show it; `None` without TLS here.
    pub fn fingerprint(&self) -> Option<String> {
        self.certificate.as_ref().map(|one| one.fingerprint())
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
