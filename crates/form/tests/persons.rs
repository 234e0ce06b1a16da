//! Who moves and what they are called: surnames that differ in a family, names that come late, the children's
//! other parent, surgeries, protection. Each in several wordings.

mod talk;
mod told;

use serde_json::Value;

use told::{rows, slots, value};

const MOTHER: [&str; 2] = ["Hvad hedder du?", "Ірина Бойко."];

#[test]
fn a_word_for_a_relative_is_no_given_name() {
    for said in [
        "Дружина Мельник Злата, третє березня дев'яносто третього.",
        "Дружина Злата Мельник, третє березня дев'яносто третього.",
        "Дружина Злата, третє березня дев'яносто третього.",
    ] {
        let turns = [
            "Hvad hedder du?",
            "Андрій Мельник.",
            "Hvem flytter med dig?",
            said,
        ];
        assert_eq!(rows(&turns, "given_names"), ["Zlata"], "{said}");
        assert_eq!(rows(&turns, "surname"), ["Melnyk"], "{said}");
    }
}

#[test]
fn a_child_under_another_surname_does_not_get_the_movers() {
    for (said, surname) in [
        ("Донька Софія, вона записана на тата, Кравчук.", "Kravchuk"),
        ("Донька Софія, за татом Кравчук.", "Kravchuk"),
        ("Донька Софія, по батькові вона Кравчук.", "Kravchuk"),
        ("донька софія вона записана на тата кравчук", "Kravchuk"),
        ("Донька Софія, прізвище татове, Кравчук.", "Kravchuk"),
    ] {
        let turns = [MOTHER[0], MOTHER[1], "Hvem flytter med dig?", said];
        assert_eq!(rows(&turns, "given_names"), ["Sofiia"], "{said}");
        assert_eq!(rows(&turns, "surname"), [surname], "{said}");
    }
    for said in [
        "Донька Софія, у неї прізвище за татом.",
        "Донька Софія, вона записана на тата.",
    ] {
        let turns = [MOTHER[0], MOTHER[1], "Hvem flytter med dig?", said];
        assert!(rows(&turns, "surname").is_empty(), "{said}");
    }
}

#[test]
fn all_children_under_one_surname() {
    for said in [
        "Усі троє Кравчук.",
        "Всі троє Кравчук, за татом.",
        "Вони всі Кравчук.",
    ] {
        let turns = [
            MOTHER[0],
            MOTHER[1],
            "Hvad hedder børnene?",
            said,
            "Og fornavnene på børnene?",
            "Максим, Софія і Данило.",
        ];
        assert_eq!(rows(&turns, "surname"), ["Kravchuk"; 3], "{said}");
    }
}

#[test]
fn husband_and_wife_with_different_surnames() {
    for said in [
        "Чоловік Андрій, у нас різні прізвища.",
        "Чоловік Андрій, прізвища в нас різні.",
        "Чоловік Андрій, а я своє прізвище залишила.",
    ] {
        let turns = [MOTHER[0], MOTHER[1], "Hvem flytter med dig?", said];
        assert_eq!(rows(&turns, "given_names"), ["Andrii"], "{said}");
        assert!(rows(&turns, "surname").is_empty(), "{said}");
    }
    let same = [
        MOTHER[0],
        MOTHER[1],
        "Hvem flytter med dig?",
        "Чоловік Андрій.",
    ];
    assert_eq!(rows(&same, "surname"), ["Boiko"]);
}

#[test]
fn the_name_may_come_after_the_number() {
    let turns = [
        MOTHER[0],
        MOTHER[1],
        "Hvem flytter med dig?",
        "Чоловік і донька.",
        "Hvad er din mands nummer?",
        "Одинадцять нуль три вісімдесят шість, тринадцять п'ятдесят дев'ять. Ігор.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Ihor"]);
}

