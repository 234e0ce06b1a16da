//! Children of two parents: whose they are, with whom they have lived, what the other parent knows and is called; who is to
//! be hidden; by which paper somebody acts for another.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::Value;

use told::value;

/// A mother with her daughter, then what is asked and said of her.
fn of_the_girl<'a>(turns: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec![
        "Hvad hedder du?",
        "Козак Раїса.",
        "Og hvem flytter med?",
        "Моя донька Зоя Козак, сьоме березня чотирнадцятого року.",
    ];
    all.extend(turns);
    all
}

fn told(turns: &[&str], field: &str) -> Value {
    value(&of_the_girl(turns), &format!("children[].{field}"))
}

#[test]
fn custody_is_told_by_what_the_court_gave_and_what_both_share() {
    for (asked, said, custody) in [
        (
            "Og forældremyndigheden?",
            "По суду все мені, ось рішення.",
            "sole_reporter",
        ),
        (
            "Er der en far, vi skal skrive til?",
            "Суд віддав малу мені повністю, він підпису не має.",
            "sole_reporter",
        ),
        ("Og hendes far?", "Не записаний він ніде.", "sole_reporter"),
        ("Og hendes far?", "Ми з ним ділимо права.", "joint"),
        (
            "Hvem har forældremyndigheden?",
            "Навпіл, я й батько.",
            "joint",
        ),
        (
            "Hvor er hendes far?",
            "У Польщі, у нього права теж є.",
            "joint",
        ),
        (
            "Har I fælles forældremyndighed?",
            "Так, спільна, він не проти, сам речі носив.",
            "joint",
        ),
    ] {
        assert_eq!(told(&[asked, said], "custody"), custody, "{asked} {said}");
    }
}

#[test]
fn parents_who_move_together_have_lived_with_their_child() {
    let both = |custody: &str| {
        let turns = [
            "Hvad hedder du?",
            "Козак Раїса.",
            "Hvem flytter med?",
            "Чоловік Олег Козак і наша донька Зоя, сьоме березня чотирнадцятого року.",
            "Har I begge forældremyndigheden?",
            custody,
        ];
        value(&turns, "children[].lived_with_before")
    };
    assert_eq!(both("Так, обоє."), "both");
    assert_ne!(both("Ні, тільки я."), "both");
    // Nobody asks that of one who does not come along.
    let turns = [
        "Har I fælles forældremyndighed?",
        "Так, спільна. Ми розлучені.",
    ];
    assert_eq!(told(&turns, "lived_with_before"), Value::Null);
}

#[test]
fn the_other_parent_knew_long_before_or_did_not() {
    for (said, knew) in [
        ("Ще взимку сказала.", true),
        ("Від лютого, я йому писала.", true),
        ("Та які шість, у неділю спакувалася.", false),
        ("Сказала в понеділок, не вийшло раніше.", false),
    ] {
        let turns = ["Vidste han det seks uger før?", said];
        assert_eq!(told(&turns, "six_weeks_notice"), knew, "{said}");
    }
    let turns = ["Vidste han det seks uger før?", "З квітня."];
    assert_eq!(told(&turns, "six_weeks_notice"), Value::Null);
}

#[test]
fn the_other_parent_answers_wherever_they_are() {
    for (asked, said, statement) in [
        (
            "Hvor er hendes far?",
            "У Кракові, він письмово погодився.",
            "agrees",
        ),
        (
            "Hvor er hendes far?",
            "Не знаю, телефон мовчить рік.",
            "not_reachable",
        ),
        (
            "Hvor er hendes far?",
            "Номер змінив, як у воду.",
            "not_reachable",
        ),
        (
            "Og hendes far?",
            "Тато проти, але живе вона зі мною.",
            "disagrees",
        ),
    ] {
        assert_eq!(
            told(&[asked, said], "other_parent_statement"),
            statement,
            "{said}"
        );
    }
    // Whoever has agreed need not be heard, and has agreed.
    let turns = [
        "Hvem har forældremyndigheden?",
        "Обоє. Батько згоден, ось лист.",
        "Så behøver jeg ikke høre ham.",
    ];
    assert_eq!(told(&turns, "other_parent_statement"), "agrees");
    let turns = [
        "Har du hendes pas?",
        "Ні, телефон мовчить, не додзвонюсь до консульства.",
    ];
    assert_eq!(told(&turns, "other_parent_statement"), Value::Null);
}

