//! What a case's log says now: the fold that every screen is made of.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde_json::Value;
use tolkebot_form::{FormState, RULES_VERSION, WordGroup};
use tolkebot_protocol::{
    CaseEvent, CaseId, CaseStage, EventPayload, FormView, Notice, Role, SlotStatus, Speaker,
    UtteranceId,
};

use crate::form_fold::{FormFold, day_of, decider};
use crate::form_view::heard_form_view;
use crate::open::{DAYS_LATE, is_told_anew};
use crate::spoken::{TranslationView, UtteranceView};
use crate::{FoldError, Lifecycle, Misfit, SlotError, SoundState};

/// A case, folded from its events. The same events always give the same view.
#[derive(Debug, Clone)]
pub struct CaseView {
    case: CaseId,
    seq: u64,
    form_id: String,
    today: Date,
    /// When it was opened, RFC 3339.
    opened_at: String,
    /// Newest answers, one for each speaker and notice.
    consents: Vec<(Speaker, Notice, bool)>,
    utterances: Vec<UtteranceView>,
    form: FormFold,
    interpreter_requested: bool,
    sound: SoundState,
    sound_asked: bool,
    /// The citizen said no to keeping sound, or had it destroyed, and has not said yes since.
    sound_refused: bool,
    ended: bool,
    lifecycle: Lifecycle,
    /// How often the second person sent it back.
    returns: u32,
    /// Version of the form's rules that held at the read-back that stands; without one today's.
    rules: u32,
    /// The values as they were read back.
    shown: Option<Vec<Shown>>,
    /// The form as screens show it, once somebody looked: it is asked for several times between two
    /// events.
    form_now: OnceLock<FormView>,
}

/// A value with its status, as a document shows it.
type Shown = (String, Value, SlotStatus);

