//! Dates in digits: 15.12.2026, 15/12-26, 15-12-2026, 2026-12-15, 15. 12. 2026, 151226.

use super::said::{Mention, Month, Said, Year};
use super::{mention, word};
use crate::token::{Token, TokenKind};

/// Value (0 beyond four digits) and number of digits.
/// Value (0 beyond four digits) and number of digits.
fn digits(tokens: &[Token], at: usize, max: usize) -> Option<(i16, usize)> {
    let token = tokens
        .get(at)
        .filter(|t| t.kind == TokenKind::Digits && t.text.len() <= max)?;
    let short = token.text.len() <= 4;
    Some((
        if short { token.text.parse().ok()? } else { 0 },
        token.text.len(),
    ))
}

fn separator(tokens: &[Token], at: usize) -> Option<char> {
    let token = tokens.get(at).filter(|t| t.glued)?;
    if token.is_dash() {
        return Some('-');
    }
    ['.', '/'].into_iter().find(|&sign| token.is_sign(sign))
}

fn valid(day: i16, month: i16) -> bool {
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

fn year(value: i16, len: usize) -> Option<Year> {
    match len {
        4 if (1850..=2100).contains(&value) => Some(Year::Full(value)),
        2 => Some(Year::Short(value)),
        _ => None,
    }
}

fn calendar(day: i16, month: i16, year: Year, sure: bool) -> Said {
    Said::Calendar {
        day: day as i8,
        month: Month::Named(month as i8),
        year,
        sure,
    }
}

pub(super) fn at(tokens: &[Token], at: usize) -> Option<Mention> {
    let (first, first_len) = digits(tokens, at, 8)?;
    if clock_before(tokens, at) {
        return None;
    }
    let after_digits = at > 0 && tokens[at].glued && tokens[at - 1].kind == TokenKind::Sign;
    if after_digits && at > 1 && tokens[at - 2].kind == TokenKind::Digits && tokens[at - 1].glued {
        return None;
    }
    if first_len == 4 {
        return iso(tokens, at, first);
    }
    if matches!(first_len, 6 | 8) {
        return compact(tokens, at);
    }
    separated(tokens, at, first).filter(|_| first_len <= 2)
}

fn iso(tokens: &[Token], at: usize, first: i16) -> Option<Mention> {
    let sign = separator(tokens, at + 1)?;
    let (month, 1..=2) = digits(tokens, at + 2, 2)? else {
        return None;
    };
    if separator(tokens, at + 3)? != sign || !tokens.get(at + 4)?.glued {
        return None;
    }
    let (day, _) = digits(tokens, at + 4, 2)?;
    let year = year(first, 4)?;
    valid(day, month).then(|| mention(at..at + 5, calendar(day, month, year, true)))
}

fn compact(tokens: &[Token], at: usize) -> Option<Mention> {
    let token = &tokens[at];
    let next_glued = tokens.get(at + 1).is_some_and(|t| t.glued && t.is_dash());
    let beside_digits = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .any(|i| {
            tokens
                .get(i)
                .is_some_and(|t| t.kind == TokenKind::Digits || t.is_sign('+'))
        });
    if next_glued || beside_digits {
        return None;
    }
    let part = |from: usize, to: usize| token.text.get(from..to)?.parse::<i16>().ok();
    let (day, month) = (part(0, 2)?, part(2, 4)?);
    let year = year(part(4, token.text.len())?, token.text.len() - 4)?;
    valid(day, month).then(|| mention(at..at + 1, calendar(day, month, year, false)))
}

fn separated(tokens: &[Token], at: usize, day: i16) -> Option<Mention> {
    let first_sign = separator(tokens, at + 1)?;
    let (month, month_len) = digits(tokens, at + 2, 2)?;
    if month_len > 2 || !valid(day, month) {
        return None;
    }
    let tight = tokens[at + 2].glued;
    if !tight && first_sign != '.' {
        return None;
    }
    if let Some(sign) = separator(tokens, at + 3)
        && let Some((value, len)) = digits(tokens, at + 4, 4)
        && (tokens[at + 4].glued || sign == '.')
    {
        let chained = separator(tokens, at + 5).is_some()
            && digits(tokens, at + 6, 8).is_some_and(|_| tokens[at + 6].glued);
        if chained {
            return None;
        }
        if let Some(year) = year(value, len) {
            return Some(mention(at..at + 5, calendar(day, month, year, true)));
        }
    }
    // "4. 2" is a floor and a door; "1-3" a range of doors.
    if !tight || first_sign == '-' || separated_number_follows(tokens, at + 3) {
        return None;
    }
    let dot = usize::from(separator(tokens, at + 3) == Some('.') && tokens.len() > at + 4);
    let said = calendar(day, month, Year::Missing, first_sign == '/');
    // Without a year and with a full stop it may be a number: only after "den" or with "/".
    let announced = matches!(
        word(tokens, at.wrapping_sub(1)),
        "den" | "d" | "fra" | "з" | "із"
    );
    // «1.9.», «01.09»: nothing else is said.
    let ends = separator(tokens, at + 3) == Some('.');
    let padded = tokens[at + 2].text.len() == 2;
    let alone = at == 0 && tokens.len() == 3 + usize::from(ends) && (ends || padded);
    (first_sign == '/' || announced || alone || dot == 1).then(|| mention(at..at + 3, said))
}

fn separated_number_follows(tokens: &[Token], at: usize) -> bool {
    separator(tokens, at).is_some()
        && digits(tokens, at + 1, 8).is_some_and(|_| tokens[at + 1].glued)
}

fn clock_before(tokens: &[Token], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |i| word(tokens, i));
    matches!(before(1), "kl" | "klokken" | "о" | "об")
        || (at > 0 && tokens[at - 1].is_sign('.') && before(2) == "kl")
}
