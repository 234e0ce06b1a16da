//! Settings as TOML in which a comment says what each of them means.
//!
//! The comments are the doc comments of the settings' own types, read from their sources when this
//! program is built: they are written once, and nobody can forget one here.

use std::collections::BTreeMap;

/// The sources with the types of settings.
const SOURCES: [&str; 11] = [
    include_str!("../../server/src/config/mod.rs"),
    include_str!("../../server/src/config/keys.rs"),
    include_str!("../../server/src/config/limits.rs"),
    include_str!("../../server/src/config/network.rs"),
    include_str!("../../server/src/config/oidc.rs"),
    include_str!("../../server/src/config/privacy.rs"),
    include_str!("../../server/src/config/store.rs"),
    include_str!("../../server/src/delivery/config.rs"),
    include_str!("../../casework/src/retention.rs"),
    include_str!("../../interpreter/src/config.rs"),
    include_str!("serve.rs"),
];

/// A field's type and what is said about it.
struct Field<'a> {
    kind: &'a str,
    about: Vec<String>,
}

/// A type's fields by name.
type Fields<'a> = BTreeMap<&'a str, Field<'a>>;

/// The TOML text of a value of the type `root`, with a comment above each setting and each section.
pub fn explained(root: &str, toml: &str) -> String {
    let types = types();
    let mut text = String::new();
    let mut here = types.get(root);
    for line in toml.lines() {
        if let Some(section) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let mut about: &[String] = &[];
            here = types.get(root);
            for name in section.split('.') {
                let field = here.and_then(|fields| fields.get(name));
                about = field.map_or(&[], |field| &field.about);
                here = field.and_then(|field| types.get(field.kind));
            }
            comment(&mut text, about);
        } else if let Some((name, _)) = line.split_once(" = ") {
            let field = here.and_then(|fields| fields.get(name));
            comment(&mut text, field.map_or(&[], |field| &field.about));
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn comment(text: &mut String, about: &[String]) {
    for line in about {
        text.push_str(format!("# {line}").trim_end());
        text.push('\n');
    }
}

/// Every struct of the sources, by name.
fn types() -> BTreeMap<&'static str, Fields<'static>> {
    let mut types = BTreeMap::new();
    let mut open: Option<(&str, Fields<'_>)> = None;
    let mut about: Vec<String> = Vec::new();
    for line in SOURCES.iter().flat_map(|source| source.lines()) {
        let bare = line.trim_start().trim_start_matches("pub ");
        if let Some(said) = bare.strip_prefix("///") {
            about.extend(plain(said.trim()));
            continue;
        }
        if bare.starts_with("#[") {
            continue;
        }
        if let Some(name) = bare
            .strip_prefix("struct ")
            .and_then(|rest| rest.strip_suffix(" {"))
        {
            open = Some((name, Fields::new()));
        } else if line == "}" {
            types.extend(open.take());
        } else if let (Some((_, fields)), Some((name, kind))) = (&mut open, bare.split_once(": ")) {
            let kind = kind.trim_end_matches(',');
            let kind = kind
                .strip_prefix("Option<")
                .map_or(kind, |k| k.trim_end_matches('>'));
            while about.last().is_some_and(String::is_empty) {
                about.pop();
            }
            let about = std::mem::take(&mut about);
            fields.insert(name, Field { kind, about });
        }
        about.clear();
    }
    types
}

/// A line of a doc comment without its links, which lead to the program's own documentation.
fn plain(line: &str) -> Option<String> {
    let is_target = line.starts_with("[`") && line.contains("`]: ");
    (!is_target).then(|| line.replace("[`", "`").replace("`]", "`"))
}
