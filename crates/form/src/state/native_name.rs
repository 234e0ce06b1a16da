//! The mover's name in Cyrillic letters beside the name that a person wrote.

use serde_json::Value;
use tolkebot_values::names;

use super::FormState;
use super::slot::Slot;

/// From here on a Latin and a Cyrillic word are the same name.
const SAME: f32 = 0.82;

impl FormState {
    /// The working field is made from what was heard. Where a person wrote another name than that, it would stand
    /// beside the right one and say something else: it is left out. Whoever wrote the field itself is believed.
    pub(super) fn drop_other_native_name(&mut self) {
        const NATIVE: &str = "mover.name_native";
        if self.slot(NATIVE).is_none_or(Slot::is_decided) {
            return;
        }
        let native = self.value(NATIVE).and_then(Value::as_str).unwrap_or("");
        let words: Vec<&str> = native.split_whitespace().collect();
        let other = ["mover.given_names", "mover.surname"].iter().any(|key| {
            let decided = self.slot(key).filter(|slot| slot.is_decided());
            let name = decided.and_then(|slot| slot.value.as_ref()?.as_str());
            // Of "Anna Mariia" one word is enough: the other may never have been said.
            name.is_some_and(|name| {
                !name
                    .split_whitespace()
                    .any(|part| words.iter().any(|w| names::same_name(part, w) >= SAME))
            })
        });
        if other {
            self.slots.remove(NATIVE);
        }
    }
}
