//! One client's WebSocket: hello, what comes in, what goes out, how it ends.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::StreamExt;
use futures_util::stream::SplitStream;
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};
use tolkebot_protocol::{ClientMessage, ErrorCode, MAX_FRAME_BYTES, Role, SAMPLE_RATE};

use crate::access::{Away, Grant};
use crate::accounts::SignedIn;
use crate::browser::signed_in;
use crate::case::{Request, Seat, Visit};
use crate::limits::{Bucket, InCrowd};
use crate::metrics::{Gauge, add};
use crate::outbox::Outbox;
use crate::state::Shared;
use crate::writer::{GOODBYE, WRITE_TIMEOUT, write};

/// How long nobody is read for a look whether they are still signed in: what is said meanwhile waits in the network, and
/// fits the sound that may come at once afterwards.
const LOOK: Duration = Duration::from_secs(2);
/// Largest message that is read in order to be refused politely; a larger one cuts the connection.
pub(crate) const READ_BYTES: usize = 16 * MAX_FRAME_BYTES;

/// RFC 6455: what came is no WebSocket protocol.
const BAD_PROTOCOL: u16 = 1002;
/// RFC 6455: a text is no UTF-8.
const NOT_TEXT: u16 = 1007;

/// Serves one socket to its end. `new`: its place among those that have not said `hello`.
pub(crate) async fn serve(shared: Arc<Shared>, socket: WebSocket, new: InCrowd) {
    let _alive = shared.alive.upgrade();
    let _open = Gauge::hold(&shared.metrics, |m| &m.sockets);
    add(&shared.metrics.sockets_opened, 1);
    let (sink, stream) = socket.split();
    let outbox = Arc::new(Outbox::new(&shared.config.limits, shared.metrics.clone()));
    let ping = Duration::from_secs(u64::from(shared.config.timeouts.ping_s));
    let writer = tokio::spawn(write(sink, outbox.clone(), ping));
    let mut reader = Reader::new(shared, stream, outbox.clone(), writer);
    let seated = reader.hello().await;
    drop(new);
    if let Some((seat, grant)) = seated {
        reader.read(&seat, &grant, ping).await;
        let _ = seat.requests.send(Request::Leave(seat.client)).await;
    }
    outbox.finish();
    reader.goodbye().await;
}

const SIGNED_OUT: &str = "whoever had this ticket is not signed in any more: sign in again";

pub(crate) const OTHER_TABLET: &str =
    "another tablet was paired with the case: ask staff for a code to pair this one";

const STOPPED: &str = "the conversation stopped: connect again with the resume ticket";

struct Reader {
    shared: Arc<Shared>,
    stream: SplitStream<WebSocket>,
    outbox: Arc<Outbox>,
    writer: JoinHandle<()>,
    messages: Bucket,
    frames: Bucket,
    samples: Bucket,
    /// When the client last sent anything, a pong included.
    heard_at: Instant,
    /// When the client last said or asked something.
    active_at: Instant,
}

impl Reader {
    fn new(
        shared: Arc<Shared>,
        stream: SplitStream<WebSocket>,
        outbox: Arc<Outbox>,
        writer: JoinHandle<()>,
    ) -> Reader {
        let limits = &shared.config.limits;
        let now = Instant::now();
        let per_s = f64::from(limits.messages_per_s);
        let rate = f64::from(SAMPLE_RATE);
        let speed = f64::from(limits.audio_speed);
        let burst = f64::from(limits.audio_burst_s);
        Reader {
            messages: Bucket::new(per_s * 3.0, per_s, now),
            // Frames of 20 ms and more: 50 a second at real time.
            frames: Bucket::new((burst + 1.0) * 50.0, speed * 50.0, now),
            samples: Bucket::new(burst * rate, speed * rate, now),
            heard_at: now,
            active_at: now,
            shared,
            stream,
            outbox,
            writer,
        }
    }

    /// The next message; `None` at the end of the socket, whoever ended it.
    async fn next(&mut self) -> Option<Message> {
        let timeouts = &self.shared.config.timeouts;
        let silent_at = self.heard_at + Duration::from_secs(u64::from(timeouts.silent_s));
        let idle_at = self.active_at + Duration::from_secs(u64::from(timeouts.idle_s));
        let message = tokio::select! {
            message = timeout_at(silent_at.min(idle_at), self.stream.next()) => message,
            _ = &mut self.writer => return None,
        };
        match message {
            Ok(Some(Ok(Message::Close(_)))) | Ok(None) => None,
            Ok(Some(Ok(message))) => {
                self.heard_at = Instant::now();
                if matches!(message, Message::Text(_) | Message::Binary(_)) {
                    self.active_at = self.heard_at;
                }
                Some(message)
            }
            Ok(Some(Err(error))) => {
                // axum hides the error's kind; these are the texts of its library's.
                let text = error.to_string();
                if text.contains("UTF-8") {
                    self.outbox.finish_with(NOT_TEXT);
                } else if text.contains("WebSocket protocol error") {
                    self.outbox.finish_with(BAD_PROTOCOL);
                } else if text.contains("too long") {
                    self.outbox.close(
                        ErrorCode::TooLarge,
                        format!("a message of more than {READ_BYTES} bytes: send smaller ones"),
                    );
                }
                None
            }
            Err(_) => {
                self.outbox.close(
                    ErrorCode::IdleTimeout,
                    "nothing was heard from this client for too long: connect again",
                );
                None
            }
        }
    }

