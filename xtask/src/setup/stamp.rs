//! Remembers what a step was done for, so that the next run needn't do it again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;

/// A fingerprint of a step's inputs, kept in `.tools/stamps` once the step has succeeded.
pub struct Stamp {
    file: PathBuf,
    digest: Sha256,
}

impl Stamp {
    /// The stamp of the step `name`, still without inputs.
    pub fn new(workspace: &Workspace, name: &str) -> Stamp {
        Stamp {
            file: folder(workspace).join(name),
            digest: Sha256::new(),
        }
    }

    /// Adds a text that the step's result depends on.
    pub fn text(mut self, text: &str) -> Stamp {
        self.digest.update((text.len() as u64).to_le_bytes());
        self.digest.update(text);
        self
    }

    /// Adds a file's content; a file that isn't there counts as an empty one.
    pub fn file(mut self, path: &Path) -> Result<Stamp> {
        let content = match fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            other => other.with_context(|| format!("can't read {}", path.display()))?,
        };
        self.digest.update((content.len() as u64).to_le_bytes());
        self.digest.update(content);
        Ok(self)
    }

    /// Adds every file below a folder, by name and content, except below folders named in `not`.
    pub fn tree(mut self, folder: &Path, not: &[&str]) -> Result<Stamp> {
        let mut entries = Vec::new();
        for entry in
            fs::read_dir(folder).with_context(|| format!("can't list {}", folder.display()))?
        {
            entries.push(entry?.path());
        }
        entries.sort();
        for path in entries {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !not.contains(&name.as_str()) {
                    self = self.text(&name).tree(&path, not)?;
                }
            } else {
                self = self.text(&name).file(&path)?;
            }
        }
        Ok(self)
    }

    /// True when the step last succeeded with exactly these inputs.
    pub fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept.trim() == self.hex())
    }

    /// Keeps the stamp: the step has succeeded.
    pub fn keep(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, self.hex() + "\n")
            .with_context(|| format!("can't write {}", self.file.display()))
    }

    fn hex(&self) -> String {
        let digest = self.digest.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Forgets every step, so that all are done again.
pub fn forget_all(workspace: &Workspace) -> Result<()> {
    match fs::remove_dir_all(folder(workspace)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path(".tools/stamps")
}
