//! How likely a text is as text of its language: rows of letters, counted in example sentences.

use std::collections::HashMap;
use std::path::Path;

use crate::AsrError;

/// Letters in a row that are counted.
const ROW: usize = 6;
/// Bits of a letter in a packed row: 1,023 different letters are more than two alphabets have.
const BITS: u32 = 10;
/// Stands for every letter that the examples do not have.
const UNKNOWN: u64 = (1 << BITS) - 1;
/// Between words, and before and after a sentence.
const SPACE: u64 = 1;
/// How many sightings of a row the next shorter row's opinion is worth (Dirichlet smoothing;
/// MacKay and Peto 1995).
const TRUST: f64 = 4.0;
/// Letters that a text may choose from when nothing is known.
const ALPHABET: f64 = 40.0;

/// Counted letters of one language.
///
/// All rows of the examples lie sorted in one list, so the rows that begin alike stand together:
/// how often any shorter row occurs is the length of its stretch, and no table per length is
/// needed. One million letters take 8 MB and a tenth of a second.
#[derive(Debug, Clone)]
pub struct Letters {
    symbols: HashMap<char, u64>,
    rows: Vec<u64>,
}

impl Letters {
    /// Counts the letters of example sentences, one a line.
    pub fn of(sentences: &str) -> Letters {
        let mut letters = Letters {
            symbols: HashMap::from([(' ', SPACE)]),
            rows: Vec::new(),
        };
        for line in sentences.lines() {
            for letter in plain(line) {
                let next = letters.symbols.len() as u64 + 1;
                if next < UNKNOWN {
                    letters.symbols.entry(letter).or_insert(next);
                }
            }
            let packed = letters.packed(line);
            // A row shorter than the others ends in zeros, which no letter is.
            for at in 0..packed.len() {
                let row = (0..ROW).fold(0, |row, k| {
                    (row << BITS) | packed.get(at + k).copied().unwrap_or(0)
                });
                letters.rows.push(row);
            }
        }
        letters.rows.sort_unstable();
        letters
    }

    /// Counts the letters of a file of example sentences, and gives the sentences too.
    ///
    /// # Errors
    /// [`AsrError::Model`] if it cannot be read as UTF-8 or holds no letter.
    pub(crate) fn load(path: impl AsRef<Path>) -> Result<(Letters, String), AsrError> {
        let path = path.as_ref();
        let failed = |what: String| AsrError::Model {
            path: path.to_path_buf(),
            what,
        };
        let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
        let letters = Letters::of(&text);
        if letters.rows.is_empty() {
            return Err(failed("it holds no sentences".to_owned()));
        }
        Ok((letters, text))
    }

    /// Natural logarithm of the probability of a text, its end included. Case and punctuation
    /// do not count.
    pub fn log_probability(&self, text: &str) -> f64 {
        self.of_letters(&self.packed(text))
    }

    /// As [`Letters::log_probability`] of a text whose last word may go on.
    pub(crate) fn of_beginning(&self, text: &str) -> f64 {
        let packed = self.packed(text);
        self.of_letters(&packed[..packed.len().saturating_sub(1)])
    }

    /// The words of a text, lower case, each with the natural logarithm of its probability behind
    /// those before it, its end included.
    pub(crate) fn by_word(&self, text: &str) -> Vec<(String, f64)> {
        let letters: Vec<char> = plain(text).collect();
        let packed = self.packed(text);
        let ends = (1..letters.len()).filter(|at| letters[*at] == ' ');
        ends.scan(1, |from, end| {
            let start = std::mem::replace(from, end + 1);
            let word = letters[start..end].iter().collect();
            Some((word, (start..=end).map(|at| self.at(&packed, at)).sum()))
        })
        .collect()
    }

    fn of_letters(&self, packed: &[u64]) -> f64 {
        (1..packed.len()).map(|at| self.at(packed, at)).sum()
    }

    /// Natural logarithm of the probability of the letter at a place, after those before it.
    fn at(&self, packed: &[u64], at: usize) -> f64 {
        let from = at.saturating_sub(ROW - 1);
        self.next(&packed[from..at], packed[at]).ln()
    }

