//! A copy of the whole file while it is in use.

use std::path::Path;

use super::SqliteStore;
use crate::StoreError;

impl SqliteStore {
    /// Writes everything that is stored now into another file, which must be new or empty. The file in use is not
    /// changed, and whoever writes it goes on. A plain copy of that file would be no backup: the newest events stand in
    /// the write-ahead log beside it. What was erased is not in the new file, not even overwritten.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn copy_to(&self, path: impl AsRef<Path>) -> Result<(), StoreError> {
        let name = path.as_ref().to_string_lossy().into_owned();
        let copied = self.reader().execute("VACUUM INTO ?1", [name]);
        copied.map(drop).map_err(self.failed("copied"))
    }
}
