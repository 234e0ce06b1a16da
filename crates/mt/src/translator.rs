//! Text in, text out: cleaning, splitting, attempts and their checks.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tolkebot_models::{Store, onnx};
use tolkebot_protocol::Lang;

use crate::config::ModelSpec;
use crate::decoder_only::DecoderOnly;
use crate::model::Model;
use crate::pieces::Pieces;
use crate::search::{End, Hypothesis, Search, greedy};
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
}

/// One translation model with its state: give each worker its own.
pub struct Translator {
    model: Box<dyn Model>,
    pieces: Pieces,
    config: MtConfig,
}

impl std::fmt::Debug for Translator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Translator")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Translator {
    /// Loads the model of a folder (`config.json`, `model.onnx`, `tokenizer.model`).
    ///
    /// # Errors
    /// [`MtError::Unsupported`] for a model family that this build cannot run, [`MtError::Read`],
    /// [`MtError::Config`], [`MtError::Shape`] for a damaged folder, [`MtError::Models`] if ONNX
    /// Runtime is missing.
    pub fn load(dir: &Path, config: &MtConfig) -> Result<Translator, MtError> {
        let ModelSpec::DecoderOnly(spec) = ModelSpec::read(dir)?;
        // A caller with a store of its own has initialised the runtime from there already.
        if let Ok(store) = Store::locate() {
            onnx::init(&store)?;
        }
        let session = onnx::session(&dir.join("model.onnx"), config.threads)?;
        let model = DecoderOnly::load(dir, spec, session)?;
        Ok(Translator::over(Box::new(model), config))
    }

    pub(crate) fn over(model: Box<dyn Model>, config: &MtConfig) -> Translator {
        let pieces = Pieces::new(&model.pieces(), model.eos());
        Translator {
            model,
            pieces,
            config: config.clone(),
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
        let model = &self.model;
        let mut count = |s: &str| model.encode(s, from).map(|t| t.len());
        let stretches = text::stretches(&words, self.config.max_pieces, &mut count)?;
        let mut parts = Vec::with_capacity(stretches.len() + 1);
        let mut warnings = Vec::new();
        let (mut weighted, mut pieces) = (0.0_f64, 0_usize);
        for stretch in &stretches {
            let part = match pass_through(stretch, "", from) {
                Some(t) => Stretch {
                    text: t.text,
                    confidence: 1.0,
                    pieces: 1,
                    warnings: t.warnings,
                },
                None => self.stretch(stretch, to)?,
            };
            weighted += f64::from(part.confidence) * part.pieces as f64;
            pieces += part.pieces;
            for warning in part.warnings {
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
            }
            if !part.text.is_empty() {
                parts.push(part.text);
            }
        }
        if !pictures.is_empty() {
            parts.push(pictures);
        }
        Ok(Translation {
            text: parts.join(" "),
            confidence: (weighted / pieces.max(1) as f64) as f32,
            warnings,
        })
    }

    /// Translates a stretch that the model can take as a whole.
    fn stretch(&mut self, source: &str, to: Lang) -> Result<Stretch, MtError> {
        let tokens = self.model.encode(source, to.other())?;
        let forbidden = self.pieces.forbidden(source, to);
        // Targets of the training text have at most 1.5 times the source's pieces and 10 more.
        let limit = tokens.len() * 2 + 16;
        self.model.begin(&tokens, to)?;
        let plain = Search {
            limit,
            forbidden: &forbidden,
            repetition_penalty: 1.0,
            wanted: &[],
            pull: 0.0,
        };
        let mut hypothesis = greedy(self.model.as_mut(), &plain)?;
        if hypothesis.end != End::Finished && self.config.guard {
            for repetition_penalty in [1.15, 1.4] {
                self.model.rewind();
                let again = Search {
                    repetition_penalty,
                    ..plain.clone()
                };
                hypothesis = greedy(self.model.as_mut(), &again)?;
                if hypothesis.end == End::Finished {
                    break;
                }
            }
        }
        self.finish(&hypothesis)
    }

    fn finish(&self, hypothesis: &Hypothesis) -> Result<Stretch, MtError> {
        let text = self.model.decode(&hypothesis.tokens)?;
        let warnings = match hypothesis.end {
            End::Finished => Vec::new(),
            End::Limit => vec![MtWarning::Unfinished],
            End::Loop => vec![MtWarning::Repetition],
        };
        Ok(Stretch {
            text: text.trim().to_owned(),
            confidence: hypothesis.confidence(),
            pieces: hypothesis.log_probabilities.len().max(1),
            warnings,
        })
    }
}

/// The translation of a text that the model need not or cannot see, if it is one.
fn pass_through(words: &str, pictures: &str, from: Lang) -> Option<Translation> {
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
    None
}
