//! Danish dates.

use jiff::civil::Weekday;
use tolkebot_protocol::Lang;

use super::said::{Mention, Month, Said, Which, Year};
use super::{DateContext, about, bare, comma_at, ends, mention, stands_apart, word, year};
use crate::numbers::{Read, read_at, reads_at};
use crate::tables::MONTHS;
use crate::token::Token;

pub(super) fn at(tokens: &[Token], at: usize, ctx: &DateContext) -> Option<Mention> {
    relative(tokens, at)
        .or_else(|| counted(tokens, at))
        .or_else(|| about::danish(tokens, at))
        .or_else(|| weekday(tokens, at))
        .or_else(|| calendar(tokens, at, ctx))
        .or_else(|| month_only(tokens, at))
}

/// "klokken tre", "kl. 15".
pub(super) fn clock_at(tokens: &[Token], at: usize) -> bool {
    matches!(word(tokens, at), "klokken" | "kl")
}

fn relative(tokens: &[Token], at: usize) -> Option<Mention> {
    let (days, len) = match (word(tokens, at), word(tokens, at + 1)) {
        ("i", "dag") => (0, 2),
        ("i", "aften" | "eftermiddag" | "formiddag" | "morges") => (0, 2),
        ("i", "går" | "gaar") => (-1, 2),
        ("i", "aftes") => (-1, 2),
        ("i", "forgårs") => (-2, 2),
        ("i", "morgen") => (1, 2),
        ("i", "overmorgen") => (2, 2),
        ("idag", _) => (0, 1),
        ("igår", _) => (-1, 1),
        ("iforgårs" | "forgårs", _) => (-2, 1),
        ("imorgen", _) => (1, 1),
        ("iovermorgen" | "overmorgen", _) => (2, 1),
        _ => return None,
    };
    // "i morgen om otte dage", "i dag for fjorten dage siden"
    let (weeks, end) = weeks_on(tokens, at + len)
        .filter(|_| matches!(word(tokens, at + len), "om" | "for"))
        .unwrap_or((0, at + len));
    Some(mention(at..end, Said::Days(days + 7 * weeks)))
}

#[derive(Clone, Copy)]
pub(super) enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

pub(super) fn unit(text: &str) -> Option<Unit> {
    Some(match text {
        "dag" | "dage" | "døgn" => Unit::Days,
        "uge" | "uger" => Unit::Weeks,
        "måned" | "måneder" => Unit::Months,
        "år" => Unit::Years,
        _ => return None,
    })
}

fn amount(count: u64, unit: Unit, sign: i32) -> Option<Said> {
    let count = i32::try_from(count).ok().filter(|c| *c <= 1000)?;
    Some(match unit {
        // "otte dage" is a week.
        Unit::Days if count == 8 => Said::Days(sign * 7),
        Unit::Days => Said::Days(sign * count),
        Unit::Weeks => Said::Days(sign * count * 7),
        Unit::Months => Said::Months(sign * count),
        Unit::Years => Said::Months(sign * count * 12),
    })
}

/// "om tre dage", "for fjorten dage siden", "fjorten dage siden".
fn counted(tokens: &[Token], at: usize) -> Option<Mention> {
    let lead = word(tokens, at);
    let from = at + usize::from(matches!(lead, "om" | "for" | "ca" | "cirka"));
    let from = from + usize::from(matches!(word(tokens, from), "ca" | "cirka"));
    let read = read_at(tokens, from, Lang::Da).filter(|r| !r.is_ordinal())?;
    let unit = unit(word(tokens, read.end))?;
    let end = read.end + 1;
    if word(tokens, end) == "siden" {
        return Some(mention(at..end + 1, amount(read.value, unit, -1)?));
    }
    (lead == "om")
        .then(|| amount(read.value, unit, 1))
        .flatten()
        .map(|said| mention(at..end, said))
}

