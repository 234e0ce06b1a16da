//! Values of the form that were heard as they were said.
//!
//! The form's grammars read what was said and what was heard, so that a wording they cannot read
//! counts on neither side.

use anyhow::{Context, Result};
use jiff::civil::Date;
use tolkebot_protocol::Lang;
use tolkebot_values::dates::{DateContext, Purpose};
use tolkebot_values::{address, cpr, dates, email, names, phone};

/// How values fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ValuesHeard {
    /// Said by somebody.
    pub said: usize,
    /// Of these, heard as they were said.
    pub right: usize,
    /// Heard, but not said: what a wrong form would come from.
    pub other: usize,
}

impl ValuesHeard {
    /// Counts one turn.
    pub(super) fn count(&mut self, said: &str, heard: &str, lang: Lang, today: Date) {
        let mut left = values(said, lang, today);
        self.said += left.len();
        for value in values(heard, lang, today) {
            match left.iter().position(|other| *other == value) {
                Some(at) => {
                    left.swap_remove(at);
                    self.right += 1;
                }
                None => self.other += 1,
            }
        }
    }
}

/// The day of a conversation.
pub(super) fn day(today: &str, conversation: &str) -> Result<Date> {
    today
        .parse()
        .with_context(|| format!("{conversation}: today"))
}

/// The values of a text, each with its kind, as they would be written in the form.
fn values(text: &str, lang: Lang, today: Date) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let when = DateContext::new(today, Purpose::Move);
    for found in dates::find(text, lang, &when) {
        // "Soon" says no day, and is nothing that could be misheard for another.
        if !found.value.options.is_empty() {
            all.push(("date", format!("{:?}", found.value.options)));
        }
    }
    for found in cpr::find(text, lang) {
        all.push(("CPR number", found.value.digits().to_owned()));
    }
    for found in phone::find(text, lang) {
        all.push(("phone", found.value.canonical().to_owned()));
    }
    for found in email::find(text, lang) {
        all.push(("e-mail", found.value.as_str().to_owned()));
    }
    for found in address::find(text, lang) {
        all.push(("address", found.value.one_line()));
    }
    for found in names::find(text, lang) {
        all.push(("name", found.value.full()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_heard_missed_or_become_others() {
        let today = day("2026-11-27", "x").unwrap();
        let mut counted = ValuesHeard::default();
        let said = "Jeg hedder Olena Kravchuk og flytter den 3. december.";
        counted.count(
            said,
            "jeg hedder olena kravchuk og flytter den tredje december",
            Lang::Da,
            today,
        );
        assert_eq!((counted.said, counted.right, counted.other), (2, 2, 0));
        counted.count(
            said,
            "jeg hedder olena kravchuk og flytter den trettende december",
            Lang::Da,
            today,
        );
        assert_eq!((counted.said, counted.right, counted.other), (4, 3, 1));
        counted.count(
            "Min adresse er Vestergade 12.",
            "min adresse er",
            Lang::Da,
            today,
        );
        assert_eq!((counted.said, counted.right, counted.other), (5, 3, 1));
    }

    #[test]
    fn a_day_that_is_no_date_is_refused() {
        let told = day("i morgen", "family").unwrap_err().to_string();
        assert!(told.contains("family"), "{told}");
    }
}
