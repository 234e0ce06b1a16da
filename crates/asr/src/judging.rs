//! What the language says about rows of tokens, and which expected words to ask the model about.

use std::ops::Range;

use crate::Expected;
use crate::ffi::{self, Context};
use crate::gaps::{self, Knows};
use crate::offers::Offer;
use crate::postal::{self, Towns};
use crate::read_back;
use crate::reconsider::Judge;
use crate::rows;
use crate::second_opinion::{self, SecondOpinion};

/// How alike an expected word and a stretch of the text must sound, 0 to 1.
const ALIKE: f32 = 0.6;
/// Expected words for one stretch.
const FOR_ONE: usize = 2;
/// Words of a stretch: a name that the model does not know is cut up into ones that it knows.
const MOST_WORDS: usize = 3;
/// Letters of a stretch, at least: everything sounds like a short word.
const LEAST_LETTERS: usize = 5;
/// Pieces of an expected word, at most.
const MOST_PIECES: usize = 12;
/// Pieces of a postal code with its town, at most.
const MOST_PIECES_OF_END: usize = 40;

/// Judges tokens by the text that they are.
pub(crate) struct Judging<'a> {
    pub context: &'a Context,
    pub opinion: &'a SecondOpinion,
    pub expected: Option<&'a Expected>,
}

impl Judging<'_> {
    fn text(&self, pieces: &[ffi::Token]) -> String {
        let bytes: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| self.context.bytes(*piece))
            .copied()
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Judge for Judging<'_> {
    fn prefers(&self, old: &[ffi::Token], new: &[ffi::Token]) -> Option<f32> {
        let (old, new) = (self.text(old), self.text(new));
        self.opinion.prefers(&old, &new, self.expected)
    }

    fn leans(&self, old: &[ffi::Token], new: &[ffi::Token]) -> f32 {
        let (old, new) = (self.text(old), self.text(new));
        self.opinion.leans(&old, &new)
    }

    fn begins_word(&self, piece: ffi::Token) -> bool {
        self.context.bytes(piece).first() == Some(&b' ')
    }
}

