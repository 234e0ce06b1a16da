//! Countries that somebody only came through, and the one that they lived in.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

const COUNTRY: &str = "arrival.from_country";

#[test]
fn a_country_come_through_is_not_the_one_moved_from() {
    let lived = [
        (
            "Hvor kommer du fra?",
            "Я їхала через Польщу, там була два тижні, а жила в Полтаві.",
            "Okay. Hvornår kom du til Danmark?",
        ),
        (
            "Hvilket land flytter du fra?",
            "З України, через Німеччину.",
            "Fra Ukraine, via Tyskland. Hvornår er du indrejst?",
        ),
        (
            "Hvor boede du, før du kom til Danmark?",
            "В Україні, у Чернігові, але спочатку ми два місяці були в Польщі.",
            "Så I var to måneder i Polen først. Hvornår kom I til Danmark?",
        ),
        (
            "hvilket land kommer i fra",
            "ми спочатку в польщу заїхали там три дні були а так з харкова",
            "okay i var i polen først men hvornår kom i til danmark",
        ),
        (
            "hvilket land kommer du fra",
            "з молдови через румунію і угорщину",
            "og hvornår kom du til danmark",
        ),
    ];
    for (question, answer, next) in lived {
        let turns = [question, answer, next, "П'ятого вересня."];
        let want = match answer.contains("молдов") {
            true => "Moldova",
            false => "Ukraine",
        };
        assert_eq!(value(&turns, COUNTRY), want, "{answer}");
        assert_eq!(value(&turns, "departure.country"), Value::Null, "{answer}");
    }
}

#[test]
fn of_only_stations_no_country_is_known() {
    for answer in [
        "ні через румунію і угорщину",
        "Ні, через Румунію й Угорщину.",
        "Ні, проїздом у Польщі була.",
    ] {
        let turns = [
            "Er du kommet direkte fra Ukraine?",
            answer,
            "Og hvornår kom du til Danmark?",
            "Другого вересня.",
        ];
        assert!(
            matches!(value(&turns, COUNTRY).as_str(), None | Some("Ukraine")),
            "{answer}"
        );
    }
}

#[test]
fn where_somebody_lived_for_years_is_what_they_come_from() {
    let turns = [
        "Hvor har du boet, før du kom hertil?",
        "Я два роки жила в Німеччині, у Бремені, а до того в Україні.",
        "Så det er Tyskland, du flytter fra.",
        "Так.",
    ];
    assert_eq!(value(&turns, COUNTRY), "Tyskland");
}

#[test]
fn a_bare_when_after_the_arrival_asks_for_its_day() {
    for question in ["Og hvornår?", "Hvornår?"] {
        let turns = [
            "Er du lige kommet til Danmark?",
            "Так.",
            question,
            "Третього вересня.",
        ];
        assert_eq!(value(&turns, "arrival.date"), "2026-09-03", "{question}");
    }
}

#[test]
fn the_address_that_somebody_has_abroad_is_none_they_go_to() {
    let turns = [
        "Hvad er din adresse i Ukraine?",
        "Полтава, Європейська сто двадцять.",
    ];
    assert_eq!(value(&turns, "departure.country"), Value::Null);
    assert_ne!(value(&turns, "case.move_type"), "to_abroad");
}
