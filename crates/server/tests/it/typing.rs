//! Typed words: each is written down once, however often it was sent, and in the order in which people said it.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::json;
use tolkebot_casework::{MemoryStore, Store};
use tolkebot_form::FormDefinition;
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{CaseId, Lang, Speaker};

use crate::common::{Client, Flaky, config, house, house_with, log_of};

/// Sends typed words with the client's own name for them, and waits until they were taken.
async fn sends(client: &mut Client, text: &str, id: &str) {
    client
        .send(json!({"type": "type_text", "text": text, "id": id}))
        .await;
    client.until_that("text_taken", |m| m["id"] == id).await;
}

/// What the log holds of typed words: their texts and names.
fn written(store: &dyn Store, case: &CaseId) -> Vec<(String, String)> {
    let log = log_of(store, case);
    let typed = log.iter().filter(|e| e["source"] == "typed");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("none").to_owned();
    typed
        .map(|e| (text(&e["text"]), text(&e["sent_as"])))
        .collect()
}

fn pair(text: &str, id: &str) -> (String, String) {
    (text.to_owned(), id.to_owned())
}

#[tokio::test]
async fn words_that_are_sent_again_are_written_once_also_after_a_restart() {
    let store = Arc::new(MemoryStore::new());
    let first = house_with(config(), store.clone()).await;
    let mut c = first.conversation().await;
    sends(&mut c.tablet, "Так", "a-1").await;
    let event = c.tablet.until_event("utterance_settled", |_| true).await;
    assert_eq!(event["sent_as"], "a-1");
    let (seen, ticket) = (event["seq"].as_u64(), c.tablet.resume_ticket.clone());
    c.tablet.vanish();
    let mut back = first.client(&ticket, seen).await;
    sends(&mut back, "Так", "a-1").await;
    // The same words may be said again; and a name is its own side's.
    sends(&mut back, "Так", "a-2").await;
    sends(&mut c.staff, "Tak", "a-1").await;
    c.staff
        .until_event("utterance_settled", |e| e["text"] == "Tak")
        .await;
    let all = [pair("Так", "a-1"), pair("Так", "a-2"), pair("Tak", "a-1")];
    assert_eq!(written(&*store, &c.case), all);

    let ticket = back.resume_ticket.clone();
    first.server.shutdown().await;
    let second = house_with(config(), store.clone()).await;
    let mut again = second.client(&ticket, None).await;
    sends(&mut again, "Так", "a-2").await;
    sends(&mut again, "Ні", "a-3").await;
    again
        .until_event("utterance_settled", |e| e["text"] == "Ні")
        .await;
    assert_eq!(written(&*store, &c.case).len(), 4);
}

#[tokio::test]
async fn words_that_wait_are_taken_once() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    // Behind what is being said,
    c.talk
        .send(PipeEvent::SpeechStarted {
            speaker: Speaker::Citizen,
            start_ms: 100,
        })
        .await;
    c.talk
        .send(PipeEvent::Partial {
            speaker: Speaker::Citizen,
            text: "Добрий".into(),
            settled_chars: 0,
            start_ms: 100,
        })
        .await;
    c.staff.until("partial").await;
    for _ in 0..2 {
        sends(&mut c.staff, "Hvad er dit navn?", "s-1").await;
    }
    c.talk.settle(Speaker::Citizen, "Добрий день.").await;
    c.staff
        .until_event("utterance_settled", |e| e["sent_as"] == "s-1")
        .await;
    // and for the log.
    store.full.store(true, Ordering::SeqCst);
    sends(&mut c.staff, "Hvor bor du?", "s-2").await;
    c.staff.until_error("not_saved").await;
    let path = format!("/api/cases/{}/ticket", c.case);
    let handed = house.post(&path, &[("cookie", &c.cookie)], "{}").await;
    c.staff.vanish();
    let ticket = handed.json()["ticket"].as_str().unwrap().to_owned();
    let mut back = house.client(&ticket, None).await;
    sends(&mut back, "Hvor bor du?", "s-2").await;
    store.full.store(false, Ordering::SeqCst);
    back.until_event("utterance_settled", |e| e["sent_as"] == "s-2")
        .await;
    // Whoever was away meanwhile hears that they arrived, and not that they may not be said.
    back.send(json!({"type": "end_conversation"})).await;
    back.until_event("conversation_ended", |_| true).await;
    sends(&mut back, "Hvor bor du?", "s-2").await;
    let all = [
        pair("Hvad er dit navn?", "s-1"),
        pair("Hvor bor du?", "s-2"),
    ];
    assert_eq!(written(&*store, &c.case), all);
}

