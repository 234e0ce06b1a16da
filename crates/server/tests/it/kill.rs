//! A real server process on a real file, killed at random moments while two clients talk. What a
//! client was told of is there after every restart, in order and once.
//!
//! The process is this test program itself, told by an environment variable to be a server.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;
use tolkebot_casework::{MasterKey, SqliteStore, Store, as_json};
use tolkebot_interpreter::{
    ConversationHandle, Expected, HeardSound, InterpreterError, Pipe, PipeEvent, SettledSpeech,
};
use tolkebot_protocol::{CaseId, CaseOpened, Lang, Speaker, TabletPaired};
use tolkebot_server::{Server, SystemClock};

use crate::common::{Client, Frame, config, http, try_http};

/// Set for the process that is the server: the data folder.
const DATA: &str = "TOLKEBOT_KILL_TEST_DATA";
/// How often the server is killed.
const KILLS: u32 = 200;

// ---- the server process ----

/// An interpreter that settles a phrase for every frame, translates and speaks it.
struct Echo;

struct EchoTalk {
    events: Mutex<Option<mpsc::Sender<PipeEvent>>>,
    next: AtomicU32,
}

impl Pipe for Echo {
    fn open(
        &self,
    ) -> Result<(Arc<dyn ConversationHandle>, mpsc::Receiver<PipeEvent>), InterpreterError> {
        let (events, receiver) = mpsc::channel(4096);
        let talk = EchoTalk {
            events: Mutex::new(Some(events)),
            next: AtomicU32::new(1),
        };
        Ok((Arc::new(talk), receiver))
    }
}

impl EchoTalk {
    fn send(&self, event: PipeEvent) {
        if let Some(events) = &*self.events.lock().unwrap() {
            let _ = events.try_send(event);
        }
    }

    fn translated(&self, number: u32, speaker: Speaker) {
        let lang = speaker.lang().other();
        self.send(PipeEvent::Translated {
            number,
            lang,
            text: format!("oversat {number}"),
            confidence: 0.8,
            warnings: vec![],
            verified: false,
            lag_ms: 1,
        });
        self.send(PipeEvent::Speech {
            number,
            lang,
            sample_rate: 24_000,
            samples: vec![0.25; 24],
            piece: 0,
            last: true,
            lag_ms: 1,
        });
    }
}

impl ConversationHandle for EchoTalk {
    fn push(&self, speaker: Speaker, samples: &[f32]) -> Result<(), InterpreterError> {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        self.send(PipeEvent::Settled(SettledSpeech {
            number,
            speaker,
            lang: speaker.lang(),
            text: format!("ytring {number}"),
            confidence: 0.9,
            reconsidered: Vec::new(),
            interrupted: false,
            start_ms: 0,
            end_ms: 20,
            lag_ms: 1,
            sound: HeardSound::new(samples.to_vec().into()),
        }));
        self.translated(number, speaker);
        Ok(())
    }

    fn expect(&self, _: Lang, _: Option<Arc<Expected>>) {}

    fn end_speech(&self, speaker: Speaker) {
        self.send(PipeEvent::Drained { speaker });
    }

    fn break_off(&self, speaker: Speaker) {
        self.end_speech(speaker);
    }

    fn playing(&self, _: Speaker, _: Duration) {}

    fn speaks(&self, _: Speaker, _: bool) {}

    fn words_wait(&self) -> bool {
        false
    }

    fn translate_typed(&self, speaker: Speaker, _: String) -> u32 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        self.translated(number, speaker);
        number
    }

    fn type_translated(&self, speaker: Speaker, text: String, _: String) -> u32 {
        self.translate_typed(speaker, text)
    }

    fn say(&self, _: Speaker, _: String) -> u32 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    fn hush(&self, _: Speaker) {}

    fn number_from(&self, next: u32) {
        self.next.store(next, Ordering::SeqCst);
    }

    fn close(&self) {
        self.events.lock().unwrap().take();
    }
}

#[test]
#[ignore = "not a test: the server process of the test below"]
fn serves_until_it_is_killed() {
    let Some(data) = std::env::var_os(DATA) else {
        return;
    };
    let data = Path::new(&data);
    let key = MasterKey::read_or_make(&data.join("master.key")).unwrap();
    let store = SqliteStore::open_with(data.join("cases.sqlite"), Some(key)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let server = Server::bind(
            config(),
            Arc::new(Echo),
            Arc::new(store),
            Arc::new(SystemClock),
        )
        .await
        .unwrap();
        println!("listening on {}", server.address());
        std::future::pending::<()>().await;
    });
}

// ---- the clients ----

pub struct Process {
    pub child: Child,
    pub address: SocketAddr,
}

