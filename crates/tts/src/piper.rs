//! Piper: VITS voices on ONNX Runtime, each trained on one speaker or a few of one language.
//!
//! A model is `NAME.onnx` with `NAME.onnx.json`. Inputs `input` i64 `[1, N]` (phoneme ids, each
//! followed by a pad, between start and end marks), `input_lengths` i64 `[1]`, `scales` f32 `[3]`
//! (noise, length, noise of durations), `sid` i64 `[1]` where there are several speakers; output
//! f32 sound. Phonemes are what the model was trained on, decomposed: espeak-ng's IPA, or with
//! `"phoneme_type": "text"` the letters themselves.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use ort::session::Session;
use ort::value::TensorRef;
use serde::Deserialize;
use tolkebot_models::Store;
use tolkebot_protocol::Lang;

use crate::characters;
use crate::espeak::Espeak;
use crate::text::{self, Run};
use crate::voice::Sink;
use crate::{Style, TtsError, Voice, VoiceOptions};

/// Longest input in ids: a sentence of 300 characters has under 1,000.
const MAX_IDS: usize = 2_000;

/// What `NAME.onnx.json` says.
#[derive(Debug, Deserialize)]
struct Config {
    audio: Audio,
    #[serde(default)]
    phoneme_type: PhonemeType,
    #[serde(default)]
    espeak: EspeakConfig,
    #[serde(default)]
    inference: Inference,
    phoneme_id_map: HashMap<String, Vec<i64>>,
    #[serde(default)]
    num_speakers: i64,
    #[serde(default)]
    speaker_id_map: HashMap<String, i64>,
}

#[derive(Debug, Deserialize)]
struct Audio {
    sample_rate: u32,
}

#[derive(Debug, Deserialize, Default)]
struct EspeakConfig {
    voice: String,
}

/// What a model was trained on; older descriptions don't say, and mean IPA.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum PhonemeType {
    #[default]
    Espeak,
    Text,
    #[serde(untagged)]
    Other(String),
}

/// A word of each language, for which a voice must have symbols.
const PROBES: [(Lang, &str); 2] = [(Lang::Da, "goddag"), (Lang::Uk, "вітаємо")];

/// Piper's own defaults where a model names none.
#[derive(Debug, Deserialize)]
#[serde(default)]
struct Inference {
    noise_scale: f32,
    length_scale: f32,
    noise_w: f32,
}

impl Default for Inference {
    fn default() -> Self {
        Inference {
            noise_scale: 0.667,
            length_scale: 1.0,
            noise_w: 0.8,
        }
    }
}

/// A Piper model speaking.
pub struct PiperVoice {
    session: Session,
    espeak: Espeak,
    config: Config,
    speaker: Option<i64>,
    pace: f32,
}

impl PiperVoice {
    /// Loads the Piper model with that id from the store.
    ///
    /// # Errors
    /// When a file is missing, damaged or no Piper voice, or the speaker is unknown.
    pub fn load(store: &Store, id: &str, options: &VoiceOptions) -> Result<Self, TtsError> {
        let folder = store.dir(id)?;
        let model = only_model(&folder)?;
        Self::load_files(store, &model, options)
    }

    /// Loads `model` with the `.json` of the same name beside it; espeak-ng and ONNX Runtime come
    /// from the store.
    ///
    /// # Errors
    /// As [`PiperVoice::load`].
    pub fn load_files(
        store: &Store,
        model: &Path,
        options: &VoiceOptions,
    ) -> Result<Self, TtsError> {
        tolkebot_models::onnx::init(store)?;
        let json = PathBuf::from(format!("{}.json", model.display()));
        let wrong = |what: String| TtsError::VoiceFile {
            path: json.clone(),
            what,
        };
        let text = fs::read(&json).map_err(|e| wrong(e.to_string()))?;
        let config: Config = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
        if !config.phoneme_id_map.contains_key("_") {
            return Err(wrong("`phoneme_id_map` has no pad `_`".to_owned()));
        }
        if !(8_000..=48_000).contains(&config.audio.sample_rate) {
            return Err(wrong(format!("sample rate {}", config.audio.sample_rate)));
        }
        match &config.phoneme_type {
            PhonemeType::Espeak if config.espeak.voice.is_empty() => {
                return Err(wrong("it names no voice of espeak-ng".to_owned()));
            }
            PhonemeType::Espeak | PhonemeType::Text => {}
            PhonemeType::Other(kind) => {
                let kind: String = kind.chars().take(40).collect();
                return Err(wrong(format!(
                    "`phoneme_type` is \"{kind}\"; only voices of \"espeak\" and \"text\" can be spoken"
                )));
            }
        }
        let speaker = config.speaker(&options.style)?;
        let espeak = Espeak::load(store)?;
        if !config.can_say_a_word(espeak)? {
            return Err(wrong(format!(
                "`phoneme_id_map` has hardly a symbol for \"{}\" or \"{}\": the voice would be silent",
                PROBES[0].1, PROBES[1].1
            )));
        }
        Ok(PiperVoice {
            session: tolkebot_models::onnx::session(model, options.threads)?,
            espeak,
            config,
            speaker,
            pace: options.pace(),
        })
    }

