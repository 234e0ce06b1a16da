//! Finding names in running text.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::alone::{alone, surname_alone};
use super::answer::{leads_answer, surname_in_answer, unlisted_pair};
use super::beside::{in_a_list, mans_behind_a_womans, of_no_father, of_other_sex};
use super::cases::{Given, given, known_surname};
use super::words::{FUNCTION, WORDS, announces, street_word, unknown_given, verbal};
use super::{
    NamePart, PartKind, PersonName, build, danish, is_patronymic, latin, looks_like_surname,
};
use crate::found::Found;
use crate::numbers::read_at;
use crate::token::{Token, TokenKind, tokenise};

/// All persons named in a text, left to right. A name needs a known given name, or capital letters
/// and the shape of one; recogniser style (no capitals) finds only known given names.
pub fn find(text: &str, lang: Lang) -> Vec<Found<PersonName>> {
    find_in(&tokenise(text, lang), lang)
}

/// [`find`] over tokens.
pub fn find_in(tokens: &[Token], lang: Lang) -> Vec<Found<PersonName>> {
    find_with(tokens, lang, false)
}

/// [`find_in`] where a name was asked for: an everyday word that opens the answer («надія, нуль п'ять …»)
/// is one.
pub fn find_answer(tokens: &[Token], lang: Lang) -> Vec<Found<PersonName>> {
    find_with(tokens, lang, true)
}

