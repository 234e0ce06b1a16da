//! A recorded conversation: its script, gold results and sound.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Map, Value};
use tolkebot_protocol::{Lang, Speaker};

/// `dialogue.json` of a conversation folder.
#[derive(Debug, Clone, Deserialize)]
pub struct Recording {
    /// Name.
    pub id: String,
    /// One line on what happens.
    #[serde(default)]
    pub scenario: String,
    /// The day that relative dates are counted from, ISO 8601.
    pub today: String,
    /// What is said, in order.
    pub turns: Vec<RecordedTurn>,
    /// Gold values by form key.
    #[serde(default)]
    pub form: Map<String, Value>,
    /// Gold values of the people moving along.
    #[serde(default)]
    pub household: Vec<Map<String, Value>>,
    /// Where the sound is.
    #[serde(skip)]
    folder: PathBuf,
}

/// One turn of a recording.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedTurn {
    /// 1 for the first.
    pub n: u32,
    /// Who speaks.
    pub speaker: Speaker,
    /// Language of `text`.
    pub lang: Lang,
    /// What is said.
    pub text: String,
    /// Gold translation.
    #[serde(rename = "ref")]
    pub reference: String,
}

impl Recording {
    /// Reads a folder's `dialogue.json`; `with_sound`: and makes sure that every turn has its sound.
    pub fn open(folder: &Path, with_sound: bool) -> Result<Self> {
        let file = folder.join("dialogue.json");
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let mut recording: Recording = serde_json::from_str(&text)
            .with_context(|| format!("{} is no recorded conversation", file.display()))?;
        recording.folder = folder.to_owned();
        for turn in recording.turns.iter().filter(|_| with_sound) {
            let path = recording.sound_file(turn);
            if !path.is_file() {
                let folder = folder.display();
                bail!(
                    "{} is missing: make the sound with `tolkebot fixtures {folder}`",
                    path.display()
                );
            }
        }
        Ok(recording)
    }

    /// A turn's WAV file.
    pub fn sound_file(&self, turn: &RecordedTurn) -> PathBuf {
        self.folder.join(format!("turn-{:02}.wav", turn.n))
    }

    /// A turn's sound: 16 kHz mono.
    pub fn sound(&self, turn: &RecordedTurn) -> Result<Vec<f32>> {
        let path = self.sound_file(turn);
        tolkebot_audio::read_wav(&path).with_context(|| format!("cannot read {}", path.display()))
    }
}
