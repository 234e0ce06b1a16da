//! What happens while somebody writes, and what each side is told of the other.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tolkebot_casework::MemoryStore;
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{Lang, Speaker};

use crate::common::{Client, config, house, house_with};

fn value_of(form: &Value, key: &str) -> Value {
    let sections = form["sections"].as_array().expect("sections");
    let mut slots = sections
        .iter()
        .flat_map(|s| s["slots"].as_array().expect("slots"));
    let slot = slots.find(|slot| slot["key"] == key);
    slot.map_or(Value::Null, |slot| slot["value"].clone())
}

async fn until_value(client: &mut Client, key: &str, value: &Value) {
    client
        .until_that("form", |form| value_of(form, key) == *value)
        .await;
}

#[tokio::test]
async fn what_was_heard_while_somebody_wrote_is_not_written_over() {
    let house = house().await;
    let mut c = house.conversation().await;
    let first = "Я переїжджаю дванадцятого грудня.";
    c.talk.settle(Speaker::Citizen, first).await;
    let day = |d: u8| json!(format!("2026-12-{d}"));
    until_value(&mut c.staff, "move_date", &day(12)).await;
    let then = "Ні, вибачте, чотирнадцятого грудня.";
    c.talk.settle(Speaker::Citizen, then).await;
    until_value(&mut c.staff, "move_date", &day(14)).await;

    let write = |kind: &str, value: Value, seen: Value| json!({"type": kind, "key": "move_date", "value": value, "seen": seen});
    c.staff.send(write("correct_slot", day(13), day(12))).await;
    c.staff.until_error("slot_changed").await;
    c.staff
        .send(json!({"type": "clear_slot", "key": "move_date", "seen": day(12)}))
        .await;
    c.staff.until_error("slot_changed").await;
    // Nothing stood there when the editor was opened.
    c.staff
        .send(write("correct_slot", day(13), Value::Null))
        .await;
    c.staff.until_error("slot_changed").await;
    // Both say the same, or it was seen.
    c.staff.send(write("correct_slot", day(14), day(12))).await;
    c.staff.until_event("slot_corrected", |_| true).await;
    c.staff.send(write("correct_slot", day(13), day(14))).await;
    until_value(&mut c.staff, "move_date", &day(13)).await;
}

#[tokio::test]
async fn each_side_is_told_of_the_others_microphone_and_loudspeaker() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.tablet
        .send(json!({"type": "devices", "microphone": "lost", "voice": false}))
        .await;
    let told = c.staff.until("devices").await;
    let wanted =
        json!({"type": "devices", "role": "citizen", "microphone": "lost", "voice": false});
    assert_eq!(told, wanted);
    c.staff
        .send(json!({"type": "devices", "microphone": "on", "voice": true}))
        .await;
    assert_eq!(c.tablet.until("devices").await["role"], "staff");
    // Whoever comes later is told as well.
    let ticket = c.staff.seen[0]["resume_ticket"]
        .as_str()
        .unwrap()
        .to_owned();
    c.staff.vanish();
    let mut staff = house.client(&ticket, None).await;
    assert_eq!(staff.until("devices").await, wanted);
}

#[tokio::test]
async fn both_screens_are_told_how_far_the_machine_is_behind() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.talk.words_wait.store(true, Ordering::SeqCst);
    let started = |start_ms| PipeEvent::SpeechStarted {
        speaker: Speaker::Citizen,
        start_ms,
    };
    c.talk.send(started(0)).await;
    c.talk.send(started(2_000)).await;
    for client in [&mut c.staff, &mut c.tablet] {
        let told = client.until("behind").await;
        let ms = told["ms"].as_u64().unwrap();
        assert!((5_000..9_000).contains(&ms), "{ms}");
    }
    c.talk.words_wait.store(false, Ordering::SeqCst);
    let number = c.talk.settle(Speaker::Citizen, "Так.").await;
    c.talk.translate(number, Lang::Da, "Ja.").await;
    c.staff.until_that("behind", |told| told["ms"] == 0).await;
}

#[tokio::test]
async fn old_speech_is_not_spoken_into_what_its_listener_says_by_now() {
    let house = house().await;
    let mut c = house.conversation().await;
    let speech = |number, lag_ms| PipeEvent::Speech {
        number,
        lang: Lang::Uk,
        sample_rate: 24_000,
        samples: vec![0.25; 240],
        piece: 0,
        last: true,
        lag_ms,
    };
    let old = c.talk.settle(Speaker::Staff, "Hvor bor du?").await;
    c.talk.translate(old, Lang::Uk, "Де ви живете?").await;
    let answer = c.talk.settle(Speaker::Citizen, "У Скаде.").await;
    c.talk.translate(answer, Lang::Da, "I Skåde.").await;
    c.talk.send(speech(old, 20_000)).await;
    let new = c.talk.settle(Speaker::Staff, "Tak.").await;
    c.talk.translate(new, Lang::Uk, "Дякую.").await;
    c.talk.send(speech(new, 900)).await;
    let spoken = c.tablet.until("speech").await;
    assert_eq!(spoken["utterance"], new);
    // It can be asked for.
    c.tablet
        .send(json!({"type": "speak_again", "utterance": old}))
        .await;
    assert_eq!(c.tablet.until("speech").await["utterance"], old);
}

/// It was heard the first time: then its pieces came one by one.
#[tokio::test]
async fn long_speech_can_be_heard_again() {
    let mut config = config();
    config.limits.queue_bytes = 200 * 1024;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    let number = c.talk.settle(Speaker::Staff, "Læs det her.").await;
    c.talk.translate(number, Lang::Uk, "Прочитайте це.").await;
    const SECONDS: usize = 10;
    for piece in 0..SECONDS {
        let last = piece + 1 == SECONDS;
        c.talk
            .speak(number, Lang::Uk, 24_000, piece as u32, last)
            .await;
        assert_eq!(c.tablet.until_binary().await.len(), 48_000);
    }
    for _ in 0..2 {
        c.tablet
            .send(json!({"type": "speak_again", "utterance": number}))
            .await;
        let mut bytes = 0;
        while bytes < SECONDS * 48_000 {
            bytes += c.tablet.until_binary().await.len();
        }
    }
    c.tablet.settle().await;
}