    fn synthesise(&mut self, ids: &[i64]) -> Result<Vec<f32>, ort::Error> {
        let length = [ids.len() as i64];
        let inference = &self.config.inference;
        let scales = [
            inference.noise_scale,
            inference.length_scale / self.pace,
            inference.noise_w,
        ];
        let mut inputs = ort::inputs![
            "input" => TensorRef::from_array_view(([1usize, ids.len()], ids))?,
            "input_lengths" => TensorRef::from_array_view(([1usize], &length[..]))?,
            "scales" => TensorRef::from_array_view(([3usize], &scales[..]))?,
        ];
        let speaker = [self.speaker.unwrap_or_default()];
        if self.speaker.is_some() {
            let id = TensorRef::from_array_view(([1usize], &speaker[..]))?;
            inputs.push(("sid".into(), id.into()));
        }
        let outputs = self.session.run(inputs)?;
        let (_, audio) = outputs[0].try_extract_tensor::<f32>()?;
        Ok(audio
            .iter()
            .map(|s| {
                if s.is_finite() {
                    s.clamp(-1.0, 1.0)
                } else {
                    0.0
                }
            })
            .collect())
    }
}

/// The one `.onnx` file of a folder.
fn only_model(folder: &Path) -> Result<PathBuf, TtsError> {
    let wrong = |what: String| TtsError::VoiceFile {
        path: folder.to_path_buf(),
        what,
    };
    let mut models: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| wrong(e.to_string()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "onnx"))
        .collect();
    match (models.pop(), models.len()) {
        (Some(model), 0) => Ok(model),
        (None, _) => Err(wrong("there is no .onnx file in it".to_owned())),
        (_, more) => Err(wrong(format!(
            "there are {} .onnx files in it, not one",
            more + 1
        ))),
    }
}

impl Config {
    fn speaker(&self, style: &Style) -> Result<Option<i64>, TtsError> {
        if self.num_speakers <= 1 {
            return Ok(None);
        }
        let unknown = |name: String| {
            let mut known: Vec<&str> = self.speaker_id_map.keys().map(String::as_str).collect();
            known.sort_unstable();
            TtsError::UnknownStyle {
                name,
                known: known.join(", "),
            }
        };
        match style {
            Style::Best => Ok(Some(0)),
            Style::Index(index) => match i64::try_from(*index) {
                Ok(id) if id < self.num_speakers => Ok(Some(id)),
                _ => Err(unknown(index.to_string())),
            },
            Style::Named(name) => self
                .speaker_id_map
                .get(name)
                .copied()
                .map(Some)
                .ok_or_else(|| unknown(name.clone())),
            Style::Mix(mix) => {
                let names: Vec<&str> = mix.iter().map(|(name, _)| name.as_str()).collect();
                Err(unknown(names.join("+")))
            }
        }
    }

    /// What the model is given of a sentence in `lang`.
    fn phonemes(&self, espeak: Espeak, sentence: &str, lang: Lang) -> Result<String, TtsError> {
        if self.phoneme_type == PhonemeType::Text {
            let knows = |c: char| self.knows(c);
            return Ok(characters::characters(sentence, lang, knows));
        }
        self.ipa(espeak, sentence, lang)
    }

    fn knows(&self, symbol: char) -> bool {
        self.phoneme_id_map
            .contains_key(symbol.encode_utf8(&mut [0; 4]) as &str)
    }

