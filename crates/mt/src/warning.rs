//! What a person should look at in a translation.

use serde::{Deserialize, Serialize};

/// A reason to read a translation with care. Names kinds, never the values themselves, so that it
/// may be logged and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "warning", content = "value")]
pub enum MtWarning {
    /// A value of the source is not in the translation, or another one is.
    ValueMismatch(ValueKind),
    /// The source denies something and the translation does not, or the other way round.
    Negation,
    /// The source is not in the language that it was said to be in; what could not be translated
    /// was passed through as it is.
    WrongLanguage,
    /// The translation has words in the source's script.
    WrongScript,
    /// The model ran in circles; the translation was cut after the first round.
    Repetition,
    /// The translation is much shorter or longer than the source, or its end is missing.
    Incomplete,
    /// Nothing but pictures or signs: passed through as it is.
    NothingToTranslate,
    /// A floor is counted from another ground floor than in the source («другий поверх» is
    /// "1. sal"): ask, never convert silently.
    FloorCount,
}

/// Kinds of values that must survive translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A number, in digits or in words.
    Number,
    /// A telephone number.
    Phone,
    /// A CPR number.
    Cpr,
    /// A postal code.
    PostalCode,
    /// An e-mail or web address.
    Address,
    /// A month or a weekday.
    Date,
    /// A name of a person, a street or a place.
    Name,
    /// A relative: whose number or name is spoken of.
    Person,
}
