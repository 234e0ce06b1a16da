//! Addresses outside Denmark as Ukrainians say them: street, number, flat, postal code.
//!
//! «Вулиця Клочківська сто дев'яносто, квартира сім, індекс шістдесят один нуль нуль два». No register
//! stands behind them: street names are written letter by letter in the tradition of the country, and
//! a person checks them. Postal codes have five digits in all countries most people come from.

mod latin;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::found::Found;
use crate::numbers::{Read, read_at};
use crate::token::{Token, TokenKind, span_of, tokenise};

use self::words::{
    begins_like_street, ends_like_street, is_adjective, is_code, is_flat, is_house, is_street,
    since,
};
pub use latin::street_in_latin;

/// An address abroad, part by part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignAddress {
    /// The street's name as it was said, without the word for street.
    pub street: Option<String>,
    /// House number.
    pub number: Option<String>,
    /// Number of the flat.
    pub flat: Option<String>,
    /// Postal code, five digits; four where the country has so many.
    pub code: Option<String>,
}

/// Stands before the name of an avenue.
pub const AVENUE: &str = "проспект ";

/// Digits of a postal code in Ukraine, Poland, Germany and most of their neighbours.
const CODE: usize = 5;

/// Digits of one in Norway, Austria, Switzerland, Belgium or Hungary: taken only where it is announced.
const SHORT_CODE: usize = 4;

/// The first address of a text that is written as one abroad. Without the word for street
/// («Клочківська сто дев'яносто») only a capital or a street's ending shows a name, so ask for such
/// an address only where one is awaited.
pub fn find(text: &str, lang: Lang) -> Option<Found<ForeignAddress>> {
    let tokens = tokenise(text, lang);
    let cased = tokens.iter().any(|t| t.capital);
    let mut address = ForeignAddress::default();
    let mut ends: Vec<Range<usize>> = Vec::new();
    let mut doubt = false;
    // «у Полтаві, сорок три роки: вулиця Європейська сто двадцять»: what is called a street is one.
    let called = (0..tokens.len())
        .any(|at| is_street(&tokens[at].text) && street(&tokens, at, cased, lang).is_some());
    let mut at = 0;
    while at < tokens.len() {
        // «Усе життя на Перекопській двадцять. Відтоді у Вінниці, вулиця Соборна …»: the later home.
        let later = address.street.is_some()
            && is_street(&tokens[at].text)
            && tokens[..at].iter().rev().take(8).any(|t| since(&t.text));
        let next = if called && !is_street(&tokens[at].text) {
            None
        } else if address.street.is_none() || later {
            street(&tokens, at, cased, lang)
        } else {
            None
        };
        if let Some((name, number, range)) = next {
            if later {
                address = ForeignAddress::default();
                ends.clear();
            }
            address.street = Some(name);
            address.number = Some(number);
            at = range.end;
            ends.push(range);
            continue;
        }
        if address.flat.is_none()
            && is_flat(&tokens[at].text)
            && let Some((number, range)) = flat(&tokens, at, lang)
        {
            address.flat = Some(number);
            at = range.end;
            ends.push(range);
            continue;
        }
        // «Індекс кажу по папірцю: …»
        let announced = tokens[at.saturating_sub(5)..at]
            .iter()
            .any(|t| is_code(&t.text));
        if (announced || address.street.is_some())
            && let Some((code, range)) = code_at(&tokens, at, lang)
        {
            doubt |= doubted(&tokens, range.end);
            let whole = code.len() == CODE || announced && code.len() == SHORT_CODE;
            if address.code.is_none() && whole && !doubt {
                address.code = Some(code);
                ends.push(range.clone());
            }
            at = range.end;
            continue;
        }
        at += 1;
    }
    let range = ends.iter().map(|r| r.start).min()?..ends.iter().map(|r| r.end).max()?;
    let span = span_of(tokens.get(range)?);
    let confidence = if address.street.is_some() { 0.7 } else { 0.5 };
    Some(Found::new(address, span, confidence))
}

/// Whether a street's name shows by itself that it lies abroad: «Мюнстерштрасе», «Фрісгатан», «Віа Падова».
pub fn shows_kind(street: &str) -> bool {
    let name = crate::token::fold(street);
    let opens = name
        .split_once(' ')
        .is_some_and(|(first, _)| begins_like_street(first));
    opens || ends_like_street(&name)
}

