//! The decoder-only family: one sequence `<bos> source <to-language> target <eos>` with a KV cache.

use std::path::Path;
use std::sync::Arc;

use ort::session::Session;
use sentencepiece_rs::SentencePieceProcessor;
use tolkebot_protocol::Lang;

use crate::MtError;
use crate::batch::{Batch, Fed, Feed, Graph, Row, Seat};
use crate::config::DecoderOnlySpec;
use crate::model::{Model, Move, Token};

/// A decoder-only translator on ONNX Runtime: a seat at a model that others may use at the same time.
pub(crate) struct DecoderOnly {
    spec: DecoderOnlySpec,
    tokenizer: Arc<SentencePieceProcessor>,
    seat: Seat,
    /// State after the source: kept so that another attempt does not read the source again.
    prompt: Option<Fed>,
    /// State after the target pieces so far; `None` right after the source.
    current: Option<Fed>,
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
        let graph = Graph::new(spec.clone(), session)?;
        Ok(DecoderOnly {
            spec,
            tokenizer: Arc::new(tokenizer),
            seat: Seat::new(Arc::new(Batch::new(graph))),
            prompt: None,
            current: None,
        })
    }

    /// The state that the next piece goes behind.
    fn state(&self) -> Result<&Fed, MtError> {
        let state = self.current.as_ref().or(self.prompt.as_ref());
        state.ok_or_else(|| MtError::Shape("no source was read".to_owned()))
    }
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
        let mut tokens = Vec::with_capacity(source.len() + 2);
        tokens.push(self.spec.bos);
        tokens.extend_from_slice(source);
        tokens.push(target);
        self.rewind();
        self.prompt = None;
        let rows = vec![Row::default()];
        self.prompt = Some(self.seat.feed(Feed { rows, tokens })?);
        Ok(())
    }

    fn rewind(&mut self) {
        self.seat.rest();
        self.current = None;
    }

    fn advance(&mut self, moves: &[Move]) -> Result<(), MtError> {
        let before = &self.state()?.rows;
        let rows = moves.iter().map(|m| before.get(m.parent).cloned());
        let rows = rows
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| MtError::Shape(format!("there are only {} hypotheses", before.len())))?;
        let tokens = moves.iter().map(|m| m.token).collect();
        self.current = Some(self.seat.feed(Feed { rows, tokens })?);
        Ok(())
    }

    fn force(&mut self, tokens: &[Token]) -> Result<(), MtError> {
        if !tokens.is_empty() {
            let (rows, tokens) = (self.state()?.rows.clone(), tokens.to_vec());
            self.current = Some(self.seat.feed(Feed { rows, tokens })?);
        }
        Ok(())
    }

    fn rest(&mut self) {
        self.seat.rest();
    }

    fn logits(&self, hypothesis: usize) -> &[f32] {
        let start = hypothesis * self.spec.vocab;
        let scores = self.state().map_or(&[][..], |state| &state.scores);
        scores.get(start..start + self.spec.vocab).unwrap_or(&[])
    }

    fn another(&self) -> Box<dyn Model> {
        Box::new(DecoderOnly {
            spec: self.spec.clone(),
            tokenizer: Arc::clone(&self.tokenizer),
            seat: self.seat.another(),
            prompt: None,
            current: None,
        })
    }
}
