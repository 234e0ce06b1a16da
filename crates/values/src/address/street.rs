//! Street names: first the gazetteer letter by letter, then by sound, then a guess.

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use super::bare;
use super::gazetteer::{Entry, Gazetteer};
use super::house::{before_a_floor, before_street, ranked};
use super::street_words::{OPENERS, WORDS, beside_another, compass, street_suffix, told};
use super::{heard, tail};
use crate::numbers::read_at;
use crate::sound::sounds;
use crate::tables::POSTAL;
use crate::token::{Token, fold};

/// How a street name was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreetSource {
    /// Letter by letter a name, or a known rendering of it, of the gazetteer.
    Known,
    /// Sounds like a name of the gazetteer.
    Heard,
    /// A Danish spelling that no list has; kept as it was written.
    Spelled,
    /// In no list: put together from sounds. A person must check it.
    Guessed,
}

/// A street that was named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Street {
    /// Danish name.
    pub name: String,
    /// How it was recognised.
    pub source: StreetSource,
    /// Postal codes the gazetteer has for it; empty for unknown streets.
    pub postal_codes: Vec<String>,
    /// Other names that sound alike, best first, with their likeness (0–1).
    pub candidates: Vec<(String, f32)>,
}

/// Letters and digits only, `aa` as `å`, `allé` as `alle`, `gl.` as `gammel`.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    let words = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "gl" => "gammel",
            "sankt" | "sct" | "skt" => "skt",
            "vilh" => "vilhelm",
            "chr" => "christian",
            "nr" => "nørre",
            "sdr" => "sønder",
            other => other,
        });
    words
        .collect::<String>()
        .replace('\'', "")
        .replace("aa", "å")
        .replace('é', "e")
}

/// A street found at a token, and the index behind it.
pub(super) struct Hit {
    pub street: Street,
    pub start: usize,
    pub end: usize,
    pub confidence: f32,
}

pub(super) fn from_entry(
    entry: &Entry,
    source: StreetSource,
    candidates: Vec<(String, f32)>,
) -> Street {
    Street {
        name: entry.name.clone(),
        source,
        postal_codes: entry.codes.clone(),
        candidates,
    }
}

/// All streets of a text, left to right.
pub(super) fn find(tokens: &[Token], lang: Lang, streets: &Gazetteer) -> Vec<Hit> {
    let cased = tokens.iter().skip(1).any(|t| t.capital);
    let mut hits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = if !tokens[at].is_word() {
            None
        } else if tokens[at].is_cyrillic() {
            heard::at(tokens, at, cased, streets)
        } else {
            danish(tokens, at, lang, cased, streets)
        };
        match hit {
            Some(hit) => {
                at = hit.end.max(at + 1);
                hits.push(hit);
            }
            None => at += 1,
        }
    }
    hits
}

