//! A form is data: another one works by adding a file. Here a change of general practitioner.

use std::sync::Arc;

use tolkebot_form::{Completeness, Dialogue, FormDefinition, FormReader};

const FORM: &str = include_str!("data/gp_change.json");

fn reader() -> FormReader {
    let definition = FormDefinition::from_json(FORM).expect("the second form");
    FormReader::new(Arc::new(definition), "2026-12-01".parse().expect("a date"))
}

fn hear(reader: &mut FormReader, turns: &str) {
    let dialogue = Dialogue::from_json(turns).expect("turns");
    for turn in &dialogue.turns {
        reader.push(turn);
    }
}

#[test]
fn a_second_form_asks_for_its_own_fields_only() {
    let mut reader = reader();
    let first = reader.state().next_question().expect("a question");
    assert_eq!(first.key, "mover.given_names");
    assert_eq!(first.uk, "Як вас звати?");
    hear(
        &mut reader,
        r#"{"turns":[
            {"speaker":"staff","lang":"da","text":"Hvad hedder du, og hvad er dit CPR-nummer?"},
            {"speaker":"citizen","lang":"uk","text":"Оксана Мельник, нуль сім, одинадцять, вісімдесят п'ять, тридцять чотири, двадцять два."},
            {"speaker":"staff","lang":"da","text":"Oksana Melnyk, nul syv elleve femogfirs, fireogtredive toogtyve. Hvor bor du nu?"},
            {"speaker":"citizen","lang":"uk","text":"На Рандерсвей дванадцять, другий сал праворуч, вісім двісті."},
            {"speaker":"staff","lang":"da","text":"Vil du have en ny læge?"},
            {"speaker":"citizen","lang":"uk","text":"Так, хочу нового."}]}"#,
    );
    let state = reader.state();
    assert_eq!(state.text("mover.surname"), Some("Melnyk"));
    assert_eq!(state.text("mover.cpr_number"), Some("071185-3422"));
    assert_eq!(state.text("gp.choice"), Some("change"));
    // The clinic is required because a change was wanted; the address is no field of this form.
    assert_eq!(state.missing(), ["gp.clinic_name"]);
    assert_eq!(state.value("to.street_name"), None);
    let next = state.next_question().expect("a question");
    assert_eq!(next.da, "Hvilken læge vælger du?");
    let filled = Completeness {
        sure: 4,
        doubtful: 0,
        missing: 1,
    };
    assert_eq!(state.completeness(), filled);
}

#[test]
fn every_failed_answer_makes_the_question_easier() {
    let reader = reader();
    let ask = |key: &str, failed: usize| reader.state().ask_again(key, failed).expect("a question");
    let tries: Vec<String> = (0..4).map(|n| ask("mover.cpr_number", n).da).collect();
    assert_eq!(tries[0], "Hvad er dit CPR-nummer?");
    assert!(tries[1].ends_with(&tries[0]) && tries[1] != tries[0]);
    assert!(tries[2].contains("ét ciffer ad gangen"), "{}", tries[2]);
    assert!(tries[3].contains("skriv det"), "{}", tries[3]);
    assert_eq!(ask("mover.cpr_number", 9).uk, ask("mover.cpr_number", 3).uk);
    assert!(ask("mover.surname", 2).uk.contains("по літерах"));
    assert!(
        ask("gp.choice", 2)
            .da
            .contains("Behold nuværende læge eller")
    );
    assert!(reader.state().ask_again("no.such_field", 1).is_none());
}
