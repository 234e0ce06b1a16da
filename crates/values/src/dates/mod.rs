//! Dates as they are said: absolute, relative, by weekday, and what only sounds like a date.
//!
//! Two steps. The grammars (`da`, `uk`, `written`) turn tokens into what was *said*; `resolve` turns
//! that into a day with the help of today's date, what the date is for and the tense of the clause.
//! A reading without a certain day has no `date`: the caller asks.

mod about;
mod bare;
mod da;
mod resolve;
mod said;
mod tense;
mod uk;
mod vague;
mod written;
mod year;

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::found::Found;
use crate::token::{Token, TokenKind, span_of, tokenise};

use said::{Mention, Said};

/// What the date is for; it decides which years are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A move, arrival or departure: close to today, the year may be inferred.
    Move,
    /// A birth date: the year is never inferred.
    Birth,
    /// Any other date: the nearest year, with less confidence.
    Other,
}

/// Whether the clause speaks of what happened or of what will happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tense {
    /// «переїхала», "flyttede".
    Past,
    /// «переїжджаю», "flytter".
    Future,
}

/// What is known beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateContext {
    /// The day of the conversation.
    pub today: Date,
    /// What the date is for.
    pub purpose: Purpose,
    /// The tense, when the caller knows it (from the question); `None` reads it from the text.
    pub tense: Option<Tense>,
    /// A date that was just spoken of: a bare day belongs to its month, if it is near.
    pub anchor: Option<Date>,
}

impl DateContext {
    /// Context with the tense read from the text.
    pub fn new(today: Date, purpose: Purpose) -> Self {
        Self {
            today,
            purpose,
            tense: None,
            anchor: None,
        }
    }

    /// The same context with the tense given.
    pub fn with_tense(mut self, tense: Option<Tense>) -> Self {
        self.tense = tense;
        self
    }

    /// The same context with a date that was just spoken of.
    pub fn with_anchor(mut self, anchor: Option<Date>) -> Self {
        self.anchor = anchor;
        self
    }
}

/// How a date was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// Day, month and year.
    Absolute,
    /// Day and month, or a day of a numbered week; the year was inferred (or, for births, is missing).
    YearInferred,
    /// From today ("i morgen", «три дні тому»).
    Relative,
    /// A day of the week.
    Weekday,
    /// A day of the month alone.
    BareDay,
    /// A month alone.
    MonthOnly,
    /// No day at all ("lige efter jul").
    Vague,
}

/// One mention of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateReading {
    /// The day, unless a person has to be asked.
    pub date: Option<Date>,
    /// How it was said.
    pub kind: DateKind,
    /// The tense that was used, if any.
    pub tense: Option<Tense>,
    /// Days it may mean, likeliest first; holds `date` when there is one.
    pub options: Vec<Date>,
    /// A day and a weekday were said, and `date` is both: what was misheard rarely fits twice.
    pub weekday_fits: bool,
}

/// The number (1 to 12) of the month that a lower-case word names in full, in any case of either language.
pub fn month_named(word: &str) -> Option<i8> {
    crate::tables::MONTHS
        .get(word)
        .filter(|form| form.whole)
        .map(|form| form.month)
}

/// All mentions of dates in a text, left to right. Clock times are left out.
pub fn find(text: &str, lang: Lang, ctx: &DateContext) -> Vec<Found<DateReading>> {
    let tokens = tokenise(text, lang);
    find_in(&tokens, lang, ctx)
}

/// [`find`] over tokens.
pub fn find_in(tokens: &[Token], lang: Lang, ctx: &DateContext) -> Vec<Found<DateReading>> {
    let mentions = merge(tokens, mentions(tokens, lang, ctx));
    let mut found: Vec<Found<DateReading>> = Vec::with_capacity(mentions.len());
    let mut anchor = ctx.anchor;
    let mut named = None::<Date>;
    for mention in &mentions {
        let tense = ctx
            .tense
            .or_else(|| tense::of(tokens, &mention.range, lang));
        let local = DateContext {
            tense,
            anchor,
            ..*ctx
        };
        let (reading, confidence, note) = match told_lead(tokens, mention, lang) {
            Some(lead) => since(mention, named.filter(|_| lead == "через"), &local),
            None => resolve::resolve(mention, &local),
        };
        if matches!(reading.kind, DateKind::Absolute | DateKind::YearInferred) {
            named = reading.date;
        }
        if reading.kind != DateKind::BareDay && reading.date.is_some() {
            anchor = reading.date;
        }
        let span = span_of(&tokens[mention.range.clone()]);
        found.push(Found {
            value: reading,
            span,
            confidence,
            note,
        });
    }
    found
}

