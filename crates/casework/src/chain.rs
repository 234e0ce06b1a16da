//! The chain of hashes that makes a changed log visible.
//!
//! Event *n* is stored as its canonical JSON, `{"case":…,"event":…}` with sorted keys and no white
//! space, and `hash(n) = SHA-256(hash(n-1) ‖ JSON(n))`, where `hash(0)` is 32 zero bytes. Changing,
//! removing, inserting or exchanging events breaks it; cutting off the newest ones breaks the
//! ledger (see the `ledger` module).
//!
//! A sealed event is stored as `{"at":…,"case":…,"sealed":…,"seq":…}` instead, where `sealed` is the
//! same JSON sealed with the case's key. The hash covers what is stored, so that the chain can be
//! checked without the key and after the key is destroyed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tolkebot_protocol::{CaseEvent, CaseId};

use crate::audit::RawEvent;
use crate::{CaseKey, Corruption, Fault, NewEvent, StoreError};

/// A SHA-256 hash of the chain. Shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventHash(pub [u8; 32]);

impl EventHash {
    /// What the first event of a case follows.
    pub const START: EventHash = EventHash([0; 32]);

    pub(crate) fn of(previous: EventHash, body: &str) -> EventHash {
        let mut hasher = Sha256::new();
        hasher.update(previous.0);
        hasher.update(body.as_bytes());
        EventHash(hasher.finalize().into())
    }
}

impl fmt::Display for EventHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for EventHash {
    type Err = ();

    /// Reads 64 hexadecimal digits.
    fn from_str(text: &str) -> Result<EventHash, ()> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(());
        }
        let mut hash = EventHash::START;
        for (byte, pair) in hash.0.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| ())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| ())?;
        }
        Ok(hash)
    }
}

impl fmt::Debug for EventHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventHash({self})")
    }
}

/// An event with its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// The event.
    pub event: CaseEvent,
    /// Its canonical JSON: what the hash covers and what a store keeps.
    pub body: String,
    /// Hash of the event before it.
    pub previous: EventHash,
    /// Its own hash.
    pub hash: EventHash,
}

#[derive(Serialize)]
struct BodyOut<'a> {
    case: &'a CaseId,
    event: &'a CaseEvent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyIn {
    case: CaseId,
    event: CaseEvent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedIn {
    at: String,
    case: CaseId,
    sealed: String,
    seq: u64,
}

/// What a sealed event belongs to: it opens nowhere else.
fn about(case: &CaseId, seq: u64, at: &str, previous: EventHash) -> Vec<u8> {
    let mut about = format!("tolkebot event 1\n{case}\n{seq}\n{at}\n").into_bytes();
    about.extend(previous.0);
    about
}

impl StoredEvent {
    /// Puts an event at place `seq` behind `previous`, readable for everybody.
    ///
    /// # Errors
    /// [`StoreError::Unstorable`] if the event would not come back as it went in.
    pub fn seal(
        case: &CaseId,
        seq: u64,
        previous: EventHash,
        new: &NewEvent,
    ) -> Result<StoredEvent, StoreError> {
        StoredEvent::seal_with(case, seq, previous, new, None)
    }

