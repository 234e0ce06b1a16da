//! Conversations from end to end, with two clients and a scripted interpreter.

use crate::common::{Call, Client, Frame, house, log_of};
use serde_json::{Value, json};
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{Lang, Speaker};

#[tokio::test]
async fn two_people_are_interpreted_and_the_log_says_so() {
    let house = house().await;
    let mut c = house.conversation().await;
    assert_eq!(c.staff.seen[0]["type"], "welcome");
    assert_eq!(c.staff.seen[0]["role"], "staff");
    assert_eq!(c.staff.seen[0]["lang"], "da");
    assert_eq!(c.staff.seen[0]["protocol"], "tolkebot.v1");
    assert_eq!(c.tablet.seen[0]["lang"], "uk");
    assert_eq!(c.tablet.seen[0]["authority"], "Aarhus Kommune");
    let both = json!({"type": "presence", "staff": 1, "citizen": 1});
    assert!(c.staff.seen.contains(&both) && c.tablet.seen.contains(&both));

    // The citizen's microphone reaches the citizen's channel.
    c.tablet.start_audio().await;
    c.tablet.send_binary(vec![0; 640]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Citizen, 320))
        .await;

    c.talk
        .send(PipeEvent::Partial {
            speaker: Speaker::Citizen,
            text: "Доб".into(),
            settled_chars: 0,
            start_ms: 90,
        })
        .await;
    c.talk
        .send(PipeEvent::Draft {
            speaker: Speaker::Citizen,
            lang: Lang::Da,
            text: "God".into(),
            start_ms: 90,
        })
        .await;
    let number = c
        .talk
        .say(Speaker::Citizen, "Добрий день.", "Goddag.")
        .await;
    assert_eq!(number, 1);
    for client in [&mut c.staff, &mut c.tablet] {
        let partial = client.until("partial").await;
        assert_eq!(partial["text"], "Доб");
        assert_eq!(partial["lang"], "uk");
        let draft = client.until("draft").await;
        assert_eq!(
            (&draft["text"], &draft["lang"]),
            (&json!("God"), &json!("da"))
        );
        let settled = client.until_event("utterance_settled", |_| true).await;
        assert_eq!(settled["id"], 1);
        assert_eq!(settled["text"], "Добрий день.");
        assert_eq!(settled["source"], "speech");
        let translated = client.until_event("translation_settled", |_| true).await;
        assert_eq!(translated["text"], "Goddag.");
        let timing = client.until_that("timing", |t| t["spoken_ms"] == 900).await;
        assert_eq!(timing["settled_ms"], 250);
        assert_eq!(timing["translated_ms"], 700);
    }
    // Danish sound goes to the listener: staff, and not the tablet.
    let announced = c
        .staff
        .seen
        .iter()
        .rfind(|m| m["type"] == "speech")
        .unwrap();
    assert_eq!(announced["lang"], "da");
    assert_eq!(announced["piece"], 0);
    assert_eq!(announced["last"], true);
    assert!(!c.tablet.seen.iter().any(|m| m["type"] == "speech"));

    c.talk
        .say(Speaker::Staff, "Hvor skal du bo?", "Де ви житимете?")
        .await;
    let speech = c.tablet.until("speech").await;
    assert_eq!(speech["lang"], "uk");
    assert_eq!(speech["utterance"], 2);
    match c.tablet.next().await {
        Frame::Binary(pcm) => assert_eq!(pcm.len(), 480),
        other => panic!("the sound must follow its announcement, not {other:?}"),
    }

    c.tablet.send(json!({"type": "end_audio"})).await;
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    c.staff.send(json!({"type": "end_conversation"})).await;
    c.tablet
        .until_event("conversation_ended", |e| e["actor"] == "staff")
        .await;
    c.talk.called(|call| *call == Call::Close).await;
    c.tablet.start_audio().await;
    c.tablet.until_error("not_allowed").await;

    let kinds: Vec<String> = log_of(&*house.store, &c.case)
        .iter()
        .map(|e| e["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        kinds,
        [
            "case_opened",
            "participant_joined",
            "participant_joined",
            "consent_given",
            "consent_given",
            "consent_given",
            "utterance_settled",
            "translation_settled",
            "utterance_settled",
            "translation_settled",
            "conversation_ended"
        ]
        .map(str::to_owned)
    );
    tolkebot_casework::verify(&*house.store, &c.case)
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_lost_client_comes_back_and_gets_each_event_once() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.talk.say(Speaker::Citizen, "Так.", "Ja.").await;
    c.tablet.until_event("translation_settled", |_| true).await;
    let last = *c.tablet.seqs().last().unwrap();
    let before = c.tablet.seqs();
    let log = log_of(&*house.store, &c.case);
    let paired: Vec<&Value> = log.iter().filter(|e| e["paired"] == true).collect();
    assert!(
        paired.len() == 1 && paired[0]["role"] == "citizen",
        "{log:?}"
    );
    let ticket = c.tablet.resume_ticket.clone();
    c.tablet.vanish();
    c.staff.until_that("presence", |p| p["citizen"] == 0).await;

    c.talk.say(Speaker::Staff, "Godt.", "Добре.").await;
    c.staff
        .until_event("translation_settled", |e| e["text"] == "Добре.")
        .await;

    let mut tablet = house.client(&ticket, Some(last)).await;
    tablet
        .until_event("participant_joined", |e| {
            // No code was entered: one that staff made meanwhile is still to be used.
            e["role"] == "citizen" && e["seq"].as_u64() > Some(last) && e["paired"].is_null()
        })
        .await;
    let all: Vec<u64> = before.into_iter().chain(tablet.seqs()).collect();
    let expected: Vec<u64> = (1..=*all.last().unwrap()).collect();
    assert_eq!(all, expected, "no gap, nothing twice");
    // The consents are in the log: no need to ask again.
    tablet.start_audio().await;
    tablet.send_binary(vec![0; 64]).await;
    c.talk
        .called(|call| matches!(call, Call::Push(Speaker::Citizen, 32)))
        .await;

    // A ticket is good once.
    let mut again = Client::connect(house.address()).await.unwrap();
    again.send(json!({"type": "hello", "ticket": ticket})).await;
    assert_eq!(again.until_closed().await, ("bad_ticket".into(), 4003));
}

