//! ggml's 8-bit blocks (`q8_0`): 32 numbers share one 16-bit scale.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use half::f16;

use super::ggml::{MAGIC, TYPE_F16, TYPE_F32, header};
use super::{Output, wrong};
use crate::ModelError;

/// Numbers per block.
pub const Q8_0_BLOCK: usize = 32;
/// Bytes per block: the scale, then a signed byte per number.
pub const Q8_0_BLOCK_BYTES: usize = 2 + Q8_0_BLOCK;

/// ggml's number of this type.
const TYPE_Q8_0: u32 = 8;
/// What the header calls a file of such weights: 7, and version 2 of the blocks in thousands.
const FILE_TYPE_Q8_0: u32 = 2_007;
/// No Whisper model has a longer name, more dimensions or more numbers in a tensor.
const LONGEST_NAME: u32 = 256;
const MOST_NUMBERS: u64 = 1 << 31;

/// Appends `numbers` in blocks to `out`; a rest shorter than a block is left out.
///
/// The scale is the largest magnitude / 127, each number is rounded half away from zero: the same
/// bytes as ggml's reference.
pub fn q8_0_blocks(numbers: &[f32], out: &mut Vec<u8>) {
    for block in numbers.as_chunks::<Q8_0_BLOCK>().0 {
        let largest = block
            .iter()
            .fold(0.0f32, |most, value| most.max(value.abs()));
        let scale = largest / 127.0;
        // The smallest scales have no inverse; as 16-bit floats they are zero anyway.
        let inverse = Some(1.0 / scale)
            .filter(|inverse| inverse.is_finite())
            .unwrap_or(0.0);
        out.extend(f16::from_f32(scale).to_le_bytes());
        out.extend(
            block
                .iter()
                .map(|value| (value * inverse).round() as i8 as u8),
        );
    }
}

/// Copies a ggml file and stores its matrices in blocks. Convolutions (three dimensions),
/// positions and vectors stay as they are.
pub(super) fn q8_0_file(from: &Path, out: &mut Output<'_>) -> Result<(), ModelError> {
    let file = File::open(from).map_err(ModelError::io("open", from))?;
    let left = file.metadata().map_err(ModelError::io("open", from))?.len();
    let mut input = Input {
        path: from,
        inner: BufReader::with_capacity(1 << 20, file),
        left,
    };
    if input.u32()? != MAGIC {
        return Err(wrong(from, "it is not a ggml file"));
    }
    out.put_u32(MAGIC)?;
    for _ in 0..10 {
        out.put_u32(input.u32()?)?;
    }
    let kind = input.u32()?;
    if kind != TYPE_F16 && kind != TYPE_F32 {
        return Err(wrong(
            from,
            format!("weights of type {kind} are quantised already"),
        ));
    }
    out.put_u32(FILE_TYPE_Q8_0)?;
    let (bands, bins) = (input.u32()?, input.u32()?);
    out.put_u32(bands)?;
    out.put_u32(bins)?;
    out.put(&input.take(u64::from(bands) * u64::from(bins) * 4)?)?;
    let tokens = input.u32()?;
    out.put_u32(tokens)?;
    for _ in 0..tokens {
        let length = input.u32()?;
        out.put_u32(length)?;
        out.put(&input.take(u64::from(length))?)?;
    }
    while input.left > 0 {
        tensor(&mut input, out)?;
    }
    Ok(())
}

