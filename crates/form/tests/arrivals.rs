//! Arrivals: when they came and moved in, their permit and marital status; doctors; kinds of move; protection. Each in
//! several wordings.

mod talk;

use serde_json::{Value, json};

fn slot(turns: &[&str], key: &str) -> Value {
    let slots = talk::slots(turns, jiff::civil::date(2026, 9, 9));
    slots
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn status(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 9))[key]["status"].clone()
}

fn gives(turns: &[&str], key: &str, want: impl Into<Value>) {
    assert_eq!(slot(turns, key), want.into(), "{key} {turns:?}");
}

#[test]
fn how_long_somebody_stays_in_a_home_makes_no_arrival() {
    let home = ["Hvor længe bliver I der?", "До кінця жовтня."];
    gives(&home, "case.move_type", Value::Null);
    let country = ["Bliver I i Danmark i mere end tre måneder?", "Так."];
    gives(&country, "case.move_type", "from_abroad");
    gives(&country, "arrival.stay_over_3_months", true);
}

#[test]
fn two_days_of_one_sentence_have_their_nouns() {
    let turns = [
        "Velkommen til Danmark. Hvornår kom I?",
        "У п'ятницю заїхали, а на квартирі з неділі.",
        "Så er indrejsen den fjerde og flyttedatoen den sjette september.",
    ];
    gives(&turns, "arrival.date", "2026-09-04");
    gives(&turns, "move_date", "2026-09-06");
}

#[test]
fn a_permit_has_its_ground_and_its_last_day() {
    let pass = "Må jeg se pas og opholdskort?";
    for answer in [
        "Ось картка, за спеціальним законом, до четвертого березня двадцять восьмого.",
        "Карта нова, по особливому закону, до четвертого березня двадцять восьмого.",
    ] {
        let turns = [pass, answer];
        gives(&turns, "mover.residence_permit_valid_until", "2028-03-04");
        gives(
            &turns,
            "mover.residence_permit_basis",
            "Særloven (fordrevne fra Ukraine)",
        );
    }
    let asked = [pass, "Ось.", "Er det familiesammenføring?", "Так."];
    gives(
        &asked,
        "mover.residence_permit_basis",
        "Familiesammenføring",
    );
    // Of who does not arrive nothing of the kind is wanted.
    let domestic = ["Er det efter særloven?", "Так."];
    gives(&domestic, "mover.residence_permit_basis", Value::Null);
}

#[test]
fn the_day_beside_a_marriage_is_its_day() {
    for question in ["hvornår og hvor blev i gift", "og så blev i gift hvornår"] {
        let turns = [
            "velkommen til danmark",
            "дякую",
            question,
            "другого жовтня десятого року у вінниці",
        ];
        gives(&turns, "arrival.marital_status_date", "2010-10-02");
        gives(&turns, "arrival.marital_status", "G");
        gives(&turns, "arrival.marital_status_authority", "Vinnytsia");
    }
}

#[test]
fn a_doctor_is_left_for_another_or_put_off() {
    let change = [
        "Hvad med lægen?",
        "Запишіть нас у Ribe Lægehus, там беруть.",
    ];
    gives(&change, "gp.choice", "change");
    gives(&change, "gp.clinic_name", "Ribe Lægehus");
    let keep = ["Vil du beholde din læge i Odder?", "Та хай, хоч і далеко."];
    gives(&keep, "gp.choice", "keep");
    let at_last = [
        "Skal I have en ny læge?",
        "Дружина каже міняти, а я кажу ні. Лишаємо.",
    ];
    gives(&at_last, "gp.choice", "keep");
    let later = [
        "Er der andet?",
        "Лікаря мені дайте ближче, або ні, я сам потім.",
    ];
    gives(&later, "gp.choice", "later");
}

#[test]
fn a_street_without_a_town_lies_where_the_other_does_as_a_question() {
    let turns = [
        "Hvor flytter du fra?",
        "З Агтрупвей п'ятдесят чотири.",
        "Og den nye adresse?",
        "Слотсгаде вісім, шість тисяч Колдінг.",
    ];
    gives(&turns, "case.move_type", "domestic_within_municipality");
    assert_eq!(status(&turns, "case.move_type"), "needs_confirmation");
}

