//! Words spelled letter by letter, in both languages and both alphabets.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::dates::word;
use crate::found::Found;
use crate::names::{capitalise, romanise};
use crate::token::{Token, TokenKind, is_cyrillic, span_of, tokenise};

/// A word that was spelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelled {
    /// Latin letters, first one a capital. Spelled Cyrillic letters are romanised by the 2010 table.
    pub latin: String,
    /// The Cyrillic word, when letters were spelled that only Ukrainian has.
    pub native: Option<String>,
    /// Number of letters that were said.
    pub letters: usize,
}

/// One letter: as Latin and, where the name fits, as Cyrillic.
#[derive(Clone)]
struct Letter {
    latin: Option<char>,
    cyrillic: Option<char>,
    /// The name is also an everyday word (і, а, у, "de").
    word: bool,
    /// A sign stands before it.
    signed: bool,
    end: usize,
}

/// Spelled words of a text, left to right: at least three letters in a row, or two when both are
/// capital letters standing alone.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Spelled>> {
    find_in(&tokenise(text, lang), lang)
}

/// [`find`] over tokens.
pub fn find_in(tokens: &[Token], lang: Lang) -> Vec<Found<Spelled>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match run(tokens, at, lang) {
            Some((letters, range)) => {
                at = range.end;
                if let Some(found) = spelled(tokens, &letters, &range) {
                    out.push(found);
                }
            }
            None => at += 1,
        }
    }
    out
}

/// How letters are called.
pub(crate) fn letter_names(lang: Lang) -> impl Iterator<Item = &'static str> {
    let tables = match lang {
        Lang::Da => [DANISH, &[]],
        Lang::Uk => [LATIN_BY_NAME, CYRILLIC_BY_NAME],
    };
    tables.into_iter().flatten().map(|(name, _)| *name)
}

fn run(tokens: &[Token], at: usize, lang: Lang) -> Option<(Vec<Letter>, Range<usize>)> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut next = at;
    while let Some(found) = element(tokens, next, lang) {
        let end = found.last().map_or(next, |letter| letter.end);
        let signed = next > at && (tokens[next - 1].kind == TokenKind::Sign);
        if next > at && (opens_sentence(tokens, next, &found, lang) || points(tokens, next, lang)) {
            break;
        }
        letters.extend(found.into_iter().map(|letter| Letter { signed, ..letter }));
        next = joined(tokens, end, lang);
    }
    // An everyday word behind the letters, without a sign between, goes on with the sentence.
    while letters
        .last()
        .is_some_and(|letter| letter.word && !letter.signed)
        && letters.len() > 1
    {
        let letter = letters.pop();
        let spaced = letters.iter().skip(1).filter(|l| !l.signed).count();
        // "k j æ r g a a r d er det hende": where every letter is written as one, a word is none.
        let written = |l: &Letter| tokens.get(l.end.wrapping_sub(1)).is_some_and(single);
        let spoken = lang == Lang::Uk
            || letters.iter().any(|l| l.word && !written(l))
            || letter.as_ref().is_some_and(written);
        if spaced * 2 > letters.len() && spoken {
            // Nothing is signed: the recogniser leaves signs out, the word may be a letter.
            letters.extend(letter);
            break;
        }
    }
    if let [.., before, last] = letters.as_slice()
        && last.word
        && !last.signed
        && before.latin == last.latin
        && names_a_name(word(tokens, last.end))
    {
        // «… ігрек, а а прізвище …»: the second is a conjunction.
        letters.pop();
    }
    let end = letters.last()?.end;
    let plain = letters.iter().filter(|letter| !letter.word).count();
    let signed = letters.iter().filter(|letter| letter.signed).count() + 1;
    let capitals = (at..end)
        .filter(|&i| tokens[i].capital && single(&tokens[i]))
        .count();
    let enough = match letters.len() {
        0 | 1 => false,
        2 => capitals == 2,
        count @ 3..=4 => plain * 2 >= count || signed == count && plain > 0,
        count => plain * 3 >= count || signed * 3 >= count * 2,
    };
    enough.then_some((letters, at..end))
}

