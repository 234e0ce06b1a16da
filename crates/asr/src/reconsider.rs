//! Second thoughts: where the model nearly wrote another piece of a word, what it would have gone
//! on to write is compared with what it wrote, by sound and by language together.
//!
//! A recogniser that writes the likeliest next piece each time cannot look ahead. A beam can, at
//! several times the cost, most of it spent on texts that differ nowhere that matters. Here only
//! the forks that were close are followed, and only until they come back to the text.

use std::ops::Range;

use crate::ffi::{Heard, Token};

/// A fork is followed if its piece was at most so much less likely (natural logarithm) …
const FAR: f32 = 3.0;
/// … and no less likely than this once the language has seen the text up to it.
const CLOSE: f32 = 2.0;
/// Longest way back to the text, in pieces.
const LONGEST_WAY: usize = 6;
/// How far ahead in the text a way may come back.
const LONGEST_CUT: usize = 8;

/// Pieces that the model might have written at one place, with the logarithms of their
/// probabilities.
pub(crate) type Fork = Vec<(Token, f32)>;

/// The model's decoder after it has heard the sound.
pub(crate) trait Decoder {
    /// Takes pieces that follow the first `past` of those it was given last, and says which piece
    /// (or the end) is likeliest next, with the logarithm of its probability.
    fn next(&mut self, past: usize, pieces: &[Token]) -> Option<(Token, f32)>;

    /// As `next`, but says how likely the `wanted` piece is next.
    fn of(&mut self, past: usize, pieces: &[Token], wanted: Token) -> Option<f32>;
}

/// What decides between two texts.
pub(crate) trait Judge {
    /// How much better the language finds `new` than `old`, on the scale of the sound's
    /// probabilities; `None` if the one may not replace the other.
    fn prefers(&self, old: &[Token], new: &[Token]) -> Option<f32>;
    /// How much better the language finds `new` than `old`, two beginnings of a text.
    fn leans(&self, old: &[Token], new: &[Token]) -> f32;
    /// Whether a piece begins a word.
    fn begins_word(&self, piece: Token) -> bool;
}

/// Follows at most `most` forks behind the first `fixed` pieces and returns the text that sound and language together
/// find best.
pub(crate) fn reconsider(
    mut text: Vec<Heard>,
    forks: &[Fork],
    end: (Token, f32),
    (fixed, most): (usize, usize),
    decoder: &mut impl Decoder,
    judge: &impl Judge,
) -> Vec<Heard> {
    let Some(order) = order(&text, forks, end.0, (fixed, most), judge) else {
        return text;
    };
    // From the last to the first, so that what the decoder remembers before a fork stays valid.
    let last = order.first().map_or(0, |(at, ..)| *at);
    let begun: Vec<Token> = text[..last].iter().map(|heard| heard.token).collect();
    if decoder.next(0, &begun).is_none() {
        return text;
    }
    for (at, piece, log_probability) in order {
        let Some(way) = follow(&text, at, (piece, log_probability), end, decoder, judge) else {
            continue;
        };
        let mut other = text[..at].to_vec();
        other.extend(timed(&text, &(at..way.back), &way.pieces));
        other.extend_from_slice(&text[way.back..]);
        let ids = |text: &[Heard]| text.iter().map(|heard| heard.token).collect::<Vec<_>>();
        let gain = judge
            .prefers(&ids(&text), &ids(&other))
            .map(|language| way.gain + language);
        if gain.is_some_and(|gain| gain > 0.0) {
            text = other;
        }
    }
    text
}

/// The closest forks, the last one first.
fn order(
    text: &[Heard],
    forks: &[Fork],
    end: Token,
    (fixed, most): (usize, usize),
    judge: &impl Judge,
) -> Option<Vec<(usize, Token, f32)>> {
    let ids: Vec<Token> = text.iter().map(|heard| heard.token).collect();
    let mut close: Vec<(f32, usize, Token, f32)> = Vec::new();
    for (at, (heard, fork)) in text.iter().zip(forks).enumerate().skip(fixed) {
        for &(piece, log) in fork {
            if piece >= end || piece == heard.token {
                continue;
            }
            let missed = heard.log_probability - log;
            if missed > FAR {
                continue;
            }
            let other = [&ids[..at], &[piece]].concat();
            let missed = missed - judge.leans(&ids[..=at], &other);
            if missed < CLOSE {
                close.push((missed, at, piece, log));
            }
        }
    }
    close.sort_by(|a, b| a.0.total_cmp(&b.0));
    close.truncate(most);
    close.sort_by(|a, b| b.1.cmp(&a.1).then(b.3.total_cmp(&a.3)));
    let order = close
        .into_iter()
        .map(|(_, at, piece, log)| (at, piece, log));
    Some(order.collect()).filter(|order: &Vec<_>| !order.is_empty())
}

