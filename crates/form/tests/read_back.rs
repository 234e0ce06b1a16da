//! What is read to the citizen before they sign: all that they sign for, and nothing that must not be heard.

use serde_json::{Value, json};
use tolkebot_form::{
    Decider, FieldType, FilledBy, FormDefinition, FormReader, ReadBackOptions, Sensitivity,
    SlotStatus,
};
use tolkebot_protocol::{Lang, Role};

fn staff() -> Decider {
    Decider {
        role: Role::Staff,
        account: None,
        at: String::new(),
    }
}

fn filled(values: &[(&str, Value)]) -> FormReader {
    let today = "2026-12-01".parse().expect("a date");
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for (key, value) in values {
        reader.correct(key, value.clone(), &staff()).expect(key);
    }
    reader
}

fn sentences(reader: &FormReader) -> Vec<(String, String)> {
    let lines = reader
        .state()
        .read_back(ReadBackOptions { values_only: true });
    lines.into_iter().map(|line| (line.da, line.uk)).collect()
}

fn family() -> Vec<(&'static str, Value)> {
    vec![
        ("mover.given_names", json!("Oksana")),
        ("mover.surname", json!("Melnyk")),
        ("mover.cpr_number", json!("071185-3422")),
        ("mover.has_mitid", json!(false)),
        ("move_date", json!("2026-12-15")),
        (
            "from.address_line",
            json!("Vestergade 44, 2. tv, 8900 Randers C"),
        ),
        ("to.street_name", json!("Randersvej")),
        ("to.house_number", json!(12)),
        ("to.house_letter", json!("B")),
        ("to.floor", json!("2")),
        ("to.door", json!("th")),
        ("to.postal_code", json!("8200")),
        ("to.mailbox_name", json!("Melnyk")),
        ("dwelling.type", json!("rented_private")),
        ("dwelling.lease_start", json!("2026-12-01")),
        ("host.name", json!("Birgit Thostesen")),
        ("host.phone", json!("+4541073692")),
        ("household.count", json!(2)),
        ("household[0].given_names", json!("Maksym")),
        ("household[0].surname", json!("Melnyk")),
        ("household[0].cpr_number", json!("010315-5021")),
        ("household[0].relation", json!("child")),
        ("arrival.church_membership", json!(false)),
        ("documents.missing", json!(["lease"])),
        ("documents.deadline", json!("2026-12-29")),
        (
            "staff.note",
            json!("Borger oplyser, at hun har haft nøglen siden november."),
        ),
    ]
}

#[test]
fn all_that_is_signed_is_read_in_both_languages() {
    let read = sentences(&filled(&family()));
    let text: Vec<_> = read.iter().map(|(da, uk)| format!("{da}\n{uk}")).collect();
    insta::assert_snapshot!(text.join("\n\n"));
}

#[test]
fn floor_and_door_are_words_in_ukrainian() {
    for (floor, door, end) in [
        (
            "st",
            Some("12"),
            "8200 Aarhus N – «stuen» (перший поверх за українською лічбою), двері 12.",
        ),
        ("kl", None, "8200 Aarhus N – «kælder» (підвал)."),
    ] {
        let mut values = family();
        values.retain(|(key, _)| !["to.floor", "to.door"].contains(key));
        values.push(("to.floor", json!(floor)));
        values.extend(door.map(|door| ("to.door", json!(door))));
        let read = sentences(&filled(&values));
        let (_, uk) = read
            .iter()
            .find(|(_, uk)| uk.contains("Randersvej"))
            .expect("the address");
        assert_eq!(
            *uk,
            format!("Ви переїжджаєте на адресу: Randersvej 12B, {end}")
        );
    }
}

#[test]
fn countries_have_their_ukrainian_names() {
    let read = sentences(&filled(&[
        ("case.move_type", json!("to_abroad")),
        ("departure.date", json!("2026-12-15")),
        ("departure.country", json!("Tyskland")),
        ("from.country", json!("Danmark")),
    ]));
    let uk: Vec<_> = read.iter().map(|(_, uk)| uk.as_str()).collect();
    let uk = uk.join(" ");
    assert!(uk.contains("Країна призначення: Німеччина."), "{uk}");
    assert!(uk.contains("Данія") && !uk.contains("Danmark"), "{uk}");
    assert!(
        read.iter()
            .any(|(da, _)| da.contains("Nyt land: Tyskland."))
    );
}

