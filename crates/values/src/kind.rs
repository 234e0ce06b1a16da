//! One door to all grammars: an answer to a question for a value of a known kind.

use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::dates::{self, DateContext, DateKind, Purpose, Tense};
use crate::found::{Ambiguity, Found, Reason};
use crate::{address, corrections, counts, cpr, email, names, phone, postal};

/// Kinds of values that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A move, arrival or departure date: ISO 8601.
    Date,
    /// A birth date: ISO 8601.
    BirthDate,
    /// A CPR number: ten digits without hyphen.
    Cpr,
    /// A telephone number: `+` and digits.
    Phone,
    /// An e-mail address.
    Email,
    /// A Danish address: one line.
    Address,
    /// A Danish postal code: four digits.
    PostalCode,
    /// A number of persons.
    Count,
    /// A correction: `old->new`, or the new value alone.
    Correction,
    /// A person's name: given names and surname in Latin letters.
    Name,
}

/// A kind that doesn't exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown kind of value `{0}`: use date, birth_date, cpr, phone, email, address, postal_code, count, correction or name"
)]
pub struct UnknownKind(String);

impl FromStr for ValueKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Ok(match text {
            "date" | "time_not_date" => ValueKind::Date,
            "birth_date" => ValueKind::BirthDate,
            "cpr" => ValueKind::Cpr,
            "phone" => ValueKind::Phone,
            "email" => ValueKind::Email,
            "address" => ValueKind::Address,
            "postal_code" => ValueKind::PostalCode,
            "count" => ValueKind::Count,
            "correction" => ValueKind::Correction,
            "name" => ValueKind::Name,
            other => return Err(UnknownKind(other.chars().take(30).collect())),
        })
    }
}

/// What is known beside the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseContext {
    /// The day of the conversation.
    pub today: Date,
    /// The tense of the question, when it is known.
    pub tense: Option<Tense>,
}

impl ParseContext {
    /// Context with the tense read from the answer.
    pub fn new(today: Date) -> Self {
        Self { today, tense: None }
    }
}

/// What to do with the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// One clear value.
    Ok,
    /// A likely value that a person must confirm before it is used.
    Confirm,
    /// Several values fit, or none for certain: ask.
    Ambiguous,
    /// A part is missing: ask for it.
    Incomplete,
    /// Something of another kind was said.
    Reject,
    /// No value of this kind.
    Missing,
}

impl Status {
    /// True when the value may stand in the form without another question.
    pub fn fills(self) -> bool {
        self == Status::Ok
    }
}

/// The outcome of reading one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What to do.
    pub status: Status,
    /// Canonical form; present for `ok` and `confirm`.
    pub value: Option<Found<String>>,
    /// Why a person is needed.
    pub note: Option<Ambiguity>,
}

impl Outcome {
    fn bare(status: Status) -> Self {
        Self {
            status,
            value: None,
            note: None,
        }
    }

    fn unclear(status: Status, note: Option<Ambiguity>) -> Self {
        Self {
            status,
            value: None,
            note,
        }
    }

    /// Ok without a doubt, otherwise to be confirmed.
    fn of(found: Found<String>, least: f32) -> Self {
        let note = found.note.clone();
        let sure = note.is_none() && found.confidence >= least;
        let status = if sure { Status::Ok } else { Status::Confirm };
        Self {
            status,
            value: Some(found),
            note,
        }
    }
}

/// Reads an answer to a question for one value. Canonical forms: see [`ValueKind`]. `ambiguous`,
/// `incomplete`, `confirm` and `reject` never fill a field.
pub fn parse_kind(lang: Lang, kind: ValueKind, text: &str, ctx: &ParseContext) -> Outcome {
    match kind {
        ValueKind::Date => date(lang, text, ctx, Purpose::Move),
        ValueKind::BirthDate => date(lang, text, ctx, Purpose::Birth),
        ValueKind::Cpr => cpr_number(lang, text),
        ValueKind::Phone => best(phone::find(text, lang), 0.5, |p| p.canonical().to_string()),
        ValueKind::Email => best(email::find(text, lang), 0.7, |e| e.as_str().to_string()),
        ValueKind::PostalCode => best(postal::find(text, lang), 0.6, |p| p.code.clone()),
        ValueKind::Count => match counts::find(text, lang) {
            Some(found) => Outcome::of(found.map(|n| n.to_string()), 0.5),
            None => Outcome::bare(Status::Missing),
        },
        ValueKind::Correction => correction(lang, text),
        ValueKind::Address => address_line(lang, text),
        // The passport's spelling wins over any romanisation, so a name is never simply right.
        ValueKind::Name => best(
            names::find(text, lang),
            f32::INFINITY,
            names::PersonName::full,
        ),
    }
}

