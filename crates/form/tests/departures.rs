//! Who leaves the country is understood from both sides together, and nobody who only tells of it.

mod talk;

use serde_json::Value;

fn slot(turns: &[&str], key: &str) -> Value {
    let slots = talk::slots(turns, jiff::civil::date(2026, 12, 1));
    slots
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn one_side_speaks_of_leaving_and_the_other_names_the_country() {
    for turns in [
        vec!["Det er en udrejse, ser jeg. Hvortil?", "До Норвегії."],
        vec!["udrejse okay og hvor hen", "у польщу до брата"],
        vec![
            "Мені сказали, що перед від'їздом треба щось заповнити.",
            "Det passer. Hvor rejser du hen?",
            "В Ірландію, там робота.",
        ],
        vec![
            "Skal du flytte?",
            "Так, але не всередині, а геть. У Польщу, до брата.",
            "Altså fraflytning til udlandet. For hvor lang tid?",
            "Назовсім.",
        ],
        vec!["Så du vil forlade Danmark?", "Так, переїжджаємо до Чехії."],
    ] {
        assert_eq!(slot(&turns, "case.move_type"), "to_abroad", "{turns:?}");
    }
}

#[test]
fn whoever_comes_or_tells_of_others_does_not_leave() {
    for turns in [
        vec![
            "Er du kommet fra udlandet?",
            "Так, з Польщі, до брата в Данію.",
        ],
        vec![
            "Du vil melde udrejse, kan jeg forstå?",
            "Ще не знаю. Подруга їздила до Іспанії, і її виписали.",
        ],
        vec!["Hvad hedder du?", "Оля, я в Норвегії народилася."],
    ] {
        assert_ne!(slot(&turns, "case.move_type"), "to_abroad", "{turns:?}");
    }
}

#[test]
fn the_old_address_of_who_leaves_is_no_new_one() {
    let turns = [
        "Det er en udrejse, ser jeg. Hvortil?",
        "До Норвегії.",
        "Og du bor på Ringgaden fireogtres, første til venstre, otte tusind Aarhus C?",
        "Так, шістдесят чотири.",
    ];
    assert_eq!(slot(&turns, "to.house_number"), Value::Null);
}

#[test]
fn keys_handed_in_later_do_not_hide_the_day_of_a_journey() {
    let turns = [
        "det er en udrejse ser jeg hvortil",
        "до норвегії",
        "hvilken dag er i ude af landet",
        "паром п'ятого грудня а ключі брат віддасть десятого грудня",
    ];
    assert_eq!(slot(&turns, "departure.date"), "2026-12-05");
}

#[test]
fn a_journey_that_is_asked_for_and_its_day() {
    let turns = [
        "Hvor går rejsen hen?",
        "У Канаду, до сестри.",
        "Hvilken dag rejser I?",
        "Ключі віддаю восьмого січня, а літак дев'ятого.",
        "Så er det lørdag den niende januar, I er ude af landet.",
        "Так.",
        "Og lejligheden opsiger du helt?",
        "Повністю.",
    ];
    assert_eq!(slot(&turns, "case.move_type"), "to_abroad");
    assert_eq!(slot(&turns, "departure.country"), "Canada");
    assert_eq!(slot(&turns, "departure.date"), "2027-01-09");
    assert_eq!(slot(&turns, "departure.keeps_dwelling"), false);
}
