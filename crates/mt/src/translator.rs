//! Text in, text out: cleaning, splitting, attempts and their checks.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tolkebot_models::{Store, onnx};
use tolkebot_protocol::Lang;

use crate::config::ModelSpec;
use crate::decoder_only::DecoderOnly;
use crate::guard;
use crate::language::{self, Kind};
use crate::marian::Marian;
use crate::mend::mend;
use crate::model::{Model, Token};
use crate::pieces::Pieces;
use crate::plan::{Attempt, Plan};
use crate::search::{End, Hypothesis, Search, Wanted, beam};
use crate::text::{self, Letters};
use crate::{MtConfig, MtError, MtWarning};

/// A translation and how far to trust it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// The whole text in the target language; empty for empty input.
    pub text: String,
    /// Geometric mean of the pieces' probabilities, 0 to 1; 1 for text that needs no translation
    /// (digits, names in Latin letters), 0 for text that could not be translated.
    pub confidence: f32,
    /// What a person should look at.
    pub warnings: Vec<MtWarning>,
    /// Whether it is a fixed translation: it stood in [`MtConfig::phrases`].
    #[serde(default)]
    pub verified: bool,
}

/// A translation model with its state: give each worker its own ([`Translator::another`] shares the model).
pub struct Translator {
    pub(crate) model: Box<dyn Model>,
    pub(crate) pieces: Arc<Pieces>,
    pub(crate) config: MtConfig,
    /// What the model read last, and into which language: another attempt need not read it again.
    read: Option<(Vec<Token>, Lang)>,
}

impl std::fmt::Debug for Translator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Translator")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Translator {
    /// Loads the model of a folder. Decoder-only: `config.json`, `model.onnx`, `tokenizer.model`.
    /// Marian: `config.json`, `encoder_model.onnx`, `decoder_model_merged.onnx`, `source.spm`,
    /// `target.spm`, `vocab.json`.
    ///
    /// # Errors
    /// [`MtError::Unsupported`] for a model family that this build cannot run, [`MtError::Read`],
    /// [`MtError::Config`], [`MtError::Shape`] for a damaged folder, [`MtError::Models`] if ONNX
    /// Runtime is missing; [`MtError::Beam`] for a beam that is none.
    pub fn load(dir: &Path, config: &MtConfig) -> Result<Translator, MtError> {
        if !(1..=MtConfig::MAX_BEAM).contains(&config.beam) {
            return Err(MtError::Beam(config.beam));
        }
        let spec = ModelSpec::read(dir)?;
        // A caller with a store of its own has initialised the runtime from there already.
        if let Ok(store) = Store::locate() {
            onnx::init(&store)?;
        }
        let session = |file: &str| onnx::session(&dir.join(file), config.threads);
        let model: Box<dyn Model> = match spec {
            ModelSpec::DecoderOnly(spec) => {
                Box::new(DecoderOnly::load(dir, spec, session("model.onnx")?)?)
            }
            ModelSpec::Marian(spec) => Box::new(Marian::load(
                dir,
                spec,
                session("encoder_model.onnx")?,
                session("decoder_model_merged.onnx")?,
            )?),
        };
        Ok(Translator::over(model, config))
    }

    /// Another translator with the same model. Both may translate at the same time, each in its own thread; neither's text
    /// depends on the other's. Decoder-only models decode both lines in the same runs, which is faster than one after the
    /// other; others take turns piece by piece.
    pub fn another(&self) -> Translator {
        Translator {
            model: self.model.another(),
            pieces: Arc::clone(&self.pieces),
            config: self.config.clone(),
            read: None,
        }
    }

    /// Whether the model can write this language; OPUS-MT models know one direction.
    ///
    /// # Errors
    /// [`MtError::OneWay`].
    pub fn check_target(&self, to: Lang) -> Result<(), MtError> {
        match self.model.only_into() {
            Some(only) if only != to => Err(MtError::OneWay(only)),
            _ => Ok(()),
        }
    }

    pub(crate) fn over(model: Box<dyn Model>, config: &MtConfig) -> Translator {
        let pieces = Arc::new(Pieces::new(&model.pieces(), model.eos()));
        Translator {
            model,
            pieces,
            config: config.clone(),
            read: None,
        }
    }
}

