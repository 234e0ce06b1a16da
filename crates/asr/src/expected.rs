//! Words that are expected, because somebody has just asked for one of them.

use std::collections::HashSet;
use std::sync::Arc;

use tolkebot_values::BySound;

/// Longest case ending behind a stem, in letters.
const LONGEST_ENDING: usize = 3;

/// A list of words of one language, one of which an answer is likely to hold: streets where an
/// address was asked for, months where a day was.
///
/// The list is no evidence that one of them was said. It says which words are not too rare to be
/// said, and which to ask the model about where it wrote others that sound alike
/// ([`DecodeOptions::expected`](crate::DecodeOptions::expected)).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expected {
    /// Lower case, sorted.
    words: Vec<String>,
    /// The same as they are written.
    written: BySound,
    /// Lower case, sorted.
    stems: BySound,
    /// A list that many conversations share.
    more: Option<Arc<Expected>>,
}

impl Expected {
    /// A list of words as they are written in a sentence, and one of beginnings of names, to which
    /// case endings of at most three letters are added. `’` and `ʼ` count as `'`.
    pub fn of(
        words: impl IntoIterator<Item = String>,
        stems: impl IntoIterator<Item = String>,
    ) -> Expected {
        let written = sorted(words.into_iter().map(plain));
        Expected {
            words: sorted(written.iter().map(|word| word.to_lowercase())),
            written: BySound::of(written),
            stems: BySound::of(sorted(
                stems.into_iter().map(|stem| plain(stem).to_lowercase()),
            )),
            more: None,
        }
    }

    /// This list and another, which is not copied.
    #[must_use]
    pub fn and(mut self, more: Option<Arc<Expected>>) -> Expected {
        self.more = more;
        self
    }

    /// How many words and stems it has.
    pub fn len(&self) -> usize {
        let more = self.more.as_ref().map_or(0, |more| more.len());
        self.words.len() + self.stems.words().len() + more
    }

    /// Nothing is expected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a word, lower case, is listed, or a stem of it with nothing or an ending behind it.
    pub fn holds(&self, word: &str) -> bool {
        let is_in = |list: &[String], word: &str| {
            let found = list.binary_search_by(|known| known.as_str().cmp(word));
            found.is_ok()
        };
        is_in(&self.words, word)
            || cuts(word).any(|(stem, _)| is_in(self.stems.words(), stem))
            || self.more.as_ref().is_some_and(|more| more.holds(word))
    }

    /// At most `most` listed words that sound like a stretch of text, as they are written, with how
    /// alike they are (0 to 1), the likest first. Of stems with the ending that was heard.
    pub(crate) fn like(&self, heard: &str, least: f32, most: usize) -> Vec<(String, f32)> {
        let words = self.written.like(heard, least).into_iter();
        let mut found: Vec<(String, f32)> = words
            .map(|(word, likeness)| (word.to_owned(), likeness))
            .collect();
        for (rest, ending) in cuts(heard) {
            let stems = self.stems.like(rest, least).into_iter();
            found.extend(stems.map(|(stem, likeness)| (in_capitals(stem) + ending, likeness)));
        }
        if let Some(more) = &self.more {
            found.extend(more.like(heard, least, most));
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut seen = HashSet::new();
        found.retain(|(word, _)| seen.insert(word.clone()));
        found.truncate(most);
        found
    }
}

/// A word without its last letters, and those: first the whole of it.
fn cuts(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = word.char_indices().rev().take(LONGEST_ENDING);
    std::iter::once((word, "")).chain(ends.map(|(at, _)| word.split_at(at)))
}

fn in_capitals(stem: &str) -> String {
    let mut letters = stem.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn plain(word: String) -> String {
    word.replace(['’', 'ʼ'], "'")
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn towns() -> Expected {
        let owned = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        Expected::of(
            owned(&["Вестергаде", "Обю", "Вестергаде"]),
            owned(&["орхус", "оденсе"]),
        )
    }

    #[test]
    fn words_are_listed_whole_and_stems_with_their_endings() {
        let towns = towns();
        assert_eq!(towns.len(), 4);
        assert!(!towns.is_empty() && Expected::default().is_empty());
        for word in ["вестергаде", "обю", "орхус", "орхусі", "орхусом", "оденсе"]
        {
            assert!(towns.holds(word), "{word}");
        }
        for word in ["вестергад", "вестергаденом", "орху", "орхуського", ""]
        {
            assert!(!towns.holds(word), "{word}");
        }
    }

    #[test]
    fn a_shared_list_counts_as_its_own() {
        let names = Expected::of(vec!["Софія".to_owned()], Vec::new()).and(Some(Arc::new(towns())));
        assert_eq!(names.len(), 5);
        assert!(names.holds("софія") && names.holds("орхусі"));
        let found = names.like("вестергате", 0.7, 2);
        assert_eq!(found[0].0, "Вестергаде");
    }

    #[test]
    fn words_are_found_by_sound_and_stems_with_the_ending_that_was_heard() {
        let towns = towns();
        let like = |heard| {
            let found = towns.like(heard, 0.7, 2).into_iter();
            found.map(|(word, _)| word).next()
        };
        assert_eq!(like("вестергате").as_deref(), Some("Вестергаде"));
        assert_eq!(like("огхусі").as_deref(), Some("Орхусі"));
        assert_eq!(like("квартира"), None);
    }
}
