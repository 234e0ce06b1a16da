//! Handing in: once, whatever falls over at whichever moment.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tolkebot_casework::{
    AuditReport, CaseSummary, CaseView, ErasureReason, FORM, Head, LedgerHead, MemoryStore,
    NewEvent, Store, StoreError, StoredEvent,
};
use tolkebot_document::{FileKey, TestSeal, digest, verify};
use tolkebot_protocol::{CaseId, CaseStage, DeliveryTrouble, EventPayload, Role, SigningMethod};
use tolkebot_server::{
    Channel, DeliveryError, Directory, Handover, Outcome, Package, Webhook, form_of, signature,
    try_again, waiting,
};

use crate::common::whole_form;

pub const AUTHORITY: &str = "Aarhus Kommune";

pub fn now() -> Timestamp {
    "2026-12-01T10:00:00Z".parse().unwrap()
}

pub fn case() -> CaseId {
    CaseId("a-1".into())
}

pub fn key() -> Box<FileKey> {
    let made = TestSeal::make(&[7; 32], now()).unwrap();
    Box::new(FileKey::from_pem(&made.key, &made.certificate).unwrap())
}

/// A store with one approved case.
pub fn approved() -> Arc<MemoryStore> {
    let store = Arc::new(MemoryStore::new());
    let digest = send_to_review(&*store, &case());
    let approved = EventPayload::Approved { digest, by: None };
    add(&*store, &case(), Role::Supervisor, approved);
    store
}

/// Appends an event behind the newest one.
pub fn add(store: &dyn Store, case: &CaseId, actor: Role, payload: EventPayload) {
    let known = store.last(case).unwrap().map_or(0, |head| head.seq);
    let event = NewEvent {
        at: now(),
        actor,
        payload,
    };
    store.append(case, known, &[event]).unwrap();
}

/// A case that was filled, signed and sent to review; returns the digest of what was signed.
pub fn send_to_review(store: &dyn Store, case: &CaseId) -> String {
    let add = |actor, payload| add(store, case, actor, payload);
    add(
        Role::Staff,
        EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-12-01".into(),
        },
    );
    for (key, value) in whole_form() {
        let key = key.to_owned();
        add(
            Role::Staff,
            EventPayload::SlotCorrected {
                key,
                value,
                by: None,
            },
        );
    }
    let digest = digest(&form_of(&view_of(store, case), AUTHORITY));
    add(
        Role::Staff,
        EventPayload::ReadBackGiven {
            digest: digest.clone(),
            by: None,
            keys: Vec::new(),
            rules: 3,
        },
    );
    add(
        Role::Citizen,
        EventPayload::ReadBackConfirmed {
            digest: digest.clone(),
        },
    );
    add(
        Role::Citizen,
        EventPayload::Signed {
            digest: digest.clone(),
            method: SigningMethod::Tablet,
            ink: None,
            signer: None,
            declaration: None,
            signed_at: None,
            by: None,
        },
    );
    add(Role::Staff, EventPayload::SentToReview { by: None });
    digest
}

pub fn view(store: &dyn Store) -> CaseView {
    view_of(store, &case())
}

fn view_of(store: &dyn Store, case: &CaseId) -> CaseView {
    let events: Vec<_> = store
        .load(case, 0)
        .unwrap()
        .into_iter()
        .map(|e| e.event)
        .collect();
    CaseView::fold(case, &events).unwrap()
}

fn count(store: &dyn Store, is: fn(&EventPayload) -> bool) -> usize {
    let events = store.load(&case(), 0).unwrap();
    events.iter().filter(|e| is(&e.event.payload)).count()
}

/// What the other side got: packages by key, and how often each was handed on.
#[derive(Default)]
struct Receiver {
    got: Mutex<BTreeMap<String, usize>>,
}

/// Steps left until the process is killed; negative: it lives.
#[derive(Default)]
struct Life(AtomicI64);

impl Life {
    /// One step; `false` once the process is dead.
    fn step(&self) -> bool {
        self.0.fetch_sub(1, Ordering::SeqCst) > 0
    }

