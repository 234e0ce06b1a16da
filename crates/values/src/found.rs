//! What every finder returns: a value, where it was said and how sure the reading is.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A value read from a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Byte range in the original text, on character boundaries.
    pub span: Range<usize>,
    /// 0 (guess) to 1 (said in full, only one reading).
    pub confidence: f32,
    /// Why a person must look before the value is used.
    pub note: Option<Ambiguity>,
}

impl<T> Found<T> {
    /// A value without doubts attached.
    pub fn new(value: T, span: Range<usize>, confidence: f32) -> Self {
        Self {
            value,
            span,
            confidence,
            note: None,
        }
    }

    /// The same reading with a doubt attached.
    pub fn with_note(mut self, note: Ambiguity) -> Self {
        self.note = Some(note);
        self
    }

    /// The same span, confidence and doubt around another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Found<U> {
        Found {
            value: f(self.value),
            span: self.span,
            confidence: self.confidence,
            note: self.note,
        }
    }
}

/// Why a reading needs a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Two or more readings are equally good; see [`Ambiguity::options`].
    SeveralReadings,
    /// Names a stretch of time, not a day ("efter jul", «наприкінці місяця»).
    Vague,
    /// Only a month was said.
    MonthOnly,
    /// A day of the month without its month.
    BareDay,
    /// A day and month without a year where the year must not be guessed.
    YearMissing,
    /// The weekday and the date that were said do not belong together.
    WeekdayMismatch,
    /// Fewer digits than the value needs.
    TooFewDigits,
    /// More digits than the value has.
    TooManyDigits,
    /// A floor counted the Ukrainian way, or nobody knows which way.
    FloorCount,
    /// A place or street name matched by sound only.
    HeardName,
    /// A street that is in no list: the name is a transliteration.
    UnknownStreet,
    /// A short form that no passport carries.
    Diminutive,
    /// The nominative of the name is not certain.
    UncertainCase,
    /// A flat number said from habit: Danish flats go by floor and side.
    FlatNumber,
    /// A postal code that no list knows.
    UnknownPostalCode,
    /// The postal code and the district that were said disagree.
    DistrictMismatch,
    /// The digits do not form a calendar date.
    ImpossibleDate,
}

/// A doubt, with the readings a person can choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguity {
    /// What the doubt is.
    pub reason: Reason,
    /// Canonical forms of the possible values, likeliest first; may be empty.
    pub options: Vec<String>,
}

impl Ambiguity {
    /// A doubt without readings to choose from.
    pub fn of(reason: Reason) -> Self {
        Self {
            reason,
            options: Vec::new(),
        }
    }

    /// A doubt with the readings to choose from.
    pub fn between<S: ToString>(reason: Reason, options: impl IntoIterator<Item = S>) -> Self {
        Self {
            reason,
            options: options.into_iter().map(|o| o.to_string()).collect(),
        }
    }
}
