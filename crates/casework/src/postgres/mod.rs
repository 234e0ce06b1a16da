//! Logs in a PostgreSQL database, for several servers.

mod address;
mod audit;
mod cases;
mod connections;
mod ledger;
mod migrations;
mod notes;
mod sounds;

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use postgres::{Client, Config};
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

use self::address::{host_name, is_here, trusting, whole};
use self::connections::{Connections, Failed, Way};
use crate::audit::AuditReport;
use crate::group::{Append, Group};
use crate::ledger::{ErasureReason, LedgerHead};
use crate::outline::Snapshot;
use crate::progress::Progress;
use crate::sound::SoundKept;
use crate::store::Claim;
use crate::{CaseSummary, Head, MasterKey, NewEvent, Store, StoreError, StoredEvent};

/// Held by whoever writes the log, of all servers. The ledger is one chain: writers take turns.
const LOCK: &str = "SELECT pg_advisory_xact_lock(5078221)";
/// Without an answer of the network for so long a connection is given up.
const GONE: Duration = Duration::from_secs(15);
/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);

/// A [`Store`] in a PostgreSQL database. Several servers may use the same one.
pub struct PostgresStore {
    /// Host and database, for messages; never the password.
    place: String,
    master: Option<Arc<MasterKey>>,
    connections: Connections,
    group: Group,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PostgresStore({})", self.place)
    }
}

/// What fails within a job.
enum Trouble {
    Database(Failed),
    Store(StoreError),
}

impl From<Failed> for Trouble {
    fn from(error: Failed) -> Self {
        Trouble::Database(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Trouble::Store(error)
    }
}

impl From<crate::KeyError> for Trouble {
    fn from(error: crate::KeyError) -> Self {
        Trouble::Store(error.into())
    }
}

impl PostgresStore {
    /// Connects to the database of an address (`postgres://user:password@host/database`) and brings
    /// it to the newest version. `ca` is a PEM file with the authority of the server's certificate;
    /// with it the connection is encrypted and the server's name is checked. `count` connections
    /// are kept.
    ///
    /// # Errors
    /// [`StoreError::Address`] for an address that is none or would send the log unencrypted over a
    /// network, [`StoreError::Server`] if the server cannot be used, [`StoreError::TooNew`] if a
    /// newer program wrote the database.
    pub fn open(
        url: &str,
        ca: Option<&Path>,
        count: usize,
        master: Option<MasterKey>,
    ) -> Result<PostgresStore, StoreError> {
        let store = PostgresStore::connect(url, ca, count, master, false)?;
        let (place, master) = (store.place.clone(), store.master.clone());
        store.run("opened", move |db| {
            let mut tx = db.transaction()?;
            tx.batch_execute(LOCK)?;
            let found = migrations::version(&mut tx)?;
            if found > migrations::NEWEST {
                return Err(StoreError::TooNew {
                    path: place.into(),
                    found,
                    known: migrations::NEWEST,
                }
                .into());
            }
            if found < migrations::NEWEST {
                migrations::migrate(&mut tx, found)?;
            }
            if let Some(master) = &master {
                ledger::sign_first(&mut tx, master)?;
            }
            Ok(tx.commit()?)
        })?;
        Ok(store)
    }

    /// Like [`PostgresStore::open`], for reading only: nothing is brought to a newer version.
    ///
    /// # Errors
    /// As for [`PostgresStore::open`], and [`StoreError::TooOld`].
    pub fn inspect(
        url: &str,
        ca: Option<&Path>,
        master: Option<MasterKey>,
    ) -> Result<PostgresStore, StoreError> {
        let store = PostgresStore::connect(url, ca, 1, master, true)?;
        let found = store.run("opened", |db| Ok(migrations::version(db)?))?;
        let (path, known) = (store.place.clone().into(), migrations::NEWEST);
        match found.cmp(&known) {
            std::cmp::Ordering::Greater => Err(StoreError::TooNew { path, found, known }),
            std::cmp::Ordering::Less => Err(StoreError::TooOld { path, found, known }),
            std::cmp::Ordering::Equal => Ok(store),
        }
    }

