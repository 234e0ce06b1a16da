//! The CMS signature inside the seal: making it, and checking one (RFC 5652, ETSI EN 319 122-1).

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use jiff::Timestamp;
use p256::ecdsa::signature::Verifier;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::{AlgorithmIdentifierOwned, DecodePublicKey};

use super::stamp::Token;
use super::{SealAlgorithm, SealError, SealKey, TimeStamps, stamp};

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
pub(super) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(super) const ECDSA_SHA256: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
pub(super) const RSA_SHA256: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// `ESSCertIDv2` of RFC 5035 with its default hash, SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct EssCertIdV2 {
    cert_hash: OctetString,
}

/// `SigningCertificateV2` of RFC 5035: says which certificate signs, so that none can be exchanged.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
}

fn algorithm(oid: ObjectIdentifier, parameters: Option<Any>) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters }
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, der::Error> {
    Ok(Attribute {
        oid,
        values: SetOfVec::try_from(vec![value])?,
    })
}

fn time(at: &x509_cert::time::Time) -> Result<Timestamp, SealError> {
    let since = at.to_unix_duration();
    i64::try_from(since.as_secs())
        .ok()
        .and_then(|s| Timestamp::from_second(s).ok())
        .ok_or_else(|| SealError::Key("its certificate's time is out of range".to_owned()))
}

/// Checks that the key's certificate is good at a time; returns the name that it stands for.
pub(super) fn check_certificate(key: &dyn SealKey, at: Timestamp) -> Result<String, SealError> {
    let own = key
        .certificates()
        .first()
        .ok_or_else(|| SealError::Key("it has no certificate".to_owned()))?;
    let certificate = Certificate::from_der(own)?;
    let (from, until) = times(&certificate)?;
    if at < from || at > until {
        return Err(SealError::Expired {
            from: from.to_string(),
            until: until.to_string(),
            at: at.to_string(),
        });
    }
    Ok(common_name(&certificate))
}

/// Beginning and end of a certificate's time.
pub(crate) fn times(certificate: &Certificate) -> Result<(Timestamp, Timestamp), SealError> {
    let validity = certificate.tbs_certificate().validity();
    Ok((time(&validity.not_before)?, time(&validity.not_after)?))
}

/// The common name of a certificate's subject, or all of the subject.
pub(crate) fn common_name(certificate: &Certificate) -> String {
    let subject = certificate.tbs_certificate().subject();
    match subject.common_name() {
        Ok(Some(name)) => name.value().into_owned(),
        _ => subject.to_string(),
    }
}

/// Signs a digest: DER of a `ContentInfo` with detached content.
pub(super) fn sign(
    digest: &[u8; 32],
    key: &dyn SealKey,
    at: Timestamp,
    stamps: Option<&dyn TimeStamps>,
) -> Result<Vec<u8>, SealError> {
    let certificates = key
        .certificates()
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect::<Result<Vec<_>, _>>()?;
    let own = certificates
        .first()
        .ok_or_else(|| SealError::Key("it has no certificate".to_owned()))?;
    let hash = Sha256::digest(own.to_der()?);
    let signing_certificate = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            cert_hash: OctetString::new(hash.to_vec())?,
        }],
    };
    let signed = SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(
            MESSAGE_DIGEST,
            Any::encode_from(&OctetString::new(digest.to_vec())?)?,
        )?,
        attribute(
            SIGNING_CERTIFICATE_V2,
            Any::encode_from(&signing_certificate)?,
        )?,
    ])?;
    // What is signed is the SET OF, not the field as it is stored.
    let signature = key.sign(&signed.to_der()?)?;
    let unsigned_attrs = match stamps {
        None => None,
        Some(stamps) => {
            let token = stamp::token(stamps, &signature, at)?;
            Some(SetOfVec::try_from(vec![attribute(TIME_STAMP, token)?])?)
        }
    };
    let digest_alg = algorithm(SHA256, None);
    let signature_algorithm = match key.algorithm() {
        SealAlgorithm::EcdsaP256Sha256 => algorithm(ECDSA_SHA256, None),
        SealAlgorithm::RsaSha256 => algorithm(RSA_SHA256, Some(Any::null())),
    };
    let tbs = own.tbs_certificate();
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: digest_alg.clone(),
        signed_attrs: Some(signed),
        signature_algorithm,
        signature: OctetString::new(signature)?,
        unsigned_attrs,
    };
    let choices: Vec<CertificateChoices> = certificates
        .into_iter()
        .map(CertificateChoices::Certificate)
        .collect();
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![digest_alg])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: ID_DATA,
            econtent: None,
        },
        certificates: Some(choices.try_into()?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![info])?,
    };
    let info = ContentInfo {
        content_type: ID_SIGNED_DATA,
        content: Any::encode_from(&data)?,
    };
    Ok(info.to_der()?)
}

