//! Whether the open file is still the one that the next start opens.
//!
//! SQLite writes on into a file that was removed, moved away or replaced, without an error, and everything
//! written then is gone when the last connection closes.

use std::path::{Path, PathBuf};

use crate::StoreError;

/// Device and number of a file, where the operating system has them.
#[cfg(unix)]
fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    std::fs::metadata(path).map(|_| (0, 0))
}

/// The files of an open log.
#[derive(Debug)]
pub(super) struct Place(Vec<(PathBuf, (u64, u64))>);

impl Place {
    /// Those of the log at `path`, as they are while it is open.
    pub fn of(path: &Path) -> Place {
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        let known = |path: PathBuf| identity(&path).ok().map(|id| (path, id));
        Place(
            [path.into(), wal.into()]
                .into_iter()
                .filter_map(known)
                .collect(),
        )
    }

    /// # Errors
    /// [`StoreError::Gone`] if one of them is no more, or another one has its name.
    pub fn check(&self) -> Result<(), StoreError> {
        let moved = |(path, id): &&(PathBuf, _)| !identity(path).is_ok_and(|now| now == *id);
        match self.0.iter().find(moved) {
            Some((path, _)) => Err(StoreError::Gone { path: path.clone() }),
            None => Ok(()),
        }
    }
}