    fn dead() -> StoreError {
        StoreError::Erased(CaseId("killed".into()))
    }
}

/// A way out that dies before or after it handed the package on.
struct Fragile {
    life: Arc<Life>,
    receiver: Arc<Receiver>,
}

impl Channel for Fragile {
    fn name(&self) -> &'static str {
        "test"
    }

    fn deliver(&self, package: &Package) -> Result<String, DeliveryError> {
        let killed = || DeliveryError::passing("killed");
        if !self.life.step() {
            return Err(killed());
        }
        // As every way out must: what it has had, it does not hand on again.
        let mut got = self.receiver.got.lock().unwrap();
        got.entry(package.key.clone()).or_insert(1);
        drop(got);
        if self.life.step() {
            Ok(format!("receipt of {}", package.case))
        } else {
            Err(killed())
        }
    }
}

/// A store whose process dies before or after a write; what was written stays.
struct Mortal {
    store: Arc<MemoryStore>,
    life: Arc<Life>,
}

impl Mortal {
    fn write<T>(&self, write: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if !self.life.step() {
            return Err(Life::dead());
        }
        let done = write()?;
        if self.life.step() {
            Ok(done)
        } else {
            Err(Life::dead())
        }
    }
}

impl Store for Mortal {
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.write(|| self.store.append(case, expected, events))
    }
    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError> {
        self.store.load(case, after)
    }
    fn list(&self) -> Result<Vec<CaseSummary>, StoreError> {
        self.store.list()
    }
    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError> {
        self.store.last(case)
    }
    fn erase(
        &self,
        case: &CaseId,
        reason: ErasureReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.store.erase(case, reason, now)
    }
    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError> {
        self.store.audit(only, anchor)
    }
    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|| self.store.put_note(key, value, expires, now))
    }
    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(|| self.store.claim_note(key, value, lasts, now))
    }
    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        self.store.note_keys(prefix, now)
    }
    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.store.note(key, now)
    }
    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        self.write(|| self.store.take_note(key, now))
    }
}

#[test]
fn killed_at_any_step_nothing_is_lost_and_nothing_sent_twice() {
    let mut deaths = 0;
    for steps in 0.. {
        let store = approved();
        // Of a signature that did not hold.
        let note = "nemlogin-signed/a-1/void";
        store.put_note(note, "x", Timestamp::MAX, now()).unwrap();
        let receiver = Arc::new(Receiver::default());
        let life = Arc::new(Life(AtomicI64::new(steps)));
        let run = |life: Arc<Life>, at: Timestamp| {
            let mortal = Mortal {
                store: store.clone(),
                life: life.clone(),
            };
            let fragile = Fragile {
                life,
                receiver: receiver.clone(),
            };
            let handover = Handover::new(Arc::new(mortal), Box::new(fragile), key(), AUTHORITY, 12);
            handover.pass(at).unwrap()
        };
        run(life.clone(), now());
        let survived = life.0.load(Ordering::SeqCst) > 0;
        deaths += usize::from(!survived);
        // It comes back, an hour later, as often as it takes.
        let later = now() + SignedDuration::from_hours(1);
        for hour in 0..3 {
            let immortal = Arc::new(Life(AtomicI64::new(1_000_000)));
            run(immortal, later + SignedDuration::from_hours(hour));
        }
        assert_eq!(
            view(&*store).lifecycle().stage(),
            CaseStage::Submitted,
            "{steps}"
        );
        let sealed = |p: &EventPayload| matches!(p, EventPayload::DocumentSealed { .. });
        let submitted = |p: &EventPayload| matches!(p, EventPayload::Submitted { .. });
        assert_eq!(count(&*store, sealed), 1, "{steps}");
        assert_eq!(count(&*store, submitted), 1, "{steps}");
        let got = receiver.got.lock().unwrap();
        assert_eq!(
            got.values().sum::<usize>(),
            1,
            "killed at step {steps}: {got:?}"
        );
        let hash = view(&*store).lifecycle().sealed().unwrap().to_owned();
        assert!(got.contains_key(&hash), "what arrived is what the log says");
        // Nothing of it stays behind.
        assert_eq!(store.note_keys("", later).unwrap(), [""; 0], "{steps}");
        if survived {
            break;
        }
    }
    assert!(deaths >= 8, "only {deaths} moments to die at");
}

