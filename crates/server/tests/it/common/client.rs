//! A client with a real socket.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// Long enough for a busy machine: a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client {
    ws: WebSocketStream<TcpStream>,
    /// Everything that was received so far.
    pub seen: Vec<Value>,
    pub resume_ticket: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Frame {
    Json(Value),
    Binary(Vec<u8>),
    Closed(u16, String),
}

/// How a connection was refused.
#[derive(Debug)]
pub struct Refused {
    pub status: u16,
    pub body: Value,
}

impl Client {
    pub async fn connect(to: SocketAddr) -> Result<Client, Refused> {
        Client::connect_with(to, Some("tolkebot.v1"), None).await
    }

    /// Like [`Client::connect`], to a server that may be gone at any moment.
    pub async fn try_connect(to: SocketAddr) -> Option<Client> {
        let mut request = format!("ws://{to}/api/ws").into_client_request().unwrap();
        let protocol = "tolkebot.v1".parse().unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", protocol);
        let tcp = TcpStream::connect(to).await.ok()?;
        let (ws, _) = client_async(request, tcp).await.ok()?;
        Some(Client {
            ws,
            seen: Vec::new(),
            resume_ticket: String::new(),
        })
    }

    pub async fn connect_with(
        to: SocketAddr,
        protocol: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Client, Refused> {
        let mut request = format!("ws://{to}/api/ws").into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request
                .headers_mut()
                .insert("sec-websocket-protocol", protocol.parse().unwrap());
        }
        if let Some(origin) = origin {
            request
                .headers_mut()
                .insert("origin", origin.parse().unwrap());
        }
        let tcp = TcpStream::connect(to).await.unwrap();
        match client_async(request, tcp).await {
            Ok((ws, response)) => {
                assert_eq!(response.headers()["sec-websocket-protocol"], "tolkebot.v1");
                Ok(Client {
                    ws,
                    seen: Vec::new(),
                    resume_ticket: String::new(),
                })
            }
            Err(Error::Http(response)) => Err(Refused {
                status: response.status().as_u16(),
                body: serde_json::from_slice(response.body().as_deref().unwrap_or_default())
                    .unwrap_or(Value::Null),
            }),
            Err(error) => panic!("{error}"),
        }
    }

    pub async fn hello(&mut self, ticket: &str, resume_after: Option<u64>) {
        let mut hello = json!({"type": "hello", "ticket": ticket});
        if let Some(seq) = resume_after {
            hello["resume_after"] = json!(seq);
        }
        self.send(hello).await;
        let welcome = self.until("welcome").await;
        self.resume_ticket = welcome["resume_ticket"].as_str().unwrap().to_owned();
    }

    pub async fn send(&mut self, message: Value) {
        self.send_text(&message.to_string()).await;
    }

    pub async fn send_text(&mut self, text: &str) {
        // A server may close while we talk; what it said is still read.
        let _ = self.ws.send(Message::text(text)).await;
    }

    pub async fn send_binary(&mut self, bytes: Vec<u8>) {
        let _ = self.ws.send(Message::binary(bytes)).await;
    }

    pub async fn consent(&mut self, notice: &str) {
        self.send(json!({"type": "consent", "notice": notice, "accepted": true}))
            .await;
    }

    pub async fn start_audio(&mut self) {
        self.send(json!({"type": "start_audio", "sample_rate": 16000}))
            .await;
    }

    /// The next frame; pings are answered on the way.
    pub async fn next(&mut self) -> Frame {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.ws.next())
                .await
                .unwrap_or_else(|_| panic!("nothing came after {:#?}", self.seen.last()));
            match frame {
                Some(Ok(Message::Text(text))) => {
                    let value: Value = serde_json::from_str(&text).unwrap();
                    self.seen.push(value.clone());
                    return Frame::Json(value);
                }
                Some(Ok(Message::Binary(bytes))) => return Frame::Binary(bytes.to_vec()),
                Some(Ok(Message::Close(Some(close)))) => {
                    return Frame::Closed(close.code.into(), close.reason.to_string());
                }
                Some(Ok(Message::Close(None))) | None => return Frame::Closed(0, String::new()),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Frame::Closed(0, error.to_string()),
            }
        }
    }

    /// Reads on to the next message of a type.
    pub async fn until(&mut self, kind: &str) -> Value {
        self.until_that(kind, |_| true).await
    }

    /// Reads on to the next message of a type that fulfils a condition.
    pub async fn until_that(&mut self, kind: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            match self.next().await {
                Frame::Json(value) if value["type"] == kind && wanted(&value) => return value,
                Frame::Closed(code, reason) => {
                    panic!("closed with {code} `{reason}` while waiting for {kind}")
                }
                _ => {}
            }
        }
    }

    /// Reads on to the next event of a kind.
    pub async fn until_event(&mut self, kind: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.until_that("event", |e| e["kind"] == kind && wanted(e))
            .await
    }

    pub async fn until_error(&mut self, code: &str) -> Value {
        self.until_that("error", |e| e["code"] == code).await
    }

    /// Reads on to the next binary frame.
    pub async fn until_binary(&mut self) -> Vec<u8> {
        loop {
            match self.next().await {
                Frame::Binary(bytes) => return bytes,
                Frame::Closed(code, reason) => panic!("closed with {code} `{reason}`"),
                Frame::Json(_) => {}
            }
        }
    }

    /// Reads on to the end; returns the last error's code and the close code.
    pub async fn until_closed(&mut self) -> (String, u16) {
        let mut last = String::new();
        loop {
            match self.next().await {
                Frame::Json(value) if value["type"] == "error" && value["fatal"] == true => {
                    last = value["code"].as_str().unwrap().to_owned();
                }
                Frame::Closed(code, _) => return (last, code),
                _ => {}
            }
        }
    }

    /// Events seen so far, by sequence number.
    pub fn seqs(&self) -> Vec<u64> {
        let events = self.seen.iter().filter(|m| m["type"] == "event");
        events.map(|e| e["seq"].as_u64().unwrap()).collect()
    }

    /// Hangs up without a goodbye, like a lost network.
    pub fn vanish(self) {
        drop(self.ws);
    }

    /// Asks for something that is answered at once, so that everything before it was handled.
    pub async fn settle(&mut self) {
        self.send(json!({"type": "hello", "ticket": "again"})).await;
        self.until_error("bad_message").await;
    }
}
