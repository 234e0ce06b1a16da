//! What the search needs from a translation model, whatever its family.

use tolkebot_protocol::Lang;

use crate::MtError;

/// Index of a piece in the model's vocabulary.
pub(crate) type Token = u32;

/// One piece more for one hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    /// Index of the hypothesis that goes on; several may go on from one.
    pub parent: usize,
    /// What it writes.
    pub token: Token,
}

/// A sequence-to-sequence model that reads a source once and then predicts the target piece by
/// piece. Decoder-only and encoder-decoder models differ only behind this.
pub(crate) trait Model: Send {
    /// The only language it writes; `None` if both.
    fn only_into(&self) -> Option<Lang> {
        None
    }

    /// Source pieces of `text`, as the model would read them.
    fn encode(&self, text: &str, lang: Lang) -> Result<Vec<Token>, MtError>;

    /// Text of target pieces.
    fn decode(&self, tokens: &[Token]) -> Result<String, MtError>;

    /// Text of every target piece (`▁` for a space), in vocabulary order.
    fn pieces(&self) -> Vec<&str>;

    /// The piece that ends a target.
    fn eos(&self) -> Token;

    /// Reads a source; afterwards `logits(0)` belongs to the target's first piece.
    fn begin(&mut self, source: &[Token], to: Lang) -> Result<(), MtError>;

    /// Goes back to right after `begin` without reading the source again.
    fn rewind(&mut self);

    /// Writes on: every move appends a piece to one of the hypotheses, and the moves are the new
    /// hypotheses, in their order. After `begin` and `rewind` there is one, with nothing written.
    fn advance(&mut self, moves: &[Move]) -> Result<(), MtError>;

    /// Nothing more is written for now, so that nobody who shares the model waits for it. The state stays.
    fn rest(&mut self) {}

    /// Another one with the same weights, for another target at the same time.
    fn another(&self) -> Box<dyn Model>;

    /// Unnormalised scores of the next piece of a hypothesis, one for each piece of the
    /// vocabulary.
    fn logits(&self, hypothesis: usize) -> &[f32];

    /// Writes pieces that are given, from right after `begin` or `rewind`; afterwards `logits(0)`
    /// belongs to the piece after them.
    fn force(&mut self, tokens: &[Token]) -> Result<(), MtError> {
        for &token in tokens {
            self.advance(&[Move { parent: 0, token }])?;
        }
        Ok(())
    }
}
