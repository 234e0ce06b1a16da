//! Messages from a client to the server.
//!
//! Text frames carry one [`ClientMessage`] as JSON. Binary frames carry sound: 16 kHz mono PCM,
//! signed 16-bit little-endian, 20 to 200 ms a frame, between `start_audio` and `end_audio`.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::{Ink, SoundBasis, UtteranceId};

/// What a client asks of the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// The first message on a socket: redeems the ticket that the HTTP API gave out.
    Hello {
        /// One-time ticket from `POST /api/cases` or `POST /api/pair`.
        ticket: String,
        /// Sequence number of the last event that this client has seen; events after it are sent
        /// again. Absent on a first visit: the whole conversation is sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        resume_after: Option<u64>,
    },
    /// The microphone is on; binary frames follow.
    StartAudio {
        /// Samples per second of the frames that follow; only 16000 is accepted.
        sample_rate: u32,
    },
    /// The microphone is off; what was said so far is settled at once.
    EndAudio {},
    /// What this screen's devices do; told after each `hello` and whenever it changes.
    Devices {
        /// Its microphone.
        microphone: MicrophoneState,
        /// Whether what is spoken here can be heard: the browser lets it out, and nobody turned it off.
        voice: bool,
        /// Whether its loudspeaker plays interpreted speech now. From a client that never says so, it is believed to play
        /// speech when it is sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        speaking: Option<bool>,
    },
    /// The person at this client has read a notice and answered it.
    Consent {
        /// Which notice.
        notice: Notice,
        /// False if the person declined.
        accepted: bool,
    },
    /// Staff asks the citizen whether the sound of this case may be kept. The citizen answers with
    /// `consent` to [`Notice::SoundKeeping`].
    AskKeepSound {},
    /// Staff has the sound of what is said from now on kept.
    KeepSound {
        /// Why that is lawful; consent only after the citizen gave it.
        basis: SoundBasis,
    },
    /// Staff or the citizen: no sound of this case is kept any more, and what was kept is destroyed.
    WithdrawSound {},
    /// The citizen asks for a human interpreter.
    RequestInterpreter {},
    /// A person vouches for a slot's value. `value` must be what the person saw: if the slot has
    /// changed meanwhile, nothing is confirmed and an error says so.
    ConfirmSlot {
        /// Form key, for example `to.house_number` or `household[0].given_names`.
        key: String,
        /// The value shown when the person confirmed.
        #[ts(type = "unknown")]
        value: serde_json::Value,
    },
    /// A person writes a slot's value.
    CorrectSlot {
        /// Form key.
        key: String,
        /// The new value, as the form writes it.
        #[ts(type = "unknown")]
        value: serde_json::Value,
        /// For a key of a person's row, the given names that the row showed, empty if none: if it is about
        /// somebody else meanwhile, nothing is written and an error says so. Without it that is not looked at.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        person: Option<String>,
        /// The value that stood there when the person decided, null for none: if another one stands there meanwhile,
        /// and not the one that is written, nothing is written and an error says so. Without it that is not looked at.
        #[serde(
            default,
            deserialize_with = "given",
            skip_serializing_if = "Option::is_none"
        )]
        #[ts(optional, type = "unknown")]
        seen: Option<serde_json::Value>,
    },
    /// A person empties a slot.
    ClearSlot {
        /// Form key.
        key: String,
        /// As for `correct_slot`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        person: Option<String>,
        /// As for `correct_slot`.
        #[serde(
            default,
            deserialize_with = "given",
            skip_serializing_if = "Option::is_none"
        )]
        #[ts(optional, type = "unknown")]
        seen: Option<serde_json::Value>,
    },
    /// Speak an utterance's translation again, to this client only.
    SpeakAgain {
        /// The utterance.
        utterance: UtteranceId,
    },
    /// The citizen's side types instead of speaking (noise, hoarse voice): goes through the same
    /// pipe from translation on.
    TypeText {
        /// What would have been said; at most 2,000 characters.
        text: String,
        /// The client's own name for these words, 1 to 64 letters, digits, `-` and `_` of ASCII, never used before in this
        /// case. Words of a name that was taken already are not taken again, so that they may be sent again after the
        /// connection broke; each time `text_taken` answers. Without it every message is new.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        id: Option<String>,
    },
    /// Staff ends the conversation; the case stays.
    EndConversation {},
    /// Staff reads the filled form to the citizen.
    ReadBack {
        /// Digest of the document as the screen shows it.
        digest: String,
    },
    /// The citizen wants to hear the read-back once more.
    ReadAgain {},
    /// The citizen says that what was read is right.
    ConfirmReadBack {
        /// Digest of the document that was read.
        digest: String,
    },
    /// The citizen says that something of what was read is wrong: staff is told, and nothing can be signed before it was
    /// put right or confirmed after all.
    DoubtReadBack {
        /// Digest of the document that was read.
        digest: String,
    },
    /// The citizen signs on the tablet.
    Sign {
        /// Digest of the document that was shown.
        digest: String,
        /// The strokes.
        ink: Ink,
    },
    /// Staff has the citizen's signature on the printed document: of somebody who cannot draw on a tablet, or does not
    /// want to.
    SignedOnPaper {
        /// Digest of the document that was printed.
        digest: String,
    },
    /// Staff asks for a second person's look.
    SendToReview {},
    /// Staff takes a returned case up again, or leaves the read-back to correct something.
    Reopen {},
    /// Staff gives the case up.
    CancelCase {
        /// Why.
        reason: String,
    },
}

/// Where a screen's microphone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MicrophoneState {
    /// It listens.
    On,
    /// Nobody switched it on, or somebody off.
    Off,
    /// It was switched on and does not work: refused, taken away, used elsewhere, or gone with a reload of the page.
    Lost,
}

/// A null that was sent is a value; only what was not sent is none.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(from).map(Some)
}

/// A notice that must be shown before the conversation starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// That a machine interprets (AI Act, article 50).
    AiDisclosure,
    /// How sound and text are processed (GDPR, article 13).
    Processing,
    /// That the sound of this case is kept (GDPR, articles 6(1)(a) and 7). Asked only if staff wants
    /// it kept; the conversation needs no answer.
    SoundKeeping,
}
