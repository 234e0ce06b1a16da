//! `tolkebot register import`: streets of the Danish address register for the gazetteer, and how the table
//! is loaded.

use std::io::Write;
use std::path::Path;
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
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
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
    std::fs::write(&args.output, roads.table())
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    writeln!(
        std::io::stdout(),
        "{} roads written to {}; start tolkebot with --register {} to use them",
        roads.len(),
        args.output.display(),
        args.output.display()
    )?;
    Ok(())
}
