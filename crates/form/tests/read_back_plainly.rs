//! What the employee reads back or has on record beside the home that was told when it was asked for: old and new do not change
//! places by it, and a value that is refused does not stay as agreed.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::{Value, json};

const BEFORE: [&str; 4] = [
    "Hvad hedder du?",
    "Олена Мельник.",
    "Hvad er den nye adresse?",
    "Рандерсвей дев'яносто п'ять, другий сал ліворуч, вісім двісті Орхус Н.",
];
const NEW: &str = "Randersvej 95, 2. tv, 8200 Aarhus N";

fn slot(turns: &[&str], key: &str) -> (Value, String) {
    let slots = told::slots(&[&BEFORE, turns].concat());
    slots.get(key).map_or((Value::Null, String::new()), |slot| {
        let status = slot["status"].as_str().unwrap_or("").to_owned();
        (slot["value"].clone(), status)
    })
}

fn value(turns: &[&str], key: &str) -> Value {
    slot(turns, key).0
}

#[test]
fn the_home_on_record_is_the_old_one() {
    for (asked, answer) in [
        (
            "Jeg kan se, du står på Vestergade 5, 8000 Aarhus C. Flytter du derfra?",
            "Так.",
        ),
        (
            "Jeg har dig registreret på Vestergade 5, 8000 Aarhus C.",
            "Так, звідти переїжджаю.",
        ),
        ("Du bor nu på Vestergade 5, 8000 Aarhus C?", "Так."),
        (
            "Din folkeregisteradresse er Vestergade 5, 8000 Aarhus C?",
            "Так.",
        ),
        (
            "jeg kan se du står på vestergade fem otte tusind aarhus c flytter du derfra",
            "так",
        ),
        (
            "Hvem bliver boende på Vestergade 5, 8000 Aarhus C?",
            "Ніхто.",
        ),
    ] {
        let turns = [asked, answer];
        assert_eq!(value(&turns, "to.address_line"), json!(NEW), "{asked}");
        let old = json!("Vestergade 5, 8000 Aarhus C");
        assert_eq!(value(&turns, "from.address_line"), old, "{asked}");
    }
    let nobody = ["Bor der nogen tilbage på Vestergade 5?", "Ні."];
    assert_eq!(value(&nobody, "to.address_line"), json!(NEW));
    assert_eq!(value(&nobody, "from.street_name"), Value::Null);
}

#[test]
fn a_street_that_is_only_asked_about_takes_no_place() {
    for (asked, answer) in [
        ("Er det Vestergade 5?", "Ні, Рандерсвей."),
        (
            "Vestergade 5, anden til venstre?",
            "Ні, Рандерсвей дев'яносто п'ять.",
        ),
        ("Er det Randersgade 95?", "Ні, Рандерсвей."),
    ] {
        let turns = [asked, answer];
        assert_eq!(value(&turns, "to.address_line"), json!(NEW), "{asked}");
        assert_eq!(value(&turns, "from.address_line"), Value::Null, "{asked}");
    }
}

#[test]
fn a_floor_that_is_refused_is_not_agreed_on() {
    let asked = "Er det anden sal på dansk?";
    for (answer, floor) in [
        ("Ні, по-нашому другий.", "1"),
        ("Ні, перший по-вашому.", "1"),
        ("Ні, по-вашому перша.", "1"),
        ("Ні.", "2"),
        ("Ні, по-нашому.", "2"),
    ] {
        let (value, status) = slot(&[asked, answer], "to.floor");
        assert_eq!(value, json!(floor), "{answer}");
        assert_eq!(status, "needs_confirmation", "{answer}");
    }
    let agreed = slot(&[asked, "Так."], "to.floor");
    assert_eq!(agreed, (json!("2"), "proposed".to_owned()));
}

#[test]
fn a_name_that_is_refused_is_the_citizens_own_again() {
    for (asked, answer, key, name) in [
        (
            "Hedder du Elena?",
            "Ні, Олена.",
            "mover.given_names",
            "Olena",
        ),
        (
            "Olena Melnik?",
            "Ні, Мельник, з ігрек.",
            "mover.surname",
            "Melnyk",
        ),
        (
            "Elena Melnyk?",
            "Ні, Олена Мельник.",
            "mover.given_names",
            "Olena",
        ),
        ("Olena Melnik?", "Так.", "mover.surname", "Melnik"),
    ] {
        assert_eq!(
            value(&[asked, answer], key),
            json!(name),
            "{asked} {answer}"
        );
    }
}
