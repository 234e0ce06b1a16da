//! Personal names: who was named, in which part, in which case, and how it is written in Latin.
//!
//! The spelling in the passport always wins; what comes out here is a suggestion.

mod alone;
mod answer;
mod beside;
mod build;
pub(crate) mod cases;
mod danish;
mod find;
mod latin;
mod oblique;
mod romanise;
mod ukrainian;
mod words;

use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::ops::Range;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::sound::{likeness, sounds};
use crate::token::{fold, is_cyrillic};

pub use cases::{is_patronymic, looks_like_surname, patronymic_nominative};
pub use find::{find, find_answer, find_in};
pub use romanise::romanise;
pub use ukrainian::from_latin;

/// Grammatical gender of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Оксана
    Feminine,
    /// Сергій
    Masculine,
}

/// Which part of a name a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// ім'я
    Given,
    /// по батькові: not part of the Danish form
    Patronymic,
    /// прізвище
    Surname,
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamePart {
    /// Which part it is.
    pub kind: PartKind,
    /// Nominative with a capital letter, in the alphabet it was said in.
    pub native: String,
    /// Latin spelling: Danish names in their own, Ukrainian ones by the 2010 table.
    pub latin: String,
    /// True when part and nominative are certain.
    pub certain: bool,
    /// Full names this may be short for, in Latin letters; passports carry those.
    pub short_for: Vec<String>,
    /// Byte range in the original text.
    pub span: Range<usize>,
}

/// A person that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// The words in the order they were said.
    pub parts: Vec<NamePart>,
    /// Gender, when the name tells.
    pub gender: Option<Gender>,
    /// True for names from the Danish lists.
    pub danish: bool,
}

impl PersonName {
    fn joined(&self, kind: PartKind, text: impl Fn(&NamePart) -> &str) -> Option<String> {
        let words: Vec<&str> = self
            .parts
            .iter()
            .filter(|part| part.kind == kind)
            .map(text)
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Given names in Latin letters.
    pub fn given(&self) -> Option<String> {
        self.joined(PartKind::Given, |part| &part.latin)
    }

    /// Surname in Latin letters.
    pub fn surname(&self) -> Option<String> {
        self.joined(PartKind::Surname, |part| &part.latin)
    }

    /// Given names and surname in Latin letters, without the patronymic.
    pub fn full(&self) -> String {
        [self.given(), self.surname()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The name in the alphabet it was said in, nominative, in the order it was said.
    pub fn native(&self) -> String {
        self.parts
            .iter()
            .map(|part| part.native.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The nominative of a given name in any case, with a capital letter. `None` when the table doesn't
/// know the name; the flag is false when several names share the form.
pub fn to_nominative(word: &str) -> Option<(String, Gender, bool)> {
    let hits = cases::given(&fold(word));
    let first = hits.first()?;
    let single = first.is_nominative || hits.len() == 1;
    Some((capitalise(&first.nominative), first.gender, single))
}

/// Whether a word in Ukrainian letters is a surname of the table, in the nominative singular.
pub fn is_known_surname(word: &str) -> bool {
    let folded = crate::token::fold(word);
    cases::known_surname(&folded).is_some_and(|known| crate::token::fold(known) == folded)
}

/// A surname in Latin letters: a Danish one as Danes write it, any other by the romanisation table.
pub fn in_latin(word: &str) -> String {
    if !word.chars().any(is_cyrillic) {
        return word.to_owned();
    }
    match find::danish_surname(&fold(word)) {
        Some(name) => name.to_owned(),
        None => capitalise(&romanise(word)),
    }
}

/// The Danish surname that a word sounds like: «Дамгор» is Damgaard.
pub fn danish_surname(word: &str) -> Option<&'static str> {
    find::danish_surname(&fold(word))
}

/// The Danish given name that a word in Ukrainian letters sounds like: «Тове» is Tove.
pub fn danish_given(word: &str) -> Option<&'static str> {
    danish::heard_before_surname(&fold(word))
}

/// Whether a word in Latin letters is a name of Danes and of no Ukrainian: "Bøgh", "Helle", but not "Anna".
pub fn only_danish(word: &str) -> bool {
    let word = fold(word);
    let danish = danish::written(&word).is_some() || word.contains(['æ', 'ø', 'å']);
    danish && !latin::is_ukrainian(&word)
}

/// How likely two spellings are the same name (0–1), in any alphabet and any passport tradition
/// (Serhii, Sergiy, Сергій).
pub fn same_name(a: &str, b: &str) -> f32 {
    let (a, b) = (key(a), key(b));
    if a.rough == b.rough {
        1.0
    } else {
        likeness(&a.sounds, &b.sounds)
    }
}

/// What a name is compared by.
struct Key {
    rough: String,
    sounds: Vec<char>,
}

/// Most names whose keys are kept; then all are forgotten, so that the memory stays small.
const KEPT: usize = 2048;

thread_local! {
    /// Every name of a conversation is compared with every word of each turn: its key is made once.
    static KEYS: RefCell<Keys> = RefCell::new(Keys::default());
}

#[derive(Default)]
struct Keys {
    kept: HashMap<String, Rc<Key>>,
    /// How many [`Comparing`] live on this thread.
    comparing: usize,
}

/// While one lives, names that are compared on its thread are remembered and compared faster. With
/// the last one all are forgotten: they are names of people.
#[derive(Debug)]
pub struct Comparing {
    /// Counts for its own thread only.
    _here: PhantomData<*const ()>,
}

impl Comparing {
    /// Begins to remember.
    pub fn begin() -> Comparing {
        KEYS.with_borrow_mut(|keys| keys.comparing += 1);
        Comparing { _here: PhantomData }
    }
}

impl Drop for Comparing {
    fn drop(&mut self) {
        KEYS.with_borrow_mut(|keys| {
            keys.comparing = keys.comparing.saturating_sub(1);
            if keys.comparing == 0 {
                keys.kept.clear();
            }
        });
    }
}

fn key(name: &str) -> Rc<Key> {
    KEYS.with_borrow_mut(|keys| {
        if let Some(key) = keys.kept.get(name) {
            return key.clone();
        }
        let rough = if name.chars().any(is_cyrillic) {
            rough(&romanise(name))
        } else {
            rough(name)
        };
        let sounds = sounds(&rough);
        let key = Rc::new(Key { rough, sounds });
        if keys.comparing > 0 {
            if keys.kept.len() >= KEPT {
                keys.kept.clear();
            }
            keys.kept.insert(name.to_owned(), key.clone());
        }
        key
    })
}

/// Takes the differences between passport spellings away: `iy`/`ii`/`y`, `kh`/`h`, `yu`/`iu`.
pub(crate) fn rough(name: &str) -> String {
    let mut text = fold(name);
    for (from, to) in [
        ("shch", "s"),
        ("zgh", "sg"),
        ("kh", "h"),
        ("zh", "s"),
        ("ts", "s"),
        ("sh", "s"),
        ("ch", "s"),
        ("ya", "ia"),
        ("yu", "iu"),
        ("ye", "ie"),
        ("yi", "i"),
        ("iy", "i"),
        ("yy", "i"),
        ("ii", "i"),
        ("ie", "e"),
        ("x", "ks"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
    ] {
        text = text.replace(from, to);
    }
    text.replace(['\'', ' ', '-'], "")
}

/// Upper case for the first letter and for those behind a hyphen.
pub(crate) fn capitalise(word: &str) -> String {
    let mut start = true;
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = c == '-';
    }
    out
}

#[cfg(test)]
#[path = "../names_tests.rs"]
mod tests;
