//! Messages from the server to a client.
//!
//! Text frames carry one [`ServerMessage`] as JSON. A binary frame carries the sound announced by
//! the `speech` message right before it: mono PCM, signed 16-bit little-endian.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    CaseEvent, CaseId, FormView, Lang, MicrophoneState, Role, Speaker, StageView, UtteranceId,
};

/// What the server tells a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    /// Answer to `hello`.
    Welcome {
        /// Always [`crate::SUBPROTOCOL`].
        protocol: String,
        /// The case.
        case: CaseId,
        /// The role that the ticket gives.
        role: Role,
        /// The language of this client's microphone.
        lang: Lang,
        /// Sequence number of the newest event.
        #[ts(type = "number")]
        seq: u64,
        /// A ticket for the next connection, so that a reload or a lost network comes back to the
        /// same conversation.
        resume_ticket: String,
        /// Whether the municipality allows the sound of a case to be kept when that is agreed. Absent:
        /// no.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        sound_may_be_kept: bool,
        /// Who answers for the conversation's data and employs the staff, as the notices name it. Empty from a server of
        /// before: then the notices say "the municipality".
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        authority: String,
        /// The conversation's text is erased at the latest so many days after its case is over: handed in, given up, or left.
        /// Absent: nothing is erased by its age, and no notice may promise it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        erased_after_days: Option<u32>,
        /// So many seconds from now whoever opened this client is signed out. Absent: not by the clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        signed_in_for_s: Option<u32>,
    },
    /// An event of the case's log.
    Event(CaseEvent),
    /// Unsettled words: replace what was shown for this speaker, never keep.
    Partial {
        /// Who is speaking.
        speaker: Speaker,
        /// Language of `text`.
        lang: Lang,
        /// What the recogniser believes so far; empty when the stretch turned out to be no speech.
        text: String,
        /// How many characters (Unicode scalar values) at the beginning of `text` will not change
        /// any more while this stretch goes on.
        #[serde(default)]
        settled_chars: u32,
        /// Start of the stretch, ms from the channel's first sample.
        #[ts(type = "number")]
        start_ms: u64,
    },
    /// The translation so far of words that are still being spoken: replaces the speaker's earlier
    /// draft. It may still be read when the words are settled, until their translation comes, which
    /// may differ.
    Draft {
        /// Who is speaking.
        speaker: Speaker,
        /// Language of `text`.
        lang: Lang,
        /// Begins with the earlier draft of the same stretch.
        text: String,
        /// Start of the stretch, ms from the channel's first sample.
        #[ts(type = "number")]
        start_ms: u64,
    },
    /// The form after the newest event.
    Form(FormView),
    /// Where the case stands after the newest event.
    Stage(StageView),
    /// The next binary frame is this piece of interpreted speech.
    Speech {
        /// The utterance whose translation is spoken.
        utterance: UtteranceId,
        /// Language spoken.
        lang: Lang,
        /// Samples per second.
        sample_rate: u32,
        /// 0 for the first piece of an utterance.
        piece: u32,
        /// True for the last piece; it may be empty.
        last: bool,
    },
    /// The server has the words that were typed with this `id`: the `utterance_settled` of the same `sent_as` follows, or
    /// came already. Until then they are lost if the server stops, and must be sent again with the same `id`.
    TextTaken {
        /// As it was sent.
        id: String,
    },
    /// Who is connected.
    Presence {
        /// Staff screens.
        staff: u32,
        /// Citizen tablets.
        citizen: u32,
    },
    /// What the devices at the other side's screen do, as it said last.
    Devices {
        /// Whose screen.
        role: Role,
        /// Its microphone.
        microphone: MicrophoneState,
        /// Whether what is spoken there can be heard.
        voice: bool,
    },
    /// What was said has waited unusually long to be settled and translated. Told again while that lasts, and once more
    /// with 0 when it is over.
    Behind {
        /// Since the end of what has waited longest, ms.
        #[ts(type = "number")]
        ms: u64,
    },
    /// How far the machine is behind, measured for one utterance.
    Timing {
        /// The utterance.
        utterance: UtteranceId,
        /// From the end of the speech to the settled text, ms.
        #[ts(type = "number")]
        settled_ms: u64,
        /// From the end of the speech to the settled translation, ms.
        #[ts(type = "number")]
        translated_ms: u64,
        /// From the end of the speech to the first interpreted sound, ms; absent if not spoken.
        #[ts(type = "number | null")]
        spoken_ms: Option<u64>,
    },
    /// Something is wrong; the conversation goes on unless `fatal`.
    Error {
        /// What kind of trouble.
        code: ErrorCode,
        /// What was wrong, with which value, and what to do; English, for logs and developers. The
        /// client shows its own text for `code`.
        message: String,
        /// True if the server closes the socket after this message.
        fatal: bool,
        /// With `engine_failed`: the words that it is about stand in the conversation. Absent: what
        /// was said last was not heard.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        kept: bool,
    },
}

/// Kinds of trouble a client is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Not JSON, unknown type, missing or surplus field.
    BadMessage,
    /// A frame is larger than allowed.
    TooLarge,
    /// More frames or bytes a second than allowed.
    TooFast,
    /// The ticket is unknown, used or expired.
    BadTicket,
    /// The role may not do that.
    NotAllowed,
    /// Sound that cannot be used: odd byte count, no `start_audio`, other sample rate.
    BadAudio,
    /// No such slot, or a value that the form does not accept.
    BadSlot,
    /// The slot changed since the client saw it.
    SlotChanged,
    /// The machine cannot keep another conversation in real time now.
    Busy,
    /// An engine failed. `kept` in the message says whether the words stand in the conversation.
    EngineFailed,
    /// Events cannot be stored at the moment.
    NotSaved,
    /// The same client connected elsewhere with this role.
    Replaced,
    /// No message for too long.
    IdleTimeout,
    /// The server is stopping.
    ShuttingDown,
    /// Whoever opened this client is not signed in any more.
    SignedOut,
}

impl ErrorCode {
    /// The WebSocket close code that goes with a fatal error (RFC 6455, private range 4000–4999).
    pub fn close_code(self) -> u16 {
        match self {
            ErrorCode::BadMessage => 4000,
            ErrorCode::TooLarge => 4001,
            ErrorCode::TooFast => 4002,
            ErrorCode::BadTicket => 4003,
            ErrorCode::NotAllowed => 4004,
            ErrorCode::BadAudio => 4005,
            ErrorCode::BadSlot => 4006,
            ErrorCode::SlotChanged => 4007,
            ErrorCode::Busy => 4008,
            ErrorCode::EngineFailed => 4009,
            ErrorCode::NotSaved => 4010,
            ErrorCode::Replaced => 4011,
            ErrorCode::IdleTimeout => 4012,
            ErrorCode::ShuttingDown => 4013,
            ErrorCode::SignedOut => 4014,
        }
    }
}
