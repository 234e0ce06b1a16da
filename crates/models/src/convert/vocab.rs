//! Whisper's byte-level tokens from `tokenizer.json` or `vocab.json`.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::wrong;
use crate::ModelError;

/// The first special token; ggml lists the tokens before it.
const END_OF_TEXT: &str = "<|endoftext|>";
/// No multilingual Whisper has its first special token later than this.
const MOST_TOKENS: usize = 60_000;

#[derive(Deserialize)]
#[serde(untagged)]
enum Document {
    Tokenizer {
        model: Model,
        #[serde(default)]
        added_tokens: Vec<Added>,
    },
    Plain(HashMap<String, usize>),
}

#[derive(Deserialize)]
struct Model {
    vocab: HashMap<String, usize>,
}

#[derive(Deserialize)]
struct Added {
    id: usize,
    content: String,
}

/// The bytes of each token before the first special one, by id.
pub(super) fn read(path: &Path) -> Result<Vec<Vec<u8>>, ModelError> {
    let text = std::fs::read(path).map_err(ModelError::io("read", path))?;
    let document: Document = serde_json::from_slice(&text)
        .map_err(|_| wrong(path, "it is neither a tokenizer.json nor a vocab.json"))?;
    let (vocab, added) = match document {
        Document::Tokenizer {
            model,
            added_tokens,
        } => (model.vocab, added_tokens),
        Document::Plain(vocab) => (vocab, Vec::new()),
    };
    let end = added
        .iter()
        .find(|token| token.content == END_OF_TEXT)
        .map(|token| token.id)
        .or_else(|| vocab.get(END_OF_TEXT).copied())
        .ok_or_else(|| wrong(path, format!("it has no token `{END_OF_TEXT}`")))?;
    if end > MOST_TOKENS {
        return Err(wrong(
            path,
            format!("`{END_OF_TEXT}` has id {end}, past {MOST_TOKENS}"),
        ));
    }
    let bytes = byte_of_char();
    // An id that nothing is known of stays empty, as id 50256 is in Whisper's own files.
    let mut tokens = vec![Vec::new(); end];
    for (token, id) in &vocab {
        let Some(slot) = tokens.get_mut(*id) else {
            continue;
        };
        *slot = token
            .chars()
            .map(|c| bytes.get(&c).copied())
            .collect::<Option<_>>()
            .ok_or_else(|| wrong(path, format!("token {id} `{token}` is not byte-level")))?;
    }
    Ok(tokens)
}

/// GPT-2's byte map, backwards: printable Latin-1 stands for itself, the other bytes for the
/// characters from U+0100 on, in their order.
fn byte_of_char() -> HashMap<char, u8> {
    let printable = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let mut next = 0x100;
    (0..=u8::MAX)
        .map(|byte| {
            let code = if printable(byte) {
                u32::from(byte)
            } else {
                next += 1;
                next - 1
            };
            (char::from_u32(code).unwrap_or_default(), byte)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Vec<u8>>, ModelError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokenizer.json");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn tokens_become_bytes() {
        let plain = r#"{"Ġd": 0, "Ã¦": 1, "ÑĸÑĢ": 2, "Ċ": 4, "<|endoftext|>": 5, "<|da|>": 6}"#;
        let expected = vec![
            b" d".to_vec(),
            "æ".as_bytes().to_vec(),
            "ір".as_bytes().to_vec(),
            Vec::new(),
            b"\n".to_vec(),
        ];
        assert_eq!(read_text(plain).unwrap(), expected);
        let whole = format!(
            r#"{{"version": "1.0", "model": {{"type": "BPE", "vocab": {plain}, "merges": []}},
                "added_tokens": [{{"id": 5, "content": "<|endoftext|>", "special": true}}]}}"#
        );
        assert_eq!(read_text(&whole).unwrap(), expected);
    }

    #[test]
    fn every_byte_has_its_own_character() {
        assert_eq!(byte_of_char().len(), 256);
    }

    #[test]
    fn other_files_are_refused() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"€": 0, "<|endoftext|>": 1}"#,
            r#"{"<|endoftext|>": 1e9}"#,
        ] {
            assert!(
                matches!(read_text(text), Err(ModelError::Convert { .. })),
                "{text}"
            );
        }
    }
}
