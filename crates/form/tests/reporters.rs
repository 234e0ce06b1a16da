//! Who reports for whom, who came along to the counter, and whose name is told in passing. Each in several
//! wordings.

mod talk;
mod told;

use serde_json::Value;

use told::{rows, value};

#[test]
fn whoever_denies_to_move_reports_for_the_relative() {
    for (asked, said) in [
        ("Er det dig, der skal flytte?", "Та де я! Тато мій."),
        (
            "Handler det om dig selv eller en anden?",
            "Про тестя, він лежить.",
        ),
        (
            "er det dig selv der flytter",
            "ні я за брата прийшла він на роботі",
        ),
    ] {
        let turns = [
            asked,
            said,
            "Har du en fuldmagt?",
            "А, ось. Паперова.",
            "Hvad hedder du selv?",
            "Костюк Лідія.",
            "Og hans navn og nummer?",
            "Костюк Семен, перше лютого сорок восьмого, дванадцять, тридцять чотири.",
        ];
        assert_eq!(
            value(&turns, "case.reporter_role"),
            "power_of_attorney",
            "{said}"
        );
        assert_eq!(value(&turns, "mover.given_names"), "Semen", "{said}");
        assert_eq!(value(&turns, "mover.cpr_number"), "010248-1234", "{said}");
        assert_eq!(value(&turns, "poa.holder_name"), "Lidiia Kostiuk", "{said}");
        assert!(rows(&turns, "given_names").is_empty(), "{said}");
    }
    // Both move.
    let turns = [
        "Er det dig, der skal flytte?",
        "Ні, ми з мамою обидві.",
        "Hvad hedder du?",
        "Костюк Лідія.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Lidiia");
}

#[test]
fn a_spouse_who_is_reported_needs_no_power_of_attorney() {
    let turns = [
        "Hej. Hvad kan jeg gøre?",
        "Дружину треба прописати, вона на зміні.",
        "Hvad hedder I?",
        "Я Левчук Андрій, вона Левчук Ніна.",
        "Har du fuldmagt fra hende?",
        "Ні, ми ж разом живемо.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Nina");
    assert_eq!(value(&turns, "poa.used"), false);
}

#[test]
fn children_may_be_named_before_the_citizen() {
    let turns = [
        "Så tager vi ungerne først. Hvad hedder de?",
        "Назар і Поліна.",
        "Og hvem du selv er, har jeg ikke spurgt om.",
        "Бондар Леся.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Nazar", "Polina"]);
    for said in ["Єва її звати.", "Її звати Єва."] {
        let turns = [
            "Hvad hedder den lille?",
            "Ой, зачекайте.",
            "Hvad hedder hun?",
            said,
            "Og dig?",
            "Мене звати Тамара Зозуля.",
        ];
        assert_eq!(rows(&turns, "given_names"), ["Yeva"], "{said}");
        assert_eq!(value(&turns, "mover.given_names"), "Tamara", "{said}");
    }
}

#[test]
fn a_child_asked_for_by_one_word_moves() {
    for asked in ["Og knægten?", "og den lille", "Så drengen."] {
        let turns = ["Hvad hedder du?", "Ірина Бойко.", asked, "Тимур Бойко."];
        assert_eq!(rows(&turns, "given_names"), ["Tymur"], "{asked}");
        assert_eq!(value(&turns, "household.count"), 2, "{asked}");
    }
}

#[test]
fn somebody_who_stands_there_or_is_asked_for_by_name_comes_along() {
    for (asked, said) in [
        ("Og hende her?", "Іванна Руснак."),
        ("Hvem er hun?", "Іванна Руснак."),
        ("Hvem har du med?", "Іванна Руснак."),
    ] {
        let turns = [
            "Hvad hedder du?",
            "Северин Малик.",
            asked,
            said,
            "Er I gift?",
            "Та ні, ми просто пара.",
        ];
        assert_eq!(rows(&turns, "given_names"), ["Ivanna"], "{asked}");
        assert_eq!(rows(&turns, "relation"), ["cohabitant"], "{asked}");
    }
    let turns = [
        "Hvem er du?",
        "Рубан Емілія. Нас двоє, Леонід паркується.",
        "Og Leonids nummer?",
        "Нуль три, нуль п'ять, вісімдесят вісім, одинадцять, сімдесят п'ять. Він мій чоловік.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Leonid"]);
    assert_eq!(rows(&turns, "relation"), ["spouse"]);
    assert_eq!(rows(&turns, "cpr_number"), ["030588-1175"]);
}