    /// Like [`StoredEvent::seal`], with the text sealed by `key` if there is one.
    ///
    /// # Errors
    /// [`StoreError::Unstorable`] if the event would not come back as it went in,
    /// [`StoreError::Key`] if it cannot be sealed.
    pub fn seal_with(
        case: &CaseId,
        seq: u64,
        previous: EventHash,
        new: &NewEvent,
        key: Option<&CaseKey>,
    ) -> Result<StoredEvent, StoreError> {
        let unstorable = |reason: String| StoreError::Unstorable {
            case: case.clone(),
            seq,
            reason,
        };
        let event = CaseEvent {
            seq,
            at: format!("{:.3}", new.at),
            actor: new.actor,
            payload: new.payload.clone(),
        };
        // Through text, so that an f32 keeps its short decimal form (0.9, not 0.8999999761581421).
        let text = serde_json::to_string(&BodyOut {
            case,
            event: &event,
        })
        .map_err(|e| unstorable(format!("it is not JSON ({})", e.classify_name())))?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|e| unstorable(format!("it is not JSON ({})", e.classify_name())))?;
        let body = canonical_json(&value);
        match serde_json::from_str::<BodyIn>(&body) {
            Ok(back) if back.event == event => {}
            _ => {
                return Err(unstorable(
                    "it would not be read back as it is; numbers must be finite".to_owned(),
                ));
            }
        }
        let body = match key {
            None => body,
            Some(key) => {
                let sealed = key.seal(&about(case, seq, &event.at, previous), &body)?;
                canonical_json(&json!({
                    "at": event.at,
                    "case": case,
                    "sealed": sealed,
                    "seq": seq,
                }))
            }
        };
        let hash = EventHash::of(previous, &body);
        Ok(StoredEvent {
            event,
            body,
            previous,
            hash,
        })
    }

    /// True for a sealed event's stored text.
    pub fn is_sealed(body: &str) -> bool {
        // Canonical JSON: the other kind begins with `{"case":`.
        body.starts_with("{\"at\":")
    }

    /// Checks what can be checked of an event that cannot be opened; returns its time.
    pub(crate) fn check_hash(raw: &RawEvent) -> Result<String, Fault> {
        if EventHash::of(raw.previous, &raw.body) != raw.hash {
            return Err(Fault::Hash);
        }
        let read: SealedIn = serde_json::from_str(&raw.body).map_err(|_| Fault::Content)?;
        if read.case != raw.case || read.seq != raw.seq {
            return Err(Fault::Content);
        }
        Ok(read.at)
    }

    /// Reads what a store kept at place `seq` of `case` and checks its hash and place.
    ///
    /// # Errors
    /// [`Corruption`] if it is not what was appended.
    pub fn unseal(
        case: &CaseId,
        seq: u64,
        body: String,
        previous: EventHash,
        hash: EventHash,
    ) -> Result<StoredEvent, Corruption> {
        StoredEvent::open(case, seq, body, previous, hash, None)
    }

    /// Like [`StoredEvent::unseal`], for events that may be sealed by `key`.
    ///
    /// # Errors
    /// [`Corruption`] if it is not what was appended, or is sealed by another key.
    pub fn open(
        case: &CaseId,
        seq: u64,
        body: String,
        previous: EventHash,
        hash: EventHash,
        key: Option<&CaseKey>,
    ) -> Result<StoredEvent, Corruption> {
        let corrupt = |fault| Corruption {
            case: case.clone(),
            seq,
            fault,
        };
        if EventHash::of(previous, &body) != hash {
            return Err(corrupt(Fault::Hash));
        }
        let opened;
        let mut text = body.as_str();
        let mut sealed_at = None;
        if StoredEvent::is_sealed(&body) {
            let read: SealedIn =
                serde_json::from_str(&body).map_err(|_| corrupt(Fault::Content))?;
            if read.case != *case || read.seq != seq {
                return Err(corrupt(Fault::Content));
            }
            opened = key
                .and_then(|key| key.open(&about(case, seq, &read.at, previous), &read.sealed))
                .ok_or_else(|| corrupt(Fault::Sealed))?;
            text = opened.as_str();
            sealed_at = Some(read.at);
        }
        let read: BodyIn = serde_json::from_str(text).map_err(|_| corrupt(Fault::Content))?;
        if sealed_at.is_some_and(|at| at != read.event.at) {
            return Err(corrupt(Fault::Content));
        }
        if read.case != *case || read.event.seq != seq {
            return Err(corrupt(Fault::Content));
        }
        Ok(StoredEvent {
            event: read.event,
            body,
            previous,
            hash,
        })
    }
}

/// Checks that `events` follow each other without a gap, the first one behind event `after` with
/// hash `previous`, and returns the newest hash.
///
/// # Errors
/// [`Corruption`] at the first event that does not follow.
pub fn check_links(
    case: &CaseId,
    after: u64,
    previous: EventHash,
    events: &[StoredEvent],
) -> Result<EventHash, Corruption> {
    let mut newest = previous;
    for (stored, seq) in events.iter().zip(after + 1..) {
        let corrupt = |fault| Corruption {
            case: case.clone(),
            seq,
            fault,
        };
        if stored.event.seq != seq {
            return Err(corrupt(Fault::Gap));
        }
        if stored.previous != newest {
            return Err(corrupt(Fault::Link));
        }
        newest = stored.hash;
    }
    Ok(newest)
}

