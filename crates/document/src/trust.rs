//! Signatures and certificate chains of others: time-stamp services, NemLog-in.
//!
//! The seal's own check (`seal::cms`) knows what the seal is made with and nothing else. Here come
//! documents in that other people's programs signed, so that chains are built and judged by webpki.

use std::time::Duration;

use der::Decode;
use der::asn1::ObjectIdentifier;
use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::ring;
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert,
};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};

/// `id-kp-timeStamping`.
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// Purposes that say that a key is no person's: TLS servers, time stamps, answers about revocation.
const NOT_PEOPLE: [&[usize]; 3] = [
    &[1, 3, 6, 1, 5, 5, 7, 3, 1],
    &[1, 3, 6, 1, 5, 5, 7, 3, 8],
    &[1, 3, 6, 1, 5, 5, 7, 3, 9],
];

/// A hash that signatures are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(crate) fn of(oid: ObjectIdentifier) -> Option<Hash> {
        match oid.to_string().as_str() {
            "2.16.840.1.101.3.4.2.1" => Some(Hash::Sha256),
            "2.16.840.1.101.3.4.2.2" => Some(Hash::Sha384),
            "2.16.840.1.101.3.4.2.3" => Some(Hash::Sha512),
            _ => None,
        }
    }

    /// The hash of pieces one after the other.
    pub(crate) fn over(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn run<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            pieces.iter().for_each(|piece| hash.update(piece));
            hash.finalize().to_vec()
        }
        match self {
            Hash::Sha256 => run::<Sha256>(pieces),
            Hash::Sha384 => run::<Sha384>(pieces),
            Hash::Sha512 => run::<Sha512>(pieces),
        }
    }
}

/// The algorithms that a signature's OID can mean, whatever key the certificate has.
fn candidates(
    oid: ObjectIdentifier,
    hash: Hash,
) -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let pkcs1 = |hash| match hash {
        Hash::Sha256 => ring::RSA_PKCS1_2048_8192_SHA256,
        Hash::Sha384 => ring::RSA_PKCS1_2048_8192_SHA384,
        Hash::Sha512 => ring::RSA_PKCS1_2048_8192_SHA512,
    };
    match oid.to_string().as_str() {
        "1.2.840.10045.4.3.2" => vec![ring::ECDSA_P256_SHA256, ring::ECDSA_P384_SHA256],
        "1.2.840.10045.4.3.3" => vec![ring::ECDSA_P256_SHA384, ring::ECDSA_P384_SHA384],
        "1.2.840.113549.1.1.11" => vec![pkcs1(Hash::Sha256)],
        "1.2.840.113549.1.1.12" => vec![pkcs1(Hash::Sha384)],
        "1.2.840.113549.1.1.13" => vec![pkcs1(Hash::Sha512)],
        // rsaEncryption: the hash is named beside it.
        "1.2.840.113549.1.1.1" => vec![pkcs1(hash)],
        "1.2.840.113549.1.1.10" => vec![match hash {
            Hash::Sha256 => ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
            Hash::Sha384 => ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
            Hash::Sha512 => ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        }],
        _ => Vec::new(),
    }
}

/// Checks a signature with a certificate's key.
///
/// # Errors
/// Says what is wrong.
pub(crate) fn check_signature(
    certificate: &[u8],
    oid: ObjectIdentifier,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<(), String> {
    let candidates = candidates(oid, hash);
    if candidates.is_empty() {
        return Err(format!("it is signed with {oid}, which is not known"));
    }
    let der = CertificateDer::from(certificate);
    let by = EndEntityCert::try_from(&der)
        .map_err(|e| format!("its certificate cannot be read ({e:?})"))?;
    candidates
        .into_iter()
        .any(|algorithm| by.verify_signature(algorithm, message, signature).is_ok())
        .then_some(())
        .ok_or_else(|| "its signature does not fit its certificate's key".to_owned())
}

/// What a certificate is asked to vouch for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// A document that a person signs.
    Document,
    /// Time stamps.
    TimeStamp,
}

