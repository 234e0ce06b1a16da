//! What people and operators are told while the log cannot be written, or is not there any more.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tolkebot_casework::{MasterKey, SqliteStore, Store};
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{Lang, Speaker};

use crate::common::{Client, Flaky, House, config, house_with, log_of};

async fn ready(house: &House) -> (u16, String) {
    let answer = house.get("/readyz", &[]).await;
    (answer.status, answer.text())
}

async fn metric(house: &House, name: &str) -> i64 {
    let text = house.get("/metrics", &[]).await.text();
    let line = text
        .lines()
        .find(|line| line.starts_with(&format!("tolkebot_{name} ")));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok())
        .unwrap()
}

#[tokio::test]
async fn operators_see_that_the_log_cannot_be_written_for_as_long_as_it_lasts() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    assert_eq!(ready(&house).await, (200, "ready\n".to_owned()));
    assert_eq!(metric(&house, "cases_not_saved").await, 0);
    store.full.store(true, Ordering::SeqCst);
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    c.staff.until_error("not_saved").await;
    c.talk.say(Speaker::Citizen, "Два.", "To.").await;
    c.staff.until("draft").await;
    assert_eq!(
        ready(&house).await,
        (503, "the event log cannot be written\n".to_owned())
    );
    assert_eq!(metric(&house, "cases_not_saved").await, 1);
    assert_eq!(metric(&house, "events_waiting").await, 3);

    store.full.store(false, Ordering::SeqCst);
    c.staff.until_event("translation_settled", |_| true).await;
    // Told once everything is shown, so asked behind the next thing that is.
    c.talk.say(Speaker::Staff, "Tre.", "Три.").await;
    c.staff
        .until_event("translation_settled", |e| e["text"] == "Три.")
        .await;
    assert_eq!(ready(&house).await.0, 200);
    assert_eq!(metric(&house, "cases_not_saved").await, 0);
    assert_eq!(metric(&house, "append_failures_total").await, 1);
}

/// Also without a conversation that would notice; and nobody need open a case to find out that it is over.
#[tokio::test]
async fn a_server_that_could_not_open_a_case_is_not_ready_until_it_could_write_again() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    store.full.store(true, Ordering::SeqCst);
    assert_eq!(house.post("/api/cases", &[], "{}").await.status, 503);
    for _ in 0..2 {
        assert_eq!(
            ready(&house).await,
            (503, "the event log cannot be written\n".to_owned())
        );
    }
    store.full.store(false, Ordering::SeqCst);
    assert_eq!(ready(&house).await.0, 200);
}

#[tokio::test]
async fn whoever_asks_is_answered_although_the_log_is_not() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    store.stall(true);
    for _ in 0..2 {
        assert_eq!(
            ready(&house).await,
            (503, "the event log does not answer\n".to_owned())
        );
    }
    store.stall(false);
    assert_eq!(ready(&house).await.0, 200);
}

/// A folder that is removed takes everything with it that is written into its open files afterwards.
#[tokio::test]
async fn what_is_said_after_the_log_was_taken_away_is_not_shown_as_saved() {
    let root = tempfile::tempdir().unwrap();
    let (data, away) = (root.path().join("data"), root.path().join("away"));
    std::fs::create_dir(&data).unwrap();
    let key = MasterKey::read_or_make(&data.join("master.key")).unwrap();
    let store = SqliteStore::open_with(data.join("cases.sqlite"), Some(key)).unwrap();
    let store: Arc<dyn Store> = Arc::new(store);
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    std::fs::rename(&data, &away).unwrap();
    assert_eq!(ready(&house).await.0, 503);
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    c.staff.until_error("not_saved").await;
    c.tablet.until_error("not_saved").await;
    assert_eq!(house.post("/api/cases", &[], "{}").await.status, 503);
    assert!(
        !c.staff
            .seen
            .iter()
            .any(|m| m["kind"] == "utterance_settled")
    );

    std::fs::rename(&away, &data).unwrap();
    c.staff.until_event("utterance_settled", |_| true).await;
    let key = MasterKey::read(&data.join("master.key")).unwrap();
    let again = SqliteStore::inspect(data.join("cases.sqlite"), Some(key)).unwrap();
    assert_eq!(
        log_of(&again, &c.case).last().unwrap()["kind"],
        "utterance_settled"
    );
}

