//! Numbers, addresses and names of somebody else that are told in place of one's own.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn the_telephone_of_a_relative_is_not_the_citizens() {
    let told = [
        "Дзвоніть чоловікові, двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
        "Телефонуйте моєму чоловікові: двадцять два тридцять три сорок чотири п'ятдесят п'ять.",
        "Ось номер сестри: двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять, дзвоніть їй.",
        "пишіть мамі двадцять два тридцять три сорок чотири п'ятдесят п'ять",
        "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять. Це номер чоловіка, мій ще не працює.",
    ];
    for answer in told {
        let turns = ["Hvad er dit telefonnummer?", answer, "22 33 44 55.", "Так."];
        assert_eq!(value(&turns[..2], "mover.phone"), Value::Null, "{answer}");
        assert_eq!(value(&turns, "mover.phone"), Value::Null, "{answer}");
    }
    let own = [
        "Hvad er dit telefonnummer?",
        "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять, чоловік записав.",
        "22 33 44 55.",
        "Так.",
    ];
    assert_eq!(value(&own, "mover.phone"), "+4522334455");
}

#[test]
fn the_mail_of_a_relative_is_not_the_citizens() {
    for answer in [
        "petro.kovalenko@gmail.com, це пошта чоловіка.",
        "petro.kovalenko@gmail.com. Але це чоловіка.",
        "своєї нема пишіть чоловікові petro.kovalenko@gmail.com",
        "Можна чоловікову? petro.kovalenko@gmail.com",
    ] {
        let turns = ["Hvad er din mail?", answer, "Okay.", "Дякую."];
        assert_eq!(value(&turns, "mover.email"), Value::Null, "{answer}");
    }
    let told_later = [
        "Hvad er din mail?",
        "petro.kovalenko@gmail.com",
        "Det er din mands mail.",
        "Так.",
    ];
    assert_eq!(value(&told_later, "mover.email"), Value::Null);
    for own in [
        "petro.kovalenko@gmail.com",
        "Лікаря нового, і жінку, якщо можна. А пошта petro.kovalenko@gmail.com",
        "Чоловік зробив: petro.kovalenko@gmail.com",
    ] {
        let turns = ["Hvad er din mail?", own];
        assert_eq!(
            value(&turns, "mover.email"),
            "petro.kovalenko@gmail.com",
            "{own}"
        );
    }
}

#[test]
fn a_name_on_the_letter_box_is_not_the_citizens() {
    let turns = [
        "Din adresse er Vestergade 8, og på postkassen står der Jensen?",
        "Так, Єнсен.",
        "Hvad er dit fulde navn?",
        "Оксана Мельник.",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Melnyk");
    assert_eq!(value(&turns, "to.mailbox_name"), "Jensen");
    assert_eq!(value(&turns, "to.mailbox_own"), Value::Null);
    let own = ["Står dit navn på postkassen?", "Так."];
    assert_eq!(value(&own, "to.mailbox_own"), true);
}

#[test]
fn the_parent_named_behind_a_child_is_not_the_child() {
    for answer in [
        "Донька Софія. Її тато Андрій Бондар не переїжджає.",
        "Син Максим, його тато Андрій Бондар живе окремо.",
    ] {
        let turns = ["Hvem flytter med dig?", answer];
        assert_eq!(
            value(&turns, "children[].other_parent_name"),
            "Andrii Bondar",
            "{answer}"
        );
        assert_eq!(value(&turns, "household[0].relation"), "child", "{answer}");
        assert_ne!(value(&turns, "household[0].surname"), "Bondar", "{answer}");
    }
}

#[test]
fn the_friend_that_somebody_lives_with_is_the_host() {
    let turns = [
        "hvem er det du skal bo hos",
        "у свекрухи ольга бондар",
        "og hvad er hendes telefonnummer",
        "двадцять два тридцять три сорок чотири п'ятдесят п'ять",
        "og dit eget",
        "сорок два шістнадцять дев'яносто три п'ятнадцять",
    ];
    assert_eq!(value(&turns, "host.name"), "Olha Bondar");
    assert_eq!(value(&turns, "host.phone"), "+4522334455");
    assert_eq!(value(&turns, "mover.phone"), "+4542169315");
}
