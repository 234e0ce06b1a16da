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
const SURE: f32 = 0.9;

/// Takes the name on the box, and whose box it is where the name shows it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        care_of_quoted(m, u);
        not_ours_by_care_of(m, u);
    }
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
    let Some((name, span)) = written_on_it(u).or_else(|| own_surname(m, u)) else {
        if says_own_name(u) {
            takes_own_name(m, u);
        }
        return;
    };
    not_ours(m, u, &name, &span);
    // What else stands there is the landlord's, whose box it is.
    let theirs = m.text_is(OWN, false);
    let ours = m.text_is(OWN, true) || bears_surname(m, &name) && !theirs;
    let labelled = u.all_words().iter().any(|w| is_ours(w)) && sticks(u);
    // «Спільна з ними, але я додала: „Pasichnyk“»
    let denied = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "нема" | "немає" | "без"));
    let added = theirs && bears_surname(m, &name) && !denied;
    if !(ours || labelled || added) {
        return;
    }
    ours_by_name(m, u, &name, &span);
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

/// "Hvad står der på den, så vi kan skrive c/o?" – «„Brønnum“, великими», «там „Christensen“, пишіть через нього».
fn care_of_quoted(m: &mut Memory, u: &Utterance<'_>) {
    const CARE_OF: &str = "to.co_name";
    let through = u.all_words().windows(2).any(|w| {
        w[0] == "через" && matches!(w[1], "нього" | "неї" | "них" | "хазяйку" | "господаря")
    });
    let asked = m.asked.asks(Topic::CoName) && m.asked.asks(Topic::Mailbox)
        || m.asked.asks(Topic::CoName) && m.staff_words.iter().any(|w| w == "hvad")
        || through && m.asked.mentions_any(&[Topic::Mailbox, Topic::CoName]);
    if !asked || m.has(CARE_OF) {
        return;
    }
    let Some((name, span)) = quoted(u) else {
        return;
    };
    let one = name
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    if one && name.split(' ').count() <= 2 && !bears_surname(m, &name) {
        let heard = Heard::new(format!("c/o {name}"), u.evidence(span), 0.65);
        m.hear(CARE_OF, heard.unsure(true));
    }
}

