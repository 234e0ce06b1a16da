//! What a finished document holds, and whether anything of it was changed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use lopdf::{Dictionary, Document, Object};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::seal::cms;
use crate::{
    JSON_NAME, SIGNATURE_NAME, SignatureMark, TestSeal, XML_NAME, canonical_xml, parse_canonical,
    sha256_hex,
};

/// Why a file is no document of this program.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// No PDF.
    #[error("the file is no PDF that can be read: {0}")]
    Pdf(String),
    /// A PDF, but none that was made here.
    #[error("the PDF has no `{0}` in it: it was not made by this program")]
    NotOurs(&'static str),
}

/// What a document holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verified {
    /// Case number.
    pub case: String,
    /// Day of the document, ISO 8601.
    pub date: String,
    /// SHA-256 of the embedded values.
    pub digest: String,
    /// True if a value in it was not confirmed, or one is missing.
    pub draft: bool,
    /// The citizen's signature: whether it is about these values; absent if there is none.
    pub signature: Option<bool>,
    /// Its seals.
    pub seals: Vec<SealReport>,
    /// What is wrong. Empty: nothing was changed.
    pub findings: Vec<String>,
}

/// What a seal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SealReport {
    /// Whom the certificate stands for.
    pub signer: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// The time that the seal claims, RFC 3339; empty if it claims none.
    pub at: String,
    /// True if a time-stamp service took part.
    pub stamped: bool,
    /// True if the certificate leads to one that is trusted.
    pub trusted: bool,
    /// True for a seal that is only for trying out.
    pub test: bool,
    /// SHA-256 of the certificate.
    pub certificate_sha256: String,
}

impl Verified {
    /// True if nothing was changed.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Looks at a document. `roots` are certificates (DER) that seals may lead to; without any, no
/// seal counts as trusted, which is no finding.
///
/// # Errors
/// [`VerifyError`] if it is no document of this program at all.
pub fn verify(pdf: &[u8], roots: &[Vec<u8>]) -> Result<Verified, VerifyError> {
    let document = Document::load_mem(pdf).map_err(|e| VerifyError::Pdf(e.to_string()))?;
    let json = attachment(&document, JSON_NAME).ok_or(VerifyError::NotOurs(JSON_NAME))?;
    let mut findings = Vec::new();
    let values = match parse_canonical(&json) {
        Ok(values) => values,
        Err(why) => {
            findings.push(format!("the values are not as they were written: {why}"));
            serde_json::from_slice(&json).unwrap_or(Value::Null)
        }
    };
    let digest = sha256_hex(&json);
    let xml = attachment(&document, XML_NAME).unwrap_or_default();
    let expected = std::str::from_utf8(&json).ok().map(canonical_xml);
    if !matches!(expected, Some(Ok(text)) if text.as_bytes() == xml) {
        findings.push("the XML does not say what the JSON says".to_owned());
    }
    if printed_digest(&document).as_deref() != Some(&digest) {
        findings.push("the digest printed in the document is not that of its values".to_owned());
    }
    let signature = attachment(&document, SIGNATURE_NAME).map(|bytes| {
        let mark = serde_json::from_slice::<SignatureMark>(&bytes);
        mark.is_ok_and(|mark| mark.digest == digest)
    });
    if signature == Some(false) {
        findings.push("the citizen's signature is about other values: it is void".to_owned());
    }
    let mut seals = Vec::new();
    for field in signature_fields(&document) {
        match seal_report(pdf, &document, field, roots) {
            Ok(report) => seals.push(report),
            Err(finding) => findings.push(finding),
        }
    }
    let text = |key: &str| values[key].as_str().unwrap_or_default().to_owned();
    Ok(Verified {
        case: text("case"),
        date: text("date"),
        draft: is_draft(&document, &values),
        digest,
        signature,
        seals,
        findings,
    })
}

/// The bytes of an embedded file.
fn attachment(document: &Document, name: &str) -> Option<Vec<u8>> {
    let list = resolve(document, document.catalog().ok()?.get(b"AF").ok()?)
        .as_array()
        .ok()?;
    list.iter().find_map(|one| {
        let spec = resolve(document, one).as_dict().ok()?;
        if spec.get(b"F").ok()?.as_str().ok()? != name.as_bytes() {
            return None;
        }
        let files = resolve(document, spec.get(b"EF").ok()?).as_dict().ok()?;
        let stream = resolve(document, files.get(b"F").ok()?).as_stream().ok()?;
        stream.get_plain_content_with_limit(MAX_ATTACHMENT).ok()
    })
}

/// Largest embedded file that is read, bytes.
const MAX_ATTACHMENT: usize = 16 * 1024 * 1024;

fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => document.get_object(*id).unwrap_or(object),
        other => other,
    }
}

