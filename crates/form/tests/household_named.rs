//! Who is in the household, how they are called and what they are to the citizen: told in a row, by «мої», by what both
//! are to each other, or brought up by the employee. Each in several wordings.

mod talk;

use serde_json::{Map, Value};

fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, jiff::civil::date(2026, 5, 5))
}

fn text(slots: &Map<String, Value>, key: &str) -> String {
    let value = slots.get(key).and_then(|slot| slot["value"].as_str());
    value.unwrap_or("-").to_owned()
}

const MOTHER: [&str; 2] = [
    "Hvad er dit navn og CPR-nummer?",
    "Бойко Ірина, дванадцять нуль три вісімдесят п'ять, двадцять чотирнадцять.",
];

fn after_mother(more: &[&str]) -> Map<String, Value> {
    let turns: Vec<&str> = MOTHER.iter().chain(more).copied().collect();
    slots(&turns)
}

#[test]
fn in_a_row_with_me_everybody_comes_along() {
    for told in [
        "Нас троє: я, Ілля і Міла.",
        "Тоді троє: я, Ілля та Міла.",
        "Ілля, я і Міла, нас троє.",
    ] {
        let s = after_mother(&["Hvem flytter?", told]);
        assert_eq!(text(&s, "household[0].given_names"), "Illia", "{told}");
        assert_eq!(text(&s, "household[1].given_names"), "Mila", "{told}");
        assert_eq!(text(&s, "mover.given_names"), "Iryna", "{told}");
    }
    let s = slots(&["Flytter I begge?", "Обоє: я й Ілля. Йому вісім."]);
    assert_eq!(text(&s, "household[0].given_names"), "Illia");
}

#[test]
fn a_name_behind_me_and_a_comma_says_who_i_am() {
    let s = slots(&["Hvem flytter?", "Я, Оксана Ткач, і двоє моїх: Ілля і Міла."]);
    assert_eq!(text(&s, "mover.given_names"), "Oksana");
    assert_eq!(text(&s, "household[0].given_names"), "Illia");
    assert_eq!(text(&s, "household[1].given_names"), "Mila");
    assert_eq!(text(&s, "household[2].given_names"), "-");
}

#[test]
fn mine_are_children_where_no_noun_says_so() {
    for told in [
        "Двоє моїх, Ілля й Міла. Більше нікого.",
        "Моїх двоє: Ілля та Міла.",
        "Мої від першого шлюбу, Ілля і Міла.",
    ] {
        let s = after_mother(&["Hvem bor der med dig?", told]);
        for (at, name) in ["Illia", "Mila"].iter().enumerate() {
            assert_eq!(
                text(&s, &format!("household[{at}].given_names")),
                *name,
                "{told}"
            );
            assert_eq!(
                text(&s, &format!("household[{at}].relation")),
                "child",
                "{told}"
            );
        }
    }
    let s = after_mother(&["Hvem bor der med dig?", "Двоє моїх братів, Ілля й Назар."]);
    assert_ne!(text(&s, "household[0].relation"), "child");
}

#[test]
fn registered_partners_are_no_spouses() {
    for told in [
        "Ми зареєстровані партнери, шлюбу не брали.",
        "У нас зареєстроване партнерство, ще з Осло.",
    ] {
        let s = after_mother(&[
            "Er I gift?",
            told,
            "Og din partner?",
            "Марта Гай, нуль п'ять, нуль шість, вісімдесят вісім, двадцять вісім вісімнадцять.",
        ]);
        assert_eq!(
            text(&s, "household[0].relation"),
            "registered_partner",
            "{told}"
        );
    }
    let s = after_mother(&[
        "Er I gift eller registrerede partnere?",
        "Одружені.",
        "Og din mand?",
        "Остап Бойко, нуль п'ять, нуль шість, вісімдесят вісім, двадцять вісім сімнадцять.",
    ]);
    assert_eq!(text(&s, "household[0].relation"), "spouse");
}

