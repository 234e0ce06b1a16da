//! Longest-match lookup of fixed phrases over tokens.

use crate::table::Table;
use crate::token::{Token, TokenKind};

/// Phrases by their first word.
pub(crate) struct Phrases<T> {
    by_first: Table<&'static str, Vec<(Vec<&'static str>, T)>>,
}

impl<T: Copy> Phrases<T> {
    /// From pairs of a `;`-separated list of phrases and what they mean.
    pub(crate) fn new(lists: &[(&'static str, T)]) -> Self {
        let mut by_first: Table<_, Vec<(Vec<&'static str>, T)>> = Table::default();
        for &(list, meaning) in lists {
            for phrase in list.split(';') {
                let words: Vec<&str> = phrase.split_whitespace().collect();
                if let Some(&first) = words.first() {
                    by_first.entry(first).or_default().push((words, meaning));
                }
            }
        }
        for entries in by_first.values_mut() {
            entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The longest phrase at `at` and the index behind it. Commas and dashes inside a phrase are
    /// skipped.
    pub(crate) fn at(&self, tokens: &[Token], at: usize) -> Option<(T, usize)> {
        let first = tokens.get(at).filter(|t| t.is_word())?;
        self.by_first
            .get(first.text.as_str())?
            .iter()
            .find_map(|(words, meaning)| matches(tokens, at, words).map(|end| (*meaning, end)))
    }
}

fn matches(tokens: &[Token], at: usize, words: &[&str]) -> Option<usize> {
    let mut next = at;
    for (nth, word) in words.iter().enumerate() {
        if nth > 0
            && tokens
                .get(next)
                .is_some_and(|t| t.kind == TokenKind::Sign && (t.is_sign(',') || t.is_dash()))
        {
            next += 1;
        }
        if !tokens.get(next)?.is(word) {
            return None;
        }
        next += 1;
    }
    Some(next)
}
