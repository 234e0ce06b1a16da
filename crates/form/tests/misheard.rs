//! What a recogniser writes of names and lists: breaths in the middle, names in lower case or in two
//! words.

mod talk;

use serde_json::Value;

/// The household's rows: name, relation, CPR number.
fn household(turns: &[&str]) -> Vec<Value> {
    let slots = talk::slots(turns, jiff::civil::date(2026, 12, 1));
    (0..9)
        .map_while(|row| {
            let value = |field: &str| {
                let slot = slots.get(&format!("household[{row}].{field}"));
                slot.map_or(Value::Null, |slot| slot["value"].clone())
            };
            (!value("given_names").is_null()).then(|| {
                serde_json::json!([value("given_names"), value("relation"), value("cpr_number")])
            })
        })
        .collect()
}

fn row(name: &str, relation: &str, cpr: Value) -> Value {
    serde_json::json!([name, relation, cpr])
}

const WHO: &str = "Hvem flytter sammen med dig?";

#[test]
fn names_behind_a_group_of_children_are_theirs_across_a_breath() {
    let both = [
        row("Nazar", "child", Value::Null),
        row("Zoriana", "child", Value::Null),
    ];
    for turns in [
        vec![WHO, "Зі мною двоє дітей.", "Назар і Зоряна."],
        vec![
            WHO,
            "Зі мною двоє дітей. Назар і Зоряна, прізвище однакове.",
        ],
        vec![WHO, "зі мною двоє дітей", "назар та зоряна"],
    ] {
        assert_eq!(household(&turns), both, "{turns:?}");
    }
    // A sentence between them: who they are is not known.
    let later = [
        WHO,
        "Зі мною двоє дітей.",
        "Ой, зачекайте.",
        "Назар і Зоряна чекають надворі.",
    ];
    assert!(household(&later).iter().all(|row| row[1] != "child"));
}

#[test]
fn a_number_belongs_to_whom_it_was_asked_for_by_a_misheard_name() {
    let numbers = |first: &str, second: &str| {
        let all = household(&[
            WHO,
            "Зі мною двоє дітей, Софія та Максим.",
            first,
            "Нуль дев'ять, десять, п'ятнадцять, сорок два, двадцять шість.",
            second,
            "Двадцять сім, нуль шість, дев'ятнадцять, п'ятдесят один, тридцять п'ять.",
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

/// «Ну дев'ять» was "nul ni": the employee heard it, and reads the whole number back.
#[test]
fn a_number_without_its_zero_belongs_to_whom_it_was_asked_for_once_it_is_read_back() {
    let talk = |back: &'static str| {
        let all = household(&[
            WHO,
            "Зі мною двоє дітей, Софія та Максим.",
            "Hvad er dit CPR-nummer?",
            "Чотирнадцять, нуль три, вісімдесят вісім, дванадцять, сорок шість.",
            "Tak. Og Sofiias nummer?",
            "Ну дев'ять, десять, п'ятнадцять, сорок два, двадцять шість.",
            back,
        ]);
        all.into_iter()
            .map(|row| row[2].clone())
            .collect::<Vec<_>>()
    };
    let read = talk("Nul ni, ti, femten, toogfyrre, seksogtyve. Og Maksyms nummer?");
    assert_eq!(read, [Value::from("091015-4226"), Value::Null]);
    // Quite another number is not what the citizen said.
    let other = talk("Nul ni, ti, femten, toogfyrre, syvogtyve. Og Maksyms nummer?");
    assert_eq!(other[0], Value::Null);
}
