//! How long the server waits, and how much clients may send.

use serde::{Deserialize, Serialize};

/// Time limits of sockets and conversations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timeouts {
    /// For a TLS handshake, and again for the head of each request, s. A connection that asks for
    /// nothing for so long is closed.
    pub headers_s: u32,
    /// From a request's head to its answer, s. Sockets are not meant, and neither is checking the log.
    pub request_s: u32,
    /// The same of a request that carries documents, s: they take their time on a slow network, and
    /// come from signed-in staff only.
    pub documents_s: u32,
    /// From opening a socket to its `hello`, s.
    pub hello_s: u32,
    /// Between two pings of the server, s.
    pub ping_s: u32,
    /// A client that sends nothing at all for so long, not even an answer to a ping, is gone, s.
    pub silent_s: u32,
    /// A client that says and asks nothing for so long is let go, s.
    pub idle_s: u32,
    /// How long a conversation's engines are kept when everybody has left, s.
    pub linger_s: u32,
    /// How long a stop, or the end of a conversation, waits for what is still being said, s. The end of a conversation
    /// waits six times as long for words that are not written down yet.
    pub drain_s: u32,
}

/// How much clients may send and the server keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections at a time, of whatever kind. Further ones are closed at once.
    pub connections: u32,
    /// Connections at a time from one address; proxies that are trusted may have more.
    pub connections_per_address: u32,
    /// Largest head of a request, bytes.
    pub header_bytes: u32,
    /// Sockets at a time.
    pub sockets: u32,
    /// Sockets from one address that have not said `hello` yet. They need no ticket, so whoever likes can open them.
    pub new_sockets_per_address: u32,
    /// Cases opened per minute.
    pub cases_per_minute: u32,
    /// Wrong pairing codes per minute from one address, and wrong passwords; ten times as many from all.
    pub wrong_codes_per_minute: u32,
    /// Largest text message, bytes.
    pub text_bytes: u32,
    /// Text messages per second; three times as many may come at once.
    pub messages_per_s: u32,
    /// How often one conversation writes the log in a second; four seconds' worth may come at once. What
    /// comes faster is written together.
    pub saves_per_s: u32,
    /// Sound in multiples of real time.
    pub audio_speed: f32,
    /// Seconds of sound that may come at once beyond that.
    pub audio_burst_s: u32,
    /// Messages that may wait for a slow client.
    pub queue_messages: u32,
    /// Bytes that may wait for a slow client.
    pub queue_bytes: u32,
    /// Errors of its own making that a client may collect in a minute.
    pub errors_per_minute: u32,
    /// Interpreted sound kept per conversation for `speak_again`, bytes.
    pub speech_cache_bytes: u32,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            headers_s: 10,
            request_s: 30,
            documents_s: 170,
            hello_s: 10,
            ping_s: 20,
            silent_s: 60,
            idle_s: 30 * 60,
            linger_s: 60,
            drain_s: 10,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 1024,
            connections_per_address: 256,
            header_bytes: 16 * 1024,
            sockets: 200,
            new_sockets_per_address: 32,
            cases_per_minute: 60,
            wrong_codes_per_minute: 10,
            text_bytes: 16 * 1024,
            messages_per_s: 20,
            saves_per_s: 6,
            audio_speed: 2.5,
            audio_burst_s: 8,
            queue_messages: 512,
            queue_bytes: 4 * 1024 * 1024,
            errors_per_minute: 60,
            speech_cache_bytes: 16 * 1024 * 1024,
        }
    }
}
