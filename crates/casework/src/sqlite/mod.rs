//! Logs in one SQLite file: the default.

mod append;
mod audit;
mod copy;
mod inspect;
mod keys;
mod ledger;
mod list;
mod migrations;
mod place;
mod snapshots;
mod sounds;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

use self::place::Place;
use crate::audit::{AuditReport, RawEvent};
use crate::chain::check_links;
use crate::group::{Append, Group};
use crate::ledger::{ErasureReason, LedgerHead};
use crate::outline::Snapshot;
use crate::progress::Progress;
use crate::sound::SoundKept;
use crate::store::Claim;
use crate::{
    CaseSummary, Corruption, EventHash, Fault, Head, MasterKey, NewEvent, Store, StoreError,
    StoredEvent,
};

/// Lines of the list that are read at a time: between two pages others read.
const PAGE: usize = 1024;
/// How long a writer waits for another process that writes.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// A [`Store`] in one SQLite file with write-ahead log and a sync at every append. Several threads
/// and processes may use the same file: one connection writes, another reads.
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    master: Option<MasterKey>,
    writer: Mutex<Connection>,
    group: Group,
    reader: Mutex<Connection>,
    /// Where it is, unless it was opened for reading only.
    place: Option<Place>,
    /// The write-ahead log still has a destroyed key.
    log_to_empty: AtomicBool,
}

impl SqliteStore {
    /// Opens the file, makes it and its folder if need be, and brings it to the newest version.
    /// Without a master key: new cases are readable for everybody who can read the file, and sealed
    /// ones can only be audited.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] if a newer program wrote it, [`StoreError::Folder`] and
    /// [`StoreError::Database`] if it cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> Result<SqliteStore, StoreError> {
        SqliteStore::open_with(path, None)
    }

    /// Like [`SqliteStore::open`], with the master key under which cases are sealed.
    ///
    /// # Errors
    /// As for [`SqliteStore::open`].
    pub fn open_with(
        path: impl AsRef<Path>,
        master: Option<MasterKey>,
    ) -> Result<SqliteStore, StoreError> {
        let path = path.as_ref().to_owned();
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder {
                path: path.clone(),
                source,
            })?;
        }
        let opened = |source| StoreError::Database {
            action: "opened",
            path: path.clone(),
            source,
        };
        let mut writer = Self::connect(&path).map_err(opened)?;
        let found = migrations::version(&writer).map_err(opened)?;
        if found > migrations::NEWEST {
            return Err(StoreError::TooNew {
                path,
                found,
                known: migrations::NEWEST,
            });
        }
        migrations::migrate(&mut writer, master.as_ref()).map_err(opened)?;
        if let Some(master) = &master {
            ledger::sign_first(&writer, master).map_err(opened)?;
        }
        let reader = Self::connect(&path).map_err(opened)?;
        reader
            .pragma_update(None, "query_only", true)
            .map_err(opened)?;
        Ok(SqliteStore {
            place: Some(Place::of(&path)),
            path,
            master,
            writer: Mutex::new(writer),
            group: Group::default(),
            reader: Mutex::new(reader),
            log_to_empty: AtomicBool::new(false),
        })
    }

    fn connect(path: &Path) -> rusqlite::Result<Connection> {
        let db = Connection::open(path)?;
        db.busy_timeout(BUSY_WAIT)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        // FULL syncs the log at every commit: what was acknowledged survives a power cut.
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "trusted_schema", false)?;
        // What is deleted is overwritten: a destroyed key must not stay in a free page.
        db.pragma_update(None, "secure_delete", true)?;
        Ok(db)
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what is written now will be there after the next start, and can be read then.
    fn keeps(&self) -> Result<(), StoreError> {
        self.place.as_ref().map_or(Ok(()), Place::check)?;
        Ok(self.master.as_ref().map_or(Ok(()), MasterKey::is_kept)?)
    }

    fn failed(&self, action: &'static str) -> impl FnOnce(rusqlite::Error) -> StoreError + '_ {
        move |source| StoreError::Database {
            action,
            path: self.path.clone(),
            source,
        }
    }
}

impl FromSql for EventHash {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        <[u8; 32]>::try_from(bytes)
            .map(EventHash)
            .map_err(|_| FromSqlError::InvalidBlobSize {
                expected_size: 32,
                blob_size: bytes.len(),
            })
    }
}

