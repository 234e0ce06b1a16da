//! The read-back of what has no sentence of its own: label and value, in the form's order.

use tolkebot_protocol::Lang;

use super::readback::{Writer, cpr_pairs, small};
use super::{FormState, ReadBackOptions};
use crate::definition::{FieldDef, FieldType, FilledBy, Sensitivity};
use crate::texts;

/// Sections about the signing itself, which comes after the reading.
const LATER: [&str; 2] = ["declaration", "session"];

/// Where a protected person will live, who could be asked for them there, and the doctor near it.
const LEADS_TO_ADDRESS: [&str; 6] = [
    "to.",
    "host.",
    "dwelling.",
    "departure.foreign_address",
    "departure.contact_address",
    "gp.clinic_name",
];

impl FormState {
    pub(super) fn remaining(&self, out: &mut Writer<'_>) {
        let protected = self.is_protected();
        let fields = self.definition.fields().iter();
        for field in fields.filter(|field| is_read(field)) {
            if protected && leads_to_address(&field.key) {
                continue;
            }
            if field.key == "from.address_line" && self.lives_protected() {
                continue;
            }
            match field.key.split_once("[].") {
                None => self.value_line(out, field, &field.key, None),
                Some((group, part)) => {
                    let count = match group {
                        "household" => self.household_len(),
                        "children" => self.children_len(),
                        _ => 0,
                    };
                    for at in 0..count {
                        let member = format!("{group}[{at}]");
                        let key = format!("{member}.{part}");
                        self.value_line(out, field, &key, Some(self.called(&member)));
                    }
                }
            }
        }
    }

    /// Keys of filled slots that the citizen signs for and that [`FormState::read_back`] does not speak,
    /// because nobody else may hear them: they must be looked at.
    pub fn unread(&self) -> Vec<String> {
        let lines = self.read_back(ReadBackOptions::default());
        let read = |key: &str| lines.iter().any(|line| line.keys.iter().any(|k| k == key));
        let looked_at = |field: &FieldDef| {
            is_read(field)
                || field.sensitivity == Sensitivity::Special
                || field.kind == FieldType::Address
        };
        self.slots
            .iter()
            .filter(|(key, slot)| slot.value.is_some() && !read(key))
            .filter(|(key, _)| self.definition.field(key).is_some_and(looked_at))
            .map(|(key, _)| key.clone())
            .collect()
    }

    /// Whom a row of a list is about, by name if it has one yet.
    pub(super) fn called(&self, member: &str) -> String {
        self.name_of(member).unwrap_or("–").to_owned()
    }

    fn name_of(&self, member: &str) -> Option<&str> {
        let person = self.text(&format!("{member}.person")).unwrap_or(member);
        self.text(&format!("{person}.given_names"))
    }

    /// The given names of the person whom a key of a list's row is about, empty if none are known yet; `None` for
    /// a key of no row. Rows are counted, so the person of `household[1]` may be another one when somebody else is
    /// heard, or turns out not to move.
    pub fn whose(&self, key: &str) -> Option<&str> {
        let (member, _) = key.split_once("].")?;
        Some(self.name_of(&format!("{member}]")).unwrap_or_default())
    }

    /// One value, unless a sentence before has read it.
    fn value_line(
        &self,
        out: &mut Writer<'_>,
        field: &FieldDef,
        key: &str,
        person: Option<String>,
    ) {
        let Some(value) = self.value(key) else {
            return;
        };
        if out
            .lines
            .iter()
            .any(|line| line.keys.iter().any(|k| k == key))
        {
            return;
        }
        let shown = |lang| {
            let shown = match (field.kind, value.as_str()) {
                (FieldType::Cpr, Some(cpr)) => cpr_pairs(cpr),
                (FieldType::Enum, _) => small(&self.show(key, value, lang)),
                _ => self.show(key, value, lang),
            };
            shown.trim_end_matches('.').to_owned()
        };
        if shown(Lang::Uk).is_empty() {
            return;
        }
        let of_other = self.reports_for_another();
        let label = |lang| match &person {
            Some(_) => inside_a_sentence(field.label(lang)),
            None => texts::label_of_other(&field.key, lang)
                .filter(|_| of_other)
                .unwrap_or(field.label(lang))
                .to_owned(),
        };
        let id = if person.is_some() {
            "value_of"
        } else {
            "value"
        };
        out.line(id, &[key], |lang| {
            vec![
                ("name", person.clone().unwrap_or_default()),
                ("label", label(lang)),
                ("value", shown(lang)),
            ]
        });
    }
}

/// Whether a value says where a protected person will live, or whom to ask for them.
pub(super) fn leads_to_address(key: &str) -> bool {
    LEADS_TO_ADDRESS.iter().any(|start| key.starts_with(start))
}

/// `Medflytter: fødselsdato` and `Relation til anmelder` behind a name: `fødselsdato`, `relation til anmelder`.
pub(super) fn inside_a_sentence(label: &str) -> String {
    small(label.split_once(": ").map_or(label, |(_, what)| what))
}

/// Whether a field is read out at all.
fn is_read(field: &FieldDef) -> bool {
    !LATER.contains(&field.section.as_str())
        && field.filled_by != FilledBy::System
        && field.sensitivity != Sensitivity::Special
        && field.kind != FieldType::RefHousehold
        && !field.internal
}
