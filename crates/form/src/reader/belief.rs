//! What is believed about one slot, and how new words change it.

use serde_json::Value;
use tolkebot_protocol::Speaker;

use crate::state::{Doubt, Evidence, Rival, Slot, SlotStatus, Superseded, add_evidence};

/// How a value was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Stated, or answered.
    Say,
    /// Said in place of an earlier value («ні, не п'ятнадцятого, а п'ятого»).
    Correct,
    /// Follows from something else that was said; gives way to everything.
    Imply,
}

/// Who is right when an employee reads back something else and the citizen does not object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The employee, who looks at a register, a calendar or a paper: dates, floors, spellings.
    Staff,
    /// Nobody: digits are easily misheard, so both values stay.
    Nobody,
}

/// A value as heard.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub value: Value,
    pub evidence: Evidence,
    pub confidence: f32,
    /// Somebody must be asked, whatever the confidence.
    pub unsure: bool,
    pub act: Act,
    /// Spelled letter by letter: no other spelling replaces it without an objection.
    pub spelled: bool,
    /// Something else that was said with it fits: a weekday to its date.
    pub checked: bool,
    /// Told by the citizen without having been asked for it.
    pub in_passing: bool,
    /// A number, an address or a day that nobody asked for in this turn.
    pub unasked: bool,
}

impl Heard {
    pub(crate) fn new(value: impl Into<Value>, evidence: Evidence, confidence: f32) -> Heard {
        Heard {
            value: value.into(),
            evidence,
            confidence,
            unsure: false,
            act: Act::Say,
            spelled: false,
            checked: false,
            in_passing: false,
            unasked: false,
        }
    }

    pub(crate) fn in_passing(mut self, in_passing: bool) -> Heard {
        self.in_passing = in_passing;
        self
    }

    pub(crate) fn spelled(mut self) -> Heard {
        self.spelled = true;
        self
    }

    pub(crate) fn checked(mut self, checked: bool) -> Heard {
        self.checked = self.checked || checked;
        self
    }

    pub(crate) fn act(mut self, act: Act) -> Heard {
        self.act = act;
        self
    }

    pub(crate) fn unsure(mut self, unsure: bool) -> Heard {
        self.unsure = self.unsure || unsure;
        self
    }
}

/// The belief about one slot.
#[derive(Debug, Clone, Default)]
pub(crate) struct Belief {
    slot: Option<Slot>,
    /// What the employee read back differently and nobody has answered yet.
    pending: Option<Heard>,
    implied: bool,
    spelled: bool,
    checked: bool,
    in_passing: bool,
}

impl Belief {
    pub(crate) fn value(&self) -> Option<&Value> {
        self.slot.as_ref().and_then(|s| s.value.as_ref())
    }

    pub(crate) fn text(&self) -> Option<&str> {
        self.value().and_then(Value::as_str)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.slot.is_none()
    }

    /// True when the value was said by somebody and does not only follow from other words.
    pub(crate) fn is_said(&self) -> bool {
        self.slot.is_some() && !self.implied
    }

    /// True when the value was spelled letter by letter.
    pub(crate) fn is_spelled(&self) -> bool {
        self.spelled
    }

    /// True when something else that was said with the value fits it.
    pub(crate) fn is_checked(&self) -> bool {
        self.checked
    }

    /// True when the citizen only told the value beside something else.
    pub(crate) fn is_in_passing(&self) -> bool {
        self.in_passing
    }

    pub(crate) fn slot(&self) -> Option<&Slot> {
        self.slot.as_ref()
    }

    pub(crate) fn is_unsure(&self) -> bool {
        self.slot
            .as_ref()
            .is_some_and(|s| s.status == SlotStatus::NeedsConfirmation)
    }

