//! `tolkebot form`: a written dialogue to the filled form.

use std::io::Write;

use anyhow::{Context, Result};
use tolkebot_form::{Dialogue, FormDefinition, FormReader};

use crate::args::FormArgs;
use crate::{engines, json_file};

pub fn run(args: FormArgs) -> Result<()> {
    let bytes = std::fs::read(&args.dialogue)
        .with_context(|| format!("cannot read {}", args.dialogue.display()))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        anyhow::anyhow!("{} is not UTF-8 from byte {at}", args.dialogue.display())
    })?;
    // Editors on Windows write a byte order mark, which JSON has no place for.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let dialogue = Dialogue::from_json(text)
        .with_context(|| format!("{} is no dialogue", args.dialogue.display()))?;
    json_file::once(text.as_bytes()).with_context(|| format!("{}", args.dialogue.display()))?;
    // The day on which it was said, not the one on which it is read.
    let today = match (&args.today, dialogue.today) {
        (None, Some(today)) => today,
        (told, _) => engines::today(told.as_deref())?,
    };
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in &dialogue.turns {
        reader.push(turn);
    }
    let json = serde_json::to_string_pretty(&reader.state().to_contract_json())?;
    writeln!(std::io::stdout(), "{json}")?;
    Ok(())
}
