//! Which hypothesis the source would be a translation of.
//!
//! A translator likes what is usual in the target and leaves out what is not: a name, a word that it
//! does not know. Asked for the way back, it finds the source unlikely where something of it is
//! missing (the noisy channel, Brown et al. 1993; as a second score of a beam, Yee, Dauphin and Auli
//! 2019).

use tolkebot_protocol::Lang;

use crate::MtError;
use crate::model::{Model, Token};
use crate::search::{End, Hypothesis};

/// What the way back weighs against the way there, both as logarithms for each piece.
const WEIGHT: f32 = 0.3;
/// Hypotheses that are so much less likely than the first (natural logarithm for each piece) are not
/// looked at.
const NEAR: f32 = 0.25;

/// Puts hypotheses in the order of both ways' likelihoods. Those that did not end stay behind.
pub(crate) fn order(
    model: &mut dyn Model,
    source: &[Token],
    to: Lang,
    mut hypotheses: Vec<Hypothesis>,
) -> Result<Vec<Hypothesis>, MtError> {
    let Some(first) = hypotheses.first().map(there) else {
        return Ok(hypotheses);
    };
    let near = |h: &Hypothesis| h.end == End::Finished && there(h) >= first - NEAR;
    let count = hypotheses.iter().take_while(|h| near(h)).count();
    if count < 2 {
        return Ok(hypotheses);
    }
    let rest = hypotheses.split_off(count);
    let mut scored = Vec::with_capacity(count);
    for hypothesis in hypotheses {
        // As the model would read it: what it wrote may be cut into other pieces.
        let written = model.decode(&hypothesis.tokens)?;
        let written = model.encode(written.trim(), to)?;
        let Some(back) = model.back(&written, source, to.other())? else {
            scored.push((there(&hypothesis), hypothesis));
            continue;
        };
        scored.push((there(&hypothesis) + WEIGHT * back, hypothesis));
    }
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let scored = scored.into_iter().map(|(_, hypothesis)| hypothesis);
    Ok(scored.chain(rest).collect())
}

fn there(hypothesis: &Hypothesis) -> f32 {
    hypothesis.confidence().max(f32::MIN_POSITIVE).ln()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::model::Move;

    /// Text is its pieces as letters; knows how likely the source is after each text.
    struct Ways {
        back: HashMap<Token, f32>,
        asked: usize,
    }

    impl Model for Ways {
        fn encode(&self, text: &str, _: Lang) -> Result<Vec<Token>, MtError> {
            Ok(text.chars().map(u32::from).collect())
        }
        fn decode(&self, tokens: &[Token]) -> Result<String, MtError> {
            let letters = tokens.iter().filter_map(|t| char::from_u32(*t));
            Ok(letters.chain([' ']).collect())
        }
        fn pieces(&self) -> Vec<&str> {
            Vec::new()
        }
        fn eos(&self) -> Token {
            1
        }
        fn begin(&mut self, _: &[Token], _: Lang) -> Result<(), MtError> {
            unreachable!("what was read stays read")
        }
        fn rewind(&mut self) {}
        fn advance(&mut self, _: &[Move]) -> Result<(), MtError> {
            Ok(())
        }
        fn logits(&self, _: usize) -> &[f32] {
            &[]
        }
        fn back(
            &mut self,
            written: &[Token],
            _: &[Token],
            to: Lang,
        ) -> Result<Option<f32>, MtError> {
            assert_eq!(to, Lang::Da, "back into the language of the source");
            self.asked += 1;
            assert_eq!(written.len(), 1, "without the space at the end");
            Ok(self.back.get(&written[0]).copied())
        }
    }

    fn hypothesis(letter: char, log: f32, end: End) -> Hypothesis {
        Hypothesis {
            tokens: vec![u32::from(letter)],
            log_probabilities: vec![log, log],
            end,
        }
    }

    fn ordered(hypotheses: &[(char, f32, End)], back: &[(char, f32)]) -> (String, usize) {
        let mut model = Ways {
            back: back.iter().map(|(c, log)| (u32::from(*c), *log)).collect(),
            asked: 0,
        };
        let all = hypotheses
            .iter()
            .map(|(c, log, end)| hypothesis(*c, *log, *end));
        let found = order(&mut model, &[7], Lang::Uk, all.collect()).unwrap();
        let letters = found.iter().filter_map(|h| char::from_u32(h.tokens[0]));
        (letters.collect(), model.asked)
    }

    use End::{Finished, Limit};

    #[test]
    fn what_the_source_is_likelier_after_comes_first() {
        let two = [('a', -0.5, Finished), ('b', -0.6, Finished)];
        assert_eq!(ordered(&two, &[('a', -2.0), ('b', -1.0)]).0, "ba");
        assert_eq!(ordered(&two, &[('a', -1.0), ('b', -1.0)]).0, "ab");
    }

    #[test]
    fn only_what_is_nearly_as_likely_and_finished_is_looked_at() {
        let far = [('a', -0.5, Finished), ('b', -0.9, Finished)];
        assert_eq!(ordered(&far, &[('b', 0.0)]), ("ab".to_owned(), 0));
        let cut = [('a', -0.5, Finished), ('b', -0.5, Limit)];
        assert_eq!(ordered(&cut, &[('b', 0.0)]), ("ab".to_owned(), 0));
        assert_eq!(ordered(&far[..1], &[]), ("a".to_owned(), 0));
        assert_eq!(ordered(&[], &[]), (String::new(), 0));
    }

    #[test]
    fn a_model_of_one_direction_keeps_its_order() {
        let two = [('a', -0.5, Finished), ('b', -0.6, Finished)];
        assert_eq!(ordered(&two, &[]).0, "ab");
    }
}
