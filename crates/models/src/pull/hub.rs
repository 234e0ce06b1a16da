//! Files at https addresses, fetched with resumption.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{StatusCode, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::progress::{Event, Progress};
use super::{make_parent, verify};
use crate::ModelError;

/// A server that sends nothing for so long is given up.
const SILENCE: Duration = Duration::from_secs(60);
/// A broken connection is continued as long as each try brings bytes, but not forever.
const MOST_TRIES: usize = 20;
/// Bytes between two reports of progress.
const REPORT: u64 = 1 << 20;

const REMEDY: &str = "run `tolkebot models pull` again; if it stays, the hub serves another file \
                      than the one that was checked";

/// What is wanted of a hub.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub url: &'a str,
    pub size: Option<u64>,
    pub sha256: Option<&'a str>,
}

/// How one try ended.
enum Ended {
    Whole,
    /// The connection broke after this many new bytes.
    Broken(u64, String),
    /// The server cannot continue where this file ends: begin again.
    Stale,
}

/// Fetches a file to `to`, unless it is there; a part of it beside `to` is continued.
pub(super) fn fetch(
    id: &str,
    wanted: &Wanted<'_>,
    to: &Path,
    progress: &mut dyn Progress,
) -> Result<PathBuf, ModelError> {
    let path = to.to_path_buf();
    if path.is_file() {
        if verify::expect(&path, wanted.size, wanted.sha256, REMEDY).is_ok() {
            return Ok(path);
        }
        fs::remove_file(&path).map_err(ModelError::io("remove", &path))?;
    }
    make_parent(&path)?;
    let part = Part::beside(&path);
    let agent = agent(wanted.url)?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut restarted = false;
    for attempt in 1.. {
        let report = |done, total, progress: &mut dyn Progress| {
            progress.event(Event::Fetching {
                id,
                file: &name,
                done,
                total,
            });
        };
        match part.continue_from(&agent, wanted, &mut |done, total| {
            report(done, total, progress)
        })? {
            Ended::Whole => break,
            Ended::Stale if !restarted => {
                restarted = true;
                part.remove()?;
            }
            Ended::Stale => {
                return Err(failed(
                    wanted.url,
                    "the server refuses to continue".to_owned(),
                    REMEDY,
                ));
            }
            Ended::Broken(new, what) if new == 0 || attempt >= MOST_TRIES => {
                return Err(failed(
                    wanted.url,
                    what,
                    "what was fetched stays: run `tolkebot models pull` again to go on",
                ));
            }
            Ended::Broken(..) => {}
        }
    }
    let sum = match verify::expect(&part.path, wanted.size, wanted.sha256, REMEDY) {
        Ok(sum) => sum,
        Err(error) => {
            // To continue a wrong file would only make the same error again.
            part.remove()?;
            return Err(error);
        }
    };
    fs::rename(&part.path, &path).map_err(ModelError::io("rename", &part.path))?;
    part.remove()?;
    if wanted.sha256.is_none() {
        progress.event(Event::Unknown {
            id,
            file: &name,
            sha256: &sum,
        });
    }
    Ok(path)
}

/// A file that is not whole yet, and the server's mark of the version that it belongs to.
struct Part {
    path: PathBuf,
    mark: PathBuf,
    /// Where the file belongs when it is whole.
    whole: PathBuf,
}

impl Part {
    fn beside(path: &Path) -> Part {
        let with = |suffix: &str| {
            let mut name = path.file_name().unwrap_or_default().to_os_string();
            name.push(suffix);
            path.with_file_name(name)
        };
        Part {
            path: with(".part"),
            mark: with(".etag"),
            whole: path.to_path_buf(),
        }
    }

    fn remove(&self) -> Result<(), ModelError> {
        remove(&self.path)?;
        remove(&self.mark)
    }

