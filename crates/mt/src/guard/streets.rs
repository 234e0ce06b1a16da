//! Names of streets: told by their ending wherever they stand, and compared without it.

use tolkebot_protocol::Lang;
use tolkebot_values::{address, sound};

/// Endings that most streets share, in both scripts, the longer before the shorter.
const ENDINGS: [&str; 22] = [
    "ringgade",
    "gaden",
    "gade",
    "vejen",
    "vej",
    "stræde",
    "torvet",
    "vænget",
    "parken",
    "bakken",
    "рінґґаде",
    "рінггаде",
    "ґаде",
    "гаде",
    "вейен",
    "вей",
    "вай",
    "стреде",
    "торвет",
    "венгет",
    "паркен",
    "баккен",
];
/// Words with such endings that are no streets.
const WORDS: [&str; 16] = [
    "соловей",
    "церквей",
    "трамвай",
    "коровай",
    "давай",
    "вставай",
    "називай",
    "записуй",
    "udvej",
    "omvej",
    "genvej",
    "motorvej",
    "hovedvej",
    "undervej",
    "halvvej",
    "skolevej",
];
/// From here on two stems are one street: «Вестер» and "Øster" differ in one sound of six.
const ALIKE: f32 = 0.84;

/// The word without the ending that makes it a street's name.
pub(super) fn stem(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if WORDS.contains(&lower.as_str()) {
        return None;
    }
    let stem = ENDINGS.iter().find_map(|end| lower.strip_suffix(end))?;
    (stem.chars().count() >= 3).then(|| stem.to_owned())
}

/// Whether a word is a street's name by its looks: at the beginning of a sentence, too, where every word has its
/// capital letter.
pub(super) fn is_street(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && stem(word).is_some()
}

/// Whether two words are one street: `None` when they are not both streets.
pub(super) fn same(a: &str, b: &str) -> Option<bool> {
    let (a, b) = (stem(a)?, stem(b)?);
    // «Рандерсвей» loses its binding s now and then.
    let bare = |s: &str| s.trim_end_matches(['s', 'с', 'з']).to_owned();
    let like = |a: &str, b: &str| sound::similarity(a, b) >= ALIKE;
    Some(like(&a, &b) || like(&bare(&a), &bare(&b)))
}

/// The Danish name of the street that a Ukrainian said, as the value grammar knows or guesses it.
pub(super) fn danish(said: &str) -> Option<String> {
    address::find(&format!("{said} 1"), Lang::Uk)
        .into_iter()
        .find_map(|hit| hit.value.street)
        .map(|street| street.value.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_not_another_because_both_are_roads() {
        for (a, b, alike) in [
            ("Дортезвей", "Dortesvej", true),
            ("Дортезвей", "Dronningvej", false),
            ("Рандерсвей", "Randersvej", true),
            ("Ґудрунсвей", "Gudrunsvej", true),
            ("Вестерґаде", "Vestergade", true),
            ("Вестерґаде", "Østergade", false),
            ("Сколеґаде", "Skovgade", false),
            ("Мінґеде", "Mindegade", false),
        ] {
            let got = same(a, b).unwrap_or(false);
            assert_eq!(got, alike, "{a} {b}");
        }
    }

    #[test]
    fn other_words_are_no_streets() {
        for word in ["Соловей", "Давай", "Трамвай", "Udvej", "Vej", "Гаде"] {
            assert!(!is_street(word), "{word}");
        }
    }
}