#[test]
fn no_value_is_left_out_but_those_that_must_not_be_heard() {
    let reader = filled(&family());
    let state = reader.state();
    let read: Vec<String> = state
        .read_back(ReadBackOptions::default())
        .into_iter()
        .flat_map(|line| line.keys)
        .collect();
    for (key, _) in state.slots() {
        let field = state.definition().field(key).expect("a field of the form");
        let unread = field.internal
            || field.kind == FieldType::RefHousehold
            || field.filled_by == FilledBy::System
            || field.sensitivity == Sensitivity::Special;
        if !unread && state.value(key).is_some() {
            assert_eq!(read.iter().filter(|k| *k == key).count(), 1, "{key}");
        }
    }
    for unread in ["staff.note", "arrival.church_membership"] {
        assert!(!read.iter().any(|key| key == unread), "{unread}");
    }
    assert_eq!(state.unread(), ["arrival.church_membership"]);
}

#[test]
fn who_is_protected_hears_neither_the_address_nor_what_leads_there() {
    let mut values = family();
    values.push(("protection.requested", json!(true)));
    let read = sentences(&filled(&values));
    for (da, uk) in &read {
        for secret in [
            "Randersvej",
            "8200",
            "Thostesen",
            "41 07",
            "Boligtype",
            "postkasse",
        ] {
            assert!(!da.contains(secret) && !uk.contains(secret), "{da} / {uk}");
        }
    }
    assert!(read.iter().any(|(da, _)| da.contains("Se den på skærmen")));
    // It is looked at instead, with all that was kept back.
    let unread = filled(&values).state().unread();
    for key in [
        "to.address_line",
        "to.street_name",
        "to.mailbox_name",
        "host.name",
        "dwelling.type",
    ] {
        assert!(unread.iter().any(|k| k == key), "{key} in {unread:?}");
    }
    assert!(read.iter().any(|(da, _)| da.contains("Vestergade 44")));
}

#[test]
fn who_is_protected_does_not_hear_which_clinic_they_chose() {
    let mut values = family();
    values.push(("gp.choice", json!("change")));
    values.push(("gp.clinic_name", json!("Lægehuset Randersvej")));
    let clinic = |read: &[(String, String)]| read.iter().any(|(da, _)| da.contains("Lægehuset"));
    assert!(clinic(&sentences(&filled(&values))));
    values.push(("protection.requested", json!(true)));
    let reader = filled(&values);
    let read = sentences(&reader);
    assert!(!clinic(&read), "{read:?}");
    assert!(read.iter().any(|(da, _)| da == "Du vælger ny læge."));
    let unread = reader.state().unread();
    assert!(unread.iter().any(|key| key == "gp.clinic_name"));
    assert!(!unread.iter().any(|key| key == "gp.choice"), "{unread:?}");
}

