//! Reader of Whisper models as Transformers saves them: safetensors and `config.json`.
//!
//! A safetensors file is a u64 header length, a JSON header that gives each tensor's type, shape
//! and place, and the data, row-major and little-endian.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use safetensors::Dtype;
use safetensors::tensor::Metadata;
use serde::Deserialize;

use super::weights::{Number, Sizes, Tensor, Weights};
use super::wrong;
use crate::ModelError;

/// The format's own limit of a header's length, in bytes.
const LONGEST_HEADER: u64 = 100_000_000;

/// What is used of `config.json`.
#[derive(Debug, Deserialize)]
struct Config {
    model_type: String,
    vocab_size: u32,
    num_mel_bins: u32,
    d_model: u32,
    encoder_layers: u32,
    encoder_attention_heads: u32,
    encoder_ffn_dim: u32,
    decoder_layers: u32,
    decoder_attention_heads: u32,
    decoder_ffn_dim: u32,
    max_source_positions: u32,
    max_target_positions: u32,
    #[serde(default)]
    scale_embedding: bool,
    #[serde(default = "gelu")]
    activation_function: String,
}

fn gelu() -> String {
    "gelu".to_owned()
}

pub(super) fn read(shards: &[impl AsRef<Path>], config: &Path) -> Result<Weights, ModelError> {
    let sizes = sizes(config)?;
    let mut files = Vec::new();
    let mut theirs = HashMap::new();
    for shard in shards {
        let path = shard.as_ref();
        let file = open(path, files.len(), &mut theirs)?;
        files.push((path.to_path_buf(), file));
    }
    let first = files
        .first()
        .map_or_else(PathBuf::new, |(path, _)| path.clone());
    let tensors = sizes
        .tensors()
        .into_iter()
        .map(|(name, _)| {
            // Some programs save the inner model without the outer name.
            let wanted = their_name(&name);
            let tensor = theirs
                .remove(&wanted)
                .or_else(|| theirs.remove(wanted.strip_prefix("model.")?))
                .ok_or_else(|| wrong(&first, format!("no tensor `{wanted}`")))?;
            Ok((name, tensor))
        })
        .collect::<Result<_, ModelError>>()?;
    Ok(Weights {
        sizes,
        files,
        tensors,
    })
}

fn sizes(path: &Path) -> Result<Sizes, ModelError> {
    let text = std::fs::read(path).map_err(ModelError::io("read", path))?;
    let config: Config =
        serde_json::from_slice(&text).map_err(|error| wrong(path, error.to_string()))?;
    if config.model_type != "whisper" {
        return Err(wrong(
            path,
            format!("`{}` is not a Whisper model", config.model_type),
        ));
    }
    // whisper.cpp computes exactly this kind of model and would be silently wrong for another.
    if config.scale_embedding || config.activation_function != "gelu" {
        return Err(wrong(
            path,
            format!(
                "activation_function `{}`, scale_embedding {}: whisper.cpp computes only `gelu` without scaling",
                config.activation_function, config.scale_embedding
            ),
        ));
    }
    let wide = config.d_model.checked_mul(4);
    if Some(config.encoder_ffn_dim) != wide || Some(config.decoder_ffn_dim) != wide {
        return Err(wrong(
            path,
            format!(
                "feed-forward widths {} and {} are not four times d_model {}",
                config.encoder_ffn_dim, config.decoder_ffn_dim, config.d_model
            ),
        ));
    }
    let sizes = Sizes {
        vocab: config.vocab_size,
        audio_ctx: config.max_source_positions,
        audio_state: config.d_model,
        audio_head: config.encoder_attention_heads,
        audio_layer: config.encoder_layers,
        text_ctx: config.max_target_positions,
        text_state: config.d_model,
        text_head: config.decoder_attention_heads,
        text_layer: config.decoder_layers,
        mels: config.num_mel_bins,
    };
    sizes.check(path)?;
    Ok(sizes)
}

