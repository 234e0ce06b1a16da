//! What to ask next.

use serde_json::Value;
use tolkebot_protocol::{Lang, Speaker};

use super::readback_rest::{inside_a_sentence, leads_to_address};
use super::{Doubt, Evidence, FormState, Slot, SlotStatus};
use crate::definition::{FieldDef, FieldType};
use crate::{display, texts};

/// Ends the question for a floor: both countries count, and not alike.
pub(crate) const DANISH_COUNT: &str = " efter dansk tælling?";

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
    /// settles many of those with one answer. `None` when nothing is open that the citizen can answer, here and aloud.
    pub fn next_question(&self) -> Option<Question> {
        self.open_question(|slot| slot.doubt != Some(Doubt::SaidOnce))
            .or_else(|| self.missing_question())
            .or_else(|| self.open_question(|_| true))
    }

    /// The question about the first value in doubt of this kind.
    fn open_question(&self, kind: impl Fn(&Slot) -> bool) -> Option<Question> {
        let mut open = self.slots().into_iter().filter(|(key, slot)| {
            let open = matches!(
                slot.status,
                SlotStatus::Conflict | SlotStatus::NeedsConfirmation
            );
            !slot.derived && open && kind(slot) && !self.waits_for_a_hand(key, slot)
        });
        open.find_map(|(key, slot)| self.doubt(key, slot))
    }

    /// Whether talk has done what it can, so that the same question once more brings nothing new and people settle it on
    /// the screen: the citizen has said again what somebody decided otherwise, or a yes or no that only the other side's
    /// word would make sure; or the employee has read the value back twice.
    fn waits_for_a_hand(&self, key: &str, slot: &Slot) -> bool {
        let again = |said: &[Evidence]| said.windows(2).any(|two| two[0].turn != two[1].turn);
        let field = self.definition.field(key);
        let yes_or_no = field.is_some_and(|field| field.kind == FieldType::Boolean);
        if slot.is_decided() {
            return slot.rivals.iter().all(|rival| again(&rival.evidence));
        }
        if yes_or_no {
            // A bare yes to this names nobody, and is not taken for an answer.
            let unheard =
                key == "dwelling.others_registered" && slot.value == Some(Value::Bool(true));
            return slot.doubt == Some(Doubt::SaidOnce) && (again(&slot.evidence) || unheard);
        }
        let value = slot.value.as_ref();
        let shown = value.map(|value| self.show(key, value, Lang::Da));
        let read_back =
            |said: &&Evidence| said.speaker == Speaker::Staff && Some(&said.text) == shown.as_ref();
        let said: Vec<Evidence> = slot.evidence.iter().filter(read_back).cloned().collect();
        slot.status == SlotStatus::NeedsConfirmation && again(&said)
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
        Some(Question {
            key: key.to_owned(),
            da: self.doubt_in(key, slot, Lang::Da)?,
            uk: self.doubt_in(key, slot, Lang::Uk)?,
        })
    }

    /// The question about a value in doubt, in one language.
    pub(super) fn doubt_in(&self, key: &str, slot: &Slot, lang: Lang) -> Option<String> {
        let field = self.definition.field(key)?;
        // What was emptied and told anew is asked about by what was told.
        let told = slot.rivals.first().map(|rival| &rival.value);
        let value = slot.value.as_ref().or(told)?;
        let yes_or_no = field.kind == FieldType::Boolean;
        // Only a question that names no value says none.
        if !yes_or_no && self.must_not_be_heard(key) {
            return None;
        }
        let label = self.label_of(key, field, lang);
        let text = if yes_or_no {
            self.matter(field, &label, lang)
        } else if slot.value.is_some()
            && slot.status == SlotStatus::Conflict
            && !slot.rivals.is_empty()
        {
            let or = if lang == Lang::Da {
                " eller "
            } else {
                " чи "
            };
            let values: Vec<String> = std::iter::once(value)
                .chain(slot.rivals.iter().map(|r| &r.value))
                .map(|v| self.show(key, v, lang))
                .collect();
            texts::question("choose").fill(lang, &[("label", &label), ("values", &values.join(or))])
        } else if let (FieldType::Floor, Value::String(floor)) = (field.kind, value) {
            let floor = display::floor(floor, lang);
            match (lang, self.new_house(key)) {
                (Lang::Da, Some(at)) => format!("{at}: er det {floor}{DANISH_COUNT}"),
                (Lang::Da, None) => format!("Er det {floor}{DANISH_COUNT}"),
                (Lang::Uk, Some(at)) => format!("{at}: це {floor}?"),
                (Lang::Uk, None) => format!("Це {floor}?"),
            }
        } else if let Some(name) = self.name_with(key) {
            texts::question("confirm_name").fill(lang, &[("name", &name)])
        } else {
            // A number alone is nobody's.
            let of_street = matches!(key, "to.house_number" | "to.house_letter");
            let house = of_street.then(|| self.street_and_number()).flatten();
            let value = house.unwrap_or_else(|| self.show(key, value, lang));
            texts::question("confirm").fill(lang, &[("label", &label), ("value", &value)])
        };
        Some(text)
    }

    /// A yes or no is asked for by its matter. To "Er det rigtigt: Har MitID – nej?" and to "Har du MitID?" people say
    /// yes in the same word and mean opposite things; to the matter, "nej" agrees with a no.
    fn matter(&self, field: &FieldDef, label: &str, lang: Lang) -> String {
        match field.ask(lang) {
            Some(question) => question.to_owned(),
            None => texts::question("again_yes_no").fill(lang, &[("label", label)]),
        }
    }

    /// Whether a value must not be said where others hear it (rule R23): what the read-back leaves out, people look at
    /// and confirm by hand. As long as it is open whether there is protection, there may be one.
    fn must_not_be_heard(&self, key: &str) -> bool {
        let told = |key: &str| {
            let slot = self.slot(key);
            slot.is_some_and(|slot| slot.rivals.iter().any(|r| r.value == Value::Bool(true)))
        };
        let existing = self.lives_protected() || told("protection.existing");
        let protected = existing || self.is_protected() || told("protection.requested");
        protected && leads_to_address(key) || existing && key == "from.address_line"
    }

    /// The street and number that a floor, a door or a postal code belongs to: those of the old home were told too.
    fn new_house(&self, key: &str) -> Option<String> {
        if !matches!(key, "to.floor" | "to.door" | "to.postal_code") {
            return None;
        }
        self.street_and_number()
    }

    fn street_and_number(&self) -> Option<String> {
        let street = self.text("to.street_name")?;
        let number = self.value("to.house_number")?;
        let letter = self.text("to.house_letter").unwrap_or_default();
        let number = number.as_str().map_or(number.to_string(), str::to_owned);
        Some(format!("{street} {number}{letter}"))
    }

    /// The whole name that a surname belongs to: alone it is taken for that of somebody else.
    fn name_with(&self, key: &str) -> Option<String> {
        let person = key.strip_suffix(".surname")?;
        let named = self.text(&format!("{person}.given_names")).is_some();
        (named && self.text(key).is_some()).then(|| self.full_name(person))
    }

    /// The label of a field with the name of whom it is about, where several people have such a value: "Fødselsdato"
    /// alone is taken for that of whoever was spoken of last, by people and by the reader.
    fn label_of(&self, key: &str, field: &FieldDef, lang: Lang) -> String {
        let label = texts::label_asked(key, lang).unwrap_or(field.label(lang));
        let house = self.new_house(key);
        let name = match key {
            _ if house.is_some() => house.as_deref(),
            "mover.surname" | "mover.birth_date" | "mover.cpr_number" => {
                self.text("mover.given_names")
            }
            // A given name is not told by itself.
            _ if key.ends_with(".given_names") => None,
            _ => self.whose(key).filter(|name| !name.is_empty()),
        };
        match name {
            Some(name) => format!("{name}, {}", inside_a_sentence(label)),
            None => label.to_owned(),
        }
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
            Some(name) => {
                let label = inside_a_sentence(label);
                texts::question("person").fill(lang, &[("name", name), ("label", &label)])
            }
            None => texts::question("ask").fill(lang, &[("label", label)]),
        }
    }
}
