//! The filled form as sentences, read to the citizen before signing.

use std::collections::BTreeMap;

use serde_json::Value;
use tolkebot_protocol::Lang;

use super::{FormState, SlotStatus};
use crate::definition::FieldType;
use crate::{display, texts};

/// One sentence of the read-back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBackLine {
    /// The slots that the sentence reads.
    pub keys: Vec<String>,
    /// In Danish.
    pub da: String,
    /// In Ukrainian.
    pub uk: String,
    /// True when a value in it is unsure or contradicted and must be asked about first.
    pub doubtful: bool,
}

/// How to read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadBackOptions {
    /// Leave out the machine's opening and closing words.
    pub values_only: bool,
}

pub(super) struct Writer<'a> {
    pub(super) state: &'a FormState,
    pub(super) lines: Vec<ReadBackLine>,
}

impl Writer<'_> {
    fn plain(&mut self, id: &str) {
        self.line(id, &[], |_| Vec::new());
    }

    pub(super) fn line(
        &mut self,
        id: &str,
        keys: &[&str],
        values: impl Fn(Lang) -> Vec<(&'static str, String)>,
    ) {
        let text = |lang| {
            let values = values(lang);
            let pairs: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
            texts::readback(id, self.state.reports_for_another()).fill(lang, &pairs)
        };
        let doubtful = keys.iter().any(|key| {
            self.state.slot(key).is_some_and(|s| {
                matches!(
                    s.status,
                    SlotStatus::Conflict | SlotStatus::NeedsConfirmation
                )
            })
        });
        self.lines.push(ReadBackLine {
            keys: keys.iter().map(|k| (*k).to_owned()).collect(),
            da: text(Lang::Da),
            uk: text(Lang::Uk),
            doubtful,
        });
    }

    /// A sentence about one slot, left out when the slot is empty.
    fn slot(&mut self, id: &str, name: &'static str, key: &str) {
        if let Some(value) = self.state.value(key) {
            let state = self.state;
            self.line(id, &[key], |lang| {
                vec![(name, state.show(key, value, lang))]
            });
        }
    }
}

impl FormState {
    /// The read-back, sentence by sentence: all that the citizen signs for. What people listen for has a
    /// sentence of its own; the rest is read by its labels, so that nothing is signed unheard. Values that
    /// are empty are left out, and what must not be heard in a room: a protected address with what
    /// leads to it, and special categories of data. These are on the screen.
    pub fn read_back(&self, options: ReadBackOptions) -> Vec<ReadBackLine> {
        let mut out = Writer {
            state: self,
            lines: Vec::new(),
        };
        if !options.values_only {
            out.plain("intro");
        }
        let name = self.full_name("mover");
        if !name.is_empty() {
            let keys = ["mover.given_names", "mover.surname"];
            // Only of a spelling that was taken from there it is said that it stands there.
            let id = match self.text("mover.name_source") {
                Some("passport") => "name",
                _ => "name_plain",
            };
            out.line(id, &keys, |_| vec![("name", name.clone())]);
        }
        if let Some(cpr) = self.text("mover.cpr_number") {
            let pairs = cpr_pairs(cpr);
            out.line("cpr", &["mover.cpr_number"], |_| {
                vec![("cpr_pairs", pairs.clone())]
            });
        }
        out.slot("date", "date_long", "move_date");
        if let Some(date) = self.date("departure.date") {
            let country = |lang| match self.value("departure.country") {
                Some(country) => self.show("departure.country", country, lang),
                None => "–".to_owned(),
            };
            out.line(
                "departure",
                &["departure.date", "departure.country"],
                |lang| {
                    vec![
                        ("date_long", display::date_long(date, lang)),
                        ("country", country(lang)),
                    ]
                },
            );
        }
        if !self.lives_protected() {
            out.slot("from", "address", "from.address_line");
        }
        out.slot("from_abroad", "address", "from.foreign_address");
        self.new_address(&mut out);
        self.people(&mut out);
        if let Some(host) = self.text("host.name").filter(|_| !self.is_protected()) {
            let host = host.to_owned();
            // A declaration is promised only where one is still to be sent; and nobody lives with whoever lets the
            // home, which may be a firm.
            let to_send = matches!(self.text("host.consent_status"), None | Some("missing"));
            let id = match to_send && self.text("host.role") != Some("landlord") {
                true => "host",
                false => "host_only",
            };
            out.line(id, &["host.name"], |_| vec![("host", host.clone())]);
        }
        out.slot("phone", "phone", "mover.phone");
        out.slot("email", "email", "mover.email");
        self.choices(&mut out);
        self.remaining(&mut out);
        if !options.values_only {
            out.plain("question");
        }
        out.lines
    }

