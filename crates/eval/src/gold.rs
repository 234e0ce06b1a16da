//! Slots right, wrong and missing against a gold form.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::pairing::pairing;

/// How a slot came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The gold value.
    Right,
    /// Another value than gold, or one where gold has none.
    Wrong,
    /// Nothing where gold has a value.
    Missing,
}

/// A slot beside its gold value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoredSlot {
    /// Form key; people moving along as `household[i]` in gold's order, those whom gold does not
    /// know after them.
    pub key: String,
    /// The gold value; null for a value that nobody gave.
    pub gold: Value,
    /// What was found; null if nothing.
    pub found: Value,
    /// How they compare.
    pub verdict: Verdict,
    /// The keys by which the form itself knows what was found: its people have an order of their
    /// own, and one value may be that of every child. Empty if nothing was found.
    pub found_at: Vec<String>,
}

/// A slot that was filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its value, not null.
    pub value: Value,
    /// Whether it follows from other slots and was not said itself.
    pub derived: bool,
}

/// What is filled in a form as the server and `tolkebot form` write it: each slot has a `value`
/// and, if it follows from others, `derived`.
pub fn found_slots(form: &Value) -> BTreeMap<String, Found> {
    let slots = form["slots"].as_object().into_iter().flatten();
    slots
        .filter(|(_, slot)| !slot["value"].is_null())
        .map(|(key, slot)| {
            let found = Found {
                value: slot["value"].clone(),
                derived: slot["derived"] == true,
            };
            (key.clone(), found)
        })
        .collect()
}

/// Compares what was found, by form key, with gold: one entry for each gold value, and one for each
/// value that was made up.
///
/// `household` are gold's people moving along; each is compared with one found person who shares values
/// with them, each found person once, so that as much as possible is shared over all of them. A gold key with `[]` (`children[].custody`) holds
/// for every indexed one that was found. A value where gold has none is wrong unless it follows from
/// others ([`is_judged`]): gold holds what was said, not what may be derived.
pub fn score_form(
    gold: &Map<String, Value>,
    household: &[Map<String, Value>],
    found: &BTreeMap<String, Found>,
) -> Vec<ScoredSlot> {
    let mut scored: Vec<ScoredSlot> = gold
        .iter()
        .map(|(key, gold)| score(key.clone(), gold, lookup(found, key)))
        .collect();
    let used: BTreeSet<String> = scored.iter().flat_map(|s| s.found_at.clone()).collect();
    let people = found_people(found);
    let agreements: Vec<Vec<usize>> = household
        .iter()
        .map(|person| {
            people
                .iter()
                .map(|other| agreement(person, other))
                .collect()
        })
        .collect();
    let pairs = pairing(&agreements);
    for (i, person) in household.iter().enumerate() {
        let nobody = Person::default();
        let other = pairs[i].map_or(&nobody, |at| &people[at]);
        for (field, gold) in person {
            let found = other.get(field.as_str());
            let found = found.map(|(key, found)| (found.value.clone(), vec![(*key).clone()]));
            scored.push(score(format!("household[{i}].{field}"), gold, found));
        }
        scored.extend(made_up_of(i, other, |field| person.contains_key(field)));
    }
    let others = (0..people.len()).filter(|at| !pairs.contains(&Some(*at)));
    for (n, at) in others.enumerate() {
        let person = &people[at];
        scored.extend(made_up_of(household.len() + n, person, |_| false));
    }
    for (key, slot) in found {
        if person_field(key).is_none() && !used.contains(key) {
            scored.extend(made_up(key.clone(), key, slot));
        }
    }
    scored
}

/// Whether a value of this key counts as wrong where gold has none. `key` without indices. Not
/// judged are texts that people word, and what every conversation implies.
pub fn is_judged(key: &str) -> bool {
    !is_free_text(key) && !matches!(key, "from.country" | "case.reporter_role")
}

