//! The form as screens show it, made from the form's state.

use serde_json::Value;
use tolkebot_form::{
    Evidence, FieldDef, FilledBy, FormState, Rival, Sensitivity, Severity, Slot, SlotStatus,
    section_title,
};
use tolkebot_protocol as wire;
use tolkebot_protocol::{
    AlternativeView, ChoiceView, DecisionView, EvidenceView, FormView, IssueView, Lang,
    QuestionView, Role, SectionView, SlotView, Speaker, Utterance, UtteranceId,
};

use crate::open::must_be_vouched_for;
use crate::spoken::{UtteranceView, is_clear};

/// Sections that are filled while the form is signed and handed in: shown while they hold something, like all that the
/// product fills by itself.
const LATER: [&str; 2] = ["declaration", "session"];

/// Everything that a screen shows of a form: the slots that apply to this case, person by person,
/// in the form's order.
pub fn form_view(state: &FormState) -> FormView {
    let mut sections: Vec<SectionView> = Vec::new();
    for field in state.definition().fields() {
        if !sections.iter().any(|s| s.id == field.section) {
            let slots = section_slots(state, &field.section);
            sections.push(SectionView {
                id: field.section.clone(),
                title_da: section_title(&field.section, Lang::Da).to_owned(),
                title_uk: section_title(&field.section, Lang::Uk).to_owned(),
                slots,
            });
        }
    }
    sections.retain(|section| !section.slots.is_empty());
    FormView {
        sections,
        issues: state
            .issues()
            .into_iter()
            .map(|issue| IssueView {
                rule: issue.rule.to_owned(),
                severity: match issue.severity {
                    Severity::Error => wire::Severity::Error,
                    Severity::Warning => wire::Severity::Warning,
                    Severity::Info => wire::Severity::Info,
                },
                keys: issue.keys,
                text_da: issue.da,
                text_uk: issue.uk,
            })
            .collect(),
        missing: state.missing(),
        next_question: state.next_question().map(|q| QuestionView {
            key: q.key,
            da: q.da,
            uk: q.uk,
        }),
    }
}

/// The form of a case under rules of version `rules`, as it was heard. A value that no utterance says clearly is one
/// to ask about, however well it fits: the recogniser's guesses look like values, too, and so does what it wrote
/// because it is more usual than what it heard. A value that was concluded from talk is proposed like one that was
/// said; `derived` is what the form makes of its own values.
pub(crate) fn heard_form_view(
    state: &FormState,
    utterances: &[UtteranceView],
    rules: u32,
) -> FormView {
    let mut form = form_view(state);
    for slot in form.sections.iter_mut().flat_map(|s| &mut s.slots) {
        if slot.status == wire::SlotStatus::Derived && must_be_vouched_for(&slot.key, state, rules)
        {
            slot.status = wire::SlotStatus::Proposed;
        }
        let heard = matches!(
            slot.status,
            wire::SlotStatus::Proposed | wire::SlotStatus::Derived
        );
        let clear = slot
            .evidence
            .iter()
            .any(|e| is_heard_clearly(e, utterances));
        let unclear = !slot.evidence.is_empty() && !clear;
        if heard && (unclear || agrees_by_guess(&slot.evidence, utterances)) {
            slot.status = wire::SlotStatus::NeedsConfirmation;
        }
    }
    form
}

fn is_heard_clearly(evidence: &EvidenceView, utterances: &[UtteranceView]) -> bool {
    utterance_of(evidence, utterances)
        .is_some_and(|u| is_clear(u.confidence, &u.reconsidered, evidence.span()))
}

/// Whether two people agree only because the language made one of them say what the other did: names
/// that the form holds are expected, and a read-back that is pulled towards them proves nothing.
fn agrees_by_guess(evidence: &[EvidenceView], utterances: &[UtteranceView]) -> bool {
    let said_by = |who: Speaker, guessed_too: bool| {
        evidence.iter().any(|e| {
            let guessed = utterance_of(e, utterances)
                .is_some_and(|u| u.reconsidered.iter().any(|s| s.overlaps(e.span())));
            e.speaker == who && (guessed_too || !guessed)
        })
    };
    let both = |guessed_too| {
        said_by(Speaker::Staff, guessed_too) && said_by(Speaker::Citizen, guessed_too)
    };
    both(true) && !both(false)
}

fn utterance_of<'a>(
    evidence: &EvidenceView,
    utterances: &'a [UtteranceView],
) -> Option<&'a Utterance> {
    let mut all = utterances.iter().map(|u| &u.utterance);
    all.find(|u| u.id == evidence.utterance)
}

