//! CPR numbers: structure, century, modulus 11, and how they are said.
//!
//! Rules: CPR-kontoret, "Opbygning af CPR-nummeret". A number that fails modulus 11 is only a
//! warning: such numbers have been issued since 2007.

mod typed;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::digit_runs::{ends_in_thousands, sureness};
use crate::digits::{Cut, Reading, Style, bytes, candidates, greedy, read_exactly, runs, trimmed};
use crate::found::{Ambiguity, Found, Reason};
use crate::tables::CENTURIES;
use crate::token::{Token, tokenise};

/// A CPR number of ten characters. `Debug` and [`CprNumber::masked`] hide the serial number, so
/// that the type can stand in logs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CprNumber([u8; 10]);

/// Why a text is no CPR number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CprError {
    /// Rule `cpr_length`.
    #[error("a CPR number has 10 characters, this has {0}: ask for DDMMYY and the last four")]
    Length(usize),
    /// A character that no CPR number has.
    #[error("a CPR number has digits (letters only among the last four): check the typing")]
    Character,
}

/// How serious an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Staff must acknowledge it.
    Warning,
    /// The number cannot be used.
    Error,
}

/// What is unusual or wrong about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CprIssue {
    /// Day 61–91 or letters among the last four: a number made up by another system.
    Replacement,
    /// The first six digits are no calendar date.
    Date,
    /// Born after today.
    Future,
    /// Modulus 11 isn't 0.
    Mod11,
}

impl CprIssue {
    /// Whether the number can still be used.
    pub fn severity(self) -> Severity {
        match self {
            CprIssue::Replacement | CprIssue::Mod11 => Severity::Warning,
            CprIssue::Date | CprIssue::Future => Severity::Error,
        }
    }

    /// Rule id of the validation algorithm.
    pub fn rule(self) -> &'static str {
        match self {
            CprIssue::Replacement => "cpr_replacement",
            CprIssue::Date => "cpr_date",
            CprIssue::Future => "cpr_future",
            CprIssue::Mod11 => "cpr_mod11",
        }
    }
}

impl CprNumber {
    /// Reads ten characters; spaces, dots and any dash are ignored.
    pub fn parse(text: &str) -> Result<Self, CprError> {
        let kept: Vec<char> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '‑' | '–' | '—'))
            .collect();
        if kept.len() != 10 {
            return Err(CprError::Length(kept.len()));
        }
        let mut bytes = [0; 10];
        for (at, (slot, c)) in bytes.iter_mut().zip(kept).enumerate() {
            let letter = at >= 6 && c.is_ascii_alphabetic();
            if !c.is_ascii_digit() && !letter {
                return Err(CprError::Character);
            }
            *slot = c.to_ascii_uppercase() as u8;
        }
        Ok(Self(bytes))
    }

    /// The ten characters without hyphen.
    pub fn digits(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `DDMMYY-SSSS`.
    pub fn formatted(&self) -> String {
        let digits = self.digits();
        format!("{}-{}", &digits[..6], &digits[6..])
    }

    /// `DDMMYY-••••`, for screens that others can see.
    pub fn masked(&self) -> String {
        format!("{}-••••", &self.digits()[..6])
    }

    /// The five pairs in which a number is read aloud.
    pub fn pairs(&self) -> [&str; 5] {
        let digits = self.digits();
        [
            &digits[..2],
            &digits[2..4],
            &digits[4..6],
            &digits[6..8],
            &digits[8..],
        ]
    }

    fn number(&self, from: usize) -> i8 {
        self.digits()
            .get(from..from + 2)
            .and_then(|d| d.parse().ok())
            .unwrap_or(0)
    }

    /// Birth date; the day of a replacement number is lowered by 60. `None` when it is no date or
    /// the century cannot be told (letter in position 7).
    pub fn birth_date(&self) -> Option<Date> {
        let day = self.number(0);
        let day = if (61..=91).contains(&day) {
            day - 60
        } else {
            day
        };
        let year = i16::from(self.number(4));
        let seventh = self.0[6].checked_sub(b'0').filter(|d| *d <= 9)?;
        let add = CENTURIES
            .iter()
            .find(|&&(digit, from, to, _)| digit == seventh && (from..=to).contains(&year))
            .map(|&(_, _, _, add)| add)?;
        Date::new(year + add, self.number(2), day).ok()
    }

    /// True for numbers that another system made up: never valid for a registration.
    pub fn is_replacement(&self) -> bool {
        (61..=91).contains(&self.number(0)) || self.0[6..].iter().any(u8::is_ascii_alphabetic)
    }

    /// Weighted sum of the digits modulo 11; `None` with letters. 0 for numbers with a control
    /// digit.
    pub fn mod11(&self) -> Option<u32> {
        const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        let mut sum = 0;
        for (&byte, weight) in self.0.iter().zip(WEIGHTS) {
            sum += char::from(byte).to_digit(10)? * weight;
        }
        Some(sum % 11)
    }

    /// Everything staff must know about the number, in the order of the validation algorithm.
    pub fn issues(&self, today: Date) -> Vec<CprIssue> {
        let mut issues = Vec::new();
        if self.is_replacement() {
            issues.push(CprIssue::Replacement);
        }
        let letters = self.0[6..].iter().any(u8::is_ascii_alphabetic);
        match self.birth_date() {
            None if !letters => issues.push(CprIssue::Date),
            Some(date) if date > today => issues.push(CprIssue::Future),
            _ => {}
        }
        if self.mod11().is_some_and(|rest| rest != 0) {
            issues.push(CprIssue::Mod11);
        }
        issues
    }

    /// True when a date was said that isn't the one in the number (rule `cpr_mismatch`).
    pub fn contradicts(&self, birth_date: Date) -> bool {
        self.birth_date().is_some_and(|own| own != birth_date)
    }
}

