//! Settings of a translator and the description that lies beside a model.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::{Glossary, MtError, Phrases};

/// How to translate. `MtConfig::default()` is what the product uses.
#[derive(Debug, Clone)]
pub struct MtConfig {
    /// Threads of one translator. One is best on a shared machine: a translator per worker.
    pub threads: usize,
    /// Longest text that is accepted, in characters.
    pub max_chars: usize,
    /// Longest stretch that the model sees at once, in tokenizer pieces. Longer text is split at
    /// sentence ends, else at clauses, else between words. The starter model was trained on
    /// sources of up to 88 pieces.
    pub max_pieces: usize,
    /// Hypotheses that are followed side by side; 1 is greedy. See `docs/benchmarks.md` for what
    /// they cost and what they are worth. At most [`MtConfig::MAX_BEAM`].
    pub beam: usize,
    /// Whether values are compared and failed attempts are repeated another way.
    pub guard: bool,
    /// Utterances that need no model; `None`: everything goes to it.
    pub phrases: Option<Arc<Phrases>>,
    /// Terms that must come out right; `None`: the model's own words.
    pub glossary: Option<Arc<Glossary>>,
    /// Most attempts for one stretch, the first included. Each costs about one translation.
    pub max_attempts: usize,
}

impl MtConfig {
    /// More hypotheses cost time and find nothing better.
    pub const MAX_BEAM: usize = 16;
}

impl Default for MtConfig {
    fn default() -> Self {
        MtConfig {
            threads: 1,
            max_chars: 20_000,
            max_pieces: 90,
            beam: 4,
            guard: true,
            phrases: Some(Phrases::embedded()),
            glossary: Some(Glossary::embedded()),
            max_attempts: 4,
        }
    }
}

/// `config.json` of a decoder-only translator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct DecoderOnlySpec {
    pub bos: u32,
    pub eos: u32,
    pub to_uk: u32,
    pub to_da: u32,
    pub layers: usize,
    pub kv_heads: usize,
    pub head_dim: usize,
    pub vocab: usize,
}

/// `config.json` of a Marian encoder-decoder as the Transformers library writes it (OPUS-MT).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct MarianSpec {
    pub d_model: usize,
    pub decoder_layers: usize,
    pub decoder_attention_heads: usize,
    pub vocab_size: usize,
    pub eos_token_id: u32,
    pub pad_token_id: u32,
    pub decoder_start_token_id: u32,
}

/// What the model folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ModelSpec {
    DecoderOnly(DecoderOnlySpec),
    Marian(MarianSpec),
}

/// The members of a configuration that tell which family a model belongs to.
#[derive(Deserialize)]
struct Family {
    model_type: Option<String>,
    #[serde(default)]
    is_encoder_decoder: bool,
}

impl MarianSpec {
    fn check(&self) -> Result<(), String> {
        let sizes = [
            self.d_model,
            self.decoder_layers,
            self.decoder_attention_heads,
        ];
        if sizes.iter().any(|&n| n == 0 || n > 4096) || !self.d_model.is_multiple_of(sizes[2]) {
            return Err(format!(
                "d_model, decoder_layers and decoder_attention_heads must lie in 1..=4096 and \
                 the heads divide d_model, not {sizes:?}"
            ));
        }
        let highest = [
            self.eos_token_id,
            self.pad_token_id,
            self.decoder_start_token_id,
        ]
        .into_iter()
        .max()
        .unwrap_or(0);
        if highest as usize >= self.vocab_size {
            return Err(format!(
                "token {highest} lies outside the vocabulary of {} pieces",
                self.vocab_size
            ));
        }
        Ok(())
    }
}

impl ModelSpec {
    /// Reads `dir/config.json` and says which family of models it is.
    pub(crate) fn read(dir: &Path) -> Result<ModelSpec, MtError> {
        let path = dir.join("config.json");
        let text = fs::read_to_string(&path).map_err(|e| MtError::Read {
            path: path.clone(),
            reason: e.to_string(),
        })?;
        let bad = |reason: String| MtError::Config {
            path: path.clone(),
            reason,
        };
        let family: Family = serde_json::from_str(&text).map_err(|e| bad(e.to_string()))?;
        let unsupported = |family: &str| MtError::Unsupported {
            path: dir.to_path_buf(),
            family: family.to_owned(),
        };
        match family.model_type.as_deref() {
            None | Some("decoder-only") if !family.is_encoder_decoder => {}
            Some("marian") => {
                let spec: MarianSpec =
                    serde_json::from_str(&text).map_err(|e| bad(e.to_string()))?;
                spec.check().map_err(bad)?;
                return Ok(ModelSpec::Marian(spec));
            }
            None => return Err(unsupported("encoder-decoder")),
            Some(other) => return Err(unsupported(other)),
        }
        let spec: DecoderOnlySpec = serde_json::from_str(&text).map_err(|e| bad(e.to_string()))?;
        let highest = [spec.bos, spec.eos, spec.to_uk, spec.to_da]
            .into_iter()
            .max()
            .unwrap_or(0);
        if highest as usize >= spec.vocab {
            return Err(bad(format!(
                "token {highest} lies outside the vocabulary of {} pieces",
                spec.vocab
            )));
        }
        let sizes = [spec.layers, spec.kv_heads, spec.head_dim];
        if sizes.iter().any(|&n| n == 0 || n > 4096) {
            return Err(bad(format!(
                "layers, kv_heads and head_dim must lie in 1..=4096, not {sizes:?}"
            )));
        }
        Ok(ModelSpec::DecoderOnly(spec))
    }
}
