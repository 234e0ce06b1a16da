//! Notes beside the logs.

use postgres::Client;

use super::connections::Failed;
use crate::store::Claim;

/// Keeps a note and forgets those that are over.
pub(super) fn put(
    db: &mut Client,
    key: &str,
    value: &str,
    expires_ms: i64,
    now_ms: i64,
) -> Result<(), Failed> {
    let mut tx = db.transaction()?;
    tx.execute(
        "DELETE FROM notes WHERE key IN (SELECT key FROM notes \
         WHERE expires_ms <= $1 FOR UPDATE SKIP LOCKED)",
        &[&now_ms],
    )?;
    tx.execute(
        "INSERT INTO notes (key, value, expires_ms) VALUES ($1, $2, $3) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, \
         expires_ms = excluded.expires_ms",
        &[&key, &value, &expires_ms],
    )?;
    tx.commit()
}

/// Keeps a note where none holds; true if it was kept. Of several at once one waits for the other's row.
pub(super) fn claim(
    db: &mut Client,
    key: &str,
    value: &str,
    times: &Claim,
) -> Result<bool, Failed> {
    let put = db.execute(
        "INSERT INTO notes (key, value, expires_ms) VALUES ($1, $2, $3) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, \
         expires_ms = excluded.expires_ms \
         WHERE notes.expires_ms <= $4 OR notes.expires_ms > $5",
        &[
            &key,
            &value,
            &times.expires.as_millisecond(),
            &times.now.as_millisecond(),
            &times.latest.as_millisecond(),
        ],
    )?;
    Ok(put == 1)
}
