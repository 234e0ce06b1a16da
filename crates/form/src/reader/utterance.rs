//! One turn prepared for reading: tokens, words, what they name.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::num::NonZero;
use std::ops::Range;
use std::sync::Arc;

use tolkebot_protocol::{Lang, Speaker};
use tolkebot_values::address::{self, Address, Gazetteer};
use tolkebot_values::email::{self, Email};
use tolkebot_values::names::{self, Comparing, PersonName};
use tolkebot_values::numbers::{self, Number};
use tolkebot_values::places::{self, Place};
use tolkebot_values::spelling::{self, Spelled};
use tolkebot_values::{Found, Token, TokenKind, tokenise};

use super::padding;
use super::sentences::Sentence;
use crate::dialogue::Turn;
use crate::state::Evidence;

/// From so many turns on they are looked at side by side; for fewer it isn't worth starting threads.
const MANY: usize = 64;

/// The turns prepared for reading, in their order. What a turn holds does not depend on others, so the
/// processor's cores share many of them.
pub(crate) fn prepared<'a>(turns: &[&'a Turn], streets: &Arc<Gazetteer>) -> Vec<Utterance<'a>> {
    let new = |turn: &&'a Turn| Utterance::new(turn, streets);
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    if turns.len() < MANY || cores == 1 {
        return turns.iter().map(new).collect();
    }
    let part = turns.len().div_ceil(cores);
    let look = |part: &[&'a Turn]| -> Vec<Utterance<'a>> {
        let _names = Comparing::begin();
        let utterances: Vec<Utterance<'a>> = part.iter().map(new).collect();
        utterances.iter().for_each(Utterance::look);
        utterances
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = turns
            .chunks(part)
            .map(|part| scope.spawn(move || look(part)))
            .collect();
        let done = parts.into_iter().map(|part| match part.join() {
            Ok(utterances) => utterances,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
    })
}

/// A turn with its words.
#[derive(Debug)]
pub(crate) struct Utterance<'a> {
    pub turn: &'a Turn,
    /// The text without what says nothing, letter for letter in the same places.
    pub said: Cow<'a, str>,
    pub tokens: Vec<Token>,
    /// Index of the token of each word.
    pub word_tokens: Vec<usize>,
    pub sentences: Vec<Sentence>,
    /// Whether the text has sentence signs and capitals (recognisers often write neither).
    pub written: bool,
    streets: Arc<Gazetteer>,
    addresses: OnceCell<Vec<Found<Address>>>,
    places: OnceCell<Vec<Found<Place>>>,
    emails: OnceCell<Vec<Found<Email>>>,
    spellings: OnceCell<Vec<Found<Spelled>>>,
    names: OnceCell<Vec<Found<PersonName>>>,
    numbers: OnceCell<Vec<Found<Number>>>,
}

