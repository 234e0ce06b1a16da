//! A case's events: what the log holds and what every screen is a fold over.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{FieldComment, Ink, Lang, Notice, SigningMethod, Speaker, UtteranceId};

/// Who acts on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Counter employee.
    Staff,
    /// Citizen, at the paired tablet.
    Citizen,
    /// Reviews the filled form.
    Supervisor,
    /// The machine itself.
    System,
}

/// Logs from before versions of the rules were noted.
fn first_rules() -> u32 {
    1
}

/// What an old log did not say is not said when it is written again: its hashes are of those bytes.
fn is_first(rules: &u32) -> bool {
    *rules == first_rules()
}

impl Role {
    /// The microphone channel that belongs to the role, if any.
    pub fn speaker(self) -> Option<Speaker> {
        match self {
            Role::Staff => Some(Speaker::Staff),
            Role::Citizen => Some(Speaker::Citizen),
            Role::Supervisor | Role::System => None,
        }
    }
}

/// One entry of a case's log, as clients see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaseEvent {
    /// Position in the case's log, from 1 without gaps.
    #[ts(type = "number")]
    pub seq: u64,
    /// When it was appended, RFC 3339 in UTC with milliseconds.
    pub at: String,
    /// Who caused it.
    pub actor: Role,
    /// What happened.
    #[serde(flatten)]
    pub payload: EventPayload,
}

