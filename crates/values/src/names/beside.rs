//! A second name beside a given name: what the sex of the one says about the other.

use tolkebot_protocol::Lang;

use super::Gender;
use super::find::{Word, best_given};
use super::words::WORDS;
use crate::numbers::read_at;
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

/// «Данило Рабінович.»: the form of a patronymic, but of no given name, and no other surname beside it.
pub(super) fn of_no_father(tokens: &[Token], at: usize, word: &Word) -> bool {
    let Some(stem) = ["йович", "ович", "євич", "евич"]
        .iter()
        .find_map(|end| word.text.strip_suffix(end))
    else {
        return false;
    };
    let father = ["", "о", "й", "ій", "ь", "а", "я"]
        .iter()
        .any(|end| best_given(&format!("{stem}{end}")).is_some());
    let name = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|t| t.is_word() && t.capital)
    };
    // «Мельник Данило …», «Данило … Мельник»
    let surname_before = name(at.checked_sub(2)) && !tokens[at - 2].ends_sentence();
    !father && !surname_before && !name(Some(word.range.end))
}

/// «марко і віра», «роман другого лютого»: an everyday word that stands in a row behind a name, or right before a day of
/// birth.
pub(super) fn in_a_list(tokens: &[Token], word: &Word) -> bool {
    let joins = |at: usize| matches!(crate::dates::word(tokens, at), "і" | "й" | "та");
    let named = |at: usize| {
        let text = crate::dates::word(tokens, at);
        !WORDS.contains(&text) && best_given(text).is_some_and(|given| given.is_nominative)
    };
    let (start, end) = (word.range.start, word.range.end);
    let behind_name = start >= 2 && joins(start - 1) && named(start - 2);
    let born = read_at(tokens, end, Lang::Uk).is_some_and(|day| {
        day.is_ordinal() && crate::dates::month_named(crate::dates::word(tokens, day.end)).is_some()
    });
    // «марко десять років і віра сім»
    let aged = start >= 1 && joins(start - 1) && read_at(tokens, end, Lang::Uk).is_some();
    behind_name || born || aged
}