/// JSON with keys in code point order and no white space; numbers and strings as `serde_json`
/// writes them. The same value always gives the same text.
pub fn canonical_json(value: &Value) -> String {
    let mut out = String::new();
    write_canonical(value, &mut out);
    out
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            // Sorted here: another crate may switch `serde_json` to insertion order.
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(&map[key], out);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// The kind of a JSON error without the text that caused it.
trait ClassifyName {
    fn classify_name(&self) -> &'static str;
}

impl ClassifyName for serde_json::Error {
    fn classify_name(&self) -> &'static str {
        match self.classify() {
            serde_json::error::Category::Io => "io",
            serde_json::error::Category::Syntax => "syntax",
            serde_json::error::Category::Data => "data",
            serde_json::error::Category::Eof => "end of text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tolkebot_protocol::{EventPayload, Lang, Role, UtteranceId};

    fn translation(confidence: f32) -> NewEvent {
        NewEvent {
            at: "2026-11-24T09:30:00.0419Z".parse().unwrap(),
            actor: Role::System,
            payload: EventPayload::TranslationSettled {
                utterance: UtteranceId(3),
                lang: Lang::Uk,
                text: "Добрий день — \"æøå\"".into(),
                confidence,
                warnings: vec![],
                verified: false,
            },
        }
    }

    #[test]
    fn the_body_is_canonical_and_covered_by_the_hash() {
        let case = CaseId("a-1".into());
        let sealed = StoredEvent::seal(&case, 7, EventHash([9; 32]), &translation(0.9)).unwrap();
        assert_eq!(
            sealed.body,
            "{\"case\":\"a-1\",\"event\":{\"actor\":\"system\",\"at\":\"2026-11-24T09:30:00.041Z\",\
             \"confidence\":0.9,\"kind\":\"translation_settled\",\"lang\":\"uk\",\"seq\":7,\
             \"text\":\"Добрий день — \\\"æøå\\\"\",\"utterance\":3,\"warnings\":[]}}"
        );
        // SHA-256 of 32 bytes of 0x09 and the body.
        let mut hasher = Sha256::new();
        hasher.update([9u8; 32]);
        hasher.update(sealed.body.as_bytes());
        let expected: [u8; 32] = hasher.finalize().into();
        assert_eq!(sealed.hash.0, expected);
        assert_eq!(format!("{}", EventHash([0xab; 32])), "ab".repeat(32));
    }

    /// Bodies as logs from before hold them, which never said whose account decided about a value.
    #[test]
    fn a_log_that_names_no_account_beside_a_value_is_read_and_written_as_it_was() {
        let case = CaseId("a-1".into());
        let old = |kind: &str, rest: &str| {
            format!(
                "{{\"case\":\"a-1\",\"event\":{{\"actor\":\"staff\",\
                 \"at\":\"2026-11-24T09:30:00.041Z\",\"key\":\"to.floor\",\"kind\":\"{kind}\",\
                 \"seq\":7{rest}}}}}"
            )
        };
        for (kind, rest) in [
            ("slot_confirmed", ",\"value\":\"1\""),
            ("slot_corrected", ",\"value\":\"1\""),
            ("slot_cleared", ""),
        ] {
            let body = old(kind, rest);
            let mut hasher = Sha256::new();
            hasher.update([9u8; 32]);
            hasher.update(body.as_bytes());
            let (before, hash) = (EventHash([9; 32]), EventHash(hasher.finalize().into()));
            let read = StoredEvent::unseal(&case, 7, body.clone(), before, hash).unwrap();
            let again = NewEvent {
                at: "2026-11-24T09:30:00.041Z".parse().unwrap(),
                actor: read.event.actor,
                payload: read.event.payload.clone(),
            };
            let sealed = StoredEvent::seal(&case, 7, before, &again).unwrap();
            assert_eq!((sealed.body, sealed.hash), (body, hash), "{kind}");
        }
    }

    #[test]
    fn what_would_not_come_back_is_refused() {
        let case = CaseId("a-1".into());
        let err = StoredEvent::seal(&case, 1, EventHash::START, &translation(f32::NAN));
        assert!(
            matches!(err, Err(StoreError::Unstorable { seq: 1, .. })),
            "{err:?}"
        );
    }

    #[test]
    fn unsealing_sees_a_changed_letter_a_wrong_place_and_a_wrong_case() {
        let case = CaseId("a-1".into());
        let s = StoredEvent::seal(&case, 2, EventHash::START, &translation(0.5)).unwrap();
        let again = |case: &CaseId, seq, body: &str| {
            StoredEvent::unseal(case, seq, body.to_owned(), s.previous, s.hash)
        };
        assert_eq!(again(&case, 2, &s.body).unwrap(), s);
        assert_eq!(
            again(&case, 2, &s.body.replace('Д', "д"))
                .unwrap_err()
                .fault,
            Fault::Hash
        );
        assert_eq!(again(&case, 3, &s.body).unwrap_err().fault, Fault::Content);
        let other = CaseId("a-2".into());
        assert_eq!(again(&other, 2, &s.body).unwrap_err().fault, Fault::Content);
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e12f64..1e12).prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((".{0,4}", inner), 0..4)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn canonical_json_reads_back_and_is_a_fixed_point(value in json()) {
            let text = canonical_json(&value);
            let back: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(canonical_json(&back), text);
            prop_assert_eq!(back, value);
        }
    }
}
