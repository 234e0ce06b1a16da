//! What happens to events when the disk is full, the server stops, or starts again; and the form.

use crate::common::{Call, Client, Flaky, config, house, house_with, log_of};
use crate::desk::{desk, sign_in, staffed_on, stage};
use jiff::Timestamp;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tolkebot_casework::{MemoryStore, NewEvent, SqliteStore, Store, verify};
use tolkebot_protocol::{CaseId, EventPayload, Lang, Role, Speaker};

#[tokio::test]
async fn a_full_disk_stops_neither_talk_nor_log() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    store.full.store(true, Ordering::SeqCst);
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    let error = c.staff.until_error("not_saved").await;
    assert_eq!(error["fatal"], false);
    // What cannot be stored is not shown as final, but it is heard, and seen as unsettled.
    let number = c
        .talk
        .say(Speaker::Citizen, "Добрий день.", "Goddag.")
        .await;
    c.staff
        .until_that("partial", |p| p["text"] == "Добрий день.")
        .await;
    assert_eq!(c.staff.until_binary().await.len(), 480);
    assert!(
        !c.staff
            .seen
            .iter()
            .any(|m| m["kind"] == "utterance_settled")
    );
    assert_eq!(house.post("/api/cases", &[], "{}").await.status, 503);
    c.staff
        .send(json!({"type": "correct_slot", "key": "move_date", "value": "2026-12-15"}))
        .await;

    store.full.store(false, Ordering::SeqCst);
    for client in [&mut c.staff, &mut c.tablet] {
        client
            .until_event("utterance_settled", |e| e["id"] == 1)
            .await;
        client
            .until_event("translation_settled", |e| e["utterance"] == number)
            .await;
        client.until_event("slot_corrected", |_| true).await;
        client
            .until_that("form", |f| f.to_string().contains("15. december 2026"))
            .await;
        let seqs = client.seqs();
        assert_eq!(seqs, (1..=*seqs.last().unwrap()).collect::<Vec<_>>());
    }
    verify(&*store, &c.case).unwrap().unwrap();
}

#[tokio::test]
async fn a_disk_that_hangs_is_told_and_does_not_hold_up_the_sound() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    store.stall(true);
    c.talk
        .say(Speaker::Citizen, "Добрий день.", "Goddag.")
        .await;
    c.staff.until_error("not_saved").await;
    assert_eq!(c.staff.until_binary().await.len(), 480);
    store.stall(false);
    c.staff
        .until_event("translation_settled", |e| e["text"] == "Goddag.")
        .await;
    c.talk.say(Speaker::Staff, "Hej.", "Привіт.").await;
    c.tablet
        .until_event("translation_settled", |e| e["text"] == "Привіт.")
        .await;
    let log = log_of(&*store, &c.case);
    assert_eq!(
        log.iter()
            .filter(|e| e["kind"] == "utterance_settled")
            .count(),
        2
    );
}

#[tokio::test]
async fn an_append_that_only_seemed_to_fail_is_not_done_twice() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    store.lies.store(true, Ordering::SeqCst);
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    c.staff
        .until_event("utterance_settled", |e| e["id"] == 1)
        .await;
    c.talk.translate(1, Lang::Da, "En.").await;
    c.staff.until_event("translation_settled", |_| true).await;
    let log = log_of(&*store, &c.case);
    assert_eq!(
        log.iter()
            .filter(|e| e["kind"] == "utterance_settled")
            .count(),
        1
    );
}

