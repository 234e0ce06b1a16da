//! "Not X but Y": what is taken back and what stands instead.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::dates::word;
use crate::found::Found;
use crate::numbers::read_at;
use crate::token::{Token, TokenKind, span_of, tokenise};

/// One side of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Digits for a number, a capital letter for a letter name, the words themselves otherwise.
    pub value: String,
    /// Byte range in the original text.
    pub span: Range<usize>,
}

/// A value that was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What was wrong; `None` when only the new value was said.
    pub wrong: Option<Side>,
    /// What is right.
    pub right: Side,
}

/// All corrections of a text: «ні, не X, а Y», "ikke X, men Y", "Y og ikke X", «вибачте, Y».
pub fn find(text: &str, lang: Lang) -> Vec<Found<Correction>> {
    let tokens = tokenise(text, lang);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = match lang {
            Lang::Da => danish(&tokens, at),
            Lang::Uk => ukrainian(&tokens, at),
        };
        match hit {
            Some((found, end)) => {
                out.push(found);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

type Hit = (Found<Correction>, usize);

/// The words up to a sign or one of `stops`, at most `most`.
fn phrase(tokens: &[Token], at: usize, stops: &[&str], most: usize) -> Option<Range<usize>> {
    let end = (at..tokens.len().min(at + most))
        .find(|&i| tokens[i].kind == TokenKind::Sign || stops.contains(&tokens[i].text.as_str()))
        .unwrap_or(tokens.len().min(at + most));
    (end > at).then_some(at..end)
}

fn side(tokens: &[Token], range: Range<usize>, lang: Lang) -> Side {
    if let Some(read) = read_at(tokens, range.start, lang).filter(|read| read.end <= range.end) {
        return Side {
            span: span_of(&tokens[read.start..read.end]),
            value: read.digits,
        };
    }
    let value = match letter(tokens, &range) {
        Some(letter) => letter.to_string(),
        None => plain(tokens, &range),
    };
    Side {
        value,
        span: span_of(&tokens[range]),
    }
}

fn letter(tokens: &[Token], range: &Range<usize>) -> Option<char> {
    let token = tokens.get(range.start)?;
    let single = range.len() == 1 && token.text.chars().count() == 1;
    single
        .then(|| token.text.to_uppercase().chars().next())
        .flatten()
}

fn plain(tokens: &[Token], range: &Range<usize>) -> String {
    tokens[range.clone()]
        .iter()
        .map(|t| t.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn made(
    tokens: &[Token],
    wrong: Option<Range<usize>>,
    right: Range<usize>,
    whole: Range<usize>,
    lang: Lang,
    confidence: f32,
) -> Hit {
    let correction = Correction {
        wrong: wrong.map(|range| side(tokens, range, lang)),
        right: side(tokens, right, lang),
    };
    let end = whole.end;
    (
        Found::new(correction, span_of(&tokens[whole]), confidence),
        end,
    )
}

fn comma(tokens: &[Token], at: usize) -> usize {
    at + usize::from(
        tokens
            .get(at)
            .is_some_and(|t| t.is_sign(',') || t.is_dash()),
    )
}

fn ukrainian(tokens: &[Token], at: usize) -> Option<Hit> {
    if word(tokens, at) == "не" {
        let wrong = phrase(tokens, at + 1, &["а", "але"], 6)?;
        let joint = comma(tokens, wrong.end);
        if word(tokens, joint) == "а" {
            let right = phrase(tokens, joint + 1, &["бо", "тому", "і", "й"], 6)?;
            let whole = at..right.end;
            return Some(made(tokens, Some(wrong), right, whole, Lang::Uk, 0.9));
        }
        return None;
    }
    // «двадцять два, а не дванадцять»
    if word(tokens, at) == "а" && word(tokens, at + 1) == "не" {
        let wrong = phrase(tokens, at + 2, &["а"], 6)?;
        let right = before(tokens, at)?;
        let whole = right.start..wrong.end;
        return Some(made(tokens, Some(wrong), right, whole, Lang::Uk, 0.85));
    }
    let taken_back = matches!(
        word(tokens, at),
        "вибачте"
            | "перепрошую"
            | "помилився"
            | "помилилася"
            | "помилилась"
            | "точніше"
            | "тобто"
    );
    if !taken_back {
        return None;
    }
    let mut next = at + 1;
    next += usize::from(tokens.get(next).is_some_and(|t| t.kind == TokenKind::Sign));
    if matches!(word(tokens, next), "не" | "ні") {
        return None;
    }
    let read = read_at(tokens, next, Lang::Uk)?;
    Some(made(
        tokens,
        None,
        next..read.end,
        at..read.end,
        Lang::Uk,
        0.6,
    ))
}

/// The words between the last sign and the comma before `at`.
fn before(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let mut end = at;
    while end > 0 && tokens[end - 1].kind == TokenKind::Sign {
        end -= 1;
    }
    let start = (0..end)
        .rev()
        .find(|&i| tokens[i].kind == TokenKind::Sign || end - i > 6)
        .map_or(0, |i| i + 1);
    (start < end).then_some(start..end)
}

fn danish(tokens: &[Token], at: usize) -> Option<Hit> {
    if word(tokens, at) == "ikke" {
        let og = at.checked_sub(1).is_some_and(|b| word(tokens, b) == "og");
        let wrong = phrase(tokens, at + 1, &["men"], 6)?;
        if og {
            let right = skip_lead(tokens, before(tokens, at - 1)?);
            let whole = right.start..wrong.end;
            return Some(made(tokens, Some(wrong), right, whole, Lang::Da, 0.85));
        }
        let joint = comma(tokens, wrong.end);
        if word(tokens, joint) == "men" {
            let right = phrase(tokens, joint + 1, &["fordi", "så", "og"], 6)?;
            let right = skip_lead(tokens, right);
            let whole = at..right.end;
            return Some(made(tokens, Some(wrong), right, whole, Lang::Da, 0.9));
        }
        return None;
    }
    let meant = word(tokens, at) == "jeg" && matches!(word(tokens, at + 1), "mente" | "mener");
    if !meant {
        return None;
    }
    let read = read_at(tokens, at + 2, Lang::Da)?;
    if word(tokens, read.end) == "og" && word(tokens, read.end + 1) == "ikke" {
        return None;
    }
    Some(made(
        tokens,
        None,
        at + 2..read.end,
        at..read.end,
        Lang::Da,
        0.6,
    ))
}

/// "jeg mente halvtreds og ikke tres": the value stands behind "mente".
fn skip_lead(tokens: &[Token], range: Range<usize>) -> Range<usize> {
    let start = range
        .clone()
        .rev()
        .find(|&i| matches!(word(tokens, i), "mente" | "mener" | "er" | "det" | "nej"))
        .map_or(range.start, |i| i + 1);
    if start < range.end {
        start..range.end
    } else {
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, lang: Lang) -> (Option<String>, String) {
        let found = find(text, lang);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let correction = found[0].value.clone();
        (correction.wrong.map(|w| w.value), correction.right.value)
    }

    #[test]
    fn both_sides() {
        for (lang, text, wrong, right) in [
            (Lang::Uk, "ні, не тринадцять, а тридцять", "13", "30"),
            (
                Lang::Uk,
                "стара адреса не дванадцять, а двадцять два",
                "12",
                "22",
            ),
            (Lang::Uk, "двадцять два, а не дванадцять", "12", "22"),
            (Lang::Uk, "не третій, а другий поверх", "3", "2"),
            (Lang::Da, "nej, ikke tretten, men tredive", "13", "30"),
            (
                Lang::Da,
                "undskyld, jeg mente halvtreds og ikke tres",
                "60",
                "50",
            ),
            (Lang::Da, "nej, B og ikke D", "D", "B"),
            (Lang::Uk, "не Олена, а Олеся", "олена", "олеся"),
        ] {
            assert_eq!(
                one(text, lang),
                (Some(wrong.into()), right.into()),
                "{text}"
            );
        }
    }

    #[test]
    fn only_the_new_value() {
        assert_eq!(one("вибачте, двадцять два", Lang::Uk), (None, "22".into()));
        assert_eq!(one("jeg mente toogtyve", Lang::Da), (None, "22".into()));
    }

    #[test]
    fn plain_negation_is_no_correction() {
        assert!(find("я не знаю, але запитаю", Lang::Uk).is_empty());
        assert!(find("det er ikke nødvendigt", Lang::Da).is_empty());
    }
}
