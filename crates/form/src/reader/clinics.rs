//! The doctor's surgery that was chosen: "Lægehuset i Trige", «Лікарі в Обюхой».
//!
//! Citizens say a Danish name half translated: the words for doctors come back in Danish, streets and
//! towns as the register writes them.

use std::ops::Range;

use tolkebot_values::places;
use tolkebot_values::places::PlaceKind;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// Takes the clinic that a turn names.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let doctor = m.asked.mentions(Topic::Doctor) || m.asked_before.mentions(Topic::Doctor);
    let found = if u.is_staff() {
        danish(u)
    } else if doctor || u.all_words().iter().any(|w| w.starts_with("лікар")) {
        ukrainian(u)
    } else {
        None
    };
    let Some((name, span)) = found else {
        chosen(m, u);
        return;
    };
    let known = m.text("gp.clinic_name").map(str::to_owned);
    let act = if known.is_some() {
        Act::Correct
    } else {
        Act::Say
    };
    // Praise by somebody else is no choice.
    let left = super::cues::left(u, 0, span.start);
    let hearsay = left
        .iter()
        .any(|w| w.starts_with("хвал") || w.starts_with("радил") || w.starts_with("радять"));
    if hearsay {
        return;
    }
    let unsure = !u.is_staff();
    let evidence = u.evidence(span);
    m.hear(
        "gp.clinic_name",
        Heard::new(name, evidence.clone(), 0.65)
            .unsure(unsure)
            .act(act),
    );
    let keeps = u.all_words().iter().any(|w| {
        ["залиш", "лиш", "чіпа"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || *w == "самий"
    });
    if !u.is_staff() && doctor && !keeps {
        let heard = Heard::new("change", evidence, 0.7);
        let act = if m.has("gp.choice") {
            Act::Correct
        } else {
            Act::Say
        };
        m.hear("gp.choice", heard.act(act));
    }
}

/// «Тоді туди»: to the clinic that the employee has just named.
fn chosen(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !m.has("gp.clinic_name") {
        return;
    }
    let words = u.all_words();
    // "Skal jeg skrive Lægehuset i Løgten?" – «Пишіть.»
    let offered = m.heard_before.iter().any(|k| k == "gp.clinic_name");
    let takes = words.first().is_some_and(|w| {
        matches!(
            *w,
            "пишіть"
                | "запишіть"
                | "записуйте"
                | "давайте"
                | "добре"
                | "так"
                | "підходить"
        )
    }) || words
        .windows(2)
        .any(|w| matches!(w, ["до", "них"] | ["то" | "тоді", "туди"]));
    let asked = m.asked.mentions(Topic::Doctor) || m.asked_before.mentions(Topic::Doctor);
    if offered && takes && (asked || !m.has("gp.choice")) && m.text("gp.choice") != Some("keep") {
        let act = if m.has("gp.choice") {
            Act::Correct
        } else {
            Act::Say
        };
        let heard = Heard::new("change", u.evidence(0..0), 0.7);
        m.hear("gp.choice", heard.act(act));
        return;
    }
    if m.has("gp.choice") {
        return;
    }
    if let Some(at) = words.iter().position(|w| *w == "туди") {
        let evidence = u.evidence_of_words(&(at..at + 1));
        m.hear("gp.choice", Heard::new("change", evidence, 0.7));
    }
}

/// "Lægehuset i Trige", "Lægerne Vejlby", "Trøjborg Lægehus".
fn danish(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let count = u.word_tokens.len();
    let surgery = |word: usize| {
        let text = u.token(word).text.as_str();
        ["lægehus", "lægerne", "lægeklinik", "lægecent"]
            .iter()
            .any(|stem| text.starts_with(stem))
    };
    let capital = |word: usize| u.token(word).capital || !u.written;
    let start = (0..count).find(|w| surgery(*w) && capital(*w))?;
    let mut end = start + 1;
    while end < count && u.written {
        let link = matches!(u.token(end).text.as_str(), "i" | "på" | "ved")
            && end + 1 < count
            && u.token(end + 1).capital;
        let glued = u.word_tokens[end] == u.word_tokens[end - 1] + 1;
        if !glued || !(u.token(end).capital || link) {
            break;
        }
        end += 1;
    }
    // "lægerne nordbyen tager nye", "læge huset torvet det skriver jeg": one word of name follows.
    if !u.written && end == start + 1 && u.token(start).text != "lægehus" {
        let mut at = end;
        let link = at < count && matches!(u.token(at).text.as_str(), "i" | "på" | "ved");
        at += usize::from(link);
        let name = (at < count).then(|| u.token(at).text.as_str())?;
        let stop = name.chars().count() < 4
            || !name.chars().all(char::is_alphabetic)
            || COMMON.contains(&name);
        if stop {
            return None;
        }
        let first = title(&u.token(start).text);
        let mid = if link {
            format!(" {}", u.token(end).text)
        } else {
            String::new()
        };
        let span = u.token(start).span.start..u.token(at).span.end;
        return Some((format!("{first}{mid} {}", title(name)), span));
    }
    if end > start + 1 {
        let span = u.token(start).span.start..u.token(end - 1).span.end;
        return Some((u.turn.text.get(span.clone())?.to_owned(), span));
    }
    // "den hedder trøjborg lægehus": the town stands before.
    let town = start
        .checked_sub(1)
        .filter(|_| u.token(start).text == "lægehus")?;
    let name = title(&u.token(town).text);
    let place = u
        .places()
        .iter()
        .any(|p| p.span.contains(&u.token(town).span.start));
    if !place && !u.token(town).capital {
        return None;
    }
    let span = u.token(town).span.start..u.token(start).span.end;
    Some((format!("{name} Lægehus"), span))
}

