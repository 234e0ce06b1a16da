//! Whose words come when, and which of them were cut off.

use std::time::Duration;

use serde_json::{Value, json};
use tolkebot_interpreter::{HeardSound, PipeEvent, SettledSpeech};
use tolkebot_protocol::{Lang, Speaker};

use crate::common::{Call, Client, Conversation, FakeConversation, house};

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

/// What the interpreter was told of the tablet's voice: `None` where it had to guess.
fn told(talk: &FakeConversation) -> Vec<Option<bool>> {
    let told = |call: Call| match call {
        Call::Speaks(Speaker::Citizen, speaks) => Some(Some(speaks)),
        Call::Playing(Speaker::Citizen, _) => Some(None),
        _ => None,
    };
    talk.calls().into_iter().filter_map(told).collect()
}

async fn says(client: &mut Client, microphone: &str, speaking: bool) {
    let devices = json!({
        "type": "devices", "microphone": microphone, "voice": true, "speaking": speaking
    });
    client.send(devices).await;
    client.settle().await;
}

#[tokio::test]
async fn a_tablet_that_says_when_it_speaks_is_believed() {
    let house = house().await;
    let mut c = house.conversation().await;
    says(&mut c.tablet, "on", false).await;
    c.talk.say(Speaker::Staff, "Hvor bor du?", "Де?").await;
    c.tablet.until("speech").await;
    c.tablet
        .send(json!({"type": "speak_again", "utterance": 1}))
        .await;
    c.tablet.until("speech").await;
    assert_eq!(told(&c.talk), [Some(false)], "it waits with both");
    // Other news of its devices is none of its voice.
    says(&mut c.tablet, "on", true).await;
    says(&mut c.tablet, "off", true).await;
    assert_eq!(told(&c.talk), [Some(false), Some(true)]);
    // The employee is told of the microphone twice, and not of every sentence.
    c.tablet.vanish();
    c.staff.until_that("presence", |m| m["citizen"] == 0).await;
    let of_devices = c.staff.seen.iter().filter(|m| m["type"] == "devices");
    assert_eq!(of_devices.count(), 2);
    assert_eq!(told(&c.talk), [Some(false), Some(true), Some(false)]);
}

#[tokio::test]
async fn the_next_tablet_speaks_for_itself() {
    let house = house().await;
    let mut c = house.conversation().await;
    says(&mut c.tablet, "on", true).await;
    // The same page on another screen, while the first one still speaks; it is an old one.
    let ticket = c.tablet.resume_ticket.clone();
    let mut second = house.client(&ticket, None).await;
    assert_eq!(c.tablet.until_closed().await.0, "replaced");
    c.talk.say(Speaker::Staff, "Hvor bor du?", "Де?").await;
    second.until("speech").await;
    let all = [Some(true), Some(false), None];
    assert_eq!(told(&c.talk), all);
    // It is silent when it goes: nothing is new.
    let ticket = second.resume_ticket.clone();
    second.vanish();
    c.staff.until_that("presence", |m| m["citizen"] == 0).await;
    assert_eq!(told(&c.talk), all);
    // A new interpreter knows who is in the middle of a sentence.
    let mut third = house.client(&ticket, None).await;
    says(&mut third, "on", true).await;
    c.talk.break_down();
    c.staff.until_error("engine_failed").await;
    c.staff.start_audio().await;
    let talk = house.pipe.conversation(1).await;
    talk.called(|call| *call == Call::Speaks(Speaker::Citizen, true))
        .await;
}
