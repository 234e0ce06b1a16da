//! Compares filled forms with gold forms: precision and recall by slot.

use std::collections::BTreeMap;

use serde_json::Value;
pub use tolkebot_eval::{is_critical, without_index};
use tolkebot_eval::{is_free_text, is_judged};
use tolkebot_form::{Dialogue, FormDefinition, FormReader};

/// A conversation with the form that it should give.
pub struct Sample {
    pub id: String,
    pub dialogue: Dialogue,
    pub gold: BTreeMap<String, Value>,
}

/// Reads JSONL: `id`, `today`, `turns`, `form`, `household`.
pub fn load(text: &str) -> Vec<Sample> {
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(sample)
        .collect()
}

fn sample(line: &str) -> Sample {
    let root: Value = serde_json::from_str(line).expect("JSON");
    let dialogue = Dialogue::from_json(line).expect("dialogue");
    let mut gold: BTreeMap<String, Value> = BTreeMap::new();
    for (key, value) in root["form"].as_object().expect("form") {
        gold.insert(key.clone(), value.clone());
    }
    for (at, person) in root["household"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        for (field, value) in person.as_object().expect("person") {
            // An age is not a field of the form.
            if field != "age" {
                gold.insert(format!("household[{at}].{field}"), value.clone());
            }
        }
    }
    Sample {
        id: root["id"].as_str().unwrap_or("?").to_owned(),
        dialogue,
        gold,
    }
}

/// The filled form as key → value, with the status of each.
pub fn read(sample: &Sample) -> BTreeMap<String, (Value, String, bool)> {
    quoted(sample)
        .into_iter()
        .map(|(key, (value, status, derived, _))| (key, (value, status, derived)))
        .collect()
}

/// As [`read`], with the words that each value was taken from and whether both sides said it.
#[allow(clippy::type_complexity)]
pub fn quoted(sample: &Sample) -> BTreeMap<String, (Value, String, bool, (String, bool))> {
    let today = sample.dialogue.today.expect("today");
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in &sample.dialogue.turns {
        reader.push(turn);
    }
    let json = reader.state().to_contract_json();
    let slots = json["slots"].as_object().expect("slots");
    slots
        .iter()
        .filter(|(_, slot)| !slot["value"].is_null())
        .map(|(key, slot)| {
            let derived = slot.get("derived").is_some();
            let status = slot["status"].as_str().unwrap_or("").to_owned();
            let mut words = Vec::new();
            let mut speakers = Vec::new();
            for e in slot["evidence"].as_array().into_iter().flatten() {
                let turn = e["turn"].as_u64().unwrap_or(0);
                words.push(format!("{turn}: {}", e["text"].as_str().unwrap_or("")));
                speakers.extend(
                    sample
                        .dialogue
                        .turns
                        .iter()
                        .filter(|t| u64::from(t.n) == turn)
                        .map(|t| t.speaker),
                );
            }
            let both = speakers.iter().any(|s| *s != speakers[0]);
            (
                key.clone(),
                (
                    slot["value"].clone(),
                    status,
                    derived,
                    (words.join(" | "), both),
                ),
            )
        })
        .collect()
}

/// Right, wrong (or made up) and missed values.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Tally {
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }
    pub fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// One deviation from the gold form.
pub struct Deviation {
    pub id: String,
    pub key: String,
    pub want: Option<Value>,
    pub got: Option<(Value, String)>,
}

/// Totals by key (indices removed) and every deviation.
#[derive(Default)]
pub struct Report {
    pub by_key: BTreeMap<String, Tally>,
    pub deviations: Vec<Deviation>,
}

impl Report {
    pub fn total(&self, keep: impl Fn(&str) -> bool) -> Tally {
        let mut total = Tally::default();
        for (_, tally) in self.by_key.iter().filter(|(k, _)| keep(k)) {
            total.add(*tally);
        }
        total
    }
}

/// Scores all samples. `unsure`: whether values that await confirmation count as given.
pub fn score(samples: &[Sample], unsure: bool) -> Report {
    let mut report = Report::default();
    for sample in samples {
        let got = read(sample);
        for (key, want) in &sample.gold {
            if is_free_text(key) {
                continue;
            }
            let tally = report.by_key.entry(without_index(key)).or_default();
            let given = got
                .get(key)
                .filter(|(_, status, _)| unsure || is_sure(status));
            match given {
                Some((value, _, _)) if same(want, value) => tally.right += 1,
                Some((value, status, _)) => {
                    tally.wrong += 1;
                    tally.missed += 1;
                    report.deviations.push(Deviation {
                        id: sample.id.clone(),
                        key: key.clone(),
                        want: Some(want.clone()),
                        got: Some((value.clone(), status.clone())),
                    });
                }
                None => {
                    tally.missed += 1;
                    report.deviations.push(Deviation {
                        id: sample.id.clone(),
                        key: key.clone(),
                        want: Some(want.clone()),
                        got: got.get(key).map(|(v, s, _)| (v.clone(), s.clone())),
                    });
                }
            }
        }
        for (key, (value, status, derived)) in &got {
            let judged = !derived && is_judged(&without_index(key));
            let counted = unsure || is_sure(status);
            if sample.gold.contains_key(key) || !judged || !counted {
                continue;
            }
            report.by_key.entry(without_index(key)).or_default().wrong += 1;
            report.deviations.push(Deviation {
                id: sample.id.clone(),
                key: key.clone(),
                want: None,
                got: Some((value.clone(), status.clone())),
            });
        }
    }
    report
}

/// Whether a value with this status is shown as settled.
pub fn is_sure(status: &str) -> bool {
    !matches!(status, "needs_confirmation" | "conflict")
}

/// Whether a value is the gold value; lists are sets.
pub fn same(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::Array(a), Value::Array(b)) => {
            let sorted = |list: &[Value]| {
                let mut texts: Vec<String> = list.iter().map(Value::to_string).collect();
                texts.sort();
                texts
            };
            sorted(a) == sorted(b)
        }
        _ => want == got,
    }
}
