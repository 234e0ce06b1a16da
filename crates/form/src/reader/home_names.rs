//! Homes with a name of their own: halls of residence, care homes, allotments.

use std::ops::Range;

use tolkebot_values::address::{house_name, sounds_like_a_house};
use tolkebot_values::sound::similarity;

use super::belief::{Act, Heard};
use super::home_called;
use super::memory::{Memory, Place};
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::Slot;

const KEY: &str = "to.location_name";

/// Noted when the hall is called as its street.
const BEARS_STREET: &str = "to.hall_of_street";

/// Noted as the citizen said it, until the employee writes it.
const SOUNDS: &str = "to.house_heard";

/// "Gødvad Plejecenter", "Kastanjehaven, Agtrupvej treogfirs" where a care home is moved to; «Бьорглум Колегіет,
/// Бьорглумвей два».
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let old = m.asked_before.asks(Topic::OldAddress) && !m.asked_before.asks(Topic::NewAddress);
    // "Du bor på Grundtvigs Kollegium, kan jeg se": where somebody leaves from.
    let leaves = m.text("case.move_type") == Some("to_abroad") || m.leaving_spoken;
    let from = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "boede" | "fra" | "жив" | "жила" | "жили"));
    if leaves
        || from
        || m.belief(KEY).is_some_and(|b| !b.is_unsure())
        || m.place == Some(Place::Old) && !m.context().asks(Topic::NewAddress)
        || old
    {
        return;
    }
    if !u.is_staff() {
        if let Some(word) = (0..u.word_tokens.len()).find(|at| proper_house(u, *at)) {
            let said = u.token(word).text.clone();
            m.note(SOUNDS, &said, u.evidence_of_words(&(word..word + 1)));
        }
        if let Some(words) = bears_street(u) {
            m.note(BEARS_STREET, "", u.evidence_of_words(&words));
        } else if !m.has(KEY)
            && !m.asked.asks(Topic::OldAddress)
            && let Some((name, words)) = super::home_quoted::told(m, u).or_else(|| told(u))
        {
            let heard = Heard::new(name, u.evidence_of_words(&words), 0.5);
            m.hear(KEY, heard.unsure(true));
        }
        return;
    }
    let told = written(m, u).or_else(|| home_called::called(u));
    if let Some((name, words)) = told.or_else(|| hall(m, u)) {
        // The employee knows how it is written.
        let act = if m.has(KEY) { Act::Correct } else { Act::Say };
        let heard = Heard::new(name, u.evidence_of_words(&words), 0.6);
        m.hear(KEY, heard.unsure(true).act(act));
    }
}

