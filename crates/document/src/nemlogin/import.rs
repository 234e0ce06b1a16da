//! What came back from the signing service.

use der::asn1::ObjectIdentifier;
use jiff::{SignedDuration, Timestamp};
use lopdf::{Dictionary, Document, Object};
use serde::Serialize;
use x509_cert::Certificate;
use x509_cert::ext::pkix::name::DirectoryString;

use super::{MAX_SIGNED_BYTES, NemLogInError, revision};
use crate::pdf::{Misplaced, Place, printed_digest, resolve, signature_fields, text, time};
use crate::seal::cms::{common_name, times};
use crate::seal::stamp::Token;
use crate::sha256_hex;
use crate::signed::{Signed, Wrong};
use crate::trust::{Distrust, Use, check_chain};

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const GIVEN_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.42");
const SURNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.4");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const PSEUDONYM: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.65");
/// How far clocks may lie apart.
const APART: SignedDuration = SignedDuration::from_mins(5);
/// Largest signed file that is judged, bytes: the signature, its validation data and its time stamps
/// may add 4 MB.
pub const MAX_IMPORT_BYTES: usize = MAX_SIGNED_BYTES + 4_000_000;

/// A document that was signed at NemLog-in and holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedDocument {
    /// Who signed, for the staff to compare.
    pub signer: Signer,
    /// When, as the time-stamp service says, RFC 3339.
    pub signed_at: String,
    /// Whom the time-stamp service's certificate stands for.
    pub stamped_by: String,
    /// `B-T`, `B-LT` or `B-LTA`: what was added for keeping it long.
    pub level: &'static str,
    /// Who issued the certificate.
    pub issuer: String,
    /// SHA-256 of the certificate.
    pub certificate_sha256: String,
    /// SHA-256 of the document that went out.
    pub document_sha256: String,
    /// SHA-256 of the signed file.
    pub signed_sha256: String,
}

/// Who signed, as the certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// Full name.
    pub name: String,
    /// Given names, if the certificate names them apart.
    pub given_names: String,
    /// Surname, if the certificate names it apart.
    pub surname: String,
    /// The certificate's `serialNumber`: an id of the signer, or of this one signing. No CPR number.
    pub id: String,
}

impl Signer {
    /// True if this is how a person of that name is called: the same words, whatever their case.
    /// Another spelling (Оксана, Oxana) is for people to judge.
    pub fn is_called(&self, name: &str) -> bool {
        let words = |name: &str| {
            let mut words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
            words.sort();
            words
        };
        !name.trim().is_empty() && words(name) == words(&self.name)
    }

    fn of(certificate: &Certificate) -> Result<Signer, NemLogInError> {
        let subject = certificate.tbs_certificate().subject();
        let part = |oid| {
            let found = subject.by_oid::<DirectoryString>(oid);
            found.ok().flatten().map(|s| s.value().into_owned())
        };
        let signer = Signer {
            name: common_name(certificate),
            given_names: part(GIVEN_NAME).unwrap_or_default(),
            surname: part(SURNAME).unwrap_or_default(),
            id: part(SERIAL_NUMBER).unwrap_or_default(),
        };
        if part(PSEUDONYM).is_some() || signer.name.eq_ignore_ascii_case("pseudonym") {
            return Err(NemLogInError::Anonymous);
        }
        Ok(signer)
    }
}

/// Judges a signed file. `exported` is the document that went out, byte for byte, at `exported_at`;
/// `roots` are the certificates (DER) that the signer's and the time-stamp services' must lead to;
/// `now` is the time of looking. Whether a certificate was revoked is not asked: NemLog-in issues
/// one for each signature, good for minutes, and its service puts the answers into the file.
///
/// # Errors
/// [`NemLogInError`] says which one thing is wrong.
pub fn check_signed(
    exported: &[u8],
    signed: &[u8],
    roots: &[Vec<u8>],
    exported_at: Timestamp,
    now: Timestamp,
) -> Result<SignedDocument, NemLogInError> {
    if signed.len() > MAX_IMPORT_BYTES {
        return Err(NemLogInError::TooLarge {
            bytes: signed.len(),
            max: MAX_IMPORT_BYTES,
        });
    }
    let load = |pdf| Document::load_mem(pdf).map_err(|e| NemLogInError::Pdf(e.to_string()));
    let (before, after) = (load(exported)?, load(signed)?);
    if !signed.starts_with(exported) {
        let digests = (printed_digest(&after), printed_digest(&before));
        return Err(match digests {
            (Some(found), Some(wanted)) if found != wanted => {
                NemLogInError::OtherDocument { found, wanted }
            }
            _ => NemLogInError::Altered,
        });
    }
    let (value, stamps) = sort(&after)?;
    revision::check(&before, &after).map_err(NemLogInError::Added)?;
    let place = place(signed, value)?;
    if place.start() < exported.len() {
        return Err(NemLogInError::Altered);
    }
    let wrong = NemLogInError::Signature;
    let filter = value.get(b"SubFilter").and_then(Object::as_name).ok();
    if filter != Some(b"ETSI.CAdES.detached") {
        return Err(wrong("it is not of the kind PAdES".to_owned()));
    }
    let signature = Signed::read(&place.signature).map_err(wrong)?;
    signature
        .check(ID_DATA, &place.pieces(signed))
        .map_err(|why| match why {
            Wrong::Content => wrong("the document was changed after it was signed".to_owned()),
            Wrong::Signature(why) => wrong(why),
        })?;
    let token = match signature.time_stamp() {
        None => return Err(NemLogInError::NoStamp),
        Some(der) => der.and_then(|der| Token::read(&der)),
    };
    let token = token.map_err(NemLogInError::Stamp)?;
    if !token.is_over(&[signature.signature()]) {
        let text = "it is not about the signature";
        return Err(NemLogInError::Stamp(text.to_owned()));
    }
    token.check_trust(roots).map_err(NemLogInError::Stamp)?;
    check_time(token.at, value, exported_at, now)?;
    check_certificate(&signature, roots, token.at)?;
    let kept = !stamps.is_empty();
    for value in stamps {
        document_stamp(signed, value, roots)?;
    }
    let long = after.catalog().is_ok_and(|catalog| catalog.has(b"DSS"));
    Ok(SignedDocument {
        signer: Signer::of(&signature.own)?,
        signed_at: token.at.to_string(),
        stamped_by: token.authority,
        level: match (long, kept) {
            (true, true) => "B-LTA",
            (true, false) => "B-LT",
            (false, _) => "B-T",
        },
        issuer: signature.own.tbs_certificate().issuer().to_string(),
        certificate_sha256: sha256_hex(&signature.certificate),
        document_sha256: sha256_hex(exported),
        signed_sha256: sha256_hex(signed),
    })
}

