//! Words that are found by how they sound.

use crate::sound::{likeness_over, sounds};
use crate::sound_index::SoundIndex;

/// A list of words, of either alphabet, and how they sound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BySound {
    words: Vec<String>,
    sounds: Vec<Vec<char>>,
    index: SoundIndex,
}

impl BySound {
    /// Lists words.
    pub fn of(words: Vec<String>) -> BySound {
        let sounds: Vec<Vec<char>> = words.iter().map(|word| sounds(word)).collect();
        let index = SoundIndex::new(sounds.iter().map(Vec::as_slice));
        BySound {
            words,
            sounds,
            index,
        }
    }

    /// The words in the order in which they were given.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Words that sound like what was heard, the likest first: 1 is alike, 0 is not; at least
    /// `least`.
    pub fn like(&self, heard: &str, least: f32) -> Vec<(&str, f32)> {
        let found = self.like_at(heard, least).into_iter();
        let mut found: Vec<(&str, f32)> = found
            .map(|(at, likeness)| (self.words[at].as_str(), likeness))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        found
    }

    /// As [`BySound::like`], with places in the list instead of words.
    pub fn like_at(&self, heard: &str, least: f32) -> Vec<(usize, f32)> {
        let heard = sounds(heard);
        if heard.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, f32)> = self
            .index
            .near(&heard, least)
            .into_iter()
            .filter_map(|at| {
                let likeness = likeness_over(&heard, &self.sounds[at], least);
                (likeness >= least).then_some((at, likeness))
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likest_comes_first_in_any_alphabet() {
        let names = ["Viborgvej", "Vibyvej", "Randers", "Рандерсвей"].map(str::to_owned);
        let list = BySound::of(names.to_vec());
        let like = |heard| -> Vec<String> {
            let found = list.like(heard, 0.6).into_iter();
            found.map(|(word, _)| word.to_owned()).collect()
        };
        assert_eq!(
            like("viborvej").first().map(String::as_str),
            Some("Viborgvej")
        );
        assert_eq!(like("рандерс").first().map(String::as_str), Some("Randers"));
        assert!(like("hvor").is_empty());
        assert!(like("").is_empty());
        assert_eq!(list.words(), names);
    }
}
