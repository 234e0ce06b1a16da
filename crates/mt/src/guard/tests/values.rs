//! Numbers, dates and storeys.

use super::*;

#[test]
fn a_changed_value_is_named_by_its_kind() {
    for (source, target, from, kind) in [
        (
            "Nej, 13 og ikke 30.",
            "Ні, 13, а не 31.",
            Lang::Da,
            ValueKind::Number,
        ),
        (
            "Мені тридцять чотири.",
            "Jeg er fireogfyrre.",
            Lang::Uk,
            ValueKind::Number,
        ),
        (
            "Номер 070584-1234.",
            "Nummer 070584-1243.",
            Lang::Uk,
            ValueKind::Cpr,
        ),
        (
            "Ring på 61 22 90 14.",
            "Телефонуйте 61 22 90 41.",
            Lang::Da,
            ValueKind::Phone,
        ),
        (
            "Індекс 8210.",
            "Postnummer 8200.",
            Lang::Uk,
            ValueKind::PostalCode,
        ),
        (
            "Den første marts.",
            "Першого травня.",
            Lang::Da,
            ValueKind::Date,
        ),
        ("У п’ятницю.", "På torsdag.", Lang::Uk, ValueKind::Date),
        (
            "Мене звати Остап Гончаренко.",
            "Jeg hedder Ostap Kravets.",
            Lang::Uk,
            ValueKind::Name,
        ),
        (
            "Я Іван Ткачук, а то Яна Ткачук.",
            "Jeg er Ivan fors, og det er Yana Tkachuk.",
            Lang::Uk,
            ValueKind::Name,
        ),
        (
            "Jeg hedder Mette.",
            "Мене зватиМель.",
            Lang::Da,
            ValueKind::Name,
        ),
        ("Я Ткачук.", "Jeg er Tkachenko.", Lang::Uk, ValueKind::Name),
        (
            "Skriv til kim@example.org.",
            "Пишіть на kim@exampel.org.",
            Lang::Da,
            ValueKind::Address,
        ),
    ] {
        let got = warnings(source, target, from);
        assert!(
            got.contains(&MtWarning::ValueMismatch(kind)),
            "{source} → {target}: {got:?}"
        );
    }
}

#[test]
fn a_day_is_not_its_month() {
    for (da, lost) in [
        ("Du flytter den 5. maj.", "Ви переїжджаєте у травні."),
        ("Vi kom den 9. september.", "Ми приїхали у вересні."),
    ] {
        assert_eq!(warnings(da, lost, Lang::Da), mismatch(ValueKind::Number));
        assert_eq!(warnings(lost, da, Lang::Uk), mismatch(ValueKind::Number));
    }
    let twice = "П’ятого травня.";
    assert_eq!(warnings("Den femte i femte.", twice, Lang::Da), []);
}

#[test]
fn thousands_are_spoken_of_where_the_zeros_are_left_out() {
    for (da, uk) in [
        ("Huslejen er seks tusind kroner.", "Оренда 6 крон."),
        ("Camilla betaler 6.000 kroner.", "Камілла платить 6 крон."),
    ] {
        // Four digits may be a postal code.
        for got in [warnings(da, uk, Lang::Da), warnings(uk, da, Lang::Uk)] {
            assert!(matches!(got[..], [MtWarning::ValueMismatch(_)]), "{got:?}");
        }
    }
    for (da, uk) in [
        ("Det koster 3 mio. kroner.", "Це коштує 3000000 крон."),
        ("Det koster 3 millioner kroner.", "Це коштує 3 млн крон."),
        ("Det koster 6.000 kroner.", "Це коштує 6 тисяч крон."),
    ] {
        assert_eq!(warnings(da, uk, Lang::Da), []);
        assert_eq!(warnings(uk, da, Lang::Uk), []);
    }
}

#[test]
fn invented_numbers_are_seen() {
    let got = warnings("Jeg har et barn.", "У мене 3 дітей.", Lang::Da);
    assert_eq!(got, mismatch(ValueKind::Number));
}