#[tokio::test]
async fn a_client_that_remembers_another_log_gets_this_one() {
    let house = house().await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, Some(99)).await;
    staff
        .until_event("case_opened", |e| {
            e["seq"] == 1 && e["today"] == "2026-11-24"
        })
        .await;
}

#[tokio::test]
async fn typed_words_take_the_same_way_and_are_spoken() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.tablet
        .send(json!({"type": "type_text", "text": "  Я переїжджаю.  "}))
        .await;
    let typed = c.staff.until_event("utterance_settled", |_| true).await;
    assert_eq!(typed["text"], "Я переїжджаю.");
    assert_eq!(typed["source"], "typed");
    assert_eq!(typed["actor"], "citizen");
    assert_eq!(typed["confidence"], 1.0);
    let translated = c.staff.until_event("translation_settled", |_| true).await;
    assert_eq!(translated["text"], "[Я переїжджаю.]");
    assert_eq!(c.staff.until_binary().await.len(), 24);

    c.tablet
        .send(json!({"type": "type_text", "text": "я".repeat(2001)}))
        .await;
    c.tablet.until_error("too_large").await;
    c.tablet
        .send(json!({"type": "type_text", "text": "   "}))
        .await;
    c.tablet.until_error("bad_message").await;
}

#[tokio::test]
async fn the_last_sound_can_be_heard_again_by_who_asks() {
    let house = house().await;
    let mut c = house.conversation().await;
    let number = c.talk.settle(Speaker::Staff, "Hej.").await;
    c.talk.translate(number, Lang::Uk, "Вітаю.").await;
    c.talk.speak(number, Lang::Uk, 30_000, 0, false).await;
    c.talk.speak(number, Lang::Uk, 10, 1, true).await;
    let mut sound = 0;
    while sound < 60_020 {
        sound += c.tablet.until_binary().await.len();
    }
    c.staff
        .send(json!({"type": "speak_again", "utterance": number}))
        .await;
    let first = c.staff.until("speech").await;
    assert_eq!(
        (first["piece"].as_u64(), first["last"].as_bool()),
        (Some(0), Some(false))
    );
    assert_eq!(c.staff.until_binary().await.len(), 48 * 1024);
    let second = c.staff.until("speech").await;
    assert_eq!(
        (second["piece"].as_u64(), second["last"].as_bool()),
        (Some(1), Some(true))
    );
    c.staff
        .send(json!({"type": "speak_again", "utterance": 77}))
        .await;
    let error = c.staff.until_error("bad_message").await;
    assert!(error["message"].as_str().unwrap().contains("77"));
}

