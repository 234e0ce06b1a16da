//! What the demo measured: lag, recognition, translation, slots.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use tolkebot_eval as eval;
use tolkebot_protocol::{Lang, SlotStatus, Speaker};

use super::player::{Interpreted, Played};
use super::recording::Recording;

/// One turn's figures.
#[derive(Debug, Serialize)]
pub struct TurnFigures {
    n: u32,
    speaker: Speaker,
    lang: Lang,
    /// What was recognised.
    heard: String,
    /// What it was translated to.
    translated: String,
    /// Word errors and reference words.
    word_errors: (usize, usize),
    /// chrF of the translation, 0 to 100.
    chrf: f64,
    /// From the end of the speech, ms, for the turn's last utterance.
    settled_ms: Option<u64>,
    translated_ms: Option<u64>,
    spoken_ms: Option<u64>,
}

/// A slot beside its gold value.
#[derive(Debug, Serialize)]
pub struct SlotFigures {
    key: String,
    gold: serde_json::Value,
    found: serde_json::Value,
    verdict: eval::Verdict,
}

/// The demo's report.
#[derive(Debug, Serialize)]
pub struct Report {
    conversation: String,
    turns: Vec<TurnFigures>,
    /// Word error rate by language, 0 to 1 (and above).
    wer: Vec<(Lang, f64)>,
    /// chrF of the translations out of this language against the gold ones, 0 to 100.
    chrf: Vec<(Lang, f64)>,
    slots: Vec<SlotFigures>,
    right: usize,
    wrong: usize,
    missing: usize,
    /// Wrong slots whose value was shown as settled, not as a question or a conflict.
    wrong_unmarked: usize,
    speech_s: f64,
    wall_s: f64,
    peak_resident_mib: Option<u64>,
}

impl Report {
    /// Compares what was played with the recording's gold results.
    pub fn of(recording: &Recording, turns: usize, played: &Played) -> Self {
        let mut figures = Vec::new();
        for (i, turn) in recording.turns.iter().take(turns).enumerate() {
            let said: Vec<&Interpreted> = of_turn(played, i).collect();
            let join = |texts: Vec<&str>| texts.join(" ");
            let heard = join(said.iter().map(|u| u.text.as_str()).collect());
            let translated = join(
                said.iter()
                    .filter_map(|u| u.translation.as_deref())
                    .collect(),
            );
            let errors = eval::wer(&turn.text, &heard, turn.lang);
            let last = said.last();
            figures.push(TurnFigures {
                n: turn.n,
                speaker: turn.speaker,
                lang: turn.lang,
                word_errors: (errors.errors(), errors.reference),
                chrf: chrf([(translated.as_str(), turn.reference.as_str())]),
                settled_ms: last.and_then(|u| u.settled_ms),
                translated_ms: last.and_then(|u| u.translated_ms),
                spoken_ms: last.and_then(|u| u.spoken_ms),
                heard,
                translated,
            });
        }
        let by_lang = |lang| {
            figures
                .iter()
                .filter(move |f: &&TurnFigures| f.lang == lang)
        };
        let wer = Lang::ALL.map(|lang| {
            let errors: usize = by_lang(lang).map(|f| f.word_errors.0).sum();
            let words: usize = by_lang(lang).map(|f| f.word_errors.1).sum();
            (lang, errors as f64 / words.max(1) as f64)
        });
        let chrf = Lang::ALL.map(|lang| {
            let found: Vec<&str> = by_lang(lang).map(|f| f.translated.as_str()).collect();
            let gold: Vec<&str> = recording
                .turns
                .iter()
                .take(turns)
                .filter(|t| t.lang == lang)
                .map(|t| t.reference.as_str())
                .collect();
            (lang, chrf(found.into_iter().zip(gold)))
        });
        let slots = slots(recording, played);
        let count = |verdict| slots.iter().filter(|s| s.verdict == verdict).count();
        let (right, wrong, missing) = (
            count(eval::Verdict::Right),
            count(eval::Verdict::Wrong),
            count(eval::Verdict::Missing),
        );
        let wrong_unmarked = slots
            .iter()
            .filter(|s| s.verdict == eval::Verdict::Wrong && is_unmarked(played, &s.key))
            .count();
        Report {
            conversation: recording.id.clone(),
            turns: figures,
            wer: wer.to_vec(),
            chrf: chrf.to_vec(),
            slots,
            right,
            wrong,
            missing,
            wrong_unmarked,
            speech_s: played.speech.as_secs_f64(),
            wall_s: played.wall.as_secs_f64(),
            peak_resident_mib: crate::bench::status_kib("VmHWM:").map(|kib| kib / 1024),
        }
    }

