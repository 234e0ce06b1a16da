//! Whether files are those of the manifest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Model, ModelError};

const REMEDY: &str = "run `tolkebot models pull`, which fetches it again";

/// Files that were read, with the SHA-256 of each, by path in the model's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub dir: PathBuf,
    pub sums: BTreeMap<String, String>,
}

impl Found {
    /// The same files after their folder was renamed.
    pub fn moved(mut self, to: &Path) -> Found {
        self.dir = to.to_path_buf();
        self
    }
}

/// The SHA-256 of a file, in lower-case hexadecimal.
pub(super) fn sha256(path: &Path) -> Result<String, ModelError> {
    let mut file = File::open(path).map_err(ModelError::io("open", path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file
            .read(&mut buffer)
            .map_err(ModelError::io("read", path))?
        {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Refuses a file whose size or checksum is not the expected one; `None` is not compared.
pub(super) fn expect(
    path: &Path,
    size: Option<u64>,
    sum: Option<&str>,
    remedy: &'static str,
) -> Result<String, ModelError> {
    let actual = fs::metadata(path)
        .map_err(ModelError::io("read", path))?
        .len();
    if let Some(expected) = size.filter(|&expected| expected != actual) {
        return Err(ModelError::Checksum {
            path: path.to_path_buf(),
            expected: format!("{expected} bytes"),
            actual: format!("{actual} bytes"),
            remedy,
        });
    }
    let actual = sha256(path)?;
    match sum {
        Some(expected) if expected != actual => Err(ModelError::Checksum {
            path: path.to_path_buf(),
            expected: format!("sha256 {expected}"),
            actual: format!("sha256 {actual}"),
            remedy,
        }),
        _ => Ok(actual),
    }
}

/// Whether everything that the manifest lists is there, whatever it contains.
pub(super) fn complete(model: &Model, dir: &Path) -> bool {
    model
        .files
        .iter()
        .all(|file| dir.join(&file.path).is_file())
        && model.trees.iter().all(|tree| dir.join(&tree.path).is_dir())
}

/// Reads everything that the manifest lists. A file without a checksum there is compared with
/// `known`, what was found when it was fetched.
pub(super) fn check(
    model: &Model,
    dir: &Path,
    known: Option<&BTreeMap<String, String>>,
) -> Result<Found, ModelError> {
    let mut sums = BTreeMap::new();
    for file in &model.files {
        let path = dir.join(&file.path);
        if !path.is_file() {
            return Err(ModelError::Missing {
                id: model.id.clone(),
                path,
            });
        }
        let sum = file
            .sha256
            .as_ref()
            .or_else(|| known.and_then(|known| known.get(&file.path)))
            .map(String::as_str);
        sums.insert(file.path.clone(), expect(&path, file.size, sum, REMEDY)?);
    }
    for tree in &model.trees {
        let root = dir.join(&tree.path);
        if !root.is_dir() {
            return Err(ModelError::Missing {
                id: model.id.clone(),
                path: root,
            });
        }
        let mut hasher = Sha256::new();
        let (mut count, mut size) = (0, 0);
        for path in walk(&root)? {
            let full = root.join(&path);
            let sum = sha256(&full)?;
            size += fs::metadata(&full)
                .map_err(ModelError::io("read", &full))?
                .len();
            hasher.update(format!("{sum}  {path}\n"));
            sums.insert(format!("{}/{path}", tree.path), sum);
            count += 1;
        }
        let actual = hex(&hasher.finalize());
        if (count, size, actual.as_str()) != (tree.files, tree.size, tree.sha256.as_str()) {
            return Err(ModelError::Checksum {
                path: root,
                expected: format!(
                    "{} files, {} bytes, sha256 {}",
                    tree.files, tree.size, tree.sha256
                ),
                actual: format!("{count} files, {size} bytes, sha256 {actual}"),
                remedy: REMEDY,
            });
        }
    }
    Ok(Found {
        dir: dir.to_path_buf(),
        sums,
    })
}

/// All files under a folder, as paths relative to it with `/`, sorted.
pub(super) fn walk(root: &Path) -> Result<Vec<String>, ModelError> {
    let mut found = Vec::new();
    let mut open = vec![(root.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(ModelError::io("read", &folder))? {
            let entry = entry.map_err(ModelError::io("read", &folder))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // Symbolic links count as what they point to: they are read through.
            if entry.path().is_dir() {
                open.push((entry.path(), format!("{path}/")));
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Removes intermediate files.
pub(super) fn remove_unlisted(model: &Model, dir: &Path) -> Result<(), ModelError> {
    for path in walk(dir)? {
        let listed = model.files.iter().any(|file| file.path == path)
            || model.trees.iter().any(|tree| {
                path.strip_prefix(&tree.path)
                    .is_some_and(|rest| rest.starts_with('/'))
            });
        if !listed {
            let path = dir.join(path);
            fs::remove_file(&path).map_err(ModelError::io("remove", &path))?;
        }
    }
    Ok(())
}
