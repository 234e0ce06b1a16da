//! Opening a log for reading only.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use rusqlite::{Connection, OpenFlags};

use super::{BUSY_WAIT, SqliteStore, migrations};
use crate::group::Group;
use crate::{MasterKey, StoreError};

impl SqliteStore {
    /// Opens a file for reading only: it is not made, not brought to a newer version and not changed.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] and [`StoreError::TooOld`] for a file of another version,
    /// [`StoreError::Database`] if it cannot be opened.
    pub fn inspect(
        path: impl AsRef<Path>,
        master: Option<MasterKey>,
    ) -> Result<SqliteStore, StoreError> {
        let path = path.as_ref().to_owned();
        let opened = |source| StoreError::Database {
            action: "opened",
            path: path.clone(),
            source,
        };
        let connect = || -> rusqlite::Result<(Connection, u32)> {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let db = Connection::open_with_flags(&path, flags)?;
            db.busy_timeout(BUSY_WAIT)?;
            if let Ok(version) = migrations::version(&db) {
                return Ok((db, version));
            }
            // On a disk that cannot be written SQLite reads a file only if told that nobody else
            // writes it; with a write-ahead log beside it that would leave out the newest events.
            let mut wal = path.clone().into_os_string();
            wal.push("-wal");
            if Path::new(&wal).exists() {
                migrations::version(&db)?;
            }
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            let name = path.to_string_lossy().replace('%', "%25");
            let name = name.replace('?', "%3f").replace('#', "%23");
            let db = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?;
            let version = migrations::version(&db)?;
            Ok((db, version))
        };
        let (reader, found) = connect().map_err(opened)?;
        let known = migrations::NEWEST;
        if found > known {
            return Err(StoreError::TooNew { path, found, known });
        }
        if found < known {
            return Err(StoreError::TooOld { path, found, known });
        }
        let (writer, _) = connect().map_err(opened)?;
        Ok(SqliteStore {
            path,
            master,
            writer: Mutex::new(writer),
            group: Group::default(),
            reader: Mutex::new(reader),
            place: None,
            log_to_empty: AtomicBool::new(false),
        })
    }
}
