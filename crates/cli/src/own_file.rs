//! Files full of personal data: only their owner can read them.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a new file; one that is there already stays, and is an error.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .with_context(|| format!("cannot make the new file {}", path.display()))?;
    file.write_all(bytes)
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Writes a file in place of what is there: a draft is made again and again.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    // What is there may be readable for others, and would stay so.
    match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => std::fs::remove_file(path)
            .with_context(|| format!("cannot write {} anew", path.display()))?,
        // A pipe or a device takes what it is given.
        Ok(_) => {
            return std::fs::write(path, bytes)
                .with_context(|| format!("cannot write {}", path.display()));
        }
        Err(_) => {}
    }
    write_new(path, bytes)
}

/// Makes a folder, and those above it that are missing, for its owner only.
pub fn make_folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .with_context(|| format!("cannot make the folder {}", path.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn only_the_owner_reads_what_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = dir.path().join("a/b");
        make_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        let file = folder.join("form.pdf");
        // One that was made before, by a careless hand.
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        assert!(write_new(&file, b"new").is_err());
        assert_eq!(std::fs::read(&file).unwrap(), b"old");
        write(&file, b"new").unwrap();
        assert_eq!(
            (std::fs::read(&file).unwrap(), mode(&file)),
            (b"new".to_vec(), 0o600)
        );
        write_new(&folder.join("other.pdf"), b"x").unwrap();
        assert_eq!(mode(&folder.join("other.pdf")), 0o600);
    }
}
