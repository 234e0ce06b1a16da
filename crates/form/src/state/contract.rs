//! The form as JSON for other programs.

use serde_json::{Map, Value, json};

use super::{Evidence, FormState, SlotStatus};

impl FormState {
    /// The form in the exchange shape:
    ///
    /// ```json
    /// {"slots": {"KEY": {"value": …, "evidence": [{"turn": 4, "text": "…"}],
    ///                    "confidence": 0.93, "status": "proposed"}},
    ///  "conflicts": [{"key": "KEY", "values": [{"value": …, "evidence": […]}]}],
    ///  "missing": ["KEY"]}
    /// ```
    ///
    /// Keys are those of the form definition. Persons moving along are `household[0]`,
    /// `household[1]` … without the mover. A fact about children that is the same for all of them
    /// is given once, as `children[].custody`; facts that differ carry the index. Values that follow
    /// from others are marked `"derived": true`; a value with status `needs_confirmation` has a
    /// `"reason"`, see [`Doubt`](super::Doubt); one that a person decided about has `"decided"`:
    /// `{"what": "confirmed", "actor": "staff", "by": "anne", "at": …}`, `by` where accounts are used.
    pub fn to_contract_json(&self) -> Value {
        let mut slots = Map::new();
        for (key, slot) in self.slots() {
            if slot.value.is_none() && slot.status != SlotStatus::Cleared {
                continue;
            }
            let mut entry = Map::new();
            entry.insert("value".into(), slot.value.clone().unwrap_or(Value::Null));
            entry.insert("evidence".into(), evidence(&slot.evidence));
            entry.insert("confidence".into(), round(slot.confidence));
            entry.insert("status".into(), json!(slot.status));
            if let Some(doubt) = slot.doubt {
                entry.insert("reason".into(), json!(doubt));
            }
            if slot.derived {
                entry.insert("derived".into(), Value::Bool(true));
            }
            if let Some(decided) = &slot.decided {
                entry.insert("decided".into(), json!(decided));
            }
            slots.insert(
                self.shared_child_key(key).unwrap_or_else(|| key.to_owned()),
                entry.into(),
            );
        }
        let conflicts: Vec<Value> = self
            .conflicts()
            .into_iter()
            .map(|(key, slot)| {
                let mut values: Vec<Value> = Vec::new();
                if let Some(value) = &slot.value {
                    values.push(json!({"value": value, "evidence": evidence(&slot.evidence)}));
                }
                for rival in &slot.rivals {
                    let evidence = evidence(&rival.evidence);
                    values.push(json!({"value": rival.value, "evidence": evidence}));
                }
                json!({"key": key, "values": values})
            })
            .collect();
        json!({"slots": slots, "conflicts": conflicts, "missing": self.missing()})
    }

    /// `children[0].custody` → `children[].custody` when every child has the same value.
    fn shared_child_key(&self, key: &str) -> Option<String> {
        let field = key.strip_prefix("children[")?.split_once("].")?.1;
        if field == "person" {
            return None;
        }
        let value = self.value(key)?;
        let same = (0..self.children_len())
            .filter(|n| !self.row_is_nobody("children", *n))
            .all(|n| self.value(&format!("children[{n}].{field}")) == Some(value));
        same.then(|| format!("children[].{field}"))
    }
}

fn evidence(list: &[Evidence]) -> Value {
    list.iter()
        .map(|e| json!({"turn": e.turn, "text": e.text}))
        .collect()
}

/// Two decimals, so that the JSON does not show the noise of 32-bit numbers.
fn round(confidence: f32) -> Value {
    let hundredths = (f64::from(confidence.clamp(0.0, 1.0)) * 100.0).round();
    json!(hundredths / 100.0)
}