/// What one stretch of the text became.
#[derive(Debug)]
struct Stretch {
    text: String,
    confidence: f32,
    /// Weight of `confidence` in the whole: target pieces.
    pieces: usize,
    warnings: Vec<MtWarning>,
}

impl Stretch {
    fn passed(passed: Translation) -> Stretch {
        Stretch {
            text: passed.text,
            confidence: 1.0,
            pieces: 1,
            warnings: passed.warnings,
        }
    }

    /// One after the other; the confidence is that of a piece in the middle.
    fn join(parts: Vec<Stretch>) -> Stretch {
        let pieces: usize = parts.iter().map(|part| part.pieces).sum();
        let weighted = |part: &Stretch| f64::from(part.confidence) * part.pieces as f64;
        let sum: f64 = parts.iter().map(weighted).sum();
        let mut whole = Stretch {
            text: String::new(),
            confidence: (sum / pieces.max(1) as f64) as f32,
            pieces,
            warnings: Vec::new(),
        };
        for part in parts {
            whole.add(&part.text);
            whole.warn(part.warnings);
        }
        whole
    }

    fn add(&mut self, text: &str) {
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }

    fn warn(&mut self, warnings: Vec<MtWarning>) {
        for warning in warnings {
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
    }
}

impl Translator {
    /// Translates one utterance. Long text is split at sentence ends, clauses or words, and
    /// nothing is cut off. Empty text gives an empty translation. Text that needs no translation
    /// (digits, names already in the other script) or cannot have one (pictures, another
    /// language) is passed through; the latter with a warning.
    ///
    /// # Errors
    /// [`MtError::SameLanguage`], [`MtError::TooLong`], and [`MtError::Runtime`] or
    /// [`MtError::Shape`] if the model fails.
    pub fn translate(&mut self, text: &str, from: Lang, to: Lang) -> Result<Translation, MtError> {
        if from == to {
            return Err(MtError::SameLanguage(from));
        }
        let max = self.config.max_chars;
        // Bytes first: counting the characters of a huge text is work for nothing.
        if text.len() > max.saturating_mul(4) || text.chars().count() > max {
            return Err(MtError::TooLong {
                chars: text.chars().count(),
                max,
            });
        }
        let (words, pictures) = text::split_pictures(&text::clean(text, from));
        if let Some(passed) = pass_through(&words, &pictures, from) {
            return Ok(passed);
        }
        let phrases = self.config.phrases.as_ref();
        if pictures.is_empty()
            && let Some(text) = phrases.and_then(|p| p.translate(&words, from))
        {
            let warnings = match self.config.guard {
                true => guard::of_memory(&words, &text, from),
                false => Vec::new(),
            };
            return Ok(Translation {
                text,
                confidence: 1.0,
                warnings,
                verified: true,
            });
        }
        let model = &self.model;
        let mut count = |s: &str| model.encode(s, from).map(|t| t.len());
        let stretches = text::stretches(&words, self.config.max_pieces, &mut count)?;
        let mut parts = Vec::with_capacity(stretches.len());
        for stretch in &stretches {
            parts.push(match pass_through(stretch, "", from) {
                Some(passed) => Stretch::passed(passed),
                None => self.passage(stretch, to)?,
            });
        }
        let mut whole = Stretch::join(parts);
        if language::kind(&words, from) == Kind::Neighbour {
            whole.warn(vec![MtWarning::WrongLanguage]);
        }
        if !pictures.is_empty() {
            whole.add(&pictures);
        }
        Ok(Translation {
            text: whole.text,
            confidence: whole.confidence,
            warnings: whole.warnings,
            verified: false,
        })
    }

