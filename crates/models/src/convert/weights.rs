//! Where the tensors of a Whisper model lie in its files.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use half::{bf16, f16};

use super::wrong;
use crate::ModelError;

/// The model's sizes, in the order and with the meaning of ggml's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    pub vocab: u32,
    pub audio_ctx: u32,
    pub audio_state: u32,
    pub audio_head: u32,
    pub audio_layer: u32,
    pub text_ctx: u32,
    pub text_state: u32,
    pub text_head: u32,
    pub text_layer: u32,
    pub mels: u32,
}

/// The first vocabulary size at which whisper.cpp takes a model for multilingual.
const MULTILINGUAL_VOCAB: u32 = 51_865;

/// Feed-forward layers are this much wider than the state in every Whisper model.
const FEED_FORWARD: u32 = 4;

impl Sizes {
    /// Refuses sizes that no Whisper model has, before anything is multiplied or allocated.
    pub fn check(&self, path: &Path) -> Result<(), ModelError> {
        let bounds = [
            ("vocabulary", self.vocab, MULTILINGUAL_VOCAB, 60_000),
            ("audio positions", self.audio_ctx, 1, 10_000),
            ("encoder width", self.audio_state, 1, 8_192),
            ("encoder heads", self.audio_head, 1, 128),
            ("encoder layers", self.audio_layer, 1, 128),
            ("text positions", self.text_ctx, 1, 10_000),
            ("decoder width", self.text_state, 1, 8_192),
            ("decoder heads", self.text_head, 1, 128),
            ("decoder layers", self.text_layer, 1, 128),
            ("mel bands", self.mels, 1, 256),
        ];
        for (name, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                return Err(wrong(
                    path,
                    format!(
                        "{name}: {value} is not in {least}..={most}; only multilingual Whisper models can be used"
                    ),
                ));
            }
        }
        for (width, heads) in [
            (self.audio_state, self.audio_head),
            (self.text_state, self.text_head),
        ] {
            if width % heads != 0 {
                return Err(wrong(
                    path,
                    format!("width {width} does not divide into {heads} heads"),
                ));
            }
        }
        Ok(())
    }

    /// Every tensor of such a model: OpenAI's name, which ggml keeps, and its shape.
    pub fn tensors(&self) -> Vec<(String, Vec<u32>)> {
        let mut all = Vec::new();
        let (a, t) = (self.audio_state, self.text_state);
        all.push((
            "encoder.positional_embedding".to_owned(),
            vec![self.audio_ctx, a],
        ));
        all.push(("encoder.conv1.weight".to_owned(), vec![a, self.mels, 3]));
        all.push(("encoder.conv1.bias".to_owned(), vec![a]));
        all.push(("encoder.conv2.weight".to_owned(), vec![a, a, 3]));
        all.push(("encoder.conv2.bias".to_owned(), vec![a]));
        norm(&mut all, "encoder.ln_post", a);
        for layer in 0..self.audio_layer {
            let block = format!("encoder.blocks.{layer}");
            attention(&mut all, &format!("{block}.attn"), a);
            feed_forward(&mut all, &block, a);
        }
        all.push((
            "decoder.positional_embedding".to_owned(),
            vec![self.text_ctx, t],
        ));
        all.push((
            "decoder.token_embedding.weight".to_owned(),
            vec![self.vocab, t],
        ));
        norm(&mut all, "decoder.ln", t);
        for layer in 0..self.text_layer {
            let block = format!("decoder.blocks.{layer}");
            attention(&mut all, &format!("{block}.attn"), t);
            attention(&mut all, &format!("{block}.cross_attn"), t);
            feed_forward(&mut all, &block, t);
        }
        all
    }
}

type Named = Vec<(String, Vec<u32>)>;

fn norm(all: &mut Named, name: &str, width: u32) {
    all.push((format!("{name}.weight"), vec![width]));
    all.push((format!("{name}.bias"), vec![width]));
}

