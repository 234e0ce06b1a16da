//! The streets that are known by name: those that ship with the program, and those of a register that an
//! operator has loaded.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use super::street::key;
use crate::register::{Roads, RowError};
use crate::sound::{likeness_over, sounds};
use crate::sound_index::SoundIndex;
use crate::tables::{StreetRow, shipped_streets};

/// How many names that sound alike are kept.
const BEST: usize = 3;

/// One street with everything it is recognised by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub name: String,
    pub key: String,
    pub variants: Vec<String>,
    pub sounds: Vec<char>,
    pub codes: Vec<String>,
}

/// Streets by name, by the ways they are said and by sound. Built once and shared by all conversations. The default knows
/// none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    /// Places of the entries by name and by every known rendering; the first of equals counts.
    by_key: HashMap<String, usize>,
    /// First letters of the renderings.
    starts: HashSet<String>,
    by_sound: SoundIndex,
    /// Postal codes of which the register is known, with all their streets.
    registered: HashSet<String>,
}

/// Why a register's table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GazetteerError {
    /// A row that is no street.
    #[error("{first}{}", more(*others))]
    Row {
        /// The first bad row.
        first: RowError,
        /// How many more there are.
        others: usize,
    },
    /// No rows.
    #[error("the table has no street; write it with `tolkebot register import`")]
    Empty,
}

fn more(others: usize) -> String {
    match others {
        0 => String::new(),
        n => format!(" (and {n} more bad rows)"),
    }
}

static SHIPPED: LazyLock<Arc<Gazetteer>> =
    LazyLock::new(|| Arc::new(Gazetteer::of(shipped_streets())));

impl Gazetteer {
    /// The streets that ship with the program.
    pub fn shipped() -> Arc<Gazetteer> {
        SHIPPED.clone()
    }

    /// The streets written down by hand, with the ways they are said, and those of a register: the table
    /// that `tolkebot register import` writes, or an extract itself.
    ///
    /// # Errors
    /// [`GazetteerError`] with the line, the value and what to do about it.
    pub fn with_register(table: &str) -> Result<Gazetteer, GazetteerError> {
        let mut roads = Roads::default();
        let mut errors = roads.read(table).into_iter();
        if let Some(first) = errors.next() {
            let others = errors.count();
            return Err(GazetteerError::Row { first, others });
        }
        if roads.is_empty() {
            return Err(GazetteerError::Empty);
        }
        let registered = roads.rows().map(|(_, code)| code.to_owned()).collect();
        let rows = roads.rows().map(|(name, code)| StreetRow {
            name: name.to_owned(),
            postal_code: code.to_owned(),
            spoken: Vec::new(),
            heard: Vec::new(),
        });
        Ok(Gazetteer {
            registered,
            ..Gazetteer::of(shipped_streets().chain(rows))
        })
    }

