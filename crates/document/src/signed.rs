//! A CMS signature that somebody else made, taken apart and checked (RFC 5652, RFC 5035).

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Any, ObjectIdentifier, OctetString};
use der::{Decode, Encode, Sequence};
use sha1::Sha1;
use sha2::Digest;
use x509_cert::Certificate;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::trust::{Hash, check_signature};

const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// `ESSCertID` and `ESSCertIDv2`: the former has no hash algorithm.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct CertId {
    hash_algorithm: Option<AlgorithmIdentifierOwned>,
    cert_hash: OctetString,
    issuer_serial: Option<Any>,
}

/// `SigningCertificate` and `SigningCertificateV2`.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificate {
    certs: Vec<CertId>,
    policies: Option<Any>,
}

/// A signature with its certificates. Nothing in it is believed before [`Signed::check`].
pub(crate) struct Signed {
    signer: SignerInfo,
    content_type: ObjectIdentifier,
    /// The signer's certificate.
    pub(crate) own: Certificate,
    /// The same as DER.
    pub(crate) certificate: Vec<u8>,
    /// The other certificates that came along, DER.
    pub(crate) others: Vec<Vec<u8>>,
    /// What is signed, if it is inside.
    pub(crate) content: Option<Vec<u8>>,
}

fn broken(error: der::Error) -> String {
    format!("it is no CMS signature ({error})")
}

impl Signed {
    /// Reads one with exactly one signer, whose certificate must be inside.
    ///
    /// # Errors
    /// Says what is wrong.
    pub(crate) fn read(der: &[u8]) -> Result<Signed, String> {
        let info = ContentInfo::from_der(der).map_err(broken)?;
        if info.content_type != ID_SIGNED_DATA {
            return Err("it is no CMS signature".to_owned());
        }
        let data: SignedData = info.content.decode_as().map_err(broken)?;
        let [signer] = data.signer_infos.0.as_slice() else {
            return Err("it does not have one signer".to_owned());
        };
        let SignerIdentifier::IssuerAndSerialNumber(id) = &signer.sid else {
            return Err("it does not name its certificate by issuer and number".to_owned());
        };
        let mut own = None;
        let mut others = Vec::new();
        for choice in data.certificates.iter().flat_map(|set| set.0.iter()) {
            let CertificateChoices::Certificate(one) = choice else {
                continue;
            };
            let tbs = one.tbs_certificate();
            if tbs.issuer() == &id.issuer && tbs.serial_number() == &id.serial_number {
                own = Some(one.clone());
            } else {
                others.push(one.to_der().map_err(broken)?);
            }
        }
        let own = own.ok_or("its certificate is not in it")?;
        let content = match &data.encap_content_info.econtent {
            None => None,
            Some(any) => {
                let octets: OctetString = any.decode_as().map_err(broken)?;
                Some(octets.as_bytes().to_vec())
            }
        };
        Ok(Signed {
            signer: signer.clone(),
            content_type: data.encap_content_info.econtent_type,
            certificate: own.to_der().map_err(broken)?,
            own,
            others,
            content,
        })
    }

    /// Checks that content of this type, which `pieces` are one after the other, was signed with
    /// the certificate's key. Whether the certificate is to be trusted is another question.
    ///
    /// # Errors
    /// Says what is wrong.
    pub(crate) fn check(&self, kind: ObjectIdentifier, pieces: &[&[u8]]) -> Result<(), Wrong> {
        let other = |text: &str| Wrong::Signature(text.to_owned());
        let decoded = |e: der::Error| Wrong::Signature(broken(e));
        let hash = Hash::of(self.signer.digest_alg.oid)
            .ok_or_else(|| other("it is made with a hash that is not known"))?;
        let named: ObjectIdentifier = self
            .attribute(CONTENT_TYPE)
            .ok_or_else(|| other("it does not sign what kind of content it is about"))?
            .decode_as()
            .map_err(decoded)?;
        if named != kind || self.content_type != kind {
            return Err(other("it is about another kind of content"));
        }
        let claimed: OctetString = self
            .attribute(MESSAGE_DIGEST)
            .ok_or_else(|| other("it names no digest"))?
            .decode_as()
            .map_err(decoded)?;
        if claimed.as_bytes() != hash.over(pieces) {
            return Err(Wrong::Content);
        }
        self.names_its_certificate()?;
        let attributes = self.signer.signed_attrs.as_ref();
        // What is signed is the SET OF, not the field as it is stored.
        let message = attributes
            .ok_or_else(|| other("it signs no attributes"))?
            .to_der()
            .map_err(decoded)?;
        let oid = self.signer.signature_algorithm.oid;
        check_signature(&self.certificate, oid, hash, &message, self.signature())
            .map_err(Wrong::Signature)
    }

    /// The signature must say itself which certificate it is made with: otherwise another one for
    /// the same key could be put in its place.
    fn names_its_certificate(&self) -> Result<(), Wrong> {
        let other = |text: &str| Wrong::Signature(text.to_owned());
        let decoded = |e: der::Error| Wrong::Signature(broken(e));
        let (new, old) = (
            self.attribute(SIGNING_CERTIFICATE_V2),
            self.attribute(SIGNING_CERTIFICATE),
        );
        let named: SigningCertificate = new
            .or(old)
            .ok_or_else(|| other("it does not sign which certificate it is made with"))?
            .decode_as()
            .map_err(decoded)?;
        let first = named.certs.first();
        let first = first.ok_or_else(|| other("it names no certificate"))?;
        let hash = match (&first.hash_algorithm, new.is_some()) {
            (None, true) => Hash::Sha256.over(&[&self.certificate]),
            (Some(algorithm), true) => Hash::of(algorithm.oid)
                .ok_or_else(|| other("it names its certificate by a hash that is not known"))?
                .over(&[&self.certificate]),
            // The older attribute, which time-stamp services still use, knows SHA-1 alone.
            (_, false) => Sha1::digest(&self.certificate).to_vec(),
        };
        if first.cert_hash.as_bytes() == hash {
            Ok(())
        } else {
            Err(other("its certificate was exchanged"))
        }
    }

    fn attribute(&self, oid: ObjectIdentifier) -> Option<&Any> {
        let signed = self.signer.signed_attrs.as_ref()?;
        signed.iter().find(|a| a.oid == oid)?.values.get(0)
    }

    /// The signature's bytes.
    pub(crate) fn signature(&self) -> &[u8] {
        self.signer.signature.as_bytes()
    }

    /// The time stamp over the signature, DER, if there is one.
    pub(crate) fn time_stamp(&self) -> Option<Result<Vec<u8>, String>> {
        let unsigned = self.signer.unsigned_attrs.as_ref()?;
        let token = unsigned
            .iter()
            .find(|a| a.oid == TIME_STAMP)?
            .values
            .get(0)?;
        Some(token.to_der().map_err(broken))
    }
}

/// What is wrong with a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is about other content.
    Content,
    /// The signature itself.
    Signature(String),
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Wrong::Content => f.write_str("it is about something else"),
            Wrong::Signature(why) => f.write_str(why),
        }
    }
}
