//! The decoder-only family: one sequence `<bos> source <to-language> target <eos>` with a KV cache.

use std::path::Path;

use ort::session::{Session, SessionInputValue};
use ort::value::{DynValue, Tensor};
use sentencepiece_rs::SentencePieceProcessor;
use tolkebot_protocol::Lang;

use crate::MtError;
use crate::config::DecoderOnlySpec;
use crate::model::{Model, Move, Token};
use crate::reorder::rows;

/// Keys and values of every layer for the positions fed so far.
struct Cache {
    /// `past_key_values.*` in the order of `DecoderOnly::past_names`.
    values: Vec<DynValue>,
    /// Positions that the cache covers.
    len: usize,
    /// Hypotheses, one row of every value each.
    rows: usize,
    /// Scores of the piece after the last position, a vocabulary for each hypothesis.
    logits: Vec<f32>,
}

/// A decoder-only translator on ONNX Runtime.
pub(crate) struct DecoderOnly {
    spec: DecoderOnlySpec,
    tokenizer: SentencePieceProcessor,
    session: Session,
    past_names: Vec<String>,
    present_names: Vec<String>,
    /// Graphs with fused rotary attention count the positions themselves.
    has_positions: bool,
    /// State after the source: kept so that another attempt does not read the source again.
    prompt: Cache,
    /// State after the target pieces so far; `None` right after the source.
    current: Option<Cache>,
}

impl DecoderOnly {
    /// Loads `model.onnx` and `tokenizer.model` of `dir`.
    pub(crate) fn load(
        dir: &Path,
        spec: DecoderOnlySpec,
        session: Session,
    ) -> Result<Self, MtError> {
        let path = dir.join("tokenizer.model");
        let tokenizer = SentencePieceProcessor::open(&path).map_err(|e| MtError::Read {
            path: path.clone(),
            reason: e.to_string(),
        })?;
        let pieces = tokenizer.model().pieces().len();
        if pieces != spec.vocab {
            return Err(MtError::Shape(format!(
                "{} has {pieces} pieces, config.json says {}",
                path.display(),
                spec.vocab
            )));
        }
        let names = |prefix: &str| -> Vec<String> {
            (0..spec.layers)
                .flat_map(|n| ["key", "value"].map(|kv| format!("{prefix}.{n}.{kv}")))
                .collect()
        };
        let (past_names, present_names) = (names("past_key_values"), names("present"));
        let has_input = |n: &str| session.inputs().iter().any(|i| i.name() == n);
        let has_output = |n: &str| session.outputs().iter().any(|o| o.name() == n);
        let has_positions = has_input("position_ids");
        if let Some(n) = ["input_ids", "attention_mask"]
            .into_iter()
            .chain(past_names.iter().map(String::as_str))
            .find(|n| !has_input(n))
        {
            return Err(MtError::Shape(format!("model.onnx has no input `{n}`")));
        }
        if let Some(n) = std::iter::once("logits")
            .chain(present_names.iter().map(String::as_str))
            .find(|n| !has_output(n))
        {
            return Err(MtError::Shape(format!("model.onnx has no output `{n}`")));
        }
        let prompt = Cache {
            values: Vec::new(),
            len: 0,
            rows: 1,
            logits: Vec::new(),
        };
        Ok(DecoderOnly {
            spec,
            tokenizer,
            session,
            past_names,
            present_names,
            has_positions,
            prompt,
            current: None,
        })
    }

