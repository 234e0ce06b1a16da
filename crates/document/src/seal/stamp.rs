//! Time stamps of a service (RFC 3161, RFC 5816).

use der::asn1::{Any, Int, ObjectIdentifier, OctetString};
use der::{Decode, Encode, Reader, Sequence, SliceReader, Tag, Tagged};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::SealError;
use super::cms::{SHA256, common_name};
use crate::signed::Signed;
use crate::trust::{Distrust, Hash, Use, check_chain};

/// `id-ct-TSTInfo`.
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// How far the service's clock and this machine's may lie apart.
const APART: SignedDuration = SignedDuration::from_mins(5);

/// A time-stamp service: how a request reaches it is not this crate's business.
pub trait TimeStamps {
    /// Eight random bytes, new for each request, so that no old answer can be given for it.
    ///
    /// # Errors
    /// Says why there are none.
    fn nonce(&self) -> Result<[u8; 8], String>;

    /// The policy that tokens must be made under, as an OID (`1.2.3`); `None`: whichever the
    /// service takes.
    fn policy(&self) -> Option<&str> {
        None
    }

    /// Certificates (DER) that the service's own must lead to. Without any, no token counts.
    fn roots(&self) -> &[Vec<u8>];

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
    req_policy: Option<ObjectIdentifier>,
    nonce: Option<Int>,
    cert_req: bool,
}

/// Asks for a token over a signature that is made at `at`, and checks it.
pub(super) fn token(
    stamps: &dyn TimeStamps,
    signature: &[u8],
    at: Timestamp,
) -> Result<Any, SealError> {
    ask(stamps, signature, at).map_err(SealError::TimeStamp)
}

fn ask(stamps: &dyn TimeStamps, signature: &[u8], at: Timestamp) -> Result<Any, String> {
    let broken = |e: der::Error| format!("its request cannot be written ({e})");
    let mut nonce = stamps.nonce()?;
    // A positive number without leading zeros, as DER writes it.
    nonce[0] = nonce[0] & 0x3F | 0x40;
    let policy = stamps
        .policy()
        .map(ObjectIdentifier::new)
        .transpose()
        .map_err(|e| format!("the policy to ask for is no OID ({e})"))?;
    let request = TimeStampReq {
        version: 1,
        message_imprint: MessageImprint {
            hash_algorithm: AlgorithmIdentifierOwned {
                oid: SHA256,
                parameters: None,
            },
            hashed_message: OctetString::new(Sha256::digest(signature).to_vec()).map_err(broken)?,
        },
        req_policy: policy,
        nonce: Some(Int::new(&nonce).map_err(broken)?),
        cert_req: true,
    };
    let answer = stamps.request(&request.to_der().map_err(broken)?)?;
    let der = granted(&answer)?;
    let token = Token::read(&der)?;
    if !token.is_over(&[signature]) {
        return Err("its token is about something else".to_owned());
    }
    if token.nonce.as_deref() != Some(&nonce[..]) {
        return Err("its token answers another request (nonce)".to_owned());
    }
    if policy.is_some_and(|wanted| wanted != token.policy) {
        return Err(format!("its token is made under policy {}", token.policy));
    }
    if token.at.duration_since(at).abs() > APART {
        return Err(format!(
            "its time is {}, this machine's {at}: set the clock",
            token.at
        ));
    }
    token.check_trust(stamps.roots())?;
    Any::from_der(&der).map_err(|e| format!("its token cannot be read ({e})"))
}

/// Takes the token out of an answer: `SEQUENCE { PKIStatusInfo, TimeStampToken OPTIONAL }`.
fn granted(answer: &[u8]) -> Result<Vec<u8>, String> {
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
    token.to_der().map_err(broken)
}

/// A token whose own signature is right.
pub(crate) struct Token {
    /// Its time.
    pub(crate) at: Timestamp,
    /// Whom the service's certificate stands for.
    pub(crate) authority: String,
    policy: ObjectIdentifier,
    nonce: Option<Vec<u8>>,
    hash: Hash,
    imprint: Vec<u8>,
    signed: Signed,
}

impl Token {
    /// Reads a token (DER) and checks its signature.
    ///
    /// # Errors
    /// Says what is wrong.
    pub(crate) fn read(der: &[u8]) -> Result<Token, String> {
        let signed = Signed::read(der).map_err(|why| format!("its token cannot be used: {why}"))?;
        let content = signed.content.clone().ok_or("its token is empty")?;
        signed
            .check(TST_INFO, &[&content])
            .map_err(|why| format!("its token cannot be used: {why}"))?;
        let broken = |e: der::Error| format!("its token cannot be read ({e})");
        let info = Any::from_der(&content).map_err(broken)?;
        let mut inside = SliceReader::new(info.value()).map_err(broken)?;
        let version = u8::decode(&mut inside).map_err(broken)?;
        if version != 1 {
            return Err(format!("its token has version {version}"));
        }
        let policy = ObjectIdentifier::decode(&mut inside).map_err(broken)?;
        let imprint = MessageImprint::decode(&mut inside).map_err(broken)?;
        Int::decode(&mut inside).map_err(broken)?;
        let time = Any::decode(&mut inside).map_err(broken)?;
        let at = generalized(&time).ok_or("its token names no time")?;
        let mut nonce = None;
        while !inside.is_finished() {
            // Accuracy, ordering, the service's name and extensions say nothing that is needed.
            let rest = Any::decode(&mut inside).map_err(broken)?;
            if rest.tag() == Tag::Integer {
                nonce = Some(rest.value().to_vec());
            }
        }
        Ok(Token {
            at,
            authority: common_name(&signed.own),
            policy,
            nonce,
            hash: Hash::of(imprint.hash_algorithm.oid)
                .ok_or("its token is made with a hash that is not known")?,
            imprint: imprint.hashed_message.as_bytes().to_vec(),
            signed,
        })
    }

    /// True if the token is about this message, in pieces.
    pub(crate) fn is_over(&self, message: &[&[u8]]) -> bool {
        self.hash.over(message) == self.imprint
    }

    /// Checks that the service's certificate was one for time stamps, good at the token's time,
    /// and leads to one of `roots`.
    pub(crate) fn check_trust(&self, roots: &[Vec<u8>]) -> Result<(), String> {
        let signed = &self.signed;
        let (own, others) = (&signed.certificate, &signed.others);
        check_chain(own, others, roots, self.at, Use::TimeStamp).map_err(|why| match why {
            Distrust::Time => format!("its certificate was not good at {}", self.at),
            Distrust::Root => format!(
                "its certificate ({}) leads to none of the trusted ones",
                self.authority
            ),
            Distrust::Other(why) => why,
        })
    }
}

/// `20261201102030Z`, or with a fraction of a second.
fn generalized(time: &Any) -> Option<Timestamp> {
    if time.tag() != Tag::GeneralizedTime {
        return None;
    }
    let text = std::str::from_utf8(time.value()).ok()?.strip_suffix('Z')?;
    let at = DateTime::strptime("%Y%m%d%H%M%S", text.split('.').next()?).ok()?;
    TimeZone::UTC.to_timestamp(at).ok()
}
