//! A document that is signed with MitID at NemLog-in's signing service: there and back.
//!
//! Out goes a PDF that the service takes, with a description ([`SigningPackage`]); back comes the
//! same PDF with a signature added to it, PAdES-B-LTA, which [`check_signed`] judges. Limits and
//! names are those of Digitaliseringsstyrelsen's "NL3 Signature SP implementation guidelines",
//! version 1.0.10 of 13-12-2022.

mod error;
mod import;
mod names;
mod revision;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use error::NemLogInError;
pub use import::{MAX_IMPORT_BYTES, SignedDocument, Signer, check_signed};

use crate::canonical::write_canonical;
use crate::{Extras, FilledForm, digest, render_to_sign, sha256_hex};

/// Largest document that the service takes, bytes. The guideline says 20 MB; this is the smaller
/// reading of it.
pub const MAX_SIGNED_BYTES: usize = 20_000_000;
/// Longest text that names the document to the signer, characters.
pub const MAX_REFERENCE: usize = 50;
/// Version of the guideline whose limits are checked.
const GUIDELINE: &str = "1.0.10";

/// What goes to the signing service: a document and what to ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningPackage {
    /// The document to be signed, PDF/A-2a. The same case gives the same bytes.
    pub pdf: Vec<u8>,
    /// What it is, and the signature parameters.
    pub manifest: PackageManifest,
}

/// Describes a document that goes to be signed. The names of the signature parameters are the
/// guideline's; those that only the service provider knows (`entityID`) are not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageManifest {
    /// Version of this description: 1.
    pub version: u32,
    /// The guideline whose limits the document keeps.
    pub guideline: String,
    /// Case number.
    pub case: String,
    /// Form definition, for example `flytteanmeldelse`.
    pub form: String,
    /// SHA-256 of the values: what `Signed` in the case's log is about.
    pub values_sha256: String,
    /// Name of the document's file.
    pub document: String,
    /// SHA-256 of the document's bytes.
    pub document_sha256: String,
    /// How many bytes it has.
    pub document_bytes: usize,
    /// When it was made, RFC 3339: no signature can be older.
    pub exported_at: String,
    /// `flowType`: always `ServiceProvider`.
    pub flow_type: String,
    /// `documentFormat`: always `PDF`.
    pub document_format: String,
    /// `signatureFormat`: always `PAdES`.
    pub signature_format: String,
    /// `referenceText`: names the document to the signer, also while they log in. At most
    /// [`MAX_REFERENCE`] characters.
    pub reference_text: String,
    /// `preferredLanguage`: the service knows `da` and `en` alone.
    pub preferred_language: String,
    /// `acceptedCertificatePolicies`: always `Person`.
    pub accepted_certificate_policies: String,
    /// `anonymizeSigner`: always false, because the signer must be recognised.
    pub anonymize_signer: bool,
}

/// Name of the document in a package.
const DOCUMENT: &str = "document.pdf";

impl SigningPackage {
    /// Makes the document and checks that the service takes it. `reference` names it to the signer;
    /// `None`: the form's name and the case number, as far as they fit.
    ///
    /// # Errors
    /// [`NemLogInError`] names the first limit or field that does not fit.
    pub fn of(
        form: &FilledForm,
        extras: &Extras,
        reference: Option<&str>,
        at: Timestamp,
    ) -> Result<SigningPackage, NemLogInError> {
        if extras.draft || form.is_draft() {
            return Err(NemLogInError::Draft);
        }
        let reference = match reference {
            Some(text) => text.trim().to_owned(),
            None => {
                let text = format!("Anmeldelse af flytning, {}", form.case);
                text.chars().take(MAX_REFERENCE).collect()
            }
        };
        check_reference(&reference, &form.case)?;
        let pdf = render_to_sign(form, extras)?;
        names::check(&pdf)?;
        let manifest = PackageManifest {
            version: 1,
            guideline: GUIDELINE.to_owned(),
            case: form.case.clone(),
            form: form.form.clone(),
            values_sha256: digest(form),
            document: DOCUMENT.to_owned(),
            document_sha256: sha256_hex(&pdf),
            document_bytes: pdf.len(),
            exported_at: at.to_string(),
            flow_type: "ServiceProvider".to_owned(),
            document_format: "PDF".to_owned(),
            signature_format: "PAdES".to_owned(),
            reference_text: reference,
            preferred_language: "da".to_owned(),
            accepted_certificate_policies: "Person".to_owned(),
            anonymize_signer: false,
        };
        Ok(SigningPackage { pdf, manifest })
    }
}

impl PackageManifest {
    /// As JSON with sorted keys and no spaces.
    pub fn json(&self) -> String {
        serde_json::to_value(self)
            .map(|value| write_canonical(&value))
            .unwrap_or_default()
    }
}

/// The text that names the document: short, and nothing in it that a screen shows wrongly. The
/// number of the case is random, so that ten digits stand in a row in it now and then: it is no CPR
/// number, also where only its beginning had room.
fn check_reference(text: &str, case: &str) -> Result<(), NemLogInError> {
    let length = text.chars().count();
    if length > MAX_REFERENCE {
        return Err(NemLogInError::ReferenceLength { length });
    }
    let turns = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if text.is_empty() || text.chars().any(|c| c.is_control() || turns(c)) {
        return Err(NemLogInError::ReferenceText);
    }
    // It stands on log-in pages and in the service provider's logs.
    let rest = without_case(text, case);
    let runs = rest.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | ' '));
    // Six digits and four, whatever stands between them.
    let is_number = |run: &str| {
        let parts: Vec<&str> = run.split(['-', ' ']).filter(|p| !p.is_empty()).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        lengths.contains(&10) || lengths.windows(2).any(|pair| pair == [6, 4])
    };
    if runs.into_iter().any(is_number) {
        return Err(NemLogInError::ReferenceCpr);
    }
    Ok(())
}

/// The text with a line break where the case number, or as much of it as the text ends with, stood.
fn without_case(text: &str, case: &str) -> String {
    if case.is_empty() {
        return text.to_owned();
    }
    let text = text.replace(case, "\n");
    // A shorter piece could be a part of anything.
    let cut = case
        .char_indices()
        .map(|(at, _)| &case[..at])
        .rev()
        .filter(|piece| piece.chars().count() > 12)
        .find_map(|piece| text.strip_suffix(piece).map(|rest| format!("{rest}\n")));
    cut.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_names_nobody() {
        let case = "FLY-2026-000123";
        assert!(check_reference("Anmeldelse af flytning, FLY-2026-000123", case).is_ok());
        assert!(check_reference(&"å".repeat(MAX_REFERENCE), case).is_ok());
        let refused = |text: &str| check_reference(text, case).unwrap_err().to_string();
        assert!(refused(&"å".repeat(51)).contains("51 characters"));
        assert!(refused("Flytning\u{202E}").contains("referenceText"));
        assert!(refused("").contains("referenceText"));
        assert!(refused("Flytning 070584-1234").contains("CPR"));
        assert!(refused("Flytning 0705841234").contains("CPR"));
    }

    #[test]
    fn ten_digits_in_a_case_number_are_no_cpr_number() {
        let case = "a0705841234bd4e6f0c1d2e3f4a5b6c7";
        let refers = |text: &str| check_reference(text, case);
        assert!(refers(&format!("Sag {case}")).is_ok());
        let cut = format!("Anmeldelse af flytning, {}", &case[..26]);
        assert!(refers(&cut).is_ok());
        assert!(refers(&format!("Sag {case} 070584-1234")).is_err());
        assert!(refers("Sag a0705841234").is_err());
    }
}