/// The sentences are what is signed for: a son who stays where he is does not move by them.
#[test]
fn who_reports_for_somebody_else_is_not_told_that_they_move() {
    let addressed = |text: &str| {
        let mut words = text
            .split(|c: char| !c.is_alphabetic())
            .map(str::to_lowercase);
        words.any(|word| {
            let you = ["du", "dig", "dit", "din", "dine", "jer", "jeres"];
            let formal = [
                "ви",
                "вас",
                "вам",
                "вами",
                "ваш",
                "ваша",
                "ваше",
                "ваші",
                "вашого",
            ];
            you.contains(&word.as_str()) || formal.contains(&word.as_str())
        })
    };
    let moves: [&[(&str, Value)]; 4] = [
        &[("from.country", json!("Danmark"))],
        &[
            ("case.move_type", json!("from_abroad")),
            ("from.country", json!("Ukraine")),
            ("from.foreign_address", json!("Kharkiv, Sumska 12")),
        ],
        &[
            ("case.move_type", json!("to_abroad")),
            ("departure.date", json!("2026-12-15")),
            ("departure.country", json!("Tyskland")),
            ("household.count", json!(1)),
        ],
        &[("case.move_type", json!("no_fixed_address"))],
    ];
    let choices = [
        ("keep", false),
        ("change", true),
        ("first", false),
        ("later", true),
    ];
    for (at, extra) in moves.iter().enumerate() {
        for (gp, protected) in choices {
            let mut values = match at {
                // Nobody else.
                2 => family()
                    .into_iter()
                    .filter(|(key, _)| !key.starts_with("household"))
                    .collect(),
                _ => family(),
            };
            values.extend(extra.iter().cloned());
            values.push(("gp.choice", json!(gp)));
            values.push(("to.co_name", json!("Thostesen")));
            values.push(("protection.requested", json!(protected)));
            let own = sentences(&filled(&values));
            assert!(own.iter().any(|(da, uk)| addressed(da) && addressed(uk)));
            for (key, value) in [
                ("case.reporter_role", json!("power_of_attorney")),
                ("case.reporter_role", json!("guardian")),
                ("case.reporter_role", json!("institution")),
                ("case.reporter_role", json!("custody_holder")),
                ("poa.used", json!(true)),
            ] {
                let mut values = values.clone();
                values.push((key, value));
                let read = sentences(&filled(&values));
                for (da, uk) in &read {
                    assert!(!addressed(da) && !addressed(uk), "{da} / {uk}");
                }
                // Nothing is left out by it.
                let keys = |values: &[(&str, Value)]| {
                    let reader = filled(values);
                    let lines = reader.state().read_back(ReadBackOptions::default());
                    let keys = lines.into_iter().flat_map(|line| line.keys);
                    keys.collect::<Vec<_>>()
                };
                let (own, now) = (keys(&values[..values.len() - 1]), keys(&values));
                for key in own {
                    assert!(now.contains(&key) || key == "case.reporter_role", "{key}");
                }
            }
        }
    }
}

#[test]
fn who_is_protected_already_does_not_hear_where_they_still_live() {
    let mut values = family();
    values.push(("protection.existing", json!(true)));
    for (da, uk) in &sentences(&filled(&values)) {
        for secret in ["Vestergade", "8900", "Randersvej"] {
            assert!(!da.contains(secret) && !uk.contains(secret), "{da} / {uk}");
        }
    }
    let unread = filled(&values).state().unread();
    for key in ["from.address_line", "to.address_line"] {
        assert!(unread.iter().any(|k| k == key), "{key} in {unread:?}");
    }
}

#[test]
fn a_note_of_the_authority_needs_no_new_read_back() {
    let mut reader = filled(&family());
    reader.mark_read_back();
    reader
        .correct("staff.note", json!("Ny oplysning."), &staff())
        .expect("a note");
    assert_eq!(
        reader.state().changed_since_read_back(),
        Vec::<String>::new()
    );
    reader
        .correct("to.mailbox_name", json!("Kovalenko"), &staff())
        .expect("a name");
    assert_eq!(
        reader.state().changed_since_read_back(),
        ["to.mailbox_name"]
    );
}

/// The line and its parts are signed together: whoever changes a part means another address.
#[test]
fn an_address_that_was_confirmed_follows_a_part_that_is_changed() {
    let parts = [
        ("to.street_name", json!("Randersvej")),
        ("to.house_number", json!(12)),
        ("to.floor", json!("3")),
        ("to.door", json!("th")),
        ("to.postal_code", json!("8200")),
    ];
    let status = |reader: &FormReader| reader.state().slot("to.address_line").map(|s| s.status);
    let mut reader = filled(&parts);
    reader.confirm("to.address_line", &staff()).expect("a line");
    // Vouching for a part as it stands changes nothing.
    reader.confirm("to.floor", &staff()).expect("a floor");
    assert_eq!(status(&reader), Some(SlotStatus::Confirmed));
    reader
        .correct("to.floor", json!("2"), &staff())
        .expect("a floor");
    assert_eq!(
        reader.state().text("to.address_line"),
        Some("Randersvej 12, 2. th, 8200 Aarhus N")
    );
    assert_eq!(status(&reader), Some(SlotStatus::Proposed));
    for (da, uk) in sentences(&reader) {
        assert!(
            !da.contains("3. th") && !uk.contains("3. th"),
            "{da} / {uk}"
        );
    }
    // A line of its own stands as long as there are not enough parts for another one.
    let line = ("to.address_line", json!("Randersvej 12, 8200 Aarhus N"));
    let reader = filled(&[line, ("to.floor", json!("2"))]);
    assert_eq!(status(&reader), Some(SlotStatus::Corrected));
}

