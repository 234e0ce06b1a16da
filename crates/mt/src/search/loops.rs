//! Running in circles.

use crate::model::Token;

/// Rounds of the same pieces at the end of `tokens` that count as running in circles, by the
/// length of a round: people do say "no, no, no, no", and numbers have equal digits.
fn rounds_of_a_loop(period: usize) -> usize {
    match period {
        1 => 8,
        2..=3 => 5,
        4..=6 => 4,
        _ => 3,
    }
}

/// If `tokens` ends in a loop, how many of them to keep: what came before and one round.
pub(super) fn loop_start(tokens: &[Token]) -> Option<usize> {
    (1..=16).find_map(|period| {
        let span = period * rounds_of_a_loop(period);
        let start = tokens.len().checked_sub(span)?;
        let tail = &tokens[start..];
        tail.iter()
            .zip(&tail[period..])
            .all(|(a, b)| a == b)
            .then_some(start + period)
    })
}
