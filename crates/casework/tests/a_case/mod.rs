//! A case whose log tests write: filled by staff, read back, signed, reviewed.

#![allow(dead_code, reason = "each test file uses a part of this")]

use serde_json::{Value, json};
use tolkebot_casework::{CaseView, FORM};
use tolkebot_form::RULES_VERSION;
use tolkebot_protocol::{
    CaseEvent, CaseId, CaseStage, EventPayload, Lang, Role, SigningMethod, Speaker, Utterance,
    UtteranceId, UtteranceSource,
};

/// A move within Aarhus, alone, told by staff. Everybody is invented.
pub fn values() -> Vec<(&'static str, Value)> {
    vec![
        ("case.move_type", json!("domestic_within_municipality")),
        ("case.reporter_role", json!("self")),
        ("mover.surname", json!("Kovalenko")),
        ("mover.given_names", json!("Oksana")),
        ("mover.name_source", json!("passport")),
        ("mover.cpr_number", json!("070584-1234")),
        ("mover.birth_date", json!("1984-05-07")),
        ("mover.id_document_type", json!("passport")),
        ("mover.has_mitid", json!(false)),
        ("move_date", json!("2026-12-05")),
        ("from.country", json!("Danmark")),
        (
            "from.address_line",
            json!("Vestergade 12, 2. th, 8000 Aarhus C"),
        ),
        ("from.whole_household_moves", json!(true)),
        ("to.street_name", json!("Randersvej")),
        ("to.house_number", json!(95)),
        ("to.postal_code", json!("8200")),
        ("dwelling.type", json!("rented_private")),
        ("dwelling.others_registered", json!(false)),
        ("dwelling.lease_document", json!("shown")),
        ("household.count", json!(1)),
        ("gp.choice", json!("keep")),
        ("poa.used", json!(false)),
    ]
}

/// A case whose events a test adds one by one.
pub struct Case {
    pub id: CaseId,
    pub events: Vec<CaseEvent>,
}

impl Case {
    pub fn filled() -> Case {
        let mut case = Case {
            id: CaseId("a-1".into()),
            events: Vec::new(),
        };
        case.add(
            Role::Staff,
            EventPayload::CaseOpened {
                form: FORM.into(),
                today: "2026-12-01".into(),
            },
        );
        for (key, value) in values() {
            case.correct(key, value);
        }
        case
    }

    pub fn add(&mut self, actor: Role, payload: EventPayload) {
        let seq = self.events.len() as u64 + 1;
        self.events.push(CaseEvent {
            seq,
            at: format!("2026-12-01T10:{:02}:{:02}.000Z", seq / 60, seq % 60),
            actor,
            payload,
        });
    }

    pub fn correct(&mut self, key: &str, value: Value) {
        let key = key.to_owned();
        self.add(
            Role::Staff,
            EventPayload::SlotCorrected {
                key,
                value,
                by: None,
            },
        );
    }

    pub fn read_back(&mut self) {
        let digest = "d".to_owned();
        self.add(
            Role::Staff,
            EventPayload::ReadBackGiven {
                digest: digest.clone(),
                by: None,
                keys: Vec::new(),
                rules: RULES_VERSION,
            },
        );
        self.add(Role::Citizen, EventPayload::ReadBackConfirmed { digest });
    }

    pub fn sign(&mut self) {
        self.add(
            Role::Citizen,
            EventPayload::Signed {
                digest: "d".into(),
                method: SigningMethod::Tablet,
                ink: None,
                signer: None,
                declaration: None,
                signed_at: None,
                by: None,
            },
        );
    }

    pub fn signed() -> Case {
        let mut case = Case::filled();
        case.read_back();
        case.sign();
        case
    }

    pub fn send_and_approve(&mut self) {
        self.add(Role::Staff, EventPayload::SentToReview { by: None });
        self.add(
            Role::Supervisor,
            EventPayload::Approved {
                digest: "d".into(),
                by: Some("bo".into()),
            },
        );
    }

    pub fn say(&mut self, text: &str, translation: &str) {
        self.settle(Speaker::Citizen, text, translation);
    }

    pub fn ask(&mut self, text: &str, translation: &str) {
        self.settle(Speaker::Staff, text, translation);
    }

    pub fn settle(&mut self, speaker: Speaker, text: &str, translation: &str) {
        let (role, lang, other) = match speaker {
            Speaker::Staff => (Role::Staff, Lang::Da, Lang::Uk),
            Speaker::Citizen => (Role::Citizen, Lang::Uk, Lang::Da),
        };
        let id = UtteranceId(self.events.len() as u32 + 1);
        self.add(
            role,
            EventPayload::UtteranceSettled(Utterance {
                id,
                speaker,
                lang,
                text: text.into(),
                source: UtteranceSource::Typed,
                start_ms: 0,
                end_ms: 1,
                confidence: 1.0,
                reconsidered: Vec::new(),
                interrupted: false,
                sent_as: None,
            }),
        );
        self.add(
            Role::System,
            EventPayload::TranslationSettled {
                utterance: id,
                lang: other,
                text: translation.into(),
                confidence: 0.9,
                warnings: vec![],
                verified: false,
            },
        );
    }

    pub fn view(&self) -> CaseView {
        CaseView::fold(&self.id, &self.events).unwrap()
    }

    pub fn stage(&self) -> CaseStage {
        self.view().lifecycle().stage()
    }
}