/// The five digits of a postal code that somebody says alone or after other numbers; "streg" and
/// «риска» are the hyphen of Polish ones.
pub fn code(text: &str, lang: Lang) -> Option<Found<String>> {
    let tokens = tokenise(text, lang);
    let mut at = 0;
    while at < tokens.len() {
        let (pieces, end) = pieces_at(&tokens, at, lang, usize::MAX);
        // A house number may stand before the code: its digits are the last five.
        for from in 0..pieces.len() {
            let digits: String = pieces[from..].iter().map(|(d, _)| d.as_str()).collect();
            if digits.len() == CODE {
                let range = pieces[from].1..end;
                return Some(Found::new(digits, span_of(&tokens[range]), 0.8));
            }
        }
        at = end.max(at + 1);
    }
    None
}

/// «вулиця Зелена двадцять чотири», «Клочківська сто дев'яносто», «айзенбан штрасе сто один».
fn street(
    tokens: &[Token],
    at: usize,
    cased: bool,
    lang: Lang,
) -> Option<(String, String, Range<usize>)> {
    let announced = is_street(&tokens[at].text);
    let first = if announced { at + 1 } else { at };
    // «Карл-Лібкнехт-Штрасе»: hyphens hold a name together.
    let hyphen = |at: usize| tokens.get(at).is_some_and(|t| t.is_sign('-') && t.glued);
    let mut end = first;
    for count in 0..3 {
        if count > 0 && hyphen(end) {
            end += 1;
        }
        end += 1;
        let len = end - first;
        let window: Vec<&Token> = tokens
            .get(first..first + len)?
            .iter()
            .filter(|t| !t.is_sign('-'))
            .collect();
        let word =
            |t: &&Token| t.kind == TokenKind::Word && !is_flat(&t.text) && !is_house(&t.text);
        if window.is_empty() || !window.iter().all(word) {
            return None;
        }
        let numbered = |i: usize| read_at(tokens, i, lang).is_some();
        if (first..first + len).any(numbered) {
            return None;
        }
        let Some(read) = number_after(tokens, first + len, lang) else {
            continue;
        };
        // «У Болоньї, чотири роки»: where somebody lived, and how long.
        if !announced && (led_by_in(tokens, first) || counts_time(tokens, read.end)) {
            return None;
        }
        // A capital that opens a sentence shows nothing: «Років п'ять».
        let opens = first == 0 || tokens[first - 1].ends_sentence();
        let adjective = window.last().is_some_and(|t| is_adjective(&t.text));
        let shaped = window.iter().all(|t| cased && t.capital) && (!opens || len > 1 || adjective)
            || window.last().is_some_and(|t| ends_like_street(&t.text))
            || window.len() > 1 && begins_like_street(&window[0].text)
            // «Storgata сто сорок два»: a name in Latin letters among Cyrillic words.
            || lang == Lang::Uk
                && window.iter().all(|t| !t.is_cyrillic())
                && window.iter().any(|t| t.text.chars().count() >= 4)
                && first
                    .checked_sub(1)
                    .is_none_or(|before| !tokens[before].is_word() || !tokens[before].capital)
            // «виноградська сто шістдесят», without capitals
            || !cased && len == 1 && is_adjective(&window[0].text)
            // «головна сорок один квартира шість»
            || !cased
                && len == 1
                && window[0].text.ends_with('а')
                && window[0].text.chars().count() >= 5
                && tokens.get(read.end).is_some_and(|t| is_flat(&t.text));
        let preposition = matches!(
            window[0].text.as_str(),
            "на" | "в" | "у" | "з" | "із" | "квартира" | "а" | "то" | "індекс"
        );
        if !announced && (!shaped || preposition) {
            return None;
        }
        let name: Vec<&str> = window.iter().map(|t| t.text.as_str()).collect();
        // An avenue is written as one: «проспект Соборний» is "prospekt Sobornyi".
        let avenue = announced && tokens[at].text.starts_with("проспект");
        let name = if avenue {
            format!("{AVENUE}{}", name.join(" "))
        } else {
            name.join(" ")
        };
        return Some((name, read.value.to_string(), at..read.end));
    }
    None
}

/// «У Болоньї …»
fn led_by_in(tokens: &[Token], first: usize) -> bool {
    first
        .checked_sub(1)
        .is_some_and(|before| matches!(tokens[before].text.as_str(), "у" | "в"))
}

/// «… чотири роки»
fn counts_time(tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|next| {
        ["рок", "рік", "місяц", "тиж", "дні", "день", "раз"]
            .iter()
            .any(|stem| next.text.starts_with(stem))
    })
}

