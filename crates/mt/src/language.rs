//! Whether a text is in the language that its channel is fixed to.

use tolkebot_protocol::Lang;

use crate::text::{Letters, is_cyrillic, is_latin};

/// What a text is, seen from the language that it should be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The language it should be in, as far as can be told.
    Expected,
    /// Names, abbreviations and digits in Latin letters: the same in both languages.
    Same,
    /// Near enough to be translated, but another language (Russian instead of Ukrainian).
    Neighbour,
    /// Another language; the model would make something up.
    Other,
}

/// Looks at scripts, letters and the commonest words; short or mixed texts count as expected.
pub(crate) fn kind(text: &str, lang: Lang) -> Kind {
    let letters = Letters::count(text);
    let own = letters.of(lang);
    if letters.total() > own * 2 {
        return match lang {
            Lang::Uk if letters.other == 0 && letters.cyrillic == 0 && names_only(text) => {
                Kind::Same
            }
            // «Я живу в Skanderborg»: the name is long, the language is Ukrainian.
            Lang::Uk if letters.cyrillic > 0 && !sentence_in_latin(text) => Kind::Expected,
            _ => Kind::Other,
        };
    }
    match lang {
        Lang::Da if is_english(text) => Kind::Other,
        Lang::Uk if is_russian(text) => Kind::Neighbour,
        _ => Kind::Expected,
    }
}

/// Every word has a capital letter, a digit or a sign of an address.
fn names_only(text: &str) -> bool {
    text.split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .all(|w| {
            w.chars()
                .any(|c| c.is_uppercase() || c.is_numeric() || c == '@')
                || w.trim_end_matches('.').contains('.')
        })
}

/// Three small Latin words or more.
fn sentence_in_latin(text: &str) -> bool {
    let small = |w: &&str| w.chars().all(is_latin) && w.chars().all(char::is_lowercase);
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .filter(small)
        .count()
        >= 3
}

/// Words that Ukrainian does not have, but whose letters it has. Words that are common in mixed speech are not among them.
const RUSSIAN: [&str; 27] = [
    "и",
    "или",
    "если",
    "что",
    "чтобы",
    "как",
    "где",
    "когда",
    "мне",
    "меня",
    "мной",
    "мой",
    "мое",
    "мои",
    "моего",
    "моей",
    "нет",
    "спасибо",
    "пожалуйста",
    "понимаю",
    "нужен",
    "нужна",
    "нужно",
    "сейчас",
    "украине",
    "остался",
    "переехал",
];

/// Words with letters that Ukrainian does not have, or Russian words: at least two and a sixth of all; one of the latter
/// in an answer of up to four words.
fn is_russian(text: &str) -> bool {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|w| w.chars().any(is_cyrillic))
        .collect();
    let (mut letters, mut listed) = (0, 0);
    for word in &words {
        let word = word.to_lowercase();
        if word.contains(['ы', 'э', 'ъ', 'ё']) {
            letters += 1;
        } else if RUSSIAN.contains(&word.trim_matches(|c: char| !c.is_alphabetic())) {
            listed += 1;
        }
    }
    let foreign = letters + listed;
    let few = listed > 0 && words.len() <= 4;
    (foreign >= 2 || few) && foreign * 6 >= words.len()
}

/// Frequent English words that no Danish text has.
const ENGLISH: [&str; 34] = [
    "the", "you", "your", "what", "how", "is", "are", "and", "hello", "please", "my", "this",
    "that", "with", "not", "would", "could", "where", "when", "who", "want", "need", "do", "does",
    "have", "was", "were", "it", "moved", "address", "speak", "english", "don't", "i'm",
];
/// Frequent Danish words that no English text has.
const DANISH: [&str; 30] = [
    "jeg", "er", "det", "og", "ikke", "du", "vi", "til", "af", "på", "som", "den", "der", "en",
    "et", "hvad", "hvor", "hvornår", "har", "kan", "skal", "vil", "min", "din", "fra", "om", "ja",
    "nej", "tak", "hedder",
];

/// Mostly English function words: at least two, half of the first ones, and no Danish ones.
fn is_english(text: &str) -> bool {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    let english = words.iter().filter(|w| ENGLISH.contains(w)).count();
    let danish = words.iter().filter(|w| DANISH.contains(w)).count();
    english >= 2 && danish == 0 && english * 3 >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_and_ukrainian_are_expected() {
        for text in [
            "Hvad hedder du?",
            "Ja tak",
            "I do",
            "Må jeg se MitID?",
            "is og kage",
        ] {
            assert_eq!(kind(text, Lang::Da), Kind::Expected, "{text}");
        }
        for text in [
            "Так.",
            "Я живу в Skanderborg.",
            "Це вулиця Randersvej",
            "Ы?",
            "об'єкт",
        ] {
            assert_eq!(kind(text, Lang::Uk), Kind::Expected, "{text}");
        }
    }

    #[test]
    fn other_languages_are_told_apart() {
        assert_eq!(kind("Hello, how are you?", Lang::Da), Kind::Other);
        assert_eq!(kind("Привіт, як справи?", Lang::Da), Kind::Other);
        assert_eq!(kind("مرحبا بكم", Lang::Da), Kind::Other);
        assert_eq!(kind("Hello, how are you?", Lang::Uk), Kind::Other);
        assert_eq!(
            kind("Jeg vil gerne melde flytning, так", Lang::Uk),
            Kind::Other
        );
        for text in [
            "Здравствуйте, вы мне поможете? Это мой адрес.",
            "Я не понимаю.",
            "Мой муж остался в Украине.",
            "Мне нужен новый адрес.",
            "Спасибо, что помогли.",
        ] {
            assert_eq!(kind(text, Lang::Uk), Kind::Neighbour, "{text}");
        }
        for text in [
            "Мій чоловік залишився в Україні.",
            "Це моя донька.",
            "Я живу у Вас, у нас є діти.",
            "Хочу нову адресу.",
            "Я не знаю, что робити з цим листом.",
        ] {
            assert_eq!(kind(text, Lang::Uk), Kind::Expected, "{text}");
        }
    }

    #[test]
    fn names_and_addresses_are_the_same_in_both() {
        for text in [
            "Randersvej 95B",
            "MitID",
            "kim@example.org",
            "8200 Aarhus N",
        ] {
            assert_eq!(kind(text, Lang::Uk), Kind::Same, "{text}");
        }
    }
}
