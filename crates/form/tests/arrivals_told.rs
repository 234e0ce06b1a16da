//! Arrivals in everyday words: that somebody has come, what they may stay for, which paper they show, whom they are
//! married to and where they were entered.

mod talk;

use serde_json::{Value, json};

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 9))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

const PASS: &str = "mover.id_document_type";
const BASIS: &str = "mover.residence_permit_basis";
const UNTIL: &str = "mover.residence_permit_valid_until";
const SOURCE: &str = "mover.name_source";
const STATUS: &str = "arrival.marital_status";
const DAY: &str = "arrival.marital_status_date";
const BORN: &str = "arrival.birth_registration_place";

const ARRIVED: &str = "Добрий день, я вчора прилетіла з Польщі.";

fn arrived(question: &'static str, answer: &'static str, key: &str) -> Value {
    value(
        &["Hvad kan jeg hjælpe med?", ARRIVED, question, answer],
        key,
    )
}

#[test]
fn two_matters_of_arrivals_tell_that_somebody_arrives() {
    let turns = [
        "Er du gift?",
        "Ні, ніколи не була.",
        "Og opholdet?",
        "Робоче, до першого квітня двадцять дев'ятого.",
    ];
    assert_eq!(value(&turns, STATUS), "U");
    assert_eq!(value(&turns, BASIS), "Arbejde");
    assert_eq!(value(&turns, UNTIL), "2029-04-01");
    assert_eq!(value(&turns[..2], STATUS), Value::Null);
    let honeymoon = [
        "Hvad kan jeg hjælpe med?",
        "Ми вчора прилетіли назад, весільна подорож була, а ще переїхали.",
        "Er I gift?",
        "Так, другого липня.",
    ];
    assert_eq!(value(&honeymoon, "case.move_type"), Value::Null);
}

#[test]
fn the_ground_of_stay_is_told_in_ones_own_words() {
    let law = "Særloven (fordrevne fra Ukraine)";
    for (question, answer, ground) in [
        ("Dit ophold?", "Те, що всім нашим дають, через війну.", law),
        ("Grundlaget?", "За отим законом про Україну.", law),
        (
            "Og opholdet?",
            "Не для біженців, я за контрактом.",
            "Arbejde",
        ),
        ("Hvad er dit opholdsgrundlag?", "Студентка.", "Studie"),
        (
            "Og opholdet?",
            "Він по роботі, а я по чоловікові, сімейно.",
            "Familiesammenføring",
        ),
    ] {
        assert_eq!(arrived(question, answer, BASIS), ground, "{answer}");
    }
    assert_eq!(arrived("Og opholdet?", "До березня.", BASIS), Value::Null);
    assert_eq!(
        arrived("Hvor arbejder du?", "Робота в порту.", BASIS),
        Value::Null
    );
}

#[test]
fn the_paper_that_is_handed_over_shows_who_somebody_is() {
    for (question, answer, paper) in [
        (
            "Må jeg se noget med dit navn på?",
            "Нате жовтеньку.",
            "health_card",
        ),
        ("Har du legitimation?", "Лише права.", "driving_licence"),
        ("Lad mig få passet.", "Беріть.", "passport"),
        ("Er passet med?", "Авжеж.", "passport"),
        (
            "Har du legitimation?",
            "Ось посвідка на проживання.",
            "residence_card",
        ),
    ] {
        assert_eq!(value(&[question, answer], PASS), paper, "{answer}");
    }
    for (question, answer) in [
        ("Har du passet med?", "Паспорт зараз у посольстві, міняють."),
        (
            "Har du forældremyndigheden?",
            "Так, усі права на мені, ось.",
        ),
        ("Pas godt på dig selv.", "Прошу."),
        ("Har hun det gule kort?", "Картка в неї в кишені."),
    ] {
        assert_eq!(value(&[question, answer], PASS), Value::Null, "{answer}");
    }
}

#[test]
fn the_name_is_copied_from_what_the_employee_holds_or_keeps_to() {
    let kept = [
        "Hvad hedder du?",
        "Ковальчук Ігор.",
        "Der står Ihor i cpr, så det bruger vi.",
    ];
    assert_eq!(value(&kept, SOURCE), "cpr");
    let wanted = ["Så skal jeg have navn og cpr.", "Ковальчук Ігор."];
    assert_eq!(value(&wanted, SOURCE), Value::Null);
}

#[test]
fn married_parted_and_widowed_need_no_word_of_the_form() {
    for (question, answer, status) in [
        ("Er du gift?", "Поки що ні.", "U"),
        ("Gift?", "Ні разу.", "U"),
        ("Er du gift?", "Ні. І не була.", "U"),
        ("Er du gift?", "Була, розвелися ми.", "F"),
        ("Er du gift?", "Він загинув торік.", "E"),
    ] {
        assert_eq!(arrived(question, answer, STATUS), status, "{answer}");
    }
    let of_another = "Var du gift med hendes far?";
    assert_eq!(
        arrived(of_another, "Ні, ми не були розписані.", STATUS),
        Value::Null
    );
}

#[test]
fn the_year_of_the_wedding_may_stand_apart_from_its_day() {
    for (answer, day) in [
        ("З вісімдесят другого! Двадцять перше серпня.", "1982-08-21"),
        ("Торік, другого вересня.", "2025-09-02"),
        ("Третього вересня двадцять другого.", "2022-09-03"),
    ] {
        assert_eq!(
            arrived("Hvornår blev I gift?", answer, DAY),
            day,
            "{answer}"
        );
    }
}

#[test]
fn of_two_towns_the_one_of_the_entry_is_the_place_of_birth() {
    let asked = "Hvor er du født?";
    assert_eq!(
        arrived(
            asked,
            "Народилась у Луцьку, але свідоцтво видали в Ковелі.",
            BORN
        ),
        "Kovel, Ukraine"
    );
    assert_eq!(
        arrived(asked, "У Сокирянах, там і записана.", BORN),
        "Sokyriany, Ukraine"
    );
}

#[test]
fn citizenship_is_told_of_oneself() {
    let key = "mover.citizenship";
    let asked = "Hvad er dit statsborgerskab?";
    assert_eq!(
        arrived(asked, "Українка я, польського не брала.", key),
        "Ukraine"
    );
    assert_eq!(arrived("Pas?", "Паспорт український, ось.", key), "Ukraine");
    assert_eq!(arrived(asked, "Польського не взяла.", key), Value::Null);
    let papers = arrived("Papirer?", "Ось паспорт.", "arrival.documents_presented");
    assert_eq!(papers, json!(["passport"]));
}
