//! The server's settings: defaults, `config.toml`, environment.

mod check;
mod environment;
mod keys;
mod limits;
mod network;
mod oidc;
mod privacy;
mod store;
pub mod text;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tolkebot_casework::Retention;

use self::environment::{find, is_of_another_program, overrule};
pub use self::keys::KeySettings;
pub use self::limits::{Limits, Timeouts};
pub use self::network::{Tls, TlsMode};
pub(crate) use self::network::{network_of, origin_of};
pub use self::oidc::Oidc;
pub use self::privacy::{KeepSound, Privacy};
pub use self::store::{Hidden, StoreSettings};
use crate::delivery::{DeliveryConfig, MemoConfig, NemLogInConfig, SealConfig};
use toml::Table;

/// Settings of the server. Every field has a default; unknown ones are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port to listen on. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// How browsers reach the server, for example `https://tolk.example.dk`: goes into the QR code.
    /// Empty: as the browser that opened the case reached it.
    pub public_url: String,
    /// Folder for the event log.
    pub data_dir: PathBuf,
    /// File with the master key, 64 hexadecimal digits, under which cases are sealed; the variable
    /// `TOLKEBOT_MASTER_KEY` comes before it. Empty: `master.key` in `data_dir`, made at the first
    /// start, unless `keys.command` is set. In production it belongs on another disk than the log.
    pub master_key_file: PathBuf,
    /// Folder with the built web client.
    pub web_dir: PathBuf,
    /// Origins besides the server's own that may open sockets, for example a development server's
    /// `http://localhost:5173`.
    pub allowed_origins: Vec<String>,
    /// The municipality that receives the form, in Danish: stands on the document.
    pub authority: String,
    /// IANA time zone in which a case's "today" is taken.
    pub time_zone: String,
    /// Whether translations are spoken. Off: text only.
    pub speech: bool,
    /// How long a pairing code is good for, s.
    pub pairing_code_lifetime_s: u32,
    /// How long a ticket from `POST /api/cases` or `POST /api/pair` is good for, s.
    pub ticket_lifetime_s: u32,
    /// How long a client may come back to its conversation, s; also the life of the cookie.
    pub resume_lifetime_s: u32,
    /// Time limits of sockets.
    pub timeouts: Timeouts,
    /// How much clients may send and the server keeps.
    pub limits: Limits,
    /// A key management system for the master key.
    pub keys: KeySettings,
    /// Where cases are kept.
    pub store: StoreSettings,
    /// Whether sound may be kept.
    pub privacy: Privacy,
    /// How long cases are kept.
    pub retention: Retention,
    /// The municipality's electronic seal.
    pub seal: SealConfig,
    /// Signing with MitID.
    pub nemlogin: NemLogInConfig,
    /// Where approved cases go.
    pub delivery: DeliveryConfig,
    /// Receipts for Digital Post.
    pub memo: MemoConfig,
    /// Who may come in.
    pub access: Access,
    /// Encryption by the server itself.
    pub tls: Tls,
    /// Sign-in at an OpenID provider.
    pub oidc: Oidc,
    /// Addresses and networks of proxies in front, for example `10.0.0.0/8`: what they say of a
    /// client's address (`X-Forwarded-For`) is believed.
    pub trusted_proxies: Vec<String>,
}

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Whether staff must sign in with an account (`tolkebot accounts add`). Off: a first try, in
    /// which whoever reaches the server may open cases.
    pub accounts: bool,
    /// Allows a first try without accounts on a network, where everybody on it may open cases.
    pub open_to_network: bool,
}

