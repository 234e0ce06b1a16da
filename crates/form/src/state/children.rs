//! Whom the children's questions are about.

use jiff::{Span, civil::Date};
use serde_json::Value;
use tolkebot_values::cpr::CprNumber;

use super::{FormState, PersonId, UNNAMED_CHILD};

/// Fields of a person that say whether they are a child.
const TELLING: [&str; 3] = ["relation", "birth_date", "cpr_number"];
/// The mover's number.
const MOVER: PersonId = 0;

impl FormState {
    /// The children the reader heard of, and those that a person wrote: whoever is under 18 has the
    /// same questions asked, § 13, stk. 2 of the CPR act among them, also if nobody spoke of them.
    /// A person's word about birth or relation counts above what was heard.
    pub(super) fn children_of_form(&self) -> Vec<PersonId> {
        let mut children = self.readings.children.clone();
        for person in &self.household {
            let heard = children.contains(person);
            match self.written_as_child(*person) {
                Some(true) if !heard => children.push(*person),
                Some(false) => children.retain(|child| child != person),
                _ => {}
            }
        }
        if let Some(decision) = self.decisions.get("case.reporter_role") {
            let by_custody = decision.value().and_then(Value::as_str) == Some("custody_holder");
            match children.contains(&MOVER) {
                false if by_custody => children.insert(0, MOVER),
                true if !by_custody => children.retain(|child| *child != MOVER),
                _ => {}
            }
        }
        if children.len() > 1 {
            // The child that had no name yet is one of these.
            children.retain(|child| *child != UNNAMED_CHILD);
        }
        children
    }

    /// Whether somebody is a child by what people decided about them; `None` if they decided nothing
    /// that tells.
    fn written_as_child(&self, person: PersonId) -> Option<bool> {
        let key = |field: &str| format!("household[#{person}].{field}");
        if !TELLING
            .iter()
            .any(|field| self.decisions.contains_key(&key(field)))
        {
            return None;
        }
        let text = |field: &str| {
            let key = key(field);
            let value = match self.decisions.get(&key) {
                Some(decision) => decision.value(),
                None => self.readings.slots.get(&key)?.value.as_ref(),
            };
            value.and_then(Value::as_str)
        };
        let by_number = || CprNumber::parse(text("cpr_number")?).ok()?.birth_date();
        let born: Option<Date> = text("birth_date")
            .and_then(|day| day.parse().ok())
            .or_else(by_number);
        if let Some(born) = born {
            return Some(born.saturating_add(Span::new().years(18)) > self.today);
        }
        let relation = text("relation")?;
        Some(matches!(relation, "child" | "stepchild"))
    }
}
