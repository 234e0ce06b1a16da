//! What was read and signed under an earlier version of the form's rules stays as it was signed.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod a_case;

use a_case::{Case, values};
use serde_json::json;
use tolkebot_casework::{CaseView, FORM};
use tolkebot_form::RULES_VERSION;
use tolkebot_protocol::{CaseId, CaseStage, EventPayload, Role, SlotStatus};

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
    read_and_sign(&mut case, rules, keys);
    case.view()
}

fn read_and_sign(case: &mut Case, rules: u32, keys: &[String]) {
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
    for rules in [2, RULES_VERSION] {
        assert_eq!(signed(rules, &keys).lifecycle().stage(), CaseStage::Open);
    }
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

fn status(view: &CaseView, key: &str) -> Option<SlotStatus> {
    let form = view.form();
    let mut slots = form.sections.iter().flat_map(|s| &s.slots);
    slots.find(|slot| slot.key == key).map(|slot| slot.status)
}

/// Until the third rules nobody was asked about what follows from talk: here that whoever gives their name reports
/// their own move.
#[test]
fn what_followed_from_talk_was_signed_unasked_under_earlier_rules() {
    let key = "case.reporter_role";
    let turns = [("Hvad hedder du?", "Оксана Коваленко.")];
    let case = || told(&turns, &[key]);
    let keys = case().view().filled();
    let signed = read_and_signed(case(), 2, &keys);
    assert_eq!(signed.lifecycle().stage(), CaseStage::Signed);
    assert_eq!(status(&signed, key), Some(SlotStatus::Derived));
    assert_eq!(signed.open().unconfirmed, [key]);
    // Who signs today vouches for it first.
    let today = read_and_signed(case(), RULES_VERSION, &keys);
    assert_eq!(today.lifecycle().stage(), CaseStage::Open);
    assert_eq!(status(&today, key), Some(SlotStatus::Proposed));
    assert_eq!(today.open().unconfirmed, [key]);
    let mut pressed = case();
    pressed.add(
        Role::Staff,
        EventPayload::SlotConfirmed {
            key: key.to_owned(),
            value: json!("self"),
            by: None,
        },
    );
    assert_eq!(pressed.view().open(), Default::default());
    let today = read_and_signed(pressed, RULES_VERSION, &keys);
    assert_eq!(today.lifecycle().stage(), CaseStage::Signed);
}

/// A case that was signed under earlier rules and is taken up again is today's.
#[test]
fn a_case_that_is_taken_up_again_is_judged_by_the_rules_of_today() {
    let turns = [("Hvad hedder du?", "Оксана Коваленко.")];
    let mut case = told(&turns, &["case.reporter_role"]);
    case.add(
        Role::Staff,
        EventPayload::ReadBackGiven {
            digest: "d".into(),
            by: None,
            keys: Vec::new(),
            rules: 2,
        },
    );
    assert_eq!(case.stage(), CaseStage::ReadBack);
    let role = |case: &Case| status(&case.view(), "case.reporter_role");
    assert_eq!(role(&case), Some(SlotStatus::Derived));
    case.add(Role::Staff, EventPayload::Reopened { by: None });
    assert_eq!(case.stage(), CaseStage::Open);
    assert_eq!(role(&case), Some(SlotStatus::Proposed));
}

/// What the form makes of its own values needs nobody.
#[test]
fn what_the_form_puts_together_is_vouched_for_with_its_parts() {
    let turns = [("Hvad hedder du?", "Оксана Коваленко.")];
    let mut case = told(&turns, &[]);
    for (key, value) in [
        ("household.count", json!(2)),
        ("household[0].given_names", json!("Sofiia")),
        ("household[0].birth_date", json!("2015-01-10")),
    ] {
        case.correct(key, value);
    }
    let view = case.view();
    for key in [
        "to.address_line",
        "to.post_district",
        "mover.name_native",
        "children[0].person",
    ] {
        assert_eq!(status(&view, key), Some(SlotStatus::Derived), "{key}");
    }
    assert_eq!(view.open().unconfirmed, Vec::<String>::new());
}

/// Since the third rules the form works out how late a notification is, and asks why.
#[test]
fn a_late_notification_was_signed_without_its_reason_under_earlier_rules() {
    const DAYS: &str = "move_date_days_late";
    let late = || {
        let mut case = Case::filled();
        case.correct("move_date", json!("2026-11-20"));
        case
    };
    let form = late().view();
    assert_eq!(form.form_state().value(DAYS), Some(&json!(6)));
    assert_eq!(form.open().missing, ["late_reason"]);
    assert_eq!(form.open().unconfirmed, Vec::<String>::new());
    let mut keys = form.filled();
    keys.retain(|key| key != DAYS);
    for keys in [keys.as_slice(), &[]] {
        let view = read_and_signed(late(), 2, keys);
        assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
        // Nothing stands in the document, and nothing is lacking there, that was not read.
        assert_eq!(status(&view, DAYS), None);
        assert_eq!(status(&view, "late_reason"), None);
    }
    let unasked = read_and_signed(late(), RULES_VERSION, &form.filled());
    assert_eq!(unasked.lifecycle().stage(), CaseStage::Open);
    let mut told = late();
    told.correct("late_reason", json!("Lå på sygehus"));
    let keys = told.view().filled();
    assert!(keys.contains(&DAYS.to_owned()));
    let view = read_and_signed(told, RULES_VERSION, &keys);
    assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
    assert_eq!(status(&view, DAYS), Some(SlotStatus::Derived));
}

/// What an earlier read-back left out is asked for when the case is taken up again.
#[test]
fn a_late_notification_that_is_taken_up_again_needs_its_reason() {
    let mut case = Case::filled();
    case.correct("move_date", json!("2026-11-20"));
    let read_back = EventPayload::ReadBackGiven {
        digest: "d".into(),
        by: None,
        keys: Vec::new(),
        rules: 2,
    };
    case.add(Role::Staff, read_back);
    assert_eq!(case.view().open_as_read().missing, Vec::<String>::new());
    case.add(Role::Staff, EventPayload::Reopened { by: None });
    assert_eq!(case.view().open().missing, ["late_reason"]);
}

/// It was read back before the new version came, and is signed after that.
#[test]
fn a_read_back_under_earlier_rules_can_still_be_signed() {
    let turns = [("Hvad hedder du?", "Оксана Коваленко.")];
    let mut case = told(&turns, &["case.reporter_role"]);
    assert_eq!(case.view().open().unconfirmed, ["case.reporter_role"]);
    let read_back = EventPayload::ReadBackGiven {
        digest: "d".into(),
        by: None,
        keys: Vec::new(),
        rules: 2,
    };
    case.add(Role::Staff, read_back);
    assert!(case.view().open_as_read().is_nothing());
}

/// A line that somebody vouched for did not follow its parts then: the document that was signed says it.
#[test]
fn a_line_that_was_signed_beside_another_part_stays_as_it_was_signed() {
    const LINE: &str = "to.address_line";
    let line = |view: &CaseView| view.form_state().text(LINE).map(str::to_owned);
    let changed = || {
        let mut case = Case::filled();
        let value = line(&case.view()).unwrap();
        let confirmed = EventPayload::SlotConfirmed {
            key: LINE.into(),
            value: json!(value),
            by: None,
        };
        case.add(Role::Staff, confirmed);
        case.correct("to.house_number", json!("7"));
        (value, case)
    };
    let (was, case) = changed();
    assert_ne!(line(&case.view()), Some(was.clone()));
    assert_eq!(line(&read_and_signed(case, 2, &[])), Some(was.clone()));
    let (_, case) = changed();
    assert_ne!(line(&read_and_signed(case, RULES_VERSION, &[])), Some(was));
}

const PHONE: &str = "mover.phone";

/// A number that both sides agreed on, confirmed by staff.
fn with_phone() -> Case {
    let turns = [
        (
            "Hvad er dit telefonnummer?",
            "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
        ),
        ("22 33 44 55.", "Так."),
    ];
    let mut case = told(&turns, &[]);
    let confirmed = EventPayload::SlotConfirmed {
        key: PHONE.into(),
        value: json!("+4522334455"),
        by: None,
    };
    case.add(Role::Staff, confirmed);
    case
}

/// Another number, unasked.
fn say_another(case: &mut Case) {
    case.ask("Er der andet?", "–");
    case.say(
        "Телефон двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.",
        "–",
    );
}

/// Until the fourth rules another value that came up beside a decided one was no contradiction, whenever it was said.
#[test]
fn what_was_said_beside_a_decided_value_undoes_no_earlier_signature() {
    let before = |rules| {
        let mut case = with_phone();
        say_another(&mut case);
        read_and_sign(&mut case, rules, &[]);
        case
    };
    let after = |rules| {
        let mut case = with_phone();
        read_and_sign(&mut case, rules, &[]);
        say_another(&mut case);
        case
    };
    for case in [before(3), after(3)] {
        let view = case.view();
        assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
        assert!(view.lifecycle().signature().is_some_and(|s| !s.void));
        assert_eq!(status(&view, PHONE), Some(SlotStatus::Confirmed));
    }
    for case in [before(RULES_VERSION), after(RULES_VERSION)] {
        let view = case.view();
        assert_eq!(view.lifecycle().stage(), CaseStage::Open);
        assert!(view.lifecycle().signature().is_none_or(|s| s.void));
        assert_eq!(status(&view, PHONE), Some(SlotStatus::Conflict));
        assert_eq!(view.open().unconfirmed, [PHONE]);
    }
}

#[test]
fn what_was_said_beside_a_decided_value_counts_once_the_case_is_taken_up_again() {
    let mut case = with_phone();
    say_another(&mut case);
    let read_back = EventPayload::ReadBackGiven {
        digest: "d".into(),
        by: None,
        keys: Vec::new(),
        rules: 3,
    };
    case.add(Role::Staff, read_back);
    assert_eq!(case.stage(), CaseStage::ReadBack);
    case.add(Role::Staff, EventPayload::Reopened { by: None });
    assert_eq!(case.view().open().unconfirmed, [PHONE]);
}

/// Nor did a town that somebody vouched for follow the postal code.
#[test]
fn a_town_that_was_signed_beside_another_code_stays_as_it_was_signed() {
    const TOWN: &str = "to.post_district";
    let town = |view: &CaseView| view.form_state().text(TOWN).map(str::to_owned);
    let changed = || {
        let mut case = Case::filled();
        let confirmed = EventPayload::SlotConfirmed {
            key: TOWN.into(),
            value: json!("Aarhus N"),
            by: None,
        };
        case.add(Role::Staff, confirmed);
        case.correct("to.postal_code", json!("8000"));
        case
    };
    assert_eq!(town(&changed().view()).as_deref(), Some("Aarhus C"));
    let view = read_and_signed(changed(), 3, &[]);
    assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
    assert_eq!(town(&view).as_deref(), Some("Aarhus N"));
    let view = read_and_signed(changed(), RULES_VERSION, &[]);
    assert_eq!(view.lifecycle().stage(), CaseStage::Signed);
    assert_eq!(town(&view).as_deref(), Some("Aarhus C"));
}
