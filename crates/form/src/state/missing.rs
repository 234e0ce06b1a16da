//! Which required slots are still empty.

use serde_json::Value;

use super::{FormState, SlotStatus};
use crate::definition::{Facts, FieldDef, FilledBy, Required};

/// Sections that the product fills while the form is signed and handed in.
const LATER: [&str; 2] = ["declaration", "session"];

impl Facts for FormState {
    fn value(&self, key: &str) -> Option<&Value> {
        if let Some(value) = FormState::value(self, key) {
            return Some(value);
        }
        // `children[].other_parent_moves` asks about any child.
        let (group, field) = key.split_once("[].")?;
        let count = if group == "children" {
            self.children_len()
        } else {
            self.household_len()
        };
        (0..count).find_map(|n| FormState::value(self, &format!("{group}[{n}].{field}")))
    }

    fn has_group(&self, group: &str) -> bool {
        match group {
            "children" => self.children_asked_about() > 0,
            "household" => self.persons_along() > 0,
            _ => false,
        }
    }

    fn named(&self, name: &str) -> Option<bool> {
        match name {
            "any household member under 18" => Some(self.children_asked_about() > 0),
            // Only the address register knows; the floor is asked for with the address.
            _ => None,
        }
    }
}

/// One child or person, so that conditions on `children[].x` look at that one.
struct Member<'a> {
    state: &'a FormState,
    group: &'a str,
    index: usize,
}

impl Facts for Member<'_> {
    fn value(&self, key: &str) -> Option<&Value> {
        match key.split_once("[].") {
            Some((group, field)) if group == self.group => {
                FormState::value(self.state, &format!("{group}[{}].{field}", self.index))
            }
            _ => Facts::value(self.state, key),
        }
    }

    fn has_group(&self, group: &str) -> bool {
        self.state.has_group(group)
    }

    fn named(&self, name: &str) -> Option<bool> {
        self.state.named(name)
    }
}

impl FormState {
    /// Keys of required slots without a value, in the order of the form. Left out: fields that the
    /// product fills itself and those of signing.
    pub fn missing(&self) -> Vec<String> {
        let mut out = Vec::new();
        for field in self.definition.fields() {
            if field.filled_by == FilledBy::System || LATER.contains(&field.section.as_str()) {
                continue;
            }
            match field.key.split_once("[].") {
                None => {
                    if wanted(field, self) && self.value(&field.key).is_none() {
                        out.push(field.key.clone());
                    }
                }
                Some((group, name)) => {
                    let count = match group {
                        "children" => self.children_len(),
                        "household" => self.household_len(),
                        _ => 0,
                    };
                    for index in 0..count {
                        if self.row_is_nobody(group, index) {
                            continue;
                        }
                        let key = format!("{group}[{index}].{name}");
                        let member = Member {
                            state: self,
                            group,
                            index,
                        };
                        if wanted(field, &member) && self.value(&key).is_none() {
                            out.push(key);
                        }
                    }
                }
            }
        }
        out
    }
}

/// How far a form is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    /// Required slots that have a value nobody needs to be asked about.
    pub sure: usize,
    /// Required slots whose value is unsure or contradicted.
    pub doubtful: usize,
    /// Required slots without a value.
    pub missing: usize,
}

impl FormState {
    /// How many of the required slots are filled, counted as [`FormState::missing`] does.
    pub fn completeness(&self) -> Completeness {
        let required = |key: &str| {
            self.definition.field(key).is_some_and(|field| {
                field.filled_by != FilledBy::System && !LATER.contains(&field.section.as_str())
            }) && self.is_required(key)
        };
        let mut out = Completeness {
            sure: 0,
            doubtful: 0,
            missing: self.missing().len(),
        };
        for (key, slot) in self.slots() {
            if slot.value.is_none() || !required(key) {
                continue;
            }
            let doubt = matches!(
                slot.status,
                SlotStatus::Conflict | SlotStatus::NeedsConfirmation
            );
            if doubt {
                out.doubtful += 1;
            } else {
                out.sure += 1;
            }
        }
        out
    }

    /// Whether a slot must be filled in this case, as far as the form says now. `key` may carry an
    /// index; unknown keys are never required.
    pub fn is_required(&self, key: &str) -> bool {
        let Some(field) = self.definition.field(key) else {
            return false;
        };
        match member_of(key) {
            Some((group, index)) if self.row_is_nobody(group, index) => false,
            Some((group, index)) => wanted(
                field,
                &Member {
                    state: self,
                    group,
                    index,
                },
            ),
            None => wanted(field, self),
        }
    }

    /// Whether a slot belongs to this case: its condition holds, or it has none and its section is
    /// in use, and its row is somebody's. A slot that has a value always applies.
    pub fn applies(&self, key: &str) -> bool {
        let Some(field) = self.definition.field(key) else {
            return false;
        };
        if self.value(key).is_some() {
            return true;
        }
        if member_of(key).is_some_and(|(group, index)| self.row_is_nobody(group, index)) {
            return false;
        }
        match &field.required {
            Required::Always => true,
            Required::When(_) => self.is_required(key),
            Required::Optional => {
                let mut siblings = self
                    .definition
                    .fields()
                    .iter()
                    .filter(|f| f.section == field.section && f.required != Required::Optional)
                    .peekable();
                siblings.peek().is_none()
                    || siblings.any(|f| match &f.required {
                        Required::When(condition) => {
                            condition.mentions(&field.key) || condition.holds(self)
                        }
                        _ => true,
                    })
            }
        }
    }
}

/// `household[2].surname` → (`household`, 2).
fn member_of(key: &str) -> Option<(&str, usize)> {
    let (group, rest) = key.split_once('[')?;
    Some((group, rest.split_once(']')?.0.parse().ok()?))
}

fn wanted(field: &FieldDef, facts: &dyn Facts) -> bool {
    match &field.required {
        Required::Always => true,
        Required::Optional => false,
        Required::When(condition) => condition.holds(facts),
    }
}
