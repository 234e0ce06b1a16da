//! Words that nobody says, and the words that they were.
//!
//! A small recogniser spells what it hears, and some of what it misses is no word at all
//! ("teladelser" for "tilladelser"). The words of the example sentences that sound like such a word
//! are handed to the decoder, and it says how likely each would have been; sound and language decide
//! together, as they do about expected words ([`offers`](crate::offers)). That a word is not in
//! the examples proves nothing, since most of a language's words are not: where the sound is clear,
//! it stays.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use tolkebot_values::BySound;

use crate::ffi::Token;
use crate::offers::Offer;

/// How often the examples must have a word that is offered: what they have once may be a name.
const USUAL: usize = 3;
/// Letters of a word that is looked at, and of one that is offered, at least: everything sounds
/// like a short word.
const LEAST_LETTERS: usize = 5;
/// How alike a word and what was heard must sound, 0 to 1.
const ALIKE: f32 = 0.7;
/// The same for two words that may be one.
const CUT: f32 = 0.9;
/// From here on a word is only another spelling of what was heard ("vilken").
const SAME: f32 = 0.999;
/// What speaks for a word of the examples against one that none of them has (natural logarithm).
const WORTH: f32 = 1.0;
/// Words that are offered for one stretch.
const FOR_ONE: usize = 2;

/// The words of one language's example sentences.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    known: HashSet<String>,
    usual: BySound,
    /// Those of the usual ones that are names, streets or places.
    values: HashSet<String>,
}

impl Vocabulary {
    /// Counts the words of example sentences, one sentence a line. Those that `is_value` takes for
    /// names or places are only offered for another spelling of the same sound: a wrong one would be
    /// believed.
    pub(crate) fn of(sentences: &str, is_value: impl Fn(&str) -> bool) -> Vocabulary {
        let mut counted: HashMap<String, usize> = HashMap::new();
        let words = sentences
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʼ'))
            .filter(|word| !word.is_empty());
        for word in words {
            let word = word.to_lowercase().replace(['’', 'ʼ'], "'");
            *counted.entry(word).or_default() += 1;
        }
        let mut usual: Vec<String> = counted
            .iter()
            .filter(|(word, times)| **times >= USUAL && word.chars().count() >= LEAST_LETTERS)
            .filter(|(word, _)| word.chars().all(|c| c.is_alphabetic() || c == '\''))
            .map(|(word, _)| word.clone())
            .collect();
        usual.sort_unstable();
        let values = usual.iter().filter(|word| is_value(word)).cloned();
        let values = values.collect();
        let known = counted.into_keys().map(|word| plain(&word)).collect();
        Vocabulary {
            known,
            usual: BySound::of(usual),
            values,
        }
    }

    /// Whether the examples have a word, written in lower case without apostrophes.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// What to ask the model about. `words` are those of a text in lower case, letters only, with
    /// their pieces; `stays` says which must stay as they are, names and numbers.
    pub(crate) fn offers(
        &self,
        words: &[(Range<usize>, String)],
        stays: impl Fn(usize) -> bool,
        tokenize: impl Fn(usize, &str) -> Option<Vec<Token>>,
    ) -> Vec<Offer> {
        let strange: Vec<bool> = words
            .iter()
            .enumerate()
            .map(|(at, (_, word))| {
                let long = word.chars().count() >= LEAST_LETTERS;
                long && !self.knows(word) && !stays(at)
            })
            .collect();
        let mut offers = Vec::new();
        for at in 0..words.len() {
            if strange[at] {
                self.offer(words, at..at + 1, &tokenize, &mut offers);
            }
            // A word that was cut in two: "for ældremyndighed".
            let pair = strange[at] || strange.get(at + 1).copied().unwrap_or(false);
            let joined = words
                .get(at + 1)
                .is_some_and(|(next, _)| words[at].0.end == next.start);
            if pair && joined && !stays(at) && !stays(at + 1) {
                self.offer(words, at..at + 2, &tokenize, &mut offers);
            }
        }
        offers
    }

    fn offer(
        &self,
        words: &[(Range<usize>, String)],
        stretch: Range<usize>,
        tokenize: &impl Fn(usize, &str) -> Option<Vec<Token>>,
        offers: &mut Vec<Offer>,
    ) {
        let heard: String = words[stretch.clone()]
            .iter()
            .map(|(_, word)| word.as_str())
            .collect();
        let at = words[stretch.start].0.start..words[stretch.end - 1].0.end;
        let least = if stretch.len() > 1 { CUT } else { ALIKE };
        let like = self.usual.like(&heard, least).into_iter();
        let like =
            like.filter(|(word, likeness)| *likeness >= SAME || !self.values.contains(*word));
        for (word, likeness) in like.take(FOR_ONE) {
            offers.extend(tokenize(at.start, word).map(|pieces| Offer {
                at: at.clone(),
                pieces,
                likeness,
                worth: match likeness >= SAME {
                    true => f32::INFINITY,
                    false => WORTH,
                },
            }));
        }
    }
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: &str = "din opholdstilladelse er fin\nfælles forældremyndighed\n\
        tilladelser og forældremyndighed\nfemogtyve tilladelser, Maren\n\
        tilladelser, forældremyndighed, femogtyve, femogtyve, for\n";

    fn words(text: &str) -> Vec<(Range<usize>, String)> {
        text.split(' ')
            .enumerate()
            .map(|(at, word)| (at..at + 1, word.to_owned()))
            .collect()
    }

    fn offered(text: &str, stays: &[usize]) -> Vec<(Range<usize>, String)> {
        let vocabulary = Vocabulary::of(EXAMPLES, |word| word == "femogtyve");
        let known: Vec<String> = vocabulary.usual.words().to_vec();
        let tokenize = |_: usize, word: &str| {
            let at = known.iter().position(|k| k == word)?;
            Some(vec![at as Token])
        };
        let offers = vocabulary.offers(&words(text), |at| stays.contains(&at), tokenize);
        offers
            .into_iter()
            .map(|offer| (offer.at, known[offer.pieces[0] as usize].clone()))
            .collect()
    }

    #[test]
    fn words_that_no_example_has_are_offered_those_that_sound_alike() {
        assert_eq!(
            offered("dine teladelser", &[]),
            [(1..2, "tilladelser".to_owned())]
        );
        // Known words stay, and so do those that must.
        assert!(offered("tilladelser", &[]).is_empty());
        assert!(offered("opholdstilladelse", &[]).is_empty());
        assert!(offered("dine teladelser", &[1]).is_empty());
        // Nothing sounds like it.
        assert!(offered("en zebrakylling", &[]).is_empty());
    }

    #[test]
    fn a_word_cut_in_two_is_offered_whole() {
        let found = offered("fælles for ældremyndighed", &[]);
        assert!(
            found.contains(&(1..3, "forældremyndighed".to_owned())),
            "{found:?}"
        );
        // A sign between them parts them.
        let vocabulary = Vocabulary::of(EXAMPLES, |_| false);
        let mut apart = words("for ældremyndighed");
        apart[1].0 = 2..3;
        let offers = vocabulary.offers(&apart, |_| false, |_, _| Some(vec![1]));
        assert!(offers.iter().all(|offer| offer.at == (2..3)), "{offers:?}");
    }

    #[test]
    fn values_and_rare_words_are_not_offered_for_what_only_sounds_like_them() {
        for rare in ["femogtyre", "maran", "opholdstelladelse"] {
            assert!(offered(rare, &[]).is_empty(), "{rare}");
        }
    }
}