#[tokio::test]
async fn events_of_another_program_are_taken_in() {
    let store = Arc::new(MemoryStore::new());
    let house = house_with(config(), store.clone()).await;
    let mut c = house.conversation().await;
    let seq = store.last(&c.case).unwrap().unwrap().seq;
    let foreign = NewEvent {
        at: Timestamp::from_second(1_795_510_900).unwrap(),
        actor: Role::Staff,
        payload: EventPayload::SlotCorrected {
            key: "move_date".into(),
            value: json!("2026-12-24"),
            by: None,
        },
    };
    store.append(&c.case, seq, &[foreign]).unwrap();
    c.tablet.send(json!({"type": "request_interpreter"})).await;
    for client in [&mut c.staff, &mut c.tablet] {
        client
            .until_event("slot_corrected", |e| e["seq"] == seq + 1)
            .await;
        client
            .until_event("interpreter_requested", |e| e["seq"] == seq + 2)
            .await;
        client
            .until_that("form", |f| f.to_string().contains("24. december 2026"))
            .await;
    }
}

/// Rows of persons are counted: while somebody types a birth date another person may have come to stand there.
#[tokio::test]
async fn what_was_meant_for_another_person_is_not_written() {
    let house = house().await;
    let mut c = house.conversation().await;
    let set = |key: &str, value: &str, person: &str| json!({"type": "correct_slot", "key": key, "value": value, "person": person});
    c.staff
        .send(set("household[0].given_names", "Taras", ""))
        .await;
    c.staff
        .until_event("slot_corrected", |e| e["value"] == "Taras")
        .await;
    for wrong in ["Iryna", ""] {
        c.staff
            .send(set("household[0].birth_date", "2016-05-14", wrong))
            .await;
        let error = c.staff.until_error("slot_changed").await;
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("household[0].birth_date") && !message.contains("Taras"));
        c.staff
            .send(json!({"type": "clear_slot", "key": "household[0].given_names", "person": wrong}))
            .await;
        c.staff.until_error("slot_changed").await;
    }
    c.staff
        .send(set("household[0].birth_date", "2016-05-14", "Taras"))
        .await;
    c.staff
        .until_event("slot_corrected", |e| e["value"] == "2016-05-14")
        .await;
    let log = log_of(&*house.store, &c.case);
    assert_eq!(
        log.iter().filter(|e| e["kind"] == "slot_corrected").count(),
        2
    );
    assert!(log.iter().all(|e| e["kind"] != "slot_cleared"));
}

#[tokio::test]
async fn people_fill_the_form_and_see_it_at_once() {
    let house = house().await;
    let mut c = house.conversation().await;
    let set = |key: &str, value| json!({"type": "correct_slot", "key": key, "value": value});
    c.staff.send(set("move_date", json!("2026-12-15"))).await;
    c.tablet
        .until_that("form", |f| f.to_string().contains("15 грудня 2026 року"))
        .await;

    // Confirming what is no longer shown confirms nothing.
    c.tablet
        .send(json!({"type": "confirm_slot", "key": "move_date", "value": "2026-12-14"}))
        .await;
    let error = c.tablet.until_error("slot_changed").await;
    assert!(!error["message"].as_str().unwrap().contains("2026"));
    c.tablet
        .send(json!({"type": "confirm_slot", "key": "move_date", "value": "2026-12-15"}))
        .await;
    let confirmed = c.staff.until_event("slot_confirmed", |_| true).await;
    assert_eq!(
        (&confirmed["actor"], &confirmed["key"]),
        (&json!("citizen"), &json!("move_date"))
    );
    // A server without accounts has no names to write.
    let log = log_of(&*house.store, &c.case);
    let decided = log.iter().filter(|e| {
        matches!(
            e["kind"].as_str(),
            Some("slot_corrected" | "slot_confirmed")
        )
    });
    assert!(decided.clone().count() >= 2);
    assert!(decided.clone().all(|e| e.get("by").is_none()));
    c.staff
        .until_that("form", |f| {
            f.to_string().contains("\"status\":\"confirmed\"")
        })
        .await;

    c.staff
        .send(json!({"type": "clear_slot", "key": "move_date"}))
        .await;
    c.staff
        .until_that("form", |f| f.to_string().contains("\"status\":\"cleared\""))
        .await;

    for (key, value) in [
        ("no.such_slot", json!("x")),
        ("move_date", json!("31. februar")),
        ("household[3].surname", json!("x")),
        ("to.postal_code", json!({"deep": []})),
        // What no document can show is refused before anybody signs it.
        ("staff.note", json!("Husk mad 👍")),
        ("mover.surname", json!("Коваль سعيد")),
    ] {
        c.staff.send(set(key, value)).await;
        let error = c.staff.until_error("bad_slot").await;
        assert!(error["message"].as_str().unwrap().contains(key), "{error}");
    }
    c.staff
        .send(json!({"type": "clear_slot", "key": "nothing"}))
        .await;
    c.staff.until_error("bad_slot").await;

    // Typing order is kept even when two changes come at once.
    c.staff
        .send(set("mover.email", json!("a@example.dk")))
        .await;
    c.staff
        .send(json!({"type": "confirm_slot", "key": "mover.email", "value": "a@example.dk"}))
        .await;
    c.staff
        .until_event("slot_confirmed", |e| e["key"] == "mover.email")
        .await;
}

