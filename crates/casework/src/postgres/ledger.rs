//! The ledger and the cases' keys in the database.

use postgres::GenericClient;
use tolkebot_protocol::CaseId;

use super::cases::{hash, seq};
use super::connections::Failed;
use crate::ledger::{DayHead, LedgerEntry, LedgerHead, LedgerKind};
use crate::{Head, MasterKey};

/// The newest head, the newest day of any entry, and the head's signature.
pub(super) struct Newest {
    pub head: LedgerHead,
    pub day: String,
    pub signature: Option<Vec<u8>>,
}

pub(super) fn newest(db: &mut impl GenericClient) -> Result<Option<Newest>, Failed> {
    let row = db.query_opt("SELECT n, chain, day, signature FROM ledger_head", &[])?;
    row.map(|row| {
        Ok(Newest {
            head: LedgerHead {
                n: seq(&row, 0)?,
                chain: hash(&row, 1)?,
            },
            day: row.try_get(2)?,
            signature: row.try_get(3)?,
        })
    })
    .transpose()
}

/// True if a case's key was destroyed.
pub(super) fn is_erased(db: &mut impl GenericClient, case: &CaseId) -> Result<bool, Failed> {
    // An erased case has no later entry; so this looks at one, however many events a case has.
    let row = db.query_opt(
        "SELECT kind LIKE 'erased%' FROM ledger WHERE case_id = $1 ORDER BY n DESC LIMIT 1",
        &[&case.0],
    )?;
    row.map_or(Ok(false), |row| row.try_get(0))
}

/// Writes entries behind the newest one, within a transaction; the head is written and signed once,
/// after the last of them.
pub(super) struct Pen<'a> {
    signer: Option<&'a MasterKey>,
    /// The newest head, and the newest day of any entry.
    newest: Option<(LedgerHead, String)>,
    wrote: bool,
}

impl<'a> Pen<'a> {
    pub(super) fn take(
        tx: &mut impl GenericClient,
        master: Option<&'a MasterKey>,
    ) -> Result<Pen<'a>, Failed> {
        let newest = newest(tx)?;
        // A head that somebody without the key changed is never signed again.
        let signer = master.filter(|key| {
            newest.as_ref().is_none_or(|n| {
                let signature = n.signature.as_deref().unwrap_or_default();
                key.is_signed(&n.head.statement(None), signature)
            })
        });
        Ok(Pen {
            signer,
            newest: newest.map(|n| (n.head, n.day)),
            wrote: false,
        })
    }

    /// Writes an entry, and closes the day before if it is the first of its day.
    pub(super) fn enter(
        &mut self,
        tx: &mut impl GenericClient,
        at: &str,
        kind: LedgerKind,
        case: &CaseId,
        place: Head,
    ) -> Result<(), Failed> {
        let head = self.newest.as_ref().map(|(head, _)| *head);
        let entry = LedgerEntry::after(head, at, kind, case, place.seq, place.hash);
        let mut day = entry.day().to_owned();
        if let Some((head, newest)) = self.newest.take() {
            if day > newest {
                tx.execute(
                    "INSERT INTO ledger_days (day, n, chain, signature) VALUES ($1, $2, $3, $4)",
                    &[
                        &newest,
                        &head.n.cast_signed(),
                        &head.chain.0.as_slice(),
                        &head.signed(Some(&newest), self.signer),
                    ],
                )?;
                tracing::info!(day = newest, %head, "the ledger closed a day");
            } else {
                day = newest;
            }
        }
        tx.execute(
            "INSERT INTO ledger (n, at, kind, case_id, seq, hash, chain) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                &entry.n.cast_signed(),
                &entry.at,
                &entry.kind.word(),
                &entry.case.0,
                &entry.seq.cast_signed(),
                &entry.hash.0.as_slice(),
                &entry.chain.0.as_slice(),
            ],
        )?;
        self.newest = Some((entry.head(), day));
        self.wrote = true;
        Ok(())
    }

    /// Writes the head behind the last entry. Without this the entries are not to be committed.
    pub(super) fn put_down(self, tx: &mut impl GenericClient) -> Result<(), Failed> {
        let Some((head, day)) = self.newest.filter(|_| self.wrote) else {
            return Ok(());
        };
        tx.execute(
            "INSERT INTO ledger_head (one, n, chain, day, signature) VALUES (1, $1, $2, $3, $4) \
             ON CONFLICT (one) DO UPDATE SET n = excluded.n, chain = excluded.chain, \
             day = excluded.day, signature = excluded.signature",
            &[
                &head.n.cast_signed(),
                &head.chain.0.as_slice(),
                &day,
                &head.signed(None, self.signer),
            ],
        )?;
        Ok(())
    }
}

/// Signs the head of a database that never knew a key, once there is one.
pub(super) fn sign_first(tx: &mut impl GenericClient, master: &MasterKey) -> Result<(), Failed> {
    let known = tx.query_one(
        "SELECT EXISTS (SELECT 1 FROM case_keys)
             OR EXISTS (SELECT 1 FROM ledger_days WHERE signature IS NOT NULL)
             OR EXISTS (SELECT 1 FROM ledger_head WHERE signature IS NOT NULL)",
        &[],
    )?;
    if known.try_get(0)? {
        return Ok(());
    }
    for day in days(tx)? {
        tx.execute(
            "UPDATE ledger_days SET signature = $1 WHERE day = $2",
            &[&day.head.signed(Some(&day.day), Some(master)), &day.day],
        )?;
    }
    if let Some(newest) = newest(tx)? {
        let signature = newest.head.signed(None, Some(master));
        tx.execute("UPDATE ledger_head SET signature = $1", &[&signature])?;
        tracing::warn!("the log was kept without a master key until now: its head was signed");
    }
    Ok(())
}

pub(super) fn days(db: &mut impl GenericClient) -> Result<Vec<DayHead>, Failed> {
    db.query(
        "SELECT day, n, chain, signature FROM ledger_days ORDER BY day",
        &[],
    )?
    .iter()
    .map(|row| {
        Ok(DayHead {
            day: row.try_get(0)?,
            head: LedgerHead {
                n: seq(row, 1)?,
                chain: hash(row, 2)?,
            },
            signature: row.try_get(3)?,
        })
    })
    .collect()
}
