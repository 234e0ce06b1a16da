//! The beginning of a stretch that is not heard again for each hypothesis.
//!
//! Each hypothesis of a stretch that is still spoken would cost more than the one before: the encoder hears all of its
//! sound, the decoder writes all of its words. What has settled does not change any more, so a hypothesis hears only the
//! last of it, to know where it is, and what follows. What the whole stretch says is heard once, at its end.

use crate::Word;

/// Sound that every hypothesis hears, in ms. With a third less it was wrong more often in Ukrainian, and hardly quicker
/// (`docs/benchmarks.md`).
const LEAST_HEARD_MS: u64 = 3_840;
/// Settled words that are heard again.
const OVERLAP: usize = 2;
/// Sound before the first of them, lest it be cut into where its time is a little late. Chosen, not measured.
const LEAD_MS: u64 = 100;

/// What of a stretch a hypothesis leaves out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeardAlready {
    /// So much of the stretch, in ms.
    pub ms: u64,
    /// Where the settled words end, in ms from there: see [`DecodeOptions`](crate::DecodeOptions::settled_until_ms).
    pub settled_until_ms: u64,
    words: usize,
}

impl HeardAlready {
    /// For the next hypothesis of a stretch of which `sound_ms` have been spoken.
    pub(crate) fn of(settled: &[Word], sound_ms: u64) -> HeardAlready {
        let begin = |word: &Word| word.start_ms.saturating_sub(LEAD_MS);
        let most = settled.len().saturating_sub(OVERLAP);
        let is_enough = |word: &&Word| begin(word) + LEAST_HEARD_MS <= sound_ms;
        let words = settled.iter().take(most + 1).take_while(is_enough).count();
        let words = words.saturating_sub(1);
        let ms = match words {
            0 => 0,
            _ => begin(&settled[words]),
        };
        let middle = |word: &Word| (word.start_ms + word.end_ms) / 2;
        HeardAlready {
            ms,
            settled_until_ms: settled.last().map_or(0, middle).saturating_sub(ms),
            words,
        }
    }

    /// The words of the whole stretch so far: the settled ones that were left out, and those that were heard behind them,
    /// with times of the whole stretch.
    pub(crate) fn before(self, settled: &[Word], heard: &[Word]) -> Vec<Word> {
        let left_out = settled.iter().take(self.words).cloned();
        let heard = heard.iter().map(|word| Word {
            start_ms: word.start_ms + self.ms,
            end_ms: word.end_ms + self.ms,
            ..word.clone()
        });
        left_out.chain(heard).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of 500 ms each, from the beginning.
    fn words(count: usize) -> Vec<Word> {
        let word = |at: usize| Word {
            text: format!("word{at}"),
            start_ms: at as u64 * 500,
            end_ms: (at as u64 + 1) * 500,
            confidence: 0.9,
            reconsidered: false,
        };
        (0..count).map(word).collect()
    }

    #[test]
    fn a_short_stretch_and_one_of_which_nothing_has_settled_are_heard_whole() {
        assert_eq!(HeardAlready::of(&[], 20_000), HeardAlready::default());
        let short = HeardAlready::of(&words(4), 3_000);
        assert_eq!((short.ms, short.words), (0, 0));
        // The fourth word, from its middle on, may still be another one.
        assert_eq!(short.settled_until_ms, 1_750);
    }

    #[test]
    fn of_a_long_stretch_two_settled_words_are_heard_again() {
        let already = HeardAlready::of(&words(10), 9_000);
        assert_eq!((already.ms, already.words), (3_900, 8));
        assert_eq!(already.settled_until_ms, 850);
        // More of them, where less sound would cost the same.
        let already = HeardAlready::of(&words(10), 6_000);
        assert_eq!((already.ms, already.words), (1_900, 4));
        assert_eq!(already.settled_until_ms, 2_850);
    }

    #[test]
    fn what_is_heard_goes_on_behind_what_was_left_out() {
        let settled = words(10);
        let already = HeardAlready::of(&settled, 9_000);
        let all = words(13);
        let heard: Vec<Word> = all[already.words..]
            .iter()
            .map(|word| Word {
                start_ms: word.start_ms - already.ms,
                end_ms: word.end_ms - already.ms,
                ..word.clone()
            })
            .collect();
        assert_eq!(already.before(&settled, &heard), all);
    }
}
