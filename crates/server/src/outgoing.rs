//! What can wait to be sent to a client.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use tolkebot_protocol::{CaseEvent, ServerMessage, Speaker};

/// Something to send.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// A message.
    Text(Utf8Bytes),
    /// Unsettled words, or their translation; only the newest of a speaker matters.
    Partial(Words, Utf8Bytes),
    /// A piece of speech: its announcement and its sound, one right behind the other.
    Sound(Utf8Bytes, Bytes),
    /// The same of speech that a client asked for again: all of it comes at once.
    Again(Utf8Bytes, Bytes),
    /// Events that a client missed; made into messages when their turn comes.
    Replay(Arc<[CaseEvent]>),
}

/// Which words a newer message replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// What this speaker says.
    Of(Speaker),
    /// The draft of its translation.
    DraftOf(Speaker),
    /// That neither stands any more.
    NoneOf(Speaker),
}

impl Words {
    /// Whether a message that waits need not be sent any more when this one is. New words do not say that the
    /// translation of the ones before is over.
    pub fn replace(self, waiting: Words) -> bool {
        match (self, waiting) {
            (
                Words::NoneOf(now),
                Words::Of(before) | Words::DraftOf(before) | Words::NoneOf(before),
            ) => now == before,
            (now, before) => now == before,
        }
    }
}

impl Out {
    /// A message as text.
    pub fn message(message: &ServerMessage) -> Out {
        let text = encode(message);
        match message {
            ServerMessage::Partial {
                speaker,
                text: words,
                ..
            } if words.is_empty() => Out::Partial(Words::NoneOf(*speaker), text),
            ServerMessage::Partial { speaker, .. } => Out::Partial(Words::Of(*speaker), text),
            ServerMessage::Draft { speaker, .. } => Out::Partial(Words::DraftOf(*speaker), text),
            _ => Out::Text(text),
        }
    }

    /// How much of a client's bound it takes.
    pub fn bytes(&self) -> usize {
        match self {
            Out::Text(text) | Out::Partial(_, text) => text.len(),
            Out::Sound(text, pcm) => text.len() + pcm.len(),
            // These may be long and are not the client's fault.
            Out::Again(..) | Out::Replay(_) => 0,
        }
    }

    /// True for speech that the client asked for again.
    pub fn is_again(&self) -> bool {
        matches!(self, Out::Again(..))
    }
}

/// A message as JSON.
pub(crate) fn encode(message: &ServerMessage) -> Utf8Bytes {
    // Our own types always serialise: keys are strings and numbers finite.
    serde_json::to_string(message).unwrap_or_default().into()
}
