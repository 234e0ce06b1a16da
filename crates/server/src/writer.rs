//! What goes out on one client's WebSocket.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tolkebot_protocol::ServerMessage;

use crate::outbox::{Next, Out, Outbox, encode};

/// How long one message may take to be written before the client counts as gone.
pub(crate) const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a closed socket waits for the client's goodbye.
pub(crate) const GOODBYE: Duration = Duration::from_secs(2);

/// Sends what the outbox holds, and pings.
pub(crate) async fn write(
    sink: SplitSink<WebSocket, Message>,
    outbox: Arc<Outbox>,
    ping: Duration,
) {
    let mut writer = Writer { sink, outbox };
    let mut pings = interval_at(Instant::now() + ping, ping);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let next = tokio::select! {
            next = writer.outbox.next() => Some(next),
            _ = pings.tick() => None,
        };
        let sent = match next {
            None => writer.send(Message::Ping(Default::default())).await,
            Some(Next::Send(Out::Text(text) | Out::Partial(_, text))) => {
                writer.send(Message::Text(text)).await
            }
            Some(Next::Send(Out::Sound(text, pcm) | Out::Again(text, pcm))) => {
                writer.send(Message::Text(text)).await && writer.send(Message::Binary(pcm)).await
            }
            Some(Next::Send(Out::Replay(events))) => {
                let mut sent = true;
                for event in events.iter() {
                    let text = encode(&ServerMessage::Event(event.clone()));
                    sent = sent && writer.send(Message::Text(text)).await;
                }
                sent
            }
            Some(Next::Close(closing)) => {
                let frame = CloseFrame {
                    code: closing.code,
                    reason: closing.reason.into(),
                };
                let _ = timeout(GOODBYE, writer.sink.send(Message::Close(Some(frame)))).await;
                return;
            }
        };
        if !sent {
            return;
        }
    }
}

struct Writer {
    sink: SplitSink<WebSocket, Message>,
    outbox: Arc<Outbox>,
}

impl Writer {
    /// Sends one message; false if the client does not take it.
    async fn send(&mut self, message: Message) -> bool {
        let sending = timeout(WRITE_TIMEOUT, self.sink.send(message));
        tokio::pin!(sending);
        let sent = tokio::select! {
            sent = &mut sending => sent,
            // So much waits behind this message that the client is given up soon.
            () = self.outbox.given_up() => match timeout(GOODBYE, sending).await {
                Ok(sent) => sent,
                Err(late) => Err(late),
            },
        };
        matches!(sent, Ok(Ok(())))
    }
}
