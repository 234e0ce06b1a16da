//! Rows for children of whom only the number or a matter was spoken of, and what people do with them on the screen.

use serde_json::{Value, json};
use tolkebot_form::{Decider, FormDefinition, FormReader, Turn};
use tolkebot_protocol::{Lang, Role, Speaker};

fn staff() -> Decider {
    Decider {
        role: Role::Staff,
        account: None,
        at: String::new(),
    }
}

fn reader(turns: &[[&str; 2]]) -> FormReader {
    let today = jiff::civil::date(2026, 9, 8);
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for (n, turn) in turns.iter().enumerate() {
        say(&mut reader, 2 * n as u32 + 1, *turn);
    }
    reader
}

/// A question and its answer; the question has the number `first`.
fn say(reader: &mut FormReader, first: u32, [asked, answered]: [&str; 2]) {
    reader.push(&Turn::new(first, Speaker::Staff, Lang::Da, asked));
    reader.push(&Turn::new(first + 1, Speaker::Citizen, Lang::Uk, answered));
}

fn write(reader: &mut FormReader, key: &str, value: Value) {
    reader.correct(key, value, &staff()).expect(key);
}

fn confirm(reader: &mut FormReader, key: &str) {
    reader.confirm(key, &staff()).expect(key);
}

fn clear(reader: &mut FormReader, key: &str) {
    reader.clear(key, &staff()).expect(key);
}

/// Given name and relation of each row of the household.
fn rows(reader: &FormReader) -> Vec<(Option<&str>, Option<&str>)> {
    let state = reader.state();
    (0..state.household_len())
        .map(|at| {
            let of = |field: &str| state.text(&format!("household[{at}].{field}"));
            (of("given_names"), of("relation"))
        })
        .collect()
}

const COUNTED: [&str; 2] = ["Hvor mange flytter I?", "Нас троє, зі мною двоє дітей."];
const NAMED: [&str; 2] = ["Hvad hedder børnene?", "Софія і Данило."];
const CHILD: (Option<&str>, Option<&str>) = (None, Some("child"));

#[test]
fn children_who_were_counted_first_are_there_once_when_they_have_names() {
    let mut form = reader(&[COUNTED]);
    assert_eq!(rows(&form), [CHILD, CHILD]);
    confirm(&mut form, "household[0].relation");
    confirm(&mut form, "household[1].relation");
    assert_eq!(rows(&form), [CHILD, CHILD]);
    say(&mut form, 3, NAMED);
    let named = [("Sofiia", "child"), ("Danylo", "child")];
    let named = named.map(|(name, relation)| (Some(name), Some(relation)));
    assert_eq!(rows(&form), named);
    assert_eq!(form.state().children_len(), 2);
}

/// What says who it is, and a place that was emptied, stay.
#[test]
fn a_counted_child_who_was_written_down_or_taken_out_keeps_its_row() {
    let mut form = reader(&[COUNTED]);
    write(&mut form, "household[0].birth_date", json!("2015-01-10"));
    clear(&mut form, "household[1].relation");
    say(&mut form, 3, NAMED);
    let state = form.state();
    assert_eq!(state.household_len(), 4);
    let born: Vec<_> = (0..4)
        .filter_map(|at| state.text(&format!("household[{at}].birth_date")))
        .collect();
    assert_eq!(born, ["2015-01-10"]);
}

#[test]
fn somebody_added_by_hand_is_none_of_the_children_without_a_name() {
    let mut form = reader(&[]);
    write(&mut form, "household[0].given_names", json!("Andrii"));
    say(&mut form, 1, COUNTED);
    let mut found = rows(&form);
    found.sort_unstable();
    assert_eq!(found, [CHILD, CHILD, (Some("Andrii"), None)]);
}

const SPOKEN_OF: [[&str; 2]; 2] = [
    ["Hvad hedder du?", "Ірина Бойко."],
    [
        "Har du børn? Har I fælles forældremyndighed?",
        "Так, спільна.",
    ],
];

fn missing_of_children(form: &FormReader) -> Vec<String> {
    let mut missing = form.state().missing();
    missing.retain(|key| key.starts_with("children["));
    missing
}

/// A child of whom was spoken and who does not come along has no row in the household that could be emptied.
#[test]
fn a_child_without_a_row_can_be_taken_out_by_hand() {
    let custody = "children[0].custody";
    let mut form = reader(&SPOKEN_OF);
    assert_eq!(form.state().household_len(), 0);
    assert_eq!(form.state().text(custody), Some("joint"));
    let person = "children[0].person".to_owned();
    assert!(missing_of_children(&form).contains(&person));
    // A row of which something is left is still somebody's.
    write(&mut form, "children[0].lived_with_before", json!("both"));
    clear(&mut form, custody);
    assert!(missing_of_children(&form).contains(&person));
    clear(&mut form, "children[0].lived_with_before");
    assert_eq!(missing_of_children(&form), Vec::<String>::new());
    assert!(!form.state().applies(custody));
    assert_eq!(form.state().slot(custody), None);
    // Said otherwise after that, it is somebody again.
    say(
        &mut form,
        5,
        ["Har du forældremyndigheden alene?", "Так, тільки в мене."],
    );
    assert!(missing_of_children(&form).contains(&person));
}
