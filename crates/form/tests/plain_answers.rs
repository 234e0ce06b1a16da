//! What a plain answer says: nothing that was only heard, not what is told behind it, and the other way round what was
//! asked with "ikke".

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::{Value, json};

/// The question, the answer, the slot and what it says; null where it says nothing.
fn said(cases: &[(&str, &str, &str, Value)]) {
    for (question, answer, key, want) in cases {
        let turns = ["Hej, hvad hedder du?", "Оксана Тимчук.", question, answer];
        assert_eq!(told::value(&turns, key), *want, "{question} {answer}");
    }
}

#[test]
fn what_is_only_heard_answers_nothing() {
    let asked = "Ønsker du navne- og adressebeskyttelse?";
    let key = "protection.requested";
    said(&[
        (asked, "Ясно. А це на скільки?", key, Value::Null),
        (asked, "Добре, а що це?", key, Value::Null),
        (asked, "Добре.", key, json!(true)),
        (asked, "Все вірно, хочу.", key, json!(true)),
        (
            "Har du MitID?",
            "Добре, а що це?",
            "mover.has_mitid",
            Value::Null,
        ),
    ]);
    let explained = "Ønsker du adressebeskyttelse? Beskyttelsen varer et år.";
    said(&[(explained, "Не знаю, подумаю.", key, Value::Null)]);
}

#[test]
fn what_stands_behind_an_answer_does_not_replace_it() {
    let family = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук, зі мною син Артем.",
        "Har I fælles forældremyndighed?",
        "Так, спільна, але займаюся ним я сама.",
    ];
    let slots = told::slots(&family);
    let custody = slots.iter().find(|(key, _)| key.ends_with(".custody"));
    assert_eq!(
        custody.map(|(_, slot)| &slot["value"]),
        Some(&json!("joint"))
    );
    let doctor = "Vil du beholde din læge?";
    said(&[
        (
            doctor,
            "Так, лишаємо, він же тут поруч.",
            "gp.choice",
            json!("keep"),
        ),
        (
            doctor,
            "Лишаємо. Ой, ні, беріть нового.",
            "gp.choice",
            json!("change"),
        ),
    ]);
}

#[test]
fn a_stray_word_does_not_turn_the_answer() {
    let mitid = "Har du MitID?";
    let key = "mover.has_mitid";
    said(&[
        (mitid, "Ні, поки так і не зробила.", key, json!(false)),
        (
            mitid,
            "Ні, у мене тільки банківський додаток є.",
            key,
            json!(false),
        ),
        (mitid, "Телефон у мене є, а мітід нема.", key, json!(false)),
        (mitid, "Так, є.", key, json!(true)),
    ]);
    let both = "Har du MitID, og vil du beholde din læge?";
    said(&[
        (both, "Ні, хочу нового, ближче.", key, Value::Null),
        (
            both,
            "Ні, хочу нового, ближче.",
            "gp.choice",
            json!("change"),
        ),
    ]);
    let arrived = [
        "Goddag, er du lige kommet til Danmark?",
        "Так, з України, приїхала минулого тижня.",
        "Bliver du her i mere end tre måneder?",
        "Так, я тут уже тиждень і нікуди не поїду.",
    ];
    assert_eq!(
        told::value(&arrived, "arrival.stay_over_3_months"),
        json!(true)
    );
}

#[test]
fn a_sentence_that_turns_is_read_in_its_parts() {
    let role = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Er du værge for hende?",
        "Я не опікун, я просто дочка.",
    ];
    assert_ne!(told::value(&role, "case.reporter_role"), json!("guardian"));
    assert_ne!(told::value(&role, "poa.kind"), json!("guardianship"));
    let lease = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Kontrakten har jeg, men jeg mangler dit pas.",
    ];
    assert_ne!(
        told::value(&lease, "dwelling.lease_document"),
        json!("missing")
    );
    let doctor = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Så beholder I ikke jeres læge.",
    ];
    assert_ne!(told::value(&doctor, "gp.choice"), json!("keep"));
}

#[test]
fn a_yes_to_what_is_not_so_says_that_it_is_not() {
    said(&[
        (
            "Så du har ikke MitID?",
            "Так.",
            "mover.has_mitid",
            json!(false),
        ),
        ("Har du ikke MitID?", "Так.", "mover.has_mitid", Value::Null),
        (
            "Du har MitID, ikke?",
            "Так.",
            "mover.has_mitid",
            json!(true),
        ),
        (
            "Det er ikke noget problem. Har du MitID?",
            "Так.",
            "mover.has_mitid",
            json!(true),
        ),
        (
            "Og der bliver ingen tilbage i den gamle lejlighed?",
            "Так, правильно.",
            "from.whole_household_moves",
            json!(true),
        ),
        (
            "Bliver der nogen tilbage i den gamle lejlighed?",
            "Так.",
            "from.whole_household_moves",
            json!(false),
        ),
    ]);
}

#[test]
fn a_rule_is_nobodys_choice() {
    said(&[
        (
            "Når man flytter til en anden kommune, får man en ny læge.",
            "Зрозуміло.",
            "gp.choice",
            Value::Null,
        ),
        (
            "Du får svaret på digital post.",
            "Зрозуміло.",
            "mover.digital_post",
            Value::Null,
        ),
        (
            "Du er på digital post, kan jeg se.",
            "Так.",
            "mover.digital_post",
            json!("registered"),
        ),
    ]);
}