    /// Waits for `hello`, redeems its ticket and takes the client's seat in the conversation.
    async fn hello(&mut self) -> Option<(Seat, Grant)> {
        let limit = Duration::from_secs(u64::from(self.shared.config.timeouts.hello_s));
        let Ok(first) = timeout(limit, self.first_message()).await else {
            self.outbox.close(
                ErrorCode::IdleTimeout,
                format!(
                    "no `hello` within {} s: send it right after connecting",
                    limit.as_secs()
                ),
            );
            return None;
        };
        let text = match first? {
            Message::Text(text) => text,
            _ => {
                self.outbox.close(
                    ErrorCode::BadMessage,
                    "the first message was sound: send `hello` with a ticket first",
                );
                return None;
            }
        };
        let (ticket, resume_after) = match parse(&text, &self.shared) {
            Ok(ClientMessage::Hello {
                ticket,
                resume_after,
            }) => (ticket, resume_after),
            Ok(_) => {
                self.outbox.close(
                    ErrorCode::BadMessage,
                    "the first message was no `hello`: send it with a ticket first",
                );
                return None;
            }
            Err((code, message)) => {
                self.outbox.close(code, message);
                return None;
            }
        };
        let shared = self.shared.clone();
        let now = shared.clock.now();
        let grant = match shared.tickets.redeem(&ticket, now).await {
            Ok(Some(grant)) => grant,
            Ok(None) => {
                self.outbox.close(
                    ErrorCode::BadTicket,
                    "the ticket is unknown, used or expired: open the case or pair the tablet again",
                );
                return None;
            }
            Err(Away) => {
                self.away();
                return None;
            }
        };
        let lifetime = shared.config.resume_lifetime_s;
        let account = match self.admitted(&grant, now).await {
            Ok(Ok(account)) => account,
            Ok(Err((code, message))) => {
                self.outbox.close(code, message);
                return None;
            }
            Err(Away) => {
                self.give_back(&ticket, &grant, now).await;
                self.away();
                return None;
            }
        };
        let next = Grant {
            paired: false,
            ..grant.clone()
        };
        let until = account.as_ref().and_then(|account| account.until);
        let visit = Visit {
            signed_in_for_s: until
                .map(|until| u32::try_from(until.duration_since(now).as_secs()).unwrap_or(0)),
            role: grant.role,
            paired: grant.paired,
            account: account
                .filter(|_| grant.role == Role::Staff)
                .map(|account| account.name),
            resume_after,
            resume_ticket: shared.tickets.issue(next, now, lifetime).await,
            outbox: self.outbox.clone(),
        };
        match shared.cases.join(&shared, &grant.case, visit).await {
            Ok(seat) => Some((seat, grant)),
            Err(refusal) => {
                if matches!(refusal.code, ErrorCode::NotSaved | ErrorCode::ShuttingDown) {
                    self.give_back(&ticket, &grant, now).await;
                }
                self.outbox.close(refusal.code, refusal.message);
                None
            }
        }
    }

    /// Whether whoever holds a ticket may come in still: as whom, or what they are told. Tickets outlive both the tablet
    /// that they were given to and the session that asked for them.
    async fn admitted(
        &self,
        grant: &Grant,
        now: Timestamp,
    ) -> Result<Result<Option<SignedIn>, (ErrorCode, &'static str)>, Away> {
        let sessions = &self.shared.sessions;
        if grant.role == Role::Citizen
            && !sessions
                .is_latest_tablet(&grant.case, &grant.tablet, now)
                .await?
        {
            return Ok(Err((ErrorCode::BadTicket, OTHER_TABLET)));
        }
        if grant.session.is_empty() {
            return Ok(Ok(None));
        }
        let account = self.account_of(grant, now).await?;
        Ok(match account {
            Some(account) => Ok(Some(account)),
            None => Err((ErrorCode::SignedOut, SIGNED_OUT)),
        })
    }

    /// Makes a ticket good again that was used up in vain: whoever may come again later needs something to come with.
    async fn give_back(&self, ticket: &str, grant: &Grant, now: Timestamp) {
        let lifetime = self.shared.config.resume_lifetime_s;
        let tickets = &self.shared.tickets;
        tickets.put_back(ticket, grant, now, lifetime).await;
    }

    /// Who is signed in with the session that a ticket is bound to.
    async fn account_of(&self, grant: &Grant, now: Timestamp) -> Result<Option<SignedIn>, Away> {
        let session = self.shared.sessions.by_id(&grant.session, now).await?;
        signed_in(&self.shared, session.as_ref()).await
    }

