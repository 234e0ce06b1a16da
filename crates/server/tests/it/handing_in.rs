//! Handing in as the settings say, when what they name is not there or changes.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use tolkebot_casework::MemoryStore;
use tolkebot_document::TestSeal;
use tolkebot_protocol::{CaseId, DeliveryTrouble, EventPayload, Role};
use tolkebot_server::{
    Channel, ChannelKind, DeliveryError, HandingIn, HandingInError, Handover, Outcome, Package,
    SealConfig, Server, ServerConfig, ServerError, SystemClock, try_again, waiting,
};

use crate::common::{FakePipe, config};
use crate::handover::{AUTHORITY, Failing, add, approved, case, key, now, send_to_review, view};

/// Settings that hand in to a receiver that nobody reaches.
fn posts_to_nobody(folder: &Path) -> ServerConfig {
    let mut config = config();
    config.data_dir = folder.to_owned();
    config.delivery.channel = ChannelKind::Webhook;
    config.delivery.webhook_url = "http://127.0.0.1:1/in".to_owned();
    config.delivery.webhook_secret_file = folder.join("secret");
    config
}

#[test]
fn what_was_not_there_is_taken_up_at_the_next_look() {
    let folder = tempfile::tempdir().unwrap();
    let store = approved();
    let config = posts_to_nobody(folder.path());
    let mut handing_in = HandingIn::new(store.clone(), &config);
    for _ in 0..2 {
        let error = handing_in.pass(now()).unwrap_err();
        assert!(
            matches!(&error, HandingInError::Settings(e) if e.to_string().contains("secret")),
            "{error}"
        );
    }
    std::fs::write(&config.delivery.webhook_secret_file, "s".repeat(32)).unwrap();
    let done = handing_in.pass(now()).unwrap();
    assert_eq!(done[0], (case(), Outcome::Sealed));
    assert!(
        matches!(&done[1].1, Outcome::Failed(t) if t.trouble == DeliveryTrouble::Unreachable),
        "{done:?}"
    );
    assert!(view(&*store).lifecycle().sealed().is_some());
}

#[test]
fn a_case_waits_since_it_was_approved_whatever_happened_to_it_then() {
    let store = approved();
    let first = waiting(&*store, now()).unwrap().remove(0).since;
    let fails = Failing(Mutex::new(vec![DeliveryError::hopeless("x")]));
    let handover = Handover::new(store.clone(), Box::new(fails), key(), AUTHORITY, 1);
    let later = now() + SignedDuration::from_hours(2);
    let done = handover.pass(later).unwrap();
    assert_eq!(done[0].1, Outcome::Sealed);
    try_again(&*store, &case(), None, later).unwrap();
    let second = waiting(&*store, later).unwrap().remove(0);
    assert!(second.sealed);
    assert_eq!(second.since, first);
    assert_eq!(first.parse::<Timestamp>().unwrap(), now());
}

#[test]
fn what_failed_while_the_clock_was_ahead_is_tried_again() {
    let store = approved();
    let fails = Failing(Mutex::new(vec![DeliveryError::passing("x")]));
    let handover = Handover::new(store.clone(), Box::new(fails), key(), AUTHORITY, 12);
    let ahead = now() + SignedDuration::from_hours(24 * 40);
    let done = handover.pass(ahead).unwrap();
    assert!(
        matches!(&done[1].1, Outcome::Failed(t) if !t.dead),
        "{done:?}"
    );
    let done = handover.pass(now()).unwrap();
    assert!(
        matches!(&done[..], [(_, Outcome::Submitted { .. })]),
        "{done:?}"
    );
}

/// A way out at which nobody answers, and how often it was asked.
#[derive(Clone, Default)]
struct Hangs(Arc<Mutex<usize>>);

impl Channel for Hangs {
    fn name(&self) -> &'static str {
        "hangs"
    }
    fn deliver(&self, _: &Package) -> Result<String, DeliveryError> {
        *self.0.lock().unwrap() += 1;
        Err(DeliveryError::passing("x").about(DeliveryTrouble::Unreachable))
    }
}

#[test]
fn a_receiver_that_hangs_holds_up_no_seal_and_is_asked_once_in_a_while() {
    let store = approved();
    let other = CaseId("a-2".into());
    let digest = send_to_review(&*store, &other);
    let payload = EventPayload::Approved { digest, by: None };
    add(&*store, &other, Role::Supervisor, payload);
    let way = Hangs::default();
    let handover = Handover::new(store.clone(), Box::new(way.clone()), key(), AUTHORITY, 12);
    let done = handover.pass(now()).unwrap();
    assert_eq!(
        done[..2].iter().map(|(_, o)| o).collect::<Vec<_>>(),
        [&Outcome::Sealed; 2]
    );
    assert_eq!(*way.0.lock().unwrap(), 1);
    // The next time it is the other's turn: the first is not due yet.
    let done = handover.pass(now()).unwrap();
    assert!(
        matches!(&done[..], [(case, Outcome::Failed(_))] if *case == other),
        "{done:?}"
    );
    assert_eq!(handover.pass(now()).unwrap(), []);
    assert_eq!(*way.0.lock().unwrap(), 2);
}

