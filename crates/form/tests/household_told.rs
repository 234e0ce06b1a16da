//! Who comes along and how many they are, and who is left in the old home, in the words that people use for it.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::Value;
use told::{rows, value};

const LEFT: &str = "from.whole_household_moves";

fn left(said: &'static str) -> Value {
    value(
        &["Og den gamle adresse, bliver der nogen tilbage?", said],
        LEFT,
    )
}

#[test]
fn nobody_is_left_where_it_is_empty_given_up_or_everybody_went() {
    for said in [
        "У Раннерсі, Стореґаде вісім, там уже порожньо.",
        "У Раннерсі, Стореґаде вісім. Хату продали.",
        "У Раннерсі, Стореґаде вісім. Ані душі не лишили.",
        "У Раннерсі, Стореґаде вісім. Я там був сам.",
        "У Раннерсі, Стореґаде вісім, звідти вибралися обоє.",
    ] {
        assert_eq!(left(said), true, "{said}");
    }
}

#[test]
fn somebody_is_left_who_is_there_or_goes_nowhere() {
    for said in [
        "У Раннерсі, Стореґаде вісім. Оля там і далі.",
        "У Раннерсі, Стореґаде вісім. Куди він дінеться.",
        "У Раннерсі, Стореґаде вісім, у тітки. Вона зосталася.",
        "У Раннерсі, Стореґаде вісім. Хлопці там.",
    ] {
        assert_eq!(left(said), false, "{said}");
    }
}

#[test]
fn what_tells_nothing_of_the_old_home() {
    for said in [
        "У Раннерсі, Стореґаде вісім. Ключі здав.",
        "У Раннерсі, Стореґаде вісім. Там був великий сад.",
        "У Раннерсі, Стореґаде вісім. Речі ще там.",
    ] {
        let turns = ["Hvor boede I før?", said];
        assert_eq!(value(&turns, LEFT), Value::Null, "{said}");
    }
    let host = [
        "Bliver han boende, når du flytter ind?",
        "А куди ж він дінеться.",
    ];
    assert_eq!(value(&host, LEFT), Value::Null);
}

#[test]
fn all_who_came_are_counted() {
    for (said, count) in [
        ("Я, дружина, двоє дітей і теща.", 5),
        ("Ми з чоловіком і двоє дітей.", 4),
        ("Разом семеро виходить.", 7),
        ("Вісім душ.", 8),
    ] {
        let turns = ["Hvad kan jeg gøre?", said];
        assert_eq!(value(&turns, "household.count"), count, "{said}");
    }
    for said in ["Я його онука, прийшла спитати.", "Кухня на дванадцять душ."]
    {
        let turns = ["Hvad kan jeg gøre?", said];
        assert_eq!(value(&turns, "household.count"), Value::Null, "{said}");
    }
}

#[test]
fn who_is_named_when_all_are_asked_comes_along() {
    for question in ["Hvad hedder I alle sammen?", "Hvem er I?", "Fulde navne?"] {
        let turns = [question, "Я Костюк Марія, а це мій чоловік Андрій."];
        assert_eq!(rows(&turns, "given_names"), ["Andrii"], "{question}");
    }
    let host = ["Hvem er det, du bor hos?", "Сестра Олена."];
    assert!(rows(&host, "given_names").is_empty());
}

#[test]
fn one_surname_is_borne_by_all_who_were_named() {
    let before = ["Hvad hedder du?", "Костюк Марія.", "Og børnene?"];
    for (said, surname) in [
        ("Лука і Єва. Обоє Бабенки.", "Babenko"),
        ("Лука і Єва, усі Рибаки.", "Rybak"),
        ("Лука і Єва. Так, обоє зі мною.", "Kostiuk"),
    ] {
        let turns: Vec<&str> = before.iter().copied().chain([said]).collect();
        assert_eq!(rows(&turns, "surname"), [surname, surname], "{said}");
    }
}
