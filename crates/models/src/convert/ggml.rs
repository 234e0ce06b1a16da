//! Writer of ggml Whisper files, as whisper.cpp reads them.
//!
//! Little-endian: magic; ten sizes and the type of the weights; the mel filters; the vocabulary;
//! then tensors until the end: rank, length of the name, type, dimensions from the fastest, name,
//! data.

use half::f16;
use half::slice::HalfFloatSliceExt;

use super::weights::Weights;
use super::{Output, mel};
use crate::ModelError;

pub(super) const MAGIC: u32 = 0x6767_6d6c;
/// ggml's numbers of types.
pub(super) const TYPE_F32: u32 = 0;
pub(super) const TYPE_F16: u32 = 1;

/// Streams a model out with 16-bit matrices.
pub(super) fn write(
    weights: &mut Weights,
    vocab: &[Vec<u8>],
    out: &mut Output<'_>,
) -> Result<(), ModelError> {
    let sizes = weights.sizes;
    for value in [
        MAGIC,
        sizes.vocab,
        sizes.audio_ctx,
        sizes.audio_state,
        sizes.audio_head,
        sizes.audio_layer,
        sizes.text_ctx,
        sizes.text_state,
        sizes.text_head,
        sizes.text_layer,
        sizes.mels,
        TYPE_F16,
        sizes.mels,
        mel::BINS as u32,
    ] {
        out.put_u32(value)?;
    }
    for value in mel::filters(sizes.mels as usize) {
        out.put(&value.to_le_bytes())?;
    }
    out.put_u32(vocab.len() as u32)?;
    for token in vocab {
        out.put_u32(token.len() as u32)?;
        out.put(token)?;
    }
    for (name, shape) in sizes.tensors() {
        let numbers = weights.read(&name, &shape)?;
        let kind = if single(&name, &shape) {
            TYPE_F32
        } else {
            TYPE_F16
        };
        let mut dimensions = shape;
        if is_convolution_bias(&name) {
            // whisper.cpp adds it to rows of frames.
            dimensions.push(1);
        }
        header(out, &name, &dimensions, kind)?;
        if kind == TYPE_F32 {
            for value in numbers {
                out.put(&value.to_le_bytes())?;
            }
        } else {
            let mut halves = vec![f16::ZERO; numbers.len()];
            halves.convert_from_f32_slice(&numbers);
            for value in halves {
                out.put(&value.to_le_bytes())?;
            }
        }
    }
    Ok(())
}

/// Writes what stands before a tensor's data; `shape` is row-major.
pub(super) fn header(
    out: &mut Output<'_>,
    name: &str,
    shape: &[u32],
    kind: u32,
) -> Result<(), ModelError> {
    out.put_u32(shape.len() as u32)?;
    out.put_u32(name.len() as u32)?;
    out.put_u32(kind)?;
    for &dimension in shape.iter().rev() {
        out.put_u32(dimension)?;
    }
    out.put(name.as_bytes())
}

fn is_convolution_bias(name: &str) -> bool {
    matches!(name, "encoder.conv1.bias" | "encoder.conv2.bias")
}

/// whisper.cpp wants vectors and positions in 32 bits.
fn single(name: &str, shape: &[u32]) -> bool {
    shape.len() < 2 || name.ends_with("positional_embedding")
}
