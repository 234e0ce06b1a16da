//! Expected words that sound like what was heard: whether they were said is asked of the model.
//!
//! Where the model nearly wrote another piece of a word, [`reconsider`](crate::reconsider) follows
//! that. A name that it has never seen it does not nearly write: it writes words that sound alike
//! ("Vi bor vej" for Viborgvej). So the expected words that sound like a stretch of the text are
//! handed to the decoder piece by piece, and it says how likely each would have been.

use std::ops::Range;

use crate::ffi::{Heard, Token};
use crate::reconsider::{Decoder, Judge, timed};

/// A word that may have been said instead of a stretch of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offer {
    /// The stretch, in pieces.
    pub at: Range<usize>,
    /// The word's pieces.
    pub pieces: Vec<Token>,
    /// How alike they sound, 0 to 1.
    pub likeness: f32,
    /// What speaks for the word besides sound and language (natural logarithm). Infinite for one
    /// that is only another spelling of what was heard: the language alone decides.
    pub worth: f32,
}

/// By how much the sound may speak against an offer (natural logarithm), whatever the language
/// says for it.
const FAR: f32 = 5.0;

/// Asks the model for at most `most` offers, those that sound most alike, and takes those that
/// sound and language together find better than the text.
pub(crate) fn consider(
    mut text: Vec<Heard>,
    mut offers: Vec<Offer>,
    end: (Token, f32),
    most: usize,
    decoder: &mut impl Decoder,
    judge: &impl Judge,
) -> Vec<Heard> {
    offers.retain(|offer| offer.at.end <= text.len() && !offer.pieces.is_empty());
    offers.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    offers.truncate(most);
    // From the last to the first, so that places before an accepted one stay where they are, and
    // what the decoder remembers stays valid.
    offers.sort_by(|a, b| {
        let order = b.at.start.cmp(&a.at.start);
        order.then(b.likeness.total_cmp(&a.likeness))
    });
    let mut begun = false;
    let mut taken_from = text.len();
    for offer in offers {
        if offer.at.end > taken_from {
            continue;
        }
        let before: Vec<Token> = ids(&text[..offer.at.start]);
        if !begun {
            begun = true;
            let known = &before[..before.len().saturating_sub(1)];
            if decoder.next(0, known).is_none() {
                return text;
            }
        }
        let Some((logs, sound)) = weigh(&text, &offer, &before, end, decoder) else {
            continue;
        };
        if sound < -FAR && offer.worth.is_finite() {
            continue;
        }
        let way: Vec<(Token, f32)> = offer.pieces.iter().copied().zip(logs).collect();
        let mut other = text[..offer.at.start].to_vec();
        other.extend(timed(&text, &offer.at, &way));
        other.extend_from_slice(&text[offer.at.end..]);
        let language = judge.prefers(&ids(&text), &ids(&other));
        let is_better = language.is_some_and(|language| match offer.worth {
            f32::INFINITY => language > 0.0,
            worth => sound + language + worth > 0.0,
        });
        if is_better {
            text = other;
            taken_from = offer.at.start;
        }
    }
    text
}

/// How likely each piece of an offer is, and by how much likelier than the text it is, with the
/// piece that follows it.
pub(crate) fn weigh(
    text: &[Heard],
    offer: &Offer,
    before: &[Token],
    end: (Token, f32),
    decoder: &mut impl Decoder,
) -> Option<(Vec<f32>, f32)> {
    let then = text.get(offer.at.end).map_or(end.0, |heard| heard.token);
    // The piece before the stretch once more: what follows it was not kept.
    let past = before.len().saturating_sub(1);
    let mut fed = before[past..].to_vec();
    let mut at = past;
    let mut logs = Vec::with_capacity(offer.pieces.len());
    for wanted in offer.pieces.iter().copied().chain([then]) {
        logs.push(decoder.of(at, &fed, wanted)?);
        at += fed.len();
        fed = vec![wanted];
    }
    let new: f32 = logs.iter().sum();
    let old: f32 = text[offer.at.clone()]
        .iter()
        .map(|heard| heard.log_probability)
        .sum::<f32>()
        + text
            .get(offer.at.end)
            .map_or(end.1, |heard| heard.log_probability);
    logs.pop();
    Some((logs, new - old))
}

