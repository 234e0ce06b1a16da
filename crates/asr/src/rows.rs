//! Number words that were missed in a row of numbers.
//!
//! "Enogtredive, fører, seksoghalvtreds, syvogtyve": nobody says a leader in the middle of a
//! telephone number. Where a word that is no number stands among others that are, the numbers
//! that sound like it are handed to the decoder, and it says how likely each would have been. It
//! does not decide alone: it found "fire" clear where "fyrre" was said and "fører" written. The
//! number whose sound is likest to the word must be the decoder's first choice, too. Otherwise the
//! word stays: what cannot be read is asked about, and a wrong number would be believed. What is a
//! number already stays what it is.
//!
//! "Vestergade aften, niogfirs hundrede": the word between a street and the next number is the house
//! number. It becomes the number that it sounds like most, if it does so closely.

use std::ops::Range;

use crate::ffi::{Heard, Token};
use crate::gaps::Gap;
use crate::number_words::NumberWords;
use crate::offers::{Offer, weigh};
use crate::reconsider::{Decoder, timed};

/// By how much the sound may find a number less likely than the word (natural logarithm). A word
/// that is no number is not what is said in a row of numbers; but that much it may be.
const FAR: f32 = 5.0;
/// What sounds the same is taken whatever the decoder finds: it would have written it otherwise.
pub(crate) const SAME: f32 = 0.999;
/// By how much a number must be likelier than the next one (natural logarithm).
const CLEAR: f32 = 1.5;

/// Words that people put between numbers and that are none.
pub(crate) const BETWEEN: &[&str] = &[
    "og",
    "eller",
    "nej",
    "ikke",
    "men",
    "ja",
    "så",
    "til",
    "undskyld",
    "de",
    "den",
    "det",
    "dig",
    "din",
    "for",
    "fra",
    "en",
    "halv",
    "halvt",
    "telefon",
    "cifre",
    "і",
    "й",
    "та",
    "або",
    "чи",
    "ні",
    "не",
    "але",
    "так",
    "до",
    "ой",
    "потім",
    "далі",
    "зараз",
    "тоді",
    "теж",
    "останні",
    "останнє",
    "двері",
    "тире",
    "да",
];

/// The numbers to ask about for each gap of a text ([`crate::gaps`]), one group for each. `words` are its words in
/// lower case with their pieces.
pub(crate) fn offers(
    words: &[(Range<usize>, String)],
    numbers: &NumberWords,
    gaps: &[Gap],
    is_capital: impl Fn(usize) -> bool,
    tokenize: impl Fn(&str) -> Option<Vec<Token>>,
) -> Vec<Vec<Offer>> {
    let gaps = gaps.iter();
    gaps.map(|gap| {
        let first = &words[gap.at.start].0;
        let at = first.start..words[gap.at.end - 1].0.end;
        let like = numbers.for_gap(words, gap).into_iter();
        like.filter_map(|(word, likeness)| {
            let word = match is_capital(at.start) {
                true => capital(word),
                false => word.to_owned(),
            };
            let pieces = tokenize(&format!(" {word}"))?;
            let at = at.clone();
            Some(Offer {
                at,
                pieces,
                likeness,
                worth: 0.0,
            })
        })
        .collect()
    })
    .collect()
}

/// A word as it begins a sentence.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// What the decoder says about a number.
struct Weighed {
    /// By how much it is likelier than the word (natural logarithm).
    sound: f32,
    /// How alike number and word sound, 0 to 1.
    likeness: f32,
    /// Its pieces, each with the logarithm of its probability.
    way: Vec<(Token, f32)>,
}

