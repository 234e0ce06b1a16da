//! A case on its way from the conversation to the municipality.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CaseId, FormView, Lang, Speaker, TranslationWarning, UtteranceId};

/// How far a case has come.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum CaseStage {
    /// The form is being filled.
    #[default]
    Open,
    /// The filled form is read to the citizen; nothing may change.
    ReadBack,
    /// The citizen signed.
    Signed,
    /// A second person looks at it.
    InReview,
    /// The second person sent it back; staff must take it up again.
    Returned,
    /// The second person approved; it will be handed in.
    Approved,
    /// Handed in. Nothing of it changes any more.
    Submitted,
    /// Given up.
    Cancelled,
}

impl CaseStage {
    /// Every state, in the order of a case's life.
    pub const ALL: [CaseStage; 8] = [
        CaseStage::Open,
        CaseStage::ReadBack,
        CaseStage::Signed,
        CaseStage::InReview,
        CaseStage::Returned,
        CaseStage::Approved,
        CaseStage::Submitted,
        CaseStage::Cancelled,
    ];

    /// Name as in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            CaseStage::Open => "open",
            CaseStage::ReadBack => "read_back",
            CaseStage::Signed => "signed",
            CaseStage::InReview => "in_review",
            CaseStage::Returned => "returned",
            CaseStage::Approved => "approved",
            CaseStage::Submitted => "submitted",
            CaseStage::Cancelled => "cancelled",
        }
    }
}

/// How a citizen signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SigningMethod {
    /// By finger on the tablet.
    Tablet,
    /// With MitID, at NemLog-in's signing service.
    NemLogIn,
    /// By hand on the printed document.
    Paper,
}

/// A signature's strokes as vectors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Ink {
    /// Width of the field that was written on, in its own units.
    pub width: u32,
    /// Height of the field, in the same units.
    pub height: u32,
    /// Strokes in the order in which they were drawn, each a list of points `[x, y, t]`: units
    /// from the top left corner, and ms since the first touch.
    #[ts(type = "Array<Array<[number, number, number]>>")]
    pub strokes: Vec<Vec<[u32; 3]>>,
}

impl Ink {
    /// Most points of all strokes together.
    pub const MAX_POINTS: usize = 20_000;

    /// Checks that it is a signature that can be shown.
    ///
    /// # Errors
    /// Says what is wrong and what to do.
    pub fn check(&self) -> Result<(), String> {
        let points = || self.strokes.iter().flatten();
        let count = points().count();
        if self.width == 0 || self.height == 0 || self.width > 100_000 || self.height > 100_000 {
            return Err(format!(
                "the field of {} by {} units is none: send 1 to 100000",
                self.width, self.height
            ));
        }
        if count > Ink::MAX_POINTS {
            return Err(format!(
                "the signature has {count} points, more than {}: send fewer",
                Ink::MAX_POINTS
            ));
        }
        if points().any(|[x, y, _]| *x > self.width || *y > self.height) {
            return Err("a stroke leaves the field: cut it off at the edge".to_owned());
        }
        let mut last = 0;
        for [_, _, t] in points() {
            if *t < last {
                return Err("the times of the strokes run backwards: send them in order".to_owned());
            }
            last = *t;
        }
        // A touch by accident is no signature.
        let span = |axis: usize| {
            let all = || points().map(|p| p[axis]);
            all().max().unwrap_or(0) - all().min().unwrap_or(0)
        };
        if count < 8 || (span(0) < self.width / 20 && span(1) < self.height / 20) {
            return Err("the signature is too small: write the name in the field".to_owned());
        }
        Ok(())
    }
}

/// A remark about one field, for whoever must correct it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FieldComment {
    /// Form key.
    pub key: String,
    /// What is wrong, in Danish.
    pub text: String,
}

/// Where a case stands, as screens show it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct StageView {
    /// How far it has come.
    pub state: CaseStage,
    /// Digest of the document as it would be made now.
    pub digest: String,
    /// What must be done before the form can be read back: keys of required slots that are empty.
    pub missing: Vec<String>,
    /// Keys of values that nobody vouched for.
    pub unconfirmed: Vec<String>,
    /// Rules that block signing.
    pub blocked_by: Vec<String>,
    /// The read-back, sentence by sentence, while the case is in it.
    pub read_back: Vec<ReadBackView>,
    /// Keys of values that are signed for and not spoken, because nobody else may hear them (a protected
    /// address, a special category of data): the citizen looks at them, while the case is in the read-back.
    pub unread: Vec<String>,
    /// True once the citizen confirmed the read-back.
    pub read_back_confirmed: bool,
    /// True while the citizen says that something of what was read is wrong.
    pub read_back_doubted: bool,
    /// The newest signature, also one that is void.
    pub signature: Option<SignatureView>,
    /// Why the case was sent back last; empty if it was not, or is approved since.
    pub returned_because: String,
    /// Remarks of the second person, by field.
    pub comments: Vec<FieldComment>,
}

/// A sentence of the read-back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadBackView {
    /// In Danish.
    pub da: String,
    /// In Ukrainian.
    pub uk: String,
}

