//! Settings of sealing and handing in.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tolkebot_document::{FileKey, SealKey, TestSeal, check_key};
use zeroize::Zeroizing;

use super::stamps::StampService;
use super::token::TokenKey;
use super::token_uri::TokenUri;
use crate::config::Hidden;

/// The municipality's electronic seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SealConfig {
    /// File with the key, PEM, PKCS #8: P-256 or RSA. Empty: a key for trying out, made in
    /// `data_dir`, whose name says so on every document.
    pub key_file: PathBuf,
    /// File with its certificates, PEM, the key's own first.
    pub certificate_file: PathBuf,
    /// A key in a security module instead of `key_file`.
    pub pkcs11: TokenConfig,
    /// Address of a time-stamp service (RFC 3161), http or https: its tokens are signed. Empty:
    /// seals have no time stamp (PAdES-B-B).
    pub tsa_url: String,
    /// File with the certificates, PEM, that the service's own must lead to.
    pub tsa_root: PathBuf,
    /// Policy to ask the service for, an OID such as `1.2.3`. Empty: whichever it takes.
    pub tsa_policy: String,
    /// How long the service may take, seconds.
    pub tsa_timeout_s: u32,
    /// What to do if the service cannot be had: true, the case waits and is tried again; false, the
    /// document is sealed without a time stamp, with a warning in the log.
    pub tsa_required: bool,
}

impl Default for SealConfig {
    fn default() -> Self {
        SealConfig {
            key_file: PathBuf::new(),
            certificate_file: PathBuf::new(),
            pkcs11: TokenConfig::default(),
            tsa_url: String::new(),
            tsa_root: PathBuf::new(),
            tsa_policy: String::new(),
            tsa_timeout_s: 10,
            tsa_required: false,
        }
    }
}

/// A seal's key in a security module, by PKCS #11.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TokenConfig {
    /// The module's library, for example `/usr/lib/softhsm/libsofthsm2.so`. Empty: no module.
    pub module: PathBuf,
    /// The key: its label, or a URI as in RFC 7512, `pkcs11:token=…;object=…`.
    pub key: String,
    /// File with the token's PIN. Empty: the token wants none.
    pub pin_file: PathBuf,
    /// The PIN itself, before `pin_file`: meant for `TOLKEBOT_SEAL_PKCS11_PIN`.
    pub pin: Hidden,
}

impl TokenConfig {
    fn is_set(&self) -> bool {
        !self.module.as_os_str().is_empty()
    }

    /// The PIN; `None` if the token wants none.
    fn pin(&self) -> Result<Option<SecretString>, DeliveryConfigError> {
        if !self.pin.is_empty() {
            return Ok(Some(SecretString::from(self.pin.expose())));
        }
        if self.pin_file.as_os_str().is_empty() {
            return Ok(None);
        }
        let text = Zeroizing::new(read("the token's PIN", &self.pin_file)?);
        Ok(Some(SecretString::from(text.trim())))
    }

    /// The key, which has signed something to show that it is the certificate's.
    fn key(&self, certificate_file: &Path) -> Result<TokenKey, DeliveryConfigError> {
        let name = TokenUri::parse(&self.key).map_err(|why| DeliveryConfigError::Key { why })?;
        let pem = read("the seal's certificate", certificate_file)?;
        let certificates = tolkebot_document::certificates(&pem)?;
        let key = TokenKey::open(&self.module, name, self.pin()?, certificates)?;
        check_key(&key)?;
        Ok(key)
    }
}

/// Signing with MitID at NemLog-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NemLogInConfig {
    /// File with the certificates, PEM, that signers' and their time stamps' must lead to: the
    /// roots of NemLog-in's signing service. Empty: no signed document is taken in.
    pub roots_file: PathBuf,
}

impl NemLogInConfig {
    /// The roots, DER.
    ///
    /// # Errors
    /// [`DeliveryConfigError`] if there are none.
    pub fn roots(&self) -> Result<Vec<Vec<u8>>, DeliveryConfigError> {
        if self.roots_file.as_os_str().is_empty() {
            return Err(DeliveryConfigError::Value {
                key: "nemlogin.roots_file",
                remedy: "name the file with the signing service's root certificates",
            });
        }
        let pem = read("NemLog-in's root certificates", &self.roots_file)?;
        Ok(tolkebot_document::certificates(&pem)?)
    }
}

/// Receipts as messages for Digital Post (MeMo 1.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MemoConfig {
    /// The sender's CVR number, eight digits. Empty: no message is made.
    pub sender_cvr: String,
    /// The sender's name, as the citizen reads it. Empty: `authority`.
    pub sender: String,
}

impl MemoConfig {
    /// True if messages are made.
    pub fn is_set(&self) -> bool {
        !self.sender_cvr.is_empty()
    }
}

/// Where approved cases go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliveryConfig {
    /// The way: `directory` or `webhook`.
    pub channel: ChannelKind,
    /// For `directory`: the folder that gets one folder for each case. Empty: `submitted` in
    /// `data_dir`.
    pub directory: PathBuf,
    /// For `webhook`: the address, https.
    pub webhook_url: String,
    /// For `webhook`: file with the secret that bodies are signed with, at least 32 characters.
    pub webhook_secret_file: PathBuf,
    /// How often a delivery is tried before a person must look at it.
    pub attempts: u32,
    /// Hands nothing in: after a backup was put back, until somebody has compared with the receiver what it has already.
    pub paused: bool,
}

/// The ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A folder for each case.
    #[default]
    Directory,
    /// An HTTPS request for each case.
    Webhook,
}