/// What a signature says.
pub(crate) struct Checked {
    /// Whom the certificate stands for.
    pub signer: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// The other certificates that came along, DER.
    pub others: Vec<Vec<u8>>,
    /// Beginning and end of the certificate's time.
    pub valid: (Timestamp, Timestamp),
    /// The time stamp over the signature.
    pub stamp: Option<Token>,
}

/// Checks a detached signature over content with this digest.
///
/// # Errors
/// Says what is wrong with it.
pub(crate) fn check(signature: &[u8], digest: &[u8; 32]) -> Result<Checked, String> {
    let broken = |e: der::Error| format!("the seal is no CMS signature ({e})");
    let info = ContentInfo::from_der(signature).map_err(broken)?;
    if info.content_type != ID_SIGNED_DATA {
        return Err("the seal is no CMS signature".to_owned());
    }
    let data: SignedData = info.content.decode_as().map_err(broken)?;
    let [signer] = data.signer_infos.0.as_slice() else {
        return Err("the seal does not have one signer".to_owned());
    };
    let certificates: Vec<Certificate> = data
        .certificates
        .iter()
        .flat_map(|set| set.0.iter())
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
            CertificateChoices::Other(_) => None,
        })
        .collect();
    let SignerIdentifier::IssuerAndSerialNumber(id) = &signer.sid else {
        return Err("the seal does not name its certificate by issuer and number".to_owned());
    };
    let own = certificates
        .iter()
        .find(|c| {
            let tbs = c.tbs_certificate();
            tbs.issuer() == &id.issuer && tbs.serial_number() == &id.serial_number
        })
        .ok_or("the seal's certificate is not in it")?;
    let der = own.to_der().map_err(broken)?;
    let signed = signer
        .signed_attrs
        .as_ref()
        .ok_or("the seal signs no attributes")?;
    let value = |oid| {
        let found = signed.iter().find(|a| a.oid == oid)?;
        found.values.get(0)
    };
    let claimed: OctetString = value(MESSAGE_DIGEST)
        .ok_or("the seal names no digest")?
        .decode_as()
        .map_err(broken)?;
    if claimed.as_bytes() != digest {
        return Err("the document was changed after it was sealed".to_owned());
    }
    let named: SigningCertificateV2 = value(SIGNING_CERTIFICATE_V2)
        .ok_or("the seal does not sign which certificate it is made with")?
        .decode_as()
        .map_err(broken)?;
    let hash = Sha256::digest(&der);
    if named.certs.first().map(|c| c.cert_hash.as_bytes()) != Some(&hash[..]) {
        return Err("the seal's certificate was exchanged".to_owned());
    }
    let message = signed.to_der().map_err(broken)?;
    verify(own, signer, &message)?;
    let valid = times(own).map_err(|e| e.to_string())?;
    let others = certificates
        .iter()
        .filter(|c| *c != own)
        .map(|c| c.to_der().map_err(broken))
        .collect::<Result<_, _>>()?;
    let stamp = signer
        .unsigned_attrs
        .as_ref()
        .and_then(|set| set.iter().find(|a| a.oid == TIME_STAMP)?.values.get(0));
    let stamp = match stamp {
        None => None,
        Some(token) => Some(read_stamp(token, signer.signature.as_bytes())?),
    };
    Ok(Checked {
        signer: common_name(own),
        issuer: own.tbs_certificate().issuer().to_string(),
        certificate: der,
        others,
        valid,
        stamp,
    })
}

