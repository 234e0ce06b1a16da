//! What is handed in for one case: files, and a manifest with their digests.

use serde_json::json;
use tolkebot_casework::CaseView;
use tolkebot_document::{
    DocumentError, MemoError, canonical_json, canonical_xml, digest, sha256_hex,
};
use tolkebot_protocol::{DeliveryTrouble, SigningMethod};

use super::channel::DeliveryError;
use super::config::MemoConfig;
use crate::appendix::note_of;
use crate::documents::{MemoTrouble, form_of, memo_of, receipt_of};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Everything that is handed in for one case. The same case and PDF give the same package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The case.
    pub case: String,
    /// SHA-256 of the sealed PDF: a receiver that has seen it has the package.
    pub key: String,
    /// The files, the manifest last.
    pub files: Vec<PackedFile>,
}

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

impl Package {
    /// Packs a frozen case with its sealed PDF.
    ///
    /// # Errors
    /// Says what is wrong: a package that would differ from what was sealed is never made.
    pub fn of(view: &CaseView, authority: &str, pdf: Vec<u8>) -> Result<Package, DeliveryError> {
        Package::with_signed(view, authority, pdf, None)
    }

    /// The same with the file that was signed at NemLog-in beside it, as `signed.pdf`.
    ///
    /// # Errors
    /// As [`Package::of`]; and a case that was signed there must come with the file.
    pub fn with_signed(
        view: &CaseView,
        authority: &str,
        pdf: Vec<u8>,
        signed_pdf: Option<Vec<u8>>,
    ) -> Result<Package, DeliveryError> {
        Package::with_memo(view, authority, pdf, signed_pdf, &MemoConfig::default())
    }

    /// The same with a message for Digital Post, `receipt.memo.xml`, if a sender is set and the
    /// citizen has a CPR number.
    ///
    /// # Errors
    /// As [`Package::with_signed`].
    pub fn with_memo(
        view: &CaseView,
        authority: &str,
        pdf: Vec<u8>,
        signed_pdf: Option<Vec<u8>>,
        sender: &MemoConfig,
    ) -> Result<Package, DeliveryError> {
        let form = form_of(view, authority);
        let signature = view.lifecycle().signature();
        let signed = signature.map(|s| s.digest.as_str());
        if signed != Some(digest(&form).as_str()) {
            return Err(
                DeliveryError::hopeless("the values are not those that were signed")
                    .about(DeliveryTrouble::Values),
            );
        }
        let elsewhere = signature.is_some_and(|s| s.method == SigningMethod::NemLogIn);
        if elsewhere && signed_pdf.is_none() {
            return Err(DeliveryError::hopeless(
                "the file that was signed at NemLog-in is not here any more: hand the case in by hand",
            )
            .about(DeliveryTrouble::Gone));
        }
        let unmade = |error: DocumentError| {
            DeliveryError::hopeless(error.to_string()).about(DeliveryTrouble::Document)
        };
        let json = canonical_json(&form);
        let xml = canonical_xml(&json).map_err(unmade)?;
        let receipt = receipt_of(view, authority).map_err(unmade)?;
        let receipt = receipt.ok_or_else(|| {
            DeliveryError::hopeless(MemoTrouble::NotSigned.to_string())
                .about(DeliveryTrouble::State)
        })?;
        let receipt_pdf = receipt.pdf().map_err(unmade)?;
        let key = sha256_hex(&pdf);
        let file = |name, media_type, bytes| PackedFile {
            name,
            media_type,
            bytes,
        };
        let mut files = vec![
            file("form.pdf", "application/pdf", pdf),
            file("form.json", "application/json", json.into_bytes()),
            file("form.xml", "application/xml", xml.into_bytes()),
            file("receipt.pdf", "application/pdf", receipt_pdf),
        ];
        if let Some(note) = note_of(view, authority) {
            files.push(file(
                "note.txt",
                "text/plain; charset=utf-8",
                note.into_bytes(),
            ));
        }
        if let Some(bytes) = signed_pdf {
            files.push(file("signed.pdf", "application/pdf", bytes));
        }
        if sender.is_set() {
            match memo_of(view, authority, sender) {
                Ok(xml) => files.push(file(
                    "receipt.memo.xml",
                    "application/xml",
                    xml.into_bytes(),
                )),
                // Whoever has none yet gets the receipt on paper.
                Err(MemoTrouble::Memo(MemoError::Recipient)) => {}
                Err(error) => {
                    return Err(
                        DeliveryError::hopeless(error.to_string()).about(DeliveryTrouble::Memo)
                    );
                }
            }
        }
        let listed: Vec<_> = files
            .iter()
            .map(|f| {
                json!({
                    "name": f.name,
                    "media_type": f.media_type,
                    "bytes": f.bytes.len(),
                    "sha256": sha256_hex(&f.bytes),
                })
            })
            .collect();
        let manifest = json!({
            "version": 1,
            "case": view.case(),
            "form": view.form_id(),
            "authority": authority,
            "date": view.today().to_string(),
            "values_sha256": digest(&form),
            "pdf_sha256": key,
            "files": listed,
        });
        let manifest = tolkebot_casework::canonical_json(&manifest);
        files.push(file(MANIFEST, "application/json", manifest.into_bytes()));
        Ok(Package {
            case: view.case().0.clone(),
            key,
            files,
        })
    }

    /// The manifest's bytes.
    pub fn manifest(&self) -> &[u8] {
        self.files.last().map_or(&[], |file| &file.bytes)
    }
}