#[test]
fn no_address_is_written_beside_parts_that_say_otherwise() {
    let parts = [
        ("to.street_name", json!("Randersvej")),
        ("to.house_number", json!(12)),
        ("to.postal_code", json!("8200")),
    ];
    let write = |reader: &FormReader, line: &str| {
        let state = reader.state();
        state.write("to.address_line", json!(line), &staff())
    };
    let (same, other) = (
        "Randersvej 12, 8200 Aarhus N",
        "Randersvej 21, 8200 Aarhus N",
    );
    assert_eq!(write(&filled(&parts), same), Ok(json!(same)));
    let refused = write(&filled(&parts), other).expect_err("another house");
    assert!(!refused.to_string().contains("21"), "{refused}");
    assert_eq!(write(&filled(&parts[..2]), other), Ok(json!(other)));
}

#[test]
fn whom_the_protection_covers_is_read_by_name() {
    let mut values = family();
    values.push(("protection.requested", json!(true)));
    let persons = json!(["mover", "household[0]"]);
    values.push(("protection.persons", persons.clone()));
    let mut reader = filled(&values);
    let names = "Oksana Melnyk, Maksym Melnyk";
    let read = sentences(&reader);
    let line = |what: &str| format!("{what}: {names}.");
    let (da, uk) = (line("Beskyttelsen gælder"), line("Захист стосується"));
    assert!(read.contains(&(da, uk)), "{read:?}");
    // Without a name the row is all there is.
    for part in ["given_names", "surname"] {
        let key = format!("household[0].{part}");
        reader.clear(&key, &staff()).expect(part);
    }
    let state = reader.state();
    let shown = state.show("protection.persons", &persons, Lang::Da);
    assert_eq!(shown, "Oksana Melnyk, Medflytter 1");
    let child = state.show("children[0].person", &json!("mover"), Lang::Uk);
    assert_eq!(child, "Oksana Melnyk");
}

/// Nobody signs a promise that the municipality does not make, or a spelling for a paper that it was not taken from.
#[test]
fn the_host_and_the_name_are_read_as_the_form_has_them() {
    let read = |more: &[(&'static str, Value)]| {
        let mut values = family();
        values.extend(more.iter().cloned());
        sentences(&filled(&values))
    };
    let host = |status: Option<&str>, role: &str| {
        let mut more = vec![("host.role", json!(role))];
        more.extend(status.map(|status| ("host.consent_status", json!(status))));
        let lines = read(&more).into_iter();
        let mut of_host = lines.filter(|(da, _)| da.contains("Thostesen"));
        of_host.next().expect("the host")
    };
    for status in [None, Some("missing")] {
        for role in ["owner", "tenant"] {
            let (da, uk) = host(status, role);
            assert!(da.contains("Vi sender") && da.contains("bor hos"), "{da}");
            assert!(uk.contains("надішлемо") && uk.contains("живете"), "{uk}");
        }
    }
    let plain = (
        "Logivært: Birgit Thostesen.".to_owned(),
        "Особа, яка надає житло: Birgit Thostesen.".to_owned(),
    );
    for status in ["signed", "requested", "refused", "not_needed"] {
        for role in ["owner", "tenant", "landlord"] {
            assert_eq!(host(Some(status), role), plain, "{status}, {role}");
        }
    }
    assert_eq!(host(None, "landlord"), plain);
    for (source, passport) in [
        (Some("passport"), true),
        (Some("cpr"), false),
        (Some("residence_card"), false),
        (None, false),
    ] {
        let more = source.map(|source| ("mover.name_source", json!(source)));
        let lines = read(more.as_slice());
        let (da, uk) = &lines[0];
        assert!(da.contains("Oksana Melnyk") && uk.contains("Oksana Melnyk"));
        assert_eq!(da.contains("passet"), passport, "{da}");
        assert_eq!(uk.contains("паспорті"), passport, "{uk}");
    }
}
