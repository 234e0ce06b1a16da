//! Remembers what a step was done for and what it made, so that the next run needn't do it again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;

/// A fingerprint of a step's inputs and the names of the files that it made, kept in `.tools/stamps` once the
/// step has succeeded.
pub struct Stamp {
    file: PathBuf,
    digest: Sha256,
    /// Where the step puts what it makes; `None` for one that makes nothing.
    made: Option<PathBuf>,
}

/// Folders in which programs keep what they can make again, and do while they run.
fn is_cache(name: &str) -> bool {
    matches!(name, "__pycache__" | ".cache" | ".vite" | ".vite-temp")
}

impl Stamp {
    /// The stamp of the step `name`, still without inputs.
    pub fn new(workspace: &Workspace, name: &str) -> Stamp {
        Stamp {
            file: folder(workspace).join(name),
            digest: Sha256::new(),
            made: None,
        }
    }

    /// Names the folder that the step fills.
    pub fn fills(self, folder: &Path) -> Stamp {
        let made = Some(folder.to_owned());
        Stamp { made, ..self }
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

    /// True when the step last succeeded with exactly these inputs, and every file that it made is still there.
    pub fn holds(&self) -> bool {
        let Ok(kept) = fs::read_to_string(&self.file) else {
            return false;
        };
        let mut lines = kept.lines();
        if lines.next() != Some(self.hex().as_str()) {
            return false;
        }
        let Some(folder) = &self.made else {
            return true;
        };
        let mut made = lines.peekable();
        // Stamps of before had no names.
        made.peek().is_some() && made.all(|name| folder.join(name).symlink_metadata().is_ok())
    }

    /// Forgets the step before it is done again: what an interrupted one leaves is only a part.
    pub fn begin(&self) -> Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("can't remove {}", self.file.display()))
            }
            _ => Ok(()),
        }
    }

    /// Keeps the stamp: the step has succeeded.
    pub fn keep(&self) -> Result<()> {
        let mut text = self.hex() + "\n";
        if let Some(folder) = &self.made {
            for name in files(folder, Path::new(""))? {
                text += &name;
                text.push('\n');
            }
        }
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, text).with_context(|| format!("can't write {}", self.file.display()))
    }

    fn hex(&self) -> String {
        let digest = self.digest.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The names of all files in and below `folder/below`, from `folder` on.
fn files(folder: &Path, below: &Path) -> Result<Vec<String>> {
    let here = folder.join(below);
    let list = || format!("can't list {}", here.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&here).with_context(list)? {
        let entry = entry.with_context(list)?;
        let name = entry.file_name();
        let path = below.join(&name);
        if !entry.file_type().with_context(list)?.is_dir() {
            found.extend(path.to_str().map(str::to_owned));
        } else if !name.to_str().is_some_and(is_cache) {
            found.extend(files(folder, &path)?);
        }
    }
    Ok(found)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A checkout, and a folder in it with some files that a step has made.
    fn made(files: &[&str]) -> (tempfile::TempDir, Workspace, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("made");
        for name in files {
            let file = made.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "x").unwrap();
        }
        let workspace = Workspace::at(folder.path());
        (folder, workspace, made)
    }

    #[test]
    fn a_step_is_done_again_when_anything_that_it_made_is_gone() {
        let names = ["index.html", "assets/a.js", "vite/bin/vite.js"];
        for gone in ["index.html", "assets", "vite/bin/vite.js"] {
            let (_folder, workspace, made) = made(&names);
            let stamp = || Stamp::new(&workspace, "web").fills(&made).text("lock");
            assert!(!stamp().holds());
            stamp().keep().unwrap();
            assert!(stamp().holds());
            let path = made.join(gone);
            match path.is_dir() {
                true => fs::remove_dir_all(path).unwrap(),
                false => fs::remove_file(path).unwrap(),
            }
            assert!(!stamp().holds(), "{gone}");
        }
    }

    /// As after a `git pull` with another lock file, an interrupted step, and a `git checkout` of the old one.
    #[test]
    fn a_step_that_was_begun_and_not_finished_is_done_again() {
        let (_folder, workspace, made) = made(&["vite.js"]);
        let stamp = |lock: &str| Stamp::new(&workspace, "web").fills(&made).text(lock);
        stamp("old").keep().unwrap();
        stamp("new").begin().unwrap();
        assert!(!stamp("old").holds() && !stamp("new").holds());
        stamp("old").keep().unwrap();
        assert!(stamp("old").holds() && !stamp("new").holds());
    }

    #[test]
    fn a_step_that_makes_nothing_needs_nothing() {
        let (_folder, workspace, _) = made(&[]);
        let stamp = Stamp::new(&workspace, "checked").text("1");
        stamp.keep().unwrap();
        assert!(stamp.holds());
    }

    #[test]
    fn what_programs_keep_for_themselves_does_not_count() {
        let (_folder, workspace, made) = made(&["a.py", "__pycache__/a.pyc", ".vite/deps.js"]);
        let stamp = Stamp::new(&workspace, "python").fills(&made);
        stamp.keep().unwrap();
        fs::remove_dir_all(made.join("__pycache__")).unwrap();
        fs::remove_dir_all(made.join(".vite")).unwrap();
        assert!(stamp.holds());
        fs::write(folder(&workspace).join("python"), stamp.hex() + "\n").unwrap();
        assert!(!stamp.holds(), "of before names were kept");
    }
}
