//! What a second person needs to judge a case: what people did, and what is different now.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tolkebot_form::Slot;
use tolkebot_protocol::{
    CaseEvent, CaseId, ChangeView, EventPayload, HistoryLine, Role, SaidView, Speaker, Utterance,
    UtteranceId,
};

use crate::{CaseView, FoldError};

/// A case with what led to it, from one walk through its events.
#[derive(Debug)]
pub struct Story {
    /// The case as it is now.
    pub view: CaseView,
    /// What people did with it, oldest first: slots with their values before and after, whether somebody
    /// wrote them or they were said anew, and the steps of its life with their reasons.
    pub history: Vec<HistoryLine>,
    /// The values that differ from those when the case was sent back last; none if it never was.
    pub changed_since_return: Vec<ChangeView>,
}

impl Story {
    /// The utterances that values of the form rest on, and those by which words changed a value, with both
    /// texts, in the order of the conversation.
    pub fn evidence(&self) -> Vec<SaidView> {
        let former = self.history.iter().flat_map(|line| &line.utterances);
        said(&self.view, former.map(|utterance| utterance.0).collect())
    }

    /// Walks through a case's events, all of them from the first.
    ///
    /// # Errors
    /// [`FoldError`] if the events make no case.
    pub fn of(case: &CaseId, events: &[CaseEvent]) -> Result<Story, FoldError> {
        let Some((first, rest)) = events.split_first() else {
            return Err(FoldError::NoSuchCase(case.clone()));
        };
        let mut view = CaseView::fold(case, [first])?;
        let mut history = vec![line(first, "case_opened")];
        let mut returned = None;
        for event in rest {
            let key = match &event.payload {
                EventPayload::SlotConfirmed { key, .. }
                | EventPayload::SlotCorrected { key, .. }
                | EventPayload::SlotCleared { key, .. } => Some(key.clone()),
                _ => None,
            };
            let value = |view: &CaseView, key: &str| {
                view.form_state().value(key).cloned().unwrap_or(Value::Null)
            };
            let returns = matches!(event.payload, EventPayload::Returned { .. });
            let words = match &event.payload {
                EventPayload::UtteranceSettled(said) => Some(said),
                _ => None,
            };
            // The form is worked out only where somebody looks at it.
            if key.is_some() || returns || words.is_some() {
                view.work_out();
            }
            if let Some(said) = words {
                let then = heard(&view);
                view.advance(event)?;
                view.work_out();
                history.extend(reheard(event, said, then, &view));
                continue;
            }
            if returns {
                returned = Some(values(&view));
            }
            let before = key.as_deref().map(|key| value(&view, key));
            // The words over which somebody wrote something else, or which somebody took out.
            let written = matches!(
                event.payload,
                EventPayload::SlotCorrected { .. } | EventPayload::SlotCleared { .. }
            );
            let words = key.as_deref().filter(|_| written);
            let words = words.map_or_else(Vec::new, |key| rests_on(&view, key));
            view.advance(event)?;
            let Some(kind) = kind(&event.payload) else {
                continue;
            };
            let mut line = line(event, kind);
            if let Some(key) = key {
                view.work_out();
                line.before = before.unwrap_or(Value::Null);
                line.after = value(&view, &key);
                line.key = key;
                line.utterances = words;
            }
            history.push(line);
        }
        view.work_out();
        let changed_since_return = returned.map_or_else(Vec::new, |then| changes(&then, &view));
        Ok(Story {
            view,
            history,
            changed_since_return,
        })
    }
}

/// The slots whose values were said; those that follow from others change with them and are left out.
fn heard(view: &CaseView) -> BTreeMap<String, Slot> {
    let slots = view.form_state().slots().into_iter();
    slots
        .filter(|(_, slot)| slot.value.is_some() && !slot.derived)
        .map(|(key, slot)| (key.to_owned(), slot.clone()))
        .collect()
}

/// The utterances that a slot's value rests on, in the order of the conversation.
fn rests_on(view: &CaseView, key: &str) -> Vec<UtteranceId> {
    let slots = view.form_state().slots();
    let slot = slots.into_iter().find(|(of, _)| *of == key);
    let turns: BTreeSet<u32> = slot
        .map(|(_, slot)| slot.evidence.iter().map(|e| e.turn).collect())
        .unwrap_or_default();
    turns.into_iter().map(UtteranceId).collect()
}

/// Lines for the values that an utterance changed. It is the likeliest place of a wrong interpretation, so
/// the words that the old value rested on come along.
fn reheard(
    event: &CaseEvent,
    said: &Utterance,
    then: BTreeMap<String, Slot>,
    now: &CaseView,
) -> Vec<HistoryLine> {
    let changed = then.into_iter().filter_map(|(key, slot)| {
        let after = now.form_state().value(&key).cloned();
        (slot.value != after).then_some((key, slot, after))
    });
    changed
        .map(|(key, slot, after)| {
            let turns: BTreeSet<u32> = slot.evidence.iter().map(|e| e.turn).collect();
            let before = turns.into_iter().filter(|turn| *turn != said.id.0);
            HistoryLine {
                actor: match said.speaker {
                    Speaker::Staff => Role::Staff,
                    Speaker::Citizen => Role::Citizen,
                },
                key,
                before: slot.value.unwrap_or(Value::Null),
                after: after.unwrap_or(Value::Null),
                utterances: before.map(UtteranceId).chain([said.id]).collect(),
                ..line(event, "slot_reheard")
            }
        })
        .collect()
}

