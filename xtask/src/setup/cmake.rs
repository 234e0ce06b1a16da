//! cmake for whisper.cpp, from its Python wheel: no machine needs an installed one.
//!
//! libclang isn't needed: whisper-rs ships its bindings, and `WHISPER_DONT_GENERATE_BINDINGS` in
//! `.cargo/config.toml` makes its build script use them.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::stamp::Stamp;
use super::wheel::{self, Wheel};
use crate::report::{Done, Progress};
use crate::workspace::{Workspace, output};

const CMAKE: Wheel = Wheel {
    package: "cmake",
    version: "4.4.5",
    sha256: "85625a9b6d5e88ff99c7eb79123d85570844e77ac076366cf75c609cc0b1b579",
};

/// Puts `bin/cmake` and its `share` below `.tools/cmake`, where `.cargo/config.toml` points.
pub fn ensure(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let stamp = Stamp::new(workspace, "cmake")
        .text(CMAKE.version)
        .text(CMAKE.sha256);
    let folder = workspace.path(".tools/cmake");
    let program = folder.join("bin/cmake");
    if stamp.holds() && program.is_file() {
        return Ok(Done::Already);
    }
    progress.say(format!("fetching cmake {} (30 MB)", CMAKE.version));
    let archive = wheel::fetch(workspace, &CMAKE)?;
    // Unpacked beside its place and moved there whole: a run that was cut off leaves no half.
    let fresh = workspace.path(".tools/cmake.tmp");
    remove(&fresh)?;
    progress.say("unpacking cmake");
    wheel::unpack(&archive, "cmake/data/", &fresh)?;
    remove(&folder)?;
    fs::rename(&fresh, &folder).with_context(|| format!("can't move to {}", folder.display()))?;
    let version = output(&mut workspace.command(&program, ["--version"]))?;
    ensure!(
        version.contains(CMAKE.version),
        "{} says `{}` instead of version {}",
        program.display(),
        version.lines().next().unwrap_or_default(),
        CMAKE.version
    );
    fs::remove_file(&archive).ok();
    stamp.keep()?;
    Ok(Done::Worked)
}

fn remove(folder: &std::path::Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
