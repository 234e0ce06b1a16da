//! What must be on the machine already, each with what to do when it isn't.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use tolkebot_models::processor;

use super::stamp::Stamp;
use crate::report::Done;
use crate::workspace::{Workspace, output};

/// Free space that both builds take, with what a first set-up fetches, in GB.
const BUILD_GB: u64 = 6;
/// Free space that what set-up fetches takes alone, where the build lies on another disk, in GB.
const CHECKOUT_GB: u64 = 1;

/// Checks all prerequisites and names every missing one at once.
pub fn check(workspace: &Workspace) -> Result<Done> {
    // A checkout may come to another machine, with the stamps in it.
    let lacks = processor::lacking();
    let stamp = Stamp::new(workspace, "prerequisites")
        .text("4")
        .text(lacks.as_deref().unwrap_or_default());
    if stamp.holds() {
        return Ok(Done::Already);
    }
    let mut missing: Vec<String> = Vec::new();
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        missing.push(format!(
            "Linux on x86-64: the pinned libraries are built for it and this is {} on {}. Use \
             such a machine, a virtual one or WSL",
            std::env::consts::OS,
            std::env::consts::ARCH
        ));
    }
    missing.extend(lacks.map(|lacks| {
        format!(
            "{lacks} of a processor: whisper.cpp is built for it. To have it, {}",
            processor::REMEDY
        )
    }));
    missing.extend(python(workspace).err());
    for (program, package) in
        [("gcc", "gcc"), ("g++", "g++"), ("make", "make")].map(|(a, b)| (a, b.to_owned()))
    {
        if first_line(workspace, program, &["--version"]).is_none() {
            missing.push(format!(
                "{program}: whisper.cpp and SQLite are compiled here. Install your \
                 distribution's `{package}` (Debian and Ubuntu: `build-essential`)"
            ));
        }
    }
    missing.extend(node(workspace).err());
    for (folder, needed, remedy) in places(workspace)? {
        let df = output(Command::new("df").arg("-Pk").arg(existing(&folder))).unwrap_or_default();
        missing.extend(too_little(&df, &folder, needed, remedy));
    }
    if !missing.is_empty() {
        bail!("this machine lacks:\n  - {}", missing.join(";\n  - "));
    }
    stamp.keep()?;
    Ok(Done::Worked)
}

fn python(workspace: &Workspace) -> Result<(), String> {
    const REMEDY: &str = "Install your distribution's `python3` and `python3-pip`, or any Python \
                          from 3.9 on and put it first on PATH";
    let Some(version) = first_line(workspace, "python3", &["--version"]) else {
        return Err(format!("python3: models come as Python wheels. {REMEDY}"));
    };
    let text = version.trim_start_matches("Python ");
    if numbers(text) < (3, 9) {
        return Err(format!("python3 from 3.9 on: found {text}. {REMEDY}"));
    }
    match first_line(workspace, "python3", &["-m", "pip", "--version"]) {
        Some(_) => Ok(()),
        None => Err(format!(
            "pip for python3 ({text}). {REMEDY}, or run `python3 -m ensurepip`"
        )),
    }
}

fn node(workspace: &Workspace) -> Result<(), String> {
    const REMEDY: &str = "Install Node.js 20.19 or newer with npm (your distribution's `nodejs` and \
                          `npm`, or the archive from the Node.js site unpacked in your home)";
    let Some(version) = first_line(workspace, "node", &["--version"]) else {
        return Err(format!("node: the screens are built with it. {REMEDY}"));
    };
    let text = version.trim_start_matches('v');
    if numbers(text) < (20, 19) {
        return Err(format!("node from 20.19 on: found {text}. {REMEDY}"));
    }
    match first_line(workspace, "npm", &["--version"]) {
        Some(_) => Ok(()),
        None => Err(format!("npm. {REMEDY}")),
    }
}

/// Folders that are written to, the free space that each needs in GB, and what to do without it.
fn places(workspace: &Workspace) -> Result<[(PathBuf, u64, &'static str); 2]> {
    let build = workspace.target_directory()?;
    Ok([
        (
            build,
            BUILD_GB,
            "Make room, or move the build with the environment variable CARGO_TARGET_DIR",
        ),
        (workspace.root().to_path_buf(), CHECKOUT_GB, "Make room"),
    ])
}

/// The folder, or the one above it that is there already.
fn existing(folder: &Path) -> &Path {
    let mut above = folder.ancestors();
    above.find(|folder| folder.is_dir()).unwrap_or(folder)
}

/// What is wrong if `df` shows less free space than needed.
fn too_little(df: &str, folder: &Path, needed: u64, remedy: &str) -> Option<String> {
    let gigabytes = free_kilobytes(df)? / 1_000_000;
    (gigabytes < needed).then(|| {
        format!(
            "{needed} GB of free disk at {}: {gigabytes} GB are free. {remedy}",
            folder.display()
        )
    })
}

/// The fourth column of `df -Pk`'s second line.
fn free_kilobytes(df: &str) -> Option<u64> {
    df.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

fn first_line(workspace: &Workspace, program: &str, arguments: &[&str]) -> Option<String> {
    let text = output(&mut workspace.command(program, arguments)).ok()?;
    Some(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// The first two numbers of a version; what isn't a number counts as 0.
fn numbers(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_and_not_by_letter() {
        assert!(numbers("3.11.7") > (3, 9));
        assert!(numbers("3.8.20") < (3, 9));
        assert!(numbers("9.11") < (20, 0));
        assert_eq!(numbers(""), (0, 0));
    }

    #[test]
    fn free_space_is_read_from_df() {
        let df = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                  overlay 65536000 20000000 45536000 31% /\n";
        assert_eq!(free_kilobytes(df), Some(45_536_000));
        assert_eq!(free_kilobytes("df: no such file"), None);
    }

    #[test]
    fn the_build_is_measured_where_it_lies() {
        let workspace = Workspace::locate().unwrap();
        let [build, checkout] = places(&workspace).unwrap();
        assert_eq!(build.0, workspace.target_directory().unwrap());
        assert_eq!(checkout.0, workspace.root());
        assert!(build.2.contains("CARGO_TARGET_DIR") && !checkout.2.contains("CARGO_TARGET_DIR"));

        let df = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                  overlay 65536000 20000000 5900000 31% /\n";
        let told = too_little(df, &build.0, build.1, build.2).unwrap();
        assert!(told.starts_with("6 GB of free disk at "), "{told}");
        assert_eq!(too_little(df, &checkout.0, checkout.1, checkout.2), None);
    }

    #[test]
    fn a_folder_that_is_to_be_made_is_measured_where_it_will_be() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(existing(&folder.path().join("target/debug")), folder.path());
    }
}
