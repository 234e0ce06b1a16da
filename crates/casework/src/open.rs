//! What keeps a form from being read back and signed.

use tolkebot_form::{FormState, RULES_VERSION, in_force};
use tolkebot_protocol::{Severity, SlotStatus, SlotView};

use crate::CaseView;

/// What keeps a form from being read back and signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// Required slots that are empty.
    pub missing: Vec<String>,
    /// Slots with a value that nobody vouched for, and those that were emptied and told anew.
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

/// Days after the deadline, which the form works out since the third rules; while there are any, it asks for the reason.
pub(crate) const DAYS_LATE: &str = "move_date_days_late";

/// Whether a person must vouch for a value that follows from others. Not for what the form itself puts together from
/// its values; but what follows from talk may be wrong where every word of it was heard well, and stays when somebody
/// corrects what it was concluded from. Under earlier rules nobody was asked about either.
pub(crate) fn must_be_vouched_for(key: &str, form: &FormState, rules: u32) -> bool {
    let made_by_form = match key {
        "to.address_line"
        | "to.post_district"
        | "mover.name_native"
        | "mover.patronymic_native"
        | DAYS_LATE => true,
        // The Danish address that is left says it.
        "from.country" => {
            form.text(key) == Some("Danmark") && form.value("from.address_line").is_some()
        }
        _ => key.starts_with("children[") && key.ends_with("].person"),
    };
    rules >= 3 && !made_by_form
}

/// Whether a slot that somebody emptied has been told anew since, and nobody has taken the answer yet or emptied it
/// again. Under earlier rules it was empty and nothing else.
pub(crate) fn is_told_anew(slot: &SlotView, rules: u32) -> bool {
    rules >= 4
        && slot.value.is_null()
        && slot.status == SlotStatus::Conflict
        && !slot.alternatives.is_empty()
}

impl CaseView {
    /// What keeps the form from being read back and signed: nothing missing, every value vouched
    /// for or made by the form of such, no rule broken that blocks signing.
    pub fn open(&self) -> Open {
        self.open_by(RULES_VERSION)
    }

    /// What keeps the form from being signed as it was read back; without a read-back as [`Self::open`].
    pub fn open_as_read(&self) -> Open {
        self.open_by(self.rules())
    }

    /// The same by the rules of a version: what was read and signed under earlier ones was right then.
    pub(crate) fn open_by(&self, rules: u32) -> Open {
        let form = self.form_now();
        let vouched = |slot: &SlotView| match slot.status {
            SlotStatus::Confirmed | SlotStatus::Corrected => true,
            SlotStatus::Derived => !must_be_vouched_for(&slot.key, self.form_state(), rules),
            _ => false,
        };
        let is_open = |slot: &&SlotView| match slot.value.is_null() {
            true => is_told_anew(slot, rules),
            false => !vouched(slot),
        };
        let slots = form.sections.iter().flat_map(|s| &s.slots);
        Open {
            unconfirmed: slots.filter(is_open).map(|slot| slot.key.clone()).collect(),
            missing: form
                .missing
                .iter()
                // Of children that nobody spoke of, nothing was asked.
                .filter(|key| rules >= 2 || !key.starts_with("children["))
                .filter(|key| rules >= 3 || key.as_str() != "late_reason")
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
