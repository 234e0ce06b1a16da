//! Reader of CTranslate2's binary models, version 6.
//!
//! Little-endian throughout: u32 version; the specification's name; u32 its revision; u32 number
//! of tensors; for each: name, u8 rank, u32 × rank dimensions, u8 type (0 f32, 1 i8, 2 i16,
//! 3 i32, 4 f16), u32 bytes, data; then u32 number of aliases and as many pairs of names. A name
//! is a u16 length that counts the closing NUL, then the bytes.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::weights::{Number, Sizes, Tensor, Weights};
use super::wrong;
use crate::ModelError;

const VERSION: u32 = 6;
/// More than any Whisper model has; a larger count means a damaged file.
const MOST_TENSORS: u32 = 100_000;

/// Everything the file lists, before it is understood.
struct Listing {
    tensors: HashMap<String, Tensor>,
    scalars: HashMap<String, i64>,
}

pub(super) fn read(path: &Path) -> Result<Weights, ModelError> {
    let file = File::open(path).map_err(ModelError::io("open", path))?;
    let size = file.metadata().map_err(ModelError::io("open", path))?.len();
    let mut cursor = Cursor {
        path,
        input: BufReader::new(file),
        at: 0,
        size,
    };
    let listing = cursor.listing()?;
    let sizes = sizes(path, &listing)?;
    sizes.check(path)?;
    let tensors = rename(path, &sizes, &listing)?;
    let mut weights = Weights {
        sizes,
        files: vec![(path.to_path_buf(), cursor.input.into_inner())],
        tensors,
    };
    refuse_key_biases(path, &listing, &mut weights)?;
    Ok(weights)
}

struct Cursor<'a> {
    path: &'a Path,
    input: BufReader<File>,
    at: u64,
    size: u64,
}

impl Cursor<'_> {
    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ModelError> {
        if self.size - self.at < bytes.len() as u64 {
            return Err(self.short());
        }
        self.input
            .read_exact(bytes)
            .map_err(ModelError::io("read", self.path))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn short(&self) -> ModelError {
        wrong(
            self.path,
            format!("it ends too early, after {} bytes", self.size),
        )
    }

    fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.bytes::<1>()?[0])
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn name(&mut self) -> Result<String, ModelError> {
        let length = u16::from_le_bytes(self.bytes()?);
        let mut bytes = vec![0; usize::from(length)];
        self.fill(&mut bytes)?;
        if bytes.pop() != Some(0) {
            return Err(wrong(
                self.path,
                format!("a name before byte {} has no end", self.at),
            ));
        }
        String::from_utf8(bytes).map_err(|_| {
            wrong(
                self.path,
                format!("a name before byte {} is not UTF-8", self.at),
            )
        })
    }

    fn skip(&mut self, bytes: u64) -> Result<(), ModelError> {
        if self.size - self.at < bytes {
            return Err(self.short());
        }
        self.at += bytes;
        self.input
            .seek(SeekFrom::Start(self.at))
            .map_err(ModelError::io("read", self.path))?;
        Ok(())
    }

    fn listing(&mut self) -> Result<Listing, ModelError> {
        let version = self.u32()?;
        if version != VERSION {
            return Err(wrong(
                self.path,
                format!("format version {version}; only CTranslate2's version {VERSION} is read"),
            ));
        }
        let specification = self.name()?;
        if specification != "WhisperSpec" {
            return Err(wrong(
                self.path,
                format!("`{specification}` is not a Whisper model"),
            ));
        }
        self.u32()?;
        let count = self.u32()?;
        if count > MOST_TENSORS {
            return Err(wrong(
                self.path,
                format!("{count} tensors are more than any model has"),
            ));
        }
        let mut listing = Listing {
            tensors: HashMap::new(),
            scalars: HashMap::new(),
        };
        for _ in 0..count {
            self.entry(&mut listing)?;
        }
        // The aliases that follow only say that the output projection is the embedding.
        Ok(listing)
    }

    fn entry(&mut self, listing: &mut Listing) -> Result<(), ModelError> {
        let name = self.name()?;
        let rank = self.u8()?;
        let shape: Vec<u32> = (0..rank).map(|_| self.u32()).collect::<Result<_, _>>()?;
        let kind = self.u8()?;
        let bytes = u64::from(self.u32()?);
        let elements = shape
            .iter()
            .try_fold(1u64, |n, &d| n.checked_mul(u64::from(d)));
        let (width, number) = match kind {
            0 => (4, Some(Number::F32)),
            1 => (1, None),
            2 => (2, None),
            3 => (4, None),
            4 => (2, Some(Number::F16)),
            _ => {
                return Err(wrong(
                    self.path,
                    format!("tensor `{name}` has unknown type {kind}"),
                ));
            }
        };
        if elements.and_then(|n| n.checked_mul(width)) != Some(bytes) {
            return Err(wrong(
                self.path,
                format!("tensor `{name}` of shape {shape:?} and type {kind} has {bytes} bytes"),
            ));
        }
        match (number, rank) {
            (Some(number), 1..) => {
                let tensor = Tensor {
                    file: 0,
                    offset: self.at,
                    number,
                    shape,
                };
                self.skip(bytes)?;
                listing.tensors.insert(name, tensor);
            }
            (None, 0) => {
                let value = match kind {
                    1 => i64::from(i8::from_le_bytes(self.bytes()?)),
                    2 => i64::from(i16::from_le_bytes(self.bytes()?)),
                    _ => i64::from(i32::from_le_bytes(self.bytes()?)),
                };
                listing.scalars.insert(name, value);
            }
            (Some(_), 0) => self.skip(bytes)?,
            (None, _) => {
                return Err(wrong(
                    self.path,
                    format!(
                        "tensor `{name}` holds integers (type {kind}); only models saved as float16 or float32 can be converted"
                    ),
                ));
            }
        }
        Ok(())
    }
}