/// The text of a window without spaces; `None` when a sign other than the `.` of an abbreviation, `-` or `'` is
/// inside.
pub(super) fn joined(tokens: &[Token], at: usize, len: usize) -> Option<String> {
    let window = tokens.get(at..at + len)?;
    const SHORT: usize = 4;
    let short = |n: usize| {
        n.checked_sub(1)
            .is_some_and(|before| window[before].text.chars().count() <= SHORT)
    };
    let inner = |(n, t): (usize, &Token)| {
        t.is_word() || t.is_dash() || t.is_sign('.') && short(n) || t.is_sign('\'')
    };
    (window.iter().enumerate().all(inner) && window.last().is_some_and(Token::is_word)).then(|| {
        window
            .iter()
            .map(|t| t.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    })
}

fn danish(
    tokens: &[Token],
    at: usize,
    lang: Lang,
    cased: bool,
    streets: &Gazetteer,
) -> Option<Hit> {
    for len in (1..=6).rev() {
        let Some(name) = joined(tokens, at, len) else {
            continue;
        };
        let key = key(&name);
        let exact = streets.by_key(&key);
        // "åen" and "graven" are words too.
        if let Some(entry) = exact
            && (key.len() > 7 || tokens[at].capital || number_behind(tokens, at + len, lang))
        {
            let street = from_entry(entry, StreetSource::Known, Vec::new());
            return Some(Hit {
                street,
                start: at,
                end: at + len,
                confidence: 0.97,
            });
        }
    }
    bare::common(tokens, at, lang, cased)
        .or_else(|| spelled(tokens, at, lang, cased, streets))
        .or_else(|| {
            (lang == Lang::Uk)
                .then(|| bare::read_out(tokens, at))
                .flatten()
        })
        .or_else(|| cased.then(|| bare::danish(tokens, at)).flatten())
}

/// A word (or words) that ends like a street but is in no list.
fn spelled(
    tokens: &[Token],
    at: usize,
    lang: Lang,
    cased: bool,
    streets: &Gazetteer,
) -> Option<Hit> {
    if OPENERS.contains(&tokens[at].text.as_str()) {
        return None;
    }
    for len in 1..=4 {
        // "Hold-an Vej": a hyphen ends no name.
        if tokens.get(at + len - 1).is_some_and(Token::is_dash) {
            continue;
        }
        let Some(name) = joined(tokens, at, len) else {
            if len == 2 && compass(tokens, at, cased) {
                continue;
            }
            return None;
        };
        let last = &tokens[at + len - 1];
        let Some(suffix) = street_suffix(&last.text) else {
            continue;
        };
        let alone = last.text.len() <= suffix.len() || WORDS.contains(&last.text.as_str());
        // "otte fem tre nul Hjortshøj, en almen bolig": a town.
        if len == 1 && POSTAL.iter().any(|row| fold(row.district) == last.text) {
            continue;
        }
        let number =
            number_behind(tokens, at + len, lang) || before_street(tokens, at, lang).is_some();
        let strong = suffix.starts_with("vej")
            || suffix.starts_with("gade")
            || suffix == "allé"
            || suffix == "boulevard"
            || suffix == "stræde";
        let named = tokens[at].capital && cased;
        let multi = len > 1;
        // "alle" alone is "all": as a word of its own it needs its capital letter.
        let everybody = suffix == "alle" && !cased && !(len == 2 && tail::avenue(tokens, at));
        if multi && (cased && !last.capital || everybody) {
            continue;
        }
        // "Greve Strandvej", "lyngby hoved gade": the village belongs to the name.
        if multi
            && number
            && let Some(name) = tail::behind_a_village(tokens, at, len, cased)
        {
            return Some(unlisted(tokens, at, len, &name, streets));
        }
        if len == 2 && number && !alone && tail::behind_a_proper_name(tokens, at, cased) {
            return Some(unlisted(tokens, at, len, &name, streets));
        }
        // "østre strandvej", "Vestre Landevej": the first word belongs to the name.
        let two = len == 2 || len == 3 && tokens[at + 1].is_sign('.');
        let compass = two && !alone && compass(tokens, at, cased);
        // "han modtager en": a word of the sentence is no word for street.
        if multi && last.text.len() > suffix.len() && WORDS.contains(&last.text.as_str()) {
            continue;
        }
        // "og han bor på struer vej": the recogniser leaves capitals out.
        let lives = !cased
            && tail::cut_name(tokens, at, len)
            && at >= 2
            && tokens[at - 1].text == "på"
            && matches!(
                tokens[at - 2].text.as_str(),
                "bor" | "boede" | "står" | "stod" | "jer" | "dig"
            );
        // "Hedder den Tove Ditlevsens Vej?": a word for street has a capital letter only inside of a name.
        let proper = cased
            && strong
            && named
            && last.capital
            && (at..at + len).all(|n| tokens[n].capital || !tokens[n].is_word());
        if multi && !compass && (!alone || !named && cased || !number && !lives && !proper)
            || !multi && alone
        {
            continue;
        }
        if multi
            && (at..at + len - 1)
                .any(|n| cased && tokens[n].is_word() && !tokens[n].capital && !hyphened(tokens, n))
        {
            continue;
        }
        // "skautrupvej hvilket nummer", "vejen er åparken"
        let told = !cased && !multi && told(tokens, at, strong);
        let beside = named && !multi && beside_another(tokens, at);
        // «… ну на jyllingevej»: who speaks Ukrainian reads it from a paper.
        let read = lang == Lang::Uk && strong && !multi;
        if !(number || lives || told || beside || read || named && strong)
            || multi && !cased && len > 2 && !tail::of_person(tokens, at, len)
        {
            continue;
        }
        if number && !named && !strong && cased {
            continue;
        }
        // A recogniser cuts names up: "kirke gade" without capitals is Kirkegade.
        let cut = !cased && tail::cut_name(tokens, at, len);
        let name = if cut { name.replace(' ', "") } else { name };
        return Some(unlisted(tokens, at, len, &name, streets));
    }
    None
}

fn unlisted(tokens: &[Token], at: usize, len: usize, name: &str, streets: &Gazetteer) -> Hit {
    let heard = sounds(name);
    let candidates = streets.ranked(&heard, 0.75);
    // A slip of one letter in a name that the gazetteer has.
    if let Some((best, score)) = candidates.first()
        && *score >= 0.93
        && let Some(entry) = streets.by_name(best)
    {
        let street = from_entry(entry, StreetSource::Heard, candidates.clone());
        return Hit {
            street,
            start: at,
            end: at + len,
            confidence: *score * 0.9,
        };
    }
    let mut written = title(name);
    for n in at + 1..at + len {
        if !tokens[n].capital && tokens[at].capital && hyphened(tokens, n) {
            // "Hold-an Vej"
            let part = &tokens[n].text;
            written = written.replacen(&format!("-{}", title(part)), &format!("-{part}"), 1);
        }
    }
    let street = Street {
        name: written,
        source: StreetSource::Spelled,
        postal_codes: Vec::new(),
        candidates,
    };
    let confidence = if tokens[at].capital { 0.75 } else { 0.65 };
    Hit {
        street,
        start: at,
        end: at + len,
        confidence,
    }
}

/// The second part of a name with a hyphen: "Hold-an Vej".
fn hyphened(tokens: &[Token], at: usize) -> bool {
    let glued = |n: usize| tokens[n].span.start == tokens[n - 1].span.end;
    at >= 2 && tokens[at - 1].is_dash() && glued(at) && glued(at - 1)
}

/// Capital at the start of each word; `allé` gets its accent.
pub(super) fn title(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let accented = word
                .strip_prefix("alle")
                .filter(|rest| rest.is_empty() || *rest == "gade" || *rest == "gaden");
            let word = accented.map_or(word.to_owned(), |rest| format!("allé{rest}"));
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + chars.as_str()
            })
        })
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" - ", "-")
        .replace(" . ", ". ")
}

