//! What the form says after a few turns of one day.

use serde_json::{Map, Value};

use crate::talk;

/// All slots after turns that were said on 5 May 2026.
pub fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, jiff::civil::date(2026, 5, 5))
}

/// One slot's value; null if it is empty.
pub fn value(turns: &[&str], key: &str) -> Value {
    slots(turns)
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

/// A field of everybody in the household, in their order; empty text for whom it is not known.
pub fn rows(turns: &[&str], field: &str) -> Vec<String> {
    let slots = slots(turns);
    (0..8)
        .map_while(|at| slots.get(&format!("household[{at}].{field}")))
        .map(|slot| slot["value"].as_str().unwrap_or("").to_owned())
        .collect()
}