impl Default for DeliveryConfig {
    fn default() -> Self {
        DeliveryConfig {
            channel: ChannelKind::Directory,
            directory: PathBuf::new(),
            webhook_url: String::new(),
            webhook_secret_file: PathBuf::new(),
            attempts: 12,
            paused: false,
        }
    }
}

/// Why sealing or handing in cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryConfigError {
    /// A file cannot be read or made.
    #[error("{what} {} cannot be used: {source}; check the path and its permissions", path.display())]
    File {
        /// What it is for.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The name of a key in a security module cannot be read.
    #[error("setting `seal.pkcs11.key`: {why}")]
    Key {
        /// What is wrong with it.
        why: String,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Seal(#[from] tolkebot_document::SealError),
    /// There is no randomness for a key.
    #[error("the operating system gives no random numbers for a key: {0}")]
    Random(String),
    /// A setting makes no sense.
    #[error("setting `{key}`: {remedy}")]
    Value {
        /// The key.
        key: &'static str,
        /// What to write.
        remedy: &'static str,
    },
}

fn read(what: &'static str, path: &Path) -> Result<String, DeliveryConfigError> {
    std::fs::read_to_string(path).map_err(|source| DeliveryConfigError::File {
        what,
        path: path.to_owned(),
        source,
    })
}

/// Writes a file for its owner only.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

impl SealConfig {
    /// True if no real key is set.
    pub fn is_for_trying_out(&self) -> bool {
        self.key_file.as_os_str().is_empty() && !self.pkcs11.is_set()
    }

    /// The key: as set, or one for trying out that is made in `folder` at the first time.
    ///
    /// # Errors
    /// [`DeliveryConfigError`].
    pub fn key(
        &self,
        folder: &Path,
        now: Timestamp,
    ) -> Result<Box<dyn SealKey>, DeliveryConfigError> {
        if self.pkcs11.is_set() {
            if !self.key_file.as_os_str().is_empty() {
                return Err(DeliveryConfigError::Value {
                    key: "seal.key_file",
                    remedy: "there is a security module as well: leave one of the two out",
                });
            }
            return Ok(Box::new(self.pkcs11.key(&self.certificate_file)?));
        }
        Ok(Box::new(self.file_key(folder, now)?))
    }

    fn file_key(&self, folder: &Path, now: Timestamp) -> Result<FileKey, DeliveryConfigError> {
        if !self.is_for_trying_out() {
            let key = read("the seal's key", &self.key_file)?;
            let certificate = read("the seal's certificate", &self.certificate_file)?;
            return Ok(FileKey::from_pem(&key, &certificate)?);
        }
        let (key, certificate) = (
            folder.join("test-seal.key.pem"),
            folder.join("test-seal.certificate.pem"),
        );
        if !key.exists() {
            let made = SealConfig::make(now)?;
            let failed = |path: &Path| {
                let path = path.to_owned();
                move |source| DeliveryConfigError::File {
                    what: "the seal's key for trying out",
                    path,
                    source,
                }
            };
            std::fs::create_dir_all(folder).map_err(failed(folder))?;
            // The certificate first: whoever finds the key finds both.
            let _ = std::fs::remove_file(&certificate);
            write_private(&certificate, &made.certificate).map_err(failed(&certificate))?;
            write_private(&key, &made.key).map_err(failed(&key))?;
        }
        Ok(FileKey::from_pem(
            &read("the seal's key for trying out", &key)?,
            &read("the seal's certificate for trying out", &certificate)?,
        )?)
    }

    /// The time-stamp service; `None` if none is set.
    ///
    /// # Errors
    /// [`DeliveryConfigError`] for an address or certificates that cannot be used.
    pub fn stamps(&self) -> Result<Option<StampService>, DeliveryConfigError> {
        if self.tsa_url.is_empty() {
            return Ok(None);
        }
        if self.tsa_root.as_os_str().is_empty() {
            return Err(DeliveryConfigError::Value {
                key: "seal.tsa_root",
                remedy: "name the file with the certificates that the time-stamp service's must \
                         lead to",
            });
        }
        let pem = read("the time-stamp service's root", &self.tsa_root)?;
        let roots = tolkebot_document::certificates(&pem)?;
        let patience = Duration::from_secs(u64::from(self.tsa_timeout_s.max(1)));
        StampService::new(&self.tsa_url, &self.tsa_policy, roots, patience).map(Some)
    }

    /// A new key for trying out.
    ///
    /// # Errors
    /// [`DeliveryConfigError::Random`].
    pub fn make(now: Timestamp) -> Result<TestSeal, DeliveryConfigError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|e| DeliveryConfigError::Random(e.to_string()))?;
        Ok(TestSeal::make(&seed, now)?)
    }
}

impl DeliveryConfig {
    /// The secret that webhook bodies are signed with.
    pub(super) fn secret(&self) -> Result<String, DeliveryConfigError> {
        if self.webhook_secret_file.as_os_str().is_empty() {
            return Err(DeliveryConfigError::Value {
                key: "delivery.webhook_secret_file",
                remedy: "name the file with the secret that the receiver checks bodies with",
            });
        }
        let text = read("the webhook's secret", &self.webhook_secret_file)?;
        let secret = text.trim();
        if secret.len() < 32 {
            return Err(DeliveryConfigError::Value {
                key: "delivery.webhook_secret_file",
                remedy: "its secret is shorter than 32 characters: make a longer one",
            });
        }
        Ok(secret.to_owned())
    }
}
