//! Identifiers that travel on the wire.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A case's id, for example `FLY-2026-000123` or a random one given by the server.
///
/// Opaque to clients; at most 64 characters of `[A-Za-z0-9-]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct CaseId(pub String);

impl CaseId {
    /// Longest id that is accepted, in bytes.
    pub const MAX_LEN: usize = 64;

    /// True if the id has the form that the server gives out.
    pub fn is_well_formed(&self) -> bool {
        !self.0.is_empty()
            && self.0.len() <= Self::MAX_LEN
            && self
                .0
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An utterance's number within its case: 1 for the first settled stretch of speech, by any speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct UtteranceId(pub u32);

impl fmt::Display for UtteranceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