/// Another way through the sound, from a fork back to the text.
struct Way {
    pieces: Vec<(Token, f32)>,
    /// Where the text goes on.
    back: usize,
    /// How much likelier its sound is than what it replaces.
    gain: f32,
}

fn follow(
    text: &[Heard],
    at: usize,
    first: (Token, f32),
    end: (Token, f32),
    decoder: &mut impl Decoder,
    judge: &impl Judge,
) -> Option<Way> {
    let mut pieces = vec![first];
    let mut next = decoder.next(at, &[first.0])?;
    while pieces.len() <= LONGEST_WAY {
        let back = if next.0 == end.0 {
            Some(text.len())
        } else {
            let ahead = text.iter().enumerate().skip(at + 1).take(LONGEST_CUT);
            let mut same = ahead.filter(|(back, heard)| {
                heard.token == next.0 && (judge.begins_word(next.0) || back - at == pieces.len())
            });
            same.next().map(|(back, _)| back)
        };
        if let Some(back) = back {
            let sum = |logs: &mut dyn Iterator<Item = f32>| logs.sum::<f32>();
            let new = sum(&mut pieces.iter().map(|(_, log)| *log)) + next.1;
            let old = sum(&mut text[at..back].iter().map(|heard| heard.log_probability))
                + text.get(back).map_or(end.1, |heard| heard.log_probability);
            return Some(Way {
                pieces,
                back,
                gain: new - old,
            });
        }
        pieces.push(next);
        next = decoder.next(at + pieces.len() - 1, &[next.0])?;
    }
    None
}

