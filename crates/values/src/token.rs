//! Words, digit groups and signs with their place in the original text.
//!
//! Everything downstream works on tokens: one pass normalises case, apostrophes and combining
//! marks, and keeps byte ranges, so that no parser has to look at raw text again.

use std::ops::Range;

use tolkebot_protocol::Lang;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with apostrophes inside.
    Word,
    /// ASCII digits.
    Digits,
    /// One other visible character.
    Sign,
}

/// A piece of text with its normalised form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Lower case, apostrophes as U+0027, combining marks composed.
    pub text: String,
    /// Byte range in the original text.
    pub span: Range<usize>,
    /// What it is made of.
    pub kind: TokenKind,
    /// True when no white space stands before it (so `95` `b` in `95B` are glued).
    pub glued: bool,
    /// True when the first letter was upper case in the original.
    pub capital: bool,
}

impl Token {
    /// True for a word with exactly this normalised text.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// True for a sign with exactly this character.
    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign && self.text.starts_with(sign)
    }

    /// True for a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// True for a hyphen or a dash of any length.
    pub fn is_dash(&self) -> bool {
        self.kind == TokenKind::Sign && matches!(self.text.as_str(), "-" | "–" | "—" | "‑" | "−")
    }

    /// True for a sign that ends a sentence.
    pub fn ends_sentence(&self) -> bool {
        self.kind == TokenKind::Sign && matches!(self.text.as_str(), "." | "!" | "?" | "…")
    }

    /// True when a letter of the word is Cyrillic.
    pub fn is_cyrillic(&self) -> bool {
        self.text.chars().any(is_cyrillic)
    }
}

/// True for letters of the Cyrillic block.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{04FF}')
}