fn line(event: &CaseEvent, kind: &str) -> HistoryLine {
    use EventPayload as P;
    let (by, reason) = match &event.payload {
        P::SlotConfirmed { by, .. }
        | P::SlotCorrected { by, .. }
        | P::SlotCleared { by, .. }
        | P::ReadBackGiven { by, .. }
        | P::SentToSign { by, .. }
        | P::SentToReview { by }
        | P::Reopened { by }
        | P::Approved { by, .. } => (by.clone(), String::new()),
        P::Signed { by, signer, .. } => (by.clone(), signer.clone().unwrap_or_default()),
        P::DeliveryRetried { by, .. }
        | P::SoundKeepingStarted { by, .. }
        | P::SoundDestroyed { by, .. } => (by.clone(), String::new()),
        P::Returned { by, reason, .. } | P::Cancelled { by, reason } => {
            (by.clone(), reason.clone())
        }
        P::Submitted { channel, receipt } => (None, format!("{channel}: {receipt}")),
        _ => (None, String::new()),
    };
    let comments = match &event.payload {
        P::Returned { comments, .. } => comments.clone(),
        _ => Vec::new(),
    };
    HistoryLine {
        at: event.at.clone(),
        actor: event.actor,
        by,
        kind: kind.to_owned(),
        key: String::new(),
        before: Value::Null,
        after: Value::Null,
        reason,
        comments,
        utterances: Vec::new(),
    }
}

/// Name of an event that a person's act is, as in its JSON; `None` for all others.
fn kind(payload: &EventPayload) -> Option<&'static str> {
    use EventPayload as P;
    Some(match payload {
        P::CaseOpened { .. } => "case_opened",
        P::SlotConfirmed { .. } => "slot_confirmed",
        P::SlotCorrected { .. } => "slot_corrected",
        P::SlotCleared { .. } => "slot_cleared",
        P::InterpreterRequested {} => "interpreter_requested",
        P::SoundKeepingStarted { .. } => "sound_keeping_started",
        P::SoundDestroyed { .. } => "sound_destroyed",
        P::ConversationEnded {} => "conversation_ended",
        P::ReadBackGiven { .. } => "read_back_given",
        P::ReadBackConfirmed { .. } => "read_back_confirmed",
        P::ReadBackDoubted { .. } => "read_back_doubted",
        P::SentToSign { .. } => "sent_to_sign",
        P::Signed { .. } => "signed",
        P::SentToReview { .. } => "sent_to_review",
        P::Returned { .. } => "returned",
        P::Reopened { .. } => "reopened",
        P::Approved { .. } => "approved",
        P::DocumentSealed { .. } => "document_sealed",
        P::DeliveryRetried { .. } => "delivery_retried",
        P::Submitted { .. } => "submitted",
        P::Cancelled { .. } => "cancelled",
        P::ConsentGiven { .. }
        | P::SoundKeepingAsked { .. }
        | P::SoundKeepingStopped { .. }
        | P::ParticipantJoined { .. }
        | P::UtteranceSettled(_)
        | P::TranslationSettled { .. } => return None,
    })
}

fn changes(then: &BTreeMap<String, Value>, view: &CaseView) -> Vec<ChangeView> {
    let now = values(view);
    let keys: std::collections::BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let value =
        |of: &BTreeMap<String, Value>, key: &String| of.get(key).cloned().unwrap_or(Value::Null);
    keys.into_iter()
        .filter(|key| then.get(*key) != now.get(*key))
        .map(|key| ChangeView {
            key: key.clone(),
            before: value(then, key),
            after: value(&now, key),
        })
        .collect()
}

fn values(view: &CaseView) -> BTreeMap<String, Value> {
    let slots = view.form_state().slots().into_iter();
    slots
        .filter_map(|(key, slot)| Some((key.to_owned(), slot.value.clone()?)))
        .collect()
}

/// The utterances that values of the form rest on, with both texts, in the order of the
/// conversation. What nobody's value rests on is nobody else's business.
pub fn evidence(view: &CaseView) -> Vec<SaidView> {
    said(view, Vec::new())
}

/// The utterances that values rest on, and those with the numbers in `used`.
fn said(view: &CaseView, mut used: Vec<u32>) -> Vec<SaidView> {
    let form = view.form();
    let slots = form.sections.iter().flat_map(|s| &s.slots);
    let now = slots.flat_map(|slot| {
        let rivals = slot.alternatives.iter().flat_map(|a| &a.evidence);
        slot.evidence.iter().chain(rivals)
    });
    used.extend(now.map(|evidence| evidence.utterance.0));
    used.sort_unstable();
    used.dedup();
    view.utterances()
        .iter()
        .filter(|said| used.binary_search(&said.utterance.id.0).is_ok())
        .map(|said| {
            let translation = said.translation.as_ref();
            SaidView {
                utterance: said.utterance.id,
                speaker: said.utterance.speaker,
                lang: said.utterance.lang,
                text: said.utterance.text.clone(),
                translation: translation.map(|t| t.text.clone()).unwrap_or_default(),
                confidence: translation.map_or(0.0, |t| t.confidence),
                warnings: translation.map(|t| t.warnings.clone()).unwrap_or_default(),
                verified: translation.is_some_and(|t| t.verified),
            }
        })
        .collect()
}
