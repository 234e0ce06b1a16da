//! BLEU (Papineni et al. 2002) as sacrebleu computes it: `case:mixed|tok:13a|smooth:exp`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Longest n-gram.
const ORDER: usize = 4;

/// Counts for BLEU, summable over a corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bleu {
    /// n-grams of the hypotheses that their references have, by n − 1, each at most as often as
    /// there.
    pub correct: [usize; ORDER],
    /// n-grams of the hypotheses.
    pub total: [usize; ORDER],
    /// Tokens of the hypotheses.
    pub hypothesis: usize,
    /// Tokens of the references.
    pub reference: usize,
}

impl Bleu {
    /// Adds a sentence.
    pub fn add(&mut self, hypothesis: &str, reference: &str) {
        let (hypothesis, reference) = (
            tokenise_13a(hypothesis.trim_end()),
            tokenise_13a(reference.trim_end()),
        );
        self.hypothesis += hypothesis.len();
        self.reference += reference.len();
        for n in 1..=ORDER {
            let wanted = count(&reference, n);
            for (gram, times) in count(&hypothesis, n) {
                self.total[n - 1] += times;
                self.correct[n - 1] += times.min(wanted.get(gram).copied().unwrap_or(0));
            }
        }
    }

    /// The score, 0 to 100: `BP · exp(Σ ln pₙ / 4)` with the brevity penalty
    /// `BP = min(1, exp(1 − r/c))`; an order without matches counts as half, a quarter … of a
    /// match (exponential smoothing, Chen and Cherry 2014, method 3).
    pub fn score(&self) -> f64 {
        self.compute(false)
    }

    /// The score of one sentence: orders longer than it do not count (sacrebleu's
    /// `effective_order`).
    pub fn sentence_score(&self) -> f64 {
        self.compute(true)
    }

    fn compute(&self, effective_order: bool) -> f64 {
        if self.correct.iter().all(|&n| n == 0) {
            return 0.0;
        }
        let (c, r) = (self.hypothesis as f64, self.reference as f64);
        let brevity = if c < r { (1.0 - r / c).exp() } else { 1.0 };
        let mut smooth = 1.0;
        let mut logs = 0.0;
        let mut order = 0;
        for (&correct, &total) in self.correct.iter().zip(&self.total) {
            if total == 0 {
                break;
            }
            order += 1;
            let precision = if correct == 0 {
                smooth *= 2.0;
                100.0 / (smooth * total as f64)
            } else {
                100.0 * correct as f64 / total as f64
            };
            logs += precision.ln();
        }
        if order < ORDER && !effective_order {
            return 0.0;
        }
        brevity * (logs / order as f64).exp()
    }
}

/// BLEU of a corpus of (hypothesis, reference) pairs, 0 to 100.
pub fn bleu<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> f64 {
    let mut sum = Bleu::default();
    for (hypothesis, reference) in pairs {
        sum.add(hypothesis, reference);
    }
    sum.score()
}

fn count(tokens: &[String], n: usize) -> HashMap<&[String], usize> {
    let mut out = HashMap::new();
    for gram in tokens.windows(n) {
        *out.entry(gram).or_insert(0) += 1;
    }
    out
}

/// Tokens as mteval-v13a.pl of the WMT campaigns cuts them: ASCII punctuation apart, full stops
/// and commas only where no digits stand on both sides, hyphens only behind digits.
pub fn tokenise_13a(text: &str) -> Vec<String> {
    let mut line = text
        .replace("<skipped>", "")
        .replace("-\n", "")
        .replace('\n', " ");
    if line.contains('&') {
        for (entity, sign) in [
            ("&quot;", "\""),
            ("&amp;", "&"),
            ("&lt;", "<"),
            ("&gt;", ">"),
        ] {
            line = line.replace(entity, sign);
        }
    }
    let mut chars: Vec<char> = format!(" {line} ").chars().collect();
    chars = chars
        .iter()
        .flat_map(|&c| {
            if is_apart(c) {
                vec![' ', c, ' ']
            } else {
                vec![c]
            }
        })
        .collect();
    let digit = |c: char| c.is_ascii_digit();
    let mark = |c: char| matches!(c, '.' | ',');
    chars = pairs(
        &chars,
        |a, b| !digit(a) && mark(b),
        |a, b| vec![a, ' ', b, ' '],
    );
    chars = pairs(
        &chars,
        |a, b| mark(a) && !digit(b),
        |a, b| vec![' ', a, ' ', b],
    );
    chars = pairs(
        &chars,
        |a, b| digit(a) && b == '-',
        |a, b| vec![a, ' ', b, ' '],
    );
    String::from_iter(chars)
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Signs that always stand alone: ``{|}~ [\]^_` space!"#$%& ()*+ :;<=>?@ /``.
fn is_apart(c: char) -> bool {
    matches!(c, '{'..='~' | '['..='`' | ' '..='&' | '('..='+' | ':'..='@' | '/')
}

/// Rewrites neighbours from left to right; what was rewritten is not looked at again.
fn pairs(
    chars: &[char],
    matches: impl Fn(char, char) -> bool,
    rewrite: impl Fn(char, char) -> Vec<char>,
) -> Vec<char> {
    let mut out = Vec::with_capacity(chars.len() * 2);
    let mut at = 0;
    while at < chars.len() {
        match chars.get(at + 1) {
            Some(&next) if matches(chars[at], next) => {
                out.extend(rewrite(chars[at], next));
                at += 2;
            }
            _ => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tokens_are_cut_as_in_wmt() {
        assert_eq!(
            tokenise_13a("Ring på 61-22, kl. 12.30 (4.000,5)!"),
            [
                "Ring", "på", "61", "-", "22", ",", "kl", ".", "12.30", "(", "4.000,5", ")", "!"
            ]
        );
        assert_eq!(tokenise_13a(" &quot;п’ять&quot; "), ["\"", "п’ять", "\""]);
        assert!(tokenise_13a("").is_empty());
    }

    proptest! {
        #[test]
        fn a_text_equals_itself(text in "[a-zæøåа-яії .,!0-9-]{0,60}") {
            let mut sum = Bleu::default();
            sum.add(&text, &text);
            let expected = if tokenise_13a(&text).is_empty() { 0.0 } else { 100.0 };
            prop_assert!((sum.sentence_score() - expected).abs() < 1e-9);
        }

        #[test]
        fn scores_lie_between_0_and_100(a in "\\PC{0,40}", b in "\\PC{0,40}") {
            let mut sum = Bleu::default();
            sum.add(&a, &b);
            for score in [sum.score(), sum.sentence_score()] {
                prop_assert!((0.0..=100.0 + 1e-9).contains(&score));
            }
        }
    }
}