/// Puts in the numbers that the model finds likely enough and clearly likelier than the others.
pub(crate) fn consider(
    mut text: Vec<Heard>,
    groups: Vec<Vec<Offer>>,
    end: (Token, f32),
    decoder: &mut impl Decoder,
) -> Vec<Heard> {
    let mut begun = false;
    // From the last to the first, so that places before stay where they are, and what the decoder
    // remembers stays valid.
    for group in groups.into_iter().rev() {
        let Some(at) = group.first().map(|offer| offer.at.clone()) else {
            continue;
        };
        let before: Vec<Token> = text[..at.start].iter().map(|heard| heard.token).collect();
        if !begun {
            begun = true;
            let known = &before[..before.len().saturating_sub(1)];
            if decoder.next(0, known).is_none() {
                return text;
            }
        }
        let mut weighed: Vec<Weighed> = Vec::new();
        for offer in &group {
            let Some((logs, sound)) = weigh(&text, offer, &before, end, decoder) else {
                continue;
            };
            weighed.push(Weighed {
                sound,
                likeness: offer.likeness,
                way: offer.pieces.iter().copied().zip(logs).collect(),
            });
        }
        weighed.sort_by(|a, b| b.sound.total_cmp(&a.sound));
        let next = weighed.get(1).map_or(f32::NEG_INFINITY, |w| w.sound);
        let Some(first) = weighed.first() else {
            continue;
        };
        let likest = group.iter().all(|offer| offer.likeness <= first.likeness);
        let likely = likest && first.sound >= -FAR && first.sound - next >= CLEAR;
        if likely || first.likeness >= SAME {
            let mut other = text[..at.start].to_vec();
            other.extend(timed(&text, &at, &first.way));
            other.extend_from_slice(&text[at.end..]);
            text = other;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use tolkebot_protocol::Lang;

    use super::*;
    use crate::gaps::Kind;

    #[test]
    fn a_house_number_must_sound_like_what_was_heard() {
        let offered = |text: &str| {
            let words = text.split(' ').enumerate();
            let words: Vec<_> = words
                .map(|(at, word)| (at..at + 1, word.to_owned()))
                .collect();
            let groups = offers(
                &words,
                &NumberWords::of(Lang::Da),
                &[Gap {
                    at: 1..2,
                    kind: Kind::House,
                }],
                |_| false,
                |word| Some(vec![if word == " atten" { 18 } else { 0 }]),
            );
            let offers = groups.into_iter().flatten();
            offers.map(|offer| offer.pieces[0]).collect::<Vec<_>>()
        };
        assert_eq!(offered("vestergade aften niogfirs"), [18]);
        for other in [
            "altså",
            "nummer",
            "otteog",
            "enog",
            "mellem",
            "omkring",
            "senest",
            "postnummer",
            "men",
            "har",
        ] {
            let text = format!("vestergade {other} niogfirs");
            assert!(offered(&text).is_empty(), "{other}");
        }
    }

    #[test]
    fn what_sounds_the_same_is_no_question() {
        // Whatever the decoder says.
        assert_eq!(consider_like([(7, -30.0, 1.0), (8, -30.0, 0.5)])[1], 7);
    }

    /// Knows how likely each piece is after any other.
    struct Model(HashMap<Token, f32>);

    impl Decoder for Model {
        fn next(&mut self, _: usize, _: &[Token]) -> Option<(Token, f32)> {
            Some((1, -1.0))
        }

        fn of(&mut self, _: usize, _: &[Token], wanted: Token) -> Option<f32> {
            Some(self.0.get(&wanted).copied().unwrap_or(-9.0))
        }
    }

    /// `2 4 6`, each with -1; 7 and 8 are offered for 4.
    fn consider_two(seven: f32, eight: f32) -> Vec<Token> {
        consider_like([(7, seven, 0.7), (8, eight, 0.7)])
    }

    fn consider_like([seven, eight]: [(Token, f32, f32); 2]) -> Vec<Token> {
        let heard = |token| Heard {
            token,
            log_probability: -1.0,
            start_ms: None,
            reconsidered: false,
        };
        let offer = |(piece, _, likeness)| Offer {
            at: 1..2,
            pieces: vec![piece],
            likeness,
            worth: 0.0,
        };
        let text = [2, 4, 6].map(heard).to_vec();
        let mut model = Model(HashMap::from([(7, seven.1), (8, eight.1), (6, -1.0)]));
        let groups = vec![vec![offer(seven), offer(eight)], Vec::new()];
        let found = consider(text, groups, (100, -0.1), &mut model);
        found.iter().map(|heard| heard.token).collect()
    }

    #[test]
    fn the_likelier_number_is_taken_if_it_is_clear() {
        assert_eq!(consider_two(-3.0, -8.0), [2, 7, 6]);
        assert_eq!(consider_two(-8.0, -3.0), [2, 8, 6]);
        // Two that are as likely: nobody knows which.
        assert_eq!(consider_two(-3.0, -3.5), [2, 4, 6]);
        // Nothing that the sound is far from.
        assert_eq!(consider_two(-7.0, -9.0), [2, 4, 6]);
    }

    #[test]
    fn the_decoder_does_not_choose_alone() {
        let of = |seven, eight| consider_like([(7, -6.0, seven), (8, -1.0, eight)]);
        assert_eq!(of(0.7, 0.8), [2, 8, 6]);
        assert_eq!(of(0.8, 0.7), [2, 4, 6]);
    }
}