    /// True if nobody may be signed in any more with the session that the ticket was bound to. While nobody can say,
    /// the conversation goes on.
    async fn is_signed_out(&self, grant: &Grant) -> bool {
        !grant.session.is_empty()
            && self.account_of(grant, self.shared.clock.now()).await == Ok(None)
    }

    /// Tells a client that it could not be looked up, and may come again with the same ticket.
    fn away(&self) {
        self.outbox.close(
            ErrorCode::NotSaved,
            "tickets cannot be looked up at the moment: connect again with the same one",
        );
    }

    async fn first_message(&mut self) -> Option<Message> {
        loop {
            match self.next().await? {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return Some(message),
            }
        }
    }

    /// Passes on what the client says until the socket ends. Now and then it is looked whether whoever opened it is
    /// still signed in.
    async fn read(&mut self, seat: &Seat, grant: &Grant, look_every: Duration) {
        let mut look_at = Instant::now() + look_every;
        loop {
            let message = tokio::select! {
                message = timeout_at(look_at, self.next()) => message,
                // The conversation's task is gone: stopping, or failed. Whoever says nothing must know as well.
                () = seat.requests.closed() => {
                    self.outbox.close(ErrorCode::EngineFailed, STOPPED);
                    return;
                }
            };
            let Ok(message) = message else {
                // Nobody goes unheard because the store does not answer.
                if timeout(LOOK, self.is_signed_out(grant)).await == Ok(true) {
                    self.outbox.close(ErrorCode::SignedOut, SIGNED_OUT);
                    return;
                }
                look_at = Instant::now() + look_every;
                continue;
            };
            let Some(message) = message else { return };
            let request = match message {
                Message::Text(text) => self.text(&text, seat),
                Message::Binary(frame) => self.sound(&frame, seat),
                _ => None,
            };
            let Some(request) = request else { continue };
            if seat.requests.send(request).await.is_err() {
                self.outbox.close(ErrorCode::EngineFailed, STOPPED);
                return;
            }
        }
    }

    fn text(&mut self, text: &str, seat: &Seat) -> Option<Request> {
        if !self.messages.take(1.0, Instant::now()) {
            let most = self.shared.config.limits.messages_per_s;
            self.outbox.error(
                ErrorCode::TooFast,
                format!("more than {most} messages a second: this one was dropped, slow down"),
            );
            return None;
        }
        match parse(text, &self.shared) {
            Ok(message) => Some(Request::Message(seat.client, message)),
            Err((ErrorCode::TooLarge, message)) => {
                self.outbox.close(ErrorCode::TooLarge, message);
                None
            }
            Err((code, message)) => {
                self.outbox.error(code, message);
                None
            }
        }
    }

    fn sound(&mut self, frame: &[u8], seat: &Seat) -> Option<Request> {
        if frame.len() > MAX_FRAME_BYTES {
            self.outbox.close(
                ErrorCode::TooLarge,
                format!(
                    "a frame of {} bytes: send at most {MAX_FRAME_BYTES}",
                    frame.len()
                ),
            );
            return None;
        }
        let samples = match tolkebot_audio::decode_pcm16(frame) {
            Ok(samples) => samples,
            Err(_) => {
                self.outbox.audio_error(
                    ErrorCode::BadAudio,
                    format!("a frame of {} bytes: 16-bit samples are even", frame.len()),
                );
                return None;
            }
        };
        let now = Instant::now();
        if !self.frames.take(1.0, now) || !self.samples.take(samples.len() as f64, now) {
            let speed = self.shared.config.limits.audio_speed;
            self.outbox.audio_error(
                ErrorCode::TooFast,
                format!("sound at more than {speed} times real time was dropped: send it slower"),
            );
            return None;
        }
        Some(Request::Audio(seat.client, samples))
    }

    /// Lets the writer finish and gives the client time to say goodbye, so that the last messages
    /// are not lost in a reset connection.
    async fn goodbye(mut self) {
        let until = Instant::now() + WRITE_TIMEOUT;
        if !self.writer.is_finished() {
            let drain = async {
                while let Some(Ok(message)) = self.stream.next().await {
                    if matches!(message, Message::Close(_)) {
                        break;
                    }
                }
            };
            tokio::select! {
                _ = timeout_at(until, &mut self.writer) => {}
                () = drain => {
                    let _ = timeout_at(until, &mut self.writer).await;
                }
            }
        }
        self.writer.abort();
        let _ = timeout(GOODBYE, async {
            while let Some(Ok(message)) = self.stream.next().await {
                if matches!(message, Message::Close(_)) {
                    break;
                }
            }
        })
        .await;
    }
}

fn parse(text: &str, shared: &Shared) -> Result<ClientMessage, (ErrorCode, String)> {
    let most = shared.config.limits.text_bytes as usize;
    if text.len() > most {
        return Err((
            ErrorCode::TooLarge,
            format!("a message of {} bytes: send at most {most}", text.len()),
        ));
    }
    serde_json::from_str(text).map_err(|error| {
        // serde's text may quote what was sent; it goes back to who sent it and nowhere else.
        (
            ErrorCode::BadMessage,
            format!("the message is not understood: {error}"),
        )
    })
}
