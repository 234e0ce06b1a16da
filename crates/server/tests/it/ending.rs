//! How a conversation ends while microphones are on and words are on their way.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tolkebot_casework::MemoryStore;
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::Speaker;

use crate::common::{Call, Client, Conversation, Flaky, config, house, house_with, log_of};
use crate::desk::{desk, staffed_with, stage};

/// Switches the tablet's microphone on and has it heard.
async fn speaks(c: &mut Conversation) {
    c.tablet.start_audio().await;
    c.tablet.send_binary(vec![1; 640]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Citizen, 320))
        .await;
}

/// Sends sound that the client cannot know to be in vain, and waits until it was looked at.
async fn goes_on(client: &mut Client) {
    for _ in 0..3 {
        client.send_binary(vec![1; 640]).await;
    }
    client.settle().await;
}

/// The codes of the errors that a client was told of, without those that it asked for itself.
fn errors(client: &Client) -> Vec<&Value> {
    let errors = client.seen.iter().filter(|m| m["type"] == "error");
    errors
        .map(|m| &m["code"])
        .filter(|code| *code != "bad_message")
        .collect()
}

async fn drained(c: &Conversation) {
    for speaker in [Speaker::Staff, Speaker::Citizen] {
        c.talk.send(PipeEvent::Drained { speaker }).await;
    }
}

#[tokio::test]
async fn an_open_microphone_is_not_blamed_for_the_end_of_the_conversation() {
    let mut config = config();
    config.timeouts.drain_s = 30;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    speaks(&mut c).await;
    c.talk.drains.store(false, Ordering::SeqCst);
    c.staff.send(json!({"type": "end_conversation"})).await;
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    goes_on(&mut c.tablet).await;
    assert_eq!(errors(&c.tablet), Vec::<&Value>::new());
    // Somebody who comes back meanwhile switches the microphone on that was on.
    let ticket = c.tablet.resume_ticket.clone();
    c.tablet.vanish();
    c.tablet = house.client(&ticket, None).await;
    c.tablet.start_audio().await;
    goes_on(&mut c.tablet).await;
    assert_eq!(errors(&c.tablet), Vec::<&Value>::new());
    drained(&c).await;
    c.tablet.until_event("conversation_ended", |_| true).await;
    goes_on(&mut c.tablet).await;
    assert_eq!(errors(&c.tablet), Vec::<&Value>::new());
    let pushed = |call: &&Call| matches!(call, Call::Push(..));
    assert_eq!(c.talk.calls().iter().filter(pushed).count(), 1);
    // Whoever switches it on anew is told.
    c.tablet.send(json!({"type": "end_audio"})).await;
    c.tablet.start_audio().await;
    c.tablet.until_error("not_allowed").await;
}

/// It would switch itself off, and stay off when the server is back.
#[tokio::test]
async fn an_open_microphone_is_not_blamed_for_a_stop() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    speaks(&mut c).await;
    store.stall(true);
    c.talk.settle(Speaker::Staff, "Vent lidt.").await;
    let stop = tokio::spawn(house.server.shutdown());
    // Nothing is in the pipe any more, but something is still being stored.
    c.talk.called(|call| *call == Call::Close).await;
    goes_on(&mut c.tablet).await;
    store.stall(false);
    let mut told = errors(&c.tablet);
    // As on a slow machine.
    told.retain(|code| *code != "not_saved");
    assert_eq!(told, Vec::<&Value>::new());
    assert_eq!(c.tablet.until_closed().await.0, "shutting_down");
    stop.await.unwrap();
}

#[tokio::test]
async fn an_open_microphone_is_not_blamed_for_an_interpreter_that_stopped() {
    let house = house().await;
    let mut c = house.conversation().await;
    speaks(&mut c).await;
    c.talk.break_down();
    c.tablet.until_error("engine_failed").await;
    goes_on(&mut c.tablet).await;
    assert_eq!(errors(&c.tablet), ["engine_failed"]);
    c.tablet.start_audio().await;
    c.tablet.send_binary(vec![1; 64]).await;
    let talk = house.pipe.conversation(1).await;
    talk.called(|call| *call == Call::Push(Speaker::Citizen, 32))
        .await;
    // One that goes on although it was told is told that nobody hears it.
    talk.break_down();
    c.tablet.until_error("engine_failed").await;
    tokio::time::sleep(Duration::from_millis(3_200)).await;
    c.tablet.send_binary(vec![1; 64]).await;
    c.tablet.until_error("bad_audio").await;
}

#[tokio::test]
async fn an_open_microphone_is_not_blamed_for_a_case_that_was_given_up() {
    let house = house().await;
    let mut c = house.conversation().await;
    speaks(&mut c).await;
    let give_up = json!({"type": "cancel_case", "reason": "Forkert sag."});
    c.staff.send(give_up).await;
    c.tablet.until_event("cancelled", |_| true).await;
    goes_on(&mut c.tablet).await;
    assert_eq!(errors(&c.tablet), Vec::<&Value>::new());
    c.tablet.send(json!({"type": "end_audio"})).await;
    c.tablet.start_audio().await;
    c.tablet.until_error("not_allowed").await;
}