    /// Remembers that the form as it stands was read back; later changes need another read-back
    /// (rule R26).
    pub fn mark_read_back(&mut self) {
        self.read_back = Some(self.values_now());
    }

    /// Keys whose values changed after the last read-back.
    pub fn changed_since_read_back(&self) -> Vec<String> {
        let Some(then) = &self.read_back else {
            return Vec::new();
        };
        let now = self.values_now();
        let mut keys: Vec<String> = now
            .iter()
            .filter(|(k, v)| then.get(*k) != Some(v))
            .map(|(k, _)| k.clone())
            .collect();
        keys.extend(then.keys().filter(|k| !now.contains_key(*k)).cloned());
        keys
    }

    fn values_now(&self) -> BTreeMap<String, Value> {
        // What the authority writes for its own record is never read to anybody.
        let read = |key: &str| !self.definition.field(key).is_some_and(|f| f.internal);
        self.slots
            .iter()
            .filter(|(key, _)| read(key))
            .filter_map(|(k, s)| s.value.clone().map(|value| (k.clone(), value)))
            .collect()
    }

    /// A value of a slot as people read it: like `display`, with persons by their names as far as
    /// these are known. Nobody counts rows by ear.
    pub fn show(&self, key: &str, value: &Value, lang: Lang) -> String {
        let Some(field) = self.definition.field(key) else {
            return String::new();
        };
        let person = |row: &Value| {
            let name = row.as_str().map(|row| self.full_name(row));
            match name {
                Some(name) if !name.is_empty() => name,
                _ => display::display(field, row, lang),
            }
        };
        match (field.kind, value) {
            (FieldType::RefHousehold, Value::String(_)) => person(value),
            (FieldType::ListRef, Value::Array(all)) => {
                all.iter().map(person).collect::<Vec<_>>().join(", ")
            }
            _ => display::display(field, value, lang),
        }
    }

