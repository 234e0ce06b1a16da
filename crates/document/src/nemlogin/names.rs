//! Whether NemLog-in takes a PDF: its size, the names in it, its fonts.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object};

use super::{MAX_SIGNED_BYTES, NemLogInError};

/// The guideline's list.
const NAMES: &str = include_str!("../../data/nemlogin_pdf_names.txt");
/// Dictionary entries that are not looked into at all.
const SKIPPED: [&[u8]; 3] = [b"FontDescriptor", b"Font", b"Metadata"];
/// Dictionary entries whose values may be anything.
const FREE: [&[u8]; 17] = [
    b"Encoding",
    b"ExtGState",
    b"ColorSpace",
    b"Pattern",
    b"Shading",
    b"XObject",
    b"ProcSet",
    b"Properties",
    b"BaseFont",
    b"Name",
    b"Dests",
    b"Dest",
    b"Info",
    b"Font",
    b"Differences",
    b"FontName",
    b"CharProcs",
];
/// Fonts that every reader has.
const STANDARD_FONTS: [&[u8]; 14] = [
    b"Helvetica",
    b"Helvetica-Oblique",
    b"Helvetica-Bold",
    b"Helvetica-BoldOblique",
    b"Times-Roman",
    b"Times-Italic",
    b"Times-Bold",
    b"Times-BoldItalic",
    b"Courier",
    b"Courier-Oblique",
    b"Courier-Bold",
    b"Courier-BoldOblique",
    b"Symbol",
    b"ZapfDingbats",
];

/// Checks a PDF against the service's limits.
///
/// # Errors
/// [`NemLogInError`] names the first that it does not keep.
pub(super) fn check(pdf: &[u8]) -> Result<(), NemLogInError> {
    if pdf.len() > MAX_SIGNED_BYTES {
        return Err(NemLogInError::TooLarge {
            bytes: pdf.len(),
            max: MAX_SIGNED_BYTES,
        });
    }
    let document = Document::load_mem(pdf).map_err(|e| NemLogInError::Pdf(e.to_string()))?;
    if document.trailer.has(b"Encrypt") {
        return Err(NemLogInError::Not("is encrypted"));
    }
    let catalog = document
        .catalog()
        .map_err(|e| NemLogInError::Pdf(e.to_string()))?;
    if catalog.has(b"AcroForm") {
        return Err(NemLogInError::Not("has form fields or a signature"));
    }
    let allowed: HashSet<&[u8]> = NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(str::as_bytes)
        .collect();
    for ((number, _), object) in &document.objects {
        if let Some(name) = stranger(object, &allowed) {
            return Err(NemLogInError::Name {
                object: *number,
                name: String::from_utf8_lossy(name).into_owned(),
            });
        }
        if let Some(font) = missing_font(&document, object) {
            return Err(NemLogInError::Font(font));
        }
    }
    Ok(())
}

/// True for `F1`, `F2` and so on, which writers call fonts.
fn is_font_number(name: &[u8]) -> bool {
    name.strip_prefix(b"F")
        .is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit))
}

/// The first name in an object that is not on the list.
fn stranger<'a>(object: &'a Object, allowed: &HashSet<&[u8]>) -> Option<&'a [u8]> {
    let strange =
        |name: &'a [u8]| (!allowed.contains(name) && !is_font_number(name)).then_some(name);
    match object {
        Object::Name(name) => strange(name),
        Object::Array(items) => items.iter().find_map(|item| stranger(item, allowed)),
        Object::Dictionary(dictionary) => in_dictionary(dictionary, allowed),
        Object::Stream(stream) => in_dictionary(&stream.dict, allowed),
        _ => None,
    }
}

fn in_dictionary<'a>(dictionary: &'a Dictionary, allowed: &HashSet<&[u8]>) -> Option<&'a [u8]> {
    dictionary.iter().find_map(|(key, value)| {
        let key = key.as_slice();
        if SKIPPED.contains(&key) {
            return None;
        }
        if !allowed.contains(key) && !is_font_number(key) {
            return Some(key);
        }
        if FREE.contains(&key) {
            return None;
        }
        stranger(value, allowed)
    })
}

/// The name of a font that is neither embedded nor one that every reader has.
fn missing_font(document: &Document, object: &Object) -> Option<String> {
    let font = object.as_dict().ok()?;
    if font.get(b"Type").and_then(Object::as_name).ok()? != b"Font" {
        return None;
    }
    let kind = font.get(b"Subtype").and_then(Object::as_name).ok();
    // The glyphs of the former are in its descendant, those of the latter in the font itself.
    if matches!(kind, Some(b"Type0" | b"Type3")) {
        return None;
    }
    let name = font
        .get(b"BaseFont")
        .and_then(Object::as_name)
        .unwrap_or(b"?");
    let embedded = || {
        let descriptor = crate::pdf::resolve(document, font.get(b"FontDescriptor").ok()?);
        let descriptor = descriptor.as_dict().ok()?;
        let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
        Some(files.iter().any(|file| descriptor.has(file)))
    };
    (embedded() != Some(true) && !STANDARD_FONTS.contains(&name))
        .then(|| String::from_utf8_lossy(name).into_owned())
}
