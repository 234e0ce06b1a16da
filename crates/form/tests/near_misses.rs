//! Wordings that stand close to those which a rule reads, and of which the rule must say nothing.

mod talk;

use jiff::civil::date;
use serde_json::{Map, Value, json};

fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, date(2026, 12, 1))
}

fn of(slots: &Map<String, Value>, key: &str) -> Value {
    slots.get(key).map_or(Value::Null, |s| s["value"].clone())
}

fn value(turns: &[&str], key: &str) -> Value {
    of(&slots(turns), key)
}

#[test]
fn a_relative_who_moves_along_is_not_the_host() {
    let asked = slots(&[
        "Hej, hvad hedder du, og hvem flytter?",
        "Олена Шевчук. Я і мій чоловік Сергій.",
        "Er det din mand, der står som lejer?",
        "Ні, на мене договір.",
    ]);
    assert_eq!(of(&asked, "household[0].given_names"), "Serhii");
    assert_eq!(of(&asked, "household[0].relation"), "spouse");
    assert_eq!(of(&asked, "host.name"), Value::Null);
    for sends in [
        "Så sender jeg en erklæring om forældremyndighed til din mand.",
        "Din mand skal skrive under. Jeg sender en erklæring til din mand.",
    ] {
        let told = slots(&[
            "Hej, hvad hedder du, og hvem flytter?",
            "Олена Шевчук. Я і діти. Їхній тато, мій чоловік Сергій, теж їде з нами.",
            sends,
        ]);
        let names: Vec<Value> = (0..4)
            .map(|n| of(&told, &format!("household[{n}].given_names")))
            .collect();
        assert!(names.contains(&json!("Serhii")), "{sends} {names:?}");
        assert_eq!(of(&told, "host.name"), Value::Null, "{sends}");
        assert_eq!(of(&told, "dwelling.others_stay"), Value::Null, "{sends}");
    }
}

#[test]
fn who_has_moved_and_is_followed_later_stays_the_one_who_moves() {
    for (asks, says) in [
        (
            "Hvad kan jeg hjælpe med?",
            "Я вже переїхала в Орхус, хочу зареєструватися. Чоловік приїде до мене в січні.",
        ),
        (
            "Hej. Hvad drejer det sig om?",
            "Я вже тут живу з двадцятого листопада. Мама приїде до мене на Різдво.",
        ),
        (
            "Hej. Hvem skal flytte?",
            "Я. Я вже переїхала, першого числа. Чоловік переїде до мене пізніше, в січні.",
        ),
    ] {
        let turns = [asks, says, "Hvad er dit navn?", "Олена Шевчук."];
        let slots = slots(&turns);
        assert_eq!(of(&slots, "mover.given_names"), "Olena", "{says}");
        assert_eq!(of(&slots, "host.name"), Value::Null, "{says}");
        assert_ne!(
            of(&slots, "case.reporter_role"),
            "household_member",
            "{says}"
        );
    }
}

#[test]
fn a_threat_asks_for_protection_of_the_address() {
    for plea in [
        "Мені треба захист, колишній чоловік мене переслідує.",
        "Мені потрібен захист, я боюся колишнього.",
        "Переїжджаю. І мені потрібен захист, бо чоловік погрожує.",
    ] {
        let turns = ["Hej, hvad kan jeg hjælpe med?", plea];
        assert_eq!(value(&turns, "protection.requested"), true, "{plea}");
    }
    // The ground of a stay.
    for stay in [
        "У нас захист до березня, шукаю роботу.",
        "У нас захист до березня, боюся, що не продовжать.",
    ] {
        let turns = ["Hej, hvad kan jeg hjælpe med?", stay];
        assert_eq!(value(&turns, "protection.requested"), Value::Null, "{stay}");
    }
}

#[test]
fn protection_that_has_run_out_is_not_there() {
    let turns = [
        "Hej, hvad hedder du?",
        "Олена Шевчук.",
        "Jeg kan se beskyttelsen udløb i sommer.",
    ];
    assert_ne!(value(&turns, "protection.existing"), true);
}

