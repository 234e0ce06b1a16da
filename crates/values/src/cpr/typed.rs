//! Numbers in digits with their hyphen.

use std::ops::Range;

use super::CprNumber;
use crate::found::Found;
use crate::token::{Token, TokenKind};

/// "081155-4008 og 210452-2871": "og" between two numbers joins no digits. Nothing where only one is typed.
pub(super) fn several(tokens: &[Token]) -> Vec<Found<CprNumber>> {
    let digits =
        |token: &Token, count: usize| token.kind == TokenKind::Digits && token.text.len() == count;
    let found: Vec<Found<CprNumber>> = tokens
        .windows(3)
        .filter(|w| digits(&w[0], 6) && w[1].is_dash() && digits(&w[2], 4))
        .filter_map(|w| {
            let number = CprNumber::parse(&format!("{}{}", w[0].text, w[2].text)).ok()?;
            number.birth_date()?;
            Some(Found::new(number, w[0].span.start..w[2].span.end, 0.95))
        })
        .collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// "05 05 88 12 44 og 18 05 18 66 77", "… syvogtredive, og otteogtyve elleve …": two whole numbers in a row.
pub(super) fn joined(
    tokens: &[Token],
    range: &Range<usize>,
    whole: impl Fn(&Range<usize>) -> Option<Found<CprNumber>>,
) -> Option<[Found<CprNumber>; 2]> {
    range
        .clone()
        .filter(|at| tokens[*at].text == "og")
        .find_map(|at| {
            let signs = tokens[range.start..at]
                .iter()
                .rev()
                .take_while(|t| t.kind == TokenKind::Sign)
                .count();
            let first = whole(&(range.start..at - signs))?;
            Some([first, whole(&(at + 1..range.end))?])
        })
}

/// Typed replacement numbers with letters: `070584-AB12`.
pub(super) fn replacement(tokens: &[Token]) -> Vec<Found<CprNumber>> {
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Digits || token.text.len() != 6 {
            continue;
        }
        let Some(dash) = tokens.get(at + 1).filter(|t| t.is_dash() && t.glued) else {
            continue;
        };
        let mut tail = String::new();
        let mut end = dash.span.end;
        for next in tokens
            .iter()
            .skip(at + 2)
            .take_while(|t| t.glued && t.kind != TokenKind::Sign)
        {
            tail.push_str(&next.text);
            end = next.span.end;
        }
        if tail.len() == 4
            && tail.bytes().any(|b| b.is_ascii_alphabetic())
            && let Ok(number) = CprNumber::parse(&format!("{}{tail}", token.text))
        {
            out.push(Found::new(number, token.span.start..end, 0.8));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use tolkebot_protocol::Lang;

    #[test]
    fn two_numbers_joined_by_og_are_two() {
        let found = super::super::find("081155-4008 og 210452-2871.", Lang::Da);
        let numbers: Vec<String> = found.iter().map(|f| f.value.formatted()).collect();
        assert_eq!(numbers, ["081155-4008", "210452-2871"]);
        let found = super::super::find("05 05 88 12 44 og 18 05 18 66 77", Lang::Da);
        let numbers: Vec<String> = found.iter().map(|f| f.value.formatted()).collect();
        assert_eq!(numbers, ["050588-1244", "180518-6677"]);
    }
}
