//! What to ask next.

use serde_json::Value;
use tolkebot_protocol::Lang;

use super::{Doubt, FormState, Slot, SlotStatus};
use crate::definition::{FieldDef, FieldType};
use crate::{display, texts};

/// A question to the citizen, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The slot asked for.
    pub key: String,
    /// In Danish, for the employee to say or send.
    pub da: String,
    /// In Ukrainian, for the citizen's screen.
    pub uk: String,
}

/// The question in the form that is easiest to answer for this kind of value.
fn easier(field: &FieldDef, lang: Lang, question: &str) -> String {
    let label = field.label(lang);
    let frame = |id: &str| texts::question(id).fill(lang, &[("label", label)]);
    let name = field.key.ends_with("names") || field.key.ends_with("name");
    match field.kind {
        FieldType::Cpr | FieldType::Phone | FieldType::PostalCode => frame("again_digits"),
        FieldType::Date => frame("again_date"),
        FieldType::Boolean => frame("again_yes_no"),
        FieldType::Enum if !field.values.is_empty() => {
            let or = if lang == Lang::Da {
                " eller "
            } else {
                " чи "
            };
            let values: Vec<&str> = field
                .values
                .iter()
                .map(|v| match lang {
                    Lang::Da => v.da.as_str(),
                    Lang::Uk => v.uk.as_str(),
                })
                .collect();
            texts::question("again_choice")
                .fill(lang, &[("label", label), ("values", &values.join(or))])
        }
        FieldType::String if name => frame("again_letters"),
        _ => texts::question("again").fill(lang, &[("question", question)]),
    }
}

impl FormState {
    /// The next thing to ask: first values that are contradictory or unsure, then empty required
    /// slots in the order of the form, at last what is clear but was said only once: a read-back
    /// settles many of those with one answer. `None` when nothing is open that the citizen can answer.
    pub fn next_question(&self) -> Option<Question> {
        self.open_question(|slot| slot.doubt != Some(Doubt::SaidOnce))
            .or_else(|| self.missing_question())
            .or_else(|| self.open_question(|_| true))
    }

    /// The question about the first value in doubt of this kind.
    fn open_question(&self, kind: impl Fn(&Slot) -> bool) -> Option<Question> {
        let (key, slot) = self.slots().into_iter().find(|(_, slot)| {
            let open = matches!(
                slot.status,
                SlotStatus::Conflict | SlotStatus::NeedsConfirmation
            );
            !slot.derived && open && kind(slot)
        })?;
        self.doubt(key, slot)
    }

    fn missing_question(&self) -> Option<Question> {
        let missing = self.missing();
        let askable = missing.iter().find(|key| {
            self.definition
                .field(key)
                .is_some_and(|f| f.ask_da.is_some() || key.contains('['))
        });
        let key = askable.or(missing.first())?;
        self.ask(key)
    }

    fn doubt(&self, key: &str, slot: &Slot) -> Option<Question> {
        let field = self.definition.field(key)?;
        let value = slot.value.as_ref()?;
        let text = |lang| {
            if slot.status == SlotStatus::Conflict && !slot.rivals.is_empty() {
                let or = if lang == Lang::Da {
                    " eller "
                } else {
                    " чи "
                };
                let values: Vec<String> = std::iter::once(value)
                    .chain(slot.rivals.iter().map(|r| &r.value))
                    .map(|v| self.show(key, v, lang))
                    .collect();
                let label = field.label(lang);
                texts::question("choose")
                    .fill(lang, &[("label", label), ("values", &values.join(or))])
            } else if let (FieldType::Floor, Value::String(floor)) = (field.kind, value) {
                let floor = display::floor(floor, lang);
                match lang {
                    Lang::Da => format!("Er det {floor} efter dansk tælling?"),
                    Lang::Uk => format!("Це {floor}?"),
                }
            } else {
                let value = self.show(key, value, lang);
                texts::question("confirm")
                    .fill(lang, &[("label", field.label(lang)), ("value", &value)])
            }
        };
        Some(Question {
            key: key.to_owned(),
            da: text(Lang::Da),
            uk: text(Lang::Uk),
        })
    }

    /// The question for one slot: the definition's own words, else its label.
    pub fn ask(&self, key: &str) -> Option<Question> {
        let field = self.definition.field(key)?;
        let text = |lang: Lang| match field.ask(lang) {
            Some(question) => question.to_owned(),
            None => self.ask_by_label(key, field, lang),
        };
        Some(Question {
            key: key.to_owned(),
            da: text(Lang::Da),
            uk: text(Lang::Uk),
        })
    }

    /// The question for one slot after `failed` answers that were not understood, so that each try
    /// is easier to answer than the one before: 0 the question itself, 1 the question again with
    /// an apology, 2 what helps most with this kind of value (digit by digit, letter by letter,
    /// the choices, yes or no), from 3 on a request to show or write it. `None` for unknown keys.
    pub fn ask_again(&self, key: &str, failed: usize) -> Option<Question> {
        let first = self.ask(key)?;
        let field = self.definition.field(key)?;
        let text = |lang: Lang, question: &str| -> String {
            let label = field.label(lang);
            match failed {
                0 => question.to_owned(),
                1 => texts::question("again").fill(lang, &[("question", question)]),
                2 => easier(field, lang, question),
                _ => texts::question("write").fill(lang, &[("label", label)]),
            }
        };
        Some(Question {
            da: text(Lang::Da, &first.da),
            uk: text(Lang::Uk, &first.uk),
            key: first.key,
        })
    }

    fn ask_by_label(&self, key: &str, field: &FieldDef, lang: Lang) -> String {
        let label = field.label(lang);
        let person = key.find(']').and_then(|end| key.get(..=end));
        let name = person.and_then(|person| {
            let person = match self.text(&format!("{person}.person")) {
                Some(target) => target,
                None => person,
            };
            self.text(&format!("{person}.given_names"))
        });
        match name {
            Some(name) => texts::question("person").fill(lang, &[("name", name), ("label", label)]),
            None => texts::question("ask").fill(lang, &[("label", label)]),
        }
    }
}
