//! What was read and signed under an earlier version of the form's rules stays as it was signed.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use serde_json::{Value, json};
use tolkebot_casework::{CaseView, FORM};
use tolkebot_protocol::{CaseEvent, CaseId, CaseStage, EventPayload, Role, SigningMethod};

/// Whole by the first rules. Later ones ask who has custody of the child, and want a number with a date.
fn values() -> Vec<(&'static str, Value)> {
    vec![
        ("case.move_type", json!("domestic_within_municipality")),
        ("case.reporter_role", json!("self")),
        ("mover.surname", json!("Kovalenko")),
        ("mover.given_names", json!("Oksana")),
        ("mover.name_source", json!("passport")),
        ("mover.cpr_number", json!("310284-1234")),
        ("mover.birth_date", json!("1984-02-28")),
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
        ("household.count", json!(2)),
        ("household[0].given_names", json!("Sofiia")),
        ("household[0].surname", json!("Kovalenko")),
        ("household[0].cpr_number", json!("100115-6789")),
        ("household[0].birth_date", json!("2015-01-10")),
        ("household[0].relation", json!("child")),
        ("gp.choice", json!("keep")),
        ("poa.used", json!(false)),
    ]
}

/// The case, signed under these rules. `keys`: what the log says that the form held.
fn signed(rules: u32, keys: &[String]) -> CaseView {
    let staff = |key: &str, value: Value| EventPayload::SlotCorrected {
        key: key.to_owned(),
        value,
        by: None,
    };
    let digest = "d".to_owned();
    let mut steps = vec![(
        Role::Staff,
        EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2026-12-01".into(),
        },
    )];
    steps.extend(
        values()
            .into_iter()
            .map(|(k, v)| (Role::Staff, staff(k, v))),
    );
    steps.extend([
        (
            Role::Staff,
            EventPayload::ReadBackGiven {
                digest: digest.clone(),
                by: None,
                keys: keys.to_vec(),
                rules,
            },
        ),
        (
            Role::Citizen,
            EventPayload::ReadBackConfirmed {
                digest: digest.clone(),
            },
        ),
        (
            Role::Citizen,
            EventPayload::Signed {
                digest,
                method: SigningMethod::Tablet,
                ink: None,
                signer: None,
                declaration: None,
                by: None,
            },
        ),
    ]);
    let events = steps
        .into_iter()
        .zip(1..)
        .map(|((actor, payload), seq)| CaseEvent {
            seq,
            at: format!("2026-12-01T10:{:02}:{:02}.000Z", seq / 60, seq % 60),
            actor,
            payload,
        });
    let events: Vec<_> = events.collect();
    CaseView::fold(&CaseId("a-1".into()), &events).unwrap()
}

/// What the form held by the first rules: it made nothing of a child that nobody spoke of.
fn held() -> Vec<String> {
    let mut keys = signed(1, &[]).filled();
    keys.retain(|key| !key.starts_with("children["));
    keys
}

#[test]
fn what_later_rules_ask_for_undoes_no_signature() {
    let keys = held();
    let view = signed(1, &keys);
    assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
    assert!(view.lifecycle().signature().is_some_and(|s| !s.void));
    // The document is the one that was signed: nothing stands in it that was not read.
    let mut filled = view.filled();
    filled.sort();
    let mut read = keys.clone();
    read.sort();
    assert_eq!(filled, read);
    // What is asked for now is said all the same.
    let open = view.open();
    assert!(open.missing.iter().any(|key| key.ends_with(".custody")));
    assert!(open.blocked_by.contains(&"R05".to_owned()));
}

#[test]
fn nobody_signs_it_under_the_rules_of_today() {
    let keys = held();
    assert_eq!(signed(2, &keys).lifecycle().stage(), CaseStage::Open);
}
