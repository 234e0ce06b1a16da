//! Streets whose last word alone says little: "Greve Strandvej", "jernbane alle tre og tredive".

use super::heard::compass;
use super::spell_back::spell_back;
use super::street::{key, title};
use super::street_words::OPENERS;
use crate::names::{danish_given, danish_surname};
use crate::numbers::read_at;
use crate::places::base;
use crate::sound::similarity;
use crate::tables::{MONTHS, POSTAL, street_parts};
use crate::token::{Token, fold};
use tolkebot_protocol::Lang;

/// Names that every village has, and that are told apart by the village before them.
const EVERYWHERE: &[&str] = &[
    "hovedgade",
    "strandvej",
    "kongevej",
    "landevej",
    "bygade",
    "langgade",
    "byvej",
    "stationsvej",
    "kirkevej",
    "hovedvej",
];

/// Words before a street that are no village.
const NO_VILLAGE: &[&str] = &[
    "adressen",
    "adresse",
    "vejen",
    "gaden",
    "nummer",
    "huset",
    "hus",
    "lejligheden",
    "lejlighed",
    "værelset",
    "stadig",
    "gamle",
    "gammel",
    "nye",
    "stadigvæk",
    "altså",
    "fint",
    "perfekt",
    "super",
    "gamle",
    "bare",
    "jamen",
    "nåh",
    "goddag",
    "velkommen",
    "herfra",
    "nemlig",
];

/// Words for street that are written together with the one word before them.
const JOINED: &[&str] = &[
    "vej", "vejen", "gade", "gaden", "stræde", "strædet", "vænget", "parken", "bakken", "toften",
    "marken", "haven", "vangen",
];

/// "struer vej": two words of which the last is written together with the first.
pub(super) fn cut_name(tokens: &[Token], at: usize, len: usize) -> bool {
    len == 2 && JOINED.contains(&tokens[at + 1].text.as_str())
}

/// "emil møllers gade": given name, surname in the genitive, street, after a word that is no name.
pub(super) fn of_person(tokens: &[Token], at: usize, len: usize) -> bool {
    let word = |n: usize| tokens[at + n].text.as_str();
    let before = at.checked_sub(1).map(|b| &tokens[b]);
    len == 3
        && tokens[at..at + 3].iter().all(Token::is_word)
        && matches!(word(2), "vej" | "gade" | "allé" | "plads")
        && word(1).ends_with('s')
        && word(0).chars().count() >= 3
        && before.is_none_or(|b| !b.is_word() || OPENERS.contains(&b.text.as_str()))
}

/// Whether a word is a Danish town or the first part of one's name.
pub(super) fn is_town(word: &str) -> bool {
    POSTAL
        .iter()
        .filter(|row| row.status != "check")
        .any(|row| {
            let town = base(row.district);
            fold(town) == word
                || town
                    .split(' ')
                    .next_back()
                    .is_some_and(|last| fold(last) == word)
        })
}

/// "jernbane alle tre og tredive i vanløse": written without signs, "alle" is a street behind a word that
/// streets are named after, or before a number with a floor, a door or a town behind it; else it is everybody.
pub(super) fn avenue(tokens: &[Token], at: usize) -> bool {
    let first = tokens[at].text.as_str();
    let Some(number) = read_at(tokens, at + 2, Lang::Da).filter(|n| !n.is_ordinal()) else {
        return false;
    };
    if first.chars().count() < 4 || OPENERS.contains(&first) {
        return false;
    }
    let named = is_town(first) || street_parts().any(|part| fold(part) == first);
    let word = |n: usize| tokens.get(number.end + n).map_or("", |t| t.text.as_str());
    let floor = matches!(
        word(0),
        "første" | "anden" | "tredje" | "fjerde" | "femte" | "sjette" | "stuen" | "dør" | "værelse"
    ) && !matches!(word(0), "dør" | "stuen" if word(1).is_empty());
    let month = MONTHS.contains_key(word(1));
    named && number.value > 3
        || floor && !month
        || word(0) == "i" && is_town(word(1)) && number.value > 9
}

/// The name of a window that is a village with one of the names [`EVERYWHERE`], which a recogniser may have cut
/// up: "greve strandvej", "lyngby hoved gade". "i greve strandvej" names the town and then the street.
pub(super) fn behind_a_village(
    tokens: &[Token],
    at: usize,
    len: usize,
    cased: bool,
) -> Option<String> {
    let [village, rest @ ..] = tokens.get(at..at + len)? else {
        return None;
    };
    if len > 3 || !rest.iter().all(Token::is_word) {
        return None;
    }
    let tail: String = rest.iter().map(|t| t.text.as_str()).collect();
    // "kommer fra vejle boulevarden nitten": a street that needs no other name.
    let definite = matches!(
        tail.as_str(),
        "boulevarden" | "torvet" | "strandvejen" | "hovedgaden" | "ringvejen" | "bygaden"
    );
    if definite && !cased && is_town(&village.text) {
        return Some(tail);
    }
    let first = village.text.as_str();
    let known = EVERYWHERE.contains(&tail.as_str()) && first.chars().count() >= 4;
    if !known || OPENERS.contains(&first) || NO_VILLAGE.contains(&first) {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |b| tokens[b].text.as_str());
    let town = is_town(first);
    let fits = if cased {
        village.capital && (town && before != "i" || !town && rest[0].capital)
    } else {
        town && !matches!(before, "i" | "fra" | "til")
    };
    fits.then(|| format!("{first} {tail}"))
}

