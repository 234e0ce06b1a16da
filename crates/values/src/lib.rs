//! Values as people say them in Danish and Ukrainian.
//!
//! Pure grammars: text in, values with byte spans out. No models, no clock, no I/O; the tables are
//! embedded. Every finder returns [`Found`]: a value, where it stands, how sure the reading is and
//! why a person must look.

pub mod address;
mod by_sound;
pub mod corrections;
pub mod counts;
pub mod cpr;
pub mod dates;
pub mod digit_runs;
mod digits;
pub mod email;
pub mod foreign;
mod found;
mod kind;
mod likely;
pub mod markers;
pub mod municipality;
pub mod names;
pub mod numbers;
pub mod phone;
mod phrases;
pub mod places;
pub mod postal;
pub mod register;
pub mod render;
pub mod sound;
mod sound_index;
pub mod spelling;
mod table;
mod tables;
mod token;

pub use by_sound::BySound;
pub use found::{Ambiguity, Found, Reason};
pub use kind::{Outcome, ParseContext, Status, UnknownKind, ValueKind, parse_kind};
pub use likely::{KnownNames, LikelyWords, WordGroup, likely_words, names_again};
pub use table::Table;
pub use tables::{PostalRow, StreetRow};
pub use token::{Token, TokenKind, fold, is_cyrillic, span_of, tokenise};