    /// How likely `letter` is after `before`.
    fn next(&self, before: &[u64], letter: u64) -> f64 {
        let mut probability = 1.0 / ALPHABET;
        // From no letter before it to all of them: each longer row corrects the shorter one.
        for from in (0..=before.len()).rev() {
            let row = &before[from..];
            let all = self.count(row, None);
            if all == 0 {
                break;
            }
            let these = self.count(row, Some(letter));
            probability = (these as f64 + TRUST * probability) / (all as f64 + TRUST);
        }
        probability
    }

    /// How often a row of letters, and another letter after it, stands in the examples.
    fn count(&self, row: &[u64], then: Option<u64>) -> usize {
        let length = (row.len() + usize::from(then.is_some())) as u32;
        let start = row
            .iter()
            .copied()
            .chain(then)
            .fold(0, |packed, letter| (packed << BITS) | letter);
        let shift = BITS * (ROW as u32 - length);
        let first = start << shift;
        let after = (start + 1) << shift;
        let from = self.rows.partition_point(|row| *row < first);
        self.rows[from..].partition_point(|row| *row < after)
    }

    fn packed(&self, text: &str) -> Vec<u64> {
        plain(text)
            .map(|letter| self.symbols.get(&letter).copied().unwrap_or(UNKNOWN))
            .collect()
    }
}

/// The letters of a text with one space before and after each word.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʼ'))
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let letters = word.chars().flat_map(char::to_lowercase);
            letters
                .map(|letter| match letter {
                    '’' | 'ʼ' => '\'',
                    other => other,
                })
                .chain([' '])
        })
        .scan(true, |first, letter| {
            Some(if std::mem::take(first) {
                [Some(' '), Some(letter)]
            } else {
                [Some(letter), None]
            })
        })
        .flatten()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: &str = "jeg bor på vestergade\njeg flytter til vestergade\nvi bor i aarhus\n";

    #[test]
    fn what_the_examples_say_is_likelier_than_its_like() {
        let letters = Letters::of(EXAMPLES);
        let said = |text| letters.log_probability(text);
        assert!(said("jeg bor i aarhus") > said("jeg por i aarhus"));
        assert!(said("til vestergade") > said("til vesterkade"));
        assert!(said("til vestergade") > said("til vestergadde"));
        // What no example has is unlikely, but not impossible.
        assert!(said("я живу тут").is_finite());
    }

    #[test]
    fn case_and_punctuation_do_not_count() {
        let letters = Letters::of(EXAMPLES);
        let plain = letters.log_probability("jeg bor på vestergade");
        let marked = letters.log_probability("Jeg bor – på Vestergade!");
        assert!((plain - marked).abs() < 1e-9);
        assert!(letters.log_probability("").abs() < 1e-9);
    }

    #[test]
    fn words_add_up_to_their_text() {
        let letters = Letters::of(EXAMPLES);
        for text in ["Jeg bor på Vestergade!", "", "til", "я живу"] {
            let sum: f64 = letters.by_word(text).iter().map(|(_, log)| log).sum();
            let whole = letters.log_probability(text);
            assert!((sum - whole).abs() < 1e-9, "{text}: {sum} for {whole}");
        }
        let words: Vec<String> = letters
            .by_word("Jeg bor på Vester")
            .into_iter()
            .map(|(word, _)| word)
            .collect();
        assert_eq!(words, ["jeg", "bor", "på", "vester"]);
    }

    #[test]
    fn the_probabilities_of_what_may_follow_do_not_exceed_one() {
        let letters = Letters::of(EXAMPLES);
        for before in ["", " ", " jeg", "vester", "xyz"] {
            let before = &letters.packed(before)[..];
            let before = &before[before.len().saturating_sub(ROW - 1)..];
            let sum: f64 = letters
                .symbols
                .values()
                .map(|letter| letters.next(before, *letter))
                .sum();
            assert!(sum < 1.0 + 1e-9, "{before:?}: {sum}");
        }
    }

    #[test]
    fn a_file_without_sentences_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("da.txt");
        for (content, what) in [(&b"\n\n"[..], "no sentences"), (&[0xff, 0xfe][..], "UTF-8")] {
            std::fs::write(&file, content).unwrap();
            let error = Letters::load(&file).unwrap_err().to_string();
            assert!(error.contains("da.txt") && error.contains(what), "{error}");
        }
        assert!(Letters::load(folder.path().join("uk.txt")).is_err());
    }
}
