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
    // The host stands there, too.
    gives(
        &after(&["Bente, skriver du under som logivært her? Tak, så har vi den."]),
        key,
        "signed",
    );
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
        "Så er indrejsen den fjerde. Må jeg se pas og opholdskort?",
        "З Польщі, ось паспорт і посвідка.",
        "Tak. Har du lejekontrakten?",
        "Ось вона, договір.",
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
fn journeys_are_told_by_where_somebody_comes_from_and_goes() {
    let comes = [
        "Har du boet i Danmark før?",
        "Так, давно. А тепер у Литві жила.",
        "Så du kommer fra Litauen nu. Hvornår?",
        "Вчора на паромі.",
    ];
    gives(&comes, "arrival.from_country", "Litauen");
    gives(&comes, "arrival.date", "2026-05-04");
    let goes = [
        "Så du er færdig her og rejser hjem?",
        "Не додому, у Норвегію, до нової родини.",
        "Hvornår?",
        "Літак другого червня.",
    ];
    gives(&goes, "departure.country", "Norge");
    gives(&goes, "departure.date", "2026-06-02");
    let moved = [
        "Hvor boede du, før du flyttede hertil?",
        "На Вестергаде дев'ять, у Вайле.",
    ];
    gives(&moved, "from.address_line", "Vestergade 9, 7100 Vejle");
}

#[test]
fn a_day_before_which_something_shall_happen_is_no_deadline() {
    let turns = [
        "Når I det inden jul?",
        "Мусимо. Двадцять першого й заїжджаємо.",
        "Godt.",
    ];
    gives(&turns, "documents.deadline", serde_json::Value::Null);
}

#[test]
fn a_letter_box_bears_a_name() {
    let asked = "Hvad står der på postkassen?";
    for (said, name) in [
        ("Уже наліпила: «Haiova / Veres».", "Haiova / Veres"),
        (
            "На скриньці обидва прізвища: Зозуля й Лепкий.",
            "Zozulia og Lepkyi",
        ),
    ] {
        gives(&[asked, said], "to.mailbox_name", name);
    }
    let none = [
        "Står dit navn på postkassen?",
        "Пишіть c/o Педерсен, мого прізвища на скриньці немає.",
    ];
    gives(&none, "to.mailbox_name", serde_json::Value::Null);
}

#[test]
fn a_house_number_is_read_back_and_put_right() {
    let turns = [
        "Og den nye adresse?",
        "Скольвей шістдесят… хазяїн шістдесят один, а я шістдесят один А.",
        "Enogtres A, otte tre tre nul Beder. Etage?",
        "Другий сал.",
    ];
    gives(&turns, "to.house_number", "61");
    gives(&turns, "to.house_letter", "A");
    let before = [
        "Er det hus nummer tyve?",
        "Двадцятий — то сусідський.",
        "Fireogtyve på Østergade i Lemvig, seksoghalvfjerds tyve.",
    ];
    gives(&before, "to.street_name", "Østergade");
    gives(&before, "to.house_number", "24");
}

#[test]
fn a_door_is_asked_for_by_its_number() {
    let turns = ["Femte sal. Og nummeret på døren?", "Чотири."];
    let hall = [
        "Kollegieværelset, hvilket værelse?",
        "Шістдесят два, на першому салі.",
    ];
    gives(&hall, "to.door", "62");
    gives(&turns, "to.house_number", serde_json::Value::Null);
}

#[test]
fn protection_of_somebody_else_is_none_of_ones_own() {
    let turns = [
        "Skal din adresse være beskyttet?",
        "Моя ні. А в сестри захист, вона втекла.",
    ];
    gives(&turns, "protection.requested", false);
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
