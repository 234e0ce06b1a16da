//! Reading the whole database for an audit, once and in order, in memory that does not grow with it.

use std::collections::VecDeque;

use postgres::types::ToSql;
use postgres::{Client, IsolationLevel, Portal, Row, Transaction};
use tolkebot_protocol::CaseId;

use super::cases::{hash, line, raw_event, seq};
use super::connections::Failed;
use super::ledger;
use crate::audit::{AboutCases, AuditReport, Auditor, KeyState, Known};
use crate::ledger::{LedgerEntry, LedgerHead, LedgerKind};
use crate::{CaseSummary, MasterKey};

/// Rows that are fetched at a time.
const PAGE: i32 = 256;

/// Rows of a query, fetched page by page, so that several can be read side by side.
struct Rows {
    portal: Portal,
    page: VecDeque<Row>,
    ended: bool,
}

impl Rows {
    fn of(
        tx: &mut Transaction<'_>,
        query: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Rows, Failed> {
        Ok(Rows {
            portal: tx.bind(query, values)?,
            page: VecDeque::new(),
            ended: false,
        })
    }

    fn next(&mut self, tx: &mut Transaction<'_>) -> Result<Option<Row>, Failed> {
        if self.page.is_empty() && !self.ended {
            self.page = tx.query_portal(&self.portal, PAGE)?.into();
            self.ended = self.page.len() < PAGE as usize;
        }
        Ok(self.page.pop_front())
    }
}

fn entry(row: &Row) -> Result<Option<LedgerEntry>, Failed> {
    let kind: String = row.try_get(2)?;
    let Some(kind) = LedgerKind::from_word(&kind) else {
        return Ok(None);
    };
    Ok(Some(LedgerEntry {
        n: seq(row, 0)?,
        at: row.try_get(1)?,
        kind,
        case: CaseId(row.try_get(3)?),
        seq: seq(row, 4)?,
        hash: hash(row, 5)?,
        chain: hash(row, 6)?,
    }))
}

/// Cases of the ledger, of the list and with keys, in order.
struct About<'a, 'b> {
    tx: &'a mut Transaction<'b>,
    master: Option<&'a MasterKey>,
    known: Rows,
    listed: Rows,
    keys: Rows,
    /// The next key, once it was asked for.
    key: Option<Option<(CaseId, KeyState)>>,
}

impl About<'_, '_> {
    fn next_key(&mut self) -> Result<Option<(CaseId, KeyState)>, Failed> {
        let Some(row) = self.keys.next(self.tx)? else {
            return Ok(None);
        };
        let case: String = row.try_get(0)?;
        let state = match self.master {
            None => KeyState::Wrapped,
            Some(master) => match master.unwrap(&case, row.try_get(1)?) {
                Some(key) => KeyState::Open(key),
                None => KeyState::Foreign,
            },
        };
        Ok(Some((CaseId(case), state)))
    }
}

impl AboutCases for About<'_, '_> {
    type Error = Failed;

    fn known(&mut self) -> Result<Option<Known>, Failed> {
        let Some(row) = self.known.next(self.tx)? else {
            return Ok(None);
        };
        let kind: String = row.try_get(3)?;
        Ok(Some(Known {
            case: CaseId(row.try_get(0)?),
            seq: seq(&row, 1)?,
            hash: hash(&row, 2)?,
            erased: LedgerKind::from_word(&kind).is_some_and(LedgerKind::is_erasure),
        }))
    }

    fn listed(&mut self) -> Result<Option<CaseSummary>, Failed> {
        self.listed.next(self.tx)?.as_ref().map(line).transpose()
    }

    fn key(&mut self, case: &CaseId) -> Result<KeyState, Failed> {
        loop {
            let next = match self.key.take() {
                Some(next) => next,
                None => self.next_key()?,
            };
            match next {
                Some((of, _)) if of < *case => {}
                Some((of, key)) if of == *case => return Ok(key),
                later => {
                    self.key = Some(later);
                    return Ok(KeyState::None);
                }
            }
        }
    }
}

/// Reads everything once, as it was at one moment.
pub(super) fn audit(
    db: &mut Client,
    master: Option<&MasterKey>,
    only: Option<&CaseId>,
    anchor: Option<LedgerHead>,
) -> Result<AuditReport, Failed> {
    let mut tx = db
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()?;
    let tx = &mut tx;
    let mut auditor = Auditor::new(master, anchor, ledger::days(tx)?);
    let mut entries = Rows::of(
        tx,
        "SELECT n, at, kind, case_id, seq, hash, chain FROM ledger ORDER BY n",
        &[],
    )?;
    while let Some(row) = entries.next(tx)? {
        auditor.entry(entry(&row)?);
    }
    let newest = ledger::newest(tx)?;
    let signature = newest.as_ref().and_then(|n| n.signature.as_deref());
    auditor.head(newest.as_ref().map(|n| n.head), signature);

    let only = only.map(|case| case.0.as_str());
    let values: [&(dyn ToSql + Sync); 1] = [&only];
    let of_asked = "WHERE $1::TEXT IS NULL OR case_id = $1 ORDER BY case_id";
    let rows = |tx: &mut Transaction<'_>, what: &str, then: &str| {
        Rows::of(tx, &format!("{what} {of_asked} {then}"), &values)
    };
    let mut events = rows(
        tx,
        "SELECT seq, body, previous, hash, case_id FROM events",
        ", seq",
    )?;
    let mut about = About {
        known: rows(
            tx,
            "SELECT DISTINCT ON (case_id) case_id, seq, hash, kind FROM ledger",
            ", n DESC",
        )?,
        listed: rows(
            tx,
            "SELECT case_id, seq, opened_at, changed_at, erased, progress FROM cases",
            "",
        )?,
        keys: rows(tx, "SELECT case_id, wrapped FROM case_keys", "")?,
        tx,
        master,
        key: None,
    };
    while let Some(row) = events.next(about.tx)? {
        let case = CaseId(row.try_get(4)?);
        auditor.event(raw_event(&case, &row)?, &mut about)?;
    }
    auditor.finish(&mut about)
}
