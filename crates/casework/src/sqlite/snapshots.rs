//! Snapshots in the file.

use rusqlite::{OptionalExtension, TransactionBehavior, params};
use tolkebot_protocol::CaseId;

use super::keys::wrapped;
use super::{SqliteStore, ledger, seq};
use crate::outline::Snapshot;
use crate::{StoreError, StoredEvent};

impl SqliteStore {
    pub(super) fn keep_snapshot(
        &self,
        case: &CaseId,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError> {
        let failed = |source| self.failed("written")(source);
        let mut db = self.writer();
        let tx = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        // In the transaction: an erasure comes before it, or takes it along.
        if super::head(&tx, case).map_err(failed)?.is_none()
            || ledger::is_erased(&tx, case).map_err(failed)?
        {
            return Ok(());
        }
        let Snapshot {
            seq,
            hash,
            fold,
            text,
        } = snapshot;
        let body = match wrapped(&tx, case).map_err(failed)? {
            Some(kept) => {
                let about = Snapshot::about(case, *seq, *hash, fold);
                self.unwrapped(case, &kept)?.seal(about.as_bytes(), text)?
            }
            // Its events are not sealed either.
            None => text.clone(),
        };
        tx.execute(
            "INSERT OR REPLACE INTO snapshots (case_id, seq, hash, fold, body) \
             VALUES (?, ?, ?, ?, ?)",
            params![case.0, seq.cast_signed(), hash.0, fold, body],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)
    }

    pub(super) fn kept_snapshot(&self, case: &CaseId) -> Result<Option<Snapshot>, StoreError> {
        let failed = |source| self.failed("read")(source);
        let db = self.reader();
        let found = db
            .prepare_cached("SELECT seq, hash, fold, body FROM snapshots WHERE case_id = ?")
            .and_then(|mut select| {
                select
                    .query_row([&case.0], |row| {
                        Ok(Snapshot {
                            seq: seq(row, 0)?,
                            hash: row.get(1)?,
                            fold: row.get(2)?,
                            text: row.get(3)?,
                        })
                    })
                    .optional()
            })
            .map_err(failed)?;
        let Some(mut snapshot) = found else {
            return Ok(None);
        };
        if let Some(kept) = wrapped(&db, case).map_err(failed)? {
            drop(db);
            let about = Snapshot::about(case, snapshot.seq, snapshot.hash, &snapshot.fold);
            let Ok(key) = self.unwrapped(case, &kept) else {
                return Ok(None);
            };
            let Some(text) = key.open(about.as_bytes(), &snapshot.text) else {
                return Ok(None);
            };
            snapshot.text.clone_from(&text);
            return Ok(Some(snapshot));
        }
        // Readable ones are believed of readable events only.
        let body: Option<String> = db
            .prepare_cached("SELECT body FROM events WHERE case_id = ? AND seq = ?")
            .and_then(|mut select| {
                select
                    .query_row(params![case.0, snapshot.seq.cast_signed()], |row| {
                        row.get(0)
                    })
                    .optional()
            })
            .map_err(failed)?;
        let readable = |body: &String| !StoredEvent::is_sealed(body) && !body.is_empty();
        Ok(body.filter(readable).map(|_| snapshot))
    }
}