/// «S, O, L, I, A. А Дзюба …»: behind a full stop a letter that is also a word, with a word behind it.
fn opens_sentence(tokens: &[Token], at: usize, found: &[Letter], lang: Lang) -> bool {
    let [letter] = found else { return false };
    let stop = at
        .checked_sub(1)
        .is_some_and(|before| tokens[before].is_sign('.'));
    // «… U, K. А в чоловіка прізвище інше»: two such words in a row, too.
    let mut next = letter.end;
    if let Some([second]) = element(tokens, next, lang).as_deref()
        && second.word
        && second.end == next + 1
    {
        next += 1;
    }
    let goes_on =
        tokens.get(next).is_some_and(Token::is_word) && element(tokens, next, lang).is_none();
    // "A-N-G-E-L-I-N-A. Er det sådan?"
    let may_be_word = letter.word || tokens.get(at).is_some_and(single);
    // «R, A, B, I, N, O, V, Y, C, H, це татове»: a Cyrillic word behind letters written as Latin ones.
    let written = at >= 2
        && tokens[at - 1].kind == TokenKind::Sign
        && single(&tokens[at - 2])
        && !tokens[at - 2].is_cyrillic();
    let other_script = letter.word && written && tokens[at].is_cyrillic();
    (stop || other_script) && may_be_word && letter.end == at + 1 && goes_on
}

/// «…, C, H, це татове»: the word that points at something, with a word behind it that is no letter.
fn points(tokens: &[Token], at: usize, lang: Lang) -> bool {
    word(tokens, at) == "це"
        && tokens.get(at + 1).is_some_and(Token::is_word)
        && element(tokens, at + 1, lang).is_none()
}

