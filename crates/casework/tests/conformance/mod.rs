//! What every store must do.

pub mod sounds;

use std::sync::Arc;
use std::thread;

use jiff::{SignedDuration, Timestamp};
use tolkebot_casework::{
    ErasureReason, EventHash, FORM, FindingKind, LedgerHead, NewEvent, Progress, Snapshot, Store,
    StoreError, verify,
};
use tolkebot_protocol::{
    CaseId, EventPayload, Lang, Notice, Role, Speaker, TranslationWarning, Utterance, UtteranceId,
    UtteranceSource,
};

pub use sounds::keeps_sound;

/// A second of 24 November 2026, from 09:00 UTC on.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + second).unwrap()
}

pub fn case(id: &str) -> CaseId {
    CaseId(id.to_owned())
}

pub fn new(second: i64, actor: Role, payload: EventPayload) -> NewEvent {
    NewEvent {
        at: at(second),
        actor,
        payload,
    }
}

/// One event of every kind.
pub fn every_kind() -> Vec<NewEvent> {
    let utterance = Utterance {
        id: UtteranceId(1),
        speaker: Speaker::Citizen,
        lang: Lang::Uk,
        text: "Моя адреса — «Åboulevarden 3»,\n\"2. tv\" 😀".into(),
        source: UtteranceSource::Speech,
        start_ms: 120,
        end_ms: 3480,
        confidence: 0.1,
        reconsidered: Vec::new(),
        interrupted: false,
        sent_as: None,
    };
    let payloads = vec![
        EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-11-24".into(),
        },
        EventPayload::ConsentGiven {
            notice: Notice::Processing,
            accepted: true,
        },
        EventPayload::ParticipantJoined {
            role: Role::Citizen,
            paired: false,
        },
        EventPayload::UtteranceSettled(utterance),
        EventPayload::TranslationSettled {
            utterance: UtteranceId(1),
            lang: Lang::Da,
            text: "Min adresse er …".into(),
            confidence: 1.0 / 3.0,
            warnings: vec![TranslationWarning::ValueMismatch],
            verified: false,
        },
        EventPayload::SlotConfirmed {
            key: "to.house_number".into(),
            value: serde_json::json!({"b": [1, -2, 1.5e300], "a": null, "ä": "x"}),
            by: None,
        },
        EventPayload::SlotCorrected {
            key: "to.floor".into(),
            value: "st".into(),
            by: None,
        },
        EventPayload::SlotCleared {
            key: "to.door".into(),
            by: None,
        },
        EventPayload::InterpreterRequested {},
        EventPayload::ConversationEnded {},
        EventPayload::Cancelled {
            reason: String::new(),
            by: None,
        },
    ];
    (0..)
        .zip(payloads)
        .map(|(s, payload)| new(s, Role::Citizen, payload))
        .collect()
}

pub fn joined(n: usize) -> Vec<NewEvent> {
    (0..n)
        .map(|_| {
            new(
                0,
                Role::Staff,
                EventPayload::ParticipantJoined {
                    role: Role::Staff,
                    paired: false,
                },
            )
        })
        .collect()
}

