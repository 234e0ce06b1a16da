//! What counts as the same text when recognition is judged.

use tolkebot_protocol::Lang;

/// The text that [`wer`](crate::wer) and [`cer`](crate::cer) compare: lower case, words separated
/// by single spaces.
///
/// - Apostrophes of every kind (U+2019, U+02BC, U+0060, U+00B4) become U+0027 and stay inside
///   words; at the edge of a word they go.
/// - All other punctuation goes; hyphens, dashes and slashes separate words ("CPR-nummer" is two).
/// - Digits stay as they are: "7" and "syv" differ. Marks between digits ("4.000", "20:46") and
///   spaces between written digits are kept as word boundaries.
/// - Danish: the old spelling "aa" is kept; "é" and "ø" too. Ukrainian: stress marks (U+0301) go.
pub fn normalise(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '\u{2019}' | '\u{02bc}' | '`' | '\u{00b4}' | '\u{2018}' => {
                let inside = out.chars().next_back().is_some_and(char::is_alphanumeric)
                    && chars.peek().is_some_and(|n| n.is_alphanumeric());
                if inside {
                    out.push('\'');
                }
            }
            '\u{0301}' if lang == Lang::Uk => {}
            // Marks that combine with a letter belong to it.
            '\u{0300}'..='\u{036f}' => out.push(c),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_letters_digits_and_inner_apostrophes_remain() {
        for (text, expected) in [
            ("Ja, tak!", "ja tak"),
            ("CPR-nummer: 070584-1234.", "cpr nummer 070584 1234"),
            ("'ÆØÅ' é", "æøå é"),
            ("4.000 kr.", "4 000 kr"),
            ("", ""),
            ("…", ""),
        ] {
            assert_eq!(normalise(text, Lang::Da), expected);
        }
        assert_eq!(
            normalise("П\u{2019}ять, п\u{02bc}ять — з'їзд за\u{0301}мок", Lang::Uk),
            "п'ять п'ять з'їзд замок"
        );
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,40}") {
            for lang in Lang::ALL {
                let once = normalise(&text, lang);
                prop_assert_eq!(normalise(&once, lang), once);
            }
        }
    }
}
