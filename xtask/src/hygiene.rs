//! What must not be in the repository: traces of one machine, and files that are too big.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::report::Done;
use crate::workspace::{Workspace, output};

/// The biggest file that the hosting side takes without trouble, in bytes.
const MAX_BYTES: u64 = 95_000_000;
/// From this length on a source file is hard to read.
const MAX_LINES: usize = 500;

/// Words that name one machine or one registry. Written in two halves: this file is checked too.
const FORBIDDEN: [&str; 10] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tmp/bash", "_jobs"),
    concat!("../sha", "red"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
];

/// Checks every tracked file.
pub fn check(workspace: &Workspace) -> Result<Done> {
    let listing = output(&mut workspace.command("git", ["ls-files", "-z"]))?;
    let mut faults = Vec::new();
    for name in listing.split('\0').filter(|name| !name.is_empty()) {
        faults.extend(traces(name).map(|(_, word)| format!("the name {name}: `{word}`")));
        let path = workspace.path(name);
        let Ok(facts) = fs::metadata(&path) else {
            continue;
        };
        if facts.len() > MAX_BYTES {
            faults.push(format!(
                "{name}: {} bytes, more than {MAX_BYTES}",
                facts.len()
            ));
        }
        if is_lock_file(name) || !facts.is_file() {
            continue;
        }
        let content = fs::read(&path).with_context(|| format!("can't read {name}"))?;
        // What isn't text may quote a machine as well: a model its maker, a document its sources.
        let text = String::from_utf8_lossy(&content);
        faults.extend(traces(&text).map(|(line, word)| format!("{name}:{line}: `{word}`")));
        let lines = text.lines().count();
        let generated = text
            .lines()
            .next()
            .is_some_and(|first| first.contains("Generated"));
        if is_source(name) && !generated && lines > MAX_LINES {
            println!("  warning: {name} has {lines} lines: find the part that is its own module");
        }
    }
    if !faults.is_empty() {
        bail!(
            "the repository holds what doesn't belong there:\n  {}",
            faults.join("\n  ")
        );
    }
    Ok(Done::Worked)
}

/// Lines (from 1) with a forbidden word.
fn traces(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.lines().enumerate().flat_map(|(index, line)| {
        FORBIDDEN
            .into_iter()
            .filter(move |word| names(line, word))
            .map(move |word| (index + 1, word))
    })
}

/// True when `word` stands in `line` and isn't the end of a longer path or name.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !word.starts_with('/') || !before.is_some_and(|c| c.is_alphanumeric() || "_-.}".contains(c))
    })
}

fn is_lock_file(name: &str) -> bool {
    name.ends_with("Cargo.lock") || name.ends_with("package-lock.json")
}

fn is_source(name: &str) -> bool {
    let kinds = [".rs", ".ts", ".scss", ".css", ".py"];
    kinds.iter().any(|kind| name.ends_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_of_a_machine_are_found_and_longer_paths_are_not() {
        let trace = format!("fine\nopen({}x)", FORBIDDEN[0]);
        assert_eq!(traces(&trace).collect::<Vec<_>>(), [(2, FORBIDDEN[0])]);
        let longer = format!("see net{}x", FORBIDDEN[0]);
        assert_eq!(traces(&longer).count(), 0);
        assert_eq!(
            traces(&format!("https://{}/simple", FORBIDDEN[4])).count(),
            1
        );
    }

    #[test]
    fn names_and_files_that_are_no_text_are_looked_at_too() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let write = |name: &str, content: &[u8]| {
            fs::write(folder.path().join(name), content).unwrap();
        };
        output(&mut workspace.command("git", ["init", "--quiet"])).unwrap();
        write("good.bin", b"\xff\xfe plain\n");
        output(&mut workspace.command("git", ["add", "."])).unwrap();
        assert!(check(&workspace).is_ok());

        write(
            "made.bin",
            &[b"\xff\n\xfe", FORBIDDEN[0].as_bytes()].concat(),
        );
        write(&format!("{}.txt", FORBIDDEN[7]), b"");
        output(&mut workspace.command("git", ["add", "."])).unwrap();
        let told = check(&workspace).err().unwrap().to_string();
        let binary = format!("made.bin:2: `{}`", FORBIDDEN[0]);
        let name = format!("the name {0}.txt: `{0}`", FORBIDDEN[7]);
        assert!(told.contains(&binary) && told.contains(&name), "{told}");
    }

    #[test]
    fn lock_files_may_name_their_registry() {
        assert!(is_lock_file("web-client/package-lock.json"));
        assert!(is_lock_file("Cargo.lock"));
        assert!(!is_lock_file("docs/locks.md"));
    }
}
