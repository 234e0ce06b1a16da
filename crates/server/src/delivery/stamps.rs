//! A time-stamp service over HTTP (RFC 3161, 3.4).

use std::io::Read;
use std::time::Duration;

use tolkebot_document::TimeStamps;

use super::config::DeliveryConfigError;

/// Longest answer that is read, bytes: a token with its certificates has a tenth of that.
const LONGEST: u64 = 64 * 1024;

/// Asks a service for time stamps by `POST` of `application/timestamp-query`.
pub struct StampService {
    url: String,
    policy: Option<String>,
    roots: Vec<Vec<u8>>,
    agent: ureq::Agent,
}

impl std::fmt::Debug for StampService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StampService({})", self.url)
    }
}

impl StampService {
    /// Asks `url`, which has `patience` for an answer; `policy` is an OID or empty; `roots` are
    /// certificates, DER.
    ///
    /// # Errors
    /// [`DeliveryConfigError::Value`] for an address that is none.
    pub fn new(
        url: &str,
        policy: &str,
        roots: Vec<Vec<u8>>,
        patience: Duration,
    ) -> Result<StampService, DeliveryConfigError> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(DeliveryConfigError::Value {
                key: "seal.tsa_url",
                remedy: "write an http or https address",
            });
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(patience))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        Ok(StampService {
            url: url.to_owned(),
            policy: (!policy.is_empty()).then(|| policy.to_owned()),
            roots,
            agent,
        })
    }
}

impl TimeStamps for StampService {
    fn nonce(&self) -> Result<[u8; 8], String> {
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce)
            .map_err(|e| format!("there are no random numbers to ask it with ({e})"))?;
        Ok(nonce)
    }

    fn policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    fn roots(&self) -> &[Vec<u8>] {
        &self.roots
    }

    fn request(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        let mut answer = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/timestamp-query")
            .header("Accept", "application/timestamp-reply")
            .send(request)
            .map_err(|e| format!("{} cannot be reached ({e})", self.url))?;
        let status = answer.status().as_u16();
        if status != 200 {
            return Err(format!("{} answered {status}", self.url));
        }
        let kind = answer.headers().get("content-type");
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/timestamp-reply") {
            return Err(format!("{} does not answer with a time stamp", self.url));
        }
        let mut bytes = Vec::new();
        answer
            .body_mut()
            .as_reader()
            .take(LONGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| format!("{} did not answer to the end ({e})", self.url))?;
        if bytes.len() as u64 > LONGEST {
            return Err(format!("{} answers more than a time stamp", self.url));
        }
        Ok(bytes)
    }
}
