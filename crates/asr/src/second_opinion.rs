//! What the language says about texts that sound alike.

use std::path::Path;

use tolkebot_protocol::Lang;
use tolkebot_values::{names, numbers, places};

use crate::letters::Letters;
use crate::number_words::NumberWords;
use crate::vocabulary::Vocabulary;
use crate::{AsrError, Expected};

/// What a list of expected words is worth at most between two texts, as the logarithm of a ratio
/// of probabilities: where the sound says more than that against it, it says nothing.
const MOST_EXPECTED: f32 = 4.0;

/// How Danish streets end, as they are written in both languages.
const STREETS: [&str; 12] = [
    "vej", "gade", "allé", "plads", "stræde", "torv", "вей", "вай", "гаде", "алле", "плас", "торв",
];

/// Words that turn a sentence round or are a whole answer. A text without them is shorter, and
/// letters prefer what is shorter.
const TURNS: [&str; 15] = [
    "ikke",
    "nej",
    "ingen",
    "intet",
    "aldrig",
    "uden",
    "jo",
    "ja",
    "не",
    "ні",
    "немає",
    "нема",
    "ніколи",
    "без",
    "так",
];

/// Says which of two texts of one language is the better one.
///
/// It has no opinion on numbers: a text that holds another number than the one that was heard
/// never replaces it, however much more usual it may be. Only a word that is none, in the middle of
/// a row of numbers, may become one. Nor does it take away or add an "ikke" or «не»; it may put one
/// right that was written as a word that nobody says.
#[derive(Debug, Clone)]
pub struct SecondOpinion {
    lang: Lang,
    letters: Letters,
    numbers: NumberWords,
    vocabulary: Vocabulary,
    weight: f32,
}

impl SecondOpinion {
    /// How much the language's opinion weighs against the sound's. Tuned on one recorded
    /// conversation; see `docs/recognition.md`.
    pub const WEIGHT: f32 = 0.4;

    /// With letters counted in that language.
    pub fn new(lang: Lang, letters: Letters) -> SecondOpinion {
        SecondOpinion {
            lang,
            letters,
            numbers: NumberWords::of(lang),
            vocabulary: Vocabulary::default(),
            weight: SecondOpinion::WEIGHT,
        }
    }

    /// Reads what lies beside a speech model: `letters-da.txt` or `letters-uk.txt`, example
    /// sentences of that language, one a line. `None` if there is no such file.
    ///
    /// # Errors
    /// [`AsrError::Model`] if there is one that cannot be read or holds no sentences.
    pub fn beside(folder: &Path, lang: Lang) -> Result<Option<SecondOpinion>, AsrError> {
        let file = folder.join(format!("letters-{}.txt", lang.code()));
        if !file.exists() {
            return Ok(None);
        }
        let (letters, sentences) = Letters::load(&file)?;
        let mut opinion = SecondOpinion::new(lang, letters);
        opinion.vocabulary = Vocabulary::of(&sentences, |word| opinion.is_value(word));
        Ok(Some(opinion))
    }

    /// With another weight; 0 is no opinion at all.
    pub fn weighing(mut self, weight: f32) -> SecondOpinion {
        self.weight = weight;
        self
    }

    /// How much better it finds `new` than `old`, as the logarithm of a ratio of probabilities;
    /// `None` if the one may not replace the other.
    pub(crate) fn prefers(&self, old: &str, new: &str, expected: Option<&Expected>) -> Option<f32> {
        if self.numbers(old) != self.numbers(new) || self.turns_round(old, new) {
            return None;
        }
        let gain = self.letters.log_probability(new) - self.letters.log_probability(old);
        let more = expected.map_or(0.0, |list| self.rarity(new, list) - self.rarity(old, list));
        let more = (self.weight * more as f32).clamp(-MOST_EXPECTED, MOST_EXPECTED);
        Some(self.weight * gain as f32 + more)
    }

