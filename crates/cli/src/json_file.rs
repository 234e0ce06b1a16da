//! A JSON file in which nothing stands twice.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

/// Reads a JSON file of at most `max` bytes. A key that stands twice in one object is refused:
/// programs differ about which of the two counts, and the other would be lost without a word.
pub fn read(path: &Path, max: u64) -> Result<Value> {
    let length = std::fs::metadata(path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .len();
    if length > max {
        bail!("{} has {length} bytes, more than any case", path.display());
    }
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // Editors on Windows write a byte order mark, which JSON has no place for.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let why = |e: serde_json::Error| match e.classify() {
        // Of this program's own making.
        Category::Data => anyhow!("{}: {e}", path.display()),
        // serde_json's message may quote the text; its place is enough.
        _ => {
            let (line, column) = (e.line(), e.column());
            anyhow!(
                "{} is no JSON at line {line}, column {column}",
                path.display()
            )
        }
    };
    once(text).map_err(why)?;
    serde_json::from_slice(text).map_err(why)
}

/// Refuses JSON in which a key stands twice in one object.
pub fn once(text: &[u8]) -> serde_json::Result<()> {
    serde_json::from_slice::<Once>(text).map(|_| ())
}

/// JSON whose objects have each key once.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(Looking)
    }
}

struct Looking;

impl<'de> Visitor<'de> for Looking {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Once, A::Error> {
        while items.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<Once>()?;
            if let Some(twice) = keys.replace(key) {
                return Err(A::Error::custom(format!(
                    "`{twice}` stands twice in one object: leave one out"
                )));
            }
        }
        Ok(Once)
    }
}