    /// One request for what is missing.
    fn continue_from(
        &self,
        agent: &Agent,
        wanted: &Wanted<'_>,
        report: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Ended, ModelError> {
        let mut have = fs::metadata(&self.path).map_or(0, |data| data.len());
        // Without it, a file that changed meanwhile would be glued to the old beginning; a checksum
        // would find that out, and where there is none either, nothing would.
        let mark = fs::read_to_string(&self.mark).ok();
        if mark.is_none() && wanted.sha256.is_none() {
            have = 0;
        }
        let mut request = agent.get(wanted.url);
        if have > 0 {
            request = request.header(header::RANGE, format!("bytes={have}-"));
            if let Some(mark) = mark {
                request = request.header(header::IF_RANGE, mark);
            }
        }
        let response = match request.call() {
            Ok(response) => response,
            Err(error) => return Err(unreachable(wanted.url, &error)),
        };
        let status = response.status();
        let begins = match status {
            StatusCode::OK => 0,
            StatusCode::PARTIAL_CONTENT => have,
            StatusCode::RANGE_NOT_SATISFIABLE if have > 0 => {
                // Either the file was whole already, or it is another one.
                return Ok(if wanted.size == Some(have) {
                    Ended::Whole
                } else {
                    Ended::Stale
                });
            }
            other => return Err(refused(wanted.url, other, &self.whole)),
        };
        // A portal or a filter answers with a page of its own, and says that all is well.
        let page = response
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        if page {
            return Err(failed(
                wanted.url,
                "a web page came instead of the file".to_owned(),
                format!(
                    "a portal or a filter of your network stands between: let the address through, or \
                     download the file elsewhere and put it to `{}`, and run `tolkebot models pull` again",
                    self.whole.display()
                ),
            ));
        }
        let length = response
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let total = length.map(|length| begins + length).or(wanted.size);
        // A weak mark does not promise the same bytes.
        let mark = response
            .headers()
            .get(header::ETAG)
            .and_then(|value| value.to_str().ok())
            .filter(|mark| !mark.starts_with("W/"));
        match mark {
            Some(mark) => {
                fs::write(&self.mark, mark).map_err(ModelError::io("write", &self.mark))?;
            }
            // The mark of what was there before says nothing of what comes now.
            None if begins == 0 => remove(&self.mark)?,
            None => {}
        }
        let mut out = File::options()
            .create(true)
            .write(true)
            .append(begins > 0)
            .truncate(begins == 0)
            .open(&self.path)
            .map_err(ModelError::io("create", &self.path))?;
        let mut body = response.into_body().into_reader();
        let mut buffer = vec![0; 1 << 16];
        let (mut done, mut reported) = (begins, begins);
        report(done, total);
        loop {
            match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => {
                    out.write_all(&buffer[..n])
                        .map_err(ModelError::io("write", &self.path))?;
                    done += n as u64;
                    if done - reported >= REPORT {
                        report(done, total);
                        reported = done;
                    }
                }
                Err(error) => return Ok(Ended::Broken(done - begins, error.to_string())),
            }
        }
        out.sync_all()
            .map_err(ModelError::io("write", &self.path))?;
        report(done, total);
        match total {
            Some(total) if done < total => Ok(Ended::Broken(
                done - begins,
                format!("it ended after {done} of {total} bytes"),
            )),
            _ => Ok(Ended::Whole),
        }
    }
}

/// Removes a file that need not be there.
fn remove(path: &Path) -> Result<(), ModelError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ModelError::io("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// Proxies come from the environment (`HTTPS_PROXY` and the like), and so do the certificates of
/// a company that inspects traffic (`SSL_CERT_FILE`).
fn agent(url: &str) -> Result<Agent, ModelError> {
    let mut tls = TlsConfig::builder();
    if let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|value| !value.is_empty()) {
        let path = PathBuf::from(path);
        let pem = fs::read(&path).map_err(ModelError::io("read", &path))?;
        let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(failed(
                url,
                format!("SSL_CERT_FILE `{}` has no certificate", path.display()),
                "unset it or give it a PEM file",
            ));
        }
        tls = tls.root_certs(RootCerts::Specific(Arc::new(certificates)));
    }
    Ok(Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        // Compressed answers could not be continued byte by byte.
        .accept_encoding("identity")
        .user_agent(concat!("tolkebot/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(SILENCE))
        .timeout_recv_response(Some(SILENCE))
        .timeout_per_read(Some(SILENCE))
        .build()
        .new_agent())
}

fn failed(url: &str, what: String, remedy: impl Into<String>) -> ModelError {
    ModelError::Fetch {
        url: url.to_owned(),
        what,
        remedy: remedy.into(),
    }
}

fn unreachable(url: &str, error: &ureq::Error) -> ModelError {
    let remedy = match error {
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::Pem(_) => {
            "if your network inspects traffic, set SSL_CERT_FILE to its certificates"
        }
        ureq::Error::InvalidProxyUrl => "HTTPS_PROXY (or ALL_PROXY) is not a proxy's address",
        _ => "check the network; behind a proxy, set HTTPS_PROXY",
    };
    failed(url, error.to_string(), remedy)
}

/// `to`: where the file is looked for before it is fetched.
fn refused(url: &str, status: StatusCode, to: &Path) -> ModelError {
    let remedy = match status.as_u16() {
        401 | 403 => {
            return failed(
                url,
                format!("the server answered {status}"),
                format!(
                    "the hub wants a signed-in user, or a proxy forbids it: download the file with \
                     a browser, put it to `{}` and run `tolkebot models pull` again",
                    to.display()
                ),
            );
        }
        404 | 410 => "the file has moved: tell the maintainers, or correct models/manifest.toml",
        429 | 500..=599 => "the hub is busy: try again later",
        _ => "try again later",
    };
    failed(url, format!("the server answered {status}"), remedy)
}

#[cfg(test)]
mod tests;
