//! About when: stretches of time that no single count measures. They are reported, never filled.
//!
//! These come behind the exact counts of `da` and `uk`: what is read here ends in "siden" or «тому» and was not one
//! number with its unit.

use tolkebot_protocol::Lang;

use super::said::{Mention, Said};
use super::{da, mention, uk, word};
use crate::numbers::{Form, Read, read_at};
use crate::tables::MONTHS;
use crate::token::Token;

/// "For to-tre uger siden", "for et år og to måneder siden".
pub(super) fn danish(tokens: &[Token], at: usize) -> Option<Mention> {
    let from = at + usize::from(word(tokens, at) == "for");
    let stretch = |at| {
        let end = count_or_more(tokens, at, Lang::Da)?;
        da::unit(word(tokens, end)).map(|_| end + 1)
    };
    let end = stretch(from)?;
    let further = stretch(end + 1).filter(|_| word(tokens, end) == "og");
    ago(tokens, at, further.unwrap_or(end), "siden")
}

/// «Кілька днів тому», «тижні два тому», «два-три тижні тому», «рік і два місяці тому», and ahead «через днів п'ять», «через
/// день-два».
pub(super) fn ukrainian(tokens: &[Token], at: usize) -> Option<Mention> {
    if word(tokens, at) == "через" {
        uk::unit(word(tokens, at + 1))?;
        let end = few_more(tokens, at + 2)?;
        return Some(mention(at..end, Said::Vague(None)));
    }
    let stretch = |at| {
        unit_first(tokens, at).or_else(|| {
            let end = count_or_more(tokens, at, Lang::Uk)?;
            uk::unit(word(tokens, end)).map(|_| end + 1)
        })
    };
    let end = stretch(at)?;
    let further = stretch(end + 1).filter(|_| matches!(word(tokens, end), "і" | "й" | "та"));
    ago(tokens, at, further.unwrap_or(end), "тому")
}

fn ago(tokens: &[Token], at: usize, end: usize, word_for_ago: &str) -> Option<Mention> {
    (word(tokens, end) == word_for_ago).then(|| mention(at..end + 1, Said::Vague(None)))
}

/// «Кілька днів», «тижня», «тижні два», «день-два»: the index behind.
fn unit_first(tokens: &[Token], at: usize) -> Option<usize> {
    let few = matches!(
        word(tokens, at),
        "кілька" | "декілька" | "пару" | "пара" | "півтора" | "півтори"
    );
    let at = at + usize::from(few);
    uk::unit(word(tokens, at))?;
    Some(few_more(tokens, at + 1).unwrap_or(at + 1))
}

/// A small count behind its unit, which makes both vague: «(днів) п'ять», «(днів) зо п'ять», «(день)-два», «(день)-другий».
pub(super) fn few_more(tokens: &[Token], at: usize) -> Option<usize> {
    let dash = tokens.get(at).is_some_and(|t| t.is_dash() && t.glued);
    let at = at + usize::from(dash || word(tokens, at) == "зо");
    read_at(tokens, at, Lang::Uk)
        .filter(|r| r.form == Form::Cardinal || dash && r.is_ordinal())
        .filter(|r| (2..20).contains(&r.value) && !MONTHS.contains_key(word(tokens, r.end)))
        .map(|r| r.end)
}

/// "To", "to-tre", "to eller tre", «два три»: the index behind.
fn count_or_more(tokens: &[Token], at: usize, lang: Lang) -> Option<usize> {
    let count =
        |at| read_at(tokens, at, lang).filter(|r| matches!(r.form, Form::Cardinal | Form::Oblique));
    let first = count(at)?;
    let joined = tokens.get(first.end).is_some_and(Token::is_dash)
        || matches!(
            word(tokens, first.end),
            "til" | "eller" | "чи" | "або" | "до"
        );
    // A recogniser writes no hyphen; other numbers that stand beside a count are houses.
    let near = |second: &Read| {
        !first.written && !second.written && second.value <= first.value.saturating_add(5)
    };
    let second = count(first.end + usize::from(joined))
        .filter(|second| second.value > first.value && (joined || near(second)));
    Some(second.map_or(first.end, |second| second.end))
}
