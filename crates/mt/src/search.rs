//! Greedy decoding with the guards that keep it from running away.

use crate::MtError;
use crate::model::{Model, Token};

/// How one attempt decodes.
#[derive(Debug, Clone)]
pub(crate) struct Search<'a> {
    /// Most target pieces.
    pub limit: usize,
    /// Pieces that may not be written (`true`), by vocabulary index; empty allows all.
    pub forbidden: &'a [bool],
    /// Divides the positive scores of pieces already written and multiplies the negative ones
    /// (after Keskar et al. 2019, CTRL); 1 leaves them alone.
    pub repetition_penalty: f32,
    /// Wordings that the target should contain.
    pub wanted: &'a [Wanted],
    /// Added to the score of a wording's first piece as long as it has not been written.
    pub pull: f32,
}

/// A wording that the target should contain, in its possible tokenisations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Alternatives; one of them written is enough.
    pub options: Vec<Vec<Token>>,
}

/// Why decoding stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The model ended the sentence.
    Finished,
    /// `Search::limit` was reached.
    Limit,
    /// The same pieces came again and again; `Hypothesis::tokens` holds one round of them.
    Loop,
}

/// What one attempt wrote.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hypothesis {
    /// Pieces without the end mark.
    pub tokens: Vec<Token>,
    /// Natural logarithm of the probability that the model gave each piece (end mark included).
    pub log_probabilities: Vec<f32>,
    /// Why decoding stopped.
    pub end: End,
}

impl Hypothesis {
    /// Geometric mean of the pieces' probabilities, 0 to 1.
    pub(crate) fn confidence(&self) -> f32 {
        let n = self.log_probabilities.len();
        if n == 0 {
            return 0.0;
        }
        let sum: f64 = self.log_probabilities.iter().map(|&p| f64::from(p)).sum();
        (sum / n as f64).exp().clamp(0.0, 1.0) as f32
    }
}

/// Writes a target greedily. The model must stand right after `begin` (or `rewind`).
pub(crate) fn greedy(model: &mut dyn Model, search: &Search<'_>) -> Result<Hypothesis, MtError> {
    let eos = model.eos();
    let mut out = Hypothesis {
        tokens: Vec::new(),
        log_probabilities: Vec::new(),
        end: End::Limit,
    };
    let mut pending = Pending::new(search.wanted);
    let mut scores = Vec::new();
    while out.tokens.len() < search.limit {
        scores.clear();
        scores.extend_from_slice(model.logits());
        mask(&mut scores, search.forbidden);
        let norm = log_sum_exp(&scores);
        let token = match pending.go_on(&scores) {
            Some(token) => token,
            None => {
                penalise(&mut scores, &out.tokens, search.repetition_penalty);
                pending.pull(&mut scores, search.pull);
                let token = best(&scores);
                pending.chosen(token);
                token
            }
        };
        let score = model
            .logits()
            .get(token as usize)
            .copied()
            .unwrap_or(f32::NEG_INFINITY);
        out.log_probabilities.push((score - norm).min(0.0));
        if token == eos {
            out.end = End::Finished;
            break;
        }
        out.tokens.push(token);
        if let Some(keep) = loop_start(&out.tokens) {
            out.tokens.truncate(keep);
            out.log_probabilities.truncate(keep);
            out.end = End::Loop;
            break;
        }
        model.advance(token)?;
    }
    Ok(out)
}

/// Wordings not written yet, and the ways in which the one being written may go on.
struct Pending<'a> {
    wanted: Vec<&'a Wanted>,
    rest: Vec<&'a [Token]>,
}

impl<'a> Pending<'a> {
    fn new(wanted: &'a [Wanted]) -> Self {
        Pending {
            wanted: wanted.iter().collect(),
            rest: Vec::new(),
        }
    }

