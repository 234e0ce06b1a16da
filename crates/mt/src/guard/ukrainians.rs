//! Names of Ukrainians in a Danish text: read back, they must be the citizen's own again.

use tolkebot_values::{names as people, sound};

use super::names::Name;
use super::{danes, streets};

/// Likeness from which another Ukrainian word stands for the name («Стецюко» for "Stetsko").
const MEANT: f32 = 0.7;

/// Whether a Danish text names somebody with a Ukrainian name: one of the words is listed as one, or plainly a surname,
/// and none is a Dane's.
pub(super) fn is_ukrainian(name: &Name) -> bool {
    let native = |word: &String| people::from_latin(word);
    let known = |word: String| {
        people::to_nominative(&word).is_some_and(|(nominative, _, sure)| {
            sure && nominative.to_lowercase() == word.to_lowercase()
        }) || people::is_known_surname(&word)
            || people::looks_like_surname(&word)
    };
    name.words.len() > 1
        && !danes::is_dane(&name.words)
        && !name.words.iter().any(|word| streets::is_street(word))
        && name.words.iter().all(|word| native(word).is_some())
        && name.words.iter().filter_map(native).any(known)
}

/// Whether a word of the target is this name, in whatever case: «Оленою» is Olena.
pub(super) fn is_it(name: &str, there: &str) -> bool {
    let (name, latin) = (name.to_lowercase(), people::romanise(there).to_lowercase());
    let stem = name.trim_end_matches(['a', 'i', 'o', 'y', 'u', 'e']);
    let nominative = people::to_nominative(there).map(|(n, _, _)| people::romanise(&n));
    let (longer, stem_long) = (latin.chars().count(), stem.chars().count());
    nominative.is_some_and(|n| n.to_lowercase() == name)
        || stem_long >= 2 && latin.starts_with(stem) && longer <= stem_long + 4
}

/// Whether a word of the target is this name as it is said when somebody is called so: «Козака» is not how one is
/// called.
pub(super) fn is_nominative(name: &str, there: &str) -> bool {
    people::romanise(there).eq_ignore_ascii_case(name)
}

/// "Min kollega hedder Lukash Kozak": behind this word a name is said as it is.
pub(super) fn is_called(name: &Name, source: &str) -> bool {
    let before = source[..name.span.start].split_whitespace().next_back();
    matches!(before, Some("hedder" | "hed"))
}

/// Whether a word of the target was meant to be this name and is not: it sounds like it.
pub(super) fn is_meant(name: &str, there: &str) -> bool {
    !is_it(name, there) && sound::similarity(name, there) >= MEANT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_every_case() {
        for (name, there) in [
            ("Olena", "Олену"),
            ("Olena", "Оленою"),
            ("Hlib", "Глібом"),
            ("Koval", "Ковалем"),
            ("Harka", "Гаркою"),
            ("Serhii", "Сергієві"),
            ("Andriichuk", "Андрійчука"),
        ] {
            assert!(is_it(name, there), "{name} {there}");
        }
        for (name, there) in [
            ("Stetsko", "Стецюко"),
            ("Lebid", "Лебій"),
            ("Anatol", "Анато"),
            ("Halka", "Гарка"),
        ] {
            assert!(is_meant(name, there), "{name} {there}");
        }
    }
}