fn names_a_name(word: &str) -> bool {
    ["прізвищ", "фаміл", "ім'я"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

fn single(token: &Token) -> bool {
    token.is_word() && token.text.chars().count() == 1
}

/// Commas, hyphens, full stops and words like «далі» between letters.
fn joined(tokens: &[Token], mut at: usize, lang: Lang) -> usize {
    for _ in 0..3 {
        let Some(token) = tokens.get(at) else { break };
        let sign = token.kind == TokenKind::Sign
            && (token.is_dash() || matches!(token.text.as_str(), "," | "." | "…"));
        let filler = match lang {
            Lang::Da => matches!(token.text.as_str(), "så" | "derefter"),
            Lang::Uk => matches!(
                token.text.as_str(),
                "далі" | "потім" | "знову" | "літера" | "буква"
            ),
        };
        if !sign && !filler {
            break;
        }
        at += 1;
    }
    at
}

/// The letters said at `at`: one, or two after "dobbelt" or «дві».
fn element(tokens: &[Token], at: usize, lang: Lang) -> Option<Vec<Letter>> {
    let double = matches!(
        (lang, word(tokens, at)),
        (Lang::Da, "dobbelt" | "to")
            | (
                Lang::Uk,
                "дві" | "два" | "подвійне" | "подвійна" | "подвоєне"
            )
    );
    if double && let Some(letter) = letter(tokens, at + 1, lang) {
        return Some(vec![letter.clone(), letter]);
    }
    letter(tokens, at, lang).map(|letter| vec![letter])
}

fn made(latin: Option<char>, cyrillic: Option<char>, word: bool, end: usize) -> Letter {
    Letter {
        latin,
        cyrillic,
        word,
        signed: false,
        end,
    }
}

fn letter(tokens: &[Token], at: usize, lang: Lang) -> Option<Letter> {
    let mut from = at;
    let adjective = matches!(
        word(tokens, from),
        "латинська"
            | "латинське"
            | "латинською"
            | "велика"
            | "маленька"
            | "мала"
            | "українська"
            | "літера"
            | "буква"
            | "stort"
            | "lille"
    );
    from += usize::from(adjective);
    let mut letter = phrase(tokens, from, lang).or_else(|| name(tokens, from, lang))?;
    letter.word &= !adjective;
    letter.end = example(tokens, letter.end, &letter, lang);
    Some(letter)
}

/// Letters of two and three words: "dobbelt ve", «а з кружечком», «м'який знак».
fn phrase(tokens: &[Token], at: usize, lang: Lang) -> Option<Letter> {
    let (first, second, third) = (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2));
    let dash = usize::from(tokens.get(at + 1).is_some_and(Token::is_dash));
    let behind = word(tokens, at + 1 + dash);
    let latin = |c, end| Some(made(Some(c), None, false, end));
    match lang {
        Lang::Da => match (first, behind) {
            ("dobbelt", "ve" | "v") => latin('w', at + 2 + dash),
            ("bolle", "å" | "a") => latin('å', at + 2 + dash),
            _ => None,
        },
        Lang::Uk => match (first, second, third) {
            ("а", "з", t) if t.starts_with("кружеч") || t.starts_with("кільц") => {
                latin('å', at + 3)
            }
            ("a", "з", t) if t.starts_with("кружеч") => latin('å', at + 3),
            ("о" | "o", p, _) if p.starts_with("перекреслен") => latin('ø', at + 2),
            ("м'який", "знак", _) => Some(made(None, Some('ь'), false, at + 2)),
            ("дубль" | "дабл" | "дабл'ю", _, _) if matches!(behind, "ве" | "ю" | "в") => {
                latin('w', at + 2 + dash)
            }
            ("а" | "a", _, _) if dash == 1 && matches!(behind, "е" | "e") => {
                let together = usize::from(word(tokens, at + 3) == "разом");
                latin('æ', at + 3 + together)
            }
            _ => None,
        },
    }
}

fn name(tokens: &[Token], at: usize, lang: Lang) -> Option<Letter> {
    let token = tokens.get(at).filter(|t| t.is_word())?;
    let text = token.text.as_str();
    let end = at + 1;
    if single(token) {
        let c = text.chars().next()?;
        if is_cyrillic(c) {
            let word = matches!(c, 'і' | 'й' | 'а' | 'у' | 'в' | 'з' | 'о' | 'я' | 'є' | 'е');
            return (lang == Lang::Uk).then(|| {
                let latin = LATIN_BY_NAME
                    .iter()
                    .find(|(name, _)| *name == text)
                    .map(|(_, c)| *c);
                made(latin, Some(c), word && !token.capital, end)
            });
        }
        let word = lang == Lang::Da && matches!(c, 'i' | 'å' | 'o' | 'a') && !token.capital;
        return Some(made(Some(c), None, word, end));
    }
    match lang {
        Lang::Da => DANISH
            .iter()
            .find(|(name, _)| *name == text)
            .map(|&(name, c)| {
                made(
                    Some(c),
                    None,
                    matches!(name, "de" | "en" | "be" | "er" | "ve" | "te"),
                    end,
                )
            }),
        Lang::Uk => {
            let latin = LATIN_BY_NAME
                .iter()
                .find(|(name, _)| *name == text)
                .map(|(_, c)| *c);
            let cyrillic = CYRILLIC_BY_NAME
                .iter()
                .find(|(name, _)| *name == text)
                .map(|(_, c)| *c);
            let word = matches!(text, "це" | "де" | "те" | "же" | "ми" | "ви" | "ха" | "че");
            (latin.is_some() || cyrillic.is_some()).then(|| made(latin, cyrillic, word, end))
        }
    }
}

const DANISH: &[(&str, char)] = &[
    ("be", 'b'),
    ("ce", 'c'),
    ("de", 'd'),
    ("æf", 'f'),
    ("ef", 'f'),
    ("ge", 'g'),
    ("hå", 'h'),
    ("jåd", 'j'),
    ("jod", 'j'),
    ("kå", 'k'),
    ("æl", 'l'),
    ("el", 'l'),
    ("æm", 'm'),
    ("em", 'm'),
    ("æn", 'n'),
    ("en", 'n'),
    ("pe", 'p'),
    ("ku", 'q'),
    ("ær", 'r'),
    ("er", 'r'),
    ("æs", 's'),
    ("es", 's'),
    ("te", 't'),
    ("ve", 'v'),
    ("æks", 'x'),
    ("eks", 'x'),
    ("sæt", 'z'),
    ("zet", 'z'),
];

/// Latin letters as Ukrainians name them.
const LATIN_BY_NAME: &[(&str, char)] = &[
    ("а", 'a'),
    ("ей", 'a'),
    ("бе", 'b'),
    ("бі", 'b'),
    ("це", 'c'),
    ("сі", 'c'),
    ("де", 'd'),
    ("ді", 'd'),
    ("е", 'e'),
    ("еф", 'f'),
    ("ґе", 'g'),
    ("ге", 'g'),
    ("джі", 'g'),
    ("ха", 'h'),
    ("аш", 'h'),
    ("ейч", 'h'),
    ("еш", 'h'),
    ("і", 'i'),
    ("ай", 'i'),
    ("йот", 'j'),
    ("джей", 'j'),
    ("ка", 'k'),
    ("кей", 'k'),
    ("ель", 'l'),
    ("ел", 'l'),
    ("ем", 'm'),
    ("ен", 'n'),
    ("о", 'o'),
    ("оу", 'o'),
    ("пе", 'p'),
    ("пі", 'p'),
    ("ку", 'q'),
    ("к'ю", 'q'),
    ("кю", 'q'),
    ("ер", 'r'),
    ("ар", 'r'),
    ("ес", 's'),
    ("те", 't'),
    ("ті", 't'),
    ("у", 'u'),
    ("ю", 'u'),
    ("ве", 'v'),
    ("ві", 'v'),
    ("ікс", 'x'),
    ("екс", 'x'),
    ("ігрек", 'y'),
    ("ігрик", 'y'),
    ("вай", 'y'),
    ("уай", 'y'),
    ("зет", 'z'),
    ("зед", 'z'),
    ("ерка", 'r'),
];

/// Ukrainian letters by name.
const CYRILLIC_BY_NAME: &[(&str, char)] = &[
    ("бе", 'б'),
    ("ве", 'в'),
    ("ге", 'г'),
    ("ґе", 'ґ'),
    ("де", 'д'),
    ("же", 'ж'),
    ("зе", 'з'),
    ("йот", 'й'),
    ("ка", 'к'),
    ("ел", 'л'),
    ("ель", 'л'),
    ("ем", 'м'),
    ("ен", 'н'),
    ("пе", 'п'),
    ("ер", 'р'),
    ("ес", 'с'),
    ("те", 'т'),
    ("еф", 'ф'),
    ("ха", 'х'),
    ("це", 'ц'),
    ("че", 'ч'),
    ("ша", 'ш'),
    ("ща", 'щ'),
    ("апостроф", '\''),
    ("знак", 'ь'),
];

/// "H som Hans", «Д – Дмитро», «де, Давид»: the example word behind a letter.
fn example(tokens: &[Token], end: usize, letter: &Letter, lang: Lang) -> usize {
    let initial = |text: &str| {
        let first = text.chars().next();
        first.is_some() && (first == letter.latin || first == letter.cyrillic)
    };
    let like = match lang {
        Lang::Da => word(tokens, end) == "som",
        Lang::Uk => matches!(word(tokens, end), "як" | "для"),
    };
    let dash = tokens.get(end).is_some_and(Token::is_dash);
    if !like && !dash {
        return end;
    }
    match tokens
        .get(end + 1)
        .filter(|t| t.is_word() && t.text.chars().count() > 2)
    {
        Some(example) if like || initial(&example.text) => end + 2,
        _ => end,
    }
}

fn spelled(tokens: &[Token], letters: &[Letter], range: &Range<usize>) -> Option<Found<Spelled>> {
    let span = span_of(&tokens[range.clone()]);
    // A letter that Latin doesn't have decides for the Ukrainian alphabet.
    let ukrainian = letters.iter().any(|letter| letter.latin.is_none());
    let found = if ukrainian {
        let native: Option<String> = letters.iter().map(|letter| letter.cyrillic).collect();
        let native = capitalise(&native?);
        Spelled {
            latin: romanise(&native),
            native: Some(native),
            letters: letters.len(),
        }
    } else {
        let latin: Option<String> = letters.iter().map(|letter| letter.latin).collect();
        Spelled {
            latin: capitalise(&latin?),
            native: None,
            letters: letters.len(),
        }
    };
    let confidence = if letters.len() > 3 { 0.9 } else { 0.6 };
    Some(Found::new(found, span, confidence))
}

#[cfg(test)]
#[path = "spelling_tests.rs"]
mod tests;
