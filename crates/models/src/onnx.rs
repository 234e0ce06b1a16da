//! ONNX Runtime, loaded once from the store.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;

use crate::{ModelError, Store};

/// ort itself holds the environment weakly; this keeps it for the process's life.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// Loads ONNX Runtime from the store. Call it before [`session`]; any number of times, from any
/// thread. After a failure (say, the model was not pulled yet) it may be called again.
///
/// # Errors
/// [`ModelError::Missing`] if the library is not in the store, [`ModelError::Runtime`] if it does
/// not load.
pub fn init(store: &Store) -> Result<(), ModelError> {
    let mut environment = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if environment.is_some() {
        return Ok(());
    }
    let library = store.main_file("onnxruntime")?;
    let wrong = |what: String| ModelError::Runtime {
        path: library.clone(),
        what,
    };
    // A relative path would be looked for beside the program, not in the working folder.
    let absolute = std::path::absolute(&library).map_err(ModelError::io("find", &library))?;
    let builder = ort::init_from(absolute).map_err(|error| wrong(error.to_string()))?;
    *environment = Some(
        builder
            .with_name("tolkebot")
            .with_telemetry(false)
            .build()
            .map_err(|error| wrong(error.to_string()))?,
    );
    Ok(())
}

/// Opens a model with this many threads per run (at least one). A session serves one caller at a
/// time: open one per worker.
///
/// Threads that wait do not spin: several sessions share the cores of one machine.
///
/// # Errors
/// [`ModelError::Runtime`] if [`init`] has not succeeded, [`ModelError::Session`] if the file is
/// missing, damaged or uses operators that the runtime lacks.
pub fn session(path: &Path, threads: usize) -> Result<Session, ModelError> {
    let environment = ENVIRONMENT
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let environment = environment.ok_or_else(|| ModelError::Runtime {
        path: path.to_path_buf(),
        what: "onnx::init has not been called".to_owned(),
    })?;
    open(&environment, path, threads).map_err(|what| ModelError::Session {
        path: path.to_path_buf(),
        what,
    })
}

fn open(environment: &Environment, path: &Path, threads: usize) -> Result<Session, String> {
    let say = |error: &dyn std::fmt::Display| error.to_string();
    Session::builder(environment)
        .map_err(|e| say(&e))?
        .with_intra_threads(threads.max(1))
        .map_err(|e| say(&e))?
        .with_inter_threads(1)
        .map_err(|e| say(&e))?
        .with_intra_op_spinning(false)
        .map_err(|e| say(&e))?
        .with_inter_op_spinning(false)
        .map_err(|e| say(&e))?
        .with_optimization_level(GraphOptimizationLevel::All)
        .map_err(|e| say(&e))?
        .commit_from_file(path)
        .map_err(|e| say(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test, because the process has one environment and the order matters.
    #[test]
    fn a_missing_library_is_an_error_and_not_final() {
        let error = session(Path::new("any.onnx"), 1).unwrap_err();
        assert!(error.to_string().contains("onnx::init"), "{error}");

        let empty = tempfile::tempdir().unwrap();
        let error = init(&Store::at(empty.path())).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("tolkebot models pull onnxruntime"),
            "{error}"
        );

        std::fs::create_dir(empty.path().join("onnxruntime")).unwrap();
        std::fs::write(
            empty.path().join("onnxruntime/libonnxruntime.so"),
            b"not a library",
        )
        .unwrap();
        let error = init(&Store::at(empty.path())).unwrap_err();
        assert!(matches!(error, ModelError::Runtime { .. }), "{error}");

        let store = Store::locate().unwrap();
        init(&store).unwrap();
        init(&store).unwrap();
        let error = session(&empty.path().join("onnxruntime/libonnxruntime.so"), 1).unwrap_err();
        assert!(matches!(error, ModelError::Session { .. }), "{error}");
        let vad = session(&store.main_file("silero-vad").unwrap(), 0).unwrap();
        assert_eq!(vad.inputs().len(), 3);
    }
}
