//! The cases' events and keys in the database.

use jiff::Timestamp;
use postgres::{Client, GenericClient, Row};
use tolkebot_protocol::CaseId;

use super::connections::Failed;
use super::{LOCK, Trouble, ledger};
use crate::audit::RawEvent;
use crate::chain::check_links;
use crate::ledger::{ErasureReason, LedgerKind};
use crate::store::seal_all;
use crate::{
    CaseKey, CaseSummary, Corruption, EventHash, Fault, Head, MasterKey, NewEvent, StoreError,
    StoredEvent,
};

/// The table holds positive numbers only.
pub(super) fn seq(row: &Row, column: usize) -> Result<u64, Failed> {
    row.try_get(column).map(i64::cast_unsigned)
}

/// A hash; what has another length is no hash of anything.
pub(super) fn hash(row: &Row, column: usize) -> Result<EventHash, Failed> {
    let bytes: &[u8] = row.try_get(column)?;
    Ok(EventHash(bytes.try_into().unwrap_or([0xff; 32])))
}

pub(super) fn raw_event(case: &CaseId, row: &Row) -> Result<RawEvent, Failed> {
    Ok(RawEvent {
        case: case.clone(),
        seq: seq(row, 0)?,
        body: row.try_get(1)?,
        previous: hash(row, 2)?,
        hash: hash(row, 3)?,
    })
}

pub(super) fn head(db: &mut impl GenericClient, case: &CaseId) -> Result<Option<Head>, Failed> {
    let row = db.query_opt(
        "SELECT seq, hash FROM events WHERE case_id = $1 ORDER BY seq DESC LIMIT 1",
        &[&case.0],
    )?;
    row.map(|row| {
        Ok(Head {
            seq: seq(&row, 0)?,
            hash: hash(&row, 1)?,
        })
    })
    .transpose()
}

fn foreign(case: &CaseId, needed: String, master: Option<&MasterKey>) -> StoreError {
    StoreError::MasterKey {
        case: case.clone(),
        needed,
        present: master.map(|key| key.id().to_owned()),
    }
}

/// A case's key, if it has one.
fn kept_key(
    db: &mut impl GenericClient,
    case: &CaseId,
    master: Option<&MasterKey>,
) -> Result<Option<CaseKey>, Trouble> {
    let kept = db.query_opt(
        "SELECT master, wrapped FROM case_keys WHERE case_id = $1",
        &[&case.0],
    )?;
    let Some(row) = kept else { return Ok(None) };
    let wrapped: &[u8] = row.try_get(1)?;
    match master.and_then(|master| master.unwrap(&case.0, wrapped)) {
        Some(key) => Ok(Some(key)),
        None => Err(foreign(case, row.try_get(0)?, master).into()),
    }
}

/// The key that new events are sealed with; made for the first ones. `None` without a master key
/// and for a case that is not sealed.
fn key_for_writing(
    tx: &mut impl GenericClient,
    case: &CaseId,
    master: Option<&MasterKey>,
) -> Result<Option<CaseKey>, Trouble> {
    if let Some(key) = kept_key(tx, case, master)? {
        return Ok(Some(key));
    }
    let Some(master) = master else {
        return Ok(None);
    };
    let key = CaseKey::generate()?;
    tx.execute(
        "INSERT INTO case_keys (case_id, master, wrapped) VALUES ($1, $2, $3)",
        &[&case.0, &master.id(), &master.wrap(&case.0, &key)?],
    )?;
    Ok(Some(key))
}

