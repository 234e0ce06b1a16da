//! What people decide on the screen: confirm, correct, clear.
//!
//! A decision stands above everything the reader finds. When the reader later finds another value
//! than the one it had at the time of the decision, or holds another one beside its own that it did not
//! hold then, the slot becomes a conflict: the person's value stays, the new one stands beside it.

use serde_json::Value;
use thiserror::Error;
use tolkebot_protocol::{Decided, DecisionView, Role};

use super::address::is_in_table;
use super::slot::{Decider, Rival, Slot, SlotStatus, Superseded};
use super::{FIRST_UNNAMED, FormState, PersonId, SlotChange};
use crate::check;

/// Why a decision is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecisionError {
    /// The form has no such field.
    #[error("the form has no field `{0}`; see the form definition for its keys")]
    UnknownKey(String),
    /// The group has no person with this index.
    #[error("`{key}`: there are only {count} persons; the next free index is {count}")]
    NoSuchPerson {
        /// The key as given.
        key: String,
        /// How many there are.
        count: usize,
    },
    /// There is no value to confirm.
    #[error("`{0}` has no value to confirm; enter one with a correction")]
    Empty(String),
    /// The value does not fit the field.
    #[error("`{key}`: {problem}")]
    Invalid {
        /// The key as given.
        key: String,
        /// What is wrong and what is expected. Never contains the value.
        problem: String,
    },
}

/// A decision about one slot, with the machine's value at that time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decision {
    status: SlotStatus,
    value: Option<Value>,
    decided: DecisionView,
    machine_then: Option<Value>,
    /// What the machine held beside its value then: whoever decided has seen it.
    beside_then: Vec<Value>,
    base: Option<Slot>,
}

/// Fields that say who somebody is.
const WHO: [&str; 3] = ["given_names", "cpr_number", "birth_date"];

/// The new address in one line.
const LINE: &str = "to.address_line";
const CODE: &str = "to.postal_code";
/// The town of the postal code.
const DISTRICT: &str = "to.post_district";

/// Whether a value was emptied because it was not on the screen when the form was read back.
pub(super) fn is_by_nobody(decided: &DecisionView) -> bool {
    decided.actor == Role::System
}

impl Decision {
    /// The same with each of its values made into another one.
    pub(super) fn with_values(&self, to: impl Fn(&Value) -> Option<Value>) -> Decision {
        let made = |value: &Option<Value>| value.as_ref().and_then(&to);
        let base = self.base.clone().map(|slot| Slot {
            value: made(&slot.value),
            ..slot
        });
        Decision {
            value: made(&self.value),
            machine_then: made(&self.machine_then),
            beside_then: self.beside_then.iter().filter_map(&to).collect(),
            base,
            ..self.clone()
        }
    }

    /// What was decided; `None` for a slot that was emptied.
    pub(super) fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// Whether a person emptied the slot.
    pub(super) fn empties(&self) -> bool {
        self.value.is_none() && !is_by_nobody(&self.decided)
    }

    /// The slot as shown: the person's value, and the machine's beside it when it has changed. `beside_is_seen`: what
    /// the machine holds beside its own value is no news, whenever it came.
    pub(super) fn slot(&self, machine: Option<&Slot>, beside_is_seen: bool) -> Slot {
        let base = machine.or(self.base.as_ref());
        let mut slot = Slot {
            value: self.value.clone(),
            evidence: base.map(|s| s.evidence.clone()).unwrap_or_default(),
            confidence: 1.0,
            status: self.status,
            doubt: None,
            derived: false,
            rivals: Vec::new(),
            history: base.map(|s| s.history.clone()).unwrap_or_default(),
            decided: Some(self.decided.clone()),
        };
        if let Some(then) = self.base.as_ref()
            && self.status != SlotStatus::Confirmed
            && let Some(value) = &then.value
            && then.value != self.value
        {
            slot.remember(value.clone(), then.evidence.clone(), Superseded::Person);
        }
        let otherwise = machine.filter(|s| s.value.is_some() && s.value != self.value);
        let since = otherwise.is_some_and(|s| s.value != self.machine_then);
        let rivals = machine.into_iter().flat_map(|s| &s.rivals);
        let beside: Vec<&Rival> = rivals
            .filter(|rival| Some(&rival.value) != self.value.as_ref())
            .collect();
        let is_news = |rival: &Rival| !beside_is_seen && !self.beside_then.contains(&rival.value);
        let said_of = |base: Option<&Slot>| base.map(|s| s.evidence.clone()).unwrap_or_default();
        if since || beside.iter().any(|rival| is_news(rival)) {
            slot.status = SlotStatus::Conflict;
        }
        let holds = self.value.is_some();
        if holds && (otherwise.is_some() || self.status == SlotStatus::Corrected) {
            // What a person decided stands on no words that say something else: those stand beside it.
            let same = |s: &&Slot| s.value == self.value;
            slot.evidence = said_of(self.base.as_ref().filter(same).or(machine.filter(same)));
        } else if since {
            slot.evidence = said_of(self.base.as_ref());
        }
        // Also what was put aside: whoever looks at the form after that must see what was heard. What was emptied has
        // nothing beside it but news.
        if let Some(heard) = otherwise
            && let Some(value) = &heard.value
            && (since || holds && !heard.derived)
        {
            slot.rivals.push(Rival {
                value: value.clone(),
                evidence: heard.evidence.clone(),
            });
        }
        let kept = beside.into_iter().filter(|rival| holds || is_news(rival));
        slot.rivals.extend(kept.cloned());
        slot
    }
}