/// A way out that fails as it is told.
pub struct Failing(pub Mutex<Vec<DeliveryError>>);

impl Channel for Failing {
    fn name(&self) -> &'static str {
        "failing"
    }
    fn deliver(&self, _: &Package) -> Result<String, DeliveryError> {
        match self.0.lock().unwrap().pop() {
            Some(error) => Err(error),
            None => Ok("arrived".into()),
        }
    }
}

#[test]
fn failures_are_tried_again_ever_later_and_end_as_dead_letters() {
    let store = approved();
    let way = Failing(Mutex::new(vec![DeliveryError::passing("x"); 3]));
    let handover = Handover::new(store.clone(), Box::new(way), key(), AUTHORITY, 3);
    let mut at = now();
    let mut waits = Vec::new();
    for _ in 0..3 {
        let tries = handover.tries(&case(), at).unwrap();
        let due = Timestamp::from_second(tries.next_s.max(at.as_second())).unwrap();
        waits.push(due.as_second() - at.as_second());
        // Before it is due nothing happens.
        if due > at {
            let early = due - SignedDuration::from_secs(1);
            assert_eq!(handover.pass(early).unwrap(), []);
        }
        at = due;
        let done = handover.pass(at).unwrap();
        assert!(matches!(&done.last().unwrap().1, Outcome::Failed(t) if t.because == "x"));
    }
    assert_eq!(waits, [0, 60, 120]);
    assert!(handover.tries(&case(), at).unwrap().dead);
    let much_later = at + SignedDuration::from_hours(24 * 400);
    for later in [at + SignedDuration::from_hours(48), much_later] {
        assert_eq!(
            handover.pass(later).unwrap(),
            [],
            "a dead letter waits for a person"
        );
    }
    assert_eq!(view(&*store).lifecycle().stage(), CaseStage::Approved);
    let waits = waiting(&*store, much_later).unwrap();
    assert_eq!(waits.len(), 1);
    assert_eq!((&waits[0].case, waits[0].sealed), (&case(), true));
    assert!(waits[0].tries.dead && waits[0].tries.because == "x");
    assert_eq!(
        try_again(&*store, &case(), None, much_later)
            .unwrap()
            .failed,
        3
    );
    let done = handover.pass(much_later).unwrap();
    assert!(matches!(&done[0].1, Outcome::Submitted { receipt } if receipt == "arrived"));
    assert_eq!(waiting(&*store, much_later).unwrap(), []);

    let store = approved();
    let way = Failing(Mutex::new(vec![DeliveryError::hopeless("no")]));
    let handover = Handover::new(store, Box::new(way), key(), AUTHORITY, 12);
    handover.pass(now()).unwrap();
    assert!(
        handover.tries(&case(), now()).unwrap().dead,
        "hopeless at once"
    );
}

