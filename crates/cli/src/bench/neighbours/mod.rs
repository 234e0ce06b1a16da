//! `tolkebot bench neighbours`: how long one conversation's typed lines take while another client
//! misbehaves, against alone. A real server on real sockets and a real file; the interpreter answers
//! at once, so that nothing but the server and the log is measured.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tolkebot_casework::{MasterKey, SqliteStore};
use tolkebot_interpreter::{ConversationHandle, InterpreterError, Pipe, PipeEvent};
use tolkebot_protocol::{
    CaseOpened, ClientMessage, EventPayload, Notice, ServerMessage, Speaker, TabletPaired,
};
use tolkebot_server::{Server, ServerConfig, SystemClock};

use super::folder::Folder;
use crate::client::{self, Incoming, Receiver, Sender};
use crate::{bench, engines};

/// Lines typed in one go before the next neighbour's turn: all take turns, so that whatever else the
/// machine does falls on all alike.
const BLOCK: u32 = 20;
/// Between two lines of the measured conversation: faster than anybody talks, and slow enough that it
/// stays within what the log takes from one case.
const PAUSE: Duration = Duration::from_millis(400);
/// The neighbour is under way before the first line is measured.
const UNDER_WAY: Duration = Duration::from_secs(2);
/// An answer that takes longer means that the conversation stands.
const STANDS: Duration = Duration::from_secs(20);

/// What the neighbour does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    /// Nothing: there is none.
    None,
    /// A conversation of its own, with as many lines as its limit lets through.
    Flood,
    /// Frames far too large, each on a new socket.
    Oversized,
    /// Sockets opened with a ticket that is none, as fast as 50 a second.
    Storm,
}

/// Nobody comes twice: what the two differ by is the machine's own swaying.
const NEIGHBOURS: [(Neighbour, &str); 5] = [
    (Neighbour::None, "nobody"),
    (
        Neighbour::Flood,
        "a flood of lines, as many as the limit lets through",
    ),
    (Neighbour::Oversized, "frames of 256 KiB, 20 a second"),
    (Neighbour::Storm, "sockets with a bad ticket, 50 a second"),
    (Neighbour::None, "nobody, again"),
];

/// Measures `lines` of them beside each neighbour, with another limit on saving if one is given.
pub fn run(folder: Option<PathBuf>, lines: u32, saves_per_s: Option<u32>) -> Result<()> {
    let folder = Folder::make("neighbours", &folder.unwrap_or_else(std::env::temp_dir))?;
    let store =
        SqliteStore::open_with(folder.0.join("cases.sqlite"), Some(MasterKey::generate()?))?;
    let mut config = ServerConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        data_dir: folder.0.clone(),
        ..ServerConfig::default()
    };
    if let Some(saves_per_s) = saves_per_s {
        config.limits.saves_per_s = saves_per_s;
    }
    // Three runtimes, so that clients wait for the server and not for each other.
    let (serving, measuring, misbehaving) = (runtime(2)?, runtime(1)?, runtime(1)?);
    let server = serving.block_on(Server::bind(
        config,
        Arc::new(AtOnce),
        Arc::new(store),
        Arc::new(SystemClock),
    ))?;
    let to = server.address();
    let mut times: Vec<Vec<u64>> = vec![Vec::new(); NEIGHBOURS.len()];
    let mut line = 0;
    let mut conversation = measuring.block_on(Conversation::open(to))?;
    let blocks = lines.div_ceil(BLOCK);
    for block in 0..blocks {
        for ((neighbour, name), times) in NEIGHBOURS.into_iter().zip(&mut times) {
            bench::progress(&format!("block {} of {blocks}: {name}", block + 1));
            let beside = misbehaving.spawn(misbehave(neighbour, to));
            measuring.block_on(async { tokio::time::sleep(UNDER_WAY).await });
            for _ in 0..BLOCK {
                line += 1;
                times.push(measuring.block_on(conversation.line(line))?);
            }
            beside.abort();
            // What it left behind belongs to nobody else's time.
            if let Ok(Err(error)) = misbehaving.block_on(beside) {
                bail!("the neighbour ({name}) could not misbehave: {error:#}");
            }
        }
    }
    drop(conversation);
    serving.block_on(server.shutdown());

    let mut out = std::io::stdout();
    let (machine, date) = (bench::machine(), engines::now().date());
    writeln!(out, "{}, {} cores, {date}\n", machine.cpu, machine.cores)?;
    writeln!(
        out,
        "| beside | lines | p50 ms | p95 ms | p95 against alone |\n|---|---|---|---|---|"
    )?;
    let percentile = |times: &[u64], p| bench::percentile(times, p) as f64 / 1000.0;
    let alone = percentile(&times[0], 95);
    for ((_, name), times) in NEIGHBOURS.iter().zip(&times) {
        let (p50, p95) = (percentile(times, 50), percentile(times, 95));
        let more = (p95 / alone - 1.0) * 100.0;
        writeln!(
            out,
            "| {name} | {} | {p50:.1} | {p95:.1} | {more:+.0} % |",
            times.len()
        )?;
    }
    Ok(())
}

fn runtime(threads: usize) -> Result<Runtime> {
    Ok(Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()?)
}

/// A case with both sides on their sockets.
struct Conversation {
    staff: (Sender, Receiver),
    tablet: (Sender, Receiver),
}

impl Conversation {
    async fn open(to: SocketAddr) -> Result<Conversation> {
        let opened: CaseOpened = post(to, "/api/cases", json!({})).await?;
        let code = json!({"code": opened.pairing.code});
        let paired: TabletPaired = post(to, "/api/pair", code).await?;
        let url = format!("ws://{to}/api/ws");
        let mut conversation = Conversation {
            staff: client::connect(&url, &opened.ticket).await?,
            tablet: client::connect(&url, &paired.ticket).await?,
        };
        for notice in [Notice::AiDisclosure, Notice::Processing] {
            let accepted = true;
            conversation
                .tablet
                .0
                .send(&ClientMessage::Consent { notice, accepted })
                .await?;
        }
        Ok(conversation)
    }

