//! Kokoro-82M on ONNX Runtime: a natural voice that was never taught Danish or Ukrainian.
//!
//! It reads phonemes, so that it can say any language whose sounds are near those it learned
//! (English, French, Spanish, Italian, Portuguese, Hindi, Mandarin, Japanese). [`phonemes`] does
//! that translation. Inputs of the model: `tokens` i64 `[1, N]` (0 at both ends), `style` f32
//! `[1, 256]`, `speed` f32 `[1]`; output `audio` f32, 24 kHz.

mod danish;
mod phonemes;
mod styles;
mod ukrainian;

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use ort::session::Session;
use ort::value::TensorRef;
use tolkebot_models::Store;
use tolkebot_protocol::Lang;

use crate::espeak::Espeak;
use crate::voice::Sink;
use crate::{Style, TtsError, Voice, VoiceOptions, text};
use styles::{Speaker, Styles};

const SAMPLE_RATE: u32 = 24_000;
/// The model takes 512 tokens, two of which are the silence at both ends; a margin is kept.
const MAX_PHONEMES: usize = 480;
/// Under this amplitude the model is silent.
const SILENCE: f32 = 0.005;
/// Silence kept before and after a sentence, in samples: a breath, but no wait.
const KEEP_BEFORE: usize = (SAMPLE_RATE / 25) as usize;
const KEEP_AFTER: usize = (SAMPLE_RATE / 4) as usize;

/// Kokoro-82M speaking.
pub struct KokoroVoice {
    session: Session,
    espeak: Espeak,
    vocabulary: HashMap<char, i64>,
    styles: Styles,
    speakers: HashMap<Lang, Speaker>,
    pace: f32,
    early: bool,
}

impl KokoroVoice {
    /// Loads the model, its vocabulary and the speakers that the options ask for.
    ///
    /// # Errors
    /// When a file is missing or damaged, or the style is unknown.
    pub fn load(store: &Store, options: &VoiceOptions) -> Result<Self, TtsError> {
        tolkebot_models::onnx::init(store)?;
        let file = |name| store.file("kokoro-82m", name);
        let mut voice = KokoroVoice {
            vocabulary: vocabulary(&file("vocab.json")?)?,
            styles: Styles::load(&file("voices_ja.npz")?)?,
            espeak: Espeak::load(store)?,
            session: tolkebot_models::onnx::session(&file("kokoro.onnx")?, options.threads)?,
            speakers: HashMap::new(),
            pace: options.pace(),
            early: options.early,
        };
        voice.set_style(&options.style)?;
        Ok(voice)
    }

    /// Lets another speaker speak from here on, without loading the model again.
    ///
    /// # Errors
    /// [`TtsError::UnknownStyle`]; the speaker then stays the same.
    pub fn set_style(&mut self, style: &Style) -> Result<(), TtsError> {
        let mut speakers = HashMap::new();
        for lang in Lang::ALL {
            speakers.insert(lang, self.styles.speaker(style, lang)?);
        }
        self.speakers = speakers;
        Ok(())
    }

    /// Speaks phonemes of the model's own vocabulary; others are skipped.
    fn synthesise(&mut self, phonemes: &str, lang: Lang) -> Result<Vec<f32>, TtsError> {
        let known = phonemes
            .chars()
            .filter_map(|c| self.vocabulary.get(&c).copied());
        let tokens: Vec<i64> = std::iter::once(0)
            .chain(known.take(MAX_PHONEMES))
            .chain(std::iter::once(0))
            .collect();
        if tokens.len() == 2 {
            return Ok(Vec::new());
        }
        let speaker = self.speakers.get(&lang).map(|s| s.vector(tokens.len() - 2));
        let style = speaker.unwrap_or_default();
        let speed = [self.pace * phonemes::pace(lang)];
        run(&mut self.session, &tokens, style, &speed)
            .map_err(|error| TtsError::Synthesis(error.to_string()))
    }
}

fn run(
    session: &mut Session,
    tokens: &[i64],
    style: &[f32],
    speed: &[f32],
) -> Result<Vec<f32>, ort::Error> {
    let outputs = session.run(ort::inputs![
        "tokens" => TensorRef::from_array_view(([1usize, tokens.len()], tokens))?,
        "style" => TensorRef::from_array_view(([1usize, style.len()], style))?,
        "speed" => TensorRef::from_array_view(([1usize], speed))?,
    ])?;
    let (_, audio) = outputs["audio"].try_extract_tensor::<f32>()?;
    Ok(trimmed(audio)
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

/// The sound without the model's long silence at both ends.
fn trimmed(audio: &[f32]) -> &[f32] {
    let loud = |s: &f32| s.abs() > SILENCE;
    match (audio.iter().position(loud), audio.iter().rposition(loud)) {
        (Some(first), Some(last)) => {
            &audio[first.saturating_sub(KEEP_BEFORE)..(last + 1 + KEEP_AFTER).min(audio.len())]
        }
        _ => &[],
    }
}

fn vocabulary(path: &Path) -> Result<HashMap<char, i64>, TtsError> {
    #[derive(serde::Deserialize)]
    struct File {
        vocab: HashMap<char, i64>,
    }
    let wrong = |what: String| TtsError::VoiceFile {
        path: path.to_path_buf(),
        what,
    };
    let text = fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let file: File = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
    Ok(file.vocab)
}

/// What [`KokoroVoice`] reads for a text: its sentences in words, joined by spaces, and their
/// phonemes. For making training sound, and for seeing why a word sounds as it does.
///
/// # Errors
/// As [`Voice::speak`]; when espeak-ng is missing.
pub fn kokoro_phonemes(
    store: &Store,
    text: &str,
    lang: Lang,
) -> Result<(String, String), TtsError> {
    let espeak = Espeak::load(store)?;
    let sentences = text::spoken_sentences(text, lang)?;
    let phonemes = sentences
        .iter()
        .map(|sentence| phonemes::of_sentence(espeak, sentence, lang))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((sentences.join(" "), phonemes.join(" ")))
}

impl Voice for KokoroVoice {
    fn sample_rate(&self) -> u32 {
        SAMPLE_RATE
    }

    fn speak(&mut self, text: &str, lang: Lang, sink: &mut Sink<'_>) -> Result<(), TtsError> {
        let sentences = if self.early {
            text::spoken_soon(text, lang)?
        } else {
            text::spoken_sentences(text, lang)?
        };
        for sentence in sentences {
            let phonemes = phonemes::of_sentence(self.espeak, &sentence, lang)?;
            for part in phonemes::parts(&phonemes, MAX_PHONEMES) {
                let sound = self.synthesise(part, lang)?;
                if !sound.is_empty() && sink(&sound) == ControlFlow::Break(()) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