#[test]
fn who_is_not_married_yet_is_a_cohabitant() {
    let s = slots(&[
        "Hvem er I?",
        "Я Остап Гай, а це моя майбутня дружина, Ірина Бойко.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), "Iryna");
    assert_eq!(text(&s, "household[0].relation"), "cohabitant");
}

#[test]
fn grandchildren_who_are_asked_for_as_children_are_none() {
    for told in [
        "Переїжджаю з онуками, донька в лікарні.",
        "Зі мною двоє племінників, сироти.",
    ] {
        let s = after_mother(&[
            "Hvem flytter med dig?",
            told,
            "Hvad hedder børnene?",
            "Ілля Гай, п'ятого травня п'ятнадцятого, і Міла Гай, восьмого червня сімнадцятого.",
        ]);
        assert_eq!(text(&s, "household[0].given_names"), "Illia", "{told}");
        assert_eq!(text(&s, "household[0].relation"), "other", "{told}");
        assert_eq!(text(&s, "household[1].relation"), "other", "{told}");
    }
    let s = after_mother(&[
        "Hvem flytter med dig?",
        "Син Ілля. Племінник на канікулах, його не пишіть.",
    ]);
    assert_eq!(text(&s, "household[0].relation"), "child");
}

#[test]
fn a_child_of_the_spouses_first_marriage_is_a_stepchild() {
    for told in [
        "Дівчинка, Міла, від першого її чоловіка.",
        "Одна, Міла. Вона Тарасова, від першого шлюбу.",
    ] {
        let s = after_mother(&["Er der børn med?", told]);
        assert_eq!(text(&s, "household[0].given_names"), "Mila", "{told}");
        assert_eq!(text(&s, "household[0].relation"), "stepchild", "{told}");
    }
    let s = after_mother(&["Er der børn med?", "Донька Міла, моя від першого шлюбу."]);
    assert_eq!(text(&s, "household[0].relation"), "child");
}

#[test]
fn who_is_told_of_elsewhere_does_not_come_along() {
    for told in [
        "Сини з нами не живуть: Ілля в Копенгагені, Назар у Молдові.",
        "Живуть окремо, Ілля й Назар.",
    ] {
        let s = after_mother(&["Børnene?", told]);
        assert_eq!(text(&s, "household[0].given_names"), "-", "{told}");
    }
}

#[test]
fn words_beside_a_name_tell_that_nobody_bears_it() {
    let s = after_mother(&[
        "Hvem flytter med?",
        "Донька Віра.",
        "Hvornår flyttede I ind?",
        "Чотирнадцятого лютого, на Валентина.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), "Vira");
    assert_eq!(text(&s, "household[1].given_names"), "-");
    let s = after_mother(&[
        "Og din mand?",
        "Чоловік прізвище своє залишив: Остап. Ім'я Ярема.",
    ]);
    assert_ne!(text(&s, "household[0].given_names"), "Ostap");
}

#[test]
fn the_one_of_the_second_card_comes_along() {
    let s = after_mother(&[
        "Og det andet kort: Bojko Ostap, født femte juni otteogfirs?",
        "Так, чоловік.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), "Ostap");
    assert_eq!(text(&s, "household[0].relation"), "spouse");
}

/// The question behind the number is about whom the card names: one person, not two.
#[test]
fn whom_the_employee_takes_somebody_for_behind_their_number_is_one_row() {
    for ask in ["Din kone?", "Er det din kone?"] {
        for card in ["Og på det andet kort:", "Og her er"] {
            let read =
                format!("{card} Stefaniia Pavliuk, nul to ti treogtres, elleve seksogfyrre. {ask}");
            let turns = [
                "Hvad hedder du?",
                "Григорій Павлюк.",
                &read,
                "Так, дружина.",
            ];
            let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
            let value = |key: &str| slots.get(key).map(|slot| slot["value"].clone());
            assert_eq!(value("household.count"), Some(2.into()), "{read}");
            assert_eq!(
                value("household[0].relation"),
                Some("spouse".into()),
                "{read}"
            );
            assert_eq!(
                value("household[0].given_names"),
                Some("Stefaniia".into()),
                "{read}"
            );
            assert_eq!(
                value("household[0].cpr_number"),
                Some("021063-1146".into()),
                "{read}"
            );
        }
    }
}

/// The word for a relative stands behind each name: the son is not the wife.
#[test]
fn relatives_are_told_behind_their_names() {
    let rows = |said: &str| {
        let turns = [
            "Hvad hedder du?",
            "Павло Кушнір.",
            "Hvem flytter med?",
            said,
        ];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
        let value = |row: usize, field: &str| {
            slots
                .get(&format!("household[{row}].{field}"))
                .map_or(String::new(), |slot| {
                    slot["value"].as_str().unwrap_or_default().to_owned()
                })
        };
        [0, 1].map(|row| (value(row, "given_names"), value(row, "relation")))
    };
    let both = [("Olena", "spouse"), ("Marko", "child")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    for said in [
        "Олена, дружина, і Марко, син.",
        "Олена, моя дружина, і Марко, син.",
        "Олена — дружина, Марко — син.",
        "Дружина, Олена, і син, Марко.",
    ] {
        assert_eq!(rows(said), both, "{said}");
    }
    // Another one's sister, and a word that does not fit the name.
    assert_ne!(rows("Олена, сестра чоловіка.")[0].1, "sibling");
}

#[test]
fn whoever_introduces_themselves_introduces_whom_they_have_with_them() {
    let turns = [
        "Ми переїхали вдвох. Я Павло, а це Вероніка, дружина.",
        "Efternavn også, tak.",
        "Кушнір. Ми обоє Кушнір.",
        "Og Veronikas fødselsdato?",
        "Дев'яте вересня дев'яносто другого.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
    assert_eq!(slots["mover.given_names"]["value"], "Pavlo");
    assert_eq!(slots["household[0].given_names"]["value"], "Veronika");
    assert_eq!(slots["household[0].relation"]["value"], "spouse");
    // The mother who answers is the one who was asked.
    let turns = [
        "Hvad hedder du?",
        "Ірина Коваль, мама.",
        "Hvem flytter med?",
        "Син Марко.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
    assert_eq!(slots["mover.given_names"]["value"], "Iryna");
    assert_eq!(slots["household.count"]["value"], 2);
}

/// "Жінка" is any woman, and a wife beside her children or where she stays.
#[test]
fn a_wife_who_stays_is_no_row() {
    for stays in [
        "Жінка з донькою лишаються.",
        "Жінка й донька лишаються в Гренаа.",
        "Дружина з донькою лишаються.",
    ] {
        let turns = [
            "Hvad hedder du?",
            "Павло Кушнір.",
            "Er der familie, der flytter med?",
            stays,
            "Hvad hedder de?",
            "Жінка Надія, донька Поліна.",
        ];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
        let value = |key: &str| slots.get(key).map(|slot| slot["value"].clone());
        assert_eq!(value("household[0].given_names"), None, "{stays}");
        assert_ne!(value("household.count"), Some(2.into()), "{stays}");
        let left = value("from.remaining_persons");
        assert_eq!(left, Some("Nadiia og Polina".into()), "{stays}");
    }
}

#[test]
fn another_surname_answers_whether_it_is_the_same() {
    let surname = |asked: &str, said: &str| {
        let turns = [
            "Hvad hedder du?",
            "Павло Кушнір.",
            "Hvem flytter med?",
            "Дружина Олена.",
            asked,
            said,
        ];
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 8));
        slots["household[0].surname"]["value"].clone()
    };
    for asked in ["Hedder hun også Kushnir?", "Har hun samme efternavn?"] {
        assert_eq!(surname(asked, "Ні, Мельник."), "Melnyk", "{asked}");
        assert_eq!(surname(asked, "Так."), "Kushnir", "{asked}");
    }
}
