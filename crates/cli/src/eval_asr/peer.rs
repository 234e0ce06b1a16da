//! What another recogniser wrote about the same sound, measured in the same way.
//!
//! A peer writes a line of JSON for each turn: its `name`, the `conversation`, the `turn`, the
//! processor time that it took (`work_ms`), and the `words`, each with the end of its sound
//! (`end_ms`) and the moment when it was settled (`settled_ms`), both from the beginning of the
//! turn. `models/peers/faster_whisper_stream.py` makes such files.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tolkebot_eval::{Lag, cer, laal, wer};
use tolkebot_protocol::Lang;

use super::{Figures, SAMPLES_PER_MS, values};
use crate::demo::Recording;

#[derive(Deserialize)]
struct Line {
    name: String,
    conversation: String,
    turn: u32,
    work_ms: u64,
    words: Vec<SettledWord>,
}

#[derive(Deserialize)]
struct SettledWord {
    text: String,
    end_ms: u64,
    settled_ms: u64,
}

/// The figures of each peer in the file for one language, in the order in which they come.
pub(super) fn figures(
    file: &Path,
    recordings: &[Recording],
    lang: Lang,
) -> Result<Vec<(String, Figures)>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut found: Vec<(String, Figures)> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let place = format!("{} line {}", file.display(), n + 1);
        let line: Line = serde_json::from_str(line)
            .with_context(|| format!("{place} is no turn of another recogniser"))?;
        let recording = recordings.iter().find(|r| r.id == line.conversation);
        let Some(recording) = recording else {
            bail!(
                "{place} is about the conversation `{}`, which is not measured: name its folder too",
                line.conversation
            );
        };
        let Some(turn) = recording.turns.iter().find(|turn| turn.n == line.turn) else {
            bail!("{place}: `{}` has no turn {}", line.conversation, line.turn);
        };
        if turn.lang != lang {
            continue;
        }
        let at = match found.iter().position(|(name, _)| *name == line.name) {
            Some(at) => at,
            None => {
                found.push((line.name.clone(), Figures::default()));
                found.len() - 1
            }
        };
        let figures = &mut found[at].1;
        let sound_ms = recording.sound(turn)?.len() as u64 / SAMPLES_PER_MS;
        let heard: Vec<&str> = line.words.iter().map(|word| word.text.trim()).collect();
        let heard = heard.join(" ");
        figures.turns += 1;
        figures.words += wer(&turn.text, &heard, lang);
        figures.letters += cer(&turn.text, &heard, lang);
        let today = values::day(&recording.today, &recording.id)?;
        figures.values.count(&turn.text, &heard, lang, today);
        figures.lags.extend(line.words.iter().map(|word| Lag {
            turn: line.turn,
            ms: word.settled_ms.saturating_sub(word.end_ms),
        }));
        let delays: Vec<f64> = line.words.iter().map(|w| w.settled_ms as f64).collect();
        let reference_words = turn.text.split_whitespace().count();
        figures
            .laal
            .extend(laal(&delays, sound_ms as f64, reference_words));
        figures.sound_ms += sound_ms;
        figures.work_ms += line.work_ms;
    }
    Ok(found)
}
