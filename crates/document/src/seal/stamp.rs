//! Time stamps of a service (RFC 3161).

use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::asn1::{Any, OctetString};
use der::{Decode, Encode, Reader, Sequence, SliceReader};
use sha2::{Digest, Sha256};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::SealError;
use super::cms::SHA256;

/// A time-stamp service: how a request reaches it is not this crate's business.
pub trait TimeStamps {
    /// Sends a request (DER, `application/timestamp-query`) and returns the answer (DER,
    /// `application/timestamp-reply`).
    ///
    /// # Errors
    /// Says why there is none.
    fn request(&self, request: &[u8]) -> Result<Vec<u8>, String>;
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct MessageImprint {
    hash_algorithm: AlgorithmIdentifierOwned,
    hashed_message: OctetString,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct TimeStampReq {
    version: u8,
    message_imprint: MessageImprint,
    cert_req: bool,
}

/// Asks for a token over a signature.
pub(super) fn token(stamps: &dyn TimeStamps, signature: &[u8]) -> Result<Any, SealError> {
    let hash = Sha256::digest(signature);
    let request = TimeStampReq {
        version: 1,
        message_imprint: MessageImprint {
            hash_algorithm: AlgorithmIdentifierOwned {
                oid: SHA256,
                parameters: None,
            },
            hashed_message: OctetString::new(hash.to_vec())?,
        },
        cert_req: true,
    };
    let answer = stamps
        .request(&request.to_der()?)
        .map_err(SealError::TimeStamp)?;
    read(&answer, &hash).map_err(SealError::TimeStamp)
}

/// Takes the token out of an answer: `SEQUENCE { PKIStatusInfo, TimeStampToken OPTIONAL }`.
fn read(answer: &[u8], hash: &[u8]) -> Result<Any, String> {
    let broken = |e: der::Error| format!("its answer cannot be read ({e})");
    let whole = Any::from_der(answer).map_err(broken)?;
    let mut inside = SliceReader::new(whole.value()).map_err(broken)?;
    let status = Any::decode(&mut inside).map_err(broken)?;
    let mut status = SliceReader::new(status.value()).map_err(broken)?;
    let status = u8::decode(&mut status).map_err(broken)?;
    // 0 granted, 1 granted with changes.
    if status > 1 || inside.is_finished() {
        return Err(format!("it refused, with status {status}"));
    }
    let token = Any::decode(&mut inside).map_err(broken)?;
    let info: ContentInfo = token.decode_as().map_err(broken)?;
    let data: SignedData = info.content.decode_as().map_err(broken)?;
    let content = data
        .encap_content_info
        .econtent
        .ok_or("its token is empty")?;
    if content.value().windows(hash.len()).any(|w| w == hash) {
        Ok(token)
    } else {
        Err("its token is about something else".to_owned())
    }
}
