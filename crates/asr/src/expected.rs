//! Words that are expected, because somebody has just asked for one of them.

/// Longest case ending behind a stem, in letters.
const LONGEST_ENDING: usize = 3;

/// A list of words of one language, one of which an answer is likely to hold: streets where an
/// address was asked for, months where a day was.
///
/// The list is no evidence that one of them was said. It only takes away what the language has
/// against rare words: a listed word counts as if each word of the list were said equally often,
/// and only where the sound left it open
/// ([`DecodeOptions::expected`](crate::DecodeOptions::expected)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    words: Vec<String>,
    stems: Vec<String>,
}

impl Expected {
    /// A list of words, and one of beginnings of words, to which case endings of at most three
    /// letters are added. In lower case; `’` and `ʼ` count as `'`.
    pub fn of(
        words: impl IntoIterator<Item = String>,
        stems: impl IntoIterator<Item = String>,
    ) -> Expected {
        Expected {
            words: sorted(words),
            stems: sorted(stems),
        }
    }

    /// How many words and stems it has.
    pub fn len(&self) -> usize {
        self.words.len() + self.stems.len()
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
        is_in(&self.words, word) || self.cut(word).any(|stem| is_in(&self.stems, stem))
    }

    /// How many of its words begin with these letters.
    pub(crate) fn begun(&self, letters: &str) -> usize {
        let beginning = |list: &[String]| {
            let from = list.partition_point(|known| known.as_str() < letters);
            list[from..].partition_point(|known| known.starts_with(letters))
        };
        let begun = beginning(&self.words) + beginning(&self.stems);
        // A stem that is said already, with a part of its ending.
        begun.max(usize::from(self.holds(letters)))
    }

    /// A word without its last letters.
    fn cut<'a>(&self, word: &'a str) -> impl Iterator<Item = &'a str> {
        let ends = word.char_indices().rev().take(LONGEST_ENDING);
        std::iter::once(word).chain(ends.map(|(at, _)| &word[..at]))
    }
}

fn sorted(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let plain = |word: String| word.replace(['’', 'ʼ'], "'").to_lowercase();
    let mut words: Vec<String> = words.into_iter().map(plain).collect();
    words.retain(|word| !word.is_empty());
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
            owned(&["Вестергаде", "обю", "вестергаде"]),
            owned(&["орхус", "оденсе"]),
        )
    }

    #[test]
    fn words_are_listed_whole_and_stems_with_their_endings() {
        let towns = towns();
        assert_eq!(towns.len(), 4);
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
    fn beginnings_are_counted() {
        let towns = towns();
        for (letters, count) in [("в", 1), ("о", 3), ("ор", 1), ("орхусо", 1), ("х", 0)]
        {
            assert_eq!(towns.begun(letters), count, "{letters}");
        }
        assert!(Expected::default().is_empty());
    }
}
