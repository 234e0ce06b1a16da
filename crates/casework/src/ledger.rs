//! One chain over all cases: every append and every erasure is an entry, in order. It shows what a
//! case's own chain cannot: that its newest events, or a whole case, were taken away.
//!
//! `chain(n) = SHA-256("tolkebot ledger 1" ‖ chain(n-1) ‖ JSON(n))`, where `chain(0)` is 32 zero
//! bytes and the JSON is canonical. When the first entry of a later UTC day comes, the day before is
//! closed: its last entry becomes the daily head. Heads are signed with a key that comes from the
//! master key, so that who can only write the database cannot make new ones. Who wants to rule out
//! that the whole database is put back to an earlier state keeps a daily head elsewhere.

use std::fmt;

use serde_json::json;
use sha2::{Digest, Sha256};
use tolkebot_protocol::CaseId;

use crate::keys::MasterKey;
use crate::{EventHash, canonical_json};

/// Why a case was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureReason {
    /// Its time was over.
    Retention,
    /// Somebody decided so.
    Request,
}

/// What happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerKind {
    /// It was there when the ledger began.
    Adopted,
    /// Events were appended.
    Appended,
    /// Its key was destroyed.
    Erased(ErasureReason),
}

impl LedgerKind {
    /// The word that stores keep.
    pub fn word(self) -> &'static str {
        match self {
            LedgerKind::Adopted => "adopted",
            LedgerKind::Appended => "appended",
            LedgerKind::Erased(ErasureReason::Retention) => "erased_retention",
            LedgerKind::Erased(ErasureReason::Request) => "erased_request",
        }
    }

    /// True if nothing of the case can be read any more.
    pub fn is_erasure(self) -> bool {
        matches!(self, LedgerKind::Erased(_))
    }

    /// The kind that a word means.
    pub fn from_word(word: &str) -> Option<LedgerKind> {
        [
            LedgerKind::Adopted,
            LedgerKind::Appended,
            LedgerKind::Erased(ErasureReason::Retention),
            LedgerKind::Erased(ErasureReason::Request),
        ]
        .into_iter()
        .find(|kind| kind.word() == word)
    }
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Place, from 1 without gaps.
    pub n: u64,
    /// When, RFC 3339 in UTC with milliseconds.
    pub at: String,
    /// What happened.
    pub kind: LedgerKind,
    /// The case.
    pub case: CaseId,
    /// Sequence number of the case's newest event then.
    pub seq: u64,
    /// Hash of that event.
    pub hash: EventHash,
    /// Hash of the ledger up to here.
    pub chain: EventHash,
}

impl LedgerEntry {
    /// The entry behind `head`.
    pub fn after(
        head: Option<LedgerHead>,
        at: &str,
        kind: LedgerKind,
        case: &CaseId,
        seq: u64,
        hash: EventHash,
    ) -> LedgerEntry {
        let (n, previous) = head.map_or((1, EventHash::START), |h| (h.n + 1, h.chain));
        let mut entry = LedgerEntry {
            n,
            at: at.to_owned(),
            kind,
            case: case.clone(),
            seq,
            hash,
            chain: EventHash::START,
        };
        entry.chain = entry.chain_behind(previous);
        entry
    }

    /// What [`LedgerEntry::chain`] must be behind an entry with `previous`.
    pub(crate) fn chain_behind(&self, previous: EventHash) -> EventHash {
        let body = canonical_json(&json!({
            "at": self.at,
            "case": self.case,
            "hash": self.hash.to_string(),
            "kind": self.kind.word(),
            "n": self.n,
            "seq": self.seq,
        }));
        let mut hasher = Sha256::new();
        hasher.update(b"tolkebot ledger 1");
        hasher.update(previous.0);
        hasher.update(body);
        EventHash(hasher.finalize().into())
    }

    /// The UTC day, ISO 8601.
    pub fn day(&self) -> &str {
        self.at.get(..10).unwrap_or(&self.at)
    }

    /// This entry as the ledger's newest.
    pub fn head(&self) -> LedgerHead {
        LedgerHead {
            n: self.n,
            chain: self.chain,
        }
    }
}

/// Where the ledger ends, or ended on a day. Written `N:HASH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerHead {
    /// Place of the entry.
    pub n: u64,
    /// Its chain.
    pub chain: EventHash,
}

impl LedgerHead {
    /// What is signed: the newest head, or that of a closed day.
    pub(crate) fn statement(&self, day: Option<&str>) -> Vec<u8> {
        format!("tolkebot head 1 {} {self}", day.unwrap_or("newest")).into_bytes()
    }

    /// Signs the head, if there is a key.
    pub(crate) fn signed(&self, day: Option<&str>, master: Option<&MasterKey>) -> Option<Vec<u8>> {
        master.map(|key| key.sign(&self.statement(day)).to_vec())
    }
}

impl fmt::Display for LedgerHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.n, self.chain)
    }
}

impl std::str::FromStr for LedgerHead {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is no head: write N:HASH as `audit verify` prints it");
        let (n, hash) = text.trim().split_once(':').ok_or_else(wrong)?;
        Ok(LedgerHead {
            n: n.parse().map_err(|_| wrong())?,
            chain: hash.parse().map_err(|()| wrong())?,
        })
    }
}

/// The head of a closed day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHead {
    /// UTC day, ISO 8601.
    pub day: String,
    /// Where the ledger ended.
    pub head: LedgerHead,
    /// Made with the master key; `None` without one.
    pub signature: Option<Vec<u8>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_an_entry_is_in_its_chain() {
        let case = CaseId("a".into());
        let kind = LedgerKind::Appended;
        let first = LedgerEntry::after(
            None,
            "2026-11-24T09:00:00.000Z",
            kind,
            &case,
            1,
            EventHash([1; 32]),
        );
        assert_eq!((first.n, first.day()), (1, "2026-11-24"));
        let next = LedgerEntry::after(
            Some(first.head()),
            &first.at,
            kind,
            &case,
            2,
            EventHash([2; 32]),
        );
        assert_eq!(next.chain, next.chain_behind(first.chain));
        for changed in [
            LedgerEntry {
                n: 3,
                ..next.clone()
            },
            LedgerEntry {
                at: "2026-11-24T09:00:00.001Z".into(),
                ..next.clone()
            },
            LedgerEntry {
                kind: LedgerKind::Adopted,
                ..next.clone()
            },
            LedgerEntry {
                case: CaseId("b".into()),
                ..next.clone()
            },
            LedgerEntry {
                seq: 1,
                ..next.clone()
            },
            LedgerEntry {
                hash: EventHash([3; 32]),
                ..next.clone()
            },
        ] {
            assert_ne!(changed.chain_behind(first.chain), next.chain, "{changed:?}");
        }
        assert_ne!(next.chain_behind(EventHash::START), next.chain);
    }

    #[test]
    fn a_head_is_written_and_read() {
        let head = LedgerHead {
            n: 7,
            chain: EventHash([0xab; 32]),
        };
        assert_eq!(head.to_string().parse(), Ok(head));
        for bad in ["", "7", "x:00", "7:abc", &format!("7:{}", "zz".repeat(32))] {
            assert!(bad.parse::<LedgerHead>().is_err(), "{bad}");
        }
    }

    #[test]
    fn words_and_kinds_agree() {
        for word in ["adopted", "appended", "erased_retention", "erased_request"] {
            assert_eq!(LedgerKind::from_word(word).unwrap().word(), word);
        }
        assert_eq!(LedgerKind::from_word("x"), None);
    }
}
