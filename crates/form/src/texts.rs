//! Texts in both languages (`data/texts.json`): section titles, rules, read-back, questions.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use tolkebot_protocol::Lang;

use crate::state::Severity;

/// A text in both languages; `{name}` stands for a value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    pub da: String,
    pub uk: String,
}

impl Text {
    /// The text in one language as it is written, with the places of its values.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Da => &self.da,
            Lang::Uk => &self.uk,
        }
    }

    /// The text in one language with its values filled in.
    pub fn fill(&self, lang: Lang, values: &[(&str, &str)]) -> String {
        let mut text = self.in_lang(lang).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionText {
    id: String,
    da: String,
    uk: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    pub id: String,
    pub severity: Severity,
    pub da: String,
    pub uk: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    sections: Vec<SectionText>,
    rules: Vec<RuleText>,
    readback: HashMap<String, Text>,
    labels_other: HashMap<String, Text>,
    labels_asked: HashMap<String, Text>,
    questions: HashMap<String, Text>,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(
        || match serde_json::from_str(include_str!("../data/texts.json")) {
            Ok(texts) => texts,
            Err(error) => panic!("embedded texts: {error}"),
        },
    );

static EMPTY: Text = Text {
    da: String::new(),
    uk: String::new(),
};

/// A read-back sentence. `of_other`: as it is said to somebody who reports for who moves.
pub(crate) fn readback(id: &str, of_other: bool) -> &'static Text {
    let other = of_other.then(|| TEXTS.readback.get(&format!("{id}_other")));
    let own = || TEXTS.readback.get(id);
    other.flatten().or_else(own).unwrap_or(&EMPTY)
}

/// A field's label that speaks to who moves, as somebody who reports for them hears it; `None` for all others.
pub(crate) fn label_of_other(key: &str, lang: Lang) -> Option<&'static str> {
    TEXTS.labels_other.get(key).map(|text| text.in_lang(lang))
}

/// What a question calls a field whose label alone is taken for another one; `None` for all others.
pub(crate) fn label_asked(key: &str, lang: Lang) -> Option<&'static str> {
    TEXTS.labels_asked.get(key).map(|text| text.in_lang(lang))
}

/// A question frame.
pub(crate) fn question(id: &str) -> &'static Text {
    TEXTS.questions.get(id).unwrap_or(&EMPTY)
}

/// A rule's text and severity.
pub(crate) fn rule(id: &str) -> Option<&'static RuleText> {
    TEXTS.rules.iter().find(|r| r.id == id)
}

/// The title of a section of the form; the id itself when it has none.
pub fn section_title(id: &str, lang: Lang) -> &str {
    match TEXTS.sections.iter().find(|s| s.id == id) {
        Some(section) => match lang {
            Lang::Da => &section.da,
            Lang::Uk => &section.uk,
        },
        None => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::FormDefinition;

    #[test]
    fn every_section_has_a_title() {
        for field in FormDefinition::embedded().fields() {
            for lang in Lang::ALL {
                let title = section_title(&field.section, lang);
                assert_ne!(title, field.section, "{}", field.key);
            }
        }
    }

    #[test]
    fn all_rules_have_texts() {
        for number in 1..=28 {
            let id = format!("R{number:02}");
            let rule = rule(&id).unwrap_or_else(|| panic!("{id}"));
            assert!(!rule.da.is_empty() && !rule.uk.is_empty(), "{id}");
        }
    }
}