    /// Translates a stretch that the model can take as a whole. If something is wrong with it and it has several
    /// sentences, each is tried by itself: only the one at fault is tried again, and short ones come out better.
    fn passage(&mut self, source: &str, to: Lang) -> Result<Stretch, MtError> {
        let attempts = self.config.max_attempts.max(1);
        let sentences = text::sentences(source);
        if !self.config.guard || sentences.len() < 2 || attempts < 2 {
            return Ok(self.stretch(source, to, attempts)?.1);
        }
        let (first, whole) = self.stretch(source, to, 1)?;
        if first.badness() == 0 {
            return Ok(whole);
        }
        let mut parts = Vec::with_capacity(sentences.len());
        for sentence in &sentences {
            parts.push(match pass_through(sentence, "", to.other()) {
                Some(passed) => Stretch::passed(passed),
                None => self.stretch(sentence, to, attempts)?.1,
            });
        }
        let mut joined = Stretch::join(parts);
        let glossary = self.config.glossary.as_deref();
        let judged = Attempt::judge(source, &joined.text, End::Finished, to.other(), glossary);
        if !judged.beats(joined.confidence, &first, whole.confidence) {
            return Ok(whole);
        }
        joined.warn(judged.warnings());
        Ok(joined)
    }

    /// The first of so many attempts that has no fault, else the one with the least; and what is wrong with it.
    fn stretch(
        &mut self,
        source: &str,
        to: Lang,
        attempts: usize,
    ) -> Result<(Attempt, Stretch), MtError> {
        let forbidden = self.pieces.forbidden(source, to);
        let mut best: Option<(Attempt, Stretch)> = None;
        let mut plan = Plan::first(source);
        let attempts = if self.config.guard { attempts } else { 1 };
        let glossary = self.config.glossary.clone();
        let glossary = glossary.as_deref().filter(|_| self.config.guard);
        let mut refused = false;
        for n in 0..attempts {
            let mut chosen: Option<Attempt> = None;
            // The likeliest that has no fault, else the one with the least.
            for hypothesis in self.attempt(&plan, to, &forbidden)? {
                let text = self.model.decode(&hypothesis.tokens)?.trim().to_owned();
                let Some(text) = plan.stand_ins.undo(text) else {
                    continue;
                };
                let text = match self.config.guard {
                    true => mend(source, text, to.other()),
                    false => text,
                };
                let attempt = Attempt::judge(source, &text, hypothesis.end, to.other(), glossary);
                let confidence = hypothesis.confidence();
                let beats =
                    |(b, s): &(Attempt, Stretch)| attempt.beats(confidence, b, s.confidence);
                let fewer = |(b, _): &(Attempt, Stretch)| attempt.badness() < b.badness();
                refused |= best.as_ref().is_some_and(|b| fewer(b) && !beats(b));
                if best.as_ref().is_none_or(beats) {
                    let stretch = Stretch {
                        text,
                        confidence,
                        pieces: hypothesis.log_probabilities.len().max(1),
                        warnings: if self.config.guard {
                            attempt.warnings()
                        } else {
                            Vec::new()
                        },
                    };
                    best = Some((attempt.clone(), stretch));
                }
                if chosen
                    .as_ref()
                    .is_none_or(|c| attempt.badness() < c.badness())
                {
                    chosen = Some(attempt);
                }
                if !self.config.guard || chosen.as_ref().is_some_and(|c| c.badness() == 0) {
                    break;
                }
            }
            // Nothing was made of it: the attempt before tells what to do otherwise.
            if let Some(attempt) = chosen.or_else(|| best.as_ref().map(|(b, _)| b.clone())) {
                tracing::debug!(
                    attempt = n,
                    badness = attempt.badness(),
                    "translated a stretch"
                );
                plan = plan.next(source, &attempt, n + 1);
            }
            // Once a word has cost too much, a stronger pull makes only worse sentences.
            let done = |b: &Attempt| b.badness() == 0 || refused && b.lacks_only_words();
            if best.as_ref().is_some_and(|(b, _)| done(b)) {
                break;
            }
        }
        best.ok_or_else(|| MtError::Shape("no attempt was made".to_owned()))
    }

