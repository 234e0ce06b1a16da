//! Homes as they are spoken of at the counter: whose they are, what they are called, and who stays behind.

mod talk;
#[allow(dead_code)]
mod told;

use told::value;

fn gives(turns: &[&str], key: &str, want: impl Into<serde_json::Value>) {
    let want = want.into();
    let slots = told::slots(turns);
    assert_eq!(value(turns, key), want, "{turns:?}: {slots:?}");
}

const LODGES: [&str; 4] = [
    "Hvem bor du hos?",
    "У Бенте Квіст, кімнату в неї винаймаю.",
    "Så sender jeg hende en logiværtserklæring.",
    "Добре.",
];

fn after(turns: &[&'static str]) -> Vec<&'static str> {
    LODGES
        .iter()
        .copied()
        .chain(turns.iter().copied())
        .collect()
}

#[test]
fn a_declaration_is_asked_for_in_one_turn_and_answered_in_the_next() {
    let key = "host.consent_status";
    gives(&after(&[]), key, "requested");
    gives(
        &after(&["Har Bente udfyldt erklæringen?", "Підписала, ось вона."]),
        key,
        "signed",
    );
    gives(
        &after(&["Har Bente udfyldt erklæringen?", "Ще не підписала."]),
        key,
        "requested",
    );
    let refused = [
        "Vil hun skrive under på, at du bor der?",
        "Відмовляється, каже, податок.",
    ];
    gives(&after(&refused), key, "refused");
}

#[test]
fn papers_shown_at_another_time_belong_to_the_list() {
    let turns = [
        "Hvor kommer du fra?",
        "З Польщі, ось паспорт і посвідка.",
        "Tak. Har du lejekontrakten?",
        "Ось вона.",
    ];
    let papers = value(&turns, "arrival.documents_presented");
    let papers = papers.as_array().cloned().unwrap_or_default();
    assert!(papers.contains(&"lease".into()), "{papers:?}");
}

#[test]
fn a_house_is_called_by_its_name() {
    let key = "to.location_name";
    let home = [
        "Hvor skal hun hen?",
        "Їй дали місце в плейєгєммі Солбакен, у Тістеді.",
    ];
    gives(&home, key, "Solbakken");
    gives(&home, "to.street_name", serde_json::Value::Null);
    let hall = [
        "Hvor skal du bo?",
        "У гуртожитку.",
        "Ringkollegiet på Hasle Ringvej?",
        "Так.",
    ];
    gives(&hall, key, "Ringkollegiet");
    let called = [
        "Hvor skal hun hen?",
        "В заклад, називається «Еллепаркен».",
        "Elleparken, Oddervej seksoghalvfems.",
    ];
    gives(&called, key, "Elleparken");
    gives(&called, "to.street_name", "Oddervej");
}

#[test]
fn a_street_is_called_after_a_person_or_lies_in_a_village() {
    let asked = "Og den nye adresse?";
    for (said, street) in [
        ("На Еміль Мьоллерс Гаде дев'ять.", "Emil Møllers Gade"),
        (
            "Тове Дітлевсенс Вей шість, у Таструпі.",
            "Tove Ditlevsens Vej",
        ),
        ("Егьо Мьоллевей дев'ятнадцять.", "Egå Møllevej"),
        ("В Егьо, Мьоллевей дев'ятнадцять.", "Møllevej"),
    ] {
        gives(&[asked, said], "to.street_name", street);
    }
}

#[test]
fn from_one_street_to_the_other_in_a_breath() {
    let turns = [
        "Hvorfra til hvor?",
        "З Вестергаде двадцять один у Вайле на Скольвей дев'ять.",
    ];
    gives(&turns, "from.address_line", "Vestergade 21, 7100 Vejle");
    gives(&turns, "to.street_name", "Skolevej");
}

#[test]
fn who_owns_is_told_by_whoever_is_named() {
    let who = ["Og hvem ejer huset?", "Бенте Квіст, і вона там живе."];
    gives(&after(&who), "host.role", "owner");
    let rents = ["Og hvem ejer huset?", "Бенте знімає його в фірми."];
    assert_ne!(value(&after(&rents), "host.role"), "owner");
}

#[test]
fn a_landlord_who_lives_elsewhere_is_no_host() {
    let turns = [
        "Hvem lejer I af?",
        "Винаймаємо квартиру в Кіма Оверґора, він сам живе в Ассентофті.",
    ];
    gives(&turns, "dwelling.type", "rented_private");
    gives(&turns, "dwelling.others_registered", false);
}
