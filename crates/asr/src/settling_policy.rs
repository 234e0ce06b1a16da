//! What must agree on a word before it stays.

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
    /// Both: the last `hypotheses` agree on the word, and it lies `guard_ms` before the end; and on
    /// a word that begins a stretch, so many more. Less is asked of a word that is overdue.
    GuardedAgreement {
        /// Hypotheses that must agree, 2 or more.
        hypotheses: usize,
        /// How far from the end of the sound a word must lie, in ms.
        guard_ms: u64,
        /// Asked besides of the stretch's first words.
        opening: Opening,
        /// What is enough of a word that was said some time ago.
        overdue: Overdue,
    },
}

/// What is asked of the first words of a stretch: what was heard of them with little sound behind
/// them is often agreed on and still wrong ("to nul fem" for "toogtyve, nul fem").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Words that begin before this, in ms from the beginning of the stretch.
    pub until_ms: u64,
    /// Hypotheses that must agree on them beyond those that every word needs.
    pub more: usize,
}

/// What is enough of a word on which hypotheses disagree for long. One of them that heard otherwise would hold up all that
/// follows, often until the pause; by then much sound lies behind the word, and what was heard of it twice is as good as
/// what the whole stretch will say, where the model is not in doubt about it ("af den" for "atten").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Words that end so long before the end of the sound, in ms. 0: none.
    pub after_ms: u64,
    /// One of so many hypotheses before the newest has the same word there.
    pub of: usize,
    /// … and the newest is so sure of it, in per cent.
    pub least_percent: u8,
}

impl Overdue {
    /// As conversations have it, of words that end `after_ms` before the end of the sound. See `docs/benchmarks.md`.
    pub const fn after(after_ms: u64) -> Overdue {
        Overdue {
            after_ms,
            of: 3,
            least_percent: 25,
        }
    }
}

impl Default for SettlingPolicy {
    /// See `docs/benchmarks.md` for the comparison.
    fn default() -> Self {
        SettlingPolicy::GuardedAgreement {
            hypotheses: 2,
            guard_ms: 0,
            opening: Opening {
                until_ms: 1_000,
                more: 2,
            },
            overdue: Overdue::after(1_500),
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

    pub(crate) fn guard_ms(self) -> u64 {
        match self {
            SettlingPolicy::AlignmentGuard { guard_ms }
            | SettlingPolicy::GuardedAgreement { guard_ms, .. } => guard_ms,
            SettlingPolicy::AtPause | SettlingPolicy::LocalAgreement { .. } => 0,
        }
    }

    /// How many hypotheses must agree on a word that begins there.
    pub(crate) fn needed(self, start_ms: u64) -> usize {
        match self {
            SettlingPolicy::GuardedAgreement { opening, .. } if start_ms < opening.until_ms => {
                self.hypotheses() + opening.more
            }
            _ => self.hypotheses(),
        }
    }

    /// Among how many hypotheses before the newest one need have the word, if that is enough after so much sound; else 0.
    pub(crate) fn enough(self, word: &Word, sound_ms: u64) -> usize {
        let Overdue {
            after_ms,
            of,
            least_percent,
        } = self.overdue();
        let is_overdue = after_ms > 0
            && word.end_ms + after_ms <= sound_ms
            && word.confidence >= f32::from(least_percent) / 100.0;
        match is_overdue {
            true => of,
            false => 0,
        }
    }

    fn overdue(self) -> Overdue {
        match self {
            SettlingPolicy::GuardedAgreement { overdue, .. } => overdue,
            _ => Overdue::default(),
        }
    }

    /// How many hypotheses are ever looked at.
    pub(crate) fn kept(self) -> usize {
        self.needed(0).max(self.overdue().of + 1)
    }
}
