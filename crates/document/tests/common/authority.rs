//! An authority of the test's own: it issues certificates, and keeps a time-stamp service.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::sync::Mutex;

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Any, GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode, Reader, SliceReader, Tag, Tagged};
use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};
use sha2::{Digest, Sha256};
use tolkebot_document::{FileKey, SealKey, TimeStamps};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new(text).unwrap()
}

/// Beginning and end of a certificate's time, RFC 3339.
pub type Span = (&'static str, &'static str);
/// Good at the time that everything in these tests happens at.
pub const LONG: Span = ("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");

fn times(params: &mut CertificateParams, span: Span) {
    let date = |text: &str| {
        let at: Timestamp = text.parse().unwrap();
        let at = jiff::tz::TimeZone::UTC.to_datetime(at);
        rcgen::date_time_ymd(i32::from(at.year()), at.month() as u8, at.day() as u8)
    };
    params.not_before = date(span.0);
    params.not_after = date(span.1);
}

/// An authority with its root.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its root, DER.
    pub root: Vec<u8>,
    /// Its root, PEM.
    pub root_pem: String,
}

impl Authority {
    pub fn new(name: &str) -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        times(&mut params, LONG);
        let certificate = params.self_signed(&key).unwrap();
        Authority {
            root: certificate.der().to_vec(),
            root_pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// Issues a certificate: to a person, or with `purpose` (a DER extension) to a service.
    pub fn issue(&self, names: &[(DnType, &str)], span: Span, purpose: Option<bool>) -> FileKey {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        for (kind, name) in names {
            params.distinguished_name.push(kind.clone(), *name);
        }
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::ContentCommitment,
        ];
        if let Some(critical) = purpose {
            // id-kp-timeStamping alone.
            let purposes = vec![oid("1.3.6.1.5.5.7.3.8")].to_der().unwrap();
            let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, 37], purposes);
            extension.set_criticality(critical);
            params.custom_extensions = vec![extension];
        }
        times(&mut params, span);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        FileKey::from_pem(&key.serialize_pem(), &certificate.pem()).unwrap()
    }

    /// A certificate for a person, as NemLog-in issues them.
    pub fn citizen(&self, span: Span) -> FileKey {
        self.issue(&OKSANA.map(|(kind, name)| (kind, name)), span, None)
    }

    /// A time-stamp service.
    pub fn service(&self, at: &str) -> Service {
        let names = [(DnType::CommonName, "Tidsstempel TEST")];
        Service {
            key: self.issue(&names, LONG, Some(true)),
            roots: vec![self.root.clone()],
            at: at.parse().unwrap(),
            policy: None,
            fault: Fault::None,
            asked: Mutex::default(),
        }
    }
}

/// Nobody of this name exists.
pub const OKSANA: [(DnType, &str); 2] = [
    (DnType::CommonName, "Oksana Kovalenko"),
    (DnType::OrganizationName, "TolkeBOT TEST"),
];

/// What a service does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Nobody answers.
    Down,
    /// It answers with status 2.
    Refuses,
    /// It answers something that is no answer.
    Babbles,
    /// Its token is about another message.
    OtherImprint,
    /// Its token answers another request.
    OtherNonce,
    /// Its token answers none in particular.
    NoNonce,
    /// Its token was changed after it was signed.
    Forged,
}

/// A time-stamp service that lives in the test.
pub struct Service {
    pub key: FileKey,
    pub roots: Vec<Vec<u8>>,
    pub at: Timestamp,
    pub policy: Option<&'static str>,
    pub fault: Fault,
    /// Requests so far.
    pub asked: Mutex<Vec<Vec<u8>>>,
}

impl Service {
    pub fn wrong(self, fault: Fault) -> Service {
        Service { fault, ..self }
    }

