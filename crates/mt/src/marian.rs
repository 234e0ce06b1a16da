//! The encoder-decoder family: Marian models as OPUS-MT publishes them, exported with Optimum.
//!
//! The encoder reads the source once. The decoder's first step also computes every layer's keys and
//! values over the source; they stay for the whole target. Pieces come from two SentencePiece models
//! (`source.spm`, `target.spm`) and get their numbers from one `vocab.json`. Models with several
//! target languages are told which by a first piece such as `>>ukr<<`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ort::session::{Session, SessionInputValue};
use ort::value::{DynValue, Tensor};
use sentencepiece_rs::SentencePieceProcessor;
use serde::Deserialize;
use tolkebot_protocol::Lang;

use crate::MtError;
use crate::config::MarianSpec;
use crate::model::{Model, Move, Token};
use crate::reorder;

/// A source that the encoder has read.
struct Source {
    /// `last_hidden_state`, f32 `[1, pieces, d_model]`.
    hidden: DynValue,
    /// Pieces of it, the end mark included.
    len: usize,
    /// Keys and values over the source, `encoder` half of the decoder's cache; one row.
    cross: Vec<DynValue>,
    /// `hidden` and `cross` again with as many rows as there are hypotheses, if more than one.
    wide: Option<Wide>,
}

/// What every hypothesis sees of the source: the same, a row for each.
struct Wide {
    rows: usize,
    hidden: Vec<DynValue>,
    cross: Vec<DynValue>,
}

/// Where the target stands.
struct State {
    /// Keys and values over the target, `decoder` half of the decoder's cache.
    own: Vec<DynValue>,
    /// Hypotheses: rows of `own`.
    rows: usize,
    /// Scores of the next piece, a vocabulary for each hypothesis.
    logits: Vec<f32>,
}

/// What does not change: shared by all who write with the same model.
struct Weights {
    spec: MarianSpec,
    to: Lang,
    source_pieces: SentencePieceProcessor,
    target_pieces: SentencePieceProcessor,
    numbers: HashMap<String, Token>,
    pieces: Vec<String>,
    unknown: Token,
    /// Says which target language is meant, where the model has several.
    tag: Option<Token>,
    encoder: Mutex<Session>,
    /// Locked for one step at a time, so that lines take turns. Rows of different lengths can't share a run: the
    /// exported graph counts positions from the longest.
    decoder: Mutex<Session>,
    own: Names,
    cross: Names,
}

/// A Marian translator on ONNX Runtime. It knows one target language.
pub(crate) struct Marian {
    weights: Arc<Weights>,
    source: Option<Source>,
    /// Right after the source: kept so that another attempt does not read the source again.
    first: Option<State>,
    current: Option<State>,
}

/// Names of a cache's inputs and outputs, in one order.
struct Names {
    past: Vec<String>,
    present: Vec<String>,
}

impl Names {
    fn new(layers: usize, half: &str) -> Names {
        let all = |prefix: &str| {
            (0..layers)
                .flat_map(|n| ["key", "value"].map(|kv| format!("{prefix}.{n}.{half}.{kv}")))
                .collect()
        };
        Names {
            past: all("past_key_values"),
            present: all("present"),
        }
    }
}

impl Marian {
    /// Loads the tokenizer files of `dir` around two sessions.
    ///
    /// # Errors
    /// [`MtError::Read`], [`MtError::Config`] for files that are missing or damaged,
    /// [`MtError::Shape`] for graphs with other inputs or outputs than Optimum's merged decoder.
    pub(crate) fn load(
        dir: &Path,
        spec: MarianSpec,
        encoder: Session,
        decoder: Session,
    ) -> Result<Marian, MtError> {
        let read = |name: &str| {
            let path = dir.join(name);
            fs::read_to_string(&path).map_err(|e| MtError::Read {
                path,
                reason: e.to_string(),
            })
        };
        let open = |name: &str| {
            let path = dir.join(name);
            SentencePieceProcessor::open(&path).map_err(|e| MtError::Read {
                path,
                reason: e.to_string(),
            })
        };
        let vocabulary = dir.join("vocab.json");
        let bad = |reason: String| MtError::Config {
            path: vocabulary.clone(),
            reason,
        };
        let numbers: HashMap<String, Token> =
            serde_json::from_str(&read("vocab.json")?).map_err(|e| bad(e.to_string()))?;
        let mut pieces = vec![String::new(); spec.vocab_size];
        for (piece, &number) in &numbers {
            let place = pieces.get_mut(number as usize).ok_or_else(|| {
                bad(format!(
                    "piece `{piece}` has number {number}, but config.json says {} pieces",
                    spec.vocab_size
                ))
            })?;
            place.clone_from(piece);
        }
        let unknown = *numbers
            .get("<unk>")
            .ok_or_else(|| bad("there is no piece `<unk>`".to_owned()))?;
        let (to, tag) = target(&numbers, &read("tokenizer_config.json").unwrap_or_default())
            .ok_or_else(|| MtError::Unsupported {
                path: dir.to_path_buf(),
                family: "marian, with neither Danish nor Ukrainian as its target".to_owned(),
            })?;
        let (own, cross) = (
            Names::new(spec.decoder_layers, "decoder"),
            Names::new(spec.decoder_layers, "encoder"),
        );
        let has_input = |s: &Session, n: &str| s.inputs().iter().any(|i| i.name() == n);
        for name in ["input_ids", "encoder_attention_mask", "use_cache_branch"]
            .into_iter()
            .chain(own.past.iter().chain(&cross.past).map(String::as_str))
        {
            if !has_input(&decoder, name) {
                return Err(MtError::Shape(format!(
                    "decoder_model_merged.onnx has no input `{name}`"
                )));
            }
        }
        for name in ["input_ids", "attention_mask"] {
            if !has_input(&encoder, name) {
                return Err(MtError::Shape(format!(
                    "encoder_model.onnx has no input `{name}`"
                )));
            }
        }
        let weights = Weights {
            source_pieces: open("source.spm")?,
            target_pieces: open("target.spm")?,
            spec,
            to,
            numbers,
            pieces,
            unknown,
            tag,
            encoder: Mutex::new(encoder),
            decoder: Mutex::new(decoder),
            own,
            cross,
        };
        Ok(Marian::over(Arc::new(weights)))
    }

