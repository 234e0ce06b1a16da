//! What a document shows.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tolkebot_protocol::{FormView, Ink, SigningMethod, SlotStatus};

/// A form to be shown as a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilledForm {
    /// Case number.
    pub case: String,
    /// Form definition, for example `flytteanmeldelse`.
    pub form: String,
    /// The municipality that receives it, in Danish.
    pub authority: String,
    /// The day of the document, ISO 8601.
    pub date: String,
    /// Sections in the form's order.
    pub sections: Vec<FilledSection>,
}

/// What a document carries beside its values. None of it changes the digest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extras {
    /// Marked as a draft whatever the statuses say: the values come from a machine alone.
    pub draft: bool,
    /// The case was given up: nothing of it was handed in, and nothing will be.
    pub cancelled: bool,
    /// Who vouched for the values, as the AI marking names them.
    pub confirmed_by: Vec<Vouched>,
    /// The citizen's signature.
    pub signature: Option<SignatureMark>,
    /// Printed to be signed by hand: there is a line for it, unless a signature holds.
    pub on_paper: bool,
    /// Where each value was heard, and who decided about it. An appendix if there is any; a document
    /// to be signed or sealed has none, because it never holds what was said.
    pub evidence: Vec<EvidenceRow>,
}

/// Somebody who vouched for values, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// In Danish, for example `borgeren`.
    pub da: String,
    /// In Ukrainian.
    pub uk: String,
}

/// A signature on the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureMark {
    /// How it was given.
    pub method: SigningMethod,
    /// Who signed.
    pub signer: String,
    /// When, RFC 3339.
    pub at: String,
    /// Digest of the document that was signed. If it is not this document's, the signature is
    /// shown as void.
    pub digest: String,
    /// Version of the declaration that was signed, from 1 to [`DECLARATION_VERSION`](crate::DECLARATION_VERSION).
    #[serde(default = "first_declaration")]
    pub declaration: u32,
    /// The strokes of a signature by finger.
    pub ink: Option<Ink>,
    /// True if something happened that voided it, also where the values are the same again: changed to and
    /// fro, or the case was opened anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub void: bool,
}

impl SignatureMark {
    /// Whether it holds for the document with this digest.
    pub fn holds(&self, digest: &str) -> bool {
        !self.void && self.digest == digest
    }
}

/// Documents from before versions were kept.
fn first_declaration() -> u32 {
    1
}

/// Where a value was heard, or who decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Danish label of the row.
    pub label_da: String,
    /// Ukrainian label of the row.
    pub label_uk: String,
    /// What was said, in Danish: original or translation. Or what was decided, by whom and when.
    pub said_da: String,
    /// The same in Ukrainian.
    pub said_uk: String,
    /// Who said it: `medarbejder`, `borger`.
    pub speaker: String,
    /// True if it is a decision about the value and nothing that was said.
    pub decision: bool,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilledSection {
    /// Danish title.
    pub title_da: String,
    /// Ukrainian title.
    pub title_uk: String,
    /// Rows in the form's order.
    pub rows: Vec<FilledRow>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilledRow {
    /// Form key.
    pub key: String,
    /// Danish label.
    pub label_da: String,
    /// Ukrainian label.
    pub label_uk: String,
    /// The value as the form writes it; null when missing.
    pub value: Value,
    /// The value as a Dane reads it.
    pub display_da: String,
    /// The value as a Ukrainian reads it.
    pub display_uk: String,
    /// Where it stands.
    pub status: RowStatus,
}

/// Where a row's value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// A person vouched for it or wrote it.
    Confirmed,
    /// Follows from other values by rule.
    Derived,
    /// Heard; nobody vouched for it.
    Proposed,
    /// Heard, but unclear or contradicted.
    Doubtful,
    /// Required and empty.
    Missing,
}

impl RowStatus {
    /// Stable name, as in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            RowStatus::Confirmed => "confirmed",
            RowStatus::Derived => "derived",
            RowStatus::Proposed => "proposed",
            RowStatus::Doubtful => "doubtful",
            RowStatus::Missing => "missing",
        }
    }

    fn of(status: SlotStatus) -> RowStatus {
        match status {
            SlotStatus::Confirmed | SlotStatus::Corrected => RowStatus::Confirmed,
            SlotStatus::Derived => RowStatus::Derived,
            SlotStatus::Proposed => RowStatus::Proposed,
            SlotStatus::NeedsConfirmation | SlotStatus::Conflict => RowStatus::Doubtful,
            SlotStatus::Empty | SlotStatus::Cleared => RowStatus::Missing,
        }
    }
}

