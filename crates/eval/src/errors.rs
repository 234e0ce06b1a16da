//! Word and character error rates.

/// Edits that turn what was heard into what was said (Levenshtein 1966), and the reference's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Errors {
    /// Units replaced.
    pub substitutions: usize,
    /// Units of the reference that were not heard.
    pub deletions: usize,
    /// Units heard that were not said.
    pub insertions: usize,
    /// Units of the reference.
    pub reference: usize,
}

impl Errors {
    /// All edits.
    pub fn edits(self) -> usize {
        self.substitutions + self.deletions + self.insertions
    }

    /// Edits for each unit of the reference: 0 is perfect, more than 1 is possible. An empty
    /// reference counts as one unit, so that words out of silence are not free.
    pub fn rate(self) -> f64 {
        self.edits() as f64 / self.reference.max(1) as f64
    }
}

impl std::ops::Add for Errors {
    type Output = Errors;

    fn add(self, other: Errors) -> Errors {
        Errors {
            substitutions: self.substitutions + other.substitutions,
            deletions: self.deletions + other.deletions,
            insertions: self.insertions + other.insertions,
            reference: self.reference + other.reference,
        }
    }
}

/// The text as error rates compare it: lower case, one kind of apostrophe, punctuation other than
/// apostrophes between letters gone, single spaces. Digits stay digits: a number in words and the
/// same number in digits are different words.
pub fn normalise(text: &str) -> String {
    let lower: Vec<char> = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | 'ʼ' | '`' | '‘') { '\'' } else { c })
        .collect();
    let mut out = String::with_capacity(text.len());
    for (i, &c) in lower.iter().enumerate() {
        let letter = |at: Option<usize>| {
            at.and_then(|at| lower.get(at)).is_some_and(|c| c.is_alphanumeric())
        };
        let inside = c == '\'' && letter(i.checked_sub(1)) && letter(Some(i + 1));
        // U+0301 marks stress in teaching texts and U+0306/U+0308 belong to й and ї written apart.
        let mark = matches!(c, '\u{306}' | '\u{308}');
        if c.is_alphanumeric() || inside || mark {
            out.push(c);
        } else if !matches!(c, '\u{301}') {
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Word errors of `heard` against `said`, both normalised.
pub fn word_errors(said: &str, heard: &str) -> Errors {
    let (said, heard) = (normalise(said), normalise(heard));
    let said: Vec<&str> = said.split_whitespace().collect();
    let heard: Vec<&str> = heard.split_whitespace().collect();
    align(&said, &heard)
}

/// Character errors of `heard` against `said`, both normalised, spaces counted.
pub fn character_errors(said: &str, heard: &str) -> Errors {
    let said: Vec<char> = normalise(said).chars().collect();
    let heard: Vec<char> = normalise(heard).chars().collect();
    align(&said, &heard)
}

/// The cheapest alignment; on equal cost, substitutions before deletions before insertions.
fn align<T: PartialEq>(reference: &[T], hypothesis: &[T]) -> Errors {
    // One row of the matrix at a time: (cost, substitutions, deletions, insertions).
    type Cell = (usize, usize, usize, usize);
    let mut row: Vec<Cell> = (0..=hypothesis.len()).map(|j| (j, 0, 0, j)).collect();
    for (i, wanted) in reference.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1, 0, i + 1, 0);
        for (j, found) in hypothesis.iter().enumerate() {
            let above = row[j + 1];
            let left = row[j];
            let (c, s, d, n) = diagonal;
            let through = if wanted == found { diagonal } else { (c + 1, s + 1, d, n) };
            let delete = (above.0 + 1, above.1, above.2 + 1, above.3);
            let insert = (left.0 + 1, left.1, left.2, left.3 + 1);
            diagonal = above;
            row[j + 1] = [delete, insert]
                .into_iter()
                .fold(through, |best, next| if next.0 < best.0 { next } else { best });
        }
    }
    let (_, substitutions, deletions, insertions) = row[hypothesis.len()];
    Errors { substitutions, deletions, insertions, reference: reference.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_compared_without_case_and_punctuation() {
        assert_eq!(normalise("Дев’ятнадцять, нуль – ТАК!"), "дев'ятнадцять нуль так");
        assert_eq!(word_errors("Hej, med dig.", "hej med dig").edits(), 0);
        assert_eq!(word_errors("п'ять", "п’ять").edits(), 0);
        let errors = word_errors("jeg bor i Aarhus", "jeg i Aarhus nu");
        assert_eq!((errors.substitutions, errors.deletions, errors.insertions), (0, 1, 1));
        assert!((errors.rate() - 0.5).abs() < 1e-12);
        assert_eq!(word_errors("", "noget").rate(), 1.0);
        assert_eq!(character_errors("abc", "abd").edits(), 1);
    }

    proptest! {
        #[test]
        fn edits_are_a_distance(a in "[abc ]{0,12}", b in "[abc ]{0,12}", c in "[abc ]{0,12}") {
            let d = |x: &str, y: &str| character_errors(x, y).edits();
            prop_assert_eq!(d(&a, &b), d(&b, &a));
            prop_assert_eq!(d(&a, &b) == 0, normalise(&a) == normalise(&b));
            prop_assert!(d(&a, &c) <= d(&a, &b) + d(&b, &c));
        }

        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
