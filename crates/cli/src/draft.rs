//! A form as `tolkebot form` prints it, to a document: values that nobody confirmed.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow, bail};
use serde_json::{Map, Value};
use tolkebot_document::{FilledForm, FilledRow, FilledSection, RowStatus};
use tolkebot_form::{FieldDef, FieldType, FormDefinition, SlotKey, display, section_title};
use tolkebot_protocol::Lang;

/// What a form has.
const PARTS: [&str; 3] = ["slots", "conflicts", "missing"];
/// What a slot has.
const OF_A_SLOT: [&str; 7] = [
    "value",
    "evidence",
    "confidence",
    "status",
    "reason",
    "derived",
    "decided",
];
/// Where a value can stand.
const STATUSES: [&str; 6] = [
    "proposed",
    "needs_confirmation",
    "confirmed",
    "conflict",
    "corrected",
    "cleared",
];
/// Lists of people.
const LISTS: [&str; 2] = ["household", "children"];

/// Makes the document's content. Everything in the file is in it, or it is refused: with the field's
/// key, what the file has there, and what is expected. No message holds a value.
pub fn draft(json: &Value, authority: &str, date: &str) -> Result<FilledForm> {
    let definition = FormDefinition::embedded();
    let form = json.as_object().cloned().unwrap_or_default();
    if let Some(other) = form.keys().find(|key| !PARTS.contains(&key.as_str())) {
        bail!(
            "`{other}` is no part of a form, which has {}",
            PARTS.join(", ")
        );
    }
    let mut rows: Vec<(String, Option<Value>, RowStatus)> = Vec::new();
    let slots = form.get("slots").and_then(Value::as_object).cloned();
    for (key, slot) in slots.unwrap_or_default() {
        let field = field(&definition, &key)?;
        let (value, status) = slot_of(&key, field, &slot)?;
        rows.push((key, value, status));
    }
    for key in missing(&form)? {
        field(&definition, &key)?;
        if !rows.iter().any(|(known, ..)| *known == key) {
            rows.push((key, None, RowStatus::Missing));
        }
    }
    check_people(&definition, &rows)?;
    rows.sort_by_key(|(key, ..)| definition.order(key));
    let mut sections: Vec<FilledSection> = Vec::new();
    for (key, value, status) in rows {
        let field = field(&definition, &key)?;
        let row = row_of(key, field, value.unwrap_or_default(), status);
        let title = section_title(&field.section, Lang::Da);
        match sections.iter_mut().find(|s| s.title_da == title) {
            Some(section) => section.rows.push(row),
            None => sections.push(FilledSection {
                title_da: title.to_owned(),
                title_uk: section_title(&field.section, Lang::Uk).to_owned(),
                rows: vec![row],
            }),
        }
    }
    let mut form = FilledForm {
        case: "KLADDE".to_owned(),
        form: definition.form().to_owned(),
        authority: authority.to_owned(),
        date: date.to_owned(),
        sections,
    };
    form.number_lists();
    Ok(form)
}

/// A value as a row of a document.
pub fn row_of(key: String, field: &FieldDef, value: Value, status: RowStatus) -> FilledRow {
    FilledRow {
        label_da: field.label_da.clone(),
        label_uk: field.label_uk.clone(),
        display_da: display(field, &value, Lang::Da),
        display_uk: display(field, &value, Lang::Uk),
        key,
        value,
        status,
    }
}

/// The field of a key as a form's file writes it: `children[].custody` stands for all children.
fn field<'a>(definition: &'a FormDefinition, key: &str) -> Result<&'a FieldDef> {
    if let Err(why) = SlotKey::new(key) {
        bail!("`{key}` is no key of the form: {why}");
    }
    let found = definition.field(key);
    let Some(field) = found else {
        bail!("the form has no field `{key}`: is this another form's output?");
    };
    let (list, at) = match key.split_once('[') {
        Some((list, rest)) => (list, rest.split(']').next().unwrap_or_default()),
        None => ("", "0"),
    };
    let shared = at.is_empty() && list == "children";
    if (at.is_empty() && !shared) || (at.len() > 1 && at.starts_with('0')) {
        bail!("`{key}` does not say which person: write {list}[0], {list}[1] and so on");
    }
    Ok(field)
}

