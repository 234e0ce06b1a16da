//! `tolkebot eval form`: filled forms against gold forms.
//!
//! From scripts, or (`--spoken`) from what the recogniser makes of the recorded turns.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser, RecogniserSession, reconsidered};
use tolkebot_casework::is_clear;
use tolkebot_eval::{ScoredSlot, Verdict, found_slots, is_critical, score_form, without_index};
use tolkebot_form::{Dialogue, FormDefinition, FormReader};
use tolkebot_models::{Profile, Store};
use tolkebot_protocol::{Lang, TextSpan};
use tolkebot_server::Vocabulary;

use crate::args::{EvalFormArgs, ModelArgs};
use crate::demo::Recording;
use crate::{engines, transcribe};

#[derive(Deserialize)]
struct Gold {
    #[serde(default)]
    id: String,
    today: String,
    /// Not left out, also where nothing is in it: a dialogue without gold would count every value as wrong.
    form: Map<String, Value>,
    #[serde(default)]
    household: Vec<Map<String, Value>>,
}

/// Slots of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missing: usize,
}

impl Tally {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong += 1,
            Verdict::Missing => self.missing += 1,
        }
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.right + self.wrong + self.missing)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }
}

fn ratio(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// A critical value that is wrong although the form does not ask about it.
struct Silent {
    id: String,
    key: String,
    found: Value,
    gold: Value,
}

#[derive(Default)]
struct Report {
    dialogues: usize,
    all: Tally,
    by_slot: BTreeMap<String, Tally>,
    silent: Vec<Silent>,
    others: Vec<(String, ScoredSlot)>,
}

pub fn run(models: &ModelArgs, args: &EvalFormArgs) -> Result<()> {
    let mut report = Report::default();
    if args.spoken {
        let mut ear = Ear::open(models, !args.unprompted)?;
        for folder in folders(&args.files)? {
            ear.read(&folder, &mut report)?;
        }
    } else {
        for file in files(&args.files)? {
            read_file(&file, &mut report)?;
        }
    }
    if report.dialogues == 0 {
        bail!("there is no dialogue in what was named: nothing was measured");
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", as_json(&report))?;
    } else {
        print(&mut out, &report, args.details)?;
    }
    Ok(())
}

/// The files given, and those in the folders given: JSON Lines, and `dialogue.json` one level down.
fn files(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in given {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let before = found.len();
        for entry in sorted(path)? {
            let script = entry.join("dialogue.json");
            let extension = entry.extension().and_then(|e| e.to_str());
            if script.is_file() {
                found.push(script);
            } else if matches!(extension, Some("json" | "jsonl")) {
                found.push(entry);
            }
        }
        if found.len() == before {
            bail!(
                "{} holds no dialogues: *.json, *.jsonl or folders with a dialogue.json",
                path.display()
            );
        }
    }
    Ok(found)
}

/// The folders with recorded turns: those given, or those in them.
fn folders(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in given {
        if path.join("dialogue.json").is_file() {
            found.push(path.clone());
            continue;
        }
        let inside = sorted(path)?;
        let before = found.len();
        found.extend(
            inside
                .into_iter()
                .filter(|p| p.join("dialogue.json").is_file()),
        );
        if found.len() == before {
            bail!(
                "{} holds no recorded conversation: a folder with a dialogue.json and a WAV file \
                 for each turn",
                path.display()
            );
        }
    }
    Ok(found)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    paths.sort();
    Ok(paths)
}

fn read_file(file: &Path, report: &mut Report) -> Result<()> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let documents: Vec<&str> = if file.extension().is_some_and(|e| e == "jsonl") {
        text.lines().filter(|l| !l.trim().is_empty()).collect()
    } else {
        vec![&text]
    };
    for (n, document) in documents.into_iter().enumerate() {
        let at = || format!("{}, dialogue {}", file.display(), n + 1);
        let gold: Gold = serde_json::from_str(document).with_context(at)?;
        let dialogue = Dialogue::from_json(document).with_context(at)?;
        score(&gold, &dialogue, &HashMap::new(), report).with_context(at)?;
    }
    Ok(())
}

