//! Danish names, also as Ukrainians say them.

use std::sync::LazyLock;

use super::PartKind;
use crate::sound::{likeness, sounds};
use crate::sound_index::SoundIndex;
use crate::table::Table;
use crate::tables::danish_name_rows;
use crate::token::fold;

struct Name {
    name: &'static str,
    folded: String,
    sounds: Vec<char>,
    kind: PartKind,
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    danish_name_rows()
        .map(|(name, kind)| Name {
            name,
            folded: fold(name),
            sounds: sounds(name),
            kind: if kind == "given" {
                PartKind::Given
            } else {
                PartKind::Surname
            },
        })
        .collect()
});

static BY_SOUND: LazyLock<SoundIndex> =
    LazyLock::new(|| SoundIndex::new(NAMES.iter().map(|name| name.sounds.as_slice())));

/// The first name of each spelling.
static BY_SPELLING: LazyLock<Table<&str, &Name>> = LazyLock::new(|| {
    let mut names = Table::default();
    for name in NAMES.iter() {
        names.entry(name.folded.as_str()).or_insert(name);
    }
    names
});

/// A Danish name written in Latin letters.
pub(super) fn written(word: &str) -> Option<(&'static str, PartKind)> {
    let exact = |word: &str| BY_SPELLING.get(word);
    // "Jespers efternavn"
    let genitive = || {
        word.strip_suffix('s')
            .filter(|w| w.len() > 3)
            .and_then(exact)
    };
    exact(word)
        .or_else(genitive)
        .map(|name| (name.name, name.kind))
}

/// The Danish name a Cyrillic word sounds like, with the likeness.
pub(super) fn heard(word: &str, kind: PartKind) -> Option<(&'static str, f32)> {
    heard_at_least(word, kind, 0.93)
}

/// A given name before a Danish surname: «Нільс Мадсен» needs less likeness than «Нільс» alone.
pub(super) fn heard_before_surname(word: &str) -> Option<&'static str> {
    heard_at_least(word, PartKind::Given, 0.88).map(|(name, _)| name)
}

/// «каспер гольм» without capitals: a given name and a surname that both sound like listed Danish ones beyond doubt.
pub(super) fn pair(given: &str, surname: &str) -> Option<&'static str> {
    let long = |word: &str| word.chars().count() >= 4;
    let (name, likeness) = heard(given, PartKind::Given)?;
    let (_, other) = heard(surname, PartKind::Surname)?;
    (long(given) && long(surname) && likeness >= 0.93 && other >= 0.9).then_some(name)
}

fn heard_at_least(word: &str, kind: PartKind, short: f32) -> Option<(&'static str, f32)> {
    let latin = fold(&super::romanise(word));
    let plain = |name: &str| fold(name) == latin;
    let said = sounds(word);
    if said.len() < 3 {
        return None;
    }
    let least = match said.len() {
        ..4 => 0.93,
        4 => short,
        _ => 0.86,
    };
    BY_SOUND
        .near(&said, least)
        .into_iter()
        .map(|at| (at, &NAMES[at]))
        .filter(|(_, name)| name.kind == kind)
        .map(|(at, name)| (at, name.name, likeness(&said, &name.sounds)))
        .filter(|(_, _, score)| *score >= least)
        // Of names that sound the same the one that is written as it sounds: «Міккельсен» is Mikkelsen and not Michelsen.
        .max_by(|a, b| {
            a.2.total_cmp(&b.2)
                .then(plain(a.1).cmp(&plain(b.1)))
                .then(a.0.cmp(&b.0))
        })
        .map(|(_, name, score)| (name, score))
}

/// True for words that end like Danish patronymic surnames («Лаурітсен», "Sørensen").
pub(super) fn ends_like_surname(word: &str) -> bool {
    let tail = ["сен", "ссен", "sen", "gaard", "gård", "ґор", "гор"];
    word.chars().count() >= 5 && tail.iter().any(|ending| word.ends_with(ending))
}
