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

#[test]
fn the_offices_own_number_and_mail_are_nobodys() {
    let own = [
        "Hvad er dit telefonnummer?",
        "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
        "22 33 44 55",
        "Так.",
    ];
    for said in [
        "Hvis der er noget, kan du ringe til borgerservice på 89 40 22 22.",
        "Ring til os på 89 40 22 22.",
        "Du kan bare ringe på 89 40 22 22, hvis det driller.",
    ] {
        for answer in ["Добре.", "Добре, дякую.", "Так."] {
            let mut turns = own.to_vec();
            turns.extend([said, answer]);
            let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
            assert_eq!(slots["mover.phone"]["value"], "+4522334455", "{turns:?}");
            assert_eq!(slots["mover.phone"]["status"], "proposed", "{turns:?}");
            assert_eq!(value(&[said, answer], "mover.phone"), Value::Null);
        }
    }
    let mail = [
        "Hvad er din mail?",
        "olena.bondar@gmail.com, якщо українською писати можна.",
        "olena.bondar@gmail.com",
        "Так.",
        "Du skal sende papirerne til borgerservice@aarhus.dk.",
        "Добре.",
    ];
    assert_eq!(value(&mail, "mover.email"), "olena.bondar@gmail.com");
    // What the employee reads back is no office's.
    let corrected = [own[0], own[1], "Så vi kan ringe på 22 33 44 56?", "Так."];
    assert_ne!(value(&corrected, "mover.phone"), "+4522334455");
}

#[test]
fn a_number_put_right_in_part_is_put_right() {
    let first = [
        "Hvad er dit telefonnummer?",
        "Сорок два, шістнадцять, дев'яносто три, п'ятнадцять.",
        "Toogfyrre, seksten, treoghalvfems, femten.",
    ];
    for no in [
        "Ні, не п'ятнадцять, а п'ятдесят.",
        "Ні, п'ятдесят.",
        "Ні, в кінці п'ятдесят.",
    ] {
        let mut turns = first.to_vec();
        turns.extend([no, "Toogfyrre, seksten, treoghalvfems, halvtreds.", "Так."]);
        assert_eq!(value(&turns, "mover.phone"), "+4542169350", "{turns:?}");
    }
    let mut right = first.to_vec();
    right.extend(["Так.", "Du betaler 4500 i husleje?", "Так."]);
    assert_eq!(value(&right, "mover.phone"), "+4542169315");
}

#[test]
fn a_number_asked_of_another_leaves_the_citizens_own() {
    let own = [
        "Hvad er dit telefonnummer?",
        "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
        "22 33 44 55",
        "Так.",
    ];
    let other = "Тридцять один, сорок два, п'ятдесят три, шістдесят сім.";
    for question in [
        "Har din mand et telefonnummer?",
        "Og din mands telefonnummer?",
        "Og din udlejers telefonnummer?",
        "Hvad er ejerens nummer?",
    ] {
        let mut turns = own.to_vec();
        turns.extend([question, other, "31 42 53 67", "Так."]);
        assert_eq!(value(&turns, "mover.phone"), "+4522334455", "{turns:?}");
    }
    for question in [
        "Og telefonnummeret?",
        "Telefonnummer?",
        "Hvad er telefonnummeret?",
    ] {
        let mut turns = own.to_vec();
        turns.extend(["Hvad hedder logiværten?", "Метте Ларсен.", question, other]);
        turns.extend(["31 42 53 67", "Так."]);
        assert_eq!(value(&turns, "mover.phone"), "+4522334455", "{turns:?}");
        assert_eq!(value(&turns, "host.phone"), "+4531425367", "{turns:?}");
    }
    // The citizen's own, whoever was spoken of before.
    for question in [
        "Og dit telefonnummer?",
        "Hvad er dit nummer?",
        "Har du et telefonnummer?",
    ] {
        let turns = ["Flytter din mand med?", "Ні.", question, other];
        assert_eq!(value(&turns, "mover.phone"), "+4531425367", "{turns:?}");
    }
}
