//! What stands on the letter box, where it is read out: quoted («Онук надрукував „O. Shtohryn“») or in Latin letters.

use std::ops::Range;

use tolkebot_values::names;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "to.mailbox_name";
const OWN: &str = "to.mailbox_own";
const SAME: f32 = 0.8;

/// Takes the name on the box, and whose box it is where the name shows it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !(m.asked.mentions(Topic::Mailbox) || labels_a_box(u)) {
        return;
    }
    // «Обидва прізвища: Зозуля й Лепкий»
    let several = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "обидва" | "прізвища"));
    if several {
        return;
    }
    let Some((name, span)) = quoted(u).or_else(|| latin(u)).or_else(|| own_surname(m, u)) else {
        return;
    };
    // What else stands there is the landlord's, whose box it is.
    let theirs = m.text_is(OWN, false);
    let ours = m.text_is(OWN, true) || bears_surname(m, &name) && !theirs;
    let labelled = u.all_words().iter().any(|w| is_ours(w)) && sticks(u);
    if !(ours || labelled) {
        return;
    }
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    let heard = Heard::new(name, u.evidence(span), 0.65).unsure(true);
    m.hear(KEY, heard.act(act));
}

/// «… на скриньці вже табличка», «наклеїла на ящик»: a box and what is on it, whatever was asked.
fn labels_a_box(u: &Utterance<'_>) -> bool {
    let boxed = u.all_words().iter().any(|w| {
        ["скриньк", "скриньц", "ящик"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    boxed && sticks(u)
}

fn sticks(u: &Utterance<'_>) -> bool {
    u.all_words()
        .iter()
        .any(|w| STICKS.iter().any(|stem| w.starts_with(stem)))
}

/// How a name comes on a box.
const STICKS: [&str; 13] = [
    "налі",
    "прилі",
    "наклеї",
    "приклеї",
    "табличк",
    "наліпк",
    "стікер",
    "написан",
    "намальова",
    "вигравір",
    "надрук",
    "видрук",
    "роздрук",
];

fn is_ours(word: &str) -> bool {
    matches!(
        word,
        "свій"
            | "свою"
            | "своє"
            | "наше"
            | "нашу"
            | "наш"
            | "моє"
            | "мою"
            | "мій"
            | "я"
            | "ми"
    )
}

/// What stands in quotation marks; of several what is one's own, else none: «там „Lotte“, а я свій поруч: „Polianska“».
fn quoted(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let text = &u.turn.text;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(['«', '“', '„']) {
        let start = from + open + text[from + open..].chars().next()?.len_utf8();
        let Some(len) = text[start..].find(['»', '”', '“', '"']) else {
            break;
        };
        found.push(start..start + len);
        from = start + len;
    }
    // «1. tv» is a door.
    found.retain(|span| {
        let quote = &text[span.clone()];
        let door = quote.starts_with(|c: char| c.is_ascii_digit()) && quote.contains('.');
        (2..=40).contains(&quote.chars().count()) && !door
    });
    let chosen = match found.as_slice() {
        [one] => one.clone(),
        [] => return None,
        several => several
            .windows(2)
            .find(|pair| {
                let between = u.words(u.words_in(&(pair[0].end..pair[1].start)));
                between.iter().any(|w| is_ours(w))
            })
            .map(|pair| pair[1].clone())?,
    };
    Some((as_written(&text[chosen.clone()]), chosen))
}

/// The words as they stand on the box, in Latin letters.
fn as_written(text: &str) -> String {
    let word = |part: &str| {
        if part.is_ascii() {
            part.to_owned()
        } else {
            names::in_latin(part)
        }
    };
    let joined = |text: &str| {
        let parts: Vec<String> = text.split('/').map(word).collect();
        parts.join("/")
    };
    let words: Vec<String> = text.split(' ').map(joined).collect();
    words.join(" ")
}

/// «… і я вже виправила palahniuk»: the last words in Latin letters.
fn latin(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let words = u.all_words();
    let is_latin = |w: &&str| w.chars().all(|c| c.is_ascii_alphabetic());
    let last = words.iter().rposition(|w| is_latin(w) && w.len() > 2)?;
    let first = (0..last)
        .rev()
        .take_while(|at| is_latin(&words[*at]))
        .last()
        .unwrap_or(last);
    let end = (last + 1..words.len())
        .take_while(|at| is_latin(&words[*at]))
        .last()
        .map_or(last + 1, |at| at + 1);
    let name: Vec<String> = words[first..end].iter().map(|w| title(w)).collect();
    (name.len() <= 3).then(|| (name.join(" "), u.bytes(&(first..end))))
}

/// «Скринька спільна, на ній просто Литвин»: the mover's own surname, told of the box.
fn own_surname(m: &Memory, u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let surname = m.text(&Memory::key(m.mover, "surname"))?;
    let same = |at: usize| {
        let token = u.token(at);
        token.capital && names::same_name(surname, &token.text) >= SAME
    };
    // «Наклеїла вже, написано Лановенко», where the box is asked about.
    let asked = m.asked.asks(Topic::Mailbox);
    let of_box = |w: &&str| {
        ["скриньк", "скриньц", "ящик"]
            .iter()
            .chain(asked.then_some(&STICKS[..]).into_iter().flatten())
            .any(|stem| w.starts_with(stem))
    };
    let sentence = u
        .sentences
        .iter()
        .find(|s| u.words(s.words.clone()).iter().any(of_box))?;
    let at = sentence.words.clone().find(|at| same(*at))?;
    Some((surname.to_owned(), u.bytes(&(at..at + 1))))
}

fn bears_surname(m: &Memory, name: &str) -> bool {
    let Some(surname) = m.text(&Memory::key(m.mover, "surname")) else {
        return false;
    };
    name.split([' ', '/', '-'])
        .any(|part| part.chars().count() > 3 && names::same_name(surname, part) >= SAME)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