/// SQLite's integers are signed; the table holds positive ones only.
fn seq(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get(column).map(i64::cast_unsigned)
}

fn head(db: &Connection, case: &CaseId) -> rusqlite::Result<Option<Head>> {
    db.prepare_cached("SELECT seq, hash FROM events WHERE case_id = ? ORDER BY seq DESC LIMIT 1")?
        .query_row([&case.0], |row| {
            Ok(Head {
                seq: seq(row, 0)?,
                hash: row.get(1)?,
            })
        })
        .optional()
}

fn raw_event(case: &CaseId, row: &Row<'_>) -> rusqlite::Result<RawEvent> {
    Ok(RawEvent {
        case: case.clone(),
        seq: seq(row, 0)?,
        body: row.get(1)?,
        previous: row.get(2)?,
        hash: row.get(3)?,
    })
}

impl Store for SqliteStore {
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
        self.group
            .append(one, |group| self.write_all(&group))
            .unwrap_or_else(|| Err(StoreError::Together("the writer failed".to_owned())))
    }

    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let Ok(after_sql) = i64::try_from(after) else {
            return Ok(Vec::new());
        };
        let db = self.reader();
        // One row more than asked for: its hash is what the first one must follow.
        let rows = db
            .prepare_cached(
                "SELECT seq, body, previous, hash FROM events \
                 WHERE case_id = ? AND seq >= ? ORDER BY seq",
            )
            .and_then(|mut select| {
                select
                    .query_map(params![case.0, after_sql], |row| raw_event(case, row))?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .map_err(self.failed("read"))?;
        let readable = |row: &RawEvent| !StoredEvent::is_sealed(&row.body) && !row.body.is_empty();
        let key = if rows.iter().all(readable) {
            None
        } else {
            Some(self.key_for_reading(&db, case)?)
        };
        drop(db);
        let mut events = Vec::with_capacity(rows.len());
        let mut anchor = EventHash::START;
        for row in rows {
            if row.seq == after {
                anchor = row.hash;
                continue;
            }
            events.push(StoredEvent::open(
                case,
                row.seq,
                row.body,
                row.previous,
                row.hash,
                key.as_ref(),
            )?);
        }
        if after > 0 && anchor == EventHash::START && !events.is_empty() {
            return Err(Corruption {
                case: case.clone(),
                seq: after,
                fault: Fault::Gap,
            }
            .into());
        }
        check_links(case, after, anchor, &events)?;
        Ok(events)
    }

    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        let mut lines: Vec<CaseSummary> = Vec::new();
        loop {
            let page = self.list_page(lines.last().map(|line| &line.case), PAGE)?;
            let ended = page.len() < PAGE;
            lines.extend(page);
            if ended {
                return Ok(lines);
            }
        }
    }

    fn list_page(
        &self,
        after: Option<&CaseId>,
        most: usize,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        list::page(&self.reader(), after, most).map_err(self.failed("read"))
    }

    fn list_in(&self, wanted: &[Progress]) -> Result<Vec<CaseSummary>, StoreError> {
        list::of(&self.reader(), wanted).map_err(self.failed("read"))
    }

    fn set_progress(&self, case: &CaseId, seq: u64, progress: Progress) -> Result<(), StoreError> {
        self.keeps()?;
        self.writer()
            .execute(
                "UPDATE cases SET progress = ? \
                 WHERE case_id = ? AND seq = ? AND erased = 0 AND progress IS NULL",
                params![progress.name(), case.0, seq.cast_signed()],
            )
            .map(|_| ())
            .map_err(self.failed("written"))
    }

    fn put_snapshot(&self, case: &CaseId, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.keeps()?;
        self.keep_snapshot(case, snapshot)
    }

    fn snapshot(&self, case: &CaseId) -> Result<Option<Snapshot>, StoreError> {
        self.kept_snapshot(case)
    }

    fn begin_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        self.keeps()?;
        self.make_sound_key(case)
    }

    fn keep_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
        wav: &Zeroizing<Vec<u8>>,
        most: u64,
    ) -> Result<SoundKept, StoreError> {
        self.keeps()?;
        self.put_sound(case, utterance, wav, most)
    }

    fn sounds(&self, case: &CaseId) -> Result<Vec<UtteranceId>, StoreError> {
        sounds::of(&self.reader(), case).map_err(self.failed("read"))
    }

    fn sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        self.kept_sound(case, utterance)
    }

    fn destroy_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        self.keeps()?;
        self.take_sound_away(case).map_err(self.failed("written"))
    }

    fn cases_with_sound(&self) -> Result<Vec<CaseId>, StoreError> {
        sounds::cases(&self.reader()).map_err(self.failed("read"))
    }

    fn check(&self) -> Result<(), StoreError> {
        self.keeps()?;
        self.last(&CaseId(String::new())).map(|_| ())
    }

    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        head(&self.reader(), case).map_err(self.failed("read"))
    }

    fn erase(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.keeps()?;
        self.destroy(case, reason, now)
            .map_err(self.failed("written"))
    }

    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        let look = |db: &mut Connection| audit::audit(db, self.master.as_ref(), only, anchor);
        if self.place.is_none() {
            return look(&mut self.reader()).map_err(self.failed("read"));
        }
        // An audit of everything takes minutes: it has a connection of its own, so that nobody who reads
        // meanwhile waits for it.
        Self::connect(&self.path)
            .and_then(|mut db| {
                db.pragma_update(None, "query_only", true)?;
                look(&mut db)
            })
            .map_err(self.failed("read"))
    }

    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.keeps()?;
        let value = self.seal_note(key, value)?;
        let mut db = self.writer();
        let put = |db: &mut Connection| {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tx.execute(
                "DELETE FROM notes WHERE expires_ms <= ?",
                [now.as_millisecond()],
            )?;
            tx.execute(
                "INSERT OR REPLACE INTO notes (key, value, expires_ms) VALUES (?, ?, ?)",
                params![key, value, expires.as_millisecond()],
            )?;
            tx.commit()
        };
        put(&mut db).map_err(self.failed("written"))?;
        self.empty_log_if_due(&db);
        Ok(())
    }

    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.keeps()?;
        let value = self.seal_note(key, value)?;
        let times = Claim::new(lasts, now);
        let db = self.writer();
        let put = db
            .execute(
                "INSERT INTO notes (key, value, expires_ms) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value, \
                 expires_ms = excluded.expires_ms \
                 WHERE notes.expires_ms <= ?4 OR notes.expires_ms > ?5",
                params![
                    key,
                    value,
                    times.expires.as_millisecond(),
                    times.now.as_millisecond(),
                    times.latest.as_millisecond(),
                ],
            )
            .map_err(self.failed("written"))?;
        self.empty_log_if_due(&db);
        Ok(put == 1)
    }

    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        self.reader()
            .prepare_cached(
                "SELECT key FROM notes WHERE key >= ?1 AND substr(key, 1, length(?1)) = ?1 \
                 AND expires_ms > ?2 ORDER BY key",
            )
            .and_then(|mut select| {
                select
                    .query_map(params![prefix, now.as_millisecond()], |row| row.get(0))?
                    .collect()
            })
            .map_err(self.failed("read"))
    }

    fn is_sealed_by_another(&self) -> Result<bool, StoreError> {
        self.sealed_by_another().map_err(self.failed("read"))
    }

    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.reader()
            .query_row(
                "SELECT value FROM notes WHERE key = ? AND expires_ms > ?",
                params![key, now.as_millisecond()],
                |row| row.get(0),
            )
            .optional()
            .map(|value| value.and_then(|value| self.open_note(key, value)))
            .map_err(self.failed("read"))
    }

    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        // Whoever guesses does not get as far as those who write.
        let is_there = self
            .reader()
            .prepare_cached("SELECT 1 FROM notes WHERE key = ?")
            .and_then(|mut select| select.exists([key]))
            .map_err(self.failed("read"))?;
        if !is_there {
            return Ok(None);
        }
        self.writer()
            .query_row(
                "DELETE FROM notes WHERE key = ? RETURNING value, expires_ms",
                [key],
                |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)),
            )
            .optional()
            .map(|taken| {
                taken
                    .filter(|(_, expires)| *expires > now.as_millisecond())
                    .and_then(|(value, _)| self.open_note(key, value))
            })
            .map_err(self.failed("written"))
    }
}

#[cfg(test)]
mod tests;
