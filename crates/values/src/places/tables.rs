//! The tables of places, ready to be looked into.

use std::sync::LazyLock;

use super::base;
use crate::sound::sounds;
use crate::sound_index::SoundIndex;
use crate::table::Table;
use crate::tables::{POSTAL, PlaceRow, place_rows};
use crate::token::fold;

/// A Danish town: `Aarhus` with the codes of Aarhus C, N, V …
pub(super) struct Town {
    pub name: String,
    /// Four letters or more: shorter names are not looked for by sound.
    pub long: bool,
    pub sounds: Vec<char>,
    pub codes: Vec<&'static str>,
}

pub(super) static TOWNS: LazyLock<Vec<Town>> = LazyLock::new(|| {
    let mut towns: Vec<Town> = Vec::new();
    for row in POSTAL.iter().filter(|row| row.status != "check") {
        let name = base(row.district);
        match towns.iter_mut().find(|town| town.name == name) {
            Some(town) => town.codes.push(row.code),
            None => towns.push(Town {
                name: name.to_string(),
                long: name.chars().count() >= 4,
                sounds: sounds(name),
                codes: vec![row.code],
            }),
        }
    }
    towns
});

/// Towns that are looked for by sound.
pub(super) static LONG: LazyLock<(Vec<&Town>, SoundIndex)> = LazyLock::new(|| {
    let towns: Vec<&Town> = TOWNS.iter().filter(|town| town.long).collect();
    let index = SoundIndex::new(towns.iter().map(|town| town.sounds.as_slice()));
    (towns, index)
});

/// The places, their stems with «г» for both letters: «Люнґбю» and «Люнгбю» are the same town.
pub(super) static ROWS: LazyLock<Vec<PlaceRow>> = LazyLock::new(|| {
    let mut rows = place_rows();
    for row in &mut rows {
        row.stems.iter_mut().for_each(|stem| *stem = one_g(stem));
    }
    rows
});

/// «ґ» and «г» are written for the same sound.
pub(super) fn one_g(name: &str) -> String {
    name.replace('ґ', "г")
}

/// Places by the first two letters of a stem.
pub(super) type Starts = Table<(char, Option<char>), Vec<usize>>;

/// Places in [`ROWS`] by the first two letters of their Ukrainian stems.
pub(super) static BY_START: LazyLock<Starts> = LazyLock::new(|| {
    let mut map = Starts::default();
    for (at, row) in ROWS.iter().enumerate() {
        for stem in &row.stems {
            let mut letters = stem.chars();
            if let Some(first) = letters.next() {
                let list = map.entry((first, letters.next())).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
    }
    map
});

/// Towns by their folded name.
pub(super) static BY_NAME: LazyLock<Table<String, usize>> = LazyLock::new(|| {
    TOWNS
        .iter()
        .enumerate()
        .map(|(at, town)| (fold(&town.name), at))
        .collect()
});

/// Rows by their Danish forms.
pub(super) static BY_FORM: LazyLock<Table<String, usize>> = LazyLock::new(|| {
    let forms = ROWS.iter().enumerate();
    forms
        .flat_map(|(at, row)| row.danish.iter().map(move |form| (form.clone(), at)))
        .collect()
});