impl Default for ServerConfig {
    fn default() -> Self {
        ServerConfig {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8600)),
            public_url: String::new(),
            data_dir: PathBuf::from("data"),
            master_key_file: PathBuf::new(),
            web_dir: PathBuf::from("web-client/dist"),
            allowed_origins: Vec::new(),
            authority: "Aarhus Kommune".to_owned(),
            time_zone: "Europe/Copenhagen".to_owned(),
            speech: true,
            pairing_code_lifetime_s: 600,
            ticket_lifetime_s: 600,
            resume_lifetime_s: 12 * 3600,
            timeouts: Timeouts::default(),
            limits: Limits::default(),
            keys: KeySettings::default(),
            store: StoreSettings::default(),
            privacy: Privacy::default(),
            retention: Retention::default(),
            seal: SealConfig::default(),
            nemlogin: NemLogInConfig::default(),
            delivery: DeliveryConfig::default(),
            memo: MemoConfig::default(),
            access: Access::default(),
            tls: Tls::default(),
            oidc: Oidc::default(),
            trusted_proxies: Vec::new(),
        }
    }
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file is not TOML, or has a key that does not exist or a value of another kind.
    #[error("the settings {origin} are not usable: {reason}")]
    Parse {
        /// The file, or the environment.
        origin: String,
        /// What is wrong where.
        reason: String,
    },
    /// An environment variable has a value of another kind.
    #[error("environment variable {name} is `{value}`, which is no {wanted}")]
    Variable {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A value that makes no sense.
    #[error("setting `{key}` is {value}: {remedy}")]
    Value {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What to write instead.
        remedy: &'static str,
    },
}

/// Prefix of the environment variables that overrule the file.
const PREFIX: &str = "TOLKEBOT_";

