//! The database's shape, in numbered steps. A step that was released is never changed; a new one
//! is added behind it.

use postgres::GenericClient;

use super::connections::Failed;

/// Step *n* (from 1) brings a database from version *n* - 1 to *n*; `tolkebot_version` holds the
/// version. Texts are compared byte by byte, so that cases come in the same order as elsewhere.
const STEPS: [&str; 4] = [
    // 1: the log, notes beside it, the ledger with its heads, the cases' keys
    r#"CREATE TABLE events (
        case_id  TEXT   COLLATE "C" NOT NULL,
        seq      BIGINT NOT NULL CHECK (seq > 0),
        at       TEXT   NOT NULL,
        body     TEXT   NOT NULL,
        previous BYTEA  NOT NULL CHECK (length(previous) = 32),
        hash     BYTEA  NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (case_id, seq)
    );
    CREATE TABLE notes (
        key        TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
        value      TEXT   NOT NULL,
        expires_ms BIGINT NOT NULL
    );
    CREATE INDEX notes_by_expiry ON notes (expires_ms);
    CREATE TABLE ledger (
        n       BIGINT NOT NULL PRIMARY KEY CHECK (n > 0),
        at      TEXT   NOT NULL,
        kind    TEXT   NOT NULL,
        case_id TEXT   COLLATE "C" NOT NULL,
        seq     BIGINT NOT NULL CHECK (seq > 0),
        hash    BYTEA  NOT NULL CHECK (length(hash) = 32),
        chain   BYTEA  NOT NULL CHECK (length(chain) = 32)
    );
    CREATE INDEX ledger_by_case ON ledger (case_id, n);
    CREATE TABLE ledger_head (
        one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        n         BIGINT  NOT NULL CHECK (n > 0),
        chain     BYTEA   NOT NULL CHECK (length(chain) = 32),
        day       TEXT    NOT NULL,
        signature BYTEA
    );
    CREATE TABLE ledger_days (
        day       TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
        n         BIGINT NOT NULL CHECK (n > 0),
        chain     BYTEA  NOT NULL CHECK (length(chain) = 32),
        signature BYTEA
    );
    CREATE TABLE case_keys (
        case_id TEXT  COLLATE "C" NOT NULL PRIMARY KEY,
        master  TEXT  NOT NULL,
        wrapped BYTEA NOT NULL
    );"#,
    // 2: the list of cases, kept up with the events
    r#"CREATE TABLE cases (
        case_id    TEXT    COLLATE "C" NOT NULL PRIMARY KEY,
        seq        BIGINT  NOT NULL CHECK (seq > 0),
        opened_at  TEXT    NOT NULL,
        changed_at TEXT    NOT NULL,
        erased     BOOLEAN NOT NULL
    );
    INSERT INTO cases
        SELECT e.case_id, e.seq, first.at, e.at,
               EXISTS (SELECT 1 FROM ledger AS l
                       WHERE l.case_id = e.case_id AND l.kind LIKE 'erased%')
        FROM (SELECT case_id, min(seq) AS lo, max(seq) AS hi FROM events GROUP BY case_id) AS span
        JOIN events AS e ON e.case_id = span.case_id AND e.seq = span.hi
        JOIN events AS first ON first.case_id = span.case_id AND first.seq = span.lo;"#,
    // 3: how far a case has come, and what was made of its events
    r#"ALTER TABLE cases ADD COLUMN progress TEXT COLLATE "C";
    CREATE INDEX cases_by_progress ON cases (progress, case_id) WHERE NOT erased;
    CREATE TABLE snapshots (
        case_id TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
        seq     BIGINT NOT NULL CHECK (seq > 0),
        hash    BYTEA  NOT NULL CHECK (length(hash) = 32),
        fold    TEXT   NOT NULL,
        body    TEXT   NOT NULL
    );"#,
    // 4: the sound of cases that opted in, and its keys
    r#"CREATE TABLE sound_keys (
        case_id TEXT  COLLATE "C" NOT NULL PRIMARY KEY,
        wrapped BYTEA NOT NULL
    );
    CREATE TABLE sounds (
        case_id   TEXT   COLLATE "C" NOT NULL,
        utterance BIGINT NOT NULL,
        body      BYTEA  NOT NULL,
        PRIMARY KEY (case_id, utterance)
    );
    -- Sealed bytes cannot be made smaller.
    ALTER TABLE sounds ALTER COLUMN body SET STORAGE EXTERNAL;"#,
];

/// The newest version.
pub(super) const NEWEST: u32 = STEPS.len() as u32;

/// Version of the database; 0 for an empty one.
pub(super) fn version(db: &mut impl GenericClient) -> Result<u32, Failed> {
    let there = db.query_one("SELECT to_regclass('tolkebot_version') IS NOT NULL", &[])?;
    if !there.try_get::<_, bool>(0)? {
        return Ok(0);
    }
    let row = db.query_opt("SELECT version FROM tolkebot_version", &[])?;
    let version = row.map(|row| row.try_get::<_, i32>(0)).transpose()?;
    Ok(version.map_or(0, i32::cast_unsigned))
}

/// Takes the steps that are missing from `from` on, within a transaction.
pub(super) fn migrate(db: &mut impl GenericClient, from: u32) -> Result<(), Failed> {
    for step in STEPS.iter().skip(from as usize) {
        db.batch_execute(step)?;
    }
    if from == 0 {
        db.batch_execute("CREATE TABLE tolkebot_version (version INTEGER NOT NULL)")?;
    }
    db.execute("DELETE FROM tolkebot_version", &[])?;
    let newest = NEWEST.cast_signed();
    db.execute("INSERT INTO tolkebot_version VALUES ($1)", &[&newest])?;
    Ok(())
}
