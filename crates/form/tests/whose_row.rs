//! Whose name, number and home it is: what is known of somebody else, and what is asked about until it is known.

mod talk;

use serde_json::Value;

fn slot(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .cloned()
        .unwrap_or(Value::Null)
}

fn value(turns: &[&str], key: &str) -> Value {
    slot(turns, key)["value"].clone()
}

/// Nobody would be asked about this value.
fn stands(turns: &[&str], key: &str) -> bool {
    let slot = slot(turns, key);
    !slot["value"].is_null() && slot["status"] == "proposed"
}

#[test]
fn who_is_reported_for_is_no_settled_co_mover() {
    let turns = [
        "Hvad kan jeg hjælpe med?",
        "Дядько мій переїхав, а я його голос.",
        "Hvad hedder han?",
        "Ковтун Пармен.",
        "Hans personnummer?",
        "Сімнадцяте нуль шість шістдесят другого, тридцять один, сорок дев'ять.",
        "Sytten nul seks toogtres, enogtredive niogfyrre.",
        "Так.",
    ];
    assert!(!stands(&turns, "household[0].cpr_number"));
    assert!(!stands(&turns, "household[0].given_names"));
}

#[test]
fn a_husband_without_a_number_may_be_one_who_stays() {
    let turns = [
        "Hvad er dit navn og CPR-nummer?",
        "Ковтун Лілія, двадцять третє четверте вісімдесят сьоме, двадцять сім сорок чотири.",
        "Treogtyve nul fire syvogfirs, syvogtyve fireogfyrre. Er det hele familien?",
        "Я і син Нікіта. Чоловік Максим.",
        "Hvad mener Maksym om det?",
        "Погодився.",
    ];
    for row in 0..3 {
        let key = format!("household[{row}].given_names");
        assert!(value(&turns, &key) != "Maksym" || !stands(&turns, &key));
    }
}

#[test]
fn and_now_behind_the_new_home_asks_for_the_old_one() {
    let turns = [
        "Hvor flytter I hen?",
        "На Вестергаде шістдесят вісім, вісім тисяч.",
        "Vestergade 68, 8000 Aarhus C. Og nu?",
        "Нюгаде п'ять, вісім тисяч.",
        "Nygade 5.",
        "Так.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Vestergade");
    assert_eq!(
        value(&turns, "from.address_line"),
        "Nygade 5, 8000 Aarhus C"
    );
}

#[test]
fn the_address_in_another_town_than_the_new_one_is_the_old_one() {
    let turns = [
        "Goddag.",
        "Добрий день. Переїжджаємо в Грено.",
        "Hvad er adressen i Risskov?",
        "Нордре Страндвей двадцять дев'ять, вісімдесят два сорок.",
        "Ja tak.",
        "Так.",
    ];
    assert_eq!(
        value(&turns, "from.address_line"),
        "Nordre Strandvej 29, 8240 Risskov"
    );
    assert!(value(&turns, "to.street_name").is_null());
}

#[test]
fn the_home_until_now_is_asked_for_in_many_words() {
    for question in ["Hvad er Deres hidtidige adresse?", "og adressen i boede på"] {
        let turns = [question, "Вестергаде вісім, вісім тисяч.", "Ja.", "Так."];
        assert_eq!(
            value(&turns, "from.address_line"),
            "Vestergade 8, 8000 Aarhus C",
            "{question}"
        );
    }
}

#[test]
fn a_home_that_is_passed_over_is_none() {
    let turns = [
        "Hvor er du flyttet hen?",
        "Тиждень у мами на Нюгаде двадцять три.",
        "Det var kun på besøg, så jeg springer Nygade over. Hvad er den rigtige nye?",
        "Вестергаде вісім, вісім тисяч.",
        "Ja.",
        "Так.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Vestergade");
}

#[test]
fn the_same_municipality_is_no_street() {
    let turns = [
        "Hvor boede I indtil nu?",
        "Вестергаде чотирнадцять, вісім тисяч.",
        "Er den nye også i Aarhus Kommune?",
        "Так, у тій самій.",
    ];
    assert!(value(&turns, "to.street_name").is_null());
}

#[test]
fn a_double_surname_is_taken_whole() {
    let turns = [
        "Hvad er navnet i dit pas?",
        "Мілана Нечуй-Вітер.",
        "Nechui-Viter Milana, det læser jeg her.",
        "Так.",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Nechui-Viter");
}

#[test]
fn how_others_wrote_a_name_is_no_spelling() {
    let turns = [
        "Hvad hedder du?",
        "Капітоліна Бабій, по-вашому Babii.",
        "B-A-B-I-I.",
        "Так, бо в Польщі мене писали Babij.",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Babii");
}

#[test]
fn another_first_night_leaves_the_day_open() {
    let told = [
        (
            "Hvornår flyttede du ind?",
            "У п'ятницю, четвертого вересня.",
            "Fredag den fjerde september. Flyttede du ind samme dag?",
            "Ні, в неділю, спершу ще готель був.",
        ),
        (
            "Hvornår flyttede du ind?",
            "У п'ятницю, четвертого вересня.",
            "Fredag den fjerde september.",
            "Я глянув у телефон, перша ніч таки була в неділю, шостого.",
        ),
    ];
    for (question, day, read_back, answer) in told {
        let turns = [question, day, read_back, answer];
        assert!(
            value(&turns, "move_date") != "2026-09-04" || !stands(&turns, "move_date"),
            "{answer}"
        );
    }
}
