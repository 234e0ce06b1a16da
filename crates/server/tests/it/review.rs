//! From the filled form to the folder: read-back, signature, second person, handing in.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::Speaker;

use crate::common::{Call, Client, FakeConversation, House, ink};
use crate::desk::{desk, sign_in, staffed, stage};

async fn review(house: &House, cookie: &str, case: &str) -> Value {
    let path = format!("/api/cases/{case}/review");
    let answer = house.get(&path, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_case_goes_from_the_counter_to_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    desk.settle_e_mail().await;
    let digest = desk.sign().await;
    // The read-back was spoken, in Ukrainian.
    let talk = house.pipe.conversation(0).await;
    let said = |call: &Call| matches!(call, Call::Said(Speaker::Citizen, text) if text.contains("Randersvej 95"));
    talk.called(said).await;

    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    let bo = sign_in(&house, "bo").await;
    let queue = house.get("/api/review", &[("cookie", &bo)]).await.json();
    assert_eq!(queue[0]["case"], desk.case.as_str());
    assert_eq!(queue[0]["sent_by"], "anne");
    assert_eq!(queue[0]["may_approve"], true);
    assert_eq!(queue[0]["settled"], queue[0]["total"]);
    assert_eq!(queue[0]["move_type"], "domestic_within_municipality");
    assert_eq!(queue[0]["move_date"], "2026-12-05");
    assert_eq!(queue[0]["report_by"], "2026-12-10");
    assert_eq!(queue[0]["deadline"], "open");
    assert_eq!(queue[0]["returned"], 0);
    let seen = review(&house, &bo, &desk.case).await;
    assert_eq!(seen["stage"]["digest"], digest.as_str());
    assert_eq!(seen["log_intact"], true);
    // Whose signature it is stays with it.
    assert_eq!(seen["stage"]["signature"]["signer"], "Oksana Kovalenko");
    let history = seen["history"].as_array().unwrap();
    assert!(history.len() > 20);
    // Who took the steps at the counter stands in the log, too.
    for step in ["read_back_given", "sent_to_review"] {
        let line = history.iter().find(|line| line["kind"] == step);
        assert_eq!(line.unwrap()["by"], "anne", "{step}");
    }
    // And who wrote a value; the tablet is nobody's account.
    let of = |kind: &str, actor: &str| {
        let line = history
            .iter()
            .find(|line| line["kind"] == kind && line["actor"] == actor);
        line.unwrap()["by"].clone()
    };
    assert_eq!(of("case_opened", "staff"), "anne");
    assert_eq!(of("slot_corrected", "staff"), "anne");
    assert_eq!(of("slot_confirmed", "staff"), "anne");
    assert_eq!(of("slot_cleared", "staff"), "anne");
    assert_eq!(of("slot_confirmed", "citizen"), Value::Null);

    // Not with another digest than that of what was signed, and by nobody but the supervisor.
    let approve = format!("/api/cases/{}/review/approve", desk.case);
    let wrong = json!({"digest": "0".repeat(64)}).to_string();
    let right = json!({"digest": digest}).to_string();
    for (cookie, body, status) in [
        (&bo, &wrong, 409),
        (&desk.anne, &right, 403),
        (&sign_in(&house, "eva").await, &right, 403),
    ] {
        let refused = house.post(&approve, &[("cookie", cookie)], body).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    let approved = house.post(&approve, &[("cookie", &bo)], &right).await;
    assert_eq!(approved.status, 200, "{}", approved.text());
    stage(&mut desk.staff, "submitted").await;

    let folder = data.path().join("submitted").join(&desk.case);
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["values_sha256"], digest.as_str());
    for file in manifest["files"].as_array().unwrap() {
        let bytes = std::fs::read(folder.join(file["name"].as_str().unwrap())).unwrap();
        let sum = tolkebot_document::sha256_hex(&bytes);
        assert_eq!(file["sha256"], sum.as_str(), "{file}");
    }
    let pdf = std::fs::read(folder.join("form.pdf")).unwrap();
    let found = tolkebot_document::verify(&pdf, &[]).unwrap();
    assert!(found.is_intact(), "{:?}", found.findings);
    assert_eq!((found.signature, found.draft), (Some(true), false));
    assert_eq!(found.seals.len(), 1);

    // It is over: nothing can be changed or given up.
    desk.staff
        .send(json!({"type": "correct_slot", "key": "move_date", "value": "2026-12-06"}))
        .await;
    desk.staff.until_error("not_allowed").await;
    desk.staff
        .send(json!({"type": "cancel_case", "reason": "for sent"}))
        .await;
    desk.staff.until_error("not_allowed").await;
    // The citizen takes a copy home.
    let path = format!("/api/cases/{}/receipt.pdf", desk.case);
    let receipt = house.get(&path, &[("cookie", &desk.anne)]).await;
    assert!(receipt.body.starts_with(b"%PDF"));
    assert!(receipt.head.contains("kvittering-"), "{}", receipt.head);
}

#[tokio::test]
async fn a_returned_case_comes_back_corrected() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let receipt = format!("/api/cases/{}/receipt.html", desk.case);
    let anne = desk.anne.clone();
    let anne = [("cookie", anne.as_str())];
    // Of what nobody signed nothing was received.
    assert_eq!(house.get(&receipt, &anne).await.status, 409);
    desk.sign().await;
    let page = house.get(&receipt, &anne).await;
    assert!(page.text().contains("modtaget den 24. november 2026"));
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    let bo = sign_in(&house, "bo").await;
    let path = format!("/api/cases/{}/review/return", desk.case);
    for body in [
        json!({"reason": "  "}),
        json!({"reason": "x", "comments": [{"key": "no.such", "text": "y"}]}),
        json!({"reason": "x".repeat(2001)}),
        // Nobody moves along: the form has no such person.
        json!({"reason": "x", "comments": [{"key": "household[7].surname", "text": "y"}]}),
        json!({"reason": "x", "comments": [{"key": "move_date", "text": "  "}]}),
        json!({"reason": "x", "comments": [
            {"key": "move_date", "text": "y"},
            {"key": "move_date", "text": "z"},
        ]}),
    ] {
        let refused = house
            .post(&path, &[("cookie", &bo)], &body.to_string())
            .await;
        assert_eq!(refused.status, 422, "{}", refused.text());
    }
    let body = json!({
        "reason": "Husnummeret passer ikke",
        "comments": [{"key": "to.house_number", "text": "Er det 97?"}],
    });
    let returned = house
        .post(&path, &[("cookie", &bo)], &body.to_string())
        .await;
    assert_eq!(returned.status, 200, "{}", returned.text());
    // The counter sees it without asking.
    let back = stage(&mut desk.staff, "returned").await;
    assert_eq!(back["returned_because"], "Husnummeret passer ikke");
    assert_eq!(back["comments"][0]["key"], "to.house_number");
    desk.put_right().await;
    assert_eq!(house.get(&receipt, &anne).await.status, 409);
    desk.sign().await;
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    let seen = review(&house, &bo, &desk.case).await;
    assert_eq!(
        seen["changed_since_return"],
        json!([
            {
                "key": "to.address_line",
                "before": "Randersvej 95, 8200 Aarhus N",
                "after": "Randersvej 97, 8200 Aarhus N",
            },
            {"key": "to.house_number", "before": "95", "after": "97"},
        ])
    );
    // What was asked for can be read beside it, and that it is not the first time.
    let history = seen["history"].as_array().unwrap();
    let asked = history.iter().find(|line| line["kind"] == "returned");
    assert_eq!(
        asked.unwrap()["comments"],
        json!([{"key": "to.house_number", "text": "Er det 97?"}])
    );
    let queue = house.get("/api/review", &[("cookie", &bo)]).await.json();
    assert_eq!(queue[0]["returned"], 1);
}