/// `sha256:…` among the keywords.
fn printed_digest(document: &Document) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let info = resolve(document, info).as_dict().ok()?;
    let keywords = text(info.get(b"Keywords").ok()?)?;
    let at = keywords.find("sha256:")? + "sha256:".len();
    keywords.get(at..at + 64).map(str::to_owned)
}

/// A PDF text string.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = wide
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        return String::from_utf16(&units).ok();
    }
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// Drafts say so in their subject, whatever the statuses are.
fn is_draft(document: &Document, values: &Value) -> bool {
    let said = || {
        let info = document.trailer.get(b"Info").ok()?;
        let info = resolve(document, info).as_dict().ok()?;
        text(info.get(b"Subject").ok()?)
    };
    let settled = |entry: &Value| matches!(entry["status"].as_str(), Some("confirmed" | "derived"));
    let empty = values["values"]
        .as_object()
        .is_none_or(|map| map.is_empty());
    let confirmed = values["values"]
        .as_object()
        .is_some_and(|map| map.values().all(settled));
    empty || !confirmed || said().is_none_or(|text| text != crate::texts::CONFIRMED)
}

fn signature_fields(document: &Document) -> Vec<&Dictionary> {
    let fields = || {
        let form = document.catalog().ok()?.get(b"AcroForm").ok()?;
        let form = resolve(document, form).as_dict().ok()?;
        resolve(document, form.get(b"Fields").ok()?).as_array().ok()
    };
    fields()
        .into_iter()
        .flatten()
        .filter_map(|field| resolve(document, field).as_dict().ok())
        .filter(|field| field.get(b"FT").and_then(Object::as_name).ok() == Some(b"Sig"))
        .collect()
}

fn seal_report(
    pdf: &[u8],
    document: &Document,
    field: &Dictionary,
    roots: &[Vec<u8>],
) -> Result<SealReport, String> {
    let unreadable = || "a seal cannot be read".to_owned();
    let value = field
        .get(b"V")
        .map(|v| resolve(document, v))
        .and_then(Object::as_dict)
        .map_err(|_| "a signature field is empty".to_owned())?;
    let contents = value
        .get(b"Contents")
        .and_then(Object::as_str)
        .map_err(|_| unreadable())?;
    let range: Vec<usize> = value
        .get(b"ByteRange")
        .and_then(Object::as_array)
        .map_err(|_| unreadable())?
        .iter()
        .filter_map(|n| usize::try_from(n.as_i64().ok()?).ok())
        .collect();
    let [0, before, after, length] = range[..] else {
        return Err("a seal does not begin at the document's beginning".to_owned());
    };
    let hole = pdf
        .get(before..after)
        .ok_or("a seal reaches beyond the document")?;
    if after.checked_add(length) != Some(pdf.len()) {
        return Err("the document was added to after it was sealed".to_owned());
    }
    let inside = hole
        .strip_prefix(b"<")
        .and_then(|h| h.strip_suffix(b">"))
        .filter(|h| h.iter().all(u8::is_ascii_hexdigit))
        .ok_or("a seal leaves out more than itself")?;
    if inside.len() != 2 * contents.len() {
        return Err("a seal leaves out more than itself".to_owned());
    }
    let digest: [u8; 32] = Sha256::new()
        .chain_update(&pdf[..before])
        .chain_update(&pdf[after..])
        .finalize()
        .into();
    let checked = cms::check(exact(contents).ok_or_else(unreadable)?, &digest)?;
    let at = value.get(b"M").ok().and_then(text).and_then(|t| time(&t));
    if let Some(at) = at
        && (at < checked.valid.0 || at > checked.valid.1)
    {
        return Err(format!(
            "the seal of {at} was made outside its certificate's time, {} to {}",
            checked.valid.0, checked.valid.1
        ));
    }
    Ok(SealReport {
        test: TestSeal::is_name(&checked.signer),
        trusted: cms::leads_to(&checked.certificate, &checked.others, roots),
        certificate_sha256: sha256_hex(&checked.certificate),
        at: at.map(|at| at.to_string()).unwrap_or_default(),
        signer: checked.signer,
        issuer: checked.issuer,
        stamped: checked.stamped,
    })
}

/// The signature without the zeros that fill its place up: DER says how long it is.
fn exact(contents: &[u8]) -> Option<&[u8]> {
    let first = *contents.get(1)?;
    let (head, length) = match first {
        0..=0x7F => (2, usize::from(first)),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7F);
            let digits = contents.get(2..2 + count)?;
            let length = digits.iter().fold(0, |sum, b| sum << 8 | usize::from(*b));
            (2 + count, length)
        }
        _ => return None,
    };
    let end = head + length;
    contents[end.min(contents.len())..]
        .iter()
        .all(|b| *b == 0)
        .then_some(contents.get(..end)?)
}

/// `D:20261201101500Z`
fn time(text: &str) -> Option<Timestamp> {
    let digits = text.strip_prefix("D:")?.strip_suffix('Z')?;
    let at = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    TimeZone::UTC.to_timestamp(at).ok()
}
