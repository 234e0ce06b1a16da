//! What the citizen's tablet is told, and what not.

use serde_json::{Value, json};

use crate::common::Client;
use crate::desk::{desk, sign_in, staffed, stage};

/// What is staff's: the note, the second person's words, names of accounts.
const STAFFS: [&str; 5] = [
    "nøglen siden 1. december",
    "Etagen mangler",
    "Spørg igen",
    "anne",
    "bo",
];

fn is_silent_about_staffs(client: &Client) {
    fn look(value: &Value) {
        match value {
            Value::String(text) => {
                let told = STAFFS.iter().find(|one| match one.len() {
                    // A name by itself, not in a word.
                    0..=4 => text == *one,
                    _ => text.contains(*one),
                });
                assert_eq!(told, None, "{text}");
            }
            Value::Array(all) => all.iter().for_each(look),
            Value::Object(all) => {
                assert!(all.get("by").is_none_or(Value::is_null), "{value}");
                all.values().for_each(look);
            }
            _ => {}
        }
    }
    client.seen.iter().for_each(look);
}

#[tokio::test]
async fn the_tablet_is_told_nothing_of_what_is_staffs() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    desk.sign().await;
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.tablet, "in_review").await;
    let bo = sign_in(&house, "bo").await;
    let path = format!("/api/cases/{}/review/return", desk.case);
    let comments = json!([{"key": "to.house_number", "text": "Spørg igen."}]);
    let body = json!({"reason": "Etagen mangler.", "comments": comments}).to_string();
    let returned = house.post(&path, &[("cookie", &bo)], &body).await;
    assert_eq!(returned.status, 200, "{}", returned.text());
    let shown = stage(&mut desk.staff, "returned").await;
    assert_eq!(shown["returned_because"], "Etagen mangler.");
    stage(&mut desk.tablet, "returned").await;
    is_silent_about_staffs(&desk.tablet);

    // Nor when it comes back and gets everything anew; the events keep their numbers.
    let pairing = format!("/api/cases/{}/pairing", desk.case);
    let code = house.post(&pairing, &[("cookie", &desk.anne)], "{}").await;
    let body = json!({"code": code.json()["code"]}).to_string();
    let paired = house.post("/api/pair", &[], &body).await;
    let cookie = paired.cookie();
    let mut tablet = house
        .client(paired.json()["ticket"].as_str().unwrap(), None)
        .await;
    stage(&mut tablet, "returned").await;
    is_silent_about_staffs(&tablet);
    let seqs = tablet.seqs();
    assert_eq!(seqs, (1..=*seqs.last().unwrap()).collect::<Vec<_>>());
    let form = tablet.seen.iter().rfind(|m| m["type"] == "form").unwrap();
    assert!(form.to_string().contains("Kovalenko"));
    assert!(!form.to_string().contains("staff.note"));
    // What staff filled in is part of what is signed: it is seen.
    assert!(form.to_string().contains("mover.id_document_type"));

    // It is not the tablet's to change.
    for (kind, value) in [
        ("correct_slot", json!("x")),
        ("confirm_slot", json!("passport")),
        ("clear_slot", Value::Null),
    ] {
        for key in ["staff.note", "mover.name_source"] {
            let mut message = json!({"type": kind, "key": key});
            if !value.is_null() {
                message["value"] = value.clone();
            }
            tablet.send(message).await;
            tablet.until_error("not_allowed").await;
        }
    }

    // Nor over HTTP, where staff sees all of it.
    let path = format!("/api/cases/{}/form.json", desk.case);
    let tablets = house.get(&path, &[("cookie", &cookie)]).await;
    assert_eq!(tablets.status, 200);
    let slots = &tablets.json()["slots"];
    assert_eq!(slots["mover.surname"]["value"], "Kovalenko");
    assert_eq!(
        (
            &slots["staff.note"],
            &slots["mover.surname"]["decided"]["by"]
        ),
        (&Value::Null, &Value::Null)
    );
    let staffs = house.get(&path, &[("cookie", &desk.anne)]).await.json();
    assert_eq!(staffs["slots"]["mover.surname"]["decided"]["by"], "anne");
    assert!(staffs["slots"]["staff.note"]["value"].is_string());
    let evidence = path.replace(".json", ".pdf?evidence=true");
    let refused = house.get(&evidence, &[("cookie", &cookie)]).await;
    assert_eq!(refused.status, 403);
    let staffs = house.get(&evidence, &[("cookie", &desk.anne)]).await;
    assert_eq!(staffs.status, 200);
}