/// Texts that people word; two of them cannot be compared.
pub fn is_free_text(key: &str) -> bool {
    matches!(
        key,
        "late_reason" | "arrival.relatives_not_covered" | "poa.scope" | "from.remaining_persons"
    )
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

/// A found person: field → the form's key and slot.
type Person<'a> = BTreeMap<&'a str, (&'a String, &'a Found)>;

fn score(key: String, gold: &Value, found: Option<(Value, Vec<String>)>) -> ScoredSlot {
    let verdict = match &found {
        None => Verdict::Missing,
        Some((found, _)) if same(gold, found) => Verdict::Right,
        Some(_) => Verdict::Wrong,
    };
    let (found, found_at) = found.unwrap_or_default();
    ScoredSlot {
        key,
        gold: gold.clone(),
        found,
        verdict,
        found_at,
    }
}

/// A value where gold has none, unless it is not judged.
fn made_up(key: String, at: &str, slot: &Found) -> Option<ScoredSlot> {
    let counts = !slot.derived && is_judged(&without_index(at));
    counts.then(|| ScoredSlot {
        key,
        gold: Value::Null,
        found: slot.value.clone(),
        verdict: Verdict::Wrong,
        found_at: vec![at.to_owned()],
    })
}

/// The made-up values of person `i`; `known`: the fields that gold has.
fn made_up_of(i: usize, person: &Person<'_>, known: impl Fn(&str) -> bool) -> Vec<ScoredSlot> {
    person
        .iter()
        .filter(|(field, _)| !known(field))
        .filter_map(|(field, (at, slot))| made_up(format!("household[{i}].{field}"), at, slot))
        .collect()
}

/// The found value of a key and where it is; for `a[].b` the value that all indexed ones share, or
/// all of them.
fn lookup(found: &BTreeMap<String, Found>, key: &str) -> Option<(Value, Vec<String>)> {
    let Some((before, after)) = key.split_once("[]") else {
        return found
            .get(key)
            .map(|slot| (slot.value.clone(), vec![key.to_owned()]));
    };
    let (mut values, mut keys): (Vec<&Value>, Vec<String>) = Default::default();
    for (other, slot) in found {
        let inside = other
            .strip_prefix(before)
            .and_then(|rest| rest.strip_prefix('['))
            .and_then(|rest| rest.split_once(']'))
            .is_some_and(|(_, rest)| rest == after);
        if inside || other == key {
            keys.push(other.clone());
            if !values.iter().any(|known| same(known, &slot.value)) {
                values.push(&slot.value);
            }
        }
    }
    let value = match values.as_slice() {
        [] => return None,
        [one] => (*one).clone(),
        several => Value::Array(several.iter().map(|v| (*v).clone()).collect()),
    };
    Some((value, keys))
}

/// Whether two values are the same as a form writes them: 4 and "4" are, and lists whatever their order.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            let sorted = |list: &[Value]| {
                let mut list: Vec<String> = list.iter().map(plain).collect();
                list.sort();
                list
            };
            sorted(a) == sorted(b)
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

/// Index and field of a person who moves along.
fn person_field(key: &str) -> Option<(usize, &str)> {
    let (index, field) = key.strip_prefix("household[")?.split_once("].")?;
    Some((index.parse().ok()?, field))
}

fn found_people(found: &BTreeMap<String, Found>) -> Vec<Person<'_>> {
    let mut people: BTreeMap<usize, Person<'_>> = BTreeMap::new();
    for (key, slot) in found {
        if let Some((index, field)) = person_field(key) {
            people.entry(index).or_default().insert(field, (key, slot));
        }
    }
    people.into_values().collect()
}

