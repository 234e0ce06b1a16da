//! Which words of two hypotheses stand for each other.

use crate::Word;

/// Whether two hypotheses mean the same word: case and punctuation change with what follows.
pub(crate) fn same(a: &Word, b: &Word) -> bool {
    plain(&a.text).eq(plain(&b.text))
}

/// Letters and digits, and a sign between two digits: "12-14" is not "1214", "1,5" not "15".
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    let before = std::iter::once(' ').chain(text.chars());
    let behind = text.chars().skip(1).chain(std::iter::once(' '));
    let around = text.chars().zip(before.zip(behind));
    around
        .filter(|(c, (before, behind))| {
            c.is_alphanumeric() || before.is_ascii_digit() && behind.is_ascii_digit()
        })
        .flat_map(|(c, _)| c.to_lowercase())
}

/// How many words another border may make of one, at most.
const JOINED: usize = 6;
/// Digits of a number that goes on, at least, and of its rest if one settled word began it: "2" and
/// "22", "20" and "200" are one number that was heard otherwise.
const DIGITS: usize = 2;

/// Parts a new hypothesis into the words that stand for the settled ones, and what follows them. The
/// words that stand for them are the prefix with the fewest word edits, among equals the one that
/// ends at the nearest time; but if that one ends elsewhere, and the last settled word stands in its
/// own time too, it is there that they end: others were missed before it. What follows may begin
/// within a word: 27 behind "31 40 56" is the rest of "31405627".
pub(crate) fn cut<'a>(settled: &[Word], words: &'a [Word]) -> (&'a [Word], Vec<Word>) {
    let Some(last) = settled.last() else {
        return (&[], words.to_vec());
    };
    let rows = edits(settled, words);
    // The edits of a prefix, and where in its last word what follows begins, if it begins there.
    let weigh = |j: usize| {
        let whole = (rows[settled.len()][j], None);
        let part = j.checked_sub(1).and_then(|at| {
            let parts = (1..=JOINED.min(settled.len())).filter_map(|n| {
                let (before, known) = settled.split_at(settled.len() - n);
                Some((rows[before.len()][at], Some(rest(known, &words[at])?)))
            });
            parts.min()
        });
        part.filter(|part| part.0 < whole.0).unwrap_or(whole)
    };
    let end = |j: usize| match j {
        0 => 0,
        _ => words[j - 1].end_ms,
    };
    let fewest = (0..=words.len())
        .min_by_key(|&j| (weigh(j).0, end(j).abs_diff(last.end_ms)))
        .unwrap_or(0);
    let beside = |word: &Word| word.start_ms < last.end_ms && last.start_ms < word.end_ms;
    let ends_there = |word: &Word| same(word, last) || beside(word);
    let cut = match words[..fewest].last().is_some_and(ends_there) || weigh(fewest).0 == 0 {
        true => fewest,
        false => (1..=words.len())
            .filter(|&j| same(&words[j - 1], last) && beside(&words[j - 1]))
            .min_by_key(|&j| weigh(j).0)
            .unwrap_or(fewest),
    };
    let (said_again, behind) = words.split_at(cut);
    let (_, within) = weigh(cut);
    let begun = said_again.last().zip(within).map(|(word, at)| Word {
        text: word.text[at..].to_owned(),
        start_ms: last.end_ms.max(word.start_ms).min(word.end_ms),
        ..word.clone()
    });
    (
        said_again,
        begun.into_iter().chain(behind.to_vec()).collect(),
    )
}

/// Word edits between the first settled words and the first other words: a row for each number of
/// settled ones. What differs only in its borders is the same: "seksoghalvtreds" is "seks og
/// halvtreds", "31 40" is "3140".
fn edits(settled: &[Word], words: &[Word]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = vec![(0..=words.len()).collect()];
    for i in 1..=settled.len() {
        let known = &settled[i - 1];
        let mut row = vec![i];
        for j in 1..=words.len() {
            let word = &words[j - 1];
            let replaced = rows[i - 1][j - 1] + usize::from(!same(known, word));
            let mut fewest = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            for n in 2..=JOINED {
                if n <= j && holds(known, &words[j - n..j]) {
                    fewest = fewest.min(rows[i - 1][j - n]);
                }
                if n <= i && holds(word, &settled[i - n..i]) {
                    fewest = fewest.min(rows[i - n][j - 1]);
                }
            }
            row.push(fewest);
        }
        rows.push(row);
    }
    rows
}

/// The letters of several words.
fn joined(words: &[Word]) -> impl Iterator<Item = char> + '_ {
    words.iter().flat_map(|word| plain(&word.text))
}