/// The recogniser, for conversations with sound.
struct Ear {
    store: Store,
    profile: Profile,
    sessions: HashMap<Lang, RecogniserSession>,
    /// Words by what is asked for, if the recogniser is to be told of them.
    vocabulary: Option<Vocabulary>,
}

impl Ear {
    fn open(models: &ModelArgs, asked_for: bool) -> Result<Ear> {
        let (store, profile) = engines::open(models)?;
        let mut sessions = HashMap::new();
        for lang in Lang::ALL {
            let file = store.main_file(engines::recogniser_id(&profile, lang))?;
            let recogniser = Recogniser::load(&file, &AsrConfig::default())?;
            sessions.insert(lang, recogniser.session(lang)?);
        }
        Ok(Ear {
            store,
            profile,
            sessions,
            vocabulary: asked_for.then(Vocabulary::default),
        })
    }

    fn read(&mut self, folder: &Path, report: &mut Report) -> Result<()> {
        let at = || format!("{}", folder.display());
        let recording = Recording::open(folder, true)?;
        let script = std::fs::read_to_string(folder.join("dialogue.json")).with_context(at)?;
        let gold: Gold = serde_json::from_str(&script).with_context(at)?;
        let mut dialogue = Dialogue::from_json(&script).with_context(at)?;
        let mut heard_as = HashMap::new();
        eprintln!("listening to {}", recording.id);
        let form = FormDefinition::embedded();
        let mut reader = FormReader::new(form.clone(), gold.today.parse()?);
        for (turn, recorded) in dialogue.turns.iter_mut().zip(&recording.turns) {
            let Some(session) = self.sessions.get_mut(&recorded.lang) else {
                continue;
            };
            let words = self.vocabulary.as_ref();
            let options = DecodeOptions {
                expected: words
                    .and_then(|w| w.expected(&reader.expected(), recorded.lang, reader.state())),
                ..DecodeOptions::settled()
            };
            let heard = transcribe::transcribe(
                &self.store,
                &self.profile,
                session,
                &options,
                &recording.sound_file(recorded),
            )?;
            turn.text = transcribe::joined(&heard);
            turn.translation = None;
            reader.push(turn);
            let confidences = heard.iter().map(|s| s.transcript.confidence);
            let words = heard.iter().flat_map(|s| &s.transcript.words);
            let heard = Hearing {
                confidence: confidences.fold(1.0f32, f32::min),
                reconsidered: reconsidered(&turn.text, words),
                text: turn.text.clone(),
            };
            heard_as.insert(turn.n, heard);
        }
        let unheard: Vec<String> = dialogue
            .turns
            .iter()
            .filter(|turn| turn.text.is_empty())
            .map(|turn| turn.n.to_string())
            .collect();
        if !unheard.is_empty() {
            eprintln!(
                "{}: nothing was heard in {} of {} turns: {}",
                recording.id,
                unheard.len(),
                dialogue.turns.len(),
                unheard.join(", ")
            );
        }
        dialogue.turns.retain(|turn| !turn.text.is_empty());
        score(&gold, &dialogue, &heard_as, report).with_context(at)
    }
}

/// How a turn was heard.
struct Hearing {
    text: String,
    confidence: f32,
    reconsidered: Vec<TextSpan>,
}

impl Hearing {
    /// Whether words of it were heard clearly.
    fn is_clear(&self, words: &str) -> bool {
        let at = self.text.find(words).unwrap_or(0);
        let start = self.text[..at].chars().count() as u32;
        let end = start + words.chars().count() as u32;
        is_clear(self.confidence, &self.reconsidered, TextSpan { start, end })
    }
}

