//! Towns, parts of Aarhus and countries, in both languages and all Ukrainian cases.

mod beside;
mod tables;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use self::tables::{BY_FORM, BY_NAME, BY_START, LONG, ROWS, TOWNS, Town, one_g};
use crate::found::{Ambiguity, Found, Reason};
use crate::postal;
use crate::sound::{likeness_over, sounds};
use crate::tables::PlaceRow;
use crate::token::{Token, fold, span_of, tokenise};

/// What kind of place a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A Danish town with its own post district.
    DanishTown,
    /// A part of Aarhus without a post district of its name.
    AarhusArea,
    /// A town outside Denmark.
    ForeignTown,
    /// A country.
    Country,
}

/// A place that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name in Latin letters: Danish for Danish places and countries, the town's own otherwise.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Danish name of the country; for a country itself its own name.
    pub country: String,
    /// Postal codes of the place, ascending; empty outside Denmark.
    pub postal_codes: Vec<String>,
    /// True when one of the codes lies wholly in Aarhus Kommune.
    pub in_aarhus: bool,
}

const DIRECTIONS: &[&str] = &[
    "C", "N", "V", "Ø", "S", "NV", "SV", "NØ", "SØ", "K", "M", "J", "Øst", "F",
];

/// The district without its direction: `Aarhus N` → `Aarhus`.
pub fn base(district: &str) -> &str {
    match district.rsplit_once(' ') {
        Some((town, direction)) if DIRECTIONS.contains(&direction) => town,
        _ => district,
    }
}

/// The direction letter a Ukrainian says or a recogniser writes behind a town.
fn direction(text: &str) -> Option<&'static str> {
    Some(match text {
        "c" | "ц" | "с" | "це" | "сі" => "C",
        "n" | "н" | "ен" => "N",
        "v" | "в" | "ве" => "V",
        "ø" | "е" | "ьо" => "Ø",
        "s" | "ес" => "S",
        "nv" | "нв" => "NV",
        "sv" | "св" => "SV",
        "nø" => "NØ",
        "sø" => "SØ",
        "k" | "к" => "K",
        "m" | "м" => "M",
        "j" | "й" => "J",
        "øst" | "ест" | "єст" | "ост" => "Øst",
        "vest" | "вест" => "Vest",
        "nord" | "норд" | "норр" => "Nord",
        "syd" | "сюд" | "сід" => "Syd",
        // Of the three towns called Nykøbing.
        "mors" | "морс" => "M",
        "falster" | "фальстер" | "фалстер" => "F",
        "sjælland" | "шелланн" | "зеландія" => "Sj",
        _ => return None,
    })
}

/// All places of a text, left to right. In a text with capital letters only capitalised Ukrainian
/// words are places.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Place>> {
    let tokens = tokenise(text, lang);
    find_in(&tokens, lang)
}

