//! What people write on the screen without a word being said: the form's rules hold for it as for what
//! was heard.

use jiff::civil::Date;
use serde_json::{Value, json};
use tolkebot_form::{Decider, FormDefinition, FormReader, Severity, SlotStatus, Turn};
use tolkebot_protocol::{Lang, Role, Speaker};

const TODAY: &str = "2026-12-01";

fn today() -> Date {
    TODAY.parse().expect("a date")
}

/// A form with these values written into it, in this order.
fn written(values: &[(&str, Value)]) -> FormReader {
    let mut reader = FormReader::new(FormDefinition::embedded(), today());
    write(&mut reader, values);
    reader
}

fn write(reader: &mut FormReader, values: &[(&str, Value)]) {
    let staff = Decider {
        role: Role::Staff,
        account: None,
        at: String::new(),
    };
    for (key, value) in values {
        reader
            .correct(key, value.clone(), &staff)
            .unwrap_or_else(|error| panic!("{key}: {error}"));
    }
}

/// The rules that are broken, with the first slot they are about and whether they block signing.
fn rules(reader: &FormReader) -> Vec<(String, String, bool)> {
    let issues = reader.state().issues().into_iter();
    issues
        .map(|issue| {
            let key = issue.keys.first().cloned().unwrap_or_default();
            (
                issue.rule.to_owned(),
                key,
                issue.severity == Severity::Error,
            )
        })
        .collect()
}

#[track_caller]
fn breaks(values: &[(&str, Value)], rule: &str, blocks: bool) {
    let found = rules(&written(values));
    let wanted = (rule.to_owned(), values[0].0.to_owned(), blocks);
    assert!(found.contains(&wanted), "{values:?}: {found:?}");
}

#[track_caller]
fn keeps(values: &[(&str, Value)], rule: &str) {
    let found = rules(&written(values));
    assert!(
        found.iter().all(|(id, ..)| id != rule),
        "{values:?}: {found:?}"
    );
}

fn child(at: usize, born: &str) -> Vec<(String, Value)> {
    let key = |field: &str| format!("household[{at}].{field}");
    vec![
        (key("given_names"), json!("Sofiia")),
        (key("surname"), json!("Kovalenko")),
        (key("birth_date"), json!(born)),
        (key("relation"), json!("child")),
    ]
}

fn as_slices(values: &[(String, Value)]) -> Vec<(&str, Value)> {
    values
        .iter()
        .map(|(k, v)| (k.as_str(), v.clone()))
        .collect()
}

#[test]
fn a_child_that_was_written_down_has_the_childrens_questions() {
    let reader = written(&as_slices(&child(0, "2015-01-10")));
    let state = reader.state();
    assert_eq!(state.children_len(), 1);
    assert_eq!(state.text("children[0].person"), Some("household[0]"));
    let missing = state.missing();
    assert!(
        missing.contains(&"children[0].custody".to_owned()),
        "{missing:?}"
    );
    // Somebody who is no child of the citizen's, but under age.
    let mut brother = child(0, "2012-02-11");
    brother[3].1 = json!("sibling");
    assert_eq!(written(&as_slices(&brother)).state().children_len(), 1);
    // Known by the number alone.
    let number = [
        ("household[0].given_names", json!("Sofiia")),
        ("household[0].cpr_number", json!("100115-6789")),
    ];
    assert_eq!(written(&number).state().children_len(), 1);
    // Twenty of them.
    let all: Vec<_> = (0..20).flat_map(|at| child(at, "2015-01-10")).collect();
    assert_eq!(written(&as_slices(&all)).state().children_len(), 20);
}

#[test]
fn who_is_of_age_is_no_child_whatever_the_relation() {
    assert_eq!(
        written(&as_slices(&child(0, "2008-12-01")))
            .state()
            .children_len(),
        0,
        "eighteen today"
    );
    assert_eq!(
        written(&as_slices(&child(0, "2008-12-02")))
            .state()
            .children_len(),
        1,
        "eighteen tomorrow"
    );
    let mut reader = written(&as_slices(&child(0, "2015-01-10")));
    write(&mut reader, &[("children[0].custody", json!("joint"))]);
    write(
        &mut reader,
        &[("household[0].birth_date", json!("2005-01-10"))],
    );
    assert_eq!(reader.state().children_len(), 0);
    assert_eq!(reader.state().value("children[0].custody"), None);
    // A slip of the pen: what was written about the child is still there.
    write(
        &mut reader,
        &[("household[0].birth_date", json!("2015-01-10"))],
    );
    assert_eq!(reader.state().text("children[0].custody"), Some("joint"));
}