#[test]
fn a_relative_asked_about_without_signs() {
    let turns = [
        "hvad hedder du og hvad er dit cpr nummer",
        "родіон чабан п'ятнадцять нуль сім вісімдесят сім десять двадцять сім",
        "femten nul syv syv og firs ti syv og tyve og din kone",
        "альона чабан тридцять нуль один вісімдесят дев'ять дев'ятнадцять шістдесят шість",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Alona"]);
    assert_eq!(rows(&turns, "relation"), ["spouse"]);
}

#[test]
fn a_mans_name_behind_a_womans_is_her_surname() {
    for (said, given, surname) in [
        ("Ярослава Хома.", "Yaroslava", "Khoma"),
        ("Мене звати Марія Гнат.", "Mariia", "Hnat"),
    ] {
        let turns = ["Hvad hedder du?", said];
        assert_eq!(value(&turns, "mover.given_names"), given, "{said}");
        assert_eq!(value(&turns, "mover.surname"), surname, "{said}");
    }
}

#[test]
fn the_employees_own_relatives_are_nobody_here() {
    let turns = [
        MOTHER[0],
        MOTHER[1],
        "Hvem flytter med dig?",
        "Чоловік Андрій і його мама.",
        "Hvad hedder din svigermor? Min svigermor hedder Ninna.",
    ];
    assert!(!rows(&turns, "given_names").contains(&"Ninna".to_owned()));
}

#[test]
fn the_employee_completes_the_movers_name() {
    for (given, staff, surname) in [
        (
            "Соломія. А Дзюба через де і зет.",
            "Solomiia med to i'er, Dziuba. Og CPR-nummeret?",
            "Dziuba",
        ),
        (
            "Людмила, а далі дивіться в паспорті.",
            "I passet står der Ostapenko, Liudmyla. Hvornår er du født?",
            "Ostapenko",
        ),
    ] {
        let turns = ["Hvad hedder du?", given, staff];
        assert_eq!(value(&turns, "mover.surname"), surname, "{staff}");
    }
    // Somebody else's name beside the citizen's is none of theirs.
    let turns = [
        "Hvad hedder du?",
        "Соломія. Мене Єппе привіз.",
        "Solomiia, og Jeppe er din vært?",
    ];
    assert_ne!(value(&turns, "mover.surname"), "Jeppe");
}

#[test]
fn a_mother_whose_birth_date_is_told_with_the_household_moves_along() {
    let turns = [
        "hvad hedder du og hvad er dit cpr nummer",
        "родіон чабан п'ятнадцять нуль сім вісімдесят сім десять двадцять сім",
        "femten nul syv syv og firs ti syv og tyve og bedstemor er hun din eller din kones mor",
        "моя мама параскева вона народилась двадцять восьмого березня п'ятдесят шостого",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Paraskeva"]);
    assert_eq!(rows(&turns, "birth_date"), ["1956-03-28"]);
}

/// A mother and her son, and the custody of him.
const WITH_SON: [&str; 4] = [
    "Hvad hedder du?",
    "Ірина Бойко.",
    "Hvem flytter med dig?",
    "Мій син Максим Бойко, народився третього березня дві тисячі п'ятнадцятого.",
];

#[test]
fn the_other_parent_is_named_in_many_ways() {
    for (asked, said) in [
        ("Hvad hedder hans far?", "Олег Бойко."),
        ("Og drengens far?", "Олег Бойко, він у Києві."),
        ("Faren, hvad hedder han?", "Олег Бойко."),
        (
            "Har I forældremyndigheden sammen?",
            "Спільна. Його звати Олег Бойко, він у Києві.",
        ),
        (
            "Har I forældremyndigheden sammen?",
            "Спільна, Олег Бойко його звати.",
        ),
        (
            "har i forældremyndigheden sammen og hvor er faren",
            "олег бойко він у києві",
        ),
    ] {
        let mut turns = WITH_SON.to_vec();
        turns.extend([asked, said]);
        let name = value(&turns, "children[].other_parent_name");
        assert_eq!(name, "Oleh Boiko", "{asked} – {said}");
        assert_eq!(rows(&turns, "given_names"), ["Maksym"], "{asked} – {said}");
    }
}

#[test]
fn the_citizens_own_mother_is_no_parent_of_the_children() {
    let mut turns = WITH_SON.to_vec();
    turns.extend(["Hvad hedder din mor?", "Олена Бойко."]);
    assert_eq!(value(&turns, "children[].other_parent_name"), Value::Null);
}

#[test]
fn with_whom_the_children_lived() {
    for (asked, said, lived) in [
        (
            "Så har han boet hos dig hele tiden?",
            "Саме так.",
            "reporter",
        ),
        (
            "Og Maksym har boet hos dig hele tiden, har han ikke?",
            "Так, від народження.",
            "reporter",
        ),
        (
            "Har I boet sammen alle tre indtil nu?",
            "Так, усі троє.",
            "both",
        ),
        ("Har han boet hos jer begge?", "Так.", "both"),
    ] {
        let mut turns = WITH_SON.to_vec();
        turns.extend([asked, said]);
        assert_eq!(
            value(&turns, "children[].lived_with_before"),
            lived,
            "{asked} – {said}"
        );
    }
}

#[test]
fn surgeries_as_a_recogniser_writes_them() {
    for (text, name) in [
        ("lægerne nordbyen tager nye", "Lægerne Nordbyen"),
        ("læge huset torvet det skriver jeg", "Lægehuset Torvet"),
        ("lægehuset holme tager nye patienter", "Lægehuset Holme"),
        ("så står du hos lægehuset i løgten", "Lægehuset i Løgten"),
    ] {
        let turns = ["vil du have en ny læge", "так хочу нового лікаря", text];
        assert_eq!(value(&turns, "gp.clinic_name"), name, "{text}");
    }
    for text in [
        "lægehuset har lukket",
        "lægerne der tager nye",
        "lægehuset ligger tæt på",
    ] {
        let turns = ["vil du have en ny læge", "так хочу нового лікаря", text];
        assert_eq!(value(&turns, "gp.clinic_name"), Value::Null, "{text}");
    }
}

#[test]
fn a_surgery_that_is_offered_and_accepted_is_chosen() {
    let turns = [
        "Vil du have en ny læge?",
        "Подумаю потім.",
        "Lægehuset i Løgten har plads. Skal jeg skrive Lægehuset i Løgten?",
        "Пишіть.",
    ];
    assert_eq!(value(&turns, "gp.choice"), "change");
    assert_eq!(value(&turns, "gp.clinic_name"), "Lægehuset i Løgten");
    let mut refused = turns;
    refused[3] = "Ні, не пишіть.";
    assert_ne!(value(&refused, "gp.choice"), "change");
}

#[test]
fn protection_covers_whom_it_was_asked_for() {
    for said in [
        "Так, на мене і на дитину.",
        "Так, для мене й доньки.",
        "Так, для обох.",
    ] {
        let turns = [
            MOTHER[0],
            MOTHER[1],
            "Hvem flytter med dig?",
            "Донька Софія.",
            "Ønsker du navne- og adressebeskyttelse?",
            said,
            "Har I haft det før?",
            "Ні, ніколи.",
        ];
        let persons = value(&turns, "protection.persons");
        assert_eq!(
            persons,
            serde_json::json!(["mover", "household[0]"]),
            "{said}"
        );
        assert_eq!(value(&turns, "protection.existing"), false, "{said}");
    }
}

#[test]
fn whoever_moves_alone_says_so() {
    for (asked, said) in [
        (
            "Er der nogen, der flytter med?",
            "Якби ж то! Один як палець.",
        ),
        ("Er der nogen, der flytter med?", "Одна, як билина в полі."),
        ("Flytter nogen med?", "Нікого, крім кота."),
    ] {
        let turns = [MOTHER[0], MOTHER[1], asked, said];
        let slots = slots(&turns);
        assert_eq!(slots["household.count"]["value"], 1, "{said}");
        assert_eq!(slots["household.count"]["status"], "proposed", "{said}");
    }
}