/// [`find`] over tokens.
pub fn find_in(tokens: &[Token], lang: Lang) -> Vec<Found<Place>> {
    let cased = tokens.iter().any(|t| t.capital);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = if tokens[at].is_cyrillic() {
            ukrainian(tokens, at, cased)
        } else if tokens[at].is_word() {
            danish(tokens, at, cased || lang == Lang::Uk)
        } else {
            None
        };
        match hit {
            Some((place, confidence, len)) => {
                let span = span_of(&tokens[at..at + len]);
                let note = (place.postal_codes.len() > 1)
                    .then(|| Ambiguity::between(Reason::SeveralReadings, &place.postal_codes));
                found.push(Found {
                    value: place,
                    span,
                    confidence,
                    note,
                });
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

type Hit = (Place, f32, usize);

fn danish_place(name: &str, codes: &[&str]) -> Place {
    Place {
        name: name.to_string(),
        kind: PlaceKind::DanishTown,
        country: "Danmark".into(),
        postal_codes: codes.iter().map(|c| c.to_string()).collect(),
        in_aarhus: codes
            .iter()
            .any(|c| postal::lookup(c).is_some_and(|r| r.aarhus == "core")),
    }
}

/// The Ukrainian name of a country that the forms know by its Danish one: `Tyskland` → `Німеччина`.
pub fn country_in_ukrainian(danish: &str) -> Option<&'static str> {
    let countries = ROWS.iter().filter(|row| row.kind == "country");
    countries
        .filter(|row| !row.ukrainian.is_empty())
        .find(|row| row.name == danish)
        .map(|row| row.ukrainian)
}

fn from_row(row: &PlaceRow) -> Place {
    if row.kind == "danish" {
        return town_named(&fold(base(row.name))).unwrap_or_else(|| danish_place(row.name, &[]));
    }
    let kind = match row.kind {
        "country" => PlaceKind::Country,
        "area" => PlaceKind::AarhusArea,
        _ => PlaceKind::ForeignTown,
    };
    Place {
        name: row.name.to_string(),
        kind,
        country: if row.country.is_empty() {
            row.name
        } else {
            row.country
        }
        .to_string(),
        postal_codes: row.postal_codes.iter().map(|c| c.to_string()).collect(),
        in_aarhus: kind == PlaceKind::AarhusArea,
    }
}

fn town_named(name: &str) -> Option<Place> {
    let town = BY_NAME.get(name).and_then(|&at| TOWNS.get(at))?;
    Some(danish_place(&town.name, &town.codes))
}

/// With a direction behind it, the district is known exactly.
fn directed(tokens: &[Token], at: usize, len: usize, place: Place) -> (Place, usize) {
    let Some(next) = tokens.get(at + len).filter(|t| t.is_word()) else {
        return (place, len);
    };
    let Some(direction) = direction(&next.text) else {
        return (place, len);
    };
    // «в», «с», «к» are prepositions too: a following word makes them one.
    let preposition = next.is_cyrillic()
        && !next.capital
        && tokens.get(at + len + 1).is_some_and(Token::is_word)
        && next.text.chars().count() == 1;
    let whole = format!("{} {direction}", place.name);
    // "København Øst" is written with the letter alone, "Aalborg Øst" whole.
    let letter = || {
        let first = direction.chars().next().unwrap_or_default();
        format!("{} {first}", place.name)
    };
    let district = match postal::of_district(&whole).is_empty() && direction.len() > 2 {
        true => letter(),
        false => whole,
    };
    match postal::of_district(&district).first() {
        Some(row) if !preposition => {
            let codes: Vec<&str> = postal::of_district(&district)
                .iter()
                .map(|r| r.code)
                .collect();
            (danish_place(row.district, &codes), len + 1)
        }
        _ => (place, len),
    }
}

fn danish(tokens: &[Token], at: usize, cased: bool) -> Option<Hit> {
    let upper = tokens[at].capital;
    for len in (1..=3).rev() {
        let Some(words) = tokens
            .get(at..at + len)
            .filter(|w| w.iter().all(Token::is_word))
        else {
            continue;
        };
        let name: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
        let name = name.join(" ").replace("århus", "aarhus");
        let row = BY_FORM.get(name.as_str()).and_then(|&at| ROWS.get(at));
        let place = match row {
            Some(row) => Some(from_row(row)),
            None => town_named(&name),
        };
        let Some(place) = place else { continue };
        // Short towns are words too ("Tim", "Them", "Vig"): they need their capital letter.
        let risky = name.chars().count() < 6 && place.kind == PlaceKind::DanishTown;
        if cased && !upper || !cased && risky && !after_preposition(tokens, at) {
            continue;
        }
        let (place, len) = directed(tokens, at, len, place);
        return Some((place, if cased { 0.95 } else { 0.8 }, len));
    }
    None
}

fn after_preposition(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|i| tokens.get(i))
        .is_some_and(|t| {
            matches!(
                t.text.as_str(),
                "i" | "fra"
                    | "til"
                    | "ved"
                    | "в"
                    | "у"
                    | "з"
                    | "із"
                    | "зі"
                    | "до"
                    | "на"
                    | "від"
                    | "під"
                    | "біля"
                    | "місто"
                    | "місті"
                    | "міста"
                    | "із-під"
                    | "через"
                    | "адреса"
                    | "адресу"
            )
        })
}

/// Endings of place names in the Ukrainian cases, longest first.
const ENDINGS: &[&str] = &[
    "ськом",
    "ові",
    "еві",
    "ого",
    "ому",
    "ою",
    "ею",
    "єю",
    "ом",
    "ем",
    "ам",
    "ах",
    "ів",
    "ях",
    "ї",
    "й",
    "у",
    "ю",
    "і",
    "и",
    "а",
    "я",
    "о",
    "е",
    "є",
];

fn ukrainian(tokens: &[Token], at: usize, cased: bool) -> Option<Hit> {
    if cased && !tokens[at].capital {
        return None;
    }
    let prepared = after_preposition(tokens, at);
    for len in (1..=2).rev() {
        let Some(words) = tokens
            .get(at..at + len)
            .filter(|w| w.iter().all(Token::is_cyrillic))
        else {
            continue;
        };
        let name: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
        let name = one_g(&name.join(" "));
        let rows = name
            .chars()
            .next()
            .and_then(|first| BY_START.get(&(first, name.chars().nth(1))));
        let mut rows = rows.into_iter().flatten().filter_map(|&at| ROWS.get(at));
        if let Some(row) = rows.find(|row| stem_matches(row, &name)) {
            // «суми», «риг»: words that are also something else need a sign that it's a place.
            let risky = name.chars().count() < 5 && !cased;
            // «брно вулиця …»
            let street = tokens
                .get(at + len)
                .is_some_and(|next| next.text.starts_with("вулиц"));
            if risky && !prepared && !street {
                continue;
            }
            let (place, len) = directed(tokens, at, len, from_row(row));
            return Some((place, if cased || prepared { 0.92 } else { 0.7 }, len));
        }
        if len == 2 && cased && !tokens[at + 1].capital {
            continue;
        }
        if let Some((town, score)) = by_sound(&name) {
            let told = prepared
                || cased && at != 0 && score >= 0.95
                || beside_code(tokens, at, len)
                || score >= 0.9 && beside::before_street(tokens, at, len);
            if !told {
                continue;
            }
            let place = danish_place(&town.name, &town.codes);
            let (place, len) = directed(tokens, at, len, place);
            let confidence = if prepared && cased {
                score * 0.9
            } else {
                score * 0.7
            };
            return Some((place, confidence, len));
        }
    }
    None
}

fn stem_matches(row: &PlaceRow, name: &str) -> bool {
    row.stems.iter().any(|stem| {
        name.strip_prefix(stem.as_str())
            .is_some_and(|rest| rest.is_empty() || ENDINGS.contains(&rest) || rest == "ь")
            || stem.ends_with('і') && name.strip_prefix(stem.as_str()) == Some("ям")
            || softened(stem).is_some_and(|locative| name == locative)
            // «Хмельницький»: a town that is an adjective.
            || row.name.ends_with("yi")
                && matches!(name.strip_prefix(stem.as_str()), Some("ий" | "им"))
    })
}

/// «Кременчук» → «у Кременчуці», «Прага» → «у Празі».
fn softened(stem: &str) -> Option<String> {
    let last = stem.chars().last()?;
    let soft = match last {
        'к' => 'ц',
        'г' => 'з',
        'х' => 'с',
        _ => return None,
    };
    let start = stem.strip_suffix(last)?;
    Some(format!("{start}{soft}і"))
}

/// «вісім тисяч двісті, Орхус»: a postal code just before.
fn beside_code(tokens: &[Token], at: usize, len: usize) -> bool {
    let before = at.saturating_sub(2);
    let number = |i: usize| crate::numbers::read_at(tokens, i, Lang::Uk).is_some();
    (before..at).any(number)
        || tokens.get(at + len).is_some_and(|t| t.is_sign(',')) && number(at + len + 1)
}

fn by_sound(name: &str) -> Option<(&'static Town, f32)> {
    let count = name.chars().count();
    if count < 4 || NOT_PLACES.contains(&name) {
        return None;
    }
    let (towns, index) = &*LONG;
    let mut best: Option<(&Town, f32)> = None;
    for stem in stems(name) {
        let heard = sounds(&stem);
        for at in index.near(&heard, 0.86) {
            let town = towns[at];
            let short = town.sounds.len() < 6;
            let score = likeness_over(&heard, &town.sounds, if short { 0.93 } else { 0.86 });
            if score > 0.0 && best.is_none_or(|(_, other)| score > other) {
                best = Some((town, score));
            }
        }
    }
    best
}

fn stems(name: &str) -> impl Iterator<Item = String> {
    // «у Віборзі», «у Гольбеку» – «у Гольбеці»
    let hardened = [("зі", "г"), ("ці", "к")]
        .iter()
        .filter_map(|(soft, hard)| {
            name.strip_suffix(soft)
                .map(|start| format!("{start}{hard}"))
        })
        .filter(|stem| stem.chars().count() >= 5);
    let cut = ENDINGS
        .iter()
        .filter_map(|ending| name.strip_suffix(ending))
        .filter(|stem| stem.chars().count() >= 4)
        .take(2)
        .map(str::to_owned);
    std::iter::once(name.to_owned())
        .chain(hardened.collect::<Vec<_>>())
        .chain(cut)
}

/// Everyday words that sound like a Danish town.
const NOT_PLACES: &[&str] = &[
    "телефон",
    "номер",
    "мене",
    "тебе",
    "вас",
    "нього",
    "неї",
    "просто",
];

#[cfg(test)]
#[path = "places_tests.rs"]
mod tests;