#[tokio::test]
async fn a_case_that_was_given_up_takes_no_place_of_an_interpreter() {
    let mut config = config();
    config.timeouts.drain_s = 30;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    speaks(&mut c).await;
    c.talk.drains.store(false, Ordering::SeqCst);
    let give_up = json!({"type": "cancel_case", "reason": "Forkert sag."});
    c.staff.send(give_up).await;
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    // What was being said is written down.
    let number = c.talk.settle(Speaker::Citizen, "Хвилинку.").await;
    c.staff
        .until_event("utterance_settled", |e| e["id"] == number)
        .await;
    drained(&c).await;
    c.talk.called(|call| *call == Call::Close).await;
    // The screens stay, and are loaded anew.
    let ticket = c.staff.resume_ticket.clone();
    c.staff.vanish();
    let mut staff = house.client(&ticket, None).await;
    staff.until_event("cancelled", |_| true).await;
    staff.settle().await;
    assert_eq!(house.pipe.opened(), 1);
}

#[tokio::test]
async fn a_signed_case_that_is_looked_at_takes_no_place_before_somebody_speaks() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = data.path().to_owned();
    config.timeouts.linger_s = 0;
    let house = staffed_with(config).await;
    let mut desk = desk(&house).await;
    desk.sign().await;
    let ticket = desk.staff.resume_ticket.clone();
    desk.tablet.vanish();
    desk.staff
        .until_that("presence", |m| m["citizen"] == 0)
        .await;
    desk.staff.vanish();
    let talk = house.pipe.conversation(0).await;
    talk.called(|call| *call == Call::Close).await;
    let mut staff = house.client(&ticket, None).await;
    stage(&mut staff, "signed").await;
    staff.settle().await;
    assert_eq!(house.pipe.opened(), 1);
    staff.consent("ai_disclosure").await;
    staff.start_audio().await;
    house.pipe.conversation(1).await;
}

/// The conversation has ended for the people in it: a restart must not open it again, nor hide that words are missing.
#[tokio::test]
async fn a_stop_that_meets_the_end_of_a_conversation_keeps_the_end() {
    let mut config = config();
    config.timeouts.drain_s = 1;
    let store = Arc::new(MemoryStore::new());
    let house = house_with(config, store.clone()).await;
    let mut c = house.conversation().await;
    c.talk.drains.store(false, Ordering::SeqCst);
    c.talk.words_wait.store(true, Ordering::SeqCst);
    c.staff.send(json!({"type": "end_conversation"})).await;
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    let stop = tokio::spawn(house.server.shutdown());
    for client in [&mut c.staff, &mut c.tablet] {
        client.until_error("engine_failed").await;
        client.until_event("conversation_ended", |_| true).await;
        assert_eq!(client.until_closed().await.0, "shutting_down");
    }
    stop.await.unwrap();
    let log = log_of(&*store, &c.case);
    assert_eq!(log.last().unwrap()["kind"], "conversation_ended");
}

#[tokio::test]
async fn an_end_that_meets_a_stop_is_kept() {
    let mut config = config();
    config.timeouts.drain_s = 30;
    let store = Arc::new(MemoryStore::new());
    let house = house_with(config, store.clone()).await;
    let mut c = house.conversation().await;
    c.talk.drains.store(false, Ordering::SeqCst);
    let stop = tokio::spawn(house.server.shutdown());
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    // Nobody is told that the conversation has ended before somebody ends it.
    let text = json!({"type": "type_text", "text": "Hov!"});
    c.staff.send(text).await;
    assert_eq!(c.staff.until("error").await["code"], "shutting_down");
    c.staff.send(json!({"type": "end_conversation"})).await;
    c.staff.settle().await;
    drained(&c).await;
    c.tablet.until_event("conversation_ended", |_| true).await;
    stop.await.unwrap();
    let log = log_of(&*store, &c.case);
    assert_eq!(log.last().unwrap()["kind"], "conversation_ended");
}

#[tokio::test]
async fn last_words_and_the_end_are_written_down_although_everybody_has_left() {
    let mut config = config();
    config.timeouts.linger_s = 1;
    config.timeouts.drain_s = 10;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    c.talk.drains.store(false, Ordering::SeqCst);
    c.talk.words_wait.store(true, Ordering::SeqCst);
    c.staff.send(json!({"type": "end_conversation"})).await;
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    c.tablet.vanish();
    c.staff.until_that("presence", |m| m["citizen"] == 0).await;
    c.staff.vanish();
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let talk = &c.talk;
    talk.say(Speaker::Citizen, "Першого грудня.", "Den 1. december.")
        .await;
    talk.words_wait.store(false, Ordering::SeqCst);
    for speaker in [Speaker::Staff, Speaker::Citizen] {
        talk.send(PipeEvent::Drained { speaker }).await;
    }
    let kinds = || {
        let log = log_of(&*house.store, &c.case);
        let kinds = log.iter().map(|e| e["kind"].as_str().unwrap().to_owned());
        kinds.collect::<Vec<_>>()
    };
    for _ in 0..200 {
        if kinds().iter().any(|kind| kind == "conversation_ended") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let last = kinds();
    let wanted = [
        "utterance_settled",
        "translation_settled",
        "conversation_ended",
    ];
    assert_eq!(last[last.len() - 3..], wanted.map(str::to_owned));
}
