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

/// Whether a postal code is one of the table, which knows its town.
pub(super) fn is_in_table(code: Option<&Value>) -> bool {
    let code = code.and_then(Value::as_str);
    code.is_some_and(|code| postal::lookup(code).is_some())
}

impl FormState {
    /// Makes line and district anew from parts of which a person decided one. Whoever decided the
    /// line itself is believed.
    pub(super) fn fill_address(&mut self) {
        let decided = |key: &&str| self.slot(key).is_some_and(Slot::is_decided);
        let known = self.definition.field("to.address_line").is_some();
        if !known || !PARTS.iter().any(&decided) || decided(&"to.address_line") {
            return;
        }
        let line = self.line_of_parts();
        let code = self.part("to.postal_code");
        let row = code.and_then(|code| postal::lookup(&code));
        let mut evidence = Vec::new();
        for slot in PARTS.iter().filter_map(|key| self.slot(key)) {
            if let Some(first) = slot.evidence.first() {
                super::add_evidence(&mut evidence, first.clone());
            }
        }
        let district = row.map(|row| row.district.to_owned());
        self.put_derived("to.address_line", line, evidence.clone());
        if self
            .slot("to.post_district")
            .is_none_or(|slot| !slot.is_decided())
        {
            self.put_derived("to.post_district", district, evidence);
        }
    }

    /// The line that the parts make; `None` without street, number and a code of the table.
    pub(super) fn line_of_parts(&self) -> Option<String> {
        let code = self.part("to.postal_code")?;
        let row = postal::lookup(&code)?;
        Some(one_line(
            &self.part("to.street_name")?,
            &self.part("to.house_number")?,
            self.part("to.house_letter").as_deref(),
            self.part("to.floor").as_deref(),
            self.part("to.door").as_deref(),
            &format!("{code} {}", row.district),
        ))
    }

    fn part(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Whether `key` is a part of the address, and the parts make a line once it has this value.
    pub(super) fn makes_line_with(&self, key: &str, value: Option<&Value>) -> bool {
        let part = |of: &str| if of == key { value } else { self.value(of) };
        PARTS.contains(&key)
            && part("to.street_name").is_some()
            && part("to.house_number").is_some()
            && is_in_table(part("to.postal_code"))
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
