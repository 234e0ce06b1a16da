//! `tolkebot register import`: streets of the Danish address register for the gazetteer, and how the table
//! is loaded.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail};
use tolkebot_form::FormDefinition;
use tolkebot_values::address::Gazetteer;
use tolkebot_values::register::Roads;

use crate::args::{RegisterArgs, RegisterCommand, RegisterImportArgs};

/// Bad rows that are listed one by one; a file of another kind has thousands.
const LISTED: usize = 20;

/// A register was loaded: the option comes before the settings file, which several commands read.
static LOADED: OnceLock<()> = OnceLock::new();

/// Lets every form be read with the streets of this file, unless that was done before.
pub fn load(file: &Path) -> Result<()> {
    if LOADED.set(()).is_err() {
        return Ok(());
    }
    let text = read(file).context("write the register with `tolkebot register import`")?;
    let streets = Gazetteer::with_register(&text)
        .with_context(|| format!("the register {} is not usable", file.display()))?;
    FormDefinition::embed_streets(Arc::new(streets))?;
    Ok(())
}

/// A file's text.
fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        anyhow::anyhow!(
            "{} is not UTF-8 from byte {at}: save it as UTF-8",
            file.display()
        )
    })
}

pub fn run(args: RegisterArgs) -> Result<()> {
    match args.command {
        RegisterCommand::Import(args) => import(&args),
    }
}

fn import(args: &RegisterImportArgs) -> Result<()> {
    let mut roads = Roads::default();
    let mut bad = 0;
    let mut stderr = std::io::stderr();
    for file in &args.files {
        let text = read(file)?;
        for error in roads.read(&text) {
            if bad < LISTED {
                writeln!(stderr, "{}: {error}", file.display())?;
            }
            bad += 1;
        }
    }
    if bad > LISTED {
        writeln!(stderr, "… and {} more bad rows", bad - LISTED)?;
    }
    if bad > 0 && !args.skip_bad_rows {
        bail!("{bad} bad rows, nothing was written; correct them or add --skip-bad-rows");
    }
    if !args.codes.is_empty() {
        roads.keep(|code| {
            args.codes
                .iter()
                .any(|start| code.starts_with(start.as_str()))
        });
    }
    if roads.is_empty() {
        bail!("no road is left to write; check --codes and the extract");
    }
    put_whole(&args.output, &roads.table())?;
    writeln!(
        std::io::stdout(),
        "{} roads written to {}; start tolkebot with --register {} to use them",
        roads.len(),
        args.output.display(),
        args.output.display()
    )?;
    Ok(())
}

/// Writes beside the file and puts it in place as a whole: half a table may look like a whole one, and a server that
/// starts meanwhile, or after a full disk, reads the old one.
fn put_whole(to: &Path, text: &str) -> Result<()> {
    // The file that a link leads to is the one that others read, also where it is not there yet.
    let to = fs::canonicalize(to)
        .or_else(|_| fs::read_link(to).map(|leads| to.with_file_name("").join(leads)))
        .unwrap_or_else(|_| to.to_owned());
    let before = fs::metadata(&to).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        // A pipe or a device takes what it is given.
        return fs::write(&to, text).with_context(|| format!("cannot write {}", to.display()));
    }
    let mut name = to.clone().into_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(name);
    let made = File::create(&part);
    let refused = made
        .as_ref()
        .is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied);
    if refused && before.is_some() {
        // Only the table itself may be written here, not its folder.
        return fs::write(&to, text).with_context(|| format!("cannot write {}", to.display()));
    }
    let done = made
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| {
            if let Some(before) = &before {
                keep_readers(before, &part);
            }
            fs::rename(&part, &to)
        });
    if done.is_err() {
        // The error itself matters more than a left-over that could not be removed either.
        let _ = fs::remove_file(&part);
    }
    done.with_context(|| format!("cannot write {} by way of {}", to.display(), part.display()))
}

/// Gives the new file the owner and the rights of the old one, so that the service's user can read it still. Who may
/// not give a file away may still give it to a group of theirs; else it stays as it was made.
fn keep_readers(before: &fs::Metadata, part: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let given = chown(part, Some(before.uid()), Some(before.gid()))
            .or_else(|_| chown(part, None, Some(before.gid())));
        if given.is_err() {
            return;
        }
    }
    let _ = fs::set_permissions(part, before.permissions());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        put_whole(&path("t.tsv"), "old").unwrap();
        // Whoever is reading goes on with the old one.
        fs::hard_link(path("t.tsv"), path("reader")).unwrap();
        put_whole(&path("t.tsv"), "new").unwrap();
        let text = |name: &str| fs::read_to_string(path(name)).unwrap();
        assert_eq!(
            (text("t.tsv"), text("reader")),
            ("new".into(), "old".into())
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        let told = put_whole(&path("nowhere/t.tsv"), "new").unwrap_err();
        assert!(told.to_string().contains("nowhere"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_those_who_may_read_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (table, link) = (folder.path().join("t.tsv"), folder.path().join("link"));
        fs::write(&table, "old").unwrap();
        fs::set_permissions(&table, PermissionsExt::from_mode(0o640)).unwrap();
        symlink(&table, &link).unwrap();
        put_whole(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&table).unwrap(), "new");
        let mode = fs::metadata(&table).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