/// Written words too, with the voice switched off: otherwise both screens would stand still.
#[tokio::test]
async fn words_that_are_not_saved_are_seen_with_their_translation() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    store.full.store(true, Ordering::SeqCst);
    // The scripted interpreter translates what is typed by itself.
    for text in ["Jeg hedder Anna.", "Jeg bor her."] {
        let message = json!({"type": "type_text", "text": text});
        c.staff.send(message).await;
        for client in [&mut c.staff, &mut c.tablet] {
            client
                .until_that("partial", |p| p["text"] == text && p["speaker"] == "staff")
                .await;
            client
                .until_that("draft", |d| d["text"] == format!("[{text}]"))
                .await;
        }
    }
    // The translation of earlier words never stands beside newer ones.
    let first = c.talk.settle(Speaker::Citizen, "Ні.").await;
    let second = c.talk.settle(Speaker::Citizen, "Так.").await;
    c.talk.translate(first, Lang::Da, "Nej.").await;
    c.talk.translate(second, Lang::Da, "Ja.").await;
    c.staff.until_that("partial", |p| p["text"] == "Так.").await;
    c.staff.until_that("draft", |d| d["text"] == "Ja.").await;
    assert!(!c.staff.seen.iter().any(|m| m["text"] == "Nej."));
    for client in [&c.staff, &c.tablet] {
        let kept = client
            .seen
            .iter()
            .filter(|m| m["kind"] == "utterance_settled");
        assert_eq!(kept.count(), 0, "nothing is shown as settled");
    }
}

/// What an employee's words that are not settled were to a client, in order; their translation in brackets.
fn unsettled(client: &Client) -> Vec<&str> {
    let staffs = client.seen.iter().filter(|m| m["speaker"] == "staff");
    let unsettled = staffs.filter(|m| m["type"] == "partial" || m["type"] == "draft");
    unsettled.filter_map(|m| m["text"].as_str()).collect()
}

/// Otherwise it would seem lost to whoever said it, and be said again.
#[tokio::test]
async fn whoever_comes_in_meanwhile_sees_what_waits() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    store.full.store(true, Ordering::SeqCst);
    for text in ["Goddag.", "Hvad er dit navn?"] {
        let message = json!({"type": "type_text", "text": text});
        c.staff.send(message).await;
        let translated = format!("[{text}]");
        c.tablet
            .until_that("draft", |d| d["text"] == translated)
            .await;
    }
    let path = format!("/api/cases/{}/ticket", c.case);
    let handed = house.post(&path, &[("cookie", &c.cookie)], "{}").await;
    let ticket = handed.json()["ticket"].as_str().unwrap().to_owned();
    let mut back = house.client(&ticket, None).await;
    back.until("draft").await;
    let all = ["", "Hvad er dit navn?", "[Hvad er dit navn?]"];
    assert_eq!(unsettled(&back), all);
}

#[tokio::test]
async fn words_that_were_not_saved_stand_beside_no_others() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    let typed = |text: &str| json!({"type": "type_text", "text": text});
    store.full.store(true, Ordering::SeqCst);
    c.staff.send(typed("Hvad er dit navn?")).await;
    c.tablet.until("draft").await;
    // What is said next has no translation yet, least of all that one.
    c.talk
        .send(PipeEvent::Partial {
            speaker: Speaker::Staff,
            text: "Hvor".into(),
            settled_chars: 0,
            start_ms: 5_000,
        })
        .await;
    c.tablet
        .until_that("partial", |p| p["text"] == "Hvor")
        .await;
    let name = ["", "Hvad er dit navn?", "[Hvad er dit navn?]"];
    assert_eq!(unsettled(&c.tablet), [&name[..], &["", "Hvor"]].concat());
    // Once they are saved they stand there no longer as if they were being said.
    c.staff.send(typed("Hvor bor du?")).await;
    c.tablet
        .until_that("draft", |d| d["text"] == "[Hvor bor du?]")
        .await;
    store.full.store(false, Ordering::SeqCst);
    let saved = |e: &Value| e["text"] == "Hvor bor du?";
    c.tablet.until_event("utterance_settled", saved).await;
    assert_eq!(unsettled(&c.tablet).last(), Some(&""));
}

#[tokio::test]
async fn a_stop_that_loses_something_says_so() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    store.full.store(true, Ordering::SeqCst);
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    c.staff.until_error("not_saved").await;
    let stop = tokio::spawn(house.server.shutdown());
    for client in [&mut c.staff, &mut c.tablet] {
        assert_eq!(client.until_closed().await, ("not_saved".into(), 4010));
        let goodbye = client
            .seen
            .iter()
            .rev()
            .find(|m| m["type"] == "error")
            .unwrap();
        let message = goodbye["message"].as_str().unwrap();
        assert!(message.contains("say it again"), "{message}");
    }
    stop.await.unwrap();
}
