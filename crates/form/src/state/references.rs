//! Values that name persons of the form (`mover`, `household[1]`). Rows are counted anew whenever somebody else is
//! heard: what a person wrote or vouched for keeps whom it means, and gets that person's row where it is shown.

use serde_json::Value;

use super::FormState;
use super::decision::Decision;
use super::slot::{Slot, SlotStatus};
use crate::definition::FieldType;

impl FormState {
    /// Whether a field's values name persons.
    pub(super) fn names_persons(&self, key: &str) -> bool {
        let field = self.definition.field(key);
        field.is_some_and(|f| matches!(f.kind, FieldType::ListRef | FieldType::RefHousehold))
    }

    /// The decision as it is kept: `household[1]` → `household[#3]`. A row that the form does not have stays.
    pub(super) fn by_persons(&self, decision: &Decision) -> Decision {
        let person = |row: &str| Some(self.internal_key(row).unwrap_or_else(|| row.to_owned()));
        decision.with_values(|value| each(value, person))
    }

    /// The slot of a decision that was kept so, with today's rows. Whoever is in the form no more, or was taken out of
    /// it, is left out, and somebody must look at what is left.
    pub(super) fn slot_by_rows(&self, decision: &Decision, machine: Option<&Slot>) -> Slot {
        let row = |person: &str| {
            let row = self.public_key(person)?;
            let emptied = row_number(&row).is_some_and(|at| self.is_nobody(at));
            (!emptied).then_some(row)
        };
        let shown = decision.with_values(|value| each(value, row));
        let mut slot = shown.slot(machine, self.beside_is_seen);
        if count(shown.value()) < count(decision.value()) {
            slot.status = SlotStatus::Conflict;
        }
        slot
    }

    /// What was heard, without those who were taken out of the form: the reader still counts their rows.
    pub(super) fn of_somebody(&self, heard: &Slot) -> Slot {
        let there = |row: &str| {
            let emptied = row_number(row).is_some_and(|at| self.is_nobody(at));
            (!emptied).then(|| row.to_owned())
        };
        let value = heard.value.as_ref().and_then(|value| each(value, there));
        Slot {
            value,
            ..heard.clone()
        }
    }

    /// Whether every person that a value names is somebody of the form.
    pub(super) fn has_persons(&self, value: &Value) -> bool {
        let is_there = |row: &str| match row_number(row) {
            Some(at) => at < self.household_len() && !self.is_nobody(at),
            None => row == "mover",
        };
        references(value).all(is_there)
    }
}

/// `household[1]` → 1.
fn row_number(row: &str) -> Option<usize> {
    let number = row.strip_prefix("household[")?.strip_suffix(']')?;
    number.parse().ok()
}

/// The references of a value.
fn references(value: &Value) -> impl Iterator<Item = &str> {
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    all.iter().filter_map(Value::as_str)
}

fn count(value: Option<&Value>) -> usize {
    value.map_or(0, |value| references(value).count())
}