    /// The piece that goes on with the wording being written, if it does not end here: the
    /// likeliest where its alternatives part.
    fn go_on(&mut self, scores: &[f32]) -> Option<Token> {
        let score = |t: Token| scores.get(t as usize).copied().unwrap_or(f32::NEG_INFINITY);
        let next = self
            .rest
            .iter()
            .filter_map(|r| r.first().copied())
            .max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
        // One alternative may begin another: it ends here if the model would rather go elsewhere.
        if self.rest.iter().any(|r| r.is_empty()) && best(scores) != next {
            self.rest.clear();
            return None;
        }
        self.rest.retain(|r| r.first() == Some(&next));
        for rest in &mut self.rest {
            *rest = &rest[1..];
        }
        Some(next)
    }

    fn pull(&self, scores: &mut [f32], by: f32) {
        // Two wordings may begin with the same piece: pull it once.
        let mut firsts: Vec<Token> = self
            .wanted
            .iter()
            .flat_map(|w| &w.options)
            .filter_map(|o| o.first().copied())
            .collect();
        firsts.sort_unstable();
        firsts.dedup();
        for first in firsts {
            if let Some(score) = scores.get_mut(first as usize) {
                *score += by;
            }
        }
    }

    /// Notes a freely chosen piece: if it begins a wording, the rest of that wording must follow.
    fn chosen(&mut self, token: Token) {
        let begins = |w: &Wanted| w.options.iter().any(|o| o.first() == Some(&token));
        if let Some(at) = self.wanted.iter().position(|w| begins(w)) {
            let wanted = self.wanted.remove(at);
            let options = wanted.options.iter().filter(|o| o.first() == Some(&token));
            self.rest = options.map(|o| &o[1..]).collect();
        }
    }
}

fn mask(scores: &mut [f32], forbidden: &[bool]) {
    for (score, _) in scores.iter_mut().zip(forbidden).filter(|(_, no)| **no) {
        *score = f32::NEG_INFINITY;
    }
}

