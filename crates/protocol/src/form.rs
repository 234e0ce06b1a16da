//! The form as screens show it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Lang, Role, Speaker, TextSpan, UtteranceId};

/// The whole form, folded from the case's log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct FormView {
    /// Sections in the form's order; only those that apply to this case.
    pub sections: Vec<SectionView>,
    /// What is wrong or needs a look.
    pub issues: Vec<IssueView>,
    /// Required slots that are still empty.
    pub missing: Vec<String>,
    /// What to ask next.
    pub next_question: Option<QuestionView>,
}

/// One section of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SectionView {
    /// Section id of the form definition, for example `to`.
    pub id: String,
    /// Danish title.
    pub title_da: String,
    /// Ukrainian title.
    pub title_uk: String,
    /// Slots in the form's order.
    pub slots: Vec<SlotView>,
}

/// One slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SlotView {
    /// Form key, for example `household[0].given_names`.
    pub key: String,
    /// Danish label.
    pub label_da: String,
    /// Ukrainian label.
    pub label_uk: String,
    /// The value as the form writes it; null when empty.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// The value as a Dane reads it (`15. december 2026`).
    pub display_da: String,
    /// The value as a Ukrainian reads it (`15 грудня 2026 року`).
    pub display_uk: String,
    /// Where the value stands between hearsay and fact.
    pub status: SlotStatus,
    /// 0 to 1; 1 once a person confirmed it.
    pub confidence: f32,
    /// True if the form cannot be signed without it.
    pub required: bool,
    /// Show only to those who must see it (CPR number, protected address).
    pub sensitive: bool,
    /// The values that a select offers; empty for free ones.
    pub choices: Vec<ChoiceView>,
    /// Where the value was heard, oldest first.
    pub evidence: Vec<EvidenceView>,
    /// Other values that were heard and not withdrawn.
    pub alternatives: Vec<AlternativeView>,
    /// What a person decided about it last; absent if nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub decided: Option<DecisionView>,
}

/// What a person decided about a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DecisionView {
    /// What it was.
    pub what: Decided,
    /// In which role.
    pub actor: Role,
    /// Who, if accounts are used; absent for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: String,
}

/// A kind of decision about a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// The value was vouched for.
    Confirmed,
    /// The value was written.
    Corrected,
    /// The slot was emptied.
    Cleared,
}

/// A value of an enumerated slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChoiceView {
    /// The value as the form writes it.
    pub value: String,
    /// Danish text.
    pub label_da: String,
    /// Ukrainian text.
    pub label_uk: String,
}

/// A value that competes with the one shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AlternativeView {
    /// The value as the form writes it.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// As a Dane reads it.
    pub display_da: String,
    /// As a Ukrainian reads it.
    pub display_uk: String,
    /// Where it was heard.
    pub evidence: Vec<EvidenceView>,
}

/// Where a value was heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EvidenceView {
    /// The utterance.
    pub utterance: UtteranceId,
    /// Who said it.
    pub speaker: Speaker,
    /// In which language.
    pub lang: Lang,
    /// The words that carry the value.
    pub quote: String,
    /// Start of the quote in the utterance's text, in Unicode scalar values.
    pub start: u32,
    /// End of the quote (exclusive), in Unicode scalar values.
    pub end: u32,
}

impl EvidenceView {
    /// Where the quote stands in the utterance's text.
    pub fn span(&self) -> TextSpan {
        TextSpan {
            start: self.start,
            end: self.end,
        }
    }
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SlotStatus {
    /// Nothing was heard.
    Empty,
    /// Heard; a person has not vouched for it.
    Proposed,
    /// Heard, but unclear: must be asked or confirmed.
    NeedsConfirmation,
    /// Two values were heard and neither was withdrawn.
    Conflict,
    /// A person vouched for it.
    Confirmed,
    /// A person wrote it.
    Corrected,
    /// A person emptied it.
    Cleared,
    /// Follows from other slots by rule.
    Derived,
}

/// A rule that the form breaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IssueView {
    /// Rule id, for example `R02`.
    pub rule: String,
    /// How serious it is.
    pub severity: Severity,
    /// The slots concerned.
    pub keys: Vec<String>,
    /// Danish text for staff.
    pub text_da: String,
    /// Ukrainian text.
    pub text_uk: String,
}

/// How serious an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Blocks signing.
    Error,
    /// Staff must acknowledge it.
    Warning,
    /// Shown only.
    Info,
}

/// What to ask next, in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuestionView {
    /// The slot asked for.
    pub key: String,
    /// Danish question.
    pub da: String,
    /// Ukrainian question.
    pub uk: String,
}
