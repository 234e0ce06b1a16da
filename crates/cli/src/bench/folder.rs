//! A folder that goes with a measurement.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Where what waits for the disk is measured unless a folder is named: the system's temporary one is in memory on many
/// systems, where a sync costs nothing.
pub fn on_disk() -> PathBuf {
    let kept = PathBuf::from("/var/tmp");
    if kept.is_dir() {
        kept
    } else {
        std::env::temp_dir()
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_is_measured_and_not_memory() {
        let kept = Path::new("/var/tmp");
        if kept.is_dir() {
            assert_eq!(on_disk(), kept);
        }
        assert!(on_disk().is_dir());
    }
}
