//! What the demo measured: lag, recognition, translation, slots.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use tolkebot_eval as eval;
use tolkebot_protocol::{Lang, Speaker};

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
    gold: Value,
    found: Value,
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
    ///
    /// `form` is the filled form as the server hands it out.
    pub fn of(recording: &Recording, turns: usize, played: &Played, form: &Value) -> Self {
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
        let scored = eval::score_form(
            &recording.form,
            &recording.household,
            &eval::found_slots(form),
        );
        let wrong_unmarked = unmarked(&scored, form);
        let slots: Vec<SlotFigures> = scored.into_iter().map(SlotFigures::from).collect();
        let count = |verdict| slots.iter().filter(|s| s.verdict == verdict).count();
        let (right, wrong, missing) = (
            count(eval::Verdict::Right),
            count(eval::Verdict::Wrong),
            count(eval::Verdict::Missing),
        );
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

impl From<eval::ScoredSlot> for SlotFigures {
    fn from(slot: eval::ScoredSlot) -> Self {
        SlotFigures {
            key: slot.key,
            gold: slot.gold,
            found: slot.found,
            verdict: slot.verdict,
        }
    }
}

/// How many wrong slots are shown as if their values were good. Where several of the form's slots
/// hold a value, one that is not marked is enough.
fn unmarked(scored: &[eval::ScoredSlot], form: &Value) -> usize {
    let is_unmarked = |key: &String| {
        let status = form["slots"][key]["status"].as_str();
        !matches!(status, Some("needs_confirmation" | "conflict"))
    };
    scored
        .iter()
        .filter(|s| s.verdict == eval::Verdict::Wrong && s.found_at.iter().any(is_unmarked))
        .count()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Wrong slots that are not marked in a form with these slots, against gold's two people.
    fn wrong_unmarked(slots: Value) -> usize {
        let person = |text: Value| text.as_object().cloned().unwrap_or_default();
        let gold = person(json!({"children[].custody": "joint"}));
        let household = [
            json!({"given_names": "Zlata", "surname": "Melnyk"}),
            json!({"given_names": "Bohdan", "surname": "Melnyk"}),
        ]
        .map(person);
        let form = json!({ "slots": slots });
        let scored = eval::score_form(&gold, &household, &eval::found_slots(&form));
        unmarked(&scored, &form)
    }

    fn slot(value: &str, status: &str) -> Value {
        json!({"value": value, "status": status})
    }

    #[test]
    fn a_doubt_is_looked_for_where_the_form_has_the_person() {
        let slots = |wrong: &str, other: &str| {
            json!({
                "household[0].given_names": slot("Bohdan", "confirmed"),
                "household[0].surname": slot("Melnyk", other),
                "household[1].given_names": slot("Zlata", "confirmed"),
                "household[1].surname": slot("Melnik", wrong),
            })
        };
        assert_eq!(wrong_unmarked(slots("proposed", "needs_confirmation")), 1);
        assert_eq!(wrong_unmarked(slots("needs_confirmation", "proposed")), 0);
    }

    #[test]
    fn a_value_of_every_child_is_marked_where_each_of_them_is() {
        let slots = |first: &str, second: &str| {
            json!({
                "children[0].custody": slot("sole", first),
                "children[1].custody": slot("sole", second),
            })
        };
        assert_eq!(wrong_unmarked(slots("conflict", "conflict")), 0);
        assert_eq!(wrong_unmarked(slots("conflict", "proposed")), 1);
        let shared = json!({"children[].custody": slot("sole", "needs_confirmation")});
        assert_eq!(wrong_unmarked(shared), 0);
    }

    #[test]
    fn a_made_up_value_counts_too() {
        assert_eq!(
            wrong_unmarked(json!({"mover.email": slot("a@b.dk", "proposed")})),
            1
        );
    }
}
