//! Settings of sealing and handing in.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tolkebot_document::{FileKey, TestSeal};

/// The municipality's electronic seal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SealConfig {
    /// File with the key, PEM, PKCS #8: P-256 or RSA. Empty: a key for trying out, made in
    /// `data_dir`, whose name says so on every document.
    pub key_file: PathBuf,
    /// File with its certificates, PEM, the key's own first.
    pub certificate_file: PathBuf,
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
        self.key_file.as_os_str().is_empty()
    }

    /// The key: as set, or one for trying out that is made in `folder` at the first time.
    ///
    /// # Errors
    /// [`DeliveryConfigError`].
    pub fn key(&self, folder: &Path, now: Timestamp) -> Result<FileKey, DeliveryConfigError> {
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