/// An attention block and the normalisation before it; keys have no bias.
fn attention(all: &mut Named, name: &str, width: u32) {
    norm(all, &format!("{name}_ln"), width);
    for part in ["query", "key", "value", "out"] {
        all.push((format!("{name}.{part}.weight"), vec![width, width]));
        if part != "key" {
            all.push((format!("{name}.{part}.bias"), vec![width]));
        }
    }
}

fn feed_forward(all: &mut Named, block: &str, width: u32) {
    let wide = FEED_FORWARD * width;
    norm(all, &format!("{block}.mlp_ln"), width);
    all.push((format!("{block}.mlp.0.weight"), vec![wide, width]));
    all.push((format!("{block}.mlp.0.bias"), vec![wide]));
    all.push((format!("{block}.mlp.2.weight"), vec![width, wide]));
    all.push((format!("{block}.mlp.2.bias"), vec![width]));
}

/// How numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    F32,
    F16,
    Bf16,
}

impl Number {
    pub fn bytes(self) -> u64 {
        match self {
            Number::F32 => 4,
            Number::F16 | Number::Bf16 => 2,
        }
    }
}

/// A tensor in one of the model's files, row-major.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tensor {
    pub file: usize,
    pub offset: u64,
    pub number: Number,
    pub shape: Vec<u32>,
}

impl Tensor {
    /// Number of elements. Shapes are checked against the model's sizes, so this cannot overflow.
    pub fn len(&self) -> u64 {
        self.shape.iter().map(|&n| u64::from(n)).product()
    }

    /// Part `index` of `count` equal parts along the first dimension.
    pub fn part(&self, index: u64, count: u64) -> Option<Tensor> {
        let rows = u64::from(*self.shape.first()?);
        if count == 0 || rows % count != 0 || index >= count {
            return None;
        }
        let mut part = self.clone();
        part.shape[0] = u32::try_from(rows / count).ok()?;
        part.offset = self.offset + index * part.len() * self.number.bytes();
        Some(part)
    }
}

/// A Whisper model in its files.
#[derive(Debug)]
pub(super) struct Weights {
    pub sizes: Sizes,
    pub files: Vec<(PathBuf, File)>,
    /// By OpenAI's names.
    pub tensors: HashMap<String, Tensor>,
}

impl Weights {
    /// A tensor's numbers, after its shape was found to be `shape`.
    pub fn read(&mut self, name: &str, shape: &[u32]) -> Result<Vec<f32>, ModelError> {
        let first = self
            .files
            .first()
            .map(|(path, _)| path.clone())
            .unwrap_or_default();
        let tensor = self
            .tensors
            .get(name)
            .ok_or_else(|| wrong(&first, format!("no tensor `{name}`")))?;
        let (path, file) = self
            .files
            .get_mut(tensor.file)
            .ok_or_else(|| wrong(&first, format!("no file for tensor `{name}`")))?;
        if tensor.shape != shape {
            return Err(wrong(
                path,
                format!(
                    "tensor `{name}` has shape {:?}, not {shape:?}",
                    tensor.shape
                ),
            ));
        }
        let bytes = usize::try_from(tensor.len() * tensor.number.bytes()).map_err(|_| {
            wrong(
                path,
                format!("tensor `{name}` is too large for this machine"),
            )
        })?;
        let mut raw = vec![0; bytes];
        file.seek(SeekFrom::Start(tensor.offset))
            .map_err(ModelError::io("read", path))?;
        file.read_exact(&mut raw)
            .map_err(ModelError::io("read", path))?;
        Ok(numbers(&raw, tensor.number))
    }
}

fn numbers(raw: &[u8], number: Number) -> Vec<f32> {
    let pairs = || raw.as_chunks::<2>().0.iter().copied();
    match number {
        Number::F32 => raw
            .as_chunks::<4>()
            .0
            .iter()
            .copied()
            .map(f32::from_le_bytes)
            .collect(),
        Number::F16 => pairs().map(|b| f16::from_le_bytes(b).to_f32()).collect(),
        Number::Bf16 => pairs().map(|b| bf16::from_le_bytes(b).to_f32()).collect(),
    }
}