/// Reads a dialogue and compares. `heard`: how turns were heard; those without were typed.
fn score(
    gold: &Gold,
    dialogue: &Dialogue,
    heard: &HashMap<u32, Hearing>,
    report: &mut Report,
) -> Result<()> {
    let mut reader = FormReader::new(FormDefinition::embedded(), gold.today.parse()?);
    reader.push_all(&dialogue.turns);
    let contract = reader.state().to_contract_json();
    report.dialogues += 1;
    for slot in score_form(&gold.form, &gold.household, &found_slots(&contract)) {
        let kind = without_index(&slot.key);
        report.all.count(slot.verdict);
        report
            .by_slot
            .entry(kind.clone())
            .or_default()
            .count(slot.verdict);
        let mut at = slot.found_at.iter().map(|key| &contract["slots"][key]);
        // Where several hold a value, one that is not asked about is enough to do harm.
        if slot.verdict == Verdict::Wrong && is_critical(&kind) && at.any(|s| is_silent(s, heard)) {
            report.silent.push(Silent {
                id: gold.id.clone(),
                key: slot.key.clone(),
                found: slot.found.clone(),
                gold: slot.gold.clone(),
            });
        }
        if slot.verdict != Verdict::Right {
            report.others.push((gold.id.clone(), slot));
        }
    }
    Ok(())
}

/// Whether the form shows the value without asking for a look at it.
fn is_silent(slot: &Value, heard: &HashMap<u32, Hearing>) -> bool {
    let asks = matches!(
        slot["status"].as_str(),
        Some("needs_confirmation" | "conflict")
    );
    let evidence = slot["evidence"].as_array().into_iter().flatten();
    let mut evidence = evidence
        .filter_map(|e| {
            Some((
                u32::try_from(e["turn"].as_u64()?).ok()?,
                e["text"].as_str()?,
            ))
        })
        .peekable();
    // As the case does: what no turn says clearly is asked about.
    let is_clear = |(n, words)| heard.get(&n).is_none_or(|turn| turn.is_clear(words));
    let clear = evidence.peek().is_none() || evidence.any(is_clear);
    !asks && clear
}

fn as_json(report: &Report) -> Value {
    let figures = |tally: Tally| {
        json!({"right": tally.right, "wrong": tally.wrong, "missing": tally.missing,
               "precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1()})
    };
    let silent: Vec<Value> = report
        .silent
        .iter()
        .map(|s| json!({"dialogue": s.id, "key": s.key, "found": s.found, "gold": s.gold}))
        .collect();
    let by_slot: Map<String, Value> = report
        .by_slot
        .iter()
        .map(|(key, tally)| (key.clone(), figures(*tally)))
        .collect();
    json!({"dialogues": report.dialogues, "all": figures(report.all), "slots": by_slot,
           "silently_wrong_critical": silent})
}

fn print(out: &mut impl Write, report: &Report, details: bool) -> Result<()> {
    if details {
        for (id, slot) in &report.others {
            let (key, verdict) = (&slot.key, slot.verdict);
            writeln!(
                out,
                "{id} {key}: {verdict:?}: {} for {}",
                slot.found, slot.gold
            )?;
        }
    }
    writeln!(
        out,
        "{:<36}{:>6}{:>6}{:>8}{:>11}{:>8}{:>8}",
        "slot", "right", "wrong", "missing", "precision", "recall", "F1"
    )?;
    for (key, t) in &report.by_slot {
        writeln!(
            out,
            "{key:<36}{:>6}{:>6}{:>8}{:>11.3}{:>8.3}{:>8.3}",
            t.right,
            t.wrong,
            t.missing,
            t.precision(),
            t.recall(),
            t.f1()
        )?;
    }
    for s in &report.silent {
        writeln!(
            out,
            "silently wrong: {} {}: {} for {}",
            s.id, s.key, s.found, s.gold
        )?;
    }
    let all = report.all;
    writeln!(
        out,
        "slots: {} right, {} wrong, {} missing: precision {:.1} %, recall {:.1} %, F1 {:.3}",
        all.right,
        all.wrong,
        all.missing,
        100.0 * all.precision(),
        100.0 * all.recall(),
        all.f1()
    )?;
    writeln!(
        out,
        "{} dialogues; silently wrong critical values: {}",
        report.dialogues,
        report.silent.len()
    )?;
    Ok(())
}
