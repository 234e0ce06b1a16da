//! What people say in few words at every counter: who comes along and how they are called, numbers that are told in parts,
//! the papers of an arrival, whose children they are.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::{Value, json};

const NAME: [&str; 2] = ["Hvad hedder du?", "Павло Кушнір."];

/// The turns behind the name, the slot and what it says.
fn says(turns: &[&str], key: &str, want: Value) {
    let all = [&NAME, turns].concat();
    assert_eq!(told::value(&all, key), want, "{key}: {turns:?}");
}

/// … of somebody who has come from abroad.
fn arrived(turns: &[&str], key: &str, want: Value) {
    let from = ["Kommer du fra udlandet?", "Так, з України."];
    says(&[&from, turns].concat(), key, want);
}

fn given_names(turns: &[&str]) -> Vec<String> {
    told::rows(&[&NAME, turns].concat(), "given_names")
}

#[test]
fn company_is_counted_without_the_one_who_speaks() {
    for (answer, count) in [
        ("Дружина.", 2),
        ("Дружина і син.", 3),
        ("З дружиною Оленою, з сином і донькою.", 4),
        ("Дружина і двоє дітей.", 4),
        ("Чоловік, син, донька й моя мама.", 5),
    ] {
        says(
            &["Hvem flytter med?", answer],
            "household.count",
            json!(count),
        );
    }
    let alone = ["Flytter du alene?", "Ні, з дружиною і сином."];
    says(&alone, "household.count", json!(3));
    for (asked, answer, count) in [
        ("Så I er tre?", "Ні, четверо.", 4),
        ("Så I er tre?", "Так.", 3),
        ("Er I to, der flytter?", "Ні, троє, ще син.", 3),
    ] {
        says(&[asked, answer], "household.count", json!(count));
    }
    let two = ["Er I to, der flytter?", "Так, я і дружина Олена."];
    assert_eq!(given_names(&two), ["Olena"]);
}

#[test]
fn those_told_without_a_name_get_it_when_asked() {
    let wife_and_son = ["Hvem flytter med?", "Дружина і син.", "Hvad hedder de?"];
    for answer in ["Олена і Марко.", "Марко і Олена."] {
        let turns = [&wife_and_son[..], &[answer]].concat();
        assert_eq!(given_names(&turns), ["Olena", "Marko"], "{answer}");
    }
    for (company, names, want) in [
        ("Двоє дітей.", "Марко і Віра.", &["Marko", "Vira"][..]),
        (
            "Дружина і двоє дітей.",
            "Олена, Марко і Віра.",
            &["Olena", "Marko", "Vira"],
        ),
        (
            "Дружина і донька.",
            "Олена Мельник, Віра Кушнір.",
            &["Olena", "Vira"],
        ),
    ] {
        let turns = ["Hvem flytter med?", company, "Hvad hedder de?", names];
        assert_eq!(given_names(&turns), want, "{company} {names}");
    }
}

#[test]
fn names_that_are_words_are_heard_in_a_list() {
    let turns = [
        "hvem flytter med",
        "син і донька",
        "hvad hedder de",
        "марко і віра",
        "hvornår er de født",
        "марко п'ятого червня дві тисячі п'ятнадцятого віра другого лютого дев'ятнадцятого",
    ];
    assert_eq!(given_names(&turns), ["Marko", "Vira"]);
    let days = told::rows(&[&NAME[..], &turns].concat(), "birth_date");
    assert_eq!(days, ["2015-06-05", "2019-02-02"]);
    for (answer, given, surname) in [
        ("ім'я ганна прізвище шульга", "Hanna", json!("Shulha")),
        ("петренко ім'я іван", "Ivan", json!("Petrenko")),
        ("ім'я ганна", "Hanna", Value::Null),
    ] {
        let turns = ["hvad hedder du", answer];
        assert_eq!(told::value(&turns, "mover.given_names"), json!(given));
        assert_eq!(told::value(&turns, "mover.surname"), surname, "{answer}");
    }
}

#[test]
fn days_of_birth_are_told_one_after_the_other() {
    let turns = [
        &NAME[..],
        &[
            "Hvem flytter med?",
            "Син Марко і донька Віра.",
            "Deres fødselsdage?",
            "П'яте червня п'ятнадцятого і друге лютого дев'ятнадцятого.",
        ],
    ]
    .concat();
    assert_eq!(
        told::rows(&turns, "birth_date"),
        ["2015-06-05", "2019-02-02"]
    );
}

#[test]
fn the_last_four_may_come_before_the_day_of_birth() {
    let turns = [
        "Hvad er de sidste fire cifre?",
        "Двадцять три вісімнадцять.",
        "Og din fødselsdag?",
        "Чотирнадцятого вересня вісімдесят сьомого.",
    ];
    says(&turns, "mover.cpr_number", json!("140987-2318"));
    // The digits alone are nobody's number.
    says(&turns[..2], "mover.cpr_number", Value::Null);
}