#[test]
fn an_address_without_the_movers_name_is_asked_about() {
    let turns = [
        "Hvad er dit navn og din mail?",
        "Оксана Бондар. Пишіть на karen.holm@example.com",
        "karen.holm@example.com, det har jeg.",
    ];
    gives(&turns, "mover.email", "karen.holm@example.com");
    assert_eq!(status(&turns, "mover.email"), "needs_confirmation");
}

#[test]
fn protection_for_all_who_come_along() {
    let turns = [
        "Hvem flytter med?",
        "Донька Соломія, тридцятого травня вісімнадцятого.",
        "Og hvad ellers?",
        "Бажаю захист, на всіх двох.",
    ];
    gives(&turns, "protection.requested", true);
    gives(
        &turns,
        "protection.persons",
        json!(["mover", "household[0]"]),
    );
}

#[test]
fn where_a_relative_works_is_no_town_of_the_citizens() {
    let turns = [
        "Hvornår kom du til Danmark?",
        "У четвер, літаком.",
        "Har du flere børn?",
        "Син, Василь, у Полтаві працює.",
        "Og adressen derhjemme, som du rejste fra?",
        "Чорнухи, Шевченка п'ятнадцять.",
    ];
    gives(
        &turns,
        "from.foreign_address",
        "vul. Shevchenka 15, Chornukhy, Ukraine",
    );
}

#[test]
fn the_owner_who_is_asked_for_is_the_host() {
    let turns = [
        "Hvem ejer huset?",
        "Зятеві, Геннінгові. Мортенсен на прізвище.",
        "Jeg sender ham en logiværtserklæring, så jeg skal bruge hans nummer.",
        "Дочка написала: п'ятдесят чотири, дванадцять, вісімдесят, нуль сім.",
        "Bliver de selv boende?",
        "А куди ж їм діватися.",
    ];
    gives(&turns, "host.name", "Henning Mortensen");
    gives(&turns, "host.role", "owner");
    gives(&turns, "host.phone", "+4554128007");
    gives(&turns, "dwelling.others_stay", true);
}

#[test]
fn who_is_taken_off_another_countrys_books_comes_from_there() {
    let turns = [
        "Hvor længe bliver du?",
        "Назавжди. У Швеції мене вже виписали.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(slots["arrival.from_country"]["value"], "Sverige");
    assert_eq!(slots["case.move_type"]["value"], "from_abroad");
}

#[test]
fn of_an_address_abroad_the_town_alone_may_be_known() {
    let turns = [
        "Du rejser til Norge? Hvad er adressen der?",
        "Не знаю ще, фірма поселить. Ставангер.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(slots["departure.foreign_address"]["value"], "Stavanger");
    assert_eq!(
        slots["departure.foreign_address"]["status"],
        "needs_confirmation"
    );
    let turns = [
        "Hvad var din sidste adresse i Tjekkiet?",
        "Брно, там я з весни.",
        "Og du kom hertil?",
        "Восьмого серпня. Залишуся щонайменше на два роки.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(slots["from.foreign_address"]["value"], "Brno");
    assert_eq!(slots["arrival.date"]["value"], "2026-08-08");
    assert_eq!(slots["arrival.stay_over_3_months"]["value"], true);
}

#[test]
fn who_came_years_ago_does_not_arrive() {
    for turns in [
        vec![
            "Er du lige kommet til Danmark?",
            "Ні, я тут уже чотири роки.",
        ],
        vec!["Er du lige kommet til Danmark?", "Ні."],
        vec![
            "Hvornår kom du til Danmark?",
            "У березні дві тисячі двадцять другого.",
        ],
        vec![
            "hvornår kom du til danmark",
            "у двадцять другому вже чотири роки тут",
        ],
        vec![
            "Er du lige kommet til Danmark?",
            "Ні, чотири роки.",
            "Okay. Hvornår kom du til Danmark?",
            "У дві тисячі двадцять другому.",
        ],
    ] {
        assert_ne!(slot(&turns, "case.move_type"), "from_abroad", "{turns:?}");
        gives(&turns, "arrival.date", Value::Null);
    }
    for turns in [
        vec!["Er du lige kommet til Danmark?", "Так, учора."],
        vec![
            "Hvornår kom du til Danmark?",
            "Першого вересня, на два роки.",
        ],
        vec![
            "Hvornår kom du til Danmark?",
            "П'ятого вересня. Мені тридцять два роки.",
        ],
        vec!["Velkommen til Danmark. Har du pas med?", "Ні."],
    ] {
        gives(&turns, "case.move_type", "from_abroad");
    }
}
