//! Arithmetic over the scores of a vocabulary.

use crate::model::Token;

pub(super) fn mask(scores: &mut [f32], forbidden: &[bool]) {
    for (score, _) in scores.iter_mut().zip(forbidden).filter(|(_, no)| **no) {
        *score = f32::NEG_INFINITY;
    }
}

pub(super) fn penalise(scores: &mut [f32], written: &[Token], penalty: f32) {
    if penalty == 1.0 {
        return;
    }
    let mut seen = written.to_vec();
    seen.sort_unstable();
    seen.dedup();
    for token in seen {
        if let Some(score) = scores.get_mut(token as usize) {
            *score = if *score > 0.0 {
                *score / penalty
            } else {
                *score * penalty
            };
        }
    }
}

/// Index of the highest score, the first of equals. Scores that are no number never win.
pub(super) fn best(scores: &[f32]) -> Token {
    let mut at = (0, f32::NEG_INFINITY);
    for (n, &score) in scores.iter().enumerate() {
        if score > at.1 {
            at = (n, score);
        }
    }
    at.0 as Token
}

/// Indices of the `n` highest scores, the highest first, of equals the first. Scores that are no
/// number, and pieces that are forbidden, are not among them.
pub(super) fn top(scores: &[f32], n: usize) -> Vec<Token> {
    let mut out: Vec<(Token, f32)> = Vec::with_capacity(n + 1);
    let mut least = f32::NEG_INFINITY;
    for (token, &score) in scores.iter().enumerate() {
        if score > least {
            let at = out.partition_point(|&(_, s)| s >= score);
            out.insert(at, (token as Token, score));
            out.truncate(n);
            if out.len() == n {
                least = out.last().map_or(least, |&(_, s)| s);
            }
        }
    }
    out.into_iter().map(|(token, _)| token).collect()
}

/// ln Σ exp(x), computed against overflow by taking the maximum out.
pub(super) fn log_sum_exp(scores: &[f32]) -> f32 {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if !max.is_finite() {
        return max;
    }
    // Each in single precision, which is twice as fast; their sum in double, or small ones would be lost.
    let sum: f64 = scores.iter().map(|&x| f64::from((x - max).exp())).sum();
    max + sum.ln() as f32
}