/// «Так, c/o Thomsen, бо на скриньці тільки її прізвище»: who gets letters by another's name has no box of their own.
fn not_ours_by_care_of(m: &mut Memory, u: &Utterance<'_>) {
    let boxed = u.all_words().iter().any(|w| {
        ["скриньк", "скриньц", "ящик", "табличц"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let told = m.heard_now.iter().any(|key| key == "to.co_name");
    if told && (boxed || m.asked.asks(Topic::Mailbox)) && !m.has(OWN) {
        let heard = Heard::new(false, u.evidence(0..0), 0.55);
        m.hear(OWN, heard.unsure(true));
    }
}

/// What is written there: as it stands, and else as it sounds.
fn written_on_it(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let in_quotes = quoted(u);
    let heard = in_quotes
        .as_ref()
        .is_none_or(|(_, span)| !u.said[span.clone()].is_ascii());
    // «„Бережні“, вже наклеїли: Berezhnyi»
    let read = if heard { latin(u) } else { None };
    read.or(in_quotes)
}

/// «На скриньці тільки „Clausen“»: another's name alone on the box, so it is not one's own.
fn not_ours(m: &mut Memory, u: &Utterance<'_>, name: &str, span: &Range<usize>) {
    let alone = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "тільки" | "лише" | "лиш" | "ні"));
    let asked = m.asked.mentions(Topic::Mailbox);
    let known = m.has(&Memory::key(m.mover, "surname"));
    if asked && alone && known && !m.has(OWN) && !bears_surname(m, name) && !sticks(u) {
        let heard = Heard::new(false, u.evidence(span.clone()), 0.6);
        m.hear(OWN, heard.unsure(true));
    }
}

/// «Синя, на паркані, „Melnychuk“»: the own name alone on a box that nobody says is shared.
fn ours_by_name(m: &mut Memory, u: &Utterance<'_>, name: &str, span: &Range<usize>) {
    const SHARED: [&str; 14] = [
        "спільн",
        "загальн",
        "разом",
        "його",
        "її",
        "їхн",
        "господ",
        "хазя",
        "одна",
        "один",
        "теж",
        "через",
        "інші",
        "прізвищ",
    ];
    let shared = u
        .all_words()
        .iter()
        .any(|w| SHARED.iter().any(|stem| w.starts_with(stem)));
    let words = u.all_words();
    let care_of = words
        .windows(2)
        .any(|w| matches!(w, ["c" | "с", "o" | "о"]));
    let sole = !care_of && !name.contains(['&', '/', ',']) && !name.contains(" og ");
    let alone = sole && m.text("dwelling.type") != Some("room") && m.host.is_none();
    if m.asked.asks(Topic::Mailbox) && !shared && alone && !m.has(OWN) && bears_surname(m, name) {
        let heard = Heard::new(true, u.evidence(span.clone()), 0.6);
        m.hear(OWN, heard.unsure(true));
    }
}

/// «В нас одне прізвище, воно давно на скриньці», «моє прізвище вже там».
fn says_own_name(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let on_box = words
        .iter()
        .any(|w| w.starts_with("скриньц") || w.starts_with("ящик"));
    let same = words.windows(2).any(|w| {
        matches!(w[0], "одне" | "наше" | "моє" | "однакове") && w[1].starts_with("прізвищ")
    });
    let not = words
        .iter()
        .any(|w| matches!(*w, "нема" | "немає" | "не" | "ще"));
    on_box && same && (!not || words.contains(&"давно"))
}

fn takes_own_name(m: &mut Memory, u: &Utterance<'_>) {
    let surname = m.text(&Memory::key(m.mover, "surname")).map(str::to_owned);
    if let Some(name) = surname.filter(|_| !m.has(KEY)) {
        let heard = Heard::new(name, u.evidence(0..0), 0.55);
        m.hear(KEY, heard.unsure(true));
    }
}

/// How a name comes on a box.
const STICKS: [&str; 22] = [
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
    "додав",
    "додал",
    "допис",
    "доклеї",
    "підпис",
    "вписа",
    "встави",
    "дощечк",
    "вклеї",
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
    let text = &u.said;
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

/// The words as they stand on the box, in Latin letters; «Pidhoretskyi, 1. th» without the door.
fn as_written(text: &str) -> String {
    let text = match text.split_once(", ") {
        Some((name, rest)) if rest.starts_with(|c: char| c.is_ascii_digit()) => name,
        _ => text,
    };
    let shouted = text.chars().count() > 2 && text.chars().all(char::is_uppercase);
    if shouted && text.is_ascii() {
        return title(&text.to_lowercase());
    }
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
    // A recogniser writes no capitals: «на скриньку я папірчик вставила вишинська».
    let same = |at: usize| {
        let token = u.token(at);
        let least = if u.written { SAME } else { SURE };
        (token.capital || !u.written) && names::same_name(surname, &token.text) >= least
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
    // «Ковальова і Назаренко»: two names.
    let two = u
        .words(at + 1..(at + 2).min(sentence.words.end))
        .first()
        .is_some_and(|w| matches!(*w, "і" | "й" | "та"));
    if two && !u.written {
        return None;
    }
    Some((surname.to_owned(), u.bytes(&(at..at + 1))))
}

fn bears_surname(m: &Memory, name: &str) -> bool {
    let Some(surname) = m.text(&Memory::key(m.mover, "surname")) else {
        return false;
    };
    let same = |part: &str| {
        surname
            .split('-')
            .chain(std::iter::once(surname))
            .any(|own| names::same_name(own, part) >= SAME)
    };
    name.split([' ', '/', '-'])
        .any(|part| part.chars().count() > 3 && same(part))
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
