//! The crates that the workspace is built from.

use anyhow::{Context, Result};

use crate::report::{Done, Progress};
use crate::workspace::{Workspace, output};

/// Fetches every crate that `Cargo.lock` names, so that everything after set-up works offline: also
/// crates that only another check or a feature needs.
pub fn fetch(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let fetch = ["fetch", "--locked"];
    // Asked of cargo each time: nothing else knows what its cache still holds.
    if output(workspace.cargo(fetch).arg("--offline")).is_ok() {
        return Ok(Done::Already);
    }
    progress.say("fetching the crates of Cargo.lock");
    output(&mut workspace.cargo(fetch)).context(
        "cargo couldn't fetch the crates: check the network (and the proxy settings cargo uses), \
         then start this again",
    )?;
    Ok(Done::Worked)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A workspace with one crate and this lock file.
    fn workspace(lock: &str) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write(
            "Cargo.toml",
            "[package]\nname = \"one\"\nedition = \"2024\"\n",
        );
        write("Cargo.lock", lock);
        fs::create_dir(folder.path().join("src")).unwrap();
        write("src/lib.rs", "");
        let workspace = Workspace::at(folder.path());
        (folder, workspace)
    }

    #[test]
    fn nothing_is_fetched_twice_and_the_lock_file_is_not_changed() {
        let whole = "version = 4\n\n[[package]]\nname = \"one\"\nversion = \"0.0.0\"\n";
        let (_folder, one) = workspace(whole);
        assert!(matches!(fetch(&one, &Progress::none()), Ok(Done::Already)));
        let other = whole.replace("one", "other");
        let (folder, one) = workspace(&other);
        let error = fetch(&one, &Progress::none()).err().unwrap();
        assert!(format!("{error:#}").contains("--locked"), "{error:#}");
        let after = fs::read_to_string(folder.path().join("Cargo.lock")).unwrap();
        assert_eq!(after, other);
    }
}