/// «Квартира п'ять», «квартира сьома», «сімнадцята квартира»: the number of a flat and where it stands.
fn flat(tokens: &[Token], at: usize, lang: Lang) -> Option<(String, Range<usize>)> {
    if let Some(read) = number_after(tokens, at + 1, lang) {
        return Some((read.value.to_string(), at..read.end));
    }
    let nth = |read: &Read| read.is_ordinal() && (1..1000).contains(&read.value);
    if let Some(read) = read_at(tokens, at + 1, lang).filter(nth) {
        return Some((read.value.to_string(), at..read.end));
    }
    (at.saturating_sub(3)..at).find_map(|start| {
        let read = read_at(tokens, start, lang).filter(|read| read.end == at && nth(read))?;
        Some((read.value.to_string(), start..at + 1))
    })
}

/// A cardinal from 1 to 999 behind a name; «будинок» and a comma may stand between.
fn number_after(tokens: &[Token], mut at: usize, lang: Lang) -> Option<Read> {
    for _ in 0..3 {
        let token = tokens.get(at)?;
        if let Some(read) = read_at(tokens, at, lang) {
            return (!read.is_ordinal() && (1..1000).contains(&read.value)).then_some(read);
        }
        if !(token.is_sign(',') || is_house(&token.text) || token.is_sign('.') && at > 0) {
            return None;
        }
        at += 1;
    }
    None
}

/// Numbers in a row as digits, up to five of them.
fn code_at(tokens: &[Token], at: usize, lang: Lang) -> Option<(String, Range<usize>)> {
    let (pieces, end) = pieces_at(tokens, at, lang, CODE);
    let digits: String = pieces.into_iter().map(|(digits, _)| digits).collect();
    (!digits.is_empty()).then_some((digits, at..end))
}

/// Numbers in a row with the token each starts at, until there are `enough` digits, and the index
/// behind them. Signs and words for the hyphen may stand between.
fn pieces_at(
    tokens: &[Token],
    at: usize,
    lang: Lang,
    enough: usize,
) -> (Vec<(String, usize)>, usize) {
    let mut pieces: Vec<(String, usize)> = Vec::new();
    let mut count = 0;
    let (mut end, mut next) = (at, at);
    while let Some(token) = tokens.get(next) {
        if let Some(read) = read_at(tokens, next, lang).filter(|r| !r.is_ordinal()) {
            count += read.digits.len();
            pieces.push((read.digits, next));
            end = read.end;
            next = read.end;
            if count >= enough {
                break;
            }
            continue;
        }
        let joins = token.is_sign(',')
            || token.is_dash()
            || matches!(
                token.text.as_str(),
                "риска" | "дефіс" | "тире" | "streg" | "bindestreg"
            );
        if pieces.is_empty() || !joins {
            break;
        }
        next += 1;
    }
    (pieces, end)
}

/// «… двадцять дев'ять… чи то шістсот?»
fn doubted(tokens: &[Token], end: usize) -> bool {
    tokens.iter().skip(end).take(3).any(|t| {
        matches!(
            t.text.as_str(),
            "чи" | "ні" | "або" | "…" | "здається" | "ой"
        )
    })
}

/// Whether postal codes of a country have four digits. `country` is its Danish name.
pub fn has_short_codes(country: &str) -> bool {
    matches!(
        country,
        "Norge"
            | "Østrig"
            | "Schweiz"
            | "Belgien"
            | "Ungarn"
            | "Bulgarien"
            | "Luxembourg"
            | "Slovenien"
            | "Australien"
            | "Moldova"
            | "Georgien"
    )
}

