//! Words that were asked for: which of them were heard, and which were made up.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use tolkebot_form::{FormDefinition, FormReader, Turn};
use tolkebot_interpreter::Expected;
use tolkebot_server::Vocabulary;

use super::values;
use crate::demo::Recording;

/// The words that a conversation's form expects in each turn, by what was said before it.
pub(super) struct AskedFor(HashMap<(String, u32), Arc<Expected>>);

impl AskedFor {
    /// Lets the form read the scripts.
    pub(super) fn of(recordings: &[Recording]) -> Result<AskedFor> {
        let form = FormDefinition::embedded();
        let vocabulary = Vocabulary::default();
        let mut by_turn = HashMap::new();
        for recording in recordings {
            let today = values::day(&recording.today, &recording.id)?;
            let mut reader = FormReader::new(Arc::clone(&form), today);
            for turn in &recording.turns {
                let list = vocabulary.expected(&reader.expected(), turn.lang, reader.state());
                if let Some(list) = list {
                    by_turn.insert((recording.id.clone(), turn.n), list);
                }
                reader.push(&Turn {
                    n: turn.n,
                    speaker: turn.speaker,
                    lang: turn.lang,
                    text: turn.text.clone(),
                    translation: Some(turn.reference.clone()),
                });
            }
        }
        Ok(AskedFor(by_turn))
    }

    pub(super) fn get(&self, conversation: &str, turn: u32) -> Option<Arc<Expected>> {
        self.0.get(&(conversation.to_owned(), turn)).cloned()
    }
}

/// How listed words fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListedWords {
    /// Said by somebody.
    pub said: usize,
    /// Of these, heard.
    pub heard: usize,
    /// Written, but not said.
    pub made_up: usize,
}

impl ListedWords {
    /// Counts one turn.
    pub(super) fn count(&mut self, list: &Expected, said: &str, heard: &str) {
        let mut left = listed(list, said);
        self.said += left.len();
        for word in listed(list, heard) {
            match left.iter().position(|other| *other == word) {
                Some(at) => {
                    left.swap_remove(at);
                    self.heard += 1;
                }
                None => self.made_up += 1,
            }
        }
    }
}

fn listed(list: &Expected, text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʼ'))
        .map(|word| word.to_lowercase().replace(['’', 'ʼ'], "'"))
        .filter(|word| list.holds(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_are_heard_missed_or_made_up() {
        let list = Expected::of(["vestergade", "nygade"].map(str::to_owned), []);
        let mut counted = ListedWords::default();
        counted.count(&list, "Jeg bor i Vestergade.", "jeg bor i vestergade");
        counted.count(&list, "Jeg bor i Nygade.", "jeg bor i ny gade");
        counted.count(&list, "Jeg bor i Ryesgade.", "jeg bor i Nygade");
        assert_eq!(
            counted,
            ListedWords {
                said: 2,
                heard: 1,
                made_up: 1
            }
        );
    }
}
