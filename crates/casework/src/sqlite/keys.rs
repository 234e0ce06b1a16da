//! The cases' keys in the file, and their destruction.

use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use tolkebot_protocol::CaseId;

use super::{BUSY_WAIT, SqliteStore, head, ledger, sounds};
use crate::audit::KeyState;
use crate::keys::MaybeNewKey;
use crate::ledger::{ErasureReason, LedgerKind};
use crate::{CaseKey, MasterKey, StoreError};

/// A case's key as the file has it, with the id of its master key.
pub(super) fn wrapped(
    db: &Connection,
    case: &CaseId,
) -> rusqlite::Result<Option<(String, Vec<u8>)>> {
    db.prepare_cached("SELECT master, wrapped FROM case_keys WHERE case_id = ?")?
        .query_row([&case.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// A case's key for an audit.
pub(super) fn state(
    db: &Connection,
    master: Option<&MasterKey>,
    case: &CaseId,
) -> rusqlite::Result<KeyState> {
    Ok(match (wrapped(db, case)?, master) {
        (None, _) => KeyState::None,
        (Some(_), None) => KeyState::Wrapped,
        (Some((_, wrapped)), Some(master)) => match master.unwrap(&case.0, &wrapped) {
            Some(key) => KeyState::Open(key),
            None => KeyState::Foreign,
        },
    })
}

impl SqliteStore {
    /// The write-ahead log still has a destroyed key until it is emptied. Somebody who reads may hold that up: nobody
    /// waits for them, and it is tried again with what is written next.
    pub(super) fn empty_log(&self, db: &Connection) {
        let emptied = db.busy_timeout(Duration::ZERO).and_then(|()| {
            db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                row.get::<_, i64>(0)
            })
        });
        let _ = db.busy_timeout(BUSY_WAIT);
        let is_left = !matches!(emptied, Ok(0));
        if is_left && !self.log_to_empty.swap(true, Ordering::SeqCst) {
            tracing::warn!(
                "somebody reads the log: an erased key stays in the write-ahead log until they are done"
            );
        }
        if !is_left {
            self.log_to_empty.store(false, Ordering::SeqCst);
        }
    }

    /// The same, if it could not be emptied before.
    pub(super) fn empty_log_if_due(&self, db: &Connection) {
        if self.log_to_empty.load(Ordering::SeqCst) {
            self.empty_log(db);
        }
    }

    fn foreign(&self, case: &CaseId, needed: String) -> StoreError {
        StoreError::MasterKey {
            case: case.clone(),
            needed,
            present: self.master.as_ref().map(|key| key.id().to_owned()),
        }
    }

    pub(super) fn unwrapped(
        &self,
        case: &CaseId,
        (id, wrapped): &(String, Vec<u8>),
    ) -> Result<CaseKey, StoreError> {
        self.master
            .as_ref()
            .and_then(|master| master.unwrap(&case.0, wrapped))
            .ok_or_else(|| self.foreign(case, id.clone()))
    }

    /// The key that new events of a case are sealed with; a new one comes with how it is kept, for
    /// [`SqliteStore::keep_key`]. `None` without a master key and for a case that is not sealed.
    pub(super) fn key_for_writing(
        &self,
        tx: &Connection,
        case: &CaseId,
    ) -> Result<Option<MaybeNewKey>, StoreError> {
        if let Some(kept) = wrapped(tx, case).map_err(self.failed("read"))? {
            return Ok(Some((self.unwrapped(case, &kept)?, None)));
        }
        let Some(master) = &self.master else {
            return Ok(None);
        };
        let key = CaseKey::generate()?;
        let wrapped = master.wrap(&case.0, &key)?;
        Ok(Some((key, Some(wrapped))))
    }

    /// Keeps a new key.
    pub(super) fn keep_key(
        &self,
        tx: &Connection,
        case: &CaseId,
        wrapped: &[u8],
    ) -> rusqlite::Result<()> {
        let id = self.master.as_ref().map(MasterKey::id);
        tx.prepare_cached("INSERT INTO case_keys (case_id, master, wrapped) VALUES (?, ?, ?)")?
            .execute(params![case.0, id, wrapped])?;
        Ok(())
    }

    /// The key of a case with sealed events.
    pub(super) fn key_for_reading(
        &self,
        db: &Connection,
        case: &CaseId,
    ) -> Result<CaseKey, StoreError> {
        if let Some(kept) = wrapped(db, case).map_err(self.failed("read"))? {
            return self.unwrapped(case, &kept);
        }
        if ledger::is_erased(db, case).map_err(self.failed("read"))? {
            return Err(StoreError::Erased(case.clone()));
        }
        Err(self.foreign(case, "?".to_owned()))
    }

    /// Whether cases are sealed here, and none with this master key.
    pub(super) fn sealed_by_another(&self) -> rusqlite::Result<bool> {
        let id = self.master.as_ref().map(MasterKey::id);
        self.reader().query_row(
            "SELECT EXISTS (SELECT 1 FROM case_keys)
                AND NOT EXISTS (SELECT 1 FROM case_keys WHERE master = ?)",
            [id],
            |row| row.get(0),
        )
    }

    /// A note's value as it is kept.
    pub(super) fn seal_note(&self, key: &str, value: &str) -> Result<String, StoreError> {
        match &self.master {
            Some(master) => Ok(master.seal_note(key, value)?),
            None => Ok(value.to_owned()),
        }
    }

    /// A note's value as it was put in; `None` if another master key sealed it.
    pub(super) fn open_note(&self, key: &str, value: String) -> Option<String> {
        match &self.master {
            Some(master) => master.open_note(key, &value),
            None => Some(value),
        }
    }

    /// Destroys a case's key, its sound, notes and snapshot, and the text of events from before there were keys.
    pub(super) fn destroy(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        let mut db = self.writer();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(place) = head(&tx, case)? else {
            return Ok(());
        };
        // A sealed document may wait there to be handed in. `owner:` is how who opened the case was once
        // written.
        tx.execute(
            "DELETE FROM notes WHERE instr(key || '/', '/' || ?1 || '/') > 0 OR key = 'owner:' || ?1",
            [&case.0],
        )?;
        sounds::destroy(&tx, case)?;
        if ledger::is_erased(&tx, case)? {
            return tx.commit();
        }
        tx.execute("DELETE FROM case_keys WHERE case_id = ?", [&case.0])?;
        tx.execute(
            "UPDATE events SET body = '' WHERE case_id = ? AND body NOT LIKE '{\"at\":%'",
            [&case.0],
        )?;
        tx.execute("DELETE FROM snapshots WHERE case_id = ?", [&case.0])?;
        tx.execute(
            "UPDATE cases SET erased = 1, progress = NULL WHERE case_id = ?",
            [&case.0],
        )?;
        let mut pen = ledger::Pen::take(&tx, self.master.as_ref())?;
        pen.enter(
            &format!("{now:.3}"),
            LedgerKind::Erased(reason),
            case,
            place,
        )?;
        pen.put_down()?;
        tx.commit()?;
        self.empty_log(&db);
        Ok(())
    }
}
