//! The database's shape, in numbered steps. A step that was released is never changed; a new one
//! is added behind it.

use rusqlite::{Connection, TransactionBehavior};

/// Step *n* (from 1) brings a database from version *n* - 1 to *n*; SQLite's `user_version` holds
/// the version.
const STEPS: [&str; 1] = [
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
];

/// The newest version.
pub(super) const NEWEST: u32 = STEPS.len() as u32;

/// Version of the database; 0 for an empty one.
pub(super) fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Takes the steps that are missing, all in one transaction.
pub(super) fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&tx)?;
    for (step, number) in STEPS.iter().zip(1u32..).skip(from as usize) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number)?;
    }
    tx.commit()
}
