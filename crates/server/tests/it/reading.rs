//! The form that is read out to the citizen: what ends that, and what does not.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use tolkebot_protocol::{Lang, Speaker};

use crate::common::{Call, Client, FakeConversation, House, config};
use crate::desk::{Desk, desk, staffed, staffed_with, stage};

/// A form that is being read out by a voice that is slower than everybody, and the form's digest.
async fn reading(house: &House) -> (Desk, Arc<FakeConversation>, String) {
    let mut desk = desk(house).await;
    let talk = house.pipe.conversation(0).await;
    talk.mute.store(true, Ordering::SeqCst);
    let digest = desk.read_back().await;
    (desk, talk, digest)
}

/// Sentences come out of the voice.
async fn spoken(talk: &FakeConversation, sentences: &[u32]) {
    for number in sentences {
        talk.speak(*number, Lang::Uk, 240, 0, true).await;
    }
}

/// The number of each piece of speech that came to the tablet until that of a sentence came.
async fn heard_until(tablet: &mut Client, number: u32) -> Vec<u64> {
    let last = tablet.until_that("speech", |m| m["utterance"] == number);
    last.await;
    let speech = tablet.seen.iter().filter(|m| m["type"] == "speech");
    speech.map(|m| m["utterance"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_citizen_who_says_that_something_is_wrong_is_not_talked_over() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let (mut desk, talk, digest) = reading(&house).await;
    let read = talk.said();
    talk.speak(read[0], Lang::Uk, 240, 0, false).await;
    heard_until(&mut desk.tablet, read[0]).await;
    desk.tablet
        .send(json!({"type": "doubt_read_back", "digest": digest}))
        .await;
    desk.tablet.until_event("read_back_doubted", |_| true).await;
    // The voice is free for what comes instead.
    talk.called(|call| *call == Call::Hush(Speaker::Citizen))
        .await;
    // What has begun is spoken to its end, or the tablet would wait for it.
    talk.speak(read[0], Lang::Uk, 240, 1, true).await;
    spoken(&talk, &read[1..]).await;
    let question = talk
        .say(Speaker::Staff, "Hvad er forkert?", "Що неправильно?")
        .await;
    let heard = heard_until(&mut desk.tablet, question).await;
    assert_eq!(heard, [read[0], read[0], question].map(u64::from));
    // It can be heard from the beginning all the same.
    desk.tablet.send(json!({"type": "read_again"})).await;
    desk.tablet.settle().await;
    assert_eq!(talk.said().len(), 2 * read.len());
}

#[tokio::test]
async fn what_was_put_right_is_not_read_out_as_it_was() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let (mut desk, talk, _) = reading(&house).await;
    let read = talk.said();
    desk.staff
        .send(json!({"type": "correct_slot", "key": "to.house_number", "value": 97}))
        .await;
    desk.staff
        .until_event("slot_corrected", |e| e["value"] == "97")
        .await;
    desk.staff.until("stage").await;
    stage(&mut desk.tablet, "open").await;
    spoken(&talk, &read).await;
    desk.read_back().await;
    let anew = talk.said().split_off(read.len());
    spoken(&talk, &anew).await;
    let heard = heard_until(&mut desk.tablet, *anew.last().unwrap()).await;
    let anew: Vec<u64> = anew.into_iter().map(u64::from).collect();
    assert_eq!(heard, anew);
}

#[tokio::test]
async fn of_two_read_backs_the_newer_one_is_heard() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let (mut desk, talk, digest) = reading(&house).await;
    let read = talk.said();
    desk.staff
        .send(json!({"type": "read_back", "digest": digest}))
        .await;
    desk.staff.settle().await;
    let anew = talk.said().split_off(read.len());
    assert_eq!(anew.len(), read.len());
    spoken(&talk, &read).await;
    spoken(&talk, &anew[..1]).await;
    let heard = heard_until(&mut desk.tablet, anew[0]).await;
    assert_eq!(heard, [u64::from(anew[0])]);
}

/// Staff's screen says that the form can still be read out after the end: what has begun must not stop there.
#[tokio::test]
async fn a_form_that_is_being_read_out_is_read_to_its_end_after_the_conversation() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = data.path().to_owned();
    config.timeouts.drain_s = 1;
    let house = staffed_with(config).await;
    let (mut desk, talk, _) = reading(&house).await;
    // It has drained when the last sentence is made.
    talk.drains.store(false, Ordering::SeqCst);
    let read = talk.said();
    spoken(&talk, &read[..1]).await;
    desk.staff.send(json!({"type": "end_conversation"})).await;
    desk.tablet
        .until_event("conversation_ended", |_| true)
        .await;
    let closed = || talk.calls().contains(&Call::Close);
    assert!(!closed());
    spoken(&talk, &read[1..]).await;
    let heard = heard_until(&mut desk.tablet, *read.last().unwrap()).await;
    assert_eq!(heard.len(), read.len());
    // Nobody talks any more: the interpreter is free for others.
    talk.called(|call| *call == Call::Close).await;
}