/// The surest of several finds.
fn best<T>(found: Vec<Found<T>>, least: f32, canonical: impl Fn(&T) -> String) -> Outcome {
    let surest = found
        .into_iter()
        .reduce(|a, b| if b.confidence > a.confidence { b } else { a });
    match surest {
        Some(found) => Outcome::of(found.map(|value| canonical(&value)), least),
        None => Outcome::bare(Status::Missing),
    }
}

fn date(lang: Lang, text: &str, ctx: &ParseContext, purpose: Purpose) -> Outcome {
    let context = DateContext::new(ctx.today, purpose).with_tense(ctx.tense);
    let found = dates::find(text, lang, &context);
    let dated = |f: &&Found<dates::DateReading>| f.value.date.is_some();
    // The date that was said with most detail; several different ones are a question.
    let Some(first) = found.iter().find(dated) else {
        return match found.into_iter().next() {
            Some(unclear) => Outcome::unclear(Status::Ambiguous, unclear.note),
            None if dates::has_clock_time(text, lang) => Outcome::bare(Status::Reject),
            None => Outcome::bare(Status::Missing),
        };
    };
    let mut options: Vec<Date> = found.iter().filter_map(|f| f.value.date).collect();
    options.sort_unstable();
    options.dedup();
    if options.len() > 1 {
        let note = Ambiguity::between(Reason::SeveralReadings, options);
        return Outcome::unclear(Status::Ambiguous, Some(note));
    }
    let bare = first.value.kind == DateKind::BareDay;
    let iso = first
        .clone()
        .map(|r| r.date.map_or(String::new(), |d| d.to_string()));
    let mut outcome = Outcome::of(iso, 0.5);
    if bare {
        outcome.status = Status::Confirm;
    }
    outcome
}

fn cpr_number(lang: Lang, text: &str) -> Outcome {
    let found = cpr::find_expected(text, lang);
    // After a correction the last number counts.
    if let Some(last) = found.into_iter().next_back() {
        let impossible = last
            .note
            .as_ref()
            .is_some_and(|n| n.reason == Reason::ImpossibleDate);
        if impossible {
            return Outcome::unclear(Status::Ambiguous, last.note);
        }
        return Outcome::of(last.map(|n| n.digits().to_string()), 0.45);
    }
    match cpr::find_partial(text, lang) {
        Some(partial) => Outcome::unclear(Status::Incomplete, partial.note),
        None => Outcome::bare(Status::Missing),
    }
}

fn correction(lang: Lang, text: &str) -> Outcome {
    match corrections::find(text, lang).into_iter().next() {
        Some(found) => Outcome::of(
            found.map(|c| match c.wrong {
                Some(wrong) => format!("{}->{}", wrong.value, c.right.value),
                None => c.right.value,
            }),
            0.5,
        ),
        None => Outcome::bare(Status::Missing),
    }
}

fn address_line(lang: Lang, text: &str) -> Outcome {
    let found = address::find(text, lang);
    let Some(address) = found
        .iter()
        .find(|f| f.value.street.is_some())
        .or(found.first())
    else {
        return Outcome::bare(Status::Missing);
    };
    let mut doubts = address.value.doubts();
    // A Danish name through Ukrainian ears is always confirmed.
    if lang == Lang::Uk && doubts.is_empty() {
        doubts.push(Reason::HeardName);
    }
    let line = address.clone().map(|a| a.one_line());
    let note = doubts.first().map(|&reason| Ambiguity::of(reason));
    let status = if note.is_some() {
        Status::Confirm
    } else {
        Status::Ok
    };
    Outcome {
        status,
        value: Some(line),
        note,
    }
}
