//! Asking the provider.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How long one question may take. Shorter than a request's own limit.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer, bytes.
const LARGEST: u64 = 1024 * 1024;

/// A client that follows no redirect: an answer must come from the provider itself.
pub(super) struct Http(ureq::Agent);

impl Http {
    /// A client that trusts the authorities in the PEM text instead of the public ones, if there is
    /// one.
    pub fn new(ca: Option<&str>) -> Result<Http, String> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = ca {
            let mut roots: Vec<Certificate<'static>> = Vec::new();
            for item in parse_pem(pem.as_bytes()) {
                if let PemItem::Certificate(one) = item.map_err(|error| error.to_string())? {
                    roots.push(one);
                }
            }
            if roots.is_empty() {
                return Err("there is no certificate in it".to_owned());
            }
            tls = tls.root_certs(RootCerts::new_with_certs(&roots));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent("tolkebot")
            .tls_config(tls.build())
            .build();
        Ok(Http(config.new_agent()))
    }

    /// One question.
    pub fn call(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let mut answer = self.0.run(request)?;
        let body = answer
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()?;
        Ok(answer.map(|_| body))
    }
}
