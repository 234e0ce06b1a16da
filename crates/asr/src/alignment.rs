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

/// How many words of a new hypothesis stand for the words that are settled: the prefix with the
/// fewest word edits, among equals the one that ends at the nearest time.
pub(crate) fn cut(settled: &[Word], words: &[Word]) -> usize {
    let Some(last) = settled.last() else {
        return 0;
    };
    // edits[j]: word edits between the settled words and the first j words.
    let mut edits: Vec<usize> = (0..=words.len()).collect();
    for known in settled {
        let mut diagonal = edits[0];
        edits[0] += 1;
        for (j, word) in words.iter().enumerate() {
            let replaced = diagonal + usize::from(!same(known, word));
            diagonal = edits[j + 1];
            edits[j + 1] = replaced.min(diagonal + 1).min(edits[j] + 1);
        }
    }
    let end = |j: usize| match j {
        0 => 0,
        _ => words[j - 1].end_ms,
    };
    (0..=words.len())
        .min_by_key(|&j| (edits[j], end(j).abs_diff(last.end_ms)))
        .unwrap_or(0)
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
