//! Puts the words of a name together: nominative, Latin spelling, doubts.

use super::cases::{given, patronymic_nominative, surname_nominative};
use super::find::{Role, Word, bytes, danish_surname};
use super::{
    Gender, NamePart, PartKind, PersonName, capitalise, danish, looks_like_surname, romanise,
};
use crate::found::{Ambiguity, Found, Reason};
use crate::token::Token;

pub(super) fn finish(
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
    let only_surname = parts.iter().all(|p| p.kind == PartKind::Surname);
    let confidence = match (unknown || only_surname, certain, parts.len()) {
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

pub(super) fn part(
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
            let certain =
                hit.is_nominative || given(&word.text).len() == 1 || word.text.contains('-');
            let full = hit
                .full
                .iter()
                .map(|full| romanise(&capitalise(full)))
                .collect();
            made(PartKind::Given, native, certain, full)
        }
        Role::Surname | Role::DanishSurname => {
            // «Гайдай», «Шугай» are no Gade.
            let heard = danish_surname(&word.text)
                .filter(|_| !word.text.ends_with("ай") || word.text.contains('ґ'));
            let like_ukrainian = looks_like_surname(&word.text);
            if let Some(name) =
                heard.filter(|_| !like_ukrainian || danish::ends_like_surname(&word.text))
            {
                let mut part = made(PartKind::Surname, capitalise(&word.text), false, Vec::new());
                part.latin = name.to_string();
                return part;
            }
            // «усі Гуменюки»: a family.
            let (native, certain) = if word.text.ends_with('и') {
                surname_nominative(&word.text, Some(Gender::Masculine))
            } else if nominative {
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

pub(super) fn patronymic(tokens: &[Token], word: &Word) -> NamePart {
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
