//! `THIRD_PARTY.md`: what TolkeBOT is built from, with versions and licences.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tolkebot_models::Manifest;

use crate::licences;
use crate::report::Done;
use crate::workspace::Workspace;

const FILE: &str = "THIRD_PARTY.md";

const HEAD: &str = "\
# What TolkeBOT is built from

Written by `cargo xtask third-party` from `Cargo.lock`, `web-client/package-lock.json` and
`models/manifest.toml`. None of it is copied into this repository: cargo, npm and
`tolkebot models pull` fetch it. The exceptions are the models in `models/starter`,
whose notices stand in their cards. `deny.toml` says which licences a crate may have.
";

/// Writes the file.
pub fn run(workspace: &Workspace) -> Result<()> {
    let path = workspace.path(FILE);
    fs::write(&path, text(workspace)?)
        .with_context(|| format!("can't write {}", path.display()))?;
    println!("{FILE} written");
    Ok(())
}

/// Fails when the file isn't what would be written now.
pub fn check(workspace: &Workspace) -> Result<Done> {
    let there = fs::read_to_string(workspace.path(FILE)).unwrap_or_default();
    ensure!(
        there == text(workspace)?,
        "{FILE} isn't what the lock files and the models' manifest say: run `cargo xtask third-party`"
    );
    Ok(Done::Worked)
}

fn text(workspace: &Workspace) -> Result<String> {
    let mut text = String::from(HEAD);
    models(&mut text)?;
    crates(&mut text, workspace)?;
    packages(&mut text, workspace)?;
    Ok(text)
}

fn models(text: &mut String) -> Result<()> {
    let manifest = Manifest::embedded()?;
    let rows = manifest.models().iter().map(|model| {
        let title = format!("{} ([card](models/cards/{}))", model.title, model.card);
        [model.id.clone(), title, model.licence.clone()]
    });
    table(
        text,
        "Models and libraries fetched with them",
        ["Id", "What it is", "Licence"],
        rows,
    );
    for model in manifest.models() {
        if let Some(notice) = &model.notice {
            writeln!(text, "\n`{}`: {}", model.id, notice.trim())?;
        }
    }
    Ok(())
}

fn crates(text: &mut String, workspace: &Workspace) -> Result<()> {
    let crates = licences::crates(workspace)?;
    let rows = crates
        .into_iter()
        .map(|found| [found.name, found.version, found.licence]);
    table(text, "Rust crates", ["Name", "Version", "Licence"], rows);
    Ok(())
}

fn packages(text: &mut String, workspace: &Workspace) -> Result<()> {
    let Some(folder) = workspace.web_client() else {
        return Ok(());
    };
    let lock: Value = serde_json::from_str(&fs::read_to_string(folder.join("package-lock.json"))?)
        .context("web-client/package-lock.json isn't JSON")?;
    for (title, dev) in [
        ("npm packages in the screens", false),
        ("npm packages that build and test the screens", true),
    ] {
        table(text, title, ["Name", "Version", "Licence"], npm(&lock, dev));
    }
    Ok(())
}

/// Packages of a lock file that are (or aren't) only for development, in order.
fn npm(lock: &Value, dev: bool) -> BTreeSet<[String; 3]> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter(|(path, facts)| {
            let only_dev = ["dev", "devOptional", "optional"]
                .iter()
                .any(|key| facts[key] == true);
            !path.is_empty() && only_dev == dev
        })
        .map(|(path, facts)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            let word = |key: &str| facts[key].as_str().unwrap_or("not named").to_owned();
            [name.to_owned(), word("version"), word("license")]
        })
        .collect()
}

fn table(
    text: &mut String,
    title: &str,
    head: [&str; 3],
    rows: impl IntoIterator<Item = [String; 3]>,
) {
    text.push_str(&format!(
        "\n## {title}\n\n| {} |\n|---|---|---|\n",
        head.join(" | ")
    ));
    for row in rows {
        text.push_str(&format!(
            "| {} |\n",
            row.map(|cell| cell.replace('|', "\\|")).join(" | ")
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_told_apart_by_what_they_are_for() {
        let lock = serde_json::json!({ "packages": {
            "": { "name": "ours" },
            "node_modules/a": { "version": "1.0.0", "license": "MIT" },
            "node_modules/b": { "version": "2.0.0", "license": "ISC", "dev": true },
            "node_modules/b/node_modules/@c/d": { "version": "3.0.0", "dev": true },
        }});
        let row = |a: &str, b: &str, c: &str| [a.to_owned(), b.to_owned(), c.to_owned()];
        assert_eq!(npm(&lock, false), [row("a", "1.0.0", "MIT")].into());
        let dev = [row("@c/d", "3.0.0", "not named"), row("b", "2.0.0", "ISC")];
        assert_eq!(npm(&lock, true), dev.into());
    }
}
