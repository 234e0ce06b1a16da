//! Why there is no document.

/// Why a form cannot become a document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The document's font has no picture for a character.
    #[error(
        "`{field}` has the character U+{code:04X}, which the document's font cannot show: write the \
         value with letters"
    )]
    Character {
        /// Danish label of the row, or the place in the document.
        field: String,
        /// The character's code point.
        code: u32,
    },
    /// A value is longer than a document can reasonably show.
    #[error("`{field}` has {length} characters, more than {max}: shorten the value")]
    TooLong {
        /// Danish label of the row.
        field: String,
        /// Characters it has.
        length: usize,
        /// Characters it may have.
        max: usize,
    },
    /// A value has a character that no text should have.
    #[error(
        "`{field}` has the control character U+{code:04X}, which neither the document nor its XML \
         can hold: write the value again"
    )]
    Control {
        /// Danish label of the row, or the place in the document.
        field: String,
        /// The character's code point.
        code: u32,
    },
    /// A value mixes scripts that are written in opposite directions.
    #[error(
        "`{field}` mixes letters written from right to left with others; the document could not \
         show them in a sure order: write the value in Latin letters, names as in the passport"
    )]
    Direction {
        /// Danish label of the row.
        field: String,
    },
    /// The date is none.
    #[error("`{0}` is not a date: write it as 2026-12-01")]
    Date(String),
    /// The PDF library refused; a fault of this crate.
    #[error("the PDF could not be made: {0}")]
    Pdf(String),
}
