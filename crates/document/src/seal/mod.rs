//! The municipality's electronic seal: PAdES-B-B, or B-T with a time-stamp service.
//!
//! The seal is an incremental update of the PDF, whose bytes stay as they are: a signature field
//! that nobody sees, certified so that any later change voids it (DocMDP 1), and a detached CMS
//! signature over everything but its own place.

pub(crate) mod cms;
mod elsewhere;
mod key;
pub(crate) mod stamp;
mod update;

use jiff::Timestamp;

pub use elsewhere::{algorithm_of, check_key, check_own, ecdsa_as_der};
pub use key::{FileKey, TestSeal, certificates};
pub use stamp::TimeStamps;

/// Why a document cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The PDF is none that can be sealed.
    #[error("the document cannot be sealed: {0}; make it with `tolkebot document` first")]
    Pdf(String),
    /// There is a seal already.
    #[error("the document has a seal already: seal the unsealed one")]
    Sealed,
    /// The key or its certificate cannot be used.
    #[error("the seal's key cannot be used: {0}")]
    Key(String),
    /// The key cannot be reached now.
    #[error("the seal's key cannot be reached: {0}; try again, and see to its security module")]
    Away(String),
    /// The certificate is not valid at the time of sealing.
    #[error(
        "the seal's certificate is good from {from} to {until}, not at {at}: renew it, or check \
         the clock"
    )]
    Expired {
        /// Beginning of its time, RFC 3339.
        from: String,
        /// End of its time, RFC 3339.
        until: String,
        /// The time of sealing, RFC 3339.
        at: String,
    },
    /// The signature does not fit into its place.
    #[error("the seal has {0} bytes, more than fit: shorten the certificate chain")]
    TooLong(usize),
    /// The time-stamp service failed.
    #[error("the time-stamp service failed: {0}; try again, or seal without it")]
    TimeStamp(String),
}

impl From<der::Error> for SealError {
    fn from(error: der::Error) -> Self {
        SealError::Key(error.to_string())
    }
}

/// What a key signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealAlgorithm {
    /// ECDSA on P-256 with SHA-256; signatures as DER.
    EcdsaP256Sha256,
    /// RSA PKCS #1 v1.5 with SHA-256.
    RsaSha256,
}

/// A key that seals. [`FileKey`] has it in memory; the server has one that lives in a security module
/// (PKCS #11).
pub trait SealKey: Send + Sync {
    /// The certificates as DER, the key's own first, then its issuers.
    fn certificates(&self) -> &[Vec<u8>];
    /// What it signs with.
    fn algorithm(&self) -> SealAlgorithm;
    /// Signs a message, which the key hashes itself with SHA-256.
    ///
    /// # Errors
    /// [`SealError::Key`] if the key cannot be used, [`SealError::Away`] if it cannot be reached now.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealError>;
}

/// Seals a document. `at` is the time that the seal claims; `reason` stands in the seal, in Danish.
/// The same document, key and time give the same bytes, unless a time-stamp service takes part.
///
/// # Errors
/// [`SealError`].
pub fn seal(
    pdf: &[u8],
    key: &dyn SealKey,
    at: Timestamp,
    reason: &str,
    stamps: Option<&dyn TimeStamps>,
) -> Result<Vec<u8>, SealError> {
    let name = cms::check_certificate(key, at)?;
    let mut prepared = update::prepare(pdf, &name, reason, at)?;
    let digest = prepared.digest();
    let signature = cms::sign(&digest, key, at, stamps)?;
    prepared.fill(&signature)?;
    Ok(prepared.bytes)
}