/// The time stamp of a seal, which must be about the seal's signature.
fn read_stamp(token: &Any, signature: &[u8]) -> Result<Token, String> {
    let wrong = |why: &str| format!("the seal's time stamp is wrong: {why}");
    let der = token.to_der().map_err(|e| wrong(&e.to_string()))?;
    let token = Token::read(&der).map_err(|why| wrong(&why))?;
    if token.is_over(&[signature]) {
        Ok(token)
    } else {
        Err(wrong("it is about something else"))
    }
}

fn verify(own: &Certificate, signer: &SignerInfo, message: &[u8]) -> Result<(), String> {
    let oid = signer.signature_algorithm.oid;
    check_signature(own, oid, message, signer.signature.as_bytes())
}

/// Checks a signature with a certificate's key.
pub(super) fn check_signature(
    by: &Certificate,
    oid: ObjectIdentifier,
    message: &[u8],
    signature: &[u8],
) -> Result<(), String> {
    let wrong = || "the seal's signature is wrong".to_owned();
    let spki = by
        .tbs_certificate()
        .subject_public_key_info()
        .to_der()
        .map_err(|e| e.to_string())?;
    if oid == ECDSA_SHA256 {
        let key = p256::ecdsa::VerifyingKey::from_public_key_der(&spki).map_err(|_| wrong())?;
        let signature = p256::ecdsa::DerSignature::from_bytes(signature).map_err(|_| wrong())?;
        key.verify(message, &signature).map_err(|_| wrong())
    } else if oid == RSA_SHA256 || oid == RSA {
        let key = rsa::PublicKey::from_public_key_der(&spki).map_err(|_| wrong())?;
        let key = rsa::pkcs1v15::VerifyingKey::<Sha256>::new(key);
        let signature = rsa::pkcs1v15::Signature::try_from(signature).map_err(|_| wrong())?;
        key.verify(message, &signature).map_err(|_| wrong())
    } else {
        Err(format!("the seal is signed with {oid}, which is not known"))
    }
}

/// True if `certificate` is one of `roots`, or leads to one over `others`.
pub(crate) fn leads_to(certificate: &[u8], others: &[Vec<u8>], roots: &[Vec<u8>]) -> bool {
    let mut current = certificate.to_vec();
    // A chain has no more links than there are certificates.
    for _ in 0..=others.len() + 1 {
        if roots.contains(&current) {
            return true;
        }
        let Ok(child) = Certificate::from_der(&current) else {
            return false;
        };
        let parent = others.iter().chain(roots).find(|der| {
            Certificate::from_der(der).is_ok_and(|parent| is_issued_by(&child, &parent))
        });
        match parent {
            Some(der) if *der != current => current.clone_from(der),
            _ => return false,
        }
    }
    false
}

fn is_issued_by(child: &Certificate, parent: &Certificate) -> bool {
    let is_authority = parent
        .tbs_certificate()
        .get_extension::<x509_cert::ext::pkix::BasicConstraints>()
        .is_ok_and(|found| found.is_some_and(|(_, constraints)| constraints.ca));
    let Ok(message) = child.tbs_certificate().to_der() else {
        return false;
    };
    let signature = child.signature().raw_bytes();
    is_authority
        && child.tbs_certificate().issuer() == parent.tbs_certificate().subject()
        && check_signature(parent, child.signature_algorithm().oid, &message, signature).is_ok()
}
