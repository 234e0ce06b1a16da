//! Whose words come when, and which of them were cut off.

use std::time::Duration;

use serde_json::{Value, json};
use tolkebot_interpreter::{HeardSound, PipeEvent, SettledSpeech};
use tolkebot_protocol::{Lang, Speaker};

use crate::common::{Call, Client, Conversation, house};

async fn speaks(c: &Conversation, speaker: Speaker, start_ms: u64) {
    c.talk
        .send(PipeEvent::SpeechStarted { speaker, start_ms })
        .await;
}

/// The texts of the next so many utterances.
async fn said(client: &mut Client, count: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for _ in 0..count {
        let event = client.until_event("utterance_settled", |_| true).await;
        texts.push(event["text"].as_str().unwrap().to_owned());
    }
    texts
}

async fn types(client: &mut Client, text: &str) {
    client
        .send(json!({"type": "type_text", "text": text}))
        .await;
}

/// An answer must not stand behind the next question because it took longer to be recognised.
#[tokio::test]
async fn typed_words_stand_behind_what_was_being_said() {
    let house = house().await;
    let mut c = house.conversation().await;
    speaks(&c, Speaker::Citizen, 100).await;
    types(&mut c.staff, "Hvad er dit navn?").await;
    types(&mut c.staff, "Og dit CPR-nummer?").await;
    c.staff.settle().await;
    c.talk.settle(Speaker::Citizen, "Вестергаде, 28.").await;
    let order = ["Вестергаде, 28.", "Hvad er dit navn?", "Og dit CPR-nummer?"];
    assert_eq!(said(&mut c.staff, 3).await, order);
    assert_eq!(said(&mut c.tablet, 3).await, order);
    // Speech that held no words is waited for no longer either.
    speaks(&c, Speaker::Citizen, 5_000).await;
    types(&mut c.staff, "Tak.").await;
    c.staff.settle().await;
    c.talk
        .send(PipeEvent::Partial {
            speaker: Speaker::Citizen,
            text: String::new(),
            settled_chars: 0,
            start_ms: 5_000,
        })
        .await;
    let waited = tokio::time::timeout(Duration::from_secs(3), said(&mut c.staff, 1)).await;
    assert_eq!(waited.unwrap(), ["Tak."]);
}

#[tokio::test]
async fn typed_words_do_not_wait_for_ever_and_are_never_lost() {
    let house = house().await;
    let mut c = house.conversation().await;
    // Somebody speaks on and on.
    speaks(&c, Speaker::Citizen, 100).await;
    types(&mut c.staff, "Vent lidt.").await;
    let at_once = tokio::time::timeout(Duration::from_secs(3), said(&mut c.staff, 1)).await;
    assert!(at_once.is_err(), "{at_once:?}");
    assert_eq!(said(&mut c.staff, 1).await, ["Vent lidt."]);
    // Those that wait when the conversation ends are written before its end.
    speaks(&c, Speaker::Citizen, 9_000).await;
    types(&mut c.tablet, "Дякую").await;
    c.tablet.settle().await;
    c.staff.send(json!({"type": "end_conversation"})).await;
    c.tablet.until_event("conversation_ended", |_| true).await;
    let texts: Vec<&Value> = c.tablet.seen.iter().map(|m| &m["text"]).collect();
    assert!(texts.contains(&&json!("Дякую")), "{texts:?}");
}

/// A screen that comes back takes what it does not see for lost, and it would be typed again.
#[tokio::test]
async fn typed_words_are_there_when_their_screen_comes_back() {
    let house = house().await;
    let mut c = house.conversation().await;
    speaks(&c, Speaker::Citizen, 100).await;
    types(&mut c.staff, "Vent lidt.").await;
    c.staff.settle().await;
    let ticket = c.staff.resume_ticket.clone();
    c.staff.vanish();
    let shown = tokio::time::timeout(Duration::from_secs(3), said(&mut c.tablet, 1)).await;
    assert_eq!(shown.unwrap(), ["Vent lidt."]);
    let mut back = house.client(&ticket, Some(0)).await;
    assert_eq!(said(&mut back, 1).await, ["Vent lidt."]);
}

#[tokio::test]
async fn a_microphone_that_goes_with_its_connection_breaks_off_what_is_said() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.tablet.start_audio().await;
    c.tablet.send_binary(vec![1; 640]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Citizen, 320))
        .await;
    c.tablet.vanish();
    c.talk
        .called(|call| *call == Call::BreakOff(Speaker::Citizen))
        .await;
    c.talk
        .send(PipeEvent::Settled(SettledSpeech {
            number: 1,
            speaker: Speaker::Citizen,
            lang: Lang::Uk,
            text: "Вестергаде двадцять вісім".into(),
            confidence: 0.5,
            reconsidered: Vec::new(),
            interrupted: true,
            start_ms: 0,
            end_ms: 20,
            lag_ms: 1,
            sound: HeardSound::new(Vec::new().into()),
        }))
        .await;
    let event = c.staff.until_event("utterance_settled", |_| true).await;
    assert_eq!(event["interrupted"], true);
}

#[tokio::test]
async fn the_interpreter_knows_what_is_played_to_whom() {
    let house = house().await;
    let mut c = house.conversation().await;
    let played = |call: &Call| *call == Call::Playing(Speaker::Citizen, Duration::from_millis(10));
    c.talk.say(Speaker::Staff, "Hvor bor du?", "Де?").await;
    c.talk.called(played).await;
    c.tablet.until("speech").await;
    c.tablet
        .send(json!({"type": "speak_again", "utterance": 1}))
        .await;
    c.tablet.until("speech").await;
    let calls = c.talk.calls();
    assert_eq!(calls.iter().filter(|call| played(call)).count(), 2);
    // Nobody hears what is played to a device that is not there.
    c.tablet.vanish();
    c.staff.until_that("presence", |m| m["citizen"] == 0).await;
    c.talk.say(Speaker::Staff, "Hallo?", "Алло?").await;
    c.staff
        .until_event("translation_settled", |e| e["utterance"] == 2)
        .await;
    c.staff.until("timing").await;
    let calls = c.talk.calls();
    assert_eq!(calls.iter().filter(|call| played(call)).count(), 2);
}