/// The value of a slot, and where it stands.
fn slot_of(key: &str, field: &FieldDef, slot: &Value) -> Result<(Option<Value>, RowStatus)> {
    let named = format!("`{key}` ({})", field.label_da);
    let Some(parts) = slot.as_object() else {
        bail!(
            "{named} is {}: write {{\"value\": …}} as `tolkebot form` does, or leave the field out",
            kind(slot)
        );
    };
    if let Some(other) = parts
        .keys()
        .find(|part| !OF_A_SLOT.contains(&part.as_str()))
    {
        bail!(
            "{named} has a part `{other}`, which no field has: a field has {}",
            OF_A_SLOT.join(", ")
        );
    }
    let Some(value) = parts.get("value") else {
        bail!("{named} has no `value`: write one, or leave the field out");
    };
    let status = match parts.get("status") {
        None => "proposed",
        Some(status) => status
            .as_str()
            .filter(|status| STATUSES.contains(status))
            .ok_or_else(|| anyhow!("{named}: `status` is none of {}", STATUSES.join(", ")))?,
    };
    let derived = match parts.get("derived") {
        None => false,
        Some(derived) => derived
            .as_bool()
            .ok_or_else(|| anyhow!("{named}: `derived` is neither true nor false"))?,
    };
    if value.is_null() {
        return Ok((None, RowStatus::Missing));
    }
    let value = field.check(value.clone()).map_err(|problem| {
        anyhow!(
            "{named} has {} as its value: {problem}; correct it, or leave the field out",
            kind(value)
        )
    })?;
    let status = match status {
        "conflict" | "needs_confirmation" => RowStatus::Doubtful,
        _ if derived => RowStatus::Derived,
        // Whatever the file says: no person stands behind it.
        _ => RowStatus::Proposed,
    };
    Ok((Some(value), status))
}

fn missing(form: &Map<String, Value>) -> Result<Vec<String>> {
    let keys = match form.get("missing") {
        None => return Ok(Vec::new()),
        Some(Value::Array(keys)) => keys,
        Some(other) => bail!(
            "`missing` is {}: write a list of keys, or leave it out",
            kind(other)
        ),
    };
    keys.iter()
        .map(|key| match key.as_str() {
            Some(key) => Ok(key.to_owned()),
            None => bail!("`missing` holds {}: it is a list of keys", kind(key)),
        })
        .collect()
}

/// People are numbered without gaps, and whoever is referred to is there.
fn check_people(
    definition: &FormDefinition,
    rows: &[(String, Option<Value>, RowStatus)],
) -> Result<()> {
    let at = |key: &str, list: &str| -> Option<usize> {
        let rest = key.strip_prefix(list)?.strip_prefix('[')?;
        rest.split(']').next()?.parse().ok()
    };
    for list in LISTS {
        let there: BTreeSet<usize> = rows.iter().filter_map(|(key, ..)| at(key, list)).collect();
        if let Some((wanted, found)) = there.iter().enumerate().find(|(n, at)| n != *at) {
            bail!("there is {list}[{found}] and no {list}[{wanted}]: number them without gaps");
        }
        if list != "household" {
            continue;
        }
        for (key, value, _) in rows {
            let refers = definition.field(key).is_some_and(|field| {
                matches!(field.kind, FieldType::ListRef | FieldType::RefHousehold)
            });
            let Some(value) = value.as_ref().filter(|_| refers) else {
                continue;
            };
            let mut all = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice)
                .iter();
            let nobody = |one: &Value| {
                one.as_str()
                    .and_then(|text| at(text, list))
                    .filter(|at| !there.contains(at))
            };
            if let Some(at) = all.find_map(nobody) {
                bail!("`{key}` refers to {list}[{at}], of whom the form says nothing");
            }
        }
    }
    Ok(())
}

/// What a piece of JSON is, in words.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
