//! Whisper models from the formats they are published in to ggml, which whisper.cpp reads.
//!
//! Two readers ([`ct2`], [`transformers`]) describe where each tensor lies; one writer ([`ggml`])
//! streams them into a 16-bit file; [`quantise`] makes an 8-bit one of it. No file is held in
//! memory as a whole: the largest models have gigabytes.

mod ct2;
mod ggml;
mod mel;
mod quantise;
mod transformers;
mod vocab;
mod weights;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::{Convert, ModelError};

pub use quantise::{Q8_0_BLOCK, Q8_0_BLOCK_BYTES, q8_0_blocks};

/// Runs one step on files in `dir`, the model's folder. The result appears whole or not at all.
///
/// # Errors
/// [`ModelError::Convert`] if a file is not what it should be, [`ModelError::Io`] otherwise.
pub fn run(step: &Convert, dir: &Path) -> Result<(), ModelError> {
    match step {
        Convert::Ct2ToGgml {
            from,
            tokenizer,
            to,
        } => ct2_to_ggml(&dir.join(from), &dir.join(tokenizer), &dir.join(to)),
        Convert::SafetensorsToGgml {
            from,
            config,
            tokenizer,
            to,
        } => {
            let from: Vec<_> = from.iter().map(|name| dir.join(name)).collect();
            safetensors_to_ggml(
                &from,
                &dir.join(config),
                &dir.join(tokenizer),
                &dir.join(to),
            )
        }
        Convert::Q8_0 { from, to } => quantise_q8_0(&dir.join(from), &dir.join(to)),
    }
}

/// Converts a Whisper model in CTranslate2's binary format (version 6, 16- or 32-bit floats) to
/// 16-bit ggml.
///
/// # Errors
/// [`ModelError::Convert`] if a file is not what it should be, [`ModelError::Io`] otherwise.
pub fn ct2_to_ggml(model: &Path, tokenizer: &Path, to: &Path) -> Result<(), ModelError> {
    let mut weights = ct2::read(model)?;
    let vocab = vocab::read(tokenizer)?;
    whole(to, |out| ggml::write(&mut weights, &vocab, out))
}

/// Converts a Whisper model as Transformers saves it (`model.safetensors` or all its shards,
/// `config.json`, `tokenizer.json` or `vocab.json`) to 16-bit ggml.
///
/// # Errors
/// [`ModelError::Convert`] if a file is not what it should be, [`ModelError::Io`] otherwise.
pub fn safetensors_to_ggml(
    shards: &[impl AsRef<Path>],
    config: &Path,
    tokenizer: &Path,
    to: &Path,
) -> Result<(), ModelError> {
    let mut weights = transformers::read(shards, config)?;
    let vocab = vocab::read(tokenizer)?;
    whole(to, |out| ggml::write(&mut weights, &vocab, out))
}

/// Stores the matrices of a 16-bit ggml Whisper model in 8-bit blocks; everything else stays.
///
/// # Errors
/// [`ModelError::Convert`] if the file is not 16- or 32-bit ggml, [`ModelError::Io`] otherwise.
pub fn quantise_q8_0(from: &Path, to: &Path) -> Result<(), ModelError> {
    whole(to, |out| quantise::q8_0_file(from, out))
}

/// An output that tells I/O errors with its path.
pub(crate) struct Output<'a> {
    path: &'a Path,
    inner: BufWriter<File>,
}

impl Output<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), ModelError> {
        self.inner
            .write_all(bytes)
            .map_err(ModelError::io("write", self.path))
    }

    fn put_u32(&mut self, value: u32) -> Result<(), ModelError> {
        self.put(&value.to_le_bytes())
    }
}

/// Writes beside `to` and renames, so that nobody ever reads half a model.
fn whole(
    to: &Path,
    write: impl FnOnce(&mut Output<'_>) -> Result<(), ModelError>,
) -> Result<(), ModelError> {
    let mut name = to.file_name().unwrap_or_default().to_os_string();
    name.push(".tmp");
    let temporary = to.with_file_name(name);
    let file = File::create(&temporary).map_err(ModelError::io("create", &temporary))?;
    let mut out = Output {
        path: &temporary,
        inner: BufWriter::with_capacity(1 << 20, file),
    };
    let result = write(&mut out).and_then(|()| {
        out.inner
            .flush()
            .map_err(ModelError::io("write", &temporary))?;
        std::fs::rename(&temporary, to).map_err(ModelError::io("rename", &temporary))
    });
    if result.is_err() {
        // The error itself matters more than a left-over that could not be removed either.
        let _ = std::fs::remove_file(&temporary);
    }
    result
}

/// A file that is not what it should be.
fn wrong(path: &Path, what: impl Into<String>) -> ModelError {
    ModelError::Convert {
        path: path.to_path_buf(),
        what: what.into(),
    }
}
