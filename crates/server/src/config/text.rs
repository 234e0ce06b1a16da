//! Settings as they stand in a file, and where in it a mistake is.

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table};

use super::ConfigError;

/// The tables of a settings file.
///
/// # Errors
/// [`ConfigError::Parse`] with the line if it is no TOML. `origin` names the file.
pub fn table(text: &str, origin: &str) -> Result<Table, ConfigError> {
    text.parse::<Table>().map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        ConfigError::Parse {
            origin: origin.to_owned(),
            reason: format!(
                "line {}: {}",
                line(text, at),
                without_values(error.message())
            ),
        }
    })
}

/// Settings out of a file's table. `text` is the file, `within` the table's key in it or empty, `origin` names the file.
///
/// # Errors
/// [`ConfigError::Parse`] with line and key of a setting that does not exist or is of another kind.
pub fn from_table<T: DeserializeOwned>(
    table: Table,
    within: &str,
    text: &str,
    origin: &str,
) -> Result<T, ConfigError> {
    serde_path_to_error::deserialize(table).map_err(|error| {
        let mut keys: Vec<String> = Vec::new();
        keys.extend((!within.is_empty()).then(|| within.to_owned()));
        for segment in error.path() {
            match segment {
                serde_path_to_error::Segment::Map { key } => keys.push(key.clone()),
                serde_path_to_error::Segment::Enum { variant } => keys.push(variant.clone()),
                _ => break,
            }
        }
        let place =
            place(text, &keys).map_or_else(String::new, |at| format!("line {}: ", line(text, at)));
        let key = keys.join(".");
        let named = if key.is_empty() {
            key
        } else {
            format!("`{key}`: ")
        };
        ConfigError::Parse {
            origin: origin.to_owned(),
            // The library's whole text quotes the line, which may hold a password.
            reason: format!("{place}{named}{}", without_values(error.inner().message())),
        }
    })
}

/// Number of the line in which a byte stands, from 1.
fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The byte at which a key stands, or the innermost of its tables that is there.
fn place(text: &str, keys: &[String]) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let mut table: &DeTable<'_> = root.get_ref();
    let mut found = None;
    for key in keys {
        let Some((at, value)) = table.iter().find(|(k, _)| k.get_ref() == key) else {
            break;
        };
        found = Some(Spanned::span(at).start);
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    found
}

/// A message of the TOML reader without the texts that it quotes from the file.
fn without_values(message: &str) -> String {
    let message = message.replace("\\\"", "");
    let mut parts = message.split('"');
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let (Some(_), rest) = (parts.next(), parts.next()) {
        text += "\"…\"";
        text += rest.unwrap_or_default();
    }
    text
}