/// "Egå Møllevej", "på Bygholm Parkvej": the capital word right before a street belongs to its name, where it is the
/// only district of its town or stands inside the sentence. "i Egå Møllevej" names the town and then the street.
pub(super) fn behind_a_proper_name(tokens: &[Token], at: usize, cased: bool) -> bool {
    let [first, last] = &tokens[at..at + 2] else {
        return false;
    };
    let word = first.text.as_str();
    let plain = first.is_word() && first.capital && last.capital && word.chars().count() >= 3;
    let kind = ["vej", "gade", "allé", "vænget", "parken"]
        .iter()
        .any(|end| last.text.ends_with(end));
    if !cased || !plain || !kind || OPENERS.contains(&word) || NO_VILLAGE.contains(&word) {
        return false;
    }
    let before = at.checked_sub(1).map(|b| &tokens[b]);
    let text = before.map_or("", |b| b.text.as_str());
    let districts = POSTAL
        .iter()
        .filter(|row| row.status != "check" && fold(base(row.district)) == word)
        .count();
    match districts {
        0 => matches!(text, "på" | "er" | "hedder" | "står"),
        1 => text != "i",
        _ => false,
    }
}

/// «Егьо Мьоллевей»: the village right before a street with a capital letter of its own belongs to the name, where it is
/// the only district of its town; «в Егьо Мьоллевей» names the town and then the street.
pub(super) fn heard_village(tokens: &[Token], at: usize, len: usize) -> Option<&'static str> {
    let [village, street] = tokens.get(at..at + len)? else {
        return None;
    };
    let before = at.checked_sub(1).map_or("", |b| tokens[b].text.as_str());
    let placed = matches!(
        before,
        "в" | "у" | "до" | "з" | "із" | "зі" | "від" | "під" | "біля" | "коло"
    );
    // «Ґаммель Страндвей» sounds like Hammel, and is none.
    let word_of_its_own = compass(&village.text).is_some();
    if placed || word_of_its_own || !village.is_word() || !village.capital || !street.capital {
        return None;
    }
    let towns = || {
        POSTAL
            .iter()
            .filter(|row| row.status != "check")
            .map(|row| base(row.district))
    };
    let (town, alike) = towns()
        .map(|town| (town, similarity(&village.text, town)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    (alike >= 0.9 && towns().filter(|name| *name == town).count() == 1).then_some(town)
}

/// «Еміль Мьоллерс гаде», «Тове Дітлевсенс Вей»: given name, surname in the genitive and a word for street of its own,
/// in Danish letters.
pub(super) fn heard_of_person(tokens: &[Token], at: usize, len: usize) -> Option<String> {
    let [given, surname, kind] = tokens.get(at..at + len)? else {
        return None;
    };
    let street = kind;
    let kind = match kind.text.as_str() {
        "вей" | "вай" => "Vej",
        "гаде" | "ґаде" => "Gade",
        "алле" | "алє" | "аллє" => "Allé",
        "плас" | "пладс" => "Plads",
        "бульвар" | "булевард" | "боулевард" => "Boulevard",
        _ => return None,
    };
    let owner = surname.text.strip_suffix('с')?;
    if owner.chars().count() < 3 || !given.is_word() || given.text.chars().count() < 3 {
        return None;
    }
    // «Палле Юль Єнсенс бульвар»: the name begins before.
    let longer = at.checked_sub(1).is_some_and(|before| {
        tokens[before].is_word()
            && tokens[before].capital
            && danish_given(&tokens[before].text).is_some()
    });
    if longer {
        return None;
    }
    let first = danish_given(&given.text);
    let last = danish_surname(owner);
    let proper = given.capital && surname.capital;
    // «Крестен Філіпсенс Вай»: nobody writes a word for street with a capital letter unless it ends a name.
    let whole = proper && street.capital && compass(&given.text).is_none();
    let known = first.is_some() || last.is_some();
    if !(whole || proper && known || first.is_some() && last.is_some()) {
        return None;
    }
    let written = |name: Option<&str>, heard: &str| {
        name.map_or_else(|| title(&spell_back(heard)), str::to_owned)
    };
    Some(format!(
        "{} {}s {kind}",
        written(first, &given.text),
        written(last, owner)
    ))
}

/// The same in Cyrillic letters: the Danish name when the first word is a town and the rest one of the names
/// [`EVERYWHERE`].
pub(super) fn heard_behind_a_village(tokens: &[Token], at: usize, len: usize) -> Option<String> {
    let [village, rest @ ..] = tokens.get(at..at + len)? else {
        return None;
    };
    if rest.is_empty() || !rest.iter().all(Token::is_word) {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |b| tokens[b].text.as_str());
    if matches!(before, "в" | "у" | "до" | "з" | "із" | "зі" | "від" | "під")
        || compass(&village.text).is_some()
    {
        return None;
    }
    let tail: String = rest.iter().map(|t| t.text.as_str()).collect();
    let (name, alike) = EVERYWHERE
        .iter()
        .map(|name| (*name, similarity(&tail, name)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    if alike < 0.85 || village.text.chars().count() < 4 {
        return None;
    }
    let (town, alike) = POSTAL
        .iter()
        .filter(|row| row.status != "check")
        .map(|row| {
            base(row.district)
                .split(' ')
                .next_back()
                .unwrap_or(row.district)
        })
        .map(|town| (town, similarity(&village.text, town)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    (alike >= 0.85 && key(town).len() >= 4).then(|| format!("{town} {name}"))
}
