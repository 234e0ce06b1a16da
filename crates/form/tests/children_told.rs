//! Children of two parents, and errands for somebody else, told in everyday words. Each in several wordings.

mod talk;
mod told;

use serde_json::Value;

use told::{rows, value};

/// A mother with her son, then what is asked and said of him.
fn of_the_boy<'a>(turns: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec![
        "Hvad hedder du?",
        "Ковтун Лариса.",
        "Og hvem flytter med?",
        "Мій син Денис Ковтун, восьме червня чотирнадцятого року.",
    ];
    all.extend(turns);
    all
}

fn told(turns: &[&str], field: &str) -> Value {
    value(&of_the_boy(turns), &format!("children[].{field}"))
}

#[test]
fn whose_a_child_is_is_told_without_the_words_of_the_form() {
    for (asked, said, custody) in [
        ("Og I er fælles om ham?", "Не ділили ніколи, обоє.", "joint"),
        (
            "Har I begge myndigheden?",
            "Ніхто його прав не позбавляв.",
            "joint",
        ),
        ("Deler I myndigheden?", "Ми ж одружені.", "joint"),
        (
            "Og myndigheden?",
            "Торік суддя присудив сина мені, повністю.",
            "sole_reporter",
        ),
        ("Hvem er hans far?", "Загинув на війні.", "sole_reporter"),
        (
            "Står der en far i attesten?",
            "Ні. Батька не записували.",
            "sole_reporter",
        ),
        (
            "Er det faren, der har myndigheden?",
            "Він один, так суд вирішив.",
            "sole_other",
        ),
    ] {
        assert_eq!(told(&[asked, said], "custody"), custody, "{asked} {said}");
    }
    assert_eq!(rows(&of_the_boy(&[]), "given_names"), ["Denys"]);
    // A paper that somebody has says nothing of the other parent.
    let turns = [
        "Har du noget fra retten om, at du har ham?",
        "Так, рішення є.",
    ];
    assert_ne!(told(&turns, "custody"), "joint");
    // Somebody's own father.
    let turns = [
        "Har du familie i Ukraine?",
        "Мама Ніна. Мій батько загинув.",
    ];
    assert_eq!(told(&turns, "custody"), Value::Null);
}

#[test]
fn what_the_other_parent_did_is_what_they_say() {
    for (asked, said, statement) in [
        (
            "Er faren indforstået?",
            "Він сам нам квитки купив.",
            "agrees",
        ),
        ("Er faren med på det?", "Каже: хай живе з тобою.", "agrees"),
        (
            "Hvad siger faren til det?",
            "Роби, як знаєш, каже.",
            "agrees",
        ),
        ("Hvad siger faren?", "Кричить, що не віддасть.", "disagrees"),
        (
            "Har du sagt det til hans far?",
            "Тато впирається, погрожує адвокатом.",
            "disagrees",
        ),
    ] {
        let turns = [asked, said];
        assert_eq!(told(&turns, "other_parent_statement"), statement, "{said}");
        // Whoever is asked to agree to a move does not move.
        assert_eq!(told(&turns, "other_parent_moves"), false, "{said}");
    }
    for (asked, said) in [
        ("Beholder I lægen?", "Хай буде той самий."),
        ("Hvem bor du hos?", "У подруги Віри, вона не проти."),
        ("Er faren enig?", "Якби я знала, чи він дозволив би."),
    ] {
        assert_eq!(
            told(&[asked, said], "other_parent_statement"),
            Value::Null,
            "{said}"
        );
    }
}