pub(super) fn append(
    db: &mut Client,
    case: &CaseId,
    expected: u64,
    events: &[NewEvent],
    master: Option<&MasterKey>,
) -> Result<Vec<StoredEvent>, Trouble> {
    let mut tx = db.transaction()?;
    tx.batch_execute(LOCK)?;
    let known = head(&mut tx, case)?;
    if known.is_some() && ledger::is_erased(&mut tx, case)? {
        return Err(StoreError::Erased(case.clone()).into());
    }
    // Refused before a key is made: a case without events has none.
    seal_all(case, known, expected, &[], None)?;
    let Some(newest) = events.last() else {
        return Ok(Vec::new());
    };
    let key = key_for_writing(&mut tx, case, master)?;
    let sealed = seal_all(case, known, expected, events, key.as_ref())?;
    let insert = tx.prepare(
        "INSERT INTO events (case_id, seq, at, body, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )?;
    for one in &sealed {
        tx.execute(
            &insert,
            &[
                &case.0,
                &one.event.seq.cast_signed(),
                &one.event.at,
                &one.body,
                &one.previous.0.as_slice(),
                &one.hash.0.as_slice(),
            ],
        )?;
    }
    if let Some(last) = sealed.last() {
        let place = Head {
            seq: last.event.seq,
            hash: last.hash,
        };
        let at = format!("{:.3}", newest.at);
        let kind = LedgerKind::Appended;
        ledger::enter(&mut tx, master, &at, kind, case, place)?;
    }
    tx.commit()?;
    Ok(sealed)
}

pub(super) fn load(
    db: &mut Client,
    case: &CaseId,
    after: u64,
    master: Option<&MasterKey>,
) -> Result<Vec<StoredEvent>, Trouble> {
    let Ok(after_sql) = i64::try_from(after) else {
        return Ok(Vec::new());
    };
    // One row more than asked for: its hash is what the first one must follow.
    let rows = db.query(
        "SELECT seq, body, previous, hash FROM events \
         WHERE case_id = $1 AND seq >= $2 ORDER BY seq",
        &[&case.0, &after_sql],
    )?;
    let rows: Vec<RawEvent> = rows
        .iter()
        .map(|row| raw_event(case, row))
        .collect::<Result<_, _>>()?;
    let readable = |row: &RawEvent| !StoredEvent::is_sealed(&row.body) && !row.body.is_empty();
    let mut key = None;
    if !rows.iter().all(readable) {
        key = kept_key(db, case, master)?;
        if key.is_none() {
            if ledger::is_erased(db, case)? {
                return Err(StoreError::Erased(case.clone()).into());
            }
            return Err(foreign(case, "?".to_owned(), master).into());
        }
    }
    let mut events = Vec::with_capacity(rows.len());
    let mut anchor = EventHash::START;
    for row in rows {
        if row.seq == after {
            anchor = row.hash;
            continue;
        }
        let key = key.as_ref();
        let opened = StoredEvent::open(case, row.seq, row.body, row.previous, row.hash, key);
        events.push(opened.map_err(StoreError::from)?);
    }
    if after > 0 && anchor == EventHash::START && !events.is_empty() {
        let gap = Corruption {
            case: case.clone(),
            seq: after,
            fault: Fault::Gap,
        };
        return Err(StoreError::from(gap).into());
    }
    check_links(case, after, anchor, &events).map_err(StoreError::from)?;
    Ok(events)
}

pub(super) fn erase(
    db: &mut Client,
    case: &CaseId,
    reason: ErasureReason,
    now: Timestamp,
    master: Option<&MasterKey>,
) -> Result<(), Trouble> {
    let mut tx = db.transaction()?;
    tx.batch_execute(LOCK)?;
    let Some(place) = head(&mut tx, case)? else {
        return Ok(());
    };
    // A sealed document may wait there to be handed in.
    tx.execute(
        "DELETE FROM notes WHERE strpos(key || '/', '/' || $1::text || '/') > 0",
        &[&case.0],
    )?;
    if ledger::is_erased(&mut tx, case)? {
        tx.commit()?;
        return Ok(());
    }
    tx.execute("DELETE FROM case_keys WHERE case_id = $1", &[&case.0])?;
    tx.execute(
        "UPDATE events SET body = '' WHERE case_id = $1 AND body NOT LIKE '{\"at\":%'",
        &[&case.0],
    )?;
    let kind = LedgerKind::Erased(reason);
    ledger::enter(&mut tx, master, &format!("{now:.3}"), kind, case, place)?;
    tx.commit()?;
    // So that their places are used again soon. Nobody reads it through the server any more.
    let emptied = db
        .batch_execute("VACUUM case_keys")
        .and_then(|()| db.batch_execute("VACUUM notes"));
    if emptied.is_err() {
        tracing::warn!(%case, "an erased key or note stays in the server's files for now");
    }
    Ok(())
}

pub(super) fn list(db: &mut Client) -> Result<Vec<CaseSummary>, Trouble> {
    let rows = db.query(
        "SELECT e.case_id, e.seq, first.at, e.at,
                EXISTS (SELECT 1 FROM ledger AS l
                        WHERE l.case_id = e.case_id AND l.kind LIKE 'erased%')
         FROM (SELECT case_id, min(seq) AS lo, max(seq) AS hi FROM events GROUP BY case_id) AS span
         JOIN events AS e ON e.case_id = span.case_id AND e.seq = span.hi
         JOIN events AS first ON first.case_id = span.case_id AND first.seq = span.lo
         ORDER BY e.case_id",
        &[],
    )?;
    let lines = rows.iter().map(|row| {
        Ok(CaseSummary {
            case: CaseId(row.try_get(0)?),
            seq: seq(row, 1)?,
            opened_at: row.try_get(2)?,
            changed_at: row.try_get(3)?,
            erased: row.try_get(4)?,
        })
    });
    lines.collect()
}