    pub(crate) fn has_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Takes a value in.
    pub(crate) fn hear(&mut self, heard: Heard) {
        let Some(slot) = &mut self.slot else {
            self.implied = heard.act == Act::Imply;
            self.spelled = heard.spelled;
            self.checked = heard.checked;
            self.in_passing = heard.in_passing;
            self.slot = Some(new_slot(&heard));
            return;
        };
        if slot.value.as_ref() == Some(&heard.value) {
            if heard.act != Act::Imply {
                self.implied = false;
            }
            self.agree(heard);
            return;
        }
        if heard.act == Act::Imply {
            return;
        }
        // The other one of two that stood side by side was said again.
        let chosen = slot.status == SlotStatus::Conflict
            && slot.rivals.iter().any(|rival| rival.value == heard.value)
            && self.pending.is_none();
        if chosen {
            self.replace(heard, Superseded::SaidOtherwise);
            return;
        }
        let by_staff = heard.evidence.speaker == Speaker::Staff;
        let staff_only = slot.evidence.iter().all(|e| e.speaker == Speaker::Staff);
        let unsure = slot.status == SlotStatus::NeedsConfirmation;
        if self.implied || heard.act == Act::Correct {
            let why = if self.implied {
                Superseded::SurerReading
            } else {
                Superseded::SaidOtherwise
            };
            self.replace(heard, why);
        } else if by_staff && !staff_only && !unsure {
            self.pending = Some(heard);
        } else if unsure || by_staff {
            self.replace(heard, Superseded::SurerReading);
        } else if heard.unasked && slot.status == SlotStatus::Proposed && by_both(slot) {
            // Both sides agreed on a value, and another comes up unasked: neither is taken for wrong.
            slot.contradict(Rival {
                value: heard.value,
                evidence: vec![heard.evidence],
            });
        } else {
            // The citizen says something else without marking a correction.
            let heard = heard.unsure(true);
            self.replace(heard, Superseded::SaidOtherwise);
        }
    }

    fn agree(&mut self, heard: Heard) {
        let Some(slot) = &mut self.slot else { return };
        self.spelled |= heard.spelled;
        self.checked |= heard.checked;
        self.in_passing &= heard.in_passing;
        let other_side = slot
            .evidence
            .iter()
            .all(|e| e.speaker != heard.evidence.speaker);
        let share = if other_side { 0.8 } else { 0.4 };
        slot.confidence = 1.0 - (1.0 - slot.confidence) * (1.0 - share * heard.confidence);
        let cleared = slot.status == SlotStatus::NeedsConfirmation && !heard.unsure;
        if self.pending.take().is_some() || slot.status == SlotStatus::Conflict || cleared {
            slot.settle();
        }
        add_evidence(&mut slot.evidence, heard.evidence);
    }

    fn replace(&mut self, heard: Heard, why: Superseded) {
        let mut fresh = new_slot(&heard);
        if let Some(old) = self.slot.take() {
            fresh.history = old.history;
            if let Some(value) = old.value {
                fresh.remember(value, old.evidence, why);
            }
        }
        self.slot = Some(fresh);
        self.pending = None;
        self.spelled = heard.spelled;
        self.checked = heard.checked;
        self.in_passing = heard.in_passing;
        self.implied = heard.act == Act::Imply;
    }

    /// Another value was said in the same breath: nobody knows yet which it is.
    pub(crate) fn beside(&mut self, rival: Rival) {
        if let Some(slot) = &mut self.slot {
            slot.contradict(rival);
        }
    }

    /// The citizen refused a read-back of this value and nobody has said yet what is right.
    pub(crate) fn contest(&mut self) {
        if let Some(slot) = self
            .slot
            .as_mut()
            .filter(|s| s.status == SlotStatus::Proposed)
        {
            slot.doubt_because(Doubt::Unclear);
        }
    }

    /// The citizen has answered after a different read-back.
    pub(crate) fn settle(&mut self, objected: bool, agreed: bool, trust: Trust) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        if objected {
            if let Some(slot) = &mut self.slot {
                slot.settle();
            }
            return;
        }
        match trust {
            Trust::Staff => self.replace(pending, Superseded::SurerReading),
            Trust::Nobody if agreed => self.replace(pending, Superseded::SurerReading),
            Trust::Nobody => {
                if let Some(slot) = &mut self.slot {
                    slot.contradict(Rival {
                        value: pending.value,
                        evidence: vec![pending.evidence],
                    });
                }
            }
        }
    }

    /// The slot as it is shown: an open contradiction is visible at once.
    pub(crate) fn shown(&self) -> Option<Slot> {
        let mut slot = self.slot.clone()?;
        if let Some(pending) = &self.pending {
            slot.contradict(Rival {
                value: pending.value.clone(),
                evidence: vec![pending.evidence.clone()],
            });
        }
        if self.implied {
            slot.derived = true;
        }
        Some(slot)
    }
}

