//! From what was said to a day.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

use super::said::{Mention, Month, Said, Which, Year};
use super::{DateContext, DateKind, DateReading, Purpose, Tense};
use crate::found::{Ambiguity, Reason};

/// The reading, how sure it is, and why a person must look.
pub(super) type Resolved = (DateReading, f32, Option<Ambiguity>);

/// Days ahead within which a move may be reported (CPR-loven § 12, stk. 4).
const AHEAD: i32 = 28;

pub(super) fn resolve(mention: &Mention, ctx: &DateContext) -> Resolved {
    match &mention.said {
        Said::Days(days) => certain(
            add(ctx.today, i64::from(*days).days()),
            DateKind::Relative,
            0.9,
            ctx,
        ),
        Said::Months(months) => {
            let date = add(ctx.today, i64::from(*months).months());
            certain(date, DateKind::Relative, 0.6, ctx)
        }
        Said::Weekday { day, which } => weekday(*day, *which, ctx),
        Said::Month(_) => unclear(DateKind::MonthOnly, Reason::MonthOnly, Vec::new(), 0.3, ctx),
        Said::Vague(_) => unclear(DateKind::Vague, Reason::Vague, Vec::new(), 0.3, ctx),
        Said::Calendar {
            day,
            month,
            year,
            sure,
        } => {
            let (mut reading, confidence, note) =
                calendar(*day, *month, *year, mention.weekday, ctx);
            reading.weekday_fits = reading
                .date
                .is_some_and(|date| mention.weekday == Some(date.weekday()));
            (
                reading,
                if *sure { confidence } else { confidence * 0.7 },
                note,
            )
        }
    }
}

