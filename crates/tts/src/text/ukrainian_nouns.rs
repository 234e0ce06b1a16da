//! The gender of what is counted at the counter, which one and two show.

use super::tokens::Token;
use super::ukrainian_numbers::Gender;

/// Stems of feminine nouns that are counted at the counter: "дві особи", not "два особи".
const FEMININE: [&str; 24] = [
    "особ",
    "годин",
    "хвилин",
    "секунд",
    "крон",
    "гривн",
    "дитин",
    "кімнат",
    "квартир",
    "тисяч",
    "доньк",
    "дочк",
    "дочок",
    "дівчин",
    "сестр",
    "людин",
    "сторін",
    "копі",
    "заяв",
    "адрес",
    "цифр",
    "літер",
    "довідк",
    "родин",
];

/// The gender of the token at `noun`.
pub(super) fn gender(tokens: &[Token<'_>], noun: Option<usize>) -> Gender {
    let noun = noun.and_then(|i| tokens.get(i));
    if noun.is_some_and(|t| feminine(&t.core.to_lowercase())) {
        Gender::Feminine
    } else {
        Gender::Masculine
    }
}

pub(super) fn feminine(noun: &str) -> bool {
    FEMININE.iter().any(|stem| noun.starts_with(stem))
}
