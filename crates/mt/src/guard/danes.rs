//! Names of Danes, which sound like many a Ukrainian word.

use tolkebot_values::{names as people, sound};

use super::names::words;
use super::streets;
use crate::text::is_latin;

/// Endings that a Danish name gets in a Ukrainian sentence, long ones first.
const ENDINGS: [&str; 13] = [
    "ові", "еві", "ом", "ем", "єм", "ою", "ею", "а", "я", "у", "ю", "і", "и",
];

/// Likeness from which a Danish name in Ukrainian letters is taken for the same one.
const SAME_DANISH: f32 = 0.87;

/// Somebody with a Danish surname is written in Ukrainian as Danes write it, or nearly letter by letter: «Гелена
/// Лікарка» begins like "Helena Lykke" and is another person.
pub(super) fn keep_danish(name: &[String], target: &str) -> bool {
    let danish = |word: &&String| people::only_danish(word);
    !is_dane(name) || name.iter().filter(danish).all(|w| has_danish(w, target))
}

/// Whether these words name somebody with a Danish surname.
pub(super) fn is_dane(name: &[String]) -> bool {
    name.len() > 1
        && name.last().is_some_and(|w| people::only_danish(w))
        // Solvej is a woman's name.
        && !name
            .iter()
            .any(|word| streets::is_street(word) && !people::only_danish(word))
}

/// «Марія Йенсен» is not Mariia Jonas: a surname known from Denmark is in the target as a whole.
pub(super) fn keep_surname(name: &[String], target: &str) -> bool {
    let [_, surname] = name else {
        return true;
    };
    let by_rule = people::romanise(surname).to_lowercase();
    people::danish_surname(surname).is_none()
        || has_danish(surname, target)
        || words(target)
            .iter()
            .any(|t| t.text.to_lowercase() == by_rule)
}

fn has_danish(word: &str, target: &str) -> bool {
    let same = |there: &str| {
        let (word, there) = (word.to_lowercase(), there.to_lowercase());
        let bare = |text: &str| text.strip_suffix('s').unwrap_or(text).to_owned();
        bare(&there) == bare(&word)
    };
    words(target)
        .iter()
        .any(|t| same(t.text) || sounds_like(word, t.text))
}

/// Whether a word in the other script is a Danish name, in whatever case. "Enmark" is not Enemark: within one script
/// every letter counts.
pub(super) fn sounds_like(word: &str, there: &str) -> bool {
    let (word, there) = (word.to_lowercase(), there.to_lowercase());
    let bare = word.strip_suffix('s').unwrap_or(&word);
    let stem = ENDINGS.iter().find_map(|end| there.strip_suffix(end));
    let other_script = word.chars().any(is_latin) != there.chars().any(is_latin);
    let like = |there: &str| {
        let likeness = sound::similarity(&word, there).max(sound::similarity(bare, there));
        other_script && likeness >= SAME_DANISH
    };
    like(&there) || stem.is_some_and(like)
}

#[cfg(test)]
mod tests {
    use tolkebot_protocol::Lang;

    use crate::guard::check;
    use crate::{MtWarning, ValueKind};

    fn warnings(source: &str, target: &str, from: Lang) -> Vec<MtWarning> {
        check(source, target, from).warnings
    }

    #[test]
    fn a_danish_name_is_not_turned_into_another() {
        for (da, uk) in [
            (
                "Værten hedder Helena Lykke.",
                "Господиню звати Гелена Лікаря.",
            ),
            ("Det er Nikolaj Bech.", "Це Микола Бек."),
            ("Udlejeren er Trine Bøgh.", "Орендодавець — Тріне Буг."),
            ("Den ejes af Maja Enemark.", "Вона належить Maja Enmark."),
        ] {
            let seen = warnings(da, uk, Lang::Da);
            assert!(
                seen.contains(&MtWarning::ValueMismatch(ValueKind::Name)),
                "{uk}"
            );
        }
        for (da, uk) in [
            (
                "Værten hedder Helena Lykke.",
                "Господиню звати Helena Lykke.",
            ),
            (
                "Det er Torben Kroghs lejlighed.",
                "Це квартира Торбена Крога.",
            ),
            (
                "har du talt med mette sørensen",
                "Ви говорили з Mette Sørensen?",
            ),
            ("Du hedder Anna Kovalenko.", "Вас звати Анна Коваленко."),
        ] {
            assert_eq!(warnings(da, uk, Lang::Da), [], "{uk}");
        }
        let jonas = warnings(
            "Мене звати Марія Йенсен.",
            "Jeg hedder Mariia Jonas.",
            Lang::Uk,
        );
        assert_eq!(jonas, [MtWarning::ValueMismatch(ValueKind::Name)]);
        let jensen = warnings(
            "Це лист для Марії Йенсен.",
            "Brevet er til Mariia Jensen.",
            Lang::Uk,
        );
        assert_eq!(jensen, []);
    }
}