#[test]
fn a_sentence_next_door_turns_no_yes() {
    let key = "mover.has_mitid";
    for (asks, says) in [
        ("Hun kommer ikke med. Har du MitID?", "Так."),
        ("Har du MitID? Du skal ikke sige koden.", "Так."),
        ("Har du MitID?", "Ні, почекайте, маю."),
        ("Har du MitID?", "Не питайте, маю."),
        ("Har du MitID?", "Ні, хоча ні, секунду, є."),
    ] {
        let turns = ["Hej, hvad hedder du?", "Олена Шевчук.", asks, says];
        assert_eq!(value(&turns, key), true, "{asks} {says}");
    }
    let turns = [
        "Hej, hvad hedder du?",
        "Олена Шевчук.",
        "Så du har ikke MitID?",
        "Так.",
    ];
    assert_eq!(value(&turns, key), false);
}

#[test]
fn who_lacks_their_own_number_tells_another_ones() {
    for says in [
        "Свою картку я забула. Є тільки чоловіка. Двадцять чотири нуль п'ять дев'яносто дев'ять двадцять шість двадцять сім.",
        "У мене ще немає номера. Чоловік має. Ось: двадцять чотири нуль п'ять дев'яносто дев'ять двадцять шість двадцять сім.",
        "Мій не пам'ятаю. Ось чоловіка. Двадцять чотири нуль п'ять дев'яносто дев'ять двадцять шість двадцять сім.",
    ] {
        let slots = slots(&[
            "Hej, hvad hedder du, og hvem flytter?",
            "Олена Шевчук. Переїжджаю з чоловіком.",
            "Hvad er dit CPR-nummer?",
            says,
        ]);
        assert_eq!(of(&slots, "mover.cpr_number"), Value::Null, "{says}");
        assert_eq!(
            of(&slots, "household[0].cpr_number"),
            "240599-2627",
            "{says}"
        );
    }
    let noted = [
        "Hej, hvad hedder du, og hvem flytter?",
        "Олена Шевчук. Переїжджаю з чоловіком.",
        "Hvad er dit CPR-nummer?",
        "Не пам'ятаю, чоловік мені записав: двадцять чотири нуль п'ять дев'яносто дев'ять двадцять шість двадцять сім.",
    ];
    assert_eq!(value(&noted, "mover.cpr_number"), "240599-2627");
}

#[test]
fn a_border_of_years_ago_or_of_a_holiday_is_no_arrival() {
    for says in [
        "Ми кордон перетнули ще у двадцять другому році, а сюди в Орхус переїхали двадцятого листопада.",
        "Я переїхала двадцятого листопада. В Данії я давно, кордон перейшла в березні двадцять другого.",
        "Переїжджаю на нову квартиру. Ми щойно з відпустки, кордон проїхали двадцять восьмого листопада.",
    ] {
        let slots = slots(&[
            "Hej, hvad kan jeg hjælpe med?",
            says,
            "Hvor boede I før?",
            "В Рандерсі, на Вестергаде вісім.",
        ]);
        assert_ne!(of(&slots, "case.move_type"), "from_abroad", "{says}");
        assert_eq!(of(&slots, "to.street_name"), Value::Null, "{says}");
    }
}

#[test]
fn where_somebody_has_been_registered_is_the_home_they_leave() {
    let read_out = [
        "Jeg kan se, du har været tilmeldt på Vestergade 8 i Randers.",
        "Так.",
    ];
    assert_eq!(value(&read_out, "to.street_name"), Value::Null);
    let asked = slots(&[
        "Jeg kan se, du har været tilmeldt på Vestergade 8 i Randers. Hvor flytter du hen?",
        "На Рандерсвей дев'яносто п'ять, Орхус.",
    ]);
    assert_eq!(of(&asked, "to.street_name"), "Randersvej");
    assert_eq!(of(&asked, "to.house_number"), "95");
}

#[test]
fn who_lives_with_somebody_tells_their_own_day() {
    let turns = [
        "Hej, hvad hedder du?",
        "Олена Шевчук.",
        "Hvornår flyttede I ind?",
        "Син живе тут зі мною з двадцятого листопада.",
        "Den tyvende november?",
        "Так.",
    ];
    assert_eq!(value(&turns, "move_date"), "2026-11-20");
}

#[test]
fn a_day_in_digits_needs_no_stop() {
    let turns = [
        "Hej, hvad hedder du?",
        "Олена Шевчук.",
        "Så flytter du ind 15 i december?",
        "Так.",
    ];
    assert_eq!(value(&turns, "move_date"), "2026-12-15");
}