    fn over(weights: Arc<Weights>) -> Marian {
        Marian {
            weights,
            source: None,
            first: None,
            current: None,
        }
    }

    /// One step of the decoder, a piece for each row. `past`: the targets so far; `None` at the
    /// beginning, where there is one row and the source's keys and values are computed too.
    fn step(&mut self, tokens: &[Token], past: Option<Vec<DynValue>>) -> Result<State, MtError> {
        let Some(source) = self.source.as_mut() else {
            return Err(MtError::Shape("no source was read".to_owned()));
        };
        let first = past.is_none();
        let mut decoder = lock(&self.weights.decoder);
        let count = tokens.len();
        source.widen(count)?;
        let (hidden, cross) = match &source.wide {
            Some(wide) => (wide.hidden.first(), &wide.cross),
            None => (Some(&source.hidden), &source.cross),
        };
        let hidden = hidden.ok_or_else(|| MtError::Shape("no source was read".to_owned()))?;
        let heads = self.weights.spec.decoder_attention_heads;
        let empty = [1, heads, 0, self.weights.spec.d_model / heads];
        let ids: Vec<i64> = tokens.iter().map(|&t| i64::from(t)).collect();
        let seen = vec![1_i64; count * source.len];
        let mut inputs: Vec<(&str, SessionInputValue<'_>)> = vec![
            ("input_ids", Tensor::from_array(([count, 1], ids))?.into()),
            (
                "encoder_attention_mask",
                Tensor::from_array(([count, source.len], seen))?.into(),
            ),
            ("encoder_hidden_states", hidden.into()),
            (
                "use_cache_branch",
                Tensor::from_array(([1], vec![!first]))?.into(),
            ),
        ];
        let (own_names, cross_names) = (&self.weights.own.past, &self.weights.cross.past);
        match past {
            Some(own) => {
                let own = own_names.iter().map(String::as_str).zip(own);
                inputs.extend(own.map(|(name, value)| (name, value.into())));
                let cross = cross_names.iter().map(String::as_str).zip(cross);
                inputs.extend(cross.map(|(name, value)| (name, value.into())));
            }
            None => {
                for name in own_names.iter().chain(cross_names) {
                    // The allocator gives a pointer that the runtime accepts for zero elements.
                    let none = Tensor::<f32>::new(decoder.allocator(), empty)?;
                    inputs.push((name, none.into()));
                }
            }
        }
        let mut outputs = decoder.run(inputs)?;
        let mut take = |name: &str| {
            outputs
                .remove(name)
                .ok_or_else(|| MtError::Shape(format!("the decoder returned no `{name}`")))
        };
        let scores = take("logits")?;
        let (shape, scores) = scores.try_extract_tensor::<f32>()?;
        let vocab = self.weights.spec.vocab_size;
        if scores.len() != count * vocab {
            return Err(MtError::Shape(format!(
                "logits have shape {shape:?}, expected [{count}, 1, {vocab}]"
            )));
        }
        let mut logits = scores.to_vec();
        // The models were never taught not to write it: Marian's own decoder forbids it as well.
        for row in logits.chunks_exact_mut(vocab) {
            row[self.weights.spec.pad_token_id as usize] = f32::NEG_INFINITY;
        }
        let own = self
            .weights
            .own
            .present
            .iter()
            .map(|name| take(name))
            .collect::<Result<Vec<_>, _>>()?;
        if first {
            source.cross = self
                .weights
                .cross
                .present
                .iter()
                .map(|name| take(name))
                .collect::<Result<Vec<_>, _>>()?;
        }
        Ok(State {
            own,
            rows: count,
            logits,
        })
    }
}

impl Source {
    /// Sees to it that every one of `rows` hypotheses finds the source in its row.
    fn widen(&mut self, rows: usize) -> Result<(), MtError> {
        if rows <= 1 {
            self.wide = None;
        } else if self.wide.as_ref().is_none_or(|wide| wide.rows != rows) {
            let same = vec![0; rows];
            self.wide = Some(Wide {
                rows,
                hidden: reorder::rows(std::slice::from_ref(&self.hidden), &same)?,
                cross: reorder::rows(&self.cross, &same)?,
            });
        }
        Ok(())
    }
}

