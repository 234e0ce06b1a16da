//! A note of what was verified, so that a start need not read gigabytes.
//!
//! `<store>/.verified/<id>.json` holds the sizes, times and checksums of the files as they were.
//! A file that was touched since is read again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::make_parent;
use super::verify::{Found, hex};
use crate::{Model, Store};

#[derive(Debug, Serialize, Deserialize)]
struct Stamp {
    /// Changes when the manifest expects something else.
    expected: String,
    /// The folder that was read: the same model may be in the store or in the repository.
    dir: PathBuf,
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    size: u64,
    /// Nanoseconds since 1970, as text because JSON's numbers end earlier.
    modified: String,
    sha256: String,
}

fn path(store: &Store, id: &str) -> PathBuf {
    store.root().join(".verified").join(format!("{id}.json"))
}

/// What the manifest expects of the model's files, as one value.
fn expected(model: &Model) -> String {
    let mut hasher = Sha256::new();
    for file in &model.files {
        hasher.update(format!("{} {:?} {:?}\n", file.path, file.size, file.sha256));
    }
    for tree in &model.trees {
        hasher.update(format!(
            "{} {} {} {}\n",
            tree.path, tree.files, tree.size, tree.sha256
        ));
    }
    hex(&hasher.finalize())
}

fn size_and_time(path: &Path) -> Option<(u64, String)> {
    let data = fs::metadata(path).ok()?;
    let modified = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((data.len(), modified.as_nanos().to_string()))
}

fn load(store: &Store, model: &Model) -> Option<Stamp> {
    let stamp: Stamp = serde_json::from_slice(&fs::read(path(store, &model.id)).ok()?).ok()?;
    (stamp.expected == expected(model)).then_some(stamp)
}

/// The checksums that were found when the model was last verified.
pub(super) fn read(store: &Store, model: &Model) -> Option<BTreeMap<String, String>> {
    let stamp = load(store, model)?;
    Some(
        stamp
            .files
            .into_iter()
            .map(|(path, entry)| (path, entry.sha256))
            .collect(),
    )
}

/// Whether every file is as it was.
pub(super) fn holds(store: &Store, model: &Model, dir: &Path) -> bool {
    load(store, model).is_some_and(|stamp| {
        stamp.dir == dir
            && stamp.files.iter().all(|(path, entry)| {
                size_and_time(&dir.join(path))
                    .is_some_and(|(size, time)| size == entry.size && time == entry.modified)
            })
    })
}

/// Notes what was found. A store that cannot be written to only means reading again next time.
pub(super) fn write(store: &Store, model: &Model, found: &Found) {
    let files = found
        .sums
        .iter()
        .filter_map(|(name, sha256)| {
            let (size, modified) = size_and_time(&found.dir.join(name))?;
            Some((
                name.clone(),
                Entry {
                    size,
                    modified,
                    sha256: sha256.clone(),
                },
            ))
        })
        .collect();
    let stamp = Stamp {
        expected: expected(model),
        dir: found.dir.clone(),
        files,
    };
    let path = path(store, &model.id);
    let result = make_parent(&path)
        .map_err(|error| error.to_string())
        .and_then(|()| {
            let text = serde_json::to_vec_pretty(&stamp).map_err(|error| error.to_string())?;
            // Renamed into place: another process may be reading it.
            let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
            fs::write(&temporary, text)
                .and_then(|()| fs::rename(&temporary, &path))
                .map_err(|error| error.to_string())
        });
    if let Err(error) = result {
        tracing::warn!(path = %path.display(), error, "cannot note that a model was verified");
    }
}
