//! When a word is certain enough to stay although the speaker still speaks.
//!
//! A recogniser that reads the same stretch of speech again and again, each time with more sound,
//! changes its mind mostly about the end. [`Settling`] compares its hypotheses and says which words
//! will not change any more. It decides over words and times only; it never touches sound.

use serde::{Deserialize, Serialize};

use crate::Word;

/// How words are settled while somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlingPolicy {
    /// Only when the speaker pauses.
    AtPause,
    /// Words on which the last `hypotheses` hypotheses agree (LocalAgreement-n of Liu et al. 2020;
    /// Macháček et al. 2023 use 2).
    LocalAgreement {
        /// Hypotheses that must agree, 2 or more.
        hypotheses: usize,
    },
    /// Words that end, by the model's own attention, more than `guard_ms` before the end of the
    /// sound (AlignAtt of Papi et al. 2023, on finished hypotheses).
    AlignmentGuard {
        /// How far from the end of the sound a word must lie, in ms.
        guard_ms: u64,
    },
    /// Both: the last `hypotheses` agree on the word, and it lies `guard_ms` before the end.
    GuardedAgreement {
        /// Hypotheses that must agree, 2 or more.
        hypotheses: usize,
        /// How far from the end of the sound a word must lie, in ms.
        guard_ms: u64,
    },
}

impl Default for SettlingPolicy {
    /// See `docs/benchmarks.md` for the comparison.
    fn default() -> Self {
        SettlingPolicy::GuardedAgreement {
            hypotheses: 2,
            guard_ms: 600,
        }
    }
}

impl SettlingPolicy {
    fn hypotheses(self) -> usize {
        match self {
            SettlingPolicy::LocalAgreement { hypotheses }
            | SettlingPolicy::GuardedAgreement { hypotheses, .. } => hypotheses.max(2),
            SettlingPolicy::AtPause | SettlingPolicy::AlignmentGuard { .. } => 1,
        }
    }

    fn guard_ms(self) -> u64 {
        match self {
            SettlingPolicy::AlignmentGuard { guard_ms }
            | SettlingPolicy::GuardedAgreement { guard_ms, .. } => guard_ms,
            SettlingPolicy::AtPause | SettlingPolicy::LocalAgreement { .. } => 0,
        }
    }
}

/// The words of one stretch of speech, from its first hypothesis to its end.
#[derive(Debug, Clone)]
pub struct Settling {
    policy: SettlingPolicy,
    settled: Vec<Word>,
    /// What followed the settled words in the last hypotheses, oldest first.
    tails: Vec<Vec<Word>>,
}

impl Settling {
    /// For a stretch of speech that begins.
    pub fn new(policy: SettlingPolicy) -> Settling {
        Settling {
            policy,
            settled: Vec::new(),
            tails: Vec::new(),
        }
    }

    /// Takes the newest hypothesis (of all the sound of the stretch so far, `sound_ms` long) and
    /// returns how many words it settled.
    pub fn hypothesis(&mut self, words: &[Word], sound_ms: u64) -> usize {
        let tail = words[cut(&self.settled, words)..].to_vec();
        if matches!(self.policy, SettlingPolicy::AtPause) {
            self.tails = vec![tail];
            return 0;
        }
        self.tails.push(tail);
        let needed = self.policy.hypotheses();
        if self.tails.len() > needed {
            self.tails.remove(0);
        }
        if self.tails.len() < needed {
            return 0;
        }
        let newest = self.tails.last().cloned().unwrap_or_default();
        let certain_until = sound_ms.saturating_sub(self.policy.guard_ms());
        let agreed = newest
            .iter()
            .enumerate()
            .take_while(|(at, word)| {
                word.end_ms <= certain_until
                    && self
                        .tails
                        .iter()
                        .all(|tail| tail.get(*at).is_some_and(|other| same(other, word)))
            })
            .count();
        // The last word of a hypothesis is often the first half of the next one's.
        let agreed = agreed.min(newest.len().saturating_sub(1));
        self.settled.extend(newest.into_iter().take(agreed));
        for tail in &mut self.tails {
            tail.drain(..agreed.min(tail.len()));
        }
        agreed
    }

    /// Takes the hypothesis of the whole stretch and returns all words of it, the settled ones as
    /// they were settled.
    pub fn finish(self, words: &[Word]) -> Vec<Word> {
        let tail = &words[cut(&self.settled, words)..];
        let mut all = self.settled;
        // What the last hypothesis places before the settled words' end is what they already say.
        all.extend_from_slice(tail);
        all
    }

    /// Words that will not change.
    pub fn settled(&self) -> &[Word] {
        &self.settled
    }

    /// Words after them that may change.
    pub fn unsettled(&self) -> &[Word] {
        self.tails.last().map_or(&[], Vec::as_slice)
    }
}

/// Whether two hypotheses mean the same word: case and punctuation change with what follows.
fn same(a: &Word, b: &Word) -> bool {
    plain(&a.text).eq(plain(&b.text))
}

fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// How many words of a new hypothesis stand for the words that are settled: the prefix with the
/// fewest word edits, among equals the one that ends at the nearest time.
fn cut(settled: &[Word], words: &[Word]) -> usize {
    let Some(last) = settled.last() else {
        return 0;
    };
    // edits[j]: word edits between the settled words and the first j words.
    let mut edits: Vec<usize> = (0..=words.len()).collect();
    for known in settled {
        let mut diagonal = edits[0];
        edits[0] += 1;
        for (j, word) in words.iter().enumerate() {
            let replaced = diagonal + usize::from(!same(known, word));
            diagonal = edits[j + 1];
            edits[j + 1] = replaced.min(diagonal + 1).min(edits[j] + 1);
        }
    }
    let end = |j: usize| match j {
        0 => 0,
        _ => words[j - 1].end_ms,
    };
    (0..=words.len())
        .min_by_key(|&j| (edits[j], end(j).abs_diff(last.end_ms)))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words of 300 ms each, from the beginning.
    fn words(text: &str) -> Vec<Word> {
        text.split_whitespace()
            .enumerate()
            .map(|(at, text)| Word {
                text: text.to_owned(),
                start_ms: at as u64 * 300,
                end_ms: (at as u64 + 1) * 300,
                confidence: 0.9,
                reconsidered: false,
            })
            .collect()
    }

    fn text(words: &[Word]) -> String {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        texts.join(" ")
    }

    const AGREEMENT: SettlingPolicy = SettlingPolicy::LocalAgreement { hypotheses: 2 };

    #[test]
    fn words_on_which_two_hypotheses_agree_are_settled() {
        let mut settling = Settling::new(AGREEMENT);
        assert_eq!(settling.hypothesis(&words("jeg flytter den"), 900), 0);
        assert_eq!(
            settling.hypothesis(&words("Jeg flytter den femte"), 1200),
            3
        );
        assert_eq!(text(settling.settled()), "Jeg flytter den");
        assert_eq!(text(settling.unsettled()), "femte");
        // The end changed its mind; the settled words stay as they are.
        assert_eq!(
            settling.hypothesis(&words("Jeg flytter den femtende december"), 1500),
            0
        );
        let all = settling.finish(&words("Jeg flytter den femtende december."));
        assert_eq!(text(&all), "Jeg flytter den femtende december.");
    }

    #[test]
    fn the_guard_keeps_words_near_the_end_of_the_sound() {
        let mut settling = Settling::new(SettlingPolicy::AlignmentGuard { guard_ms: 600 });
        assert_eq!(settling.hypothesis(&words("en to tre fire"), 1300), 2);
        assert_eq!(text(settling.settled()), "en to");
        let mut both = Settling::new(SettlingPolicy::GuardedAgreement {
            hypotheses: 2,
            guard_ms: 600,
        });
        assert_eq!(both.hypothesis(&words("en to tre fire"), 1300), 0);
        assert_eq!(both.hypothesis(&words("en to fem fire fem"), 1600), 2);
    }

    #[test]
    fn at_the_pause_nothing_is_settled_before() {
        let mut settling = Settling::new(SettlingPolicy::AtPause);
        for _ in 0..5 {
            assert_eq!(settling.hypothesis(&words("ja det er rigtigt"), 9000), 0);
        }
        assert_eq!(text(settling.unsettled()), "ja det er rigtigt");
        assert_eq!(text(&settling.finish(&words("nej"))), "nej");
    }

    #[test]
    fn a_later_hypothesis_that_rewrites_the_beginning_changes_only_the_rest() {
        let mut settling = Settling::new(AGREEMENT);
        settling.hypothesis(&words("vi bor på den"), 1200);
        settling.hypothesis(&words("vi bor på den gamle"), 1500);
        assert_eq!(text(settling.settled()), "vi bor på den");
        let all = settling.finish(&words("vi boede på den gamle adresse"));
        assert_eq!(text(&all), "vi bor på den gamle adresse");
        let mut lost = Settling::new(AGREEMENT);
        lost.hypothesis(&words("to tre fire"), 900);
        lost.hypothesis(&words("to tre fire fem"), 1200);
        // Nothing at all came of the last pass: what was settled stays.
        assert_eq!(text(&lost.finish(&[])), "to tre fire");
    }

    #[test]
    fn numbers_that_repeat_are_not_cut_short() {
        let mut settling = Settling::new(AGREEMENT);
        settling.hypothesis(&words("to to"), 600);
        settling.hypothesis(&words("to to to"), 900);
        assert_eq!(text(settling.settled()), "to to");
        assert_eq!(text(&settling.finish(&words("to to to to"))), "to to to to");
    }

    proptest! {
        /// Whatever the recogniser says: a settled word never changes, and the end has them first.
        #[test]
        fn settled_words_never_change(
            hypotheses in prop::collection::vec("([ab]{1,2} ){0,8}", 1..8),
            needed in 2usize..4,
            guard_ms in 0u64..900,
        ) {
            for policy in [
                SettlingPolicy::LocalAgreement { hypotheses: needed },
                SettlingPolicy::AlignmentGuard { guard_ms },
                SettlingPolicy::GuardedAgreement { hypotheses: needed, guard_ms },
            ] {
                let mut settling = Settling::new(policy);
                let mut before: Vec<Word> = Vec::new();
                for (n, hypothesis) in hypotheses.iter().enumerate() {
                    let settled = settling.hypothesis(&words(hypothesis), (n as u64 + 1) * 400);
                    prop_assert_eq!(&settling.settled()[..before.len()], &before[..]);
                    prop_assert_eq!(settling.settled().len(), before.len() + settled);
                    before = settling.settled().to_vec();
                }
                let all = settling.finish(&words(hypotheses.last().map_or("", String::as_str)));
                prop_assert_eq!(&all[..before.len()], &before[..]);
            }
        }

        /// A recogniser that never changes its mind loses nothing and gains nothing.
        #[test]
        fn a_steady_recogniser_is_passed_on_whole(said in "([a-d]{1,3} ){1,12}") {
            let all = words(&said);
            let mut settling = Settling::new(AGREEMENT);
            for count in 1..=all.len() {
                settling.hypothesis(&all[..count], count as u64 * 300);
            }
            prop_assert_eq!(settling.finish(&all), all);
        }
    }
}