impl fmt::Debug for CprNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CprNumber(••••••-••••)")
    }
}

impl TryFrom<String> for CprNumber {
    type Error = CprError;

    fn try_from(text: String) -> Result<Self, CprError> {
        Self::parse(&text)
    }
}

impl From<CprNumber> for String {
    fn from(number: CprNumber) -> Self {
        number.formatted()
    }
}

/// CPR numbers in a text, left to right. Ten digits whose first six are no date come back only
/// from [`find_expected`]: in running text they are something else, most often a telephone number.
pub fn find(text: &str, lang: Lang) -> Vec<Found<CprNumber>> {
    search(text, lang, false)
}

/// Like [`find`] when the question was for the number: impossible dates are returned too, with a
/// note.
pub fn find_expected(text: &str, lang: Lang) -> Vec<Found<CprNumber>> {
    search(text, lang, true)
}

/// The digits of an unfinished number: 4 to 9 of them, when no whole number was said.
pub fn find_partial(text: &str, lang: Lang) -> Option<Found<String>> {
    let tokens = tokenise(text, lang);
    runs(&tokens, lang, Style::Dated)
        .into_iter()
        .map(|run| (greedy(&tokens, run.range.clone(), lang, Style::Dated), run))
        .filter(|(cut, _)| (4..10).contains(&cut.len()))
        .max_by_key(|(cut, _)| cut.len())
        .map(|(cut, run)| {
            Found::new(cut.digits(), bytes(&tokens, &run.range), 0.5)
                .with_note(Ambiguity::of(Reason::TooFewDigits))
        })
}

/// Which half of a number was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CprPart {
    /// Day, month and year.
    FirstSix(String),
    /// The serial number.
    LastFour(String),
}

