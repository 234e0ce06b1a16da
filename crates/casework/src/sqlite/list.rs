//! The list of cases in the file: a table of its own, kept up with the events in their transaction, so
//! that nobody reads every case's events to see which cases there are.

use rusqlite::{Connection, Row, params};
use tolkebot_protocol::CaseId;

use super::seq;
use crate::CaseSummary;

fn line(row: &Row<'_>) -> rusqlite::Result<CaseSummary> {
    Ok(CaseSummary {
        case: CaseId(row.get(0)?),
        seq: seq(row, 1)?,
        opened_at: row.get(2)?,
        changed_at: row.get(3)?,
        erased: row.get(4)?,
    })
}

/// The next lines behind a case, in order.
pub(super) fn page(
    db: &Connection,
    after: Option<&CaseId>,
    most: usize,
) -> rusqlite::Result<Vec<CaseSummary>> {
    // Every id comes behind the empty one.
    let after = after.map_or("", |case| case.0.as_str());
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    db.prepare_cached(
        "SELECT case_id, seq, opened_at, changed_at, erased FROM cases \
         WHERE case_id > ? ORDER BY case_id LIMIT ?",
    )?
    .query_map(params![after, most], line)?
    .collect()
}

/// One case's line.
pub(super) fn one(db: &Connection, case: &CaseId) -> rusqlite::Result<Vec<CaseSummary>> {
    db.prepare_cached(
        "SELECT case_id, seq, opened_at, changed_at, erased FROM cases WHERE case_id = ?",
    )?
    .query_map([&case.0], line)?
    .collect()
}