#[test]
fn numbers_are_looked_at() {
    let key = "mover.cpr_number";
    breaks(&[(key, json!("310285-1234"))], "R05", true);
    keeps(&[(key, json!("280285-1234"))], "R05");
    breaks(&[(key, json!("070584-1234"))], "R06", false);
    breaks(&[(key, json!("670584-1234"))], "R07", false);
    keeps(&[(key, json!("670584-1234"))], "R06");
    breaks(&[(key, json!("010127-4234"))], "R09", true);
    let other = |born: &str| {
        [
            (key, json!("070584-1234")),
            ("mover.birth_date", json!(born)),
        ]
    };
    breaks(&other("1984-05-17"), "R08", true);
    keeps(&other("1984-05-07"), "R08");
    breaks(
        &[
            (key, json!("070584-1234")),
            ("household[0].given_names", json!("Ivan")),
            ("household[0].cpr_number", json!("070584-1234")),
        ],
        "R10",
        true,
    );
    // Of somebody who moves along.
    let found = rules(&written(&[
        ("household[0].given_names", json!("Ivan")),
        ("household[0].cpr_number", json!("310285-1234")),
    ]));
    let wanted = ("R05".to_owned(), "household[0].cpr_number".to_owned(), true);
    assert!(found.contains(&wanted), "{found:?}");
}

#[test]
fn names_have_the_letters_that_cpr_has() {
    for key in [
        "mover.surname",
        "mover.addressing_name",
        "poa.holder_name",
        "host.name",
    ] {
        breaks(&[(key, json!("Ковaленко"))], "R21", true);
        breaks(&[(key, json!("Kovalenko 2"))], "R21", true);
        breaks(&[(key, json!("Kov😀al"))], "R29", true);
        breaks(&[(key, json!("كوف"))], "R29", true);
        breaks(&[(key, json!("Ko\u{FB00}in"))], "R29", true);
        for name in [
            "Kovalenko-Ærø",
            "O'Neill",
            "D’Arc",
            "Müller Ñandú",
            "Łukasiewicz",
            "Nguyễn",
        ] {
            keeps(&[(key, json!(name))], "R29");
            keeps(&[(key, json!(name))], "R21");
        }
    }
    keeps(
        &[("mover.addressing_name", json!("Kovalenko, Oksana"))],
        "R29",
    );
    breaks(&[("mover.surname", json!("Kovalenko, O"))], "R29", true);
    keeps(
        &[("host.name", json!("Boligforeningen AAB A/S (Aarhus)"))],
        "R29",
    );
    // No name of a person.
    keeps(&[("to.street_name", json!("Vej 5"))], "R21");
}

#[test]
fn postal_codes_are_those_of_the_table() {
    let key = "to.postal_code";
    breaks(&[(key, json!("8201"))], "R11", true);
    keeps(&[(key, json!("8200"))], "R11");
    breaks(
        &[
            (key, json!("8200")),
            ("to.post_district", json!("Aarhus C")),
        ],
        "R12",
        false,
    );
    keeps(
        &[
            (key, json!("8200")),
            ("to.post_district", json!("Aarhus N")),
        ],
        "R12",
    );
    breaks(&[(key, json!("5000"))], "R13", false);
    keeps(&[(key, json!("8200"))], "R13");
    // No register is loaded: nobody knows all streets of a code.
    keeps(
        &[("to.street_name", json!("Ukendtvej")), (key, json!("8200"))],
        "R14",
    );
}