#[tokio::test]
async fn failures_of_engines_are_told_and_the_words_are_kept() {
    let house = house().await;
    let mut c = house.conversation().await;
    let number = c.talk.settle(Speaker::Citizen, "Так.").await;
    c.talk
        .send(PipeEvent::Translated {
            number,
            lang: Lang::Da,
            text: "Так.".into(),
            confidence: f32::NAN,
            warnings: vec![tolkebot_protocol::TranslationWarning::Failed],
            verified: false,
            lag_ms: 10,
        })
        .await;
    let translated = c.staff.until_event("translation_settled", |_| true).await;
    assert_eq!(translated["text"], "", "a failed translation is empty");
    assert_eq!(translated["warnings"], json!(["failed"]));
    assert_eq!(translated["confidence"], 0.0);
    c.talk
        .send(PipeEvent::Failed {
            number: Some(number),
            speaker: Speaker::Citizen,
            stage: tolkebot_interpreter::Stage::Translate,
            message: "out of memory".into(),
        })
        .await;
    let error = c.tablet.until_error("engine_failed").await;
    assert_eq!(error["fatal"], false);
    assert_eq!(error["kept"], true);
    // What was not recognised is nowhere.
    c.talk
        .send(PipeEvent::Failed {
            number: None,
            speaker: Speaker::Citizen,
            stage: tolkebot_interpreter::Stage::Recognise,
            message: "out of memory".into(),
        })
        .await;
    let error = c.tablet.until_error("engine_failed").await;
    assert_eq!(error["kept"], Value::Null);

    // The whole interpreter dies: the next microphone opens a new one, numbers go on.
    let open = c.talk.settle(Speaker::Staff, "Og så?").await;
    c.staff
        .until_event("utterance_settled", |e| e["id"] == open)
        .await;
    c.talk.break_down();
    c.staff.until_error("engine_failed").await;
    c.staff.start_audio().await;
    let talk = house.pipe.conversation(1).await;
    let again = c
        .staff
        .until_event("translation_settled", |e| e["utterance"] == open)
        .await;
    assert_eq!(
        again["text"], "[Og så?]",
        "what was left untranslated is translated now"
    );
    let next = talk.settle(Speaker::Staff, "Videre.").await;
    assert!(next > open);
    c.staff
        .until_event("utterance_settled", |e| e["id"] == next)
        .await;
}

/// A screen that says nothing would show for half an hour that all is well, and get no word of the conversation that
/// goes on without it.
#[tokio::test]
async fn a_conversation_that_fails_lets_everybody_go_and_goes_on_when_they_are_back() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.talk
        .panics
        .store(true, std::sync::atomic::Ordering::SeqCst);
    c.staff
        .send(json!({"type": "type_text", "text": "Hvor bor du?"}))
        .await;
    let mut tickets = Vec::new();
    for client in [&mut c.staff, &mut c.tablet] {
        assert_eq!(client.until_closed().await.0, "engine_failed");
        tickets.push(client.resume_ticket.clone());
    }
    let mut staff = house.client(&tickets[0], None).await;
    let mut tablet = house.client(&tickets[1], None).await;
    let both = |m: &Value| m["staff"] == 1 && m["citizen"] == 1;
    staff.until_that("presence", both).await;
    tablet.until_that("presence", both).await;
}

#[tokio::test]
async fn a_full_machine_is_told_and_tried_again() {
    let house = house().await;
    house
        .pipe
        .busy
        .store(true, std::sync::atomic::Ordering::SeqCst);
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    let error = staff.until_error("busy").await;
    assert!(error["message"].as_str().unwrap().contains("4 of 4"));
    staff.consent("ai_disclosure").await;
    staff.start_audio().await;
    staff.until_error("busy").await;
    house
        .pipe
        .busy
        .store(false, std::sync::atomic::Ordering::SeqCst);
    staff.start_audio().await;
    house.pipe.conversation(0).await;
}

/// What staff asks for is what the recogniser expects next, in both languages.
#[tokio::test]
async fn what_was_asked_for_is_expected() {
    let house = house().await;
    let mut c = house.conversation().await;
    let expected = |lang, word: &str| c.talk.expected(lang).is_some_and(|list| list.holds(word));
    for (question, translation, danish, ukrainian) in [
        (
            "Hvad er den nye adresse?",
            "Яка нова адреса?",
            "ryesgade",
            "вестергаде",
        ),
        ("Hvad hedder du?", "Як вас звати?", "oksana", "оксана"),
    ] {
        let number = c.talk.settle(Speaker::Staff, question).await;
        c.talk.translate(number, Lang::Uk, translation).await;
        for _ in 0..1000 {
            if expected(Lang::Uk, ukrainian) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        assert!(expected(Lang::Uk, ukrainian), "{ukrainian}");
        assert!(expected(Lang::Da, danish), "{danish}");
    }
    // Streets were asked for before, not now.
    assert!(!expected(Lang::Uk, "вестергаде"));
    // Whoever was named may be named again, whatever is asked for.
    assert!(!expected(Lang::Da, "oksanas"));
    let number = c.talk.settle(Speaker::Citizen, "Мене звати Оксана.").await;
    c.talk
        .translate(number, Lang::Da, "Jeg hedder Oksana.")
        .await;
    let number = c
        .talk
        .settle(Speaker::Staff, "Hvad er dit telefonnummer?")
        .await;
    c.talk
        .translate(number, Lang::Uk, "Який у вас номер телефону?")
        .await;
    for _ in 0..1000 {
        if expected(Lang::Da, "oksanas") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(expected(Lang::Da, "oksanas") && expected(Lang::Uk, "оксани"));
    c.staff.until_event("translation_settled", |_| true).await;
}
