//! Whose a CPR number is: not of who has it noted, and not of the one who was heard before.

mod talk;
mod told;

use serde_json::{Value, json};

#[test]
fn who_has_the_number_noted_is_not_whose_it_is() {
    for answer in [
        "Зараз, мама мені записала: двадцять перше нуль шосте вісімдесят п'ять, тринадцять чотирнадцять.",
        "Донька підкаже: двадцять перше нуль шосте вісімдесят п'ять, тринадцять чотирнадцять.",
        "У мами в телефоні: двадцять перше нуль шосте вісімдесят п'ять, тринадцять чотирнадцять.",
    ] {
        let turns = [
            "Hej, hvad hedder du?",
            "Оксана Тимчук.",
            "Hvad er dit CPR-nummer?",
            answer,
            "210685-1314.",
            "Так.",
        ];
        assert_eq!(
            told::value(&turns, "mover.cpr_number"),
            json!("210685-1314"),
            "{answer}"
        );
        assert!(told::rows(&turns, "cpr_number").is_empty(), "{answer}");
    }
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Hvem flytter med, og hvad er hendes CPR-nummer?",
        "Мама, Ганна Тимчук. Мама: двадцять перше нуль шосте шістдесят п'ять, тринадцять чотирнадцять.",
    ];
    assert_eq!(told::rows(&turns, "cpr_number"), ["210665-1314"]);
}

#[test]
fn a_house_put_right_leaves_the_numbers_alone() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Og dit telefonnummer?",
        "Двадцять два, тридцять чотири, п'ятдесят шість, сімдесят вісім.",
        "22 34 56 78. Hvor flytter du hen?",
        "Нюгаде двадцять два, Аалборг.",
        "Nygade 22. Hvilken sal?",
        "Ні, не двадцять два, а тридцять два. Другий сал.",
    ];
    assert_eq!(told::value(&turns, "mover.phone"), json!("+4522345678"));
    assert_eq!(told::value(&turns, "to.house_number"), json!("32"));
}

#[test]
fn a_day_put_right_leaves_the_numbers_alone() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Hvad er dit CPR-nummer?",
        "П'ятнадцять нуль три вісімдесят шість, тринадцять дванадцять.",
        "150386-1312. Hvornår flytter du?",
        "П'ятнадцятого травня.",
        "Den 15. maj?",
        "Ні, не п'ятнадцятого, а шістнадцятого.",
    ];
    assert_eq!(
        told::value(&turns, "mover.cpr_number"),
        json!("150386-1312")
    );
}

#[test]
fn twins_have_a_number_each() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук, зі мною сини Артем і Марк.",
        "Hvad er Artems CPR-nummer?",
        "Артем: п'ятнадцяте нуль п'яте вісімнадцять, дванадцять тридцять сім.",
        "150518-1237. Og Mark: 150518-5679, kan jeg se?",
        "Так.",
    ];
    assert_eq!(
        told::rows(&turns, "cpr_number"),
        ["150518-1237", "150518-5679"]
    );
}

#[test]
fn a_pet_name_behind_my_is_no_spouse() {
    let turns = [
        "Velkommen. Hvad hedder du?",
        "Оксана Тимчук, ми з України, приїхали вчора.",
        "Hvem er kommet sammen med dig?",
        "Мій Максимко, він у третьому класі.",
        "Maksym, okay. Hvornår er han født?",
        "Третього травня дві тисячі вісімнадцятого.",
        "Den tredje maj 2018.",
        "Так.",
    ];
    let slots = told::slots(&turns);
    for (key, slot) in &slots {
        if key.ends_with(".relation") {
            assert_ne!(slot["value"], json!("spouse"), "{slot}");
        }
    }
    assert_ne!(told::value(&turns, "household[0].birth_date"), Value::Null);
}