/// A way out at which everything arrives, during whose first delivery the server is told to stop.
struct Stopped(Arc<AtomicBool>);

impl Channel for Stopped {
    fn name(&self) -> &'static str {
        "stopped"
    }
    fn deliver(&self, _: &Package) -> Result<String, DeliveryError> {
        self.0.store(true, Ordering::SeqCst);
        Ok("arrived".into())
    }
}

#[test]
fn a_server_that_stops_begins_with_no_further_case() {
    let store = approved();
    let other = CaseId("a-2".into());
    let digest = send_to_review(&*store, &other);
    let payload = EventPayload::Approved { digest, by: None };
    add(&*store, &other, Role::Supervisor, payload);
    let stops = Arc::new(AtomicBool::new(false));
    let way = Stopped(stops.clone());
    let handover = Handover::new(store.clone(), Box::new(way), key(), AUTHORITY, 12)
        .until(Arc::new(move || stops.load(Ordering::SeqCst)));
    let done = handover.pass(now()).unwrap();
    assert!(
        matches!(&done[..], [_, _, (first, Outcome::Submitted { .. })] if *first == case()),
        "{done:?}"
    );
    assert_eq!(handover.pass(now()).unwrap(), []);
    // The next server finds nothing in its way.
    let arrives = Failing(Mutex::new(Vec::new()));
    let next = Handover::new(store.clone(), Box::new(arrives), key(), AUTHORITY, 12);
    let done = next.pass(now()).unwrap();
    assert!(
        matches!(&done[..], [(second, Outcome::Submitted { .. })] if *second == other),
        "{done:?}"
    );
}

/// An expired certificate is a person's to mend, with new files. What waited then needs nobody, not even
/// somebody who starts the server anew.
#[test]
fn a_renewed_certificate_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let store = approved();
    let mut config = config();
    config.data_dir = folder.path().to_owned();
    config.seal.key_file = folder.path().join("key.pem");
    config.seal.certificate_file = folder.path().join("certificate.pem");
    let write = |seed: u8, from: &str| {
        let made = TestSeal::make(&[seed; 32], from.parse().unwrap()).unwrap();
        std::fs::write(&config.seal.key_file, made.key).unwrap();
        std::fs::write(&config.seal.certificate_file, made.certificate).unwrap();
    };
    write(7, "2001-01-01T10:00:00Z");
    let mut handing_in = HandingIn::new(store.clone(), &config);
    let done = handing_in.pass(now()).unwrap();
    assert!(
        matches!(&done[0].1, Outcome::Failed(t) if t.dead
            && t.trouble == DeliveryTrouble::Certificate),
        "{done:?}"
    );
    assert_eq!(handing_in.pass(now()).unwrap(), [], "it is told once");
    write(8, "2026-11-01T10:00:00Z");
    let done = handing_in.pass(now()).unwrap();
    assert_eq!(done[0].1, Outcome::Sealed);
    assert!(matches!(&done[1].1, Outcome::Submitted { .. }), "{done:?}");
}

#[tokio::test]
async fn a_server_does_not_start_with_what_it_could_not_hand_in_with() {
    let folder = tempfile::tempdir().unwrap();
    let secret = posts_to_nobody(folder.path());
    let mut stamps = config();
    stamps.seal = SealConfig {
        tsa_url: "https://tsa.example.dk".to_owned(),
        tsa_root: folder.path().join("root.pem"),
        ..SealConfig::default()
    };
    for (config, what) in [(secret, "the webhook's secret"), (stamps, "root.pem")] {
        let started = Server::bind(
            config,
            Arc::new(FakePipe::default()),
            Arc::new(MemoryStore::new()),
            Arc::new(SystemClock),
        );
        match started.await {
            Err(ServerError::Delivery(error)) => {
                assert!(error.to_string().contains(what), "{error}");
            }
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn what_was_put_back_waits_until_somebody_has_compared() {
    let folder = tempfile::tempdir().unwrap();
    let store = approved();
    let mut config = config();
    config.data_dir = folder.path().to_owned();
    config.delivery.paused = true;
    let mut waits = HandingIn::new(store.clone(), &config);
    assert!(waits.pass(now()).unwrap().is_empty());
    assert!(!folder.path().join("submitted").exists());
    config.delivery.paused = false;
    let done = HandingIn::new(store, &config).pass(now()).unwrap();
    assert!(
        done.iter()
            .any(|(_, o)| matches!(o, Outcome::Submitted { .. })),
        "{done:?}"
    );
}
