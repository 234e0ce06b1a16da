//! Surgeries as citizens say them in their own letters: the words for one, and names that neither a register of streets
//! nor a list of towns has, as they sound.

use std::ops::Range;

use super::utterance::Utterance;
use super::whole_names::by_ear;

/// How a word for a surgery is written in Danish, of how many words it is, and whether it follows its name.
pub(super) fn surgery(words: &[&str]) -> Option<(&'static str, usize, bool)> {
    match words {
        [first, "дім" | "дому" | "домі" | "будинок", ..] if first.starts_with("лікарськ") => {
            Some(("Lægehuset", 2, false))
        }
        ["лікарі" | "лікарів" | "лікарям", ..] => Some(("Lægerne", 1, false)),
        [first, ..] if is_lægerne(first) => Some(("Lægerne", 1, false)),
        [first, ..] if is_lægehus(first) && first.ends_with("ет") => {
            Some(("Lægehuset", 1, false))
        }
        [first, "гусет" | "хусет" | "хузет", ..] if is_læge(first) => {
            Some(("Lægehuset", 2, false))
        }
        [first, ..] if is_lægehus(first) => Some(("Lægehus", 1, true)),
        [first, "клінік" | "клінікен", ..] if is_læge(first) => {
            Some(("Lægeklinikken", 2, false))
        }
        [first, ..] if is_centre(first) => Some(("Lægecenter", 1, true)),
        [first, ..] if is_health_house(first) && first.ends_with("ет") => {
            Some(("Sundhedshuset", 1, false))
        }
        [first, ..] if is_health_house(first) => Some(("Sundhedshus", 1, false)),
        _ => None,
    }
}

/// One letter for the two that write the Danish "g", and for the two that write its "æ" («лєгерне»).
fn with_one_g(word: &str) -> String {
    word.replace("лє", "ле")
        .replace("еє", "е")
        .chars()
        .map(|c| if c == 'ґ' { 'г' } else { c })
        .collect()
}

fn begins(word: &str, stems: &[&str]) -> bool {
    let word = with_one_g(word);
    stems.iter().any(|stem| word.starts_with(stem))
}

fn is_læge(word: &str) -> bool {
    matches!(with_one_g(word).as_str(), "леге" | "леє" | "леке" | "лее")
}

fn is_lægerne(word: &str) -> bool {
    begins(word, &["легерн", "леєрн", "лерн", "лейерн", "леерн"])
}

fn is_lægehus(word: &str) -> bool {
    begins(
        word,
        &[
            "легегус",
            "леєгус",
            "легус",
            "легехус",
            "легегуз",
            "лейегус",
            "лекехус",
            "лекегус",
            "лехехус",
            "леегус",
        ],
    )
}

fn is_centre(word: &str) -> bool {
    begins(word, &["легецент", "легесент", "лекецент", "лейецент"])
}

fn is_health_house(word: &str) -> bool {
    let word = with_one_g(word);
    word.starts_with("сун") && (word.contains("гус") || word.contains("хус"))
}

pub(super) fn is_street(word: &str) -> bool {
    matches!(word, "торв" | "алле" | "плас" | "гаде" | "вей")
}

/// «Рінгстед Легерне»: nothing that could be its name follows, and a name stands right before.
pub(super) fn stands_behind(u: &Utterance<'_>, at: usize, len: usize) -> bool {
    let next = at + len;
    let glued = |word: usize| u.word_tokens[word] == u.word_tokens[word - 1] + 1;
    let follows = next < u.word_tokens.len() && glued(next) && u.token(next).capital;
    at > 0 && u.written && !follows && glued(at) && u.token(at).capital && u.token(at - 1).capital
}

/// A name that no register has, as it sounds: «Лєгегусет Алсґаде», and where it ends.
pub(super) fn sounded(u: &Utterance<'_>, words: Range<usize>) -> Option<(String, usize)> {
    const NO: &[&str] = &[
        "якщо",
        "вони",
        "там",
        "тут",
        "беруть",
        "приймають",
        "бере",
        "його",
        "мене",
        "нас",
        "туди",
        "який",
        "яка",
        "вона",
        "кажуть",
        "казали",
        "поруч",
        "який",
        "обох",
        "усіх",
        "всіх",
    ];
    let fits = |word: usize| {
        let token = u.token(word);
        let proper = if u.written {
            token.capital
        } else {
            word == words.start && !NO.contains(&token.text.as_str())
        };
        token.is_word() && token.text.chars().count() >= 4 && proper || is_street(&token.text)
    };
    let end = words
        .clone()
        .take_while(|word| fits(*word))
        .last()
        .map(|last| last + 1)?;
    let parts: Vec<String> = (words.start..end)
        .map(|word| by_sound(u.said.get(u.token(word).span.clone()).unwrap_or("")))
        .collect();
    Some((parts.join(" "), end))
}

/// One word of the name, with the endings of streets as they are written.
fn by_sound(said: &str) -> String {
    let folded = tolkebot_values::fold(said);
    if !folded.chars().any(tolkebot_values::is_cyrillic) {
        return said.to_owned();
    }
    for (heard, written) in [
        ("ґаде", "gade"),
        ("гаде", "gade"),
        ("вей", "vej"),
        ("вай", "vej"),
        ("алле", "allé"),
        ("сентер", "center"),
        ("центер", "center"),
    ] {
        if let Some(stem) = folded.strip_suffix(heard) {
            let whole = format!("{}{written}", by_ear(stem));
            let mut chars = whole.chars();
            return chars
                .next()
                .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
        }
    }
    by_ear(said)
}