#[test]
fn two_children_are_not_one() {
    let two = "У мене двоє дітей.";
    for wrong in ["Jeg har et barn.", "Jeg har børn."] {
        assert_eq!(warnings(two, wrong, Lang::Uk), mismatch(ValueKind::Number));
        assert_eq!(warnings(wrong, two, Lang::Da), mismatch(ValueKind::Number));
    }
    for (uk, right) in [
        (two, "Jeg har to børn."),
        ("Нас двоє, і ми беремо обидва.", "Vi er to og tager begge."),
        ("Зі мною обоє дітей.", "Begge børn er med."),
    ] {
        assert_eq!(warnings(uk, right, Lang::Uk), [], "{uk}");
    }
}

#[test]
fn floors_are_reported_and_not_compared_as_numbers() {
    let floor = [MtWarning::FloorCount];
    assert_eq!(
        warnings("Третій поверх, праворуч.", "Anden sal til højre.", Lang::Uk),
        floor
    );
    assert_eq!(
        warnings(
            "Третій поверх, праворуч.",
            "Tredje sal til højre.",
            Lang::Uk
        ),
        floor
    );
    assert_eq!(warnings("Третій поверх.", "Tredje etage.", Lang::Uk), []);
    assert_eq!(
        warnings("Jeg bor i stuen.", "Я живу на нульовому поверсі.", Lang::Da),
        []
    );
}

#[test]
fn a_year_is_not_a_time_of_day() {
    let lost = |source, target| check(source, target, Lang::Da).warnings;
    assert_eq!(
        lost(
            "Vi flytter den 6. september 2016.",
            "Ми переїжджаємо 6 вересня, о 20:16."
        ),
        [MtWarning::ValueMismatch(ValueKind::Date)]
    );
    for (source, target) in [
        ("Vi flytter i 2016.", "Ми переїжджаємо у 2016 році."),
        ("Kom kl. 1930.", "Приходьте о 19:30."),
        ("Kom kl. 19.30.", "Приходьте о 19:30."),
    ] {
        assert!(lost(source, target).is_empty(), "{source}");
    }
}

#[test]
fn a_day_stays_with_its_month() {
    let source = "Fra den 1. marts til den 30. april.";
    let moved = warnings(source, "З 30 березня до 1 квітня.", Lang::Da);
    assert_eq!(moved, mismatch(ValueKind::Date));
    for (da, uk) in [
        (source, "З 1 березня до 30 квітня."),
        (source, "З першого березня по тридцяте квітня."),
        ("Den 1. og den 3. marts.", "1-го та 3-го березня."),
        ("Fra den 1. til den 3. marts.", "З 1 березня до 3 березня."),
        ("Den 5. maj klokken 15.", "5 травня о третій."),
        ("Den 9. og den 30. maj.", "9 травня та 30-го."),
    ] {
        assert_eq!(warnings(da, uk, Lang::Da), [], "{da}");
        assert_eq!(warnings(uk, da, Lang::Uk), [], "{uk}");
    }
}

#[test]
fn only_hours_are_counted_twice_and_only_thousands_lose_their_zeros() {
    for (da, uk) in [
        ("Jeg har 3 børn.", "У мене 15 дітей."),
        ("Vestergade 7.", "Вестерґаде 19."),
        ("Det koster 5 kroner.", "Це коштує 5000000 крон."),
        ("Han er tre år.", "Йому п’ятнадцять років."),
    ] {
        assert_eq!(
            warnings(da, uk, Lang::Da),
            mismatch(ValueKind::Number),
            "{da}"
        );
        assert_eq!(
            warnings(uk, da, Lang::Uk),
            mismatch(ValueKind::Number),
            "{uk}"
        );
    }
    for (da, uk) in [
        ("Kom klokken 15.", "Приходьте о третій."),
        ("Kl. 16.30.", "О четвертій тридцять."),
        ("Klokken otte om aftenen.", "О 20-й."),
        ("Fra klokken 9 til 15.", "З дев’ятої до третьої."),
        ("Om fjorten dage.", "Через два тижні."),
        ("3 mio. kroner.", "3000000 крон."),
    ] {
        assert_eq!(warnings(da, uk, Lang::Da), [], "{da}");
    }
}