/// CPR-loven § 12: five days after the move.
#[tokio::test]
async fn what_the_deadline_presses_comes_first() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    house.clock.advance(16 * 24 * 3600); // 10 December
    let mut sent = Vec::new();
    for day in ["2026-12-20", "2026-12-07", "2026-12-04"] {
        let mut desk = desk(&house).await;
        let write = json!({"type": "correct_slot", "key": "move_date", "value": day});
        desk.staff.send(write).await;
        desk.staff
            .until_event("slot_corrected", |e| e["value"] == day)
            .await;
        desk.staff.until("stage").await;
        if day == "2026-12-04" {
            // A day late: the form asks why.
            let why = json!({"type": "correct_slot", "key": "late_reason", "value": "Var syg"});
            desk.staff.send(why).await;
            desk.staff
                .until_event("slot_corrected", |e| e["key"] == "late_reason")
                .await;
            desk.staff.until("stage").await;
        }
        desk.sign().await;
        desk.staff.send(json!({"type": "send_to_review"})).await;
        stage(&mut desk.staff, "in_review").await;
        sent.push(desk.case.clone());
        house.clock.advance(60);
    }
    let bo = sign_in(&house, "bo").await;
    let queue = house.get("/api/review", &[("cookie", &bo)]).await.json();
    let lines: Vec<_> = queue.as_array().unwrap().iter().collect();
    let deadlines: Vec<_> = lines.iter().map(|line| &line["deadline"]).collect();
    assert_eq!(deadlines, ["passed", "near", "open"]);
    let cases: Vec<_> = lines
        .iter()
        .map(|line| line["case"].as_str().unwrap())
        .collect();
    assert_eq!(cases, [&sent[2], &sent[1], &sent[0]]);
    // How long each waits is still seen, and what the rules warn of.
    let ages: Vec<_> = lines
        .iter()
        .map(|line| line["age_s"].as_u64().unwrap())
        .collect();
    assert!(ages[0] < ages[1] && ages[1] < ages[2], "{ages:?}");
    assert!(lines[0]["warnings"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn a_form_is_read_out_and_signed_after_the_conversation_has_ended() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    desk.staff.send(json!({"type": "end_conversation"})).await;
    desk.tablet
        .until_event("conversation_ended", |_| true)
        .await;
    // A tablet that left can be brought back for it.
    let path = format!("/api/cases/{}/pairing", desk.case);
    let pairing = house.post(&path, &[("cookie", &desk.anne)], "{}").await;
    let code = pairing.json()["code"].as_str().unwrap().to_owned();
    let paired = house.pair(&code).await;
    desk.tablet = house.client(&paired.ticket, None).await;
    desk.tablet
        .until_that("stage", |s| s["state"] == "open")
        .await;
    desk.sign().await;
    let mut seen = desk.tablet.seen.iter();
    let reading = seen.rfind(|m| m["state"] == "read_back").unwrap();
    let lines = reading["read_back"].as_array().unwrap().len();
    while spoken(&desk.tablet) < lines {
        desk.tablet.next().await;
    }
    // Nobody talks any more: the interpreter is free for others.
    let talk = house.pipe.conversation(1).await;
    talk.called(|call| *call == Call::Close).await;
}

/// How many pieces of speech the tablet was sent.
fn spoken(tablet: &Client) -> usize {
    let seen = tablet.seen.iter();
    seen.filter(|m| m["type"] == "speech").count()
}

/// How many sentences the interpreter was told to say.
fn said(talk: &FakeConversation) -> usize {
    let calls = talk.calls();
    calls.iter().filter(|c| matches!(c, Call::Said(..))).count()
}

#[tokio::test]
async fn the_citizen_has_it_read_again() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let again = json!({"type": "read_again"});
    desk.tablet.send(again.clone()).await;
    desk.tablet.until_error("not_allowed").await;
    desk.confirm().await;
    let talk = house.pipe.conversation(0).await;
    let once = said(&talk);
    assert!(once > 5);
    while spoken(&desk.tablet) < once {
        desk.tablet.next().await;
    }
    desk.staff.send(again.clone()).await;
    desk.staff.until_error("not_allowed").await;
    // The next sentences never come out of this voice.
    talk.mute.store(true, Ordering::SeqCst);
    desk.tablet.send(again.clone()).await;
    desk.tablet.settle().await;
    assert_eq!(said(&talk), 2 * once);
    desk.tablet.send(again).await;
    desk.tablet.until_error("too_fast").await;
    assert_eq!(said(&talk), 2 * once);
}