/// Halves of numbers, when they were said apart («…, закінчення десять, сорок»). Six digits must be
/// a date; four digits are surer when they were announced as the last ones.
pub fn find_parts(text: &str, lang: Lang) -> Vec<Found<CprPart>> {
    let tokens = tokenise(text, lang);
    let mut out = Vec::new();
    for run in runs(&tokens, lang, Style::Dated) {
        let cut = greedy(&tokens, run.range.clone(), lang, Style::Dated);
        let span = bytes(&tokens, &run.range);
        let digits = cut.digits();
        let dated = |six: &str| plausible(&format!("{six}0000"));
        match digits.len() {
            4 => {
                let before = run.range.start.saturating_sub(3)..run.range.start;
                let announced = tokens[before].iter().any(|t| {
                    [
                        "останн",
                        "закінч",
                        "кінець",
                        "кінців",
                        "sidste",
                        "далі",
                        "потім",
                    ]
                    .iter()
                    .any(|stem| t.text.starts_with(stem))
                });
                let confidence = if announced { 0.9 } else { 0.4 };
                out.push(Found::new(CprPart::LastFour(digits), span, confidence));
            }
            6 if cut.breaks_at(4) && dated(&digits) => {
                out.push(Found::new(CprPart::FirstSix(digits), span, 0.8));
            }
            7..=9 if cut.breaks_at(6) && dated(&digits[..6]) => {
                let six = digits[..6].to_string();
                out.push(Found::new(CprPart::FirstSix(six), span, 0.5));
            }
            _ => {}
        }
    }
    out
}

fn plausible(digits: &str) -> bool {
    CprNumber::parse(digits).is_ok_and(|number| number.birth_date().is_some())
}

fn search(text: &str, lang: Lang, expected: bool) -> Vec<Found<CprNumber>> {
    let tokens = tokenise(text, lang);
    let mut found = typed::several(&tokens);
    let typed = found.len();
    for run in runs(&tokens, lang, Style::Dated)
        .into_iter()
        .filter(|run| !run.plus)
    {
        let span = bytes(&tokens, &run.range);
        let covers = |hit: &Found<CprNumber>| span.contains(&hit.span.start);
        if found[..typed].iter().any(covers) {
            continue;
        }
        let whole = |range: &std::ops::Range<usize>| {
            exact(&tokens, range, lang, 0.95).filter(|hit| hit.note.is_none())
        };
        if lang == Lang::Da
            && let Some(both) = typed::joined(&tokens, &run.range, whole)
        {
            found.extend(both);
            continue;
        }
        let ranges = candidates(&tokens, &run, lang, Style::Dated);
        let mut covered = run.range.start;
        for (nth, range) in ranges.iter().enumerate() {
            if nth > 0 && range.start < covered {
                continue;
            }
            let hit = exact(&tokens, range, lang, 0.95)
                .or_else(|| with_century(&tokens, range, lang))
                .or_else(|| with_short_year(&tokens, range, lang))
                .or_else(|| {
                    trimmed(&tokens, range, lang, Style::Dated)
                        .iter()
                        .find_map(|r| exact(&tokens, r, lang, sureness(&tokens, range, r)))
                        .filter(|hit| hit.confidence > 0.5)
                });
            if let Some(hit) = hit {
                found.push(hit);
                covered = range.end;
                if nth == 0 {
                    break;
                }
            } else if expected && let Some(hit) = impossible(&tokens, range, lang) {
                found.push(hit);
                covered = range.end;
            }
        }
    }
    restarted(&tokens, lang, &mut found);
    found.extend(typed::replacement(&tokens));
    found.sort_by_key(|hit| hit.span.start);
    found
}

fn number_of(cut: &Cut) -> Option<CprNumber> {
    CprNumber::parse(&cut.digits()).ok()
}

/// «…, потім чотири нулі... ой, ні, нуль два дев'яносто чотири»: after a correction four digits
/// replace the last four.
fn restarted(tokens: &[Token], lang: Lang, found: &mut Vec<Found<CprNumber>>) {
    let all = runs(tokens, lang, Style::Dated);
    for pair in all.windows(2) {
        let [first, second] = pair else { continue };
        let gap = tokens
            .get(first.range.end..second.range.start)
            .unwrap_or(&[]);
        // «не 33, а 35» is about two digits only.
        let corrected = gap.iter().filter(|t| t.is_word()).count() <= 4
            && !gap.iter().any(|t| t.is("не"))
            && gap.iter().any(|t| {
                matches!(
                    t.text.as_str(),
                    "ні" | "ой" | "вибачте" | "nej" | "undskyld" | "hov"
                )
            });
        let cut = greedy(tokens, first.range.clone(), lang, Style::Dated);
        let last = greedy(tokens, second.range.clone(), lang, Style::Dated);
        if !corrected || cut.len() < 6 || !cut.breaks_at(6) || last.len() != 4 {
            continue;
        }
        let six = &cut.digits()[..6];
        let Ok(number) = CprNumber::parse(&format!("{six}{}", last.digits())) else {
            continue;
        };
        if number.birth_date().is_none() {
            continue;
        }
        let span = bytes(tokens, &(first.range.start..second.range.end));
        found.retain(|hit| hit.span.start >= span.end || hit.span.end <= span.start);
        found.push(Found::new(number, span, 0.75));
    }
}

