//! Beam search with the guards that keep it from running away.

mod loops;
mod scores;
mod wanted;

use loops::loop_start;
use scores::{log_sum_exp, mask, penalise, top};
use wanted::Pending;
pub(crate) use wanted::Wanted;

use crate::MtError;
use crate::model::{Model, Move, Token};

/// How one attempt decodes.
#[derive(Debug, Clone)]
pub(crate) struct Search<'a> {
    /// Most target pieces.
    pub limit: usize,
    /// Hypotheses followed side by side; 1 is greedy.
    pub width: usize,
    /// Pieces that every hypothesis begins with; the model has been forced to write them.
    pub held: &'a [Token],
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
    /// Pieces without the end mark, those held included.
    pub tokens: Vec<Token>,
    /// Natural logarithm of the probability that the model gave each piece (end mark included,
    /// pieces held left out).
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

/// A hypothesis that is still being written.
#[derive(Debug, Clone)]
struct Beam<'a> {
    tokens: Vec<Token>,
    log_probabilities: Vec<f32>,
    /// Sum of the scores by which hypotheses are compared: logarithms of probabilities, with
    /// penalties and pulls.
    score: f32,
    pending: Pending<'a>,
}

impl Beam<'_> {
    /// Score per piece: a sum alone would prefer short sentences.
    fn rank(&self) -> f32 {
        self.score / self.log_probabilities.len().max(1) as f32
    }

    fn end(self, end: End) -> (f32, Hypothesis) {
        let rank = self.rank();
        let hypothesis = Hypothesis {
            tokens: self.tokens,
            log_probabilities: self.log_probabilities,
            end,
        };
        (rank, hypothesis)
    }
}

/// A piece that a beam might write next.
struct Candidate<'a> {
    parent: usize,
    token: Token,
    /// Of the whole hypothesis with this piece.
    score: f32,
    log_probability: f32,
    pending: Pending<'a>,
}

impl<'a> Candidate<'a> {
    fn follow(self, beams: &[Beam<'a>], eos: Token) -> Beam<'a> {
        let parent = &beams[self.parent];
        let mut tokens = parent.tokens.clone();
        if self.token != eos {
            tokens.push(self.token);
        }
        let mut log_probabilities = parent.log_probabilities.clone();
        log_probabilities.push(self.log_probability);
        Beam {
            tokens,
            log_probabilities,
            score: self.score,
            pending: self.pending,
        }
    }
}

/// Writes a target, following `Search::width` hypotheses. The model must stand right after `begin`
/// (or `rewind`), or after the pieces held. Returns at least one hypothesis, the best first: finished
/// ones if there are any.
pub(crate) fn beam(model: &mut dyn Model, search: &Search<'_>) -> Result<Vec<Hypothesis>, MtError> {
    beam_while(model, search, &|| true)
}

/// As [`beam`], but asks before every piece whether to go on; nothing is returned if not.
pub(crate) fn beam_while(
    model: &mut dyn Model,
    search: &Search<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Vec<Hypothesis>, MtError> {
    let found = follow(model, search, go_on);
    model.rest();
    found
}

fn follow(
    model: &mut dyn Model,
    search: &Search<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Vec<Hypothesis>, MtError> {
    let (eos, width) = (model.eos(), search.width.max(1));
    let mut live = vec![Beam {
        tokens: search.held.to_vec(),
        log_probabilities: Vec::new(),
        score: 0.0,
        pending: Pending::new(search.wanted),
    }];
    let (mut finished, mut circling) = (Vec::new(), Vec::new());
    for _ in 0..search.limit {
        if !go_on() {
            return Ok(Vec::new());
        }
        let mut candidates = candidates(&*model, search, &mut live, width);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut moves = Vec::with_capacity(width);
        let mut next = Vec::with_capacity(width);
        let mut taken = 0;
        for (place, candidate) in candidates.into_iter().enumerate() {
            if candidate.token == eos {
                // An end that would not have been followed is no end.
                if place < width {
                    finished.push(candidate.follow(&live, eos).end(End::Finished));
                }
                continue;
            }
            if taken == width {
                break;
            }
            taken += 1;
            let step = Move {
                parent: candidate.parent,
                token: candidate.token,
            };
            let mut beam = candidate.follow(&live, eos);
            if let Some(keep) = loop_start(&beam.tokens) {
                beam.tokens.truncate(keep);
                beam.log_probabilities
                    .truncate(keep.saturating_sub(search.held.len()));
                circling.push(beam.end(End::Loop));
                continue;
            }
            moves.push(step);
            next.push(beam);
        }
        let best = finished.iter().map(|(rank, _)| *rank).reduce(f32::max);
        let hope = next.iter().map(Beam::rank).reduce(f32::max);
        let decided = matches!((best, hope), (Some(best), Some(hope)) if best >= hope);
        if next.is_empty() && finished.is_empty() && circling.is_empty() {
            break;
        }
        live = next;
        if live.is_empty() || finished.len() >= width || decided {
            break;
        }
        model.advance(&moves)?;
    }
    let mut out = finished;
    if out.is_empty() {
        out = circling;
    }
    if out.is_empty() {
        out = live.into_iter().map(|beam| beam.end(End::Limit)).collect();
    }
    out.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(out.into_iter().map(|(_, hypothesis)| hypothesis).collect())
}

/// What every beam might write next: a wording that was begun goes on, else the likeliest pieces.
fn candidates<'a>(
    model: &dyn Model,
    search: &Search<'_>,
    live: &mut [Beam<'a>],
    width: usize,
) -> Vec<Candidate<'a>> {
    let mut out = Vec::new();
    let mut scores = Vec::new();
    for (parent, beam) in live.iter_mut().enumerate() {
        let logits = model.logits(parent);
        scores.clear();
        scores.extend_from_slice(logits);
        mask(&mut scores, search.forbidden);
        let norm = log_sum_exp(&scores);
        let log_probability = |token: Token| {
            let score = logits.get(token as usize).copied();
            (score.unwrap_or(f32::NEG_INFINITY) - norm).min(0.0)
        };
        if let Some(token) = beam.pending.go_on(&scores) {
            // It was decided where the wording began: no further cost, or the hypothesis would
            // lose for doing what it has to.
            out.push(Candidate {
                parent,
                token,
                score: beam.score,
                log_probability: log_probability(token),
                pending: beam.pending.clone(),
            });
            continue;
        }
        penalise(&mut scores, &beam.tokens, search.repetition_penalty);
        beam.pending.pull(&mut scores, search.pull);
        for token in top(&scores, width + 1) {
            let mut pending = beam.pending.clone();
            pending.chosen(token);
            out.push(Candidate {
                parent,
                token,
                score: beam.score + scores[token as usize] - norm,
                log_probability: log_probability(token),
                pending,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests;
