//! The master key from a key management system, through a program that the operator names.
//!
//! The master key itself is never on the disk: a file holds it wrapped under a key that only the key
//! management system has. The program is asked once at every start to unwrap it, and once, at the
//! first start, to wrap a new one. It gets one line of JSON and answers with one:
//!
//! - `{"version":1,"action":"wrap","key":"BASE64"}` is answered with `{"wrapped":"TEXT"}`
//! - `{"version":1,"action":"unwrap","wrapped":"TEXT"}` is answered with `{"key":"BASE64"}`
//!
//! `BASE64` are 32 bytes; `TEXT` is whatever the program needs to find them again, up to 16 KiB.
//! Anything but exit status 0 is a failure; what the program writes to its standard error is shown.

use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::keys::{KeyError, MasterKey};

/// More than a key system answers, bytes.
const LONGEST: u64 = 32 << 10;
/// Longest wrapped key, bytes.
const LONGEST_WRAPPED: usize = 16 << 10;
/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// A program that wraps and unwraps the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCommand {
    /// The program and its arguments; no shell reads them.
    pub command: Vec<String>,
    /// How long an answer may take.
    pub timeout: Duration,
}

/// The file that holds the wrapped key.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    /// Id of the master key, so that another key is noticed before anything is sealed with it.
    master: String,
    wrapped: String,
}

impl KeyCommand {
    /// Lets the program unwrap the key in `path`.
    ///
    /// # Errors
    /// [`KeyError::File`] if the file cannot be read, [`KeyError::Command`] if the program fails or
    /// gives another key.
    pub fn read(&self, path: &Path) -> Result<MasterKey, KeyError> {
        let text = std::fs::read_to_string(path).map_err(|source| KeyError::File {
            path: path.to_owned(),
            action: "read",
            source,
        })?;
        let kept: Wrapped = serde_json::from_str(&text).map_err(|_| {
            self.failed(format!(
                "is not asked: {} is no wrapped master key; restore it from a backup",
                path.display()
            ))
        })?;
        let key = self.unwrap(&kept.wrapped)?;
        if key.id() != kept.master {
            return Err(self.failed(format!(
                "gave the master key {}, and {} holds {}: check which key it unwraps with",
                key.id(),
                path.display(),
                kept.master
            )));
        }
        Ok(key.kept_in(path))
    }

    /// Like [`KeyCommand::read`]; without a file a new key is made, wrapped and kept there.
    ///
    /// # Errors
    /// As for [`KeyCommand::read`]. Then no file was made.
    pub fn read_or_make(&self, path: &Path) -> Result<MasterKey, KeyError> {
        if path.try_exists().unwrap_or(true) {
            return self.read(path);
        }
        let (key, text) = MasterKey::generate_as_base64()?;
        let ask = json!({"version": 1, "action": "wrap", "key": *text});
        let mut answer = self.ask(&ask)?;
        let wrapped = match answer["wrapped"].take() {
            Value::String(text) if !text.is_empty() && text.len() <= LONGEST_WRAPPED => text,
            _ => {
                return Err(self.failed("gave no `wrapped`, or one of more than 16 KiB".to_owned()));
            }
        };
        // Before anything is sealed it must be certain that the key comes back.
        if self.unwrap(&wrapped)?.id() != key.id() {
            let reason = "unwraps another key than it wrapped: nothing was sealed with it";
            return Err(self.failed(reason.to_owned()));
        }
        let kept = Wrapped {
            master: key.id().to_owned(),
            wrapped,
        };
        match keep(path, &kept) {
            // Another server on the same folder was first: its key is the one.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.read(path),
            Err(source) => Err(KeyError::File {
                path: path.to_owned(),
                action: "made",
                source,
            }),
            Ok(()) => Ok(key.kept_in(path)),
        }
    }

    fn unwrap(&self, wrapped: &str) -> Result<MasterKey, KeyError> {
        let mut answer =
            self.ask(&json!({"version": 1, "action": "unwrap", "wrapped": wrapped}))?;
        let Value::String(text) = answer["key"].take() else {
            return Err(self.failed("gave no `key`".to_owned()));
        };
        let text = Zeroizing::new(text);
        MasterKey::from_base64(&text)
            .ok_or_else(|| self.failed("gave a `key` that is not 32 bytes in base64".to_owned()))
    }

    fn failed(&self, reason: String) -> KeyError {
        KeyError::Command {
            program: self.command.first().cloned().unwrap_or_default(),
            reason,
        }
    }

    /// Runs the program once.
    fn ask(&self, question: &Value) -> Result<Value, KeyError> {
        let Some((program, arguments)) = self.command.split_first() else {
            return Err(self.failed("is not named: write it under `keys.command`".to_owned()));
        };
        let deadline = Instant::now() + self.timeout;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| self.failed(format!("cannot be started: {error}")))?;
        let answered = self.talk(&mut child, question, deadline);
        if answered.is_err() {
            // It may have ended by itself already.
            let _ = child.kill();
            let _ = child.wait();
        }
        answered
    }

    fn talk(
        &self,
        child: &mut Child,
        question: &Value,
        deadline: Instant,
    ) -> Result<Value, KeyError> {
        let late = || {
            let limit = self.timeout.as_secs_f32();
            self.failed(format!(
                "did not answer within {limit} s (`keys.timeout_s`)"
            ))
        };
        let out = child.stdout.take().map(read_on);
        let said = child.stderr.take().map(read_on);
        if let Some(mut stdin) = child.stdin.take() {
            let line = Zeroizing::new(format!("{question}\n"));
            // A question fits into the pipe; a program that does not read it ends on its own.
            let _ = stdin.write_all(line.as_bytes());
        }
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if Instant::now() < deadline => std::thread::park_timeout(LOOK),
                Ok(None) => return Err(late()),
                Err(error) => return Err(self.failed(format!("cannot be waited for: {error}"))),
            }
        };
        // Something that it left running may hold its output open.
        let rest = |output: Option<Receiver<Zeroizing<Vec<u8>>>>| {
            let left = deadline.saturating_duration_since(Instant::now()).max(LOOK);
            output.and_then(|output| output.recv_timeout(left).ok())
        };
        if !status.success() {
            let said = rest(said).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            let said: String = said.trim().chars().take(300).collect();
            return Err(self.failed(format!("failed ({status}) and said: {said}")));
        }
        let text = rest(out).ok_or_else(late)?;
        match serde_json::from_slice(&text) {
            Ok(answer @ Value::Object(_)) => Ok(answer),
            _ => Err(self.failed("did not answer with one line of JSON".to_owned())),
        }
    }
}

/// Reads to the end on a thread of its own, so that a full pipe never stops the program.
fn read_on(from: impl Read + Send + 'static) -> Receiver<Zeroizing<Vec<u8>>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut text = Zeroizing::new(Vec::with_capacity(LONGEST as usize));
        let mut from = from.take(LONGEST);
        let _ = from.read_to_end(&mut text);
        let _ = sender.send(text);
        // What is too long is read and forgotten.
        let _ = std::io::copy(&mut from.into_inner(), &mut std::io::sink());
    });
    receiver
}

/// Writes the file whole or not at all, and never over another.
fn keep(path: &Path, kept: &Wrapped) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        writeln!(file, "{}", serde_json::to_string(kept)?)?;
        file.sync_all()?;
        // A link fails where there is a file already; a rename would replace it.
        std::fs::hard_link(&beside, path)?;
        match path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            Some(folder) => std::fs::File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    });
    let _ = std::fs::remove_file(&beside);
    written
}
