//! What the search needs from a translation model, whatever its family.

use tolkebot_protocol::Lang;

use crate::MtError;

/// Index of a piece in the model's vocabulary.
pub(crate) type Token = u32;

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

    /// Reads a source; afterwards `logits` belongs to the target's first piece.
    fn begin(&mut self, source: &[Token], to: Lang) -> Result<(), MtError>;

    /// Goes back to right after `begin` without reading the source again.
    fn rewind(&mut self);

    /// Appends a target piece; afterwards `logits` belongs to the next one.
    fn advance(&mut self, token: Token) -> Result<(), MtError>;

    /// Unnormalised scores of the next piece, one for each piece of the vocabulary.
    fn logits(&self) -> &[f32];
}
