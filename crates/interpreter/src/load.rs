//! The real engines, from the model store.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser, RecogniserSession};
use tolkebot_audio::SileroVad;
use tolkebot_models::{Profile, Store};
use tolkebot_mt::{Glossary, MtConfig, MtWarning, Phrases, Translator};
use tolkebot_protocol::{Lang, TranslationWarning};
use tolkebot_tts::{Voice, VoiceOptions, load_voice};

use crate::engines::{Effort, Engines, Heard, Known, Recognise, Rendered, Speak, Translate};
use crate::{Interpreter, InterpreterConfig, InterpreterError, Stage};

impl Interpreter {
    /// Loads the profile's models and starts the threads.
    ///
    /// # Errors
    /// [`InterpreterError::Load`] naming the model that is missing or broken.
    pub fn load(
        store: &Store,
        profile: &Profile,
        config: InterpreterConfig,
    ) -> Result<Self, InterpreterError> {
        let engines = load_engines(store, profile, &config)?;
        Interpreter::with_engines(engines, config)
    }
}

/// Loads the profile's models: as many recognisers and translators as `config` says (they share one
/// copy of each model), and one set of voices.
///
/// # Errors
/// [`InterpreterError::Load`] naming the model that is missing or broken.
pub fn load_engines(
    store: &Store,
    profile: &Profile,
    config: &InterpreterConfig,
) -> Result<Engines, InterpreterError> {
    let fail = |stage, id: &str| {
        let id = id.to_owned();
        move |reason: String| InterpreterError::Load { stage, id, reason }
    };
    let runtime = profile.runtime.first().map_or("runtime", String::as_str);
    tolkebot_models::onnx::init(store).map_err(|e| fail(Stage::Segment, runtime)(e.to_string()))?;

    let vad_file = model_file(store, &profile.vad).map_err(fail(Stage::Segment, &profile.vad))?;
    SileroVad::load(&vad_file).map_err(|e| fail(Stage::Segment, &profile.vad)(e.to_string()))?;

    let asr = AsrConfig {
        threads: config.asr_threads.max(1),
        second_opinion: config.second_opinion,
        ..AsrConfig::default()
    };
    let mut recognisers: HashMap<&str, Recogniser> = HashMap::new();
    for lang in Lang::ALL {
        let id = asr_id(profile, lang);
        if !recognisers.contains_key(id) {
            let fail = fail(Stage::Recognise, id);
            let file = model_file(store, id).map_err(fail.clone())?;
            let recogniser = Recogniser::load(&file, &asr).map_err(|e| fail(e.to_string()))?;
            recognisers.insert(id, recogniser);
        }
    }
    let mut recognise: Vec<Box<dyn Recognise>> = Vec::new();
    for _ in 0..config.recogniser_threads() {
        let mut sessions = HashMap::new();
        let mut prompts = HashMap::new();
        for lang in Lang::ALL {
            let (setting, prompt) = match lang {
                Lang::Da => ("prompt_da", config.prompt_da.trim()),
                Lang::Uk => ("prompt_uk", config.prompt_uk.trim()),
            };
            let id = asr_id(profile, lang);
            let session = recognisers[id]
                .session(lang)
                .map_err(|e| fail(Stage::Recognise, id)(e.to_string()))?;
            if !session.has_room_for(prompt) {
                return Err(fail(Stage::Recognise, id)(format!(
                    "`{setting}` is {} characters long: use at most some 200 tokens, about 400 Danish or 250 Ukrainian \
                     characters",
                    prompt.chars().count()
                )));
            }
            if !prompt.is_empty() {
                prompts.insert(lang, Arc::from(prompt));
            }
            sessions.insert(lang, session);
        }
        recognise.push(Box::new(Whisper { sessions, prompts }));
    }

    let mut mt = MtConfig {
        beam: config.mt_beam,
        ..MtConfig::default()
    };
    if !config.phrases_file.is_empty() {
        let phrases = Phrases::with_file(config.phrases_file.as_ref());
        let phrases = phrases.map_err(|e| fail(Stage::Translate, "phrases")(e.to_string()))?;
        mt.phrases = Some(phrases);
    }
    if !config.glossary_file.is_empty() {
        let glossary = Glossary::with_file(config.glossary_file.as_ref());
        let glossary = glossary.map_err(|e| fail(Stage::Translate, "glossary")(e.to_string()))?;
        mt.glossary = Some(glossary);
    }
    let mut translators = Vec::new();
    let mut by_source = HashMap::new();
    for (lang, id, own) in [
        (Lang::Da, &profile.mt.da_uk, &config.mt_da_uk),
        (Lang::Uk, &profile.mt.uk_da, &config.mt_uk_da),
    ] {
        let id: &str = if own.is_empty() { id } else { own };
        let known = translators
            .iter()
            .position(|(known, _): &(&str, _)| *known == id);
        let index = match known {
            Some(index) => index,
            None => {
                let fail = fail(Stage::Translate, id);
                let dir = if own.is_empty() {
                    store.dir(id).map_err(|e| fail.clone()(e.to_string()))?
                } else {
                    PathBuf::from(own)
                };
                let translator =
                    Translator::load(&dir, &mt).map_err(|e| fail.clone()(e.to_string()))?;
                translators.push((id, translator));
                translators.len() - 1
            }
        };
        let (_, translator): &(_, Translator) = &translators[index];
        translator
            .check_target(lang.other())
            .map_err(|e| fail(Stage::Translate, id)(e.to_string()))?;
        by_source.insert(lang, index);
    }
    let mut translate: Vec<Box<dyn Translate>> = Vec::new();
    for _ in 0..config.translator_threads() {
        translate.push(Box::new(Translators {
            translators: translators.iter().map(|(_, t)| t.another()).collect(),
            by_source: by_source.clone(),
        }));
    }

    let speak: Vec<Box<dyn Speak>> = if config.speech {
        vec![Box::new(load_voices(store, profile, config)?)]
    } else {
        Vec::new()
    };

    Ok(Engines {
        voice_activity: Box::new(move || match SileroVad::load(&vad_file) {
            Ok(vad) => Ok(Box::new(vad)),
            Err(error) => Err(error.to_string()),
        }),
        recognise,
        translate,
        speak,
    })
}

