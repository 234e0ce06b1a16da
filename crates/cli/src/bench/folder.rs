//! A folder that goes with a measurement.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A folder of its own, removed with everything in it when dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Makes it within another one.
    pub fn make(name: &str, within: &Path) -> Result<Folder> {
        let path = within.join(format!("tolkebot-bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)
            .with_context(|| format!("cannot make the folder {}", path.display()))?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
