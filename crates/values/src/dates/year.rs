//! Years as they follow a day and a month.

use tolkebot_protocol::Lang;

use super::said::Year;
use super::{DateContext, Purpose, word};
use crate::numbers::{Form, Rank, Read, read_at, reads_at};
use crate::token::{Token, TokenKind};

/// The year at `at` (a comma may stand before it) and the index behind it.
pub(super) fn after(tokens: &[Token], at: usize, lang: Lang, ctx: &DateContext) -> (Year, usize) {
    let comma = usize::from(tokens.get(at).is_some_and(|t| t.is_sign(',')));
    let year = match lang {
        Lang::Da => danish(tokens, at + comma, ctx, comma == 1),
        Lang::Uk => ukrainian(tokens, at + comma, ctx, comma == 1),
    };
    year.or_else(|| behind_stop(tokens, at, lang, ctx))
        .unwrap_or((Year::Missing, at))
}

/// A whole year behind a full stop, which is how a recogniser writes a pause: «шістнадцятого травня.
/// Тисяча дев'ятсот шістдесят першого року», "den ellevte februar. Nitten hundrede enogtres". Only in
/// words, in Ukrainian only with its noun, in Danish but for 2000 and 2100, which are postal codes that
/// are said the same way.
fn behind_stop(
    tokens: &[Token],
    at: usize,
    lang: Lang,
    ctx: &DateContext,
) -> Option<(Year, usize)> {
    let next = tokens.get(at + 1).filter(|t| t.is_word())?;
    if !tokens[at].is_sign('.') || next.text == "i" {
        return None;
    }
    let (year, end) = match lang {
        Lang::Da => danish(tokens, at + 1, ctx, true),
        Lang::Uk => ukrainian(tokens, at + 1, ctx, true),
    }?;
    let sure = match (year, lang) {
        (Year::Full(year), Lang::Da) => !matches!(year, 2000 | 2100),
        (Year::Full(_), Lang::Uk) => year_word(tokens, end - 1) == end,
        _ => false,
    };
    sure.then_some((year, end))
}

fn full(value: u64) -> Option<Year> {
    (1850..=2100)
        .contains(&value)
        .then_some(Year::Full(value as i16))
}

/// Two digits are a year where they can't be a day, or where a move can be: close to today.
fn short(value: u64, ctx: &DateContext) -> Option<Year> {
    let value = i16::try_from(value).ok().filter(|v| (0..100).contains(v))?;
    let this = ctx.today.year() % 100;
    let fits = match ctx.purpose {
        Purpose::Birth | Purpose::Other => true,
        Purpose::Move => value > 31 || (this - 3..=this + 2).contains(&value),
    };
    fits.then_some(Year::Short(value))
}

fn number_follows(tokens: &[Token], at: usize, lang: Lang) -> bool {
    read_at(tokens, at, lang).is_some()
}

fn danish(tokens: &[Token], at: usize, ctx: &DateContext, comma: bool) -> Option<(Year, usize)> {
    match (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)) {
        ("i", "år", _) => return Some((Year::Offset(0), at + 2)),
        ("dette" | "indeværende", "år", _) => return Some((Year::Offset(0), at + 2)),
        ("sidste", "år", _) | ("i", "fjor", _) => return Some((Year::Offset(-1), at + 2)),
        ("næste", "år", _) => return Some((Year::Offset(1), at + 2)),
        ("til", "næste", "år") => return Some((Year::Offset(1), at + 3)),
        _ => {}
    }
    let at = if word(tokens, at) == "i" && !comma {
        at + 1
    } else {
        at
    };
    for read in reads_at(tokens, at, Lang::Da) {
        if read.is_ordinal() {
            continue;
        }
        if let Some(year) = full(read.value) {
            return Some((year, read.end));
        }
        if matches!(read.value, 19 | 20)
            && let Some((rest, end)) = century_rest(tokens, read.end)
        {
            return Some((Year::Full((read.value * 100 + rest) as i16), end));
        }
    }
    two_digits(tokens, at, Lang::Da, ctx, comma)
}

/// What follows "nitten" or "tyve": "fireogfirs", "nul fem".
fn century_rest(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    if let Some(token) = tokens.get(at)
        && token.kind == TokenKind::Digits
    {
        return (token.text.len() == 2).then(|| token.text.parse().ok().map(|v| (v, at + 1)))?;
    }
    let first = read_at(tokens, at, Lang::Da).filter(|r| !r.is_ordinal())?;
    if first.value == 0 {
        let second = read_at(tokens, first.end, Lang::Da)?;
        return (second.value < 10).then_some((second.value, second.end));
    }
    (10..100)
        .contains(&first.value)
        .then_some((first.value, first.end))
}

