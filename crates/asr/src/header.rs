//! The head of a ggml file, read before whisper.cpp reads all of it: so that a wrong file is
//! refused with a reason.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::AsrError;
use crate::ffi::Sizes;

const MAGIC: u32 = 0x6767_6d6c;
/// From this vocabulary size on, whisper.cpp takes a model for multilingual.
const MULTILINGUAL: u32 = 51_865;

pub(crate) fn read(path: &Path) -> Result<Sizes, AsrError> {
    let wrong = |what: String| AsrError::Model {
        path: path.to_path_buf(),
        what,
    };
    let mut file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    let mut bytes = [0; 48];
    file.read_exact(&mut bytes)
        .map_err(|error| wrong(format!("it has no header ({error})")))?;
    let (words, _) = bytes.as_chunks::<4>();
    let word = |index: usize| u32::from_le_bytes(words[index]);
    if word(0) != MAGIC {
        return Err(wrong(format!(
            "it begins with {:08x}, not as a ggml file does",
            word(0)
        )));
    }
    let sizes = Sizes {
        vocab: word(1),
        audio_ctx: word(2),
        text_ctx: word(6),
        text_state: word(7),
        text_layer: word(9),
    };
    if sizes.vocab < MULTILINGUAL {
        return Err(wrong(format!(
            "its vocabulary has {} tokens: it knows English only",
            sizes.vocab
        )));
    }
    if !(64..=10_000).contains(&sizes.audio_ctx) || !(32..=10_000).contains(&sizes.text_ctx) {
        return Err(wrong(format!(
            "it has {} audio and {} text positions, as no Whisper model has",
            sizes.audio_ctx, sizes.text_ctx
        )));
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_files_are_refused_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.bin");
        let mut english = MAGIC.to_le_bytes().to_vec();
        for value in [51_864u32, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 1] {
            english.extend(value.to_le_bytes());
        }
        let mut odd = english.clone();
        odd[4..8].copy_from_slice(&51_865u32.to_le_bytes());
        odd[8..12].copy_from_slice(&0u32.to_le_bytes());
        for (bytes, expected) in [
            (b"".to_vec(), "no header"),
            (vec![b'<'; 100], "3c3c3c3c"),
            (english, "English only"),
            (odd, "0 audio"),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let error = read(&path).unwrap_err().to_string();
            assert!(
                error.contains(expected) && error.contains("models pull"),
                "{error}"
            );
        }
        let error = read(&folder.path().join("none.bin"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("none.bin"), "{error}");
    }
}