    /// Prints the tables.
    pub fn print(&self) -> Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "\nturn  who      lag: settled  translated  spoken   WER    chrF"
        )?;
        for t in &self.turns {
            let ms = |v: Option<u64>| {
                v.map_or("–".to_owned(), |v| format!("{:.1} s", v as f64 / 1000.0))
            };
            writeln!(
                out,
                "{:>4}  {:<8} {:>12} {:>11} {:>7} {:>5.0} % {:>6.1}",
                t.n,
                format!("{:?}", t.speaker),
                ms(t.settled_ms),
                ms(t.translated_ms),
                ms(t.spoken_ms),
                100.0 * t.word_errors.0 as f64 / t.word_errors.1.max(1) as f64,
                t.chrf,
            )?;
        }
        for ((lang, wer), (_, chrf)) in self.wer.iter().zip(&self.chrf) {
            let other = lang.other();
            writeln!(
                out,
                "{lang}: WER {:.1} %, {lang}→{other} chrF {chrf:.1}",
                100.0 * wer
            )?;
        }
        writeln!(
            out,
            "\n{:<34} {:<8} {:<28} gold",
            "slot", "verdict", "found"
        )?;
        for slot in &self.slots {
            let verdict = format!("{:?}", slot.verdict).to_lowercase();
            writeln!(
                out,
                "{:<34} {verdict:<8} {:<28} {}",
                slot.key,
                plain(&slot.found),
                plain(&slot.gold)
            )?;
        }
        writeln!(
            out,
            "slots: {} right, {} wrong ({} of them not marked as doubtful), {} missing",
            self.right, self.wrong, self.wrong_unmarked, self.missing
        )?;
        write!(
            out,
            "{:.0} s of speech in {:.0} s",
            self.speech_s, self.wall_s
        )?;
        if let Some(mib) = self.peak_resident_mib {
            write!(out, ", {mib} MiB resident at most")?;
        }
        writeln!(out)?;
        Ok(())
    }
}

/// The utterances of turn `i`: those after the turn before it, by its speaker.
fn of_turn(played: &Played, i: usize) -> impl Iterator<Item = &Interpreted> {
    let (speaker, before) = played
        .turn_starts
        .get(i)
        .copied()
        .unwrap_or((Speaker::Staff, u32::MAX));
    let last = played
        .turn_starts
        .get(i + 1)
        .map_or(u32::MAX, |(_, next)| *next);
    let own = move |u: &&Interpreted| u.speaker == speaker && u.id.0 > before && u.id.0 <= last;
    played.utterances.values().filter(own)
}

fn chrf<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> f64 {
    eval::chrf(eval::ChrfKind::Chrf, pairs)
}

fn slots(recording: &Recording, played: &Played) -> Vec<SlotFigures> {
    let found: serde_json::Map<String, serde_json::Value> = played
        .form
        .sections
        .iter()
        .flat_map(|section| &section.slots)
        .filter(|slot| !slot.value.is_null())
        .map(|slot| (slot.key.clone(), slot.value.clone()))
        .collect();
    eval::score_form(&recording.form, &recording.household, &found)
        .into_iter()
        .map(|s| SlotFigures {
            key: s.key,
            gold: s.gold,
            found: s.found,
            verdict: s.verdict,
        })
        .collect()
}

/// Whether a slot is shown as if its value were good.
fn is_unmarked(played: &Played, key: &str) -> bool {
    let mut slots = played.form.sections.iter().flat_map(|s| &s.slots);
    slots.find(|s| s.key == key).is_some_and(|s| {
        !matches!(
            s.status,
            SlotStatus::NeedsConfirmation | SlotStatus::Conflict
        )
    })
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "–".into(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
