//! What waits to be sent to one client.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use tolkebot_protocol::{ErrorCode, ServerMessage};

use crate::config::Limits;
use crate::metrics::{Metrics, add};

pub(crate) use crate::outgoing::{Out, Words, encode};

/// Close code for a client that takes its messages too slowly: none of [`ErrorCode`]'s, so that it comes back as after any
/// lost connection.
pub(crate) const SLOW_CLIENT: u16 = 4100;

/// The same sound error is told at most this often: frames come many times a second.
const AUDIO_ERROR_EVERY: Duration = Duration::from_secs(1);

/// How a socket ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closing {
    pub code: u16,
    pub reason: String,
}

/// What the socket's writer does next.
#[derive(Debug)]
pub(crate) enum Next {
    Send(Out),
    Close(Closing),
}

/// A bounded queue between a conversation and a socket. Putting something in never waits: a slow
/// client first loses partials and is then let go, and nobody else notices.
#[derive(Debug)]
pub(crate) struct Outbox {
    inner: Mutex<Inner>,
    filled: Notify,
    given_up: Notify,
    max_messages: usize,
    max_bytes: usize,
    errors_per_minute: u32,
    metrics: Arc<Metrics>,
}

#[derive(Debug)]
struct Inner {
    queue: VecDeque<Out>,
    bytes: usize,
    /// How many of the queue are [`Out::Again`].
    again: usize,
    closing: Option<Closing>,
    errors: u32,
    errors_since: Instant,
    audio_error: Option<(ErrorCode, Instant)>,
}

