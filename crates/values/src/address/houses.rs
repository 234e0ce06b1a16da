//! Houses with a name of their own in Cyrillic letters.

use super::heard::part;
use super::street::title;
use crate::token::fold;

/// How houses with a name of their own end, with the Cyrillic renderings.
const HOUSES: &[(&str, &[&str])] = &[
    ("haven", &["гавен", "хавен"]),
    ("have", &["гаве", "хаве"]),
    ("gården", &["ґорден", "горден", "ґоорден", "гоорден"]),
    ("gård", &["ґорд", "горд", "гоорд", "ґоорд", "ґор", "ґоор"]),
    ("fjord", &["фйорд", "фьорд", "фіорд"]),
    ("fjorden", &["фйорден", "фьорден", "фіорден"]),
    ("siden", &["сіден", "сіде"]),
    ("vold", &["вольд"]),
    ("parken", &["паркен"]),
    ("bakken", &["баккен", "бакен"]),
    ("lunden", &["лунден"]),
    ("krogen", &["кроген", "кроґен"]),
    ("bo", &["бо"]),
    ("huset", &["гусет", "хусет"]),
    ("hus", &["гус", "хус"]),
    ("vang", &["ванг", "ванґ"]),
    ("glimt", &["глімт", "ґлімт"]),
    ("hjemmet", &["єммет", "ємет"]),
    (
        "kollegiet",
        &[
            "колегіет",
            "колегієт",
            "колегіє",
            "колегіум",
            "коллегіет",
            "коллегієт",
            "коллегіум",
        ],
    ),
];

/// How a word ends as the names of houses do: the Danish ending, and the length of the one that was heard.
fn ending(word: &str) -> Option<(&'static str, usize)> {
    HOUSES
        .iter()
        .flat_map(|&(danish, forms)| forms.iter().map(move |form| (danish, *form)))
        .filter(|(_, form)| word.ends_with(form))
        .map(|(danish, form)| (danish, form.len()))
        .max_by_key(|&(_, len)| len)
        .filter(|(_, len)| word[..word.len() - len].trim_end().chars().count() >= 3)
}

/// Whether a Cyrillic word ends as the names of houses do: «Еллепаркен».
pub fn sounds_like_a_house(word: &str) -> bool {
    ending(&fold(word)).is_some()
}

/// The Danish name of a house as it was heard: «Сольґорден» is "Solgården". `None` for a word that does not end as
/// the names of houses do, and where its beginning sounds like nothing known; what comes is a guess.
pub fn house_name(word: &str) -> Option<String> {
    let word = fold(word);
    let (danish, len) = ending(&word)?;
    let stem = word[..word.len() - len].trim_end();
    let (name, alike) = part(stem);
    (alike >= 0.8).then(|| title(&format!("{name}{danish}")))
}

#[cfg(test)]
mod tests {
    use super::{house_name, sounds_like_a_house};

    #[test]
    fn houses_are_written_as_they_sound() {
        for (heard, name) in [
            ("Солбакен", Some("Solbakken")),
            ("Сольґорден", Some("Solgården")),
            ("бірке колегіет", Some("Birkekollegiet")),
            ("Катерина", None),
            ("Бакен", None),
        ] {
            assert_eq!(house_name(heard).as_deref(), name, "{heard}");
        }
        assert!(sounds_like_a_house("Еллепаркен") && !sounds_like_a_house("Бакен"));
    }
}