#[test]
fn the_name_in_cyrillic_letters_never_contradicts_the_name_that_was_written() {
    let native = |written: &[(&str, Value)]| {
        let mut reader = FormReader::new(FormDefinition::embedded(), today());
        for (n, (speaker, lang, said)) in [
            (Speaker::Staff, Lang::Da, "Hvad er dit fulde navn?"),
            (Speaker::Citizen, Lang::Uk, "Марія Бондар."),
        ]
        .into_iter()
        .enumerate()
        {
            reader.push(&Turn::new(n as u32 + 1, speaker, lang, said));
        }
        write(&mut reader, written);
        reader.state().value("mover.name_native").cloned()
    };
    assert_eq!(native(&[]), Some("Марія Бондар".into()));
    // Another spelling of the same name, and a second given name, leave it.
    let same = [
        ("mover.given_names", json!("Mariia Anna")),
        ("mover.surname", json!("Bondar")),
    ];
    assert_eq!(native(&same), Some("Марія Бондар".into()));
    let other = [("mover.surname", json!("Ponomarenko"))];
    assert_eq!(native(&other), None);
    // Whoever writes the field itself is believed.
    let both = [
        ("mover.surname", json!("Ponomarenko")),
        ("mover.name_native", json!("Марія Пономаренко")),
    ];
    assert_eq!(native(&both), Some("Марія Пономаренко".into()));
}

#[test]
fn what_a_person_wrote_stands_on_no_words_that_say_otherwise() {
    let said = |n, text: &str| Turn {
        n,
        speaker: Speaker::Citizen,
        lang: Lang::Uk,
        text: text.to_owned(),
        translation: None,
    };
    let turns = |reader: &FormReader| {
        let slot = reader.state().slot("move_date").expect("a slot").clone();
        let of = |evidence: &[tolkebot_form::Evidence]| -> Vec<u32> {
            evidence.iter().map(|e| e.turn).collect()
        };
        let beside: Vec<_> = slot
            .rivals
            .iter()
            .map(|r| (r.value.clone(), of(&r.evidence)))
            .collect();
        (slot.value.clone(), slot.status, of(&slot.evidence), beside)
    };
    let day = |d: u8| json!(format!("2026-12-{d}"));
    let mut reader = written(&[]);
    reader.push(&said(1, "Я переїжджаю чотирнадцятого грудня."));
    assert_eq!(turns(&reader).0, Some(day(14)));
    write(&mut reader, &[("move_date", day(12))]);
    let beside = vec![(day(14), vec![1])];
    let wanted = (Some(day(12)), SlotStatus::Corrected, vec![], beside);
    assert_eq!(turns(&reader), wanted);
    // Said since then: somebody must look again.
    reader.push(&said(2, "Ні, вибачте, п'ятнадцятого грудня."));
    let beside = vec![(day(15), vec![2])];
    let wanted = (Some(day(12)), SlotStatus::Conflict, vec![], beside);
    assert_eq!(turns(&reader), wanted);
    // What was written and said is the same.
    write(&mut reader, &[("move_date", day(15))]);
    let wanted = (Some(day(15)), SlotStatus::Corrected, vec![2], vec![]);
    assert_eq!(turns(&reader), wanted);
}

/// Empties everything that a row holds.
fn take_out(reader: &mut FormReader, row: &str) {
    let staff = Decider {
        role: Role::Staff,
        account: None,
        at: String::new(),
    };
    let slots = reader.state().slots().into_iter();
    let filled = slots.filter(|(key, slot)| key.starts_with(row) && slot.value.is_some());
    let keys: Vec<String> = filled.map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        reader.clear(&key, &staff).expect(&key);
    }
}

/// Whether R28 says that the number of persons is another than that of the rows.
fn miscounted(reader: &FormReader) -> bool {
    rules(reader).iter().any(|(rule, ..)| rule == "R28")
}

#[test]
fn whoever_is_taken_out_of_the_household_is_nobody() {
    let mut reader = written(&[
        ("household.count", json!(1)),
        ("household[0].given_names", json!("Maksym")),
        ("household[0].surname", json!("Kovalenko")),
    ]);
    assert!(miscounted(&reader));
    // Half a row is still somebody's.
    take_out(&mut reader, "household[0].surname");
    assert!(miscounted(&reader));
    take_out(&mut reader, "household[0].");
    assert!(!miscounted(&reader));
    // The next one has a row of their own, and what the empty one lacks is not asked for.
    write(
        &mut reader,
        &[
            ("household.count", json!(2)),
            ("household[1].given_names", json!("Andrii")),
        ],
    );
    assert!(!miscounted(&reader));
    let state = reader.state();
    assert_eq!(state.text("household[1].given_names"), Some("Andrii"));
    let missing = state.missing();
    let lacks = |row: &str| missing.iter().any(|key| key.starts_with(row));
    assert!(
        lacks("household[1].") && !lacks("household[0]."),
        "{missing:?}"
    );
    assert!(!state.is_required("household[0].surname"));
    // Whoever is written there again is counted again.
    let again = [("household[0].given_names", json!("Maksym"))];
    write(&mut reader, &again);
    assert!(miscounted(&reader));
}