/// A value with each reference made into another one or left out; `None` if none is left.
fn each(value: &Value, to: impl Fn(&str) -> Option<String>) -> Option<Value> {
    match value {
        Value::String(one) => to(one).map(Value::from),
        Value::Array(all) => {
            let left: Vec<Value> = references(value).filter_map(to).map(Value::from).collect();
            (!left.is_empty() || all.is_empty()).then_some(Value::Array(left))
        }
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;
    use tolkebot_protocol::Role;

    use super::*;
    use crate::state::{Decider, PersonId, Readings};
    use crate::{DecisionError, FormDefinition};

    const PERSONS: &str = "protection.persons";
    const DAUGHTER: PersonId = 3;
    const HUSBAND: PersonId = 5;

    fn staff() -> Decider {
        Decider {
            role: Role::Staff,
            account: None,
            at: String::new(),
        }
    }

    /// What the reader knows when these move along, in this order; `covered`: whom it heard to be protected.
    fn heard(household: &[PersonId], covered: Option<Value>) -> Readings {
        let mut slots = BTreeMap::new();
        for person in household {
            let name = match *person {
                DAUGHTER => "Sofiia",
                _ => "Andrii",
            };
            let key = format!("household[#{person}].given_names");
            slots.insert(key, Slot::proposed(name, Vec::new(), 0.9));
        }
        if let Some(covered) = covered {
            let slot = Slot::proposed(covered, Vec::new(), 0.9);
            slots.insert(PERSONS.to_owned(), slot);
        }
        Readings {
            slots,
            household: household.to_vec(),
            children: Vec::new(),
            agreed: Vec::new(),
        }
    }

    fn form() -> FormState {
        let today = "2026-12-01".parse().expect("a date");
        FormState::new(FormDefinition::embedded(), today)
    }

    fn shown(form: &FormState) -> (Option<Value>, SlotStatus) {
        let slot = form.slot(PERSONS).expect("a slot");
        (slot.value.clone(), slot.status)
    }

    #[test]
    fn whom_a_person_named_stays_the_same_when_rows_are_counted_anew() {
        let alone = Some(json!(["mover"]));
        let mut form = form();
        form.update(heard(&[DAUGHTER], alone.clone()));
        let both = json!(["mover", "household[0]"]);
        form.correct(PERSONS, both, &staff()).expect("persons");
        // Husbands come first.
        form.update(heard(&[HUSBAND, DAUGHTER], alone.clone()));
        let moved = json!(["mover", "household[1]"]);
        assert_eq!(shown(&form), (Some(moved.clone()), SlotStatus::Corrected));
        assert_eq!(form.text("household[1].given_names"), Some("Sofiia"));
        // Vouched for as it stands now, and the row is the first again.
        form.confirm(PERSONS, &staff()).expect("persons");
        assert_eq!(shown(&form), (Some(moved), SlotStatus::Confirmed));
        form.update(heard(&[DAUGHTER], alone));
        let first = json!(["mover", "household[0]"]);
        assert_eq!(shown(&form), (Some(first), SlotStatus::Confirmed));
    }

    #[test]
    fn the_same_list_with_other_rows_is_no_contradiction() {
        let mut form = form();
        form.update(heard(&[DAUGHTER], Some(json!(["mover", "household[0]"]))));
        form.confirm(PERSONS, &staff()).expect("persons");
        let moved = json!(["mover", "household[1]"]);
        form.update(heard(&[HUSBAND, DAUGHTER], Some(moved.clone())));
        assert_eq!(shown(&form), (Some(moved), SlotStatus::Confirmed));
        // Another person is one.
        let other = json!(["mover", "household[0]"]);
        form.update(heard(&[HUSBAND, DAUGHTER], Some(other.clone())));
        assert_eq!(shown(&form).1, SlotStatus::Conflict);
        assert_eq!(form.slot(PERSONS).expect("a slot").rivals[0].value, other);
    }

    #[test]
    fn whoever_is_not_there_any_more_is_looked_at() {
        let written = || {
            let mut form = form();
            form.update(heard(&[DAUGHTER], None));
            let both = json!(["mover", "household[0]"]);
            form.correct(PERSONS, both, &staff()).expect("persons");
            form
        };
        let left = (Some(json!(["mover"])), SlotStatus::Conflict);
        let mut gone = written();
        gone.update(heard(&[HUSBAND], None));
        assert_eq!(shown(&gone), left);
        let mut emptied = written();
        let name = "household[0].given_names";
        emptied.clear(name, &staff()).expect("a name");
        assert_eq!(shown(&emptied), left);
        // Nobody is left: the field is empty, and asked for where it must be filled.
        let mut nobody = written();
        let daughter = json!(["household[0]"]);
        nobody
            .correct(PERSONS, daughter, &staff())
            .expect("persons");
        nobody.update(heard(&[], None));
        assert_eq!(shown(&nobody), (None, SlotStatus::Conflict));
    }

    /// The reader goes on counting the row of whom staff took out.
    #[test]
    fn whoever_was_taken_out_holds_nobody_up() {
        let covered = || Some(json!(["mover", "household[0]"]));
        let name = "household[0].given_names";
        let mover = json!(["mover"]);
        let mut form = form();
        form.update(heard(&[DAUGHTER], covered()));
        form.clear(name, &staff()).expect("a name");
        assert_eq!(shown(&form), (Some(mover.clone()), SlotStatus::Proposed));
        form.confirm(PERSONS, &staff()).expect("persons");
        assert_eq!(shown(&form), (Some(mover.clone()), SlotStatus::Confirmed));
        let mut before = self::form();
        before.update(heard(&[DAUGHTER], covered()));
        before
            .correct(PERSONS, mover.clone(), &staff())
            .expect("persons");
        before.clear(name, &staff()).expect("a name");
        assert_eq!(shown(&before), (Some(mover), SlotStatus::Corrected));
    }

    #[test]
    fn nobody_is_named_who_has_no_row() {
        let mut form = form();
        form.update(heard(&[DAUGHTER], None));
        let write = |value: Value| form.write(PERSONS, value, &staff());
        let known = json!(["mover", "household[0]"]);
        assert_eq!(write(known.clone()), Ok(known));
        let refused = write(json!(["household[1]"]));
        assert!(matches!(refused, Err(DecisionError::Invalid { .. })));
        // What an older log holds stands as it was written.
        let unknown = json!(["household[1]"]);
        form.correct(PERSONS, unknown.clone(), &staff())
            .expect("persons");
        assert_eq!(shown(&form), (Some(unknown), SlotStatus::Corrected));
    }
}
