//! What a finished document holds, and whether anything of it was changed.

use lopdf::{Dictionary, Document, Object};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::pdf::{
    Misplaced, Place, attachment, printed_digest, resolve, signature_fields, text, time,
};
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
    /// True if a seal covers the file as it is. Without one what the pages show is not checked: only
    /// the values in it are.
    pub pages_checked: bool,
    /// Its seals.
    pub seals: Vec<SealReport>,
    /// What is wrong. Empty: nothing was changed, of the pages too if they were checked.
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
    /// True if a time-stamp service took part, and its token is about this seal.
    pub stamped: bool,
    /// The time that the service says, RFC 3339; empty without one.
    pub stamped_at: String,
    /// Whom the service's certificate stands for; empty without one.
    pub stamped_by: String,
    /// True if the service's certificate leads to one that is trusted.
    pub stamp_trusted: bool,
    /// True if the certificate leads to one that is trusted.
    pub trusted: bool,
    /// True for a seal that is only for trying out.
    pub test: bool,
    /// SHA-256 of the certificate.
    pub certificate_sha256: String,
}

impl Verified {
    /// True if nothing was changed of what can be checked: see [`Verified::pages_checked`].
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
        mark.is_ok_and(|mark| mark.holds(&digest))
    });
    if signature == Some(false) {
        findings.push(
            "the citizen's signature is void: it is about other values, or the case was opened again"
                .to_owned(),
        );
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
        pages_checked: !seals.is_empty(),
        seals,
        findings,
    })
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

fn seal_report(
    pdf: &[u8],
    document: &Document,
    field: &Dictionary,
    roots: &[Vec<u8>],
) -> Result<SealReport, String> {
    let value = field
        .get(b"V")
        .map(|v| resolve(document, v))
        .and_then(Object::as_dict)
        .map_err(|_| "a signature field is empty".to_owned())?;
    let place = Place::of(pdf, value).map_err(|what| match what {
        Misplaced::Unreadable => "a seal cannot be read",
        Misplaced::Beginning => "a seal does not begin at the document's beginning",
        Misplaced::Beyond => "a seal reaches beyond the document",
        Misplaced::More => "a seal leaves out more than itself",
    })?;
    if place.end() != pdf.len() {
        return Err("the document was added to after it was sealed".to_owned());
    }
    let digest: [u8; 32] = place
        .pieces(pdf)
        .iter()
        .fold(Sha256::new(), |hash, piece| hash.chain_update(piece))
        .finalize()
        .into();
    let checked = cms::check(&place.signature, &digest)?;
    let at = value.get(b"M").ok().and_then(text).and_then(|t| time(&t));
    if let Some(at) = at
        && (at < checked.valid.0 || at > checked.valid.1)
    {
        return Err(format!(
            "the seal of {at} was made outside its certificate's time, {} to {}",
            checked.valid.0, checked.valid.1
        ));
    }
    let stamp = checked.stamp.as_ref();
    Ok(SealReport {
        test: TestSeal::is_name(&checked.signer),
        trusted: cms::leads_to(&checked.certificate, &checked.others, roots),
        certificate_sha256: sha256_hex(&checked.certificate),
        at: at.map(|at| at.to_string()).unwrap_or_default(),
        signer: checked.signer,
        issuer: checked.issuer,
        stamped: checked.stamp.is_some(),
        stamped_at: stamp.map(|s| s.at.to_string()).unwrap_or_default(),
        stamped_by: stamp.map(|s| s.authority.clone()).unwrap_or_default(),
        stamp_trusted: stamp.is_some_and(|s| s.check_trust(roots).is_ok()),
    })
}
