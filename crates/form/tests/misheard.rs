//! What a recogniser writes of names and lists: breaths in the middle, names in lower case or in two
//! words.

use serde_json::Value;
use tolkebot_form::{Dialogue, FormDefinition, FormReader};

/// The household's rows after a conversation of (speaker, text).
fn household(turns: &[(&str, &str)]) -> Vec<Value> {
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
    (0..9)
        .map_while(|row| {
            let value =
                |field: &str| form["slots"][format!("household[{row}].{field}")]["value"].clone();
            (!value("given_names").is_null()).then(|| {
                serde_json::json!([value("given_names"), value("relation"), value("cpr_number")])
            })
        })
        .collect()
}

fn row(name: &str, relation: &str, cpr: Value) -> Value {
    serde_json::json!([name, relation, cpr])
}

const WHO: (&str, &str) = ("staff", "Hvem flytter sammen med dig?");

#[test]
fn names_behind_a_group_of_children_are_theirs_across_a_breath() {
    let both = [
        row("Nazar", "child", Value::Null),
        row("Zoriana", "child", Value::Null),
    ];
    for turns in [
        vec![
            WHO,
            ("citizen", "Зі мною двоє дітей."),
            ("citizen", "Назар і Зоряна."),
        ],
        vec![
            WHO,
            (
                "citizen",
                "Зі мною двоє дітей. Назар і Зоряна, прізвище однакове.",
            ),
        ],
        vec![
            WHO,
            ("citizen", "зі мною двоє дітей"),
            ("citizen", "назар та зоряна"),
        ],
    ] {
        assert_eq!(household(&turns), both, "{turns:?}");
    }
    // A sentence between them: who they are is not known.
    let later = [
        WHO,
        ("citizen", "Зі мною двоє дітей."),
        ("citizen", "Ой, зачекайте."),
        ("citizen", "Назар і Зоряна чекають надворі."),
    ];
    assert!(household(&later).iter().all(|row| row[1] != "child"));
}

#[test]
fn a_number_belongs_to_whom_it_was_asked_for_by_a_misheard_name() {
    let numbers = |first: &str, second: &str| {
        let all = household(&[
            WHO,
            ("citizen", "Зі мною двоє дітей, Софія та Максим."),
            ("staff", first),
            (
                "citizen",
                "Нуль дев'ять, десять, п'ятнадцять, сорок два, двадцять шість.",
            ),
            ("staff", second),
            (
                "citizen",
                "Двадцять сім, нуль шість, дев'ятнадцять, п'ятдесят один, тридцять п'ять.",
            ),
        ]);
        let of = |name: &str| {
            all.iter()
                .find(|row| row[0] == name)
                .map(|row| row[2].clone())
        };
        (of("Sofiia"), of("Maksym"))
    };
    let (one, other) = (Value::from("091015-4226"), Value::from("270619-5135"));
    let in_order = (Some(one.clone()), Some(other.clone()));
    assert_eq!(
        numbers("Og så fias nummer.", "Og maksymst nummer."),
        in_order
    );
    assert_eq!(
        numbers("Og sofijas cpr-nummer?", "Hvad er maksims nummer?"),
        in_order
    );
    let turned = (Some(other), Some(one));
    assert_eq!(
        numbers("Først maksyms nummer.", "Og sofias nummer."),
        turned
    );
}
