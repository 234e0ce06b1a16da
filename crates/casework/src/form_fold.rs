//! The form's part of the fold: which turns the form reader has heard, and what people decided.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use tolkebot_form::{
    Decider, DecisionError, FormDefinition, FormReader, FormState, Turn, WordGroup,
};
use tolkebot_protocol::{CaseEvent, CaseId, Role};

use crate::{FoldError, UtteranceView};

/// Danish time as a POSIX string: no data of time zones is needed.
const DANISH: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// Why a person's change of a slot is refused. No message holds a value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SlotError {
    /// The form has no such slot.
    #[error("{0}")]
    Unknown(String),
    /// The slot holds another value than the one that the person saw.
    #[error("slot `{0}` has changed: look at the new value and confirm that, or correct it")]
    Changed(String),
    /// The form does not accept the value.
    #[error("{0}")]
    Refused(String),
}

impl From<DecisionError> for SlotError {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::UnknownKey(_) | DecisionError::NoSuchPerson { .. } => {
                SlotError::Unknown(error.to_string())
            }
            DecisionError::Empty(_) | DecisionError::Invalid { .. } => {
                SlotError::Refused(error.to_string())
            }
        }
    }
}

/// What a person decided once, and the form of today does not take: a log may be older than a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// The event's sequence number.
    pub seq: u64,
    /// The slot.
    pub key: String,
    /// The value that was written or vouched for.
    pub value: Value,
    /// Why it is not taken: what is expected. Never contains the value.
    pub why: String,
}

/// Replays a case's turns and people's decisions through the form reader.
#[derive(Debug, Clone)]
pub(crate) struct FormFold {
    reader: FormReader,
    /// How many utterances the reader has heard; it hears them in the order of the log.
    heard: usize,
    /// Turns as they were when they were heard, which the form is not worked out for yet: many are
    /// worked out at once, in a fraction of the time.
    due: Vec<Turn>,
    /// The day that the next turn counts from.
    today: Date,
    /// What people decided and the form does not take, unless they decided again.
    misfits: Vec<Misfit>,
}

impl FormFold {
    pub fn new(case: &CaseId, form: &str, today: Date) -> Result<FormFold, FoldError> {
        let definition = FormDefinition::embedded();
        if form != definition.form() {
            return Err(FoldError::UnknownForm {
                case: case.clone(),
                form: form.to_owned(),
            });
        }
        Ok(FormFold {
            reader: FormReader::new(definition, today),
            heard: 0,
            due: Vec::new(),
            today,
            misfits: Vec::new(),
        })
    }

    /// The form, without the turns that are due.
    pub fn state(&self) -> &FormState {
        self.reader.state()
    }

    /// What the next answer is likely to name.
    pub fn expected(&self) -> Vec<WordGroup> {
        self.reader.expected()
    }

    /// Lets the reader hear what it has not heard yet. It reads what was said, in the language in which it was said, so
    /// that nothing waits for a translation. Says whether there was anything.
    pub fn catch_up(&mut self, utterances: &[UtteranceView]) -> bool {
        let new = &utterances[self.heard..];
        self.due.extend(new.iter().map(|heard| Turn {
            n: heard.utterance.id.0,
            speaker: heard.utterance.speaker,
            lang: heard.utterance.lang,
            text: heard.utterance.text.clone(),
            translation: None,
        }));
        self.heard = utterances.len();
        !new.is_empty()
    }

    /// What happens from now on happens on this day. Says whether it is another one.
    pub fn begin_day(&mut self, today: Date) -> bool {
        let another = today != self.today;
        if another {
            self.work_out();
            self.today = today;
            self.reader.begin_day(today);
        }
        another
    }

    /// Works the form out for the turns that are due; says whether there were any. Must be called
    /// before anybody looks at it.
    pub fn work_out(&mut self) -> bool {
        let due = std::mem::take(&mut self.due);
        if !due.is_empty() {
            self.reader.push_all(&due);
        }
        !due.is_empty()
    }

