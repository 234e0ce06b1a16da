//! Python wheels, fetched by pip, checked by their sha256 and unpacked by us.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::workspace::{Workspace, output};

/// One exact wheel.
pub struct Wheel {
    /// Name of the Python package.
    pub package: &'static str,
    /// Its exact version.
    pub version: &'static str,
    /// sha256 of the wheel file, in hexadecimal.
    pub sha256: &'static str,
}

/// Fetches a wheel into `.tools/downloads`; one that already lies there and is whole stays.
pub fn fetch(workspace: &Workspace, wheel: &Wheel) -> Result<PathBuf> {
    let folder = workspace.path(".tools/downloads").join(wheel.package);
    if let Some(found) = lying_there(&folder, wheel) {
        return Ok(found);
    }
    fs::create_dir_all(&folder)?;
    let mut pip = workspace.command(
        "python3",
        [
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
        ],
    );
    pip.args([
        "--platform",
        "manylinux2014_x86_64",
        "--python-version",
        "3.11",
        "--dest",
    ])
    .arg(&folder)
    .arg(format!("{}=={}", wheel.package, wheel.version));
    output(&mut pip).with_context(|| {
        format!(
            "pip couldn't fetch {} {}: check the network (and the proxy settings pip uses), then \
             start this again; what was fetched stays",
            wheel.package, wheel.version
        )
    })?;
    lying_there(&folder, wheel).with_context(|| {
        format!(
            "pip fetched {} {}, but no file with sha256 {}: the mirror in use hands out something \
             else, so nothing of it is used",
            wheel.package, wheel.version, wheel.sha256
        )
    })
}

fn lying_there(folder: &Path, wheel: &Wheel) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| digest(path).is_ok_and(|sha256| sha256 == wheel.sha256))
}

fn digest(path: &Path) -> Result<String> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut block)?;
        if length == 0 {
            break;
        }
        digest.update(&block[..length]);
    }
    Ok(digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Unpacks the files below `prefix` in a wheel into `folder`, without the prefix.
pub fn unpack(archive: &Path, prefix: &str, folder: &Path) -> Result<()> {
    let mut zip = zip::ZipArchive::new(File::open(archive)?)
        .with_context(|| format!("{} isn't a wheel", archive.display()))?;
    let mut files = 0;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index)?;
        let Some(name) = entry.enclosed_name() else {
            continue;
        };
        let Ok(inside) = name.strip_prefix(prefix) else {
            continue;
        };
        if !entry.is_file() {
            continue;
        }
        let target = folder.join(inside);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = File::create(&target)?;
        std::io::copy(&mut entry, &mut out)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let program = inside.starts_with("bin");
            let mode = if program { 0o755 } else { 0o644 };
            fs::set_permissions(&target, fs::Permissions::from_mode(mode))?;
        }
        files += 1;
    }
    ensure!(
        files > 0,
        "{} holds nothing below {prefix}",
        archive.display()
    );
    Ok(())
}
