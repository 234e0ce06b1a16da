//! The ways out. A way is given a package as often as it takes, and hands it on once.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use tolkebot_document::{SealError, sha256_hex};
use tolkebot_protocol::DeliveryTrouble;
use uuid::Uuid;

use super::package::{MANIFEST, Package};

/// Why a package did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct DeliveryError {
    /// What was wrong, for the screens' own words.
    pub trouble: DeliveryTrouble,
    /// What was wrong and what to do, for whoever mends it; no personal data.
    pub reason: String,
    /// True if trying again cannot help: a person must look at it.
    pub hopeless: bool,
}

impl DeliveryError {
    /// Trouble that may pass.
    pub fn passing(reason: impl Into<String>) -> DeliveryError {
        DeliveryError {
            trouble: DeliveryTrouble::Other,
            reason: reason.into(),
            hopeless: false,
        }
    }

    /// Trouble that stays.
    pub fn hopeless(reason: impl Into<String>) -> DeliveryError {
        DeliveryError {
            trouble: DeliveryTrouble::Other,
            reason: reason.into(),
            hopeless: true,
        }
    }

    /// The same with a name that screens have words for.
    #[must_use]
    pub fn about(self, trouble: DeliveryTrouble) -> DeliveryError {
        DeliveryError { trouble, ..self }
    }
}

impl From<SealError> for DeliveryError {
    fn from(error: SealError) -> DeliveryError {
        let reason = error.to_string();
        match error {
            SealError::TimeStamp(_) => {
                DeliveryError::passing(reason).about(DeliveryTrouble::TimeStamp)
            }
            SealError::Away(_) => DeliveryError::passing(reason).about(DeliveryTrouble::KeyAway),
            SealError::Expired { .. } => {
                DeliveryError::hopeless(reason).about(DeliveryTrouble::Certificate)
            }
            SealError::Key(_) | SealError::TooLong(_) => {
                DeliveryError::hopeless(reason).about(DeliveryTrouble::Key)
            }
            SealError::Pdf(_) | SealError::Sealed => {
                DeliveryError::hopeless(reason).about(DeliveryTrouble::Document)
            }
        }
    }
}

/// A way out: the seam for a municipality's case system, Digital Post and the like.
pub trait Channel: Send + Sync {
    /// Its name in the log and on receipts.
    fn name(&self) -> &'static str;

    /// Hands a package in and returns the receiver's receipt. A package that arrived before (same
    /// [`Package::key`]) is not handed in again: its receipt is returned. Blocking.
    ///
    /// # Errors
    /// [`DeliveryError`]; then the package may have arrived all the same.
    fn deliver(&self, package: &Package) -> Result<String, DeliveryError>;
}

/// One folder for each case; it appears whole or not at all. Whoever fetches a folder may take it away: that it was
/// there stands beside it, so that it is not written again.
#[derive(Debug, Clone)]
pub struct Directory {
    root: PathBuf,
}

impl Directory {
    /// Folders go into `root`, which is made if it is not there.
    pub fn new(root: impl Into<PathBuf>) -> Directory {
        Directory { root: root.into() }
    }

    /// The file that says what of a case was handed out.
    fn known(&self, case: &str) -> PathBuf {
        self.root.join(format!(".out-{case}"))
    }

    fn is_known(&self, case: &str, receipt: &str) -> bool {
        fs::read_to_string(self.known(case)).is_ok_and(|known| known == receipt)
    }

    /// Notes that a case's folder is there. Only then: what says so too early would lose a case.
    fn note(&self, case: &str, receipt: &str) -> std::io::Result<()> {
        if self.is_known(case, receipt) {
            return Ok(());
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(self.known(case))?;
        out.write_all(receipt.as_bytes())?;
        out.sync_all()?;
        File::open(&self.root)?.sync_all()
    }

    /// A name that no other try has.
    fn part(&self, case: &str) -> PathBuf {
        let chance = Uuid::new_v4().simple();
        self.root.join(format!(".part-{case}.{chance}"))
    }

    /// What earlier tries left, which nobody has seen.
    fn left_by_others(&self, case: &str) -> std::io::Result<Vec<PathBuf>> {
        let part = format!(".part-{case}");
        let mut left = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            let name = entry.file_name();
            // No case's id has a dot. Without one it was once written.
            let rest = name.to_str().and_then(|name| name.strip_prefix(&part));
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
                left.push(entry.path());
            }
        }
        Ok(left)
    }

    fn write(&self, package: &Package, folder: &Path) -> std::io::Result<()> {
        for left in self.left_by_others(&package.case)? {
            // Whoever may be writing it still cannot make it the case's folder then: nothing is removed of one
            // that is there for all to see.
            let own = self.part(&package.case);
            match fs::rename(&left, &own) {
                Ok(()) => fs::remove_dir_all(&own)?,
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(e),
            }
        }
        let part = self.part(&package.case);
        let written = fill(&part, package).and_then(|()| fs::rename(&part, folder));
        if written.is_err() {
            // If that fails too, the next try finds it.
            let _ = fs::remove_dir_all(&part);
        }
        written?;
        File::open(&self.root)?.sync_all()
    }
}

fn fill(part: &Path, package: &Package) -> std::io::Result<()> {
    make_private(part)?;
    for file in &package.files {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(part.join(file.name))?;
        out.write_all(&file.bytes)?;
        out.sync_all()?;
    }
    File::open(part)?.sync_all()
}

fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

impl Channel for Directory {
    fn name(&self) -> &'static str {
        "directory"
    }

    fn deliver(&self, package: &Package) -> Result<String, DeliveryError> {
        let receipt = sha256_hex(package.manifest());
        let folder = self.root.join(&package.case);
        let failed = |e: std::io::Error| {
            let root = self.root.display();
            DeliveryError::passing(format!(
                "{root} cannot be written ({e}): check space and permissions"
            ))
            .about(DeliveryTrouble::Folder)
        };
        match fs::read(folder.join(MANIFEST)) {
            Ok(there) if there == package.manifest() => {
                self.note(&package.case, &receipt).map_err(failed)?;
                return Ok(receipt);
            }
            Ok(_) => {
                return Err(DeliveryError::hopeless(
                    "another document of this case is there already: see which is right, and move \
                     the other one away",
                )
                .about(DeliveryTrouble::OtherDocument));
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                if self.is_known(&package.case, &receipt) {
                    return Ok(receipt);
                }
            }
            Err(e) => return Err(failed(e)),
        }
        make_private(&self.root).map_err(failed)?;
        self.write(package, &folder).map_err(failed)?;
        self.note(&package.case, &receipt).map_err(failed)?;
        Ok(receipt)
    }
}
