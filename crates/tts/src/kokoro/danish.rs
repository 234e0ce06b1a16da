//! How Danish words are said that letter-to-sound rules get wrong.

use std::collections::HashMap;
use std::sync::LazyLock;

/// `word<TAB>phonemes` lines; `#` starts a comment.
const WORDS: &str = include_str!("danish.tsv");

const ONES: [&str; 9] = [
    "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni",
];
const TENS: [&str; 8] = [
    "tyve",
    "tredive",
    "fyrre",
    "halvtreds",
    "tres",
    "halvfjerds",
    "firs",
    "halvfems",
];

static LEXICON: LazyLock<HashMap<String, String>> = LazyLock::new(build);

/// The phonemes of a word in lower case, if it is known.
pub(super) fn lookup(word: &str) -> Option<&'static str> {
    LEXICON.get(word).map(String::as_str)
}

fn build() -> HashMap<String, String> {
    let mut lexicon: HashMap<String, String> = WORDS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, phonemes)| (word.to_owned(), phonemes.to_owned()))
        .collect();
    // "fireogtyve": the ones lose their length, the "og" is weak.
    for one in ONES {
        let Some(said) = (if one == "en" {
            Some("ˈen")
        } else {
            lexicon.get(one).map(String::as_str)
        }) else {
            continue;
        };
        let ones = format!("{}ɔ", said.replace('ː', ""));
        for ten in TENS {
            if let Some(tens) = lexicon.get(ten) {
                let phonemes = format!("{ones}{tens}");
                lexicon.insert(format!("{one}og{ten}"), phonemes);
            }
        }
        lexicon.insert(format!("{one}ogtyvende"), format!("{ones}tˈyːvənə"));
        lexicon.insert(format!("{one}ogtredivte"), format!("{ones}tʁˈɑðvdə"));
    }
    lexicon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_word_with_phonemes() {
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let (word, phonemes) = line.split_once('\t').expect(line);
            assert!(!word.is_empty() && !phonemes.trim().is_empty(), "{line}");
            assert_eq!(word, word.to_lowercase(), "{line}");
            let count = WORDS
                .lines()
                .filter(|l| l.split('\t').next() == Some(word))
                .count();
            assert_eq!(count, 1, "{word} is listed more than once");
        }
    }

    #[test]
    fn compound_numerals_are_made_from_their_parts() {
        assert_eq!(lookup("fireogtyve"), Some("fˈiɐɔtˈyːvə"));
        assert_eq!(lookup("enogtredivte"), Some("ˈenɔtʁˈɑðvdə"));
        assert_eq!(lookup("nioghalvfems"), Some("nˈiɔhˌælfˈɛms"));
        assert_eq!(lookup("kødbolle"), None);
    }
}
