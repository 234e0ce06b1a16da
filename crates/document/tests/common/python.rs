//! Scripts in Python that look at documents, with the packages that set-up installs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Ends well where set-up fetches the packages: for the interpreters that they are built for.
const HAS_PACKAGES: &str = "import sys, sysconfig
kinds = [f'cpython-3{minor}-x86_64-linux-gnu' for minor in range(11, 15)]
sys.exit(sysconfig.get_config_var('SOABI') not in kinds)";

/// Where set-up put the packages; `None` if there are none for the Python here.
fn packages() -> Option<PathBuf> {
    let status = Command::new("python3").args(["-c", HAS_PACKAGES]).status();
    if !status.is_ok_and(|status| status.success()) {
        return None;
    }
    let folder = root().join(".tools/python");
    assert!(
        folder.is_dir(),
        "{} is missing: `cargo xtask setup` fetches it",
        folder.display()
    );
    Some(folder)
}

/// What a script of the tests prints, started with these words and then these files; `None` without
/// the packages.
pub fn python(script: &str, words: &[&str], files: &[PathBuf]) -> Option<Vec<u8>> {
    let packages = packages()?;
    let output = Command::new("python3")
        .arg(root().join("crates/document/tests/data").join(script))
        .args(words)
        .args(files)
        .env("PYTHONPATH", packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    Some(output.stdout)
}
