//! What people say while their device speaks, while the other one's does, and while the connection breaks.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::time::Duration;

use common::{interpreter, settled, until_drained};
use tolkebot_interpreter::{ConversationHandle, InterpreterConfig, PipeEvent, SettledSpeech};
use tolkebot_protocol::Speaker;

/// A room in which nobody speaks: never quite silent.
const ROOM: f32 = 0.001;

/// Sound at that level for so long, in frames.
fn push(talk: &dyn ConversationHandle, speaker: Speaker, level: f32, ms: usize) {
    for _ in 0..ms / 100 {
        talk.push(speaker, &[level; 1600]).unwrap();
    }
}

fn heard(events: &[PipeEvent]) -> Vec<&SettledSpeech> {
    let mut all = Vec::new();
    for event in events {
        if let PipeEvent::Settled(speech) = event {
            all.push(speech);
        }
    }
    all
}

/// The device sends zeros while its own loudspeaker plays: "31 40 56 72. No, not 72 …".
#[tokio::test(flavor = "multi_thread")]
async fn words_that_speech_was_played_over_are_marked_and_not_believed() {
    for (played, over, interrupted) in [
        (true, 0.0, true),
        // The device played nothing: its microphone is silent between words.
        (false, 0.0, false),
        // With a headset it goes on hearing.
        (true, ROOM, false),
    ] {
        let pipe = interpreter(None, InterpreterConfig::default());
        let (talk, mut events) = pipe.open().unwrap();
        if played {
            talk.playing(Speaker::Citizen, Duration::from_secs(1));
        }
        // In the middle; then at the end.
        push(&talk, Speaker::Citizen, ROOM, 500);
        push(&talk, Speaker::Citizen, 0.1, 1_000);
        push(&talk, Speaker::Citizen, over, 400);
        push(&talk, Speaker::Citizen, 0.1, 500);
        push(&talk, Speaker::Citizen, ROOM, 1_500);
        push(&talk, Speaker::Citizen, 0.1, 1_000);
        push(&talk, Speaker::Citizen, over, 2_000);
        talk.end_speech(Speaker::Citizen);
        let events = until_drained(&mut events, Speaker::Citizen).await;
        let heard = heard(&events);
        assert_eq!(heard.len(), 2, "{heard:?}");
        for speech in heard {
            assert_eq!(speech.interrupted, interrupted, "{played} {over}");
            assert_eq!(speech.confidence < 0.7, interrupted, "{played} {over}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_on_while_the_connection_breaks_is_marked_on_both_sides_of_it() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    // Whole, broken off, begun unheard, whole.
    push(&talk, Speaker::Citizen, 0.1, 500);
    push(&talk, Speaker::Citizen, ROOM, 1_000);
    push(&talk, Speaker::Citizen, 0.1, 1_000);
    talk.break_off(Speaker::Citizen);
    push(&talk, Speaker::Citizen, 0.1, 500);
    push(&talk, Speaker::Citizen, ROOM, 1_000);
    push(&talk, Speaker::Citizen, 0.1, 500);
    talk.end_speech(Speaker::Citizen);
    let mut all = until_drained(&mut events, Speaker::Citizen).await;
    while settled(&all).len() < 4 {
        all.extend(until_drained(&mut events, Speaker::Citizen).await);
    }
    let marks: Vec<bool> = heard(&all).iter().map(|s| s.interrupted).collect();
    assert_eq!(marks, [false, true, true, false]);
    for speech in heard(&all) {
        assert_eq!(speech.confidence < 0.7, speech.interrupted);
    }
}

/// The tablet reads a question to the citizen; the employee's microphone hears it.
#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_speaks_is_not_written_down_by_the_others_microphone() {
    for (playing, written) in [
        (None, 1),
        (Some(Speaker::Citizen), 0),
        (Some(Speaker::Staff), 1),
    ] {
        let pipe = interpreter(None, InterpreterConfig::default());
        let (talk, mut events) = pipe.open().unwrap();
        if let Some(listener) = playing {
            talk.playing(listener, Duration::from_secs(2));
        }
        // In the citizen's language.
        push(&talk, Speaker::Staff, 0.2, 1_000);
        push(&talk, Speaker::Staff, ROOM, 1_000);
        talk.end_speech(Speaker::Staff);
        let events = until_drained(&mut events, Speaker::Staff).await;
        assert_eq!(settled(&events).len(), written, "{playing:?}");
    }
    // What the employee says meanwhile stays.
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    talk.playing(Speaker::Citizen, Duration::from_secs(2));
    push(&talk, Speaker::Staff, 0.5, 1_000);
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    assert_eq!(settled(&events), [(1, "da 5".into())]);
}