#[tokio::test]
async fn a_stop_settles_what_is_said_and_says_goodbye() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.talk.settle(Speaker::Staff, "Vent lidt.").await;
    c.tablet.until_event("utterance_settled", |_| true).await;
    let (store, case, to) = (house.store.clone(), c.case.clone(), house.address());
    c.talk.drains.store(false, Ordering::SeqCst);
    let stop = tokio::spawn(house.server.shutdown());
    c.talk
        .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
        .await;
    // The last words still come out of the pipe.
    c.talk.translate(1, Lang::Uk, "Зачекайте.").await;
    for client in [&mut c.staff, &mut c.tablet] {
        client.until_event("translation_settled", |_| true).await;
        assert_eq!(client.until_closed().await, ("shutting_down".into(), 4013));
    }
    tokio::time::timeout(Duration::from_secs(15), stop)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        log_of(&*store, &case).last().unwrap()["kind"],
        "translation_settled"
    );
    assert!(
        tokio::net::TcpStream::connect(to).await.is_err(),
        "nobody listens any more"
    );
}

/// Whoever ends a conversation on a machine that is behind loses no words, only their voice.
#[tokio::test]
async fn the_end_waits_longer_for_words_than_for_speech() {
    for words_come in [true, false] {
        let mut config = config();
        config.timeouts.drain_s = 1;
        let house = house_with(config, Arc::new(MemoryStore::new())).await;
        let mut c = house.conversation().await;
        c.talk.drains.store(false, Ordering::SeqCst);
        c.talk.words_wait.store(true, Ordering::SeqCst);
        c.staff.send(json!({"type": "end_conversation"})).await;
        c.talk
            .called(|call| *call == Call::EndSpeech(Speaker::Citizen))
            .await;
        if words_come {
            // Speech would have been given up by now.
            tokio::time::sleep(Duration::from_millis(1_600)).await;
            c.talk
                .say(Speaker::Citizen, "Першого грудня.", "Den første december.")
                .await;
            c.talk.words_wait.store(false, Ordering::SeqCst);
        } else {
            c.tablet.until_error("engine_failed").await;
            let error = c.staff.until_error("engine_failed").await;
            assert_eq!(error["fatal"], false);
        }
        c.staff.until_event("conversation_ended", |_| true).await;
        let kinds: Vec<String> = log_of(&*house.store, &c.case)
            .iter()
            .filter_map(|event| event["kind"].as_str().map(str::to_owned))
            .filter(|kind| kind != "slot_proposed")
            .collect();
        let settled = kinds.iter().any(|kind| kind == "translation_settled");
        assert_eq!(settled, words_come, "{kinds:?}");
    }
}