    /// How much better it finds one beginning of a text than another.
    pub(crate) fn leans(&self, old: &str, new: &str) -> f32 {
        let gain = self.letters.of_beginning(new) - self.letters.of_beginning(old);
        self.weight * gain as f32
    }

    /// What the letters have against a text because it holds expected words that are rarer than
    /// others of their list.
    fn rarity(&self, text: &str, expected: &Expected) -> f64 {
        let usual = -(expected.len().max(1) as f64).ln();
        let words = self.letters.by_word(text).into_iter();
        words
            .filter(|(word, _)| expected.holds(word))
            .map(|(_, log)| (usual - log).max(0.0))
            .sum()
    }

    /// The words of the example sentences.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The language's number words.
    pub(crate) fn number_words(&self) -> &NumberWords {
        &self.numbers
    }

    /// Whether a text says a number.
    pub(crate) fn is_number(&self, text: &str) -> bool {
        !numbers::find(text, self.lang).is_empty()
    }

    /// The language.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether a word is a place.
    pub(crate) fn is_place(&self, word: &str) -> bool {
        !places::find(word, self.lang).is_empty()
    }

    /// Whether a word is somebody's name.
    pub(crate) fn is_name(&self, word: &str) -> bool {
        !names::find(word, self.lang).is_empty()
    }

    /// Whether a word is a number, a name, a street or a place.
    fn is_value(&self, word: &str) -> bool {
        is_street(word) || self.is_number(word) || self.is_name(word) || self.is_place(word)
    }

    /// Whether a text may mean the contrary of another.
    fn turns_round(&self, old: &str, new: &str) -> bool {
        let (old, new) = (words(old), words(new));
        let turning = |words: &[String]| -> Vec<String> {
            let words = words.iter().filter(|word| turns(word));
            words.cloned().collect()
        };
        if turning(&old) == turning(&new) || self.is_one_word(&old, &new) {
            return false;
        }
        let stays = |(old, new): (&String, &String)| {
            let put_right = !turns(old) && !self.vocabulary.knows(old);
            old == new || put_right || !turns(old) && !turns(new)
        };
        old.len() != new.len() || !old.iter().zip(&new).all(stays)
    }

    /// Whether two words that differ are one of the new text, whose end or beginning looks like a word that turns:
    /// «соція не житло» for «соціальне житло».
    fn is_one_word(&self, old: &[String], new: &[String]) -> bool {
        let same = |pairs: &mut dyn Iterator<Item = (&String, &String)>| {
            pairs.take_while(|(old, new)| old == new).count()
        };
        let before = same(&mut old.iter().zip(new));
        let behind = same(&mut old[before..].iter().rev().zip(new[before..].iter().rev()));
        let parts = (
            &old[before..old.len() - behind],
            &new[before..new.len() - behind],
        );
        let ([first, second], [whole]) = parts else {
            return false;
        };
        let is_none = |word: &str| !turns(word) && !self.vocabulary.knows(word);
        turns(second) && is_none(first) && whole.ends_with(second.as_str())
            || turns(first) && is_none(second) && whole.starts_with(first.as_str())
    }

    /// The numbers of a text, and whether each is said as an ordinal.
    fn numbers(&self, text: &str) -> Vec<(u64, bool)> {
        numbers::find(text, self.lang)
            .into_iter()
            .map(|found| {
                let ordinal = matches!(found.value.form, numbers::Form::Ordinal(_));
                (found.value.value, ordinal)
            })
            .collect()
    }
}

/// The words of a text in lower case, without apostrophes.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\'', '’', 'ʼ'], "");
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a word, lower case, turns a sentence round.
fn turns(word: &str) -> bool {
    TURNS.contains(&word)
}

