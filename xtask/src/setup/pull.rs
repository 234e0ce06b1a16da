//! Models and build tools, through the same code as `tolkebot models pull`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use tolkebot_models::{Event, Manifest, Puller, Store};

use crate::report::{Done, Progress};
use crate::workspace::{Workspace, output};

/// The profile that tests and the demo run on.
const PROFILE: &str = "starter";

/// Fetches cmake to `.tools/cmake`, where `.cargo/config.toml` points.
pub fn cmake(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    tool(workspace, "cmake", "cmake", "cmake version", progress)
}

/// Fetches PostgreSQL to `.tools/postgres`, where the tests of its store look for it.
pub fn postgres(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    tool(
        workspace,
        "postgres",
        "postgres",
        "postgres (PostgreSQL)",
        progress,
    )
}

/// Fetches a tool, makes its programs programs, and tries one whose `--version` begins with `says`.
fn tool(
    workspace: &Workspace,
    id: &str,
    program: &str,
    says: &str,
    progress: &Progress,
) -> Result<Done> {
    let manifest = Manifest::parse(include_str!("tools.toml"))?;
    let main = Path::new(&manifest.model(id)?.main).to_owned();
    let puller = Puller::new(Store::at(workspace.path(".tools")), manifest);
    let done = pull(&puller, id, progress)?;
    let main = workspace.path(".tools").join(id).join(main);
    let folder = main.parent().unwrap_or(&main);
    let mut changed = false;
    for entry in fs::read_dir(folder)? {
        changed |= make_executable(&entry?.path())?;
    }
    if changed {
        let version = output(&mut workspace.command(folder.join(program), ["--version"]))?;
        ensure!(
            version.starts_with(says),
            "{} isn't {program}",
            folder.display()
        );
    }
    Ok(done)
}

/// Fetches, converts and checks the starter models, where the program looks for them.
pub fn models(progress: &Progress) -> Result<Done> {
    pull(
        &Puller::new(Store::locate()?, Manifest::embedded()?),
        PROFILE,
        progress,
    )
}

fn pull(puller: &Puller, name: &str, progress: &Progress) -> Result<Done> {
    let mut done = Done::Already;
    let mut listen = |event: Event<'_>| match event {
        Event::Pulling { title, .. } => {
            progress.say(format!("fetching {title}"));
            done = Done::Worked;
        }
        Event::Waiting { id } => progress.say(format!("another process fetches {id}: waiting")),
        Event::Fetching {
            file, done, total, ..
        } => progress.tick(|| amount(file, done, total)),
        Event::Converting { to, .. } => progress.say(format!("making {to}")),
        Event::Verifying { id } => progress.tick(|| format!("checking {id}")),
        _ => {}
    };
    puller.pull(&[name], &mut listen).map_err(|error| {
        anyhow!("{error}\nWhat was fetched stays. To go on: `cargo xtask setup`")
    })?;
    Ok(done)
}

/// How much of a file is there, in MB.
fn amount(file: &str, done: u64, total: Option<u64>) -> String {
    match total {
        Some(total) => format!("{file}: {} of {} MB", done >> 20, total >> 20),
        None => format!("{file}: {} MB", done >> 20),
    }
}

/// Wheels have no file modes: gives a program back its own. True if it lacked it.
fn make_executable(path: &Path) -> Result<bool> {
    let mut mode = fs::metadata(path)?.permissions();
    if mode.mode() & 0o111 == 0o111 {
        return Ok(false);
    }
    mode.set_mode(0o755);
    fs::set_permissions(path, mode).with_context(|| format!("can't change {}", path.display()))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tools_manifest_holds_together() {
        let manifest = Manifest::parse(include_str!("tools.toml")).unwrap();
        assert_eq!(manifest.model("cmake").unwrap().main, "bin/cmake");
        assert!(manifest.model("postgres").is_ok());
    }

    #[test]
    fn amounts_are_in_megabytes() {
        assert_eq!(
            amount("a.whl", 3 << 20, Some(30 << 20)),
            "a.whl: 3 of 30 MB"
        );
        assert_eq!(amount("a.whl", 0, None), "a.whl: 0 MB");
    }
}