impl Outbox {
    pub fn new(limits: &Limits, metrics: Arc<Metrics>) -> Outbox {
        Outbox {
            inner: Mutex::new(Inner {
                queue: VecDeque::new(),
                bytes: 0,
                again: 0,
                closing: None,
                errors: 0,
                errors_since: Instant::now(),
                audio_error: None,
            }),
            filled: Notify::new(),
            given_up: Notify::new(),
            max_messages: limits.queue_messages as usize,
            max_bytes: limits.queue_bytes as usize,
            errors_per_minute: limits.errors_per_minute,
            metrics,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts something in.
    pub fn push(&self, out: Out) {
        let mut inner = self.lock();
        if inner.closing.is_some() {
            return;
        }
        if let Out::Partial(words, _) = &out {
            let words = *words;
            inner.drop_partials(|before| words.replace(before));
            // What is over is said in any case: what follows of it may be dropped.
            let over = matches!(words, Words::NoneOf(_));
            if !over && inner.messages() >= self.max_messages / 2 {
                return;
            }
        }
        inner.bytes += out.bytes();
        inner.again += usize::from(out.is_again());
        inner.queue.push_back(out);
        if inner.messages() > self.max_messages || inner.bytes > self.max_bytes {
            inner.drop_partials(|_| true);
        }
        if inner.messages() > self.max_messages || inner.bytes > self.max_bytes {
            add(&self.metrics.slow_clients, 1);
            inner.queue.clear();
            (inner.bytes, inner.again) = (0, 0);
            inner.closing = Some(Closing {
                code: SLOW_CLIENT,
                reason: "this client takes its messages too slowly: connect again with the resume \
                         ticket"
                    .to_owned(),
            });
            self.given_up.notify_one();
        }
        drop(inner);
        self.filled.notify_one();
    }

    /// Puts a message in.
    pub fn send(&self, message: &ServerMessage) {
        self.push(Out::message(message));
    }

    /// True while speech that the client asked for again waits: so much of it does not count as slowness, and more must
    /// not be asked for.
    pub fn has_again(&self) -> bool {
        self.lock().again > 0
    }

    /// Tells of trouble after which the conversation goes on. Too much trouble of the client's own
    /// making ends it.
    pub fn error(&self, code: ErrorCode, message: impl Into<String>) {
        self.tell(code, message.into(), false);
    }

    /// An engine failed on words that stand in the conversation.
    pub fn failed_on_kept_words(&self, message: impl Into<String>) {
        self.tell(ErrorCode::EngineFailed, message.into(), true);
    }

    fn tell(&self, code: ErrorCode, message: String, kept: bool) {
        if self.is_one_too_many(code) {
            return self.close(code, format!("{message}; too many errors, goodbye"));
        }
        self.metrics.error(code);
        self.send(&ServerMessage::Error {
            code,
            message,
            fatal: false,
            kept,
        });
    }

    /// Like [`Outbox::error`] for trouble with sound: told at most once a second.
    pub fn audio_error(&self, code: ErrorCode, message: impl Into<String>) {
        let now = Instant::now();
        let mut inner = self.lock();
        let told = inner
            .audio_error
            .is_some_and(|(last, at)| last == code && now - at < AUDIO_ERROR_EVERY);
        if told {
            return;
        }
        inner.audio_error = Some((code, now));
        drop(inner);
        self.error(code, message);
    }

    fn is_one_too_many(&self, code: ErrorCode) -> bool {
        let own = !matches!(
            code,
            ErrorCode::Busy
                | ErrorCode::EngineFailed
                | ErrorCode::NotSaved
                | ErrorCode::SlotChanged
        );
        let now = Instant::now();
        let mut inner = self.lock();
        if now - inner.errors_since > Duration::from_secs(60) {
            inner.errors_since = now;
            inner.errors = 0;
        }
        inner.errors += u32::from(own);
        inner.errors > self.errors_per_minute
    }

    /// Sends what waits, then the error, then closes. Only the first call counts.
    pub fn close(&self, code: ErrorCode, message: impl Into<String>) {
        let message = message.into();
        let mut inner = self.lock();
        if inner.closing.is_some() {
            return;
        }
        self.metrics.error(code);
        let reason = reason(&message);
        let error = Out::message(&ServerMessage::Error {
            code,
            message,
            fatal: true,
            kept: false,
        });
        inner.bytes += error.bytes();
        inner.queue.push_back(error);
        inner.closing = Some(Closing {
            code: code.close_code(),
            reason,
        });
        drop(inner);
        self.filled.notify_one();
    }

    /// Closes without an error, because the client left.
    pub fn finish(&self) {
        self.finish_with(1000);
    }

    /// Closes without an error that the client could read, because it does not speak the WebSocket
    /// protocol. `code` is one of RFC 6455.
    pub fn finish_with(&self, code: u16) {
        let mut inner = self.lock();
        inner.closing.get_or_insert(Closing {
            code,
            reason: String::new(),
        });
        drop(inner);
        self.filled.notify_one();
    }

    /// Waits until the client is given up for being slow. Answers once.
    pub async fn given_up(&self) {
        self.given_up.notified().await;
    }

    /// Waits for the next thing to do. After a `Close` there is nothing more.
    pub async fn next(&self) -> Next {
        loop {
            {
                let mut inner = self.lock();
                if let Some(out) = inner.queue.pop_front() {
                    inner.bytes -= out.bytes();
                    inner.again -= usize::from(out.is_again());
                    return Next::Send(out);
                }
                if let Some(closing) = &inner.closing {
                    return Next::Close(closing.clone());
                }
            }
            self.filled.notified().await;
        }
    }
}

impl Inner {
    /// How many messages wait that a client is to blame for.
    fn messages(&self) -> usize {
        self.queue.len() - self.again
    }

    fn drop_partials(&mut self, which: impl Fn(Words) -> bool) {
        let bytes = &mut self.bytes;
        self.queue.retain(|out| match out {
            Out::Partial(words, _) if which(*words) => {
                *bytes -= out.bytes();
                false
            }
            _ => true,
        });
    }
}

/// A close frame holds at most 123 bytes of reason.
fn reason(message: &str) -> String {
    let mut end = message.len().min(120);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    message[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use tolkebot_protocol::{Lang, Speaker};

    fn outbox(queue_messages: u32, queue_bytes: u32) -> Outbox {
        let limits = Limits {
            queue_messages,
            queue_bytes,
            errors_per_minute: 3,
            ..Limits::default()
        };
        Outbox::new(&limits, Arc::default())
    }

    fn partial(speaker: Speaker, text: &str) -> ServerMessage {
        ServerMessage::Partial {
            speaker,
            lang: speaker.lang(),
            text: text.to_owned(),
            settled_chars: 0,
            start_ms: 0,
        }
    }

    const PRESENCE: ServerMessage = ServerMessage::Presence {
        staff: 1,
        citizen: 1,
    };

    async fn drain(outbox: &Outbox) -> (Vec<String>, Closing) {
        let mut texts = Vec::new();
        loop {
            match outbox.next().await {
                Next::Send(
                    Out::Text(t) | Out::Partial(_, t) | Out::Sound(t, _) | Out::Again(t, _),
                ) => texts.push(t.to_string()),
                Next::Send(Out::Replay(_)) => texts.push("replay".into()),
                Next::Close(closing) => return (texts, closing),
            }
        }
    }

    #[tokio::test]
    async fn only_the_newest_partial_of_a_speaker_waits() {
        let outbox = outbox(100, 100_000);
        outbox.send(&partial(Speaker::Staff, "Go"));
        outbox.send(&partial(Speaker::Citizen, "Доб"));
        outbox.send(&partial(Speaker::Staff, "Goddag"));
        outbox.finish();
        let (texts, closing) = drain(&outbox).await;
        assert_eq!(texts.len(), 2);
        assert!(
            texts[0].contains("Доб") && texts[1].contains("Goddag"),
            "{texts:?}"
        );
        assert_eq!(closing.code, 1000);
    }

    #[tokio::test]
    async fn new_words_do_not_stand_for_the_end_of_the_ones_before() {
        let outbox = outbox(100, 100_000);
        let draft = |text: &str| ServerMessage::Draft {
            speaker: Speaker::Staff,
            lang: Lang::Uk,
            text: text.to_owned(),
            start_ms: 0,
        };
        outbox.send(&partial(Speaker::Staff, "Goddag"));
        outbox.send(&draft("Добрий день"));
        outbox.send(&partial(Speaker::Citizen, "Так"));
        for text in ["", "Hvor", "", "Hvor bor", "Hvor bor du"] {
            outbox.send(&partial(Speaker::Staff, text));
        }
        outbox.send(&draft("Де"));
        outbox.finish();
        let (texts, _) = drain(&outbox).await;
        let text = |sent: &String| {
            let sent: serde_json::Value = serde_json::from_str(sent).unwrap();
            sent["text"].as_str().unwrap().to_owned()
        };
        let texts: Vec<String> = texts.iter().map(text).collect();
        assert_eq!(texts, ["Так", "", "Hvor bor du", "Де"]);
    }

    #[tokio::test]
    async fn a_slow_client_loses_partials_first_and_then_its_socket() {
        let outbox = outbox(8, 100_000);
        for _ in 0..7 {
            outbox.send(&PRESENCE);
        }
        outbox.send(&partial(Speaker::Staff, "x"));
        outbox.send(&PRESENCE);
        {
            let inner = outbox.lock();
            assert_eq!(inner.queue.len(), 8);
            assert!(inner.closing.is_none());
        }
        outbox.send(&PRESENCE);
        let (texts, closing) = drain(&outbox).await;
        assert!(texts.is_empty());
        assert_eq!(closing.code, SLOW_CLIENT);
        // It is not told that it was signed out, or that another screen took its place: it may come again.
        assert!(closing.code > ErrorCode::SignedOut.close_code());
    }

    #[tokio::test]
    async fn sound_counts_in_bytes() {
        let outbox = outbox(100, 1000);
        let announce = encode(&ServerMessage::Speech {
            utterance: tolkebot_protocol::UtteranceId(1),
            lang: Lang::Uk,
            sample_rate: 24_000,
            piece: 0,
            last: true,
        });
        outbox.push(Out::Sound(announce.clone(), Bytes::from(vec![0; 500])));
        outbox.push(Out::Sound(announce, Bytes::from(vec![0; 500])));
        assert_eq!(drain(&outbox).await.1.code, SLOW_CLIENT);
    }

    #[tokio::test]
    async fn what_was_asked_for_again_is_no_slowness_however_long() {
        let outbox = outbox(3, 1000);
        let again = || Out::Again("speech".into(), Bytes::from(vec![0; 500]));
        (0..9).for_each(|_| outbox.push(again()));
        assert!(outbox.has_again());
        (0..3).for_each(|_| outbox.send(&PRESENCE));
        for _ in 0..9 {
            assert!(matches!(outbox.next().await, Next::Send(Out::Again(..))));
        }
        assert!(!outbox.has_again());
        outbox.send(&PRESENCE);
        assert_eq!(drain(&outbox).await.1.code, SLOW_CLIENT);
    }

    #[tokio::test]
    async fn too_many_own_errors_end_the_socket_but_not_the_servers() {
        let outbox = outbox(100, 100_000);
        for _ in 0..10 {
            outbox.error(ErrorCode::EngineFailed, "engine");
        }
        for _ in 0..4 {
            outbox.error(ErrorCode::BadMessage, "bad");
        }
        outbox.send(&PRESENCE);
        let (texts, closing) = drain(&outbox).await;
        assert_eq!(texts.len(), 14, "nothing follows the fatal error");
        assert!(texts[13].contains("\"fatal\":true"));
        assert_eq!(closing.code, ErrorCode::BadMessage.close_code());
    }

    #[tokio::test]
    async fn sound_errors_are_told_once_a_second_and_reasons_fit_a_close_frame() {
        let outbox = outbox(100, 100_000);
        outbox.audio_error(ErrorCode::BadAudio, "odd");
        outbox.audio_error(ErrorCode::BadAudio, "odd");
        outbox.audio_error(ErrorCode::TooFast, "fast");
        outbox.close(ErrorCode::Replaced, "я".repeat(100));
        let (texts, closing) = drain(&outbox).await;
        assert_eq!(texts.len(), 3);
        assert!(closing.reason.len() <= 123);
    }
}
