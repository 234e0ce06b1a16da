//! Why a document cannot go to be signed, or what came back does not count.

use crate::DocumentError;

fn when(early: bool) -> &'static str {
    if early {
        "before the document was made"
    } else {
        "in the future"
    }
}

/// Why a document cannot be signed at NemLog-in, or a signed one is refused. No message holds a
/// value of the form.
#[derive(Debug, thiserror::Error)]
pub enum NemLogInError {
    /// A value was not confirmed, or one is missing.
    #[error(
        "the form is a draft: have every value confirmed and fill what is missing before it goes \
         to be signed"
    )]
    Draft,
    /// The document cannot be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The text that names the document is too long.
    #[error("`referenceText` has {length} characters, and NemLog-in takes at most 50: shorten it")]
    ReferenceLength {
        /// Characters it has.
        length: usize,
    },
    /// The text that names the document is empty, or cannot be shown.
    #[error("`referenceText` is empty or holds control characters: write it on one line")]
    ReferenceText,
    /// The text that names the document looks like a CPR number.
    #[error(
        "`referenceText` holds what looks like a CPR number, and it stands on log-in pages: name \
         the case instead"
    )]
    ReferenceCpr,
    /// The document is too large.
    #[error("the document has {bytes} bytes, and NemLog-in takes at most {max}: shorten the form")]
    TooLarge {
        /// Bytes it has.
        bytes: usize,
        /// Bytes it may have.
        max: usize,
    },
    /// It is no PDF that can be read.
    #[error("the document is no PDF that can be read ({0})")]
    Pdf(String),
    /// It holds something that the service does not take.
    #[error("object {object} of the PDF holds the name `/{name}`, which NemLog-in does not take")]
    Name {
        /// Number of the object.
        object: u32,
        /// The name.
        name: String,
    },
    /// A font is not in the document.
    #[error("the font `{0}` is not embedded in the PDF, and NemLog-in asks for it")]
    Font(String),
    /// The document is encrypted, or has a signature already.
    #[error("the PDF {0}, and NemLog-in takes none such")]
    Not(&'static str),
    /// What came back is about another document.
    #[error(
        "the signed file is another document, about the values sha256:{found}: look for the one \
         about sha256:{wanted}"
    )]
    OtherDocument {
        /// Digest of the values that it is about.
        found: String,
        /// Digest of the values that were to be signed.
        wanted: String,
    },
    /// What came back is not what went out.
    #[error(
        "the signed file does not begin with the document that went out, byte for byte: it was \
         changed, or the case was; export it again and have it signed again"
    )]
    Altered,
    /// Something was changed after it was signed.
    #[error("something was changed in the signed file beside its signature: {0}")]
    Added(String),
    /// There is no signature.
    #[error("the file has no signature: fetch the signed one from NemLog-in")]
    Unsigned,
    /// There are several signatures.
    #[error("the file has {0} signatures, and NemLog-in makes exactly one for each document")]
    Several(usize),
    /// The signature is wrong.
    #[error("the signature is wrong: {0}")]
    Signature(String),
    /// The certificate leads to none that is trusted.
    #[error(
        "the signature's certificate was issued by {issuer} and leads to no certificate that is \
         trusted: check the roots under [nemlogin]"
    )]
    Untrusted {
        /// Who issued it.
        issuer: String,
    },
    /// The certificate, or an issuer's, was not good when the document was signed.
    #[error(
        "the signature's certificate is good from {from} to {until}, and it was signed at {at}: it \
         does not count"
    )]
    Expired {
        /// Beginning of its time, RFC 3339.
        from: String,
        /// End of its time, RFC 3339.
        until: String,
        /// The time of signing, RFC 3339.
        at: String,
    },
    /// The signature has no time stamp.
    #[error(
        "the signature has no time stamp, and NemLog-in's always have one: its time is not sure"
    )]
    NoStamp,
    /// A time stamp is wrong.
    #[error("a time stamp of the signed file is wrong: {0}")]
    Stamp(String),
    /// The time of signing cannot be right.
    #[error("it was signed at {at}, which is {}: check the clocks", when(*early))]
    Time {
        /// The time of signing, RFC 3339.
        at: String,
        /// True: too early; false: too late.
        early: bool,
    },
    /// The certificate names nobody.
    #[error(
        "the signature's certificate hides who signed (pseudonym): have it signed again without \
         `anonymizeSigner`"
    )]
    Anonymous,
}
