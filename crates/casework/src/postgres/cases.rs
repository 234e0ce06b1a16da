//! The cases' events and keys in the database.

use jiff::Timestamp;
use postgres::{Client, GenericClient, Row, Transaction};
use tolkebot_protocol::CaseId;

use super::connections::Failed;
use super::{LOCK, Trouble, ledger, reason, sounds};
use crate::audit::RawEvent;
use crate::chain::check_links;
use crate::group::{Append, Appended};
use crate::keys::MaybeNewKey;
use crate::ledger::{ErasureReason, LedgerKind};
use crate::outline::Snapshot;
use crate::progress::Progress;
use crate::store::seal_all;
use crate::{
    CaseKey, CaseSummary, Corruption, EventHash, Fault, Head, MasterKey, StoreError, StoredEvent,
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
pub(super) fn kept_key(
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

/// The key that new events are sealed with; a new one comes with how it is kept. `None` without a
/// master key and for a case that is not sealed.
fn key_for_writing(
    tx: &mut impl GenericClient,
    case: &CaseId,
    master: Option<&MasterKey>,
) -> Result<Option<MaybeNewKey>, Trouble> {
    if let Some(key) = kept_key(tx, case, master)? {
        return Ok(Some((key, None)));
    }
    let Some(master) = master else {
        return Ok(None);
    };
    let key = CaseKey::generate()?;
    let wrapped = master.wrap(&case.0, &key)?;
    Ok(Some((key, Some(wrapped))))
}

/// Writes the appends of one turn and says what became of each, once that is durable.
pub(super) fn append_all(
    db: &mut Client,
    group: &[Append],
    master: Option<&MasterKey>,
) -> Result<Vec<Appended>, Failed> {
    match append(db, group, master) {
        // What one cannot write must not cost the others their events: each for itself.
        Err(Lost::Step(_)) if group.len() > 1 && !db.is_closed() => {
            let mut done = Vec::with_capacity(group.len());
            for one in group {
                match append(db, std::slice::from_ref(one), master) {
                    Ok(mut one) => done.extend(one.pop()),
                    Err(Lost::Step(error)) if !db.is_closed() => {
                        done.push(Err(StoreError::Together(reason(&error))));
                    }
                    Err(Lost::Step(error) | Lost::Whole(error)) => return Err(error),
                }
            }
            Ok(done)
        }
        Err(Lost::Step(error) | Lost::Whole(error)) => Err(error),
        Ok(done) => Ok(done),
    }
}

/// Why nothing of a transaction is there.
enum Lost {
    /// The database refused something of one append; the others may be sound.
    Step(Failed),
    /// It could not be begun or made durable.
    Whole(Failed),
}

/// One transaction. Who is refused has written nothing, and the others go on.
fn append(
    db: &mut Client,
    group: &[Append],
    master: Option<&MasterKey>,
) -> Result<Vec<Appended>, Lost> {
    let mut tx = db.transaction().map_err(Lost::Whole)?;
    tx.batch_execute(LOCK).map_err(Lost::Whole)?;
    let mut pen = ledger::Pen::take(&mut tx, master).map_err(Lost::Whole)?;
    let mut done = Vec::with_capacity(group.len());
    for one in group {
        done.push(match append_one(&mut tx, &mut pen, one, master) {
            Ok(sealed) => Ok(sealed),
            Err(Trouble::Store(error)) => Err(error),
            Err(Trouble::Database(error)) => return Err(Lost::Step(error)),
        });
    }
    pen.put_down(&mut tx).map_err(Lost::Whole)?;
    tx.commit().map_err(Lost::Whole)?;
    Ok(done)
}

/// Everything that can be refused is refused before anything is written.
fn append_one(
    tx: &mut Transaction<'_>,
    pen: &mut ledger::Pen<'_>,
    one: &Append,
    master: Option<&MasterKey>,
) -> Result<Vec<StoredEvent>, Trouble> {
    let (case, expected) = (&one.case, one.expected);
    let known = head(tx, case)?;
    if known.is_some() && ledger::is_erased(tx, case)? {
        return Err(StoreError::Erased(case.clone()).into());
    }
    // Refused before a key is made: a case without events has none.
    seal_all(case, known, expected, &[], None)?;
    if one.events.is_empty() {
        return Ok(Vec::new());
    }
    let (key, new_key) = key_for_writing(tx, case, master)?.unzip();
    let sealed = seal_all(case, known, expected, &one.events, key.as_ref())?;
    if let Some(wrapped) = new_key.flatten() {
        tx.execute(
            "INSERT INTO case_keys (case_id, master, wrapped) VALUES ($1, $2, $3)",
            &[&case.0, &master.map(MasterKey::id), &wrapped],
        )?;
    }
    let insert = tx.prepare(
        "INSERT INTO events (case_id, seq, at, body, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )?;
    for event in &sealed {
        tx.execute(
            &insert,
            &[
                &case.0,
                &event.event.seq.cast_signed(),
                &event.event.at,
                &event.body,
                &event.previous.0.as_slice(),
                &event.hash.0.as_slice(),
            ],
        )?;
    }
    if let (Some(first), Some(newest)) = (sealed.first(), sealed.last()) {
        let line = tx.query_opt("SELECT progress FROM cases WHERE case_id = $1", &[&case.0])?;
        let so_far = match line {
            Some(line) => progress(&line, 0)?,
            None => Some(Progress::Open),
        };
        let progress = so_far.map(|so_far| {
            let events = sealed.iter().map(|one| &one.event);
            events.fold(so_far, |so_far, e| so_far.after(e.actor, &e.payload))
        });
        tx.execute(
            "INSERT INTO cases (case_id, seq, opened_at, changed_at, erased, progress) \
             VALUES ($1, $2, $3, $4, FALSE, $5) ON CONFLICT (case_id) DO UPDATE SET \
             seq = excluded.seq, changed_at = excluded.changed_at, progress = excluded.progress",
            &[
                &case.0,
                &newest.event.seq.cast_signed(),
                &first.event.at,
                &newest.event.at,
                &progress.map(Progress::name),
            ],
        )?;
        let place = Head {
            seq: newest.event.seq,
            hash: newest.hash,
        };
        pen.enter(tx, &newest.event.at, LedgerKind::Appended, case, place)?;
    }
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
    // A sealed document may wait there to be handed in. `owner:` is how who opened the case was once
    // written.
    tx.execute(
        "DELETE FROM notes WHERE strpos(key || '/', '/' || $1::text || '/') > 0 \
         OR key = 'owner:' || $1::text",
        &[&case.0],
    )?;
    sounds::remove(&mut tx, case)?;
    if ledger::is_erased(&mut tx, case)? {
        tx.commit()?;
        return Ok(());
    }
    tx.execute("DELETE FROM case_keys WHERE case_id = $1", &[&case.0])?;
    tx.execute(
        "UPDATE events SET body = '' WHERE case_id = $1 AND body NOT LIKE '{\"at\":%'",
        &[&case.0],
    )?;
    tx.execute("DELETE FROM snapshots WHERE case_id = $1", &[&case.0])?;
    tx.execute(
        "UPDATE cases SET erased = TRUE, progress = NULL WHERE case_id = $1",
        &[&case.0],
    )?;
    let mut pen = ledger::Pen::take(&mut tx, master)?;
    let kind = LedgerKind::Erased(reason);
    pen.enter(&mut tx, &format!("{now:.3}"), kind, case, place)?;
    pen.put_down(&mut tx)?;
    tx.commit()?;
    // So that their places are used again soon. Nobody reads it through the server any more.
    let emptied = db
        .batch_execute("VACUUM case_keys")
        .and_then(|()| db.batch_execute("VACUUM notes"))
        .and_then(|()| db.batch_execute("VACUUM snapshots"))
        .and_then(|()| sounds::sweep(db));
    if emptied.is_err() {
        tracing::warn!(%case, "an erased key or note stays in the server's files for now");
    }
    Ok(())
}

/// How far a case has come; a name that this program does not know says nothing.
fn progress(row: &Row, column: usize) -> Result<Option<Progress>, Failed> {
    let name: Option<&str> = row.try_get(column)?;
    Ok(name.and_then(Progress::named))
}

/// The lines of cases that are as far as one of these, and of those of which it is not known.
pub(super) fn list_in(db: &mut Client, wanted: &[Progress]) -> Result<Vec<CaseSummary>, Failed> {
    let wanted: Vec<&str> = wanted.iter().map(|one| one.name()).collect();
    // Two questions, because one for both would not use the index.
    let columns = "case_id, seq, opened_at, changed_at, erased, progress";
    let known = format!("SELECT {columns} FROM cases WHERE NOT erased AND progress = ANY ($1)");
    let unknown = format!("SELECT {columns} FROM cases WHERE NOT erased AND progress IS NULL");
    let mut rows = db.query(&known, &[&wanted])?;
    rows.extend(db.query(&unknown, &[])?);
    let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    lines.sort_by(|a, b| a.case.cmp(&b.case));
    Ok(lines)
}

/// Keeps a snapshot of a case that is not erased.
pub(super) fn keep_snapshot(
    db: &mut Client,
    case: &CaseId,
    snapshot: &Snapshot,
    master: Option<&MasterKey>,
) -> Result<(), Trouble> {
    let mut tx = db.transaction()?;
    // An erasure comes before it, or takes it along.
    tx.batch_execute(LOCK)?;
    if head(&mut tx, case)?.is_none() || ledger::is_erased(&mut tx, case)? {
        return Ok(());
    }
    let Snapshot {
        seq,
        hash,
        fold,
        text,
    } = snapshot;
    let body = match kept_key(&mut tx, case, master)? {
        Some(key) => key.seal(Snapshot::about(case, *seq, *hash, fold).as_bytes(), text)?,
        // Its events are not sealed either.
        None => text.clone(),
    };
    tx.execute(
        "INSERT INTO snapshots (case_id, seq, hash, fold, body) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \
         fold = excluded.fold, body = excluded.body",
        &[&case.0, &seq.cast_signed(), &hash.0.as_slice(), fold, &body],
    )?;
    Ok(tx.commit()?)
}

/// The snapshot of a case, if it is what was kept.
pub(super) fn kept_snapshot(
    db: &mut Client,
    case: &CaseId,
    master: Option<&MasterKey>,
) -> Result<Option<Snapshot>, Trouble> {
    let found = db.query_opt(
        "SELECT s.seq, s.hash, s.fold, s.body, e.body FROM snapshots AS s \
         JOIN events AS e ON e.case_id = s.case_id AND e.seq = s.seq WHERE s.case_id = $1",
        &[&case.0],
    )?;
    let Some(row) = found else { return Ok(None) };
    let mut snapshot = Snapshot {
        seq: seq(&row, 0)?,
        hash: hash(&row, 1)?,
        fold: row.try_get(2)?,
        text: row.try_get(3)?,
    };
    let event: &str = row.try_get(4)?;
    match kept_key(db, case, master) {
        Ok(Some(key)) => {
            let about = Snapshot::about(case, snapshot.seq, snapshot.hash, &snapshot.fold);
            let Some(text) = key.open(about.as_bytes(), &snapshot.text) else {
                return Ok(None);
            };
            snapshot.text.clone_from(&text);
            Ok(Some(snapshot))
        }
        // Readable ones are believed of readable events only.
        Ok(None) => {
            let readable = !StoredEvent::is_sealed(event) && !event.is_empty();
            Ok(readable.then_some(snapshot))
        }
        Err(Trouble::Store(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn line(row: &Row) -> Result<CaseSummary, Failed> {
    Ok(CaseSummary {
        case: CaseId(row.try_get(0)?),
        seq: seq(row, 1)?,
        opened_at: row.try_get(2)?,
        changed_at: row.try_get(3)?,
        erased: row.try_get(4)?,
        progress: progress(row, 5)?,
    })
}

/// The next lines of the list behind a case, in order.
pub(super) fn list_page(
    db: &mut Client,
    after: Option<&CaseId>,
    most: usize,
) -> Result<Vec<CaseSummary>, Failed> {
    // Every id comes behind the empty one.
    let after = after.map_or("", |case| case.0.as_str());
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    db.query(
        "SELECT case_id, seq, opened_at, changed_at, erased, progress FROM cases \
         WHERE case_id > $1 ORDER BY case_id LIMIT $2",
        &[&after, &most],
    )?
    .iter()
    .map(line)
    .collect()
}
