//! A second person decides about a case: what they looked at, and nothing else.

use serde_json::{Value, json};

use crate::common::House;
use crate::desk::{Desk, desk, sign_in, staffed, stage};

/// Signs the form and sends it to review; returns the digest of what the second person looks at then.
async fn sent_to_review(desk: &mut Desk) -> String {
    let digest = desk.sign().await;
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    digest
}

async fn send_back(house: &House, who: &str, case: &str, digest: &str) -> u16 {
    let path = format!("/api/cases/{case}/review/return");
    let body = json!({"digest": digest, "reason": "Se husnummeret."}).to_string();
    let answer = house.post(&path, &[("cookie", who)], &body).await;
    answer.status
}

#[tokio::test]
async fn a_case_that_was_put_right_meanwhile_is_not_sent_back_for_what_stood_there() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let bo = sign_in(&house, "bo").await;
    let old = sent_to_review(&mut desk).await;
    // Two look at it; the first one sends it back.
    assert_eq!(send_back(&house, &bo, &desk.case, &old).await, 200);
    stage(&mut desk.staff, "returned").await;
    desk.put_right().await;
    let new = sent_to_review(&mut desk).await;
    assert_ne!(old, new);

    assert_eq!(send_back(&house, &bo, &desk.case, &old).await, 409);
    let path = format!("/api/cases/{}/review", desk.case);
    let shown: Value = house.get(&path, &[("cookie", &bo)]).await.json();
    assert_eq!(shown["stage"]["state"], "in_review");
    assert_eq!(shown["stage"]["signature"]["void"], false);
    // Whoever looks at what is there now can.
    assert_eq!(send_back(&house, &bo, &desk.case, &new).await, 200);
}

/// The counter notes something for the authority.
async fn note(desk: &mut Desk, text: &str) {
    let write = json!({"type": "correct_slot", "key": "staff.note", "value": text});
    desk.staff.send(write).await;
    desk.staff
        .until_event("slot_corrected", |e| e["value"] == text)
        .await;
}

/// When the note was decided about, as the second person's page shows it.
async fn noted(house: &House, who: &str, case: &str) -> String {
    let path = format!("/api/cases/{case}/review");
    let shown: Value = house.get(&path, &[("cookie", who)]).await.json();
    assert_eq!(shown["stage"]["state"], "in_review");
    let sections = shown["form"]["sections"].as_array().unwrap();
    let mut slots = sections.iter().flat_map(|s| s["slots"].as_array().unwrap());
    let note = slots.find(|slot| slot["key"] == "staff.note").unwrap();
    note["decided"]["at"].as_str().unwrap().to_owned()
}

/// Nobody signs the note, so the digest says nothing of it.
#[tokio::test]
async fn a_note_that_was_changed_meanwhile_is_looked_at_before_the_case_is_decided() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let bo = sign_in(&house, "bo").await;
    note(&mut desk, "Ringer i morgen").await;
    let digest = sent_to_review(&mut desk).await;
    let seen = noted(&house, &bo, &desk.case).await;
    house.clock.advance(60);
    note(&mut desk, "Har vist papirerne").await;

    let decide = async |step: &str, noted: &str| {
        let path = format!("/api/cases/{}/review/{step}", desk.case);
        let mut body = json!({"digest": digest, "noted": noted});
        if step == "return" {
            body["reason"] = json!("Se notatet.");
        }
        let body = body.to_string();
        let answer = house.post(&path, &[("cookie", &bo)], &body).await;
        answer.status
    };
    for step in ["approve", "return"] {
        assert_eq!(decide(step, &seen).await, 409, "{step}");
        assert_eq!(decide(step, "").await, 409, "{step}");
    }
    let now = noted(&house, &bo, &desk.case).await;
    assert_ne!(now, seen);
    assert_eq!(decide("approve", &now).await, 200);
}
