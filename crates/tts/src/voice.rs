//! What a voice is and how one is chosen.

use std::ops::ControlFlow;
use std::str::FromStr;

use tolkebot_models::Store;
use tolkebot_protocol::Lang;

use crate::{EspeakVoice, KokoroVoice, PiperVoice, TtsError};

/// Takes sound as it becomes ready: mono samples in `[-1, 1]` at [`Voice::sample_rate`]. Breaking
/// stops the voice, for example because someone began to speak.
pub type Sink<'a> = dyn FnMut(&[f32]) -> ControlFlow<()> + 'a;

/// Something that speaks.
pub trait Voice: Send {
    /// Samples per second of the sound that comes out, in Hz.
    fn sample_rate(&self) -> u32;

    /// Speaks a text. A sentence's sound reaches `sink` before the next sentence is synthesised, so
    /// that the listener waits for one sentence only. A text without anything to say (empty, only
    /// emoji) is no sound and no error.
    ///
    /// # Errors
    /// [`TtsError::TooLong`] before anything is spoken; engine errors as they happen.
    fn speak(&mut self, text: &str, lang: Lang, sink: &mut Sink<'_>) -> Result<(), TtsError>;
}

/// Which speaker of a model that has several.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Style {
    /// The one that is understood best in the language spoken.
    #[default]
    Best,
    /// By its place in the model, from 0.
    Index(usize),
    /// By name.
    Named(String),
    /// A blend of several, by name and weight; weights are scaled to sum to 1.
    Mix(Vec<(String, f32)>),
}

impl FromStr for Style {
    type Err = TtsError;

    /// `best`, a number, a name, or `name:weight+name:weight…`.
    fn from_str(text: &str) -> Result<Self, TtsError> {
        let bad = || TtsError::BadStyle(text.chars().take(60).collect());
        let is_name = |s: &str| {
            !s.is_empty()
                && s.chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        };
        match text.trim() {
            "" | "best" => Ok(Style::Best),
            number if number.bytes().all(|b| b.is_ascii_digit()) => {
                number.parse().map(Style::Index).map_err(|_| bad())
            }
            name if is_name(name) => Ok(Style::Named(name.to_owned())),
            mix => {
                let mut parts = Vec::new();
                for part in mix.split('+') {
                    let (name, weight) = part.split_once(':').ok_or_else(bad)?;
                    let weight: f32 = weight.trim().parse().map_err(|_| bad())?;
                    if !is_name(name.trim()) || !weight.is_finite() || weight < 0.0 {
                        return Err(bad());
                    }
                    parts.push((name.trim().to_owned(), weight));
                }
                if parts.iter().map(|p| p.1).sum::<f32>() <= 0.0 {
                    return Err(bad());
                }
                Ok(Style::Mix(parts))
            }
        }
    }
}

/// How a voice speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceOptions {
    /// The speaker.
    pub style: Style,
    /// 1 is the voice's own pace, 2 twice as fast; held to 0.5–2.
    pub speed: f32,
    /// CPU threads for synthesis.
    pub threads: usize,
    /// Whether the first clause of a long sentence is spoken before the rest is ready. Kokoro
    /// takes about as long as the speech lasts, so that a listener waits for half a sentence less;
    /// recordings are better made whole.
    pub early: bool,
}

impl Default for VoiceOptions {
    fn default() -> Self {
        VoiceOptions {
            style: Style::Best,
            speed: 1.0,
            threads: 1,
            early: false,
        }
    }
}

impl VoiceOptions {
    pub(crate) fn pace(&self) -> f32 {
        if self.speed.is_finite() {
            self.speed.clamp(0.5, 2.0)
        } else {
            1.0
        }
    }
}

/// Loads the voice of that model id: `espeak-ng`, `kokoro-82m`, or `piper-…` (any Piper model of
/// the store).
///
/// # Errors
/// [`TtsError::UnknownVoice`] for other ids, otherwise what loading finds wrong.
pub fn load_voice(
    store: &Store,
    id: &str,
    options: &VoiceOptions,
) -> Result<Box<dyn Voice>, TtsError> {
    match id {
        "espeak-ng" => Ok(Box::new(EspeakVoice::load(store, options)?)),
        "kokoro-82m" => Ok(Box::new(KokoroVoice::load(store, options)?)),
        id if id.starts_with("piper-") => Ok(Box::new(PiperVoice::load(store, id, options)?)),
        other => Err(TtsError::UnknownVoice(other.chars().take(60).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_from_text() {
        let style = |s: &str| s.parse::<Style>().unwrap();
        assert_eq!(style("best"), Style::Best);
        assert_eq!(style("3"), Style::Index(3));
        assert_eq!(style("jf_alpha"), Style::Named("jf_alpha".into()));
        assert_eq!(
            style("jf_alpha:0.7 + jm_kumo:0.3"),
            Style::Mix(vec![("jf_alpha".into(), 0.7), ("jm_kumo".into(), 0.3)])
        );
        for wrong in [
            "a:b",
            "a:1+",
            "a:-1",
            "a:0",
            "a b",
            "a:NaN",
            "99999999999999999999999",
        ] {
            assert!(wrong.parse::<Style>().is_err(), "{wrong}");
        }
    }
}