#[test]
fn the_other_parent_is_named_in_passing() {
    for (asked, said) in [
        (
            "Hvem har forældremyndigheden?",
            "Обоє. Батько, Ігнат Козак, згоден.",
        ),
        ("Hvor er hendes far?", "Ігнат Козак, він у Польщі."),
        (
            "Er du alene om forældremyndigheden?",
            "Ні, з Ігнатом удвох, хоч ми й розійшлись.",
        ),
    ] {
        let name = told(&[asked, said], "other_parent_name");
        assert!(
            name.as_str().is_some_and(|n| n.starts_with("Ihnat")),
            "{said}: {name}"
        );
    }
    // Somebody's own mother, and an aunt's former mother-in-law.
    let turns = ["Hvor bor du nu?", "У мами, Ніна Козак її звати."];
    assert_eq!(told(&turns, "other_parent_name"), Value::Null);
    let turns = ["Bliver nogen boende?", "Свекруха, ну колишня, Софія Козак."];
    assert_eq!(told(&turns, "other_parent_name"), Value::Null);
}

#[test]
fn for_whom_a_name_is_hidden() {
    let persons = |turns: &[&str]| value(&of_the_girl(turns), "protection.persons");
    let both = serde_json::json!(["mover", "household[0]"]);
    for turns in [
        &["Skal vi beskytte adressen?", "Так. Для мене і для малої."][..],
        &[
            "Skal din adresse beskyttes?",
            "Конче. Для мене й для дитини.",
        ],
        &["Er hun beskyttet?", "Ні, її треба додати."],
    ] {
        assert_eq!(persons(turns), both, "{turns:?}");
    }
    let turns = [
        "Skal vi beskytte adressen?",
        "Ні, не треба, і дитині не треба.",
    ];
    assert_eq!(persons(&turns), Value::Null);
    for said in ["Звідки, я тут уперше.", "Не мала я нічого."] {
        let turns = of_the_girl(&[
            "Skal vi beskytte adressen?",
            "Так.",
            "Har du haft det før?",
            said,
        ]);
        assert_eq!(value(&turns, "protection.existing"), false, "{said}");
    }
}

#[test]
fn by_which_paper_somebody_acts() {
    for (turns, role, kind) in [
        (
            &[
                "Er det dig, der skal flytte?",
                "Ні, свекруха. Дала мені підписаний лист, ось.",
            ][..],
            "power_of_attorney",
            "paper",
        ),
        (
            &[
                "Hvem er det, vi skal melde?",
                "Мого дядька Юхима.",
                "Og hvem er du?",
                "Нестор Гнатюк, я від нього уповноважений цифрово, через додаток.",
            ],
            "power_of_attorney",
            "digital",
        ),
        (
            &[
                "Goddag.",
                "Тещу хочу перевести.",
                "Har du lov til at melde for hende?",
                "Вона дала мені цифровий дозвіл, Digital Fuldmagt.",
            ],
            "power_of_attorney",
            "digital",
        ),
        (
            &["Goddag.", "Я татова опікунка, ось рішення."],
            "guardian",
            "guardianship",
        ),
    ] {
        assert_eq!(value(turns, "case.reporter_role"), role, "{turns:?}");
        assert_eq!(value(turns, "poa.kind"), kind, "{turns:?}");
    }
    let turns = ["Hvem er det, vi skal melde?", "Мене, Юхима Гнатюка."];
    assert_eq!(value(&turns, "poa.used"), Value::Null);
}