    /// Given names and surname of `mover` or `household[n]`.
    pub fn full_name(&self, person: &str) -> String {
        ["given_names", "surname"]
            .iter()
            .filter_map(|part| self.text(&format!("{person}.{part}")))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn new_address(&self, out: &mut Writer<'_>) {
        if self.text("case.move_type") == Some("no_fixed_address") {
            out.line("no_address", &["case.move_type"], |_| Vec::new());
            return;
        }
        let Some(address) = self.text("to.address_line") else {
            return;
        };
        if self.is_protected() {
            out.plain("protected");
            return;
        }
        let ukrainian = self.address_in_words(address);
        let keys = [
            "to.address_line",
            "to.street_name",
            "to.house_number",
            "to.house_letter",
            "to.floor",
            "to.door",
            "to.postal_code",
            "to.post_district",
        ];
        let keys: Vec<&str> = keys
            .into_iter()
            .filter(|k| self.slot(k).is_some())
            .collect();
        out.line("to", &keys, |lang| {
            let shown = match lang {
                Lang::Da => address.to_owned(),
                Lang::Uk => ukrainian.clone(),
            };
            vec![("address", shown)]
        });
    }

    /// The new address with floor and door in Ukrainian words behind it, in place of `2. th`: floors are
    /// counted differently there, and the abbreviation says nothing to who hears it.
    fn address_in_words(&self, address: &str) -> String {
        let (floor, door) = (self.text("to.floor"), self.text("to.door"));
        let where_ = match (floor, door) {
            (Some(floor), Some(door)) => format!(", {floor}. {door},"),
            (Some(floor), None) => format!(", {floor}.,"),
            (None, Some(door)) => format!(", {door},"),
            (None, None) => return address.to_owned(),
        };
        let floor = floor.map(|floor| display::floor(floor, Lang::Uk));
        let door = door.map(display::door_in_ukrainian);
        let words: Vec<String> = floor.into_iter().chain(door).collect();
        let line = address.replacen(&where_, ",", 1);
        format!("{line} – {}", words.join(", "))
    }

    /// Whether the new address must not be spoken (rule R23).
    pub fn is_protected(&self) -> bool {
        let yes = |key| self.value(key) == Some(&Value::Bool(true));
        yes("protection.requested")
            || yes("protection.existing")
            || self.text("dwelling.type") == Some("crisis_centre")
    }

    /// Whether whoever hears the read-back reports for somebody else: to them it is not said that they move, live
    /// there or wish anything themselves.
    pub(super) fn reports_for_another(&self) -> bool {
        let role = self.text("case.reporter_role");
        let for_another = matches!(
            role,
            Some("custody_holder" | "power_of_attorney" | "guardian" | "institution")
        );
        for_another || self.value("poa.used") == Some(&Value::Bool(true))
    }

    /// Whether where the person still lives must not be spoken either: it was protected before the move.
    pub(super) fn lives_protected(&self) -> bool {
        self.value("protection.existing") == Some(&Value::Bool(true))
    }

    fn people(&self, out: &mut Writer<'_>) {
        let mut keys = Vec::new();
        let mut names = Vec::new();
        for at in 0..self.household_len() {
            let person = format!("household[{at}]");
            let name = self.full_name(&person);
            if !name.is_empty() {
                names.push(name);
                for part in ["given_names", "surname"] {
                    let key = format!("{person}.{part}");
                    if self.slot(&key).is_some() {
                        keys.push(key);
                    }
                }
            }
        }
        if !names.is_empty() {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let names = names.join(", ");
            out.line("household", &keys, |_| vec![("names", names.clone())]);
        } else if self.value("household.count").and_then(Value::as_i64) == Some(1) {
            out.line("alone", &["household.count"], |_| Vec::new());
        }
        for at in 0..self.children_len() {
            let key = format!("children[{at}].custody");
            // Without a name it is nobody's: least of all the parent's who speaks.
            let child = self.called(&format!("children[{at}]"));
            if let Some(custody) = self.value(&key) {
                out.line("custody", &[&key], |lang| {
                    vec![
                        ("child", child.clone()),
                        ("custody", small(&self.show(&key, custody, lang))),
                    ]
                });
            }
        }
    }

    /// Papers, one after the other inside a sentence.
    fn in_a_row(&self, papers: &Value, lang: Lang) -> String {
        let ids = papers.as_array().into_iter().flatten();
        ids.map(|id| small(&self.show("documents.missing", id, lang)))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn choices(&self, out: &mut Writer<'_>) {
        match (self.text("gp.choice"), self.text("gp.clinic_name")) {
            (Some("keep"), _) => out.line("gp_keep", &["gp.choice"], |_| Vec::new()),
            // A clinic is chosen by the new address and mostly named after its street: which one is looked at.
            (Some("change"), Some(clinic)) if !self.is_protected() => {
                let clinic = clinic.to_owned();
                let keys = ["gp.choice", "gp.clinic_name"];
                out.line("gp_change", &keys, |_| vec![("clinic", clinic.clone())]);
            }
            (Some("change"), _) => out.line("gp_change_open", &["gp.choice"], |_| Vec::new()),
            (Some("first"), _) => out.line("gp_first", &["gp.choice"], |_| Vec::new()),
            (Some("later"), _) => out.line("gp_later", &["gp.choice"], |_| Vec::new()),
            _ => {}
        }
        match self.value("protection.requested") {
            Some(Value::Bool(true)) => {
                out.line("protection_yes", &["protection.requested"], |_| Vec::new());
            }
            Some(Value::Bool(false)) => {
                out.line("protection_no", &["protection.requested"], |_| Vec::new());
            }
            _ => {}
        }
        if let (Some(documents), Some(date)) = (
            self.value("documents.missing"),
            self.date("documents.deadline"),
        ) {
            out.line(
                "missing",
                &["documents.missing", "documents.deadline"],
                |lang| {
                    vec![
                        ("documents", self.in_a_row(documents, lang)),
                        ("date", display::date_long(date, lang)),
                    ]
                },
            );
        }
    }
}

/// A word that begins a label, inside a sentence: `Barn`, `Лише я`, `З обома` become small, `CPR-nummer` does not.
pub(super) fn small(word: &str) -> String {
    let mut letters = word.chars();
    // «Особа, яка переїжджає»: the comma belongs to no word.
    let first_word = word.split([' ', ',']).next().unwrap_or_default();
    // One letter alone is a word of its own: «З ким дитина жила».
    match letters.next() {
        Some(first) if first_word.chars().skip(1).all(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => word.to_owned(),
    }
}

/// `070584-1234` → `07 05 84 12 34`.
pub(super) fn cpr_pairs(cpr: &str) -> String {
    let digits: Vec<char> = cpr.chars().filter(char::is_ascii_digit).collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn labels_begin_small_inside_a_sentence() {
        for (label, inside) in [
            ("Особа, яка переїжджає", "особа, яка переїжджає"),
            ("Den, der flytter", "den, der flytter"),
            ("З обома", "з обома"),
            ("Barn", "barn"),
            ("CPR-nummer", "CPR-nummer"),
            ("MitID", "MitID"),
        ] {
            assert_eq!(small(label), inside);
        }
    }
}
