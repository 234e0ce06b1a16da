//! What a client does that means harm, or is broken.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Result, bail};
use tolkebot_protocol::ClientMessage;
use tolkebot_server::ServerConfig;

use super::conversation::Conversation;
use crate::client::{self, Receiver, Sender};

/// What the neighbour does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// A conversation of its own, with as many lines as its limit lets through.
    Flood,
    /// Frames far too large, each on a new socket.
    Oversized,
    /// Sockets opened with a ticket that is none, as fast as 50 a second.
    Storm,
    /// Nothing: there is none. What is found beside it is the measurement's own error.
    Nobody,
}

impl Neighbour {
    pub const ALL: [Neighbour; 4] = [
        Neighbour::Flood,
        Neighbour::Oversized,
        Neighbour::Storm,
        Neighbour::Nobody,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Neighbour::Flood => "a flood of lines, as many as the limit lets through",
            Neighbour::Oversized => "frames of 256 KiB on new sockets, 20 a second",
            Neighbour::Storm => "sockets with a bad ticket, 50 a second",
            Neighbour::Nobody => "nobody: the measurement's own error",
        }
    }

    /// Misbehaves until it is stopped, and counts in `acts` what it has done.
    pub async fn misbehave(self, to: SocketAddr, acts: &AtomicU64) -> Result<()> {
        match self {
            Neighbour::Nobody => std::future::pending().await,
            Neighbour::Flood => flood(to, acts).await,
            Neighbour::Oversized => {
                let mut tick = tokio::time::interval(Duration::from_millis(50));
                let text = "x".repeat(256 << 10);
                loop {
                    tick.tick().await;
                    // The server cuts it off; whether before or after the frame is all the same.
                    if let Ok((mut sender, _receiver)) = socket(to, "none").await {
                        let _ = sender
                            .send(&ClientMessage::TypeText {
                                text: text.clone(),
                                id: None,
                            })
                            .await;
                        acts.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
            Neighbour::Storm => {
                let mut tick = tokio::time::interval(Duration::from_millis(20));
                loop {
                    tick.tick().await;
                    if socket(to, "none").await.is_ok() {
                        acts.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }
    }
}

async fn socket(to: SocketAddr, ticket: &str) -> Result<(Sender, Receiver)> {
    client::connect(&format!("ws://{to}/api/ws"), ticket).await
}

async fn flood(to: SocketAddr, acts: &AtomicU64) -> Result<()> {
    let conversation = Conversation::open(to).await?;
    // Whoever does not read is let go; it reads, as a client does that wants to go on.
    tokio::select! {
        ended = type_on(conversation.tablet.0, acts) => ended,
        ended = read_on(conversation.staff.1) => ended,
        ended = read_on(conversation.tablet.1) => ended,
    }
}

async fn type_on(mut sender: Sender, acts: &AtomicU64) -> Result<()> {
    let per_s = ServerConfig::default().limits.messages_per_s;
    let mut tick = tokio::time::interval(Duration::from_secs(1) / per_s);
    loop {
        tick.tick().await;
        let text = "Ще один рядок, і ще один.".to_owned();
        sender
            .send(&ClientMessage::TypeText { text, id: None })
            .await?;
        acts.fetch_add(1, Ordering::Relaxed);
    }
}

async fn read_on(mut receiver: Receiver) -> Result<()> {
    while receiver.next().await?.is_some() {}
    bail!("the server cut it off")
}
