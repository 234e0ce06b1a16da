//! What can go wrong with a case's log.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use tolkebot_protocol::CaseId;

use crate::KeyError;

/// Why a store cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else appended first.
    #[error(
        "case {case} is at event {actual}, not {expected}: load the events after {expected}, look \
         at them and try again"
    )]
    Conflict {
        /// The case.
        case: CaseId,
        /// The newest event that the writer knew of.
        expected: u64,
        /// The newest event there is.
        actual: u64,
    },
    /// An id that this product never gives out.
    #[error("`{0}` is no case id: use 1 to 64 characters of A-Z, a-z, 0-9 and `-`")]
    BadCaseId(String),
    /// The event would not come back as it went in, for example a confidence that is no number.
    #[error("event {seq} of case {case} cannot be stored: {reason}")]
    Unstorable {
        /// The case.
        case: CaseId,
        /// The sequence number that it would have had.
        seq: u64,
        /// Why not; no personal data.
        reason: String,
    },
    /// What is stored is not what was appended.
    #[error(transparent)]
    Corrupt(#[from] Corruption),
    /// The case's key was destroyed; nobody can read it any more.
    #[error("case {0} was erased: nothing of it can be read or added")]
    Erased(CaseId),
    /// The case is sealed, and the key for it is not here.
    #[error(
        "case {case} is sealed under the master key {needed} and this program has {}: give it that \
         key (setting `master_key_file`, or the variable {})",
        present.as_deref().unwrap_or("none"),
        crate::MasterKey::VARIABLE
    )]
    MasterKey {
        /// The case.
        case: CaseId,
        /// Id of the master key that wrapped the case's key; `?` if the case's key is gone.
        needed: String,
        /// Id of the master key that the store was opened with.
        present: Option<String>,
    },
    /// Nothing can be sealed.
    #[error(transparent)]
    Key(#[from] crate::KeyError),
    /// The database cannot be read or written.
    #[error("the event log cannot be {action}: {source}; {}", remedy(source, path))]
    Database {
        /// What was tried: `opened`, `read`, `written`.
        action: &'static str,
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file that is open is no more what the next start opens.
    #[error(
        "{} was removed, moved or replaced while it was in use, and what is written now would be lost: move that \
         very file back, or stop the server and restore a backup (docs/server.md, Backup)",
        path.display()
    )]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// The address of the database server cannot be used. Never says the address itself, which
    /// may hold a password.
    #[error("the setting `store.url` cannot be used: {0}")]
    Address(String),
    /// The database server cannot be used.
    #[error(
        "the event log at {place} cannot be {action}: {reason}; {}", server_remedy(code.as_deref())
    )]
    Server {
        /// What was tried: `opened`, `read`, `written`.
        action: &'static str,
        /// Host and database.
        place: String,
        /// What the server or the network said.
        reason: String,
        /// PostgreSQL's code of it (SQLSTATE); `None` if no server answered.
        code: Option<String>,
    },
    /// The file was written by a newer program.
    #[error(
        "{} has schema version {found} and this program knows up to {known}: use the newer program",
        path.display()
    )]
    TooNew {
        /// The database file.
        path: PathBuf,
        /// Version of the file.
        found: u32,
        /// Newest version known.
        known: u32,
    },
    /// The file was written by an older program and may not be changed.
    #[error(
        "{} has schema version {found} and this program reads {known}: back it up with the program that wrote \
         it, and then start the server on it once, which brings it up to date",
        path.display()
    )]
    TooOld {
        /// The database file.
        path: PathBuf,
        /// Version of the file.
        found: u32,
        /// The version read.
        known: u32,
    },
    /// Sound is kept sealed or not at all.
    #[error(
        "the sound of case {0} cannot be kept: the case is not sealed; give the server a master key \
         (setting `master_key_file`) and open a new case"
    )]
    Unsealed(CaseId),
    /// Kept sound is not what was kept.
    #[error(
        "the kept sound of case {case} cannot be read: {reason}; restore it from a backup, or destroy \
         it with `tolkebot cases erase --sound --case {case}`"
    )]
    Sound {
        /// The case.
        case: CaseId,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The events were written together with others', which failed.
    #[error("the events were not stored: {0}; try again")]
    Together(String),
    /// The folder of the database cannot be made.
    #[error("cannot make the folder of {}: {source}; check its permissions", path.display())]
    Folder {
        /// The database file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
}

/// What helps against what SQLite says of the file.
fn remedy(source: &rusqlite::Error, path: &Path) -> String {
    let path = path.display();
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            format!("{path} is damaged: restore it from a backup (docs/server.md, Backup)")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("look which other program holds {path}, and let it finish")
        }
        _ => format!("check free space and permissions of {path}"),
    }
}

