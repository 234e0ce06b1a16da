//! A second name beside a given name: what the sex of the one says about the other.

use super::Gender;
use super::find::{Word, best_given};
use crate::token::Token;

/// «Ніна Абрамович»: no woman has a man's patronymic, so it is her surname.
pub(super) fn mans_behind_a_womans(tokens: &[Token], at: usize, word: &str) -> bool {
    word.ends_with("ич")
        && at
            .checked_sub(1)
            .and_then(|before| best_given(&tokens[before].text))
            .is_some_and(|hit| hit.is_nominative && hit.gender == Gender::Feminine)
}

/// «Ярослава Хома»: a man's name right behind a woman's is her surname.
pub(super) fn of_other_sex(tokens: &[Token], at: usize, word: &Word) -> bool {
    let sex = |text: &str| {
        best_given(text)
            .filter(|hit| hit.is_nominative && hit.full.is_empty())
            .map(|hit| hit.gender)
    };
    let before = at.checked_sub(1).and_then(|b| sex(&tokens[b].text));
    before.is_some_and(|first| sex(&word.text).is_some_and(|second| first != second))
}
