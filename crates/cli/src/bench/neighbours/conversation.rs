//! A conversation whose lines are measured.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;
use tokio::time::Instant;
use tolkebot_protocol::{
    CaseOpened, ClientMessage, EventPayload, Notice, ServerMessage, TabletPaired,
};

use super::at_once::translated;
use super::compare::Chance;
use crate::client::{self, Incoming, Receiver, Sender};

/// From one line to the next, ms, evenly spread: faster than anybody talks, slow enough for what the log
/// takes from one case, and in step with nothing that a neighbour does at regular times.
const BETWEEN_MS: std::ops::Range<u64> = 400..600;
/// An answer that takes longer means that the conversation stands.
const STANDS: Duration = Duration::from_secs(20);

/// A case with both sides on their sockets.
pub struct Conversation {
    pub staff: (Sender, Receiver),
    pub tablet: (Sender, Receiver),
    typed: u32,
}

impl Conversation {
    pub async fn open(to: SocketAddr) -> Result<Conversation> {
        let opened: CaseOpened = post(to, "/api/cases", json!({})).await?;
        let code = json!({"code": opened.pairing.code});
        let paired: TabletPaired = post(to, "/api/pair", code).await?;
        let url = format!("ws://{to}/api/ws");
        let mut conversation = Conversation {
            staff: client::connect(&url, &opened.ticket).await?,
            tablet: client::connect(&url, &paired.ticket).await?,
            typed: 0,
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

    /// The citizen types so many lines at their times; returns how long each takes until staff reads it
    /// translated, µs.
    ///
    /// A line that could not be typed at its time, because the one before was still on its way, is counted
    /// from its time: a server that stands for a second delays everybody who wanted to speak in it, and not
    /// one line only.
    pub async fn lines(
        mut self,
        count: u32,
        mut chance: Chance,
    ) -> Result<(Conversation, Vec<u64>)> {
        let mut times = Vec::new();
        let mut due = Instant::now();
        for _ in 0..count {
            due += Duration::from_millis(chance.between(BETWEEN_MS));
            let late = Instant::now() > due;
            tokio::time::sleep_until(due).await;
            // How late a timer wakes up says nothing of the server.
            let begun = if late { due } else { Instant::now() };
            self.line().await?;
            times.push(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
        Ok((self, times))
    }

    async fn line(&mut self) -> Result<()> {
        self.typed += 1;
        let text = format!("Рядок {}", self.typed);
        let wanted = translated(&text);
        let message = ClientMessage::TypeText { text, id: None };
        self.tablet.0.send(&message).await?;
        tokio::time::timeout(STANDS, async {
            // Both read all the time, as browsers do.
            tokio::try_join!(
                until(&mut self.staff.1, &wanted),
                until(&mut self.tablet.1, &wanted)
            )
        })
        .await
        .context("a line was not translated: the conversation stands")??;
        Ok(())
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
