//! Settings of the place where cases are kept.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where cases are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreSettings {
    /// A PostgreSQL database, `postgres://user:password@host/database`. Empty: a file in
    /// `data_dir`, which is enough for one server.
    pub url: Hidden,
    /// PEM file with the authority of the database server's certificate. With it the connection is
    /// encrypted; without it the server must be on this machine.
    pub ca_file: PathBuf,
    /// Connections to the database server.
    pub connections: u32,
}

impl Default for StoreSettings {
    fn default() -> Self {
        StoreSettings {
            url: Hidden::default(),
            ca_file: PathBuf::new(),
            connections: 4,
        }
    }
}

/// A setting that may hold a password: wiped from memory when dropped, never in `Debug`, logs or
/// errors. Serialising it writes it in full: settings are read back from what was written.
#[derive(Clone)]
pub struct Hidden(SecretString);

impl Hidden {
    /// The text itself. Whoever takes it sees to it that it is not shown.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// True if nothing was set.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl Default for Hidden {
    fn default() -> Self {
        Hidden::from("")
    }
}

impl From<&str> for Hidden {
    fn from(text: &str) -> Self {
        Hidden(SecretString::from(text))
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() {
            "Hidden()"
        } else {
            "Hidden(…)"
        })
    }
}

impl PartialEq for Hidden {
    fn eq(&self, other: &Hidden) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Hidden {}

impl Serialize for Hidden {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hidden, D::Error> {
        Ok(Hidden(SecretString::from(String::deserialize(
            deserializer,
        )?)))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::ServerConfig;

    const SECRET: &str = "hemmelig-1234";

    #[test]
    fn passwords_in_settings_are_read_and_never_shown() {
        let url = format!("postgres://tolkebot:{SECRET}@db.example.dk/cases");
        let text = format!("[store]\nurl = \"{url}\"\n");
        let config = ServerConfig::from_toml(&text, "config.toml").unwrap();
        assert_eq!(config.store.url.expose(), url);
        assert!(!format!("{config:?}").contains(SECRET), "{config:?}");
        let env = [("TOLKEBOT_STORE_URL".to_owned(), format!("{url}2"))];
        let config = config.overruled_by(env).unwrap();
        assert_eq!(config.store.url.expose(), format!("{url}2"));
        // Nor does a mistake beside it repeat the line.
        for wrong in [
            format!("[store]\nurl = [\"{url}\"]\n"),
            format!("[store]\nurl = \"{url}\" x\n"),
            format!("[store]\nurl = \"{url}\"\nconnections = \"{SECRET}\"\n"),
        ] {
            let error = ServerConfig::from_toml(&wrong, "config.toml").unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(SECRET), "{shown}");
        }
    }
}