/// What helps against an error of the database server, by its class (PostgreSQL's manual, appendix A).
fn server_remedy(code: Option<&str>) -> &'static str {
    let code = code.unwrap_or_default();
    match code.get(..2).unwrap_or_default() {
        "28" => "check user and password in `store.url`, and whom the server lets in (pg_hba.conf)",
        "3D" => "make the database that `store.url` names, with the user as its owner",
        "42" if code == "42501" => "give the database and its tables to the user of `store.url`",
        "25" => "the server takes no writes: name the one that does in `store.url`",
        "53" => "the server lacks room, memory or connections: look at its log",
        "55" | "57" => {
            "look whether the server of `store.url` is stopping, or what holds its locks"
        }
        "XX" | "58" => "the server's files are damaged or cannot be read: look at its log",
        _ => "check that the server runs and that `store.url` names it",
    }
}

impl StoreError {
    /// The same once more, for everybody whose events were in the transaction that failed.
    pub(crate) fn again(&self) -> StoreError {
        match self {
            StoreError::Database {
                action,
                path,
                source,
            } => StoreError::Database {
                action,
                path: path.clone(),
                source: match source {
                    rusqlite::Error::SqliteFailure(code, text) => {
                        rusqlite::Error::SqliteFailure(*code, text.clone())
                    }
                    other => rusqlite::Error::SqliteFailure(
                        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR),
                        Some(other.to_string()),
                    ),
                },
            },
            StoreError::Server {
                action,
                place,
                reason,
                code,
            } => StoreError::Server {
                action,
                place: place.clone(),
                reason: reason.clone(),
                code: code.clone(),
            },
            StoreError::Gone { path } => StoreError::Gone { path: path.clone() },
            StoreError::Key(KeyError::Gone { path }) => {
                KeyError::Gone { path: path.clone() }.into()
            }
            other => StoreError::Together(other.to_string()),
        }
    }
}

/// Where and how a case's chain of hashes breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the log of case {case} is damaged at event {seq}: {fault}; restore it from a backup, the \
     events before {seq} are sound"
)]
pub struct Corruption {
    /// The case.
    pub case: CaseId,
    /// The first event that is not what was appended.
    pub seq: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a stored event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The hash is not that of the content.
    #[error("its content does not have its hash")]
    Hash,
    /// It does not follow the event before it.
    #[error("it does not continue the event before it")]
    Link,
    /// A number is missing or doubled.
    #[error("the event with this number is missing")]
    Gap,
    /// It is no event.
    #[error("its content is no event of this case with this number")]
    Content,
    /// It is not sealed by the key of its case.
    #[error("it cannot be opened with the key of its case")]
    Sealed,
}

/// Why events do not make a case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// There is no event.
    #[error("there is no case {0}: open one, or check the id")]
    NoSuchCase(CaseId),
    /// The first event opens no case.
    #[error("the log of case {0} does not begin with its opening: restore it from a backup")]
    NotOpened(CaseId),
    /// The day that relative dates are counted from is no date.
    #[error("case {case} was opened for the day `{today}`, which is no date: write YYYY-MM-DD")]
    BadToday {
        /// The case.
        case: CaseId,
        /// What was written.
        today: String,
    },
    /// This program does not know the form.
    #[error("case {case} fills the form `{form}`, which this program does not know")]
    UnknownForm {
        /// The case.
        case: CaseId,
        /// What was written.
        form: String,
    },
    /// The event is not the next one.
    #[error("event {found} of case {case} came when {wanted} was next: load the log again")]
    OutOfOrder {
        /// The case.
        case: CaseId,
        /// The next sequence number.
        wanted: u64,
        /// The one that came.
        found: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_helps_depends_on_what_the_database_server_says() {
        let told = |code: Option<&str>| {
            let error = StoreError::Server {
                action: "opened",
                place: "db/cases".to_owned(),
                reason: "no".to_owned(),
                code: code.map(str::to_owned),
            };
            error.to_string()
        };
        for (code, helps) in [
            (Some("28P01"), "check user and password"),
            (Some("28000"), "check user and password"),
            (Some("3D000"), "make the database"),
            (Some("42501"), "to the user of `store.url`"),
            (Some("53100"), "lacks room"),
            (Some("57P03"), "is stopping"),
            (Some("42P01"), "check that the server runs"),
            (None, "check that the server runs"),
        ] {
            let text = told(code);
            assert!(text.contains(helps), "{code:?}: {text}");
        }
    }
}
