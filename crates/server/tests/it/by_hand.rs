//! What a citizen says against a read-back, and signing on paper where nobody can draw.

use serde_json::json;
use tolkebot_document::verify;

use crate::common::ink;
use crate::desk::{desk, staffed, stage};

#[tokio::test]
async fn staff_is_told_that_something_is_wrong_and_nothing_is_signed_meanwhile() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let digest = desk.confirm().await;
    let doubt = json!({"type": "doubt_read_back", "digest": digest});
    desk.staff.send(doubt.clone()).await;
    desk.staff.until_error("not_allowed").await;
    desk.tablet.send(doubt).await;
    let told = desk
        .staff
        .until_that("stage", |s| s["read_back_doubted"] == true)
        .await;
    assert_eq!(told["state"], "read_back");
    assert_eq!(told["read_back_confirmed"], false);
    desk.tablet
        .send(json!({"type": "sign", "digest": digest, "ink": ink()}))
        .await;
    desk.tablet.until_error("not_allowed").await;
    // A mistake of the finger: it is right after all.
    desk.tablet
        .send(json!({"type": "confirm_read_back", "digest": digest}))
        .await;
    desk.staff
        .until_that("stage", |s| {
            s["read_back_confirmed"] == true && s["read_back_doubted"] == false
        })
        .await;
    // Put right, it is read anew and nobody doubts it any more.
    desk.tablet
        .send(json!({"type": "doubt_read_back", "digest": digest}))
        .await;
    desk.staff
        .until_that("stage", |s| s["read_back_doubted"] == true)
        .await;
    desk.staff
        .send(json!({"type": "correct_slot", "key": "to.house_number", "value": 97}))
        .await;
    let open = stage(&mut desk.staff, "open").await;
    assert_eq!(open["read_back_doubted"], false);
}

#[tokio::test]
async fn who_cannot_draw_signs_the_printed_document() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let shown = desk.staff.seen.iter().rfind(|m| m["type"] == "stage");
    let digest = shown.expect("a stage")["digest"]
        .as_str()
        .unwrap()
        .to_owned();
    let signed = json!({"type": "signed_on_paper", "digest": digest});
    // Not before it was read and found right, and not by the citizen's own screen.
    desk.staff.send(signed.clone()).await;
    desk.staff.until_error("not_allowed").await;
    desk.confirm().await;
    desk.tablet.send(signed.clone()).await;
    desk.tablet.until_error("not_allowed").await;
    let path = format!("/api/cases/{}/form.pdf?on_paper=true", desk.case);
    let printed = house.get(&path, &[("cookie", &desk.anne)]).await;
    assert_eq!(printed.status, 200, "{}", printed.text());
    let printed = verify(&printed.body, &[]).unwrap();
    assert_eq!(printed.signature, None);
    desk.staff.send(signed).await;
    let seen = stage(&mut desk.tablet, "signed").await;
    assert_eq!(seen["signature"]["method"], "paper");
    assert_eq!(seen["signature"]["digest"], digest.as_str());
    let path = format!("/api/cases/{}/form.pdf", desk.case);
    let pdf = house.get(&path, &[("cookie", &desk.anne)]).await.body;
    assert_eq!(verify(&pdf, &[]).unwrap().signature, Some(true));
    // Who received it stands in the log, and goes the way of every signed case.
    let event = desk.staff.until_event("signed", |_| true).await;
    assert_eq!(event["by"], "anne");
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
}
