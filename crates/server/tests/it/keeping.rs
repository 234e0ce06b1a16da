//! Cases that are erased while the server runs, and two screens that write at the same time.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tolkebot_casework::{
    ErasureReason, MasterKey, MemoryStore, NewEvent, SqliteStore, Store, verify,
};
use tolkebot_protocol::{CaseId, EventPayload, Role, Speaker};

use crate::common::{Client, config, house, house_with, log_of};

#[tokio::test]
async fn an_erased_case_is_closed_for_everybody() {
    let house = house().await;
    let mut c = house.conversation().await;
    let tickets = [
        c.staff.resume_ticket.clone(),
        c.tablet.resume_ticket.clone(),
    ];
    let path = format!("/api/cases/{}/form.json", c.case);
    let cookie = [("cookie", c.cookie.as_str())];
    assert_eq!(house.get(&path, &cookie).await.status, 200);
    let now = Timestamp::from_second(1_795_510_900).unwrap();
    house
        .store
        .erase(&c.case, ErasureReason::Request, now)
        .unwrap();
    c.talk.settle(Speaker::Citizen, "Раз.").await;
    for client in [&mut c.staff, &mut c.tablet] {
        assert_eq!(client.until_closed().await.0, "not_allowed");
        assert!(!client.seen.iter().any(|m| m["kind"] == "utterance_settled"));
    }
    assert_eq!(house.get(&path, &cookie).await.status, 410);
    for ticket in tickets {
        let mut client = Client::connect(house.address()).await.unwrap();
        client
            .send(json!({"type": "hello", "ticket": ticket}))
            .await;
        assert_eq!(client.until_closed().await.0, "bad_ticket");
    }
}

#[tokio::test]
async fn old_cases_are_erased_while_the_server_runs() {
    let mut config = config();
    config.retention.open_days = 1;
    let store = Arc::new(MemoryStore::new());
    let opened = |at: &str| NewEvent {
        at: at.parse().unwrap(),
        actor: Role::Staff,
        payload: EventPayload::CaseOpened {
            form: "flytteanmeldelse".into(),
            today: "2026-11-22".into(),
        },
    };
    for (case, at) in [
        ("old", "2026-11-22T09:00:00Z"),
        ("new", "2026-11-24T08:00:00Z"),
    ] {
        store
            .append(&CaseId(case.into()), 0, &[opened(at)])
            .unwrap();
    }
    let _house = house_with(config, store.clone()).await;
    for _ in 0..1000 {
        if store.list().unwrap().iter().any(|line| line.erased) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let left: Vec<_> = store
        .list()
        .unwrap()
        .iter()
        .map(|l| (l.case.0.clone(), l.erased))
        .collect();
    assert_eq!(left, [("new".to_owned(), false), ("old".to_owned(), true)]);
}

fn values(log: &[Value], kind: &str) -> Vec<Value> {
    let of_kind = log.iter().filter(|event| event["kind"] == kind);
    of_kind.map(|event| event["value"].clone()).collect()
}

/// Staff and citizen press at the same moment: both presses are in the log, in the order in which
/// both screens see them.
#[tokio::test]
async fn two_screens_that_confirm_at_once_lose_no_write() {
    let house = house().await;
    let mut c = house.conversation().await;
    for n in 1..=10 {
        let value = format!("2026-12-{n:02}");
        let slot = |kind: &str| json!({"type": kind, "key": "move_date", "value": value});
        c.staff.send(slot("correct_slot")).await;
        for client in [&mut c.staff, &mut c.tablet] {
            client
                .until_event("slot_corrected", |e| e["value"] == value)
                .await;
        }
        tokio::join!(
            c.staff.send(slot("confirm_slot")),
            c.tablet.send(slot("confirm_slot"))
        );
        for client in [&mut c.staff, &mut c.tablet] {
            for _ in 0..2 {
                client
                    .until_event("slot_confirmed", |e| e["value"] == value)
                    .await;
            }
        }
    }
    let log = log_of(&*house.store, &c.case);
    assert_eq!(values(&log, "slot_confirmed").len(), 20);
    assert_eq!(c.staff.seqs(), c.tablet.seqs());
}

/// Two server processes on one file, each with a screen of the same case: every write of either is
/// in the log once, and both screens come to the same log.
#[tokio::test]
async fn two_servers_on_one_log_lose_no_write() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cases.sqlite");
    let key = MasterKey::generate().unwrap();
    let open = || Arc::new(SqliteStore::open_with(&path, Some(key.clone())).unwrap());
    let one = house_with(config(), open()).await;
    let two = house_with(config(), open()).await;
    let (opened, _) = one.open_case().await;
    let paired = one.pair(&opened.pairing.code).await;
    let mut staff = one.client(&opened.ticket, None).await;
    let mut tablet = two.client(&paired.ticket, None).await;
    let set = |key: &str, n: usize| json!({"type": "correct_slot", "key": key, "value": format!("Navn {n}")});
    for n in 0..20 {
        tokio::join!(
            staff.send(set("mover.surname", n)),
            tablet.send(set("mover.given_names", n))
        );
    }
    for client in [&mut staff, &mut tablet] {
        client.settle().await;
    }
    let mut log = Vec::new();
    for _ in 0..1000 {
        log = log_of(&*one.store, &opened.case);
        if values(&log, "slot_corrected").len() == 40 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for key in ["mover.surname", "mover.given_names"] {
        let of_key = log.iter().filter(|event| event["key"] == key);
        let written: Vec<_> = of_key.map(|event| event["value"].clone()).collect();
        let wanted: Vec<_> = (0..20).map(|n| json!(format!("Navn {n}"))).collect();
        assert_eq!(written, wanted, "{key}");
    }
    verify(&*two.store, &opened.case).unwrap();
    let report = two.store.audit(None, None).unwrap();
    assert_eq!(report.findings, []);
}

/// Another program holds the file: the talk goes on, the screens say that nothing is saved, and
/// everything is saved once the file is free.
#[tokio::test]
async fn a_locked_log_is_told_and_written_when_it_is_free() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cases.sqlite");
    let house = house_with(config(), Arc::new(SqliteStore::open(&path).unwrap())).await;
    let mut c = house.conversation().await;
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    c.talk
        .say(Speaker::Citizen, "Добрий день.", "Goddag.")
        .await;
    c.staff.until_error("not_saved").await;
    assert_eq!(c.staff.until_binary().await.len(), 480);
    assert!(
        !c.staff
            .seen
            .iter()
            .any(|m| m["kind"] == "utterance_settled")
    );
    other.execute_batch("ROLLBACK").unwrap();
    for client in [&mut c.staff, &mut c.tablet] {
        client
            .until_event("translation_settled", |e| e["text"] == "Goddag.")
            .await;
        let seqs = client.seqs();
        assert_eq!(seqs, (1..=*seqs.last().unwrap()).collect::<Vec<_>>());
    }
}
