//! Encryption by the server itself.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tolkebot_casework::MemoryStore;
use tolkebot_server::{ServerConfig, TlsMode};

use crate::common::{Answer, House, config, house_with, http_on};

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Certificates that servers make here are for the time of the test's clock.
#[derive(Debug)]
struct TestTime;

impl TimeProvider for TestTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(
            1_795_510_800,
        )))
    }
}

/// A connection of a browser that trusts only this certificate.
async fn connect(to: SocketAddr, trusted: &Path) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(trusted).unwrap())
        .unwrap();
    let config = rustls::ClientConfig::builder_with_details(provider(), Arc::new(TestTime))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let tcp = TcpStream::connect(to).await?;
    TlsConnector::from(Arc::new(config))
        .connect(name, tcp)
        .await
}

async fn https(house: &House, trusted: &Path, method: &str, path: &str, body: &str) -> Answer {
    let stream = connect(house.address(), trusted).await.unwrap();
    http_on(stream, house.address(), method, path, &[], body)
        .await
        .unwrap()
}

async fn self_signed(folder: &Path) -> House {
    let mut config = config();
    config.data_dir = folder.to_owned();
    config.tls.mode = TlsMode::SelfSigned;
    house_with(config, Arc::new(MemoryStore::new())).await
}

/// Writes a new certificate for `localhost` and its key.
fn issue(folder: &Path) -> Vec<u8> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    made.cert.der().to_vec()
}

fn with_files(folder: &Path) -> ServerConfig {
    let mut config = config();
    config.tls.mode = TlsMode::Certificate;
    config.tls.certificate = folder.join("cert.pem");
    config.tls.key = folder.join("key.pem");
    config
}

#[tokio::test]
async fn a_first_try_is_encrypted_with_a_certificate_made_here() {
    let dir = tempfile::tempdir().unwrap();
    let house = self_signed(dir.path()).await;
    let trusted = dir.path().join("tls/certificate.pem");
    let url = house.server.url();
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let der = CertificateDer::from_pem_file(&trusted).unwrap();
    let hash: Vec<String> = Sha256::digest(&der)
        .iter()
        .map(|b| format!("{b:02X}"))
        .collect();
    assert_eq!(house.server.fingerprint(), Some(hash.join(":")));

    let opened = https(&house, &trusted, "POST", "/api/cases", "{}").await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let cookie = opened.header("set-cookie").unwrap();
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    let opened_json = opened.json();
    let pairing = opened_json["pairing"]["url"].as_str().unwrap();
    assert!(pairing.starts_with("https://"), "{pairing}");
    // Browsers would let nobody past their warning any more.
    assert_eq!(opened.header("strict-transport-security"), None);

    // A conversation goes over the same way.
    let stream = connect(house.address(), &trusted).await.unwrap();
    let address = format!("wss://localhost:{}/api/ws", house.address().port());
    let mut request = address.into_client_request().unwrap();
    let protocol = "tolkebot.v1".parse().unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = client_async(request, stream).await.unwrap();
    let hello = json!({"type": "hello", "ticket": opened_json["ticket"]});
    socket.send(Message::text(hello.to_string())).await.unwrap();
    let welcome = socket.next().await.unwrap().unwrap().into_text().unwrap();
    let welcome: Value = serde_json::from_str(&welcome).unwrap();
    assert_eq!(welcome["type"], "welcome");
    house.server.shutdown().await;

    // The next start has the same certificate: browsers warn once.
    let again = self_signed(dir.path()).await;
    assert_eq!(again.server.fingerprint(), Some(hash.join(":")));
}

