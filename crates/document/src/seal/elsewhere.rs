//! What a key needs that lives elsewhere, in a security module, and of which only the certificate is
//! here.

use der::{Decode, Encode};
use p256::pkcs8::DecodePublicKey;
use x509_cert::Certificate;

use super::cms::{ECDSA_SHA256, RSA_SHA256, check_signature};
use super::{SealAlgorithm, SealError, SealKey};

/// What is signed to see whether key and certificate belong together. No document begins like this.
const PROBE: &[u8] = b"TolkeBOT: does this key belong to its certificate?";

fn wrong(text: &str) -> SealError {
    SealError::Key(text.to_owned())
}

/// What the key of a certificate (DER) signs with: P-256, or RSA from 2048 bits.
///
/// # Errors
/// [`SealError::Key`] for other keys, and for what is no certificate.
pub fn algorithm_of(certificate: &[u8]) -> Result<SealAlgorithm, SealError> {
    let certificate = Certificate::from_der(certificate)?;
    let public = certificate
        .tbs_certificate()
        .subject_public_key_info()
        .to_der()?;
    if p256::ecdsa::VerifyingKey::from_public_key_der(&public).is_ok() {
        return Ok(SealAlgorithm::EcdsaP256Sha256);
    }
    match rsa::PublicKey::from_public_key_der(&public) {
        Ok(key) if rsa::traits::PublicKeyParts::size(&key) >= 256 => Ok(SealAlgorithm::RsaSha256),
        Ok(_) => Err(wrong(
            "its RSA key has less than 2048 bits: use a longer one",
        )),
        Err(_) => Err(wrong(
            "its certificate is for neither a P-256 nor an RSA key: use one of these",
        )),
    }
}

/// An ECDSA signature on P-256 as security modules give it, two numbers of 32 bytes, as DER.
///
/// # Errors
/// [`SealError::Key`] if it is none.
pub fn ecdsa_as_der(signature: &[u8]) -> Result<Vec<u8>, SealError> {
    let signature = p256::ecdsa::Signature::from_slice(signature)
        .map_err(|_| wrong("the security module's answer is no signature on P-256"))?;
    Ok(signature.to_der().as_bytes().to_vec())
}

/// Checks a signature of a key with its first certificate.
///
/// # Errors
/// [`SealError::Key`] if it is not right: the certificate is not that of the key.
pub fn check_own(key: &dyn SealKey, message: &[u8], signature: &[u8]) -> Result<(), SealError> {
    let first = key
        .certificates()
        .first()
        .ok_or_else(|| wrong("its certificate file has no certificate"))?;
    let own = Certificate::from_der(first)?;
    let algorithm = match key.algorithm() {
        SealAlgorithm::EcdsaP256Sha256 => ECDSA_SHA256,
        SealAlgorithm::RsaSha256 => RSA_SHA256,
    };
    check_signature(&own, algorithm, message, signature).map_err(|_| {
        wrong("what it signs does not fit the first certificate: name the certificate of that key")
    })
}

/// Has a key sign a text of no meaning, and checks it with its certificate.
///
/// # Errors
/// [`SealError`] if the key cannot be used, or is another one.
pub fn check_key(key: &dyn SealKey) -> Result<(), SealError> {
    check_own(key, PROBE, &key.sign(PROBE)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileKey, TestSeal};

    fn made(seed: u8) -> (TestSeal, FileKey) {
        let made = TestSeal::make(&[seed; 32], "2026-12-01T10:00:00Z".parse().unwrap()).unwrap();
        let key = FileKey::from_pem(&made.key, &made.certificate).unwrap();
        (made, key)
    }

    #[test]
    fn a_key_and_another_ones_certificate_are_told_apart() {
        let (_, key) = made(7);
        check_key(&key).unwrap();
        let (_, other) = made(8);
        let signature = other.sign(b"x").unwrap();
        let error = check_own(&key, b"x", &signature).unwrap_err().to_string();
        assert!(
            error.contains("does not fit the first certificate"),
            "{error}"
        );
    }

    #[test]
    fn the_kind_of_key_is_read_from_the_certificate() {
        let (_, key) = made(7);
        let algorithm = algorithm_of(&key.certificates()[0]).unwrap();
        assert_eq!(algorithm, SealAlgorithm::EcdsaP256Sha256);
        assert!(algorithm_of(b"no certificate").is_err());
    }

    #[test]
    fn two_numbers_become_der_and_anything_else_is_refused() {
        let raw: Vec<u8> = (1..=64).collect();
        let der = ecdsa_as_der(&raw).unwrap();
        assert_eq!((der[0], usize::from(der[1])), (0x30, der.len() - 2));
        assert!(ecdsa_as_der(&raw[..63]).is_err());
        assert!(ecdsa_as_der(&[0; 64]).is_err());
    }
}
