//! What was said last, as context for what is said next.
//!
//! An answer repeats words of the question, a read-back those of the answer: told to the recogniser,
//! they are heard right more often. Each conversation has its own, for each language: what was said
//! in it last, or what the other side's last utterance was translated into.

use std::sync::Arc;

/// Longer contexts cost time and say no more: the last so many characters, from a word's beginning.
const LONGEST: usize = 200;

/// What a recogniser is told of an utterance; nothing of one without words.
pub fn context_of(text: &str) -> Option<Arc<str>> {
    let text = text.trim();
    let too_long = text.chars().count().saturating_sub(LONGEST);
    let tail = match text.char_indices().nth(too_long) {
        Some((at, _)) if too_long > 0 => {
            let tail = &text[at..];
            tail.find(char::is_whitespace)
                .map_or(tail, |at| &tail[at..])
        }
        _ => text,
    };
    let tail = tail.trim();
    tail.contains(char::is_alphanumeric)
        .then(|| Arc::from(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_utterance_is_cut_between_words() {
        assert_eq!(
            context_of(" Hvad hedder du? ").as_deref(),
            Some("Hvad hedder du?")
        );
        for empty in ["", "  ", "…", "?!"] {
            assert_eq!(context_of(empty), None);
        }
        let long = "Сьогодні ".repeat(60);
        let context = context_of(&long).unwrap();
        assert!(context.chars().count() <= LONGEST && context.starts_with("Сьогодні"));
        // A word without end is cut where it must be.
        assert_eq!(context_of(&"a".repeat(500)).unwrap().len(), LONGEST);
    }
}
