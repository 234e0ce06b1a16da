//! The new home in people's own words: who lets it, who is there and stays, whose it is, its paper, the host's declaration.

mod talk;

use serde_json::Value;

fn slot(turns: &[&str], key: &str) -> Value {
    let slots = talk::slots(turns, jiff::civil::date(2026, 9, 9));
    slots
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn gives(turns: &[&str], key: &str, want: impl Into<Value>) {
    assert_eq!(slot(turns, key), want.into(), "{key} {turns:?}");
}

#[test]
fn whoever_lets_it_tells_the_kind_of_home() {
    let key = "dwelling.type";
    for (answer, kind) in [
        ("Одна вдова здала, вона тепер у доньки.", "rented_private"),
        ("Від фірми якоїсь, приватної.", "rented_private"),
        ("У житлової спілки, п'ять років чекали.", "rented_social"),
        ("Знімаю в хлопця, він сам винаймає.", "sublet"),
    ] {
        gives(&["Hvem lejer du af?", answer], key, kind);
    }
    gives(
        &["Hvor boede I før?", "У пана Йенса знімали."],
        key,
        Value::Null,
    );
}

#[test]
fn bought_homes_are_owned() {
    let key = "dwelling.type";
    for turns in [
        ["Hvor flytter I hen?", "Купили хутір за Відбергом."],
        ["Er det din egen bolig?", "Моя, у вересні купив."],
        ["Hvor skal I hen?", "Будиночок свій, у банку взяли."],
    ] {
        gives(&turns, key, "owned");
    }
    gives(
        &["Hvor skal I hen?", "До брата. У Павла своя хата."],
        key,
        Value::Null,
    );
    gives(
        &["Hvor skal I hen?", "Ще не знаю, купили авто."],
        key,
        Value::Null,
    );
}

#[test]
fn homes_of_other_kinds() {
    let key = "dwelling.type";
    for (answer, kind) in [
        ("Я на баржі живу, у гавані.", "other"),
        (
            "Квартира від комуни, поки до лютого.",
            "municipal_temporary",
        ),
        ("Пайовий будинок, з внеском.", "cooperative"),
        ("Кімната в сім'ї, на горищі.", "room"),
    ] {
        gives(&["Hvor flytter du hen?", answer], key, kind);
    }
}

#[test]
fn of_a_lessor_who_lives_elsewhere_a_whole_home_is_rented() {
    let asked = "Hvem lejer I af?";
    let elsewhere = [asked, "Хазяйка сама живе в Орхусі."];
    gives(&elsewhere, "dwelling.type", "rented_private");
    let there = [asked, "Кімнату, господар сам там живе."];
    gives(&there, "dwelling.others_registered", true);
}

#[test]
fn nobody_else_in_other_words() {
    let key = "dwelling.others_registered";
    for turns in [
        [
            "Er der nogen på adressen i forvejen?",
            "Пусто стояло, цілий рік.",
        ],
        ["Er du alene på værelset?", "Одиночна кімнатка."],
        ["Er der andre i huset?", "Хіба голуби."],
    ] {
        gives(&turns, key, false);
    }
    gives(
        &["Kan du dele det op i to navne?", "Ніхто так не пише."],
        "dwelling.others_registered",
        Value::Null,
    );
}

#[test]
fn who_stays_in_other_words() {
    for answer in [
        "Та нікуди він не дінеться.",
        "До скону, каже.",
        "Куди ж йому.",
    ] {
        let turns = [
            "Hvem bor du hos?",
            "У друга, Олег Чайка, він орендує.",
            "Bliver han boende?",
            answer,
        ];
        gives(&turns, "dwelling.others_stay", true);
    }
}

#[test]
fn who_holds_the_home_one_moves_into() {
    for (answer, role) in [
        ("Він сам квартиру винаймає.", "tenant"),
        ("Хата його, викупив торік.", "owner"),
    ] {
        let turns = ["Hvor bor din ven?", answer];
        gives(&turns, "host.role", role);
        gives(&turns, "dwelling.others_registered", true);
    }
    gives(
        &["Hvem lejer du af?", "Він поїхав на рік, а сам орендує."],
        "dwelling.others_stay",
        Value::Null,
    );
}

#[test]
fn the_paper_of_the_home_in_passing() {
    let key = "dwelling.lease_document";
    for (answer, value) in [
        ("У однієї пані, договір осьде.", "shown"),
        ("У фірми, договір потім принесу.", "missing"),
        ("У спілки, осьо копія договору.", "copy"),
    ] {
        gives(&["Har du en kontrakt med nogen?", answer], key, value);
    }
    gives(
        &["Hvor arbejder du?", "На фермі, контракт про роботу ось."],
        key,
        Value::Null,
    );
}

#[test]
fn the_declaration_without_its_name() {
    let key = "host.consent_status";
    let lodges = ["Hvem bor du hos?", "У друга, Олег Чайка, він орендує."];
    for (say, value) in [
        ("Så sender vi ham et brev.", "requested"),
        ("Jeg skriver til ham i dag.", "requested"),
        ("Så behøver han ikke bekræfte noget.", "not_needed"),
    ] {
        gives(&[&lodges[..], &[say]].concat(), key, value);
    }
    let signed = ["Har han sat sit navn på noget?", "Підписав учора, ось."];
    gives(&[&lodges[..], &signed].concat(), key, "signed");
    let not_yet = ["Har han skrevet under?", "Ще не підписав."];
    gives(&[&lodges[..], &not_yet].concat(), key, Value::Null);
}

#[test]
fn until_the_end_of_a_month() {
    let key = "dwelling.temporary_until";
    gives(
        &["Hvor længe varer det?", "До кінця лютого."],
        key,
        "2027-02-28",
    );
    gives(
        &["Hvor længe har du boet her?", "До кінця лютого там."],
        key,
        Value::Null,
    );
}

#[test]
fn who_owns_the_home_is_not_the_citizen() {
    for (said, kind) in [
        (
            "Приватна власниця. Договір підписаний двадцятого.",
            "rented_private",
        ),
        ("Приватний власник.", "rented_private"),
    ] {
        let turns = ["Hvem ejer lejligheden?", said];
        gives(&turns, "dwelling.type", kind);
    }
}