/// The pieces of a way, which share the time of what they replace.
pub(crate) fn timed(text: &[Heard], at: &Range<usize>, pieces: &[(Token, f32)]) -> Vec<Heard> {
    let from = text.get(at.start).and_then(|heard| heard.start_ms);
    let count = pieces.len();
    pieces
        .iter()
        .enumerate()
        .map(|(n, (token, log_probability))| Heard {
            token: *token,
            log_probability: *log_probability,
            start_ms: text
                .get(at.start + n * at.len() / count)
                .and_then(|heard| heard.start_ms)
                .or(from),
            reconsidered: true,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const END: Token = 100;

    /// Knows what follows each piece.
    struct Script {
        next: HashMap<Token, (Token, f32)>,
        calls: Vec<(usize, Vec<Token>)>,
    }

    impl Decoder for Script {
        fn next(&mut self, past: usize, pieces: &[Token]) -> Option<(Token, f32)> {
            self.calls.push((past, pieces.to_vec()));
            match pieces.last() {
                Some(last) => self.next.get(last).copied(),
                None => Some((1, -0.1)),
            }
        }

        fn of(&mut self, _: usize, _: &[Token], _: Token) -> Option<f32> {
            None
        }
    }

    /// Likes some pieces and dislikes others; even pieces begin words.
    struct Taste {
        likes: HashMap<Token, f32>,
        forbidden: Vec<Token>,
    }

    impl Taste {
        fn of(likes: &[(Token, f32)]) -> Taste {
            Taste {
                likes: likes.iter().copied().collect(),
                forbidden: Vec::new(),
            }
        }

        fn sum(&self, text: &[Token]) -> f32 {
            text.iter().filter_map(|piece| self.likes.get(piece)).sum()
        }
    }

    impl Judge for Taste {
        fn prefers(&self, old: &[Token], new: &[Token]) -> Option<f32> {
            let allowed = !new.iter().any(|piece| self.forbidden.contains(piece));
            allowed.then(|| self.sum(new) - self.sum(old))
        }

        fn leans(&self, old: &[Token], new: &[Token]) -> f32 {
            self.sum(new) - self.sum(old)
        }

        fn begins_word(&self, piece: Token) -> bool {
            piece % 2 == 0
        }
    }

    fn text(pieces: &[Token]) -> Vec<Heard> {
        pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| Heard {
                token: *piece,
                log_probability: -0.2,
                start_ms: Some(at as u64 * 100),
                reconsidered: false,
            })
            .collect()
    }

    fn ids(text: &[Heard]) -> Vec<Token> {
        text.iter().map(|heard| heard.token).collect()
    }

    /// `2 4 6`, with 8 nearly written instead of 4; after 8 comes 9, then 6 again.
    fn forked(likes: &[(Token, f32)]) -> (Vec<Heard>, Vec<Fork>, Script, Taste) {
        let forks = vec![vec![(2, -0.2)], vec![(4, -0.2), (8, -1.5)], vec![(6, -0.2)]];
        let next = HashMap::from([(2, (4, -0.2)), (8, (9, -0.1)), (9, (6, -0.1))]);
        let calls = Vec::new();
        (
            text(&[2, 4, 6]),
            forks,
            Script { next, calls },
            Taste::of(likes),
        )
    }

    #[test]
    fn a_close_fork_that_the_language_prefers_replaces_the_text() {
        let (said, forks, mut script, taste) = forked(&[(8, 2.0)]);
        let new = reconsider(said, &forks, (END, -0.1), (0, 4), &mut script, &taste);
        assert_eq!(ids(&new), [2, 8, 9, 6]);
        // The way shares the time of what it replaces; the rest keeps its own.
        let times: Vec<u64> = new.iter().filter_map(|heard| heard.start_ms).collect();
        assert_eq!(times, [0, 100, 100, 200]);
        let marked: Vec<bool> = new.iter().map(|heard| heard.reconsidered).collect();
        assert_eq!(marked, [false, true, true, false]);
        // First the text up to the fork, then the way, piece by piece.
        assert_eq!(script.calls, [(0, vec![2]), (1, vec![8]), (2, vec![9])]);
    }

    #[test]
    fn without_a_preference_the_sound_decides() {
        let (said, forks, mut script, taste) = forked(&[]);
        let new = reconsider(said, &forks, (END, -0.1), (0, 4), &mut script, &taste);
        assert_eq!(ids(&new), [2, 4, 6]);
    }

    #[test]
    fn what_may_not_replace_the_text_never_does() {
        let (said, forks, mut script, mut taste) = forked(&[(8, 50.0)]);
        taste.forbidden.push(9);
        let new = reconsider(said, &forks, (END, -0.1), (0, 4), &mut script, &taste);
        assert_eq!(ids(&new), [2, 4, 6]);
    }

    #[test]
    fn a_way_that_does_not_come_back_is_left() {
        let (said, forks, mut script, taste) = forked(&[(8, 50.0)]);
        script.next.insert(9, (11, -0.1));
        script.next.insert(11, (9, -0.1));
        let new = reconsider(said, &forks, (END, -0.1), (0, 4), &mut script, &taste);
        assert_eq!(ids(&new), [2, 4, 6]);
        assert!(script.calls.len() <= LONGEST_WAY + 2, "{:?}", script.calls);
    }

    #[test]
    fn a_way_may_end_the_text() {
        let (said, forks, mut script, taste) = forked(&[(8, 3.0)]);
        script.next.insert(8, (END, -0.1));
        let new = reconsider(said, &forks, (END, -0.1), (0, 4), &mut script, &taste);
        assert_eq!(ids(&new), [2, 8]);
    }

    #[test]
    fn distant_forks_and_more_than_may_be_followed_cost_nothing() {
        let (said, mut forks, mut script, taste) = forked(&[(8, 50.0)]);
        forks[1][1].1 = -0.3 - FAR;
        let new = reconsider(
            said.clone(),
            &forks,
            (END, -0.1),
            (0, 4),
            &mut script,
            &taste,
        );
        assert_eq!((ids(&new), script.calls.len()), (vec![2, 4, 6], 0));
        forks[1][1].1 = -1.5;
        let new = reconsider(said, &forks, (END, -0.1), (0, 0), &mut script, &taste);
        assert_eq!((ids(&new), script.calls.len()), (vec![2, 4, 6], 0));
    }

    #[test]
    fn what_is_fixed_costs_nothing() {
        let (said, forks, mut script, taste) = forked(&[(8, 50.0)]);
        let new = reconsider(said, &forks, (END, -0.1), (2, 4), &mut script, &taste);
        assert_eq!((ids(&new), script.calls.len()), (vec![2, 4, 6], 0));
    }

    #[test]
    fn a_decoder_that_fails_leaves_the_text() {
        let (said, forks, mut script, taste) = forked(&[(8, 50.0)]);
        script.next.clear();
        let new = reconsider(said, &forks, (END, -0.1), (0, 4), &mut script, &taste);
        assert_eq!(ids(&new), [2, 4, 6]);
    }
}