/// Whether a word, lower case, ends as Danish streets do.
pub(crate) fn is_street(word: &str) -> bool {
    STREETS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion() -> SecondOpinion {
        let letters = Letters::of("jeg flytter den femtende maj\njeg flytter på mandag\n");
        SecondOpinion::new(Lang::Da, letters)
    }

    #[test]
    fn it_prefers_what_is_usual() {
        let gain = opinion().prefers("jeg flytder på mandag", "jeg flytter på mandag", None);
        assert!(gain.is_some_and(|gain| gain > 1.0), "{gain:?}");
        assert!(opinion().leans("jeg flytd", "jeg flytt") > 0.0);
    }

    #[test]
    fn it_has_no_opinion_on_numbers() {
        for (old, new) in [
            ("den femte maj", "den femtende maj"),
            ("den fem", "den femte"),
            ("nul syv", "syv"),
            ("femten", "femtende"),
        ] {
            assert_eq!(opinion().prefers(old, new, None), None, "{old}");
        }
        let same = opinion().prefers("jeg flytder den femte", "jeg flytter den femte", None);
        assert!(same.is_some());
    }

    #[test]
    fn it_turns_no_sentence_round() {
        let mut opinion = opinion();
        opinion.vocabulary = Vocabulary::of("jeg flytter ikke på den mandag", |_| false);
        for (old, new) in [
            ("Jeg flytter ikke på mandag.", "Jeg flytter på mandag."),
            ("jeg flytter på mandag", "jeg flytter ikke på mandag"),
            ("jeg flytter ikke mandag", "jeg flytter den mandag"),
            ("jeg flytter den mandag", "jeg flytter ikke mandag"),
            ("Nej, jeg flytter", "Ja, jeg flytter"),
            ("jeg flytter ja mandag", "jeg flytterja mandag"),
            ("я не розлучена", "я розлучена"),
        ] {
            assert_eq!(opinion.prefers(old, new, None), None, "{old}");
        }
        for (old, new) in [
            ("jeg flytder ikke på mandag", "Jeg flytter ikke, på mandag"),
            // Nobody says "ike".
            ("jeg flytter ike på mandag", "jeg flytter ikke på mandag"),
            // Nor "soci".
            ("jeg flytter soci ja mandag", "jeg flytter socija mandag"),
        ] {
            assert!(opinion.prefers(old, new, None).is_some(), "{old}");
        }
    }

    #[test]
    fn expected_words_are_no_rarities() {
        let words = ["badstuegade", "ryesgade", "maj"].map(str::to_owned);
        let streets = Expected::of(words, []);
        let (heard, said) = ("jeg flytter til badstukade", "jeg flytter til badstuegade");
        let gain = |expected| opinion().prefers(heard, said, expected).unwrap();
        let alone = gain(None);
        let listed = gain(Some(&streets));
        assert!(listed > alone + 1.0, "{alone} {listed}");
        // However rare a word is, its being listed is worth so much and no more.
        assert!(listed <= alone + MOST_EXPECTED, "{alone} {listed}");
        // A list that does not hold the word changes nothing, and neither does an empty one.
        let others = Expected::of(["nygade".to_owned()], []);
        assert!((gain(Some(&others)) - alone).abs() < 1e-6);
        assert!((gain(Some(&Expected::default())) - alone).abs() < 1e-6);
        // No list makes one number of another.
        let months = Expected::of(["femtende".to_owned()], []);
        assert_eq!(
            opinion().prefers("den femte", "den femtende", Some(&months)),
            None
        );
    }

    #[test]
    fn a_model_without_sentences_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            SecondOpinion::beside(folder.path(), Lang::Da)
                .unwrap()
                .is_none()
        );
        std::fs::write(folder.path().join("letters-da.txt"), "\n").unwrap();
        assert!(SecondOpinion::beside(folder.path(), Lang::Da).is_err());
        std::fs::write(folder.path().join("letters-da.txt"), "god dag\n").unwrap();
        assert!(
            SecondOpinion::beside(folder.path(), Lang::Da)
                .unwrap()
                .is_some()
        );
    }
}
