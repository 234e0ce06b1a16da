//! Whole conversations as sound: for fixtures, the demo and load tests.
//!
//! A conversation's folder holds `dialogue.json`:
//!
//! ```json
//! {"id": "…", "staff": {"voice": "jf_alpha"}, "citizen": {"voice": "jm_kumo"},
//!  "turns": [{"n": 1, "speaker": "staff", "lang": "da", "text": "Goddag."}]}
//! ```
//!
//! Other fields are ignored. A turn's own `voice` goes before its speaker's; without either the
//! voice that is understood best in the language speaks.

mod room;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tolkebot_audio::{Resampler, SAMPLE_RATE, write_wav};
use tolkebot_models::Store;
use tolkebot_protocol::{Lang, Speaker};

pub use room::RoomOptions;

use crate::{KokoroVoice, Style, TtsError, Voice, VoiceOptions};

#[derive(Debug, Deserialize)]
struct Dialogue {
    #[serde(default)]
    staff: Person,
    #[serde(default)]
    citizen: Person,
    turns: Vec<Turn>,
}

#[derive(Debug, Default, Deserialize)]
struct Person {
    voice: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Turn {
    n: u32,
    speaker: Speaker,
    lang: Lang,
    text: String,
    voice: Option<String>,
}

/// Speaks every turn of the conversation in `folder` into `turn-01.wav`, `turn-02.wav`, … beside
/// its `dialogue.json` (16 kHz, mono, 16 bit), as if recorded in a quiet office. The same input,
/// options and models give the same files. `done` is told of each file.
///
/// # Errors
/// [`TtsError::Conversation`] when `dialogue.json` is missing or makes no sense, otherwise what
/// speaking or writing finds wrong. Files written before stay.
pub fn synthesise_conversation(
    store: &Store,
    folder: &Path,
    options: &RoomOptions,
    threads: usize,
    done: &mut dyn FnMut(&Path),
) -> Result<Vec<PathBuf>, TtsError> {
    let dialogue = read(folder)?;
    let voice_options = VoiceOptions {
        threads,
        ..VoiceOptions::default()
    };
    let mut voice = KokoroVoice::load(store, &voice_options)?;
    let mut files = Vec::new();
    for turn in &dialogue.turns {
        let person = match turn.speaker {
            Speaker::Staff => &dialogue.staff,
            Speaker::Citizen => &dialogue.citizen,
        };
        let style = match turn.voice.as_ref().or(person.voice.as_ref()) {
            Some(style) => style.parse()?,
            None => Style::Best,
        };
        voice.set_style(&style)?;
        let speech = speak(&mut voice, &turn.text, turn.lang)?;
        let recorded = room::record(&speech, options, turn.n);
        let file = folder.join(format!("turn-{:02}.wav", turn.n));
        write_wav(&file, &recorded, SAMPLE_RATE)?;
        done(&file);
        files.push(file);
    }
    Ok(files)
}

/// The whole text as 16 kHz sound.
fn speak(voice: &mut dyn Voice, text: &str, lang: Lang) -> Result<Vec<f32>, TtsError> {
    let mut resampler = Resampler::new(voice.sample_rate(), SAMPLE_RATE)?;
    let mut speech = Vec::new();
    let mut failure = None;
    voice.speak(text, lang, &mut |sound| match resampler.push(sound) {
        Ok(sound) => {
            speech.extend(sound);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    })?;
    if let Some(error) = failure {
        return Err(error.into());
    }
    speech.extend(resampler.finish()?);
    Ok(speech)
}

fn read(folder: &Path) -> Result<Dialogue, TtsError> {
    let path = folder.join("dialogue.json");
    let wrong = |what: String| TtsError::Conversation {
        path: path.clone(),
        what,
    };
    let text = fs::read(&path).map_err(|e| wrong(e.to_string()))?;
    let dialogue: Dialogue = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
    if dialogue.turns.is_empty() {
        return Err(wrong("it has no turns".to_owned()));
    }
    for (i, turn) in dialogue.turns.iter().enumerate() {
        if turn.n as usize != i + 1 {
            return Err(wrong(format!(
                "turn {} has number {}; count from 1",
                i + 1,
                turn.n
            )));
        }
        if turn.text.trim().is_empty() {
            return Err(wrong(format!("turn {} has no text", turn.n)));
        }
    }
    Ok(dialogue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Dialogue, TtsError> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("dialogue.json"), text).unwrap();
        read(folder.path())
    }

    #[test]
    fn descriptions_are_checked_before_anything_is_spoken() {
        let turn = r#"{"n":1,"speaker":"staff","lang":"da","text":"Hej.","ref":"Вітаю."}"#;
        let good = read_text(&format!(r#"{{"id":"x","turns":[{turn}]}}"#)).unwrap();
        assert_eq!((good.turns.len(), good.staff.voice), (1, None));
        for (text, says) in [
            (r#"{"turns":[]}"#.to_owned(), "no turns"),
            (
                format!(r#"{{"turns":[{}]}}"#, turn.replace(":1", ":2")),
                "count from 1",
            ),
            (
                format!(r#"{{"turns":[{}]}}"#, turn.replace("Hej.", " ")),
                "no text",
            ),
            (
                format!(r#"{{"turns":[{}]}}"#, turn.replace("\"da\"", "\"no\"")),
                "no",
            ),
            ("nonsense".to_owned(), "expected"),
        ] {
            let message = read_text(&text).unwrap_err().to_string();
            assert!(
                message.contains(says) && message.contains("dialogue.json"),
                "{message}"
            );
        }
        assert!(read(Path::new("/nowhere")).is_err());
    }
}
