//! Cross-field rules R01–R28 of the domain, as far as they can be decided from the form, and one of this
//! product's own: R29, characters that CPR has in no name.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::decision::is_by_nobody;
use super::slot::Slot;
use super::{FormState, SlotStatus};
use crate::texts;
use tolkebot_protocol::Lang;

/// Days after which Aarhus risks a fine; a practice of the municipality, not a law.
const FINE_RISK_DAYS: i64 = 14;
/// Days after the move within which it must be notified (CPR-loven § 12, stk. 1).
const DEADLINE_DAYS: i64 = 5;
/// Days before the move from which a notification is accepted (CPR-loven § 12, stk. 4).
const EARLIEST_DAYS: i64 = 28;

/// Which rules there are: the number goes up whenever a rule that blocks signing is added, or the form
/// begins to ask for something that it did not. Since 2 there are the rules that [`in_force`] names and the
/// questions about children of whom nobody spoke; since 3 somebody must vouch for what follows from talk, and a late
/// notification needs its reason; since 4 an answer to what somebody emptied stands open, what is heard beside a decided
/// value is a conflict, and a postal code takes a decided district along.
pub const RULES_VERSION: u32 = 4;

/// Whether a rule was there in this version. What was read and signed under an earlier one was right
/// then, and stays signed.
pub fn in_force(rule: &str, version: u32) -> bool {
    version >= 2 || !matches!(rule, "R05" | "R08" | "R09" | "R11" | "R29")
}

/// How serious an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Blocks signing.
    Error,
    /// An employee must acknowledge it.
    Warning,
    /// Shown only.
    Info,
}

/// A rule that the form breaks, or a fact to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// `R01` to `R29`.
    pub rule: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// The slots concerned.
    pub keys: Vec<String>,
    /// Text for employees.
    pub da: String,
    /// Text for the citizen's screen.
    pub uk: String,
}

pub(super) struct Issues(Vec<Issue>);

impl Issues {
    pub(super) fn add(&mut self, rule: &'static str, keys: &[&str]) {
        self.with(rule, keys, |_| Vec::new());
    }

