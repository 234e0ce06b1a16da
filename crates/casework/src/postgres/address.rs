//! Where the database is, and whom its certificate must come from.

use std::path::Path;
use std::sync::Arc;

use postgres::Config;
use postgres::config::Host;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::StoreError;

pub(super) fn host_name(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    }
}

pub(super) fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            let address = name.parse::<std::net::IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Refuses an address that leaves it to the library whose database it is.
pub(super) fn whole(config: &Config) -> Result<(), StoreError> {
    if config.get_user().is_some() && config.get_dbname().is_some() {
        return Ok(());
    }
    Err(StoreError::Address(
        "it names no user or no database: write postgres://user:password@host/database".to_owned(),
    ))
}

pub(super) fn trusting(path: &Path) -> Result<MakeRustlsConnect, StoreError> {
    let unusable = |reason: String| {
        StoreError::Address(format!(
            "the authority in {} cannot be used: {reason}",
            path.display()
        ))
    };
    let mut roots = rustls::RootCertStore::empty();
    for one in CertificateDer::pem_file_iter(path).map_err(|e| unusable(e.to_string()))? {
        let one = one.map_err(|e| unusable(e.to_string()))?;
        roots.add(one).map_err(|e| unusable(e.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unusable("there is no certificate in it".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| unusable(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
