//! The store on a PostgreSQL server, which the tests start themselves.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod conformance;
mod postgres_server;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tolkebot_casework::{
    ErasureReason, Fault, FindingKind, MasterKey, MemoryStore, PostgresStore, Progress, Store,
    StoreError, cases_in, verify,
};

use conformance::sounds::wav;
use conformance::{at, case, conforms, every_kind, joined, keeps_sound, takes_many_writers};
use postgres_server::PostgresServer;

fn open(url: &str) -> PostgresStore {
    PostgresStore::open(url, None, 4, None).unwrap()
}

#[test]
fn the_store_in_postgresql_conforms_sealed_and_not() {
    let server = PostgresServer::start();
    conforms(Arc::new(open(&server.database("plain"))));
    takes_many_writers(Arc::new(open(&server.database("many"))));
    let master = MasterKey::generate().unwrap();
    let sealed = server.database("sealed");
    let store = PostgresStore::open(&sealed, None, 4, Some(master)).unwrap();
    conforms(Arc::new(store));
    let texts = server.query(
        &sealed,
        "SELECT count(*) FROM events WHERE body LIKE '%Åboulevarden%'",
    );
    assert_eq!(texts, "0", "nothing of a sealed case can be read");
}

#[test]
fn sound_is_kept_sealed_in_postgresql() {
    let server = PostgresServer::start();
    let master = MasterKey::generate().unwrap();
    let url = server.database("sound");
    let store = PostgresStore::open(&url, None, 4, Some(master)).unwrap();
    keeps_sound(Arc::new(store));
    let left = "SELECT string_agg(case_id || ' ' || length(body), ',') FROM sounds";
    assert_eq!(server.query(&url, left), format!("a-12 {}", 44 + 40));
    let clear: String = wav(9, 44).iter().map(|b| format!("{b:02x}")).collect();
    let found = format!("SELECT count(*) FROM sounds WHERE encode(body, 'hex') LIKE '%{clear}%'");
    assert_eq!(server.query(&url, &found), "0");
    // A database without a master key keeps none.
    let plain = open(&server.database("plain_sound"));
    plain.append(&case("a"), 0, &joined(1)).unwrap();
    let refused = plain.begin_sound(&case("a")).unwrap_err();
    assert!(matches!(refused, StoreError::Unsealed(_)), "{refused}");
}