    fn with(
        &mut self,
        rule: &'static str,
        keys: &[&str],
        values: impl Fn(Lang) -> Vec<(&'static str, String)>,
    ) {
        let Some(text) = texts::rule(rule) else {
            return;
        };
        let fill = |template: &str, lang: Lang| {
            values(lang)
                .iter()
                .fold(template.to_owned(), |t, (name, v)| {
                    t.replace(&format!("{{{name}}}"), v)
                })
        };
        self.0.push(Issue {
            rule,
            severity: text.severity,
            keys: keys.iter().map(|k| (*k).to_owned()).collect(),
            da: fill(&text.da, Lang::Da),
            uk: fill(&text.uk, Lang::Uk),
        });
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

impl FormState {
    /// Everything that the rules say about the form as it stands, errors first.
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = Issues(Vec::new());
        self.date_rules(&mut issues);
        self.person_rules(&mut issues);
        self.address_rules(&mut issues);
        self.household_rules(&mut issues);
        let mut list = issues.0;
        list.sort_by_key(|issue| (issue.severity as u8, issue.rule));
        list
    }

    /// Days after the deadline, while there are any: the form asks for the reason then. No evidence stands beside
    /// them: they are as sure as the date, which has its own.
    pub(super) fn fill_days_late(&mut self) {
        const KEY: &str = "move_date_days_late";
        // They say what the dates say, whoever vouched for them before a date was put right. Only what was read back
        // under earlier rules has none.
        let left_out = |slot: &Slot| slot.decided.as_ref().is_some_and(is_by_nobody);
        if self.definition.field(KEY).is_none() || self.slot(KEY).is_some_and(left_out) {
            return;
        }
        let moved = self.date("move_date");
        let late = moved.map_or(0, |moved| days(moved, self.today) - DEADLINE_DAYS);
        if late > 0 {
            let slot = Slot::derived(late, Vec::new(), 1.0);
            self.slots.insert(KEY.to_owned(), slot);
        } else {
            self.slots.remove(KEY);
        }
    }

    fn is_true(&self, key: &str) -> bool {
        self.value(key) == Some(&Value::Bool(true))
    }

    fn is_false(&self, key: &str) -> bool {
        self.value(key) == Some(&Value::Bool(false))
    }

    fn date_rules(&self, issues: &mut Issues) {
        let Some(moved) = self.date("move_date") else {
            return;
        };
        // Who comes again on a later day is no longer too early; when they first came decides whether they are late.
        if days(self.now, moved) > EARLIEST_DAYS {
            let first = moved.saturating_sub(jiff::Span::new().days(EARLIEST_DAYS));
            issues.with("R01", &["move_date"], |lang| {
                vec![("date", crate::display::date_long(first, lang))]
            });
        }
        let ago = days(moved, self.today);
        if ago > FINE_RISK_DAYS {
            issues.with("R03", &["move_date"], |_| {
                vec![("days", FINE_RISK_DAYS.to_string())]
            });
        }
        if ago > DEADLINE_DAYS {
            issues.add("R02", &["move_date"]);
        }
        for key in ["mover.birth_date", "arrival.date"] {
            if self.date(key).is_some_and(|date| moved < date) {
                issues.add("R04", &["move_date", key]);
            }
        }
        if self
            .date("mover.residence_permit_valid_until")
            .is_some_and(|until| until < moved)
        {
            issues.add("R24", &["mover.residence_permit_valid_until", "move_date"]);
        }
    }

    fn person_rules(&self, issues: &mut Issues) {
        self.cpr_rules(issues);
        self.name_rules(issues);
        if self.text("mover.name_source") == Some("spoken") {
            issues.add("R22", &["mover.name_source"]);
        }
        for key in ["mover.phone", "host.phone"] {
            let danish = self.text(key).and_then(|p| p.strip_prefix("+45"));
            if danish.is_some_and(|n| n.len() != 8 || n.starts_with(['0', '1'])) {
                issues.add("R25", &[key]);
            }
        }
    }

    fn address_rules(&self, issues: &mut Issues) {
        self.postal_rules(issues);
        if self
            .slot("to.floor")
            .is_some_and(|s| s.status == SlotStatus::NeedsConfirmation)
        {
            issues.add("R15", &["to.floor"]);
        }
        let (from, to) = (self.text("from.address_line"), self.text("to.address_line"));
        if from.is_some() && from == to {
            issues.add("R16", &["from.address_line", "to.address_line"]);
        }
        if self.value("to.co_name").is_some() && self.is_false("dwelling.others_registered") {
            issues.add("R17", &["to.co_name", "dwelling.others_registered"]);
        }
        if self.is_true("dwelling.others_registered") && self.value("host.name").is_none() {
            issues.add("R18", &["host.name"]);
        }
        if self.is_protected() {
            issues.add("R23", &["to.address_line"]);
        }
        let changed = self.changed_since_read_back();
        if !changed.is_empty() {
            let keys: Vec<&str> = changed.iter().map(String::as_str).collect();
            issues.add("R26", &keys);
        }
        if self.text("gp.choice") == Some("keep")
            && self.text("case.move_type") == Some("domestic_to_municipality")
        {
            issues.add("R27", &["gp.choice"]);
        }
    }

    fn household_rules(&self, issues: &mut Issues) {
        for n in 0..self.children_len() {
            let key = |field: &str| format!("children[{n}].{field}");
            let stays = self.is_false(&key("other_parent_moves"));
            if stays && self.value(&key("other_parent_statement")).is_none() {
                issues.add("R19", &[&key("other_parent_statement")]);
            }
            let custody = self.text(&key("custody"));
            let before = self.text(&key("lived_with_before"));
            if stays
                && (matches!(custody, Some("sole_other" | "third_party"))
                    || matches!(before, Some("other_parent" | "other")))
            {
                issues.add("R20", &[&key("custody"), &key("lived_with_before")]);
            }
        }
        let count = self.value("household.count").and_then(Value::as_u64);
        let listed = 1 + self.persons_along() as u64;
        if count.is_some_and(|count| count != listed) {
            issues.add("R28", &["household.count"]);
        }
    }
}