/// Words behind a surgery that are no name.
const COMMON: [&str; 22] = [
    "tager",
    "skal",
    "ikke",
    "eller",
    "over",
    "efter",
    "være",
    "have",
    "kan",
    "hvor",
    "hvad",
    "telefon",
    "dem",
    "samme",
    "byen",
    "nærheden",
    "dansk",
    "ligger",
    "hedder",
    "åbent",
    "lukket",
    "skriver",
];

/// How a word for a surgery is written in Danish, and whether it follows its name.
fn surgery(words: &[&str]) -> Option<(&'static str, usize, bool)> {
    match words {
        [first, "дім" | "дому" | "домі" | "будинок", ..] if first.starts_with("лікарськ") => {
            Some(("Lægehuset", 2, false))
        }
        ["лікарі" | "лікарів" | "лікарям", ..] => Some(("Lægerne", 1, false)),
        [first, ..] if is_lægehus(first) => Some(("Lægehus", 1, true)),
        _ => None,
    }
}

fn is_lægehus(word: &str) -> bool {
    let word: String = word
        .chars()
        .map(|c| if c == 'ґ' { 'г' } else { c })
        .collect();
    ["легегус", "леєгус", "легехус", "легегуз", "лейегус"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

fn ukrainian(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let words = u.all_words();
    let (at, danish, len, behind) = (0..words.len()).find_map(|at| {
        let (danish, len, behind) = surgery(&words[at..])?;
        Some((at, danish, len, behind))
    })?;
    if behind {
        let before = at.checked_sub(1)?;
        let span = u.token(before).span.start..u.token(at).span.end;
        return Some((format!("{} {danish}", name(u, before..at)?), span));
    }
    let mut first = at + len;
    let link = match words.get(first) {
        Some(&("в" | "у")) => {
            first += 1;
            " i"
        }
        Some(&"на") => {
            first += 1;
            ""
        }
        _ => "",
    };
    let mut end = first;
    while end < words.len() && end < first + 3 {
        let glued = end == first || u.word_tokens[end] == u.word_tokens[end - 1] + 1;
        if !glued || u.written && !u.token(end).capital && !is_street(words[end]) {
            break;
        }
        end += 1;
    }
    let (name, used) = (first + 1..=end)
        .rev()
        .find_map(|end| name(u, first..end).map(|name| (name, end)))?;
    let span = u.token(at).span.start..u.token(used - 1).span.end;
    Some((format!("{danish}{link} {name}"), span))
}

fn is_street(word: &str) -> bool {
    matches!(word, "торв" | "алле" | "плас" | "гаде" | "вей")
}

/// A town, a part of Aarhus or a street, as Danes write it.
fn name(u: &Utterance<'_>, words: Range<usize>) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let span = u.token(words.start).span.start..u.token(words.end - 1).span.end;
    let text = u.turn.text.get(span)?;
    let last = u.token(words.end - 1).text.as_str();
    if words.len() > 1 && last == "торв" {
        return Some(format!("{} Torv", name(u, words.start..words.end - 1)?));
    }
    let whole = |inside: &Range<usize>| inside.start == 0 && inside.end + 2 >= text.len();
    // A house number behind the name shows the grammar that it is a street.
    let numbered = format!("{text} один");
    let street = u
        .addresses_in(&numbered)
        .into_iter()
        .filter_map(|a| a.value.street)
        .find(|s| s.span.start == 0 && s.span.end >= text.len());
    if let Some(street) = street {
        return Some(street.value.name);
    }
    places::find(text, u.lang())
        .into_iter()
        .find(|p| {
            matches!(p.value.kind, PlaceKind::DanishTown | PlaceKind::AarhusArea) && whole(&p.span)
        })
        .map(|p| p.value.name)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
