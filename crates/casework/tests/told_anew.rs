//! A value that somebody emptied, and the citizen's new answer: nobody reads out a form in which it is lacking.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::Case;
use serde_json::{Value, json};
use tolkebot_casework::Outline;
use tolkebot_form::RULES_VERSION;
use tolkebot_protocol::{CaseStage, EventPayload, Role, SlotStatus, SlotView};

const PHONE: &str = "mover.phone";
const ASKED: &str = "Hvad er dit telefonnummer?";
const HEARD: &str = "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.";
const ANEW: &str = "Двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.";

/// A whole form whose telephone number was heard wrongly and emptied.
fn emptied() -> Case {
    let mut case = Case::filled();
    case.ask(ASKED, "–");
    case.say(HEARD, "–");
    clear(&mut case);
    assert_eq!(case.view().open(), Default::default());
    case
}

/// The same once the citizen has answered again.
fn told_anew() -> Case {
    let mut case = emptied();
    case.ask(ASKED, "–");
    case.say(ANEW, "–");
    case
}

fn clear(case: &mut Case) {
    let cleared = EventPayload::SlotCleared {
        key: PHONE.into(),
        by: None,
    };
    case.add(Role::Staff, cleared);
}

fn read_back(case: &mut Case, rules: u32) {
    let digest = "d".to_owned();
    let given = EventPayload::ReadBackGiven {
        digest: digest.clone(),
        by: None,
        keys: Vec::new(),
        rules,
    };
    case.add(Role::Staff, given);
    case.add(Role::Citizen, EventPayload::ReadBackConfirmed { digest });
}

fn phone(case: &Case) -> SlotView {
    let form = case.view().form();
    let mut slots = form.sections.into_iter().flat_map(|section| section.slots);
    slots.find(|slot| slot.key == PHONE).unwrap()
}

#[test]
fn an_answer_to_what_was_emptied_must_be_taken_or_put_aside_before_the_form_is_read_out() {
    let mut case = told_anew();
    let slot = phone(&case);
    assert_eq!(
        (&slot.value, slot.status),
        (&Value::Null, SlotStatus::Conflict)
    );
    let [answer] = slot.alternatives.as_slice() else {
        panic!("{:?}", slot.alternatives);
    };
    assert_eq!(case.view().open().unconfirmed, [PHONE]);
    let outline = Outline::of(&case.view(), "");
    assert_eq!(outline.total, outline.settled + 1);

    read_back(&mut case, RULES_VERSION);
    assert_eq!(case.stage(), CaseStage::Open);
    // Taken,
    let mut taken = told_anew();
    taken.correct(PHONE, answer.value.clone());
    assert_eq!(taken.view().open(), Default::default());
    // or emptied again: it is still nothing.
    clear(&mut case);
    assert_eq!(case.view().open(), Default::default());
    let outline = Outline::of(&case.view(), "");
    assert_eq!(outline.total, outline.settled);
    read_back(&mut case, RULES_VERSION);
    assert_eq!(case.stage(), CaseStage::ReadBack);
}

#[test]
fn what_is_told_after_the_signature_about_an_emptied_value_makes_it_void() {
    let mut case = emptied();
    read_back(&mut case, RULES_VERSION);
    case.sign();
    assert_eq!(case.stage(), CaseStage::Signed);
    case.say(
        "До речі, мій телефон: двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.",
        "–",
    );
    assert_eq!(phone(&case).status, SlotStatus::Conflict);
    assert_eq!(case.stage(), CaseStage::Open);
    assert!(case.view().lifecycle().signature().is_some_and(|s| s.void));
}

/// Until the fourth rules it was no more than empty.
#[test]
fn what_was_read_and_signed_beside_a_new_answer_stays_signed() {
    for rules in [2, 3] {
        let mut case = told_anew();
        read_back(&mut case, rules);
        case.sign();
        assert_eq!(case.stage(), CaseStage::Signed, "{rules}");
        case.correct("staff.note", json!("Ringer i morgen"));
        assert!(case.view().lifecycle().signature().is_some_and(|s| !s.void));
    }
}