    /// Runs the model over `feed`, `rows` rows of pieces, after the positions of `past`.
    fn step(&mut self, feed: &[Token], rows: usize, past: Past) -> Result<Cache, MtError> {
        let before = match &past {
            Past::Empty => 0,
            Past::Prompt => self.prompt.len,
            Past::Moved(_, len) => *len,
        };
        let new = feed.len() / rows.max(1);
        let len = before + new;
        let ids: Vec<i64> = feed.iter().map(|&t| i64::from(t)).collect();
        let mut inputs: Vec<(&str, SessionInputValue<'_>)> = vec![
            ("input_ids", Tensor::from_array(([rows, new], ids))?.into()),
            (
                "attention_mask",
                Tensor::from_array(([rows, len], vec![1_i64; rows * len]))?.into(),
            ),
        ];
        if self.has_positions {
            let positions = (before as i64..len as i64).collect::<Vec<_>>().repeat(rows);
            inputs.push((
                "position_ids",
                Tensor::from_array(([rows, new], positions))?.into(),
            ));
        }
        let names = self.past_names.iter().map(String::as_str);
        match past {
            Past::Empty => {
                let shape = [1, self.spec.kv_heads, 0, self.spec.head_dim];
                for name in names {
                    // The allocator gives a pointer that the runtime accepts for zero elements.
                    let empty = Tensor::<f32>::new(self.session.allocator(), shape)?;
                    inputs.push((name, empty.into()));
                }
            }
            Past::Prompt => inputs.extend(names.zip(self.prompt.values.iter().map(Into::into))),
            Past::Moved(values, _) => inputs.extend(names.zip(values.into_iter().map(Into::into))),
        }
        let mut outputs = self.session.run(inputs)?;
        let take = |outputs: &mut ort::session::SessionOutputs<'_>, name: &str| {
            outputs
                .remove(name)
                .ok_or_else(|| MtError::Shape(format!("the model returned no `{name}`")))
        };
        let logits = take(&mut outputs, "logits")?;
        let (shape, scores) = logits.try_extract_tensor::<f32>()?;
        let vocab = self.spec.vocab;
        // A graph may work out the scores of the last position only.
        let given = if shape.get(1) == Some(&1) { 1 } else { new };
        let right = [rows as i64, given as i64, vocab as i64];
        let complete = shape.iter().eq(&right) && scores.len() == rows * given * vocab;
        if !complete {
            return Err(MtError::Shape(format!(
                "logits have shape {shape:?}, expected [{rows}, {new} or 1, {vocab}]"
            )));
        }
        let logits = scores
            .chunks_exact(given * vocab)
            .flat_map(|row| &row[(given - 1) * vocab..])
            .copied()
            .collect();
        let values = self
            .present_names
            .iter()
            .map(|name| take(&mut outputs, name))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Cache {
            values,
            len,
            rows,
            logits,
        })
    }
}

/// Where a step's past comes from.
enum Past {
    Empty,
    Prompt,
    /// Values, and the positions that they cover.
    Moved(Vec<DynValue>, usize),
}

impl Model for DecoderOnly {
    fn encode(&self, text: &str, _lang: Lang) -> Result<Vec<Token>, MtError> {
        let ids = self
            .tokenizer
            .encode_to_ids(text)
            .map_err(|e| MtError::Tokenizer(e.to_string()))?;
        Ok(ids.into_iter().map(|id| id as Token).collect())
    }

    fn decode(&self, tokens: &[Token]) -> Result<String, MtError> {
        let ids: Vec<usize> = tokens.iter().map(|&t| t as usize).collect();
        self.tokenizer
            .decode_ids(&ids)
            .map_err(|e| MtError::Tokenizer(e.to_string()))
    }

    fn pieces(&self) -> Vec<&str> {
        self.tokenizer
            .model()
            .pieces()
            .iter()
            .map(|p| p.piece.as_str())
            .collect()
    }

    fn eos(&self) -> Token {
        self.spec.eos
    }

    fn begin(&mut self, source: &[Token], to: Lang) -> Result<(), MtError> {
        let target = match to {
            Lang::Da => self.spec.to_da,
            Lang::Uk => self.spec.to_uk,
        };
        let mut feed = Vec::with_capacity(source.len() + 2);
        feed.push(self.spec.bos);
        feed.extend_from_slice(source);
        feed.push(target);
        self.current = None;
        self.prompt = self.step(&feed, 1, Past::Empty)?;
        Ok(())
    }

    fn rewind(&mut self) {
        self.current = None;
    }

    fn advance(&mut self, moves: &[Move]) -> Result<(), MtError> {
        let feed: Vec<Token> = moves.iter().map(|m| m.token).collect();
        let parents: Vec<usize> = moves.iter().map(|m| m.parent).collect();
        let stays = |rows: usize| parents.iter().copied().eq(0..rows);
        let past = match self.current.take() {
            Some(cache) if stays(cache.rows) => Past::Moved(cache.values, cache.len),
            Some(cache) => Past::Moved(rows(&cache.values, &parents)?, cache.len),
            None if stays(1) => Past::Prompt,
            None => Past::Moved(rows(&self.prompt.values, &parents)?, self.prompt.len),
        };
        self.current = Some(self.step(&feed, moves.len(), past)?);
        Ok(())
    }

    fn force(&mut self, tokens: &[Token]) -> Result<(), MtError> {
        if !tokens.is_empty() {
            self.current = Some(self.step(tokens, 1, Past::Prompt)?);
        }
        Ok(())
    }

    fn logits(&self, hypothesis: usize) -> &[f32] {
        let cache = self.current.as_ref().unwrap_or(&self.prompt);
        let start = hypothesis * self.spec.vocab;
        cache
            .logits
            .get(start..start + self.spec.vocab)
            .unwrap_or(&[])
    }
}
