//! Settings of a key management system.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tolkebot_casework::KeyCommand;

/// A key management system that keeps the master key wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeySettings {
    /// The program that wraps and unwraps the master key, and its arguments. Empty: the key is in
    /// the environment or in `master_key_file`.
    pub command: Vec<String>,
    /// How long the program may take for an answer, s.
    pub timeout_s: u32,
    /// File with the wrapped key. Empty: `master.key.wrapped` in `data_dir`, made at the first start.
    pub wrapped_file: PathBuf,
}

impl Default for KeySettings {
    fn default() -> Self {
        KeySettings {
            command: Vec::new(),
            timeout_s: 10,
            wrapped_file: PathBuf::new(),
        }
    }
}

impl KeySettings {
    /// The program, if there is one, and the file with the wrapped key.
    pub fn program(&self, data_dir: &Path) -> Option<(KeyCommand, PathBuf)> {
        if self.command.is_empty() {
            return None;
        }
        let file = match &self.wrapped_file {
            path if path.as_os_str().is_empty() => data_dir.join("master.key.wrapped"),
            path => path.clone(),
        };
        let command = KeyCommand {
            command: self.command.clone(),
            timeout: Duration::from_secs(self.timeout_s.into()),
        };
        Some((command, file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ServerConfig;

    #[test]
    fn a_key_program_is_read_and_goes_with_no_key_file() {
        let text = "data_dir = \"d\"\n[keys]\ncommand = [\"/usr/bin/kms\", \"--ring\", \"a\"]\n";
        let config = ServerConfig::from_toml(text, "config.toml").unwrap();
        config.check().unwrap();
        let (command, file) = config.keys.program(&config.data_dir).unwrap();
        assert_eq!(command.command, ["/usr/bin/kms", "--ring", "a"]);
        assert_eq!(command.timeout, Duration::from_secs(10));
        assert_eq!(file, Path::new("d/master.key.wrapped"));
        assert!(
            ServerConfig::default()
                .keys
                .program(Path::new("d"))
                .is_none()
        );
        // From the environment, too.
        let env = [("TOLKEBOT_KEYS_COMMAND".to_owned(), "a,b".to_owned())];
        let config = ServerConfig::default().overruled_by(env).unwrap();
        assert_eq!(config.keys.command, ["a", "b"]);

        // Which of two places has the key must not be a guess.
        let both = format!("master_key_file = \"k\"\n{text}");
        let config = ServerConfig::from_toml(&both, "config.toml").unwrap();
        let error = config.check().unwrap_err().to_string();
        assert!(error.contains("keys.command"), "{error}");
        let never = format!("{text}timeout_s = 0\n");
        let config = ServerConfig::from_toml(&never, "config.toml").unwrap();
        let error = config.check().unwrap_err().to_string();
        assert!(error.contains("keys.timeout_s"), "{error}");
    }
}
