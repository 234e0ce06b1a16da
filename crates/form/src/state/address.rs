//! The new address as one line, when a person changed a part of it: it must never say something
//! else than its parts.

use serde_json::Value;
use tolkebot_values::postal;

use super::slot::Slot;
use super::{FormState, one_line};

const PARTS: [&str; 6] = [
    "to.street_name",
    "to.house_number",
    "to.house_letter",
    "to.floor",
    "to.door",
    "to.postal_code",
];

impl FormState {
    /// Makes line and district anew from parts of which a person decided one. Whoever decided the
    /// line itself is believed.
    pub(super) fn fill_address(&mut self) {
        let decided = |key: &&str| self.slot(key).is_some_and(Slot::is_decided);
        let known = self.definition.field("to.address_line").is_some();
        if !known || !PARTS.iter().any(&decided) || decided(&"to.address_line") {
            return;
        }
        let part = |key: &str| match self.value(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let row =
            part("to.postal_code").and_then(|code| Some((code.clone(), postal::lookup(&code)?)));
        let line = match (part("to.street_name"), part("to.house_number"), &row) {
            (Some(street), Some(number), Some((code, row))) => Some(one_line(
                &street,
                &number,
                part("to.house_letter").as_deref(),
                part("to.floor").as_deref(),
                part("to.door").as_deref(),
                &format!("{code} {}", row.district),
            )),
            _ => None,
        };
        let mut evidence = Vec::new();
        for slot in PARTS.iter().filter_map(|key| self.slot(key)) {
            if let Some(first) = slot.evidence.first() {
                super::add_evidence(&mut evidence, first.clone());
            }
        }
        let district = row.map(|(_, row)| row.district.to_owned());
        self.put_derived("to.address_line", line, evidence.clone());
        if self
            .slot("to.post_district")
            .is_none_or(|slot| !slot.is_decided())
        {
            self.put_derived("to.post_district", district, evidence);
        }
    }

    fn put_derived(&mut self, key: &str, value: Option<String>, evidence: Vec<super::Evidence>) {
        match value {
            Some(value) => {
                let slot = Slot::derived(value, evidence, 1.0);
                self.slots.insert(key.to_owned(), slot);
            }
            None => {
                self.slots.remove(key);
            }
        }
    }
}
