//! The home of today and the next one, days of visits, and days that nobody knows yet.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn where_somebody_still_lives_is_the_old_home() {
    let told = [
        (
            "Hvor bor du nu?",
            "Зараз я ще на Вестергаде вісім в Орхусі, а з першого жовтня на Нюгаде п'ять.",
        ),
        (
            "hvad er din adresse",
            "я ще живу на вестергаде вісім але з першого буду на нюгаде п'ять",
        ),
        (
            "Hvad er din nye adresse?",
            "Ми живемо на Вестергаде вісім, але переїжджаємо на Нюгаде п'ять.",
        ),
    ];
    for (question, answer) in told {
        let turns = [question, answer, "Ja.", "Так."];
        assert_eq!(value(&turns, "to.street_name"), "Nygade", "{answer}");
        assert_eq!(value(&turns, "to.house_number"), "5", "{answer}");
        assert_eq!(
            value(&turns, "from.address_line"),
            "Vestergade 8, 8000 Aarhus C",
            "{answer}"
        );
    }
    let read_back = [
        "Så du bor stadig på Vestergade 8, men fra den første bor du på Nygade 5.",
        "Так.",
    ];
    assert_eq!(value(&read_back, "to.street_name"), "Nygade");
}

#[test]
fn the_new_one_asked_for_behind_an_address_makes_that_the_old_one() {
    let turns = [
        "Hvad er din adresse nu?",
        "Вестергаде вісім.",
        "Og den nye?",
        "Та сама вулиця, будинок двадцять.",
    ];
    assert_eq!(value(&turns, "to.house_number"), "20");
    assert_eq!(
        value(&turns, "from.address_line"),
        "Vestergade 8, 8000 Aarhus C"
    );
}

#[test]
fn of_two_homes_ahead_the_first_is_reported() {
    let turns = [
        "Hvor flytter du hen?",
        "Спочатку до сестри на Вестергаде вісім, а з першого жовтня на Нюгаде п'ять.",
        "Så først Vestergade, og så Nygade.",
        "Так.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Vestergade");
    assert_eq!(value(&turns, "to.house_number"), "8");
    assert_eq!(value(&turns, "from.address_line"), Value::Null);
}

#[test]
fn the_day_of_a_visit_is_no_day_of_a_move() {
    let turns = [
        "Hvornår kan du komme med papirerne?",
        "Десятого вересня, за одну дві години.",
        "Så siger vi den 10. september klokken 12.",
        "Добре.",
    ];
    assert_eq!(value(&turns, "move_date"), Value::Null);
    let time = [
        "Hvornår har du tid til at komme igen?",
        "Десятого вересня.",
        "Så siger vi den 10. september klokken 12.",
        "Добре.",
    ];
    assert_eq!(value(&time, "move_date"), Value::Null);
    let moves = [
        "Hvornår flytter du?",
        "Десятого вересня о другій годині.",
        "Den 10. september.",
        "Так.",
    ];
    assert_eq!(value(&moves, "move_date"), "2026-09-10");
}

#[test]
fn a_week_or_two_is_no_day() {
    for answer in ["Через тиждень чи два.", "через тиждень або два"]
    {
        let turns = ["Hvornår flytter I?", answer];
        assert_eq!(value(&turns, "move_date"), Value::Null, "{answer}");
    }
    assert_eq!(
        value(&["Hvornår flytter I?", "Через тиждень."], "move_date"),
        "2026-09-15"
    );
}

#[test]
fn years_from_one_day_to_another_are_no_move() {
    let turns = [
        "Hvornår flytter du?",
        "Я жила на Вестергаде з першого березня до першого вересня.",
    ];
    assert_eq!(value(&turns, "move_date"), Value::Null);
    let then = [
        "Hvornår flyttede du?",
        "З першого березня до першого вересня жила на Вестергаде. Переїхала другого вересня.",
    ];
    assert_eq!(value(&then, "move_date"), "2026-09-02");
}

#[test]
fn where_somebody_works_is_no_home() {
    let turns = [
        "Hvor arbejder du?",
        "На заводі, Рандерсвей дев'яносто п'ять.",
        "Og hvor skal du bo?",
        "Вестергаде вісім.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Vestergade");
    assert_eq!(value(&turns, "to.house_number"), "8");
    assert_eq!(value(&turns, "from.address_line"), Value::Null);
}

#[test]
fn the_lease_begins_one_day_and_the_move_is_another() {
    let turns = [
        "Har du kontrakten med?",
        "Так, підписали двадцятого серпня.",
        "Den gælder fra første september. Er det også der, du flyttede?",
        "Ні, п'ятого.",
    ];
    assert_eq!(value(&turns, "move_date"), "2026-09-05");
    assert_eq!(value(&turns, "dwelling.lease_start"), "2026-09-01");
}

#[test]
fn to_sublet_is_more_than_to_rent() {
    let turns = ["Er det fremleje?", "Так, у знайомої знімаю."];
    assert_eq!(value(&turns, "dwelling.type"), "sublet");
}