pub(super) fn day_name(text: &str) -> Option<(Weekday, bool)> {
    let (stem, past) = match text.strip_suffix("dags") {
        Some(stem) => (stem, true),
        None => (text.strip_suffix("dag")?, false),
    };
    let day = match stem {
        "man" => Weekday::Monday,
        "tirs" => Weekday::Tuesday,
        "ons" => Weekday::Wednesday,
        "tors" => Weekday::Thursday,
        "fre" => Weekday::Friday,
        "lør" => Weekday::Saturday,
        "søn" => Weekday::Sunday,
        _ => return None,
    };
    Some((day, past))
}

fn weekday(tokens: &[Token], at: usize) -> Option<Mention> {
    let mut start = at;
    let mut which = None;
    loop {
        which = match (word(tokens, start), which) {
            ("på" | "nu", None | Some(Which::Coming)) => Some(Which::Coming),
            ("i", None) => Some(Which::Bare),
            ("sidste" | "forrige", _) => Some(Which::Last),
            ("næste", _) => Some(Which::Next),
            ("kommende" | "førstkommende", _) => Some(Which::Coming),
            ("denne" | "den", None) => Some(Which::Bare),
            _ => break,
        };
        start += 1;
        if start > at + 3 {
            return None;
        }
    }
    // "i næste uge på fredag", "sidste uge onsdag"
    if word(tokens, start) == "uge"
        && matches!(which, Some(Which::Last | Which::Next))
        && let Some((day, end)) = day_behind(tokens, start + 1)
        && (!comma_at(tokens, start + 1) || stands_apart(tokens, at, end))
    {
        let week = if which == Some(Which::Last) { -1 } else { 1 };
        return Some(mention(
            at..end,
            Said::Weekday {
                day,
                which: Which::Week(week),
            },
        ));
    }
    // "i uge 51 på mandag", "uge 51, mandag"
    if let Some((week, next)) = iso_week(tokens, start)
        && let Some((day, end)) = day_behind(tokens, next)
        && (!comma_at(tokens, next) || stands_apart(tokens, at, end))
    {
        let which = Which::IsoWeek(week);
        return Some(mention(at..end, Said::Weekday { day, which }));
    }
    let (day, past) = day_name(word(tokens, start))?;
    let mut which = which.unwrap_or(Which::Bare);
    if past {
        which = if word(tokens, at) == "i" || at == start {
            Which::Last
        } else {
            return None;
        };
    } else if word(tokens, at) == "i" {
        return None;
    }
    let mut end = start + 1;
    // "Onsdag for tre uger siden" is the Wednesday of that week, or three weeks before the last.
    let unclear = |which: &Which| !past && matches!(which, Which::WeeksAfter(weeks) if *weeks < 0);
    // "fredag, i næste uge," with nothing of another clause behind it.
    let comma = comma_at(tokens, end);
    if let Some((later, after)) = week_after(tokens, end + usize::from(comma))
        .filter(|(later, after)| !unclear(later) && (!comma || ends(tokens, *after)))
    {
        which = match later {
            // "i fredags otte dage"
            Which::WeeksAfter(weeks) if past => Which::WeeksAfter(-weeks.abs()),
            later => later,
        };
        end = after;
    }
    Some(mention(at..end, Said::Weekday { day, which }))
}

/// "(i næste uge) på fredag", "(i næste uge), på fredag": the day and the index behind.
fn day_behind(tokens: &[Token], at: usize) -> Option<(Weekday, usize)> {
    let at = at + usize::from(comma_at(tokens, at));
    let at = at + usize::from(matches!(word(tokens, at), "på" | "om"));
    Some((day_name(word(tokens, at))?.0, at + 1))
}