/// The person number in an internal key of a group.
pub(super) fn person_of(key: &str, group: &str) -> Option<PersonId> {
    let rest = key.strip_prefix(group)?.strip_prefix("[#")?;
    rest.get(..rest.find(']')?)?.parse().ok()
}

impl FormState {
    /// A person accepts the value of a slot.
    pub fn confirm(&mut self, key: &str, who: &Decider) -> Result<Vec<SlotChange>, DecisionError> {
        let internal = self.known_key(key)?;
        let value = self
            .value(key)
            .cloned()
            .ok_or_else(|| DecisionError::Empty(key.to_owned()))?;
        Ok(self.decide(internal, SlotStatus::Confirmed, Some(value), who))
    }

    /// A person enters a value. It is checked against the field's type and written in the form's
    /// notation (a CPR number may be typed without hyphen). `household[n]` with the next free index
    /// adds a person.
    pub fn correct(
        &mut self,
        key: &str,
        value: Value,
        who: &Decider,
    ) -> Result<Vec<SlotChange>, DecisionError> {
        let field = self
            .definition
            .field(key)
            .ok_or_else(|| DecisionError::UnknownKey(key.to_owned()))?
            .clone();
        let value = check::typed(&field, value).map_err(|problem| DecisionError::Invalid {
            key: key.to_owned(),
            problem,
        })?;
        if key.starts_with(&format!("household[{}].", self.household.len())) {
            let used = self
                .household
                .iter()
                .chain(&self.readings.household)
                .chain(&self.added);
            // Numbers from the top, below those of children without a name, so that they never meet those of the
            // reader.
            let lowest = used.copied().filter(|p| *p > PersonId::MAX / 2).min();
            let top = lowest.map_or(FIRST_UNNAMED, |lowest| lowest.min(FIRST_UNNAMED));
            self.added.push(top - 1);
            self.merge();
        }
        let internal = self.known_key(key)?;
        Ok(self.decide(internal, SlotStatus::Corrected, Some(value), who))
    }

    /// A value as it is to be kept, from what somebody wrote in a field: like [`FormState::correct`], but
    /// for what is written now and not for what stands in a log. Does not change the form.
    pub fn write(&self, key: &str, value: Value, who: &Decider) -> Result<Value, DecisionError> {
        let field = self
            .definition
            .field(key)
            .ok_or_else(|| DecisionError::UnknownKey(key.to_owned()))?;
        let value = check::written(field, value).map_err(|problem| DecisionError::Invalid {
            key: key.to_owned(),
            problem,
        })?;
        let mut tried = self.clone();
        tried.correct(key, value, who)?;
        let value = tried.value(key).cloned().unwrap_or(Value::Null);
        if self.names_persons(key) && !self.has_persons(&value) {
            return Err(DecisionError::Invalid {
                key: key.to_owned(),
                problem: "names a person whom the form does not have; add them first".to_owned(),
            });
        }
        self.fits_parts(key, &value)?;
        Ok(value)
    }

    /// Refuses the new address in one line where it would say something else than its parts behind it.
    pub fn fits_parts(&self, key: &str, value: &Value) -> Result<(), DecisionError> {
        match self.line_of_parts() {
            Some(line) if key == LINE && value.as_str() != Some(line.as_str()) => {
                Err(DecisionError::Invalid {
                    key: key.to_owned(),
                    problem:
                        "differs from its parts; change street, number, floor, door or postal code"
                            .to_owned(),
                })
            }
            _ => Ok(()),
        }
    }

    /// A person empties a slot.
    pub fn clear(&mut self, key: &str, who: &Decider) -> Result<Vec<SlotChange>, DecisionError> {
        let internal = self.known_key(key)?;
        Ok(self.decide(internal, SlotStatus::Cleared, None, who))
    }

    /// Under earlier rules a line that somebody decided about stood beside any parts: what was signed so says what it
    /// said then.
    pub fn keep_decided_line(&mut self) -> Vec<SlotChange> {
        let Some(line) = self.line_before.take() else {
            return Vec::new();
        };
        self.decisions.insert(LINE.to_owned(), line);
        self.merge()
    }

    /// Under earlier rules a post district that somebody decided about stood beside any postal code.
    pub fn keep_decided_district(&mut self) -> Vec<SlotChange> {
        let Some(district) = self.district_before.take() else {
            return Vec::new();
        };
        self.decisions.insert(DISTRICT.to_owned(), district);
        self.merge()
    }