#[test]
fn a_child_that_is_taken_out_takes_its_questions_along() {
    let mut values = [child(0, "2015-01-10"), child(1, "2017-02-11")].concat();
    values.push(("children[0].custody".to_owned(), json!("joint")));
    values.push(("household.count".to_owned(), json!(2)));
    let mut reader = written(&as_slices(&values));
    take_out(&mut reader, "household[0].");
    assert!(!miscounted(&reader));
    let state = reader.state();
    // Whether a written child keeps its row of questions or not, nothing asks for anything of the emptied one.
    let persons: Vec<_> = (0..state.children_len())
        .filter_map(|n| state.text(&format!("children[{n}].person")))
        .collect();
    assert_eq!(persons, ["household[1]"]);
    let custody: Vec<String> = state
        .missing()
        .into_iter()
        .filter(|key| key.ends_with(".custody"))
        .collect();
    assert_eq!(custody.len(), 1, "{custody:?}");
    let slots = state.slots();
    assert!(
        slots
            .iter()
            .all(|(key, slot)| !key.ends_with(".custody") || slot.value.is_none())
    );
}

/// A child of whom was spoken is still known to the reader when its row is emptied.
#[test]
fn a_child_that_was_heard_of_can_be_taken_out_too() {
    let mut reader = written(&[]);
    for (n, (speaker, lang, said)) in [
        (Speaker::Staff, Lang::Da, "Hvad hedder du?"),
        (Speaker::Citizen, Lang::Uk, "Ірина Бойко."),
        (Speaker::Staff, Lang::Da, "Hvem flytter med dig?"),
        (Speaker::Citizen, Lang::Uk, "Донька Софія."),
    ]
    .into_iter()
    .enumerate()
    {
        reader.push(&Turn::new(n as u32 + 1, speaker, lang, said));
    }
    write(&mut reader, &[("household.count", json!(1))]);
    assert_eq!(
        reader.state().text("household[0].given_names"),
        Some("Sofiia")
    );
    assert!(miscounted(&reader));
    take_out(&mut reader, "household[0].");
    assert!(!miscounted(&reader));
    let state = reader.state();
    let rows = ["household[", "children["];
    let of_a_row = |key: &str| rows.iter().any(|row| key.starts_with(row));
    let missing = state.missing();
    assert!(!missing.iter().any(|key| of_a_row(key)), "{missing:?}");
    let left = state
        .slots()
        .into_iter()
        .filter(|(key, slot)| of_a_row(key) && slot.value.is_some())
        .count();
    assert_eq!(left, 0);
}

/// CPR-loven § 57: whether there is a fine depends on why a move was reported late.
#[test]
fn a_late_notification_needs_its_reason() {
    let late = |moved: &str| {
        let reader = written(&[("move_date", json!(moved))]);
        let state = reader.state();
        let asked = state.missing().contains(&"late_reason".to_owned());
        let days = state.value("move_date_days_late").cloned();
        (days, asked, state.applies("late_reason"))
    };
    assert_eq!(late("2026-11-12"), (Some(json!(14)), true, true));
    assert_eq!(late("2026-11-25"), (Some(json!(1)), true, true));
    for in_time in ["2026-11-26", "2026-12-01", "2026-12-15"] {
        assert_eq!(late(in_time), (None, false, false), "{in_time}");
    }
    // A date that is put right takes the days along.
    let mut reader = written(&[("move_date", json!("2026-11-12"))]);
    let question = reader.state().ask("late_reason").expect("a question");
    assert_eq!(question.da, "Hvorfor er flytningen først meldt nu?");
    let reason = [("late_reason", json!("Lå på sygehus"))];
    write(&mut reader, &reason);
    assert!(!reader.state().missing().contains(&"late_reason".to_owned()));
    write(&mut reader, &[("move_date", json!("2026-11-30"))]);
    assert_eq!(reader.state().value("move_date_days_late"), None);
}