/// Weeks on from a day, and the index behind: "om otte dage", "om 14 dage", "om to uger", "for fjorten dage siden". "Otte
/// dage" and "fjorten dage" need no "om".
fn weeks_on(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let lead = word(tokens, at);
    let from = at + usize::from(matches!(lead, "om" | "for"));
    let read = read_at(tokens, from, Lang::Da).filter(|r| !r.is_ordinal())?;
    let count = i32::try_from(read.value).ok()?;
    let weeks = match unit(word(tokens, read.end))? {
        // "Otte dage" is a week, and so on.
        Unit::Days if matches!(count, 8 | 15) || count % 7 == 0 => count / 7,
        Unit::Weeks => count,
        _ => return None,
    };
    let end = read.end + 1;
    let idiom = matches!(count, 8 | 14)
        && !matches!(word(tokens, end), "siden" | "efter" | "før" | "senere");
    match lead {
        _ if !(1..=52).contains(&weeks) => None,
        "om" => Some((weeks, end)),
        "for" => (word(tokens, end) == "siden").then_some((-weeks, end + 1)),
        _ => (idiom && weeks <= 2).then_some((weeks, end)),
    }
}

/// "uge 51" at `at`: the number and the index behind.
fn iso_week(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    let read = read_at(tokens, at + 1, Lang::Da)
        .filter(|r| word(tokens, at) == "uge" && !r.is_ordinal() && (1..=53).contains(&r.value))?;
    Some((read.value as i8, read.end))
}

/// "om otte dage", "om en uge", "i næste uge", "i uge 51" behind a weekday.
fn week_after(tokens: &[Token], at: usize) -> Option<(Which, usize)> {
    let inside = at + usize::from(word(tokens, at) == "i");
    if let Some((week, end)) = iso_week(tokens, inside) {
        return Some((Which::IsoWeek(week), end));
    }
    if let Some((weeks, end)) = weeks_on(tokens, at) {
        return Some((Which::WeeksAfter(weeks), end));
    }
    match (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)) {
        ("i", "næste", "uge") => Some((Which::Week(1), at + 3)),
        ("næste", "uge", _) => Some((Which::Week(1), at + 2)),
        ("i", "sidste" | "forrige", "uge") => Some((Which::Week(-1), at + 3)),
        ("sidste" | "forrige", "uge", _) => Some((Which::Week(-1), at + 2)),
        ("i", "denne", "uge") => Some((Which::Week(0), at + 3)),
        _ => None,
    }
}

/// The day of the month at `at` and whether it was an ordinal or announced by "den".
struct Day {
    value: i8,
    end: usize,
    ordinal: bool,
    announced: bool,
    /// It stood in digits.
    written: bool,
    from: usize,
}

/// "Han bliver 18", "de er blevet 3", "hun fylder 15": how old somebody is, or how many they are.
fn of_age(tokens: &[Token], day: usize) -> bool {
    let last = day.checked_sub(1).map_or("", |at| word(tokens, at));
    last.starts_with("fyld")
        || matches!(
            last,
            "bliver" | "blev" | "blevet" | "er" | "var" | "på" | "til"
        )
}

fn day(tokens: &[Token], at: usize) -> Option<Day> {
    let mut from = at;
    let mut announced = false;
    if matches!(word(tokens, from), "den" | "d") {
        announced = true;
        from += 1;
        from += usize::from(tokens.get(from).is_some_and(|t| t.is_sign('.')));
    }
    let read = reads_at(tokens, from, Lang::Da)
        .into_iter()
        .find(|r| (1..=31).contains(&r.value) && r.digits.len() <= 2)?;
    let mut end = read.end;
    let mut ordinal = read.is_ordinal();
    if read.written && tokens.get(end).is_some_and(|t| t.is_sign('.') && t.glued) {
        end += 1;
        ordinal = true;
    }
    Some(Day {
        value: read.value as i8,
        end,
        ordinal,
        announced,
        written: read.written,
        from: at,
    })
}

fn calendar(tokens: &[Token], at: usize, ctx: &DateContext) -> Option<Mention> {
    let day = day(tokens, at)?;
    let said = |month, year| Said::Calendar {
        day: day.value,
        month,
        year,
        sure: true,
    };
    if let Some((month, behind)) = month_behind(tokens, &day, ctx) {
        let (year, end) = match month {
            Month::Named(_) => year::after(tokens, behind, Lang::Da, ctx),
            _ => (Year::Missing, behind),
        };
        return Some(mention(at..end, said(month, year)));
    }
    (day.announced && day.ordinal && bare::danish(tokens, at, day.value, day.end, ctx))
        .then(|| mention(at..day.end, said(Month::Missing, Year::Missing)))
}

