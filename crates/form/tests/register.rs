//! A register that an operator loads is what addresses are compared with.

use std::sync::Arc;

use tolkebot_form::{Decider, Dialogue, FormDefinition, FormReader};
use tolkebot_protocol::Role;
use tolkebot_values::address::Gazetteer;
use tolkebot_values::register::Roads;

const EXTRACT: &str = "vejnavn,postnr\nHedvig Billes Vænge,8270\nKnopsvanevej,8270\n";

const TALK: &str = r#"{"turns":[
    {"speaker":"staff","lang":"da","text":"Hvad er den nye adresse?"},
    {"speaker":"citizen","lang":"uk","text":"Кнопсванавай, двадцять два."},
    {"speaker":"staff","lang":"da","text":"knopsvane vej toogtyve er det rigtigt"},
    {"speaker":"citizen","lang":"uk","text":"Так."}]}"#;

fn street(definition: Arc<FormDefinition>) -> (Option<String>, Option<String>) {
    let dialogue = Dialogue::from_json(TALK).expect("a dialogue");
    let today = "2026-12-01".parse().expect("a date");
    let mut reader = FormReader::new(definition, today);
    for turn in &dialogue.turns {
        reader.push(turn);
    }
    let text = |key: &str| reader.state().text(key).map(str::to_owned);
    (text("to.street_name"), text("to.postal_code"))
}

#[test]
fn a_street_that_only_the_register_has_is_found_with_its_postal_code() {
    let mut roads = Roads::default();
    assert_eq!(roads.read(EXTRACT), vec![]);
    let streets = Gazetteer::with_register(&roads.table()).expect("a table");
    let definition = FormDefinition::clone(&FormDefinition::embedded());
    let with = street(Arc::new(definition.with_streets(Arc::new(streets))));
    assert_eq!(with.0.as_deref(), Some("Knopsvanevej"));
    assert_eq!(with.1.as_deref(), Some("8270"));
    // Without it nobody knows where the street lies.
    let without = street(FormDefinition::embedded());
    assert_eq!(without.1, None);
}

#[test]
fn a_street_that_the_register_lacks_is_told_of() {
    let mut roads = Roads::default();
    assert_eq!(roads.read(EXTRACT), vec![]);
    let streets = Gazetteer::with_register(&roads.table()).expect("a table");
    let definition = FormDefinition::clone(&FormDefinition::embedded());
    let definition = Arc::new(definition.with_streets(Arc::new(streets)));
    let warned = |street: &str, code: &str| {
        let today = "2026-12-01".parse().expect("a date");
        let mut reader = FormReader::new(definition.clone(), today);
        let staff = Decider {
            role: Role::Staff,
            account: None,
            at: String::new(),
        };
        for (key, value) in [("to.street_name", street), ("to.postal_code", code)] {
            reader.correct(key, value.into(), &staff).expect(key);
        }
        reader.state().issues().iter().any(|i| i.rule == "R14")
    };
    assert!(warned("Ukendtvej", "8270"));
    assert!(!warned("Knopsvanevej", "8270"));
    // Of this code the register holds nothing.
    assert!(!warned("Ukendtvej", "8200"));
}

#[test]
fn a_register_comes_before_the_first_form() {
    let _ = FormDefinition::embedded();
    let error = FormDefinition::embed_streets(Gazetteer::shipped()).expect_err("too late");
    assert!(error.to_string().contains("at start"), "{error}");
}