/// Cut as a birthday and a serial number: behind the day, the month (or both) and the year.
/// Telephone numbers are grouped otherwise (0 67 123 …).
fn grouped(cut: &Cut) -> bool {
    cut.breaks_at(6) && (cut.breaks_at(2) || cut.pieces.iter().any(|p| p.digits.len() >= 4))
}

fn exact(
    tokens: &[Token],
    range: &std::ops::Range<usize>,
    lang: Lang,
    confidence: f32,
) -> Option<Found<CprNumber>> {
    if ends_in_thousands(tokens, range) {
        return None;
    }
    let span = bytes(tokens, range);
    match read_exactly(tokens, range.clone(), lang, Style::Dated, 10, &plausible) {
        Reading::Whole(cut) => {
            let sure = grouped(&cut) || cut.pieces.len() == 1;
            let confidence = if sure { confidence } else { confidence - 0.45 };
            Some(Found::new(number_of(&cut)?, span, confidence))
        }
        Reading::OtherCut(cut) if grouped(&cut) => {
            Some(Found::new(number_of(&cut)?, span, confidence - 0.25))
        }
        Reading::OtherCut(_) => None,
        Reading::Several(options) => {
            let first = CprNumber::parse(options.first()?).ok()?;
            let options = options
                .iter()
                .filter_map(|o| CprNumber::parse(o).ok())
                .map(|number| number.formatted());
            Some(
                Found::new(first, span, 0.3)
                    .with_note(Ambiguity::between(Reason::SeveralReadings, options)),
            )
        }
        Reading::None => None,
    }
}

/// "niogtyvende i ellevte otte, enogtres nul fire": a year below ten without its zero.
fn with_short_year(
    tokens: &[Token],
    range: &std::ops::Range<usize>,
    lang: Lang,
) -> Option<Found<CprNumber>> {
    let cut = greedy(tokens, range.clone(), lang, Style::Dated);
    let [day, month, year, ..] = cut.pieces.as_slice() else {
        return None;
    };
    let shaped = day.digits.len() == 2 && month.digits.len() == 2 && year.digits.len() == 1;
    if cut.len() != 9 || !shaped {
        return None;
    }
    let digits = cut.digits();
    let number = CprNumber::parse(&format!("{}0{}", &digits[..4], &digits[4..])).ok()?;
    number.birth_date()?;
    Some(Found::new(number, bytes(tokens, range), 0.7))
}

/// "syvende maj nitten hundrede fireogfirs tolv fireogtredive": the year said in full.
fn with_century(
    tokens: &[Token],
    range: &std::ops::Range<usize>,
    lang: Lang,
) -> Option<Found<CprNumber>> {
    let cut = greedy(tokens, range.clone(), lang, Style::Dated);
    let digits = cut.digits();
    if digits.len() != 12 || !cut.breaks_at(4) || !cut.breaks_at(8) {
        return None;
    }
    let year: i16 = digits.get(4..8)?.parse().ok()?;
    let number = CprNumber::parse(&format!("{}{}", &digits[..4], &digits[6..])).ok()?;
    (number.birth_date()?.year() == year).then(|| Found::new(number, bytes(tokens, range), 0.85))
}

fn impossible(
    tokens: &[Token],
    range: &std::ops::Range<usize>,
    lang: Lang,
) -> Option<Found<CprNumber>> {
    let cut = greedy(tokens, range.clone(), lang, Style::Dated);
    if cut.len() != 10 {
        return None;
    }
    Some(
        Found::new(number_of(&cut)?, bytes(tokens, range), 0.4)
            .with_note(Ambiguity::of(Reason::ImpossibleDate)),
    )
}

#[cfg(test)]
#[path = "cpr_tests.rs"]
mod tests;