fn penalise(scores: &mut [f32], written: &[Token], penalty: f32) {
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
fn best(scores: &[f32]) -> Token {
    let mut at = (0, f32::NEG_INFINITY);
    for (n, &score) in scores.iter().enumerate() {
        if score > at.1 {
            at = (n, score);
        }
    }
    at.0 as Token
}

/// ln Σ exp(x), computed against overflow by taking the maximum out.
fn log_sum_exp(scores: &[f32]) -> f32 {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if !max.is_finite() {
        return max;
    }
    let sum: f64 = scores.iter().map(|&x| f64::from(x - max).exp()).sum();
    max + sum.ln() as f32
}

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
fn loop_start(tokens: &[Token]) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use tolkebot_protocol::Lang;

    use super::*;

    /// Predicts the pieces of `script` one after the other, then the end, whatever was written.
    struct Scripted {
        script: Vec<Token>,
        at: usize,
        logits: Vec<f32>,
    }

    impl Scripted {
        fn new(script: &[Token]) -> Self {
            let mut model = Scripted {
                script: script.to_vec(),
                at: 0,
                logits: Vec::new(),
            };
            model.predict();
            model
        }

        fn predict(&mut self) {
            self.logits = vec![0.0; 20];
            let next = self.script.get(self.at).copied().unwrap_or(1);
            self.logits[next as usize] = 5.0;
            // A second choice, so that a mask or a penalty has somewhere to go.
            self.logits[(next as usize + 1) % 20] = 4.0;
        }
    }

    impl Model for Scripted {
        fn encode(&self, _: &str, _: Lang) -> Result<Vec<Token>, MtError> {
            Ok(Vec::new())
        }
        fn decode(&self, _: &[Token]) -> Result<String, MtError> {
            Ok(String::new())
        }
        fn pieces(&self) -> Vec<&str> {
            vec![""; 20]
        }
        fn eos(&self) -> Token {
            1
        }
        fn begin(&mut self, _: &[Token], _: Lang) -> Result<(), MtError> {
            Ok(())
        }
        fn rewind(&mut self) {
            self.at = 0;
            self.predict();
        }
        fn advance(&mut self, _: Token) -> Result<(), MtError> {
            self.at += 1;
            self.predict();
            Ok(())
        }
        fn logits(&self) -> &[f32] {
            &self.logits
        }
    }

    fn plain() -> Search<'static> {
        Search {
            limit: 50,
            forbidden: &[],
            repetition_penalty: 1.0,
            wanted: &[],
            pull: 0.0,
        }
    }

    fn run(script: &[Token], search: &Search<'_>) -> Hypothesis {
        greedy(&mut Scripted::new(script), search).unwrap()
    }

    #[test]
    fn writes_the_best_pieces_until_the_end_mark() {
        let h = run(&[7, 3, 9], &plain());
        assert_eq!(h.tokens, [7, 3, 9]);
        assert_eq!(h.end, End::Finished);
        // Softmax of (5, 4, 18 × 0): e^5 / (e^5 + e^4 + 18).
        let p = 5f32.exp() / (5f32.exp() + 4f32.exp() + 18.0);
        assert!((h.confidence() - p).abs() < 1e-5, "{}", h.confidence());
    }

    #[test]
    fn stops_at_the_limit() {
        let h = run(
            &[2, 3, 4, 5, 6, 7],
            &Search {
                limit: 3,
                ..plain()
            },
        );
        assert_eq!((h.tokens.len(), h.end), (3, End::Limit));
    }

    #[test]
    fn a_loop_ends_with_one_round_kept() {
        let script: Vec<Token> = [9].into_iter().chain([4, 5, 6].repeat(20)).collect();
        let h = run(
            &script,
            &Search {
                limit: 100,
                ..plain()
            },
        );
        assert_eq!(
            (h.tokens.as_slice(), h.end),
            ([9, 4, 5, 6].as_slice(), End::Loop)
        );
    }

    #[test]
    fn short_repetitions_are_speech() {
        let script: Vec<Token> = [7].repeat(6);
        assert_eq!(run(&script, &plain()).tokens, script);
    }

    #[test]
    fn forbidden_pieces_are_never_written() {
        let mut forbidden = vec![false; 20];
        forbidden[3] = true;
        let h = run(
            &[7, 3, 9],
            &Search {
                forbidden: &forbidden,
                ..plain()
            },
        );
        assert_eq!(h.tokens, [7, 4, 9]);
    }

    #[test]
    fn a_penalty_turns_away_from_what_was_written() {
        let h = run(
            &[7, 7, 7],
            &Search {
                repetition_penalty: 1.5,
                ..plain()
            },
        );
        assert_eq!(h.tokens, [7, 8, 7]);
    }

    #[test]
    fn a_wanted_wording_is_completed_once_begun() {
        let wanted = [Wanted {
            options: vec![vec![8, 15, 16], vec![17]],
        }];
        let h = run(
            &[7, 7, 9, 9],
            &Search {
                wanted: &wanted,
                pull: 2.0,
                ..plain()
            },
        );
        assert_eq!(h.tokens, [8, 15, 16, 9]);
    }

    #[test]
    fn where_alternatives_part_the_model_decides() {
        let wanted = [Wanted {
            options: vec![vec![8, 15], vec![8, 6, 7], vec![8]],
        }];
        let search = Search {
            wanted: &wanted,
            pull: 2.0,
            ..plain()
        };
        assert_eq!(run(&[7, 6, 7, 9], &search).tokens, [8, 6, 7, 9]);
        assert_eq!(run(&[7, 15, 9], &search).tokens, [8, 15, 9]);
        assert_eq!(run(&[7, 9, 4], &search).tokens, [8, 9, 4]);
    }

    #[test]
    fn no_number_scores_end_without_a_panic() {
        assert_eq!(best(&[f32::NAN, f32::NAN]), 0);
        assert_eq!(log_sum_exp(&[f32::NEG_INFINITY]), f32::NEG_INFINITY);
    }
}
