//! The Python packages that tests look at documents with: they know nothing of this program.

use anyhow::{Context, Result};

use super::stamp::Stamp;
use crate::report::{Done, Progress};
use crate::workspace::{Workspace, output};

/// Installs exactly what `python.txt` names, checked by its hashes, into `.tools/python`, where the
/// tests look for it. A Python that is older than the packages want leaves those tests out.
pub fn install(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let list = workspace.path("xtask/src/setup/python.txt");
    let folder = workspace.path(".tools/python");
    let stamp = Stamp::new(workspace, "python").file(&list)?;
    if stamp.holds() && folder.is_dir() {
        return Ok(Done::Already);
    }
    let new_enough = "import sys; sys.exit(sys.version_info < (3, 11))";
    if output(&mut workspace.command("python3", ["-c", new_enough])).is_err() {
        return Ok(Done::Skipped(
            "documents are checked by pyHanko only with Python from 3.11 on".to_owned(),
        ));
    }
    progress.say("fetching pyHanko and pikepdf, which check documents");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
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
