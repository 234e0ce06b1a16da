//! Numbers, names, papers and addresses that are spoken of and are somebody else's or for something else.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 9))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn a_landlords_number_is_not_the_citizens() {
    let asked = [
        "Hvem udlejer til dig, og hvad er nummeret dér?",
        "Фламінг Бек, орендодавець. Сорок, шістдесят один, сімдесят п'ять, вісімдесят.",
    ];
    assert_eq!(value(&asked, "mover.phone"), Value::Null);
}

#[test]
fn a_power_of_attorney_for_something_else_is_none() {
    let handed = [
        "Hvad kan jeg hjælpe med?",
        "Я за маму прийшла, ось довіреність від неї.",
    ];
    assert_eq!(value(&handed, "poa.used"), true);
    let refused = [
        handed[0],
        handed[1],
        "Den dækker ikke en flytning, så skal hun selv komme.",
    ];
    assert_eq!(value(&refused, "poa.used"), Value::Null);
}

#[test]
fn what_is_handed_back_is_no_paper_that_is_due() {
    let back = ["Så husk at aflevere de gule kort inden den anden oktober."];
    assert_eq!(value(&back, "documents.deadline"), Value::Null);
    let due = ["Send kontrakten inden den anden oktober."];
    assert_eq!(value(&due, "documents.deadline"), "2026-10-02");
}

#[test]
fn who_rents_is_not_who_moves() {
    let rents = [
        "Huset er lejet af firmaet?",
        "Ні, я сам, від приватної людини.",
    ];
    assert_eq!(value(&rents, "household.count"), Value::Null);
}

#[test]
fn who_is_away_for_a_while_reports_nothing() {
    let told = [
        "Я їду до Канади, до внуків, на чотири місяці.",
        "Så skal du slet ikke melde udrejse.",
    ];
    assert_eq!(value(&told[..1], "case.move_type"), "to_abroad");
    assert_eq!(value(&told, "case.move_type"), Value::Null);
}

#[test]
fn who_stays_while_another_goes_abroad_does_not_leave() {
    let told = [
        "Så I rejser begge to til Spanien?",
        "Тільки чоловік, на заробітки. Я лишаюся, міняю тільки квартиру.",
    ];
    assert_eq!(value(&told, "case.move_type"), Value::Null);
}

#[test]
fn a_part_of_a_house_is_not_owned() {
    let told = [
        "Er det en lejlighed?",
        "Половина хати, вхід з двору, моя перший поверх, унизу.",
    ];
    assert_eq!(value(&told, "dwelling.type"), Value::Null);
}
