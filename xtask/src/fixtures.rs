//! The conversations in `fixtures/conversations`: scripts for synthesised speech, with what must
//! come out of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde::Deserialize;
use serde_json::Value;

use crate::product;
use crate::workspace::Workspace;

const CONVERSATIONS: &str = "fixtures/conversations";

/// `dialogue.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    dead_code,
    reason = "every key is named so that a misspelt one is refused"
)]
struct Dialogue {
    id: String,
    scenario: String,
    today: String,
    staff: Voice,
    citizen: Voice,
    turns: Vec<Turn>,
    form: BTreeMap<String, Value>,
    household: Vec<BTreeMap<String, Value>>,
    notes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    dead_code,
    reason = "every key is named so that a misspelt one is refused"
)]
struct Voice {
    voice: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    n: usize,
    speaker: String,
    lang: String,
    text: String,
    #[serde(rename = "ref")]
    translation: String,
}

/// Options of `fixtures`.
#[derive(Args)]
pub struct FixturesArgs {
    /// Only check the scripts; make no sound.
    #[arg(long)]
    check: bool,
}

/// Checks every conversation and, unless told otherwise, has its sound made.
pub fn run(workspace: &Workspace, args: &FixturesArgs) -> Result<ExitCode> {
    let dialogues = read_all(workspace)?;
    for (name, dialogue) in &dialogues {
        check(name, dialogue)?;
        println!(
            "  {name:<28} {:>3} turns, {:>2} fields, {} more in the household",
            dialogue.turns.len(),
            dialogue.form.len(),
            dialogue.household.len()
        );
    }
    if args.check {
        return Ok(ExitCode::SUCCESS);
    }
    let folders = dialogues
        .iter()
        .map(|(name, _)| format!("{CONVERSATIONS}/{name}").into());
    product::run(workspace, "fixtures", folders.collect())
}

fn read_all(workspace: &Workspace) -> Result<Vec<(String, Dialogue)>> {
    let folder = workspace.path(CONVERSATIONS);
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("no {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            found.push((name, read(&path.join("dialogue.json"))?));
        }
    }
    ensure!(
        !found.is_empty(),
        "{} holds no conversation",
        folder.display()
    );
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

fn read(path: &Path) -> Result<Dialogue> {
    let text =
        fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} isn't a dialogue", path.display()))
}

fn check(name: &str, dialogue: &Dialogue) -> Result<()> {
    ensure!(
        dialogue.id == name,
        "{name}: the id is `{}`, not the folder's name",
        dialogue.id
    );
    for (index, turn) in dialogue.turns.iter().enumerate() {
        check_turn(turn, index + 1).with_context(|| format!("{name}, turn {}", index + 1))?;
    }
    let people = dialogue
        .household
        .iter()
        .filter_map(|person| person.get("cpr_number"));
    let numbers: Vec<&str> = people
        .chain(dialogue.form.get("mover.cpr_number"))
        .map(|number| number.as_str().unwrap_or_default())
        .collect();
    for number in &numbers {
        check_cpr(number).with_context(|| name.to_owned())?;
    }
    let different: BTreeSet<_> = numbers.iter().collect();
    ensure!(
        different.len() == numbers.len(),
        "{name}: two people have the same CPR number"
    );
    let count = dialogue.form.get("household.count").and_then(Value::as_u64);
    if let Some(count) = count {
        let people = 1 + dialogue.household.len() as u64;
        ensure!(
            count == people,
            "{name}: household.count is {count}, but {people} people move"
        );
    }
    Ok(())
}

fn check_turn(turn: &Turn, expected: usize) -> Result<()> {
    ensure!(turn.n == expected, "it is numbered {}", turn.n);
    let speaker = if expected % 2 == 1 {
        "staff"
    } else {
        "citizen"
    };
    ensure!(
        turn.speaker == speaker,
        "`{}` speaks where it is {speaker}'s turn",
        turn.speaker
    );
    let lang = if speaker == "staff" { "da" } else { "uk" };
    ensure!(turn.lang == lang, "{speaker} speaks `{}`", turn.lang);
    for (what, text) in [("text", &turn.text), ("translation", &turn.translation)] {
        ensure!(!text.trim().is_empty(), "the {what} is empty");
        ensure!(
            !text.contains('\''),
            "the {what} has a straight apostrophe: use ’"
        );
        let digit = text.chars().find(char::is_ascii_digit);
        ensure!(
            digit.is_none(),
            "the {what} has a digit: write numbers as they are spoken"
        );
    }
    let danish = if lang == "da" {
        &turn.text
    } else {
        &turn.translation
    };
    ensure!(
        !danish.chars().any(is_cyrillic),
        "the Danish side has Cyrillic letters"
    );
    Ok(())
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

/// Refuses a number that could be somebody's: only one that fails modulus 11 and isn't of a
/// 1 January has never been issued.
fn check_cpr(number: &str) -> Result<()> {
    const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || number.len() != 11 || number.as_bytes()[6] != b'-' {
        bail!("a CPR number isn't written DDMMYY-SSSS");
    }
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    ensure!(
        !sum.is_multiple_of(11),
        "a CPR number passes modulus 11: it could be a real person's"
    );
    ensure!(
        !number.starts_with("0101"),
        "a CPR number is of a 1 January: it could be real"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conversations_are_well_formed_and_nobodys() {
        let workspace = Workspace::locate().unwrap();
        for (name, dialogue) in read_all(&workspace).unwrap() {
            check(&name, &dialogue).unwrap();
            assert!(
                dialogue.turns.len() >= 14,
                "{name} is too short to show much"
            );
        }
    }

    #[test]
    fn numbers_that_could_be_real_are_refused() {
        assert!(check_cpr("070584-1234").is_ok());
        // Weighted sum 0: the rule itself, without a number of anybody.
        assert!(check_cpr("000000-0000").is_err());
        assert!(check_cpr("010190-1234").is_err());
        assert!(check_cpr("0705841234").is_err());
    }

    #[test]
    fn digits_and_wrong_speakers_are_refused() {
        let turn = |speaker: &str, text: &str| Turn {
            n: 1,
            speaker: speaker.to_owned(),
            lang: "da".to_owned(),
            text: text.to_owned(),
            translation: "Так.".to_owned(),
        };
        assert!(check_turn(&turn("staff", "Ja."), 1).is_ok());
        assert!(check_turn(&turn("citizen", "Ja."), 1).is_err());
        assert!(check_turn(&turn("staff", "Ja, 2."), 1).is_err());
        assert!(check_turn(&turn("staff", "Ja, так."), 1).is_err());
    }
}
