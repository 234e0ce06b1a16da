//! Names that many towns have, and streets whose name has no word for street in it: "Skottenborg fireogtyve, tredje til højre", "hvilket nummer på
//! Dæmningen?".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::street::{Hit, Street, StreetSource, joined, key, number_behind, title};
use super::street_words::OPENERS;
use super::tail::is_town;
use super::unit_da::{code_at, floor};
use crate::numbers::{Form, read_at};
use crate::tables::{MONTHS, common_streets};
use crate::token::Token;
use tolkebot_protocol::Lang;

/// Words before a number that open a sentence with their capital letter and name no street.
const NO_STREET: &[&str] = &[
    "nummer",
    "husnummer",
    "nummeret",
    "værelse",
    "værelset",
    "lejlighed",
    "lejligheden",
    "opgang",
    "opgangen",
    "bygning",
    "etage",
    "adresse",
    "adressen",
    "postnummer",
    "præcis",
    "selvfølgelig",
    "naturligvis",
    "rettet",
    "undskyld",
    "perfekt",
    "tilbage",
    "stadig",
    "herinde",
    "fortsat",
    "desværre",
];

/// Shortest word that its place alone makes a street.
const SHORTEST: usize = 6;

/// A name that many towns have, however a recogniser cut it up: "ny gårds vej", "alle gade".
pub(super) fn common(tokens: &[Token], at: usize, lang: Lang, cased: bool) -> Option<Hit> {
    if cased {
        return None;
    }
    (1..=4).rev().find_map(|len| {
        let name = COMMON.get(&key(&joined(tokens, at, len)?))?;
        number_behind(tokens, at + len, lang).then(|| Hit {
            street: Street {
                name: (*name).to_owned(),
                source: StreetSource::Spelled,
                postal_codes: Vec::new(),
                candidates: Vec::new(),
            },
            start: at,
            end: at + len,
            confidence: 0.75,
        })
    })
}

static COMMON: LazyLock<BTreeMap<String, &'static str>> =
    LazyLock::new(|| common_streets().map(|name| (key(name), name)).collect());

/// A capital word that is a name many towns have, beside a number; or any before a number with a floor or a postal
/// code behind it.
pub(super) fn danish(tokens: &[Token], at: usize) -> Option<Hit> {
    let token = &tokens[at];
    let word = token.text.as_str();
    if !token.capital || OPENERS.contains(&word) {
        return None;
    }
    let asked = at >= 2
        && tokens[at - 1].text == "på"
        && matches!(tokens[at - 2].text.as_str(), "nummer" | "husnummer");
    let known = COMMON
        .get(&key(word))
        .filter(|_| asked || number_behind(tokens, at + 1, Lang::Da))
        .map(|name| (*name).to_owned());
    let name = known.or_else(|| placed(tokens, at).then(|| title(word)))?;
    Some(Hit {
        street: Street {
            name,
            source: StreetSource::Spelled,
            postal_codes: Vec::new(),
            candidates: Vec::new(),
        },
        start: at,
        end: at + 1,
        confidence: 0.7,
    })
}

/// «Ось лист: skovløkke дванадцять», «Søndervang вісім, стуен»: a word in Danish letters right before a number, in the
/// mouth of who speaks Ukrainian, is read from a paper.
pub(super) fn read_out(tokens: &[Token], at: usize) -> Option<Hit> {
    let token = &tokens[at];
    let word = token.text.as_str();
    // «Kotlářská» is of another language.
    let danish = |c: char| c.is_ascii_alphabetic() || "æøåéüö".contains(c);
    let whole = token.is_word() && word.chars().all(danish);
    let beside_latin = at
        .checked_sub(1)
        .is_some_and(|b| tokens[b].is_word() && !tokens[b].is_cyrillic());
    if !whole || word.chars().count() < SHORTEST || beside_latin || NO_ADDRESS.contains(&word) {
        return None;
    }
    if is_town(word) || OPENERS.contains(&word) || NO_STREET.contains(&word) {
        return None;
    }
    let number = read_at(tokens, at + 1, Lang::Uk)
        .filter(|n| n.form == Form::Cardinal && (1..1000).contains(&n.value))?;
    // «Hansen двадцять два, одинадцять, …»: a telephone number.
    let comma = tokens.get(number.end).is_some_and(|t| t.is_sign(','));
    let row = comma
        && read_at(tokens, number.end + 1, Lang::Uk)
            .is_some_and(|next| next.form == Form::Cardinal && next.digits.len() < 3)
        || tokens
            .get(number.end)
            .is_some_and(|t| t.text == "крон" || t.text.starts_with("рок"));
    (!row).then(|| Hit {
        street: Street {
            name: title(word),
            source: StreetSource::Spelled,
            postal_codes: Vec::new(),
            candidates: Vec::new(),
        },
        start: at,
        end: at + 1,
        confidence: 0.6,
    })
}

/// Words in Latin letters that people say beside numbers.
const NO_ADDRESS: &[&str] = &[
    "iphone",
    "samsung",
    "toyota",
    "example",
    "facebook",
    "telegram",
    "whatsapp",
    "ryanair",
    "nordea",
    "danske",
    "dansk",
    "danmark",
    "ukraine",
    "viber",
    "instagram",
    "digital",
    "borger",
    "passport",
    "flixbus",
    "wizzair",
    "octavia",
    "android",
];

/// "Skottenborg fireogtyve, tredje til højre", "Skottenborg sytten B, otteogfirs hundrede"
fn placed(tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].text.as_str();
    // "Hundrede enoghalvtreds, fjerde til venstre"
    let number = read_at(tokens, at, Lang::Da).is_some() || floor(tokens, at, false).is_some();
    if word.chars().count() < SHORTEST || number || NO_STREET.contains(&word) {
        return false;
    }
    if is_town(word) || MONTHS.contains_key(word) {
        return false;
    }
    let Some(number) = read_at(tokens, at + 1, Lang::Da)
        .filter(|n| !n.is_ordinal() && (1..1000).contains(&n.value))
    else {
        return false;
    };
    let mut next = number.end;
    let letter = tokens
        .get(next)
        .is_some_and(|t| t.capital && t.text.chars().count() == 1);
    next += usize::from(letter);
    // "Så bor du på Vesterport toogtredive i Grenaa."
    let on = at >= 1 && tokens[at - 1].text == "på";
    if on
        && tokens.get(next).is_some_and(|t| t.text == "i")
        && tokens.get(next + 1).is_some_and(|t| is_town(&t.text))
    {
        return true;
    }
    if !tokens.get(next).is_some_and(|t| t.is_sign(',')) {
        return false;
    }
    next += 1;
    let month = tokens
        .get(next + 1)
        .is_some_and(|t| MONTHS.contains_key(t.text.as_str()));
    !month && (floor(tokens, next, true).is_some() || code_at(tokens, next))
}