impl FilledForm {
    /// Takes a form view: values that are there, and required ones that are missing.
    pub fn from_view(view: &FormView, case: &str, authority: &str, date: &str) -> FilledForm {
        let sections = view
            .sections
            .iter()
            .map(|section| FilledSection {
                title_da: section.title_da.clone(),
                title_uk: section.title_uk.clone(),
                rows: section
                    .slots
                    .iter()
                    .filter(|slot| !slot.value.is_null() || slot.required)
                    .map(|slot| FilledRow {
                        key: slot.key.clone(),
                        label_da: slot.label_da.clone(),
                        label_uk: slot.label_uk.clone(),
                        value: slot.value.clone(),
                        display_da: standing_alone(&slot.value, &slot.display_da),
                        display_uk: standing_alone(&slot.value, &slot.display_uk),
                        status: if slot.value.is_null() {
                            RowStatus::Missing
                        } else {
                            RowStatus::of(slot.status)
                        },
                    })
                    .collect(),
            })
            .filter(|section: &FilledSection| !section.rows.is_empty())
            .collect();
        let mut form = FilledForm {
            case: case.to_owned(),
            form: "flytteanmeldelse".to_owned(),
            authority: authority.to_owned(),
            date: date.to_owned(),
            sections,
        };
        form.number_lists();
        form
    }

    /// Puts together what belongs to one member of a list (`household[1].…`), and numbers the labels:
    /// `Medflytter: fornavn(e)` of the second becomes `Medflytter 2: fornavn(e)`. A list's rows stay
    /// where its first row was. A label that is numbered already is left as it is.
    pub fn number_lists(&mut self) {
        for section in &mut self.sections {
            let mut lists: Vec<String> = Vec::new();
            let mut places = Vec::new();
            for (at, row) in section.rows.iter_mut().enumerate() {
                let Some((list, index)) = member(&row.key) else {
                    places.push((at, 0, at));
                    lists.push(String::new());
                    continue;
                };
                let (list, number) = (list.to_owned(), index + 1);
                let first = lists.iter().position(|l| *l == list).unwrap_or(at);
                places.push((first, number, at));
                lists.push(list);
                for label in [&mut row.label_da, &mut row.label_uk] {
                    *label = numbered(label, number);
                }
            }
            let mut rows: Vec<_> = places.into_iter().zip(section.rows.drain(..)).collect();
            rows.sort_by_key(|(place, _)| *place);
            section.rows = rows.into_iter().map(|(_, row)| row).collect();
        }
    }

    /// True unless every value was vouched for by a person and none is missing.
    pub fn is_draft(&self) -> bool {
        let settled = [RowStatus::Confirmed, RowStatus::Derived];
        let mut rows = self.sections.iter().flat_map(|s| &s.rows).peekable();
        rows.peek().is_none() || rows.any(|row| !settled.contains(&row.status))
    }
}

/// What a yes or no looks like where it stands alone: with a capital, as on the screens. In a sentence
/// that is read out it has none. Other values are names and codes, written as they are.
fn standing_alone(value: &Value, display: &str) -> String {
    let mut rest = display.chars();
    match (value, rest.next()) {
        (Value::Bool(_), Some(first)) => first.to_uppercase().chain(rest).collect(),
        _ => display.to_owned(),
    }
}

/// The list that a key is about, and which member of it, from 0.
pub(crate) fn member(key: &str) -> Option<(&str, usize)> {
    let (list, rest) = key.split_once('[')?;
    let (index, _) = rest.split_once(']')?;
    Some((list, index.parse().ok()?))
}

/// A label with a number: behind its first part, or behind all of it.
fn numbered(label: &str, number: usize) -> String {
    match label.split_once(':') {
        Some((what, _)) if what.ends_with(&format!(" {number}")) => label.to_owned(),
        Some((what, rest)) => format!("{what} {number}:{rest}"),
        None if label.ends_with(&format!(" ({number})")) => label.to_owned(),
        None => format!("{label} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_yes_or_no_stands_with_a_capital_and_nothing_else_changes() {
        assert_eq!(standing_alone(&json!(true), "ja"), "Ja");
        assert_eq!(standing_alone(&json!(false), "ні"), "Ні");
        assert_eq!(standing_alone(&json!("th"), "th"), "th");
        assert_eq!(standing_alone(&json!(true), ""), "");
    }
}