    /// The citizen types a line; returns how long it takes until staff reads it translated, µs.
    async fn line(&mut self, n: u32) -> Result<u64> {
        tokio::time::sleep(PAUSE).await;
        let (text, wanted) = (format!("Рядок {n}"), format!("linje: Рядок {n}"));
        let begun = Instant::now();
        self.tablet
            .0
            .send(&ClientMessage::TypeText { text })
            .await?;
        let staff = &mut self.staff.1;
        tokio::time::timeout(STANDS, until(staff, &wanted))
            .await
            .context("a line was not translated: the conversation stands")??;
        let took = begun.elapsed().as_micros() as u64;
        let tablet = &mut self.tablet.1;
        tokio::time::timeout(STANDS, until(tablet, &wanted)).await??;
        Ok(took)
    }
}

/// Reads on until a translation says `wanted`.
async fn until(receiver: &mut Receiver, wanted: &str) -> Result<()> {
    while let Some(incoming) = receiver.next().await? {
        if let Incoming::Message(message) = incoming {
            match *message {
                ServerMessage::Event(event) => {
                    if matches!(&event.payload, EventPayload::TranslationSettled { text, .. } if text == wanted)
                    {
                        return Ok(());
                    }
                }
                ServerMessage::Error { message, .. } => bail!("the server says: {message}"),
                _ => {}
            }
        }
    }
    bail!("the server closed the connection")
}

async fn post<T: serde::de::DeserializeOwned + Send + 'static>(
    to: SocketAddr,
    path: &'static str,
    body: serde_json::Value,
) -> Result<T> {
    let url = format!("http://{to}{path}");
    tokio::task::spawn_blocking(move || {
        let mut answer = ureq::post(&url)
            .header("Content-Type", "application/json")
            .send(body.to_string().as_str())
            .with_context(|| format!("POST {url} failed"))?;
        Ok(serde_json::from_str(&answer.body_mut().read_to_string()?)?)
    })
    .await?
}

/// Goes on until it is stopped.
async fn misbehave(neighbour: Neighbour, to: SocketAddr) -> Result<()> {
    match neighbour {
        Neighbour::None => std::future::pending().await,
        Neighbour::Flood => flood(to).await,
        Neighbour::Oversized => {
            let mut tick = tokio::time::interval(Duration::from_millis(50));
            let text = "x".repeat(256 << 10);
            loop {
                tick.tick().await;
                // The server cuts it off; whether before or after the frame is all the same.
                if let Ok((mut sender, _receiver)) = socket(to, "none").await {
                    let _ = sender
                        .send(&ClientMessage::TypeText { text: text.clone() })
                        .await;
                }
            }
        }
        Neighbour::Storm => {
            let mut tick = tokio::time::interval(Duration::from_millis(20));
            loop {
                tick.tick().await;
                let _ = socket(to, "none").await;
            }
        }
    }
}

async fn socket(to: SocketAddr, ticket: &str) -> Result<(Sender, Receiver)> {
    client::connect(&format!("ws://{to}/api/ws"), ticket).await
}

async fn flood(to: SocketAddr) -> Result<()> {
    let conversation = Conversation::open(to).await?;
    // Whoever does not read is let go; it reads, as a client does that wants to go on.
    tokio::select! {
        ended = type_on(conversation.tablet.0) => ended,
        ended = read_on(conversation.staff.1) => ended,
        ended = read_on(conversation.tablet.1) => ended,
    }
}

async fn type_on(mut sender: Sender) -> Result<()> {
    let per_s = ServerConfig::default().limits.messages_per_s;
    let mut tick = tokio::time::interval(Duration::from_secs(1) / per_s);
    loop {
        tick.tick().await;
        let text = "Ще один рядок, і ще один.".to_owned();
        sender.send(&ClientMessage::TypeText { text }).await?;
    }
}

async fn read_on(mut receiver: Receiver) -> Result<()> {
    while receiver.next().await?.is_some() {}
    bail!("the server cut it off")
}

/// An interpreter that has translated before anybody can wait.
struct AtOnce;

struct Talk {
    events: Mutex<Option<mpsc::Sender<PipeEvent>>>,
    next: AtomicU32,
}

impl Pipe for AtOnce {
    fn open(
        &self,
    ) -> Result<(Arc<dyn ConversationHandle>, mpsc::Receiver<PipeEvent>), InterpreterError> {
        let (events, receiver) = mpsc::channel(4096);
        let talk = Talk {
            events: Mutex::new(Some(events)),
            next: AtomicU32::new(1),
        };
        Ok((Arc::new(talk), receiver))
    }
}

impl ConversationHandle for Talk {
    fn push(&self, _: Speaker, _: &[f32]) -> Result<(), InterpreterError> {
        Ok(())
    }

    fn end_speech(&self, _: Speaker) {}

    fn translate_typed(&self, speaker: Speaker, text: String) -> u32 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(events) = &*events {
            let _ = events.try_send(PipeEvent::Translated {
                number,
                lang: speaker.lang().other(),
                text: format!("linje: {text}"),
                confidence: 1.0,
                warnings: Vec::new(),
                verified: false,
                lag_ms: 0,
            });
        }
        number
    }

    fn say(&self, _: Speaker, _: String) -> u32 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    fn number_from(&self, next: u32) {
        self.next.store(next, Ordering::SeqCst);
    }

    fn close(&self) {
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }
}