#[tokio::test]
async fn after_a_restart_the_conversation_goes_on_from_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cases.sqlite");
    let mut config = config();
    config.data_dir = dir.path().to_owned();
    let first = house_with(config.clone(), Arc::new(SqliteStore::open(&path).unwrap())).await;
    let mut c = first.conversation().await;
    c.talk.say(Speaker::Citizen, "Так.", "Ja.").await;
    let open = c.talk.settle(Speaker::Staff, "Hvor bor du?").await;
    c.staff
        .until_event("utterance_settled", |e| e["id"] == open)
        .await;
    c.staff
        .send(json!({"type": "correct_slot", "key": "move_date", "value": "2026-12-15"}))
        .await;
    c.staff.until_event("slot_corrected", |_| true).await;
    c.tablet.until_event("slot_corrected", |_| true).await;
    let seen = *c.staff.seqs().iter().max().unwrap();
    let (staff_ticket, tablet_ticket) = (
        c.staff.resume_ticket.clone(),
        c.tablet.resume_ticket.clone(),
    );
    first.server.shutdown().await;

    let second = house_with(config, Arc::new(SqliteStore::open(&path).unwrap())).await;
    let mut staff = second.client(&staff_ticket, Some(seen)).await;
    let form = staff.until("form").await;
    assert!(form.to_string().contains("15. december 2026"));
    // What was not translated before is translated now; its moment is over, so nobody speaks it.
    let translated = staff
        .until_event("translation_settled", |e| e["utterance"] == open)
        .await;
    assert_eq!(translated["text"], "[Hvor bor du?]");
    let mut tablet = second.client(&tablet_ticket, None).await;
    tablet
        .until_event("utterance_settled", |e| e["id"] == 1)
        .await;
    tablet.start_audio().await;
    let talk = second.pipe.conversation(0).await;
    tablet.send_binary(vec![0; 64]).await;
    talk.called(|call| *call == Call::Push(Speaker::Citizen, 32))
        .await;
    let next = talk.settle(Speaker::Citizen, "В Орхусі.").await;
    assert!(next > open);
    staff
        .until_event("utterance_settled", |e| e["id"] == next)
        .await;
    assert!(!tablet.seen.iter().any(|m| m["type"] == "speech"));
    verify(&*second.store, &c.case).unwrap().unwrap();

    // The tickets were good once, also across the restart.
    let mut thief = Client::connect(second.address()).await.unwrap();
    thief
        .send(json!({"type": "hello", "ticket": staff_ticket}))
        .await;
    assert_eq!(thief.until_closed().await, ("bad_ticket".into(), 4003));
}

#[tokio::test]
async fn an_empty_conversation_gives_its_engines_back_and_starts_anew() {
    let mut config = config();
    config.timeouts.linger_s = 0;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut c = house.conversation().await;
    let ticket = c.staff.resume_ticket.clone();
    c.tablet.vanish();
    c.staff.until_that("presence", |p| p["citizen"] == 0).await;
    c.staff.vanish();
    c.talk.called(|call| *call == Call::Close).await;
    let mut staff = house.client(&ticket, None).await;
    staff
        .until_event("consent_given", |e| e["actor"] == "citizen")
        .await;
    house.pipe.conversation(1).await;
}

#[tokio::test]
async fn a_damaged_log_is_refused_and_others_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cases.sqlite");
    let house = house_with(config(), Arc::new(SqliteStore::open(&path).unwrap())).await;
    let (damaged, _) = house.open_case().await;
    let mut c = house.conversation().await;
    damage(&path, &damaged.case);
    let mut client = Client::connect(house.address()).await.unwrap();
    client
        .send(json!({"type": "hello", "ticket": damaged.ticket}))
        .await;
    assert_eq!(client.until_closed().await, ("not_saved".into(), 4010));
    c.talk.say(Speaker::Staff, "Hej.", "Привіт.").await;
    c.tablet.until_event("translation_settled", |_| true).await;
}

