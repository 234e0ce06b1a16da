//! Codes in hundreds, broken-off numbers, and streets that only sound like one of the register.

use super::*;

#[test]
fn codes_are_told_in_hundreds() {
    for (text, code) in [
        (
            "Данмарксгаде 68, другий сал ліворуч. Дев'яносто дев'ять сотень.",
            "9900",
        ),
        ("Мейлгаде 26, стуен ліворуч, сімдесят п'ять сотень", "7500"),
        ("Недергаде двадцять дев'ять. Вісімдесят чотириста.", "8400"),
    ] {
        let found = find(text, Lang::Uk);
        let got = found[0]
            .value
            .postal_code
            .as_ref()
            .map(|c| c.value.code.as_str());
        assert_eq!(got, Some(code), "{text}");
    }
}

#[test]
fn a_street_that_cannot_be_the_registers_is_written_as_it_was_heard() {
    let street = |text: &str| {
        let found = find(text, Lang::Uk);
        found[0].value.street.as_ref().map(|s| s.value.name.clone())
    };
    let here = "Колдґордсвей 18, 8000 Орхус";
    let there = "Колдґордсвей 18, 4700 Нествед";
    assert_eq!(street(there).as_deref(), Some("Koldgårdsvej"));
    assert!(street(here).is_some());
}

#[test]
fn a_number_that_was_broken_off_is_said_again() {
    let number = |text: &str| {
        let found = find(text, Lang::Uk);
        found[0].value.number.as_ref().map(|n| n.value.clone())
    };
    assert_eq!(
        number("Рандерсвей дві… двадцять дві, перший сал").as_deref(),
        Some("22")
    );
    assert_eq!(
        number("Рандерсвей дві. Двадцять два нуль нуль").as_deref(),
        Some("2")
    );
}