fn month_behind(tokens: &[Token], day: &Day, ctx: &DateContext) -> Option<(Month, usize)> {
    let at = day.end;
    if let Some((month, end)) = month_name(tokens, at) {
        return Some((Month::Named(month), end));
    }
    let comma = usize::from(tokens.get(at).is_some_and(|t| t.is_sign(',')));
    let spoken_i = word(tokens, at + comma) == "i";
    // "Hun fylder fem i maj", "han bliver 18 i januar": a day is an ordinal, or "den" stands before it, or it is in digits
    // behind no word of an age.
    if spoken_i && !day.ordinal && !day.announced && (!day.written || of_age(tokens, day.from)) {
        return None;
    }
    let next = at + comma + usize::from(spoken_i);
    if spoken_i && comma == 0 {
        match (word(tokens, next), word(tokens, next + 1)) {
            ("denne", "måned") | ("indeværende", "måned") => {
                return Some((Month::Offset(0), next + 2));
            }
            ("næste", "måned") => return Some((Month::Offset(1), next + 2)),
            ("sidste" | "forrige", "måned") => return Some((Month::Offset(-1), next + 2)),
            _ => {}
        }
        if let Some((month, end)) = month_name(tokens, next) {
            return Some((Month::Named(month), end));
        }
    }
    if !day.ordinal {
        return None;
    }
    let month = reads_at(tokens, next, Lang::Da)
        .into_iter()
        .find(|r: &Read| ranked(tokens, r, spoken_i) && (1..=12).contains(&r.value))?;
    let named = Month::Named(month.value as i8);
    if spoken_i {
        return Some((named, month.end + full_stop(tokens, &month)));
    }
    // Without "i" only when a year follows: "femtende tolvte seksogtyve".
    let (found, _) = year::after(tokens, month.end, Lang::Da, ctx);
    (found != Year::Missing || day.announced && ends(tokens, month.end))
        .then_some((named, month.end))
}

/// 1 where a full stop belongs to a number in digits: "10.".
fn full_stop(tokens: &[Token], read: &Read) -> usize {
    let glued = |t: &Token| t.is_sign('.') && t.glued;
    usize::from(read.written && tokens.get(read.end).is_some_and(glued))
}

/// Whether a number is the rank of a month: "tiende", behind "i" also "10." ("den 15. i 10."), whose stop a recogniser
/// leaves out at the end. Not "i 3. klasse".
fn ranked(tokens: &[Token], read: &Read, spoken_i: bool) -> bool {
    let stop = full_stop(tokens, read);
    let counts = matches!(
        word(tokens, read.end + stop),
        "sal" | "sals" | "etage" | "klasse" | "række" | "omgang"
    );
    let written = spoken_i && read.written && (stop == 1 || ends(tokens, read.end));
    (read.is_ordinal() || written) && !counts
}

fn month_name(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    let name = word(tokens, at);
    let form = MONTHS.get(name)?;
    let dot = tokens
        .get(at + 1)
        .is_some_and(|t| t.is_sign('.') && t.glued);
    let abbreviated = name.len() <= 4 && name != "maj" && name != "juni" && name != "juli";
    Some((form.month, at + 1 + usize::from(dot && abbreviated)))
}

/// "i december", "til januar", "siden november".
fn month_only(tokens: &[Token], at: usize) -> Option<Mention> {
    if !matches!(
        word(tokens, at),
        "i" | "til" | "siden" | "fra" | "inden" | "efter"
    ) {
        return None;
    }
    let (month, end) = month_name(tokens, at + 1)
        .filter(|_| word(tokens, at + 1).len() > 3 || word(tokens, at + 1) == "maj")?;
    Some(mention(at..end, Said::Month(month)))
}