fn sizes(path: &Path, listing: &Listing) -> Result<Sizes, ModelError> {
    let dimension = |name: &str, index: usize| {
        listing
            .tensors
            .get(name)
            .and_then(|tensor| tensor.shape.get(index).copied())
            .ok_or_else(|| {
                wrong(
                    path,
                    format!("no tensor `{name}` with {} dimensions", index + 1),
                )
            })
    };
    let heads = |side: &str| {
        let name = format!("{side}/num_heads");
        listing
            .scalars
            .get(&name)
            .and_then(|&value| u32::try_from(value).ok())
            .ok_or_else(|| wrong(path, format!("no `{name}`")))
    };
    let layers = |side: &str| {
        (0u32..)
            .take_while(|n| {
                listing
                    .tensors
                    .contains_key(&format!("{side}/layer_{n}/ffn/linear_0/weight"))
            })
            .map(|_| 1)
            .sum()
    };
    Ok(Sizes {
        vocab: dimension("decoder/embeddings/weight", 0)?,
        audio_ctx: dimension("encoder/position_encodings/encodings", 0)?,
        audio_state: dimension("encoder/position_encodings/encodings", 1)?,
        audio_head: heads("encoder")?,
        audio_layer: layers("encoder"),
        text_ctx: dimension("decoder/position_encodings/encodings", 0)?,
        text_state: dimension("decoder/position_encodings/encodings", 1)?,
        text_head: heads("decoder")?,
        text_layer: layers("decoder"),
        mels: dimension("encoder/conv1/weight", 1)?,
    })
}

/// Finds each tensor of a Whisper model under CTranslate2's names, which fuse query, key and value
/// into one matrix (key and value in the cross attention).
fn rename(
    path: &Path,
    sizes: &Sizes,
    listing: &Listing,
) -> Result<HashMap<String, Tensor>, ModelError> {
    sizes
        .tensors()
        .into_iter()
        .map(|(name, _)| {
            let (theirs, index, count) = their_name(&name)
                .ok_or_else(|| wrong(path, format!("no name for tensor `{name}`")))?;
            let tensor = listing
                .tensors
                .get(&theirs)
                .and_then(|tensor| tensor.part(index, count))
                .ok_or_else(|| wrong(path, format!("no tensor `{theirs}` of {count} parts")))?;
            Ok((name, tensor))
        })
        .collect()
}

