//! What travels between TolkeBOT's server and its clients.
//!
//! - [`ClientMessage`] and [`ServerMessage`]: the WebSocket subprotocol [`SUBPROTOCOL`]
//! - [`CaseEvent`]: an entry of a case's log, the source of everything that screens show
//! - [`FormView`]: the form folded from that log
//! - [`CaseStage`], [`StageView`], [`ReviewView`]: the case's way from form to submission
//! - [`OpenCase`], [`PairTablet`] …: bodies of the HTTP API
//! - [`ExportToSign`], [`ImportSigned`], [`OutboxLine`]: signing elsewhere, and handing in
//! - [`typescript`]: the same types for the web client

mod api;
mod client;
mod event;
mod form;
mod ids;
mod lang;
mod lifecycle;
mod server;
mod signing;
mod typescript;

pub use api::{ApiError, CaseOpened, OpenCase, OwnCase, PairTablet, Pairing, TabletPaired};
pub use client::{ClientMessage, MicrophoneState, Notice};
pub use event::{
    CaseEvent, EventPayload, Role, SoundBasis, SoundEnd, SoundStop, TextSpan, TranslationWarning,
    Utterance, UtteranceSource,
};
pub use form::{
    AlternativeView, ChoiceView, Decided, DecisionView, EvidenceView, FormView, IssueView,
    QuestionView, SectionView, Severity, SlotStatus, SlotView,
};
pub use ids::{CaseId, UtteranceId};
pub use lang::{Lang, Speaker, UnknownLang};
pub use lifecycle::{
    ApproveCase, CaseStage, ChangeView, Deadline, FieldComment, HistoryLine, Ink, QueueLine,
    ReadBackView, ReturnCase, ReviewView, SaidView, SignatureView, SigningMethod, StageView,
};
pub use server::{ErrorCode, ServerMessage};
pub use signing::{
    DeliveryTrouble, ExportToSign, ImportSigned, OutboxLine, SignedElsewhere, SigningTrouble,
    ToSign,
};
pub use typescript::typescript;

/// The WebSocket subprotocol; a client that does not offer it is refused.
pub const SUBPROTOCOL: &str = "tolkebot.v1";

/// Samples per second of a client's microphone frames.
pub const SAMPLE_RATE: u32 = 16_000;

/// Largest WebSocket frame that the server accepts, in bytes.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;
