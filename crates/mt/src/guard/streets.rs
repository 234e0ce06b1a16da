//! Names of streets: told by their ending wherever they stand, and compared without it.

use tolkebot_protocol::Lang;
use tolkebot_values::address::{self, StreetSource};
use tolkebot_values::sound;

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

/// The name of the street in the register that a Ukrainian said and that nothing else sounds like: a
/// translation has to write it letter by letter, because the sound of a name on a door sign is no address.
pub(super) fn listed(said: &str) -> Option<String> {
    let hit = address::find(&format!("{said} 1"), Lang::Uk)
        .into_iter()
        .find(|hit| hit.value.street.is_some())?;
    let street = hit.value.street.filter(|street| street.note.is_none())?;
    matches!(
        street.value.source,
        StreetSource::Known | StreetSource::Heard
    )
    .then_some(street.value.name)
}

/// Whether a text has a street's name, letter by letter.
pub(super) fn has(text: &str, street: &str) -> bool {
    let (text, street) = (text.to_lowercase(), street.to_lowercase());
    text.match_indices(&street).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + street.len()..].chars().next();
        !before.is_some_and(char::is_alphabetic) && !behind.is_some_and(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_street_is_written_letter_by_letter() {
        assert_eq!(listed("Рандерсвей").as_deref(), Some("Randersvej"));
        assert_eq!(listed("Щощощовей"), None);
        assert!(has("Ja, Randersvej 12.", "Randersvej"));
        assert!(!has("Ja, Randersvejen 12.", "Randersvej"));
        assert!(!has("Ja, Rannersvej 12.", "Randersvej"));
    }

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