    fn connect(
        url: &str,
        ca: Option<&Path>,
        count: usize,
        master: Option<MasterKey>,
        read_only: bool,
    ) -> Result<PostgresStore, StoreError> {
        // The library's own message may quote the address, password and all.
        let mut config = Config::from_str(url).map_err(|_| {
            StoreError::Address(
                "it is no PostgreSQL address: write postgres://user:password@host/database"
                    .to_owned(),
            )
        })?;
        whole(&config)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        // A server that vanishes without a word (power, a firewall) is noticed soon, or the one who writes waits for hours.
        // Whoever knows better says so in the address.
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(GONE);
        }
        if !url.contains("keepalives") {
            config.keepalives_idle(GONE);
            config.keepalives_interval(GONE / 4);
            config.keepalives_retries(3);
        }
        if config.get_application_name().is_none() {
            config.application_name("tolkebot");
        }
        let hosts: Vec<String> = config.get_hosts().iter().map(host_name).collect();
        let place = format!(
            "{}/{}",
            hosts.join(","),
            config.get_dbname().unwrap_or_default()
        );
        let tls = match ca {
            Some(path) => {
                config.ssl_mode(postgres::config::SslMode::Require);
                Some(trusting(path)?)
            }
            None if config.get_hosts().iter().all(is_here) => None,
            None => {
                return Err(StoreError::Address(format!(
                    "{place} is another machine, and the log would go there unencrypted: name the \
                     authority of its certificate in `store.ca_file`"
                )));
            }
        };
        let way = Way {
            config,
            tls,
            read_only,
        };
        let connections =
            Connections::new(&way, count.max(1)).map_err(|error| StoreError::Server {
                action: "opened",
                place: place.clone(),
                reason: error.to_string(),
                code: None,
            })?;
        Ok(PostgresStore {
            place,
            master: master.map(Arc::new),
            connections,
            group: Group::default(),
        })
    }

    /// Does a job on a connection.
    fn run<T: Send + 'static>(
        &self,
        action: &'static str,
        job: impl FnOnce(&mut Client) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, StoreError> {
        let server = |reason, code| StoreError::Server {
            action,
            place: self.place.clone(),
            reason,
            code,
        };
        match self.connections.run(job) {
            Some(Ok(done)) => Ok(done),
            Some(Err(Trouble::Store(error))) => Err(error),
            Some(Err(Trouble::Database(error))) => {
                let code = error.code().map(|code| code.code().to_owned());
                Err(server(reason(&error), code))
            }
            None => Err(server(
                "a thread of its connections failed".to_owned(),
                None,
            )),
        }
    }

    /// Whether what is written now can be read after the next start.
    fn keeps(&self) -> Result<(), StoreError> {
        Ok(self.master.as_ref().map_or(Ok(()), |key| key.is_kept())?)
    }

    fn seal_note(&self, key: &str, value: &str) -> Result<String, StoreError> {
        match &self.master {
            Some(master) => Ok(master.seal_note(key, value)?),
            None => Ok(value.to_owned()),
        }
    }

    fn open_note(&self, key: &str, value: String) -> Option<String> {
        match &self.master {
            Some(master) => master.open_note(key, &value),
            None => Some(value),
        }
    }
}

/// What the server says, without the values that its details quote.
fn reason(error: &Failed) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => {
            let cause = std::error::Error::source(error);
            cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
        }
    }
}

