//! Who comes from abroad or leaves the country, told in passing: whence, since when, for how long, and what becomes of the
//! home here.

mod talk;

use serde_json::Value;

fn slot(turns: &[&str], key: &str) -> Value {
    let slots = talk::slots(turns, jiff::civil::date(2026, 9, 9));
    slots
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn gives(turns: &[&str], key: &str, want: impl Into<Value>) {
    assert_eq!(slot(turns, key), want.into(), "{key} {turns:?}");
}

#[test]
fn who_lived_abroad_until_now_has_come_from_there() {
    for (turns, country) in [
        (
            vec!["Hvor har I boet til nu?", "У Любліні, чотири роки."],
            "Polen",
        ),
        (vec!["og hvor boede du sidst", "в мальме"], "Sverige"),
        (
            vec!["Hvor rejste du fra?", "З Тбілісі, з Грузії."],
            "Georgien",
        ),
        (
            vec![
                "Hvad var adressen i Vilnius?",
                "Жвєріно сім, квартира дванадцять.",
            ],
            "Litauen",
        ),
    ] {
        gives(&turns, "case.move_type", "from_abroad");
        gives(&turns, "arrival.from_country", country);
    }
}

#[test]
fn two_small_signs_make_an_arrival_and_one_does_not() {
    let from = ["Hvor kommer du fra?", "З Вінниці."];
    gives(&from, "case.move_type", Value::Null);
    let papers = [
        "Hvor kommer du fra?",
        "З Вінниці.",
        "Må jeg se dit opholdskort?",
        "Ось картка.",
    ];
    gives(&papers, "arrival.from_country", "Ukraine");
    let street = [
        "hvor kommer i fra",
        "з вінниці вулиця пирогова сто дванадцять квартира чотирнадцять",
    ];
    gives(&street, "case.move_type", "from_abroad");
}

#[test]
fn who_is_in_denmark_since_a_day_has_arrived_on_it() {
    let flew = [
        "Kom bare ind.",
        "Добрий день. Я прилетіла в неділю, шостого, і ще ніде не була.",
    ];
    gives(&flew, "case.move_type", "from_abroad");
    gives(&flew, "arrival.date", "2026-09-06");
    let since = ["ja værsgo", "ми в данії з суботи приїхали до подруги"];
    gives(&since, "case.move_type", "from_abroad");
}

#[test]
fn holidays_and_other_people_make_no_arrival() {
    for turns in [
        vec![
            "Godmorgen.",
            "Вчора прилетіли з відпустки, а переїхали ще першого вересня.",
        ],
        vec!["Hvor boede din mand?", "У Львові."],
        vec![
            "Hvor har du boet?",
            "На Вестерґаде п'ять, тут в Орхусі. Сестра у Польщі.",
        ],
    ] {
        gives(&turns, "case.move_type", Value::Null);
    }
}

#[test]
fn whoever_only_told_of_a_journey_and_has_a_number_lives_here() {
    let turns = [
        "Kom ind.",
        "Ми в неділю прилетіли, шостого, а тепер хочемо переписатися.",
        "Hvad er dit CPR-nummer?",
        "Двадцять четверте одинадцяте вісімдесят сьоме, сімнадцять тридцять.",
    ];
    gives(&turns, "case.move_type", Value::Null);
}

#[test]
fn a_long_stay_is_told_without_months() {
    let lived = ["Hvor har I boet til nu?", "У Любліні."];
    for (asked, answer) in [
        ("Bliver I længe?", "Поки діти вчаться, дітям же школа."),
        ("Skal I blive?", "Та вже назавжди."),
        ("og hvor længe", "рік щонайменше"),
        ("Du er her stadig til sommer?", "Нікуди не їду."),
        ("Hvad laver du?", "Зварник, контракт на два роки."),
        ("Hvilken tilladelse?", "Робоча, взяли в пральню без строку."),
    ] {
        let turns = [lived[0], lived[1], asked, answer];
        gives(&turns, "arrival.stay_over_3_months", true);
    }
    for (asked, answer) in [
        ("Bliver I længe?", "Та ні, не надовго."),
        ("Hvad lavede du der?", "Працював там два роки."),
        ("Har I en kontrakt?", "Договір на квартиру на два роки."),
    ] {
        let turns = [lived[0], lived[1], asked, answer];
        assert_ne!(
            slot(&turns, "arrival.stay_over_3_months"),
            true,
            "{turns:?}"
        );
    }
}

#[test]
fn the_town_of_an_address_stands_beside_its_street() {
    let turns = [
        "Hvor boede I?",
        "У Харкові. Вулиця Садова вісім, квартира сьома. А в Полтаві ми й дня не були.",
    ];
    gives(
        &turns,
        "from.foreign_address",
        "vul. Sadova 8, kv. 7, Kharkiv, Ukraine",
    );
    let avenue = [
        "Hvor boede I?",
        "Запоріжжя, проспект Соборний сто, квартира три.",
    ];
    gives(
        &avenue,
        "from.foreign_address",
        "prospekt Sobornyi 100, kv. 3, Zaporizhzhia, Ukraine",
    );
    let latin = ["Hvor boede du?", "У Брно. Kotlářská тридцять чотири."];
    gives(
        &latin,
        "from.foreign_address",
        "Kotlářská 34, Brno, Tjekkiet",
    );
}

#[test]
fn the_employee_writes_the_street_with_its_kind() {
    let turns = [
        "Hvor boede du?",
        "У Болоньї, чотири роки. Віа Сараґоцца, вісімнадцять.",
        "Via Saragozza, smuk by.",
    ];
    gives(
        &turns,
        "from.foreign_address",
        "Via Saragozza 18, Bologna, Italien",
    );
}

#[test]
fn leaving_has_many_words() {
    for (turns, country) in [
        (
            vec!["Hej.", "Ми з братом тікаємо в Німеччину, роботу знайшов."],
            "Tyskland",
        ),
        (vec!["hej", "я з онуком їдем до ірландії"], "Irland"),
        (vec!["Til Norge, altså?", "До Норвегії, так."], "Norge"),
        (
            vec!["Hvornår letter I?", "Шостого жовтня, до Канади."],
            "Canada",
        ),
    ] {
        gives(&turns, "case.move_type", "to_abroad");
        gives(&turns, "departure.country", country);
    }
    let back = ["Hej.", "Я повертаюся з України, була в мами."];
    gives(&back, "case.move_type", Value::Null);
}

#[test]
fn what_becomes_of_the_home_of_who_leaves() {
    let leaves = ["Hej.", "Я їду до Норвегії, назовсім."];
    for (asked, answer, keeps) in [
        (
            "Er boligen solgt eller udlejet?",
            "Ми її винаймали, тож розірвали.",
            false,
        ),
        ("Adressen?", "Ключі від квартири віддаю тридцятого.", false),
        (
            "Er lejligheden din?",
            "Моя, нікому не здаю, стоятиме порожня.",
            true,
        ),
        (
            "Hvad med lejligheden, siger du den op?",
            "Квартира поки за мною.",
            true,
        ),
        ("Så har du ingen bolig her bagefter?", "Жодної.", false),
    ] {
        let turns = [leaves[0], leaves[1], asked, answer];
        gives(&turns, "departure.keeps_dwelling", keeps);
    }
    let other = [
        leaves[0],
        leaves[1],
        "Hvor arbejder du?",
        "На фабриці, машину продав.",
    ];
    gives(&other, "departure.keeps_dwelling", Value::Null);
}
