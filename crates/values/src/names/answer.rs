//! Names without capitals that answer a question for one: what stands there is a name also where no list has it.

use tolkebot_protocol::Lang;

use super::find::{Role, Word, best_given, word_at};
use super::looks_like_surname;
use super::words::{FUNCTION, announces, unknown_given, verbal};
use crate::numbers::read_at;
use crate::token::Token;

/// «я …», «ну мене звати …», «жінка …»: words that stand before a name in an answer.
pub(super) fn leads_answer(before: &[Token]) -> bool {
    before.len() <= 4
        && before.iter().all(|t| {
            let text = t.text.as_str();
            announces(text)
                || matches!(
                    text,
                    "ну" | "так"
                        | "а"
                        | "е"
                        | "ем"
                        | "ой"
                        | "та"
                        | "мене"
                        | "його"
                        | "її"
                        | "моя"
                        | "мій"
                        | "значить"
                        | "пишіть"
                )
        })
}

/// «зоряна кіт отак коротко», «звенислава ковтун»: whatever stands behind the given name that answers is the surname.
pub(super) fn surname_in_answer(tokens: &[Token], at: usize) -> Option<Word> {
    let word = word_at(tokens, at).filter(|w| tokens[w.range.start].is_cyrillic())?;
    (word.text.chars().count() >= 3 && free_word(tokens, &word)).then_some(word)
}

/// A word that is no everyday one, no number, no verb and nobody's given name.
fn free_word(tokens: &[Token], word: &Word) -> bool {
    unknown_given(&word.text)
        && !announces(&word.text)
        && !FUNCTION.contains(&word.text.as_str())
        && !verbal(&word.text)
        && !first_person(&word.text)
        && !origin(&word.text)
        && best_given(&word.text).is_none()
        && read_at(tokens, word.range.start, Lang::Uk).is_none()
}

/// «скажу», «напишу», «маємо»
fn first_person(text: &str) -> bool {
    [
        "жу", "чу", "шу", "щу", "аю", "яю", "ую", "ію", "емо", "имо", "ємо",
    ]
    .iter()
    .any(|ending| text.ends_with(ending))
}

/// «данець», «полька»: where somebody is from.
fn origin(text: &str) -> bool {
    matches!(
        text,
        "данець"
            | "данка"
            | "данчанин"
            | "датчанин"
            | "датчанка"
            | "українець"
            | "українка"
            | "полька"
            | "німець"
            | "німкеня"
            | "румун"
            | "румунка"
            | "росіянин"
            | "росіянка"
            | "швед"
            | "шведка"
            | "норвежець"
            | "литовець"
            | "латиш"
    )
}

/// «мефодія кривенко» where the list has neither: one of the two has the shape of a surname, the other is the given
/// name.
pub(super) fn unlisted_pair(tokens: &[Token], first: &Word, second: &Word) -> Option<[Role; 2]> {
    let long = first.text.chars().count() >= 4 && second.text.chars().count() >= 4;
    if !long || !free_word(tokens, first) {
        return None;
    }
    // «сокирка геннадій»
    if let Some(hit) = best_given(&second.text).filter(|hit| hit.is_nominative) {
        return Some([Role::Surname, Role::Given(hit)]);
    }
    // «нечуй левицька марта»
    let third = word_at(tokens, second.range.end).and_then(|w| best_given(&w.text));
    if !free_word(tokens, second) || third.is_some_and(|hit| hit.is_nominative) {
        return None;
    }
    match (
        looks_like_surname(&first.text),
        looks_like_surname(&second.text),
    ) {
        (false, true) => Some([Role::Unknown, Role::Surname]),
        (true, false) => Some([Role::Surname, Role::Unknown]),
        _ => None,
    }
}