fn add(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

fn days(date: Date, count: i32) -> Option<Date> {
    add(date, i64::from(count).days())
}

/// Days from `b` to `a`.
fn distance(a: Date, b: Date) -> i32 {
    b.until(a).map_or(i32::MAX / 4, |span| span.get_days())
}

fn certain(date: Option<Date>, kind: DateKind, confidence: f32, ctx: &DateContext) -> Resolved {
    match date {
        Some(date) => {
            let reading = DateReading {
                date: Some(date),
                kind,
                tense: ctx.tense,
                options: vec![date],
                weekday_fits: false,
            };
            (reading, confidence, None)
        }
        None => unclear(kind, Reason::ImpossibleDate, Vec::new(), 0.2, ctx),
    }
}

fn unclear(
    kind: DateKind,
    reason: Reason,
    options: Vec<Date>,
    confidence: f32,
    ctx: &DateContext,
) -> Resolved {
    let note = Ambiguity::between(reason, options.iter());
    (
        DateReading {
            date: None,
            kind,
            tense: ctx.tense,
            options,
            weekday_fits: false,
        },
        confidence,
        Some(note),
    )
}

fn weekday(day: Weekday, which: Which, ctx: &DateContext) -> Resolved {
    let today = ctx.today;
    let ahead = |from: Date| {
        let steps = i32::from(day.since(from.weekday()));
        days(from, if steps == 0 { 7 } else { steps })
    };
    let behind = || {
        let steps = i32::from(today.weekday().since(day));
        days(today, -(if steps == 0 { 7 } else { steps }))
    };
    let of_week = |offset: i32| {
        let monday = days(today, -i32::from(today.weekday().to_monday_zero_offset()))?;
        days(monday, offset * 7 + i32::from(day.to_monday_zero_offset()))
    };
    let sure = |date, confidence| certain(date, DateKind::Weekday, confidence, ctx);
    let two = |first: Option<Date>, second: Option<Date>| {
        let options = [first, second].into_iter().flatten().collect();
        unclear(
            DateKind::Weekday,
            Reason::SeveralReadings,
            options,
            0.4,
            ctx,
        )
    };
    match which {
        Which::Coming if ctx.tense == Some(Tense::Past) => match of_week(0) {
            // «цього понеділка переїхала»: this week's Monday is behind us.
            Some(date) if date <= today => sure(Some(date), 0.85),
            _ => sure(ahead(today), 0.7),
        },
        Which::Coming => sure(ahead(today), 0.9),
        Which::Last => sure(behind(), 0.9),
        Which::WeeksAfter(weeks) => {
            let nearest = if weeks < 0 { behind() } else { ahead(today) };
            sure(nearest.and_then(|d| days(d, 7 * weeks)), 0.85)
        }
        Which::NotThis => {
            let before = || behind().and_then(|d| days(d, -7));
            let after = || ahead(today).and_then(|d| days(d, 7));
            match ctx.tense {
                Some(Tense::Past) => sure(before(), 0.8),
                Some(Tense::Future) => sure(after(), 0.8),
                None => two(before(), after()),
            }
        }
        Which::Week(offset) => sure(of_week(offset), 0.9),
        // A day with a number, as much as one of a month: nobody only counts to it.
        Which::IsoWeek(week) => certain(iso_day(day, week, ctx), DateKind::YearInferred, 0.85, ctx),
        Which::Next => {
            let (coming, next) = (ahead(today), of_week(1));
            if coming == next {
                sure(coming, 0.9)
            } else {
                two(coming, next)
            }
        }
        Which::Bare if day == today.weekday() && ctx.tense.is_some() => two(
            if ctx.tense == Some(Tense::Past) {
                behind()
            } else {
                ahead(today)
            },
            Some(today),
        ),
        Which::Bare => match ctx.tense {
            Some(Tense::Past) => sure(behind(), 0.85),
            Some(Tense::Future) => sure(ahead(today), 0.85),
            None => two(behind(), ahead(today)),
        },
    }
}

/// The day of a week of the calendar in the year that makes it nearest; the tense decides where that is farther away than
/// a move may be reported.
fn iso_day(day: Weekday, week: i8, ctx: &DateContext) -> Option<Date> {
    let today = ctx.today;
    let mut dates: Vec<Date> = (-1..=1)
        .filter_map(|offset| ISOWeekDate::new(today.year() + offset, week, day).ok())
        .map(ISOWeekDate::date)
        .collect();
    dates.sort_by_key(|date| distance(*date, today).abs());
    let fits = |date: &Date| match ctx.tense {
        Some(Tense::Past) => *date <= today,
        Some(Tense::Future) => *date >= today,
        None => true,
    };
    let nearest = *dates.first()?;
    if distance(nearest, today).abs() <= AHEAD {
        return Some(nearest);
    }
    dates.into_iter().find(fits).or(Some(nearest))
}

fn calendar(
    day: i8,
    month: Month,
    year: Year,
    weekday: Option<Weekday>,
    ctx: &DateContext,
) -> Resolved {
    let today = ctx.today;
    match month {
        Month::Missing => bare_day(day, weekday, ctx),
        Month::Offset(offset) => {
            let date = add(today.first_of_month(), i64::from(offset).months())
                .and_then(|first| Date::new(first.year(), first.month(), day).ok());
            checked(certain(date, DateKind::Absolute, 0.9, ctx), weekday)
        }
        Month::Named(month) => {
            let fixed = match year {
                Year::Full(year) => Some(year),
                Year::Short(short) => Some(two_digit_year(short, ctx)),
                Year::Offset(offset) => Some(today.year() + offset),
                Year::Missing => None,
            };
            match fixed {
                Some(year) => {
                    let date = Date::new(year, month, day).ok();
                    checked(certain(date, DateKind::Absolute, 0.95, ctx), weekday)
                }
                None => without_year(day, month, weekday, ctx),
            }
        }
    }
}

/// Two digits: more than a year ahead of now belongs to the last century, except for the end of something
/// (a permit, a lease).
fn two_digit_year(short: i16, ctx: &DateContext) -> i16 {
    let this_year = ctx.today.year();
    let year = this_year - this_year % 100 + short;
    let lasts = ctx.purpose == Purpose::Other && ctx.tense == Some(Tense::Future);
    if year > this_year + if lasts { 40 } else { 1 } {
        year - 100
    } else {
        year
    }
}

/// Lowers the confidence when the weekday that was said isn't that of the date.
fn checked(resolved: Resolved, weekday: Option<Weekday>) -> Resolved {
    let (reading, confidence, note) = resolved;
    match (reading.date, weekday) {
        (Some(date), Some(day)) if date.weekday() != day => {
            let note = Ambiguity::between(Reason::WeekdayMismatch, [date]);
            (reading, 0.45, Some(note))
        }
        (Some(_), Some(_)) => (reading, 0.98, note),
        _ => (reading, confidence, note),
    }
}

fn without_year(day: i8, month: i8, weekday: Option<Weekday>, ctx: &DateContext) -> Resolved {
    let today = ctx.today;
    let mut dates: Vec<Date> = (-4..=4)
        .filter_map(|offset| Date::new(today.year() + offset, month, day).ok())
        .collect();
    if dates.is_empty() {
        return unclear(
            DateKind::YearInferred,
            Reason::ImpossibleDate,
            Vec::new(),
            0.2,
            ctx,
        );
    }
    if ctx.purpose == Purpose::Birth {
        return unclear(
            DateKind::YearInferred,
            Reason::YearMissing,
            Vec::new(),
            0.4,
            ctx,
        );
    }
    dates.sort_by_key(|date| distance(*date, today).abs());
    dates.truncate(2);
    let fits = |date: &Date| match ctx.tense {
        Some(Tense::Past) => *date <= today,
        Some(Tense::Future) => *date >= today,
        None => true,
    };
    // A tense read from the text may belong to another verb: it only decides between dates that
    // are both possible.
    let best = match dates.first() {
        Some(first) if distance(*first, today).abs() > 60 => {
            dates.iter().find(|d| fits(d)).or(dates.first())
        }
        first => first,
    };
    let Some(&best) = best else {
        return unclear(
            DateKind::YearInferred,
            Reason::YearMissing,
            Vec::new(),
            0.3,
            ctx,
        );
    };
    if let Some(weekday) = weekday
        && best.weekday() != weekday
        && let Some(&other) = dates.iter().find(|d| d.weekday() == weekday)
        && distance(other, today).abs() <= 400
    {
        return certain(Some(other), DateKind::YearInferred, 0.7, ctx);
    }
    let away = distance(best, today);
    let confidence = match (ctx.purpose, away) {
        (Purpose::Move, -200..=28) => 0.9,
        (Purpose::Move, 29..=120) => 0.75,
        (_, -120..=120) => 0.7,
        _ => 0.5,
    };
    checked(
        certain(Some(best), DateKind::YearInferred, confidence, ctx),
        weekday,
    )
}

/// "den femtende": the month is today's or a neighbour's.
fn bare_day(day: i8, weekday: Option<Weekday>, ctx: &DateContext) -> Resolved {
    let today = ctx.today;
    let mut dates: Vec<Date> = (-2..=2)
        .filter_map(|offset: i64| add(today.first_of_month(), offset.months()))
        .filter_map(|first| Date::new(first.year(), first.month(), day).ok())
        .collect();
    dates.sort_by_key(|date| distance(*date, today).abs());
    if let Some(weekday) = weekday {
        let matching: Vec<Date> = dates
            .iter()
            .copied()
            .filter(|d| d.weekday() == weekday)
            .collect();
        return match matching.as_slice() {
            [] => {
                let options = dates.into_iter().take(2).collect();
                unclear(
                    DateKind::BareDay,
                    Reason::WeekdayMismatch,
                    options,
                    0.3,
                    ctx,
                )
            }
            [first, ..] => certain(Some(*first), DateKind::BareDay, 0.85, ctx),
        };
    }
    if let Some(anchor) = ctx.anchor
        && let Ok(date) = Date::new(anchor.year(), anchor.month(), day)
        && distance(date, anchor).abs() <= 21
    {
        let reading = DateReading {
            date: Some(date),
            kind: DateKind::BareDay,
            tense: ctx.tense,
            options: vec![date],
            weekday_fits: false,
        };
        return (
            reading,
            0.6,
            Some(Ambiguity::between(Reason::BareDay, [date])),
        );
    }
    let fitting: Vec<Date> = dates
        .iter()
        .copied()
        .filter(|d| match ctx.tense {
            Some(Tense::Past) => *d <= today,
            Some(Tense::Future) => *d >= today,
            None => distance(*d, today) <= AHEAD && distance(*d, today) >= -35,
        })
        .collect();
    let (Some(&first), second) = (fitting.first(), fitting.get(1)) else {
        return unclear(DateKind::BareDay, Reason::BareDay, dates, 0.3, ctx);
    };
    let close = second.is_some_and(|second| {
        (distance(first, today).abs() - distance(*second, today).abs()).abs() <= 3
    });
    if first == today || (ctx.tense.is_none() && close) {
        let options = dates.into_iter().take(3).collect();
        return unclear(DateKind::BareDay, Reason::BareDay, options, 0.3, ctx);
    }
    let confidence = if ctx.tense.is_some() { 0.65 } else { 0.5 };
    let reading = DateReading {
        date: Some(first),
        kind: DateKind::BareDay,
        tense: ctx.tense,
        options: fitting.into_iter().take(2).collect(),
        weekday_fits: false,
    };
    let note = Ambiguity::between(Reason::BareDay, reading.options.iter());
    (reading, confidence, Some(note))
}
