//! How many move, who of the two at the counter does, and who is left in the old home, where it is told beside
//! something else or in other words than it was asked for.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::Value;
use told::{rows, value};

const LEFT: &str = "from.whole_household_moves";
const COUNT: &str = "household.count";
const KIND: &str = "case.move_type";

#[test]
fn who_is_left_is_told_behind_the_old_address() {
    for (said, all) in [
        (
            "У подруги в Раннерсі, Стореґаде вісім. Вона там і досі.",
            false,
        ),
        ("У Раннерсі, Стореґаде вісім. Там тато з мачухою.", false),
        (
            "У Раннерсі, Стореґаде вісім. Ділив із двома румунами, вони зостаються.",
            false,
        ),
        (
            "У Раннерсі, Стореґаде вісім. Нас було четверо, решта лишилася.",
            false,
        ),
        ("У Раннерсі, Стореґаде вісім. Сама жила.", true),
        (
            "У Раннерсі, Стореґаде вісім. Усіх виселили, будинок під знесення.",
            true,
        ),
        ("У Раннерсі, Стореґаде вісім. Ми вдвох там і жили.", true),
        ("У Раннерсі, Стореґаде вісім. Після нас ні душі.", true),
        (
            "У Раннерсі, Стореґаде вісім. Вся родина звідти виїхала.",
            true,
        ),
    ] {
        assert_eq!(value(&["Hvor boede du før?", said], LEFT), all, "{said}");
    }
    for said in [
        "У Раннерсі, Стореґаде вісім. Там гарна школа.",
        "У Раннерсі, Стореґаде вісім. Документи там лишились.",
    ] {
        assert_eq!(
            value(&["Hvor boede du før?", said], LEFT),
            Value::Null,
            "{said}"
        );
    }
}

#[test]
fn whether_all_have_left_is_asked_and_answered_in_many_ways() {
    let address = "У Раннерсі, Стореґаде вісім, вісім дев'ять нуль нуль.";
    for (asked, said, all) in [
        ("Er alle ude af den?", "Навіть піаніно.", true),
        ("Er I alle væk derfra?", "Усі, і кіт.", true),
        (
            "Så hele familien er ude?",
            "Вся, дружина, хлопці і я.",
            true,
        ),
        (
            "Bliver der nogen i lejligheden?",
            "Хіба павук у ванній.",
            true,
        ),
        ("Er der stadig nogen af jer?", "Жодного.", true),
        ("Var du alene der?", "Сам, звісно.", true),
        (
            "Boede du sammen med nogen der?",
            "Із колегою, він ще там.",
            false,
        ),
        ("Så bliver han i den gamle?", "Так, сам.", false),
        ("Bor hun der endnu?", "Так, вона там.", false),
    ] {
        let turns = ["Hvor boede du før?", address, asked, said];
        assert_eq!(value(&turns, LEFT), all, "{asked} {said}");
    }
}

#[test]
fn somebody_else_moves_as_the_employee_asks() {
    let turns = [
        "Goddag, hvad kan jeg gøre?",
        "Добридень, я з мамою прийшла.",
        "Hvad hedder din mor?",
        "Валентина Ковтун.",
        "Hendes cpr-nummer?",
        "Двадцять сьоме нуль восьме п'ятдесят, тридцять п'ять нуль чотири.",
        "Er det kun hende, der flytter?",
        "Тільки вона.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Valentyna");
    assert_eq!(value(&turns, "mover.cpr_number"), "270850-3504");
    assert!(rows(&turns, "given_names").is_empty());
    // Whoever has told of a move of their own moves.
    let turns = [
        "Goddag, hvad kan jeg gøre?",
        "Добридень, ми з мамою переїжджаємо.",
        "Hvad hedder din mor?",
        "Валентина Ковтун.",
        "Hvor boede hun før?",
        "У Раннерсі.",
    ];
    assert_ne!(value(&turns, "mover.given_names"), "Valentyna");
}

#[test]
fn who_only_speaks_for_another_does_not_move() {
    for (asked, said) in [
        ("Hvem er det, vi skal melde?", "Мого дядька."),
        ("Så, hvem er vi her for i dag?", "За дядька, він хворий."),
        ("Goddag.", "Дядько переїжджає, а я тут лишаюсь."),
        ("Goddag.", "Це я не для себе, я за дядька."),
    ] {
        let turns = [asked, said, "Hvad hedder han?", "Пармен Кульбаба."];
        assert_eq!(value(&turns, "mover.surname"), "Kulbaba", "{said}");
    }
    let turns = [
        "Hvem er det, der flytter?",
        "Чоловік і я.",
        "Dit navn?",
        "Олена Коваль.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Olena");
}

#[test]
fn who_moves_alone_takes_nobody_along_who_was_only_named() {
    for (asked, said) in [
        ("Flytter du alene?", "Сама, як палець."),
        (
            "Flytter der nogen med dig?",
            "Сестра просилася, але мама не пустила. Я один.",
        ),
    ] {
        let turns = [
            "Hvem bor du hos?",
            "У сина, Левко Бабій, і онук Маркіян там.",
            asked,
            said,
        ];
        assert_eq!(value(&turns, COUNT), 1, "{said}");
    }
}

#[test]
fn so_many_move_as_is_summed_up() {
    for (asked, said, count) in [
        ("Og adressen?", "Переїжджаємо ми всі вчотирьох.", 4),
        ("Hvem flytter?", "Я й Софія.", 2),
        ("Så er I tre.", "Так.", 3),
    ] {
        assert_eq!(
            value(&["Goddag.", "Добрий день.", asked, said], COUNT),
            count,
            "{said}"
        );
    }
    let turns = ["Goddag.", "Добрий день.", "Så er I tre i huset.", "Так."];
    assert_eq!(value(&turns, COUNT), Value::Null);
}

#[test]
fn whether_it_stays_in_one_municipality_is_said_in_many_ways() {
    const WITHIN: &str = "domestic_within_municipality";
    const TO: &str = "domestic_to_municipality";
    for (turns, kind) in [
        (
            [
                "Det er hertil Hedensted Kommune, så det er tilflytning.",
                "Так.",
            ],
            TO,
        ),
        (["Aabenraa Kommune begge steder, ja.", "Так."], WITHIN),
        (["Ølgod er jo også Varde Kommune.", "Так."], WITHIN),
        (["Ligger den i samme kommune?", "Так, тут само."], WITHIN),
        (["Og den nye?", "Місто те саме."], WITHIN),
    ] {
        assert_eq!(value(&turns, KIND), kind, "{turns:?}");
    }
    // A second town was named: more likely another municipality than the same.
    let turns = [
        "Hvad flyttede I fra?",
        "Сендерборґ, Перлеґаде шістдесят, шість чотири нуль нуль.",
        "Og her i Aabenraa, hvad hedder gaden?",
        "Нюґаде дев'ять.",
    ];
    assert_eq!(value(&turns, KIND), TO);
}

#[test]
fn who_has_a_birth_date_is_not_put_out_by_a_passing_word() {
    let turns = [
        "Hvor kommer I fra?",
        "З Литви, я і син. Приїхали вчора.",
        "Hvad hedder han, og hvornår er han født?",
        "Басараб Ізидор, чотирнадцятого лютого вісімнадцятого.",
        "Hvor boede I i Litauen?",
        "У Каунасі. Мати дитини там і лишилась.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Izydor"]);
}
