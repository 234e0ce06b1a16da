//! An exported case, read again: whether its events are those that were exported.
//!
//! The hashes of the log cover sealed text, which an export does not hold. An export therefore has a
//! chain of its own over what it says: `chain(n) = SHA-256(chain(n-1) ‖ JSON(n))`, where `chain(0)`
//! is 32 zero bytes and `JSON(n)` is the canonical `{"case":…,"event":…}` of the event as it is
//! exported, its hash in the log among it. Beside the events stands where the chain ends:
//! `"chain": {"events": N, "hash": …}`. Where the master key is, the end is signed with it; whoever
//! makes the whole chain anew cannot make that.

use serde_json::{Value, json};
use tolkebot_protocol::{CaseEvent, CaseId};

use crate::keys::MasterKey;
use crate::{EventHash, canonical_json};

/// What a chain's end is signed as.
const STATEMENT: &str = "tolkebot export 1\n";

/// Why a file is no exported case, or not what was exported. No message holds a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportedError {
    /// It says no case.
    #[error("`case` is no case id: use what `tolkebot export` wrote")]
    Case,
    /// It has no list of events.
    #[error("`events` is no list: use what `tolkebot export` wrote")]
    Events,
    /// An event of another program, or none.
    #[error("event {0} is none that this program knows")]
    Unknown(u64),
    /// An event is not what was exported.
    #[error(
        "event {0} does not fit the chain of hashes: it was changed or put in, or the one before it \
         was taken away; export the case again"
    )]
    Changed(u64),
    /// Events are missing at the end.
    #[error("event {0} and what followed it were taken away; export the case again")]
    TakenAway(u64),
    /// Events were added at the end.
    #[error("event {0} was put in behind the end of the chain of hashes; export the case again")]
    PutIn(u64),
    /// The end of the chain cannot be read.
    #[error("`chain` does not say where the chain of hashes ends; export the case again")]
    End,
    /// The signature is not one of the key that it names.
    #[error(
        "the chain of hashes was made anew: it is not signed with the master key; export the case again"
    )]
    Signature,
}

/// An exported case whose events fit their chain of hashes, if it has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The case.
    pub case: CaseId,
    /// Its events.
    pub events: Vec<CaseEvent>,
    /// Where its chain ends; `None` for an export of an older program, which has none.
    pub end: Option<ChainEnd>,
}

/// Where the chain of an export ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainEnd {
    /// How many events it has.
    pub events: u64,
    /// Hash of the newest one.
    pub hash: EventHash,
    /// Id of the master key that it was signed with, and the signature.
    pub signed: Option<(String, EventHash)>,
}

/// Whose signature the chain's end has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainSigner {
    /// This key's.
    Own,
    /// That of another key, whose id this is: it cannot be checked with this one.
    Other(String),
    /// Nobody's.
    Nobody,
}

impl Exported {
    /// Reads an exported case and checks its chain.
    ///
    /// # Errors
    /// [`ExportedError`], about the first event that does not fit.
    pub fn read(json: &Value) -> Result<Exported, ExportedError> {
        let case = CaseId(json["case"].as_str().unwrap_or_default().to_owned());
        if !case.is_well_formed() {
            return Err(ExportedError::Case);
        }
        let all = json["events"].as_array().ok_or(ExportedError::Events)?;
        let end = check(&case, all, &json["chain"])?;
        let mut events = Vec::with_capacity(all.len());
        for (event, n) in all.iter().zip(1..) {
            // Through text: a number keeps its form. The message could quote what was said.
            let read = serde_json::from_str(&event.to_string());
            events.push(read.map_err(|_| ExportedError::Unknown(n))?);
        }
        Ok(Exported { case, events, end })
    }

    /// Whose signature the end of the chain has.
    ///
    /// # Errors
    /// [`ExportedError::Signature`] if it names this key and is not its own.
    pub fn signer(&self, key: &MasterKey) -> Result<ChainSigner, ExportedError> {
        let signed = self
            .end
            .as_ref()
            .and_then(|end| Some((end, end.signed.as_ref()?)));
        let Some((end, (id, signature))) = signed else {
            return Ok(ChainSigner::Nobody);
        };
        if id != key.id() {
            return Ok(ChainSigner::Other(id.clone()));
        }
        if key.is_signed(&statement(&self.case, end.events, end.hash), &signature.0) {
            Ok(ChainSigner::Own)
        } else {
            Err(ExportedError::Signature)
        }
    }
}

/// Writes the chain into the events of an export, and returns its end.
pub(crate) fn chain(case: &CaseId, events: &mut [Value], key: Option<&MasterKey>) -> Value {
    let mut hash = EventHash::START;
    for event in &mut *events {
        hash = EventHash::of(hash, &body(case, event));
        event["chain"] = json!(hash.to_string());
    }
    let count = events.len() as u64;
    let mut end = json!({"events": count, "hash": hash.to_string()});
    if let Some(key) = key {
        let signature = EventHash(key.sign(&statement(case, count, hash)));
        end["master_key"] = json!(key.id());
        end["signature"] = json!(signature.to_string());
    }
    end
}

/// What the hash of an event covers.
fn body(case: &CaseId, event: &Value) -> String {
    let mut event = event.clone();
    if let Some(event) = event.as_object_mut() {
        event.remove("chain");
    }
    canonical_json(&json!({"case": case, "event": event}))
}

fn statement(case: &CaseId, events: u64, hash: EventHash) -> Vec<u8> {
    let end = json!({"case": case, "events": events, "hash": hash.to_string()});
    format!("{STATEMENT}{}", canonical_json(&end)).into_bytes()
}

fn check(case: &CaseId, events: &[Value], end: &Value) -> Result<Option<ChainEnd>, ExportedError> {
    if end.is_null() && events.iter().all(|event| event["chain"].is_null()) {
        return Ok(None);
    }
    let hash_in = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
    let count = end["events"].as_u64().ok_or(ExportedError::End)?;
    let last: EventHash = hash_in(&end["hash"]).ok_or(ExportedError::End)?;
    let mut hash = EventHash::START;
    for (event, n) in events.iter().zip(1..) {
        if n > count {
            return Err(ExportedError::PutIn(n));
        }
        hash = EventHash::of(hash, &body(case, event));
        if hash_in(&event["chain"]) != Some(hash) {
            return Err(ExportedError::Changed(n));
        }
    }
    let there = events.len() as u64;
    if there < count {
        return Err(ExportedError::TakenAway(there + 1));
    }
    if hash != last {
        return Err(ExportedError::Changed(there));
    }
    let signed = match (&end["master_key"], &end["signature"]) {
        (Value::Null, Value::Null) => None,
        (id, signature) => {
            let id = id.as_str().ok_or(ExportedError::End)?.to_owned();
            Some((id, hash_in(signature).ok_or(ExportedError::End)?))
        }
    };
    Ok(Some(ChainEnd {
        events: count,
        hash,
        signed,
    }))
}