    /// Under earlier rules another value that the reader held beside one that was decided contradicted nothing.
    /// `seen`: it is so now, as what was read back and signed then stays signed.
    pub fn keep_beside(&mut self, seen: bool) -> Vec<SlotChange> {
        match std::mem::replace(&mut self.beside_is_seen, seen) == seen {
            true => Vec::new(),
            false => self.merge(),
        }
    }

    /// The form is judged by the rules of today again: what was emptied by nobody, because it was not on the screen
    /// when the form was read back, is its own, and what stands beside a decision counts.
    pub fn take_in(&mut self) -> Vec<SlotChange> {
        let before = self.decisions.len();
        self.decisions
            .retain(|_, decision| !is_by_nobody(&decision.decided));
        let seen = std::mem::take(&mut self.beside_is_seen);
        match self.decisions.len() == before && !seen {
            true => Vec::new(),
            false => self.merge(),
        }
    }

    /// Whether what people decided about a person keeps their row although nobody speaks of them any more: it says who
    /// they are, or everything of it was emptied, and the row keeps its place.
    pub(super) fn keeps_row(&self, person: PersonId) -> bool {
        let row = format!("household[#{person}].");
        let of_row = self.decisions.range(row.clone()..);
        let mut decided = of_row.take_while(|(key, _)| key.starts_with(&row));
        let mut emptied = true;
        let told = decided.any(|(key, decision)| {
            let filled = decision.value().is_some();
            emptied &= !filled;
            filled && WHO.contains(&&key[row.len()..])
        });
        told || emptied
    }

    fn known_key(&self, key: &str) -> Result<String, DecisionError> {
        if self.definition.field(key).is_none() || key.contains("[]") {
            return Err(DecisionError::UnknownKey(key.to_owned()));
        }
        self.internal_key(key)
            .ok_or_else(|| DecisionError::NoSuchPerson {
                key: key.to_owned(),
                count: if key.starts_with("children") {
                    self.children.len()
                } else {
                    self.household.len()
                },
            })
    }

    fn decide(
        &mut self,
        internal: String,
        status: SlotStatus,
        value: Option<Value>,
        who: &Decider,
    ) -> Vec<SlotChange> {
        let machine = self.readings.slots.get(&internal);
        let shown = self
            .public_key(&internal)
            .and_then(|k| self.slots.get(&k).cloned());
        let decided = DecisionView {
            what: match status {
                SlotStatus::Confirmed => Decided::Confirmed,
                SlotStatus::Cleared => Decided::Cleared,
                _ => Decided::Corrected,
            },
            actor: who.role,
            by: who.account.clone(),
            at: who.at.clone(),
        };
        let beside = machine.into_iter().flat_map(|s| &s.rivals);
        let decision = Decision {
            status,
            value,
            decided,
            machine_then: machine.and_then(|s| s.value.clone()),
            beside_then: beside.map(|rival| rival.value.clone()).collect(),
            base: shown,
        };
        let before = decision.base.as_ref().and_then(|slot| slot.value.as_ref());
        let after = decision.value.as_ref();
        if before != after && self.makes_line_with(&internal, after) {
            // Whoever vouched for the line vouched for the address with the part that stood there before.
            let line = self.decisions.remove(LINE);
            self.line_before = line.or(self.line_before.take());
        }
        let town = internal == CODE && before != after && !self.decisions.contains_key(LINE);
        if town && is_in_table(after) {
            // The town is that of the code, whoever vouched for the one of another code.
            let district = self.decisions.remove(DISTRICT);
            self.district_before = district.or(self.district_before.take());
        }
        if internal == LINE {
            self.line_before = None;
        }
        if internal == DISTRICT {
            self.district_before = None;
        }
        let decision = match self.names_persons(&internal) {
            true => self.by_persons(&decision),
            false => decision,
        };
        self.decisions.insert(internal, decision);
        self.merge()
    }
}

#[cfg(test)]
mod tests {
    use tolkebot_protocol::Role;

    use crate::{Decider, FormDefinition, FormReader};

    #[test]
    fn persons_added_by_hand_stay_where_they_were_added() {
        let today = "2026-12-01".parse().expect("a date");
        let staff = Decider {
            role: Role::Staff,
            account: None,
            at: String::new(),
        };
        let mut reader = FormReader::new(FormDefinition::embedded(), today);
        let people = [
            ("Maksym", "2015-03-01"),
            ("Sofiia", "2017-04-02"),
            ("Andrii", "1984-05-07"),
        ];
        for (at, (name, born)) in people.iter().enumerate() {
            for (field, value) in [("given_names", *name), ("birth_date", *born)] {
                let key = format!("household[{at}].{field}");
                reader.correct(&key, value.into(), &staff).expect(&key);
            }
        }
        for (at, (name, born)) in people.iter().enumerate() {
            let shown = |field: &str| {
                let key = format!("household[{at}].{field}");
                reader.state().text(&key).map(str::to_owned)
            };
            assert_eq!(shown("given_names").as_deref(), Some(*name));
            assert_eq!(shown("birth_date").as_deref(), Some(*born), "{name}");
        }
    }
}
