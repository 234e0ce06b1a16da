//! Names that nobody bears here: a feast, a town, whoever there is none of, and a surname that looks like a given name.

use super::*;

/// Whether the words around a name say that it means nobody who is written down.
pub(super) fn is_nobody(
    m: &Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
) -> bool {
    if u.is_staff() || name.given().is_none() || name.surname().is_some() {
        return false;
    }
    is_feast(m, u, name, word)
        || is_place_asked_for(m, u, word)
        || is_none(u, word)
        || near.is_some_and(|(_, _, at)| is_kins_town(u, name, at, word))
}

/// «Чотирнадцятого лютого, на Валентина», «після Миколая»
fn is_feast(m: &Memory, u: &Utterance<'_>, name: &PersonName, word: usize) -> bool {
    let before = word
        .checked_sub(1)
        .map_or("", |at| u.token(at).text.as_str());
    let oblique = !name.parts.iter().all(|p| said_in_nominative(u, p));
    let day = m
        .asked
        .asks_any(&[Topic::MoveDate, Topic::MaritalDate, Topic::BirthDate]);
    oblique && day && matches!(before, "на" | "після" | "до" | "перед")
}

/// "Hvor blev I gift?" – «У Мілані»
fn is_place_asked_for(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let before = word
        .checked_sub(1)
        .map_or("", |at| u.token(at).text.as_str());
    m.asked.asks_any(&[Topic::MaritalPlace, Topic::BirthPlace])
        && matches!(before, "у" | "в" | "із" | "під")
}

/// «Віра і Надія. Любові нема, жартують усі»
fn is_none(u: &Utterance<'_>, word: usize) -> bool {
    mine::is_lacking(u, word)
}

/// «У мами, Бранде, Сторегаде п'ять», «зі мною та мамою: Ґьодінґ»: a word that no list has, apart from a relative who
/// is only told of as the one with whom somebody lives.
fn is_kins_town(u: &Utterance<'_>, name: &PersonName, relative: usize, word: usize) -> bool {
    let text = u.token(relative).text.as_str();
    let held = text.ends_with(['ю', 'м', 'и', 'і'])
        && relative > 0
        && matches!(
            u.token(relative - 1).text.as_str(),
            "у" | "в" | "до" | "від" | "з" | "із" | "зі" | "та" | "і" | "й"
        );
    let apart = relative + 1 == word && u.word_tokens[word] > u.word_tokens[relative] + 1;
    let unlisted = name
        .parts
        .iter()
        .all(|p| names::to_nominative(&p.native).is_none());
    u.written && held && apart && unlisted
}

/// «Прізвище своє залишив: Ярема»: a given name, were it not for the word before.
pub(super) fn told_as_surname(u: &Utterance<'_>, word: usize) -> bool {
    let from = word.saturating_sub(5);
    let sign = u.word_tokens[word] > 0 && !u.tokens[u.word_tokens[word] - 1].is_word();
    let told = (from..word)
        .any(|at| u.token(at).text.starts_with("прізвищ") && same_sentence(u, at, word));
    let first_name = (from..word).any(|at| u.token(at).text == "ім'я");
    !u.is_staff() && told && !first_name && sign
}

/// … and nobody new, where nothing tells whose surname it is.
pub(super) fn is_surname_of_nobody(
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
) -> bool {
    let unlisted = name
        .parts
        .iter()
        .all(|p| names::to_nominative(&p.native).is_none());
    near.is_none() && name.parts.len() == 1 && unlisted && told_as_surname(u, word)
}
