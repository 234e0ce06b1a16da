//! One slot: its value, where it was said, how sure it is and what it was before.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tolkebot_protocol::{DecisionView, Lang, Role, Speaker};

/// Most pieces of evidence kept for one value; the first and the latest ones are kept.
pub(crate) const MAX_EVIDENCE: usize = 12;
/// Most superseded values kept for one slot.
const MAX_HISTORY: usize = 20;

/// Where a value was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Number of the turn.
    pub turn: u32,
    /// The words that were said, quoted from the utterance.
    pub text: String,
    /// Byte range of the quote in the utterance.
    pub bytes: Range<usize>,
    /// The same range counted in characters.
    pub chars: Range<usize>,
    /// Who said it.
    pub speaker: Speaker,
    /// In which language.
    pub lang: Lang,
    /// True when the words were read from the translation and not from the original.
    pub translated: bool,
}

/// How far a value is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotStatus {
    /// Read from the conversation.
    Proposed,
    /// Read from the conversation, but somebody must be asked.
    NeedsConfirmation,
    /// Accepted by a person. The machine does not change it.
    Confirmed,
    /// Two values stand side by side.
    Conflict,
    /// Entered by a person in place of the machine's value. The machine does not change it.
    Corrected,
    /// Emptied by a person. The machine does not fill it again with the same value.
    Cleared,
}

/// Why somebody must be asked about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Heard badly, in no list, guessed from context, or open by rule (a floor counted from one).
    Unclear,
    /// Clear, but nothing agrees with it: only one side said it, once or more, of a critical value or of a matter
    /// that people also tell in passing.
    SaidOnce,
}

/// Why a value is no longer the slot's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Superseded {
    /// Corrected in the conversation.
    SaidOtherwise,
    /// Replaced by a surer reading.
    SurerReading,
    /// Changed by a person on the screen.
    Person,
}

/// A value that the slot had before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Former {
    /// The value.
    pub value: Value,
    /// Where it was said.
    pub evidence: Vec<Evidence>,
    /// Why it was given up.
    pub why: Superseded,
}

/// A value that contradicts the slot's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The value.
    pub value: Value,
    /// Where it was said.
    pub evidence: Vec<Evidence>,
}

/// A slot with everything known about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The value; `None` when cleared.
    pub value: Option<Value>,
    /// Where the value was said, in order.
    pub evidence: Vec<Evidence>,
    /// 0 to 1. A value that a person confirmed or entered has 1.
    pub confidence: f32,
    /// How far it is trusted.
    pub status: SlotStatus,
    /// Why somebody must be asked, while the status is [`SlotStatus::NeedsConfirmation`].
    pub doubt: Option<Doubt>,
    /// True when the value follows from other slots and was not said itself.
    pub derived: bool,
    /// Values that contradict this one.
    pub rivals: Vec<Rival>,
    /// Values the slot had before, oldest first.
    pub history: Vec<Former>,
    /// Who confirmed, corrected or cleared it last.
    pub decided: Option<DecisionView>,
}

/// Who decides about a slot, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// In which role.
    pub role: Role,
    /// Their account; `None` without accounts and for the citizen.
    pub account: Option<String>,
    /// When, RFC 3339.
    pub at: String,
}

impl Slot {
    /// A value read from the conversation.
    pub fn proposed(value: impl Into<Value>, evidence: Vec<Evidence>, confidence: f32) -> Slot {
        Slot {
            value: Some(value.into()),
            evidence,
            confidence,
            status: SlotStatus::Proposed,
            doubt: None,
            derived: false,
            rivals: Vec::new(),
            history: Vec::new(),
            decided: None,
        }
    }

    /// A value that follows from other slots.
    pub fn derived(value: impl Into<Value>, evidence: Vec<Evidence>, confidence: f32) -> Slot {
        Slot {
            derived: true,
            ..Slot::proposed(value, evidence, confidence)
        }
    }

    /// The same slot, to be asked about because it is not clear.
    pub fn unclear(mut self) -> Slot {
        self.doubt_because(Doubt::Unclear);
        self
    }

    /// Somebody must be asked.
    pub(crate) fn doubt_because(&mut self, why: Doubt) {
        self.status = SlotStatus::NeedsConfirmation;
        self.doubt = Some(why);
    }

    /// Stands as it was heard.
    pub(crate) fn settle(&mut self) {
        self.status = SlotStatus::Proposed;
        self.doubt = None;
        self.rivals.clear();
    }

    /// Two values stand side by side.
    pub(crate) fn contradict(&mut self, rival: Rival) {
        self.status = SlotStatus::Conflict;
        self.doubt = None;
        self.rivals = vec![rival];
    }

    /// True when a person decided about the slot.
    pub fn is_decided(&self) -> bool {
        self.decided.is_some()
    }

    /// Remembers a value that is given up.
    pub fn remember(&mut self, value: Value, evidence: Vec<Evidence>, why: Superseded) {
        self.history.push(Former {
            value,
            evidence,
            why,
        });
        if self.history.len() > MAX_HISTORY {
            self.history.remove(0);
        }
    }
}

/// Adds evidence unless the same place is there already; keeps the list short.
pub(crate) fn add_evidence(list: &mut Vec<Evidence>, new: Evidence) {
    if list
        .iter()
        .any(|e| e.turn == new.turn && e.bytes == new.bytes)
    {
        return;
    }
    list.push(new);
    if list.len() > MAX_EVIDENCE {
        list.remove(1);
    }
}