/// The address in one line, as the form wants it: `vul. Zelena 24, kv. 5, 79000 Lviv, Ukraine`.
/// Country words of streets and flats are those of the country.
pub fn one_line(address: &ForeignAddress, town: &str, country: &str) -> Option<String> {
    let said = address.street.as_deref()?;
    let street = said.strip_prefix(AVENUE).unwrap_or(said);
    let number = address.number.as_deref()?;
    let street_is_avenue = said.len() != street.len();
    // How a street is written there cannot be told from its sound, and "Street" alone is none.
    let spelled_by_sound = street.chars().any(crate::token::is_cyrillic)
        && matches!(
            country,
            "Irland" | "Storbritannien" | "USA" | "Canada" | "Australien"
        );
    let kind_only = matches!(
        street.to_lowercase().as_str(),
        "street" | "road" | "avenue" | "lane" | "straße" | "strasse"
    );
    if spelled_by_sound || kind_only {
        return None;
    }
    let street = street_in_latin(street, country);
    // Small words stay small: "Calle de Cuba", "via Toledo".
    let street = match country {
        // As somebody wrote it, it stands.
        "Italien" if said.chars().any(crate::token::is_cyrillic) => {
            street.replacen("Via ", "via ", 1)
        }
        "Rumænien" | "Moldova" => ["Strada ", "Str "]
            .iter()
            .find_map(|kind| street.strip_prefix(kind))
            .unwrap_or(&street)
            .to_owned(),
        "Spanien" | "Frankrig" | "Portugal" => [" De ", " Del ", " Do ", " Da ", " Das ", " Dos "]
            .iter()
            .fold(street, |line, word| {
                line.replace(word, &word.to_lowercase())
            }),
        _ => street,
    };
    let (lead, flat) = match country {
        "Ukraine" if street_is_avenue => ("prospekt ", "kv."),
        "Ukraine" => ("vul. ", "kv."),
        "Polen" => ("ul. ", "lejl."),
        "Rumænien" | "Moldova" => ("str. ", "lejl."),
        _ => ("", "lejl."),
    };
    let mut line = format!("{lead}{street} {number}");
    if let Some(number) = &address.flat {
        line.push_str(&format!(", {flat} {number}"));
    }
    let code = address.code.as_deref().map(|code| match country {
        "Polen" if code.len() == CODE && code.is_char_boundary(2) => {
            format!("{}-{} ", &code[..2], &code[2..])
        }
        _ => format!("{code} "),
    });
    line.push_str(&format!(", {}{town}, {country}", code.unwrap_or_default()));
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, town: &str, country: &str) -> Option<String> {
        one_line(&find(text, Lang::Uk)?.value, town, country)
    }

    #[test]
    fn addresses_of_three_countries() {
        for (text, town, country, want) in [
            (
                "Вулиця Садова, будинок сімнадцять, квартира три. Індекс вісімнадцять нуль нуль два.",
                "Cherkasy",
                "Ukraine",
                "vul. Sadova 17, kv. 3, 18002 Cherkasy, Ukraine",
            ),
            (
                "жили на вулиці зеленій дев'ять квартира сорок один",
                "Lviv",
                "Ukraine",
                "vul. Zelena 9, kv. 41, Lviv, Ukraine",
            ),
            (
                "Пушкінська сто два, квартира п'ять",
                "Odesa",
                "Ukraine",
                "vul. Pushkinska 102, kv. 5, Odesa, Ukraine",
            ),
            (
                "Вулиця Мостова двадцять, мешкання чотири, вісімдесят сто тридцять три",
                "Gdańsk",
                "Polen",
                "ul. Mostowa 20, lejl. 4, 80-133 Gdańsk, Polen",
            ),
            (
                "Пушкінська сто два, квартира п'ята",
                "Odesa",
                "Ukraine",
                "vul. Pushkinska 102, kv. 5, Odesa, Ukraine",
            ),
            (
                "вулиця канатна дев'яносто вісім сімнадцята квартира",
                "Odesa",
                "Ukraine",
                "vul. Kanatna 98, kv. 17, Odesa, Ukraine",
            ),
            (
                "Havlíčkova тридцять чотири",
                "Brno",
                "Tjekkiet",
                "Havlíčkova 34, Brno, Tjekkiet",
            ),
            (
                "гартен штрасе вісім нуль один нуль шість сім дрезден",
                "Dresden",
                "Tyskland",
                "Garten Straße 8, 01067 Dresden, Tyskland",
            ),
        ] {
            assert_eq!(line(text, town, country).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn a_code_in_doubt_is_left_out() {
        let found = find(
            "Вулиця Довга шість, квартира два, індекс тридцять сто двадцять… чи двісті?",
            Lang::Uk,
        )
        .expect("an address");
        assert_eq!(found.value.code, None);
        assert_eq!(found.value.flat.as_deref(), Some("2"));
    }

    #[test]
    fn read_back_codes() {
        let value = |text: &str, lang| code(text, lang).map(|f| f.value);
        assert_eq!(
            value("Tre tre nul to otte.", Lang::Da).as_deref(),
            Some("33028")
        );
        assert_eq!(
            value("med postnummeret tre en streg en fire seks", Lang::Da).as_deref(),
            Some("31146")
        );
        assert_eq!(
            value("hundrede og en nul fire tre en fem leipzig", Lang::Da).as_deref(),
            Some("04315")
        );
        assert_eq!(value("vej syvogtyve", Lang::Da), None);
    }

    #[test]
    fn words_without_a_street_are_no_address() {
        assert_eq!(find("Так, двоє дітей.", Lang::Uk), None);
        assert_eq!(find("", Lang::Uk), None);
        assert!(find("я жив там три роки", Lang::Uk).is_none());
        assert!(find("У Болоньї, чотири роки.", Lang::Uk).is_none());
    }
}
