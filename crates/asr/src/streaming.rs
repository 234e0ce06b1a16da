//! When a word is certain enough to stay although the speaker still speaks.
//!
//! A recogniser that reads the same stretch of speech again and again, each time with more sound,
//! changes its mind mostly about the end. [`Settling`] compares its hypotheses and says which words
//! will not change any more. It decides over words and times only; it never touches sound.

use crate::alignment::{agreed, cut, same};
use crate::{HeardAlready, SettlingPolicy, Word};

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
        let (_, tail) = cut(&self.settled, words);
        if matches!(self.policy, SettlingPolicy::AtPause) {
            self.tails = vec![tail];
            return 0;
        }
        self.tails.push(tail);
        if self.tails.len() > self.policy.kept() {
            self.tails.remove(0);
        }
        let newest = self.tails.last().cloned().unwrap_or_default();
        let certain_until = sound_ms.saturating_sub(self.policy.guard_ms());
        let agreed = newest
            .iter()
            .enumerate()
            .take_while(|(at, word)| {
                let enough = self.policy.enough(word, sound_ms);
                word.end_ms <= certain_until
                    && (self.agree(*at, self.policy.needed(word.start_ms))
                        || self.twice(*at, enough))
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

    /// What the next hypothesis need not hear, when `sound_ms` of the stretch have been spoken.
    pub fn heard_already(&self, sound_ms: u64) -> HeardAlready {
        HeardAlready::of(&self.settled, sound_ms)
    }

    /// The words of all the stretch so far, of one that heard only what follows: as [`hypothesis`](Self::hypothesis) takes
    /// them.
    pub fn whole(&self, already: HeardAlready, words: &[Word]) -> Vec<Word> {
        already.before(&self.settled, words)
    }

    /// Whether the last `needed` hypotheses have the same word at this place of their tails.
    fn agree(&self, at: usize, needed: usize) -> bool {
        let Some(first) = self.tails.len().checked_sub(needed) else {
            return false;
        };
        let mut words = self.tails[first..].iter().map(|tail| tail.get(at));
        let Some(Some(word)) = words.next() else {
            return false;
        };
        words.all(|other| other.is_some_and(|other| same(other, word)))
    }

    /// Whether one of `of` hypotheses before the newest has the same word at this place of its tail.
    fn twice(&self, at: usize, of: usize) -> bool {
        let Some((newest, before)) = self.tails.split_last() else {
            return false;
        };
        let before = before.iter().rev().take(of);
        newest.get(at).is_some_and(|word| {
            let mut others = before.filter_map(|tail| tail.get(at));
            others.any(|other| same(other, word))
        })
    }

    /// Parts a stretch that was cut at `sound_ms` because it had become long: what is settled of its first part, and of
    /// the one that goes on from there, with times of its own. Hypotheses heard beyond the cut; without this the words
    /// behind it would be written twice.
    pub fn split(mut self, sound_ms: u64) -> (Settling, Settling) {
        let before = |word: &&Word| (word.start_ms + word.end_ms) / 2 < sound_ms;
        let within = self.settled.iter().take_while(before).count();
        let mut behind = Settling::new(self.policy);
        behind.settled = self.settled.split_off(within);
        for word in &mut behind.settled {
            word.start_ms = word.start_ms.saturating_sub(sound_ms);
            word.end_ms = word.end_ms.saturating_sub(sound_ms);
        }
        (self, behind)
    }

    /// Takes the hypothesis of the whole stretch and returns all words of it, the settled ones as
    /// they were settled. Those that this hypothesis, which has heard everything, has otherwise are
    /// marked [`Word::reconsidered`]: they stay, and nothing is believed because of them alone.
    pub fn finish(self, words: &[Word]) -> Vec<Word> {
        // What the last hypothesis places before the settled words' end is what they already say.
        let (said_again, tail) = cut(&self.settled, words);
        let agreed = agreed(&self.settled, said_again);
        let mut all = self.settled;
        for (word, agreed) in all.iter_mut().zip(agreed) {
            word.reconsidered |= !agreed;
        }
        all.extend(tail);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Opening, Overdue};

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
    fn a_sign_between_digits_makes_another_number() {
        let word = |text: &str| Word {
            text: text.into(),
            start_ms: 0,
            end_ms: 1,
            confidence: 1.0,
            reconsidered: false,
        };
        assert!(same(&word("Ja,"), &word("ja.")));
        assert!(same(&word("15."), &word("15")));
        assert!(!same(&word("12-14"), &word("1214")));
        assert!(!same(&word("1,5"), &word("15")));
    }

    #[test]
    fn words_behind_a_cut_belong_to_what_follows() {
        let mut settling = Settling::new(AGREEMENT);
        // 300 ms each.
        settling.hypothesis(&words("en to tre fire fem"), 1500);
        settling.hypothesis(&words("en to tre fire fem seks"), 1800);
        assert_eq!(text(settling.settled()), "en to tre fire fem");
        // The cut lies within the fourth word's first half, by times that are off a little.
        let (first, mut second) = settling.split(1000);
        assert_eq!(text(&first.finish(&words("en to tre"))), "en to tre");
        assert_eq!(text(second.settled()), "fire fem");
        second.hypothesis(&words("fire fem seks syv"), 1200);
        second.hypothesis(&words("fire fem seks syv otte"), 1500);
        let all = second.finish(&words("fire fem seks syv otte"));
        assert_eq!(text(&all), "fire fem seks syv otte");
        assert_eq!((all[0].start_ms, all[0].reconsidered), (0, false));
    }

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
            opening: Opening::default(),
            overdue: Overdue::default(),
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
    fn settled_words_that_the_end_heard_otherwise_are_marked() {
        let marked = |settled: &str, last: &str| -> String {
            let mut settling = Settling::new(AGREEMENT);
            let grown = format!("{settled} så");
            settling.hypothesis(&words(&grown), 3000);
            settling.hypothesis(&words(&grown), 3300);
            assert_eq!(text(settling.settled()), settled);
            let all = settling.finish(&words(last));
            let doubted = all.iter().filter(|word| word.reconsidered);
            doubted
                .map(|word| word.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(marked("to nul fem tolv", "Toogtyve, nul fem tolv så"), "to");
        assert_eq!(marked("nul fem tolv", "Nul fem, tolv. Så"), "");
        assert_eq!(marked("syv fem tolv", "nul syv fem tolv så"), "syv");
        assert_eq!(marked("nul fem tolv", "nul fem ti tolv så"), "tolv");
        assert_eq!(marked("nul fem ti tolv", "nul fem tolv så"), "ti");
        assert_eq!(marked("nul fem", ""), "nul fem");
    }

    #[test]
    fn words_with_other_borders_are_neither_doubled_nor_lost() {
        let finished = |settled: &str, last: &str| -> (String, String) {
            let mut settling = Settling::new(AGREEMENT);
            let grown = format!("{settled} så");
            settling.hypothesis(&words(&grown), 3000);
            settling.hypothesis(&words(&grown), 3300);
            assert_eq!(text(settling.settled()), settled);
            let all = settling.finish(&words(last));
            let doubted = all.iter().filter(|word| word.reconsidered).cloned();
            (text(&all), text(&doubted.collect::<Vec<_>>()))
        };
        for (settled, last, all, doubted) in [
            (
                "enogtredive fyrre seksoghalvtreds",
                "Enogtredive, fyrre, seks og halvtreds, syvogtyve.",
                "enogtredive fyrre seksoghalvtreds syvogtyve.",
                "seksoghalvtreds",
            ),
            (
                "enogtredive seks og halvtreds",
                "enogtredive seksoghalvtreds syvogtyve",
                "enogtredive seks og halvtreds syvogtyve",
                "seks og halvtreds",
            ),
            ("3140", "31 40 56 27", "3140 56 27", "3140"),
            ("31 40", "3140 56 27", "31 40 56 27", "31 40"),
            // What goes on within a word is said once, too.
            ("31 40 56", "31405627.", "31 40 56 27.", "31 40 56"),
            ("31 40 56", "31405627 tak", "31 40 56 27 tak", "31 40 56"),
            ("3140", "31405627", "3140 5627", "3140"),
            // Nothing of what was heard wrong is left over.
            ("fem", "femten", "fem", "fem"),
            ("2", "2026", "2", "2"),
        ] {
            let (all, doubted) = (all.to_owned(), doubted.to_owned());
            assert_eq!(finished(settled, last), (all, doubted), "{settled}");
        }
    }

    #[test]
    fn a_number_that_grows_is_settled_in_parts() {
        let mut settling = Settling::new(AGREEMENT);
        settling.hypothesis(&words("31 40 så"), 900);
        settling.hypothesis(&words("31 40 så"), 1200);
        assert_eq!(settling.hypothesis(&words("31405627 tak"), 1500), 0);
        assert_eq!(text(settling.unsettled()), "5627 tak");
        assert_eq!(settling.hypothesis(&words("31405627 tak for"), 1800), 2);
        assert_eq!(text(settling.settled()), "31 40 5627 tak");
        let all = settling.finish(&words("31405627 tak for det"));
        assert_eq!(text(&all), "31 40 5627 tak for det");
    }

    #[test]
    fn the_first_words_of_a_stretch_need_one_hypothesis_more() {
        let mut settling = Settling::new(SettlingPolicy::GuardedAgreement {
            hypotheses: 2,
            guard_ms: 0,
            opening: Opening {
                until_ms: 500,
                more: 1,
            },
            overdue: Overdue::default(),
        });
        settling.hypothesis(&words("to nul"), 600);
        assert_eq!(settling.hypothesis(&words("to nul fem"), 1000), 0);
        assert_eq!(
            settling.hypothesis(&words("toogtyve nul fem femog"), 1400),
            0
        );
        assert_eq!(
            settling.hypothesis(&words("toogtyve nul fem femogfirs"), 1800),
            0
        );
        // The third that agrees on the first two words; the next needs two only.
        assert_eq!(
            settling.hypothesis(&words("toogtyve nul fem femogfirs elleve"), 2200),
            4
        );
    }

    #[test]
    fn a_hypothesis_that_heard_otherwise_does_not_hold_up_what_is_overdue() {
        let settling = |after_ms, least_percent| {
            let mut settling = Settling::new(SettlingPolicy::GuardedAgreement {
                hypotheses: 2,
                guard_ms: 0,
                opening: Opening::default(),
                overdue: Overdue {
                    after_ms,
                    of: 2,
                    least_percent,
                },
            });
            settling.hypothesis(&words("lørdag den tolvte"), 900);
            settling.hypothesis(&words("lørt at den"), 1200);
            settling.hypothesis(&words("lørdag den tolvte december"), 1500);
            text(settling.settled())
        };
        // "tolvte" ends 600 ms before the end of the sound.
        assert_eq!(settling(900, 90), "lørdag den");
        assert_eq!(settling(600, 90), "lørdag den tolvte");
        assert_eq!(settling(0, 90), "");
        // The model itself doubts it.
        assert_eq!(settling(600, 91), "");
    }

    #[test]
    fn what_every_hypothesis_heard_otherwise_is_never_overdue() {
        let mut settling = Settling::new(SettlingPolicy::GuardedAgreement {
            hypotheses: 2,
            guard_ms: 0,
            opening: Opening::default(),
            overdue: Overdue {
                after_ms: 300,
                of: 3,
                least_percent: 0,
            },
        });
        for (n, heard) in [
            "vi bor",
            "vibor vej",
            "viborg vej fire",
            "viborgvej fireogtredive to",
        ]
        .iter()
        .enumerate()
        {
            assert_eq!(settling.hypothesis(&words(heard), 600 * (n as u64 + 1)), 0);
        }
        // Four hypotheses ago is too long ago.
        assert_eq!(settling.hypothesis(&words("vi bor vej fire"), 3000), 0);
        assert_eq!(
            settling.hypothesis(&words("viborgvej fireogtredive to"), 3600),
            2
        );
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
            opening_ms in 0u64..900,
            overdue_ms in 0u64..900,
        ) {
            for policy in [
                SettlingPolicy::LocalAgreement { hypotheses: needed },
                SettlingPolicy::AlignmentGuard { guard_ms },
                SettlingPolicy::GuardedAgreement {
                    hypotheses: needed,
                    guard_ms,
                    opening: Opening { until_ms: opening_ms, more: 1 },
                    overdue: Overdue { after_ms: overdue_ms, of: 3, least_percent: 50 },
                },
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
                prop_assert_eq!(text(&all[..before.len()]), text(&before));
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