    /// A person vouched for a value. It stands even if a newer reader reads the conversation
    /// differently from the one that the person saw.
    pub fn confirm(&mut self, seq: u64, key: &str, value: &Value, who: &Decider) -> bool {
        self.work_out();
        if self.state().value(key) == Some(value) && self.reader.confirm(key, who).is_ok() {
            self.misfits.retain(|misfit| misfit.key != key);
            true
        } else {
            self.correct(seq, key, value, who)
        }
    }

    /// A person wrote a value, in the event with this number.
    pub fn correct(&mut self, seq: u64, key: &str, value: &Value, who: &Decider) -> bool {
        self.work_out();
        let done = self.reader.correct(key, value.clone(), who);
        self.misfits.retain(|misfit| misfit.key != key);
        if let Err(why) = &done {
            self.misfits.push(Misfit {
                seq,
                key: key.to_owned(),
                value: value.clone(),
                why: why.to_string(),
            });
        }
        done.is_ok()
    }

    pub fn clear(&mut self, key: &str, who: &Decider) -> bool {
        self.work_out();
        // Whatever stood there was to go: nothing is lost if there is no such slot any more.
        self.misfits.retain(|misfit| misfit.key != key);
        self.reader.clear(key, who).is_ok()
    }

    /// What people decided and the form does not take.
    pub fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// Empties what a newer reader hears in words in which nothing was heard when the form was read back: it
    /// was not on the screen then and must not undo what was read and signed.
    pub fn leave_out(&mut self, unseen: &[String]) -> bool {
        unseen.iter().fold(false, |any, key| {
            self.reader.clear(key, &nobody()).is_ok() | any
        })
    }

    /// What these rules let stand is as it was when the form was read back under them.
    pub fn keep_as_read(&mut self, rules: u32) {
        if rules < 3 {
            self.reader.keep_decided_line();
        }
        if rules < 4 {
            self.reader.keep_decided_district();
        }
        self.reader.keep_beside(rules < 4);
    }

    /// Takes in again what [`Self::leave_out`] emptied and [`Self::keep_as_read`] passed over.
    pub fn take_in(&mut self) {
        self.reader.take_in();
    }

    pub fn check_confirm(&self, key: &str, value: &Value) -> Result<(), SlotError> {
        let shown = self.state().value(key).cloned();
        self.state().clone().confirm(key, &nobody())?;
        if shown.as_ref() != Some(value) {
            return Err(SlotError::Changed(key.to_owned()));
        }
        // As for what is written: the log of an earlier day may hold otherwise.
        Ok(self.state().fits_parts(key, value)?)
    }

    pub fn check_correct(&self, key: &str, value: &Value) -> Result<Value, SlotError> {
        Ok(self.state().write(key, value.clone(), &nobody())?)
    }

    pub fn check_clear(&self, key: &str) -> Result<(), SlotError> {
        self.state().clone().clear(key, &nobody())?;
        Ok(())
    }
}

/// The day on which something was said at `at`, of a case that was opened at `opened` on the day `today`: as
/// many days later as there are between the two in Denmark, whatever time zone the machine is set to.
pub(crate) fn day_of(today: Date, opened: &str, at: &str) -> Date {
    let date = |text: &str| {
        let moment: Timestamp = text.parse().ok()?;
        Some(TimeZone::posix(DANISH).ok()?.to_datetime(moment).date())
    };
    match (date(opened), date(at)) {
        (Some(opened), Some(at)) if at > opened => today.saturating_add(at - opened),
        _ => today,
    }
}

/// The day that it is in Denmark, whatever time zone the machine is set to.
pub fn danish_day(now: Timestamp) -> Date {
    // The string is one of this file; UTC is an hour or two off at worst.
    let zone = TimeZone::posix(DANISH).unwrap_or(TimeZone::UTC);
    zone.to_datetime(now).date()
}

/// Who decided, as an event says it.
pub(crate) fn decider(event: &CaseEvent, account: Option<&String>) -> Decider {
    Decider {
        role: event.actor,
        account: account.cloned(),
        at: event.at.clone(),
    }
}

/// Stands for somebody while it is tried whether a decision is one.
fn nobody() -> Decider {
    Decider {
        role: Role::System,
        account: None,
        at: String::new(),
    }
}