fn ids(text: &[Heard]) -> Vec<Token> {
    text.iter().map(|heard| heard.token).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const END: (Token, f32) = (100, -0.1);

    /// Knows how likely each piece is after another one.
    #[derive(Default)]
    struct Model {
        after: HashMap<(Option<Token>, Token), f32>,
        fed: Vec<Token>,
        asked: usize,
    }

    impl Decoder for Model {
        fn next(&mut self, past: usize, pieces: &[Token]) -> Option<(Token, f32)> {
            self.fed.truncate(past);
            self.fed.extend(pieces);
            Some((1, -1.0))
        }

        fn of(&mut self, past: usize, pieces: &[Token], wanted: Token) -> Option<f32> {
            self.asked += 1;
            assert!(past <= self.fed.len(), "what was not fed is not known");
            self.next(past, pieces);
            let pair = (self.fed.last().copied(), wanted);
            Some(self.after.get(&pair).copied().unwrap_or(-9.0))
        }
    }

    /// The language finds every new text better by so much.
    struct Taste(Option<f32>);

    impl Judge for Taste {
        fn prefers(&self, _: &[Token], _: &[Token]) -> Option<f32> {
            self.0
        }

        fn leans(&self, _: &[Token], _: &[Token]) -> f32 {
            0.0
        }

        fn begins_word(&self, _: Token) -> bool {
            true
        }
    }

    fn text(pieces: &[Token]) -> Vec<Heard> {
        let heard = |(at, token): (usize, &Token)| Heard {
            token: *token,
            log_probability: -1.0,
            start_ms: Some(at as u64 * 100),
            reconsidered: false,
        };
        pieces.iter().enumerate().map(heard).collect()
    }

    fn offer(at: Range<usize>, pieces: &[Token], likeness: f32) -> Offer {
        Offer {
            at,
            pieces: pieces.to_vec(),
            likeness,
            worth: 0.0,
        }
    }

    /// `2 4 6`; the model finds `8 9` instead of 4 as likely as it is told.
    fn model(log: f32) -> Model {
        let after = [
            ((Some(2), 8), log),
            ((Some(8), 9), -0.1),
            ((Some(9), 6), -0.1),
            ((None, 8), log),
            ((Some(9), 4), -0.1),
            ((Some(9), 100), -0.1),
        ];
        Model {
            after: HashMap::from(after),
            ..Model::default()
        }
    }

    fn consider_one(model: &mut Model, at: Range<usize>, taste: Option<f32>) -> Vec<Token> {
        let offers = vec![offer(at, &[8, 9], 0.8)];
        ids(&consider(
            text(&[2, 4, 6]),
            offers,
            END,
            4,
            model,
            &Taste(taste),
        ))
    }

    #[test]
    fn an_offer_is_taken_if_sound_and_language_find_it_better() {
        // The text: -2.0 for 4 and 6. The offer: the word's first piece, and 0.2 for the rest.
        assert_eq!(
            consider_one(&mut model(-1.0), 1..2, Some(0.0)),
            [2, 8, 9, 6]
        );
        assert_eq!(consider_one(&mut model(-3.0), 1..2, Some(0.0)), [2, 4, 6]);
        assert_eq!(
            consider_one(&mut model(-3.0), 1..2, Some(1.5)),
            [2, 8, 9, 6]
        );
        // At the beginning and at the end.
        assert_eq!(
            consider_one(&mut model(-1.0), 0..1, Some(0.0)),
            [8, 9, 4, 6]
        );
        assert_eq!(consider_one(&mut model(-1.0), 0..3, Some(0.0)), [8, 9]);
    }

    #[test]
    fn the_language_cannot_put_in_what_the_sound_is_far_from() {
        assert_eq!(consider_one(&mut model(-7.0), 1..2, Some(50.0)), [2, 4, 6]);
        assert_eq!(consider_one(&mut model(-1.0), 1..2, None), [2, 4, 6]);
    }

    #[test]
    fn what_speaks_for_an_offer_counts_and_another_spelling_is_up_to_the_language() {
        let said = |log, language, worth| {
            let offers = vec![Offer {
                worth,
                ..offer(1..2, &[8, 9], 0.8)
            }];
            let taste = Taste(Some(language));
            let mut model = model(log);
            let new = consider(text(&[2, 4, 6]), offers, END, 4, &mut model, &taste);
            ids(&new) == [2, 8, 9, 6]
        };
        assert!(!said(-3.0, 0.5, 0.0));
        assert!(said(-3.0, 0.5, 1.0));
        assert!(!said(-7.0, 5.0, 5.0), "too far");
        assert!(said(-30.0, 0.5, f32::INFINITY));
        assert!(!said(-1.0, -0.5, f32::INFINITY));
    }

    #[test]
    fn pieces_of_an_offer_are_marked_and_share_the_time() {
        let offers = vec![offer(1..2, &[8, 9], 0.8)];
        let new = consider(
            text(&[2, 4, 6]),
            offers,
            END,
            4,
            &mut model(-1.0),
            &Taste(Some(0.0)),
        );
        let marked: Vec<bool> = new.iter().map(|heard| heard.reconsidered).collect();
        assert_eq!(marked, [false, true, true, false]);
        let times: Vec<u64> = new.iter().filter_map(|heard| heard.start_ms).collect();
        assert_eq!(times, [0, 100, 100, 200]);
    }

    #[test]
    fn only_the_likest_are_asked_about_and_one_for_a_place() {
        let offers = || {
            vec![
                offer(1..2, &[8, 9], 0.7),
                offer(1..2, &[7], 0.9),
                offer(0..2, &[7], 0.65),
            ]
        };
        let mut asked = model(-1.0);
        let said = consider(
            text(&[2, 4, 6]),
            offers(),
            END,
            1,
            &mut asked,
            &Taste(Some(0.0)),
        );
        assert_eq!((ids(&said), asked.asked), (vec![2, 4, 6], 2));
        let said = consider(
            text(&[2, 4, 6]),
            offers(),
            END,
            3,
            &mut model(-1.0),
            &Taste(Some(0.0)),
        );
        assert_eq!(ids(&said), [2, 8, 9, 6]);
        let mut asked = model(-1.0);
        consider(
            text(&[2, 4, 6]),
            offers(),
            END,
            0,
            &mut asked,
            &Taste(Some(0.0)),
        );
        assert_eq!(asked.asked, 0);
    }
}