fn by_both(slot: &Slot) -> bool {
    let said = |who: Speaker| slot.evidence.iter().any(|e| e.speaker == who);
    said(Speaker::Staff) && said(Speaker::Citizen)
}

fn new_slot(heard: &Heard) -> Slot {
    let slot = Slot::proposed(
        heard.value.clone(),
        vec![heard.evidence.clone()],
        heard.confidence,
    );
    if heard.unsure { slot.unclear() } else { slot }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolkebot_protocol::Lang;

    fn heard(value: &str, turn: u32, speaker: Speaker) -> Heard {
        let evidence = Evidence {
            turn,
            text: value.to_owned(),
            bytes: 0..1,
            chars: 0..1,
            speaker,
            lang: Lang::Da,
            translated: false,
        };
        Heard::new(value, evidence, 0.8)
    }

    #[test]
    fn read_back_raises_confidence() {
        let mut belief = Belief::default();
        belief.hear(heard("a", 1, Speaker::Citizen));
        belief.hear(heard("a", 2, Speaker::Staff));
        let slot = belief.shown().expect("slot");
        assert!(slot.confidence > 0.9, "{}", slot.confidence);
        assert_eq!(slot.evidence.len(), 2);
    }

    #[test]
    fn a_different_read_back_waits_for_the_citizen() {
        for (objected, trust, value, status) in [
            (true, Trust::Nobody, "a", SlotStatus::Proposed),
            (false, Trust::Nobody, "a", SlotStatus::Conflict),
            (false, Trust::Staff, "b", SlotStatus::Proposed),
        ] {
            let mut belief = Belief::default();
            belief.hear(heard("a", 1, Speaker::Citizen));
            belief.hear(heard("b", 2, Speaker::Staff));
            assert_eq!(belief.shown().expect("slot").status, SlotStatus::Conflict);
            belief.settle(objected, false, trust);
            let slot = belief.shown().expect("slot");
            assert_eq!(slot.value, Some(Value::from(value)));
            assert_eq!(slot.status, status);
        }
    }

    #[test]
    fn an_unasked_other_value_stands_beside_the_agreed_one() {
        let mut belief = Belief::default();
        belief.hear(heard("a", 1, Speaker::Citizen));
        belief.hear(heard("a", 2, Speaker::Staff));
        let mut other = heard("b", 5, Speaker::Citizen);
        other.unasked = true;
        belief.hear(other);
        let slot = belief.shown().expect("slot");
        assert_eq!(slot.value, Some(Value::from("a")));
        assert_eq!(slot.status, SlotStatus::Conflict);
        assert_eq!(slot.rivals[0].value, Value::from("b"));
        belief.hear(heard("b", 6, Speaker::Staff));
        let slot = belief.shown().expect("slot");
        assert_eq!(slot.value, Some(Value::from("b")));
        assert_eq!(slot.status, SlotStatus::Proposed);
    }

    #[test]
    fn a_correction_keeps_the_old_value_as_history() {
        let mut belief = Belief::default();
        belief.hear(heard("a", 1, Speaker::Citizen));
        belief.hear(heard("b", 3, Speaker::Citizen).act(Act::Correct));
        let slot = belief.shown().expect("slot");
        assert_eq!(slot.value, Some(Value::from("b")));
        assert_eq!(slot.status, SlotStatus::Proposed);
        assert_eq!(slot.history.len(), 1);
    }

    #[test]
    fn what_is_implied_gives_way() {
        let mut belief = Belief::default();
        belief.hear(heard("a", 1, Speaker::Citizen).act(Act::Imply));
        belief.hear(heard("b", 2, Speaker::Citizen));
        belief.hear(heard("c", 3, Speaker::Citizen).act(Act::Imply));
        assert_eq!(belief.text(), Some("b"));
    }
}
