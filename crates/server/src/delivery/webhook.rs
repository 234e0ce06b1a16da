//! Handing in by an HTTPS request with a signed body.

use std::fmt::Write;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use tolkebot_document::sha256_hex;
use tolkebot_protocol::DeliveryTrouble;

use super::channel::{Channel, DeliveryError};
use super::config::DeliveryConfigError;
use super::package::Package;

/// Name of the header with the body's signature.
pub const SIGNATURE_HEADER: &str = "X-TolkeBOT-Signature";
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longest receipt that is kept, characters.
const RECEIPT: usize = 200;

/// Posts packages to an address.
///
/// The body is JSON: `{"case", "key", "files": [{"name", "media_type", "sha256", "base64"}]}`.
/// Headers: `Idempotency-Key` with the SHA-256 of the sealed PDF, and `X-TolkeBOT-Signature:
/// v1=HEX`, the HMAC-SHA-256 of the body under the shared secret. The receiver answers 2xx, also
/// when it has the key already; the first 200 characters of its answer are the receipt.
pub struct Webhook {
    url: String,
    secret: String,
    agent: ureq::Agent,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Webhook({})", self.url)
    }
}

/// The signature of a body, as it stands in the header.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut out = String::from("v1=");
    // A key of any length will do for HMAC.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        mac.update(body);
        for byte in mac.finalize().into_bytes() {
            let _ = write!(out, "{byte:02x}");
        }
    }
    out
}

impl Webhook {
    /// Posts to `url`: https, or http on this machine itself.
    ///
    /// # Errors
    /// [`DeliveryConfigError::Value`] for other addresses.
    pub fn new(url: &str, secret: &str) -> Result<Webhook, DeliveryConfigError> {
        let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        if !url.starts_with("https://") && !local.iter().any(|start| url.starts_with(start)) {
            return Err(DeliveryConfigError::Value {
                key: "delivery.webhook_url",
                remedy: "write an https address: the package holds personal data",
            });
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        Ok(Webhook {
            url: url.to_owned(),
            secret: secret.to_owned(),
            agent,
        })
    }

    /// The body for a package; the same every time.
    pub fn body(package: &Package) -> Vec<u8> {
        let files: Vec<_> = package
            .files
            .iter()
            .map(|file| {
                json!({
                    "name": file.name,
                    "media_type": file.media_type,
                    "sha256": sha256_hex(&file.bytes),
                    "base64": STANDARD.encode(&file.bytes),
                })
            })
            .collect();
        let body = json!({"case": package.case, "key": package.key, "files": files});
        tolkebot_casework::canonical_json(&body).into_bytes()
    }
}

impl Channel for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn deliver(&self, package: &Package) -> Result<String, DeliveryError> {
        let body = Webhook::body(package);
        let answer = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", &package.key)
            .header(SIGNATURE_HEADER, &signature(&self.secret, &body))
            .send(&body[..]);
        let mut answer = answer
            .map_err(|e| DeliveryError::passing(format!("{} cannot be reached ({e})", self.url)))
            .map_err(|e| e.about(DeliveryTrouble::Unreachable))?;
        let status = answer.status().as_u16();
        let said = answer.body_mut().read_to_string().unwrap_or_default();
        let receipt: String = said.trim().chars().take(RECEIPT).collect();
        match status {
            200..=299 => Ok(receipt),
            // Too early, too much, too slow: later perhaps.
            408 | 425 | 429 | 500..=599 => Err(DeliveryError::passing(format!(
                "{} answered {status}",
                self.url
            ))
            .about(DeliveryTrouble::Busy)),
            _ => Err(DeliveryError::hopeless(format!(
                "{} answered {status}: see what it expects",
                self.url
            ))
            .about(DeliveryTrouble::Refused)),
        }
    }
}