impl Judging<'_> {
    /// Expected words that sound like a stretch of the text which holds neither an expected word
    /// nor a number.
    pub(crate) fn offers(&self, text: &[ffi::Heard]) -> Vec<Offer> {
        let Some(expected) = self.expected.filter(|expected| !expected.is_empty()) else {
            return Vec::new();
        };
        let words = self.words(text);
        let mut offers = Vec::new();
        for from in 0..words.len() {
            let mut letters = String::new();
            for (to, (at, word)) in words.iter().enumerate().skip(from).take(MOST_WORDS) {
                // No name has a comma or a full stop inside.
                let apart = to > from && words[to - 1].0.end < at.start;
                if apart || word.is_empty() || expected.holds(word) || self.opinion.is_number(word)
                {
                    break;
                }
                letters.push_str(word);
                if letters.chars().count() < LEAST_LETTERS {
                    continue;
                }
                let stretch = words[from].0.start..at.end;
                for (word, likeness) in expected.like(&letters, ALIKE, FOR_ONE) {
                    // Of a stretch of several words all must belong to it.
                    let likeness = likeness - 0.05 * (to - from) as f32;
                    let pieces = self.context.tokenize(&format!(" {word}"), MOST_PIECES);
                    offers.extend(pieces.map(|pieces| Offer {
                        at: stretch.clone(),
                        pieces,
                        likeness,
                        worth: 0.0,
                    }));
                }
            }
        }
        offers
    }

    /// Words of the examples that sound like one which none of them has. Names stay as they were
    /// heard, and so do numbers and expected words.
    pub(crate) fn strange_words(&self, text: &[ffi::Heard]) -> Vec<Offer> {
        let words = self.words(text);
        let stays = |at: usize| {
            let Some((range, word)) = words.get(at) else {
                return true;
            };
            let begins = range.start == 0 || self.ends_sentence(text[range.start - 1].token);
            self.is_capital(text[range.start].token) && !begins
                || self.opinion.is_name(word)
                || self.opinion.is_place(word)
                || self.opinion.is_number(word)
                || self.expected.is_some_and(|expected| expected.holds(word))
        };
        self.opinion.vocabulary().offers(&words, stays, |at, word| {
            let word = match self.is_capital(text[at].token) {
                true => rows::capital(word),
                false => word.to_owned(),
            };
            self.context.tokenize(&format!(" {word}"), MOST_PIECES)
        })
    }

    fn is_capital(&self, piece: ffi::Token) -> bool {
        let piece = String::from_utf8_lossy(self.context.bytes(piece));
        piece.trim_start().starts_with(char::is_uppercase)
    }

    fn ends_sentence(&self, piece: ffi::Token) -> bool {
        self.context
            .bytes(piece)
            .last()
            .is_some_and(|last| b".?!".contains(last))
    }

    /// Whether a sentence ends behind a word.
    fn sentence_ends(&self, text: &[ffi::Heard], words: &[postal::Spoken], at: usize) -> bool {
        let next = words.get(at + 1).map_or(text.len(), |(at, _)| at.start);
        self.ends_sentence(text[next - 1].token)
    }

    /// Numbers that sound like a word which stands in a row of numbers and is none.
    pub(crate) fn missed_numbers(&self, text: &[ffi::Heard]) -> Vec<Vec<Offer>> {
        let words = self.words(text);
        let like = self.opinion.number_words();
        let knows = Knows {
            lang: self.opinion.lang(),
            is_number: |word: &str| self.opinion.is_number(word),
            is_street: second_opinion::is_street,
            is_name: |word: &str| self.opinion.is_name(word) || self.opinion.is_place(word),
            ends_sentence: |at: usize| self.sentence_ends(text, &words, at),
        };
        let gaps = gaps::find(&words, like, &knows);
        rows::offers(
            &words,
            like,
            &gaps,
            |at| self.is_capital(text[at].token),
            |word| self.context.tokenize(word, MOST_PIECES),
        )
    }

    /// Postal codes that sound like what stands before their town and is none.
    pub(crate) fn codes_of_towns(&self, text: &[ffi::Heard]) -> Vec<Vec<Offer>> {
        postal::codes(
            &self.words(text),
            self.opinion.lang(),
            |word| self.opinion.is_number(word),
            |at| self.is_capital(text[at].token),
            |code| {
                self.context
                    .tokenize(&format!(" {code}"), MOST_PIECES_OF_END)
            },
        )
    }

    /// Codes with their towns that sound like a stretch in which neither was heard.
    pub(crate) fn ends_of_addresses(&self, text: &[ffi::Heard]) -> Vec<Vec<Offer>> {
        read_back::ends(
            &self.words(text),
            self.opinion.lang(),
            |word| self.opinion.is_number(word),
            second_opinion::is_street,
            |word| self.opinion.is_place(word),
            |at| self.is_capital(text[at].token),
            |end| {
                self.context
                    .tokenize(&format!(" {end}"), MOST_PIECES_OF_END)
            },
        )
    }

    /// Towns that sound like what stands behind their postal code and is no place.
    pub(crate) fn towns_of_codes(&self, text: &[ffi::Heard]) -> Towns {
        let words = self.words(text);
        postal::towns(
            &words,
            self.opinion.lang(),
            |word| self.opinion.is_number(word) || self.opinion.is_place(word),
            second_opinion::is_street,
            |at| self.sentence_ends(text, &words, at),
            |town| self.context.tokenize(&format!(" {town}"), MOST_PIECES),
        )
    }

    /// The words of a text, lower case, without what is no letter, with their pieces but for signs
    /// at the end.
    fn words(&self, text: &[ffi::Heard]) -> Vec<(Range<usize>, String)> {
        let mut words: Vec<(Range<usize>, Vec<u8>)> = Vec::new();
        for (at, heard) in text.iter().enumerate() {
            let bytes = self.context.bytes(heard.token);
            let is_sign = bytes.iter().all(|byte| byte.is_ascii_punctuation());
            match words.last_mut() {
                _ if bytes.first() == Some(&b' ') => words.push((at..at + 1, bytes.to_vec())),
                None => words.push((at..at + 1, bytes.to_vec())),
                Some(_) if is_sign => {}
                Some((range, letters)) => {
                    range.end = at + 1;
                    letters.extend(bytes);
                }
            }
        }
        let plain = |bytes: Vec<u8>| -> String {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            text.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let words = words.into_iter();
        words.map(|(range, bytes)| (range, plain(bytes))).collect()
    }
}
