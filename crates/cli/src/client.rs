//! A client of the server: the same socket that the web client opens.

use anyhow::{Context, Result, bail};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tolkebot_protocol::{ClientMessage, SUBPROTOCOL, ServerMessage};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What came in.
pub enum Incoming {
    /// A message, boxed because forms are large.
    Message(Box<ServerMessage>),
    /// The sound that the `speech` message before it announced: PCM16 little-endian.
    Sound(Vec<u8>),
}

/// The sending half of a connection.
pub struct Sender(SplitSink<Socket, Message>);

/// The receiving half of a connection.
pub struct Receiver(SplitStream<Socket>);

/// Connects and says hello with a ticket.
pub async fn connect(url: &str, ticket: &str) -> Result<(Sender, Receiver)> {
    let mut request = url
        .into_client_request()
        .with_context(|| format!("`{url}` is no WebSocket address"))?;
    request.headers_mut().insert(
        "Sec-WebSocket-Protocol",
        HeaderValue::from_static(SUBPROTOCOL),
    );
    let (socket, _) = connect_async(request)
        .await
        .with_context(|| format!("cannot connect to {url}"))?;
    let (sink, stream) = socket.split();
    let mut sender = Sender(sink);
    let hello = ClientMessage::Hello {
        ticket: ticket.to_owned(),
        resume_after: None,
    };
    sender.send(&hello).await?;
    Ok((sender, Receiver(stream)))
}

impl Sender {
    /// Sends one message.
    pub async fn send(&mut self, message: &ClientMessage) -> Result<()> {
        let text = serde_json::to_string(message)?;
        self.0
            .send(Message::text(text))
            .await
            .context("the server closed the connection")
    }

    /// Sends sound: 16 kHz mono.
    pub async fn send_sound(&mut self, samples: &[f32]) -> Result<()> {
        let bytes = tolkebot_audio::encode_pcm16(samples);
        self.0
            .send(Message::binary(bytes))
            .await
            .context("the server closed the connection")
    }

    /// Closes the connection.
    pub async fn close(mut self) {
        let _ = self.0.close().await;
    }
}

impl Receiver {
    /// The next message; `None` when the server has closed the connection.
    pub async fn next(&mut self) -> Result<Option<Incoming>> {
        while let Some(message) = self.0.next().await {
            match message.context("the connection broke")? {
                Message::Text(text) => {
                    let message = serde_json::from_str(&text)
                        .context("the server sent a message that this client does not know")?;
                    return Ok(Some(Incoming::Message(Box::new(message))));
                }
                Message::Binary(bytes) => return Ok(Some(Incoming::Sound(bytes.to_vec()))),
                Message::Close(Some(frame)) if u16::from(frame.code) >= 4000 => {
                    bail!("the server closed the connection: {}", frame.reason);
                }
                Message::Close(_) => return Ok(None),
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
        Ok(None)
    }
}
