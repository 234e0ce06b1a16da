//! Which pieces of the vocabulary may be written in which language.

use tolkebot_protocol::Lang;

use crate::model::Token;
use crate::text::{is_cyrillic, is_latin};

/// The vocabulary sorted by script.
pub(crate) struct Pieces {
    /// Pieces that are no text, or Cyrillic: never right in Danish.
    not_danish: Vec<bool>,
    /// Pieces that are no text: never right in any language.
    not_text: Vec<bool>,
    /// Pieces with Latin letters, their letters in lower case: right in Ukrainian only where the
    /// source has them (names, abbreviations).
    latin: Vec<(Token, String)>,
}

impl Pieces {
    /// Sorts a vocabulary (`▁` stands for a space, `<0xD0>` for a byte). `eos` always stays
    /// allowed.
    pub(crate) fn new(vocabulary: &[&str], eos: Token) -> Pieces {
        let mut not_danish = vec![false; vocabulary.len()];
        let mut not_text = not_danish.clone();
        let mut latin = Vec::new();
        for (n, &piece) in vocabulary.iter().enumerate() {
            if n as Token == eos {
                continue;
            }
            if let Some(byte) = byte_of(piece) {
                // First bytes of U+0400 to U+04FF in UTF-8.
                not_danish[n] = (0xd0..=0xd3).contains(&byte);
                if byte.is_ascii_alphabetic() {
                    latin.push((n as Token, (byte as char).to_ascii_lowercase().to_string()));
                }
                continue;
            }
            let special = piece.len() > 2 && piece.starts_with('<') && piece.ends_with('>');
            not_text[n] = special;
            not_danish[n] = special || piece.chars().any(is_cyrillic);
            if !special && piece.chars().any(is_latin) {
                let letters: String = piece
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect();
                latin.push((n as Token, letters));
            }
        }
        Pieces {
            not_danish,
            not_text,
            latin,
        }
    }

    /// `true` for every piece that may not be written in `to` for this source.
    pub(crate) fn forbidden(&self, source: &str, to: Lang) -> Vec<bool> {
        match to {
            Lang::Da => self.not_danish.clone(),
            Lang::Uk => {
                let words = kept_words(source);
                let mut out = self.not_text.clone();
                for (token, letters) in &self.latin {
                    let known = is_roman(letters) || words.iter().any(|w| w.contains(letters));
                    if let Some(no) = out.get_mut(*token as usize) {
                        *no = !known;
                    }
                }
                out
            }
        }
    }
}

/// Roman numerals are written in Latin letters in Ukrainian too ("XIX").
fn is_roman(letters: &str) -> bool {
    letters.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// Words of a Danish source that may stay in Latin letters, lower-cased, letters and digits only:
/// names, abbreviations, addresses. The first word of a sentence has its capital letter for
/// another reason.
fn kept_words(source: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut initial = true;
    let mut words = source.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let ends = word.ends_with(['.', '!', '?', ':', '…']);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = |w: &str| w.chars().any(char::is_uppercase);
        let special = word
            .chars()
            .any(|c| c.is_numeric() || matches!(c, '@' | '/' | '.'))
            || word.chars().filter(|c| c.is_uppercase()).count() > 1;
        // "Cvr-nummeret", "CPR-nummer": an abbreviation also where only its sentence begins.
        let abbreviation = word
            .split_once('-')
            .is_some_and(|(head, _)| capital(head) && (2..=4).contains(&head.chars().count()));
        let special = special || abbreviation;
        let named = capital(word) && (!initial || words.peek().is_some_and(|w| capital(w)));
        if special || named {
            out.push(
                word.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect(),
            );
        }
        initial = ends;
    }
    out
}

fn byte_of(piece: &str) -> Option<u8> {
    let hex = piece.strip_prefix("<0x")?.strip_suffix('>')?;
    u8::from_str_radix(hex, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: [&str; 9] = [
        "<pad>", "<eos>", "<0xD0>", "▁jeg", "▁Я", "Brab", "rand", "▁12", "XIX",
    ];

    #[test]
    fn danish_is_written_without_cyrillic() {
        let no = Pieces::new(&VOCABULARY, 1).forbidden("Я в Brabrand", Lang::Da);
        assert_eq!(
            no,
            [true, false, true, false, true, false, false, false, false]
        );
    }

    #[test]
    fn ukrainian_keeps_latin_words_of_the_source_only() {
        let no = Pieces::new(&VOCABULARY, 1).forbidden("Bor du i Brabrand?", Lang::Uk);
        assert_eq!(
            no,
            [true, false, false, true, false, false, false, false, false]
        );
    }
}
