//! The table of rooms in `ARCHITECTURE.md` against what the crates import.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::report::Done;
use crate::workspace::Workspace;

/// What a room imports, or may import.
#[derive(Debug, Default, PartialEq, Eq)]
struct Uses {
    /// Its library and programs.
    own: BTreeSet<String>,
    /// Its tests beside them.
    tests: BTreeSet<String>,
}

/// Fails when a crate has no row, a row has no crate, or a crate imports what its row doesn't name.
pub fn check(workspace: &Workspace) -> Result<Done> {
    let path = workspace.path("ARCHITECTURE.md");
    let text =
        fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let faults = faults(&rows(&text), &imports(&workspace.metadata(&["--no-deps"])?));
    if !faults.is_empty() {
        bail!(
            "the rooms in ARCHITECTURE.md aren't what the crates are:\n  {}\nCorrect the import, or \
             the row and say in the same change why the room may use it",
            faults.join("\n  ")
        );
    }
    Ok(Done::Worked)
}

fn faults(rows: &BTreeMap<String, Uses>, imports: &BTreeMap<String, Uses>) -> Vec<String> {
    let mut faults: Vec<String> = rows
        .keys()
        .filter(|room| !imports.contains_key(*room))
        .map(|room| format!("`{room}` has a row and no crate"))
        .collect();
    for (room, uses) in imports {
        let Some(row) = rows.get(room) else {
            faults.push(format!("`{room}` has no row"));
            continue;
        };
        for other in uses.own.difference(&row.own) {
            faults.push(format!("`{room}` imports `{other}`"));
        }
        for other in uses.tests.difference(&row.own) {
            if !row.tests.contains(other) {
                faults.push(format!("the tests of `{room}` import `{other}`"));
            }
        }
    }
    faults
}

/// The table's rows: `| `room` | owns | may use |`.
fn rows(text: &str) -> BTreeMap<String, Uses> {
    let mut rows: BTreeMap<String, Uses> = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let (Some(first), Some(last), 3..) = (cells.first(), cells.last(), cells.len()) else {
            continue;
        };
        let room = first
            .strip_prefix('`')
            .and_then(|rest| rest.split_once('`'));
        let Some((room, _)) = room.filter(|_| line.starts_with('|')) else {
            continue;
        };
        let (own, tests) = last.split_once("; tests:").unwrap_or((last, ""));
        let above = rows.keys().cloned().collect();
        let uses = Uses {
            own: named(own, above),
            tests: named(tests, BTreeSet::new()),
        };
        rows.insert(room.to_owned(), uses);
    }
    rows
}

/// `a, b`, or `all above`, or `all above but `a``.
fn named(cell: &str, mut above: BTreeSet<String>) -> BTreeSet<String> {
    let words = cell
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned);
    match cell.trim().strip_prefix("all above") {
        Some(but) => {
            for word in named(but, BTreeSet::new()) {
                above.remove(&word);
            }
            above
        }
        None => words.collect(),
    }
}

/// What each crate of the workspace imports of the others, by the names that rooms have.
fn imports(metadata: &Value) -> BTreeMap<String, Uses> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .map(|package| {
            let mut uses = Uses::default();
            for import in package["dependencies"].as_array().into_iter().flatten() {
                let name = import["name"].as_str().unwrap_or_default();
                // Ours come from a path, all others from a registry.
                if !import["source"].is_null() || import["path"].is_null() {
                    continue;
                }
                let kind = match import["kind"].as_str() {
                    Some("dev") => &mut uses.tests,
                    _ => &mut uses.own,
                };
                kind.insert(room_of(name));
            }
            (room_of(package["name"].as_str().unwrap_or_default()), uses)
        })
        .collect()
}

fn room_of(package: &str) -> String {
    match package {
        "tolkebot" => "cli".to_owned(),
        other => other.strip_prefix("tolkebot-").unwrap_or(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TABLE: &str = "\
| crate | owns | may use |
|---|---|---|
| `a` | the first | – |
| `b` | `x \\| y`, or so | a; tests: c |
| `c` | all | all above but `a` |
| `xtask` (top level) | the rest | all above |
";

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn rows_are_read_as_they_are_meant() {
        let rows = rows(TABLE);
        assert_eq!(rows["a"], Uses::default());
        assert_eq!(
            (&rows["b"].own, &rows["b"].tests),
            (&set(&["a"]), &set(&["c"]))
        );
        assert_eq!(rows["c"].own, set(&["b"]));
        assert_eq!(rows["xtask"].own, set(&["a", "b", "c"]));
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn an_import_that_no_row_names_is_a_fault() {
        let import = |name: &str, kind: Value| json!({"name": name, "kind": kind, "path": "x"});
        let metadata = json!({"packages": [
            {"name": "tolkebot-a", "dependencies": [
                import("tolkebot-b", Value::Null),
                {"name": "serde", "source": "registry", "kind": null},
            ]},
            {"name": "tolkebot-b", "dependencies": [import("tolkebot-c", json!("dev"))]},
            {"name": "tolkebot-c", "dependencies": [import("tolkebot-a", json!("dev"))]},
            {"name": "tolkebot", "dependencies": []},
        ]});
        assert_eq!(
            faults(&rows(TABLE), &imports(&metadata)),
            [
                "`xtask` has a row and no crate",
                "`a` imports `b`",
                "the tests of `c` import `a`",
                "`cli` has no row",
            ]
        );
    }
}