/// Else a server that runs for a year lets nobody in any more.
#[tokio::test]
async fn a_certificate_made_here_is_renewed_while_the_server_runs() {
    let dir = tempfile::tempdir().unwrap();
    let house = self_signed(dir.path()).await;
    let first = house.server.fingerprint();
    house.clock.advance(340 * 24 * 3600);
    for _ in 0..200 {
        if house.server.fingerprint() != first {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_ne!(house.server.fingerprint(), first);
    let der = CertificateDer::from_pem_file(dir.path().join("tls/certificate.pem")).unwrap();
    let hash: Vec<String> = Sha256::digest(&der)
        .iter()
        .map(|b| format!("{b:02X}"))
        .collect();
    assert_eq!(house.server.fingerprint(), Some(hash.join(":")));
}

#[tokio::test]
async fn a_certificate_from_files_is_used_and_a_new_one_without_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let first = issue(dir.path());
    let house = house_with(with_files(dir.path()), Arc::new(MemoryStore::new())).await;
    let trusted = dir.path().join("cert.pem");
    let health = https(&house, &trusted, "GET", "/healthz", "").await;
    assert_eq!(health.text(), "ok\n");
    let hsts = health.header("strict-transport-security").unwrap();
    assert_eq!(hsts, "max-age=31536000");
    let served = async |trusted: &Path| {
        let stream = connect(house.address(), trusted).await.ok()?;
        let chain = stream.get_ref().1.peer_certificates()?;
        Some(chain.first()?.to_vec())
    };
    assert_eq!(served(&trusted).await.as_ref(), Some(&first));

    // What cannot be used changes nothing.
    let old = dir.path().join("old.pem");
    std::fs::copy(&trusted, &old).unwrap();
    std::fs::write(&trusted, "no certificate").unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(served(&old).await.as_ref(), Some(&first));

    let second = issue(dir.path());
    loop {
        if served(&trusted).await.as_ref() == Some(&second) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(served(&old).await.is_none(), "the old one is gone");
}

#[tokio::test]
async fn certificates_that_cannot_be_used_stop_the_start_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    issue(dir.path());
    let other = dir.path().join("other");
    std::fs::create_dir(&other).unwrap();
    issue(&other);
    let start = |config: ServerConfig| async {
        let store = Arc::new(MemoryStore::new());
        let pipe = Arc::new(crate::common::FakePipe::default());
        let clock = Arc::new(tolkebot_server::SystemClock);
        tolkebot_server::Server::bind(config, pipe, store, clock)
            .await
            .unwrap_err()
            .to_string()
    };
    let mut foreign = with_files(dir.path());
    foreign.tls.key = other.join("key.pem");
    let error = start(foreign).await;
    assert!(error.contains("its own key"), "{error}");
    let mut missing = with_files(dir.path());
    missing.tls.certificate = dir.path().join("none.pem");
    let error = start(missing).await;
    assert!(error.contains("none.pem"), "{error}");
    let mut swapped = with_files(dir.path());
    std::mem::swap(&mut swapped.tls.key, &mut swapped.tls.certificate);
    let error = start(swapped).await;
    assert!(error.contains("PEM file"), "{error}");
    assert!(!error.contains("BEGIN"), "{error}");
}

/// A `ClientHello` of the newest version `version` with one cipher suite, and the alert that
/// answers it.
async fn alert_for(to: SocketAddr, version: [u8; 2], cipher: [u8; 2]) -> Vec<u8> {
    let mut extensions = Vec::new();
    // supported_groups: x25519, P-256; signature_algorithms: ECDSA and RSA with SHA-256.
    extensions.extend([0, 10, 0, 6, 0, 4, 0, 29, 0, 23]);
    extensions.extend([0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1]);
    extensions.extend([0, 11, 0, 2, 1, 0]);
    let mut hello = Vec::from(version);
    hello.extend([7; 32]);
    hello.extend([0, 0, 2]);
    hello.extend(cipher);
    hello.extend([1, 0, 0, extensions.len() as u8]);
    hello.extend(extensions);
    let mut record = vec![
        22,
        3,
        1,
        0,
        hello.len() as u8 + 4,
        1,
        0,
        0,
        hello.len() as u8,
    ];
    record.extend(hello);
    let mut tcp = TcpStream::connect(to).await.unwrap();
    tcp.write_all(&record).await.unwrap();
    let mut answer = Vec::new();
    let _ = tcp.read_to_end(&mut answer).await;
    answer
}

#[tokio::test]
async fn old_versions_and_weak_ciphers_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let house = self_signed(dir.path()).await;
    let to = house.address();
    let ecdhe_gcm = [0xc0, 0x2b];
    // TLS 1.0 and 1.1: protocol_version (70).
    for version in [[3, 1], [3, 2]] {
        let answer = alert_for(to, version, ecdhe_gcm).await;
        assert_eq!(answer.first(), Some(&21), "an alert: {answer:?}");
        assert_eq!(answer[5..], [2, 70], "{version:?}");
    }
    // TLS 1.2 without forward secrecy, with CBC, with 3DES: handshake_failure (40).
    for cipher in [[0x00, 0x2f], [0xc0, 0x09], [0xc0, 0x08]] {
        let answer = alert_for(to, [3, 3], cipher).await;
        assert_eq!(answer.first(), Some(&21), "an alert: {answer:?}");
        assert_eq!(answer[5..], [2, 40], "{cipher:?}");
    }
    // Without TLS nothing is answered that would be HTTP.
    let mut tcp = TcpStream::connect(to).await.unwrap();
    tcp.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut answer = Vec::new();
    let _ = tcp.read_to_end(&mut answer).await;
    assert!(!answer.windows(4).any(|w| w == b"HTTP"), "{answer:?}");
}

#[tokio::test]
async fn a_handshake_that_does_not_go_on_is_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = dir.path().to_owned();
    config.tls.mode = TlsMode::SelfSigned;
    config.timeouts.headers_s = 1;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    for begun in [&b""[..], b"\x16\x03\x01"] {
        let mut tcp = TcpStream::connect(house.address()).await.unwrap();
        tcp.write_all(begun).await.unwrap();
        let mut answer = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(20), tcp.read_to_end(&mut answer));
        assert!(closed.await.is_ok(), "the connection stays open");
    }
}
