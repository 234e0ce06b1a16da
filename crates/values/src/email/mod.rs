//! E-mail addresses, typed and said aloud.

mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::dates::word;
use crate::found::{Ambiguity, Found, Reason};
use crate::names::romanise;
use crate::numbers::reads_at;
use crate::token::{Token, TokenKind, is_cyrillic, tokenise};
use words::{anchor, announces, is_remark, is_small, known, letter_pair, separator};

/// An e-mail address in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Checks the shape: one `@`, a local part, a domain with a full stop, no spaces.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@')?;
        let part = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() && !is_cyrillic(c) || "._+-".contains(c))
        };
        let (_, top) = domain.rsplit_once('.')?;
        let top = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
        (part(local) && part(domain) && top && text.len() <= 254).then_some(Self(text))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// E-mail addresses in a text, left to right. Addresses with Cyrillic words come back romanised, with
/// a note: only the speaker knows the spelling.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Email>> {
    let tokens = without_pauses(tokenise(text, lang), lang);
    let mut out = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < tokens.len() {
        let Some((start, end)) = anchor(&tokens, at).filter(|_| at >= done) else {
            at += 1;
            continue;
        };
        if let Some((found, behind)) = around(&tokens, start..end, done, lang) {
            out.push(found);
            done = behind;
            at = behind;
        } else {
            at = end;
        }
    }
    out
}

/// Dictation has pauses: commas beside «крапка» or «собака», and asides («, як у паспорті,»).
fn without_pauses(tokens: Vec<Token>, lang: Lang) -> Vec<Token> {
    let said = |at: usize| {
        tokens.get(at).is_some_and(Token::is_word)
            && (separator(&tokens, at, lang).is_some() || anchor(&tokens, at).is_some())
    };
    let mut keep = vec![true; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].is_sign(',') {
            // "snabel-a, example": the sign has up to three tokens.
            let behind = at.checked_sub(1).is_some_and(said)
                || (2..=3).any(|back| {
                    at.checked_sub(back)
                        .and_then(|start| anchor(&tokens, start))
                        .is_some_and(|(_, end)| end == at)
                });
            if said(at + 1) || behind || spelled_on(&tokens, at + 1, lang) {
                keep[at] = false;
            } else if matches!(word(&tokens, at + 1), "як" | "ligesom" | "som")
                && let Some(end) = (at + 2..tokens.len().min(at + 7))
                    .find(|&i| tokens[i].is_sign(',') && said(i + 1))
            {
                keep[at..=end].fill(false);
                at = end;
            }
        }
        at += 1;
    }
    let mut keep = keep.into_iter();
    let mut tokens = tokens.clone();
    tokens.retain(|_| keep.next().unwrap_or(true));
    tokens
}

