//! The ledger in the file.

use rusqlite::{Connection, OptionalExtension, params};
use tolkebot_protocol::CaseId;

use super::seq;
use crate::ledger::{DayHead, LedgerEntry, LedgerHead, LedgerKind};
use crate::{Head, MasterKey};

/// The newest head, the newest day of any entry, and the head's signature.
pub(super) struct Newest {
    pub head: LedgerHead,
    pub day: String,
    pub signature: Option<Vec<u8>>,
}

pub(super) fn newest(db: &Connection) -> rusqlite::Result<Option<Newest>> {
    db.prepare_cached("SELECT n, chain, day, signature FROM ledger_head")?
        .query_row([], |row| {
            Ok(Newest {
                head: LedgerHead {
                    n: seq(row, 0)?,
                    chain: row.get(1)?,
                },
                day: row.get(2)?,
                signature: row.get(3)?,
            })
        })
        .optional()
}

/// True if a case's key was destroyed.
pub(super) fn is_erased(db: &Connection, case: &CaseId) -> rusqlite::Result<bool> {
    // An erased case has no later entry; so this looks at one, however many events a case has.
    db.prepare_cached(
        "SELECT kind LIKE 'erased%' FROM ledger WHERE case_id = ? ORDER BY n DESC LIMIT 1",
    )?
    .query_row([&case.0], |row| row.get(0))
    .optional()
    .map(|erased| erased.unwrap_or(false))
}

/// Writes entries behind the newest one, within a transaction; the head is written and signed once,
/// after the last of them.
pub(super) struct Pen<'a> {
    tx: &'a Connection,
    signer: Option<&'a MasterKey>,
    /// The newest head, and the newest day of any entry.
    newest: Option<(LedgerHead, String)>,
    wrote: bool,
}

impl<'a> Pen<'a> {
    pub(super) fn take(
        tx: &'a Connection,
        master: Option<&'a MasterKey>,
    ) -> rusqlite::Result<Pen<'a>> {
        let newest = newest(tx)?;
        // A head that somebody without the key changed is never signed again.
        let signer = master.filter(|key| {
            newest.as_ref().is_none_or(|n| {
                let statement = n.head.statement(None);
                key.is_signed(&statement, n.signature.as_deref().unwrap_or_default())
            })
        });
        Ok(Pen {
            tx,
            signer,
            newest: newest.map(|n| (n.head, n.day)),
            wrote: false,
        })
    }

    /// Writes an entry, and closes the day before if it is the first of its day.
    pub(super) fn enter(
        &mut self,
        at: &str,
        kind: LedgerKind,
        case: &CaseId,
        place: Head,
    ) -> rusqlite::Result<()> {
        let head = self.newest.as_ref().map(|(head, _)| *head);
        let entry = LedgerEntry::after(head, at, kind, case, place.seq, place.hash);
        let mut day = entry.day().to_owned();
        if let Some((head, newest)) = self.newest.take() {
            if day > newest {
                self.tx
                    .prepare_cached(
                        "INSERT INTO ledger_days (day, n, chain, signature) VALUES (?, ?, ?, ?)",
                    )?
                    .execute(params![
                        newest,
                        head.n.cast_signed(),
                        head.chain.0,
                        head.signed(Some(&newest), self.signer)
                    ])?;
                tracing::info!(day = newest, %head, "the ledger closed a day");
            } else {
                day = newest;
            }
        }
        self.tx
            .prepare_cached(
                "INSERT INTO ledger (n, at, kind, case_id, seq, hash, chain) \
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                entry.n.cast_signed(),
                entry.at,
                entry.kind.word(),
                entry.case.0,
                entry.seq.cast_signed(),
                entry.hash.0,
                entry.chain.0
            ])?;
        self.newest = Some((entry.head(), day));
        self.wrote = true;
        Ok(())
    }

    /// Writes the head behind the last entry. Without this the entries are not to be committed.
    pub(super) fn put_down(self) -> rusqlite::Result<()> {
        let Some((head, day)) = self.newest.filter(|_| self.wrote) else {
            return Ok(());
        };
        self.tx
            .prepare_cached(
                "INSERT OR REPLACE INTO ledger_head (one, n, chain, day, signature) \
                 VALUES (1, ?, ?, ?, ?)",
            )?
            .execute(params![
                head.n.cast_signed(),
                head.chain.0,
                day,
                head.signed(None, self.signer)
            ])?;
        Ok(())
    }
}

/// Takes cases into the ledger that were there before it.
pub(super) fn adopt(tx: &Connection, master: Option<&MasterKey>) -> rusqlite::Result<()> {
    let heads: Vec<(CaseId, String, Head)> = tx
        .prepare(
            "SELECT e.case_id, e.at, e.seq, e.hash
             FROM (SELECT case_id, max(seq) AS hi FROM events GROUP BY case_id) AS span
             JOIN events AS e ON e.case_id = span.case_id AND e.seq = span.hi
             ORDER BY e.at, e.case_id",
        )?
        .query_map([], |row| {
            let place = Head {
                seq: seq(row, 2)?,
                hash: row.get(3)?,
            };
            Ok((CaseId(row.get(0)?), row.get(1)?, place))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut pen = Pen::take(tx, master)?;
    for (case, at, place) in heads {
        pen.enter(&at, LedgerKind::Adopted, &case, place)?;
    }
    pen.put_down()
}

/// Signs the head of a file that never knew a key, once there is one.
pub(super) fn sign_first(tx: &Connection, master: &MasterKey) -> rusqlite::Result<()> {
    let known: bool = tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM case_keys)
             OR EXISTS (SELECT 1 FROM ledger_days WHERE signature IS NOT NULL)
             OR EXISTS (SELECT 1 FROM ledger_head WHERE signature IS NOT NULL)",
        [],
        |row| row.get(0),
    )?;
    if known {
        return Ok(());
    }
    for day in days(tx)? {
        tx.execute(
            "UPDATE ledger_days SET signature = ? WHERE day = ?",
            params![day.head.signed(Some(&day.day), Some(master)), day.day],
        )?;
    }
    if let Some(newest) = newest(tx)? {
        let signature = newest.head.signed(None, Some(master));
        tx.execute("UPDATE ledger_head SET signature = ?", [signature])?;
        tracing::warn!("the log was kept without a master key until now: its head was signed");
    }
    Ok(())
}

pub(super) fn days(db: &Connection) -> rusqlite::Result<Vec<DayHead>> {
    db.prepare("SELECT day, n, chain, signature FROM ledger_days ORDER BY day")?
        .query_map([], |row| {
            Ok(DayHead {
                day: row.get(0)?,
                head: LedgerHead {
                    n: seq(row, 1)?,
                    chain: row.get(2)?,
                },
                signature: row.get(3)?,
            })
        })?
        .collect()
}
