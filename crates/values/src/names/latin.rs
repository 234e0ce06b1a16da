//! Names in Latin letters: Danish ones, and Ukrainian ones in any passport spelling.

use std::ops::Range;
use std::sync::LazyLock;

use tolkebot_protocol::Lang;

use super::find::{Word, bytes, word_at};
use super::{Gender, NamePart, PartKind, PersonName, capitalise, cases, danish, romanise, rough};
use crate::found::Found;
use crate::table::Table;
use crate::tables::given_name_rows;
use crate::token::{Token, fold};

/// Ukrainian given names by their rough spelling: Serhii, Sergiy and Sergey are one.
static GIVEN: LazyLock<Table<String, Gender>> = LazyLock::new(|| {
    let mut map = Table::default();
    for row in given_name_rows() {
        let gender = if row.feminine {
            Gender::Feminine
        } else {
            Gender::Masculine
        };
        let latin = romanise(&fold(row.name));
        for spelling in [
            latin.clone(),
            latin.replace('h', "g"),
            latin.replace("ii", "ey"),
        ] {
            map.entry(key(&spelling)).or_insert(gender);
        }
        // Aleksandr, Elena, Evgeny: spellings by way of Russian.
        if let Some(rest) = latin.strip_prefix("ol") {
            map.entry(key(&format!("al{rest}"))).or_insert(gender);
            map.entry(key(&format!("el{rest}"))).or_insert(gender);
        }
        if let Some(rest) = latin.strip_prefix("yev") {
            map.entry(key(&format!("ev{rest}"))).or_insert(gender);
        }
    }
    map
});

fn key(name: &str) -> String {
    let mut key = rough(name);
    key.dedup_letters();
    key
}

trait DedupLetters {
    fn dedup_letters(&mut self);
}

impl DedupLetters for String {
    fn dedup_letters(&mut self) {
        let mut last = None;
        self.retain(|c| {
            let keep = last != Some(c);
            last = Some(c);
            keep
        });
    }
}

/// A Ukrainian given name in Latin letters.
fn ukrainian_given(word: &str) -> Option<Gender> {
    (word.chars().count() >= 3)
        .then(|| GIVEN.get(&key(word)).copied())
        .flatten()
}

/// True for words that end like a romanised Ukrainian surname.
fn ukrainian_surname(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "enko", "uk", "iuk", "yuk", "chuk", "ska", "skyi", "skyy", "skii", "sky", "tskyi", "ych",
        "ich", "ets", "ivskyi", "iv", "yshyn", "ko", "ak", "iak", "yk", "ar", "ach", "un", "ii",
        "yi",
    ];
    word.chars().count() >= 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
        || cases::known_surname_latin(word)
}

/// A given name or a listed surname of Ukrainians.
pub(super) fn is_ukrainian(word: &str) -> bool {
    ukrainian_given(word).is_some() || cases::known_surname_latin(word)
}

/// Danish words that are spelled like a name.
const WORDS: &[&str] = &[
    "roman", "lev", "marta", "maria", "anna", "mark", "martin", "emma", "robert", "per", "bo",
    "kim", "lis", "line", "pia", "tom", "ole", "kaj", "liv", "else", "dem", "mila", "bent", "tove",
    "stig", "rose", "alla", "vira", "gert", "ove", "ulla", "inga", "jan", "tina", "lone", "vagn",
    "stine", "leon", "hun", "han", "lena", "dina", "luk", "luka", "nu", "ja", "min", "sava",
    "elev", "alle", "leje", "mening", "iven", "den", "denne", "neje", "nej",
];

pub(super) fn at(
    tokens: &[Token],
    at: usize,
    cased: bool,
    lang: Lang,
) -> Option<(Found<PersonName>, usize)> {
    let first = word_at(tokens, at).filter(|w| !cased || w.capital)?;
    let second = word_at(tokens, first.range.end)
        .filter(|w| !tokens[w.range.start].is_cyrillic() && (!cased || w.capital));
    let listed = danish::written(&first.text);
    if listed.is_some_and(|(_, kind)| kind == PartKind::Given) {
        return danish_person(tokens, first, second, cased);
    }
    if let Some(gender) = ukrainian_given(&first.text) {
        return ukrainian_person(tokens, first, second, gender, cased, lang);
    }
    // "Og efternavnet er Savchenko?"
    let lead = |back: usize| {
        first
            .range
            .start
            .checked_sub(back)
            .map_or("", |b| tokens[b].text.as_str())
    };
    let announced = lead(1).starts_with("efternavn")
        || matches!(lead(1), "er" | "hedder") && lead(2).starts_with("efternavn");
    let shaped = ukrainian_surname(&first.text) || danish::ends_like_surname(&first.text);
    if announced && (shaped || cased) {
        let end = first.range.end;
        return Some((
            made(
                vec![part(tokens, &first, PartKind::Surname)],
                None,
                false,
                0.7,
            ),
            end,
        ));
    }
    // Surname first: "Hnatiuk Valerii".
    let second = second?;
    if let Some(gender) = ukrainian_given(&second.text)
        && ukrainian_surname(&first.text)
    {
        let end = second.range.end;
        let parts = vec![
            part(tokens, &first, PartKind::Surname),
            part(tokens, &second, PartKind::Given),
        ];
        return Some((made(parts, Some(gender), false, 0.85), end));
    }
    let shaped = danish::ends_like_surname(&second.text)
        || danish::written(&second.text).is_some_and(|(_, kind)| kind == PartKind::Surname);
    if cased && shaped && !opens_sentence(tokens, at) {
        let end = second.range.end;
        let parts = vec![
            part(tokens, &first, PartKind::Given),
            part(tokens, &second, PartKind::Surname),
        ];
        return Some((made(parts, None, true, 0.5), end));
    }
    None
}