#[test]
fn several_servers_share_one_log_and_none_loses_a_write() {
    let server = PostgresServer::start();
    let url = server.database("shared");
    let (a, b) = (open(&url), open(&url));
    let (one, memory) = (case("a"), MemoryStore::new());
    assert_eq!(
        a.append(&one, 0, &every_kind()).unwrap(),
        memory.append(&one, 0, &every_kind()).unwrap(),
        "the hashes are the same everywhere"
    );
    assert_eq!(b.load(&one, 0).unwrap(), a.load(&one, 0).unwrap());
    // Two screens of two servers confirm the same slot: the second is told.
    b.append(&one, 11, &joined(1)).unwrap();
    assert!(matches!(
        a.append(&one, 11, &joined(1)),
        Err(StoreError::Conflict { actual: 12, .. })
    ));
    a.put_note("k", "v", at(9), at(0)).unwrap();
    assert_eq!(b.take_note("k", at(1)).unwrap().as_deref(), Some("v"));
    assert_eq!(a.take_note("k", at(1)).unwrap(), None);
    // Writers of both at once, each to a case of its own and to one that all share.
    let stores: Vec<Arc<PostgresStore>> = vec![Arc::new(a), Arc::new(b)];
    thread::scope(|scope| {
        for n in 0..6 {
            let store = stores[n % 2].clone();
            scope.spawn(move || {
                let (own, shared) = (case(&format!("own-{n}")), case("shared"));
                for done in 0..10 {
                    store.append(&own, done, &joined(1)).unwrap();
                    loop {
                        let seq = store.last(&shared).unwrap().map_or(0, |h| h.seq);
                        match store.append(&shared, seq, &joined(1)) {
                            Ok(_) => break,
                            Err(StoreError::Conflict { .. }) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
            });
        }
    });
    assert_eq!(
        verify(&*stores[0], &case("shared")).unwrap().unwrap().seq,
        60
    );
    let report = stores[1].audit(None, None).unwrap();
    assert_eq!((report.findings.len(), report.events), (0, 12 + 60 + 60));
}

#[test]
fn what_was_appended_survives_a_killed_server_and_the_store_finds_it_again() {
    let mut server = PostgresServer::start();
    let url = server.database("killed");
    let store = open(&url);
    let one = case("a");
    let mut seq = 0;
    for round in 0..3 {
        for _ in 0..20 {
            store.append(&one, seq, &joined(1)).unwrap();
            seq += 1;
        }
        server.kill();
        let error = store.append(&one, seq, &joined(1)).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, StoreError::Server { .. }), "{text}");
        assert!(text.contains("store.url"), "{text}");
        server.start_again();
        // The first question may still meet the lost connection.
        let known = loop {
            match store.last(&one) {
                Ok(head) => break head.unwrap().seq,
                Err(_) => thread::park_timeout(Duration::from_millis(50)),
            }
        };
        assert_eq!(known, seq, "round {round}");
        assert_eq!(store.load(&one, 0).unwrap().len() as u64, seq);
    }
    assert!(store.audit(None, None).unwrap().is_intact());
}

#[test]
fn every_change_behind_our_back_is_found_and_an_erased_case_is_gone() {
    let server = PostgresServer::start();
    let url = server.database("changed");
    let master = MasterKey::generate().unwrap();
    let store = PostgresStore::open(&url, None, 2, Some(master.clone())).unwrap();
    for id in ["a", "b", "c", "d"] {
        store.append(&case(id), 0, &every_kind()).unwrap();
    }
    let head = store.audit(None, None).unwrap().head;
    store
        .erase(&case("d"), ErasureReason::Request, at(60))
        .unwrap();
    let keys = "SELECT count(*) FROM case_keys WHERE case_id = 'd'";
    assert_eq!(server.query(&url, keys), "0");
    assert!(matches!(
        store.load(&case("d"), 0),
        Err(StoreError::Erased(_))
    ));
    assert!(store.audit(None, head).unwrap().is_intact());

    server.query(&url, "DELETE FROM events WHERE case_id = 'a' AND seq = 11");
    server.query(&url, "DELETE FROM events WHERE case_id = 'b' AND seq = 3");
    server.query(
        &url,
        "UPDATE events SET hash = sha256('x') WHERE case_id = 'c' AND seq = 5",
    );
    let found = store.audit(None, None).unwrap().findings;
    let found: Vec<_> = found
        .iter()
        .map(|f| (f.case.as_ref().unwrap().0.as_str(), f.at, f.what))
        .collect();
    assert_eq!(
        found,
        [
            ("a", 11, FindingKind::TakenAway),
            ("b", 3, FindingKind::Event(Fault::Gap)),
            ("c", 5, FindingKind::Event(Fault::Hash)),
        ]
    );
    assert!(matches!(
        store.load(&case("b"), 0),
        Err(StoreError::Corrupt(_))
    ));

    // Another master key opens nothing; without one the chains can be checked.
    let other = MasterKey::generate().unwrap();
    let foreign = PostgresStore::inspect(&url, None, Some(other)).unwrap();
    assert!(matches!(
        foreign.load(&case("a"), 0),
        Err(StoreError::MasterKey { .. })
    ));
    let reader = PostgresStore::inspect(&url, None, None).unwrap();
    assert_eq!(reader.list().unwrap().len(), 4);
    let refused = reader.put_note("k", "v", at(9), at(0)).unwrap_err();
    assert!(refused.to_string().contains("read-only"), "{refused}");

    // A newer program's database, and an empty one, are left alone.
    server.query(&url, "UPDATE tolkebot_version SET version = 999");
    let newer = PostgresStore::open(&url, None, 1, None).unwrap_err();
    assert!(matches!(newer, StoreError::TooNew { found: 999, .. }));
    let empty = server.database("empty");
    let older = PostgresStore::inspect(&empty, None, None).unwrap_err();
    assert!(matches!(older, StoreError::TooOld { found: 0, .. }));
}

/// A database as version 1 left it: no list of cases.
#[test]
fn a_database_of_the_version_before_the_list_is_taken_in_whole() {
    let server = PostgresServer::start();
    let url = server.database("older");
    let store = open(&url);
    for id in ["a", "b", "gone"] {
        store.append(&case(id), 0, &every_kind()).unwrap();
    }
    store
        .erase(&case("gone"), ErasureReason::Request, at(60))
        .unwrap();
    let listed = store.list().unwrap();
    drop(store);
    server.query(&url, "DROP TABLE cases");
    server.query(&url, "DROP TABLE snapshots");
    server.query(&url, "DROP TABLE sounds");
    server.query(&url, "DROP TABLE sound_keys");
    server.query(&url, "UPDATE tolkebot_version SET version = 1");
    let again = open(&url);
    // How far they have come is made up for at the first look.
    let known = cases_in(&again, &[Progress::Ended]).unwrap();
    let ids: Vec<_> = known.iter().map(|line| line.case.0.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(again.list().unwrap(), listed);
    assert_eq!((listed.len(), listed[2].erased), (3, true));
    assert_eq!(again.audit(None, None).unwrap().findings, []);
    assert_eq!(again.cases_with_sound().unwrap(), []);
    again.append(&case("b"), 11, &joined(1)).unwrap();
    assert_eq!(again.list_page(Some(&case("a")), 1).unwrap()[0].seq, 12);
    // What somebody writes into the list is found.
    server.query(&url, "DELETE FROM cases WHERE case_id = 'a'");
    server.query(&url, "UPDATE cases SET seq = 3 WHERE case_id = 'b'");
    server.query(
        &url,
        "INSERT INTO cases VALUES ('x', 1, '', '', FALSE, NULL)",
    );
    let found = again.audit(None, None).unwrap().findings;
    let found: Vec<_> = found
        .iter()
        .map(|f| (f.case.as_ref().unwrap().0.as_str(), f.what))
        .collect();
    let listed = FindingKind::Listed;
    assert_eq!(found, [("a", listed), ("b", listed), ("x", listed)]);
}

#[test]
fn addresses_are_checked_and_never_repeated() {
    for (url, word) in [
        ("mysql://user:hemmelig@host/db", "postgres://"),
        ("postgres://user:hemmelig@db.example.dk:x/db", "postgres://"),
        ("postgres://user:hemmelig@db.example.dk/db", "store.ca_file"),
        ("postgres://127.0.0.1/", "no user"),
        ("postgres://user:hemmelig@127.0.0.1", "no database"),
    ] {
        let error = PostgresStore::open(url, None, 1, None).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains(word), "{text}");
        assert!(!text.contains("hemmelig"), "{text}");
    }
    let url = "postgres://user:hemmelig@127.0.0.1:1/db";
    let nobody = PostgresStore::open(url, None, 1, None).unwrap_err();
    let text = format!("{nobody} {nobody:?}");
    assert!(text.contains("127.0.0.1/db"), "{text}");
    assert!(!text.contains("hemmelig"), "{text}");
}
