//! The sound of cases that opted in, in the file.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

use super::keys::wrapped;
use super::{SqliteStore, ledger};
use crate::sound::{self, SoundKept};
use crate::{CaseKey, StoreError};

fn sound_key(db: &Connection, case: &CaseId) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT wrapped FROM sound_keys WHERE case_id = ?")?
        .query_row([&case.0], |row| row.get(0))
        .optional()
}

/// The utterances of a case whose sound is kept.
pub(super) fn of(db: &Connection, case: &CaseId) -> rusqlite::Result<Vec<UtteranceId>> {
    db.prepare_cached("SELECT utterance FROM sounds WHERE case_id = ? ORDER BY utterance")?
        .query_map([&case.0], |row| row.get(0).map(UtteranceId))?
        .collect()
}

/// The cases with a key for sound.
pub(super) fn cases(db: &Connection) -> rusqlite::Result<Vec<CaseId>> {
    db.prepare("SELECT case_id FROM sound_keys ORDER BY case_id")?
        .query_map([], |row| row.get(0).map(CaseId))?
        .collect()
}

/// Removes the key and the sound of a case, which are overwritten (`secure_delete`). Says whether there
/// was a key.
pub(super) fn destroy(tx: &Connection, case: &CaseId) -> rusqlite::Result<bool> {
    tx.execute("DELETE FROM sounds WHERE case_id = ?", [&case.0])?;
    let keys = tx.execute("DELETE FROM sound_keys WHERE case_id = ?", [&case.0])?;
    Ok(keys > 0)
}

impl SqliteStore {
    /// The key of a sealed case; `None` for one that is not.
    fn case_key(&self, db: &Connection, case: &CaseId) -> Result<Option<CaseKey>, StoreError> {
        let kept = wrapped(db, case).map_err(self.failed("read"))?;
        kept.map(|kept| self.unwrapped(case, &kept)).transpose()
    }

    pub(super) fn make_sound_key(&self, case: &CaseId) -> Result<(), StoreError> {
        let failed = |source| self.failed("written")(source);
        let mut db = self.writer();
        let tx = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        if ledger::is_erased(&tx, case).map_err(failed)? {
            return Err(StoreError::Erased(case.clone()));
        }
        if sound_key(&tx, case).map_err(failed)?.is_some() {
            return Ok(());
        }
        let wrapped = sound::new_key(case, self.case_key(&tx, case)?.as_ref())?;
        tx.execute(
            "INSERT INTO sound_keys (case_id, wrapped) VALUES (?, ?)",
            params![case.0, wrapped],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)
    }

    pub(super) fn put_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
        wav: &[u8],
        most: u64,
    ) -> Result<SoundKept, StoreError> {
        let failed = |source| self.failed("written")(source);
        let mut db = self.writer();
        // In the transaction: a withdrawal comes before it and leaves no key, or takes the sound along.
        let tx = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let Some(wrapped) = sound_key(&tx, case).map_err(failed)? else {
            return Ok(SoundKept::Off);
        };
        let key = sound::open_key(case, self.case_key(&tx, case)?.as_ref(), &wrapped)?;
        let body = key.seal_bytes(&sound::about(case, utterance), wav)?;
        let others: i64 = tx
            .query_row(
                "SELECT coalesce(sum(length(body)), 0) FROM sounds \
                 WHERE case_id = ? AND utterance <> ?",
                params![case.0, utterance.0],
                |row| row.get(0),
            )
            .map_err(failed)?;
        if others.cast_unsigned() + body.len() as u64 > most {
            return Ok(SoundKept::Full);
        }
        tx.execute(
            "INSERT OR REPLACE INTO sounds (case_id, utterance, body) VALUES (?, ?, ?)",
            params![case.0, utterance.0, body],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(SoundKept::Stored)
    }

    pub(super) fn kept_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let failed = |source| self.failed("read")(source);
        let db = self.reader();
        let body: Option<Vec<u8>> = db
            .prepare_cached("SELECT body FROM sounds WHERE case_id = ? AND utterance = ?")
            .and_then(|mut select| {
                let row = select.query_row(params![case.0, utterance.0], |row| row.get(0));
                row.optional()
            })
            .map_err(failed)?;
        let Some(body) = body else { return Ok(None) };
        let wrapped = sound_key(&db, case).map_err(failed)?;
        let key = self.case_key(&db, case)?;
        drop(db);
        let wrapped = wrapped.ok_or_else(|| sound::damaged(case))?;
        sound::open_key(case, key.as_ref(), &wrapped)?
            .open_bytes(&sound::about(case, utterance), &body)
            .map(Some)
            .ok_or_else(|| sound::damaged(case))
    }

    pub(super) fn take_sound_away(&self, case: &CaseId) -> rusqlite::Result<()> {
        let mut db = self.writer();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let was_there = destroy(&tx, case)?;
        tx.commit()?;
        if was_there {
            self.empty_log(&db);
        }
        Ok(())
    }
}