/// Whether a word is several others in one.
fn holds(word: &Word, several: &[Word]) -> bool {
    let has_letters = |word: &Word| plain(&word.text).next().is_some();
    plain(&word.text).eq(joined(several)) && several.iter().all(has_letters)
}

/// Where in a number the digits begin that the settled words do not have yet, in bytes. Digits
/// alone go on like that: "femten" is not "fem" and something.
fn rest(known: &[Word], word: &Word) -> Option<usize> {
    let begun: String = joined(known).collect();
    let number: String = plain(&word.text).collect();
    let behind = number.strip_prefix(begun.as_str())?;
    let least = match known.len() {
        1 => DIGITS,
        _ => 1,
    };
    let is_number = number.chars().all(|c| c.is_ascii_digit());
    let goes_on = is_number && begun.len() >= DIGITS && behind.len() >= least;
    let digits = word.text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let mut places = digits.map(|(at, _)| at).skip(begun.len());
    places.next().filter(|_| goes_on)
}

/// For each settled word whether the other words have it too, at its place among them. A word that
/// only the others have counts against the settled word behind it: "to" for "nul to" is not agreed.
pub(crate) fn agreed(settled: &[Word], others: &[Word]) -> Vec<bool> {
    let width = others.len() + 1;
    // edits[i * width + j]: word edits between the first i and the first j words.
    let mut edits: Vec<usize> = (0..width).collect();
    for (i, known) in settled.iter().enumerate() {
        let above = i * width;
        edits.push(edits[above] + 1);
        for (j, word) in others.iter().enumerate() {
            let replaced = edits[above + j] + usize::from(!same(known, word));
            let left = edits[above + width + j];
            edits.push(replaced.min(edits[above + j + 1] + 1).min(left + 1));
        }
    }
    let mut agreed = vec![false; settled.len()];
    let (mut i, mut j) = (settled.len(), others.len());
    while i > 0 {
        let here = edits[i * width + j];
        let equal = j > 0 && same(&settled[i - 1], &others[j - 1]);
        if j > 0 && here == edits[(i - 1) * width + j - 1] + usize::from(!equal) {
            (i, j) = (i - 1, j - 1);
            agreed[i] = equal;
        } else if here == edits[(i - 1) * width + j] + 1 {
            i -= 1;
        } else {
            j -= 1;
            if let Some(behind) = agreed.get_mut(i) {
                *behind = false;
            }
        }
    }
    // What the others have before the first.
    if j > 0
        && let Some(first) = agreed.first_mut()
    {
        *first = false;
    }
    agreed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with their ends in ms; each begins where the one before it ends.
    fn timed(said: &[(&str, u64)]) -> Vec<Word> {
        let starts = [0].into_iter().chain(said.iter().map(|(_, end)| *end));
        let words = said.iter().zip(starts);
        words
            .map(|(&(text, end_ms), start_ms)| Word {
                text: text.to_owned(),
                start_ms,
                end_ms,
                confidence: 0.9,
                reconsidered: false,
            })
            .collect()
    }

    /// What follows the settled words.
    fn behind(settled: &[(&str, u64)], words: &[(&str, u64)]) -> String {
        let words = timed(words);
        let (said_again, tail) = cut(&timed(settled), &words);
        assert_eq!(said_again, &words[..said_again.len()]);
        let texts: Vec<&str> = tail.iter().map(|word| word.text.as_str()).collect();
        texts.join(" ")
    }

    #[test]
    fn the_last_settled_word_is_found_where_it_was_said() {
        // Two words were missed: what stands behind them was said once.
        let settled = [("enogtredive", 1900), ("syvogtyve", 2500)];
        let words = [
            ("enogtredive", 600),
            ("fyrre", 1100),
            ("seksoghalvtreds", 1900),
            ("syvogtyve", 2500),
            ("tak", 2800),
        ];
        assert_eq!(behind(&settled, &words), "tak");
        let settled = [("på", 200), ("Viborgvej", 900), ("tolv", 1300)];
        let words = [
            ("på", 200),
            ("Vi", 400),
            ("bor", 600),
            ("vej", 900),
            ("tolv", 1300),
            ("otte", 1700),
        ];
        assert_eq!(behind(&settled, &words), "otte");
    }

    #[test]
    fn a_word_that_is_said_again_elsewhere_is_another_one() {
        let settled = [("to", 300), ("fem", 600)];
        // Also where the times have moved a little.
        let words = [("to", 300), ("fem", 500), ("fem", 800)];
        assert_eq!(behind(&settled, &words), "fem");
        let words = [("to", 300), ("fire", 600), ("fem", 900)];
        assert_eq!(behind(&settled, &words), "fem");
    }
}
