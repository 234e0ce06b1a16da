//! What is wrong with CPR numbers, names, postal codes and streets: rules that look at one value and
//! at the tables.

use tolkebot_values::cpr::{CprIssue, CprNumber};
use tolkebot_values::postal;

use super::FormState;
use super::rules::Issues;

/// Whether CPR has this character in a name: letters of the Latin script, space, hyphen, apostrophe.
fn in_name(c: char) -> bool {
    let latin = matches!(c, '\u{41}'..='\u{5A}' | '\u{61}'..='\u{7A}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
        && !matches!(c, '×' | '÷');
    latin || matches!(c, ' ' | '-' | '\'' | '’' | 'ʼ')
}

impl FormState {
    /// Keys of every person's field of this name that has a text, the mover's first.
    fn of_everybody(&self, field: &str) -> Vec<String> {
        let mut keys = vec![format!("mover.{field}")];
        keys.extend((0..self.household_len()).map(|n| format!("household[{n}].{field}")));
        keys.retain(|key| self.text(key).is_some());
        keys
    }

    pub(super) fn cpr_rules(&self, issues: &mut Issues) {
        let keys = self.of_everybody("cpr_number");
        for (at, key) in keys.iter().enumerate() {
            self.cpr_rule(key, issues);
            if let Some(other) = keys[..at].iter().find(|k| self.value(k) == self.value(key)) {
                issues.add("R10", &[other, key]);
            }
        }
    }

    fn cpr_rule(&self, key: &str, issues: &mut Issues) {
        let Ok(number) = CprNumber::parse(self.text(key).unwrap_or_default()) else {
            return issues.add("R05", &[key]);
        };
        for issue in number.issues(self.today) {
            match issue {
                CprIssue::Date => issues.add("R05", &[key]),
                // Only numbers of the register have a control digit.
                CprIssue::Mod11 if !number.is_replacement() => issues.add("R06", &[key]),
                CprIssue::Mod11 => {}
                CprIssue::Replacement => issues.add("R07", &[key]),
                CprIssue::Future => issues.add("R09", &[key]),
            }
        }
        let born = key.replace("cpr_number", "birth_date");
        if self
            .date(&born)
            .is_some_and(|told| number.contradicts(told))
        {
            issues.add("R08", &[key, &born]);
        }
    }

    /// Names that CPR cannot hold. Which fields are such names, the form's definition says.
    pub(super) fn name_rules(&self, issues: &mut Issues) {
        for (key, _) in self.slots() {
            let Some(name) = self.text(key) else { continue };
            let rules = self.definition.field(key).map(|field| &field.validation);
            let rule = rules.and_then(|rules| rules.iter().find(|r| r.starts_with("name_charset")));
            let Some(rule) = rule else { continue };
            let also = match key {
                // Whoever lets a home may be a firm.
                "host.name" => ".,/&()",
                _ if rule.ends_with("plus comma") => ",",
                _ => "",
            };
            let foreign = |c: char| c.is_ascii_digit() || tolkebot_values::is_cyrillic(c);
            if name.contains(foreign) {
                issues.add("R21", &[key]);
            } else if !name.chars().all(|c| in_name(c) || also.contains(c)) {
                issues.add("R29", &[key]);
            }
        }
    }

    pub(super) fn postal_rules(&self, issues: &mut Issues) {
        let Some(code) = self.text("to.postal_code") else {
            return;
        };
        let Some(row) = postal::lookup(code) else {
            return issues.add("R11", &["to.postal_code"]);
        };
        if let Some(district) = self.text("to.post_district") {
            let rows = postal::of_district(district);
            if !rows.iter().any(|row| row.code == code) {
                issues.add("R12", &["to.postal_code", "to.post_district"]);
            }
        }
        if row.aarhus == "none" {
            issues.add("R13", &["to.postal_code"]);
        }
        if let Some(street) = self.text("to.street_name")
            && self.definition.streets().leads_to(street, code) == Some(false)
        {
            issues.add("R14", &["to.street_name", "to.postal_code"]);
        }
    }
}
