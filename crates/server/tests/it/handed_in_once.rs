//! Handing in from several servers on one store, and into a folder that others look into.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use jiff::{SignedDuration, Timestamp};
use tolkebot_casework::Store;
use tolkebot_server::{Channel, Clock, DeliveryError, Directory, Handover, Outcome, Package};

use crate::common::Flaky;
use crate::handover::{AUTHORITY, Failing, approved, case, key, now, view};

/// A way out that says when a delivery has begun, and ends it when it is told to.
struct Slow {
    begun: Sender<()>,
    end: Mutex<Receiver<()>>,
}

impl Channel for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }
    fn deliver(&self, _: &Package) -> Result<String, DeliveryError> {
        self.begun.send(()).unwrap();
        self.end.lock().unwrap().recv().unwrap();
        Ok("slowly".into())
    }
}

/// A way out at which everything arrives.
fn takes_it() -> Box<Failing> {
    Box::new(Failing(Mutex::new(Vec::new())))
}

#[test]
fn of_two_servers_one_hands_a_case_in() {
    let store = approved();
    let (begun, has_begun) = channel();
    let (end, to_end) = channel();
    let slow = Slow {
        begun,
        end: Mutex::new(to_end),
    };
    let first = Handover::new(store.clone(), Box::new(slow), key(), AUTHORITY, 12);
    let second = Handover::new(store.clone(), takes_it(), key(), AUTHORITY, 12);
    let delivering = thread::spawn(move || first.pass(now()).unwrap());
    has_begun.recv().unwrap();
    let meanwhile = second.pass(now());
    end.send(()).unwrap();
    let done = delivering.join().unwrap();
    assert_eq!(meanwhile.unwrap(), [], "it is being delivered");
    assert!(
        matches!(&done[1].1, Outcome::Submitted { receipt } if receipt == "slowly"),
        "{done:?}"
    );
    assert_eq!(second.pass(now()).unwrap(), []);
    assert_eq!(store.note_keys("", now()).unwrap(), [""; 0]);
}

#[test]
fn a_failure_that_another_server_met_is_waited_for() {
    let store = approved();
    let fails = Failing(Mutex::new(vec![DeliveryError::passing("x")]));
    let first = Handover::new(store.clone(), Box::new(fails), key(), AUTHORITY, 12);
    let second = Handover::new(store.clone(), takes_it(), key(), AUTHORITY, 12);
    first.pass(now()).unwrap();
    assert_eq!(second.pass(now()).unwrap(), [], "nothing is due");
    // Whoever failed let go: it is anybody's turn then.
    let due = now() + SignedDuration::from_secs(60);
    let done = second.pass(due).unwrap();
    assert!(
        matches!(&done[..], [(_, Outcome::Submitted { .. })]),
        "{done:?}"
    );
}

#[test]
fn a_server_that_fell_lets_go_by_the_time() {
    let store = approved();
    let ten_minutes = SignedDuration::from_mins(10);
    let turn = format!("outbox-turn/{}", case());
    let taken = store.claim_note(&turn, "fallen", ten_minutes, now());
    assert!(taken.unwrap());
    let handover = Handover::new(store.clone(), takes_it(), key(), AUTHORITY, 12);
    assert_eq!(handover.pass(now()).unwrap(), [(case(), Outcome::Sealed)]);
    let done = handover.pass(now() + ten_minutes).unwrap();
    assert!(
        matches!(&done[..], [(_, Outcome::Submitted { .. })]),
        "{done:?}"
    );
}

/// A way out during whose first delivery the log's disk fills.
struct Fills {
    store: Arc<Flaky>,
    filled: AtomicBool,
}

impl Channel for Fills {
    fn name(&self) -> &'static str {
        "fills"
    }
    fn deliver(&self, _: &Package) -> Result<String, DeliveryError> {
        if !self.filled.swap(true, Ordering::SeqCst) {
            self.store.full.store(true, Ordering::SeqCst);
        }
        Ok("arrived".into())
    }
}

