//! Writing events into the file, several callers' in one transaction.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{SqliteStore, head, ledger, list};
use crate::group::{Append, Appended};
use crate::ledger::LedgerKind;
use crate::progress::Progress;
use crate::store::seal_all;
use crate::{Head, StoreError, StoredEvent};

/// Why nothing of a transaction is there.
enum Lost {
    /// The database refused something of one append; the others may be sound.
    Step(StoreError),
    /// It could not be begun or made durable.
    Whole(StoreError),
}

impl SqliteStore {
    /// Writes the appends of one turn and says what became of each, once that is durable.
    pub(super) fn write_all(&self, group: &[Append]) -> Vec<Appended> {
        let mut db = self.writer();
        let whole = |error: &StoreError| group.iter().map(|_| Err(error.again())).collect();
        match self.write(&mut db, group) {
            Ok(done) => done,
            // What one cannot write must not cost the others their events: each for itself.
            Err(Lost::Step(_)) if group.len() > 1 => group
                .iter()
                .map(|one| match self.write(&mut db, std::slice::from_ref(one)) {
                    Ok(mut done) => done.pop().unwrap_or_else(|| Ok(Vec::new())),
                    Err(Lost::Step(error) | Lost::Whole(error)) => Err(error),
                })
                .collect(),
            Err(Lost::Step(error) | Lost::Whole(error)) => whole(&error),
        }
    }

    /// One transaction. Who is refused has written nothing, and the others go on.
    fn write(&self, db: &mut Connection, group: &[Append]) -> Result<Vec<Appended>, Lost> {
        let failed = |source| Lost::Whole(self.failed("written")(source));
        self.keeps().map_err(Lost::Whole)?;
        let tx = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let mut pen = ledger::Pen::take(&tx, self.master.as_ref()).map_err(failed)?;
        let mut done = Vec::with_capacity(group.len());
        for one in group {
            match self.write_one(&tx, &mut pen, one) {
                Err(error @ StoreError::Database { .. }) => return Err(Lost::Step(error)),
                result => done.push(result),
            }
        }
        pen.put_down().map_err(failed)?;
        tx.commit().map_err(failed)?;
        // It may have been taken away meanwhile; if it comes back, these events are found in it.
        self.keeps().map_err(Lost::Whole)?;
        Ok(done)
    }

    /// Everything that can be refused is refused before anything is written.
    fn write_one(
        &self,
        tx: &Connection,
        pen: &mut ledger::Pen<'_>,
        one: &Append,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let (case, expected) = (&one.case, one.expected);
        let known = head(tx, case).map_err(self.failed("read"))?;
        if known.is_some() && ledger::is_erased(tx, case).map_err(self.failed("read"))? {
            return Err(StoreError::Erased(case.clone()));
        }
        // Refused before a key is made: a case without events has none.
        seal_all(case, known, expected, &[], None)?;
        if one.events.is_empty() {
            return Ok(Vec::new());
        }
        let (key, new_key) = self.key_for_writing(tx, case)?.unzip();
        let sealed = seal_all(case, known, expected, &one.events, key.as_ref())?;
        self.put(tx, pen, one, new_key.flatten(), &sealed)
            .map_err(self.failed("written"))?;
        Ok(sealed)
    }