/// «… крапка z, вісімдесят шість, равлик»: nothing but numbers and single letters up to the sign.
fn spelled_on(tokens: &[Token], mut at: usize, lang: Lang) -> bool {
    let from = at;
    while at < tokens.len().min(from + 8) {
        if anchor(tokens, at).is_some() {
            return at > from;
        }
        let short = |a: &Atom| a.text.chars().count() == 1 || is_digits(&a.text);
        match atom(tokens, at, lang) {
            Some(piece) if short(&piece) => at = piece.range.end,
            None if tokens[at].is_sign(',') => at += 1,
            _ => return false,
        }
    }
    false
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[derive(Clone)]
pub(super) struct Atom {
    text: String,
    range: Range<usize>,
    separator: bool,
    native: bool,
}

/// A word, digits or a spoken number at `at`.
fn atom(tokens: &[Token], at: usize, lang: Lang) -> Option<Atom> {
    let token = tokens.get(at)?;
    if token.kind == TokenKind::Sign {
        return None;
    }
    let read = reads_at(tokens, at, lang)
        .into_iter()
        .find(|r| !r.is_ordinal());
    // "en" and "to" are words, too: numbers beside another digit and in "to og halvfems".
    let digit = |at: Option<usize>| {
        at.is_some_and(|at| {
            matches!(
                word(tokens, at),
                "nul" | "tre" | "fire" | "fem" | "seks" | "syv" | "otte" | "ni"
            )
        })
    };
    if let Some(read) = read
        && (!matches!(token.text.as_str(), "en" | "et" | "to")
            || read.end > at + 1
            || digit(at.checked_sub(1))
            || digit(Some(at + 1)))
    {
        return Some(Atom {
            text: read.digits,
            range: read.start..read.end,
            separator: false,
            native: false,
        });
    }
    let text = match known(&token.text) {
        Some(known) => known.to_string(),
        None => romanise(&token.text).replace('\'', ""),
    };
    let native = token.is_cyrillic() && known(&token.text).is_none();
    Some(Atom {
        text,
        range: at..at + 1,
        separator: false,
        native,
    })
}

fn around(
    tokens: &[Token],
    anchor: Range<usize>,
    floor: usize,
    lang: Lang,
) -> Option<(Found<Email>, usize)> {
    let typed = tokens[anchor.start].is_sign('@');
    let right = domain(tokens, anchor.end, lang, typed)?;
    let left = spelled_out(local(tokens, anchor.start, floor, lang, typed)?);
    let begun = !typed && left_out(tokens, left.first()?.range.start);
    let text = |atoms: &[Atom]| atoms.iter().map(|a| a.text.as_str()).collect::<String>();
    let email = Email::parse(&format!("{}@{}", text(&left), text(&right)))?;
    let start = left.first()?.range.start;
    let end = right.last()?.range.end;
    let native = left.iter().chain(&right).any(|atom| atom.native);
    let confidence = match (typed, native) {
        (true, _) => 0.98,
        _ if begun => 0.5,
        (false, false) => 0.8,
        (false, true) => 0.55,
    };
    let span = tokens[start].span.start..tokens[end - 1].span.end;
    let mut found = Found::new(email, span, confidence);
    if native || begun {
        found.note = Some(Ambiguity::between(
            Reason::HeardName,
            [found.value.as_str()],
        ));
    }
    Some((found, end))
}

/// "Min mail er anna kovalenko snabel-a …": words stand between the announcement and what was taken, and nobody said whether
/// they belong to the address.
fn left_out(tokens: &[Token], start: usize) -> bool {
    const MANY: usize = 3;
    let said = |back: usize| start.checked_sub(back).map_or("", |at| word(tokens, at));
    let words = (1..=MANY).take_while(|back| !said(*back).is_empty() && !announces(said(*back)));
    let words: Vec<&str> = words.map(said).collect();
    let announced = announces(said(words.len() + 1));
    announced && words.iter().any(|word| !is_small(word))
}

/// "E-D-I-K, syv, fire": hyphens between single letters spell and are no part of the address.
fn spelled_out(left: Vec<Atom>) -> Vec<Atom> {
    let letter = |at: usize| {
        left.get(at).is_some_and(|a| {
            !a.separator && a.text.chars().count() == 1 && a.text.chars().all(char::is_alphabetic)
        })
    };
    let spells = |at: usize| {
        at > 0 && left[at].separator && left[at].text == "-" && letter(at - 1) && letter(at + 1)
    };
    if (0..left.len()).filter(|at| spells(*at)).count() < 2 {
        return left;
    }
    let kept: Vec<bool> = (0..left.len()).map(|at| !spells(at)).collect();
    left.into_iter()
        .zip(kept)
        .filter_map(|(atom, keep)| keep.then_some(atom))
        .collect()
}

/// Right of the sign: words joined by full stops, up to the last that a full stop announces.
fn domain(tokens: &[Token], at: usize, lang: Lang, typed: bool) -> Option<Vec<Atom>> {
    let mut out: Vec<Atom> = Vec::new();
    let mut next = at;
    loop {
        let glued = tokens.get(next).is_some_and(|t| t.glued);
        if typed && !glued {
            break;
        }
        let atom = match letter_pair(tokens, next).filter(|_| !typed) {
            Some((text, len)) => Atom {
                text: text.into(),
                range: next..next + len,
                separator: false,
                native: false,
            },
            None => atom(tokens, next, lang)?,
        };
        next = atom.range.end;
        out.push(atom);
        let Some(sign) = separator(tokens, next, lang) else {
            break;
        };
        // A full stop that ends the sentence has a space or nothing behind it.
        let sentence = tokens[next].is_sign('.') && !tokens.get(next + 1).is_some_and(|t| t.glued);
        if sentence
            || tokens
                .get(sign.range.end)
                .is_none_or(|t| t.kind == TokenKind::Sign)
        {
            break;
        }
        next = sign.range.end;
        out.push(sign);
    }
    (out.len() >= 3).then_some(out)
}

/// Left of the sign, word by word: a word belongs when a separator, digits or a single letter links
/// it, or when «все разом» says so.
fn local(tokens: &[Token], end: usize, floor: usize, lang: Lang, typed: bool) -> Option<Vec<Atom>> {
    let mut stop = end;
    let mut together = false;
    // «… все разом собака», «… латинкою собака»
    while stop > floor
        && matches!(
            word(tokens, stop - 1),
            "разом"
                | "все"
                | "усе"
                | "слово"
                | "одне"
                | "одним"
                | "словом"
                | "латинкою"
                | "sammen"
        )
    {
        together |= matches!(word(tokens, stop - 1), "разом" | "sammen");
        stop -= 1;
    }
    // «інгрід фріс разом без крапки собака»
    while stop >= floor + 2
        && word(tokens, stop - 2) == "без"
        && ["крапк", "крапок", "пробіл", "дефіс", "тире"]
            .iter()
            .any(|stem| word(tokens, stop - 1).starts_with(stem))
    {
        together = true;
        stop -= 2;
        while stop > floor && matches!(word(tokens, stop - 1), "разом" | "все" | "усе") {
            stop -= 1;
        }
    }
    // "… i ét ord, snabel-a"
    if stop >= floor + 3
        && word(tokens, stop - 1) == "ord"
        && matches!(word(tokens, stop - 2), "et" | "ét" | "eet")
        && matches!(word(tokens, stop - 3), "i" | "som")
    {
        together = true;
        stop -= 3;
    }
    // «dmytro91, без крапок, собачка …»: the pause before the remark.
    while stop < end && stop > floor && tokens[stop - 1].is_sign(',') {
        stop -= 1;
    }
    let mut atoms: Vec<Atom> = Vec::new();
    let mut at = stop;
    while at > floor {
        let Some(piece) = piece_before(tokens, at, floor, lang) else {
            break;
        };
        if typed && !atoms.is_empty() && !tokens[piece.range.end].glued
            || typed && atoms.is_empty() && !tokens[end].glued
        {
            break;
        }
        let linked = match atoms.first() {
            None => !piece.separator,
            Some(first) if piece.separator || first.separator => {
                !(piece.separator && first.separator)
            }
            Some(first) => {
                let short = |a: &Atom| a.text.chars().count() == 1 || is_digits(&a.text);
                typed || together || short(first) && (short(&piece) || atoms.iter().all(short))
            }
        };
        let said = &tokens[piece.range.start].text;
        // "Ikke nødvendigt. Dmytro enoghalvfems snabel-a …": a stop with a space behind it ends what was said before.
        let sentence =
            !typed && tokens[piece.range.start].is_sign('.') && !tokens[piece.range.end].glued;
        let stops = sentence || !typed && (announces(said) || is_remark(said) && !atoms.is_empty());
        if !linked || stops {
            break;
        }
        at = piece.range.start;
        atoms.insert(0, piece);
    }
    while atoms.first().is_some_and(|atom| atom.separator) {
        atoms.remove(0);
    }
    let first = atoms.first()?;
    // «… потім прізвище і вісім, три, равлик», «як у паспорті, собака»: the beginning is missing.
    let before = word(tokens, first.range.start.wrapping_sub(1));
    let cut = atoms.iter().all(|a| is_digits(&a.text)) && !before.is_empty() && !announces(before);
    let remark = atoms.len() == 1 && first.native && is_remark(&tokens[first.range.start].text);
    (typed || !(cut || remark)).then_some(atoms)
}

/// The atom or separator that ends right before `at`.
fn piece_before(tokens: &[Token], at: usize, floor: usize, lang: Lang) -> Option<Atom> {
    for len in (1..=4).rev() {
        let Some(start) = at.checked_sub(len).filter(|s| *s >= floor) else {
            continue;
        };
        let piece = separator(tokens, start, lang).or_else(|| atom(tokens, start, lang));
        if let Some(piece) = piece.filter(|piece| piece.range.end == at) {
            return Some(piece);
        }
    }
    None
}

#[cfg(test)]
mod tests;
