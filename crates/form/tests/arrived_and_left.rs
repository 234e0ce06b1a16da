//! Who has come and who leaves, told in other words than the form's: the day of a journey that was told first, a paper that
//! was applied for, the office that keeps a marriage, where somebody comes from, which home is left.

mod talk;

use serde_json::{Value, json};

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 9))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

const MISSING: &str = "documents.missing";
const STAYS: &str = "arrival.stay_over_3_months";
const OFFICE: &str = "arrival.marital_status_authority";
const DAY: &str = "arrival.date";
const OLD: &str = "from.address_line";

const ARRIVED: &str = "Добрий день, я вчора прилетіла з Польщі.";

fn arrived(question: &'static str, answer: &'static str, key: &str) -> Value {
    value(
        &["Hvad kan jeg hjælpe med?", ARRIVED, question, answer],
        key,
    )
}

#[test]
fn a_card_that_was_applied_for_is_missing() {
    for answer in [
        "Подали, чекаємо на пошту.",
        "Ще ні, відбитки тільки здала.",
        "Оформлюю, сказали місяць.",
        "Не прийшла, але подано.",
    ] {
        let got = arrived("Har du fået opholdskort?", answer, MISSING);
        assert_eq!(got, json!(["residence_permit"]), "{answer}");
    }
    for answer in [
        "Так, ось картка, до першого квітня двадцять дев'ятого.",
        "Подавала навесні, вже видали, ось.",
        "Я громадянка Польщі, мені не треба.",
    ] {
        let got = arrived("Har du fået opholdskort?", answer, MISSING);
        assert_eq!(got, Value::Null, "{answer}");
    }
    let got = arrived(
        "Har du vielsesattesten med?",
        "Ні, чоловік скине поштою.",
        MISSING,
    );
    assert_eq!(got, json!(["marriage_certificate"]));
}

#[test]
fn a_paper_that_was_asked_for_is_handed_over() {
    let shown = |question, answer| arrived(question, answer, "arrival.documents_presented");
    let has =
        |papers: Value, paper: &str| papers.as_array().is_some_and(|p| p.contains(&json!(paper)));
    let got = shown("Har du fødselsattesten?", "Є, тільки без перекладу.");
    assert!(has(got, "birth_certificate"));
    let got = shown("Vielsesattest?", "Маємо, перекладену англійською.");
    assert!(has(got, "marriage_certificate"));
    let got = shown("Vielsesattest?", "Загубили в дорозі.");
    assert!(!has(got, "marriage_certificate"));
}

#[test]
fn who_stays_says_so_without_months() {
    for (question, answer) in [
        ("Bliver I i Danmark?", "Назад ні ногою, тут будемо."),
        ("Har I tænkt jer at blive?", "Куди ж ми тепер. Лишаємося."),
        ("Bliver Olena her?", "Поки школу не закінчить."),
        ("Bliver du i Danmark?", "Не на місяць, онуків глядітиму."),
    ] {
        assert_eq!(
            arrived(question, answer, STAYS),
            true,
            "{question} {answer}"
        );
    }
    let got = arrived("Bliver I i Danmark?", "Не лишаємося, на два тижні.", STAYS);
    assert_ne!(got, true);
}

#[test]
fn the_office_is_told_by_the_adjective_of_its_town() {
    for (question, answer, town) in [
        (
            "Er du gift?",
            "Так, сумський РАЦС, восьмого серпня двадцятого.",
            "Sumy",
        ),
        (
            "Er du enke?",
            "Вдова, запис у вінницькому рацсі.",
            "Vinnytsia",
        ),
        ("Hvor blev I gift?", "У лісабонській мерії.", "Lissabon"),
    ] {
        assert_eq!(arrived(question, answer, OFFICE), town, "{answer}");
    }
    let got = arrived("Er du gift?", "Так, у міському загсі розписалися.", OFFICE);
    assert_eq!(got, Value::Null);
}