impl CaseView {
    /// Folds a case's events, all of them from the first.
    ///
    /// # Errors
    /// [`FoldError`] if there is no event, or they are no log that this program can have written.
    pub fn fold<'a>(
        case: &CaseId,
        events: impl IntoIterator<Item = &'a CaseEvent>,
    ) -> Result<CaseView, FoldError> {
        let mut events = events.into_iter();
        let first = events
            .next()
            .ok_or_else(|| FoldError::NoSuchCase(case.clone()))?;
        let EventPayload::CaseOpened { form, today } = &first.payload else {
            return Err(FoldError::NotOpened(case.clone()));
        };
        let date: Date = today.parse().map_err(|_| FoldError::BadToday {
            case: case.clone(),
            today: today.clone(),
        })?;
        let mut view = CaseView {
            case: case.clone(),
            seq: first.seq,
            form_id: form.clone(),
            today: date,
            opened_at: first.at.clone(),
            consents: Vec::new(),
            utterances: Vec::new(),
            form: FormFold::new(case, form, date)?,
            interpreter_requested: false,
            sound: SoundState::Off,
            sound_asked: false,
            sound_refused: false,
            ended: false,
            lifecycle: Lifecycle::opened(&first.at),
            returns: 0,
            rules: RULES_VERSION,
            shown: None,
            form_now: OnceLock::new(),
        };
        for event in events {
            view.advance(event)?;
        }
        view.work_out();
        Ok(view)
    }

    /// Adds the next event. Says whether the form, or where the case stands, may have changed.
    ///
    /// # Errors
    /// [`FoldError::OutOfOrder`] if it is not the next one; the view is unchanged then.
    pub fn apply(&mut self, event: &CaseEvent) -> Result<bool, FoldError> {
        let changed = self.advance(event)?;
        self.work_out();
        Ok(changed)
    }

    /// Works the form out for what was said. Must be done before anybody looks at it.
    pub(crate) fn work_out(&mut self) {
        if self.form.work_out() {
            self.form_now = OnceLock::new();
        }
    }

    /// Takes the next event; what is said may not be worked into the form yet, unless the event asks
    /// for the form. So a long log is read once and not once for each turn.
    pub(crate) fn advance(&mut self, event: &CaseEvent) -> Result<bool, FoldError> {
        if event.seq != self.seq + 1 {
            return Err(FoldError::OutOfOrder {
                case: self.case.clone(),
                wanted: self.seq + 1,
                found: event.seq,
            });
        }
        self.seq = event.seq;
        let stood = self.stands();
        // Also before anybody speaks: whoever came too early and is here again finds the form of that day.
        let day = day_of(self.today, &self.opened_at, &event.at);
        let new_day = self.form.begin_day(day);
        let form_changed = self.take(event);
        // Only these two ask whether the form is complete.
        let asks = matches!(
            event.payload,
            EventPayload::ReadBackGiven { .. } | EventPayload::Signed { .. }
        );
        // After a read-back every change is compared with what was read.
        if asks || (form_changed && self.shown.is_some()) {
            self.work_out();
        }
        if let EventPayload::ReadBackGiven { keys, rules, .. } = &event.payload {
            self.rules = *rules;
            self.form.keep_as_read(*rules);
            self.form_now = OnceLock::new();
            let mut unseen = self.filled();
            unseen.retain(|key| match keys.is_empty() {
                // A log from before keys were kept.
                true => *rules < 3 && key == DAYS_LATE,
                false => !keys.contains(key),
            });
            if self.form.leave_out(&unseen) {
                self.form_now = OnceLock::new();
            }
        }
        let complete = asks && self.open_by(self.rules).is_nothing();
        self.lifecycle.apply(event, complete);
        if self.lifecycle.read_back().is_none() {
            self.shown = None;
        } else if matches!(event.payload, EventPayload::ReadBackGiven { .. }) {
            self.shown = Some(self.shown_now());
        }
        if form_changed
            && let Some(shown) = &self.shown
            && *shown != self.shown_now()
        {
            self.lifecycle.changed(&event.at);
            self.shown = None;
        }
        if self.lifecycle.read_back().is_none() && self.rules != RULES_VERSION {
            // What is read and signed next is judged by today's rules.
            self.rules = RULES_VERSION;
            self.form_now = OnceLock::new();
            self.form.take_in();
        }
        let stands = self.stands();
        if stands.0 == CaseStage::Returned && stood.0 != CaseStage::Returned {
            self.returns = self.returns.saturating_add(1);
        }
        Ok(form_changed || new_day || stands != stood)
    }

    /// Where the case stands, as far as screens show it.
    fn stands(&self) -> (CaseStage, bool, bool) {
        let life = &self.lifecycle;
        (life.stage(), life.is_confirmed(), life.is_doubted())
    }

    /// Takes what an event says of words and values. Says whether the form may have changed.
    fn take(&mut self, event: &CaseEvent) -> bool {
        self.form_now = OnceLock::new();
        // What is on its way stays as it was signed, whatever people say or do then.
        let frozen = self.lifecycle.is_frozen();
        match &event.payload {
            EventPayload::UtteranceSettled(utterance) => {
                self.utterances.push(UtteranceView {
                    utterance: utterance.clone(),
                    translation: None,
                });
                !frozen && self.form.catch_up(&self.utterances)
            }
            EventPayload::TranslationSettled {
                utterance,
                lang,
                text,
                confidence,
                warnings,
                verified,
            } => {
                let known = self
                    .utterances
                    .iter_mut()
                    .rev()
                    .find(|u| u.utterance.id == *utterance);
                if let Some(known) = known {
                    known.translation.get_or_insert_with(|| TranslationView {
                        lang: *lang,
                        text: text.clone(),
                        confidence: *confidence,
                        warnings: warnings.clone(),
                        verified: *verified,
                    });
                }
                false
            }
            EventPayload::SlotConfirmed { .. }
            | EventPayload::SlotCorrected { .. }
            | EventPayload::SlotCleared { .. }
                if frozen =>
            {
                false
            }
            EventPayload::SlotConfirmed { key, value, by } => {
                let who = decider(event, by.as_ref());
                self.form.confirm(event.seq, key, value, &who)
            }
            EventPayload::SlotCorrected { key, value, by } => {
                let who = decider(event, by.as_ref());
                self.form.correct(event.seq, key, value, &who)
            }
            EventPayload::SlotCleared { key, by } => {
                self.form.clear(key, &decider(event, by.as_ref()))
            }
            EventPayload::ConsentGiven { notice, accepted } => {
                if let Some(speaker) = event.actor.speaker() {
                    self.consents
                        .retain(|(who, what, _)| (*who, *what) != (speaker, *notice));
                    self.consents.push((speaker, *notice, *accepted));
                    if (speaker, *notice) == (Speaker::Citizen, Notice::SoundKeeping) {
                        self.sound_refused = !*accepted;
                    }
                }
                false
            }
            EventPayload::SoundKeepingAsked { .. } => {
                // A new question: an earlier answer is none to it.
                self.forget_sound_consent();
                self.sound_asked = true;
                false
            }
            EventPayload::SoundKeepingStarted { .. }
            | EventPayload::SoundKeepingStopped { .. }
            | EventPayload::SoundDestroyed { .. } => {
                self.sound = self.sound.after(&event.payload);
                let is_destroyed = matches!(event.payload, EventPayload::SoundDestroyed { .. });
                self.sound_refused |= is_destroyed && event.actor == Role::Citizen;
                if self.sound == SoundState::Off {
                    // Whoever wants it kept again asks again.
                    self.forget_sound_consent();
                }
                false
            }
            EventPayload::InterpreterRequested {} => {
                self.interpreter_requested = true;
                false
            }
            EventPayload::ConversationEnded {} => {
                self.ended = true;
                false
            }
            _ => false,
        }
    }

    /// Keys of all slots that hold a value.
    pub fn filled(&self) -> Vec<String> {
        let slots = self.form_now().sections.iter().flat_map(|s| &s.slots);
        let filled = slots.filter(|slot| !slot.value.is_null());
        filled.map(|slot| slot.key.clone()).collect()
    }

    /// What the citizen was read and signs: not what the authority writes for its own record. An answer to what was
    /// emptied says that it is not as it was read.
    fn shown_now(&self) -> Vec<Shown> {
        let definition = self.form_state().definition();
        let internal = |key: &str| definition.field(key).is_some_and(|field| field.internal);
        let slots = self.form_now().sections.iter().flat_map(|s| &s.slots);
        slots
            .filter(|slot| !slot.value.is_null() || is_told_anew(slot, self.rules))
            .filter(|slot| !internal(&slot.key))
            .map(|slot| (slot.key.clone(), slot.value.clone(), slot.status))
            .collect()
    }

    /// Where the case stands, and how it came there.
    pub fn lifecycle(&self) -> &Lifecycle {
        &self.lifecycle
    }

    /// How often the second person sent it back.
    pub fn returns(&self) -> u32 {
        self.returns
    }

    /// The case.
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// Version of the rules under which the form was read back; without a read-back today's.
    pub(crate) fn rules(&self) -> u32 {
        self.rules
    }

    /// Sequence number of the newest event.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The form that is filled.
    pub fn form_id(&self) -> &str {
        &self.form_id
    }

    /// The day that relative dates are counted from.
    pub fn today(&self) -> Date {
        self.today
    }

    /// All utterances, in the order in which they were settled.
    pub fn utterances(&self) -> &[UtteranceView] {
        &self.utterances
    }

    /// One utterance.
    pub fn utterance(&self, id: UtteranceId) -> Option<&UtteranceView> {
        self.utterances.iter().rev().find(|u| u.utterance.id == id)
    }

    /// The number that the next utterance gets.
    pub fn next_utterance(&self) -> u32 {
        self.utterances
            .iter()
            .map(|u| u.utterance.id.0)
            .max()
            .unwrap_or(0)
            .saturating_add(1)
    }

    /// What a role answered to a notice; `None` if it was not asked yet.
    pub fn consent(&self, role: Role, notice: Notice) -> Option<bool> {
        let speaker = role.speaker()?;
        self.consents
            .iter()
            .find(|(who, what, _)| (*who, *what) == (speaker, notice))
            .map(|(_, _, accepted)| *accepted)
    }

    /// The notice that a speaker has still to accept before being heard, if any: everybody must
    /// know that a machine interprets, and the citizen how words are processed.
    pub fn missing_consent(&self, speaker: Speaker) -> Option<Notice> {
        let needed: &[Notice] = match speaker {
            Speaker::Staff => &[Notice::AiDisclosure],
            Speaker::Citizen => &[Notice::AiDisclosure, Notice::Processing],
        };
        needed
            .iter()
            .copied()
            .find(|n| !self.consents.contains(&(speaker, *n, true)))
    }

    fn forget_sound_consent(&mut self) {
        self.consents
            .retain(|(_, notice, _)| *notice != Notice::SoundKeeping);
        self.sound_asked = false;
    }

    /// Where the case stands with its sound.
    pub fn sound(&self) -> SoundState {
        self.sound
    }

    /// True while the citizen's answer is asked for, or was given: whether the sound may be kept.
    pub fn sound_asked(&self) -> bool {
        self.sound_asked
    }

    /// True while a no of the citizen's to keeping the sound stands, against every basis: neither being asked
    /// again nor that the sound is gone takes it back, only a yes.
    pub fn sound_refused(&self) -> bool {
        self.sound_refused
    }

    /// True once the citizen asked for a human interpreter.
    pub fn interpreter_requested(&self) -> bool {
        self.interpreter_requested
    }

    /// True once staff ended the conversation.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// True once the case was given up.
    pub fn cancelled(&self) -> bool {
        self.lifecycle.stage() == CaseStage::Cancelled
    }

    /// The form with everything that is known about it.
    pub fn form_state(&self) -> &FormState {
        self.form.state()
    }

    /// What the next answer is likely to name, by the turns that the form has heard.
    pub fn expected(&self) -> Vec<WordGroup> {
        self.form.expected()
    }

    /// The form as screens show it.
    pub fn form(&self) -> FormView {
        self.form_now().clone()
    }

    pub(crate) fn form_now(&self) -> &FormView {
        self.form_now.get_or_init(|| self.make_form())
    }

    fn make_form(&self) -> FormView {
        heard_form_view(self.form.state(), &self.utterances, self.rules)
    }

    /// What people wrote or vouched for and the form of today does not take, so that it does not stand
    /// in it: of a log that is older than a rule.
    pub fn misfits(&self) -> &[Misfit] {
        self.form.misfits()
    }

    /// Checks that a person may vouch for `value` in slot `key`.
    ///
    /// # Errors
    /// [`SlotError::Changed`] if the slot holds another value now.
    pub fn check_confirm(&self, key: &str, value: &Value) -> Result<(), SlotError> {
        self.form.check_confirm(key, value)
    }

    /// Checks that a person may write `value` into slot `key`; returns it as the form writes it.
    ///
    /// # Errors
    /// [`SlotError::Unknown`] and [`SlotError::Refused`].
    pub fn check_correct(&self, key: &str, value: &Value) -> Result<Value, SlotError> {
        self.form.check_correct(key, value)
    }

    /// Checks that a person may empty slot `key`.
    ///
    /// # Errors
    /// [`SlotError::Unknown`].
    pub fn check_clear(&self, key: &str) -> Result<(), SlotError> {
        self.form.check_clear(key)
    }
}
