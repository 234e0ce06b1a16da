//! Words of a dictated address: the sign, separators, domains as they are pronounced, and what is no part
//! of it.

use tolkebot_protocol::Lang;

use super::Atom;
use crate::dates::word;
use crate::token::{Token, TokenKind};

/// The sign between the two halves: `@`, "snabel-a", «равлик», «собака».
pub(super) fn anchor(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    if tokens.get(at)?.is_sign('@') {
        return Some((at, at + 1));
    }
    let dash = usize::from(tokens.get(at + 1).is_some_and(Token::is_dash));
    let next = word(tokens, at + 1 + dash);
    match word(tokens, at) {
        "snabel" | "krølle" | "alfa" if matches!(next, "a" | "krølle") => {
            Some((at, at + 2 + dash))
        }
        "snabela" | "krøllea" | "alfakrølle" | "at" | "snabla" => Some((at, at + 1)),
        "равлик" | "равликом" | "собака" | "собачка" | "песик" | "ет" | "собакою" | "собаку" => {
            Some((at, at + 1))
        }
        _ => None,
    }
}

/// A separator at `at`: `.`, "punktum", «крапка», "bindestreg", «дефіс», "underscore".
pub(super) fn separator(tokens: &[Token], at: usize, lang: Lang) -> Option<Atom> {
    let token = tokens.get(at)?;
    let (text, len) = match token.kind {
        TokenKind::Sign if token.is_sign('.') => (".", 1),
        TokenKind::Sign if token.is_dash() && token.glued => ("-", 1),
        TokenKind::Sign if token.is_sign('_') => ("_", 1),
        TokenKind::Sign if token.is_sign('+') => ("+", 1),
        TokenKind::Word => match (lang, token.text.as_str(), word(tokens, at + 1)) {
            (_, "punktum" | "prik" | "dot" | "крапка" | "точка" | "дот" | "крапочка", _) => {
                (".", 1)
            }
            (_, "bindestreg" | "minus" | "tankestreg", _) => ("-", 1),
            (_, "дефіс" | "тире" | "риска" | "мінус" | "рисочка" | "дефіз", _) => {
                ("-", 1)
            }
            (_, "underscore" | "understreg" | "bundstreg" | "андерскор" | "підкреслення", _) => {
                ("_", 1)
            }
            (_, "нижнє", "підкреслення" | "підкреслювання") => {
                ("_", 2)
            }
            (_, "нижня", "риска" | "рисочка") => ("_", 2),
            (_, "plus" | "плюс", _) => ("+", 1),
            _ => return None,
        },
        _ => return None,
    };
    Some(Atom {
        text: text.into(),
        range: at..at + len,
        separator: true,
        native: false,
    })
}

/// Domains and endings as they are pronounced.
pub(super) fn known(text: &str) -> Option<&'static str> {
    Some(match text {
        "джимейл" | "джімейл" | "гмейл" | "жмейл" | "гмаіл" => "gmail",
        "екземпл" | "екзампл" | "ексемпл" | "ексампл" | "екземпел" | "екземпль" | "ігземпл" => {
            "example"
        }
        "аутлук" | "оутлук" => "outlook",
        "хотмейл" | "готмейл" => "hotmail",
        "айклауд" => "icloud",
        "яху" | "йаху" => "yahoo",
        "укр" => "ukr",
        "мейл" => "mail",
        "протон" => "proton",
        "ком" => "com",
        "орг" => "org",
        "нет" => "net",
        "дк" | "дека" | "деко" => "dk",
        "юа" | "уа" | "юей" => "ua",
        "еу" => "eu",
        "інфо" => "info",
        "мі" => "me",
        _ => return None,
    })
}

/// Latin letters as both languages name them, for endings like "de kå".
pub(super) fn letter_pair(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    match (word(tokens, at), word(tokens, at + 1)) {
        ("d" | "de" | "ді" | "де", "k" | "kå" | "кей" | "ка") => Some(("dk", 2)),
        ("ю" | "у", "ей" | "а") => Some(("ua", 2)),
        _ => None,
    }
}

/// Words about how an address is written.
pub(super) fn is_remark(text: &str) -> bool {
    [
        "паспорт",
        "картк",
        "цифр",
        "літер",
        "букв",
        "слов",
        "прізвищ",
        "знак",
        "пробіл",
    ]
    .iter()
    .any(|stem| text.starts_with(stem))
        || matches!(
            text,
            "так"
                | "така"
                | "таке"
                | "там"
                | "потім"
                | "разом"
                | "ім'я"
                | "далі"
                | "відразу"
                | "одразу"
                | "зразу"
        )
}

/// Words that stand before an address and are no part of it.
pub(super) fn announces(text: &str) -> bool {
    matches!(
        text,
        "e-mail"
            | "mail"
            | "mailen"
            | "er"
            | "adressen"
            | "på"
            | "til"
            | "пошта"
            | "мейл"
            | "імейл"
            | "це"
            | "адреса"
            | "на"
            | "моя"
            | "пишіть"
            | "електронна"
            | "email"
    )
}

/// Small words between an announcement and an address: "min mail er jo bare …", «пошта в мене …».
pub(super) fn is_small(text: &str) -> bool {
    is_remark(text)
        || matches!(
            text,
            "jo" | "bare"
                | "så"
                | "altså"
                | "nok"
                | "nemlig"
                | "øh"
                | "øhm"
                | "den"
                | "det"
                | "min"
                | "mig"
                | "dig"
                | "hos"
                | "jeg"
                | "skriv"
                | "ну"
                | "в"
                | "у"
                | "мене"
                | "мені"
                | "та"
                | "то"
                | "ось"
                | "е"
                | "ем"
                | "просто"
                | "візьміть"
                | "запишіть"
                | "записуйте"
                | "така"
        )
}