#[test]
fn with_whom_a_child_lives_and_lived() {
    for (asked, said, field, with) in [
        (
            "Hvor har han haft hjemme til nu?",
            "Зі мною, завжди.",
            "lived_with_before",
            "reporter",
        ),
        (
            "Hos hvem boede han?",
            "У тата, до червня.",
            "lived_with_before",
            "other_parent",
        ),
        (
            "Hos hvem boede han?",
            "Тиждень у мене, тиждень у нього.",
            "lived_with_before",
            "both",
        ),
        (
            "Bor han kun hos dig nu?",
            "Постійно в мене.",
            "residence_pattern",
            "mostly_reporter",
        ),
        (
            "Skal han deles nu?",
            "Ні, зі мною, а до тата на вихідні.",
            "residence_pattern",
            "mostly_reporter",
        ),
        (
            "Skal han deles nu?",
            "Тиждень у мене, тиждень у нього.",
            "residence_pattern",
            "equal",
        ),
    ] {
        let turns = [
            "Har I fælles forældremyndighed?",
            "Так, спільна. Ми розлучені.",
            asked,
            said,
        ];
        assert_eq!(told(&turns, field), with, "{asked} {said}");
    }
    // A guest is not at home.
    let turns = [
        "Hvor har han haft hjemme til nu?",
        "До мене тільки в гості на вихідні.",
    ];
    assert_ne!(told(&turns, "lived_with_before"), "reporter");
}

#[test]
fn who_is_elsewhere_does_not_move() {
    for (asked, said) in [
        ("Hvor er hans far?", "У Житомирі, служить."),
        ("Hvor er hans far?", "Він лишився в Італії."),
        ("Og hans far?", "На фронті."),
    ] {
        assert_eq!(told(&[asked, said], "other_parent_moves"), false, "{said}");
    }
    let turns = ["Hvor er hans far?", "Тут, у машині чекає."];
    assert_eq!(told(&turns, "other_parent_moves"), Value::Null);
}

#[test]
fn what_the_employee_decides_about_the_other_parent() {
    for (noted, statement) in [
        ("Så hører vi faren. Hvor flytter I hen?", "hearing_pending"),
        (
            "Så sender vi et brev til ham. Hvor flytter I hen?",
            "hearing_pending",
        ),
        (
            "Så skal han ikke høres. Hvor flytter I hen?",
            "not_required",
        ),
        (
            "Så behøver vi ikke at kontakte faren. Hvor flytter I hen?",
            "not_required",
        ),
    ] {
        let turns = ["Hvem er hans far?", "Ковтун Руслан.", noted];
        assert_eq!(told(&turns, "other_parent_statement"), statement, "{noted}");
    }
}

#[test]
fn whoever_comes_for_somebody_reports_for_them() {
    for (asked, said, kind) in [
        (
            "Værsgo. Er det til dig selv?",
            "Ні, я за тестя. Він мені через портал право дав.",
            "digital",
        ),
        (
            "Du kommer på vegne af en anden?",
            "Так, від сестри. У мене папір від неї.",
            "paper",
        ),
        (
            "Hvad bringer dig?",
            "Не про мене мова, а про свекра. Він підписав мені записку.",
            "paper",
        ),
    ] {
        let turns = [asked, said];
        assert_eq!(
            value(&turns, "case.reporter_role"),
            "power_of_attorney",
            "{said}"
        );
        assert_eq!(value(&turns, "poa.used"), true, "{said}");
        assert_eq!(value(&turns, "poa.kind"), kind, "{said}");
    }
    // Both move, and somebody's paper is about something else.
    for (asked, said) in [
        ("Hvem drejer det sig om?", "Тесть, дружина і я."),
        ("Hvor bor du?", "У тітки. Ось її папір, що вона згодна."),
    ] {
        assert_eq!(value(&[asked, said], "poa.used"), Value::Null, "{said}");
    }
}

#[test]
fn a_house_may_report_for_those_who_live_there() {
    for (asked, said) in [
        ("Goddag, det er dig fra opholdsstedet?", "Так, я Олена."),
        ("Hvem er du?", "Я контактна особа нашого мешканця."),
    ] {
        assert_eq!(
            value(&[asked, said], "case.reporter_role"),
            "institution",
            "{said}"
        );
    }
    let turns = ["Hvem sagde det?", "Моя контактна особа."];
    assert_ne!(value(&turns, "case.reporter_role"), "institution");
}

#[test]
fn a_guardian_of_children_who_move_along_acts_for_nobody_else() {
    let turns = [
        "Hvem flytter?",
        "Я з онуками, я їхній опікун, суд призначив.",
    ];
    assert_eq!(value(&turns, "poa.used"), Value::Null);
    let turns = [
        "Du kommer på din brors vegne?",
        "Так, суд призначив мене його опікуном.",
    ];
    assert_eq!(value(&turns, "case.reporter_role"), "guardian");
}