/// "har Vira MitID?", "Hans CPR-nummer": written with capitals, and no surname.
fn is_thing(word: &str) -> bool {
    matches!(word, "mitid" | "nemid" | "borger" | "digital") || word.starts_with("cpr")
}

fn opens_sentence(tokens: &[Token], at: usize) -> bool {
    at == 0 || tokens[at - 1].ends_sentence()
}

fn part(tokens: &[Token], word: &Word, kind: PartKind) -> NamePart {
    let text = capitalise(&word.text);
    NamePart {
        kind,
        native: text.clone(),
        latin: text,
        certain: true,
        short_for: Vec::new(),
        span: bytes(tokens, &word.range),
    }
}

fn made(
    parts: Vec<NamePart>,
    gender: Option<Gender>,
    danish: bool,
    confidence: f32,
) -> Found<PersonName> {
    let span: Range<usize> = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    };
    Found::new(
        PersonName {
            parts,
            gender,
            danish,
        },
        span,
        confidence,
    )
}

fn danish_person(
    tokens: &[Token],
    first: Word,
    second: Option<Word>,
    cased: bool,
) -> Option<(Found<PersonName>, usize)> {
    let surname = second.filter(|w| {
        danish::written(&w.text).is_some_and(|(_, kind)| kind == PartKind::Surname)
            // Without capitals "adressen" ends like a surname too.
            || cased && danish::ends_like_surname(&w.text)
            || ukrainian_surname(&w.text)
            || cased && w.capital && !is_thing(&w.text)
    });
    if surname.is_none() && !cased {
        return None;
    }
    let mut given = part(tokens, &first, PartKind::Given);
    if let Some((name, _)) = danish::written(&first.text) {
        given.native = name.to_string();
        given.latin = name.to_string();
    }
    let mut parts = vec![given];
    let mut end = first.range.end;
    if let Some(surname) = surname {
        end = surname.range.end;
        parts.push(part(tokens, &surname, PartKind::Surname));
    }
    Some((made(parts, None, true, 0.85), end))
}

fn ukrainian_person(
    tokens: &[Token],
    first: Word,
    second: Option<Word>,
    gender: Gender,
    cased: bool,
    lang: Lang,
) -> Option<(Found<PersonName>, usize)> {
    let surname = second.filter(|w| {
        let other_given = ukrainian_given(&w.text).is_some() && !ukrainian_surname(&w.text);
        ukrainian_surname(&w.text) || cased && w.capital && !other_given && !is_thing(&w.text)
    });
    // Without capitals a short name is more often a word.
    let known_word = WORDS.contains(&first.text.as_str()) || first.text.chars().count() < 5;
    if !cased && surname.is_none() && (known_word || lang == Lang::Uk) {
        return None;
    }
    let before = first.range.start.checked_sub(1).map(|at| &tokens[at]);
    let surname_before = if surname.is_none() {
        before.filter(|t| t.is_word() && (t.capital || !cased) && ukrainian_surname(&t.text))
    } else {
        None
    };
    let mut parts = Vec::new();
    if let Some(token) = surname_before {
        let word = Word {
            text: token.text.clone(),
            range: first.range.start - 1..first.range.start,
            capital: token.capital,
        };
        parts.push(part(tokens, &word, PartKind::Surname));
    }
    parts.push(part(tokens, &first, PartKind::Given));
    let mut end = first.range.end;
    if let Some(surname) = surname {
        end = surname.range.end;
        parts.push(part(tokens, &surname, PartKind::Surname));
    }
    let confidence = if parts.len() > 1 { 0.9 } else { 0.7 };
    Some((made(parts, Some(gender), false, confidence), end))
}
