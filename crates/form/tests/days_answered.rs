//! The day of a move as the answer to a question, with what people tell beside it.

mod talk;

use serde_json::Value;

/// What is known of the move's day after turns of 12 October 2026, a Monday.
fn day(turns: &[&str]) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 10, 12))
        .get("move_date")
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn the_day_that_opens_the_answer_is_the_one_that_was_asked_for() {
    for said in [
        "Сьомого жовтня, у середу, зразу після зміни на роботі.",
        "У середу, сьомого. Меблі довезли аж дев'ятого.",
        "З сьомого, а речі від десятого вже всі тут.",
        "Сьомого жовтня, бо восьмого мені вже на заняття.",
        "Сьомого жовтня, о десятій приїхав бус.",
    ] {
        assert_eq!(
            day(&["Hvornår flyttede du ind?", said]),
            "2026-10-07",
            "{said}"
        );
    }
    // A day of the keys is none of the move.
    let turns = ["Hvornår flyttede du ind?", "Сьомого ключі віддали."];
    assert_ne!(day(&turns), "2026-10-07");
    let turns = [
        "Hvornår flytter du?",
        "Першого листопада ключі, а переїду третього листопада.",
    ];
    assert_eq!(day(&turns), "2026-11-03");
}

#[test]
fn the_day_is_asked_for_in_few_words() {
    for asked in [
        "Og indflytning?",
        "Indflytningsdag?",
        "Hvad er datoen?",
        "Siden?",
        "Dato, og så er vi færdige.",
        "tredje sal til venstre og du flyttede ind",
        "Så er du altså flyttet ind allerede?",
    ] {
        assert_eq!(day(&[asked, "П'ятого жовтня."]), "2026-10-05", "{asked}");
    }
    for asked in ["Hvem boede der, da du flyttede ind?", "Hvornår er du født?"] {
        assert_eq!(day(&[asked, "П'ятого жовтня."]), Value::Null, "{asked}");
    }
}

#[test]
fn the_night_that_began_yesterday_was_the_first() {
    let turns = ["Sov I der i nat?", "Так, обоє."];
    assert_eq!(day(&turns), "2026-10-11");
    let turns = ["Sov I der i nat?", "Ні, ще ні."];
    assert_eq!(day(&turns), Value::Null);
    let turns = [
        "Hvornår flyttede I ind?",
        "Першого жовтня.",
        "Og I sov der også i nat?",
        "Так.",
    ];
    assert_eq!(day(&turns), "2026-10-01");
}

#[test]
fn another_day_stands_instead_of_the_one_that_is_denied() {
    let turns = [
        "Hvor bor du nu?",
        "Вестергаде вісім, Орхус.",
        "Fra i fredags, altså den niende?",
        "Ні, у п'ятницю я ще спав у кума. Там з неділі, одинадцятого.",
    ];
    assert_eq!(day(&turns), "2026-10-11");
}

#[test]
fn two_days_are_told_where_two_are_asked_for() {
    let told = |said: &str| {
        let turns = [
            "Kommer du lige fra Ukraine?",
            "Так, з Полтави.",
            "Hvornår er I indrejst, og hvornår flyttede I ind?",
            said,
        ];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 10, 12));
        ["arrival.date", "move_date"].map(|key| slots[key]["value"].clone())
    };
    for said in [
        "Кордон перетнули першого жовтня, а на своєму живемо лише четвертого жовтня.",
        "Прилетіли першого жовтня, три ночі в готелі, а до кімнати аж четвертого жовтня.",
        "Першого жовтня заїхали до Данії, а четвертого жовтня вже тут спали.",
    ] {
        assert_eq!(told(said), ["2026-10-01", "2026-10-04"], "{said}");
    }
}
