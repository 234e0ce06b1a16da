//! chrF (Popović 2015), as sacrebleu 2 computes it by default: character n-grams up to 6 without
//! spaces, β = 2, statistics summed over the corpus.

use std::collections::HashMap;

const ORDER: usize = 6;
const BETA_SQUARED: f64 = 4.0;

/// chrF of translations against references, line by line; 0 to 100. 0 for no lines. Lines without a
/// partner count as empty.
pub fn chrf(translations: &[&str], references: &[&str]) -> f64 {
    let mut found = [0usize; ORDER];
    let mut wanted = [0usize; ORDER];
    let mut matched = [0usize; ORDER];
    for i in 0..translations.len().max(references.len()) {
        let characters = |texts: &[&str]| -> Vec<char> {
            let text = texts.get(i).copied().unwrap_or_default();
            text.chars().filter(|c| !c.is_whitespace()).collect()
        };
        let (ours, gold) = (characters(translations), characters(references));
        for n in 0..ORDER {
            let gold = counts(&gold, n + 1);
            let ours = counts(&ours, n + 1);
            wanted[n] += gold.values().sum::<usize>();
            // As sacrebleu: a line's n-grams do not count against it where the reference is too
            // short to have any.
            if !gold.is_empty() {
                found[n] += ours.values().sum::<usize>();
            }
            let shared =
                ours.iter().map(|(gram, count)| (*count).min(gold.get(gram).copied().unwrap_or(0)));
            matched[n] += shared.sum::<usize>();
        }
    }
    let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0.0);
    for n in 0..ORDER {
        if found[n] > 0 && wanted[n] > 0 {
            precision += matched[n] as f64 / found[n] as f64;
            recall += matched[n] as f64 / wanted[n] as f64;
            orders += 1.0;
        }
    }
    if precision + recall == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (precision / orders, recall / orders);
    100.0 * (1.0 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall)
}

fn counts(characters: &[char], n: usize) -> HashMap<&[char], usize> {
    let mut counts = HashMap::new();
    for gram in characters.windows(n) {
        *counts.entry(gram).or_insert(0) += 1;
    }
    counts
}
