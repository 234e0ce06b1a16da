//! Answers that are none, and numbers and addresses of the office or of somebody who is spoken of.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 9))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

const OWN: [&str; 4] = [
    "Hvad er dit telefonnummer?",
    "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
    "22 33 44 55.",
    "Так.",
];

fn after_own(turns: &[&'static str], key: &str) -> Value {
    value(&[&OWN[..], turns].concat(), key)
}

#[test]
fn not_to_know_is_no_refusal() {
    for answer in [
        "Не розумію.",
        "Не знаю.",
        "Ні, я не розумію, що це таке.",
        "Не завадило б, колишній мене шукає.",
    ] {
        let turns = ["Ønsker du adressebeskyttelse?", answer];
        assert_eq!(
            value(&turns, "protection.requested"),
            Value::Null,
            "{answer}"
        );
    }
    for answer in ["Ні.", "Ні, не треба.", "Не треба."] {
        let turns = ["Ønsker du adressebeskyttelse?", answer];
        assert_eq!(value(&turns, "protection.requested"), false, "{answer}");
    }
}

#[test]
fn a_question_left_open_is_answered_when_asked_again_by_a_word() {
    let turns = [
        "Ønsker du adressebeskyttelse?",
        "Не розумію.",
        "Så kan andre ikke se din adresse. Vil du have det?",
        "Так, хочу.",
    ];
    assert_eq!(value(&turns, "protection.requested"), true);
    let other = [
        "Har du MitID?",
        "Не знаю.",
        "Det finder vi ud af. Har du passet med?",
        "Так.",
    ];
    assert_eq!(value(&other, "mover.has_mitid"), Value::Null);
}

#[test]
fn the_street_of_the_town_that_was_answered_is_the_old_one() {
    for question in ["Hvad er adressen?", "Okay, og adressen?"] {
        let turns = [
            "Hvor flytter du fra?",
            "З Раннерса.",
            question,
            "Вестергаде двадцять два.",
            "Vestergade 22, 8900 Randers C.",
            "Так.",
            "Og hvor flytter du hen?",
            "На Нюгаде вісім.",
            "Nygade 8, 8000 Aarhus C.",
            "Так.",
        ];
        assert_eq!(value(&turns, "to.street_name"), "Nygade", "{question}");
    }
    let new = [
        "Hvor flytter du fra?",
        "З Раннерса.",
        "Og hvad er den nye adresse?",
        "Вестергаде двадцять два.",
    ];
    assert_eq!(value(&new, "to.street_name"), "Vestergade");
}

#[test]
fn the_number_of_whoever_was_asked_about_is_not_the_citizens() {
    for turns in [
        [
            "Hvad hedder logiværten?",
            "Метте Ларсен.",
            "Og telefonnummeret?",
        ],
        ["Er du gift?", "Так.", "Har din mand et telefonnummer?"],
        ["Er du gift?", "Так.", "Og din mands telefonnummer?"],
    ] {
        let told = [
            "Тридцять один, сорок два, п'ятдесят три, шістдесят сім.",
            "31 42 53 67.",
            "Так.",
        ];
        let all = [&turns[..], &told[..]].concat();
        assert_eq!(after_own(&all, "mover.phone"), "+4522334455", "{turns:?}");
    }
}

#[test]
fn a_telephone_number_is_put_right_by_a_new_read_back() {
    let turns = [
        "Hvad er dit telefonnummer?",
        "Сорок два, шістнадцять, дев'яносто три, п'ятнадцять.",
        "Toogfyrre, seksten, treoghalvfems, femten.",
        "Ні, п'ятдесят.",
        "Toogfyrre, seksten, treoghalvfems, halvtreds.",
        "Так.",
    ];
    assert_eq!(value(&turns, "mover.phone"), "+4542169350");
}

#[test]
fn to_be_exempt_is_not_to_be_registered() {
    for question in [
        "Skal du fritages for digital post?",
        "Vil du fritages for digital post?",
    ] {
        let turns = [question, "Так."];
        assert_eq!(value(&turns, "mover.digital_post"), "exempt", "{question}");
    }
    let has = ["Har du digital post?", "Так."];
    assert_eq!(value(&has, "mover.digital_post"), "registered");
}

#[test]
fn what_the_office_is_reached_by_is_not_the_citizens() {
    let turns = [
        "Hvis du er i tvivl, kan du ringe til borgerservice på 89 40 22 22.",
        "Добре.",
    ];
    assert_eq!(after_own(&turns, "mover.phone"), "+4522334455");
    assert_eq!(value(&turns, "mover.phone"), Value::Null);
    let mail = [
        "Du skal sende papirerne til borgerservice@aarhus.dk.",
        "Добре.",
    ];
    assert_eq!(value(&mail, "mover.email"), Value::Null);
}

#[test]
fn where_the_citizen_is_to_come_is_no_home() {
    for said in [
        "Du får en tid på Nørregade 12 den tiende december.",
        "Du skal komme igen på Rådhuspladsen 2 med kontrakten.",
    ] {
        let turns = [
            "Hvor flytter du hen?",
            "На Вестергаде вісім.",
            said,
            "Добре.",
        ];
        assert_eq!(value(&turns, "from.address_line"), Value::Null, "{said}");
        assert_eq!(value(&turns, "to.street_name"), "Vestergade", "{said}");
    }
    let home = ["Så flytter du til Nørregade 12.", "Так."];
    assert_eq!(value(&home, "to.street_name"), "Nørregade");
}