pub(crate) fn model_file(store: &Store, id: &str) -> Result<std::path::PathBuf, String> {
    store.main_file(id).map_err(|e| e.to_string())
}

pub(crate) fn asr_id(profile: &Profile, lang: Lang) -> &str {
    match lang {
        Lang::Da => &profile.asr.da,
        Lang::Uk => &profile.asr.uk,
    }
}

fn load_voices(
    store: &Store,
    profile: &Profile,
    config: &InterpreterConfig,
) -> Result<Voices, InterpreterError> {
    let options = VoiceOptions {
        threads: config.resolved_voice_threads(),
        early: true,
        ..VoiceOptions::default()
    };
    let mut voices: Vec<(&str, Box<dyn Voice>)> = Vec::new();
    let mut by_lang = HashMap::new();
    for (lang, id) in [
        (Lang::Da, profile.tts.da.as_str()),
        (Lang::Uk, profile.tts.uk.as_str()),
    ] {
        let known = voices.iter().position(|(known, _)| *known == id);
        let index = match known {
            Some(index) => index,
            None => {
                let voice = load_voice(store, id, &options).map_err(|e| {
                    let (stage, id) = (Stage::Speak, id.to_owned());
                    InterpreterError::Load {
                        stage,
                        id,
                        reason: e.to_string(),
                    }
                })?;
                voices.push((id, voice));
                voices.len() - 1
            }
        };
        by_lang.insert(lang, index);
    }
    Ok(Voices {
        voices: voices.into_iter().map(|(_, v)| v).collect(),
        by_lang,
    })
}