#[test]
fn temporary_protection_is_the_ground_of_a_stay() {
    let help = "Hvad kan jeg hjælpe med?";
    for told in [
        "Я хочу подати на тимчасовий захист і зареєструвати адресу.",
        "Мені потрібен тимчасовий захист.",
        "Прошу продовжити захист.",
        "У нас захист до березня, як у всіх.",
        "Я вже маю захист у Польщі.",
    ] {
        let slots = told::slots(&[help, told]);
        assert!(!slots.contains_key("protection.requested"), "{told}");
        assert!(!slots.contains_key("protection.existing"), "{told}");
    }
    said(&[
        (
            help,
            "Хочу захист адреси.",
            "protection.requested",
            json!(true),
        ),
        (
            "Ønsker du beskyttelse?",
            "Так, потрібен захист.",
            "protection.requested",
            json!(true),
        ),
        (
            help,
            "У мене захист ще діє. Адресу вголос не називаю.",
            "protection.existing",
            json!(true),
        ),
    ]);
}

#[test]
fn living_without_a_marriage_is_not_being_married() {
    let arrived = [
        "Goddag, er du lige kommet til Danmark?",
        "Так, з України, приїхала минулого тижня.",
        "Er du gift?",
    ];
    for answer in [
        "Ми без шлюбу живемо, просто разом.",
        "Уже сама живу.",
        "Уже розійшлися.",
    ] {
        let turns = [&arrived[..], &[answer]].concat();
        assert_ne!(
            told::value(&turns, "arrival.marital_status"),
            json!("G"),
            "{answer}"
        );
    }
    let turns = [&arrived[..], &["Уже сімнадцять років."]].concat();
    assert_eq!(told::value(&turns, "arrival.marital_status"), json!("G"));
}

#[test]
fn protection_that_the_employee_sees_is_had_and_has_its_end() {
    let turns = [
        "Hej. Hvad hedder du?",
        "Горбенко Микита. У мене захист, адресу вголос не називаю.",
        "Ja, jeg kan se beskyttelsen. Den gælder til den tredje september i år.",
    ];
    assert_eq!(told::value(&turns, "protection.existing"), json!(true));
    assert_eq!(told::value(&turns, "protection.until"), json!("2026-09-03"));
}

/// "Er det kun dig?" – «Ні»: somebody comes along, and whoever is named beside the "no" does.
#[test]
fn a_no_to_only_you_is_company() {
    let answered = |asked: &str, said: &str| {
        let turns = ["Hvad hedder du?", "Павло Кушнір.", asked, said];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
        let value = |key: &str| slots.get(key).map(|slot| slot["value"].clone());
        (value("household.count"), value("household[0].given_names"))
    };
    for asked in [
        "Er det kun dig?",
        "Er det bare dig, der flytter?",
        "Flytter du alene?",
    ] {
        for said in [
            "Ні, ще син Марко.",
            "Ні, зі мною мій син Марко.",
            "Ні, і син, Марко.",
        ] {
            let company = (Some(2.into()), Some("Marko".into()));
            assert_eq!(answered(asked, said), company, "{asked} {said}");
        }
        assert_ne!(answered(asked, "Ні.").0, Some(1.into()), "{asked}");
    }
    assert_eq!(answered("Er det kun dig?", "Так.").0, Some(1.into()));
    for said in [
        "Ні.",
        "Ні, чоловік лишається в Польщі.",
        "Ні, син в Україні з мамою.",
    ] {
        assert_eq!(
            answered("Flytter der andre med?", said),
            (Some(1.into()), None),
            "{said}"
        );
    }
    let son = answered("Flytter der nogen med? Din kone?", "Ні, син Марко.");
    assert_eq!(son, (Some(2.into()), Some("Marko".into())));
}

#[test]
fn grown_ups_and_children_are_counted_together() {
    for (said, count) in [
        ("Двоє дорослих і троє дітей.", 5),
        ("Я одна з двома дітьми.", 3),
        ("Я сам із двома дітьми.", 3),
        ("Я один.", 1),
        ("Двоє.", 2),
    ] {
        let turns = ["Hvad hedder du?", "Павло Кушнір.", "Hvor mange er I?", said];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
        assert_eq!(slots["household.count"]["value"], count, "{said}");
    }
}

#[test]
fn who_was_asked_about_and_agreed_to_comes_along() {
    let named = |asked: &str, said: &str| {
        let turns = [
            "Hvad hedder du?",
            "Павло Кушнір.",
            asked,
            said,
            "Hvad hedder hun?",
            "Олена Мельник.",
        ];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
        let value = |key: &str| slots.get(key).map(|slot| slot["value"].clone());
        (value("household[0].given_names"), value("household.count"))
    };
    let both = (Some("Olena".into()), Some(2.into()));
    assert_eq!(named("Flytter din kone med?", "Так."), both);
    assert_eq!(named("Flytter din datter med?", "Так, теж."), both);
    assert_eq!(named("Flytter din kone med?", "Ні.").0, None);
}
