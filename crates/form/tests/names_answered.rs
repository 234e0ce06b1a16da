//! Whole names that answer a question: the mover's and the host's, also where no list has them, and spelled ones.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn whoever_lets_the_citizen_in_is_named_by_a_name_of_no_list() {
    let room = "У Віборзі, кімната в однієї пані, вона й сама там живе.";
    for (question, answer, name) in [
        (
            "Hvad hedder hun, og bliver hun boende?",
            "Грета Солбю. Так, куди ж їй.",
            "Grethe Solby",
        ),
        (
            "Hvem ejer huset?",
            "Вона сама, Грета Солбю.",
            "Grethe Solby",
        ),
        (
            "Okay. Hele navnet til hende?",
            "Пані Грета Солбю.",
            "Grethe Solby",
        ),
    ] {
        let turns = [
            "Hvad er dit navn?",
            "Оксана Мельник.",
            "Hvor flytter du hen?",
            room,
            question,
            answer,
        ];
        assert_eq!(value(&turns, "host.name"), name, "{question}");
        assert_eq!(value(&turns, "mover.surname"), "Melnyk", "{question}");
    }
    let spoken = [
        "hvad er dit navn",
        "оксана мельник",
        "hvor flytter du hen",
        "до тітки в неї своя хата",
        "hvad hedder hun og bliver hun boende",
        "тюпка варвара так вона нікуди",
    ];
    assert_eq!(value(&spoken, "host.name"), "Varvara Tiupka");
}

#[test]
fn the_surname_behind_the_given_name_that_the_employee_says() {
    let turns = [
        "Hvad er dit navn?",
        "Оксана Мельник.",
        "Hvor flytter du hen?",
        "До чоловіка, до Ніколая, він там винаймає.",
        "Nicolai hvad?",
        "Брамп, мій чоловік.",
    ];
    assert_eq!(value(&turns, "host.name"), "Nicolai Bramp");
}

#[test]
fn a_name_is_no_hosts_where_nobodys_home_was_spoken_of() {
    // Whoever lets a whole home is asked for the contract's sake.
    let lessor = [
        "Hvad er dit navn?",
        "Оксана Мельник.",
        "Hvem lejer du af?",
        "Франк Солбю.",
    ];
    assert_eq!(value(&lessor, "host.name"), Value::Null);
    // Somebody who moves along.
    let child = [
        "Hvad er dit navn?",
        "Оксана Мельник.",
        "Hvem flytter med?",
        "Донька.",
        "Hvad hedder hun?",
        "Одарка Мельник.",
    ];
    assert_eq!(value(&child, "host.name"), Value::Null);
    assert_eq!(value(&child, "household[0].given_names"), "Odarka");
    // Of whom the old home was rented.
    let old = [
        "Hvad er dit navn?",
        "Оксана Мельник.",
        "Hvem ejer den gamle lejlighed?",
        "Франк Солбю.",
    ];
    assert_eq!(value(&old, "host.name"), Value::Null);
}

#[test]
fn the_movers_name_in_an_answer_that_no_list_has() {
    for (question, answer, given, surname) in [
        (
            "godmorgen hvad hedder du",
            "терентій щупак щупак як риба",
            "Terentii",
            "Shchupak",
        ),
        (
            "hej navn og hvor mange flytter i",
            "віра щупак двоє я й син назар",
            "Vira",
            "Shchupak",
        ),
        (
            "Så klarer vi det her. Navn?",
            "Тоді пишіть: Щупак Регіна.",
            "Rehina",
            "Shchupak",
        ),
        (
            "okay hvad hedder du",
            "щупак святослав",
            "Sviatoslav",
            "Shchupak",
        ),
    ] {
        let turns = [question, answer];
        assert_eq!(value(&turns, "mover.given_names"), given, "{answer}");
        assert_eq!(value(&turns, "mover.surname"), surname, "{answer}");
    }
}

#[test]
fn words_of_a_sentence_are_no_surname() {
    let turns = [
        "Hvad er dit navn?",
        "Оксана Мельник.",
        "Får I jeres egen postkasse med navn på?",
        "Свою! Чоловік уже зробив.",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Melnyk");
    let asked = ["Bliver Marek boende?", "Так."];
    assert_eq!(value(&asked, "mover.surname"), Value::Null);
}

#[test]
fn a_paper_on_the_counter_that_is_read_is_where_the_name_comes_from() {
    let turns = [
        "Hvornår kom du til Danmark, fra Ukraine?",
        "Першого вересня. Ось паспорт.",
        "Hvad hedder du?",
        "Оксана Мельник.",
        "Melnyk, Oksana, ja, det er stavet sådan, født den tredje maj halvfems.",
    ];
    assert_eq!(value(&turns, "mover.name_source"), "passport");
    let register = [
        "Hvad hedder du?",
        "Оксана Мельник.",
        "Melnyk, ja. Hvornår er du født?",
    ];
    assert_eq!(value(&register, "mover.name_source"), Value::Null);
}

#[test]
fn a_spelling_is_read_beside_the_name_that_was_said() {
    for (answer, surname) in [
        ("Сагайда Ювеналій. Ес, а, ге, а, і, де, а.", "Sahaida"),
        ("крістіна бокша бе о ка ша", "Boksha"),
    ] {
        let turns = ["Hvad hedder du?", answer];
        assert_eq!(value(&turns, "mover.surname"), surname, "{answer}");
    }
    // In Latin letters it is as it stands there.
    let turns = ["Hvad hedder du?", "слободян герман g e r m a n"];
    assert_eq!(value(&turns, "mover.given_names"), "German");
    let turns = [
        "Hvad hedder du?",
        "Ванда Квітка.",
        "Står der navn på postkassen?",
        "Так, великими: «KVITKA».",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Kvitka");
}

#[test]
fn another_name_than_the_movers_is_asked_about() {
    let turns = [
        "Hvem flytter?",
        "Я і донька, Даринка.",
        "Og Darynka, er det det rigtige navn?",
        "Вдома Даринка, а в документах Дарина.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), Value::Null);
    assert_eq!(value(&turns, "household[0].given_names"), "Daryna");
    // Without signs so many names as are counted beside «я».
    let turns = ["hvor mange er I", "нас троє я лілія і микита"];
    assert_eq!(value(&turns, "mover.given_names"), Value::Null);
    assert_eq!(value(&turns, "household[0].given_names"), "Liliia");
    assert_eq!(value(&turns, "household[1].given_names"), "Mykyta");
}

#[test]
fn a_name_that_no_list_has_is_read_from_a_paper_and_asked_back() {
    for (asked, paper) in [
        ("Må jeg se dit kort?", "Нате."),
        ("Har du dit pas med?", "Ось, прошу."),
    ] {
        for read in [
            "Yeuhenia Shapovalova, er det rigtigt læst?",
            "Y-E-U-H-E-N-I-A, efternavn S-H-A-P-O-V-A-L-O-V-A. Yeuhenia Shapovalova, passer det?",
        ] {
            let turns = [asked, paper, read, "Так."];
            assert_eq!(value(&turns, "mover.given_names"), "Yeuhenia", "{read}");
            assert_eq!(value(&turns, "mover.surname"), "Shapovalova", "{read}");
        }
    }
}

#[test]
fn a_name_is_asked_for_in_the_past_tense_too() {
    let turns = [
        "Det er Bente. Lad mig se, om jeg kan finde kladden. Hvad hed du?",
        "Яценко Милана.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Mylana");
    assert_eq!(value(&turns, "mover.surname"), "Yatsenko");
}
