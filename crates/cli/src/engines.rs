//! Finding models for the commands.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tolkebot_interpreter::{Calibration, InterpreterConfig};
use tolkebot_models::{Manifest, Profile, Store};
use tolkebot_protocol::Lang;

use crate::args::ModelArgs;

/// The file of a data folder that remembers how fast the machine is.
pub const CALIBRATION: &str = "calibration.json";

/// The model store and the profile asked for, with ONNX Runtime ready.
pub fn open(args: &ModelArgs) -> Result<(Store, Profile)> {
    tolkebot_models::processor::check()?;
    let store = Store::locate()?;
    let profile = Manifest::embedded()?.profile(&args.profile)?.clone();
    tolkebot_models::onnx::init(&store)?;
    Ok((store, profile))
}

/// The pipe's settings with the threads of a recognition as they suit this machine: remembered in
/// `file`, or measured now and remembered there.
pub fn calibrated(
    store: &Store,
    profile: &Profile,
    mut config: InterpreterConfig,
    file: &Path,
) -> Result<InterpreterConfig> {
    if config.asr_threads > 0 {
        return Ok(config);
    }
    let known = match Calibration::remembered(file, profile) {
        Some(known) => Some(known),
        None => {
            eprintln!("tolkebot: measuring how fast this machine recognises speech (once)");
            let new = Calibration::measure(store, profile, &config, &mut |one| {
                eprintln!(
                    "tolkebot:   {} thread(s): {} ms for 5 s of sound, {} ms beside other work",
                    one.threads, one.quiet_ms, one.beside_ms
                );
            })?;
            match &new {
                Some(new) => {
                    if let Err(error) = new.remember(file) {
                        let file = file.display();
                        tracing::warn!(%file, %error, "the measurement is not remembered");
                    }
                }
                None => eprintln!(
                    "tolkebot:   other work keeps the cores: one thread for now, measured at the \
                     next start"
                ),
            }
            new
        }
    };
    config.asr_threads = known.map_or(1, |known| known.threads);
    Ok(config)
}

/// The profile's translator for a direction.
pub fn translator_id(profile: &Profile, from: Lang) -> &str {
    match from {
        Lang::Da => &profile.mt.da_uk,
        Lang::Uk => &profile.mt.uk_da,
    }
}

/// Where the translator is: the given folder, or the profile's.
pub fn translator_dir(
    store: &Store,
    profile: &Profile,
    from: Lang,
    given: Option<&Path>,
) -> Result<PathBuf> {
    match given {
        Some(dir) => Ok(dir.to_path_buf()),
        None => Ok(store.dir(translator_id(profile, from))?),
    }
}

/// The profile's recogniser for a language.
pub fn recogniser_id(profile: &Profile, lang: Lang) -> &str {
    match lang {
        Lang::Da => &profile.asr.da,
        Lang::Uk => &profile.asr.uk,
    }
}

/// The profile's voice for a language.
pub fn voice_id(profile: &Profile, lang: Lang) -> &str {
    match lang {
        Lang::Da => &profile.tts.da,
        Lang::Uk => &profile.tts.uk,
    }
}

/// Refuses a pair that is not Danish and Ukrainian.
pub fn check_direction(from: Lang, to: Lang) -> Result<()> {
    if from == to {
        bail!("--from and --to are both `{from}`: one must be `da` and the other `uk`");
    }
    Ok(())
}

/// The day given, or this machine's today.
pub fn today(given: Option<&str>) -> Result<jiff::civil::Date> {
    match given {
        Some(text) => text
            .parse()
            .with_context(|| format!("--today `{text}` is not a date: write it as 2026-12-01")),
        None => Ok(now().date()),
    }
}

/// This machine's clock: the one place where commands read it.
#[allow(clippy::disallowed_methods)]
pub fn now() -> jiff::ZonedDateTime {
    jiff::ZonedDateTime::now()
}

/// The folder of a recorded conversation: a path, or a name under `fixtures/conversations` of the
/// repository that the model store belongs to.
pub fn conversation_folder(store: &Store, name: &str) -> Result<PathBuf> {
    let given = Path::new(name);
    if given.join("dialogue.json").is_file() {
        return Ok(given.to_owned());
    }
    let root = store.repository().and_then(Path::parent);
    let known = root.map(|root| root.join("fixtures/conversations"));
    if let Some(known) = &known {
        let folder = known.join(name);
        if folder.join("dialogue.json").is_file() {
            return Ok(folder);
        }
    }
    let names = known
        .map(|k| list_conversations(&k))
        .unwrap_or_default()
        .join(", ");
    bail!("no conversation `{name}`: give a folder with a dialogue.json, or one of: {names}")
}

fn list_conversations(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("dialogue.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
