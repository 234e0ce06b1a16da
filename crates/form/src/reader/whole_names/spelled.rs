//! How the parts of a name are written in Latin letters, and which of them is the surname.

use tolkebot_values::{fold, names};

use crate::reader::memory::Memory;

/// From here on the employee's word is the name that the citizen said.
const SAME: f32 = 0.86;

fn is_cyrillic(word: &str) -> bool {
    word.chars().any(tolkebot_values::is_cyrillic)
}

/// A given name of the Ukrainian list, in the nominative.
fn known_given(said: &str) -> bool {
    let folded = fold(said);
    names::to_nominative(said).is_some_and(|(name, _, _)| fold(&name) == folded)
}

/// A given name of either list.
pub(super) fn is_given(said: &str) -> bool {
    known_given(said) || names::danish_given(said).is_some()
}

/// A surname of the Danish list, or one that has the shape of one.
pub(super) fn is_surname(said: &str) -> bool {
    names::looks_like_surname(said) || names::danish_surname(said).is_some()
}

/// «Кубай Надія», «Ткач-Лунд Ніна»: the given name is the second of two.
pub(super) fn surname_first(first: &str, second: &str) -> bool {
    if known_given(second) {
        return !known_given(first)
            || names::is_known_surname(first) && !names::is_known_surname(second);
    }
    !known_given(first)
        && names::looks_like_surname(first)
        && !names::looks_like_surname(second)
        && names::danish_surname(second).is_none()
        && names::danish_given(first).is_none()
}

/// Whether Danes, or others than Ukrainians, are called so.
pub(super) fn is_danish(given: &[&str], surname: &str) -> bool {
    let ends = ["сен", "ґор", "ґорд", "гор", "ґаард", "sen", "gaard", "gård"];
    let surname = fold(surname);
    let by_surname = ends
        .iter()
        .any(|end| surname.ends_with(end) && surname.chars().count() >= 5);
    let ukrainian =
        names::looks_like_surname(&surname) && names::danish_surname(&surname).is_none();
    by_surname || !ukrainian && !given.iter().any(|name| known_given(name))
}

/// A part of a name in Latin letters: as the employee has just written it, as Danes or as passports write it.
pub(super) fn in_latin(m: &Memory, said: &str, given: bool, danish: bool) -> String {
    let parts: Vec<String> = said
        .split(['-', '‑'])
        .map(|part| part_in_latin(m, part, given, danish))
        .collect();
    parts.join("-")
}

fn part_in_latin(m: &Memory, said: &str, given: bool, danish: bool) -> String {
    if !is_cyrillic(said) {
        return title(said);
    }
    if let Some(word) = by_staff(m, said) {
        return title(word);
    }
    if given {
        if let Some(name) = names::danish_given(said).filter(|_| danish) {
            return name.to_owned();
        }
        if known_given(said) || !danish {
            return title(&names::romanise(said));
        }
        return by_ear(said);
    }
    if !danish {
        return title(&names::romanise(said));
    }
    match names::danish_surname(said) {
        Some(name) => with_v(name),
        None => by_ear(said),
    }
}

/// «Вестергор» is Vestergaard, though Westergaard sounds the same.
fn with_v(name: &str) -> String {
    let other = name.strip_prefix('W').map(|rest| format!("V{rest}"));
    match other {
        Some(other) if names::only_danish(&other) => other,
        _ => name.to_owned(),
    }
}

/// "Dorit hvad?" – «Доріт Скоубо»: the employee has just said it.
fn by_staff<'a>(m: &'a Memory, said: &str) -> Option<&'a str> {
    m.staff_words
        .iter()
        .filter(|w| w.chars().count() >= 4 && w.chars().all(char::is_alphabetic))
        .map(|w| (w.as_str(), names::same_name(w, said)))
        .filter(|(_, alike)| *alike >= SAME)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(w, _)| w)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A foreign name that no list has, letter by letter as Danes would write its sounds.
pub(in crate::reader) fn by_ear(said: &str) -> String {
    let mut text = fold(said);
    for (from, to) in [
        ("ґорд", "gaard"),
        ("ґор", "gaard"),
        ("гор", "gaard"),
        ("ґаард", "gaard"),
        ("йо", "jo"),
        ("ьо", "ø"),
        ("йє", "je"),
        ("'є", "je"),
        ("'ю", "ju"),
        ("'я", "ja"),
        ("ія", "ia"),
        ("іе", "ie"),
        ("іє", "ie"),
        ("кс", "x"),
        ("ї", "i"),
        ("щ", "shch"),
        ("ш", "sh"),
        ("ч", "ch"),
        ("ж", "zh"),
        ("ц", "c"),
        ("х", "h"),
        ("г", "g"),
        ("ґ", "g"),
        ("є", "e"),
        ("ю", "y"),
        ("я", "ia"),
        ("й", "j"),
        ("ь", ""),
        ("'", ""),
        ("и", "i"),
    ] {
        text = text.replace(from, to);
    }
    title(&names::romanise(&text))
}
