//! Values in which every field is set, so that the snapshots show all of them.

use serde_json::json;
use tolkebot_protocol::*;

/// Where a value was heard.
pub fn evidence() -> EvidenceView {
    EvidenceView {
        utterance: UtteranceId(4),
        speaker: Speaker::Citizen,
        lang: Lang::Uk,
        quote: "п'ятнадцятого грудня".into(),
        start: 2,
        end: 22,
    }
}

/// A form with one slot in which everything is set.
pub fn form() -> FormView {
    FormView {
        sections: vec![SectionView {
            id: "date".into(),
            title_da: "Flyttedato".into(),
            title_uk: "Дата переїзду".into(),
            slots: vec![SlotView {
                key: "move_date".into(),
                label_da: "Flyttedato".into(),
                label_uk: "Дата переїзду".into(),
                value: json!("2026-12-15"),
                display_da: "15. december 2026".into(),
                display_uk: "15 грудня 2026 року".into(),
                status: SlotStatus::NeedsConfirmation,
                confidence: 0.6,
                required: true,
                sensitive: false,
                choices: vec![ChoiceView {
                    value: "a".into(),
                    label_da: "A".into(),
                    label_uk: "А".into(),
                }],
                evidence: vec![evidence()],
                alternatives: vec![AlternativeView {
                    value: json!("2026-12-05"),
                    display_da: "5. december 2026".into(),
                    display_uk: "5 грудня 2026 року".into(),
                    evidence: vec![evidence()],
                }],
                decided: Some(DecisionView {
                    what: Decided::Confirmed,
                    actor: Role::Staff,
                    by: Some("anne".into()),
                    at: "2026-11-24T09:00:00.120Z".into(),
                }),
            }],
        }],
        issues: vec![IssueView {
            rule: "R01".into(),
            severity: Severity::Warning,
            keys: vec!["move_date".into()],
            text_da: "For tidligt".into(),
            text_uk: "Зарано".into(),
        }],
        missing: vec!["to.postal_code".into()],
        next_question: Some(QuestionView {
            key: "to.postal_code".into(),
            da: "Hvad er postnummeret?".into(),
            uk: "Який поштовий індекс?".into(),
        }),
    }
}

/// A signature by finger.
pub fn ink() -> Ink {
    Ink {
        width: 100,
        height: 40,
        strokes: vec![vec![[1, 2, 0], [3, 4, 16]]],
    }
}

/// Where a case stands.
pub fn stage() -> StageView {
    StageView {
        state: CaseStage::InReview,
        digest: "d".into(),
        missing: vec!["to.floor".into()],
        unconfirmed: vec!["mover.phone".into()],
        blocked_by: vec!["R01".into()],
        read_back: vec![ReadBackView {
            da: "Flyttedato".into(),
            uk: "Дата переїзду".into(),
        }],
        unread: vec!["to.address_line".into()],
        read_back_confirmed: true,
        read_back_doubted: false,
        signature: Some(SignatureView {
            method: SigningMethod::Tablet,
            signer: "Oksana Kovalenko".into(),
            at: "2026-11-24T09:00:00.120Z".into(),
            digest: "d".into(),
            void: false,
        }),
        returned_because: "x".into(),
        comments: vec![FieldComment {
            key: "move_date".into(),
            text: "?".into(),
        }],
    }
}

/// An event of a case.
pub fn event(payload: EventPayload) -> CaseEvent {
    CaseEvent {
        seq: 7,
        at: "2026-11-24T09:00:00.120Z".into(),
        actor: Role::Citizen,
        payload,
    }
}
