//! Word and character error rates.

use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::normalise;

/// Edits between a reference and a hypothesis, summable over a corpus.
///
/// The rate is (S + D + I) / N with N the length of the reference (edit distance:
/// Levenshtein 1966). It can exceed 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorRate {
    /// Units of the reference that came out as others (S).
    pub substitutions: usize,
    /// Units of the reference that are missing (D).
    pub deletions: usize,
    /// Units of the hypothesis that nobody said (I).
    pub insertions: usize,
    /// Units of the reference (N).
    pub reference: usize,
}

impl ErrorRate {
    /// S + D + I.
    pub fn errors(&self) -> usize {
        self.substitutions + self.deletions + self.insertions
    }

    /// Errors for each unit of the reference. Of an empty reference: 0 if nothing was recognised,
    /// else infinite.
    pub fn rate(&self) -> f64 {
        match (self.errors(), self.reference) {
            (0, 0) => 0.0,
            (_, 0) => f64::INFINITY,
            (errors, n) => errors as f64 / n as f64,
        }
    }

    /// Counts the edits of the cheapest alignment of two sequences; among equals, substitutions
    /// are preferred. Takes time and memory of `reference × hypothesis`.
    pub fn of<T: PartialEq>(reference: &[T], hypothesis: &[T]) -> ErrorRate {
        let (rows, columns) = (reference.len() + 1, hypothesis.len() + 1);
        let mut cost = vec![0_usize; rows * columns];
        let at = |r: usize, h: usize| r * columns + h;
        for r in 0..rows {
            for h in 0..columns {
                cost[at(r, h)] = if r == 0 || h == 0 {
                    r + h
                } else {
                    let differs = usize::from(reference[r - 1] != hypothesis[h - 1]);
                    (cost[at(r - 1, h - 1)] + differs)
                        .min(cost[at(r - 1, h)] + 1)
                        .min(cost[at(r, h - 1)] + 1)
                };
            }
        }
        let mut out = ErrorRate {
            reference: reference.len(),
            ..ErrorRate::default()
        };
        let (mut r, mut h) = (reference.len(), hypothesis.len());
        while r > 0 || h > 0 {
            let here = cost[at(r, h)];
            if r > 0 && h > 0 {
                let differs = usize::from(reference[r - 1] != hypothesis[h - 1]);
                if here == cost[at(r - 1, h - 1)] + differs {
                    out.substitutions += differs;
                    (r, h) = (r - 1, h - 1);
                    continue;
                }
            }
            if r > 0 && here == cost[at(r - 1, h)] + 1 {
                out.deletions += 1;
                r -= 1;
            } else {
                out.insertions += 1;
                h -= 1;
            }
        }
        out
    }
}

impl Add for ErrorRate {
    type Output = ErrorRate;

    fn add(self, other: ErrorRate) -> ErrorRate {
        ErrorRate {
            substitutions: self.substitutions + other.substitutions,
            deletions: self.deletions + other.deletions,
            insertions: self.insertions + other.insertions,
            reference: self.reference + other.reference,
        }
    }
}

impl AddAssign for ErrorRate {
    fn add_assign(&mut self, other: ErrorRate) {
        *self = *self + other;
    }
}

/// Word errors after [`normalise`].
pub fn wer(reference: &str, hypothesis: &str, lang: Lang) -> ErrorRate {
    let (reference, hypothesis) = (normalise(reference, lang), normalise(hypothesis, lang));
    let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    ErrorRate::of(&words(&reference), &words(&hypothesis))
}

/// Character errors after [`normalise`]; the single spaces between words count.
pub fn cer(reference: &str, hypothesis: &str, lang: Lang) -> ErrorRate {
    let chars = |s: &str| normalise(s, lang).chars().collect::<Vec<_>>();
    ErrorRate::of(&chars(reference), &chars(hypothesis))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(
        substitutions: usize,
        deletions: usize,
        insertions: usize,
        reference: usize,
    ) -> ErrorRate {
        ErrorRate {
            substitutions,
            deletions,
            insertions,
            reference,
        }
    }

    #[test]
    fn edits_are_counted_by_kind() {
        for (reference, hypothesis, expected) in [
            ("jeg er flyttet", "Jeg er flyttet.", rate(0, 0, 0, 3)),
            ("jeg er flyttet", "jeg var flyttet", rate(1, 0, 0, 3)),
            ("jeg er flyttet", "jeg flyttet", rate(0, 1, 0, 3)),
            ("jeg er flyttet", "ja jeg er flyttet", rate(0, 0, 1, 3)),
            ("", "", rate(0, 0, 0, 0)),
            ("ja", "", rate(0, 1, 0, 1)),
            ("", "ja tak", rate(0, 0, 2, 0)),
        ] {
            assert_eq!(
                wer(reference, hypothesis, Lang::Da),
                expected,
                "{reference}|{hypothesis}"
            );
        }
        assert_eq!(cer("п’ять", "п'ят", Lang::Uk), rate(0, 1, 0, 5));
        assert_eq!(rate(1, 1, 1, 6).rate(), 0.5);
        assert_eq!(rate(0, 0, 2, 0).rate(), f64::INFINITY);
        assert_eq!(rate(0, 0, 0, 0).rate(), 0.0);
    }

    #[test]
    fn rates_add_up_over_a_corpus() {
        let mut sum = wer("en to", "en", Lang::Da);
        sum += wer("tre fire", "tre fem", Lang::Da);
        assert_eq!(sum, rate(1, 1, 0, 4));
        assert_eq!(sum.rate(), 0.5);
    }

    proptest! {
        #[test]
        fn the_distance_is_a_metric(a in "[abc]{0,8}", b in "[abc]{0,8}", c in "[abc]{0,8}") {
            let d = |x: &str, y: &str| {
                ErrorRate::of(&x.chars().collect::<Vec<_>>(), &y.chars().collect::<Vec<_>>())
            };
            prop_assert_eq!(d(&a, &a).errors(), 0);
            prop_assert_eq!(d(&a, &b).errors(), d(&b, &a).errors());
            prop_assert!(d(&a, &c).errors() <= d(&a, &b).errors() + d(&b, &c).errors());
            let ab = d(&a, &b);
            // Lengths differ by exactly what was inserted and deleted.
            prop_assert_eq!(a.len() + ab.insertions, b.len() + ab.deletions);
            prop_assert!(ab.errors() <= a.len().max(b.len()));
        }
    }
}