    fn of(rows: impl Iterator<Item = StreetRow>) -> Gazetteer {
        let mut entries: Vec<Entry> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for row in rows {
            match known.get(&row.name).and_then(|at| entries.get_mut(*at)) {
                Some(entry) if entry.codes.contains(&row.postal_code) => {}
                Some(entry) => entry.codes.push(row.postal_code),
                None => {
                    known.insert(row.name.clone(), entries.len());
                    entries.push(Entry {
                        key: key(&row.name),
                        variants: row
                            .spoken
                            .iter()
                            .chain(&row.heard)
                            .map(|form| key(form))
                            .collect(),
                        sounds: sounds(&row.name),
                        codes: vec![row.postal_code],
                        name: row.name,
                    });
                }
            }
        }
        let mut by_key = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for form in std::iter::once(&entry.key).chain(&entry.variants) {
                by_key.entry(form.clone()).or_insert(at);
            }
        }
        let variants = entries.iter().flat_map(|entry| &entry.variants);
        let starts = variants.map(|form| start(form)).collect();
        let by_sound = SoundIndex::new(entries.iter().map(|entry| entry.sounds.as_slice()));
        Gazetteer {
            entries,
            by_key,
            starts,
            by_sound,
            registered: HashSet::new(),
        }
    }

    /// The names of all streets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Whether there is a street of exactly this name.
    pub fn holds(&self, name: &str) -> bool {
        self.by_key(&key(name)).is_some_and(|e| e.name == name)
    }

    /// Whether a street of exactly this name has addresses with this postal code; `None` where no
    /// register says so. The streets that ship with the program are not all there are.
    pub fn leads_to(&self, name: &str, code: &str) -> Option<bool> {
        let there = || {
            self.by_name(name)
                .is_some_and(|e| e.codes.iter().any(|c| c == code))
        };
        self.registered.contains(code).then(there)
    }

    /// Number of street names.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// No street at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The street with this [`key`], as its name or as a known rendering.
    pub(super) fn by_key(&self, key: &str) -> Option<&Entry> {
        self.entries.get(*self.by_key.get(key)?)
    }

    /// The street of this name.
    pub(super) fn by_name(&self, name: &str) -> Option<&Entry> {
        self.by_key(&key(name)).filter(|entry| entry.name == name)
    }

    /// Whether a known rendering may begin with this word; shorter words are first parts of many.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        word.chars().count() < 3 || self.starts.contains(&start(word))
    }

    /// The best three names for a sound string.
    pub(super) fn ranked(&self, heard: &[char], least: f32) -> Vec<(String, f32)> {
        let mut best: Vec<(&str, f32)> = Vec::with_capacity(BEST + 1);
        for at in self.by_sound.near(heard, least) {
            let entry = &self.entries[at];
            // What cannot come among the best need not be compared to its end.
            let least = match best.get(BEST - 1) {
                Some((_, score)) => least.max(*score),
                None => least,
            };
            let score = likeness_over(heard, &entry.sounds, least);
            if score > 0.0 {
                let at = best.partition_point(|(_, other)| *other >= score);
                best.insert(at, (&entry.name, score));
                best.truncate(BEST);
            }
        }
        best.into_iter()
            .map(|(name, score)| (name.to_string(), score))
            .collect()
    }
}

/// The first letters of a word or window.
pub(super) fn start(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .take(3)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{StreetSource, find_with};
    use tolkebot_protocol::Lang;

    #[test]
    fn a_register_adds_streets_and_keeps_those_written_by_hand() {
        let table = "street\tpostal_code\nKvisthaven\t8270\nRandersvej\t8200\n";
        let streets = Gazetteer::with_register(table).expect("a table");
        assert_eq!(streets.len(), Gazetteer::shipped().len() + 1);
        for (text, source) in [
            ("Kvisthaven 7", StreetSource::Known),
            ("Рандерсвей дванадцять", StreetSource::Known),
        ] {
            let lang = if text.is_ascii() { Lang::Da } else { Lang::Uk };
            let found = find_with(text, lang, &streets);
            let street = found[0].value.street.as_ref().expect("a street");
            assert_eq!(street.value.source, source, "{text}");
        }
        // The extract itself will do.
        let extract =
            "vejnavn;postnr;husnr\nKvisthaven;8270;1\nKvisthaven;8270;3\nRandersvej;8200;9\n";
        assert_eq!(Gazetteer::with_register(extract), Ok(streets));
    }

    #[test]
    fn a_broken_table_names_the_value_and_the_remedy() {
        let said = |table: &str| {
            Gazetteer::with_register(table)
                .expect_err("a bad table")
                .to_string()
        };
        let error = said("street\tpostal_code\nKvisthaven\t82\nElmevej\t9999\n");
        assert!(
            error.contains("line 2") && error.contains("\"82\""),
            "{error}"
        );
        assert!(error.contains("write four digits"), "{error}");
        assert!(error.contains("1 more bad row"), "{error}");
        assert!(said("a,b\n1,2\n").contains("no column"));
        assert!(said("street\tpostal_code\n").contains("register import"));
    }
}