impl Store for PostgresStore {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let one = Append {
            case: case.clone(),
            expected,
            events: events.to_vec(),
        };
        self.keeps()?;
        let write = |group: Vec<Append>| {
            let (count, master) = (group.len(), self.master.clone());
            let done = self.run("written", move |db| {
                Ok(cases::append_all(db, &group, master.as_deref())?)
            });
            done.unwrap_or_else(|error| (0..count).map(|_| Err(error.again())).collect())
        };
        self.group
            .append(one, write)
            .unwrap_or_else(|| Err(StoreError::Together("the writer failed".to_owned())))
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let (case, master) = (case.clone(), self.master.clone());
        self.run("read", move |db| {
            cases::load(db, &case, after, master.as_deref())
        })
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        self.list_page(None, usize::MAX)
    }

    fn list_page(
        &self,
        after: Option<&CaseId>,
        most: usize,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        let after = after.cloned();
        self.run("read", move |db| {
            Ok(cases::list_page(db, after.as_ref(), most)?)
        })
    }

    fn list_in(&self, wanted: &[Progress]) -> Result<Vec<CaseSummary>, StoreError> {
        let wanted = wanted.to_vec();
        self.run("read", move |db| Ok(cases::list_in(db, &wanted)?))
    }

    fn set_progress(&self, case: &CaseId, seq: u64, progress: Progress) -> Result<(), StoreError> {
        let case = case.clone();
        self.run("written", move |db| {
            db.execute(
                "UPDATE cases SET progress = $1 \
                 WHERE case_id = $2 AND seq = $3 AND NOT erased AND progress IS NULL",
                &[&progress.name(), &case.0, &seq.cast_signed()],
            )?;
            Ok(())
        })
    }

    fn put_snapshot(&self, case: &CaseId, snapshot: &Snapshot) -> Result<(), StoreError> {
        let (case, snapshot, master) = (case.clone(), snapshot.clone(), self.master.clone());
        self.run("written", move |db| {
            cases::keep_snapshot(db, &case, &snapshot, master.as_deref())
        })
    }

    fn snapshot(&self, case: &CaseId) -> Result<Option<Snapshot>, StoreError> {
        let (case, master) = (case.clone(), self.master.clone());
        self.run("read", move |db| {
            cases::kept_snapshot(db, &case, master.as_deref())
        })
    }

    fn begin_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        let (case, master) = (case.clone(), self.master.clone());
        self.run("written", move |db| {
            sounds::begin(db, &case, master.as_deref())
        })
    }

    fn keep_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
        wav: &Zeroizing<Vec<u8>>,
        most: u64,
    ) -> Result<SoundKept, StoreError> {
        let (case, wav, master) = (case.clone(), wav.clone(), self.master.clone());
        self.run("written", move |db| {
            sounds::keep(db, &case, utterance, &wav, most, master.as_deref())
        })
    }

    fn sounds(&self, case: &CaseId) -> Result<Vec<UtteranceId>, StoreError> {
        let case = case.clone();
        self.run("read", move |db| Ok(sounds::of(db, &case)?))
    }

    fn sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let (case, master) = (case.clone(), self.master.clone());
        self.run("read", move |db| {
            sounds::one(db, &case, utterance, master.as_deref())
        })
    }

    fn destroy_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        let case = case.clone();
        self.run("written", move |db| Ok(sounds::destroy(db, &case)?))
    }

    fn cases_with_sound(&self) -> Result<Vec<CaseId>, StoreError> {
        self.run("read", |db| Ok(sounds::with_sound(db)?))
    }

    fn check(&self) -> Result<(), StoreError> {
        self.keeps()?;
        self.last(&CaseId(String::new())).map(|_| ())
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        let case = case.clone();
        self.run("read", move |db| Ok(cases::head(db, &case)?))
    }

    fn erase(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (case, master) = (case.clone(), self.master.clone());
        self.run("written", move |db| {
            cases::erase(db, &case, reason, now, master.as_deref())
        })
    }

    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        let (only, master) = (only.cloned(), self.master.clone());
        self.run("read", move |db| {
            Ok(audit::audit(db, master.as_deref(), only.as_ref(), anchor)?)
        })
    }

    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (key, value) = (key.to_owned(), self.seal_note(key, value)?);
        let (expires, now) = (expires.as_millisecond(), now.as_millisecond());
        self.run("written", move |db| {
            Ok(notes::put(db, &key, &value, expires, now)?)
        })
    }

    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (key, value) = (key.to_owned(), self.seal_note(key, value)?);
        let times = Claim::new(lasts, now);
        self.run("written", move |db| {
            Ok(notes::claim(db, &key, &value, &times)?)
        })
    }

    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let prefix = prefix.to_owned();
        self.run("read", move |db| {
            let rows = db.query(
                "SELECT key FROM notes WHERE key >= $1 AND starts_with(key, $1) \
                 AND expires_ms > $2 ORDER BY key",
                &[&prefix, &now.as_millisecond()],
            )?;
            Ok(rows
                .iter()
                .map(|row| row.try_get(0))
                .collect::<Result<Vec<String>, _>>()?)
        })
    }

    fn is_sealed_by_another(&self) -> Result<bool, StoreError> {
        let id = self.master.as_ref().map(|master| master.id().to_owned());
        self.run("read", move |db| {
            let row = db.query_one(
                "SELECT EXISTS (SELECT 1 FROM case_keys)
                    AND NOT EXISTS (SELECT 1 FROM case_keys WHERE master = $1)",
                &[&id],
            )?;
            Ok(row.try_get(0)?)
        })
    }

    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let asked = key.to_owned();
        let value = self.run("read", move |db| {
            let row = db.query_opt(
                "SELECT value FROM notes WHERE key = $1 AND expires_ms > $2",
                &[&asked, &now.as_millisecond()],
            )?;
            Ok(row.map(|row| row.try_get::<_, String>(0)).transpose()?)
        })?;
        Ok(value.and_then(|value| self.open_note(key, value)))
    }

    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let asked = key.to_owned();
        let taken = self.run("written", move |db| {
            let row = db.query_opt(
                "DELETE FROM notes WHERE key = $1 RETURNING value, expires_ms",
                &[&asked],
            )?;
            let Some(row) = row else { return Ok(None) };
            let expires: i64 = row.try_get(1)?;
            let value: String = row.try_get(0)?;
            Ok((expires > now.as_millisecond()).then_some(value))
        })?;
        Ok(taken.and_then(|value| self.open_note(key, value)))
    }
}
