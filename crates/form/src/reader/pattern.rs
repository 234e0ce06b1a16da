//! Word patterns: how questions and statements are recognised without a model.
//!
//! A pattern is a row of words. `a|b` is one of several words, `flytt~` any word with that
//! beginning, `*` a gap of up to four words, `word?` may be left out. Patterns see folded words
//! only (lower case, one apostrophe, no signs), so that text with and without punctuation reads
//! the same.

use std::ops::Range;

use tolkebot_values::Table;

/// Longest gap of `*` in words.
const GAP: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word { any: Vec<Form>, optional: bool },
    Gap,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    text: String,
    prefix: bool,
}

impl Form {
    fn fits(&self, word: &str) -> bool {
        if self.prefix {
            word.starts_with(&self.text)
        } else {
            word == self.text
        }
    }
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
    /// A gap does not run over a word that turns or parts a sentence, nor up to a «не» before what follows.
    closed: bool,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Pattern {
        Pattern {
            closed: false,
            parts: text
                .split_whitespace()
                .map(|part| match part {
                    "*" => Part::Gap,
                    _ => {
                        let (words, optional) = match part.strip_suffix('?') {
                            Some(words) => (words, true),
                            None => (part, false),
                        };
                        let any = words
                            .split('|')
                            .map(|w| match w.strip_suffix('~') {
                                Some(stem) => Form {
                                    text: stem.to_owned(),
                                    prefix: true,
                                },
                                None => Form {
                                    text: w.to_owned(),
                                    prefix: false,
                                },
                            })
                            .collect();
                        Part::Word { any, optional }
                    }
                })
                .collect(),
        }
    }

    /// The first place where the pattern fits, as a range of words.
    #[cfg(test)]
    pub(crate) fn find(&self, words: &[&str]) -> Option<Range<usize>> {
        (0..words.len()).find_map(|at| self.fit(&self.parts, words, at).map(|end| at..end))
    }

    fn fit(&self, parts: &[Part], words: &[&str], at: usize) -> Option<usize> {
        let Some((first, rest)) = parts.split_first() else {
            return Some(at);
        };
        match first {
            Part::Gap => (0..=GAP)
                .take_while(|skip| {
                    let passed = skip.checked_sub(1).and_then(|last| words.get(at + last));
                    !(self.closed && passed.is_some_and(|w| turns(w)))
                })
                .filter(|skip| {
                    let last = skip.checked_sub(1).and_then(|last| words.get(at + last));
                    !(self.closed && last.is_some_and(|w| *w == "не"))
                })
                .find_map(|skip| self.fit(rest, words, at + skip)),
            Part::Word { any, optional } => {
                let fits = words.get(at).is_some_and(|w| any.iter().any(|f| f.fits(w)));
                if fits && let Some(end) = self.fit(rest, words, at + 1) {
                    return Some(end);
                }
                if *optional {
                    self.fit(rest, words, at)
                } else {
                    None
                }
            }
        }
    }
}

/// «Телефон у мене є, а мітід нема», "kontrakten har jeg, men jeg mangler dit pas": behind it something else is said.
fn turns(word: &str) -> bool {
    matches!(word, "а" | "але" | "ikke" | "men")
}

/// A list of patterns, each with what it means.
#[derive(Debug)]
pub(crate) struct Lexicon<T: 'static> {
    entries: Vec<(T, Pattern)>,
    /// Entries by the first letters they can start with; entries that start openly are under "".
    starts: Table<String, Vec<usize>>,
}

impl<T: Copy> Lexicon<T> {
    pub(crate) fn new(table: &[(T, &[&str])]) -> Lexicon<T> {
        Lexicon::of(table, false)
    }

    /// Patterns of statements: their gaps end where a sentence turns.
    pub(crate) fn closed(table: &[(T, &[&str])]) -> Lexicon<T> {
        Lexicon::of(table, true)
    }

    fn of(table: &[(T, &[&str])], closed: bool) -> Lexicon<T> {
        let mut entries = Vec::new();
        let mut starts: Table<String, Vec<usize>> = Table::default();
        for (meaning, patterns) in table {
            for text in *patterns {
                let pattern = Pattern {
                    closed,
                    ..Pattern::new(text)
                };
                let at = entries.len();
                for start in first_letters(&pattern) {
                    let list = starts.entry(start).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
                entries.push((*meaning, pattern));
            }
        }
        Lexicon { entries, starts }
    }

    /// Everything that fits: meaning and the range of words, in the order of the text.
    pub(crate) fn find_all(&self, words: &[&str]) -> Vec<(T, Range<usize>)> {
        let mut out: Vec<(T, Range<usize>)> = Vec::new();
        let mut found: Vec<usize> = Vec::new();
        for at in 0..words.len() {
            let cut = |letters: usize| {
                let end = words[at].char_indices().nth(letters);
                &words[at][..end.map_or(words[at].len(), |(end, _)| end)]
            };
            found.clear();
            for start in ["", cut(1), cut(2)] {
                found.extend(self.starts.get(start).into_iter().flatten());
            }
            found.sort_unstable();
            found.dedup();
            for &entry in &found {
                let (meaning, pattern) = &self.entries[entry];
                if let Some(end) = pattern.fit(&pattern.parts, words, at) {
                    out.push((*meaning, at..end));
                }
            }
        }
        out
    }
}

impl<T: Copy + PartialEq> Lexicon<T> {
    /// Whether anything with this meaning fits.
    pub(crate) fn has(&self, meaning: T, words: &[&str]) -> bool {
        self.find_all(words).iter().any(|(m, _)| *m == meaning)
    }
}

/// The first two letters of every word that the pattern can start with; one letter for one-letter
/// words, "" when it can start anywhere.
fn first_letters(pattern: &Pattern) -> Vec<String> {
    let mut out = Vec::new();
    for part in &pattern.parts {
        match part {
            Part::Gap => {
                out.push(String::new());
                return out;
            }
            Part::Word { any, optional } => {
                out.extend(
                    any.iter()
                        .map(|f| f.text.chars().take(2).collect::<String>()),
                );
                if !optional {
                    return out;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(pattern: &str, text: &str) -> Option<Range<usize>> {
        Pattern::new(pattern).find(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn words_prefixes_gaps_and_options() {
        assert_eq!(at("hvad hedder du", "og hvad hedder du så"), Some(1..4));
        assert_eq!(
            at("hvad|hvordan * hedder", "hvad pokker er det så du hedder"),
            None
        );
        assert_eq!(
            at("hvad|hvordan * hedder", "hvad er det du hedder"),
            Some(0..5)
        );
        assert_eq!(at("flytt~ i ind", "hvornår flytter i ind"), Some(1..4));
        assert_eq!(at("din nye? adresse", "din adresse"), Some(0..2));
        assert_eq!(at("din nye? adresse", "din nye adresse"), Some(0..3));
        assert_eq!(at("adresse", "vej"), None);
    }

    #[test]
    fn lexicon_finds_all_in_order() {
        let lexicon: Lexicon<u8> =
            Lexicon::new(&[(1, &["navn"]), (2, &["cpr nummer?"]), (3, &["* hedder"])]);
        let words = ["dit", "navn", "og", "cpr", "nummer"];
        let found = lexicon.find_all(&words);
        assert_eq!(found, vec![(1, 1..2), (2, 3..5)]);
        assert!(lexicon.has(3, &["hvad", "hedder"]));
    }
}
