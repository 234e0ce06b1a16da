//! Wordings that the target should contain, while it is written.

use super::scores::best;
use crate::model::Token;

/// A wording that the target should contain, in its possible tokenisations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Alternatives; one of them written is enough.
    pub options: Vec<Vec<Token>>,
}

/// Wordings not written yet, and the ways in which the one being written may go on.
#[derive(Debug, Clone)]
pub(super) struct Pending<'a> {
    wanted: Vec<&'a Wanted>,
    rest: Vec<&'a [Token]>,
}

impl<'a> Pending<'a> {
    pub(super) fn new(wanted: &'a [Wanted]) -> Self {
        Pending {
            wanted: wanted.iter().collect(),
            rest: Vec::new(),
        }
    }

    /// The piece that goes on with the wording being written, if it does not end here: the
    /// likeliest where its alternatives part.
    pub(super) fn go_on(&mut self, scores: &[f32]) -> Option<Token> {
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

    pub(super) fn pull(&self, scores: &mut [f32], by: f32) {
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
    pub(super) fn chosen(&mut self, token: Token) {
        let begins = |w: &Wanted| w.options.iter().any(|o| o.first() == Some(&token));
        if let Some(at) = self.wanted.iter().position(|w| begins(w)) {
            let wanted = self.wanted.remove(at);
            let options = wanted.options.iter().filter(|o| o.first() == Some(&token));
            self.rest = options.map(|o| &o[1..]).collect();
        }
    }
}