#[test]
fn a_marriage_that_nobody_asked_for_is_told_with_its_day() {
    let turns = [
        "Hvad kan jeg hjælpe med?",
        ARRIVED,
        "Er der familie, du ikke har med?",
        "Чоловік удома. Ми розписані, п'ятого червня дві тисячі дванадцятого, в Нікополі.",
    ];
    assert_eq!(value(&turns, "arrival.marital_status"), "G");
    assert_eq!(value(&turns, "arrival.marital_status_date"), "2012-06-05");
    assert_eq!(value(&turns, OFFICE), "Nikopol");
    let turns = [
        "Hvad kan jeg hjælpe med?",
        ARRIVED,
        "Er der familie, du ikke har med?",
        "Донька. Вона одружилась п'ятого червня дві тисячі дванадцятого.",
    ];
    assert_eq!(value(&turns, "arrival.marital_status"), Value::Null);
}

#[test]
fn the_day_of_the_journey_waits_until_it_is_known_that_somebody_arrives() {
    let arrives = ["Pas og opholdskort, tak.", "Ось, обидва."];
    for (question, answer, day) in [
        (
            "Hvad kan jeg hjælpe med?",
            "Ми приїхали позавчора.",
            "2026-09-07",
        ),
        (
            "Hvornår kom du?",
            "П'ятого вересня, автобусом.",
            "2026-09-05",
        ),
        (
            "Hvad kan jeg hjælpe med?",
            "Перетнули міст четвертого вересня.",
            "2026-09-04",
        ),
    ] {
        let turns = [question, answer, arrives[0], arrives[1]];
        assert_eq!(value(&turns, DAY), day, "{answer}");
    }
    let turns = [
        "Hvornår kom I ind i lejligheden?",
        "П'ятого вересня.",
        arrives[0],
        arrives[1],
    ];
    assert_eq!(value(&turns, DAY), Value::Null);
}

#[test]
fn where_somebody_comes_from_is_agreed_to() {
    let turns = [
        "Kommer du direkte fra Poltava?",
        "Напряму. Вулиця Соборності, п'ять, квартира вісім.",
    ];
    assert_eq!(value(&turns, "from.country"), "Ukraine");
    assert_eq!(
        value(&turns, "from.foreign_address"),
        "vul. Sobornosti 5, kv. 8, Poltava, Ukraine"
    );
    let turns = ["Kommer du direkte fra Poltava?", "Ні, я з Орхуса."];
    assert_eq!(value(&turns, "from.country"), Value::Null);
}

#[test]
fn the_home_that_is_left_is_asked_for_in_few_words() {
    for question in [
        "Hvad fraflyttede du?",
        "Fra hvor?",
        "Og hvor før?",
        "Hvor har du været tilmeldt indtil da?",
    ] {
        let turns = [
            "Hvad er adressen?",
            "Хобро, Сковвей вісім, дев'ять п'ять нуль нуль.",
            "Skovvej otte, 9500 Hobro.",
            "Так.",
            question,
            "Сківе, Енгвей чотири, сім вісім нуль нуль.",
        ];
        assert_eq!(value(&turns, OLD), "Engvej 4, 7800 Skive", "{question}");
        assert_eq!(value(&turns, "to.street_name"), "Skovvej", "{question}");
    }
}

#[test]
fn letters_go_to_the_home_that_is_left() {
    let turns = [
        "Hvad kan jeg hjælpe med?",
        "Я їду назовсім у Польщу.",
        "Hvor bor du nu?",
        "Рандерсвей вісім, вісім тисяч двісті.",
        "Har du en kontaktadresse i Danmark?",
        "На ту саму адресу, там чоловік.",
    ];
    assert_eq!(
        value(&turns, "departure.contact_address"),
        value(&turns, OLD)
    );
    assert_ne!(value(&turns, OLD), Value::Null);
}