/// A signature, as screens show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignatureView {
    /// How it was given.
    pub method: SigningMethod,
    /// Whose it is; empty in cases from before names were kept.
    pub signer: String,
    /// When, RFC 3339.
    pub at: String,
    /// Digest of the document that was signed.
    pub digest: String,
    /// True once a value changed after it.
    pub void: bool,
}

/// How a case stands to the last day on which the law wants the move reported.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// It has passed.
    Passed,
    /// It is today or within the next two days.
    Near,
    /// It is further off, or nobody knows the day of the move.
    #[default]
    Open,
}

/// One line of the supervisor's queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueLine {
    /// The case.
    pub case: CaseId,
    /// How far it has come.
    pub state: CaseStage,
    /// Since when it waits in that state, RFC 3339.
    pub since: String,
    /// How long that is, seconds.
    #[ts(type = "number")]
    pub age_s: u64,
    /// Values that people vouched for.
    pub settled: u32,
    /// Values there are, with those that are missing.
    pub total: u32,
    /// Who sent it, if accounts are used.
    pub sent_by: Option<String>,
    /// True if who asks may approve it: not their own.
    pub may_approve: bool,
    /// Kind of move as the form writes it, for example `from_abroad`; empty if nobody said.
    pub move_type: String,
    /// Day of the move, ISO 8601; null if nobody said.
    pub move_date: Option<String>,
    /// Last day on which the move may be reported, ISO 8601: five days after it. Null without a move date.
    pub report_by: Option<String>,
    /// How far off that day is.
    pub deadline: Deadline,
    /// How often the case was sent back.
    pub returned: u32,
    /// Warnings of the form's rules.
    pub warnings: u32,
}

/// Everything that a second person needs to judge a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewView {
    /// The case.
    pub case: CaseId,
    /// Where it stands.
    pub stage: StageView,
    /// The form with its evidence.
    pub form: FormView,
    /// What was said, with both texts, as far as a value of the form rests on it, or one rested on it that
    /// other words have changed since.
    pub evidence: Vec<SaidView>,
    /// What people did, and what was changed by what they said, oldest first.
    pub history: Vec<HistoryLine>,
    /// What changed since the case was sent back last.
    pub changed_since_return: Vec<ChangeView>,
    /// True if the log of the case is what was appended.
    pub log_intact: bool,
    /// True if who asks may approve it: not their own.
    pub may_approve: bool,
}

/// An utterance that a value rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SaidView {
    /// The utterance.
    pub utterance: UtteranceId,
    /// Who spoke.
    pub speaker: Speaker,
    /// In which language.
    pub lang: Lang,
    /// What was said.
    pub text: String,
    /// Its translation; empty if there is none.
    pub translation: String,
    /// How sure the translator was, 0 to 1; 0 without a translation.
    pub confidence: f32,
    /// What a reader of the translation must be careful about.
    pub warnings: Vec<TranslationWarning>,
    /// Whether it is a fixed translation, from the translation memory or the form.
    pub verified: bool,
}

/// Something that a person did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HistoryLine {
    /// When, RFC 3339.
    pub at: String,
    /// In which role.
    pub actor: crate::Role,
    /// Who, if accounts are used.
    pub by: Option<String>,
    /// The event's kind, for example `slot_corrected`; `slot_reheard` if words changed a value.
    pub kind: String,
    /// The slot concerned; empty if none.
    pub key: String,
    /// The value before; null if none.
    #[ts(type = "unknown")]
    pub before: serde_json::Value,
    /// The value after; null if none.
    #[ts(type = "unknown")]
    pub after: serde_json::Value,
    /// Why, the receiver's answer, or whose signature it is; empty if there is none.
    pub reason: String,
    /// Remarks by field of a case that was sent back.
    pub comments: Vec<FieldComment>,
    /// The utterances that a value rested on before; of one that words changed, the one that changed it comes last.
    pub utterances: Vec<UtteranceId>,
}

/// A value that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeView {
    /// The slot.
    pub key: String,
    /// The value before; null if none.
    #[ts(type = "unknown")]
    pub before: serde_json::Value,
    /// The value now; null if none.
    #[ts(type = "unknown")]
    pub after: serde_json::Value,
}

/// `POST /api/cases/{case}/review/return`: a case goes back to the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReturnCase {
    /// Digest of the document that was looked at: if the case holds another one meanwhile, nothing is done and an
    /// error says so. Without it that is not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub digest: Option<String>,
    /// When the authority's own note was last decided about, as the case showed it; empty if nobody had. It is compared
    /// like the digest, which says nothing of the note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub noted: Option<String>,
    /// Why, in Danish.
    pub reason: String,
    /// Remarks by field that the case's form shows, one for each at most.
    #[serde(default)]
    pub comments: Vec<FieldComment>,
}

/// `POST /api/cases/{case}/review/approve`: a second person approves what they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ApproveCase {
    /// Digest of the document that was looked at.
    pub digest: String,
    /// When the authority's own note was last decided about, as the case showed it; empty if nobody had. If that is
    /// another time meanwhile, nothing is done and an error says so. Without it that is not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub noted: Option<String>,
}
