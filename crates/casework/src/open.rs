//! What keeps a form from being read back and signed.

use tolkebot_form::{RULES_VERSION, in_force};
use tolkebot_protocol::{Severity, SlotStatus};

use crate::CaseView;

/// What keeps a form from being read back and signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// Required slots that are empty.
    pub missing: Vec<String>,
    /// Slots with a value that nobody vouched for.
    pub unconfirmed: Vec<String>,
    /// Rules that block signing.
    pub blocked_by: Vec<String>,
}

impl Open {
    /// True if nothing is open.
    pub fn is_nothing(&self) -> bool {
        *self == Open::default()
    }
}

impl CaseView {
    /// What keeps the form from being read back and signed: nothing missing, every value vouched
    /// for or following from such, no rule broken that blocks signing.
    pub fn open(&self) -> Open {
        self.open_by(RULES_VERSION)
    }

    /// The same by the rules of a version: what was read and signed under earlier ones was right then.
    pub(crate) fn open_by(&self, rules: u32) -> Open {
        let form = self.form_now();
        let vouched = [
            SlotStatus::Confirmed,
            SlotStatus::Corrected,
            SlotStatus::Derived,
        ];
        let slots = form.sections.iter().flat_map(|s| &s.slots);
        Open {
            unconfirmed: slots
                .filter(|slot| !slot.value.is_null() && !vouched.contains(&slot.status))
                .map(|slot| slot.key.clone())
                .collect(),
            missing: form
                .missing
                .iter()
                // Of children that nobody spoke of, nothing was asked.
                .filter(|key| rules >= 2 || !key.starts_with("children["))
                .cloned()
                .collect(),
            blocked_by: form
                .issues
                .iter()
                .filter(|issue| issue.severity == Severity::Error && in_force(&issue.rule, rules))
                .map(|issue| issue.rule.clone())
                .collect(),
        }
    }
}