/// The one signature, and the time stamps over the whole document that come after it.
fn sort(document: &Document) -> Result<(&Dictionary, Vec<&Dictionary>), NemLogInError> {
    let mut signatures = Vec::new();
    let mut stamps = Vec::new();
    for field in signature_fields(document) {
        // An empty field is no signature.
        let value = field.get(b"V").map(|v| resolve(document, v));
        let Ok(value) = value.and_then(Object::as_dict) else {
            continue;
        };
        let filter = value.get(b"SubFilter").and_then(Object::as_name).ok();
        if filter == Some(b"ETSI.RFC3161") {
            stamps.push(value);
        } else {
            signatures.push(value);
        }
    }
    match signatures[..] {
        [] => Err(NemLogInError::Unsigned),
        [one] => Ok((one, stamps)),
        _ => Err(NemLogInError::Several(signatures.len())),
    }
}

fn place(signed: &[u8], value: &Dictionary) -> Result<Place, NemLogInError> {
    Place::of(signed, value).map_err(|what| {
        let why = match what {
            Misplaced::Unreadable => "it cannot be read",
            Misplaced::Beginning => "it does not begin at the document's beginning",
            Misplaced::Beyond => "it reaches beyond the document",
            Misplaced::More => "it leaves out more than itself",
        };
        NemLogInError::Signature(why.to_owned())
    })
}

/// The time must lie between the export and now, and the time that the signer claims beside it.
fn check_time(
    at: Timestamp,
    value: &Dictionary,
    exported_at: Timestamp,
    now: Timestamp,
) -> Result<(), NemLogInError> {
    let claimed = value.get(b"M").ok().and_then(text).and_then(|t| time(&t));
    // The clock of whoever prepares the file counts for nothing but its own contradiction.
    for at in [Some(at), claimed].into_iter().flatten() {
        if at + APART < exported_at || at > now + APART {
            return Err(NemLogInError::Time {
                at: at.to_string(),
                early: at < exported_at,
            });
        }
    }
    Ok(())
}

fn check_certificate(
    signature: &Signed,
    roots: &[Vec<u8>],
    at: Timestamp,
) -> Result<(), NemLogInError> {
    let wrong = NemLogInError::Signature;
    let (own, others) = (&signature.certificate, &signature.others);
    check_chain(own, others, roots, at, Use::Document).map_err(|why| match why {
        Distrust::Time => match times(&signature.own) {
            Ok((from, until)) => NemLogInError::Expired {
                from: from.to_string(),
                until: until.to_string(),
                at: at.to_string(),
            },
            Err(error) => wrong(error.to_string()),
        },
        Distrust::Root => NemLogInError::Untrusted {
            issuer: signature.own.tbs_certificate().issuer().to_string(),
        },
        Distrust::Other(why) => wrong(why),
    })
}

/// A time stamp over the whole file up to itself.
fn document_stamp(
    signed: &[u8],
    value: &Dictionary,
    roots: &[Vec<u8>],
) -> Result<(), NemLogInError> {
    let place = place(signed, value)?;
    let token = Token::read(&place.signature).map_err(NemLogInError::Stamp)?;
    if !token.is_over(&place.pieces(signed)) {
        let text = "it is not about the document";
        return Err(NemLogInError::Stamp(text.to_owned()));
    }
    token.check_trust(roots).map_err(NemLogInError::Stamp)
}
