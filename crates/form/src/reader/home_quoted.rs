//! Homes whose name the citizen reads out in quotation marks: «Заклад „Solgården“ у Біллунді», «„Rosenvold“, маєток»,
//! «човен зветься „Маруся“».

use std::ops::Range;

use tolkebot_values::names;

use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// Words for what is called by a name of its own.
const HOMES: [&str; 21] = [
    "заклад",
    "маєт",
    "садиб",
    "хутір",
    "хутор",
    "кемпінг",
    "пансіон",
    "притул",
    "ферм",
    "гуртож",
    "колегі",
    "інтернат",
    "плейє",
    "бустед",
    "бостед",
    "вілл",
    "опгольд",
    "центр",
    "дача",
    "будинок",
    "помешкан",
];

const BOATS: [&str; 5] = ["човен", "човн", "яхт", "барж", "катер"];

/// What is called so and is nobody's home.
const BUSINESS: [&str; 15] = [
    "паб",
    "кафе",
    "пекар",
    "магазин",
    "крамниц",
    "ресторан",
    "фірм",
    "компан",
    "аптек",
    "клуб",
    "газет",
    "школ",
    "садок",
    "перукар",
    "піцер",
];

/// The words of an employee who asks for such a home.
const ASKED: [&str; 14] = [
    "bofællesskab",
    "plejehjem",
    "plejecent",
    "hjemmet",
    "institution",
    "bosted",
    "botilbud",
    "kolleg",
    "centret",
    "campingplads",
    "stedet",
    "sted",
    "gården",
    "ejendom",
];

/// The name, and the words that say it.
pub(super) fn told(m: &Memory, u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let others = [
        Topic::Mailbox,
        Topic::CoName,
        Topic::Name,
        Topic::Email,
        Topic::HostName,
        Topic::Doctor,
        Topic::Spelling,
    ];
    if m.asked.asks_any(&others) || m.asked.mentions(Topic::Mailbox) {
        return None;
    }
    quotes(u).into_iter().find_map(|(text, span)| {
        let words = u.words_in(&span);
        let street = u.addresses().iter().any(|a| {
            let named = a.value.street.as_ref();
            a.value.number.is_some() && named.is_some_and(|s| span.contains(&s.span.start))
        });
        let whole = !words.is_empty() && words.len() <= 4 && !street;
        let name = whole.then(|| name(m, u, text, &words)).flatten()?;
        Some((name, words))
    })
}

fn name(m: &Memory, u: &Utterance<'_>, text: &str, words: &Range<usize>) -> Option<String> {
    let before = u.words(words.start.saturating_sub(4)..words.start);
    let behind = u.words(words.end..(words.end + 4).min(u.word_tokens.len()));
    let is = |w: &str, stems: &[&str]| stems.iter().any(|stem| w.starts_with(stem));
    let last = before.last().copied().unwrap_or("");
    if is(last, &BUSINESS) || matches!(last, "o" | "о") || m.asked.asks(Topic::OldAddress) {
        return None;
    }
    let beside = |stems: &[&str]| before.iter().chain(&behind).any(|w| is(w, stems));
    let called = before
        .iter()
        .chain(&behind)
        .any(|w| matches!(*w, "зветься" | "називається" | "звуть") || w.starts_with("назв"));
    if !text.chars().any(|c| c.is_ascii_alphabetic()) {
        let boat = beside(&BOATS) && words.len() == 1;
        return boat.then(|| names::in_latin(text));
    }
    let latin = text
        .chars()
        .all(|c| c.is_alphabetic() && !is_cyrillic(c) || matches!(c, ' ' | '-' | '.' | '\''));
    let opens = words.start == 0 || u.sentences.iter().any(|s| s.words.start == words.start);
    let asked = m
        .staff_words
        .iter()
        .any(|w| w == "hen" || ASKED.iter().any(|stem| w.starts_with(stem)))
        && (opens || last == "так" || last == "ось");
    (latin && (beside(&HOMES) || beside(&BOATS) || called || asked)).then(|| text.to_owned())
}

fn is_cyrillic(c: char) -> bool {
    ('\u{0400}'..='\u{04ff}').contains(&c)
}

/// What stands in quotation marks.
fn quotes<'u>(u: &'u Utterance<'_>) -> Vec<(&'u str, Range<usize>)> {
    let text = &u.said;
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(['«', '“', '„']) {
        let open = from + open;
        let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(len) = text[start..].find(['»', '”', '“', '"']) else {
            break;
        };
        if (3..=60).contains(&len) {
            out.push((&text[start..start + len], start..start + len));
        }
        from = start + len;
        from += text[from..].chars().next().map_or(1, char::len_utf8);
    }
    out
}