/// A section's slots: single fields first, then each person's fields together.
fn section_slots(state: &FormState, section: &str) -> Vec<SlotView> {
    let fields = || {
        state
            .definition()
            .fields()
            .iter()
            .filter(|f| f.section == section)
    };
    let single = fields().filter(|f| !f.key.contains("[]"));
    let mut slots: Vec<SlotView> = single.filter_map(|f| slot_view(state, &f.key, f)).collect();
    for (group, count) in [
        ("household", state.household_len()),
        ("children", state.children_len()),
    ] {
        for index in 0..count {
            slots.extend(fields().filter_map(|field| {
                let name = field.key.strip_prefix(group)?.strip_prefix("[].")?;
                slot_view(state, &format!("{group}[{index}].{name}"), field)
            }));
        }
    }
    slots
}

fn slot_view(state: &FormState, key: &str, field: &FieldDef) -> Option<SlotView> {
    let slot = state.slot(key);
    let by_itself = field.filled_by == FilledBy::System || LATER.contains(&field.section.as_str());
    let shown = match by_itself {
        // What a person emptied can be written again; what a read-back under earlier rules left out was never there.
        true => slot.is_some_and(|slot| {
            let by_person = |decided: &DecisionView| decided.actor != Role::System;
            slot.value.is_some() || slot.decided.as_ref().is_some_and(by_person)
        }),
        false => slot.is_some() || state.applies(key),
    };
    if !shown {
        return None;
    }
    let value = slot.and_then(|s| s.value.clone()).unwrap_or(Value::Null);
    Some(SlotView {
        key: key.to_owned(),
        label_da: field.label_da.clone(),
        label_uk: field.label_uk.clone(),
        display_da: state.show(key, &value, Lang::Da),
        display_uk: state.show(key, &value, Lang::Uk),
        value,
        status: slot.map_or(wire::SlotStatus::Empty, status),
        confidence: slot.map_or(0.0, |s| s.confidence),
        required: state.is_required(key),
        sensitive: is_sensitive(state, key, field),
        choices: field
            .values
            .iter()
            .map(|v| ChoiceView {
                value: v.value.clone(),
                label_da: v.da.clone(),
                label_uk: v.uk.clone(),
            })
            .collect(),
        evidence: slot.map(|s| evidence(&s.evidence)).unwrap_or_default(),
        alternatives: slot
            .map(|s| {
                s.rivals
                    .iter()
                    .map(|rival| alternative(state, key, rival))
                    .collect()
            })
            .unwrap_or_default(),
        decided: slot.and_then(|s| s.decided.clone()),
    })
}

fn status(slot: &Slot) -> wire::SlotStatus {
    match slot.status {
        SlotStatus::Proposed if slot.derived => wire::SlotStatus::Derived,
        SlotStatus::Proposed => wire::SlotStatus::Proposed,
        SlotStatus::NeedsConfirmation => wire::SlotStatus::NeedsConfirmation,
        SlotStatus::Confirmed => wire::SlotStatus::Confirmed,
        SlotStatus::Conflict => wire::SlotStatus::Conflict,
        SlotStatus::Corrected => wire::SlotStatus::Corrected,
        SlotStatus::Cleared => wire::SlotStatus::Cleared,
    }
}

/// CPR numbers and the like always; the new address too when name and address are protected.
fn is_sensitive(state: &FormState, key: &str, field: &FieldDef) -> bool {
    match field.sensitivity {
        Sensitivity::Cpr | Sensitivity::Protected | Sensitivity::Special => true,
        Sensitivity::Ordinary | Sensitivity::MayBecomeSpecial => {
            state.is_protected() && key.starts_with("to.")
        }
    }
}

fn evidence(list: &[Evidence]) -> Vec<EvidenceView> {
    list.iter()
        .map(|e| EvidenceView {
            utterance: UtteranceId(e.turn),
            speaker: e.speaker,
            lang: e.lang,
            quote: e.text.clone(),
            start: u32::try_from(e.chars.start).unwrap_or(u32::MAX),
            end: u32::try_from(e.chars.end).unwrap_or(u32::MAX),
        })
        .collect()
}

fn alternative(state: &FormState, key: &str, rival: &Rival) -> AlternativeView {
    AlternativeView {
        value: rival.value.clone(),
        display_da: state.show(key, &rival.value, Lang::Da),
        display_uk: state.show(key, &rival.value, Lang::Uk),
        evidence: evidence(&rival.evidence),
    }
}