#[test]
fn two_bear_one_surname() {
    let turns = ["Hvem er I?", "Ярослава і Любомир Ковтуни."];
    assert_eq!(value(&turns, "mover.surname"), "Kovtun");
    assert_eq!(rows(&turns, "surname"), ["Kovtun"]);
    for said in ["А як же.", "Так, теж."] {
        let turns = [
            "Dit navn?",
            "Петрик Лук'ян, ми з братом.",
            "Og din brors navn og nummer?",
            "Гліб. Шосте п'ятого нуль третього, п'ятдесят один, сімнадцять.",
            "Hedder han også Petryk?",
            said,
        ];
        assert_eq!(value(&turns, "mover.given_names"), "Lukian", "{said}");
        assert_eq!(rows(&turns, "surname"), ["Petryk"], "{said}");
    }
    let turns = [
        "Dit navn?",
        "Петрик Лук'ян, ми з братом.",
        "Og din brors navn og nummer?",
        "Гліб. Шосте п'ятого нуль третього, п'ятдесят один, сімнадцять.",
        "Hedder han også Petryk?",
        "Ні, він за батьком.",
    ];
    assert!(rows(&turns, "surname").is_empty());
}

#[test]
fn who_does_not_come_along_is_no_row() {
    for said in [
        "Донька Марта, у Дубліні вчиться, не поїхала зі мною.",
        "Донька, Марта. З бабою в Коломиї, сюди не їде.",
    ] {
        let turns = ["Hvad hedder du?", "Ірина Бойко.", "Har du børn?", said];
        assert!(rows(&turns, "given_names").is_empty(), "{said}");
    }
    let turns = [
        "Hvad hedder du?",
        "Віталій Рудик.",
        "Er der børn med?",
        "Софія й Нестор.",
        "Skal begge med?",
        "Значить, тільки Нестор.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Nestor"]);
}

#[test]
fn how_many_move_is_said_with_the_children() {
    for (said, count) in [
        ("Я і троє діток.", 4),
        ("Ми з чоловіком і двоє дітей.", 4),
        ("я та двоє пацанів", 3),
    ] {
        let turns = ["Hvem flytter?", said];
        assert_eq!(value(&turns, "household.count"), count, "{said}");
    }
    let turns = ["Tager du nogen med dig?", "Тільки кота."];
    let named = ["Hvad hedder du?", "Ірина Бойко.", turns[0], turns[1]];
    assert_eq!(value(&named, "household.count"), 1);
}

#[test]
fn everyday_words_tell_who_stays_behind() {
    for (asked, said, whole) in [
        ("Rømmer I den helt?", "Повністю.", true),
        ("er lejligheden tømt", "так пусто", true),
        ("Har du efterladt nogen der?", "Ні, нікого.", true),
        ("Har du efterladt nogen der?", "Люда зосталась.", false),
        ("Er den gamle bolig tom nu?", "Там ще живуть хлопці.", false),
    ] {
        let turns = [asked, said];
        assert_eq!(
            value(&turns, "from.whole_household_moves"),
            whole,
            "{asked} {said}"
        );
    }
}

#[test]
fn a_spelled_address_spells_no_surname() {
    let turns = [
        "Hvad hedder I?",
        "Я Костянтин Білозір, а це теща, Раїса Козак.",
        "Og en e-mail?",
        "Костя крапка білозір, собачка, екземпл крапка ком. Костя: ка, о, ес, те, і, а.",
    ];
    assert!(!rows(&turns, "surname").contains(&"Kostia".to_owned()));
}

#[test]
fn a_question_for_a_purpose_asks_for_what_stands_before_it() {
    let turns = [
        "Hvad hedder du?",
        "Ірина Бойко.",
        "Har du MitID, så du kan læse svaret i Digital Post?",
        "Маю, працює.",
    ];
    assert_eq!(value(&turns, "mover.has_mitid"), true);
    assert_eq!(value(&turns, "mover.digital_post"), Value::Null);
}
