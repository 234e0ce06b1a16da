//! BLEU (Papineni et al. 2002), as sacrebleu 2 computes it by default: tokenisation 13a, order 4,
//! exponential smoothing, case kept.

use std::collections::HashMap;

const ORDER: usize = 4;

/// BLEU of translations against references, line by line; 0 to 100. Lines without a partner count as
/// empty.
pub fn bleu(translations: &[&str], references: &[&str]) -> f64 {
    let mut correct = [0usize; ORDER];
    let mut total = [0usize; ORDER];
    let (mut our_length, mut gold_length) = (0usize, 0usize);
    for i in 0..translations.len().max(references.len()) {
        let ours = tokens(translations.get(i).copied().unwrap_or_default());
        let gold = tokens(references.get(i).copied().unwrap_or_default());
        our_length += ours.len();
        gold_length += gold.len();
        for n in 0..ORDER {
            let ours = counts(&ours, n + 1);
            let gold = counts(&gold, n + 1);
            total[n] += ours.values().sum::<usize>();
            let shared =
                ours.iter().map(|(gram, count)| (*count).min(gold.get(gram).copied().unwrap_or(0)));
            correct[n] += shared.sum::<usize>();
        }
    }
    if correct.iter().all(|n| *n == 0) {
        return 0.0;
    }
    let mut smoothing = 1.0;
    let mut logarithms = 0.0;
    for n in 0..ORDER {
        if total[n] == 0 {
            // No n-gram of this length at all: sacrebleu leaves the precision at zero.
            return 0.0;
        }
        let precision = if correct[n] == 0 {
            smoothing *= 2.0;
            1.0 / (smoothing * total[n] as f64)
        } else {
            correct[n] as f64 / total[n] as f64
        };
        logarithms += precision.ln();
    }
    let brevity = if our_length < gold_length {
        (1.0 - gold_length as f64 / our_length as f64).exp()
    } else {
        1.0
    };
    100.0 * brevity * (logarithms / ORDER as f64).exp()
}

fn counts<'a>(tokens: &'a [String], n: usize) -> HashMap<&'a [String], usize> {
    let mut counts = HashMap::new();
    for gram in tokens.windows(n) {
        *counts.entry(gram).or_insert(0) += 1;
    }
    counts
}

/// The tokens of mteval-v13a: ASCII punctuation apart; full stop and comma apart unless between
/// digits; a dash apart after a digit.
fn tokens(text: &str) -> Vec<String> {
    let text = text.replace("<skipped>", "").replace("-\n", "").replace('\n', " ");
    let text = text
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let apart = |c: char| {
        matches!(c, '{'..='~' | '['..='`' | ' '..='&' | '('..='+' | ':'..='@' | '/')
    };
    let mut spaced = String::from(" ");
    for c in text.chars() {
        if apart(c) {
            spaced.push(' ');
            spaced.push(c);
            spaced.push(' ');
        } else {
            spaced.push(c);
        }
    }
    spaced.push(' ');
    let spaced = pairs(&spaced, |a, b| !a.is_ascii_digit() && is_point(b), |a, b| format!("{a} {b} "));
    let spaced = pairs(&spaced, |a, b| is_point(a) && !b.is_ascii_digit(), |a, b| format!(" {a} {b}"));
    let spaced = pairs(&spaced, |a, b| a.is_ascii_digit() && b == '-', |a, b| format!("{a} {b} "));
    spaced.split_whitespace().map(str::to_owned).collect()
}

fn is_point(c: char) -> bool {
    c == '.' || c == ','
}

/// Replaces adjacent pairs from left to right without overlap, as a regular expression would.
fn pairs(
    text: &str,
    wanted: impl Fn(char, char) -> bool,
    replace: impl Fn(char, char) -> String,
) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() * 2);
    let mut i = 0;
    while i < characters.len() {
        match characters.get(i + 1) {
            Some(&next) if wanted(characters[i], next) => {
                out.push_str(&replace(characters[i], next));
                i += 2;
            }
            _ => {
                out.push(characters[i]);
                i += 1;
            }
        }
    }
    out
}