/// Changes the first event of a case in the file.
fn damage(path: &std::path::Path, case: &CaseId) {
    let db = rusqlite::Connection::open(path).unwrap();
    db.execute(
        "UPDATE events SET body = replace(body, '2026-11-24', '2026-11-23') WHERE case_id = ?",
        [&case.0],
    )
    .unwrap();
}

/// Whoever cannot be looked up is not turned away for good: the same ticket is good later.
#[tokio::test]
async fn who_comes_back_while_the_store_is_away_may_come_again() {
    let store = Arc::new(Flaky::default());
    let house = house_with(config(), store.clone()).await;
    let c = house.conversation().await;
    let ticket = c.staff.resume_ticket.clone();
    c.staff.vanish();
    store.full.store(true, Ordering::SeqCst);
    let mut early = Client::connect(house.address()).await.unwrap();
    early.send(json!({"type": "hello", "ticket": ticket})).await;
    let (code, closed) = early.until_closed().await;
    assert_eq!((code.as_str(), closed), ("not_saved", 4010));
    // One that was handed out meanwhile is known here, whatever the store says.
    let path = format!("/api/cases/{}/ticket", c.case);
    let cookie = [("cookie", c.cookie.as_str())];
    let handed = house.post(&path, &cookie, "{}").await;
    assert_eq!(handed.status, 200, "{}", handed.text());
    let handed = handed.json()["ticket"].as_str().unwrap().to_owned();
    house.client(&handed, None).await.vanish();

    store.unreadable.store(true, Ordering::SeqCst);
    for (path, body) in [
        (path.clone(), "{}"),
        (path.replace("ticket", "pairing"), "{}"),
    ] {
        let answer = house.post(&path, &cookie, body).await;
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert_eq!(answer.json()["code"], "not_saved");
    }
    store.unreadable.store(false, Ordering::SeqCst);
    store.full.store(false, Ordering::SeqCst);
    let again = house.client(&ticket, None).await;
    assert_eq!(again.seen[0]["role"], "staff");
}

/// The same where the account must be looked up after the ticket was used.
#[tokio::test]
async fn a_ticket_that_was_used_in_vain_is_good_again() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = data.path().to_owned();
    let store = Arc::new(Flaky::default());
    let house = staffed_on(config, store.clone()).await;
    let anne = sign_in(&house, "anne").await;
    let opened = house.post("/api/cases", &[("cookie", &anne)], "{}").await;
    let ticket = opened.json()["ticket"].clone();
    store.unreadable.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        let mut early = Client::connect(house.address()).await.unwrap();
        early.send(json!({"type": "hello", "ticket": ticket})).await;
        assert_eq!(early.until_closed().await.0, "not_saved");
    }
    // Nobody is told that they are not signed in, either.
    let session = house.get("/api/session", &[("cookie", &anne)]).await;
    assert_eq!(session.status, 503);
    store.unreadable.store(false, Ordering::SeqCst);
    house.client(ticket.as_str().unwrap(), None).await;
}

/// The second person's answer comes from outside the conversation, and is looked for once it is told of.
#[tokio::test]
async fn a_step_taken_elsewhere_shows_although_the_first_look_fails() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = data.path().to_owned();
    let store = Arc::new(Flaky::default());
    let house = staffed_on(config, store.clone()).await;
    let mut desk = desk(&house).await;
    desk.sign().await;
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    desk.staff.settle().await;
    let bo = sign_in(&house, "bo").await;
    store.blind.store(2, Ordering::SeqCst);
    let path = format!("/api/cases/{}/review/return", desk.case);
    let body = json!({"reason": "Etagen mangler.", "comments": []}).to_string();
    let returned = house.post(&path, &[("cookie", &bo)], &body).await;
    assert_eq!(returned.status, 200, "{}", returned.text());
    desk.staff.until_event("returned", |_| true).await;
    stage(&mut desk.staff, "returned").await;
    assert_eq!(
        store.blind.load(Ordering::SeqCst),
        0,
        "it was tried in vain"
    );
}