impl ExtendedKeyUsageValidator for Use {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        let purposes = purposes
            .map(|one| one.map(|id| id.to_decoded_oid()))
            .collect::<Result<Vec<_>, _>>()?;
        let good = match self {
            // No purpose at all means any.
            Use::Document => {
                purposes.is_empty() || !purposes.iter().all(|p| NOT_PEOPLE.contains(&p.as_slice()))
            }
            // An issuer may name none; that the service's own names this one alone is checked apart.
            Use::TimeStamp => {
                purposes.is_empty() || purposes.iter().any(|p| p.as_slice() == NOT_PEOPLE[1])
            }
        };
        good.then_some(()).ok_or(Error::ExtensionValueInvalid)
    }
}

/// Why a certificate does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Distrust {
    /// It, or an issuer of it, was not good at the time.
    Time,
    /// It leads to none of the roots.
    Root,
    /// It is for something else, or cannot be read.
    Other(String),
}

/// Checks that a certificate leads to one of `roots` over `others`, with every certificate good at
/// `at` and allowed to do what it does. Whether one was revoked is not asked.
pub(crate) fn check_chain(
    certificate: &[u8],
    others: &[Vec<u8>],
    roots: &[Vec<u8>],
    at: Timestamp,
    purpose: Use,
) -> Result<(), Distrust> {
    let unreadable =
        |e: &dyn std::fmt::Debug| Distrust::Other(format!("it cannot be read ({e:?})"));
    let own = Certificate::from_der(certificate).map_err(|e| unreadable(&e))?;
    may_sign(&own, purpose)?;
    let der = CertificateDer::from(certificate);
    let end = EndEntityCert::try_from(&der).map_err(|e| unreadable(&e))?;
    let roots: Vec<CertificateDer<'_>> = roots
        .iter()
        .map(|r| CertificateDer::from(r.as_slice()))
        .collect();
    let anchors: Vec<TrustAnchor<'_>> = roots
        .iter()
        .filter_map(|root| anchor_from_trusted_cert(root).ok())
        .collect();
    let between: Vec<CertificateDer<'_>> = others
        .iter()
        .map(|o| CertificateDer::from(o.as_slice()))
        .collect();
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let known = webpki::ALL_VERIFICATION_ALGS;
    match end.verify_for_usage(known, &anchors, &between, time, purpose, None, None) {
        Ok(_) => Ok(()),
        Err(Error::CertExpired { .. } | Error::CertNotValidYet { .. }) => Err(Distrust::Time),
        Err(Error::UnknownIssuer | Error::InvalidSignatureForPublicKey) => Err(Distrust::Root),
        Err(error) => Err(Distrust::Other(format!("its chain is wrong ({error:?})"))),
    }
}

/// Checks what the certificate itself says that its key is for.
fn may_sign(certificate: &Certificate, purpose: Use) -> Result<(), Distrust> {
    let tbs = certificate.tbs_certificate();
    let wrong = |text: &str| Distrust::Other(text.to_owned());
    let usage = tbs
        .get_extension::<KeyUsage>()
        .map_err(|e| Distrust::Other(format!("its key usage cannot be read ({e})")))?;
    let signs = usage.is_none_or(|(_, usage)| {
        usage.0.contains(KeyUsages::DigitalSignature) || usage.0.contains(KeyUsages::NonRepudiation)
    });
    if !signs {
        return Err(wrong("its key is not for signing"));
    }
    if purpose == Use::TimeStamp {
        // RFC 3161, 2.3: this purpose, no other, and critical.
        let named = tbs
            .get_extension::<ExtendedKeyUsage>()
            .map_err(|e| Distrust::Other(format!("its purpose cannot be read ({e})")))?;
        if !named.is_some_and(|(critical, purposes)| critical && purposes.0 == [TIME_STAMPING]) {
            return Err(wrong(
                "its certificate is not one for time stamps alone (critical purpose timeStamping)",
            ));
        }
    }
    Ok(())
}
