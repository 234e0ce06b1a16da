//! A case as the citizen's tablet sees it: all that they will sign for, also what staff fills in; without
//! what staff writes for the authority's own record, without what the second person remarked, and without
//! names of accounts.
//!
//! The events keep their numbers, so that a tablet knows what it has had.

use serde_json::Value;
use tolkebot_form::{FilledBy, FormDefinition};
use tolkebot_protocol::{CaseEvent, EventPayload, FormView, StageView};

/// True for a field that staff fills in: the citizen sees it and cannot change it.
pub(crate) fn is_staffs(key: &str) -> bool {
    let form = FormDefinition::embedded();
    let field = form.field(key);
    field.is_some_and(|field| field.filled_by == FilledBy::Staff)
}

/// True for a field of the authority's own record, which the citizen does not see.
fn is_internal(key: &str) -> bool {
    let form = FormDefinition::embedded();
    form.field(key).is_some_and(|field| field.internal)
}

/// The form.
pub(crate) fn form(mut view: FormView) -> FormView {
    for section in &mut view.sections {
        section.slots.retain(|slot| !is_internal(&slot.key));
        for slot in &mut section.slots {
            if let Some(decided) = &mut slot.decided {
                decided.by = None;
            }
        }
    }
    view.sections.retain(|section| !section.slots.is_empty());
    view
}

/// Where the case stands.
pub(crate) fn stage(view: StageView) -> StageView {
    StageView {
        returned_because: String::new(),
        comments: Vec::new(),
        ..view
    }
}

/// The form as data, in the shape of [`tolkebot_form::FormState::to_contract_json`].
pub(crate) fn contract(form: &mut Value) {
    if let Some(slots) = form["slots"].as_object_mut() {
        slots.retain(|key, _| !is_internal(key));
        for slot in slots.values_mut() {
            if let Some(decided) = slot.get_mut("decided").and_then(Value::as_object_mut) {
                decided.remove("by");
            }
        }
    }
    if let Some(conflicts) = form["conflicts"].as_array_mut() {
        conflicts.retain(|one| !one["key"].as_str().is_some_and(is_internal));
    }
}

/// An event of the log.
pub(crate) fn event(mut event: CaseEvent) -> CaseEvent {
    use EventPayload as P;
    match &mut event.payload {
        P::SlotConfirmed { key, value, by } | P::SlotCorrected { key, value, by } => {
            if is_internal(key) {
                *value = Value::Null;
            }
            *by = None;
        }
        P::Returned {
            reason,
            comments,
            by,
        } => {
            reason.clear();
            comments.clear();
            *by = None;
        }
        P::Cancelled { reason, by } => {
            reason.clear();
            *by = None;
        }
        P::SlotCleared { by, .. }
        | P::SoundKeepingAsked { by }
        | P::SoundKeepingStarted { by, .. }
        | P::SoundDestroyed { by, .. }
        | P::ReadBackGiven { by, .. }
        | P::Signed { by, .. }
        | P::SentToSign { by, .. }
        | P::SentToReview { by }
        | P::Reopened { by }
        | P::Approved { by, .. }
        | P::DeliveryRetried { by, .. } => *by = None,
        P::CaseOpened { .. }
        | P::ConsentGiven { .. }
        | P::ParticipantJoined { .. }
        | P::UtteranceSettled(_)
        | P::TranslationSettled { .. }
        | P::SoundKeepingStopped { .. }
        | P::InterpreterRequested {}
        | P::ConversationEnded {}
        | P::ReadBackConfirmed { .. }
        | P::ReadBackDoubted { .. }
        | P::DocumentSealed { .. }
        | P::Submitted { .. } => {}
    }
    event
}
