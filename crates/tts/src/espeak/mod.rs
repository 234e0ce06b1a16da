//! espeak-ng: the voice that is always there, and the phonemes of the better ones.

#[allow(unsafe_code)] // A C library without a Rust interface.
mod ffi;

use std::sync::{Mutex, MutexGuard, PoisonError};

use tolkebot_models::Store;
use tolkebot_protocol::Lang;

use crate::text::{self, Run};
use crate::voice::Sink;
use crate::{TtsError, Voice, VoiceOptions};

/// espeak-ng's own pace, in words a minute, and the range in which it stays clear.
const WORDS_A_MINUTE: f32 = 160.0;

/// The one library of the process; its state is global, so is the lock.
static LIBRARY: Mutex<Option<ffi::Library>> = Mutex::new(None);

/// A handle that proves the library is loaded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Espeak {
    sample_rate: u32,
}

impl Espeak {
    /// Loads the library once; later calls return at once, whatever store they name.
    pub(crate) fn load(store: &Store) -> Result<Self, TtsError> {
        let mut library = LIBRARY.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = &*library {
            return Ok(Espeak {
                sample_rate: loaded.sample_rate,
            });
        }
        let file = store.file("espeak-ng", "libespeak-ng.so")?;
        store.file("espeak-ng", "espeak-ng-data/phontab")?;
        let folder = store.dir("espeak-ng")?;
        let absolute = |path: &std::path::Path| {
            std::path::absolute(path).map_err(|e| TtsError::Espeak(e.to_string()))
        };
        let loaded =
            ffi::Library::load(&absolute(&file)?, &absolute(&folder)?).map_err(TtsError::Espeak)?;
        let sample_rate = loaded.sample_rate;
        *library = Some(loaded);
        Ok(Espeak { sample_rate })
    }

    fn with<T>(
        self,
        use_it: impl FnOnce(&mut ffi::Library) -> Result<T, String>,
    ) -> Result<T, TtsError> {
        let mut library: MutexGuard<'_, Option<ffi::Library>> =
            LIBRARY.lock().unwrap_or_else(PoisonError::into_inner);
        let library = library
            .as_mut()
            .ok_or_else(|| TtsError::Espeak("it is not loaded".to_owned()))?;
        use_it(library).map_err(TtsError::Espeak)
    }

    /// IPA of a stretch of text with one voice (`da`, `uk`, or a Piper model's). Language marks
    /// such as `(en)` are removed; clauses are joined with a space.
    pub(crate) fn phonemes(self, text: &str, voice: &str) -> Result<String, TtsError> {
        let clauses = self.with(|library| {
            library.set_voice(voice)?;
            Ok(library.phonemes(text))
        })?;
        Ok(without_marks(&clauses.join(" ")))
    }

    fn synthesise(self, text: &str, voice: &str, rate: u32) -> Result<Vec<i16>, TtsError> {
        self.with(|library| {
            library.set_voice(voice)?;
            library.synthesise(text, rate)
        })
    }
}

/// Removes espeak-ng's language switches: `(en)sˈiː(uk)` → `sˈiː`.
fn without_marks(ipa: &str) -> String {
    let mut out = String::with_capacity(ipa.len());
    let mut rest = ipa;
    while let Some(open) = rest.find('(') {
        let (before, mark) = rest.split_at(open);
        out.push_str(before);
        rest = match mark.find(')') {
            Some(close) => &mark[close + 1..],
            None => "",
        };
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// espeak-ng speaking: robotic, but quick and always there.
pub struct EspeakVoice {
    engine: Espeak,
    rate: u32,
    variant: Option<String>,
}

impl EspeakVoice {
    /// Loads the library. The style names one of espeak-ng's variants, such as `f2` or `m3`.
    ///
    /// # Errors
    /// When the library or its data is missing or does not load, or the variant does not exist.
    pub fn load(store: &Store, options: &VoiceOptions) -> Result<Self, TtsError> {
        let engine = Espeak::load(store)?;
        let variant = match &options.style {
            crate::Style::Named(name) => {
                let path = format!("espeak-ng-data/voices/!v/{name}");
                store
                    .file("espeak-ng", &path)
                    .map_err(|_| TtsError::UnknownStyle {
                        name: name.clone(),
                        known: "f1–f5, m1–m8 and the other variants of espeak-ng".to_owned(),
                    })?;
                Some(name.clone())
            }
            _ => None,
        };
        let rate = (WORDS_A_MINUTE * options.pace()) as u32;
        Ok(EspeakVoice {
            engine,
            rate,
            variant,
        })
    }

    fn voice_name(&self, lang: Lang) -> String {
        match &self.variant {
            Some(variant) => format!("{}+{variant}", lang.code()),
            None => lang.code().to_owned(),
        }
    }
}

impl Voice for EspeakVoice {
    fn sample_rate(&self) -> u32 {
        self.engine.sample_rate
    }

    fn speak(&mut self, text: &str, lang: Lang, sink: &mut Sink<'_>) -> Result<(), TtsError> {
        for sentence in text::spoken_sentences(text, lang)? {
            for Run { lang, text } in text::runs(&sentence, lang) {
                let sound = self
                    .engine
                    .synthesise(text, &self.voice_name(lang), self.rate)?;
                let sound: Vec<f32> = sound.iter().map(|&s| f32::from(s) / 32_768.0).collect();
                if !sound.is_empty() && sink(&sound).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_marks_are_removed() {
        assert_eq!(without_marks("(en)sˈiː pˈiː(uk)nˈomɛr"), "sˈiː pˈiːnˈomɛr");
        assert_eq!(without_marks("nˈa (en)vˈeɪ(uk) dvˈa"), "nˈa vˈeɪ dvˈa");
        assert_eq!(without_marks("open ( end"), "open");
    }
}