    /// Whether at least half of the letters of one probe have a symbol. What has none is passed over without
    /// a word, so that a voice fed with the wrong kind of symbols is silent, not an error.
    fn can_say_a_word(&self, espeak: Espeak) -> Result<bool, TtsError> {
        for (lang, word) in PROBES {
            let phonemes = self.phonemes(espeak, word, lang)?;
            let letters: Vec<char> = phonemes.chars().filter(|c| c.is_alphabetic()).collect();
            let known = letters.iter().filter(|&&c| self.knows(c)).count();
            if known > 0 && known * 2 >= letters.len() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The ids of a sentence: start, each phoneme followed by a pad, end.
    fn ids(&self, phonemes: &str) -> Vec<i64> {
        let of = |symbol: &str| self.phoneme_id_map.get(symbol).cloned().unwrap_or_default();
        let pad = of("_");
        let mut ids = of("^");
        ids.extend(&pad);
        for c in phonemes.chars() {
            // Decomposed: the maps know "c" and the cedilla, not "ç".
            for symbol in if c == 'ç' {
                vec!['c', '\u{327}']
            } else {
                vec![c]
            } {
                let known = of(symbol.encode_utf8(&mut [0; 4]));
                if !known.is_empty() && ids.len() < MAX_IDS {
                    ids.extend(known);
                    ids.extend(&pad);
                }
            }
        }
        ids.extend(of("$"));
        ids
    }
}

impl Voice for PiperVoice {
    fn sample_rate(&self) -> u32 {
        self.config.audio.sample_rate
    }

    fn speak(&mut self, text: &str, lang: Lang, sink: &mut Sink<'_>) -> Result<(), TtsError> {
        for sentence in text::spoken_sentences(text, lang)? {
            let phonemes = self.config.phonemes(self.espeak, &sentence, lang)?;
            let ids = self.config.ids(&phonemes);
            let sound = self
                .synthesise(&ids)
                .map_err(|e| TtsError::Synthesis(e.to_string()))?;
            if !sound.is_empty() && sink(&sound).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Config {
    /// IPA with the punctuation that the model knows, clause by clause.
    fn ipa(&self, espeak: Espeak, sentence: &str, lang: Lang) -> Result<String, TtsError> {
        let mut out = String::new();
        for Run { lang: here, text } in text::runs(sentence, lang) {
            let voice = if here == lang {
                self.espeak.voice.as_str()
            } else {
                here.code()
            };
            for clause in text.split_inclusive([',', ';', ':', '.', '!', '?']) {
                let ipa = espeak.phonemes(clause, voice)?;
                if ipa.is_empty() {
                    continue;
                }
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&ipa);
                out.extend(
                    clause
                        .trim_end()
                        .chars()
                        .next_back()
                        .filter(|c| ",;:.!?".contains(*c)),
                );
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(json: &str) -> Config {
        serde_json::from_str(json).unwrap()
    }

    const ONE: &str = r#"{"audio":{"sample_rate":22050,"quality":"medium"},"espeak":{"voice":"da"},
        "phoneme_id_map":{"_":[0],"^":[1],"$":[2],"a":[14],"c":[16],"̧":[140],".":[10]},"num_speakers":1}"#;

    #[test]
    fn ids_are_padded_and_unknown_phonemes_left_out() {
        let config = config(ONE);
        assert_eq!(
            config.ids("aça☃."),
            [1, 0, 14, 0, 16, 0, 140, 0, 14, 0, 10, 0, 2]
        );
        assert_eq!(config.ids(""), [1, 0, 2]);
        assert!(config.ids(&"a".repeat(100_000)).len() <= MAX_IDS + 3);
        assert_eq!(
            (config.inference.noise_scale, config.inference.noise_w),
            (0.667, 0.8)
        );
    }

    #[test]
    fn speakers_are_chosen_by_name_or_number() {
        let several = ONE.replace(
            r#""num_speakers":1"#,
            r#""num_speakers":2,"speaker_id_map":{"mykyta":0,"lada":1}"#,
        );
        let several = config(&several);
        let of = |style: &str| several.speaker(&style.parse().unwrap());
        assert_eq!(of("best").unwrap(), Some(0));
        assert_eq!(of("lada").unwrap(), Some(1));
        assert_eq!(of("1").unwrap(), Some(1));
        let message = of("2").unwrap_err().to_string();
        assert!(message.contains("lada, mykyta"), "{message}");
        assert!(of("x").is_err() && of("lada:1+mykyta:1").is_err());
        assert_eq!(config(ONE).speaker(&Style::Best).unwrap(), None);
    }
}
