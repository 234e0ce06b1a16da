//! A second person sends a case back: what they looked at, and nothing else.

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
