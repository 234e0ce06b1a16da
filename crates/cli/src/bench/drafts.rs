//! Translations that are read before they are finished.

use std::collections::HashMap;
use std::time::Instant;

use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::Speaker;

/// What was seen of drafts.
#[derive(Default)]
pub struct Drafts {
    /// Of stretches that are being spoken: when a draft was first seen, and the newest.
    open: HashMap<Speaker, (Instant, String)>,
    /// The same of utterances that wait for their translation, by number.
    waiting: HashMap<u32, (Instant, String)>,
    /// How long before the translation its draft began to be read, ms.
    pub ahead: Vec<u64>,
    /// Words of drafts that the translation does not begin with.
    pub erased: usize,
    /// Words of all translations.
    pub words: usize,
}

impl Drafts {
    pub fn take(&mut self, event: &PipeEvent) {
        match event {
            PipeEvent::Draft { speaker, text, .. } => {
                let draft = self.open.entry(*speaker);
                draft.or_insert_with(|| (Instant::now(), String::new())).1 = text.clone();
            }
            PipeEvent::Settled(settled) => {
                if let Some(draft) = self.open.remove(&settled.speaker) {
                    self.waiting.insert(settled.number, draft);
                }
            }
            PipeEvent::Translated { number, text, .. } => {
                self.words += text.split_whitespace().count();
                if let Some((began, draft)) = self.waiting.remove(number) {
                    self.ahead.push(began.elapsed().as_millis() as u64);
                    self.erased += erased(&draft, text);
                }
            }
            _ => {}
        }
    }

    /// Words taken back for each word of the translations.
    pub fn normalised_erasure(&self) -> f64 {
        self.erased as f64 / self.words.max(1) as f64
    }
}

/// Words of the draft from the first that the translation does not have in its place.
fn erased(draft: &str, text: &str) -> usize {
    let same = (draft.split_whitespace().zip(text.split_whitespace()))
        .take_while(|(a, b)| a == b)
        .count();
    draft.split_whitespace().count() - same
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_behind_the_first_difference_are_erased() {
        assert_eq!(erased("jeg vil", "jeg vil gerne"), 0);
        assert_eq!(erased("jeg vil gerne", "jeg skal gerne"), 2);
        assert_eq!(erased("jeg vil gerne", "jeg vil"), 1);
    }
}
