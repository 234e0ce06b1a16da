//! Connections: taken in, encrypted, counted, and let go when they ask for nothing.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use ipnet::IpNet;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::config::{ServerConfig, network_of};

/// How long the listener rests when the system has no room for a connection.
const REST: Duration = Duration::from_millis(200);
/// Smallest buffer that hyper takes, bytes.
const SMALLEST_BUFFER: usize = 8192;

/// What every connection is served with.
struct Rules {
    app: TowerToHyperService<Router>,
    tls: Option<TlsAcceptor>,
    http: http1::Builder,
    patience: Duration,
    trusted: Vec<IpNet>,
    counts: Mutex<HashMap<IpAddr, u32>>,
    most: usize,
    most_per_address: u32,
    stopping: watch::Receiver<bool>,
}

/// Serves connections until a stop; then waits for those that are being answered.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Router,
    tls: Option<TlsAcceptor>,
    config: &ServerConfig,
    mut stopping: watch::Receiver<bool>,
) {
    let patience = Duration::from_secs(u64::from(config.timeouts.headers_s));
    let head = config.limits.header_bytes as usize;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_header_size(head)
        .max_buf_size((head + 16 * 1024).max(SMALLEST_BUFFER));
    let networks = config.trusted_proxies.iter();
    let rules = Arc::new(Rules {
        app: TowerToHyperService::new(app),
        tls,
        http,
        patience,
        trusted: networks.filter_map(|one| network_of(one)).collect(),
        counts: Mutex::default(),
        most: config.limits.connections as usize,
        most_per_address: config.limits.connections_per_address,
        stopping: stopping.clone(),
    });
    // Closed when the last connection has ended.
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((tcp, from)) => {
                let Some(place) = Place::take(&rules, from.ip()) else {
                    continue;
                };
                let (rules, open) = (rules.clone(), open.clone());
                let place = Arc::new(place);
                tokio::spawn(async move {
                    connection(&rules, tcp, from, &place).await;
                    drop((place, open));
                });
            }
            // A client that is gone already costs nothing; too many open files pass.
            Err(error) => {
                if !is_of_the_client(&error) {
                    tracing::warn!(%error, "no connection can be taken at the moment");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }
    drop((listener, open));
    let _ = all_closed.recv().await;
}

fn is_of_the_client(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

/// A connection's place among those of its address. What becomes a socket keeps it.
pub(crate) struct Place {
    rules: Arc<Rules>,
    address: IpAddr,
}

impl Place {
    /// `None` if there are too many already.
    fn take(rules: &Arc<Rules>, address: IpAddr) -> Option<Place> {
        let mut counts = rules.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let all: u32 = counts.values().sum();
        if all as usize >= rules.most {
            return None;
        }
        let count = counts.entry(address).or_default();
        if *count >= rules.most_per_address && !rules.is_trusted(address) {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place {
            rules: rules.clone(),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self
            .rules
            .counts
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

impl Rules {
    fn is_trusted(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted
            .iter()
            .any(|network| network.contains(&address))
    }

    /// Whom a request comes from: the peer, or what trusted proxies say of it.
    fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> SocketAddr {
        if !self.is_trusted(peer.ip()) {
            return peer;
        }
        // Each proxy adds whom it got the request from at the end; what a client wrote itself
        // stands in front of that.
        let listed: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        for one in listed.into_iter().rev() {
            let Ok(address) = one.parse::<IpAddr>() else {
                break;
            };
            if !self.is_trusted(address) {
                return SocketAddr::new(address, 0);
            }
        }
        peer
    }
}

async fn connection(rules: &Arc<Rules>, tcp: TcpStream, from: SocketAddr, place: &Arc<Place>) {
    // Words on a screen must not wait for more words.
    let _ = tcp.set_nodelay(true);
    match &rules.tls {
        None => http(rules, tcp, from, place).await,
        Some(acceptor) => {
            let mut stopping = rules.stopping.clone();
            let handshake = timeout(rules.patience, acceptor.accept(tcp));
            let asked_to_stop = async move {
                let _ = stopping.wait_for(|stop| *stop).await;
            };
            let done = tokio::select! {
                done = handshake => done,
                () = asked_to_stop => return,
            };
            match done {
                Ok(Ok(stream)) => http(rules, stream, from, place).await,
                Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                Err(_) => tracing::debug!("a TLS handshake took too long"),
            }
        }
    }
}

async fn http<S>(rules: &Arc<Rules>, stream: S, from: SocketAddr, place: &Arc<Place>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let service = service_fn(|mut request: Request<Incoming>| {
        let client = rules.client(from, request.headers());
        request.extensions_mut().insert(ConnectInfo(client));
        request.extensions_mut().insert(place.clone());
        rules.app.call(request)
    });
    let connection = rules.http.serve_connection(TokioIo::new(stream), service);
    let connection = connection.with_upgrades();
    tokio::pin!(connection);
    let mut stopping = rules.stopping.clone();
    let asked_to_stop = async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = asked_to_stop => {
            connection.as_mut().graceful_shutdown();
            connection.as_mut().await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}
