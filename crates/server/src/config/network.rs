//! Settings of the way between browsers and the server: addresses, TLS, proxies.

use std::path::PathBuf;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::{ConfigError, ServerConfig};

/// Encryption by the server itself. Off: for browsers on the same machine, or behind a proxy that
/// speaks https.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Where the certificate comes from.
    pub mode: TlsMode,
    /// Mode `certificate`: PEM file with the server's certificate and those between it and the
    /// root, the server's first. It is read again when it changes.
    pub certificate: PathBuf,
    /// Mode `certificate`: PEM file with the private key.
    pub key: PathBuf,
    /// Mode `self_signed`: names and addresses that browsers use for this server, besides
    /// `localhost`, the address listened on and the host of `public_url`.
    pub names: Vec<String>,
}

/// Where a certificate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    /// No TLS here.
    #[default]
    Off,
    /// Made by the server for a first try, kept in the data folder. Browsers warn of it.
    SelfSigned,
    /// Files.
    Certificate,
}

impl ServerConfig {
    /// True if browsers reach the server by https, here or at a proxy.
    pub(crate) fn is_https(&self) -> bool {
        self.tls.mode != TlsMode::Off || self.public_url.starts_with("https:")
    }

    /// True if others than this machine's browsers come here: by themselves, or through a proxy in front.
    pub(crate) fn is_on_network(&self) -> bool {
        let is_local = |url: &str| {
            let host = origin_of(url).and_then(|origin| {
                let (_, rest) = origin.split_once("://")?;
                let host = match rest.strip_prefix('[') {
                    Some(six) => six.split(']').next()?,
                    None => rest.split(':').next()?,
                };
                Some(host.to_owned())
            });
            host.is_some_and(|host| {
                let address = host.parse::<std::net::IpAddr>();
                host == "localhost" || address.is_ok_and(|address| address.is_loopback())
            })
        };
        !self.listen.ip().is_loopback()
            || !self.trusted_proxies.is_empty()
            || !self.public_url.is_empty() && !is_local(&self.public_url)
    }

    /// True if browsers are told to come by https only from now on. Not with a certificate that
    /// they warn of: they would let nobody past the warning any more.
    pub(crate) fn is_strictly_https(&self) -> bool {
        self.is_https() && self.tls.mode != TlsMode::SelfSigned
    }

    pub(super) fn check_network(&self) -> Result<(), ConfigError> {
        let wrong = |key, value: &dyn std::fmt::Display, remedy| {
            Err(ConfigError::Value {
                key,
                value: format!("`{value}`"),
                remedy,
            })
        };
        if self.tls.mode != TlsMode::Off && self.public_url.starts_with("http:") {
            return wrong(
                "public_url",
                &self.public_url,
                "with tls.mode set browsers come by https: write the https address, or leave it empty",
            );
        }
        if self.tls.mode == TlsMode::Certificate {
            for (key, path) in [
                ("tls.certificate", &self.tls.certificate),
                ("tls.key", &self.tls.key),
            ] {
                if path.as_os_str().is_empty() {
                    return wrong(
                        key,
                        &"",
                        "name the PEM file, or set tls.mode to self_signed for a first try",
                    );
                }
            }
        }
        if let Some(bad) = self
            .trusted_proxies
            .iter()
            .find(|one| network_of(one).is_none())
        {
            return wrong(
                "trusted_proxies",
                bad,
                "write an address or a network, for example 10.0.0.7 or 10.0.0.0/8",
            );
        }
        Ok(())
    }
}

/// A network such as `10.0.0.0/8`, or that of a single address.
pub(crate) fn network_of(text: &str) -> Option<IpNet> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| Some(IpNet::from(text.parse::<std::net::IpAddr>().ok()?)))
}

/// `scheme://host[:port]` in lower case of an http(s) address; `None` if it is none.
pub(crate) fn origin_of(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    let (scheme, rest) = lower.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let authority = authority.strip_suffix(default_port).unwrap_or(authority);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    (!authority.is_empty() && authority.chars().all(plain))
        .then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_in_front_is_a_network_too() {
        let with = |change: fn(&mut ServerConfig)| {
            let mut config = ServerConfig::default();
            change(&mut config);
            config
        };
        let local = [
            with(|_| {}),
            with(|c| c.public_url = "http://localhost:8600".into()),
            with(|c| c.public_url = "https://127.0.0.1:8600/".into()),
            with(|c| c.public_url = "http://[::1]:8600".into()),
        ];
        for config in local {
            assert!(!config.is_on_network(), "{}", config.public_url);
            config.check().unwrap();
        }
        let reached = [
            with(|c| c.listen = "0.0.0.0:8600".parse().unwrap()),
            with(|c| c.public_url = "https://tolk.example.dk".into()),
            with(|c| c.public_url = "https://127.0.0.1.example.dk".into()),
            with(|c| c.trusted_proxies = vec!["127.0.0.1".into()]),
        ];
        for mut config in reached {
            let error = config.check().unwrap_err().to_string();
            assert!(error.contains("access.accounts"), "{error}");
            config.access.open_to_network = true;
            config.check().unwrap();
        }
    }

    #[test]
    fn mistakes_about_the_network_are_named() {
        let tls = |mode| Tls {
            mode,
            ..Tls::default()
        };
        for (key, config) in [
            (
                "tls.certificate",
                ServerConfig {
                    tls: tls(TlsMode::Certificate),
                    ..ServerConfig::default()
                },
            ),
            (
                "public_url",
                ServerConfig {
                    tls: tls(TlsMode::SelfSigned),
                    public_url: "http://tolk.example.dk".into(),
                    ..ServerConfig::default()
                },
            ),
            (
                "trusted_proxies",
                ServerConfig {
                    trusted_proxies: vec!["10.0.0.0/8".into(), "10.0.0.0/99".into()],
                    ..ServerConfig::default()
                },
            ),
        ] {
            let error = config.check().unwrap_err().to_string();
            assert!(error.contains(key), "{error}");
        }
        for good in ["10.0.0.7", "10.0.0.0/8", "::1", "fd00::/8"] {
            assert!(network_of(good).is_some(), "{good}");
        }
        let unknown = ServerConfig::from_toml("[tls]\nmode = \"acme\"", "x").unwrap_err();
        assert!(unknown.to_string().contains("self_signed"), "{unknown}");
    }

    #[test]
    fn origins_are_compared_without_path_case_and_default_port() {
        assert_eq!(
            origin_of("HTTPS://Tolk.dk:443/x").as_deref(),
            Some("https://tolk.dk")
        );
        assert_eq!(
            origin_of("http://[::1]:8600").as_deref(),
            Some("http://[::1]:8600")
        );
        assert_eq!(origin_of("null"), None);
        assert_eq!(origin_of("ftp://a"), None);
        assert_eq!(origin_of("http://a b"), None);
    }
}
