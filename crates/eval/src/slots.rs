//! The form, field by field, against a gold form.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The gold value.
    Right,
    /// Another value than the gold form's.
    Wrong,
    /// The gold form has a value, the form has none.
    Missing,
    /// The form has a value, the gold form has none: nobody said it.
    Extra,
}

/// Outcomes of all fields of one form or, added up, of many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotScore {
    /// Fields by outcome.
    pub right: usize,
    /// See [`Outcome::Wrong`].
    pub wrong: usize,
    /// See [`Outcome::Missing`].
    pub missing: usize,
    /// See [`Outcome::Extra`].
    pub extra: usize,
    /// What became of each field, by key; of the last form with that key when added up.
    pub fields: BTreeMap<String, Outcome>,
}

impl SlotScore {
    /// Right among all values given: `right / (right + wrong + extra)`; 1 if none was given.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong + self.extra)
    }

    /// Right among all values that the gold form has: `right / (right + wrong + missing)`; 1 if it
    /// has none.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.wrong + self.missing)
    }

    /// Harmonic mean of precision and recall; 0 if both are.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        }
    }

    /// Adds another form.
    pub fn add(&mut self, other: &SlotScore) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missing += other.missing;
        self.extra += other.extra;
        self.fields
            .extend(other.fields.iter().map(|(k, v)| (k.clone(), *v)));
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// Compares a form with the gold form. `same(key, gold, value)` says whether two values of a field
/// are equal (say, in another spelling); `|_, a, b| a == b` for exact ones.
pub fn score_slots(
    gold: &BTreeMap<String, String>,
    form: &BTreeMap<String, String>,
    same: impl Fn(&str, &str, &str) -> bool,
) -> SlotScore {
    let keys: BTreeSet<&String> = gold.keys().chain(form.keys()).collect();
    let mut out = SlotScore::default();
    for key in keys {
        let outcome = match (gold.get(key), form.get(key)) {
            (Some(g), Some(v)) if same(key, g, v) => Outcome::Right,
            (Some(_), Some(_)) => Outcome::Wrong,
            (Some(_), None) => Outcome::Missing,
            (None, _) => Outcome::Extra,
        };
        match outcome {
            Outcome::Right => out.right += 1,
            Outcome::Wrong => out.wrong += 1,
            Outcome::Missing => out.missing += 1,
            Outcome::Extra => out.extra += 1,
        }
        out.fields.insert(key.clone(), outcome);
    }
    out
}

/// Flattens JSON into `key → value` as text: members joined with `.`, list items with `[n]`
/// (from 0). `null`, empty text, objects and lists give nothing.
pub fn flatten(value: &Value) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    walk(String::new(), value, &mut out);
    out
}

fn walk(path: String, value: &Value, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                walk(path, value, out);
            }
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                walk(format!("{path}[{n}]"), value, out);
            }
        }
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => {
            out.insert(path, text.clone());
        }
        other => {
            out.insert(path, other.to_string());
        }
    }
}

/// For each gold item the index of the item that is meant by it: pairs with the most equal fields
/// first, each item once. People are listed in the order in which they come up, which need not be
/// the gold form's.
pub fn align(
    gold: &[BTreeMap<String, String>],
    items: &[BTreeMap<String, String>],
) -> Vec<Option<usize>> {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (n, item) in items.iter().enumerate() {
            let equal = wanted
                .iter()
                .filter(|(k, v)| item.get(*k) == Some(v))
                .count();
            if equal > 0 {
                pairs.push((equal, g, n));
            }
        }
    }
    pairs.sort_by_key(|&(equal, g, n)| (std::cmp::Reverse(equal), g, n));
    let mut out = vec![None; gold.len()];
    let mut used = BTreeSet::new();
    for (_, g, n) in pairs {
        if out[g].is_none() && used.insert(n) {
            out[g] = Some(n);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn each_field_has_one_outcome() {
        let gold = map(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let form = map(&[("a", "1"), ("b", "9"), ("d", "4")]);
        let score = score_slots(&gold, &form, |_, a, b| a == b);
        assert_eq!(
            (score.right, score.wrong, score.missing, score.extra),
            (1, 1, 1, 1)
        );
        assert_eq!(score.fields["d"], Outcome::Extra);
        assert!((score.precision() - 1.0 / 3.0).abs() < 1e-12);
        assert!((score.recall() - 1.0 / 3.0).abs() < 1e-12);
        let mut sum = score.clone();
        sum.add(&score);
        assert_eq!((sum.right, sum.f1()), (2, score.f1()));
    }

    #[test]
    fn equal_in_another_spelling_is_right() {
        let (gold, form) = (
            map(&[("phone", "+4561229014")]),
            map(&[("phone", "61 22 90 14")]),
        );
        let digits = |s: &str| s.replace("+45", "").replace(' ', "");
        let score = score_slots(&gold, &form, |_, a, b| digits(a) == digits(b));
        assert_eq!((score.right, score.f1()), (1, 1.0));
    }

    #[test]
    fn empty_forms_have_neither_hits_nor_faults() {
        let score = score_slots(&map(&[]), &map(&[]), |_, a, b| a == b);
        assert_eq!(
            (score.precision(), score.recall(), score.f1()),
            (1.0, 1.0, 1.0)
        );
    }

    #[test]
    fn json_becomes_flat_keys() {
        let value = json!({"a": {"b": true}, "l": [{"n": 1}, {"n": null}], "s": "", "t": "x"});
        assert_eq!(
            flatten(&value),
            map(&[("a.b", "true"), ("l[0].n", "1"), ("t", "x")])
        );
    }

    #[test]
    fn people_are_matched_whatever_their_order() {
        let gold = [
            map(&[("name", "Bohdan"), ("relation", "spouse")]),
            map(&[("name", "Zlata"), ("relation", "child")]),
            map(&[("name", "Maksym"), ("relation", "child")]),
        ];
        let items = [
            map(&[("name", "Maksym"), ("relation", "child")]),
            map(&[("name", "Bohdan"), ("relation", "sibling")]),
        ];
        assert_eq!(align(&gold, &items), [Some(1), None, Some(0)]);
    }

    proptest! {
        #[test]
        fn every_field_is_counted_once(
            gold in prop::collection::btree_map("[a-e]", "[12]", 0..5),
            form in prop::collection::btree_map("[a-e]", "[12]", 0..5),
        ) {
            let s = score_slots(&gold, &form, |_, a, b| a == b);
            prop_assert_eq!(s.right + s.wrong + s.missing, gold.len());
            prop_assert_eq!(s.right + s.wrong + s.extra, form.len());
            let same = score_slots(&gold, &gold, |_, a, b| a == b);
            prop_assert_eq!(same.f1(), 1.0);
        }
    }
}