impl ServerConfig {
    /// Reads a file (or takes the defaults without one) and lets the environment overrule it:
    /// `TOLKEBOT_LISTEN`, `TOLKEBOT_LIMITS_SOCKETS` and so on, lists separated by commas. Variables
    /// that are no settings are left to others.
    ///
    /// # Errors
    /// [`ConfigError`] names the key or variable and what is wrong with it.
    pub fn load(
        path: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<ServerConfig, ConfigError> {
        let (text, origin) = match path {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
                    path: path.to_owned(),
                    source,
                })?;
                (text, path.display().to_string())
            }
            None => (String::new(), "of the environment".to_owned()),
        };
        ServerConfig::from_toml(&text, &origin)?.overruled_by(env)
    }

    /// Reads TOML text. `origin` names it in errors.
    ///
    /// # Errors
    /// [`ConfigError::Parse`].
    pub fn from_toml(text: &str, origin: &str) -> Result<ServerConfig, ConfigError> {
        text::from_table(text::table(text, origin)?, "", text, origin)
    }

    /// Lets environment variables overrule these settings.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] for a value of the wrong kind.
    pub fn overruled_by(
        self,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<ServerConfig, ConfigError> {
        let parse = |e: String| ConfigError::Parse {
            origin: "of the environment".to_owned(),
            reason: e,
        };
        let mut table = Table::try_from(&self).map_err(|e| parse(e.to_string()))?;
        for (name, text) in env {
            let Some(key) = name.strip_prefix(PREFIX) else {
                continue;
            };
            match find(&mut table, &key.to_ascii_lowercase()) {
                Some(value) => overrule(value, &name, &text)?,
                // Misspelt, a setting that somebody relies on would silently not be there.
                None if !is_of_another_program(key) => tracing::warn!(
                    name,
                    "no setting of the server has the name of this environment variable, which is ignored: `tolkebot \
                     config` prints those that there are"
                ),
                None => {}
            }
        }
        table
            .try_into()
            .map_err(|e: toml::de::Error| parse(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn the_file_overrules_defaults_and_the_environment_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        std::fs::write(
            &path,
            "listen = \"0.0.0.0:1\"\nspeech = false\n[limits]\nsockets = 3\n",
        )
        .unwrap();
        let config = ServerConfig::load(
            Some(&path),
            env(&[
                ("TOLKEBOT_LIMITS_SOCKETS", "7"),
                ("TOLKEBOT_ALLOWED_ORIGINS", "http://a:1, http://b:2"),
                ("TOLKEBOT_PUBLIC_URL", "https://tolk.example.dk"),
                ("TOLKEBOT_TIMEOUTS_HELLO_S", "2"),
                ("TOLKEBOT_LIMITS_AUDIO_SPEED", "3.5"),
                ("TOLKEBOT_ACCESS_OPEN_TO_NETWORK", "true"),
                ("TOLKEBOT_MODELS_DIR", "/elsewhere"),
                ("HOME", "/root"),
            ]),
        )
        .unwrap();
        assert_eq!(config.listen.to_string(), "0.0.0.0:1");
        assert!(!config.speech);
        assert_eq!(config.limits.sockets, 7);
        assert_eq!(config.allowed_origins, ["http://a:1", "http://b:2"]);
        assert_eq!(config.public_url, "https://tolk.example.dk");
        assert_eq!(config.timeouts.hello_s, 2);
        assert_eq!(config.limits.audio_speed, 3.5);
        assert_eq!(config.pairing_code_lifetime_s, 600);
        assert!(config.access.open_to_network && !config.access.accounts);
        config.check().unwrap();
    }

    #[test]
    fn a_misspelt_variable_is_told_of() {
        let log = tempfile::NamedTempFile::new().unwrap();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(Arc::new(log.reopen().unwrap()))
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let config = ServerConfig::default().overruled_by(env(&[
                ("TOLKEBOT_ACCESS_ACOUNTS", "true"),
                ("TOLKEBOT_ACCESS_OPEN_TO_NETWORK", "true"),
                ("TOLKEBOT_MASTER_KEY", "secret"),
                ("TOLKEBOT_MODELS_DIR", "/elsewhere"),
                ("HOME", "/root"),
            ]));
            assert!(config.unwrap().access.open_to_network);
        });
        let told = std::fs::read_to_string(log.path()).unwrap();
        assert!(told.contains("TOLKEBOT_ACCESS_ACOUNTS"), "{told}");
        assert_eq!(told.matches("TOLKEBOT_").count(), 1, "{told}");
    }

    #[test]
    fn mistakes_are_named() {
        let unknown = ServerConfig::from_toml("lisen = \"x\"", "config.toml").unwrap_err();
        assert!(unknown.to_string().contains("lisen"), "{unknown}");
        let nested = ServerConfig::from_toml("[limits]\nsocket = 1", "config.toml").unwrap_err();
        assert!(nested.to_string().contains("socket"), "{nested}");
        let place = |text: &str| {
            ServerConfig::from_toml(text, "c.toml")
                .unwrap_err()
                .to_string()
        };
        for (text, wanted) in [
            (
                "speech = true\n\n[limits]\nsockets = \"many\"",
                "line 4: `limits.sockets`: ",
            ),
            ("limits.sockets = -1", "line 1: `limits.sockets`: "),
            ("authority = 5\n[limits]", "line 1: `authority`: "),
            (
                "[delivery]\n\n[delivery.webhook]\nurl = 5",
                "line 3: `delivery.webhook`: ",
            ),
            ("speech = = true", "line 1: "),
        ] {
            let told = place(text);
            assert!(told.contains(wanted), "{told}");
        }
        let told = place("authority = [\"secret\"]\n");
        assert!(!told.contains("secret"), "{told}");
        let kind = ServerConfig::default()
            .overruled_by(env(&[("TOLKEBOT_SPEECH", "maybe")]))
            .unwrap_err();
        assert_eq!(
            kind.to_string(),
            "environment variable TOLKEBOT_SPEECH is `maybe`, which is no true or false"
        );
        let missing = ServerConfig::load(Some(Path::new("/no/such.toml")), []).unwrap_err();
        assert!(missing.to_string().contains("/no/such.toml"));
        for (key, config) in [
            (
                "public_url",
                ServerConfig {
                    public_url: "tolk".into(),
                    ..Default::default()
                },
            ),
            (
                "authority",
                ServerConfig {
                    authority: " ".into(),
                    ..Default::default()
                },
            ),
            (
                "time_zone",
                ServerConfig {
                    time_zone: "Mars".into(),
                    ..Default::default()
                },
            ),
            (
                "ticket_lifetime_s",
                ServerConfig {
                    ticket_lifetime_s: 0,
                    ..Default::default()
                },
            ),
            (
                "allowed_origins",
                ServerConfig {
                    allowed_origins: vec!["localhost".into()],
                    ..Default::default()
                },
            ),
        ] {
            let error = config.check().unwrap_err().to_string();
            assert!(error.contains(key), "{error}");
        }
        ServerConfig::default().check().unwrap();
    }
}
