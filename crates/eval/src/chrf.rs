//! chrF and chrF++ (Popović 2015, 2017) as sacrebleu computes them.

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

/// Longest character n-gram.
const CHARS: usize = 6;
/// Longest word n-gram of chrF++.
const WORDS: usize = 2;
/// Recall weighs β² times as much as precision.
const BETA: f64 = 2.0;

/// Which of the two scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChrfKind {
    /// Characters only (`nc:6|nw:0`).
    Chrf,
    /// Characters and words (`nc:6|nw:2`).
    ChrfPlusPlus,
}

/// Counts for chrF, summable over a corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chrf {
    /// n-grams of hypotheses, of references, and of both, for characters 1 to 6 and words 1 to 2.
    counts: [[usize; 3]; CHARS + WORDS],
}

impl Chrf {
    /// Adds a sentence.
    pub fn add(&mut self, hypothesis: &str, reference: &str) {
        let chars = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
        let (h, r) = (chars(hypothesis), chars(reference));
        for n in 1..=CHARS {
            self.count(n - 1, &h, &r, n);
        }
        let (h, r) = (words(hypothesis), words(reference));
        for n in 1..=WORDS {
            self.count(CHARS + n - 1, &h, &r, n);
        }
    }

    fn count<T: Hash + Eq>(&mut self, row: usize, hypothesis: &[T], reference: &[T], n: usize) {
        let mut wanted: HashMap<&[T], usize> = HashMap::new();
        for gram in reference.windows(n) {
            *wanted.entry(gram).or_insert(0) += 1;
        }
        let [h, r, both] = &mut self.counts[row];
        *r += reference.len().saturating_sub(n - 1);
        // Without n-grams in the reference the order says nothing about this sentence.
        if wanted.is_empty() {
            return;
        }
        *h += hypothesis.len().saturating_sub(n - 1);
        for gram in hypothesis.windows(n) {
            if let Some(left) = wanted.get_mut(gram).filter(|left| **left > 0) {
                *left -= 1;
                *both += 1;
            }
        }
    }

    /// The score, 0 to 100: `(1 + β²) · P · R / (β² · P + R)` with β = 2 and P, R the means of
    /// precision and recall over the orders that occur on both sides.
    pub fn score(&self, kind: ChrfKind) -> f64 {
        let orders = match kind {
            ChrfKind::Chrf => CHARS,
            ChrfKind::ChrfPlusPlus => CHARS + WORDS,
        };
        let (mut precision, mut recall, mut n) = (0.0, 0.0, 0.0);
        for &[h, r, both] in &self.counts[..orders] {
            if h > 0 && r > 0 {
                precision += both as f64 / h as f64;
                recall += both as f64 / r as f64;
                n += 1.0;
            }
        }
        if precision + recall == 0.0 {
            return 0.0;
        }
        let (precision, recall, factor) = (precision / n, recall / n, BETA * BETA);
        100.0 * (1.0 + factor) * precision * recall / (factor * precision + recall)
    }
}

/// chrF or chrF++ of a corpus of (hypothesis, reference) pairs, 0 to 100.
pub fn chrf<'a>(kind: ChrfKind, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> f64 {
    let mut sum = Chrf::default();
    for (hypothesis, reference) in pairs {
        sum.add(hypothesis, reference);
    }
    sum.score(kind)
}

/// Words with the ASCII punctuation at their end, or else at their beginning, cut off (one sign).
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in text.split_whitespace() {
        let mut ends = word.char_indices();
        let (first, last) = (ends.next(), ends.next_back());
        match (first, last) {
            (Some(_), Some((at, c))) if c.is_ascii_punctuation() => {
                out.extend([&word[..at], &word[at..]]);
            }
            (Some((_, c)), Some(_)) if c.is_ascii_punctuation() => {
                out.extend([&word[..1], &word[1..]]);
            }
            _ => out.push(word),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_lose_one_sign() {
        assert_eq!(
            words("(hej) \"ja\" «так», ? a!"),
            ["(hej", ")", "\"ja", "\"", "«так»", ",", "?", "a", "!"]
        );
    }

    proptest! {
        #[test]
        fn a_text_equals_itself_and_scores_stay_in_range(a in "\\PC{1,40}", b in "\\PC{0,40}") {
            let mut same = Chrf::default();
            same.add(&a, &a);
            let mut other = Chrf::default();
            other.add(&a, &b);
            for kind in [ChrfKind::Chrf, ChrfKind::ChrfPlusPlus] {
                let expected = if a.trim().is_empty() { 0.0 } else { 100.0 };
                prop_assert!((same.score(kind) - expected).abs() < 1e-9);
                prop_assert!((0.0..=100.0 + 1e-9).contains(&other.score(kind)));
            }
        }
    }
}
