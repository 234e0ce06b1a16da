//! The filled form: slots, people's decisions, conflicts, what is missing.

mod address;
mod agreed;
mod children;
mod contract;
mod decision;
mod missing;
mod native_name;
mod nobody;
mod number_rules;
mod question;
mod readback;
mod readback_rest;
mod references;
mod rules;
mod slot;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;
use tolkebot_values::KnownNames;

use crate::definition::FormDefinition;

pub(crate) use agreed::Agreed;
pub use decision::DecisionError;
pub use missing::Completeness;
pub(crate) use question::DANISH_COUNT;
pub use question::Question;
pub use readback::{ReadBackLine, ReadBackOptions};
pub use rules::{Issue, RULES_VERSION, Severity, in_force};
pub(crate) use slot::add_evidence;
pub use slot::{Decider, Doubt, Evidence, Former, Rival, Slot, SlotStatus, Superseded};

use decision::Decision;

/// Number of a person in one conversation; 0 is the mover. Stable while the conversation lasts.
pub(crate) type PersonId = u32;

/// A child of whom nothing but custody, home or the other parent was spoken of yet.
pub(crate) const UNNAMED_CHILD: PersonId = PersonId::MAX;
/// The lowest number of a child without a name whom only the number of persons counts: from here up to
/// [`UNNAMED_CHILD`].
pub(crate) const FIRST_UNNAMED: PersonId = UNNAMED_CHILD - 100;

/// What the reader knows after a turn: slots by key, where repeated groups carry the person's
/// number (`household[#3].surname`), and the persons of each group in the order of the form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Readings {
    /// Slots by internal key.
    pub slots: BTreeMap<String, Slot>,
    /// Persons moving along.
    pub household: Vec<PersonId>,
    /// Children the children's questions are about; 0 when the mover is the child.
    pub children: Vec<PersonId>,
    /// The form's own questions that got a yes.
    pub agreed: Vec<Agreed>,
}

/// A slot that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotChange {
    /// The slot's key.
    pub key: String,
    /// The slot before, `None` when it was empty.
    pub before: Option<Slot>,
    /// The slot now, `None` when it is empty again.
    pub after: Option<Slot>,
}

/// A form as far as it is filled.
#[derive(Debug, Clone)]
pub struct FormState {
    definition: Arc<FormDefinition>,
    today: Date,
    /// The day that it is by now, where the case goes on another day.
    now: Date,
    readings: Readings,
    decisions: BTreeMap<String, Decision>,
    /// The decision about the new address in one line that gave way to one of its parts.
    line_before: Option<Decision>,
    /// The decision about the post district that gave way to another postal code.
    district_before: Option<Decision>,
    /// Whether what the reader holds beside a decided value counts as seen; see [`FormState::keep_beside`].
    beside_is_seen: bool,
    /// Persons a person added by hand, after those the reader found.
    added: Vec<PersonId>,
    /// Values at the last read-back.
    read_back: Option<BTreeMap<String, Value>>,
    /// The merged view, by public key.
    slots: BTreeMap<String, Slot>,
    /// Persons moving along in the order of the public index.
    household: Vec<PersonId>,
    children: Vec<PersonId>,
}

impl FormState {
    /// An empty form on the given day.
    pub fn new(definition: Arc<FormDefinition>, today: Date) -> FormState {
        FormState {
            definition,
            today,
            now: today,
            readings: Readings::default(),
            decisions: BTreeMap::new(),
            line_before: None,
            district_before: None,
            beside_is_seen: false,
            added: Vec::new(),
            read_back: None,
            slots: BTreeMap::new(),
            household: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The form's definition.
    pub fn definition(&self) -> &FormDefinition {
        &self.definition
    }

    /// The day of the conversation, which is the day of the notification.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Another day has begun: whoever came too early may be heard by now.
    pub(crate) fn begin_day(&mut self, now: Date) {
        self.now = now;
    }

    /// All slots that have or had a value, in the order of the form.
    pub fn slots(&self) -> Vec<(&str, &Slot)> {
        let mut list: Vec<_> = self.slots.iter().map(|(k, s)| (k.as_str(), s)).collect();
        list.sort_by_key(|(key, _)| (self.definition.order(key), *key));
        // Groups are read person by person and not field by field.
        list.sort_by_key(|(key, _)| {
            let (field, index) = self.definition.order(key);
            let section = self
                .definition
                .field(key)
                .map_or(usize::MAX, |f| self.section_start(&f.section));
            (section, index, field)
        });
        list
    }

    fn section_start(&self, section: &str) -> usize {
        self.definition
            .fields()
            .iter()
            .position(|f| f.section == section)
            .unwrap_or(usize::MAX)
    }

    /// One slot by key, e.g. `household[0].surname`.
    pub fn slot(&self, key: &str) -> Option<&Slot> {
        self.slots.get(key)
    }

    /// The value of a slot.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.slots.get(key).and_then(|s| s.value.as_ref())
    }

    /// The value of a slot as text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.value(key).and_then(Value::as_str)
    }

