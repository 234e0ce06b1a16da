//! Every crate's licence against the list in `deny.toml`, without any tool that would have to be
//! installed first.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::report::Done;
use crate::workspace::Workspace;

/// The part of `deny.toml` that is read here.
#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
}

#[derive(Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
    #[serde(default)]
    clarify: Vec<Clarify>,
}

/// Licences that only one crate may have.
#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: BTreeSet<String>,
}

/// A crate that has its licence in a file and doesn't name it.
#[derive(Deserialize)]
struct Clarify {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
}

/// Fails when a crate in the lock file has no accepted licence.
pub fn check(workspace: &Workspace) -> Result<Done> {
    let path = workspace.path("deny.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("no {}", path.display()))?;
    let deny: Deny = toml::from_str(&text).context("deny.toml")?;
    let mut refused = Vec::new();
    for package in crates(workspace)? {
        if !deny.licenses.accept(&package.name, &package.licence) {
            refused.push(format!(
                "{} {}: {}",
                package.name, package.version, package.licence
            ));
        }
    }
    if !refused.is_empty() {
        bail!(
            "licences that deny.toml doesn't accept:\n  {}\nUse another crate, or accept the \
             licence in deny.toml and say in the same change why it fits EUPL-1.2",
            refused.join("\n  ")
        );
    }
    Ok(Done::Worked)
}

/// A crate that isn't ours.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its SPDX expression, or what stands in for it.
    pub licence: String,
}

/// Every crate in the lock file that comes from a registry, in order: also those that only a
/// feature of ours needs, because somebody may build it.
pub fn crates(workspace: &Workspace) -> Result<BTreeSet<Crate>> {
    let metadata = workspace.metadata(&["--all-features"])?;
    let packages = metadata["packages"]
        .as_array()
        .context("`cargo metadata` names no packages")?;
    let foreign = packages
        .iter()
        .filter(|package| !package["source"].is_null());
    Ok(foreign
        .map(|package| {
            let text = |key: &str| package[key].as_str().map(str::to_owned);
            Crate {
                name: text("name").unwrap_or_default(),
                version: text("version").unwrap_or_default(),
                licence: text("license").unwrap_or_else(|| "in a file, not named".to_owned()),
            }
        })
        .collect())
}

impl Licences {
    fn accept(&self, name: &str, expression: &str) -> bool {
        let clarified: BTreeMap<_, _> = self
            .clarify
            .iter()
            .map(|c| (c.name.as_str(), c.expression.as_str()))
            .collect();
        let expression = clarified.get(name).copied().unwrap_or(expression);
        let exceptions = self
            .exceptions
            .iter()
            .filter(|exception| exception.name == name);
        let mine: BTreeSet<&str> = exceptions
            .flat_map(|exception| &exception.allow)
            .map(String::as_str)
            .collect();
        holds(expression, &|licence| {
            self.allow.contains(licence) || mine.contains(licence)
        })
    }
}

/// Judges an SPDX expression; `/` is an old way to write OR, WITH belongs to the licence. What
/// isn't an expression is accepted by nobody.
fn holds(expression: &str, accepted: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut reader = Reader {
        words: spaced.split_whitespace().collect(),
        at: 0,
        accepted,
    };
    reader.any() == Some(true) && reader.at == reader.words.len()
}

/// Reads an expression from left to right; `None` where it isn't well formed.
struct Reader<'a> {
    words: Vec<&'a str>,
    at: usize,
    accepted: &'a dyn Fn(&str) -> bool,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied();
        self.at += 1;
        word
    }

    fn eat(&mut self, word: &str) -> bool {
        let there = self.words.get(self.at) == Some(&word);
        self.at += usize::from(there);
        there
    }

    fn any(&mut self) -> Option<bool> {
        let mut value = self.all()?;
        while self.eat("OR") {
            // Not `||`: the other side's words must be read in any case.
            value |= self.all()?;
        }
        Some(value)
    }

    fn all(&mut self) -> Option<bool> {
        let mut value = self.one()?;
        while self.eat("AND") {
            value &= self.one()?;
        }
        Some(value)
    }

    fn one(&mut self) -> Option<bool> {
        let first = self.next()?;
        if first == "(" {
            let value = self.any()?;
            return self.eat(")").then_some(value);
        }
        if self.eat("WITH") {
            let exception = self.next()?;
            return Some((self.accepted)(&format!("{first} WITH {exception}")));
        }
        Some((self.accepted)(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(expression: &str) -> bool {
        holds(expression, &|licence| {
            ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&licence)
        })
    }

    #[test]
    fn expressions_are_judged_as_spdx_means_them() {
        assert!(judged("MIT"));
        assert!(judged("GPL-3.0 OR MIT"));
        assert!(judged("MIT/Apache-2.0"));
        assert!(!judged("MIT AND GPL-3.0"));
        assert!(judged("(GPL-3.0 OR MIT) AND ISC"));
        assert!(!judged("GPL-3.0 OR MIT AND Zlib"));
        assert!(judged("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        assert!(!judged("Apache-2.0"));
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in ["", "in a file, not named", "MIT OR", "(MIT", "MIT ISC"] {
            assert!(!judged(text), "{text}");
        }
    }

    #[test]
    fn every_crate_of_the_lock_file_is_looked_at() {
        let workspace = Workspace::locate().unwrap();
        let looked_at: BTreeSet<(String, String)> = crates(&workspace)
            .unwrap()
            .into_iter()
            .map(|found| (found.name, found.version))
            .collect();
        let lock = fs::read_to_string(workspace.path("Cargo.lock")).unwrap();
        let lock: toml::Table = toml::from_str(&lock).unwrap();
        let packages = lock["package"].as_array().unwrap();
        let foreign = packages.iter().filter(|p| p.get("source").is_some());
        let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap().to_owned();
        let locked = foreign
            .map(|package| (text(package, "name"), text(package, "version")))
            .collect();
        assert_eq!(looked_at, locked);
    }

    #[test]
    fn an_exception_holds_for_its_crate_only() {
        let deny: Deny = toml::from_str(
            "[licenses]\nallow = ['MIT']\nexceptions = [{ crate = 'a', allow = ['X'] }]\n\
             [[licenses.clarify]]\ncrate = 'c'\nexpression = 'MIT'\nlicense-files = []",
        )
        .unwrap();
        assert!(deny.licenses.accept("a", "X"));
        assert!(!deny.licenses.accept("b", "X"));
        assert!(deny.licenses.accept("c", "in a file, not named"));
    }
}