impl Process {
    pub fn start(data: &Path) -> Process {
        // The signal of a file that grew too large would end it; without it writing fails.
        let mut child = Command::new("sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(std::env::current_exe().unwrap())
            .args([
                "kill::serves_until_it_is_killed",
                "--exact",
                "--ignored",
                "--nocapture",
            ])
            .env(DATA, data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = out
            .find_map(|line| {
                let line = line.unwrap();
                let (_, address) = line.split_once("listening on ")?;
                Some(address.parse().unwrap())
            })
            .expect("the server starts");
        Process { child, address }
    }

    /// SIGKILL: nothing is flushed, nobody is told.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser: its session survives, and so does what it has seen.
pub struct Browser {
    pub case: CaseId,
    cookie: String,
    ticket: String,
    /// Every event that it was told of, by sequence number.
    told: BTreeMap<u64, Value>,
    tickets_lost: u32,
}

impl Browser {
    pub fn seen(&self) -> u64 {
        self.told.keys().next_back().copied().unwrap_or(0)
    }

    /// Takes in a message; events must be the very next ones.
    pub fn take(&mut self, message: Value) {
        if message["type"] == "event" {
            let seq = message["seq"].as_u64().unwrap();
            assert_eq!(
                seq,
                self.seen() + 1,
                "events come in order and once: {message}"
            );
            self.told.insert(seq, message);
        }
    }

    /// Comes back to its conversation; `None` if the server fell meanwhile.
    pub async fn connect(&mut self, to: SocketAddr) -> Option<Client> {
        loop {
            let mut client = Client::try_connect(to).await?;
            let mut hello = json!({"type": "hello", "ticket": self.ticket});
            if self.seen() > 0 {
                hello["resume_after"] = json!(self.seen());
            }
            client.send(hello).await;
            match client.next().await {
                Frame::Json(welcome) if welcome["type"] == "welcome" => {
                    assert_eq!(welcome["case"], json!(self.case));
                    assert!(welcome["seq"].as_u64().unwrap() >= self.seen(), "{welcome}");
                    welcome["resume_ticket"]
                        .as_str()
                        .unwrap()
                        .clone_into(&mut self.ticket);
                    return Some(client);
                }
                // The last server took the ticket and fell before it gave the next one.
                Frame::Json(error) if error["code"] == "bad_ticket" => {
                    self.tickets_lost += 1;
                    let path = format!("/api/cases/{}/ticket", self.case);
                    let cookie = [("cookie", self.cookie.as_str())];
                    let answer = try_http(to, "POST", &path, &cookie, "").await?;
                    assert_eq!(answer.status, 200, "{}", answer.text());
                    // Cut short if the server falls again.
                    let fresh: TabletPaired = serde_json::from_slice(&answer.body).ok()?;
                    self.ticket = fresh.ticket;
                }
                Frame::Closed(..) => return None,
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Small numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

pub async fn open(to: SocketAddr) -> [Browser; 2] {
    let answer = http(to, "POST", "/api/cases", &[], "{}").await;
    let opened: CaseOpened = serde_json::from_slice(&answer.body).unwrap();
    let body = json!({"code": opened.pairing.code}).to_string();
    let pair = http(to, "POST", "/api/pair", &[], &body).await;
    let paired: TabletPaired = serde_json::from_slice(&pair.body).unwrap();
    [(answer, opened.ticket), (pair, paired.ticket)].map(|(answer, ticket)| Browser {
        case: opened.case.clone(),
        cookie: answer.cookie(),
        ticket,
        told: BTreeMap::new(),
        tickets_lost: 0,
    })
}

/// Talks and fills the form until `events` events came or the server is gone.
async fn talk(browser: &mut Browser, client: &mut Client, events: usize, round: u32) {
    for notice in ["ai_disclosure", "processing"] {
        client.consent(notice).await;
    }
    client.start_audio().await;
    for n in 0..4 {
        client.send_binary(vec![0; 640]).await;
        let value = format!("Navn {round} {n}");
        let slot = |kind: &str| json!({"type": kind, "key": "mover.surname", "value": value});
        client.send(slot("correct_slot")).await;
        client.send(slot("confirm_slot")).await;
    }
    let enough = browser.told.len() + events;
    while browser.told.len() < enough {
        let next = tokio::time::timeout(Duration::from_millis(300), client.next()).await;
        match next {
            Ok(Frame::Json(message)) => browser.take(message),
            Ok(Frame::Binary(_)) => {}
            // Quiet: everything was answered.
            Ok(Frame::Closed(..)) | Err(_) => return,
        }
    }
}

/// What is in the file of a dead process.
pub fn check(data: &Path, browsers: &[Browser; 2], from: u64) -> u64 {
    let key = MasterKey::read(&data.join("master.key")).unwrap();
    let store = SqliteStore::open_with(data.join("cases.sqlite"), Some(key)).unwrap();
    let stored = store.load(&browsers[0].case, from).unwrap();
    for browser in browsers {
        for one in &stored {
            if let Some(told) = browser.told.get(&one.event.seq) {
                let mut told = told.clone();
                told.as_object_mut().unwrap().remove("type");
                assert_eq!(told, as_json(&one.event));
            }
        }
        let newest = stored.last().map_or(from, |one| one.event.seq);
        assert!(
            browser.seen() <= newest,
            "told of event {}, stored {newest}",
            browser.seen()
        );
    }
    stored.last().map_or(from, |one| one.event.seq)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_client_was_told_of_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut dice = Dice(7);
    let mut process = Process::start(data);
    let mut browsers = open(process.address).await;
    let mut stored = 0;
    for round in 0..KILLS {
        let [staff, tablet] = &mut browsers;
        let to = process.address;
        // In a third of the rounds the server falls while the clients come in.
        let early = dice.roll(3) == 0;
        let fall = if early {
            // Somewhere between at once and 65 ms, as often early as late.
            Duration::from_micros(1 << dice.roll(17))
        } else {
            Duration::from_secs(3600)
        };
        let events = dice.roll(30) as usize;
        let life = async {
            let (one, two) = tokio::join!(staff.connect(to), tablet.connect(to));
            if let (Some(mut one), Some(mut two)) = (one, two) {
                tokio::join!(
                    talk(staff, &mut one, events, round),
                    talk(tablet, &mut two, events / 2, round)
                );
                if early {
                    std::future::pending::<()>().await;
                }
            }
        };
        #[allow(
            clippy::disallowed_methods,
            reason = "the thread is not one of the runtime's"
        )]
        let killer = tokio::task::spawn_blocking(move || {
            // From another thread, so that it strikes in the middle of anything.
            std::thread::sleep(fall.min(Duration::from_millis(66)));
            if early {
                process.kill();
                return None;
            }
            Some(process)
        });
        let alive = if early {
            tokio::select! {
                () = life => {}
                () = tokio::time::sleep(fall + Duration::from_millis(200)) => {}
            }
            killer.await.unwrap()
        } else {
            life.await;
            killer.await.unwrap()
        };
        if let Some(process) = alive {
            process.kill();
        }
        stored = check(data, &browsers, stored);
        process = Process::start(data);
    }

    // Everything is told once more to who comes anew, and the log is whole.
    for browser in &mut browsers {
        let mut client = browser.connect(process.address).await.unwrap();
        while browser.seen() < stored {
            match client.next().await {
                Frame::Json(message) => browser.take(message),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(browser.told.len() as u64, browser.seen());
    }
    process.kill();
    check(data, &browsers, 0);
    let key = MasterKey::read(&data.join("master.key")).unwrap();
    let store = SqliteStore::inspect(data.join("cases.sqlite"), Some(key)).unwrap();
    let report = store.audit(None, None).unwrap();
    assert_eq!(report.findings, []);
    let kind = |kind: &str| {
        let told = browsers[0].told.values();
        told.filter(|event| event["kind"] == kind).count()
    };
    for (what, least) in [
        ("utterance_settled", 100),
        ("translation_settled", 100),
        ("slot_confirmed", 50),
    ] {
        assert!(
            kind(what) >= least,
            "only {} of {what}: the test talks too little",
            kind(what)
        );
    }
    let lost = browsers[0].tickets_lost + browsers[1].tickets_lost;
    eprintln!("{} events, {lost} tickets lost in falls", report.events);
}

/// A copy of the folder, taken while the server writes, is a log: whole, and with everything that a
/// client was told of before.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_in_the_middle_of_writing_opens() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let process = Process::start(data);
    let mut browsers = open(process.address).await;
    let case = browsers[0].case.clone();
    let key = MasterKey::read(&data.join("master.key")).unwrap();
    for round in 0..10 {
        let mut client = browsers[0].connect(process.address).await.unwrap();
        talk(&mut browsers[0], &mut client, 6, round).await;
        let told = browsers[0].seen();
        // More is written while the copy is made.
        let more = talk(&mut browsers[0], &mut client, 20, round);
        let copies = folder.path().join(format!("copy-{round}"));
        let (from, to) = (data.to_owned(), copies.clone());
        let copy = tokio::task::spawn_blocking(move || {
            std::fs::create_dir(&to).unwrap();
            // Who reads keeps the write-ahead log from being started anew.
            let db = rusqlite::Connection::open(from.join("cases.sqlite")).unwrap();
            db.execute_batch("BEGIN; SELECT count(*) FROM events;")
                .unwrap();
            for name in ["cases.sqlite", "cases.sqlite-wal"] {
                std::fs::copy(from.join(name), to.join(name)).unwrap();
            }
        });
        let ((), copied) = tokio::join!(more, copy);
        copied.unwrap();
        let store = SqliteStore::open_with(copies.join("cases.sqlite"), Some(key.clone())).unwrap();
        let report = store.audit(None, None).unwrap();
        assert_eq!(report.findings, []);
        assert!(store.last(&case).unwrap().unwrap().seq >= told);
    }
    process.kill();
}