/// «через» or «за» of a stretch that is told and does not begin today: «приїхала двадцятого, а через тиждень
/// заселилася», «перевезли за два дні».
fn told_lead<'a>(tokens: &'a [Token], mention: &Mention, lang: Lang) -> Option<&'a str> {
    let lead = word(tokens, mention.range.start);
    let told = lang == Lang::Uk
        && matches!(lead, "через" | "за")
        && matches!(mention.said, Said::Days(_) | Said::Months(_))
        && tense::told(tokens, &mention.range);
    told.then_some(lead)
}

/// A stretch from the day that the same text named before; without one it is no day.
fn since(mention: &Mention, named: Option<Date>, ctx: &DateContext) -> resolve::Resolved {
    let Some(today) = named else {
        let vague = self::mention(mention.range.clone(), Said::Vague(None));
        return resolve::resolve(&vague, ctx);
    };
    let (reading, confidence, note) = resolve::resolve(mention, &DateContext { today, ..*ctx });
    (reading, confidence.min(0.6), note)
}

/// True when the text names a time of day («о п'ятнадцятій», "klokken tre").
pub fn has_clock_time(text: &str, lang: Lang) -> bool {
    let tokens = tokenise(text, lang);
    (0..tokens.len()).any(|at| match lang {
        Lang::Da => da::clock_at(&tokens, at),
        Lang::Uk => uk::clock_at(&tokens, at),
    })
}

fn mentions(tokens: &[Token], lang: Lang, ctx: &DateContext) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = written::at(tokens, at)
            .or_else(|| match lang {
                Lang::Da => da::at(tokens, at, ctx),
                Lang::Uk => uk::at(tokens, at, ctx),
            })
            .or_else(|| vague::at(tokens, at, lang))
            .filter(|mention| mention.range.end > at);
        match hit {
            Some(mention) => {
                at = mention.range.end;
                out.push(mention);
            }
            None => at += 1,
        }
    }
    out
}

/// Joins what belongs together: "fredag den 13. november", «у цю п'ятницю, двадцять сьомого»,
/// "fra den første til den femtende december".
fn merge(tokens: &[Token], mentions: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mut mention in mentions {
        let Some(last) = out.last_mut() else {
            out.push(mention);
            continue;
        };
        let gap = tokens
            .get(last.range.end..mention.range.start)
            .unwrap_or(&[]);
        match (&last.said, &mention.said) {
            (Said::Weekday { day, .. }, Said::Calendar { .. }) if near(gap) => {
                mention.weekday = Some(*day);
                mention.range.start = last.range.start;
                *last = mention;
                continue;
            }
            (Said::Calendar { .. }, Said::Weekday { day, .. })
                if near(gap) && last.weekday.is_none() =>
            {
                last.weekday = Some(*day);
                last.range.end = mention.range.end;
                continue;
            }
            _ => {}
        }
        if gap.len() <= 3 && gap.iter().all(links) {
            mention.said.take_month(&last.said);
        }
        if gap.len() <= 1 && gap.iter().all(|t| range_word(&t.text)) && !gap.is_empty() {
            last.said.borrow_month(&mention.said);
        }
        out.push(mention);
    }
    out
}

fn near(gap: &[Token]) -> bool {
    gap.len() <= 2
        && gap.iter().all(|t| {
            t.is_sign(',')
                || t.is_dash()
                || matches!(
                    t.text.as_str(),
                    "den" | "altså" | "det" | "тобто" | "це" | "то" | "d"
                )
        })
}

fn links(token: &Token) -> bool {
    token.is_sign(',')
        || token.is_dash()
        || matches!(token.text.as_str(), "до" | "на" | "по" | "til" | "з")
}

fn range_word(text: &str) -> bool {
    matches!(
        text,
        "til" | "по" | "до" | "-" | "–" | "eller" | "чи" | "або"
    )
}

fn comma_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.is_sign(','))
}

/// Whether a sign or the end of the text stands at `at`.
fn ends(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|t| t.kind == TokenKind::Sign)
}

/// Whether a week and a day with a pause between them are one date: they open a clause or fill one. In "jeg flytter i næste
/// uge, på fredag får jeg nøglen" they are two.
fn stands_apart(tokens: &[Token], start: usize, end: usize) -> bool {
    let opens = start
        .checked_sub(1)
        .is_none_or(|before| tokens[before].kind == TokenKind::Sign);
    opens || ends(tokens, end)
}

/// The word at `at`, or "" where there is none.
pub(crate) fn word(tokens: &[Token], at: usize) -> &str {
    tokens
        .get(at)
        .filter(|t| t.is_word())
        .map_or("", |t| t.text.as_str())
}

fn mention(range: Range<usize>, said: Said) -> Mention {
    Mention {
        range,
        said,
        weekday: None::<Weekday>,
    }
}

#[cfg(test)]
#[path = "../dates_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "../dates_counted_tests.rs"]
mod counted_tests;
