//! Form definitions: which fields exist, when they are required, how they are asked for.
//!
//! A definition is data, not code. The Danish move notification is embedded
//! ([`FormDefinition::embedded`]); another form is loaded with [`FormDefinition::from_json`].
//! Unknown keys, types and conditions are refused, so that a typing mistake in the data is an
//! error at start and not a field that is silently never filled.

mod condition;
mod field;
mod key;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use thiserror::Error;
use tolkebot_protocol::Lang;
use tolkebot_values::address::Gazetteer;
use tolkebot_values::{KnownNames, LikelyWords, WordGroup, likely_words, names_again};

pub use condition::{Condition, ConditionError, Facts};
pub use field::{EnumValue, FieldDef, FieldType, FilledBy, Required, Sensitivity};
pub use key::{SlotKey, SlotKeyError};

/// The embedded definition of the Danish move notification.
const FLYTTEANMELDELSE: &str = include_str!("../../data/form_fields.json");

/// Why a form definition cannot be used.
#[derive(Debug, Error)]
pub enum DefinitionError {
    /// The text is not JSON of the expected shape.
    #[error("the form definition is not readable: {0}; compare it with data/form_fields.json")]
    Json(#[from] serde_json::Error),
    /// Two fields share one key.
    #[error("field `{0}` is defined twice; remove one of the two")]
    Duplicate(String),
    /// A conditional field says no condition, or the other way round.
    #[error("field `{key}`: `required` is \"{required}\" but `condition` is {condition}")]
    ConditionMismatch {
        /// The field's key.
        key: String,
        /// Its `required` value.
        required: &'static str,
        /// `missing` or `given`.
        condition: &'static str,
    },
    /// The condition is not in the condition language.
    #[error("field `{key}`: {source}")]
    Condition {
        /// The field's key.
        key: String,
        /// What is wrong with the condition.
        source: ConditionError,
    },
    /// An enum without values, or values on something that is no enum.
    #[error("field `{0}`: the type `enum` needs a non-empty `enum` list, and only it may have one")]
    Enum(String),
    /// The key itself is malformed.
    #[error("field key `{key}`: {source}")]
    Key {
        /// The key as written.
        key: String,
        /// What is wrong with it.
        source: SlotKeyError,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefinition {
    form: String,
    version: String,
    #[serde(default)]
    #[allow(dead_code)] // documentation for people who read the file
    language_pair: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)]
    note: String,
    #[serde(default)]
    #[allow(dead_code)]
    required_values: Vec<String>,
    #[serde(default)]
    named_rules: HashMap<String, String>,
    fields: Vec<field::RawField>,
}

/// A form: its fields in reading order.
#[derive(Debug, Clone)]
pub struct FormDefinition {
    form: String,
    version: String,
    named_rules: HashMap<String, String>,
    fields: Vec<FieldDef>,
    index: HashMap<String, usize>,
    streets: Arc<Gazetteer>,
}

/// The register of streets that the embedded definition is read with.
static STREETS: OnceLock<Arc<Gazetteer>> = OnceLock::new();

/// The embedded definition was in use before a register was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a form was read before the register of streets was given; give it once, at start")]
pub struct TooLate;

impl FormDefinition {
    /// The Danish move notification (*flytteanmeldelse*), parsed once.
    ///
    /// # Panics
    /// Never: the embedded file is checked by a test.
    pub fn embedded() -> Arc<FormDefinition> {
        static CELL: OnceLock<Arc<FormDefinition>> = OnceLock::new();
        CELL.get_or_init(|| match FormDefinition::from_json(FLYTTEANMELDELSE) {
            Ok(definition) => {
                let streets = STREETS.get_or_init(Gazetteer::shipped);
                Arc::new(definition.with_streets(streets.clone()))
            }
            Err(error) => panic!("embedded form definition: {error}"),
        })
        .clone()
    }

    /// Gives the embedded definition the streets by which all conversations are read. For a program's
    /// start: once, and before the first [`FormDefinition::embedded`].
    ///
    /// # Errors
    /// [`TooLate`] afterwards: a case must not be read with two registers.
    pub fn embed_streets(streets: Arc<Gazetteer>) -> Result<(), TooLate> {
        STREETS.set(streets).map_err(|_| TooLate)
    }

