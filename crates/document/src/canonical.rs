//! The values in one stable form.

use std::fmt::Write;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::FilledForm;

/// The form's keys, values and statuses as JSON with sorted keys and no spaces: the same form gives
/// the same bytes, whatever order it was filled in.
pub fn canonical_json(form: &FilledForm) -> String {
    let mut values = Map::new();
    for row in form.sections.iter().flat_map(|s| &s.rows) {
        if row.value.is_null() {
            continue;
        }
        let mut entry = Map::new();
        entry.insert("status".into(), Value::from(row.status.name()));
        entry.insert("value".into(), row.value.clone());
        values.insert(row.key.clone(), Value::Object(entry));
    }
    let mut root = Map::new();
    root.insert("case".into(), Value::from(form.case.clone()));
    root.insert("date".into(), Value::from(form.date.clone()));
    root.insert("form".into(), Value::from(form.form.clone()));
    root.insert("values".into(), Value::Object(values));
    let mut out = String::new();
    write_sorted(&Value::Object(root), &mut out);
    out
}

/// SHA-256 as 64 lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// Sorts object keys whatever map `serde_json` was built with.
fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_sorted(&map[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_sorted(item, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}
