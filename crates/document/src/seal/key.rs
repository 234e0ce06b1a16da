//! Keys from files.

use std::fmt;
use std::str::FromStr;

use der::{Encode, EncodePem};
use jiff::Timestamp;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::pkcs1v15;
use rsa::signature::{SignatureEncoding, Signer};
use sha2::Sha256;
use x509_cert::Certificate;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

use super::{SealAlgorithm, SealError, SealKey};

/// The certificates of a PEM file, as DER.
///
/// # Errors
/// [`SealError::Key`] if there is none, or one cannot be read.
pub fn certificates(pem: &str) -> Result<Vec<Vec<u8>>, SealError> {
    let chain = Certificate::load_pem_chain(pem.as_bytes())
        .map_err(|e| SealError::Key(format!("its certificate is no PEM certificate ({e})")))?;
    if chain.is_empty() {
        return Err(SealError::Key(
            "its certificate file has no certificate".to_owned(),
        ));
    }
    Ok(chain.iter().map(Encode::to_der).collect::<Result<_, _>>()?)
}

enum Private {
    P256(p256::ecdsa::SigningKey),
    Rsa(Box<pkcs1v15::SigningKey<Sha256>>),
}

/// A key in memory, read from PEM.
pub struct FileKey {
    private: Private,
    certificates: Vec<Vec<u8>>,
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileKey({:?})", self.algorithm())
    }
}

impl FileKey {
    /// Reads a key (`PRIVATE KEY`, PKCS #8: P-256 or RSA of 2048 bits or more) and its certificates
    /// (`CERTIFICATE`, the key's own first).
    ///
    /// # Errors
    /// [`SealError::Key`] if they cannot be read or do not belong together. It names no part of
    /// the key.
    pub fn from_pem(key: &str, certificates: &str) -> Result<FileKey, SealError> {
        let wrong = |text: &str| SealError::Key(text.to_owned());
        let chain = Certificate::load_pem_chain(certificates.as_bytes())
            .map_err(|e| SealError::Key(format!("its certificate is no PEM certificate ({e})")))?;
        let own = chain
            .first()
            .ok_or_else(|| wrong("its certificate file has no certificate"))?;
        let private = if let Ok(key) = p256::ecdsa::SigningKey::from_pkcs8_pem(key) {
            Private::P256(key)
        } else if let Ok(key) = rsa::PrivateKey::from_pkcs8_pem(key) {
            if rsa::traits::PublicKeyParts::size(&key) < 256 {
                return Err(wrong(
                    "its RSA key has less than 2048 bits: use a longer one",
                ));
            }
            Private::Rsa(Box::new(pkcs1v15::SigningKey::new(key)))
        } else {
            return Err(wrong(
                "it is no `PRIVATE KEY` in PKCS #8 of kind P-256 or RSA: convert it with \
                 `openssl pkcs8 -topk8 -nocrypt`",
            ));
        };
        let public = match &private {
            Private::P256(key) => key.verifying_key().to_public_key_der(),
            Private::Rsa(key) => rsa::signature::Keypair::verifying_key(&**key).to_public_key_der(),
        };
        let public = public.map_err(|e| SealError::Key(e.to_string()))?;
        let certified = own.tbs_certificate().subject_public_key_info().to_der()?;
        if public.as_bytes() != certified {
            return Err(wrong("the first certificate is not that of the key"));
        }
        let certificates = chain.iter().map(Encode::to_der).collect::<Result<_, _>>()?;
        Ok(FileKey {
            private,
            certificates,
        })
    }
}

impl SealKey for FileKey {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn algorithm(&self) -> SealAlgorithm {
        match self.private {
            Private::P256(_) => SealAlgorithm::EcdsaP256Sha256,
            Private::Rsa(_) => SealAlgorithm::RsaSha256,
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealError> {
        let failed = |e: rsa::signature::Error| SealError::Key(e.to_string());
        match &self.private {
            Private::P256(key) => {
                let made: p256::ecdsa::DerSignature = key.try_sign(message).map_err(failed)?;
                Ok(made.as_bytes().to_vec())
            }
            Private::Rsa(key) => {
                let made: pkcs1v15::Signature = key.try_sign(message).map_err(failed)?;
                Ok(made.to_vec())
            }
        }
    }
}

/// A key with a certificate that nobody but itself vouches for: to try sealing out. Its name says
/// so on every document.
pub struct TestSeal {
    /// The key, PEM.
    pub key: String,
    /// The certificate, PEM.
    pub certificate: String,
}

impl fmt::Debug for TestSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TestSeal")
    }
}

/// Issues a certificate to its own name.
struct SelfSigned(Name);

impl BuilderProfile for SelfSigned {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        tbs: &x509_cert::TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
        let constraints = BasicConstraints {
            ca: false,
            path_len_constraint: None,
        };
        let subject = tbs.subject();
        let first = (&constraints).to_extension(subject, &[])?;
        let second = (&usage).to_extension(subject, &[])?;
        Ok(vec![first, second])
    }
}

impl TestSeal {
    /// Years that the certificate is good for.
    const YEARS: i64 = 3;

    /// Makes one from 32 random bytes, good from `now` on.
    ///
    /// # Errors
    /// [`SealError::Key`] for bytes that are no key, which random ones practically never are.
    pub fn make(seed: &[u8; 32], now: Timestamp) -> Result<TestSeal, SealError> {
        let failed = |e: &dyn fmt::Display| SealError::Key(e.to_string());
        let key = p256::ecdsa::SigningKey::from_slice(seed).map_err(|e| failed(&e))?;
        let name = Name::from_str("CN=TolkeBOT TEST - ikke kvalificeret,O=TolkeBOT,C=DK")
            .map_err(|e| failed(&e))?;
        let time = |seconds: i64| -> Result<Time, SealError> {
            let seconds = u64::try_from(seconds).map_err(|e| failed(&e))?;
            let at = der::DateTime::from_unix_duration(std::time::Duration::from_secs(seconds))?;
            Ok(Time::from(at))
        };
        let validity = Validity::new(
            time(now.as_second())?,
            time(now.as_second() + TestSeal::YEARS * 365 * 86_400)?,
        );
        let public = SubjectPublicKeyInfo::from_key(key.verifying_key()).map_err(|e| failed(&e))?;
        // Positive and as good as unique: half of the hash of the public key.
        let hash = <Sha256 as sha2::Digest>::digest(public.to_der()?);
        let mut serial = hash[..16].to_vec();
        serial[0] = serial[0] & 0x3F | 0x40;
        let serial = SerialNumber::new(&serial)?;
        let builder = CertificateBuilder::new(SelfSigned(name), serial, validity, public)
            .map_err(|e| failed(&e))?;
        let certificate: Certificate = builder
            .build::<_, p256::ecdsa::DerSignature>(&key)
            .map_err(|e| failed(&e))?;
        let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| failed(&e))?;
        Ok(TestSeal {
            key: pem.to_string(),
            certificate: certificate.to_pem(LineEnding::LF)?,
        })
    }

    /// True for the subject of such a certificate.
    pub fn is_name(subject: &str) -> bool {
        subject.starts_with("TolkeBOT TEST")
    }
}