fn tensor(input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), ModelError> {
    let (rank, length, kind) = (input.u32()?, input.u32()?, input.u32()?);
    if !(1..=4).contains(&rank) || length > LONGEST_NAME {
        return Err(wrong(
            input.path,
            format!("a tensor of {rank} dimensions, name {length} bytes"),
        ));
    }
    let mut shape: Vec<u32> = (0..rank).map(|_| input.u32()).collect::<Result<_, _>>()?;
    shape.reverse();
    let name = String::from_utf8(input.take(u64::from(length))?)
        .map_err(|_| wrong(input.path, "a tensor's name is not UTF-8"))?;
    let numbers = shape
        .iter()
        .try_fold(1u64, |product, &n| product.checked_mul(u64::from(n)))
        .filter(|&product| product <= MOST_NUMBERS)
        .ok_or_else(|| wrong(input.path, format!("tensor `{name}` has shape {shape:?}")))?;
    let width = match kind {
        TYPE_F32 => 4,
        TYPE_F16 => 2,
        _ => {
            return Err(wrong(
                input.path,
                format!("tensor `{name}` has type {kind}"),
            ));
        }
    };
    let data = input.take(numbers * width)?;
    if !is_matrix(&name, &shape) {
        header(out, &name, &shape, kind)?;
        return out.put(&data);
    }
    let numbers: Vec<f32> = if kind == TYPE_F16 {
        data.as_chunks::<2>()
            .0
            .iter()
            .map(|&b| f16::from_le_bytes(b).to_f32())
            .collect()
    } else {
        data.as_chunks::<4>()
            .0
            .iter()
            .map(|&b| f32::from_le_bytes(b))
            .collect()
    };
    let mut blocks = Vec::with_capacity(numbers.len() / Q8_0_BLOCK * Q8_0_BLOCK_BYTES);
    q8_0_blocks(&numbers, &mut blocks);
    header(out, &name, &shape, TYPE_Q8_0)?;
    out.put(&blocks)
}

/// Whether whisper.cpp multiplies by this tensor and its rows fill whole blocks.
fn is_matrix(name: &str, shape: &[u32]) -> bool {
    matches!(shape, [_, columns] if (*columns as usize).is_multiple_of(Q8_0_BLOCK))
        && !name.ends_with("positional_embedding")
}

struct Input<'a> {
    path: &'a Path,
    inner: BufReader<File>,
    left: u64,
}

impl Input<'_> {
    fn take(&mut self, bytes: u64) -> Result<Vec<u8>, ModelError> {
        if bytes > self.left {
            return Err(wrong(self.path, "it ends too early"));
        }
        let mut taken = vec![0; bytes as usize];
        self.inner
            .read_exact(&mut taken)
            .map_err(ModelError::io("read", self.path))?;
        self.left -= bytes;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        let bytes = self.take(4)?;
        Ok(bytes
            .first_chunk()
            .map_or(0, |&bytes| u32::from_le_bytes(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_holds_its_scale_and_rounded_numbers() {
        let mut numbers = [0.0f32; Q8_0_BLOCK];
        numbers[0] = 127.0;
        numbers[1] = -63.5;
        numbers[2] = 0.5;
        numbers[3] = 0.49;
        let mut out = Vec::new();
        q8_0_blocks(&numbers, &mut out);
        assert_eq!(out.len(), Q8_0_BLOCK_BYTES);
        assert_eq!(f16::from_le_bytes([out[0], out[1]]), f16::ONE);
        assert_eq!(&out[2..6], [127, (-64i8) as u8, 1, 0]);
    }

    #[test]
    fn zeros_stay_zeros() {
        let mut out = Vec::new();
        q8_0_blocks(&[0.0; Q8_0_BLOCK], &mut out);
        assert_eq!(out, [0; Q8_0_BLOCK_BYTES]);
    }

    #[test]
    fn other_files_are_refused_and_leave_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        let mut whole = MAGIC.to_le_bytes().to_vec();
        for value in [51_865, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 1, 80, 201] {
            whole.extend(u32::to_le_bytes(value));
        }
        let mut quantised = whole.clone();
        quantised[44] = 7;
        for bytes in [b"".to_vec(), b"GGUF....".to_vec(), whole, quantised] {
            std::fs::write(&from, bytes).unwrap();
            let error = super::super::quantise_q8_0(&from, &to).unwrap_err();
            assert!(matches!(error, ModelError::Convert { .. }), "{error}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }
}