#[test]
fn who_could_not_let_go_goes_on_as_soon_as_the_log_can_be_written() {
    let store = Arc::new(Flaky::over(approved()));
    let way = Fills {
        store: store.clone(),
        filled: AtomicBool::new(false),
    };
    let handover = Handover::new(store.clone(), Box::new(way), key(), AUTHORITY, 12);
    assert_eq!(handover.pass(now()).unwrap(), [(case(), Outcome::Sealed)]);
    store.full.store(false, Ordering::SeqCst);
    let other = Handover::new(store.clone(), takes_it(), key(), AUTHORITY, 12);
    assert_eq!(other.pass(now()).unwrap(), [], "it is not its turn");
    let done = handover.pass(now()).unwrap();
    assert!(
        matches!(&done[..], [(_, Outcome::Submitted { .. })]),
        "{done:?}"
    );
}

/// A clock that goes on by an hour each time that somebody looks at it.
struct Hurries(AtomicI64);

impl Clock for Hurries {
    fn now(&self) -> Timestamp {
        let hours = self.0.fetch_add(1, Ordering::SeqCst);
        now() + SignedDuration::from_hours(hours)
    }
}

/// A look may last for many minutes: no event is older than those before it.
#[test]
fn each_event_has_the_time_at_which_it_happened() {
    let store = approved();
    let handover = Handover::new(store.clone(), takes_it(), key(), AUTHORITY, 12);
    let clock = Hurries(AtomicI64::new(0));
    let done = handover.pass(&clock).unwrap();
    assert_eq!(done.len(), 2, "{done:?}");
    let events = store.load(&case(), 0).unwrap();
    let mut newest = events.iter().rev().map(|one| one.event.at.as_str());
    // The cases were listed at 10 and at 12.
    assert_eq!(newest.next(), Some("2026-12-01T13:00:00.000Z"));
    assert_eq!(newest.next(), Some("2026-12-01T11:00:00.000Z"));
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn package() -> Package {
    let store = approved();
    Package::of(&view(&*store), AUTHORITY, b"%PDF".to_vec()).unwrap()
}

#[test]
fn what_killed_tries_left_goes_and_nothing_of_another_case() {
    let dir = tempfile::tempdir().unwrap();
    for left in [".part-a-1", ".part-a-1.x", ".part-a-12.x", ".part-a-1-2.x"] {
        std::fs::create_dir_all(dir.path().join(left)).unwrap();
        std::fs::write(dir.path().join(left).join("form.pdf"), "half").unwrap();
    }
    Directory::new(dir.path()).deliver(&package()).unwrap();
    let mut left = names(dir.path());
    left.retain(|name| name.starts_with(".part"));
    assert_eq!(left, [".part-a-1-2.x", ".part-a-12.x"]);
}

/// The receiver fetches its folder before the log says that it was there.
#[test]
fn a_folder_that_was_fetched_is_not_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let way = Directory::new(dir.path());
    let first = package();
    let receipt = way.deliver(&first).unwrap();
    let folder = dir.path().join("a-1");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(way.deliver(&first), Ok(receipt.clone()));
    assert_eq!(names(dir.path()), [".out-a-1"]);
    // Another document of the case was not fetched.
    let store = approved();
    let other = Package::of(&view(&*store), AUTHORITY, b"other".to_vec()).unwrap();
    assert_ne!(way.deliver(&other), Ok(receipt));
    assert_eq!(names(dir.path()), [".out-a-1", "a-1"]);
    // Nor what was noted halfway.
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(dir.path().join(".out-a-1"), "0").unwrap();
    way.deliver(&other).unwrap();
    assert!(folder.join("manifest.json").exists());
}

#[test]
fn several_who_write_into_one_folder_leave_it_whole() {
    let package = package();
    for _ in 0..8 {
        let dir = tempfile::tempdir().unwrap();
        thread::scope(|scope| {
            for _ in 0..4 {
                let (package, way) = (&package, Directory::new(dir.path()));
                scope.spawn(move || {
                    // They may come in each other's way, and try again then.
                    while way.deliver(package).is_err() {}
                });
            }
        });
        let folder = dir.path().join("a-1");
        for file in &package.files {
            let there = std::fs::read(folder.join(file.name));
            assert_eq!(there.unwrap(), file.bytes, "{}", file.name);
        }
    }
}
