//! Dead letters: what could not be handed in is seen, with why, and a person has it tried again.

use serde_json::json;
use tolkebot_server::{AccountRole, RetryError, Tries, permits, try_again};

use crate::common::config;
use crate::desk::{desk, sign_in, staffed_with, stage};
use crate::handover::{approved, case, now};

#[tokio::test]
async fn a_dead_letter_is_seen_and_tried_again_by_those_who_may() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = data.path().to_owned();
    // A file where the folder should be.
    config.delivery.directory = data.path().join("way-out");
    config.delivery.attempts = 1;
    std::fs::write(&config.delivery.directory, "in the way").unwrap();
    let way_out = config.delivery.directory.clone();
    let house = staffed_with(config).await;
    let mut desk = desk(&house).await;
    let digest = desk.sign().await;
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    let bo = sign_in(&house, "bo").await;
    let approve = format!("/api/cases/{}/review/approve", desk.case);
    let body = json!({"digest": digest}).to_string();
    assert_eq!(
        house.post(&approve, &[("cookie", &bo)], &body).await.status,
        200
    );
    desk.staff.until_event("document_sealed", |_| true).await;

    let dan = sign_in(&house, "dan").await;
    let list = || async { house.get("/api/outbox", &[("cookie", &dan)]).await.json() };
    let mut lines = list().await;
    for _ in 0..200 {
        if lines[0]["dead"] == true {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        lines = list().await;
    }
    let line = &lines[0];
    assert_eq!(line["case"], desk.case.as_str());
    assert_eq!((&line["dead"], &line["failed"]), (&json!(true), &json!(1)));
    assert_eq!(
        (&line["sealed"], &line["next_at"]),
        (&json!(true), &json!(null))
    );
    let because = line["because"].as_str().unwrap();
    assert!(because.contains("cannot be"), "{because}");
    // What the screen has words for.
    assert_eq!(line["trouble"], "folder");

    let retry = format!("/api/outbox/{}/retry", desk.case);
    assert_eq!(house.get("/api/outbox", &[]).await.status, 401);
    for who in ["anne", "eva"] {
        let cookie = sign_in(&house, who).await;
        assert_eq!(
            house
                .get("/api/outbox", &[("cookie", &cookie)])
                .await
                .status,
            403
        );
        assert_eq!(
            house.post(&retry, &[("cookie", &cookie)], "").await.status,
            403
        );
    }
    let elsewhere = [("cookie", dan.as_str()), ("origin", "https://evil.example")];
    assert_eq!(house.post(&retry, &elsewhere, "").await.status, 403);
    let unknown = house
        .post("/api/outbox/nobody/retry", &[("cookie", &dan)], "")
        .await;
    assert_eq!(unknown.status, 409, "{}", unknown.text());

    // The cause is mended.
    std::fs::remove_file(&way_out).unwrap();
    let done = house.post(&retry, &[("cookie", &dan)], "").await;
    assert_eq!(done.status, 200, "{}", done.text());
    let event = desk.staff.until_event("delivery_retried", |_| true).await;
    assert_eq!((&event["by"], &event["failed"]), (&json!("dan"), &json!(1)));
    assert_eq!(event["actor"], "supervisor");
    stage(&mut desk.staff, "submitted").await;
    assert!(way_out.join(&desk.case).join("manifest.json").exists());
    assert_eq!(list().await, json!([]));
    let over = house.post(&retry, &[("cookie", &bo)], "").await;
    assert_eq!(over.status, 409, "{}", over.text());
}

#[test]
fn what_has_not_failed_is_not_tried_again() {
    let store = approved();
    let refused = try_again(&*store, &case(), None, now());
    assert!(
        matches!(refused, Err(RetryError::NothingFailed(_))),
        "{refused:?}"
    );
    let nobody = tolkebot_protocol::CaseId("nobody".into());
    let refused = try_again(&*store, &nobody, None, now());
    assert!(
        matches!(refused, Err(RetryError::NotWaiting(_))),
        "{refused:?}"
    );
    assert_eq!(Tries::default().failed, 0);
    assert!(permits(
        AccountRole::Admin,
        tolkebot_server::Action::MendDeliveries
    ));
}
