//! Reading the whole file for an audit, once and in order, in memory that does not grow with it.

use std::collections::VecDeque;

use rusqlite::{Connection, OptionalExtension, Row, params};
use tolkebot_protocol::CaseId;

use super::{keys, ledger, list, raw_event, seq};
use crate::audit::{AboutCases, AuditReport, Auditor, KeyState, Known};
use crate::ledger::{LedgerEntry, LedgerHead, LedgerKind};
use crate::{CaseSummary, EventHash, MasterKey};

/// Lines of the list of cases that are read at a time.
const PAGE: usize = 256;

fn entry(row: &Row<'_>) -> rusqlite::Result<Option<LedgerEntry>> {
    let kind: String = row.get(2)?;
    let (hash, chain): (EventHash, EventHash) = (row.get(5)?, row.get(6)?);
    let (n, at, case, seq) = (seq(row, 0)?, row.get(1)?, row.get(3)?, seq(row, 4)?);
    Ok(LedgerKind::from_word(&kind).map(|kind| LedgerEntry {
        n,
        at,
        kind,
        case: CaseId(case),
        seq,
        hash,
        chain,
    }))
}

/// Cases of the ledger and of the list, in order. `only` restricts both to one case.
struct About<'a> {
    db: &'a Connection,
    master: Option<&'a MasterKey>,
    only: Option<&'a CaseId>,
    /// The last case of the ledger that was given out.
    known: Option<CaseId>,
    page: VecDeque<CaseSummary>,
    /// The last line of the page; `None` before the first page.
    listed: Option<CaseId>,
    ended: bool,
}

impl AboutCases for About<'_> {
    type Error = rusqlite::Error;

    fn known(&mut self) -> rusqlite::Result<Option<Known>> {
        let case = match (self.only, &self.known) {
            (Some(_), Some(_)) => None,
            (Some(only), None) => Some(only.0.clone()),
            // The index gives the next case at once; there is no need to read all its entries.
            (None, last) => self
                .db
                .prepare_cached("SELECT min(case_id) FROM ledger WHERE case_id > ?")?
                .query_row([last.as_ref().map_or("", |case| &case.0)], |row| row.get(0))?,
        };
        let Some(case) = case.map(CaseId) else {
            return Ok(None);
        };
        self.known = Some(case.clone());
        self.db
            .prepare_cached(
                "SELECT seq, hash, kind FROM ledger WHERE case_id = ? ORDER BY n DESC LIMIT 1",
            )?
            .query_row(params![case.0], |row| {
                let kind: String = row.get(2)?;
                Ok(Known {
                    case: case.clone(),
                    seq: seq(row, 0)?,
                    hash: row.get(1)?,
                    erased: LedgerKind::from_word(&kind).is_some_and(LedgerKind::is_erasure),
                })
            })
            .optional()
    }

    fn listed(&mut self) -> rusqlite::Result<Option<CaseSummary>> {
        if self.page.is_empty() && !self.ended {
            let page = match self.only {
                Some(only) => list::one(self.db, only)?,
                None => list::page(self.db, self.listed.as_ref(), PAGE)?,
            };
            self.ended = self.only.is_some() || page.len() < PAGE;
            self.listed = page.last().map(|line| line.case.clone());
            self.page = page.into();
        }
        Ok(self.page.pop_front())
    }

    fn key(&mut self, case: &CaseId) -> rusqlite::Result<KeyState> {
        keys::state(self.db, self.master, case)
    }
}

/// Reads everything once, as it was at one moment.
pub(super) fn audit(
    db: &mut Connection,
    master: Option<&MasterKey>,
    only: Option<&CaseId>,
    anchor: Option<LedgerHead>,
) -> rusqlite::Result<AuditReport> {
    let tx = db.transaction()?;
    let mut auditor = Auditor::new(master, anchor, ledger::days(&tx)?);
    let mut entries =
        tx.prepare("SELECT n, at, kind, case_id, seq, hash, chain FROM ledger ORDER BY n")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        auditor.entry(entry(row)?);
    }
    let newest = ledger::newest(&tx)?;
    let signature = newest.as_ref().and_then(|n| n.signature.as_deref());
    auditor.head(newest.as_ref().map(|n| n.head), signature);
    let mut about = About {
        db: &tx,
        master,
        only,
        known: None,
        page: VecDeque::new(),
        listed: None,
        ended: false,
    };
    // Two statements, because one for both cases would not use the index.
    let mut events = match only {
        None => tx.prepare(
            "SELECT seq, body, previous, hash, case_id FROM events ORDER BY case_id, seq",
        )?,
        Some(_) => tx.prepare(
            "SELECT seq, body, previous, hash, case_id FROM events WHERE case_id = ? ORDER BY seq",
        )?,
    };
    let mut rows = match only {
        None => events.query([])?,
        Some(only) => events.query([&only.0])?,
    };
    while let Some(row) = rows.next()? {
        let case = CaseId(row.get(4)?);
        auditor.event(raw_event(&case, row)?, &mut about)?;
    }
    auditor.finish(&mut about)
}
