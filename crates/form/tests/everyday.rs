//! Everyday turns of talk at the counter: what is told in passing, rhetorical questions, halves of values that the
//! employee has before them.

mod talk;

use jiff::civil::date;
use serde_json::{Map, Value};

fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, date(2026, 9, 15))
}

fn value<'a>(slots: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    slots.get(key).and_then(|slot| slot.get("value"))
}

#[test]
fn who_lives_in_the_home_that_is_left_is_nobody_of_the_new_one() {
    let s = slots(&[
        "hvor flytter hun fra",
        "вона жила сама на стадіон алле п'ять на другому салі праворуч вісім тисяч орхус ц",
        "stadion alle fem anden til højre lejligheden der bor der nogen nu",
        "ніхто ми її здаємо до різдва",
    ]);
    assert_eq!(value(&s, "dwelling.others_registered"), None, "{s:?}");
    assert_eq!(value(&s, "from.whole_household_moves"), Some(&true.into()));
    // A question with "nu" about the new home stays one about the new home.
    let s = slots(&[
        "Hvad er din nye adresse?",
        "Buddingevej 45, стуен ліворуч, дві тисячі вісімсот.",
        "Bor der andre registreret på dit værelse nu?",
        "Ні, нікого.",
    ]);
    assert_eq!(
        value(&s, "dwelling.others_registered"),
        Some(&false.into()),
        "{s:?}"
    );
}

#[test]
fn a_relative_who_does_not_live_there_is_not_everybody() {
    for question in [
        "Bor Artems far sammen med jer?",
        "Bor din mand sammen med dig?",
    ] {
        let s = slots(&[
            "Og hvor skal I hen?",
            "Лангкервей, три, Тільст.",
            question,
            "Ні, він в Україні.",
        ]);
        assert_eq!(value(&s, "dwelling.others_registered"), None, "{question}");
    }
    let s = slots(&[
        "Og hvor skal I hen?",
        "Лангкервей, три, Тільст.",
        "Bor der andre sammen med jer?",
        "Ні.",
    ]);
    assert_eq!(value(&s, "dwelling.others_registered"), Some(&false.into()));
}

#[test]
fn a_question_that_needs_no_answer_is_one() {
    let s = slots(&[
        "Og jeres gamle adresse, der har jeg Gravene 24, tredje sal til venstre.",
        "Так, так.",
        "Bliver der nogen boende i den lejlighed?",
        "Та хто ж там лишиться, ми ж удвох були. Ключі віддаємо й по всьому.",
    ]);
    assert_eq!(value(&s, "from.whole_household_moves"), Some(&true.into()));
}

#[test]
fn the_last_four_complete_the_day_that_the_employee_read_out() {
    for answer in [
        "Двадцять два шістдесят.",
        "Ой, без окулярів… двадцять два, а тоді шістдесят.",
    ] {
        let s = slots(&[
            "Du er Nadiia Oliinyk, født den 15. marts 1949. Kan du sige de fire sidste?",
            answer,
            "Toogtyve tres, ja, det stemmer.",
        ]);
        let number = s.get("mover.cpr_number").expect(answer);
        assert_eq!(number["value"], "150349-2260", "{answer}");
        // The day follows from the number and is nothing of its own.
        assert!(
            s.get("mover.birth_date")
                .is_none_or(|slot| slot.get("derived").is_some())
        );
    }
    // An office number's last four, or a child's, are not the mover's.
    let s = slots(&[
        "Hvad er de fire sidste i telefonnummeret?",
        "Двадцять два шістдесят.",
    ]);
    assert_eq!(value(&s, "mover.cpr_number"), None);
}

#[test]
fn what_is_told_beside_the_answer_counts() {
    let s = slots(&[
        "Har I Digital Post, eller får I brevene på papir?",
        "Нас звільнили від того, папером усе приходить. І того МітІДу в мене нема.",
    ]);
    assert_eq!(value(&s, "mover.has_mitid"), Some(&false.into()));
    let s = slots(&[
        "Og din læge, fortsætter du med ham?",
        "Так. Він у нас на весь порт один.",
    ]);
    assert_eq!(value(&s, "gp.choice"), Some(&"keep".into()));
    let s = slots(&[
        "Hvor skal du bo?",
        "У колеги, він мене взяв до себе в кімнату.",
    ]);
    assert_eq!(value(&s, "dwelling.others_stay"), Some(&true.into()));
}

