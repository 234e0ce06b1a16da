//! What clients send wrongly, too much or too fast, and what they take too slowly.

use crate::common::{Call, Client, Frame, config, house, house_with};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tolkebot_casework::MemoryStore;
use tolkebot_protocol::{Lang, Speaker};

#[tokio::test]
async fn a_message_that_is_not_understood_costs_only_itself() {
    let house = house().await;
    let mut c = house.conversation().await;
    for bad in [
        "not json",
        "[]",
        r#"{"type":"sing"}"#,
        r#"{"type":"consent","notice":"ai_disclosure"}"#,
        r#"{"type":"end_audio","extra":1}"#,
        r#"{"type":"start_audio","sample_rate":"16000"}"#,
        r#"{"type":"hello","ticket":"x"}"#,
    ] {
        c.staff.send_text(bad).await;
        let error = c.staff.until_error("bad_message").await;
        assert_eq!(error["fatal"], false, "{bad}");
    }
    c.staff
        .send(json!({"type": "start_audio", "sample_rate": 44100}))
        .await;
    let error = c.staff.until_error("bad_audio").await;
    assert!(error["message"].as_str().unwrap().contains("44100"));
    c.talk.say(Speaker::Staff, "Hej.", "Привіт.").await;
    c.staff.until_event("utterance_settled", |_| true).await;
    c.tablet.until_event("utterance_settled", |_| true).await;
    assert!(
        !c.tablet.seen.iter().any(|m| m["type"] == "error"),
        "the other side hears nothing"
    );
}

#[tokio::test]
async fn endless_nonsense_ends_the_socket() {
    let mut config = config();
    config.limits.errors_per_minute = 5;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    for _ in 0..6 {
        c.staff.send_text("{}").await;
    }
    assert_eq!(c.staff.until_closed().await, ("bad_message".into(), 4000));
    c.tablet.until_that("presence", |p| p["staff"] == 0).await;
}

#[tokio::test]
async fn sound_must_be_announced_and_whole() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.staff.send_binary(vec![0; 64]).await;
    let error = c.staff.until_error("bad_audio").await;
    assert!(error["message"].as_str().unwrap().contains("start_audio"));
    c.staff.start_audio().await;
    c.staff.send_binary(vec![0; 65]).await;
    c.staff.send_binary(Vec::new()).await;
    c.staff.send_binary(vec![0; 66]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Staff, 33))
        .await;
    assert!(
        !c.talk
            .calls()
            .iter()
            .any(|call| matches!(call, Call::Push(_, 32)))
    );
    tokio::time::sleep(Duration::from_millis(1100)).await; // sound errors are told once a second
    c.staff.send_binary(vec![0; 67]).await;
    let error = c.staff.until_error("bad_audio").await;
    assert!(error["message"].as_str().unwrap().contains("67"));
}

#[tokio::test]
async fn frames_and_texts_have_a_largest_size() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.staff.start_audio().await;
    c.staff.send_binary(vec![0; 64 * 1024]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Staff, 32 * 1024))
        .await;
    c.staff.send_binary(vec![0; 64 * 1024 + 2]).await;
    assert_eq!(c.staff.until_closed().await, ("too_large".into(), 4001));
    let text = json!({"type": "type_text", "text": "x".repeat(20_000)});
    c.tablet.send(text).await;
    assert_eq!(c.tablet.until_closed().await, ("too_large".into(), 4001));
}

#[tokio::test]
async fn sound_may_run_ahead_for_some_seconds_and_not_for_ever() {
    let mut config = config();
    config.limits.audio_burst_s = 3;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    c.staff.start_audio().await;
    for _ in 0..15 {
        c.staff.send_binary(vec![0; 6400]).await; // 200 ms: 3 s together
    }
    c.staff.settle().await;
    assert!(!c.staff.seen.iter().any(|m| m["code"] == "too_fast"));
    for _ in 0..200 {
        c.staff.send_binary(vec![0; 6400]).await;
    }
    let error = c.staff.until_error("too_fast").await;
    assert_eq!(error["fatal"], false);
    // The bucket fills again at two and a half times real time.
    tokio::time::sleep(Duration::from_millis(500)).await;
    c.staff.send_binary(vec![0; 320]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Staff, 160))
        .await;
}

#[tokio::test]
async fn messages_have_a_highest_rate() {
    let mut config = config();
    config.limits.messages_per_s = 1;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    for _ in 0..8 {
        staff.consent("ai_disclosure").await;
    }
    // Which of the two comes first is open: the log is written while messages come in.
    let (mut slowed, mut kept) = (false, false);
    while !(slowed && kept) {
        match staff.next().await {
            Frame::Json(m) => {
                slowed |= m["type"] == "error" && m["code"] == "too_fast";
                kept |= m["type"] == "event" && m["kind"] == "consent_given";
            }
            Frame::Closed(code, reason) => panic!("closed with {code} `{reason}`"),
            Frame::Binary(_) => {}
        }
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_is_let_go_and_nobody_waits_for_it() {
    let mut config = config();
    config.limits.queue_bytes = 1024 * 1024;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    // The tablet reads nothing from here on; staff is interpreted on and on.
    let mut gone = false;
    for n in 0..400 {
        let number = c
            .talk
            .settle(Speaker::Staff, &format!("Sætning {n}."))
            .await;
        c.talk.translate(number, Lang::Uk, "Речення.").await;
        c.talk.speak(number, Lang::Uk, 96_000, 0, true).await;
        c.staff
            .until_event("translation_settled", |e| e["utterance"] == number)
            .await;
        let metrics = house.get("/metrics", &[]).await.text();
        gone = metrics.contains("tolkebot_slow_clients_total 1");
        if gone {
            break;
        }
    }
    assert!(gone, "the slow client was never let go");
    c.staff.until_that("presence", |p| p["citizen"] == 0).await;
    // It may come back and miss nothing.
    let ticket = c.tablet.resume_ticket.clone();
    drop(c.tablet);
    let mut tablet = house.client(&ticket, Some(3)).await;
    tablet
        .until_event("utterance_settled", |e| e["id"] == 1)
        .await;
}

#[tokio::test]
async fn who_is_silent_for_long_is_let_go() {
    let mut config = config();
    config.timeouts.idle_s = 2;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    assert_eq!(staff.until_closed().await, ("idle_timeout".into(), 4012));
}

#[tokio::test]
async fn a_peer_that_answers_no_ping_is_gone() {
    let mut config = config();
    config.timeouts.ping_s = 1;
    config.timeouts.silent_s = 2;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    let paired = house.pair(&opened.pairing.code).await;
    let tablet = house.client(&paired.ticket, None).await;
    // Staff reads on, and so answers pings; the tablet does not read.
    staff.until_that("presence", |p| p["citizen"] == 0).await;
    drop(tablet);
    staff.settle().await;
}

#[tokio::test]
async fn garbage_on_the_wire_disturbs_nobody() {
    let house = house().await;
    let mut c = house.conversation().await;
    for bytes in [
        &b"\x00\xff\xfe"[..],
        b"GET /api/ws HTTP/1.1\r\n\r\n",
        b"POST / HTTP/9\r\n\r\n",
    ] {
        let mut tcp = tokio::net::TcpStream::connect(house.address())
            .await
            .unwrap();
        tcp.write_all(bytes).await.unwrap();
    }
    let _half_open = Client::connect(house.address()).await.unwrap();
    c.talk.say(Speaker::Staff, "Hej.", "Привіт.").await;
    c.tablet.until_event("translation_settled", |_| true).await;
}