    fn attempt(
        &mut self,
        plan: &Plan,
        to: Lang,
        forbidden: &[bool],
    ) -> Result<Vec<Hypothesis>, MtError> {
        let tokens = self.model.encode(&plan.source, to.other())?;
        let wanted = self.wanted(plan, to)?;
        let forbidden = allowing(forbidden, &wanted);
        let search = Search {
            limit: limit(&tokens),
            width: self.config.beam,
            held: &[],
            forbidden: &forbidden,
            repetition_penalty: plan.repetition_penalty,
            wanted: &wanted,
            pull: plan.pull,
        };
        self.read(tokens, to)?;
        beam(self.model.as_mut(), &search)
    }

    /// The wordings of a plan in pieces.
    pub(crate) fn wanted(&self, plan: &Plan, to: Lang) -> Result<Vec<Wanted>, MtError> {
        let mut wanted = Vec::with_capacity(plan.wanted.len());
        for wordings in &plan.wanted {
            let mut options = Vec::with_capacity(wordings.len());
            for wording in wordings {
                // A wanted wording begins a word, so its first piece holds the space.
                options.push(self.model.encode(&format!(" {wording}"), to)?);
            }
            wanted.push(Wanted { options });
        }
        Ok(wanted)
    }

    /// Has the model stand right after this source, reading it only if it has not just done so.
    pub(crate) fn read(&mut self, tokens: Vec<Token>, to: Lang) -> Result<(), MtError> {
        let source = Some((tokens, to));
        if self.read == source {
            self.model.rewind();
        } else if let Some((tokens, _)) = &source {
            self.read = None;
            self.model.begin(tokens, to)?;
            self.read = source;
        }
        Ok(())
    }
}

/// Most target pieces. Targets of the training text have at most 1.5 times the source's pieces
/// and 10 more.
pub(crate) fn limit(source: &[Token]) -> usize {
    source.len() * 2 + 16
}

/// What must be written may be written.
pub(crate) fn allowing(forbidden: &[bool], wanted: &[Wanted]) -> Vec<bool> {
    let mut forbidden = forbidden.to_vec();
    for token in wanted.iter().flat_map(|w| w.options.iter().flatten()) {
        if let Some(no) = forbidden.get_mut(*token as usize) {
            *no = false;
        }
    }
    forbidden
}

/// The translation of a text that the model need not or cannot see, if it is one.
pub(crate) fn pass_through(words: &str, pictures: &str, from: Lang) -> Option<Translation> {
    let as_it_is = |confidence: f32, warning: Option<MtWarning>| {
        let text = [words, pictures]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        Some(Translation {
            text,
            confidence,
            warnings: warning.into_iter().collect(),
            verified: false,
        })
    };
    if words.is_empty() && pictures.is_empty() {
        return as_it_is(1.0, None);
    }
    let letters = Letters::count(words);
    if letters.total() == 0 {
        // Digits read the same in both languages.
        return match words.chars().any(|c| c.is_numeric()) {
            true => as_it_is(1.0, None),
            false => as_it_is(0.0, Some(MtWarning::NothingToTranslate)),
        };
    }
    if let Some(text) = guard::only_a_name(words, from) {
        return Some(Translation {
            text,
            confidence: 1.0,
            warnings: Vec::new(),
            verified: false,
        });
    }
    let kind = match guard::without_addresses(words) {
        rest if Letters::count(&rest).total() == 0 => Kind::Same,
        rest => language::kind(&rest, from),
    };
    match kind {
        Kind::Same => as_it_is(1.0, None),
        Kind::Other => as_it_is(0.0, Some(MtWarning::WrongLanguage)),
        Kind::Expected | Kind::Neighbour => None,
    }
}

#[cfg(test)]
mod tests;