fn is(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

/// As the employee writes it.
fn written(m: &Memory, u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    if !u.written {
        return None;
    }
    let capital = |at: usize| at < u.word_tokens.len() && u.token(at).capital;
    let glued = |at: usize| at > 0 && u.word_tokens.get(at) == Some(&(u.word_tokens[at - 1] + 1));
    let street = |at: usize| {
        let span = &u.token(at).span;
        u.addresses().iter().any(|a| a.span.contains(&span.start))
    };
    let cared_for = m.text("dwelling.type") == Some("institution");
    let range = (0..u.word_tokens.len()).find_map(|at| {
        let word = u.token(at).text.as_str();
        if is(word, &["plejecent", "ældrecent", "plejehjem", "kollegi"])
            && capital(at)
            && at > 0
            && capital(at - 1)
            && glued(at)
        {
            // "P.O. Pedersen Kollegiet"
            let initial = |at: usize| capital(at) && u.token(at).text.chars().count() == 1;
            let first = (0..at - 1).rev().take_while(|w| initial(*w)).last();
            return Some(first.unwrap_or(at - 1)..at + 1);
        }
        if is(
            word,
            &[
                "haveforening",
                "kollegiet",
                "plejehjemmet",
                "plejecent",
                "bostedet",
            ],
        ) && capital(at + 1)
            && glued(at + 1)
            && !street(at + 1)
        {
            let end = (at + 2..u.word_tokens.len())
                .take(2)
                .take_while(|next| capital(*next) && glued(*next) && !street(*next))
                .last()
                .map_or(at + 2, |last| last + 1);
            // "Plejehjemmet Solbakken": the word says only what it is.
            let named = is(word, &["kollegiet", "haveforening"]) || word == "plejecenter";
            return Some(if named { at..end } else { at + 1..end });
        }
        let house = [
            "haven", "gården", "hjemmet", "huset", "bo", "parken", "lunden",
        ]
        .iter()
        .any(|end| word.ends_with(end))
            && word.chars().count() >= 6;
        let spoken =
            m.asked_before.asks(Topic::NewAddress) || m.asked_before.asks(Topic::DwellingType);
        // "Lægehuset" is a surgery.
        let surgery = word.starts_with("læge") || word.starts_with("sundheds");
        // What the citizen has just called by a name that sounds like it.
        let heard = [KEY, SOUNDS].iter().any(|key| {
            m.text(key)
                .is_some_and(|name| similarity(name, word) >= 0.75)
        });
        (house && capital(at) && !street(at) && !surgery && (cared_for && spoken || heard))
            .then_some(at..at + 1)
    })?;
    let mut name = u.said.get(u.bytes(&range))?.to_owned();
    if name.starts_with("kollegiet ") {
        name.replace_range(..1, "K");
    }
    Some((name, range))
}

/// "Ringkollegiet på Hasle Ringvej", "ravnsbjerg kollegiet i højbjerg": a hall, also as a recogniser parts its name.
fn hall(m: &Memory, u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    const NO_NAME: &[&str] = &[
        "hele",
        "samme",
        "dette",
        "gamle",
        "andet",
        "selve",
        "eget",
        "hvilket",
        "hedder",
        "ligger",
        "store",
        "mange",
        "eller",
        "altså",
        "stadig",
        "flyttet",
        "flytter",
        "boede",
        "lejer",
        "lejet",
        "skal",
        "kalder",
        "nærmeste",
        "står",
    ];
    if let Some(found) = home_called::named_hall(u) {
        return Some(found);
    }
    let words = u.all_words();
    let at = words
        .iter()
        .position(|w| w.ends_with("kollegiet") || w.ends_with("kollegie"))?;
    let stem = words[at].trim_end_matches('t').trim_end_matches("kollegie");
    if stem.chars().count() >= 3 {
        return Some((format!("{}kollegiet", title(stem)), at..at + 1));
    }
    let before = at.checked_sub(1)?;
    let name = words[before];
    let parted = !u.written
        && stem.is_empty()
        && name.chars().count() >= 4
        && !NO_NAME.contains(&name)
        && !name.ends_with("et");
    if !parted {
        return None;
    }
    // The hall of a street is written apart: "børglum kollegiet børglumvej to".
    let street = words.iter().any(|w| {
        w.strip_prefix(name)
            .is_some_and(|end| matches!(end, "vej" | "gade" | "allé"))
    }) || m
        .text("to.street_name")
        .is_some_and(|street| tolkebot_values::fold(street).starts_with(name));
    let whole = match street {
        true => format!("{} Kollegiet", title(name)),
        false => format!("{}kollegiet", title(name)),
    };
    Some((whole, before..at + 1))
}

pub(super) fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// «У плейєгєм «Солбакен»», «„Сендербо“ зветься», «рінг колегіет»: a house by its name, as far as it can be written
/// from its sound.
fn told(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let words = u.all_words();
    (0..words.len()).find_map(|at| {
        let word = words[at];
        let hall = is(word, &["колегі", "коллегі"]);
        // «рінг колегіет»: the name and the word for what it is.
        if hall && at > 0 && !is(words[at - 1], KINDS) {
            let name = words[at - 1];
            let glued = u.word_tokens[at] == u.word_tokens[at - 1] + 1;
            let proper = u.token(at - 1).capital || !u.written;
            if glued && proper && name.chars().count() >= 4 && !ukrainian(name) {
                let whole = house_name(&format!("{name}{word}"))?;
                return Some((whole, at - 1..at + 1));
            }
            return None;
        }
        let within = word.contains("колегі") && !hall && !numbered(u, at);
        (named(u, at) || within).then(|| house_name(word).map(|name| (name, at..at + 1)))?
    })
}

/// Words for homes that have a name.
const KINDS: &[&str] = &[
    "плейє",
    "плейе",
    "пляє",
    "гуртож",
    "колегі",
    "коллегі",
    "притул",
    "заклад",
    "пансіон",
    "інтернат",
    "общаг",
    "общаз",
    "бустед",
    "бостед",
];

/// «У плейєгєм Солбакен», «називається „Еллепаркен“»: what is called so is a house and no street.
fn named(u: &Utterance<'_>, at: usize) -> bool {
    let words = u.all_words();
    let called = |w: &str| matches!(w, "зветься" | "називається") || w.starts_with("назв");
    let around = &words[at.saturating_sub(4)..(at + 4).min(words.len())];
    let near = around.iter().any(|w| is(w, KINDS) || called(w));
    let behind = at > 0 && (called(words[at - 1]) || is(words[at - 1], KINDS));
    let street = around.iter().any(|w| is(w, &["вулиц", "вуличк", "дорог"]));
    let heard = !u.written && at > 0 && called(words[at - 1]) && sounds_like_a_house(words[at]);
    let proper = quoted(u, at) || u.token(at).capital && behind || heard;
    near && !street && proper && !numbered(u, at)
}

/// A street with its number stands there.
fn numbered(u: &Utterance<'_>, at: usize) -> bool {
    let start = u.token(at).span.start;
    u.addresses()
        .iter()
        .any(|a| a.value.number.is_some() && a.span.contains(&start))
}

/// The citizen calls a house so: a name at this byte is none of a street.
pub(super) fn calls_a_house(u: &Utterance<'_>, byte: usize) -> bool {
    let at = u.word_at(byte);
    !u.is_staff()
        && at < u.word_tokens.len()
        && named(u, at)
        && sounds_like_a_house(&u.token(at).text)
}

/// «„Сендербо“»
fn quoted(u: &Utterance<'_>, at: usize) -> bool {
    let token = &u.token(at).span;
    let text = &u.said;
    text[..token.start].ends_with(['«', '"', '„', '“'])
        && text[token.end..].starts_with(['»', '"', '“', '”'])
}

/// A name inside a sentence that ends as the names of houses do and is no street.
fn proper_house(u: &Utterance<'_>, at: usize) -> bool {
    let token = u.token(at);
    (quoted(u, at) || token.capital && at > 0)
        && sounds_like_a_house(&token.text)
        && !numbered(u, at)
}

/// Words before «колегіум» that are no name.
fn ukrainian(word: &str) -> bool {
    matches!(
        word,
        "наше"
            | "нашого"
            | "нашому"
            | "цьому"
            | "цього"
            | "тому"
            | "того"
            | "самому"
            | "самого"
            | "тобто"
            | "кімната"
            | "кімнату"
            | "кімнаті"
            | "нашім"
            | "мого"
            | "моєму"
            | "новий"
            | "новому"
            | "новаго"
            | "студентський"
            | "студентському"
            | "живу"
            | "зветься"
            | "називається"
    )
}

/// «Бьорглум Колегіет, Бьорглумвей два»: the hall bears the name of its street, however that will be written.
fn bears_street(u: &Utterance<'_>) -> Option<Range<usize>> {
    let words = u.all_words();
    let at = (1..words.len()).find(|at| {
        let name = words[at - 1];
        let hall = ["колегі", "коллегі"]
            .iter()
            .any(|start| words[*at].starts_with(start));
        hall && name.chars().count() >= 4
            && words.iter().any(|w| {
                w.strip_prefix(name)
                    .is_some_and(|end| matches!(end, "вей" | "вай" | "гаде" | "ґаде" | "алле"))
            })
    })?;
    Some(at - 1..at + 1)
}

/// The hall's name, once its street is known.
pub(super) fn by_its_street(m: &Memory) -> Option<Slot> {
    let slot = m.belief(BEARS_STREET)?.slot()?;
    let street = m.text("to.street_name")?;
    let stem = ["vej", "gade", " allé"]
        .iter()
        .find_map(|end| street.strip_suffix(end))?;
    let name = format!("{stem} Kollegiet");
    Some(Slot::derived(name, slot.evidence.clone(), 0.6).unclear())
}