    /// The same definition, read with these streets.
    pub fn with_streets(self, streets: Arc<Gazetteer>) -> FormDefinition {
        FormDefinition { streets, ..self }
    }

    /// The streets that addresses are compared with; shared by all conversations.
    pub fn streets(&self) -> &Arc<Gazetteer> {
        &self.streets
    }

    /// Words that an answer may hold, by what was asked for.
    pub fn likely_words(&self, groups: &[WordGroup], lang: Lang) -> LikelyWords {
        likely_words(groups, lang, &self.streets)
    }

    /// Names that are known by now, as they are said again.
    pub fn names_again(&self, known: &KnownNames, lang: Lang) -> LikelyWords {
        names_again(known, lang, &self.streets)
    }

    /// Reads a definition from JSON text; its streets are those that ship with the program.
    pub fn from_json(text: &str) -> Result<FormDefinition, DefinitionError> {
        let raw: RawDefinition = serde_json::from_str(text)?;
        let mut fields = Vec::with_capacity(raw.fields.len());
        let mut index = HashMap::new();
        for raw_field in raw.fields {
            let field = FieldDef::from_raw(raw_field)?;
            if index.insert(field.key.clone(), fields.len()).is_some() {
                return Err(DefinitionError::Duplicate(field.key));
            }
            fields.push(field);
        }
        Ok(FormDefinition {
            form: raw.form,
            version: raw.version,
            named_rules: raw.named_rules,
            fields,
            index,
            streets: Gazetteer::shipped(),
        })
    }

    /// The form's name, e.g. `flytteanmeldelse`.
    pub fn form(&self) -> &str {
        &self.form
    }

    /// The version of the definition.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Rules that several fields refer to by name, for people to read.
    pub fn named_rule(&self, name: &str) -> Option<&str> {
        self.named_rules.get(name).map(String::as_str)
    }

    /// All fields in the order of the form.
    pub fn fields(&self) -> &[FieldDef] {
        &self.fields
    }

    /// The field that a slot key belongs to; indices are ignored
    /// (`household[2].surname` → `household[].surname`).
    pub fn field(&self, key: &str) -> Option<&FieldDef> {
        let found = match self.index.get(key) {
            Some(found) => Some(found),
            None => self.index.get(&key::without_indices(key)),
        };
        found.map(|&at| &self.fields[at])
    }

    /// Position of a key in the form, for sorting: definition order, then index.
    pub fn order(&self, key: &str) -> (usize, usize) {
        let at = self
            .index
            .get(&key::without_indices(key))
            .copied()
            .unwrap_or(usize::MAX);
        (at, key::first_index(key).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_definition_has_all_fields() {
        let def = FormDefinition::embedded();
        assert_eq!(def.fields().len(), 119);
        let cpr = def.field("household[3].cpr_number").expect("indexed key");
        assert_eq!(cpr.key, "household[].cpr_number");
        assert_eq!(cpr.kind, FieldType::Cpr);
        assert_eq!(cpr.sensitivity, Sensitivity::Cpr);
    }

    #[test]
    fn unknown_keys_are_refused_with_their_name() {
        let error = FormDefinition::from_json(
            r#"{"form":"x","version":"1","fields":[{"key":"a.b","section":"a","label_da":"A",
                "label_uk":"А","type":"string","required":"always","example":"",
                "filled_by":"citizen","source":"","sensitivity":"ordinary","colour":"red"}]}"#,
        )
        .expect_err("unknown key");
        assert!(error.to_string().contains("colour"), "{error}");
    }

    #[test]
    fn unknown_condition_is_refused_with_the_field() {
        let error = FormDefinition::from_json(
            r#"{"form":"x","version":"1","fields":[{"key":"a.b","section":"a","label_da":"A",
                "label_uk":"А","type":"string","required":"conditional",
                "condition":"when the moon is full","example":"","filled_by":"citizen",
                "source":"","sensitivity":"ordinary"}]}"#,
        )
        .expect_err("condition");
        assert!(error.to_string().contains("a.b"), "{error}");
        assert!(
            error.to_string().contains("when the moon is full"),
            "{error}"
        );
    }
}
