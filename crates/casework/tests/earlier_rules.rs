//! What was read and signed under an earlier version of the form's rules stays as it was signed.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::{Case, values};
use serde_json::json;
use tolkebot_casework::{CaseView, FORM};
use tolkebot_protocol::{CaseId, CaseStage, EventPayload, Role};

/// A case that is whole by the first rules, signed under these. Later ones ask who has custody of the child,
/// and want a number with a date. `keys`: what the log says that the form held.
fn signed(rules: u32, keys: &[String]) -> CaseView {
    let mut case = Case::filled();
    for (key, value) in [
        ("mover.cpr_number", json!("310284-1234")),
        ("household.count", json!(2)),
        ("household[0].given_names", json!("Sofiia")),
        ("household[0].surname", json!("Kovalenko")),
        ("household[0].cpr_number", json!("100115-6789")),
        ("household[0].birth_date", json!("2015-01-10")),
        ("household[0].relation", json!("child")),
    ] {
        case.correct(key, value);
    }
    read_and_signed(case, rules, keys)
}

/// The case once it was read back under these rules and signed.
fn read_and_signed(mut case: Case, rules: u32, keys: &[String]) -> CaseView {
    let digest = "d".to_owned();
    let read_back = EventPayload::ReadBackGiven {
        digest: digest.clone(),
        by: None,
        keys: keys.to_vec(),
        rules,
    };
    case.add(Role::Staff, read_back);
    case.add(Role::Citizen, EventPayload::ReadBackConfirmed { digest });
    case.sign();
    case.view()
}

/// A case in which this was said before staff wrote every value but those left out.
fn told(turns: &[(&str, &str)], left_out: &[&str]) -> Case {
    let mut case = Case {
        id: CaseId("a-1".into()),
        events: Vec::new(),
    };
    let opened = EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-12-01".into(),
    };
    case.add(Role::Staff, opened);
    for (asked, answered) in turns {
        case.ask(asked, "–");
        case.say(answered, "–");
    }
    for (key, value) in values() {
        if !left_out.contains(&key) {
            case.correct(key, value);
        }
    }
    case
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

/// The row of somebody whom only a later version hears must not make the number of persons wrong.
#[test]
fn a_person_whom_only_a_later_version_hears_undoes_no_signature() {
    let turns = [
        ("Hvad hedder du?", "Оксана Коваленко."),
        ("Hvem flytter med dig?", "Донька Софія."),
    ];
    let case = || told(&turns, &[]);
    let now = case().view();
    assert!(now.form_state().household_len() > 0);
    assert!(now.open().blocked_by.contains(&"R28".to_owned()));
    let keys = Case::filled().view().filled();
    let view = read_and_signed(case(), 2, &keys);
    assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
    assert!(view.lifecycle().signature().is_some_and(|s| !s.void));
    assert_eq!(view.filled(), keys);
}