#[tokio::test]
async fn words_without_a_name_are_new_each_time_and_a_wrong_name_is_refused() {
    let house = house().await;
    let mut c = house.conversation().await;
    for name in ["", "a b", "навик", &"x".repeat(65)] {
        c.tablet
            .send(json!({"type": "type_text", "text": "Так", "id": name}))
            .await;
        let error = c.tablet.until_error("bad_message").await;
        assert!(error["message"].as_str().unwrap().contains("64"), "{error}");
    }
    for _ in 0..2 {
        c.tablet
            .send(json!({"type": "type_text", "text": "Так"}))
            .await;
        c.tablet.until_event("utterance_settled", |_| true).await;
    }
    assert_eq!(
        written(&*house.store, &c.case),
        [pair("Так", "none"), pair("Так", "none")]
    );
    let taken = c.tablet.seen.iter().filter(|m| m["type"] == "text_taken");
    assert_eq!(taken.count(), 0);
}

/// Staff sees it in both languages and presses a button: what stands there is what the citizen must read and hear.
#[tokio::test]
async fn the_forms_own_question_reaches_the_citizen_as_the_form_has_it() {
    let house = house().await;
    let mut c = house.conversation().await;
    let mut forms = c.staff.seen.iter().filter(|m| m["type"] == "form");
    let question = forms.next_back().expect("a form")["next_question"].clone();
    let text = |key: &str| question[key].as_str().unwrap().to_owned();
    let (key, da, uk) = (text("key"), text("da"), text("uk"));
    assert_eq!(key, "case.move_type");
    // It waits for what the citizen is saying; by then the form asks for something else.
    c.talk
        .send(PipeEvent::SpeechStarted {
            speaker: Speaker::Citizen,
            start_ms: 100,
        })
        .await;
    c.talk
        .send(PipeEvent::Partial {
            speaker: Speaker::Citizen,
            text: "Добрий".into(),
            settled_chars: 0,
            start_ms: 100,
        })
        .await;
    c.staff.until("partial").await;
    sends(&mut c.staff, &da, "q-1").await;
    let value = "domestic_within_municipality";
    c.staff
        .send(json!({"type": "correct_slot", "key": key, "value": value}))
        .await;
    c.staff
        .until_that("form", |form| form["next_question"]["key"] != key)
        .await;
    c.talk.settle(Speaker::Citizen, "Добрий день.").await;
    for client in [&mut c.staff, &mut c.tablet] {
        let event = client
            .until_event("translation_settled", |e| e["lang"] == "uk")
            .await;
        assert_eq!(
            (&event["text"], &event["verified"]),
            (&json!(uk), &json!(true))
        );
    }
    // Other words are the machine's, and so is a question that the form does not ask now.
    for (text, id) in [
        ("Hvor bor du nu, og hvor længe?", "q-2"),
        (da.as_str(), "q-3"),
    ] {
        sends(&mut c.staff, text, id).await;
        let event = c
            .staff
            .until_event("translation_settled", |e| e["lang"] == "uk")
            .await;
        assert_eq!(event["text"], format!("[{text}]"));
        assert_eq!(event["verified"], serde_json::Value::Null);
    }
}

/// Whoever reads the form's questions aloud is interpreted in words that people wrote, too.
#[test]
fn what_the_form_asks_is_among_the_fixed_translations() {
    let phrases = include_str!("../../../mt/data/phrases.tsv");
    let known: HashSet<&str> = phrases
        .lines()
        .filter(|line| !line.ends_with('<'))
        .filter_map(|line| line.split('\t').next())
        .collect();
    let form = FormDefinition::embedded();
    let asked = form.fields().iter().filter_map(|field| field.ask(Lang::Da));
    let unknown: Vec<&str> = asked.filter(|question| !known.contains(question)).collect();
    assert_eq!(unknown, Vec::<&str>::new());
}

/// The interpreter says that all is done when the sentence before has been spoken; the next one is being said by then.
#[tokio::test]
async fn a_typed_answer_stands_behind_a_question_that_began_before_the_last_one_was_spoken() {
    let house = house().await;
    let mut c = house.conversation().await;
    let speaker = Speaker::Staff;
    c.staff.start_audio().await;
    c.staff.settle().await;
    for event in [
        PipeEvent::SpeechStarted {
            speaker,
            start_ms: 100,
        },
        PipeEvent::Drained { speaker },
        PipeEvent::Partial {
            speaker,
            text: "Og dit".into(),
            settled_chars: 0,
            start_ms: 100,
        },
    ] {
        c.talk.send(event).await;
    }
    c.tablet
        .until_that("partial", |m| m["text"] == "Og dit")
        .await;
    let answer = json!({"type": "type_text", "text": "Так"});
    c.tablet.send(answer.clone()).await;
    c.tablet.settle().await;
    c.talk.settle(speaker, "Og dit navn?").await;
    for text in ["Og dit navn?", "Так"] {
        let event = c.tablet.until_event("utterance_settled", |_| true).await;
        assert_eq!(event["text"], text);
    }
    // With the microphone off, all is over that never came to words.
    c.talk
        .send(PipeEvent::SpeechStarted {
            speaker,
            start_ms: 5_000,
        })
        .await;
    c.staff.send(json!({"type": "end_audio"})).await;
    c.staff.settle().await;
    c.tablet.send(answer).await;
    let written = c.tablet.until_event("utterance_settled", |_| true);
    tokio::time::timeout(Duration::from_secs(3), written)
        .await
        .unwrap();
}