#[test]
fn whoever_the_citizen_lives_with_has_the_name_that_is_asked_for() {
    let host = |turns: &[&str], name: &str| {
        let s = slots(turns);
        assert_eq!(value(&s, "host.name"), Some(&name.into()), "{turns:?}");
        assert_eq!(value(&s, "mover.surname"), None, "{turns:?}");
    };
    let friend = "У друга, в нього квартира.";
    host(
        &[
            "Hvor skal du bo?",
            friend,
            "Hvad hedder han?",
            "Петро Ткаченко.",
        ],
        "Petro Tkachenko",
    );
    host(
        &[
            "Hvor skal du bo?",
            "Живу в колеги, в кімнаті.",
            "Hvad hedder kollegaen?",
            "Петро Ткаченко.",
        ],
        "Petro Tkachenko",
    );
    host(
        &[
            "Hvor bor du nu?",
            "В знайомої.",
            "Hvad hedder hun?",
            "Інна Клименко.",
        ],
        "Inna Klymenko",
    );
    // The surname apart: of whoever is asked about, and no word of the question.
    let lives = ["Hvor bor du nu?", "Я в хлопця живу, у Дениса."];
    for question in [
        "Hvad hedder han til efternavn?",
        "Og Denys' efternavn?",
        "Hvad hedder kæresten til efternavn?",
    ] {
        host(
            &[&lives[..], &[question, "Шевчук."]].concat(),
            "Denys Shevchuk",
        );
    }
    let s = slots(&[
        "Du er Oleh Rud?",
        "Так.",
        "Hvor bor du nu?",
        "Я в сестри живу, у Олени.",
        "Hedder hun også Rud?",
        "Так.",
    ]);
    assert_eq!(value(&s, "host.name"), Some(&"Olena Rud".into()), "{s:?}");
}

#[test]
fn old_and_new_address_never_change_places() {
    let both = |turns: &[&str]| {
        let s = slots(turns);
        let line = |key| value(&s, key).cloned();
        assert_eq!(
            line("to.address_line"),
            Some("Vestergade 57, 1. tv, 8900 Randers C".into()),
            "{turns:?}"
        );
        assert_eq!(
            line("from.address_line"),
            Some("Skanderborgvej 227, st. th, 8260 Viby J".into()),
            "{turns:?}"
        );
    };
    let new = [
        "Og hvor bor du nu?",
        "Моя квартира на Вестергаде п’ятдесят сім, двері зліва.",
        "Vestergade 57, første til venstre, 8900 Randers C.",
        "Так.",
    ];
    let read = "Skanderborgvej 227, stuen til højre, 8260 Viby J. Har du en telefon?";
    // The town that is asked about is not the one of the new home; a "no" behind the street refuses something else.
    for answer in [
        "Скандерборгвей двісті двадцять сім, стуен праворуч, Вібю.",
        "Скандерборгвей двісті двадцять сім, стуен праворуч, Вібю. Там двадцять… ні, три роки прожила.",
    ] {
        both(&[&new[..], &["Og adressen i Aarhus?", answer, read]].concat());
    }
    // A street that the employee strikes out keeps no place.
    let struck = [
        "Hvor bor du nu?",
        "Сестра на Маріагервей сорок, у неї ми пили чай усю зиму.",
        "Mariagervej 40, ja, den er her i byen. Hvilken sal?",
        "Та не я там! Моя квартира на Вестергаде.",
        "Åh, undskyld, så stryger jeg Mariagervej. Vestergade hvad?",
        "П’ятдесят сім, двері зліва.",
        "Vestergade 57, første til venstre, 8900 Randers C.",
        "Так.",
        "Og adressen i Aarhus?",
        "Скандерборгвей двісті двадцять сім, стуен праворуч, Вібю.",
        read,
    ];
    both(&struck);
}

#[test]
fn the_address_that_somebody_comes_from_is_the_old_one_whatever_it_was_taken_for() {
    let s = slots(&[
        "I boede på et sted i Silkeborg, men hvor?",
        "До травня ми були у гуртожитку в Гедведі. А потім нам дали Борґерґаде сорок вісім, другий сал.",
        "Det er altså Borgergade 48, anden sal, 8600 Silkeborg, I kommer fra nu?",
        "Так, звідти.",
    ]);
    assert_eq!(
        value(&s, "from.address_line"),
        Some(&"Borgergade 48, 2., 8600 Silkeborg".into()),
        "{s:?}"
    );
    assert_eq!(value(&s, "to.street_name"), None, "{s:?}");
}