/// Folds one character: apostrophe variants to U+0027, everything else to lower case.
fn fold_into(c: char, out: &mut String) {
    match c {
        '\u{2019}' | '\u{02BC}' | '\u{2018}' | '`' | '\u{00B4}' => out.push('\''),
        // What most words are made of, without a search in the tables of all letters.
        'a'..='z' | 'а'..='я' | 'є' | 'і' | 'ї' | 'ґ' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        _ => out.extend(c.to_lowercase()),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{02BC}' | '\u{2018}' | '`' | '\u{00B4}'
    )
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// Composes the letters of both alphabets and drops stress marks.
fn compose(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !is_combining(c) {
            out.push(c);
            continue;
        }
        let composed = match (out.chars().next_back(), c) {
            (Some('a'), '\u{030A}') => Some('å'),
            (Some('и'), '\u{0306}') => Some('й'),
            (Some('і'), '\u{0308}') => Some('ї'),
            (Some('e'), '\u{0301}') => Some('é'),
            (Some('o'), '\u{0308}') => Some('ö'),
            (Some('u'), '\u{0308}') => Some('ü'),
            _ => None,
        };
        if let Some(letter) = composed {
            out.pop();
            out.push(letter);
        }
    }
    out
}

/// Replaces Latin look-alikes in a word that is otherwise Cyrillic (`aдреса` with a Latin `a`).
fn unmix(word: String) -> String {
    let cyrillic = word.chars().filter(|&c| is_cyrillic(c)).count();
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    if latin == 0 || cyrillic <= latin {
        return word;
    }
    word.chars()
        .map(|c| match c {
            'a' => 'а',
            'c' => 'с',
            'e' => 'е',
            'i' => 'і',
            'o' => 'о',
            'p' => 'р',
            'x' => 'х',
            'y' => 'у',
            _ => c,
        })
        .collect()
}

/// Lower case, apostrophes, combining marks and look-alikes normalised.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_into(c, &mut folded);
    }
    if folded.chars().any(is_combining) {
        folded = compose(&folded);
    }
    unmix(folded)
}

/// The same as `char::is_alphabetic`, without its search for the letters that most words here have.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{0400}'..='\u{0481}')
        || !c.is_ascii() && c.is_alphabetic()
}

/// Splits a text into tokens.
pub fn tokenise(text: &str, lang: Lang) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut glued = false;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || c.is_control() || c == '\u{FEFF}' || c == '\u{200B}' {
            glued = false;
            continue;
        }
        let kind = if c.is_ascii_digit() {
            TokenKind::Digits
        } else if is_letter(c) || is_combining(c) {
            TokenKind::Word
        } else {
            TokenKind::Sign
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let inside = match kind {
                TokenKind::Sign => false,
                TokenKind::Digits => next.is_ascii_digit(),
                TokenKind::Word => {
                    is_letter(next)
                        || is_combining(next)
                        || (is_apostrophe(next) && letter_after(text, at + next.len_utf8()))
                }
            };
            if !inside {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        tokens.push(Token {
            text: fold(&text[start..end]),
            span: start..end,
            kind,
            glued,
            capital: c.is_uppercase(),
        });
        glued = true;
    }
    match lang {
        Lang::Uk => rejoin_ukrainian(tokens),
        _ => rejoin_danish(tokens),
    }
}

fn letter_after(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(is_letter)
}

/// Recognisers write «п ять» and «дев ять» where the apostrophe belongs.
fn rejoin_ukrainian(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let joins = token.is_word()
            && (token.text.starts_with("ят") || token.text.starts_with("яд"))
            && out
                .last()
                .is_some_and(|last| last.is("п") || last.is("дев"));
        match out.last_mut() {
            Some(last) if joins => {
                last.text = format!("{}'{}", last.text, token.text);
                last.span.end = token.span.end;
            }
            _ => out.push(token),
        }
    }
    out
}

/// Compounds of the counter that recognisers write in two words: the first part, and how the second begins. Without
/// those whose first part is a word of its own before the second: "hvem ejer lejligheden".
const COMPOUNDS: &[(&str, &[&str])] = &[
    ("adresse", &["beskyttelse"]),
    ("andels", &["bolig", "bevis"]),
    ("bolig", &["forening", "selskab"]),
    ("efter", &["navn"]),
    ("flytte", &["dato", "dag"]),
    ("forældre", &["myndighed"]),
    ("frem", &["leje"]),
    ("fuld", &["magt"]),
    ("fødsels", &["attest", "dato", "dag"]),
    ("kontakt", &["adresse"]),
    ("leje", &["kontrakt", "aftale", "mål"]),
    ("læge", &["hus"]),
    ("navne", &["beskyttelse"]),
    ("opholds", &["kort", "tilladelse"]),
    ("pleje", &["hjem", "center", "centre"]),
    ("post", &["kasse"]),
    ("række", &["hus"]),
    ("sær", &["loven"]),
    ("vielses", &["attest"]),
];

/// "Leje kontrakten", "pleje hjem": one word each.
fn rejoin_danish(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let fits = |first: &Token| {
            let row = COMPOUNDS.iter().find(|(word, _)| first.is(word));
            row.is_some_and(|(_, seconds)| seconds.iter().any(|s| token.text.starts_with(s)))
        };
        match out.last_mut() {
            Some(last) if token.is_word() && !token.glued && fits(last) => {
                last.text.push_str(&token.text);
                last.span.end = token.span.end;
            }
            _ => out.push(token),
        }
    }
    out
}

/// The byte range from the first to the last of these tokens; empty at 0 for none.
pub fn span_of(tokens: &[Token]) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\u{0}'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }

    fn texts(text: &str, lang: Lang) -> Vec<String> {
        tokenise(text, lang).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn all_apostrophes_become_one() {
        for apostrophe in ["'", "\u{2019}", "\u{02BC}"] {
            let text = format!("П{apostrophe}ЯТЬ днів");
            assert_eq!(texts(&text, Lang::Uk), ["п'ять", "днів"]);
        }
    }

    #[test]
    fn a_number_split_by_the_recogniser_is_one_word() {
        assert_eq!(
            texts("дев ять п ятнадцять", Lang::Uk),
            ["дев'ять", "п'ятнадцять"]
        );
        assert_eq!(texts("п ять", Lang::Da), ["п", "ять"]);
    }

    #[test]
    fn compounds_that_a_recogniser_split_are_one_word() {
        assert_eq!(
            texts("har i leje kontrakten fra et pleje hjem", Lang::Da),
            ["har", "i", "lejekontrakten", "fra", "et", "plejehjem"]
        );
        let tokens = tokenise("frem leje", Lang::Da);
        assert_eq!(tokens[0].span, 0..9);
        assert_eq!(texts("hvem ejer lejligheden", Lang::Da).len(), 3);
        assert_eq!(texts("post, kasse", Lang::Da).len(), 3);
    }

    #[test]
    fn digits_and_letters_part_but_stay_glued() {
        let tokens = tokenise("95B, 15.12.2026", Lang::Da);
        let shape: Vec<_> = tokens.iter().map(|t| (t.text.as_str(), t.glued)).collect();
        assert_eq!(
            shape,
            [
                ("95", false),
                ("b", true),
                (",", true),
                ("15", false),
                (".", true),
                ("12", true),
                (".", true),
                ("2026", true)
            ]
        );
    }

    #[test]
    fn spans_point_into_the_original() {
        let text = "Å, Ґанок І\u{0301}ван";
        for token in tokenise(text, Lang::Uk) {
            assert!(text.get(token.span.clone()).is_some());
        }
        assert_eq!(texts("A\u{030A}rhus и\u{0306}", Lang::Da), ["århus", "й"]);
    }

    #[test]
    fn latin_letters_inside_a_cyrillic_word_are_look_alikes() {
        assert_eq!(texts("aдреса CPR", Lang::Uk), ["адреса", "cpr"]);
    }
}