struct Whisper {
    sessions: HashMap<Lang, RecogniserSession>,
    prompts: HashMap<Lang, Arc<str>>,
}

impl Recognise for Whisper {
    fn recognise(
        &mut self,
        lang: Lang,
        samples: &[f32],
        effort: Effort,
        known: &Known,
    ) -> Result<Heard, String> {
        let session = self
            .sessions
            .get_mut(&lang)
            .ok_or("no recogniser for this language")?;
        let mut options = match effort {
            Effort::Partial { settled_until_ms } => DecodeOptions {
                settled_until_ms,
                ..DecodeOptions::partial()
            },
            Effort::Settled => DecodeOptions::settled(),
        };
        options.expected.clone_from(&known.expected);
        options.prompt = match (self.prompts.get(&lang), known.context.as_deref()) {
            // Of a prompt that is too long the end stays: what was said last.
            (Some(words), Some(context)) => Some(Arc::from(format!("{words} {context}"))),
            (Some(words), None) => Some(Arc::clone(words)),
            (None, context) => context.map(Arc::from),
        };
        let transcript = session
            .transcribe(samples, &options)
            .map_err(|e| e.to_string())?;
        let language = transcript.language.as_ref();
        Ok(Heard {
            spoken_in: language.map_or_else(Default::default, |language| language.spoken_on(lang)),
            text: transcript.text,
            confidence: transcript.confidence,
            words: transcript.words,
        })
    }
}

struct Translators {
    translators: Vec<Translator>,
    by_source: HashMap<Lang, usize>,
}

impl Translate for Translators {
    fn translate(&mut self, text: &str, from: Lang) -> Result<Rendered, String> {
        let index = *self
            .by_source
            .get(&from)
            .ok_or("no translator from this language")?;
        let translation = self.translators[index]
            .translate(text, from, from.other())
            .map_err(|e| e.to_string())?;
        let mut warnings: Vec<TranslationWarning> = Vec::new();
        for warning in &translation.warnings {
            let warning = match warning {
                MtWarning::ValueMismatch(_) => TranslationWarning::ValueMismatch,
                MtWarning::WrongLanguage | MtWarning::WrongScript => {
                    TranslationWarning::WrongLanguage
                }
                MtWarning::Repetition | MtWarning::Incomplete => TranslationWarning::Incomplete,
                MtWarning::Negation => TranslationWarning::Negation,
                MtWarning::FloorCount => TranslationWarning::FloorCount,
                MtWarning::NothingToTranslate => continue,
            };
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        if translation.confidence < LOW_CONFIDENCE && !translation.text.is_empty() {
            warnings.push(TranslationWarning::LowConfidence);
        }
        Ok(Rendered {
            text: translation.text,
            confidence: translation.confidence,
            warnings,
            verified: translation.verified,
        })
    }

    fn draft(
        &mut self,
        text: &str,
        from: Lang,
        held: &str,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<String>, String> {
        let index = *self
            .by_source
            .get(&from)
            .ok_or("no translator from this language")?;
        self.translators[index]
            .draft(text, from, held, go_on)
            .map_err(|e| e.to_string())
    }
}

/// Below this mean token probability a translation is marked as unsure.
const LOW_CONFIDENCE: f32 = 0.4;

struct Voices {
    voices: Vec<Box<dyn Voice>>,
    by_lang: HashMap<Lang, usize>,
}

impl Voices {
    fn index(&self, lang: Lang) -> usize {
        self.by_lang.get(&lang).copied().unwrap_or_default()
    }
}

impl Speak for Voices {
    fn sample_rate(&self, lang: Lang) -> u32 {
        self.voices[self.index(lang)].sample_rate()
    }

    fn speak(
        &mut self,
        text: &str,
        lang: Lang,
        sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let index = self.index(lang);
        self.voices[index]
            .speak(text, lang, sink)
            .map_err(|e| e.to_string())
    }
}
