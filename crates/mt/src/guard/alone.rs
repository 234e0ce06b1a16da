//! Texts that are nothing but a name.

use tolkebot_protocol::Lang;
use tolkebot_values::names as people;

use super::names::{find, spellings};
use super::streets;
use crate::text::is_cyrillic;

/// A text that is nothing but a name of two to four words, as the target writes it. Capitals alone make no name of a
/// short answer («Громадянка України», "Hej Oksana"): somebody of the tables, a street, or Latin letters among Ukrainian.
pub(crate) fn only_a_name(text: &str, from: Lang) -> Option<String> {
    let inner = text.trim_end_matches(['.', '!', '?', ',']);
    let names = find(inner, from);
    let [name] = names.as_slice() else {
        return None;
    };
    let first = name.words.first().map_or("", String::as_str);
    let given = people::danish_given(first).is_some()
        || people::to_nominative(first).is_some_and(|(_, _, sure)| sure);
    let whole = || {
        let people = people::find(inner, from);
        people.iter().any(|p| p.span == name.span)
    };
    // A shape that fits is not enough: «Пишеться Сорока».
    let somebody = || given || people::is_known_surname(first) && whole();
    let latin = from == Lang::Uk && !inner.chars().any(is_cyrillic);
    let street = streets::is_street(first);
    if !latin && !street && !somebody() {
        return None;
    }
    let spelling = spellings(name, inner, from).into_iter().next()?;
    (name.span == (0..inner.len())).then(|| format!("{spelling}{}", &text[inner.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_only_a_name_needs_no_model() {
        let only = |text, from| only_a_name(text, from);
        assert_eq!(
            only("Остап Гончаренко.", Lang::Uk).as_deref(),
            Some("Ostap Honcharenko.")
        );
        assert_eq!(only("Emil Toft", Lang::Da).as_deref(), Some("Emil Toft"));
        assert_eq!(only("Так.", Lang::Uk), None);
        assert_eq!(only("Hej Mette, kom ind", Lang::Da), None);
        for (name, written) in [
            ("Оксана Шевченко", "Oksana Shevchenko"),
            ("Ларс К’єр Нільсен.", "Lars Kjær Nilsen."),
            ("Lars Bendtsen", "Lars Bendtsen"),
            ("Рандерсвей.", "Randersvej."),
        ] {
            assert_eq!(only(name, Lang::Uk).as_deref(), Some(written));
        }
        for text in [
            "Громадянка України.",
            "Паспорт України.",
            "Брат Ігор.",
            "Чоловік Василь.",
            "Орендодавець Ларс К’єр Нільсен.",
            "Дякую Метте.",
            "Пишеться Сорока.",
        ] {
            assert_eq!(only(text, Lang::Uk), None, "{text}");
        }
        for text in ["Hej Oksana.", "Nej Mette."] {
            assert_eq!(only(text, Lang::Da), None, "{text}");
        }
    }
}