fn find_with(tokens: &[Token], lang: Lang, asked: bool) -> Vec<Found<PersonName>> {
    let cased = tokens.iter().any(|t| t.capital);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = if !tokens[at].is_word() {
            None
        } else if tokens[at].is_cyrillic() {
            let place = Place {
                cased,
                opens: asked && at == 0,
                answers: asked && !cased && leads_answer(&tokens[..at]),
            };
            cyrillic(tokens, at, place)
        } else {
            latin::at(tokens, at, cased, lang)
        };
        match hit {
            Some((found, end)) => {
                out.push(found);
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// Where a name may stand.
#[derive(Clone, Copy)]
struct Place {
    /// The text has capital letters.
    cased: bool,
    /// The word opens the answer to a question for a name.
    opens: bool,
    /// It does so without capitals, perhaps behind «я», «мене звати».
    answers: bool,
}

/// A word with the parts that hyphens glue to it: «Дзюба-Кравчук».
#[derive(Clone)]
pub(super) struct Word {
    pub text: String,
    pub range: Range<usize>,
    pub capital: bool,
}

pub(super) fn word_at(tokens: &[Token], at: usize) -> Option<Word> {
    let first = tokens.get(at).filter(|t| t.is_word())?;
    let mut word = Word {
        text: first.text.clone(),
        range: at..at + 1,
        capital: first.capital,
    };
    while let (Some(dash), Some(next)) =
        (tokens.get(word.range.end), tokens.get(word.range.end + 1))
        && dash.is_dash()
        && dash.glued
        && next.glued
        && next.kind == TokenKind::Word
        && next.text.chars().count() > 1
        && word.text.chars().count() > 1
    {
        word.text.push('-');
        word.text.push_str(&next.text);
        word.range.end += 2;
    }
    Some(word)
}

pub(super) fn bytes(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    crate::token::span_of(&tokens[range.clone()])
}

/// «Тому…», «Слава Богу»: everyday words at the start of a sentence.
fn is_phrase(tokens: &[Token], word: &Word, hit: &Given, cased: bool, answers: bool) -> bool {
    let next = crate::dates::word(tokens, word.range.end);
    // "Hvad hedder du?" – «Влада. Рибак.»
    let said_alone = answers
        && tokens
            .get(word.range.end)
            .is_none_or(|t| t.kind == TokenKind::Sign);
    let opens = word.range.start == 0 || tokens[word.range.start - 1].ends_sentence();
    word.text == "тому"
        || word.text == "слава" && matches!(next, "богу" | "ісусу" | "україні")
        || cased
            && opens
            && !hit.full.is_empty()
            && WORDS.contains(&word.text.as_str())
            && !said_alone
            // «Влада Дутка.»
            && next_part(tokens, word.range.end, cased).is_none()
}

fn cyrillic(tokens: &[Token], at: usize, place: Place) -> Option<(Found<PersonName>, usize)> {
    let (cased, answers) = (place.cased, place.opens);
    let first = double_given(tokens, word_at(tokens, at)?, cased);
    if cased && !first.capital {
        return None;
    }
    let known =
        best_given(&first.text).filter(|hit| !is_phrase(tokens, &first, hit, cased, answers));
    if let Some(hit) = known {
        // «тимко тимофій коваль»: the pet name and the full one are one person.
        let next = word_at(tokens, first.range.end).filter(|w| !cased || w.capital);
        let again = next.is_some_and(|w| {
            best_given(&w.text)
                .is_some_and(|full| full.is_nominative && hit.full.contains(&full.nominative))
        });
        if again {
            return cyrillic(tokens, first.range.end, place);
        }
        // «а це жінка моя Віра»
        let lead = at.checked_sub(1).map(|b| {
            let own = matches!(tokens[b].text.as_str(), "моя" | "мій" | "наша" | "наш");
            let relative = own && b > 0 && tokens[b - 1].text != "це";
            if relative { b - 1 } else { b }
        });
        let company = lead.is_some_and(|b| announces(&tokens[b].text));
        let next_fits = next_part(tokens, first.range.end, cased).is_some();
        let numbered = !cased && hit.is_nominative && row_of_numbers(tokens, first.range.end);
        let listed = !cased && hit.is_nominative && in_a_list(tokens, &first);
        let surname = surname_in_answer(tokens, first.range.end)
            .filter(|_| place.answers && !next_fits && hit.is_nominative);
        if !cased
            && WORDS.contains(&first.text.as_str())
            && !company
            && !next_fits
            && !numbered
            && !listed
            && surname.is_none()
            && !(answers && hit.is_nominative && hit.full.is_empty())
        {
            return None;
        }
        if let Some(second) = given_after_surname(tokens, &first, cased) {
            return Some(person(tokens, vec![(first, Role::Surname), second], cased));
        }
        let mut parts = vec![(first, Role::Given(hit))];
        parts.extend(surname.map(|word| (word, Role::Surname)));
        return Some(person(tokens, parts, cased));
    }
    if let Some(found) =
        alone(tokens, &first, cased).or_else(|| surname_alone(tokens, &first, cased, answers))
    {
        return Some(found);
    }
    // Surname first: «Коваленко Оксана Михайлівна».
    let second = word_at(tokens, first.range.end).filter(|w| !cased || w.capital)?;
    if let Some(hit) = best_given(&second.text)
        && surname_before(tokens, &first, &second, cased)
    {
        let parts = vec![(first, Role::Surname), (second, Role::Given(hit))];
        return Some(person(tokens, parts, cased));
    }
    // Danish names by sound, or an unknown given name before a surname.
    if !cased {
        if place.answers
            && let Some([one, two]) = unlisted_pair(tokens, &first, &second)
        {
            return Some(person(tokens, vec![(first, one), (second, two)], cased));
        }
        let free = [&first, &second]
            .iter()
            .all(|word| !FUNCTION.contains(&word.text.as_str()) && unknown_given(&word.text));
        let name = danish::pair(&first.text, &second.text).filter(|_| free)?;
        let parts = vec![(first, Role::Danish(name)), (second, Role::DanishSurname)];
        return Some(person(tokens, parts, cased));
    }
    if let Some(name) = danish::heard_before_surname(&first.text) {
        let surname = danish_surname(&second.text);
        if surname.is_some() {
            let parts = vec![(first, Role::Danish(name)), (second, Role::DanishSurname)];
            return Some(person(tokens, parts, cased));
        }
    }
    let place = at.checked_sub(1).is_some_and(|b| {
        matches!(
            tokens[b].text.as_str(),
            "в" | "у" | "на" | "з" | "із" | "до" | "вулиця" | "вул"
        )
    });
    if second.capital
        && looks_like_surname(&second.text)
        && best_given(&second.text).is_none()
        && !place
        && !street_word(&second.text)
        && !crate::dates::word(tokens, at).is_empty()
        && first.text.chars().count() >= 3
        && unknown_given(&first.text)
    {
        return Some(person(
            tokens,
            vec![(first, Role::Unknown), (second, Role::Surname)],
            cased,
        ));
    }
    None
}

/// «анна марія» in recogniser style is Анна-Марія.
fn double_given(tokens: &[Token], first: Word, cased: bool) -> Word {
    const SECONDS: &[&str] = &["марія", "анна"];
    let Some(second) = word_at(tokens, first.range.end) else {
        return first;
    };
    let pair = matches!(
        first.text.as_str(),
        "анна" | "ганна" | "марія" | "єва" | "софія"
    ) && SECONDS.contains(&second.text.as_str())
        && first.text != second.text
        && (!cased || second.capital);
    if !pair {
        return first;
    }
    Word {
        text: format!("{}-{}", first.text, second.text),
        range: first.range.start..second.range.end,
        capital: first.capital,
    }
}

/// A surname may stand before the given name, unless it is a word that opens a sentence.
fn surname_before(tokens: &[Token], first: &Word, second: &Word, cased: bool) -> bool {
    let single = first.text.chars().count() < 2;
    let talk = FUNCTION.contains(&first.text.as_str());
    if announces(&first.text) || single || talk || !unknown_given(&first.text) {
        return false;
    }
    let shaped = looks_like_surname(&first.text);
    let next = word_at(tokens, second.range.end);
    let patronymic = next.as_ref().is_some_and(|w| is_patronymic(&w.text));
    let next_is_surname = next
        .as_ref()
        .is_some_and(|w| (w.capital || !cased) && looks_like_surname(&w.text));
    let opens = first.range.start == 0 || tokens[first.range.start - 1].ends_sentence();
    // «Мороз Степан.»: at the start of a sentence only before a pause.
    let pause = tokens
        .get(second.range.end)
        .is_none_or(|t| t.kind == TokenKind::Sign);
    let named = best_given(&second.text).is_some_and(|hit| hit.is_nominative);
    let free = cased && first.capital && !next_is_surname;
    // «бевз роман нуль п'ять нуль вісім …»: nothing but a surname opens such a row.
    let told = first.range.start.checked_sub(1).is_some_and(|b| {
        matches!(
            tokens[b].text.as_str(),
            "пиши"
                | "пишіть"
                | "запишіть"
                | "доню"
                | "синку"
                | "я"
                | "ну"
                | "ось"
                | "звати"
        )
    });
    let before_row = !cased
        && (opens || told)
        && named
        && first.text.chars().count() >= 3
        && row_of_numbers(tokens, second.range.end)
        && read_at(tokens, first.range.start, Lang::Uk).is_none()
        && !verbal(&first.text);
    patronymic
        || before_row
        || shaped && !next_is_surname
        || free && !opens
        || free && pause && named && !verbal(&first.text)
}

/// «Ярема Вероніка»: of two given names in a row the one that is also a surname stands first, as people
/// say their names at a counter.
fn given_after_surname(tokens: &[Token], first: &Word, cased: bool) -> Option<(Word, Role)> {
    let second = word_at(tokens, first.range.end).filter(|w| !cased || w.capital)?;
    let hit = best_given(&second.text).filter(|hit| hit.is_nominative && hit.full.is_empty())?;
    // «Петрик Лук'ян»: a pet name and another full one.
    let pet = cased
        && best_given(&first.text).is_some_and(|g| {
            g.is_nominative && !g.full.is_empty() && !g.full.contains(&hit.nominative)
        });
    let surname =
        (pet || known_surname(&first.text).is_some()) && known_surname(&second.text).is_none();
    let third = next_part(tokens, second.range.end, cased);
    let more = third.is_some_and(|(_, next)| matches!(next, Next::Surname));
    (surname && !more).then_some((second, Role::Given(hit)))
}

/// Whether a number of three words or more starts here: a birth date or a CPR number, not an age.
fn row_of_numbers(tokens: &[Token], at: usize) -> bool {
    let number = |at: usize| read_at(tokens, at, Lang::Uk).map(|read| read.end);
    number(at).and_then(number).and_then(number).is_some()
}

pub(super) enum Role {
    Given(Given),
    Surname,
    Unknown,
    Danish(&'static str),
    DanishSurname,
}

pub(super) fn best_given(text: &str) -> Option<Given> {
    if let Some((first, second)) = text.split_once('-') {
        let (first, second) = (best_given(first)?, best_given(second)?);
        return Some(Given {
            nominative: format!("{}-{}", first.nominative, second.nominative),
            is_nominative: first.is_nominative && second.is_nominative,
            gender: first.gender,
            full: Vec::new(),
        });
    }
    given(text).into_iter().next()
}

enum Next {
    Patronymic,
    Surname,
}

fn next_part(tokens: &[Token], at: usize, cased: bool) -> Option<(Word, Next)> {
    let word = word_at(tokens, at).filter(|w| tokens[w.range.start].is_cyrillic())?;
    if cased && !word.capital {
        return None;
    }
    if is_patronymic(&word.text)
        && !mans_behind_a_womans(tokens, at, &word.text)
        && !of_no_father(tokens, at, &word)
    {
        return Some((word, Next::Patronymic));
    }
    // «…, Ірина. А …», «зіні тяжко»: no surname.
    let single = word.text.chars().count() < 2;
    if announces(&word.text) || single || !cased && FUNCTION.contains(&word.text.as_str()) {
        return None;
    }
    let as_surname = looks_like_surname(&word.text) || cased && of_other_sex(tokens, at, &word);
    let other_given = !(as_surname || given(&word.text).is_empty());
    let surname = looks_like_surname(&word.text)
        || !cased && !other_given && before_number(tokens, at, &word)
        || cased && word.capital && !other_given
        || danish_surname(&word.text).is_some();
    surname.then_some((word, Next::Surname))
}

/// «родіон чабан п'ятнадцять нуль сім вісімдесят сім»: whatever stands between a given name in the
/// nominative and a row of numbers is the surname.
fn before_number(tokens: &[Token], at: usize, word: &Word) -> bool {
    let number = |at: usize| read_at(tokens, at, Lang::Uk).map(|read| read.end);
    let named = at
        .checked_sub(1)
        .and_then(|b| best_given(&tokens[b].text))
        .is_some_and(|hit| hit.is_nominative && hit.full.is_empty());
    // «ангеліна крупа по татові двадцять один …»
    let by_parent = matches!(crate::dates::word(tokens, word.range.end), "по" | "за") && {
        let parent = crate::dates::word(tokens, word.range.end + 1);
        announces(parent) || parent.starts_with("батьк")
    };
    let number_from = word.range.end + if by_parent { 2 } else { 0 };
    named
        && row_of_numbers(tokens, number_from)
        && word.text.chars().count() >= 4
        && number(at).is_none()
        && unknown_given(&word.text)
        && !verbal(&word.text)
        && !FUNCTION.contains(&word.text.as_str())
}

pub(super) fn danish_surname(text: &str) -> Option<&'static str> {
    danish::heard(text, PartKind::Surname).map(|(name, _)| name)
}

pub(super) fn person(
    tokens: &[Token],
    mut words: Vec<(Word, Role)>,
    cased: bool,
) -> (Found<PersonName>, usize) {
    let has_surname = |words: &[(Word, Role)]| {
        words
            .iter()
            .any(|(_, role)| matches!(role, Role::Surname | Role::DanishSurname))
    };
    let mut patronymics: Vec<Word> = Vec::new();
    let mut end = words.last().map_or(0, |(word, _)| word.range.end);
    while let Some((word, next)) = next_part(tokens, end, cased) {
        end = match next {
            Next::Patronymic if patronymics.is_empty() => {
                let end = word.range.end;
                patronymics.push(word);
                end
            }
            Next::Surname if !has_surname(&words) => {
                let end = word.range.end;
                words.push((word, Role::Surname));
                end
            }
            _ => break,
        };
    }
    let gender = words.iter().find_map(|(_, role)| match role {
        Role::Given(hit) => Some(hit.gender),
        _ => None,
    });
    let nominative = words.iter().all(|(_, role)| match role {
        Role::Given(hit) => hit.is_nominative,
        _ => true,
    });
    let mut parts: Vec<NamePart> = words
        .iter()
        .map(|(word, role)| build::part(tokens, word, role, gender, nominative))
        .collect();
    parts.extend(
        patronymics
            .iter()
            .map(|word| build::patronymic(tokens, word)),
    );
    parts.sort_by_key(|part| part.span.start);
    build::finish(parts, gender, &words, end)
}
