//! No critical value is taken from one hearing: something must agree with it.

use serde_json::Value;
use tolkebot_form::{Dialogue, FormDefinition, FormReader};

/// The slots after these turns; `s:` is an employee's turn, `c:` a citizen's.
fn slots(turns: &[&str]) -> Value {
    let turns: Vec<Value> = turns
        .iter()
        .map(|turn| {
            let (speaker, lang, text) = match turn.split_once(": ") {
                Some(("s", text)) => ("staff", "da", text),
                Some((_, text)) => ("citizen", "uk", text),
                None => panic!("{turn}"),
            };
            serde_json::json!({"speaker": speaker, "lang": lang, "text": text})
        })
        .collect();
    let json = serde_json::json!({"turns": turns}).to_string();
    let dialogue = Dialogue::from_json(&json).expect("a dialogue");
    let today = "2026-12-01".parse().expect("a date");
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in &dialogue.turns {
        reader.push(turn);
    }
    reader.state().to_contract_json()["slots"].clone()
}

fn stands(slots: &Value, key: &str) -> bool {
    assert!(slots[key]["value"].is_string(), "{key}: {slots}");
    slots[key]["status"] == "proposed"
}

const NAME: &str = "s: Hvad hedder du, og hvad er dit CPR-nummer?";
const TOLD: &str =
    "c: Оксана Мельник, нуль сім, одинадцять, вісімдесят п'ять, тридцять чотири, двадцять два.";

#[test]
fn one_hearing_is_asked_about_and_says_why() {
    let slots = slots(&[NAME, TOLD]);
    for key in ["mover.given_names", "mover.surname", "mover.cpr_number"] {
        assert!(!stands(&slots, key), "{key}");
        assert_eq!(slots[key]["reason"], "said_once", "{key}");
    }
}

#[test]
fn a_read_back_lets_it_stand() {
    let back = "s: Oksana Melnyk, nul syv elleve femogfirs, fireogtredive toogtyve.";
    let slots = slots(&[NAME, TOLD, back, "c: Так."]);
    for key in ["mover.given_names", "mover.surname", "mover.cpr_number"] {
        assert!(stands(&slots, key), "{key}");
        assert!(slots[key].get("reason").is_none(), "{key}");
    }
}

#[test]
fn a_read_back_that_is_refused_does_not() {
    let asked = "s: Hvad er den nye adresse?";
    let told = "c: Рандерсвей дев'яносто п'ять.";
    let slots = slots(&[asked, told, "s: Randersvej femoghalvfems.", "c: Ні."]);
    assert!(!stands(&slots, "to.house_number"));
}

#[test]
fn a_weekday_that_fits_lets_a_date_stand() {
    let asked = "s: Hvornår flytter I ind i den nye lejlighed?";
    assert!(stands(
        &slots(&[asked, "c: У суботу, дванадцятого грудня."]),
        "move_date"
    ));
    assert!(!stands(
        &slots(&[asked, "c: Дванадцятого грудня."]),
        "move_date"
    ));
}

#[test]
fn a_postal_code_that_the_register_has_for_the_street_lets_both_stand() {
    let asked = "s: Hvad er den nye adresse?";
    let slots = slots(&[asked, "c: Рандерсвей дванадцять, вісім тисяч двісті."]);
    assert!(stands(&slots, "to.street_name"));
    assert!(stands(&slots, "to.postal_code"));
    // Nothing outside the hearing knows the number.
    assert!(!stands(&slots, "to.house_number"));
}

/// Two people who count may mean two days; its number tells them.
#[test]
fn a_day_that_both_sides_only_count_to_is_asked_about() {
    const WHEN: &str = "s: Hvornår flytter du ind?";
    for (told, back, is_sure) in [
        ("c: У п'ятницю.", "s: På fredag, ja.", false),
        ("c: Через десять днів.", "s: Om ti dage, ja.", false),
        ("c: У п'ятницю.", "s: Fredag den fjerde, ja.", true),
        ("c: Четвертого грудня.", "s: Den fjerde december, ja.", true),
        // Of tomorrow there is only one.
        ("c: Завтра.", "s: I morgen, ja.", true),
    ] {
        let slots = slots(&[WHEN, told, back]);
        assert_eq!(stands(&slots, "move_date"), is_sure, "{told} {slots}");
    }
}

/// «Я ж казав» objects, though no "no" is in it.
#[test]
fn what_the_citizen_has_said_before_is_no_yes_to_something_else() {
    let slots = slots(&[
        "s: Hvornår flytter du ind?",
        "c: Двадцятого грудня.",
        "s: Den tolvte december.",
        "c: Яке дванадцяте, я ж казав.",
    ]);
    assert!(!stands(&slots, "move_date"), "{slots}");
}