    /// The value of a slot as a date.
    pub fn date(&self, key: &str) -> Option<Date> {
        self.text(key).and_then(|s| s.parse().ok())
    }

    /// Number of rows of the household, which has none for the mover. A row that was emptied is counted.
    pub fn household_len(&self) -> usize {
        self.household.len()
    }

    /// Who moves, and between which streets and towns, as far as it is known by now.
    pub fn known_names(&self) -> KnownNames {
        let along = (0..self.household_len()).map(|at| format!("household[{at}].given_names"));
        let keys = std::iter::once("mover.given_names".to_owned()).chain(along);
        let given = keys.filter_map(|key| self.text(&key).map(str::to_owned));
        // "Gudrunsvej 8, 1. tv, 8220 Brabrand"
        let from = self.text("from.address_line").unwrap_or_default();
        let before = from.split(|c: char| c.is_ascii_digit()).next();
        let behind = from.rsplit(|c: char| c.is_ascii_digit()).next();
        let names = |parts: [Option<&str>; 2]| {
            let parts = parts.into_iter().flatten().map(str::trim);
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        KnownNames {
            given: given.collect(),
            streets: names([self.text("to.street_name"), before]),
            towns: names([self.text("to.post_district"), behind]),
        }
    }

    /// Number of children the children's questions are about.
    pub fn children_len(&self) -> usize {
        self.children.len()
    }

    /// Slots with two values side by side.
    pub fn conflicts(&self) -> Vec<(&str, &Slot)> {
        self.slots()
            .into_iter()
            .filter(|(_, s)| s.status == SlotStatus::Conflict)
            .collect()
    }

    /// Takes what the reader knows now; returns the slots that changed.
    pub(crate) fn update(&mut self, readings: Readings) -> Vec<SlotChange> {
        if readings == self.readings {
            return Vec::new();
        }
        self.readings = readings;
        self.merge()
    }

    /// Recomputes the merged view and says what changed.
    fn merge(&mut self) -> Vec<SlotChange> {
        let mut household = self.readings.household.clone();
        let pinned = self
            .decisions
            .keys()
            .filter_map(|k| decision::person_of(k, "household"))
            // These keep the order in which they were added: whoever typed `household[1]` must find
            // that person there, and not where a number sorts to.
            .filter(|person| !self.added.contains(person))
            // Children who were only counted have rows of their own once they have names.
            .filter(|person| *person < FIRST_UNNAMED || self.keeps_row(*person));
        for person in pinned.chain(self.added.iter().copied()) {
            if !household.contains(&person) {
                household.push(person);
            }
        }
        self.household = household;
        self.children = self.children_of_form();

        let mut merged: BTreeMap<String, Slot> = BTreeMap::new();
        for (key, slot) in &self.readings.slots {
            // The reader understands more than every form asks for.
            if let Some(public) = self.public_key(key)
                && self.definition.field(&public).is_some()
            {
                merged.insert(public, slot.clone());
            }
        }
        // What was decided while the child had no name comes first, so that it gives way to what was decided since.
        let (early, late): (Vec<_>, Vec<_>) = self
            .decisions
            .iter()
            .partition(|(key, _)| decision::person_of(key, "children") == Some(UNNAMED_CHILD));
        let (naming, other): (Vec<_>, Vec<_>) = early
            .into_iter()
            .chain(late)
            .filter_map(|(key, decision)| Some((self.public_key(key)?, key, decision)))
            .partition(|(public, ..)| self.names_persons(public));
        for (public, key, decision) in other {
            let machine = self.readings.slots.get(key);
            merged.insert(public, decision.slot(machine, self.beside_is_seen));
        }
        let before = std::mem::replace(&mut self.slots, merged);
        // Rows come first: who was taken out of the form is named no more.
        let heard: Vec<(String, Slot)> = self
            .slots
            .iter()
            .filter(|(key, _)| self.names_persons(key))
            .map(|(key, slot)| (key.clone(), self.of_somebody(slot)))
            .collect();
        self.slots.extend(heard);
        for (public, key, decision) in naming {
            let heard = self.readings.slots.get(key);
            let heard = heard.map(|slot| self.of_somebody(slot));
            let slot = self.slot_by_rows(decision, heard.as_ref());
            self.slots.insert(public, slot);
        }
        self.fill_derived();
        self.settle_agreed();
        changes(&before, &self.slots)
    }

    /// Values that follow from others, also from those a person entered.
    fn fill_derived(&mut self) {
        self.fill_days_late();
        self.fill_address();
        self.drop_other_native_name();
        self.drop_children_of_nobody();
        if self.definition.field("children[].person").is_none() {
            return;
        }
        let persons: Vec<(usize, String)> = self
            .children
            .iter()
            .enumerate()
            .filter(|(n, person)| **person != UNNAMED_CHILD && !self.row_is_nobody("children", *n))
            .map(|(n, person)| {
                let row = match self.household.iter().position(|p| p == person) {
                    Some(at) => format!("household[{at}]"),
                    None => "mover".to_owned(),
                };
                (n, row)
            })
            .collect();
        for (n, person) in persons {
            let key = format!("children[{n}].person");
            self.slots
                .entry(key)
                .or_insert_with(|| Slot::derived(person, Vec::new(), 1.0));
        }
    }

    /// `household[#3].surname` → `household[1].surname`; `None` for persons who do not move along.
    fn public_key(&self, key: &str) -> Option<String> {
        let Some(start) = key.find("[#") else {
            return Some(key.to_owned());
        };
        let end = start + key[start..].find(']')?;
        let person: PersonId = key[start + 2..end].parse().ok()?;
        let group = match &key[..start] {
            "children" => &self.children,
            _ => &self.household,
        };
        let named = person == UNNAMED_CHILD && !group.contains(&person) && !group.is_empty();
        let at = match named {
            // The child has got its name since.
            true => 0,
            false => group.iter().position(|p| *p == person)?,
        };
        Some(format!("{}[{at}]{}", &key[..start], &key[end + 1..]))
    }

    /// `household[1].surname` → `household[#3].surname`; `None` when there is no such person.
    fn internal_key(&self, key: &str) -> Option<String> {
        let Some(start) = key.find('[') else {
            return Some(key.to_owned());
        };
        let end = start + key[start..].find(']')?;
        let at: usize = key[start + 1..end].parse().ok()?;
        let group = match &key[..start] {
            "household" => &self.household,
            "children" => &self.children,
            _ => return Some(key.to_owned()),
        };
        let person = group.get(at)?;
        Some(format!("{}[#{person}]{}", &key[..start], &key[end + 1..]))
    }
}

/// One-line address: `Randersvej 95B, 2. th, 8200 Aarhus N`; missing parts disappear with their
/// signs (CPR's standard address format).
pub(crate) fn one_line(
    street: &str,
    number: &str,
    letter: Option<&str>,
    floor: Option<&str>,
    door: Option<&str>,
    district: &str,
) -> String {
    let mut line = format!("{street} {number}{}", letter.unwrap_or(""));
    match (floor, door) {
        (Some(floor), Some(door)) => line.push_str(&format!(", {floor}. {door}")),
        (Some(floor), None) => line.push_str(&format!(", {floor}.")),
        (None, Some(door)) => line.push_str(&format!(", {door}")),
        (None, None) => {}
    }
    format!("{line}, {district}")
}

fn changes(before: &BTreeMap<String, Slot>, after: &BTreeMap<String, Slot>) -> Vec<SlotChange> {
    let mut out = Vec::new();
    for (key, slot) in after {
        if before.get(key) != Some(slot) {
            out.push(SlotChange {
                key: key.clone(),
                before: before.get(key).cloned(),
                after: Some(slot.clone()),
            });
        }
    }
    for (key, slot) in before {
        if !after.contains_key(key) {
            out.push(SlotChange {
                key: key.clone(),
                before: Some(slot.clone()),
                after: None,
            });
        }
    }
    out
}
