//! The database's shape, in numbered steps. A step that was released is never changed; a new one
//! is added behind it.

use rusqlite::{Connection, TransactionBehavior};

use super::ledger;
use crate::MasterKey;

/// Step *n* (from 1) brings a database from version *n* - 1 to *n*; SQLite's `user_version` holds
/// the version.
const STEPS: [&str; 6] = [
    // 1: the log
    "CREATE TABLE events (
        case_id  TEXT    NOT NULL,
        seq      INTEGER NOT NULL CHECK (seq > 0),
        at       TEXT    NOT NULL,
        body     TEXT    NOT NULL,
        previous BLOB    NOT NULL CHECK (length(previous) = 32),
        hash     BLOB    NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (case_id, seq)
    ) STRICT, WITHOUT ROWID;",
    // 2: notes beside the log
    "CREATE TABLE notes (
        key        TEXT    NOT NULL PRIMARY KEY,
        value      TEXT    NOT NULL,
        expires_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX notes_by_expiry ON notes (expires_ms);",
    // 3: the ledger with its heads, and the cases' keys
    "CREATE TABLE ledger (
        n       INTEGER NOT NULL PRIMARY KEY CHECK (n > 0),
        at      TEXT    NOT NULL,
        kind    TEXT    NOT NULL,
        case_id TEXT    NOT NULL,
        seq     INTEGER NOT NULL CHECK (seq > 0),
        hash    BLOB    NOT NULL CHECK (length(hash) = 32),
        chain   BLOB    NOT NULL CHECK (length(chain) = 32)
    ) STRICT;
    CREATE INDEX ledger_by_case ON ledger (case_id, n);
    CREATE TABLE ledger_head (
        one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        n         INTEGER NOT NULL CHECK (n > 0),
        chain     BLOB    NOT NULL CHECK (length(chain) = 32),
        day       TEXT    NOT NULL,
        signature BLOB
    ) STRICT;
    CREATE TABLE ledger_days (
        day       TEXT    NOT NULL PRIMARY KEY,
        n         INTEGER NOT NULL CHECK (n > 0),
        chain     BLOB    NOT NULL CHECK (length(chain) = 32),
        signature BLOB
    ) STRICT;
    CREATE TABLE case_keys (
        case_id TEXT NOT NULL PRIMARY KEY,
        master  TEXT NOT NULL,
        wrapped BLOB NOT NULL
    ) STRICT;",
    // 4: the list of cases, kept up with the events
    "CREATE TABLE cases (
        case_id    TEXT    NOT NULL PRIMARY KEY,
        seq        INTEGER NOT NULL CHECK (seq > 0),
        opened_at  TEXT    NOT NULL,
        changed_at TEXT    NOT NULL,
        erased     INTEGER NOT NULL CHECK (erased IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO cases
        SELECT e.case_id, e.seq, first.at, e.at,
               EXISTS (SELECT 1 FROM ledger AS l
                       WHERE l.case_id = e.case_id AND l.kind LIKE 'erased%')
        FROM (SELECT case_id, min(seq) AS lo, max(seq) AS hi FROM events GROUP BY case_id) AS span
        JOIN events AS e ON e.case_id = span.case_id AND e.seq = span.hi
        JOIN events AS first ON first.case_id = span.case_id AND first.seq = span.lo;",
    // 5: how far a case has come, and what was made of its events
    "ALTER TABLE cases ADD COLUMN progress TEXT;
    CREATE INDEX cases_by_progress ON cases (progress, case_id) WHERE erased = 0;
    CREATE TABLE snapshots (
        case_id TEXT    NOT NULL PRIMARY KEY,
        seq     INTEGER NOT NULL CHECK (seq > 0),
        hash    BLOB    NOT NULL CHECK (length(hash) = 32),
        fold    TEXT    NOT NULL,
        body    TEXT    NOT NULL
    ) STRICT, WITHOUT ROWID;",
    // 6: the sound of cases that opted in, and its keys
    "CREATE TABLE sound_keys (
        case_id TEXT NOT NULL PRIMARY KEY,
        wrapped BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sounds (
        case_id   TEXT    NOT NULL,
        utterance INTEGER NOT NULL,
        body      BLOB    NOT NULL,
        PRIMARY KEY (case_id, utterance)
    ) STRICT;",
];

/// The version from which on there is a ledger.
const LEDGER: u32 = 3;

/// The newest version.
pub(super) const NEWEST: u32 = STEPS.len() as u32;

/// Version of the database; 0 for an empty one.
pub(super) fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Takes the steps that are missing, all in one transaction.
pub(super) fn migrate(db: &mut Connection, master: Option<&MasterKey>) -> rusqlite::Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&tx)?;
    for (step, number) in STEPS.iter().zip(1u32..).skip(from as usize) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number)?;
    }
    if from < LEDGER {
        ledger::adopt(&tx, master)?;
    }
    tx.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_is_brought_to_the_newest_and_keeps_what_it_has() {
        for from in 0..STEPS.len() {
            let mut db = Connection::open_in_memory().unwrap();
            for (step, number) in STEPS.iter().zip(1u32..).take(from) {
                db.execute_batch(step).unwrap();
                db.pragma_update(None, "user_version", number).unwrap();
            }
            if from > 0 {
                db.execute_batch(
                    "INSERT INTO events VALUES ('a', 1, 'x', 'y', zeroblob(32), zeroblob(32));
                     INSERT INTO events VALUES ('a', 2, 'z', 'y', zeroblob(32), zeroblob(32));",
                )
                .unwrap();
            }
            // From the ledger on, a case may have been erased.
            let erased = from >= LEDGER as usize;
            if erased {
                db.execute_batch(
                    "INSERT INTO ledger VALUES (1, 'z', 'appended', 'a', 2, zeroblob(32), zeroblob(32));
                     INSERT INTO ledger
                         VALUES (2, 'z', 'erased_request', 'a', 2, zeroblob(32), zeroblob(32));",
                )
                .unwrap();
            }
            // From the list on, its line was kept up by the program.
            if from >= 4 {
                db.execute(
                    "INSERT INTO cases (case_id, seq, opened_at, changed_at, erased) \
                     VALUES ('a', 2, 'x', 'z', 1)",
                    [],
                )
                .unwrap();
            }
            migrate(&mut db, None).unwrap();
            migrate(&mut db, None).unwrap();
            assert_eq!(version(&db).unwrap(), NEWEST);
            let count = |table: &str| -> i64 {
                let sql = format!("SELECT count(*) FROM {table}");
                db.query_row(&sql, [], |row| row.get(0)).unwrap()
            };
            assert_eq!(count("events"), if from > 0 { 2 } else { 0 });
            // No case of an older version opted in.
            assert_eq!((count("sound_keys"), count("sounds")), (0, 0));
            db.execute("INSERT INTO notes VALUES ('k', 'v', 1)", [])
                .unwrap();
            let entries = match from {
                0 => 0,
                _ if erased => 2,
                _ => 1,
            };
            assert_eq!(
                count("ledger"),
                entries,
                "the ledger knows the cases of version {from}"
            );
            let listed: Vec<(String, i64, String, String, bool)> = db
                .prepare("SELECT * FROM cases")
                .unwrap()
                .query_map([], |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    ))
                })
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            let line = ("a".to_owned(), 2, "x".to_owned(), "z".to_owned(), erased);
            let wanted = if from > 0 { vec![line] } else { vec![] };
            assert_eq!(listed, wanted, "the list of version {from}");
        }
    }
}
