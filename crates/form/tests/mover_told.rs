//! The mover's name, birth date and number as people tell them when nobody holds them to a form, and whose home it is.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::json;

#[test]
fn a_number_is_told_with_month_names_and_words_between() {
    for (answer, number) in [
        (
            "Шосте, березень, вісімдесят третій, потім двадцять один п'ятнадцять.",
            "060383-2115",
        ),
        (
            "Шостого березня вісімдесят третього. Решта — двадцять один, п'ятнадцять.",
            "060383-2115",
        ),
        (
            "Шосте третє двохтисячного, п'ятдесят один п'ятнадцять.",
            "060300-5115",
        ),
    ] {
        let turns = [
            "Hej, hvad hedder du?",
            "Оксана Тимчук.",
            "Hvad er dit CPR-nummer?",
            answer,
        ];
        assert_eq!(
            told::value(&turns, "mover.cpr_number"),
            json!(number),
            "{answer}"
        );
    }
}

#[test]
fn the_last_four_join_the_day_that_is_known() {
    let turns = [
        "Hej, hvad hedder du, og hvornår er du født?",
        "Оксана Тимчук, шостого березня вісімдесят третього.",
        "Og de fire sidste?",
        "Двадцять один, п'ятнадцять.",
    ];
    assert_eq!(
        told::value(&turns, "mover.cpr_number"),
        json!("060383-2115")
    );
}

#[test]
fn a_date_without_the_last_four_is_no_number() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Hvad er dit CPR-nummer?",
        "Народилася шостого березня вісімдесят третього, а цифри не пам'ятаю. Живу на Нюгаде двадцять один.",
    ];
    assert!(told::value(&turns, "mover.cpr_number").is_null());
}

#[test]
fn without_capitals_the_word_behind_the_given_name_is_the_surname() {
    for (answer, surname) in [
        ("я оксана кужіль", "Kuzhil"),
        ("оксана ялина отак коротко", "Yalyna"),
        ("мене звати оксана сніп", "Snip"),
    ] {
        let turns = ["hej hvad hedder du", answer];
        assert_eq!(
            told::value(&turns, "mover.given_names"),
            json!("Oksana"),
            "{answer}"
        );
        assert_eq!(
            told::value(&turns, "mover.surname"),
            json!(surname),
            "{answer}"
        );
    }
    let turns = ["hej hvad hedder du", "оксана теж"];
    assert_eq!(told::value(&turns, "mover.surname"), json!(null));
}

#[test]
fn the_passport_is_read_aloud_surname_first() {
    for read in [
        "Passet, tak. Tymchuk, Oksana. Født den sjette marts treogfirs.",
        "I passet: Tymchuk, Oksana. Fødselsdag den sjette marts treogfirs.",
        "Efternavnet i passet er Tymchuk. Fornavnet er Oksana. Født den sjette marts treogfirs, står her.",
    ] {
        let turns = [
            "Hej, hvor kommer du fra?",
            "З України, вчора приїхала.",
            "Har du et pas?",
            "Ось паспорт.",
            read,
            "Сьогодні холодно.",
        ];
        assert_eq!(
            told::value(&turns, "mover.surname"),
            json!("Tymchuk"),
            "{read}"
        );
        assert_eq!(
            told::value(&turns, "mover.given_names"),
            json!("Oksana"),
            "{read}"
        );
        assert_eq!(
            told::value(&turns, "mover.birth_date"),
            json!("1983-03-06"),
            "{read}"
        );
    }
    let greeted = ["Velkommen, Oksana.", "Дякую."];
    assert!(told::value(&greeted, "mover.surname").is_null());
}

#[test]
fn who_is_asked_for_by_nothing_but_you_tells_their_name() {
    for question in [
        "Så starter jeg med dig.",
        "jeg tager dig først",
        "Hvem står jeg med?",
    ] {
        let turns = [
            "Hej, hvad kan jeg hjælpe med?",
            "Ми переїхали.",
            question,
            "Тимчук Оксана.",
        ];
        assert_eq!(
            told::value(&turns, "mover.surname"),
            json!("Tymchuk"),
            "{question}"
        );
    }
}

#[test]
fn whose_home_it_is_stands_beside_the_name() {
    for said in [
        "Хазяїн, Петер Ніссен, живе поверхом нижче.",
        "Знімаю кімнату в пані Карен Ніссен.",
        "Там подруга, Карен Ніссен, вона орендує.",
    ] {
        let turns = [
            "Hej, hvad hedder du?",
            "Оксана Тимчук.",
            "Hvor flytter du hen?",
            "Нюгаде двадцять, Ольборг, кімната.",
            "Fortæl lidt mere.",
            said,
        ];
        let name = told::value(&turns, "host.name");
        assert!(
            name.as_str().is_some_and(|n| n.ends_with("Nissen")),
            "{said}: {name}"
        );
    }
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Hvor boede du før?",
        "Раніше жила в Карен Ніссен, вона орендує.",
    ];
    assert!(told::value(&turns, "host.name").is_null());
}
