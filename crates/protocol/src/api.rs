//! Bodies of the HTTP API.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CaseId, CaseStage, ErrorCode, SigningTrouble};

/// `POST /api/cases`: staff opens a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    /// The day that relative dates are counted from, ISO 8601; the server's today if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub today: Option<String>,
}

/// Answer to [`OpenCase`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseOpened {
    /// The new case.
    pub case: CaseId,
    /// Ticket for the staff socket.
    pub ticket: String,
    /// How the tablet joins.
    pub pairing: Pairing,
}

/// `GET /api/cases/own`: a case that waits for the staff who opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnCase {
    /// The case.
    pub case: CaseId,
    /// How far it has come.
    pub state: CaseStage,
    /// Time of the first event, RFC 3339.
    pub opened_at: String,
    /// Time of the newest event, RFC 3339.
    pub changed_at: String,
    /// Day of the move, ISO 8601; null if nobody said.
    pub move_date: Option<String>,
}

/// How a tablet joins a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pairing {
    /// Six digits, for one tablet, once.
    pub code: String,
    /// Address that the QR code holds; opening it pairs the tablet.
    pub url: String,
    /// The QR code as SVG.
    pub qr_svg: String,
    /// Seconds until the code expires.
    pub expires_in_s: u32,
}

/// `POST /api/pair`: a tablet redeems a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairTablet {
    /// The six digits; spaces are ignored.
    pub code: String,
}

/// Answer to [`PairTablet`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TabletPaired {
    /// The case.
    pub case: CaseId,
    /// Ticket for the tablet's socket.
    pub ticket: String,
}

/// Body of every HTTP error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiError {
    /// What kind of trouble.
    pub code: ErrorCode,
    /// What was wrong and what to do; English.
    pub message: String,
    /// Which one thing, where signing elsewhere is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signing: Option<SigningTrouble>,
}
