//! `tolkebot eval`: quality against gold.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Map, Value};
use tolkebot_eval as eval;
use tolkebot_form::{Dialogue, FormDefinition, FormReader};

use crate::args::{EvalArgs, EvalCommand, ModelArgs};
use crate::eval_asr;

pub fn run(models: &ModelArgs, args: EvalArgs) -> Result<()> {
    match args.command {
        EvalCommand::Form { files, details } => form(&files, details),
        EvalCommand::Asr {
            folders,
            model,
            offline,
            names,
            details,
        } => {
            let how = eval_asr::How {
                offline,
                names,
                details,
            };
            eval_asr::run(models, &folders, model.as_deref(), how)
        }
        EvalCommand::Mt(args) => crate::eval_mt::run(models, &args),
    }
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    today: String,
    #[serde(default)]
    form: Map<String, Value>,
    #[serde(default)]
    household: Vec<Map<String, Value>>,
}

fn form(files: &[PathBuf], details: bool) -> Result<()> {
    let definition = FormDefinition::embedded();
    let mut out = std::io::stdout().lock();
    let (mut right, mut wrong, mut missing) = (0, 0, 0);
    for file in files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let documents: Vec<&str> = if file.extension().is_some_and(|e| e == "jsonl") {
            text.lines()
                .filter(|line| !line.trim().is_empty())
                .collect()
        } else {
            vec![&text]
        };
        for (n, document) in documents.into_iter().enumerate() {
            let at = || format!("{}, dialogue {}", file.display(), n + 1);
            let gold: Gold = serde_json::from_str(document).with_context(at)?;
            let dialogue = Dialogue::from_json(document).with_context(at)?;
            let today = gold.today.parse().with_context(at)?;
            let mut reader = FormReader::new(definition.clone(), today);
            for turn in &dialogue.turns {
                reader.push(turn);
            }
            let contract = reader.state().to_contract_json();
            let found = values(&contract);
            for slot in eval::score_form(&gold.form, &gold.household, &found) {
                match slot.verdict {
                    eval::Verdict::Right => right += 1,
                    eval::Verdict::Wrong => wrong += 1,
                    eval::Verdict::Missing => missing += 1,
                }
                if details && slot.verdict != eval::Verdict::Right {
                    let (id, key, verdict) = (&gold.id, &slot.key, slot.verdict);
                    writeln!(
                        out,
                        "{id} {key}: {verdict:?}: {} for {}",
                        slot.found, slot.gold
                    )?;
                }
            }
        }
    }
    let ratio = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    writeln!(
        out,
        "slots: {right} right, {wrong} wrong, {missing} missing: precision {:.1} %, recall {:.1} %",
        ratio(right, right + wrong),
        ratio(right, right + wrong + missing),
    )?;
    Ok(())
}

/// The values that the form states: empty ones are left out.
fn values(contract: &Value) -> Map<String, Value> {
    let slots = contract["slots"].as_object().into_iter().flatten();
    slots
        .filter(|(_, slot)| !slot["value"].is_null())
        .map(|(key, slot)| (key.clone(), slot["value"].clone()))
        .collect()
}