/// The contract of [`Store`].
pub fn conforms(store: Arc<dyn Store>) {
    let a = case("a-1");
    assert_eq!(store.last(&a).unwrap(), None);
    assert!(store.load(&a, 0).unwrap().is_empty());
    assert!(store.list().unwrap().is_empty());
    assert_eq!(verify(&*store, &a).unwrap(), None);

    // What goes in comes out, numbered and chained.
    let events = every_kind();
    let (first, rest) = events.split_at(4);
    let mut stored = store.append(&a, 0, first).unwrap();
    stored.extend(store.append(&a, 4, rest).unwrap());
    assert_eq!(store.load(&a, 0).unwrap(), stored);
    let mut previous = EventHash::START;
    for (i, (stored, new)) in stored.iter().zip(&events).enumerate() {
        assert_eq!(stored.event.seq, i as u64 + 1);
        assert!(new.is_same_as(&stored.event));
        assert_eq!(stored.event.at, format!("2026-11-24T09:00:{i:02}.000Z"));
        assert_eq!(stored.previous, previous);
        previous = stored.hash;
    }
    assert_eq!(store.load(&a, 9).unwrap(), stored[9..]);
    assert!(store.load(&a, 11).unwrap().is_empty());
    assert!(store.load(&a, u64::MAX).unwrap().is_empty());
    let head = store.last(&a).unwrap().unwrap();
    assert_eq!((head.seq, head.hash), (11, previous));
    assert_eq!(verify(&*store, &a).unwrap(), Some(head));

    // Who does not know the newest event is refused and changes nothing.
    for wrong in [0, 10, 12] {
        match store.append(&a, wrong, &joined(1)) {
            Err(StoreError::Conflict {
                expected,
                actual: 11,
                ..
            }) => assert_eq!(expected, wrong),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(store.last(&a).unwrap(), Some(head));

    // All or nothing.
    let mut half_bad = joined(1);
    half_bad.push(new(
        0,
        Role::System,
        EventPayload::TranslationSettled {
            utterance: UtteranceId(1),
            lang: Lang::Da,
            text: String::new(),
            confidence: f32::INFINITY,
            warnings: vec![],
            verified: false,
        },
    ));
    assert!(matches!(
        store.append(&a, 11, &half_bad),
        Err(StoreError::Unstorable { seq: 13, .. })
    ));
    assert_eq!(store.last(&a).unwrap(), Some(head));
    assert!(store.append(&a, 11, &[]).unwrap().is_empty());

    // Cases are apart; ids are checked.
    let b = case("B-2");
    store.append(&b, 0, &every_kind()[..1]).unwrap();
    let list = store.list().unwrap();
    let ids: Vec<_> = list.iter().map(|s| (s.case.0.as_str(), s.seq)).collect();
    assert_eq!(ids, [("B-2", 1), ("a-1", 11)]);
    assert_eq!(list[1].opened_at, "2026-11-24T09:00:00.000Z");
    assert_eq!(list[1].changed_at, "2026-11-24T09:00:10.000Z");
    let page = |after: Option<&CaseId>, most| store.list_page(after, most).unwrap();
    assert_eq!(page(None, 9), list);
    assert_eq!(page(None, 1), list[..1]);
    assert_eq!(page(Some(&b), 9), list[1..]);
    assert_eq!(page(Some(&case("C")), 1), list[1..]);
    assert_eq!(page(Some(&a), 9), []);
    let a1 = store.load(&a, 0).unwrap()[0].hash;
    assert_ne!(
        store.load(&b, 0).unwrap()[0].hash,
        a1,
        "the case is covered by the hash"
    );
    for bad in ["", "a b", "../x", &"x".repeat(65)] {
        assert!(matches!(
            store.append(&case(bad), 0, &joined(1)),
            Err(StoreError::BadCaseId(_))
        ));
    }

    // Notes are kept, replaced, taken once, and forgotten in time.
    store.put_note("k", "1", at(10), at(0)).unwrap();
    store.put_note("k", "2", at(20), at(0)).unwrap();
    assert_eq!(store.note("k", at(19)).unwrap().as_deref(), Some("2"));
    assert_eq!(store.note("k", at(20)).unwrap(), None);
    assert_eq!(store.take_note("k", at(19)).unwrap().as_deref(), Some("2"));
    assert_eq!(store.take_note("k", at(0)).unwrap(), None);
    store.put_note("late", "3", at(30), at(0)).unwrap();
    assert_eq!(store.take_note("late", at(30)).unwrap(), None);
    store.put_note("old", "4", at(40), at(0)).unwrap();
    store.put_note("new", "5", at(90), at(40)).unwrap();
    assert_eq!(
        store.note("old", at(0)).unwrap(),
        None,
        "expired notes are forgotten"
    );

    // Of several who claim one gets it, until it lets go or its time is over.
    let claim = |who, second| {
        let lasts = SignedDuration::from_secs(10);
        store.claim_note("turn/a", who, lasts, at(second)).unwrap()
    };
    assert!(claim("1", 40) && !claim("2", 40) && !claim("1", 49));
    assert_eq!(store.note("turn/a", at(49)).unwrap().as_deref(), Some("1"));
    assert!(claim("2", 50) && !claim("1", 59));
    assert_eq!(
        store.take_note("turn/a", at(59)).unwrap().as_deref(),
        Some("2")
    );
    assert!(claim("1", 59));
    // By a clock that is a little ahead, and by one that is far ahead.
    assert!(!claim("2", 49));
    assert!(claim("2", 48));
    store.take_note("turn/a", at(48)).unwrap();

    let keys = |prefix, second| store.note_keys(prefix, at(second)).unwrap();
    store.put_note("kind/a/1", "6", at(90), at(40)).unwrap();
    store.put_note("kind/b/1", "7", at(80), at(40)).unwrap();
    store.put_note("kin", "8", at(90), at(40)).unwrap();
    store.put_note("kind0", "9", at(90), at(40)).unwrap();
    assert_eq!(keys("kind/", 50), ["kind/a/1", "kind/b/1"]);
    assert_eq!(keys("kind/", 80), ["kind/a/1"]);
    assert_eq!(keys("kind/%", 50), [""; 0]);

    // The list says how far cases have come.
    let far = |wanted: &[Progress]| -> Vec<String> {
        let lines = store.list_in(wanted).unwrap();
        lines.into_iter().map(|line| line.case.0).collect()
    };
    assert_eq!(far(&[Progress::Open]), ["B-2"]);
    assert_eq!(far(&[Progress::Ended, Progress::Open]), ["B-2", "a-1"]);
    assert_eq!(far(&[Progress::InReview]), [""; 0]);
    let sent = new(12, Role::Staff, EventPayload::SentToReview { by: None });
    store.append(&b, 1, &[sent]).unwrap();
    assert_eq!(far(&[Progress::InReview]), ["B-2"]);
    assert_eq!(store.list().unwrap()[0].progress, Some(Progress::InReview));
    // What a line says already is not written over.
    store.set_progress(&b, 2, Progress::Submitted).unwrap();
    assert_eq!(far(&[Progress::InReview]), ["B-2"]);

    // A snapshot is kept, replaced, and of its case only.
    let snapshot = |seq, text: &str| Snapshot {
        seq,
        hash: EventHash([seq as u8; 32]),
        fold: "fold".into(),
        text: text.into(),
    };
    assert_eq!(store.snapshot(&a).unwrap(), None);
    store.put_snapshot(&a, &snapshot(10, "ten")).unwrap();
    store.put_snapshot(&a, &snapshot(11, "æ\n")).unwrap();
    store
        .put_snapshot(&case("nobody"), &snapshot(1, "x"))
        .unwrap();
    assert_eq!(store.snapshot(&a).unwrap(), Some(snapshot(11, "æ\n")));
    assert_eq!(store.snapshot(&b).unwrap(), None);
    assert_eq!(store.snapshot(&case("nobody")).unwrap(), None);

    // Of writers at the same time, one wins each place; nothing is lost or doubled.
    let c = case("c");
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (store, c) = (store.clone(), c.clone());
            thread::spawn(move || {
                let mut done = 0;
                while done < 10 {
                    let seq = store.last(&c).unwrap().map_or(0, |h| h.seq);
                    match store.append(&c, seq, &joined(2)) {
                        Ok(_) => done += 1,
                        Err(StoreError::Conflict { .. }) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(verify(&*store, &c).unwrap().unwrap().seq, 80);

    // Everything is in the ledger, and the audit finds nothing.
    let report = store.audit(None, None).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!((report.cases, report.events, report.erased), (3, 93, 0));
    assert_eq!(report.entries, 2 + 2 + 40);
    let head = report.head.unwrap();
    assert_eq!(store.audit(Some(&b), Some(head)).unwrap().events, 2);
    let foreign = LedgerHead {
        chain: EventHash([7; 32]),
        ..head
    };
    let found = store.audit(None, Some(foreign)).unwrap().findings;
    assert_eq!(found[0].what, FindingKind::Anchor);

    // Erased is erased, once and for ever; others are not touched; the chains stay whole.
    let late = at(9_000_000);
    let (of_a, of_others) = (
        ["outbox-pdf/a-1/9f", "outbox-tries/a-1", "owner:a-1"],
        [
            "outbox-tries/B-2",
            "outbox-tries/a-12",
            "a-1/x",
            "owner:a-12",
        ],
    );
    for key in of_a.iter().chain(&of_others) {
        store.put_note(key, "PDF", late, at(100)).unwrap();
    }
    store.erase(&a, ErasureReason::Request, at(86_400)).unwrap();
    for key in of_a {
        assert_eq!(store.note(key, at(100)).unwrap(), None, "{key}");
    }
    for key in of_others {
        assert!(store.note(key, at(100)).unwrap().is_some(), "{key}");
    }
    store.put_note(of_a[0], "late", late, at(100)).unwrap();
    store.erase(&a, ErasureReason::Request, at(86_401)).unwrap();
    assert_eq!(store.note(of_a[0], at(100)).unwrap(), None);
    store
        .erase(&case("nobody"), ErasureReason::Request, at(0))
        .unwrap();
    assert!(matches!(store.load(&a, 0), Err(StoreError::Erased(_))));
    assert!(matches!(
        store.append(&a, 11, &joined(1)),
        Err(StoreError::Erased(_))
    ));
    assert_eq!(store.load(&b, 0).unwrap().len(), 2);
    store.put_snapshot(&a, &snapshot(11, "late")).unwrap();
    assert_eq!(store.snapshot(&a).unwrap(), None, "it goes and stays away");
    assert_eq!(far(&[Progress::Ended, Progress::InReview]), ["B-2"]);
    let list = store.list().unwrap();
    assert_eq!(list[1].changed_at, "2026-11-24T09:00:10.000Z");
    let erased: Vec<_> = list.iter().map(|s| (s.case.0.as_str(), s.erased)).collect();
    assert_eq!(erased, [("B-2", false), ("a-1", true), ("c", false)]);
    let report = store.audit(None, Some(head)).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!((report.erased, report.entries, report.days), (1, 45, 1));
}

/// Many writers at once, each to a case of its own and all to one: nothing is lost or doubled, each
/// case is in its writer's order, and who came late is told so and nobody else.
pub fn takes_many_writers(store: Arc<dyn Store>) {
    const WRITERS: usize = 12;
    const EACH: u64 = 8;
    let said = |writer: usize, n: u64| EventPayload::SlotCorrected {
        key: format!("writer-{writer}"),
        value: n.into(),
        by: None,
    };
    let shared = case("shared");
    let conflicts: u64 = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (store, shared) = (store.clone(), shared.clone());
                scope.spawn(move || {
                    let own = case(&format!("own-{writer}"));
                    let mut conflicts = 0;
                    for n in 0..EACH {
                        let event = new(n as i64, Role::Staff, said(writer, n));
                        let stored = store.append(&own, n, std::slice::from_ref(&event)).unwrap();
                        assert_eq!((stored.len(), stored[0].event.seq), (1, n + 1));
                        // What was acknowledged is there for everybody.
                        assert_eq!(store.last(&own).unwrap().unwrap().hash, stored[0].hash);
                        // A place that is taken is a conflict for this writer only.
                        assert!(matches!(
                            store.append(&own, n, std::slice::from_ref(&event)),
                            Err(StoreError::Conflict { actual, .. }) if actual == n + 1
                        ));
                        loop {
                            let seq = store.last(&shared).unwrap().map_or(0, |h| h.seq);
                            match store.append(&shared, seq, std::slice::from_ref(&event)) {
                                Ok(_) => break,
                                Err(StoreError::Conflict { actual, .. }) => {
                                    assert!(actual > seq);
                                    conflicts += 1;
                                }
                                Err(other) => panic!("{other}"),
                            }
                        }
                    }
                    conflicts
                })
            })
            .collect();
        writers.into_iter().map(|w| w.join().unwrap()).sum()
    });
    let all = WRITERS as u64 * EACH;
    let events = store.load(&shared, 0).unwrap();
    assert_eq!(events.len() as u64, all, "after {conflicts} conflicts");
    for writer in 0..WRITERS {
        let own = store.load(&case(&format!("own-{writer}")), 0).unwrap();
        let wanted: Vec<_> = (0..EACH).map(|n| said(writer, n)).collect();
        let got: Vec<_> = own.into_iter().map(|one| one.event.payload).collect();
        assert_eq!(got, wanted);
        let mut in_shared = events.iter().map(|one| &one.event.payload);
        let own_order = wanted.iter().all(|one| in_shared.any(|e| e == one));
        assert!(own_order, "writer {writer} is in its own order");
    }
    let claims: usize = thread::scope(|scope| {
        let lasts = SignedDuration::from_secs(60);
        let claims: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = store.clone();
                scope.spawn(move || {
                    let who = writer.to_string();
                    store.claim_note("turn/all", &who, lasts, at(0)).unwrap()
                })
            })
            .collect();
        let all = claims.into_iter().map(|one| one.join().unwrap());
        all.map(usize::from).sum()
    });
    assert_eq!(claims, 1, "one of them gets it");
    let report = store.audit(None, None).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!((report.events, report.entries), (2 * all, 2 * all));
}
