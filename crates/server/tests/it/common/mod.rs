//! A server with a scripted interpreter, and clients with real sockets.

mod client;
mod flaky;
mod pipe;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tolkebot_casework::{MemoryStore, Store};
use tolkebot_protocol::{CaseId, CaseOpened, TabletPaired};
use tolkebot_server::{Clock, Server, ServerConfig};

pub use client::{Client, Frame};
pub use flaky::Flaky;
pub use pipe::{Call, FakeConversation, FakePipe};

/// 24 November 2026, 10:00 in Copenhagen, until a test moves it.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

pub struct House {
    pub server: Server,
    pub pipe: Arc<FakePipe>,
    pub store: Arc<dyn Store>,
    pub clock: Arc<TestClock>,
}

/// What `house` starts with: a free port, no web client, quick goodbyes.
pub fn config() -> ServerConfig {
    let mut config = ServerConfig {
        listen: "127.0.0.1:0".parse().unwrap(),
        web_dir: "no-web-client".into(),
        ..ServerConfig::default()
    };
    config.timeouts.drain_s = 2;
    config
}

pub async fn house() -> House {
    house_with(config(), Arc::new(MemoryStore::new())).await
}

pub async fn house_with(config: ServerConfig, store: Arc<dyn Store>) -> House {
    let pipe = Arc::new(FakePipe::default());
    let clock = Arc::new(TestClock(AtomicI64::new(1_795_510_800)));
    let server = Server::bind(config, pipe.clone(), store.clone(), clock.clone())
        .await
        .unwrap();
    House {
        server,
        pipe,
        store,
        clock,
    }
}

/// Answer of an HTTP request.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    }

    /// The session cookie, as a browser sends it back.
    pub fn cookie(&self) -> String {
        let set = self.header("set-cookie").expect("a cookie");
        set.split(';').next().unwrap().to_owned()
    }
}

/// One HTTP request on a connection of its own.
pub async fn http(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let answer = try_http(to, method, path, headers, body).await;
    answer.expect("an answer")
}

/// Like [`http`], of a server that may be gone at any moment.
pub async fn try_http(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<Answer> {
    let tcp = TcpStream::connect(to).await.ok()?;
    http_on(tcp, to, method, path, headers, body).await
}

/// One HTTP request on a connection that is there, which is closed afterwards.
pub async fn http_on(
    mut tcp: impl AsyncRead + AsyncWrite + Unpin,
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<Answer> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n");
    if !body.is_empty() {
        request += &format!("content-length: {}\r\n", body.len());
        if !headers.iter().any(|(k, _)| *k == "content-type") {
            request += "content-type: application/json\r\n";
        }
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += "\r\n";
    request += body;
    tcp.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    tcp.read_to_end(&mut answer).await.ok()?;
    let split = answer.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let head = String::from_utf8(answer[..split].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut body = answer[split..].to_vec();
    if head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked")
    {
        body = unchunk(&body);
    }
    Some(Answer { status, head, body })
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = rest.windows(2).position(|w| w == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        out.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    out
}

impl House {
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        http(self.address(), "POST", path, headers, body).await
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        http(self.address(), "GET", path, headers, "").await
    }

    /// Opens a case for 24 November 2026. Returns it with the staff browser's cookie.
    pub async fn open_case(&self) -> (CaseOpened, String) {
        let answer = self
            .post("/api/cases", &[], r#"{"today":"2026-11-24"}"#)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        (
            serde_json::from_slice(&answer.body).unwrap(),
            answer.cookie(),
        )
    }

    pub async fn pair(&self, code: &str) -> TabletPaired {
        let answer = self
            .post("/api/pair", &[], &format!(r#"{{"code":"{code}"}}"#))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub async fn client(&self, ticket: &str, resume_after: Option<u64>) -> Client {
        let mut client = Client::connect(self.address()).await.unwrap();
        client.hello(ticket, resume_after).await;
        client
    }

    /// A case with both clients in it, who have accepted the notices, and the interpreter's side.
    pub async fn conversation(&self) -> Conversation {
        let (opened, cookie) = self.open_case().await;
        let mut staff = self.client(&opened.ticket, None).await;
        let paired = self.pair(&opened.pairing.code).await;
        let mut tablet = self.client(&paired.ticket, None).await;
        staff.consent("ai_disclosure").await;
        tablet.consent("ai_disclosure").await;
        tablet.consent("processing").await;
        for client in [&mut staff, &mut tablet] {
            client
                .until_event("consent_given", |e| e["notice"] == "processing")
                .await;
        }
        let talk = self.pipe.conversation(0).await;
        Conversation {
            case: opened.case,
            cookie,
            staff,
            tablet,
            talk,
        }
    }
}

pub struct Conversation {
    pub case: CaseId,
    pub cookie: String,
    pub staff: Client,
    pub tablet: Client,
    pub talk: Arc<FakeConversation>,
}

/// The events of a case's log as JSON.
pub fn log_of(store: &dyn Store, case: &CaseId) -> Vec<Value> {
    let events = store.load(case, 0).unwrap();
    events
        .iter()
        .map(|e| serde_json::to_value(&e.event).unwrap())
        .collect()
}

pub fn write(path: impl AsRef<Path>, text: &str) {
    std::fs::create_dir_all(path.as_ref().parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Values of a whole form: a move within Aarhus, alone. Everybody is invented.
pub fn whole_form() -> Vec<(&'static str, Value)> {
    vec![
        ("case.move_type", json!("domestic_within_municipality")),
        ("case.reporter_role", json!("self")),
        ("mover.surname", json!("Kovalenko")),
        ("mover.given_names", json!("Oksana")),
        ("mover.name_source", json!("passport")),
        ("mover.cpr_number", json!("070584-1234")),
        ("mover.birth_date", json!("1984-05-07")),
        ("mover.id_document_type", json!("passport")),
        ("mover.has_mitid", json!(false)),
        ("move_date", json!("2026-12-05")),
        ("from.country", json!("Danmark")),
        (
            "from.address_line",
            json!("Vestergade 12, 2. th, 8000 Aarhus C"),
        ),
        ("from.whole_household_moves", json!(true)),
        ("to.street_name", json!("Randersvej")),
        ("to.house_number", json!(95)),
        ("to.postal_code", json!("8200")),
        ("dwelling.type", json!("rented_private")),
        ("dwelling.others_registered", json!(false)),
        ("dwelling.lease_document", json!("shown")),
        ("household.count", json!(1)),
        ("gp.choice", json!("keep")),
        (
            "staff.note",
            json!("Borger oplyser, at hun har haft nøglen siden 1. december."),
        ),
        ("poa.used", json!(false)),
    ]
}

/// A signature as a tablet sends it.
pub fn ink() -> Value {
    let points: Vec<[u32; 3]> = (0..40).map(|n| [20 * n, 100 + n % 7, n * 12]).collect();
    json!({"width": 1000, "height": 300, "strokes": [points]})
}