/// A house number behind the name; words like "nummer" and a comma may stand between.
pub(super) fn number_behind(tokens: &[Token], mut at: usize, lang: Lang) -> bool {
    for _ in 0..3 {
        let Some(token) = tokens.get(at) else {
            return false;
        };
        if read_at(tokens, at, lang)
            .is_some_and(|r| !r.is_ordinal() && (1..1000).contains(&r.value))
            || before_a_floor(tokens, at, lang)
            || lang == Lang::Uk && ranked(tokens, at).is_some()
        {
            return true;
        }
        if !token.is_sign(',') && !house_word(&token.text) && !abbreviated(tokens, at) {
            return false;
        }
        at += 1;
    }
    false
}

/// The full stop of «буд.» or "nr."; any other ends the sentence and the address.
pub(super) fn abbreviated(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_sign('.')
        && at
            .checked_sub(1)
            .is_some_and(|b| matches!(tokens[b].text.as_str(), "буд" | "nr" | "вул"))
}

/// Words that announce a house number.
pub(super) fn house_word(text: &str) -> bool {
    matches!(
        text,
        "nummer"
            | "nr"
            | "husnummer"
            | "номер"
            | "номером"
            | "будинок"
            | "будинку"
            | "дім"
            | "домі"
            | "буд"
            | "під"
            | "№"
            | "дом"
            | "хата"
            | "у"
            | "в"
            | "за"
            | "числом"
    )
}
