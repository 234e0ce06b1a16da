//! The values in one stable form, and its digest: what signatures, the QR code and the seal's check
//! are about.

use std::fmt::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{DocumentError, FilledForm};

/// Namespace of the XML.
pub const XML_NAMESPACE: &str = "urn:tolkebot:flytteanmeldelse:1";

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

/// The document's digest: SHA-256 of [`canonical_json`]'s bytes in UTF-8, 64 lower-case hexadecimal
/// digits. It covers case, date, form, and every value with its status; neither layout nor
/// signatures.
pub fn digest(form: &FilledForm) -> String {
    sha256_hex(canonical_json(form).as_bytes())
}

/// What the QR code says: `tolkebot:1:CASE:DIGEST`.
pub fn qr_text(case: &str, digest: &str) -> String {
    format!("tolkebot:1:{case}:{digest}")
}

/// Reads canonical JSON back and checks that it is canonical.
///
/// # Errors
/// Says what is wrong: no JSON, or other bytes than the canonical ones.
pub fn parse_canonical(json: &[u8]) -> Result<Value, String> {
    let value: Value =
        serde_json::from_slice(json).map_err(|e| format!("it is no JSON ({:?})", e.classify()))?;
    let mut again = String::new();
    write_sorted(&value, &mut again);
    if again.as_bytes() == json {
        Ok(value)
    } else {
        Err("its keys are not sorted, or it has spaces".to_owned())
    }
}

/// The same values as XML, made from canonical JSON: one `field` for each, in the order of their
/// keys, with key, status and type; lists and objects have `item` children.
///
/// # Errors
/// [`DocumentError::Pdf`] if it cannot be written.
pub fn canonical_xml(json: &str) -> Result<String, DocumentError> {
    let wrong = |e: &dyn std::fmt::Display| DocumentError::Pdf(format!("XML: {e}"));
    let root: Value = serde_json::from_str(json).map_err(|e| wrong(&e))?;
    let text = |key: &str| root[key].as_str().unwrap_or_default().to_owned();
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    let mut write = |event: Event<'_>| out.write_event(event);
    let done = (|| {
        write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut start = BytesStart::new("anmeldelse");
        for (name, value) in [
            ("xmlns", XML_NAMESPACE.to_owned()),
            ("form", text("form")),
            ("case", text("case")),
            ("date", text("date")),
            ("sha256", sha256_hex(json.as_bytes())),
        ] {
            start.push_attribute((name, value.as_str()));
        }
        write(Event::Start(start))?;
        let empty = Map::new();
        let values = root["values"].as_object().unwrap_or(&empty);
        let mut keys: Vec<&String> = values.keys().collect();
        keys.sort();
        for key in keys {
            let status = values[key]["status"].as_str().unwrap_or_default();
            let named = [("key", key.as_str()), ("status", status)];
            element(&mut write, "field", &named, &values[key]["value"])?;
        }
        write(Event::End(BytesEnd::new("anmeldelse")))
    })();
    done.map_err(|e| wrong(&e))?;
    let mut text = String::from_utf8(out.into_inner()).map_err(|e| wrong(&e))?;
    text.push('\n');
    Ok(text)
}

/// One value as an element with its type, and its children.
fn element(
    write: &mut dyn FnMut(Event<'_>) -> std::io::Result<()>,
    name: &str,
    attributes: &[(&str, &str)],
    value: &Value,
) -> std::io::Result<()> {
    let (kind, text) = match value {
        Value::Null => ("null", String::new()),
        Value::Bool(yes) => ("boolean", yes.to_string()),
        Value::Number(number) => ("number", number.to_string()),
        Value::String(text) => ("string", text.clone()),
        Value::Array(_) => ("list", String::new()),
        Value::Object(_) => ("object", String::new()),
    };
    let mut start = BytesStart::new(name);
    attributes
        .iter()
        .for_each(|pair| start.push_attribute(*pair));
    start.push_attribute(("type", kind));
    write(Event::Start(start))?;
    match value {
        Value::Array(items) => {
            for item in items {
                element(write, "item", &[], item)?;
            }
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            for key in keys {
                element(write, "item", &[("key", key)], &map[key])?;
            }
        }
        _ if text.is_empty() => {}
        _ => write(Event::Text(BytesText::new(&text)))?,
    }
    write(Event::End(BytesEnd::new(name)))
}

/// SHA-256 as 64 lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// A value as JSON with sorted keys and no spaces.
pub(crate) fn write_canonical(value: &Value) -> String {
    let mut out = String::new();
    write_sorted(value, &mut out);
    out
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