    fn put(
        &self,
        tx: &Connection,
        pen: &mut ledger::Pen<'_>,
        one: &Append,
        new_key: Option<Vec<u8>>,
        sealed: &[StoredEvent],
    ) -> rusqlite::Result<()> {
        if let Some(wrapped) = new_key {
            self.keep_key(tx, &one.case, &wrapped)?;
        }
        let mut insert = tx.prepare_cached(
            "INSERT INTO events (case_id, seq, at, body, previous, hash) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for event in sealed {
            insert.execute(params![
                one.case.0,
                event.event.seq.cast_signed(),
                event.event.at,
                event.body,
                event.previous.0,
                event.hash.0
            ])?;
        }
        let (Some(first), Some(newest)) = (sealed.first(), sealed.last()) else {
            return Ok(());
        };
        let progress = list::progress(tx, &one.case)?.map(|so_far| {
            let events = sealed.iter().map(|one| &one.event);
            events.fold(so_far, |so_far, e| so_far.after(e.actor, &e.payload))
        });
        tx.prepare_cached(
            "INSERT INTO cases (case_id, seq, opened_at, changed_at, erased, progress) \
             VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT (case_id) DO UPDATE SET \
             seq = excluded.seq, changed_at = excluded.changed_at, progress = excluded.progress",
        )?
        .execute(params![
            one.case.0,
            newest.event.seq.cast_signed(),
            first.event.at,
            newest.event.at,
            progress.map(Progress::name)
        ])?;
        let place = Head {
            seq: newest.event.seq,
            hash: newest.hash,
        };
        pen.enter(&newest.event.at, LedgerKind::Appended, &one.case, place)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use jiff::Timestamp;
    use tempfile::TempDir;
    use tolkebot_protocol::{CaseId, EventPayload, Role};

    use super::*;
    use crate::{MasterKey, NewEvent, Store};

    struct File {
        _dir: TempDir,
        path: PathBuf,
        store: Arc<SqliteStore>,
    }

    fn file() -> File {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("log.sqlite");
        let master = MasterKey::generate().unwrap();
        let store = Arc::new(SqliteStore::open_with(&path, Some(master)).unwrap());
        File {
            _dir: dir,
            path,
            store,
        }
    }

    fn joined() -> NewEvent {
        NewEvent {
            at: Timestamp::UNIX_EPOCH,
            actor: Role::Staff,
            payload: EventPayload::ParticipantJoined {
                role: Role::Staff,
                paired: false,
            },
        }
    }

    impl File {
        /// Appends one event each to these cases behind these events, in one turn and in this order:
        /// a turn before them is held up until all of them wait.
        fn together(&self, appends: &[(&str, u64)]) -> Vec<Appended> {
            let other = Connection::open(&self.path).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let start = |case: &str, expected: u64| {
                let (store, case) = (self.store.clone(), CaseId(case.to_owned()));
                std::thread::spawn(move || store.append(&case, expected, &[joined()]))
            };
            let wait = |wanted| {
                while self.store.group.standing() != (true, wanted) {
                    std::thread::yield_now();
                }
            };
            let first = start("first", 0);
            wait(0);
            let mut threads = Vec::new();
            for (n, (case, expected)) in (1..).zip(appends) {
                threads.push(start(case, *expected));
                wait(n);
            }
            other.execute_batch("ROLLBACK").unwrap();
            first.join().unwrap().unwrap();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        }

        fn seq(&self, case: &str) -> u64 {
            let head = self.store.last(&CaseId(case.to_owned())).unwrap();
            head.map_or(0, |head| head.seq)
        }

        /// Transactions in the write-ahead log: frames that say how large the file is then.
        fn transactions(&self) -> usize {
            let wal = format!("{}-wal", self.path.display());
            let bytes = std::fs::read(wal).unwrap();
            let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            let frame = 24 + word(8) as usize;
            (32..bytes.len())
                .step_by(frame)
                .filter(|at| word(at + 4) != 0)
                .count()
        }
    }

    #[test]
    fn those_who_wait_share_one_transaction_and_a_refusal_costs_only_the_refused() {
        let file = file();
        let before = file.transactions();
        let done = file.together(&[("a", 0), ("b", 0), ("a", 0), ("c", 7), ("a", 1), ("b", 1)]);
        assert_eq!(file.transactions() - before, 2, "one alone, six together");
        let seqs: Vec<_> = done
            .iter()
            .map(|one| one.as_ref().map(|events| events[0].event.seq))
            .collect();
        assert!(
            matches!(
                seqs[..],
                [
                    Ok(1),
                    Ok(1),
                    Err(StoreError::Conflict {
                        expected: 0,
                        actual: 1,
                        ..
                    }),
                    Err(StoreError::Conflict {
                        expected: 7,
                        actual: 0,
                        ..
                    }),
                    Ok(2),
                    Ok(2)
                ]
            ),
            "{seqs:?}"
        );
        assert_eq!((file.seq("a"), file.seq("b"), file.seq("c")), (2, 2, 0));
        let report = file.store.audit(None, None).unwrap();
        assert_eq!(report.findings, []);
        assert_eq!((report.entries, report.cases), (5, 3));
    }

    #[test]
    fn what_the_database_refuses_of_one_is_not_the_others_loss() {
        let file = file();
        Connection::open(&file.path)
            .unwrap()
            .execute_batch(
                "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.case_id = 'bad'
                 BEGIN SELECT RAISE(ABORT, 'no room for this one'); END",
            )
            .unwrap();
        let done = file.together(&[("a", 0), ("bad", 0), ("b", 0)]);
        assert!(done[0].is_ok() && done[2].is_ok(), "{done:?}");
        let error = done[1].as_ref().unwrap_err().to_string();
        assert!(error.contains("no room for this one"), "{error}");
        assert_eq!((file.seq("a"), file.seq("bad"), file.seq("b")), (1, 0, 1));
        assert_eq!(file.store.audit(None, None).unwrap().findings, []);
    }

    #[test]
    fn a_commit_that_fails_is_told_to_everybody_in_it_and_leaves_nothing() {
        let file = file();
        let other = Connection::open(&file.path).unwrap();
        // Refused when the transaction ends, not before.
        other
            .execute_batch(
                "CREATE TABLE parent (id INTEGER PRIMARY KEY);
                 CREATE TABLE child (
                    id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
                 CREATE TRIGGER refuse AFTER INSERT ON events WHEN NEW.case_id = 'bad'
                 BEGIN INSERT INTO child VALUES (1); END",
            )
            .unwrap();
        let done = file.together(&[("a", 0), ("bad", 0), ("a", 0), ("b", 0)]);
        for one in &done {
            let error = one.as_ref().unwrap_err();
            assert!(matches!(error, StoreError::Database { .. }), "{error}");
        }
        assert_eq!((file.seq("a"), file.seq("bad"), file.seq("b")), (0, 0, 0));
        other.execute_batch("DROP TRIGGER refuse").unwrap();
        drop(other);
        file.store
            .append(&CaseId("a".into()), 0, &[joined()])
            .unwrap();
        assert_eq!(file.store.audit(None, None).unwrap().findings, []);
    }
}
