//! A name with a number that both sides say: «Нойштадтсваль тридцять» – "Neustadtswall tredive". No list has such a
//! street and nothing in its name shows that it is one; that the employee repeats it does.

use std::ops::Range;

use tolkebot_values::Found;
use tolkebot_values::address::street_similarity;
use tolkebot_values::numbers::{self, Form};
use tolkebot_values::places::PlaceKind;

use super::memory::Memory;
use super::utterance::Utterance;

/// From here on the employee's word is the citizen's.
const ALIKE: f32 = 0.74;

/// A name with its number as the employee says it.
pub(super) struct Echo {
    /// Words of the name.
    pub words: Range<usize>,
    /// The number behind it, 1–999.
    pub number: String,
    /// Where the number stands, in bytes.
    pub bytes: Range<usize>,
}

/// Keeps the names before numbers of a citizen's turn: up to three words each.
pub(super) fn keep(m: &mut Memory, u: &Utterance<'_>) {
    m.numbered = numbered(u)
        .into_iter()
        .map(|(words, number)| {
            let words = u.words(words).iter().map(|w| (*w).to_owned()).collect();
            (words, number.value)
        })
        .collect();
}

/// Up to three words before each number, with the number.
pub(super) fn numbered(u: &Utterance<'_>) -> Vec<(Range<usize>, Found<String>)> {
    let mut found = Vec::new();
    for (number, span) in cardinals(u) {
        let end = u.word_at(span.start);
        let mut start = end;
        while start > 0
            && end - start < 3
            && u.word_tokens[start - 1] + 1 >= glued_to(u, start, end)
        {
            start -= 1;
        }
        if start < end {
            found.push((start..end, Found::new(number, span, 0.8)));
        }
    }
    found
}

/// The token that a word before must touch: a comma before the number is no gap.
fn glued_to(u: &Utterance<'_>, word: usize, end: usize) -> usize {
    let at = u.word_tokens.get(word).copied().unwrap_or(u.tokens.len());
    let comma = word == end
        && at
            .checked_sub(1)
            .is_some_and(|before| u.tokens[before].is_sign(','));
    at - usize::from(comma)
}

fn cardinals(u: &Utterance<'_>) -> Vec<(String, Range<usize>)> {
    u.numbers()
        .iter()
        .filter(|n| n.value.form == Form::Cardinal && (1..=999).contains(&n.value.value))
        .map(|n| (n.value.value.to_string(), n.span.clone()))
        .collect()
}

/// The first name with a number that the employee repeats from the citizen's last turn.
pub(super) fn repeated(m: &Memory, u: &Utterance<'_>) -> Option<Echo> {
    if m.numbered.is_empty() {
        return None;
    }
    for (number, bytes) in cardinals(u) {
        let end = u.word_at(bytes.start);
        for len in (1..=3).rev() {
            let Some(start) = end.checked_sub(len) else {
                continue;
            };
            let together = u.word_tokens[start] + len == u.word_tokens.get(end).copied()?;
            let words = u.words(start..end);
            let spelled_out = (start..end)
                .any(|at| numbers::read_at(&u.tokens, u.word_tokens[at], u.lang()).is_some());
            let long = !spelled_out && words.iter().map(|w| w.chars().count()).sum::<usize>() >= 5;
            // "Rua das Flores": the words that join a name are small.
            let named = !u.written
                || u.token(start).capital
                    && u.token(end - 1).capital
                    && (start..end).all(|at| u.token(at).capital || joins(&u.token(at).text));
            let town = u.places().iter().any(|p| {
                p.value.kind != PlaceKind::AarhusArea && u.words_in(&p.span) == (start..end)
            });
            if !together || !long || !named || town {
                continue;
            }
            let name = words.join(" ");
            let same = m.numbered.iter().any(|(said, its)| {
                *its == number
                    && (0..said.len())
                        .any(|from| street_similarity(&said[from..].join(" "), &name) >= ALIKE)
            });
            if same {
                return Some(Echo {
                    words: start..end,
                    number,
                    bytes,
                });
            }
        }
    }
    None
}

/// The name as a person writes it: capitals at the start of words.
pub(super) fn written(u: &Utterance<'_>, words: &Range<usize>) -> Option<String> {
    Some(in_capitals(u.said.get(u.bytes(words))?))
}

/// Small words inside a name.
fn joins(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "della"
            | "das"
            | "dos"
            | "do"
            | "la"
            | "van"
            | "von"
            | "der"
            | "den"
            | "zum"
            | "zur"
            | "am"
            | "di"
            | "da"
    )
}

/// Capitals at the start of words, but for those that join a name.
pub(super) fn in_capitals(text: &str) -> String {
    let name: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            if joins(word) {
                return word.to_owned();
            }
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect();
    name.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_join_a_name() {
        assert_eq!(in_capitals("rua das flores"), "Rua das Flores");
        assert_eq!(in_capitals("am wall"), "am Wall");
    }
}
