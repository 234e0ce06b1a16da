//! TLS in the server: certificates from files or made here, read again when they change.

mod self_signed;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;

use self::self_signed::SelfSigned;
use crate::clock::Clock;
use crate::config::{ServerConfig, TlsMode};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(2);

/// Why TLS cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or is no PEM of the right kind.
    #[error("cannot use the {what} {}: {reason}; it must be a PEM file that this program may read", path.display())]
    File {
        /// `certificate` or `private key`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong; never its content.
        reason: String,
    },
    /// Certificate and key do not belong together, or are of an unknown kind.
    #[error(
        "the certificate {} and the key {} cannot be used together ({reason}): name a certificate \
         and its own key",
        certificate.display(), key.display()
    )]
    Pair {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// No certificate can be made.
    #[error("cannot make a certificate for {names}: {reason}; check `tls.names`")]
    Make {
        /// The names that it was for.
        names: String,
        /// What is wrong.
        reason: String,
    },
    /// What was made cannot be kept.
    #[error("cannot write {}: {source}; check permissions of the data folder", path.display())]
    Keep {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The library refuses its own settings.
    #[error("TLS cannot be set up: {0}")]
    Setup(String),
}

/// The server's certificate, exchanged while connections go on.
pub(crate) struct Certificate {
    certificate: PathBuf,
    key: PathBuf,
    /// What renews it, if it was made here.
    made_here: Option<SelfSigned>,
    current: RwLock<Arc<CertifiedKey>>,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificate({})", self.certificate.display())
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read();
        Some(current.unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl Certificate {
    /// The certificate that the settings ask for; `None` without TLS.
    pub fn of(config: &ServerConfig, now: Timestamp) -> Result<Option<Certificate>, TlsError> {
        let made_here = (config.tls.mode == TlsMode::SelfSigned).then(|| SelfSigned::of(config));
        let (certificate, key) = match (config.tls.mode, &made_here) {
            (TlsMode::Off, _) => return Ok(None),
            (_, Some(made_here)) => made_here.read_or_make(now)?,
            (_, None) => (config.tls.certificate.clone(), config.tls.key.clone()),
        };
        let current = RwLock::new(Arc::new(read(&certificate, &key)?));
        Ok(Some(Certificate {
            certificate,
            key,
            made_here,
            current,
        }))
    }

    /// SHA-256 of the server's certificate, as browsers show it: `AB:CD:…`.
    pub fn fingerprint(&self) -> String {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = current.cert.first() else {
            return String::new();
        };
        let bytes = Sha256::digest(first);
        let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        bytes.join(":")
    }

    /// Reads the files again whenever they change, until it is dropped, and makes them anew before they end if they
    /// were made here. What cannot be used is named once, and the certificate before it stays.
    pub async fn follow(self: Arc<Self>, clock: Arc<dyn Clock>) {
        let mut seen = self.looks();
        let mut ticks = tokio::time::interval(EVERY);
        let mut told = false;
        loop {
            ticks.tick().await;
            let made = self.made_here.as_ref();
            match made.map(|made_here| made_here.read_or_make(clock.now())) {
                Some(Err(error)) if !told => {
                    told = true;
                    tracing::error!(%error, "the certificate cannot be renewed; the old one stays");
                }
                Some(Err(_)) => {}
                Some(Ok(_)) | None => told = false,
            }
            let looks = self.looks();
            if looks == seen {
                continue;
            }
            seen = looks;
            match read(&self.certificate, &self.key) {
                Ok(new) => {
                    *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
                    let fingerprint = self.fingerprint();
                    tracing::info!(fingerprint, "a new certificate is used");
                }
                Err(error) => {
                    tracing::error!(%error, "the new certificate is not used; the old one stays");
                }
            }
        }
    }

    /// What tells that a file has changed.
    fn looks(&self) -> [Option<(std::time::SystemTime, u64)>; 2] {
        [&self.certificate, &self.key].map(|path| {
            let about = std::fs::metadata(path).ok()?;
            Some((about.modified().ok()?, about.len()))
        })
    }

    /// What encrypts connections: TLS 1.3 and 1.2 with forward secrecy and authenticated ciphers,
    /// which is all that rustls has; HTTP/1.1 only.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(|error| TlsError::Setup(error.to_string()))?
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn read(certificate: &Path, key: &Path) -> Result<CertifiedKey, TlsError> {
    let file = |what, path: &Path, reason: String| TlsError::File {
        what,
        path: path.to_owned(),
        reason,
    };
    let bad_certificate = |reason| file("certificate", certificate, reason);
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| bad_certificate(error.to_string()))?;
    if chain.is_empty() {
        return Err(bad_certificate("there is none in it".to_owned()));
    }
    let secret = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| file("private key", key, error.to_string()))?;
    CertifiedKey::from_der(chain, secret, &ring::default_provider()).map_err(|error| {
        TlsError::Pair {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            reason: error.to_string(),
        }
    })
}