/// CTranslate2's name of a tensor, and which of how many parts of it.
fn their_name(name: &str) -> Option<(String, u64, u64)> {
    let (side, rest) = name.split_once('.')?;
    let whole = |name: String| Some((name, 0, 1));
    let of_norm = |field: &str| if field == "weight" { "gamma" } else { "beta" };
    match rest {
        "positional_embedding" => {
            return whole(format!("{side}/position_encodings/encodings"));
        }
        "token_embedding.weight" => return whole(format!("{side}/embeddings/weight")),
        _ => {}
    }
    let Some(block) = rest.strip_prefix("blocks.") else {
        let (module, field) = rest.split_once('.')?;
        return whole(match module {
            "ln" | "ln_post" => format!("{side}/layer_norm/{}", of_norm(field)),
            convolution => format!("{side}/{convolution}/{field}"),
        });
    };
    let (layer, module) = block.split_once('.')?;
    let (module, field) = module.rsplit_once('.')?;
    let layer = format!("{side}/layer_{layer}");
    let fused = |attention: &str, linear: u8, index, count| {
        Some((
            format!("{layer}/{attention}/linear_{linear}/{field}"),
            index,
            count,
        ))
    };
    match module {
        "attn_ln" => whole(format!(
            "{layer}/self_attention/layer_norm/{}",
            of_norm(field)
        )),
        "cross_attn_ln" => whole(format!("{layer}/attention/layer_norm/{}", of_norm(field))),
        "mlp_ln" => whole(format!("{layer}/ffn/layer_norm/{}", of_norm(field))),
        "attn.query" => fused("self_attention", 0, 0, 3),
        "attn.key" => fused("self_attention", 0, 1, 3),
        "attn.value" => fused("self_attention", 0, 2, 3),
        "attn.out" => fused("self_attention", 1, 0, 1),
        "cross_attn.query" => fused("attention", 0, 0, 1),
        "cross_attn.key" => fused("attention", 1, 0, 2),
        "cross_attn.value" => fused("attention", 1, 1, 2),
        "cross_attn.out" => fused("attention", 2, 0, 1),
        "mlp.0" => whole(format!("{layer}/ffn/linear_0/{field}")),
        "mlp.2" => whole(format!("{layer}/ffn/linear_1/{field}")),
        _ => None,
    }
}

/// Whisper's keys have no bias; the fused matrices hold zeros there. Anything else would be lost
/// silently.
fn refuse_key_biases(
    path: &Path,
    listing: &Listing,
    weights: &mut Weights,
) -> Result<(), ModelError> {
    let keys: Vec<_> = weights
        .tensors
        .keys()
        .filter(|name| name.ends_with(".key.weight"))
        .filter_map(|name| name.strip_suffix("weight"))
        .map(|stem| format!("{stem}bias"))
        .collect();
    for name in keys {
        let Some((theirs, index, count)) = their_name(&name) else {
            continue;
        };
        let Some(part) = listing
            .tensors
            .get(&theirs)
            .and_then(|t| t.part(index, count))
        else {
            continue;
        };
        let shape = part.shape.clone();
        weights.tensors.insert(name.clone(), part);
        let zero = weights
            .read(&name, &shape)?
            .iter()
            .all(|&value| value == 0.0);
        weights.tensors.remove(&name);
        if !zero {
            return Err(wrong(
                path,
                format!("`{theirs}` has a key bias, which Whisper has not"),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fused_matrices_are_split_by_rows() {
        assert_eq!(
            their_name("encoder.blocks.3.attn.key.weight"),
            Some((
                "encoder/layer_3/self_attention/linear_0/weight".to_owned(),
                1,
                3
            ))
        );
        assert_eq!(
            their_name("decoder.blocks.0.cross_attn.value.bias"),
            Some(("decoder/layer_0/attention/linear_1/bias".to_owned(), 1, 2))
        );
        assert_eq!(
            their_name("encoder.ln_post.bias"),
            Some(("encoder/layer_norm/beta".to_owned(), 0, 1))
        );
    }

    #[test]
    fn damaged_files_are_refused_wherever_they_end() {
        let mut bytes = Vec::new();
        let name = |bytes: &mut Vec<u8>, name: &str| {
            bytes.extend((name.len() as u16 + 1).to_le_bytes());
            bytes.extend(name.as_bytes());
            bytes.push(0);
        };
        bytes.extend(VERSION.to_le_bytes());
        name(&mut bytes, "WhisperSpec");
        bytes.extend(3u32.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        name(&mut bytes, "decoder/embeddings/weight");
        bytes.push(2);
        bytes.extend(2u32.to_le_bytes());
        bytes.extend(3u32.to_le_bytes());
        bytes.push(4);
        bytes.extend(12u32.to_le_bytes());
        bytes.extend([0; 12]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.bin");
        for end in 0..=bytes.len() {
            std::fs::write(&path, &bytes[..end]).unwrap();
            let error = read(&path).unwrap_err();
            assert!(
                matches!(error, ModelError::Convert { .. }),
                "{end}: {error}"
            );
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xff;
            std::fs::write(&path, &damaged).unwrap();
            assert!(read(&path).is_err(), "{at}");
        }
    }
}
