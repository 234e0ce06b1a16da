//! Finding names in running text.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::cases::{Given, given, patronymic_nominative, surname_nominative};
use super::{
    Gender, NamePart, PartKind, PersonName, capitalise, danish, is_patronymic, looks_like_surname,
    romanise,
};
use crate::found::{Ambiguity, Found, Reason};
use crate::token::{Token, TokenKind, tokenise};

/// All persons named in a text, left to right. A name needs a known given name, or capital letters
/// and the shape of one; recogniser style (no capitals) finds only known given names.
pub fn find(text: &str, lang: Lang) -> Vec<Found<PersonName>> {
    let tokens = tokenise(text, lang);
    let cased = tokens.iter().skip(1).any(|t| t.capital);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = if !tokens[at].is_word() {
            None
        } else if tokens[at].is_cyrillic() {
            cyrillic(&tokens, at, cased)
        } else {
            latin(&tokens, at, cased)
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

/// A word with the parts that hyphens glue to it: «Дзюба-Кравчук».
struct Word {
    text: String,
    range: Range<usize>,
    capital: bool,
}

fn word_at(tokens: &[Token], at: usize) -> Option<Word> {
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
    {
        word.text.push('-');
        word.text.push_str(&next.text);
        word.range.end += 2;
    }
    Some(word)
}

fn bytes(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    crate::token::span_of(&tokens[range.clone()])
}

/// Names that are also everyday words; without capitals they need company.
const WORDS: &[&str] = &[
    "віра",
    "віри",
    "вірі",
    "віру",
    "надія",
    "надії",
    "надію",
    "любов",
    "любові",
    "роман",
    "лев",
    "слава",
    "мила",
    "рома",
    "роза",
    "рози",
    "макс",
    "марта",
    "лана",
    "дана",
    "свят",
    "світ",
    "юра",
    "мир",
    "сава",
    "лука",
    "поля",
    "поле",
    "ян",
    "яна",
    "толку",
    "боря",
    "ната",
    "мала",
    "влада",
    "влади",
    "майя",
    "рита",
    "христя",
    "лада",
    "злат",
    "мотя",
    "лена",
    "саша",
    "віка",
    "роки",
    "віку",
    "віки",
    "ганя",
    "галя",
    "лілії",
    "лера",
    "гена",
    "гени",
    "мені",
    "поля",
    "тоня",
    "соня",
    "стелла",
    "яні",
    "яну",
    "яни",
    "лєна",
    "нiна",
    "славу",
    "слави",
    "надій",
    "ромі",
];

/// Words that announce a name.
fn announces(text: &str) -> bool {
    const STEMS: &[&str] = &[
        "звати",
        "зовуть",
        "звуть",
        "ім'я",
        "прізвищ",
        "чоловік",
        "дружин",
        "син",
        "доньк",
        "дочк",
        "донеч",
        "пан",
        "пані",
        "мам",
        "тат",
        "бабус",
        "дідус",
        "сестр",
        "брат",
        "подруг",
        "друг",
        "наречен",
        "хлопц",
        "дівчин",
        "племінни",
        "тітк",
        "дядьк",
        "господ",
        "власни",
        "хазя",
        "дитин",
        "малий",
        "мала",
        "малу",
        "близнюк",
        "внук",
        "онук",
        "невістк",
        "зят",
        "свекр",
    ];
    matches!(text, "я" | "це") || STEMS.iter().any(|stem| text.starts_with(stem))
}

fn cyrillic(tokens: &[Token], at: usize, cased: bool) -> Option<(Found<PersonName>, usize)> {
    let first = word_at(tokens, at)?;
    if cased && !first.capital {
        return None;
    }
    let known = best_given(&first.text);
    if let Some(hit) = known {
        let company = at
            .checked_sub(1)
            .is_some_and(|b| announces(&tokens[b].text));
        let next_fits = next_part(tokens, first.range.end, cased).is_some();
        if !cased && WORDS.contains(&first.text.as_str()) && !company && !next_fits {
            return None;
        }
        return Some(person(tokens, vec![(first, Role::Given(hit))], cased));
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
        return None;
    }
    if let Some((name, _)) = danish::heard(&first.text, PartKind::Given) {
        let surname = danish_surname(&second.text);
        if surname.is_some() {
            let parts = vec![(first, Role::Danish(name)), (second, Role::DanishSurname)];
            return Some(person(tokens, parts, cased));
        }
    }
    if second.capital
        && looks_like_surname(&second.text)
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

fn unknown_given(text: &str) -> bool {
    const NO: &[&str] = &[
        "так",
        "ні",
        "добрий",
        "доброго",
        "вітаю",
        "дякую",
        "прізвище",
        "мій",
        "моя",
        "її",
        "його",
        "там",
        "вона",
        "він",
        "вони",
        "тут",
        "або",
        "але",
        "пишіть",
        "вулиця",
        "пан",
        "пані",
        "пана",
        "місто",
        "район",
        "карта",
        "картка",
        "паспорт",
        "перш",
        "потім",
    ];
    !NO.contains(&text)
}

/// A surname may stand before the given name, unless it is a word that opens a sentence.
fn surname_before(tokens: &[Token], first: &Word, second: &Word, cased: bool) -> bool {
    let shaped = looks_like_surname(&first.text);
    let patronymic = word_at(tokens, second.range.end).is_some_and(|w| is_patronymic(&w.text));
    let opens = first.range.start == 0 || tokens[first.range.start - 1].ends_sentence();
    let next_is_surname = word_at(tokens, second.range.end)
        .is_some_and(|w| (w.capital || !cased) && looks_like_surname(&w.text));
    if announces(&first.text) || !unknown_given(&first.text) {
        return false;
    }
    patronymic || shaped && !next_is_surname || cased && first.capital && !opens && !next_is_surname
}

enum Role {
    Given(Given),
    Surname,
    Unknown,
    Danish(&'static str),
    DanishSurname,
}

fn best_given(text: &str) -> Option<Given> {
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
    if is_patronymic(&word.text) {
        return Some((word, Next::Patronymic));
    }
    let other_given = !given(&word.text).is_empty() && !looks_like_surname(&word.text);
    let surname = looks_like_surname(&word.text)
        || cased && word.capital && !other_given
        || danish_surname(&word.text).is_some();
    surname.then_some((word, Next::Surname))
}

fn danish_surname(text: &str) -> Option<&'static str> {
    danish::heard(text, PartKind::Surname).map(|(name, _)| name)
}

fn person(
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
        .map(|(word, role)| part(tokens, word, role, gender, nominative))
        .collect();
    parts.extend(patronymics.iter().map(|word| patronymic(tokens, word)));
    parts.sort_by_key(|part| part.span.start);
    finish(parts, gender, &words, end)
}

fn finish(
    parts: Vec<NamePart>,
    gender: Option<Gender>,
    words: &[(Word, Role)],
    end: usize,
) -> (Found<PersonName>, usize) {
    let span = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    };
    let danish = words
        .iter()
        .any(|(_, r)| matches!(r, Role::Danish(_) | Role::DanishSurname));
    let short: Vec<String> = parts.iter().flat_map(|p| p.short_for.clone()).collect();
    let certain = parts.iter().all(|p| p.certain);
    let unknown = words.iter().any(|(_, r)| matches!(r, Role::Unknown));
    let confidence = match (unknown, certain, parts.len()) {
        (true, _, _) => 0.5,
        (_, false, _) => 0.6,
        (_, true, 1) => 0.75,
        _ => 0.9,
    };
    let mut found = Found::new(
        PersonName {
            parts,
            gender,
            danish,
        },
        span,
        confidence,
    );
    if !short.is_empty() {
        found.confidence = found.confidence.min(0.6);
        found.note = Some(Ambiguity::between(Reason::Diminutive, short));
    } else if !certain {
        found.note = Some(Ambiguity::of(Reason::UncertainCase));
    }
    (found, end)
}

fn part(
    tokens: &[Token],
    word: &Word,
    role: &Role,
    gender: Option<Gender>,
    nominative: bool,
) -> NamePart {
    let span = bytes(tokens, &word.range);
    let made = |kind, native: String, certain, short_for: Vec<String>| NamePart {
        kind,
        latin: romanise(&native),
        native,
        certain,
        short_for,
        span: span.clone(),
    };
    match role {
        Role::Given(hit) => {
            let native = capitalise(&hit.nominative);
            let certain = hit.is_nominative || given(&word.text).len() == 1;
            let full = hit
                .full
                .iter()
                .map(|full| romanise(&capitalise(full)))
                .collect();
            made(PartKind::Given, native, certain, full)
        }
        Role::Surname | Role::DanishSurname => {
            let heard = danish_surname(&word.text);
            let like_ukrainian = looks_like_surname(&word.text);
            if let Some(name) =
                heard.filter(|_| !like_ukrainian || danish::ends_like_surname(&word.text))
            {
                let mut part = made(PartKind::Surname, capitalise(&word.text), false, Vec::new());
                part.latin = name.to_string();
                return part;
            }
            let (native, certain) = if nominative {
                (word.text.clone(), true)
            } else {
                surname_nominative(&word.text, gender)
            };
            made(PartKind::Surname, capitalise(&native), certain, Vec::new())
        }
        Role::Unknown => made(PartKind::Given, capitalise(&word.text), false, Vec::new()),
        Role::Danish(name) => {
            let mut part = made(PartKind::Given, capitalise(&word.text), true, Vec::new());
            part.latin = (*name).to_string();
            part
        }
    }
}

fn patronymic(tokens: &[Token], word: &Word) -> NamePart {
    let (native, _) = patronymic_nominative(&word.text);
    let native = capitalise(&native);
    NamePart {
        kind: PartKind::Patronymic,
        latin: romanise(&native),
        native,
        certain: true,
        short_for: Vec::new(),
        span: bytes(tokens, &word.range),
    }
}

/// Names in Latin letters: Danish ones from the lists, others by their capitals.
fn latin(tokens: &[Token], at: usize, cased: bool) -> Option<(Found<PersonName>, usize)> {
    let first = word_at(tokens, at).filter(|w| !cased || w.capital)?;
    let given = danish::written(&first.text).filter(|(_, kind)| *kind == PartKind::Given);
    let second = word_at(tokens, first.range.end)
        .filter(|w| !tokens[w.range.start].is_cyrillic() && (!cased || w.capital));
    let surname = second.as_ref().filter(|w| {
        let listed = danish::written(&w.text).is_some_and(|(_, kind)| kind == PartKind::Surname);
        listed || danish::ends_like_surname(&w.text) || cased && w.capital && given.is_some()
    });
    if given.is_none() && (surname.is_none() || !cased)
        || given.is_some() && surname.is_none() && !cased
    {
        return None;
    }
    let made = |word: &Word, kind| {
        let text = capitalise(&word.text);
        NamePart {
            kind,
            native: text.clone(),
            latin: text,
            certain: true,
            short_for: Vec::new(),
            span: bytes(tokens, &word.range),
        }
    };
    let mut parts = vec![made(&first, PartKind::Given)];
    let mut end = first.range.end;
    if let Some(surname) = surname {
        parts.push(made(surname, PartKind::Surname));
        end = surname.range.end;
    }
    let span = parts[0].span.start..parts[parts.len() - 1].span.end;
    let confidence = if given.is_some() { 0.85 } else { 0.5 };
    let name = PersonName {
        parts,
        gender: None,
        danish: given.is_some(),
    };
    Some((Found::new(name, span, confidence), end))
}
