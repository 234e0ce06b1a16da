//! Surnames that are number words: «Тихін Сорока» is not forty.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::Found;
use tolkebot_values::names;
use tolkebot_values::numbers::{self, Number};

use super::numbers::starts_with_digit;

/// What a surname stands behind.
const BEFORE: [&str; 18] = [
    "прізвище",
    "прізвища",
    "прізвищем",
    "прізвищу",
    "фамілія",
    "фамілію",
    "фамілії",
    "пан",
    "пана",
    "пану",
    "паном",
    "пані",
    "звати",
    "звуть",
    "зовуть",
    "пишеться",
    "називається",
    "як",
];

/// Takes the surnames out of the numbers of a Ukrainian text.
pub(super) fn strike(found: &mut Vec<Found<Number>>, text: &str) {
    if found
        .iter()
        .all(|n| starts_with_digit(&text[n.span.clone()]))
    {
        return;
    }
    let people = names::find(text, Lang::Uk);
    found.retain(|n| {
        starts_with_digit(&text[n.span.clone()])
            || !is_surname(text, &n.span)
                && !people.iter().any(|p| {
                    let inside = p.span.start < n.span.start && n.span.end <= p.span.end;
                    inside && p.value.parts.len() > 1
                })
    });
}

/// The surnames of a Ukrainian text that would be numbers otherwise.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let found = numbers::find(text, Lang::Uk).into_iter();
    let spans = found.map(|n| n.span);
    spans.filter(|span| is_surname(text, span)).collect()
}

/// «Моє прізвище сорока», «С як Сорока», «Сорока, через С»: with a capital where no sentence begins, behind what
/// surnames stand behind, or alone between pauses.
fn is_surname(text: &str, span: &Range<usize>) -> bool {
    let said = &text[span.clone()];
    // The genitive of forty has the letters of the commonest surname of this kind.
    if said.to_lowercase() != "сорока" {
        return false;
    }
    let before = text[..span.start].trim_end_matches([' ', '—', '–', '-', ':', ',', '«', '"']);
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next();
    let last = last.unwrap_or_default().to_lowercase();
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', '…']);
    let capital = said.starts_with(char::is_uppercase);
    let pause = text[span.end..].trim_start_matches(['»', '"']);
    let pause = pause.is_empty() || pause.starts_with([',', '.', '!', '?']);
    capital && !opens && !last.is_empty() || opens && pause || BEFORE.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::check;
    use crate::{MtWarning, ValueKind};

    #[test]
    fn soroka_is_told_from_forty() {
        for (uk, wrong, right) in [
            (
                "Моє прізвище сорока.",
                "Mit efternavn er fyrre.",
                "Mit efternavn er Soroka.",
            ),
            (
                "Прізвище — Сорока.",
                "Efternavn: fyrre.",
                "Efternavn: Soroka.",
            ),
            (
                "С як Сорока, О, Р.",
                "S som fyrre, O, R.",
                "S som Soroka, O, R.",
            ),
            ("Сорока, через С.", "Fyrre, med S.", "Soroka, med S."),
            ("Тут пан Сорока.", "Her er hr. 40.", "Her er hr. Soroka."),
        ] {
            let lost = check(uk, wrong, Lang::Uk);
            assert!(
                lost.warnings
                    .contains(&MtWarning::ValueMismatch(ValueKind::Name)),
                "{uk}: {lost:?}"
            );
            assert!(
                lost.reread.iter().any(|(_, latin)| latin == "Soroka"),
                "{uk}: {lost:?}"
            );
            assert_eq!(check(uk, right, Lang::Uk).warnings, [], "{uk}");
        }
        for (uk, da) in [
            ("Мені близько сорока років.", "Jeg er omkring fyrre."),
            ("Сорока років мені ще немає.", "Jeg er ikke fyrre endnu."),
        ] {
            assert_eq!(check(uk, da, Lang::Uk).warnings, [], "{uk}");
        }
        let twice = check("Моє прізвище Сорока.", "Soroka er 40.", Lang::Uk);
        assert_ne!(twice.warnings, []);
        assert!(find("Тут їх до сорока.").is_empty());
    }
}
