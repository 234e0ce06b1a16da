//! A certificate for a first try: browsers warn of it once, and then let the microphone in.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

use super::TlsError;
use crate::config::{ServerConfig, origin_of};

/// How long a certificate is good for. Some browsers refuse longer ones.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24 * 365);
/// One that ends later was made while the clock was ahead, and does not begin yet.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366);
/// So long before its end a new one is made.
const RENEWED: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Where certificates that are made here are kept, and for which names.
pub(super) struct SelfSigned {
    folder: PathBuf,
    names: Vec<String>,
}

impl SelfSigned {
    /// As the settings say.
    pub(super) fn of(config: &ServerConfig) -> SelfSigned {
        SelfSigned {
            folder: config.data_dir.join("tls"),
            names: names(config),
        }
    }

    /// The certificate and key in the data folder; new ones if there are none, if they end soon, or if
    /// they are for other names.
    pub(super) fn read_or_make(&self, now: Timestamp) -> Result<(PathBuf, PathBuf), TlsError> {
        let SelfSigned { folder, names } = self;
        let [certificate, key, about] =
            ["certificate.pem", "key.pem", "about.txt"].map(|name| folder.join(name));
        if certificate.is_file() && key.is_file() && still_good(&about, names, now) {
            return Ok((certificate, key));
        }
        let until = now.saturating_add(GOOD_FOR).unwrap_or(Timestamp::MAX);
        let (certificate_pem, key_pem) = make(names, now, until)?;
        std::fs::create_dir_all(folder).map_err(|source| TlsError::Keep {
            path: folder.clone(),
            source,
        })?;
        keep(&key, &key_pem)?;
        keep(&certificate, &certificate_pem)?;
        keep(&about, &description(names, until))?;
        Ok((certificate, key))
    }
}

fn description(names: &[String], until: Timestamp) -> String {
    format!("{until:.0}\n{}\n", names.join("\n"))
}

fn still_good(about: &Path, names: &[String], now: Timestamp) -> bool {
    let Ok(text) = std::fs::read_to_string(about) else {
        return false;
    };
    let Some(Ok(until)) = text.lines().next().map(str::parse::<Timestamp>) else {
        return false;
    };
    let left = until.duration_since(now);
    text == description(names, until) && left > RENEWED && left <= LONGEST
}

/// What browsers may call this server.
fn names(config: &ServerConfig) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    if !config.listen.ip().is_unspecified() {
        names.push(config.listen.ip().to_string());
    }
    if let Some(origin) = origin_of(&config.public_url) {
        let host = origin.rsplit("://").next().unwrap_or_default();
        let host = match host.strip_prefix('[') {
            Some(v6) => v6.split(']').next(),
            None => host.split(':').next(),
        };
        names.extend(host.map(str::to_owned));
    }
    names.extend(config.tls.names.iter().map(|name| name.trim().to_owned()));
    names.sort();
    names.dedup();
    names
}

/// Certificate and key as PEM.
fn make(
    names: &[String],
    now: Timestamp,
    until: Timestamp,
) -> Result<(String, zeroize::Zeroizing<String>), TlsError> {
    let failed = |error: rcgen::Error| TlsError::Make {
        names: names.join(", "),
        reason: error.to_string(),
    };
    let mut params = CertificateParams::new(names.to_vec()).map_err(failed)?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "TolkeBOT, first try");
    params.distinguished_name = name;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // The day before: clocks of tablets are not always right.
    let day = |at: Timestamp| {
        let date = jiff::tz::TimeZone::UTC.to_datetime(at).date();
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        date_time_ymd(i32::from(date.year()), month, day)
    };
    let yesterday = now.saturating_sub(SignedDuration::from_hours(24));
    params.not_before = day(yesterday.unwrap_or(now));
    params.not_after = day(until);
    let key = KeyPair::generate().map_err(failed)?;
    let certificate = params.self_signed(&key).map_err(failed)?;
    Ok((certificate.pem(), key.serialize_pem().into()))
}

/// Writes a file that only its owner can read, whole or not at all.
fn keep(path: &Path, text: &str) -> Result<(), TlsError> {
    let write = || {
        let new = path.with_extension("new");
        let _ = std::fs::remove_file(&new);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, path)
    };
    write().map_err(|source| TlsError::Keep {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + day * 86_400).unwrap()
    }

    #[test]
    fn a_certificate_is_made_once_and_anew_for_other_names_and_before_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = ServerConfig {
            data_dir: dir.path().to_owned(),
            public_url: "https://tolk.example.dk:8443/x".into(),
            ..ServerConfig::default()
        };
        assert_eq!(
            names(&config),
            ["127.0.0.1", "::1", "localhost", "tolk.example.dk"]
        );
        let read = |config: &ServerConfig, day| {
            let (certificate, key) = SelfSigned::of(config).read_or_make(at(day)).unwrap();
            super::super::read(&certificate, &key).unwrap();
            std::fs::read_to_string(certificate).unwrap()
        };
        let first = read(&config, 0);
        assert_eq!(read(&config, 300), first);
        let renewed = read(&config, 340);
        assert_ne!(renewed, first);
        config.tls.names.push("10.0.0.7".into());
        assert_ne!(read(&config, 341), renewed);
        let ahead = read(&config, 1_000);
        assert_ne!(read(&config, 341), ahead, "it does not begin yet");
        config.tls.names.push("ø ø".into());
        let error = SelfSigned::of(&config).read_or_make(at(342)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("tls.names"), "{error}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let about = std::fs::metadata(dir.path().join("tls/key.pem")).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600);
        }
    }
}