fn lock(session: &Mutex<Session>) -> MutexGuard<'_, Session> {
    // Nothing lasts from one run to the next.
    session.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The target language and the piece that asks for it.
fn target(numbers: &HashMap<String, Token>, tokenizer: &str) -> Option<(Lang, Option<Token>)> {
    for (lang, tag) in [(Lang::Uk, ">>ukr<<"), (Lang::Da, ">>dan<<")] {
        if let Some(&number) = numbers.get(tag) {
            return Some((lang, Some(number)));
        }
    }
    #[derive(Deserialize)]
    struct Tokenizer {
        target_lang: String,
    }
    let tokenizer: Tokenizer = serde_json::from_str(tokenizer).ok()?;
    match tokenizer.target_lang.as_str() {
        "uk" | "ukr" => Some((Lang::Uk, None)),
        "da" | "dan" => Some((Lang::Da, None)),
        _ => None,
    }
}

impl Model for Marian {
    fn only_into(&self) -> Option<Lang> {
        Some(self.weights.to)
    }

    fn encode(&self, text: &str, lang: Lang) -> Result<Vec<Token>, MtError> {
        let pieces = if lang == self.weights.to {
            &self.weights.target_pieces
        } else {
            &self.weights.source_pieces
        };
        let pieces = pieces
            .encode(text)
            .map_err(|e| MtError::Tokenizer(e.to_string()))?;
        let number = |piece: &String| {
            self.weights
                .numbers
                .get(piece)
                .copied()
                .unwrap_or(self.weights.unknown)
        };
        Ok(pieces.iter().map(number).collect())
    }

    fn decode(&self, tokens: &[Token]) -> Result<String, MtError> {
        // Numbers without a piece of the target's model (tags, the unknown piece) have no text.
        let pieces: Vec<&str> = tokens
            .iter()
            .filter_map(|&t| self.weights.pieces.get(t as usize))
            .map(String::as_str)
            .filter(|p| !p.starts_with(">>") && *p != "<unk>" && *p != "</s>")
            .collect();
        self.weights
            .target_pieces
            .decode_pieces(&pieces)
            .map_err(|e| MtError::Tokenizer(e.to_string()))
    }

    fn pieces(&self) -> Vec<&str> {
        self.weights.pieces.iter().map(String::as_str).collect()
    }

    fn eos(&self) -> Token {
        self.weights.spec.eos_token_id
    }

    fn begin(&mut self, source: &[Token], to: Lang) -> Result<(), MtError> {
        if to != self.weights.to {
            return Err(MtError::OneWay(self.weights.to));
        }
        let mut ids: Vec<i64> = Vec::with_capacity(source.len() + 2);
        ids.extend(self.weights.tag.map(i64::from));
        ids.extend(source.iter().map(|&t| i64::from(t)));
        ids.push(i64::from(self.weights.spec.eos_token_id));
        let len = ids.len();
        let mut encoder = lock(&self.weights.encoder);
        let mut outputs = encoder.run(ort::inputs![
            "input_ids" => Tensor::from_array(([1, len], ids))?,
            "attention_mask" => Tensor::from_array(([1, len], vec![1_i64; len]))?,
        ])?;
        let hidden = outputs
            .remove("last_hidden_state")
            .ok_or_else(|| MtError::Shape("the encoder returned no hidden state".to_owned()))?;
        drop(outputs);
        drop(encoder);
        self.source = Some(Source {
            hidden,
            len,
            cross: Vec::new(),
            wide: None,
        });
        self.current = None;
        self.first = Some(self.step(&[self.weights.spec.decoder_start_token_id], None)?);
        Ok(())
    }

    fn rewind(&mut self) {
        self.current = None;
    }

    fn advance(&mut self, moves: &[Move]) -> Result<(), MtError> {
        let tokens: Vec<Token> = moves.iter().map(|m| m.token).collect();
        let parents: Vec<usize> = moves.iter().map(|m| m.parent).collect();
        let past = match self.current.take() {
            Some(state) if parents.iter().copied().eq(0..state.rows) => state.own,
            Some(state) => reorder::rows(&state.own, &parents)?,
            // The first state is needed again for another attempt; it is one position long.
            None => match &self.first {
                Some(first) => reorder::rows(&first.own, &parents)?,
                None => return Err(MtError::Shape("no source was read".to_owned())),
            },
        };
        self.current = Some(self.step(&tokens, Some(past))?);
        Ok(())
    }

    fn another(&self) -> Box<dyn Model> {
        Box::new(Marian::over(Arc::clone(&self.weights)))
    }

    fn logits(&self, hypothesis: usize) -> &[f32] {
        let start = hypothesis * self.weights.spec.vocab_size;
        self.current
            .as_ref()
            .or(self.first.as_ref())
            .and_then(|state| {
                state
                    .logits
                    .get(start..start + self.weights.spec.vocab_size)
            })
            .unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests;