/// What happened. The vocabulary of the case log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventPayload {
    /// The case exists.
    CaseOpened {
        /// Form that is filled, for example `flytteanmeldelse`.
        form: String,
        /// The day that relative dates are counted from, ISO 8601.
        today: String,
    },
    /// A notice was answered.
    ConsentGiven {
        /// Which notice.
        notice: Notice,
        /// False if declined.
        accepted: bool,
    },
    /// A client of this role is connected.
    ParticipantJoined {
        /// The client's role.
        role: Role,
        /// True for the first time after a pairing code was entered: the code is used up. A tablet
        /// that comes back says nothing of a code that was made meanwhile.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        paired: bool,
    },
    /// A stretch of speech will not change any more.
    UtteranceSettled(Utterance),
    /// Its translation will not change any more.
    TranslationSettled {
        /// The utterance translated.
        utterance: UtteranceId,
        /// The other language.
        lang: Lang,
        /// Translation; empty if it failed (then `warnings` says so).
        text: String,
        /// 0 to 1.
        confidence: f32,
        /// What a reader must be careful about.
        warnings: Vec<TranslationWarning>,
        /// Whether it is a fixed translation: the utterance stood in the translation memory, or was a question of the form.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        verified: bool,
    },
    /// A person vouched for a slot's value.
    SlotConfirmed {
        /// Form key.
        key: String,
        /// The value confirmed.
        #[ts(type = "unknown")]
        value: serde_json::Value,
        /// Account of who confirmed it; absent without accounts and for the citizen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// A person wrote a slot's value.
    SlotCorrected {
        /// Form key.
        key: String,
        /// The value written.
        #[ts(type = "unknown")]
        value: serde_json::Value,
        /// Account of who wrote it; absent without accounts and for the citizen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// A person emptied a slot.
    SlotCleared {
        /// Form key.
        key: String,
        /// Account of who emptied it; absent without accounts and for the citizen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// Staff asked the citizen whether the sound may be kept.
    SoundKeepingAsked {
        /// Account of who asked; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// From here on the sound of what is said is kept.
    SoundKeepingStarted {
        /// Why that is lawful.
        basis: SoundBasis,
        /// Account of who decided it; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// No more sound is kept; what was kept until then stays.
    SoundKeepingStopped {
        /// Why.
        reason: SoundStop,
    },
    /// The kept sound of the case was destroyed, and no more is kept.
    SoundDestroyed {
        /// Why.
        reason: SoundEnd,
        /// Account of who withdrew it; absent without accounts and for the citizen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// The citizen asked for a human interpreter.
    InterpreterRequested {},
    /// The conversation ended; the case stays.
    ConversationEnded {},
    /// The filled form is being read to the citizen.
    ReadBackGiven {
        /// Digest of the document that is read.
        digest: String,
        /// Account of who read it; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
        /// Keys of all values that the form held then, each vouched for. What a later version reads beyond
        /// them in the same words was on nobody's screen. Absent in logs from before this was noted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<String>>", optional)]
        keys: Vec<String>,
        /// Version of the form's rules that held then; what later ones ask for undoes nothing.
        #[serde(default = "first_rules", skip_serializing_if = "is_first")]
        #[ts(as = "Option<u32>", optional)]
        rules: u32,
    },
    /// The citizen says that what was read is right.
    ReadBackConfirmed {
        /// Digest of the document that was read.
        digest: String,
    },
    /// The citizen says that something of what was read is wrong.
    ReadBackDoubted {
        /// Digest of the document that was read.
        digest: String,
    },
    /// The citizen signed.
    Signed {
        /// Digest of the document that was shown.
        digest: String,
        /// How.
        method: SigningMethod,
        /// The strokes of a signature by finger.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        ink: Option<Ink>,
        /// Whose signature it is: the citizen's name as the form had it, or the subject of the
        /// certificate. Absent in cases from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        signer: Option<String>,
        /// Version of the declaration that was signed: its words change, and a document shows those that somebody
        /// signed. Absent: the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        declaration: Option<u32>,
        /// When it was given, RFC 3339, if not when this was recorded: elsewhere, as its time stamp says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        signed_at: Option<String>,
        /// Account of who received a signature that was given elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// The document was handed out to be signed elsewhere.
    SentToSign {
        /// Digest of its values.
        digest: String,
        /// SHA-256 of the document's bytes, with which the signed file must begin.
        document_sha256: String,
        /// Account of who fetched it; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// Staff asks for a second person's look.
    SentToReview {
        /// Account of who sent it; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// The second person sent the case back.
    Returned {
        /// Why.
        reason: String,
        /// Remarks by field.
        comments: Vec<FieldComment>,
        /// Account of who returned it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// Staff took a returned case up again.
    Reopened {
        /// Account of who took it up; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// The second person approved.
    Approved {
        /// Digest of the document that was looked at.
        digest: String,
        /// Account of who approved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// The document was made, sealed and put into the outbox.
    DocumentSealed {
        /// Digest of its values.
        digest: String,
        /// SHA-256 of the PDF's bytes.
        pdf_sha256: String,
    },
    /// A person looked at a delivery that had failed, and had it tried again.
    DeliveryRetried {
        /// How many tries had failed.
        failed: u32,
        /// Account of who did; absent on the machine itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// The document arrived where it is handed in.
    Submitted {
        /// The way, for example `directory`.
        channel: String,
        /// What the receiver answered.
        receipt: String,
    },
    /// The case was given up.
    Cancelled {
        /// Why; empty in cases from before reasons were asked for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// Account of who gave it up; absent without accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
}

/// Why it is lawful to keep the sound of a case (GDPR, article 6(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundBasis {
    /// The citizen consented: article 6(1)(a).
    Consent,
    /// A task of the authority needs it: article 6(1)(e).
    PublicTask,
}

/// Why no more sound of a case is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundStop {
    /// As much is kept as one case may have.
    Limit,
    /// The settings do not allow it any more.
    Settings,
    /// It cannot be kept sealed.
    Unsealed,
}

/// Why kept sound was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundEnd {
    /// Staff or the citizen withdrew it.
    Withdrawn,
    /// Its time was over.
    Expired,
}

/// A settled stretch by one speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Utterance {
    /// Number within the case.
    pub id: UtteranceId,
    /// Who spoke.
    pub speaker: Speaker,
    /// In which language.
    pub lang: Lang,
    /// What was heard, or typed.
    pub text: String,
    /// How it came in.
    pub source: UtteranceSource,
    /// Start of the speech, ms from the channel's first sample.
    #[ts(type = "number")]
    pub start_ms: u64,
    /// End of the speech, ms from the channel's first sample.
    #[ts(type = "number")]
    pub end_ms: u64,
    /// The recogniser's confidence, 0 to 1; 1 for typed text.
    pub confidence: f32,
    /// Words of `text` on which the language decided, because the sound left them open; absent if
    /// there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<TextSpan>>")]
    pub reconsidered: Vec<TextSpan>,
    /// Whether words of it are missing: interpreted speech was played over them, or the connection broke
    /// while they were said; absent if not. `confidence` is low then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub interrupted: bool,
    /// The `id` with which typed words were sent, so that they are not written down twice; absent for speech, from clients
    /// that name nothing, and in logs from before it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sent_as: Option<String>,
}

/// A stretch of a text, in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextSpan {
    /// Its first one.
    pub start: u32,
    /// The one behind it.
    pub end: u32,
}

impl TextSpan {
    /// Whether the two share a character.
    pub fn overlaps(self, other: TextSpan) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// How an utterance came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UtteranceSource {
    /// Through the microphone and the recogniser.
    Speech,
    /// Typed.
    Typed,
}

/// Why a translation should be read with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TranslationWarning {
    /// A number, date or other value differs between the two sides.
    ValueMismatch,
    /// The text was not in the language that the channel is fixed to.
    WrongLanguage,
    /// The translator was unsure.
    LowConfidence,
    /// The translation may lack or repeat a part.
    Incomplete,
    /// Floors are counted differently in the two languages («другий поверх» is "1. sal"): ask.
    FloorCount,
    /// One side denies something («не», "ikke") and the other does not.
    Negation,
    /// There is no translation; the original is shown instead.
    Failed,
}