#[test]
fn children_have_parents_who_are_reached_and_share() {
    let son = ["Hvem flytter med?", "Син Марко."];
    let slots =
        |asked: &str, answer: &str| told::slots(&[&NAME[..], &son, &[asked, answer]].concat());
    let of_child = |slots: &serde_json::Map<String, Value>, field: &str| {
        let key = slots.keys().find(|key| key.ends_with(field)).cloned();
        key.map_or(Value::Null, |key| slots[&key]["value"].clone())
    };
    let shared = slots(
        "Har du forældremyndigheden alene?",
        "Ні, спільно з колишньою дружиною.",
    );
    assert_eq!(of_child(&shared, ".custody"), json!("joint"));
    let alone = slots("Har du forældremyndigheden alene?", "Так.");
    assert_eq!(of_child(&alone, ".custody"), json!("sole_reporter"));
    let rings = "Так, сорок, двадцять два, вісімнадцять, тридцять один.";
    let mother = slots("Kan vi ringe til hans mor?", rings);
    assert_eq!(
        of_child(&mother, ".other_parent_contact"),
        json!("+4540221831")
    );
    assert!(!mother.contains_key("mover.phone"), "not the citizen's");
}

#[test]
fn an_arrivals_papers_and_status_are_told_in_a_word() {
    let shown = "arrival.documents_presented";
    let asked = "Hvilke dokumenter har du med?";
    arrived(
        &[asked, "Паспорт і дозвіл на проживання."],
        shown,
        json!(["passport", "residence_permit"]),
    );
    arrived(&[asked, "Ні, паспорта не маю."], shown, Value::Null);
    let certificate = ["Har du vielsesattesten med?", "Ні, залишилась в Україні."];
    arrived(
        &certificate,
        "documents.missing",
        json!(["marriage_certificate"]),
    );
    let church = "arrival.church_membership";
    let member = "Er du medlem af folkekirken?";
    arrived(&[member, "Ні, я православний."], church, json!(false));
    arrived(&[member, "Так."], church, json!(true));
    arrived(&[member, "Що це?"], church, Value::Null);
    let wed = [
        "Er du gift?",
        "Так.",
        "Hvornår blev I gift?",
        "Двадцятого серпня дві тисячі одинадцятого.",
        "Hvor?",
        "В Чернівцях.",
    ];
    arrived(
        &wed,
        "arrival.marital_status_authority",
        json!("Chernivtsi"),
    );
    arrived(&wed, "from.foreign_address", Value::Null);
    let unmarried = ["Hvad er din civilstand?", "Живу з дівчиною, не розписані."];
    arrived(&unmarried, "arrival.marital_status", json!("U"));
    let permit = [
        "Hvad står der på tilladelsen, hvornår udløber den?",
        "Сімнадцяте березня дві тисячі двадцять сьомого.",
    ];
    arrived(
        &permit,
        "mover.residence_permit_valid_until",
        json!("2027-03-17"),
    );
    arrived(&permit, "dwelling.temporary_until", Value::Null);
}

#[test]
fn whence_somebody_comes_is_told_beside_what_they_are() {
    let asked = "Kommer du fra udlandet?";
    says(
        &[asked, "Так, з Німеччини, але я українець."],
        "arrival.from_country",
        json!("Tyskland"),
    );
    let lived = "Я з України, але останні два роки жив у Польщі.";
    says(
        &["Hvor kommer du fra?", lived],
        "arrival.from_country",
        json!("Polen"),
    );
}

#[test]
fn what_is_explained_is_still_asked() {
    let asked = "Ønsker du navne- og adressebeskyttelse?";
    let explained = "Så kan andre ikke få din adresse.";
    let key = "protection.requested";
    says(
        &[asked, "А що це?", explained, "Так, хочу."],
        key,
        json!(true),
    );
    says(
        &[asked, "А що це?", explained, "Ні, не треба."],
        key,
        json!(false),
    );
}

#[test]
fn whoever_thinks_again_is_heard() {
    let asked = [
        "Ønsker du navne- og adressebeskyttelse?",
        "Ні.",
        "Er du sikker?",
    ];
    let key = "protection.requested";
    for (answer, want) in [
        ("Ой, ні, хочу захист.", true),
        ("Ні, хочу.", true),
        ("Так.", false),
        ("Так, не хочу.", false),
    ] {
        let turns = [&asked[..], &[answer]].concat();
        says(&turns, key, json!(want));
    }
    let doctor = "Din læge er i Odense. Vil du have en ny her?";
    for (answer, want) in [
        ("Так.", "change"),
        ("Так, хочу.", "change"),
        ("Ні.", "keep"),
    ] {
        says(&[doctor, answer], "gp.choice", json!(want));
    }
}

#[test]
fn the_one_who_comes_along_is_asked_for_without_a_pronoun() {
    let cpr = "Олена Кушнір, дванадцять нуль три дев'яносто один, шістнадцять вісімдесят чотири.";
    let turns = ["Hvem flytter med?", "Дружина.", "Navn og CPR?", cpr];
    assert_eq!(given_names(&turns), ["Olena"]);
    let all = [&NAME[..], &turns].concat();
    assert_eq!(told::rows(&all, "cpr_number"), ["120391-1684"]);
    says(&turns, "mover.cpr_number", Value::Null);
}

#[test]
fn a_count_that_is_refused_is_not_agreed_on() {
    let turns = ["Hvem flytter med?", "Дружина і син.", "Så I er tre?", "Ні."];
    let slots = told::slots(&[&NAME[..], &turns].concat());
    assert_eq!(slots["household.count"]["status"], "needs_confirmation");
}

#[test]
fn on_whose_behalf_somebody_comes_tells_nothing_of_the_home() {
    let turns = ["Er det for dig selv?", "Ні, за маму. У мене довіреність."];
    says(&turns, "dwelling.others_registered", Value::Null);
}
