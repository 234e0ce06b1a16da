//! Who leaves the country is understood from both sides together, and nobody who only tells of it.

use serde_json::Value;
use tolkebot_form::{Dialogue, FormDefinition, FormReader};

fn slot(turns: &[(&str, &str)], key: &str) -> Value {
    let turns: Vec<Value> = turns
        .iter()
        .map(|(speaker, text)| {
            let lang = if *speaker == "staff" { "da" } else { "uk" };
            serde_json::json!({"speaker": speaker, "lang": lang, "text": text})
        })
        .collect();
    let json = serde_json::json!({ "turns": turns }).to_string();
    let dialogue = Dialogue::from_json(&json).expect("a dialogue");
    let today = "2026-12-01".parse().expect("a date");
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in &dialogue.turns {
        reader.push(turn);
    }
    let form = reader.state().to_contract_json();
    form["slots"][key]["value"].clone()
}

#[test]
fn one_side_speaks_of_leaving_and_the_other_names_the_country() {
    for turns in [
        vec![
            ("staff", "Det er en udrejse, ser jeg. Hvortil?"),
            ("citizen", "До Норвегії."),
        ],
        vec![
            ("staff", "udrejse okay og hvor hen"),
            ("citizen", "у польщу до брата"),
        ],
        vec![
            (
                "citizen",
                "Мені сказали, що перед від'їздом треба щось заповнити.",
            ),
            ("staff", "Det passer. Hvor rejser du hen?"),
            ("citizen", "В Ірландію, там робота."),
        ],
        vec![
            ("staff", "Så du vil forlade Danmark?"),
            ("citizen", "Так, переїжджаємо до Чехії."),
        ],
    ] {
        assert_eq!(slot(&turns, "case.move_type"), "to_abroad", "{turns:?}");
    }
}

#[test]
fn whoever_comes_or_tells_of_others_does_not_leave() {
    for turns in [
        vec![
            ("staff", "Er du kommet fra udlandet?"),
            ("citizen", "Так, з Польщі, до брата в Данію."),
        ],
        vec![
            ("staff", "Du vil melde udrejse, kan jeg forstå?"),
            (
                "citizen",
                "Ще не знаю. Подруга їздила до Іспанії, і її виписали.",
            ),
        ],
        vec![
            ("staff", "Hvad hedder du?"),
            ("citizen", "Оля, я в Норвегії народилася."),
        ],
    ] {
        assert_ne!(slot(&turns, "case.move_type"), "to_abroad", "{turns:?}");
    }
}

#[test]
fn the_old_address_of_who_leaves_is_no_new_one() {
    let turns = [
        ("staff", "Det er en udrejse, ser jeg. Hvortil?"),
        ("citizen", "До Норвегії."),
        (
            "staff",
            "Og du bor på Ringgaden fireogtres, første til venstre, otte tusind Aarhus C?",
        ),
        ("citizen", "Так, шістдесят чотири."),
    ];
    assert_eq!(slot(&turns, "to.house_number"), Value::Null);
}
