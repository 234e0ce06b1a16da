//! Values that the form asked about in its own words and that got a yes.

use tolkebot_protocol::Lang;

use super::{Evidence, FormState, SlotStatus, add_evidence};
use crate::definition::FieldType;

/// A question of the form's own about a value, word for word, and the plain yes to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Agreed {
    /// The whole question.
    pub asked: Evidence,
    /// The whole answer.
    pub yes: Evidence,
}

impl FormState {
    /// Settles the values whose question was asked just so and got a yes: both sides said them. Another value has
    /// another question, so that no yes outlives what it was said to. Yes and no are understood by the reader.
    pub(super) fn settle_agreed(&mut self) {
        if self.readings.agreed.is_empty() {
            return;
        }
        let open = self.slots.iter().filter(|(key, slot)| {
            let field = self.definition.field(key);
            let yes_or_no = field.is_some_and(|field| field.kind == FieldType::Boolean);
            slot.status == SlotStatus::NeedsConfirmation && !slot.is_decided() && !yes_or_no
        });
        let settled: Vec<(String, Agreed)> = open
            .filter_map(|(key, slot)| {
                let question = self.doubt_in(key, slot, Lang::Da)?;
                let mut agreed = self.readings.agreed.iter();
                let agreed = agreed.find(|agreed| agreed.asked.text.trim() == question)?;
                Some((key.clone(), agreed.clone()))
            })
            .collect();
        for (key, agreed) in settled {
            if let Some(slot) = self.slots.get_mut(&key) {
                slot.settle();
                add_evidence(&mut slot.evidence, agreed.asked);
                add_evidence(&mut slot.evidence, agreed.yes);
            }
        }
    }
}
