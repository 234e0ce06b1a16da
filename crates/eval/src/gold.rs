//! Slots right, wrong and missing against a gold form.

use serde::Serialize;
use serde_json::{Map, Value};

/// How a slot came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The gold value.
    Right,
    /// Another value than gold.
    Wrong,
    /// Nothing where gold has a value.
    Missing,
}

/// A slot beside its gold value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoredSlot {
    /// Form key; people moving along as `household[i]` in gold's order.
    pub key: String,
    /// The gold value.
    pub gold: Value,
    /// What was found; null if nothing.
    pub found: Value,
    /// How they compare.
    pub verdict: Verdict,
}

/// Compares what was found, by form key, with gold: one entry for each gold value.
///
/// `household` are gold's people moving along; each is compared with the found person who shares
/// most values with them, each found person once. A gold key with `[]` (`children[].custody`) holds
/// for every indexed one that was found. Slots that gold does not mention are not judged: gold holds
/// what was said, not what may be derived.
pub fn score_form(
    gold: &Map<String, Value>,
    household: &[Map<String, Value>],
    found: &Map<String, Value>,
) -> Vec<ScoredSlot> {
    let mut scored: Vec<ScoredSlot> = gold
        .iter()
        .map(|(key, gold)| score(key.clone(), gold, lookup(found, key)))
        .collect();
    let mut people = found_people(found);
    for (i, person) in household.iter().enumerate() {
        let best = people
            .iter()
            .enumerate()
            .map(|(at, other)| (agreement(person, other), at))
            .max_by_key(|(agreement, at)| (*agreement, usize::MAX - at));
        let other = match best {
            Some((agreement, at)) if agreement > 0 => people.remove(at),
            _ => Map::new(),
        };
        for (field, gold) in person {
            let found = other.get(field).cloned().unwrap_or_default();
            scored.push(score(format!("household[{i}].{field}"), gold, found));
        }
    }
    scored
}

/// Slots whose silent error would do harm: names, numbers, dates and addresses. `key` without
/// indices.
pub fn is_critical(key: &str) -> bool {
    const CRITICAL: [&str; 21] = [
        "mover.given_names",
        "mover.surname",
        "mover.cpr_number",
        "mover.birth_date",
        "mover.phone",
        "mover.email",
        "move_date",
        "from.address_line",
        "from.foreign_address",
        "to.street_name",
        "to.house_number",
        "to.house_letter",
        "to.floor",
        "to.door",
        "to.postal_code",
        "household[].given_names",
        "household[].surname",
        "household[].cpr_number",
        "household[].birth_date",
        "arrival.date",
        "departure.date",
    ];
    CRITICAL.contains(&key)
}

/// A form key whose indices are left out: `household[2].relation` is a `household[].relation`.
pub fn without_index(key: &str) -> String {
    let mut inside = false;
    key.chars()
        .filter(|c| {
            inside = match c {
                '[' => true,
                ']' => false,
                _ => inside,
            };
            !(inside && c.is_ascii_digit())
        })
        .collect()
}

fn score(key: String, gold: &Value, found: Value) -> ScoredSlot {
    let verdict = if found.is_null() {
        Verdict::Missing
    } else if same(gold, &found) {
        Verdict::Right
    } else {
        Verdict::Wrong
    };
    ScoredSlot {
        key,
        gold: gold.clone(),
        found,
        verdict,
    }
}

/// The found value of a key; for `a[].b` the value that all indexed ones share, or all of them.
fn lookup(found: &Map<String, Value>, key: &str) -> Value {
    let Some((before, after)) = key.split_once("[]") else {
        return found.get(key).cloned().unwrap_or_default();
    };
    let mut values: Vec<&Value> = Vec::new();
    for (other, value) in found {
        let inside = other
            .strip_prefix(before)
            .and_then(|rest| rest.strip_prefix('['))
            .and_then(|rest| rest.split_once(']'))
            .is_some_and(|(_, rest)| rest == after);
        if (inside || other == key) && !values.iter().any(|known| same(known, value)) {
            values.push(value);
        }
    }
    match values.as_slice() {
        [] => Value::Null,
        [one] => (*one).clone(),
        several => Value::Array(several.iter().map(|v| (*v).clone()).collect()),
    }
}

/// Whether two values are the same as a form writes them: 4 and "4" are, lists are sets.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| same(x, y)))
        }
        _ => plain(a) == plain(b),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

fn found_people(found: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut people: std::collections::BTreeMap<usize, Map<String, Value>> = Default::default();
    for (key, value) in found {
        let parts = key
            .strip_prefix("household[")
            .and_then(|rest| rest.split_once("]."))
            .and_then(|(index, field)| Some((index.parse().ok()?, field)));
        if let Some((index, field)) = parts {
            people
                .entry(index)
                .or_default()
                .insert(field.to_owned(), value.clone());
        }
    }
    people.into_values().collect()
}

fn agreement(person: &Map<String, Value>, other: &Map<String, Value>) -> usize {
    let weight = |field: &str| if field == "given_names" { 3 } else { 1 };
    let shared = |(field, value): &(&String, &Value)| {
        other.get(*field).is_some_and(|other| same(value, other))
    };
    person
        .iter()
        .filter(shared)
        .map(|(field, _)| weight(field))
        .sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn verdicts(gold: Value, household: &[Value], found: Value) -> Vec<(String, Verdict)> {
        let household: Vec<_> = household.iter().cloned().map(map).collect();
        let scored = score_form(&map(gold), &household, &map(found));
        scored.into_iter().map(|s| (s.key, s.verdict)).collect()
    }

    #[test]
    fn values_are_compared_as_the_form_writes_them() {
        let gold = json!({"a": 4, "b": "x", "c": true, "d": ["x", "y"], "e": "here"});
        let found = json!({"a": "4", "b": "z", "c": true, "d": ["y", "x"], "other": 1});
        let wanted = [
            ("a", Verdict::Right),
            ("b", Verdict::Wrong),
            ("c", Verdict::Right),
            ("d", Verdict::Right),
            ("e", Verdict::Missing),
        ];
        assert_eq!(
            verdicts(gold, &[], found),
            wanted.map(|(k, v)| (k.to_owned(), v))
        );
    }

    #[test]
    fn people_are_compared_with_those_they_resemble_most() {
        let household = [
            json!({"given_names": "Zlata", "relation": "child"}),
            json!({"given_names": "Bohdan", "relation": "spouse"}),
        ];
        let found = json!({
            "household[0].given_names": "Bohdan", "household[0].relation": "spouse",
            "household[1].given_names": "Zlata", "household[1].relation": "other",
        });
        let wrong: Vec<String> = verdicts(json!({}), &household, found)
            .into_iter()
            .filter(|(_, v)| *v != Verdict::Right)
            .map(|(k, _)| k)
            .collect();
        assert_eq!(wrong, ["household[0].relation"]);
    }

    #[test]
    fn a_key_for_each_child_holds_for_all_of_them() {
        let gold = json!({"children[].custody": "joint"});
        let both = |a: &str, b: &str| json!({"children[0].custody": a, "children[1].custody": b});
        let verdict = |found| verdicts(gold.clone(), &[], found)[0].1;
        assert_eq!(verdict(both("joint", "joint")), Verdict::Right);
        assert_eq!(verdict(both("joint", "sole_other")), Verdict::Wrong);
        assert_eq!(verdict(json!({})), Verdict::Missing);
    }
}