/// Adds one shard's tensors, under Transformers' names, to `all`.
fn open(path: &Path, index: usize, all: &mut HashMap<String, Tensor>) -> Result<File, ModelError> {
    let mut file = File::open(path).map_err(ModelError::io("open", path))?;
    let size = file.metadata().map_err(ModelError::io("open", path))?.len();
    let short = || wrong(path, format!("it ends too early, after {size} bytes"));
    if size < 8 {
        return Err(short());
    }
    let mut length = [0; 8];
    file.read_exact(&mut length)
        .map_err(ModelError::io("read", path))?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEADER || length > size - 8 {
        return Err(wrong(
            path,
            format!(
                "it is not a safetensors file, or cut off: its header should have {length} bytes and the file has {size}"
            ),
        ));
    }
    let mut header = vec![0; length as usize];
    file.read_exact(&mut header)
        .map_err(ModelError::io("read", path))?;
    // Metadata's own deserialisation checks that offsets are ordered and fit the shapes.
    let metadata: Metadata =
        serde_json::from_slice(&header).map_err(|error| wrong(path, error.to_string()))?;
    for (name, info) in metadata.tensors() {
        let (start, end) = info.data_offsets;
        if size - 8 - length < end as u64 {
            return Err(short());
        }
        let number = match info.dtype {
            Dtype::F32 => Number::F32,
            Dtype::F16 => Number::F16,
            Dtype::BF16 => Number::Bf16,
            // Whatever else a file holds is not a Whisper weight; if one is missing, it is named.
            _ => continue,
        };
        let shape: Option<Vec<u32>> = info.shape.iter().map(|&n| u32::try_from(n).ok()).collect();
        let Some(shape) = shape else { continue };
        all.insert(
            name,
            Tensor {
                file: index,
                offset: 8 + length + start as u64,
                number,
                shape,
            },
        );
    }
    Ok(file)
}

/// Transformers' name of a tensor.
fn their_name(name: &str) -> String {
    let mut parts = name.split('.');
    let side = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let theirs = match rest.as_slice() {
        ["positional_embedding"] => "embed_positions.weight".to_owned(),
        ["token_embedding", field] => format!("embed_tokens.{field}"),
        ["ln" | "ln_post", field] => format!("layer_norm.{field}"),
        ["blocks", layer, "attn_ln", field] => {
            format!("layers.{layer}.self_attn_layer_norm.{field}")
        }
        ["blocks", layer, "cross_attn_ln", field] => {
            format!("layers.{layer}.encoder_attn_layer_norm.{field}")
        }
        ["blocks", layer, "mlp_ln", field] => format!("layers.{layer}.final_layer_norm.{field}"),
        ["blocks", layer, "mlp", "0", field] => format!("layers.{layer}.fc1.{field}"),
        ["blocks", layer, "mlp", "2", field] => format!("layers.{layer}.fc2.{field}"),
        ["blocks", layer, attention, part, field] => {
            let attention = if *attention == "attn" {
                "self_attn"
            } else {
                "encoder_attn"
            };
            let part = match *part {
                "query" => "q_proj",
                "key" => "k_proj",
                "value" => "v_proj",
                _ => "out_proj",
            };
            format!("layers.{layer}.{attention}.{part}.{field}")
        }
        other => other.join("."),
    };
    format!("model.{side}.{theirs}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_transformers() {
        for (ours, theirs) in [
            ("encoder.conv1.weight", "model.encoder.conv1.weight"),
            (
                "encoder.positional_embedding",
                "model.encoder.embed_positions.weight",
            ),
            (
                "decoder.token_embedding.weight",
                "model.decoder.embed_tokens.weight",
            ),
            ("decoder.ln.bias", "model.decoder.layer_norm.bias"),
            (
                "encoder.blocks.1.attn.key.weight",
                "model.encoder.layers.1.self_attn.k_proj.weight",
            ),
            (
                "decoder.blocks.0.cross_attn.out.bias",
                "model.decoder.layers.0.encoder_attn.out_proj.bias",
            ),
            (
                "decoder.blocks.0.mlp_ln.weight",
                "model.decoder.layers.0.final_layer_norm.weight",
            ),
        ] {
            assert_eq!(their_name(ours), theirs);
        }
    }

    #[test]
    fn a_file_that_is_no_safetensors_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.safetensors");
        let mut all = HashMap::new();
        for bytes in [
            b"".as_slice(),
            b"1234567",
            b"\x02\0\0\0\0\0\0\0{]",
            b"\xff\xff\xff\xff\xff\xff\xff\xff{}",
            b"\x10\0\0\0\0\0\0\0{}",
            b"<!DOCTYPE html><html>",
        ] {
            std::fs::write(&path, bytes).unwrap();
            let error = open(&path, 0, &mut all).unwrap_err();
            assert!(matches!(error, ModelError::Convert { .. }), "{error}");
        }
    }
}
