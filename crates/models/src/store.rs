//! The folder that models lie in.

use std::path::{Path, PathBuf};

use crate::{Manifest, ModelError};

/// The environment variable that names the store.
const VARIABLE: &str = "TOLKEBOT_MODELS_DIR";

/// Where models lie: `<root>/<id>/<file>`; models that the repository ships are read where they
/// are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    root: PathBuf,
    /// The repository's `models` folder, if there is one.
    repository: Option<PathBuf>,
}

impl Store {
    /// The store of this machine: `TOLKEBOT_MODELS_DIR` if set, else `models/store` of the
    /// repository around the working folder or around this program.
    ///
    /// The store itself need not exist yet: it is made by the first pull.
    ///
    /// # Errors
    /// [`ModelError::NoStore`] if neither names one.
    pub fn locate() -> Result<Store, ModelError> {
        if let Some(root) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
            return Ok(Store::at(root));
        }
        let starts = starts();
        match repository_above(&starts) {
            Some(models) => Ok(Store {
                root: models.join("store"),
                repository: Some(models),
            }),
            None => Err(ModelError::NoStore {
                looked_from: starts
                    .iter()
                    .map(|start| format!("`{}`", start.display()))
                    .collect::<Vec<_>>()
                    .join(" and "),
            }),
        }
    }

    /// A store in this folder, which need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Store {
        let root = root.into();
        // A store beside a manifest belongs to that repository; one elsewhere may still be used
        // from inside one.
        let repository = root
            .parent()
            .filter(|parent| parent.join("manifest.toml").is_file())
            .map(Path::to_path_buf)
            .or_else(|| repository_above(&starts()));
        Store { root, repository }
    }

    /// A store away from every repository.
    #[cfg(test)]
    pub(crate) fn alone(root: &Path) -> Store {
        Store {
            root: root.to_path_buf(),
            repository: None,
        }
    }

    /// The store's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The `models` folder of the repository, if this store is used from inside one.
    pub fn repository(&self) -> Option<&Path> {
        self.repository.as_deref()
    }

    /// Where a pull puts this model, whether or not it is there.
    pub fn path_of(&self, id: &str) -> PathBuf {
        self.root.join(id)
    }

    /// The folder of a model: in the store, or in the repository if that ships it.
    ///
    /// # Errors
    /// [`ModelError::Missing`] if neither has it.
    pub fn dir(&self, id: &str) -> Result<PathBuf, ModelError> {
        let path = self.path_of(id);
        if path.is_dir() {
            return Ok(path);
        }
        self.shipped(id)
            .filter(|path| path.is_dir())
            .ok_or_else(|| ModelError::Missing {
                id: id.to_owned(),
                path,
            })
    }

    /// One file of a model.
    ///
    /// # Errors
    /// [`ModelError::Missing`] if it is not there; the message says how to fetch it.
    pub fn file(&self, id: &str, file: &str) -> Result<PathBuf, ModelError> {
        let path = self.path_of(id).join(file);
        if path.is_file() {
            return Ok(path);
        }
        self.shipped(id)
            .map(|dir| dir.join(file))
            .filter(|path| path.is_file())
            .ok_or_else(|| ModelError::Missing {
                id: id.to_owned(),
                path,
            })
    }

    /// The file of a model that a program opens first, as the manifest names it.
    ///
    /// # Errors
    /// [`ModelError::UnknownModel`] or [`ModelError::Missing`].
    pub fn main_file(&self, id: &str) -> Result<PathBuf, ModelError> {
        self.file(id, &Manifest::embedded()?.model(id)?.main)
    }

    /// The folder in which the repository ships this model.
    fn shipped(&self, id: &str) -> Option<PathBuf> {
        let manifest = Manifest::embedded().ok()?;
        let path = manifest.model(id).ok()?.repository_path()?;
        Some(self.repository.as_ref()?.join(path))
    }
}

/// Where to begin looking upwards: the working folder, then this program's.
fn starts() -> Vec<PathBuf> {
    let exe = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(Path::to_path_buf));
    std::env::current_dir()
        .ok()
        .into_iter()
        .chain(exe)
        .collect()
}

/// The first `models` folder with a manifest, looking upwards from each start.
fn repository_above(starts: &[PathBuf]) -> Option<PathBuf> {
    starts
        .iter()
        .flat_map(|start| start.ancestors())
        .map(|folder| folder.join("models"))
        .find(|models| models.join("manifest.toml").is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_says_how_to_fetch_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("store"));
        let error = store
            .file("whisper-base", "ggml-q8_0.bin")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("tolkebot models pull whisper-base"),
            "{error}"
        );
        assert!(store.dir("whisper-base").is_err());
    }

    #[test]
    fn a_file_of_the_store_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        std::fs::create_dir(folder.path().join("own")).unwrap();
        std::fs::write(folder.path().join("own/a.bin"), b"x").unwrap();
        assert_eq!(
            store.file("own", "a.bin").unwrap(),
            folder.path().join("own/a.bin")
        );
        assert_eq!(store.dir("own").unwrap(), folder.path().join("own"));
    }

    #[test]
    fn a_shipped_model_is_found_beside_the_manifest_and_the_store_wins() {
        let folder = tempfile::tempdir().unwrap();
        let shipped = folder.path().join("starter/mt");
        std::fs::create_dir_all(&shipped).unwrap();
        std::fs::write(folder.path().join("manifest.toml"), b"").unwrap();
        std::fs::write(shipped.join("model.onnx"), b"shipped").unwrap();
        let store = Store::at(folder.path().join("store"));
        assert_eq!(
            store.main_file("mt-starter").unwrap(),
            shipped.join("model.onnx")
        );
        assert_eq!(store.dir("mt-starter").unwrap(), shipped);

        let own = folder.path().join("store/mt-starter");
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("model.onnx"), b"newer").unwrap();
        assert_eq!(
            store.main_file("mt-starter").unwrap(),
            own.join("model.onnx")
        );
    }
}