#[test]
fn a_folder_appears_once_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("submitted");
    // What a killed process left half written.
    std::fs::create_dir_all(root.join(".part-a-1")).unwrap();
    std::fs::write(root.join(".part-a-1/form.pdf"), "half").unwrap();
    let store = approved();
    let handover = Handover::new(
        store.clone(),
        Box::new(Directory::new(&root)),
        key(),
        AUTHORITY,
        12,
    );
    handover.pass(now()).unwrap();
    let folder = root.join("a-1");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "form.json",
        "form.pdf",
        "form.xml",
        "manifest.json",
        "note.txt",
        "receipt.pdf",
    ];
    assert_eq!(names, expected);
    let note = std::fs::read_to_string(folder.join("note.txt")).unwrap();
    assert!(note.contains("haft nøglen siden"), "{note}");
    // It is the authority's own, and no part of what was signed.
    let form = std::fs::read_to_string(folder.join("form.json")).unwrap();
    assert!(
        form.contains("move_date") && !form.contains("staff.note"),
        "{form}"
    );
    let mut beside: Vec<String> = std::fs::read_dir(&root)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    beside.sort();
    assert_eq!(beside, [".out-a-1", "a-1"]);
    let pdf = std::fs::read(folder.join("form.pdf")).unwrap();
    let found = verify(&pdf, &[]).unwrap();
    assert!(found.is_intact() && found.seals[0].test, "{found:?}");
    assert_eq!(found.seals[0].at, now().to_string());
    // The same package again is the same receipt; another one is a person's business.
    let package = Package::of(&view(&*store), AUTHORITY, pdf).unwrap();
    let way = Directory::new(&root);
    assert_eq!(way.deliver(&package), way.deliver(&package));
    let other = Package::of(&view(&*store), AUTHORITY, b"other".to_vec()).unwrap();
    assert!(way.deliver(&other).unwrap_err().hopeless);
}

#[test]
fn webhook_bodies_are_signed_and_go_over_https_only() {
    // RFC 4231, test case 2.
    assert_eq!(
        signature("Jefe", b"what do ya want for nothing?"),
        "v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    for url in ["http://sag.example.dk/in", "ftp://x", ""] {
        assert!(Webhook::new(url, "s").is_err(), "{url}");
    }
    let store = approved();
    let package = Package::of(&view(&*store), AUTHORITY, b"%PDF".to_vec()).unwrap();
    let body: Value = serde_json::from_slice(&Webhook::body(&package)).unwrap();
    assert_eq!(body["key"], package.key.as_str());
    assert_eq!(body["files"][0]["base64"], "JVBERg==");
    assert_eq!(Webhook::body(&package), Webhook::body(&package));
}

#[test]
fn a_webhook_delivers_to_a_server_and_reads_its_answer() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for status in ["200 OK", "503 Busy", "400 Bad"] {
            let (mut stream, _) = listener.accept().unwrap();
            let mut text = Vec::new();
            let mut buffer = [0; 65536];
            loop {
                let n = stream.read(&mut buffer).unwrap();
                text.extend(&buffer[..n]);
                let all = String::from_utf8_lossy(&text).into_owned();
                let Some(end) = all.find("\r\n\r\n") else {
                    continue;
                };
                let length = all
                    .lines()
                    .find_map(|l| {
                        l.to_ascii_lowercase()
                            .strip_prefix("content-length:")
                            .map(|v| v.trim().parse::<usize>().unwrap())
                    })
                    .unwrap();
                if text.len() >= end + 4 + length {
                    break;
                }
            }
            let answer = "kvittering 17";
            write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
                answer.len()
            )
            .unwrap();
            requests.push(String::from_utf8_lossy(&text).into_owned());
        }
        requests
    });
    let store = approved();
    let package = Package::of(&view(&*store), AUTHORITY, b"%PDF".to_vec()).unwrap();
    let secret = "s".repeat(32);
    let way = Webhook::new(&url, &secret).unwrap();
    assert_eq!(way.deliver(&package), Ok("kvittering 17".to_owned()));
    let failed = || {
        let error = way.deliver(&package).unwrap_err();
        (error.hopeless, error.trouble)
    };
    assert_eq!(failed(), (false, DeliveryTrouble::Busy));
    assert_eq!(failed(), (true, DeliveryTrouble::Refused));
    let requests = server.join().unwrap();
    // Nobody listens there any more.
    assert_eq!(failed(), (false, DeliveryTrouble::Unreachable));
    let head = requests[0].to_ascii_lowercase();
    assert!(head.contains(&format!("idempotency-key: {}", package.key)));
    let (_, body) = requests[0].split_once("\r\n\r\n").unwrap();
    let signed = signature(&secret, body.as_bytes());
    assert!(
        head.contains(&format!("x-tolkebot-signature: {signed}")),
        "{head}"
    );
}