#[tokio::test]
async fn a_read_back_that_is_given_while_the_last_words_come_out_is_spoken_after_them() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let talk = house.pipe.conversation(0).await;
    talk.drains.store(false, Ordering::SeqCst);
    desk.staff.send(json!({"type": "end_conversation"})).await;
    desk.staff.settle().await;
    desk.confirm().await;
    assert_eq!(said(&talk), 0);
    desk.tablet.send(json!({"type": "read_again"})).await;
    desk.tablet.until_error("too_fast").await;
    for speaker in [Speaker::Staff, Speaker::Citizen] {
        talk.send(PipeEvent::Drained { speaker }).await;
    }
    desk.tablet.until_that("speech", |_| true).await;
    let reader = house.pipe.conversation(1).await;
    reader.called(|call| matches!(call, Call::Said(..))).await;
}

#[tokio::test]
async fn screens_that_show_something_old_cannot_sign_and_a_change_voids() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let old = "0".repeat(64);
    desk.staff
        .send(json!({"type": "read_back", "digest": old}))
        .await;
    desk.staff.until_error("slot_changed").await;
    desk.tablet
        .send(json!({"type": "sign", "digest": old, "ink": ink()}))
        .await;
    desk.tablet.until_error("slot_changed").await;
    desk.sign().await;
    // A second signature, a signature of nothing, staff in the citizen's place.
    let nothing = json!({"width": 10, "height": 10, "strokes": []});
    desk.tablet
        .send(json!({"type": "sign", "digest": old, "ink": nothing}))
        .await;
    desk.tablet.until_error("bad_message").await;
    desk.staff
        .send(json!({"type": "confirm_read_back", "digest": old}))
        .await;
    desk.staff.until_error("slot_changed").await;
    desk.staff
        .send(json!({"type": "correct_slot", "key": "to.house_number", "value": 97}))
        .await;
    let void = stage(&mut desk.tablet, "open").await;
    assert_eq!(void["signature"]["void"], true);
    let path = format!("/api/cases/{}/form.pdf", desk.case);
    let pdf = house.get(&path, &[("cookie", &desk.anne)]).await.body;
    assert_eq!(
        tolkebot_document::verify(&pdf, &[]).unwrap().signature,
        Some(false)
    );
    desk.staff.send(json!({"type": "send_to_review"})).await;
    desk.staff.until_error("not_allowed").await;
    // Nothing went out.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!data.path().join("submitted").exists());
}

#[tokio::test]
async fn the_queue_is_for_supervisors_only() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let desk = desk(&house).await;
    assert_eq!(house.get("/api/review", &[]).await.status, 401);
    for who in ["anne", "eva"] {
        let cookie = sign_in(&house, who).await;
        let refused = house.get("/api/review", &[("cookie", &cookie)]).await;
        assert_eq!(refused.status, 403, "{who}");
    }
    let bo = sign_in(&house, "bo").await;
    // A case that nobody sent is nobody's to review.
    let queue = house.get("/api/review", &[("cookie", &bo)]).await.json();
    assert_eq!(queue, json!([]));
    let path = format!("/api/cases/{}/review/return", desk.case);
    let body = json!({"reason": "x"}).to_string();
    let refused = house.post(&path, &[("cookie", &bo)], &body).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    let nobody = house
        .get("/api/cases/nobody/review", &[("cookie", &bo)])
        .await;
    assert_eq!(nobody.status, 404);
}
