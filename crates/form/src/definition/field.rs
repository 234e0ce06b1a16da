//! One field of a form definition.

use serde::Deserialize;
use serde_json::Value;
use tolkebot_protocol::Lang;

use super::condition::Condition;
use super::{DefinitionError, key};
use crate::check;

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// One line of text.
    String,
    /// One of the field's enum values.
    Enum,
    /// A Danish personal number, written `DDMMYY-SSSS`.
    Cpr,
    /// ISO date, `YYYY-MM-DD`.
    Date,
    /// `+45…` with 8 digits, `+380…` with 9, or E.164.
    Phone,
    /// An e-mail address.
    Email,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Free text.
    Text,
    /// A Danish address in the one-line format.
    Address,
    /// `st`, `kl`, `k2`…`k9` or `1`…`99`.
    Floor,
    /// `tv`, `mf`, `th` or a door number.
    Door,
    /// Four digits, leading zero kept.
    PostalCode,
    /// A UUID.
    Uuid,
    /// RFC 3339 date and time.
    Datetime,
    /// A list of texts.
    List,
    /// A list of enum values.
    #[serde(rename = "list enum")]
    ListEnum,
    /// A list of references to persons of the form (`mover`, `household[0]`).
    #[serde(rename = "list ref")]
    ListRef,
    /// A reference to one person moving along.
    #[serde(rename = "ref household[]")]
    RefHousehold,
}

/// When a field must be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Always,
    /// When the condition holds.
    When(Condition),
    /// Never.
    Optional,
}

/// Who is expected to give the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FilledBy {
    /// The citizen, in the conversation.
    Citizen,
    /// The employee.
    Staff,
    /// A register look-up.
    Register,
    /// The product itself.
    System,
}

/// How carefully a value must be shown and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Sensitivity {
    /// Ordinary personal data.
    #[serde(rename = "ordinary")]
    Ordinary,
    /// Hidden for persons with name and address protection.
    #[serde(rename = "protected")]
    Protected,
    /// A CPR number: masked on shared screens.
    #[serde(rename = "cpr")]
    Cpr,
    /// Free text that can contain special categories of data.
    #[serde(rename = "may become special")]
    MayBecomeSpecial,
    /// Special category of personal data (GDPR art. 9).
    #[serde(rename = "special")]
    Special,
}

/// One value of an enum field with its texts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// The value as stored.
    pub value: String,
    /// Danish text.
    pub da: String,
    /// Ukrainian text.
    pub uk: String,
}

/// One field of a form.
#[derive(Debug, Clone)]
pub struct FieldDef {
    /// Dotted key; repeated groups end in `[]`, e.g. `household[].surname`.
    pub key: String,
    /// Section of the form.
    pub section: String,
    /// Danish label.
    pub label_da: String,
    /// Ukrainian label.
    pub label_uk: String,
    /// Kind of value.
    pub kind: FieldType,
    /// When it must be filled.
    pub required: Required,
    /// Allowed values of an enum (or of the items of a list of enums).
    pub values: Vec<EnumValue>,
    /// Validation rules as the domain states them, for people to read.
    pub validation: Vec<String>,
    /// Longest value in characters.
    pub max_length: Option<usize>,
    /// An example value.
    pub example: String,
    /// Who gives the value.
    pub filled_by: FilledBy,
    /// Where the field comes from.
    pub source: String,
    /// How carefully it is shown.
    pub sensitivity: Sensitivity,
    /// The authority's own record: handed in beside the document, not part of what the citizen signs.
    pub internal: bool,
    /// Question in Danish.
    pub ask_da: Option<String>,
    /// Question in Ukrainian.
    pub ask_uk: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

impl FieldDef {
    /// The label in one language.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Da => &self.label_da,
            Lang::Uk => &self.label_uk,
        }
    }

    /// The question in one language, when the field is asked for.
    pub fn ask(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Da => self.ask_da.as_deref(),
            Lang::Uk => self.ask_uk.as_deref(),
        }
    }

    /// The text of an enum value in one language.
    pub fn value_text(&self, value: &str, lang: Lang) -> Option<&str> {
        self.values
            .iter()
            .find(|v| v.value == value)
            .map(|v| match lang {
                Lang::Da => v.da.as_str(),
                Lang::Uk => v.uk.as_str(),
            })
    }

    /// Checks a value of this field; `Ok` carries it in the form's notation (a CPR number may be
    /// written without hyphen).
    ///
    /// # Errors
    /// What is expected instead; never the value.
    pub fn check(&self, value: Value) -> Result<Value, String> {
        check::typed(self, check::written(self, value)?)
    }

    pub(super) fn from_raw(raw: RawField) -> Result<FieldDef, DefinitionError> {
        key::check(&raw.key).map_err(|source| DefinitionError::Key {
            key: raw.key.clone(),
            source,
        })?;
        let required = match (raw.required, &raw.condition) {
            (RawRequired::Always, None) => Required::Always,
            (RawRequired::Optional, None) => Required::Optional,
            (RawRequired::Conditional, Some(text)) => {
                Required::When(Condition::parse(text).map_err(|source| {
                    DefinitionError::Condition {
                        key: raw.key.clone(),
                        source,
                    }
                })?)
            }
            (required, condition) => {
                return Err(DefinitionError::ConditionMismatch {
                    key: raw.key,
                    required: required.name(),
                    condition: if condition.is_some() {
                        "given"
                    } else {
                        "missing"
                    },
                });
            }
        };
        let wants_values = matches!(raw.kind, FieldType::Enum);
        let may_have_values = matches!(raw.kind, FieldType::Enum | FieldType::ListEnum);
        if (wants_values && raw.values.is_empty()) || (!may_have_values && !raw.values.is_empty()) {
            return Err(DefinitionError::Enum(raw.key));
        }
        Ok(FieldDef {
            key: raw.key,
            section: raw.section,
            label_da: raw.label_da,
            label_uk: raw.label_uk,
            kind: raw.kind,
            required,
            values: raw.values,
            validation: raw.validation,
            max_length: raw.max_length,
            example: raw.example,
            filled_by: raw.filled_by,
            source: raw.source,
            sensitivity: raw.sensitivity,
            internal: raw.internal,
            ask_da: raw.ask_da,
            ask_uk: raw.ask_uk,
            note: raw.note,
        })
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawRequired {
    Always,
    Conditional,
    Optional,
}

impl RawRequired {
    fn name(self) -> &'static str {
        match self {
            RawRequired::Always => "always",
            RawRequired::Conditional => "conditional",
            RawRequired::Optional => "optional",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    key: String,
    section: String,
    label_da: String,
    label_uk: String,
    #[serde(rename = "type")]
    kind: FieldType,
    required: RawRequired,
    condition: Option<String>,
    #[serde(rename = "enum", default)]
    values: Vec<EnumValue>,
    #[serde(default)]
    validation: Vec<String>,
    max_length: Option<usize>,
    #[serde(default)]
    example: String,
    filled_by: FilledBy,
    #[serde(default)]
    source: String,
    sensitivity: Sensitivity,
    #[serde(default)]
    internal: bool,
    ask_da: Option<String>,
    ask_uk: Option<String>,
    note: Option<String>,
}
