//! Bodies of the HTTP API about signing at NemLog-in and about what waits to be handed in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CaseId, StageView};

/// `POST /api/cases/{case}/nemlogin/export`: fetches what goes to be signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportToSign {
    /// What names the document to the signer, at most 50 characters; the form and the case number
    /// if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reference: Option<String>,
}

/// Answer to [`ExportToSign`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ToSign {
    /// The document, a PDF in base64.
    pub document: String,
    /// Its SHA-256.
    pub document_sha256: String,
    /// Its description, as it stands in `package.json`.
    pub package: String,
}

/// `POST /api/cases/{case}/nemlogin/import`: hands in the signed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportSigned {
    /// The signed PDF in base64.
    pub signed: String,
    /// The certificate's name, if it is written otherwise than in the form and staff recognised the
    /// person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signer: Option<String>,
}

/// Answer to [`ImportSigned`]: the signature is good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SignedElsewhere {
    /// False if the name in the certificate is not written as in the form: then nothing was
    /// recorded, and staff must say whether it is the same person.
    pub recorded: bool,
    /// Who signed, as the certificate says.
    pub signer: String,
    /// The name in the form.
    pub name_in_form: String,
    /// When, as the time-stamp service says, RFC 3339.
    pub signed_at: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// Where the case stands.
    pub stage: StageView,
}

/// Why a document cannot go to be signed, or a signed one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SigningTrouble {
    /// The case is not where it can be signed: not read back, signed already, or further.
    State,
    /// The citizen has not confirmed the read-back.
    NotConfirmed,
    /// A value is missing or not confirmed.
    Draft,
    /// The text that names the document cannot be used.
    Reference,
    /// The service would not take the document.
    Document,
    /// No roots are set to judge a signature by.
    NoRoots,
    /// The file is no PDF that can be read.
    NotPdf,
    /// The file is too large.
    TooLarge,
    /// It is another document, or of other values.
    OtherDocument,
    /// It does not begin with the document that went out, or something was changed afterwards.
    Altered,
    /// There is no signature.
    Unsigned,
    /// The signature, its time stamp or its time is wrong.
    Signature,
    /// The certificate does not count: of another authority, expired, or it hides its owner.
    Certificate,
}

/// A line of `GET /api/outbox`: an approved case that has not arrived yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboxLine {
    /// The case.
    pub case: CaseId,
    /// Since when it waits, RFC 3339.
    pub since: String,
    /// Whether its document has been sealed.
    pub sealed: bool,
    /// How many tries failed.
    pub failed: u32,
    /// True if it is not tried again until a person says so.
    pub dead: bool,
    /// When it is tried next, RFC 3339; null if it is due now, or was given up.
    pub next_at: Option<String>,
    /// Why the last try failed, for the screen's own words; null if none did.
    pub trouble: Option<DeliveryTrouble>,
    /// The same as the machine says it: English, for whoever mends it, no personal data.
    pub because: String,
}

/// Why an approved case was not handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryTrouble {
    /// The case cannot be sealed as it stands.
    State,
    /// The document, the receipt or a copy of its values cannot be made.
    Document,
    /// The seal's key or its certificate cannot be used.
    Key,
    /// The seal's certificate is not good at this time.
    Certificate,
    /// The security module with the seal's key cannot be reached.
    KeyAway,
    /// The time-stamp service cannot be had, and nothing is sealed without it.
    TimeStamp,
    /// A document that was sealed or signed is not kept here any more.
    Gone,
    /// The values are not those that were signed.
    Values,
    /// The message for Digital Post cannot be made.
    Memo,
    /// The folder cannot be written.
    Folder,
    /// Another document of the case is there already.
    OtherDocument,
    /// The receiver cannot be reached.
    Unreachable,
    /// The receiver cannot take it now.
    Busy,
    /// The receiver refused it.
    Refused,
    /// Something else: see what the machine says.
    #[default]
    Other,
}
