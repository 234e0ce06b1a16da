//! The filled form as a document: a bilingual PDF, its values as canonical JSON and XML, the
//! municipality's seal.
//!
//! - [`FilledForm`], [`Extras`]: what a document shows, made from the form that screens show
//! - [`render`], [`render_with`]: the PDF, PDF/A-3a and PDF/UA-1, the same bytes for the same form
//! - [`canonical_json`], [`digest`], [`canonical_xml`]: the values in one stable form
//! - [`CaseRecord`], [`render_record`]: everything kept of a case, for the citizen who asks for it
//! - [`Receipt`], [`Memo`]: the citizen's copy, and a message for Digital Post with it
//! - [`seal`], [`SealKey`], [`TimeStamps`]: the electronic seal, PAdES-B-B or B-T
//! - [`SigningPackage`], [`check_signed`]: a document that is signed at NemLog-in, there and back
//! - [`moment`]: a time as people write it
//! - [`verify`]: what a finished document holds, and whether anything of it was changed
//!
//! Pure: no clock, no network, no files.

mod canonical;
mod error;
mod filled;
mod flow;
mod fonts;
mod memo;
mod nemlogin;
mod pdf;
mod receipt;
mod record;
mod render;
mod seal;
mod signed;
mod texts;
mod trust;
mod verify;
mod when;

pub use canonical::{
    XML_NAMESPACE, canonical_json, canonical_xml, digest, parse_canonical, qr_text, sha256_hex,
};
pub use error::DocumentError;
pub use filled::{
    EvidenceRow, Extras, FilledForm, FilledRow, FilledSection, RowStatus, SignatureMark, Vouched,
};
pub use memo::{MEMO_NAMESPACE, Memo, MemoError};
pub use nemlogin::{
    MAX_IMPORT_BYTES, MAX_REFERENCE, MAX_SIGNED_BYTES, NemLogInError, PackageManifest,
    SignedDocument, Signer, SigningPackage, check_signed,
};
pub use receipt::{Receipt, ReceiptRow};
pub use record::{AnsweredNotice, CaseRecord, RecordNotice, RecordUtterance, render_record};
pub use render::{
    JSON_NAME, SIGNATURE_NAME, XML_NAME, check_text, render, render_to_sign, render_with,
};
pub use seal::{
    FileKey, SealAlgorithm, SealError, SealKey, TestSeal, TimeStamps, algorithm_of, certificates,
    check_key, check_own, ecdsa_as_der, seal,
};
pub use verify::{SealReport, Verified, VerifyError, verify};
pub use when::moment;

/// Version of [`DECLARATION`]: whoever signed an earlier one has its words in their document.
pub const DECLARATION_VERSION: u32 = texts::FORMER_DECLARATIONS.len() as u32 + 1;

/// What the citizen declares by signing: in Danish and in Ukrainian.
pub const DECLARATION: [&str; 2] = [texts::DECLARATION.da, texts::DECLARATION.uk];