fn agreement(person: &Map<String, Value>, other: &Person<'_>) -> usize {
    let weight = |field: &str| if field == "given_names" { 3 } else { 1 };
    let shared = |(field, value): &(&String, &Value)| {
        let other = other.get(field.as_str());
        other.is_some_and(|(_, other)| same(value, &other.value))
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

    /// Slots that were said.
    fn said(found: Value) -> BTreeMap<String, Found> {
        let slot = |value| Found {
            value,
            derived: false,
        };
        map(found).into_iter().map(|(k, v)| (k, slot(v))).collect()
    }

    fn scored(gold: Value, household: &[Value], found: Value) -> Vec<ScoredSlot> {
        let household: Vec<_> = household.iter().cloned().map(map).collect();
        score_form(&map(gold), &household, &said(found))
    }

    fn verdicts(gold: Value, household: &[Value], found: Value) -> Vec<(String, Verdict)> {
        let scored = scored(gold, household, found).into_iter();
        scored.map(|s| (s.key, s.verdict)).collect()
    }

    #[test]
    fn values_are_compared_as_the_form_writes_them() {
        let gold = json!({"a": 4, "b": "x", "c": true, "d": ["x", "y"], "e": "here"});
        let found = json!({"a": "4", "b": "z", "c": true, "d": ["y", "x"]});
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

    /// Whoever gold says little of must not be given the person of whom it says much.
    #[test]
    fn people_are_compared_so_that_most_agrees_over_all_of_them() {
        let household = [
            json!({"relation": "child"}),
            json!({"given_names": "Sofia", "relation": "child"}),
        ];
        let found = json!({
            "household[0].given_names": "Sofia", "household[0].relation": "child",
        });
        let wanted = [
            ("household[0].relation", Verdict::Missing),
            ("household[1].given_names", Verdict::Right),
            ("household[1].relation", Verdict::Right),
        ];
        assert_eq!(
            verdicts(json!({}), &household, found),
            wanted.map(|(k, v)| (k.to_owned(), v))
        );
    }

    #[test]
    fn a_list_with_a_value_twice_is_not_one_with_another_value() {
        let verdict = |gold, found| verdicts(json!({"d": gold}), &[], json!({"d": found}))[0].1;
        assert_eq!(
            verdict(json!(["x", "x"]), json!(["x", "y"])),
            Verdict::Wrong
        );
        assert_eq!(
            verdict(json!(["x", "y"]), json!(["x", "x"])),
            Verdict::Wrong
        );
        assert_eq!(verdict(json!([1, "y"]), json!(["y", "1"])), Verdict::Right);
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

    #[test]
    fn values_that_nobody_gave_are_wrong_unless_they_follow_from_others() {
        let made_up = scored(
            json!({"a": 1}),
            &[json!({"given_names": "Zlata"})],
            json!({
                "a": 1, "mover.phone": "12345678", "late_reason": "ferie", "from.country": "Danmark",
                "household[0].given_names": "Ivan", "household[1].given_names": "Zlata",
                "household[1].cpr_number": "010112-4000",
            }),
        );
        let wrong: Vec<_> = made_up
            .iter()
            .filter(|s| s.verdict == Verdict::Wrong)
            .map(|s| (s.key.as_str(), s.found_at[0].as_str(), &s.gold))
            .collect();
        // Zlata is gold's first person and the form's second.
        let wanted = [
            ("household[0].cpr_number", "household[1].cpr_number"),
            ("household[1].given_names", "household[0].given_names"),
            ("mover.phone", "mover.phone"),
        ];
        assert_eq!(wrong, wanted.map(|(key, at)| (key, at, &Value::Null)));

        let mut derived = said(json!({"to.municipality_code": "0751"}));
        let count = |found: &_| score_form(&Map::new(), &[], found).len();
        assert_eq!(count(&derived), 1);
        derived.values_mut().for_each(|slot| slot.derived = true);
        assert_eq!(count(&derived), 0);
    }

    #[test]
    fn a_slot_says_where_the_form_has_it() {
        let household = [
            json!({"given_names": "Zlata", "surname": "A"}),
            json!({"given_names": "Bohdan", "surname": "B"}),
        ];
        let found = json!({
            "household[0].given_names": "Bohdan", "household[0].surname": "B",
            "household[1].given_names": "Zlata", "household[1].surname": "C",
            "children[0].custody": "joint", "children[1].custody": "joint",
        });
        let gold = json!({"children[].custody": "joint", "mover.email": "x@example.org"});
        let found: BTreeMap<String, Vec<String>> = scored(gold, &household, found)
            .into_iter()
            .map(|s| (s.key, s.found_at))
            .collect();
        assert_eq!(found["household[0].surname"], ["household[1].surname"]);
        let children = ["children[0].custody", "children[1].custody"];
        assert_eq!(found["children[].custody"], children);
        assert!(found["mover.email"].is_empty());
    }

    #[test]
    fn filled_slots_are_read_from_a_form() {
        let form = json!({"slots": {
            "a": {"value": 1, "status": "proposed"},
            "b": {"value": "x", "derived": true},
            "c": {"value": null, "status": "cleared"},
        }});
        let found: Vec<_> = found_slots(&form)
            .into_iter()
            .map(|(key, slot)| (key, slot.derived))
            .collect();
        assert_eq!(found, [("a".to_owned(), false), ("b".to_owned(), true)]);
    }
}