impl<'a> Utterance<'a> {
    pub(crate) fn new(turn: &'a Turn, streets: &Arc<Gazetteer>) -> Utterance<'a> {
        let said = padding::left_out(&turn.text, turn.lang, turn.speaker);
        let tokens = tokenise(&said, turn.lang);
        let word_tokens: Vec<usize> = (0..tokens.len())
            .filter(|&i| tokens[i].kind != TokenKind::Sign)
            .collect();
        let written = tokens.iter().any(|t| t.ends_sentence() || t.capital);
        let mut utterance = Utterance {
            turn,
            said,
            tokens,
            word_tokens,
            sentences: Vec::new(),
            written,
            streets: streets.clone(),
            addresses: OnceCell::new(),
            places: OnceCell::new(),
            emails: OnceCell::new(),
            spellings: OnceCell::new(),
            names: OnceCell::new(),
            numbers: OnceCell::new(),
        };
        utterance.sentences = utterance.split();
        utterance
    }

    /// The addresses of the text, found once: comparing sounds with a register takes time.
    pub(crate) fn addresses(&self) -> &[Found<Address>] {
        self.addresses.get_or_init(|| {
            address::find_in(&self.tokens, self.lang(), &self.streets, self.places())
        })
    }

    /// The addresses of another text in the language of the turn.
    pub(crate) fn addresses_in(&self, text: &str) -> Vec<Found<Address>> {
        address::find_with(text, self.lang(), &self.streets)
    }

    /// The towns and countries of the text, found once.
    pub(crate) fn places(&self) -> &[Found<Place>] {
        self.places
            .get_or_init(|| places::find_in(&self.tokens, self.lang()))
    }

    /// The e-mail addresses of the text, found once.
    pub(crate) fn emails(&self) -> &[Found<Email>] {
        self.emails
            .get_or_init(|| email::find(&self.said, self.lang()))
    }

    /// The words that are spelled letter by letter, found once.
    pub(crate) fn spellings(&self) -> &[Found<Spelled>] {
        self.spellings
            .get_or_init(|| spelling::find_in(&self.tokens, self.lang()))
    }

    /// The people whom the text names, found once.
    pub(crate) fn names(&self) -> &[Found<PersonName>] {
        self.names
            .get_or_init(|| names::find_in(&self.tokens, self.lang()))
    }

    /// The numbers of the text, found once.
    pub(crate) fn numbers(&self) -> &[Found<Number>] {
        self.numbers
            .get_or_init(|| numbers::find_in(&self.tokens, self.lang()))
    }

    /// Finds all that can be found without knowing what was said before.
    fn look(&self) {
        self.addresses();
        self.emails();
        self.spellings();
        self.names();
        self.numbers();
    }

    pub(crate) fn lang(&self) -> Lang {
        self.turn.lang
    }

    pub(crate) fn is_staff(&self) -> bool {
        self.turn.speaker == Speaker::Staff
    }

    /// The folded words in a range; a small number that stands alone in digits is its word, as some recognisers write the one and
    /// some the other: "de 4 sidste", «за 6 тижнів».
    pub(crate) fn words(&self, range: Range<usize>) -> Vec<&str> {
        self.word_tokens
            .get(range)
            .unwrap_or(&[])
            .iter()
            .map(|&at| {
                self.count(at)
                    .unwrap_or_else(|| self.tokens[at].text.as_str())
            })
            .collect()
    }

    /// The word for the digits of a token that counts something: a small number with words on both sides.
    fn count(&self, at: usize) -> Option<&'static str> {
        const DANISH: [&str; 9] = [
            "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti",
        ];
        const UKRAINIAN: [&str; 9] = [
            "два",
            "три",
            "чотири",
            "п'ять",
            "шість",
            "сім",
            "вісім",
            "дев'ять",
            "десять",
        ];
        let token = &self.tokens[at];
        let digit = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|t| t.kind == TokenKind::Digits || t.glued && t.is_dash())
        };
        if token.kind != TokenKind::Digits || digit(at + 1) || at > 0 && digit(at - 1) {
            return None;
        }
        let counted: usize = token.text.parse().ok()?;
        let words = match self.lang() {
            Lang::Da => &DANISH,
            Lang::Uk => &UKRAINIAN,
        };
        words.get(counted.checked_sub(2)?).copied()
    }

    /// All folded words.
    pub(crate) fn all_words(&self) -> Vec<&str> {
        self.words(0..self.word_tokens.len())
    }

    /// The token of a word.
    pub(crate) fn token(&self, word: usize) -> &Token {
        &self.tokens[self.word_tokens[word]]
    }

    /// Byte range of a range of words; empty at 0 for none.
    pub(crate) fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        if words.is_empty() || words.end > self.word_tokens.len() {
            return 0..0;
        }
        self.token(words.start).span.start..self.token(words.end - 1).span.end
    }

    /// The first word that starts at or after a byte.
    pub(crate) fn word_at(&self, byte: usize) -> usize {
        self.word_tokens
            .partition_point(|&i| self.tokens[i].span.start < byte)
    }

    /// The words inside a byte range.
    pub(crate) fn words_in(&self, bytes: &Range<usize>) -> Range<usize> {
        self.word_at(bytes.start)..self.word_at(bytes.end)
    }

    /// The sentence that a byte stands in.
    pub(crate) fn sentence_at(&self, byte: usize) -> Option<&Sentence> {
        self.sentences
            .iter()
            .find(|s| s.bytes.start <= byte && byte < s.bytes.end)
    }

    /// "Nogle siger for eksempel: jeg hedder …": an explanation, nobody's data.
    pub(crate) fn is_example(&self, byte: usize) -> bool {
        self.sentence_at(byte).is_some_and(|s| {
            self.words(s.words.clone())
                .iter()
                .any(|w| matches!(*w, "eksempel" | "наприклад"))
        })
    }

    /// Evidence that quotes a byte range of the text.
    pub(crate) fn evidence(&self, bytes: Range<usize>) -> Evidence {
        let text = &self.turn.text;
        let bytes = if text.get(bytes.clone()).is_some_and(|t| !t.is_empty()) {
            bytes
        } else {
            0..text.len()
        };
        let before = text[..bytes.start].chars().count();
        let quote = text[bytes.clone()].to_owned();
        Evidence {
            turn: self.turn.n,
            chars: before..before + quote.chars().count(),
            text: quote,
            bytes,
            speaker: self.turn.speaker,
            lang: self.turn.lang,
            translated: false,
        }
    }

    /// Evidence that quotes a range of words.
    pub(crate) fn evidence_of_words(&self, words: &Range<usize>) -> Evidence {
        self.evidence(self.bytes(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_counts_characters_and_bytes() {
        let turn = Turn::new(3, Speaker::Citizen, Lang::Uk, "Так, учора.");
        let u = Utterance::new(&turn, &Gazetteer::shipped());
        let evidence = u.evidence_of_words(&(1..2));
        assert_eq!(evidence.text, "учора");
        assert_eq!(evidence.chars, 5..10);
        assert_eq!(&turn.text[evidence.bytes.clone()], "учора");
    }
}