    fn answer(&self, request: &[u8]) -> Vec<u8> {
        let request = Any::from_der(request).unwrap();
        let mut inside = SliceReader::new(request.value()).unwrap();
        assert_eq!(u8::decode(&mut inside).unwrap(), 1);
        let mut imprint = Any::decode(&mut inside).unwrap().to_der().unwrap();
        let (mut nonce, mut policy, mut wants_certificate) = (None, None, false);
        while !inside.is_finished() {
            let part = Any::decode(&mut inside).unwrap();
            match part.tag() {
                Tag::Integer => nonce = Some(part.to_der().unwrap()),
                Tag::ObjectIdentifier => policy = Some(part.to_der().unwrap()),
                Tag::Boolean => wants_certificate = part.value() == [0xFF],
                other => panic!("{other}"),
            }
        }
        assert!(wants_certificate);
        if self.fault == Fault::OtherImprint {
            *imprint.last_mut().unwrap() ^= 1;
        }
        match (&mut nonce, self.fault) {
            (Some(nonce), Fault::OtherNonce) => *nonce.last_mut().unwrap() ^= 1,
            (nonce, Fault::NoNonce) => *nonce = None,
            _ => {}
        }
        let seconds = u64::try_from(self.at.as_second()).unwrap();
        let time = std::time::Duration::from_secs(seconds);
        let time = GeneralizedTime::from_unix_duration(time).unwrap();
        let policy = policy.unwrap_or_else(|| oid("1.3.6.1.4.1.99999.1").to_der().unwrap());
        let info = sequence(&[
            &1u8.to_der().unwrap(),
            &policy,
            &imprint,
            &7u8.to_der().unwrap(),
            &time.to_der().unwrap(),
            &nonce.unwrap_or_default(),
        ]);
        let mut token = cms(&self.key, "1.2.840.113549.1.9.16.1.4", &info);
        if self.fault == Fault::Forged {
            let at = token.windows(info.len()).position(|w| w == info).unwrap();
            // The last digit of the seconds.
            let time = time.to_der().unwrap();
            let inside = info.windows(time.len()).position(|w| w == time).unwrap();
            token[at + inside + time.len() - 2] ^= 1;
        }
        sequence(&[&sequence(&[&0u8.to_der().unwrap()]), &token])
    }
}

impl TimeStamps for Service {
    fn nonce(&self) -> Result<[u8; 8], String> {
        Ok([0xFF, 2, 3, 4, 5, 6, 7, 8])
    }

    fn policy(&self) -> Option<&str> {
        self.policy
    }

    fn roots(&self) -> &[Vec<u8>] {
        &self.roots
    }

    fn request(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        self.asked.lock().unwrap().push(request.to_vec());
        match self.fault {
            Fault::Down => Err("nobody answers".to_owned()),
            Fault::Refuses => Ok(sequence(&[&sequence(&[&2u8.to_der().unwrap()])])),
            Fault::Babbles => Ok(b"<html>".to_vec()),
            _ => Ok(self.answer(request)),
        }
    }
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    Any::new(Tag::Sequence, parts.concat())
        .unwrap()
        .to_der()
        .unwrap()
}

fn algorithm(text: &str) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid: oid(text),
        parameters: None,
    }
}

/// A CMS signature with its content inside.
fn cms(key: &FileKey, kind: &str, content: &[u8]) -> Vec<u8> {
    let own = Certificate::from_der(&key.certificates()[0]).unwrap();
    let attribute = |name: &str, value: Any| Attribute {
        oid: oid(name),
        values: SetOfVec::try_from(vec![value]).unwrap(),
    };
    let octets = |bytes: &[u8]| OctetString::new(bytes.to_vec()).unwrap();
    let hash = |bytes: &[u8]| octets(&Sha256::digest(bytes));
    let named = sequence(&[&sequence(&[&sequence(&[&hash(&key.certificates()[0])
        .to_der()
        .unwrap()])])]);
    let signed = SetOfVec::try_from(vec![
        attribute(
            "1.2.840.113549.1.9.3",
            Any::encode_from(&oid(kind)).unwrap(),
        ),
        attribute(
            "1.2.840.113549.1.9.4",
            Any::encode_from(&hash(content)).unwrap(),
        ),
        attribute("1.2.840.113549.1.9.16.2.47", Any::from_der(&named).unwrap()),
    ])
    .unwrap();
    let signature = key.sign(&signed.to_der().unwrap()).unwrap();
    let tbs = own.tbs_certificate();
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: algorithm("2.16.840.1.101.3.4.2.1"),
        signed_attrs: Some(signed),
        signature_algorithm: algorithm("1.2.840.10045.4.3.2"),
        signature: octets(&signature),
        unsigned_attrs: None,
    };
    let data = SignedData {
        version: CmsVersion::V3,
        digest_algorithms: SetOfVec::try_from(vec![algorithm("2.16.840.1.101.3.4.2.1")]).unwrap(),
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: oid(kind),
            econtent: Some(Any::encode_from(&octets(content)).unwrap()),
        },
        certificates: Some(
            vec![CertificateChoices::Certificate(own)]
                .try_into()
                .unwrap(),
        ),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer]).unwrap(),
    };
    let info = ContentInfo {
        content_type: oid("1.2.840.113549.1.7.2"),
        content: Any::encode_from(&data).unwrap(),
    };
    info.to_der().unwrap()
}
