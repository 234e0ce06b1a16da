//! Settings of sign-in at an OpenID provider.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{ConfigError, ServerConfig, origin_of};
use crate::policy::AccountRole;

/// Sign-in at the municipality's own OpenID provider, beside local accounts or instead of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Oidc {
    /// The provider's issuer address, for example `https://login.example.dk/realms/staff`. Empty:
    /// no such sign-in.
    pub issuer: String,
    /// How the sign-in page calls the provider.
    pub name: String,
    /// What the provider calls this server.
    pub client_id: String,
    /// File with the client's secret. Empty: a client without one (PKCE protects either).
    pub client_secret_file: PathBuf,
    /// PEM file with the certificate authority of the provider, if it is not a public one.
    pub ca_file: PathBuf,
    /// Scopes to ask for besides `openid`.
    pub scopes: Vec<String>,
    /// The claim of the ID token that tells what somebody may do: a text or a list of texts.
    pub role_claim: String,
    /// Which of its texts gives which role, staff, supervisor, admin or auditor. Of several the
    /// first of that list counts. Who has none is not let in.
    pub roles: BTreeMap<String, AccountRole>,
    /// Whether local accounts with a password may sign in, too.
    pub passwords: bool,
    /// How long a sign-in is good for before the provider is asked again, s.
    pub session_s: u32,
}

impl Default for Oidc {
    fn default() -> Self {
        Oidc {
            issuer: String::new(),
            name: String::new(),
            client_id: String::new(),
            client_secret_file: PathBuf::new(),
            ca_file: PathBuf::new(),
            scopes: vec!["profile".to_owned()],
            role_claim: "groups".to_owned(),
            roles: BTreeMap::new(),
            passwords: true,
            session_s: 8 * 3600,
        }
    }
}

impl Oidc {
    /// True if somebody can sign in at a provider.
    pub fn is_on(&self) -> bool {
        !self.issuer.is_empty()
    }
}

impl ServerConfig {
    pub(super) fn check_oidc(&self) -> Result<(), ConfigError> {
        let oidc = &self.oidc;
        if !oidc.is_on() {
            return Ok(());
        }
        let wrong = |key, value: &dyn std::fmt::Display, remedy| {
            Err(ConfigError::Value {
                key,
                value: format!("`{value}`"),
                remedy,
            })
        };
        let origin = origin_of(&oidc.issuer);
        let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let safe = |o: &String| o.starts_with("https:") || here.iter().any(|h| o.starts_with(h));
        if !origin.as_ref().is_some_and(safe) {
            return wrong(
                "oidc.issuer",
                &oidc.issuer,
                "write the provider's https address as its discovery document names it",
            );
        }
        if !self.access.accounts {
            return wrong(
                "access.accounts",
                &"false",
                "with a provider people must sign in: set it to true",
            );
        }
        if oidc.client_id.is_empty() {
            return wrong(
                "oidc.client_id",
                &"",
                "register this server at the provider and write the name that it got there",
            );
        }
        if oidc.roles.is_empty() {
            return wrong(
                "oidc.roles",
                &"{}",
                "nobody could sign in: write which group has which role, for example \
                 borgerservice = \"staff\"",
            );
        }
        if oidc.session_s == 0 {
            return wrong("oidc.session_s", &0, "write 1 or more");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_written_provider_is_refused_with_a_remedy() {
        let good = "[access]\naccounts = true\n[oidc]\nissuer = \"https://login.example.dk\"\n\
                    client_id = \"tolkebot\"\nroles = { counter = \"staff\" }\n";
        let read = |text: &str| ServerConfig::from_toml(text, "config.toml");
        read(good).unwrap().check().unwrap();
        for (from, to, key) in [
            ("https://login", "http://login", "oidc.issuer"),
            ("https://login.example.dk", "login", "oidc.issuer"),
            ("accounts = true", "accounts = false", "access.accounts"),
            ("\"tolkebot\"", "\"\"", "oidc.client_id"),
            ("{ counter = \"staff\" }", "{}", "oidc.roles"),
        ] {
            let error = read(&good.replace(from, to)).unwrap().check().unwrap_err();
            assert!(error.to_string().contains(key), "{error}");
        }
        let unknown = read(&good.replace("\"staff\"", "\"boss\"")).unwrap_err();
        assert!(unknown.to_string().contains("boss"), "{unknown}");
    }
}
