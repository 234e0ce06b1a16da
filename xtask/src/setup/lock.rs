//! One set-up at a time: two would take each other's folders away.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Waits until no other set-up works in this checkout, and keeps others out until the handle is
/// dropped or the process ends. `say` is told when there is something to wait for.
pub fn wait(workspace: &Workspace, say: &mut dyn FnMut(&str)) -> Result<File> {
    let path = workspace.path(".tools/setup.lock");
    let place = || format!("can't lock {}", path.display());
    fs::create_dir_all(workspace.path(".tools")).with_context(place)?;
    let file = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .with_context(place)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            say("another set-up works in this checkout: waiting for it");
            file.lock().with_context(place)?;
        }
        Err(TryLockError::Error(error)) => return Err(error).with_context(place),
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_second_set_up_says_that_it_waits_and_goes_on_after_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let first = wait(&workspace, &mut |text| panic!("{text}")).unwrap();
        let (tell, told) = channel();
        std::thread::scope(|scope| {
            let second =
                scope.spawn(|| wait(&workspace, &mut |text| tell.send(text.to_owned()).unwrap()));
            assert!(told.recv().unwrap().contains("waiting"));
            assert!(!second.is_finished());
            drop(first);
            assert!(second.join().unwrap().is_ok());
        });
    }
}