fn two_digits(
    tokens: &[Token],
    at: usize,
    lang: Lang,
    ctx: &DateContext,
    comma: bool,
) -> Option<(Year, usize)> {
    let read = read_at(tokens, at, lang).filter(|r| r.form == Form::Cardinal)?;
    let (value, end) = if read.value == 0 && read.digits == "0" {
        let unit =
            read_at(tokens, read.end, lang).filter(|r| r.value < 10 && r.digits.len() == 1)?;
        (unit.value, unit.end)
    } else if read.digits.len() == 2 {
        (read.value, read.end)
    } else {
        return None;
    };
    // Behind a comma, or before more numbers, it is more likely something else.
    let lonely = !number_follows(tokens, end, lang) || ctx.purpose == Purpose::Birth;
    (lonely && (!comma || ctx.purpose == Purpose::Birth))
        .then(|| short(value, ctx).map(|year| (year, end)))?
}

fn ukrainian(tokens: &[Token], at: usize, ctx: &DateContext, comma: bool) -> Option<(Year, usize)> {
    match (word(tokens, at), word(tokens, at + 1)) {
        ("цього", "року") | ("цьогоріч", _) => {
            return Some((
                Year::Offset(0),
                at + 1 + usize::from(word(tokens, at + 1) == "року"),
            ));
        }
        ("минулого", "року") => return Some((Year::Offset(-1), at + 2)),
        ("позаминулого", "року") => return Some((Year::Offset(-2), at + 2)),
        ("наступного", "року") => return Some((Year::Offset(1), at + 2)),
        ("торік", _) => return Some((Year::Offset(-1), at + 1)),
        _ => {}
    }
    let at = if matches!(word(tokens, at), "у" | "в") {
        at + 1
    } else {
        at
    };
    // «серпня нульового року»
    if word(tokens, at) == "нульового" {
        return Some((Year::Short(0), year_word(tokens, at + 1)));
    }
    // «нуль сьомого»
    if let Some(zero) = read_at(tokens, at, Lang::Uk).filter(|r| r.digits == "0")
        && let Some(unit) = read_at(tokens, zero.end, Lang::Uk)
        && unit.form == Form::Ordinal(Rank::Genitive)
        && unit.value < 10
    {
        return Some((Year::Short(unit.value as i16), year_word(tokens, unit.end)));
    }
    for read in reads_at(tokens, at, Lang::Uk) {
        let end = year_word(tokens, read.end);
        let labelled = end > read.end;
        // «дві тисячі. Дев'ятого року»: the sign is a pause.
        let pause = tokens
            .get(read.end)
            .is_some_and(|t| t.is_sign('.') || t.is_sign(','));
        if pause
            && !labelled
            && read.form == Form::Cardinal
            && read.value.is_multiple_of(100)
            && let Some(rest) = read_at(tokens, read.end + 1, Lang::Uk)
            && rest.form == Form::Ordinal(Rank::Genitive)
            && rest.value < 100
            && year_word(tokens, rest.end) > rest.end
            && let Some(year) = full(read.value + rest.value)
        {
            return Some((year, year_word(tokens, rest.end)));
        }
        if let Some(year) = full(read.value) {
            return Some((year, end));
        }
        if (1..100).contains(&read.value) && year_rank(&read, labelled) {
            // Behind a comma an ordinal that isn't followed by «року» may be another day.
            let sure = labelled || !comma || ctx.purpose == Purpose::Birth;
            return sure.then_some((Year::Short(read.value as i16), end));
        }
    }
    let (year, end) = two_digits(tokens, at, Lang::Uk, ctx, comma)?;
    let labelled = year_word(tokens, end);
    (labelled > end || ctx.purpose == Purpose::Birth || tokens[at].kind == TokenKind::Digits)
        .then_some((year, labelled))
}

fn year_rank(read: &Read, labelled: bool) -> bool {
    match read.form {
        Form::Ordinal(Rank::Genitive) => true,
        Form::Ordinal(Rank::Masculine | Rank::Locative | Rank::Neuter) => {
            labelled || read.value > 31
        }
        _ => false,
    }
}

fn year_word(tokens: &[Token], at: usize) -> usize {
    at + usize::from(matches!(
        word(tokens, at),
        "року" | "рік" | "році" | "р" | "роком" | "року-то"
    ))
}
