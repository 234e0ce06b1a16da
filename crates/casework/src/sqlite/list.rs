//! The list of cases in the file: a table of its own, kept up with the events in their transaction, so
//! that nobody reads every case's events to see which cases there are.

use rusqlite::types::{FromSql, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};
use tolkebot_protocol::CaseId;

use super::seq;
use crate::CaseSummary;
use crate::progress::Progress;

/// How far a case has come; a name that this program does not know says nothing.
struct Named(Option<Progress>);

impl FromSql for Named {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(Named(None)),
            value => value.as_str().map(|name| Named(Progress::named(name))),
        }
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<CaseSummary> {
    Ok(CaseSummary {
        case: CaseId(row.get(0)?),
        seq: seq(row, 1)?,
        opened_at: row.get(2)?,
        changed_at: row.get(3)?,
        erased: row.get(4)?,
        progress: row.get::<_, Named>(5)?.0,
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
        "SELECT case_id, seq, opened_at, changed_at, erased, progress FROM cases \
         WHERE case_id > ? ORDER BY case_id LIMIT ?",
    )?
    .query_map(params![after, most], line)?
    .collect()
}

/// One case's line.
pub(super) fn one(db: &Connection, case: &CaseId) -> rusqlite::Result<Vec<CaseSummary>> {
    db.prepare_cached(
        "SELECT case_id, seq, opened_at, changed_at, erased, progress FROM cases WHERE case_id = ?",
    )?
    .query_map([&case.0], line)?
    .collect()
}

/// The lines of cases that are as far as one of these, and of those of which it is not known.
pub(super) fn of(db: &Connection, wanted: &[Progress]) -> rusqlite::Result<Vec<CaseSummary>> {
    let mut select = db.prepare_cached(
        "SELECT case_id, seq, opened_at, changed_at, erased, progress FROM cases \
         WHERE erased = 0 AND progress IS ?",
    )?;
    let mut lines = Vec::new();
    for name in wanted.iter().map(|one| Some(one.name())).chain([None]) {
        for found in select.query_map([name], line)? {
            lines.push(found?);
        }
    }
    lines.sort_by(|a: &CaseSummary, b| a.case.cmp(&b.case));
    Ok(lines)
}

/// How far a case has come, as its line says; the beginning for a case that has none yet.
pub(super) fn progress(db: &Connection, case: &CaseId) -> rusqlite::Result<Option<Progress>> {
    let found = db
        .prepare_cached("SELECT progress FROM cases WHERE case_id = ?")?
        .query_row([&case.0], |row| row.get::<_, Named>(0))
        .optional()?;
    Ok(found.map_or(Some(Progress::Open), |named| named.0))
}
