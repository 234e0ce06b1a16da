//! What can go wrong between a model's name and its files.

use std::path::{Path, PathBuf};

/// Why a model cannot be used. Every message ends with what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Neither the environment nor any folder above names a store.
    #[error(
        "no model store found: set TOLKEBOT_MODELS_DIR, or run from inside a folder that has \
         `models/manifest.toml` (looked upwards from {looked_from})"
    )]
    NoStore {
        /// The folders where the search began.
        looked_from: String,
    },
    /// A file that should lie in the store does not.
    #[error("model `{id}` lacks `{}`: run `tolkebot models pull {id}`", .path.display())]
    Missing {
        /// The model's id.
        id: String,
        /// Where the file was expected.
        path: PathBuf,
    },
    /// The manifest does not know this model.
    #[error("unknown model `{id}`; the manifest has: {known}")]
    UnknownModel {
        /// What was asked for.
        id: String,
        /// Every id of the manifest.
        known: String,
    },
    /// The manifest does not know this profile.
    #[error("unknown profile `{name}`; the manifest has: {known}")]
    UnknownProfile {
        /// What was asked for.
        name: String,
        /// Every profile of the manifest.
        known: String,
    },
    /// The manifest knows neither a model nor a profile of this name.
    #[error("`{name}` is neither a profile ({profiles}) nor a model ({models}) of the manifest")]
    UnknownName {
        /// What was asked for.
        name: String,
        /// Every profile of the manifest.
        profiles: String,
        /// Every id of the manifest.
        models: String,
    },
    /// The manifest does not say what it must.
    #[error("the model manifest is wrong: {what}")]
    Manifest {
        /// What is wrong, with the value.
        what: String,
    },
    /// A file or folder could not be read or written.
    #[error("cannot {doing} `{}`: {source}{}", .path.display(), hint(.source))]
    Io {
        /// What was tried, as in "read".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A model cannot be converted.
    #[error(
        "cannot convert `{}`: {what}; if it was fetched, run `tolkebot models pull` again",
        .path.display()
    )]
    Convert {
        /// The file that is not what it should be.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The recogniser is built for another processor.
    #[error(
        "this processor lacks {lacks}, which whisper.cpp is built for: {}",
        crate::processor::REMEDY
    )]
    Processor {
        /// Names of the instructions, separated by commas.
        lacks: String,
    },
    /// No source of the model is for this machine.
    #[error(
        "model `{id}` has no source for {platform}; put its files for such a machine ({files}) \
         into `{}` yourself",
        .folder.display()
    )]
    Platform {
        /// The model's id.
        id: String,
        /// This machine, `<os>-<architecture>`.
        platform: String,
        /// Names of the files and folders.
        files: String,
        /// Where the files belong.
        folder: PathBuf,
    },
    /// A model that comes with the repository is not whole.
    #[error(
        "model `{id}` comes with this repository but is missing or changed in `{}`: restore that \
         folder with git",
        .path.display()
    )]
    Checkout {
        /// The model's id.
        id: String,
        /// Where it should be.
        path: PathBuf,
    },
    /// A model that comes with the repository is not whole in the store, and there it goes before the
    /// repository's, or there is no repository here.
    #[error(
        "model `{id}` is missing or not whole in `{}`, and nothing has to be fetched for it: copy \
         the files of `{}`, which comes with the repository, there",
        .folder.display(), .from.display()
    )]
    Shipped {
        /// The model's id.
        id: String,
        /// Its folder in the store.
        folder: PathBuf,
        /// The repository's folder; relative to a checkout if none is here.
        from: PathBuf,
    },
    /// Python or its pip is missing.
    #[error(
        "cannot fetch `{package}`: {what}; install Python 3 with pip (Debian and Ubuntu: \
         `python3-pip`), or activate a virtual environment that has it"
    )]
    Python {
        /// The package that was wanted.
        package: String,
        /// What is missing.
        what: String,
    },
    /// pip refused.
    #[error("pip cannot fetch `{package}`: {what}; {remedy}")]
    Pip {
        /// The package with its version.
        package: String,
        /// The end of what pip said.
        what: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A file of the hub cannot be fetched.
    #[error("cannot fetch {url}: {what}; {remedy}")]
    Fetch {
        /// The address.
        url: String,
        /// What happened.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// A wheel lacks what the manifest says it holds, or cannot be read.
    #[error("wheel `{}`: {what}; delete it and run `tolkebot models pull` again", .path.display())]
    Wheel {
        /// The wheel.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A file is not the one that the manifest describes.
    #[error(
        "`{}` is not the file that the manifest describes: expected {expected}, found {actual}; \
         {remedy}",
        .path.display()
    )]
    Checksum {
        /// The file or folder.
        path: PathBuf,
        /// What the manifest says.
        expected: String,
        /// What is there.
        actual: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// ONNX Runtime's library was refused.
    #[error(
        "ONNX Runtime at `{}` cannot be used: {what}; run `tolkebot models pull onnxruntime`",
        .path.display()
    )]
    Runtime {
        /// The library.
        path: PathBuf,
        /// What it or the loader answered.
        what: String,
    },
    /// ONNX Runtime refused a model.
    #[error(
        "ONNX Runtime cannot open `{}`: {what}; `tolkebot models verify` says whether it is whole",
        .path.display()
    )]
    Session {
        /// The model's file.
        path: PathBuf,
        /// What the runtime answered.
        what: String,
    },
}

impl ModelError {
    /// Wraps an I/O error; `doing` completes "cannot …".
    pub(crate) fn io(
        doing: &'static str,
        path: &Path,
    ) -> impl FnOnce(std::io::Error) -> ModelError + use<> {
        let path = path.to_path_buf();
        move |source| ModelError::Io {
            doing,
            path,
            source,
        }
    }
}

/// What a person can do about the I/O errors that they meet most.
fn hint(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; free some space, or set TOLKEBOT_MODELS_DIR to a folder on another disk"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "; give this user the right to it, or set TOLKEBOT_MODELS_DIR to another folder"
        }
        _ => "",
    }
}
