//! The form's own questions, word for word as the screen offers them, with the plainest answers that people give: a word or
//! two. None of them may be lost, and what a question offers to choose from ("stuen, første sal, anden sal?") is nobody's
//! answer.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::{Value, json};
use tolkebot_form::FormDefinition;
use tolkebot_protocol::Lang;

/// What was said before: the name, and an address that lacks floor, door and letter.
const BEFORE: [&str; 4] = [
    "Hvad hedder du?",
    "Павло Кушнір.",
    "Hvad er den nye adresse?",
    "Рандерсвей дев'яносто п'ять, Орхус Н.",
];

/// The Danish question of a slot, as the form has it.
fn question(key: &str) -> String {
    let form = FormDefinition::embedded();
    let field = form.field(key);
    field
        .and_then(|f| f.ask(Lang::Da))
        .expect("a question")
        .to_owned()
}

/// Asks for the slot after other turns: every answer gives its value, null where it gives none.
fn after(before: &[&str], key: &str, cases: &[(&str, Value)]) {
    let question = question(key);
    for (answer, want) in cases {
        let mut turns = BEFORE.to_vec();
        turns.extend(before);
        turns.extend([question.as_str(), answer]);
        assert_eq!(told::value(&turns, key), *want, "{question} {answer}");
    }
}

fn asked(key: &str, cases: &[(&str, Value)]) {
    after(&[], key, cases);
}

#[test]
fn floors_are_answered_and_not_taken_from_the_question() {
    asked(
        "to.floor",
        &[
            ("Стуен.", json!("st")),
            ("Стюен.", json!("st")),
            ("Перший сал.", json!("1")),
            ("Друга.", json!("2")),
            ("Третя.", json!("3")),
            ("На третій.", json!("3")),
            ("Сал три.", json!("3")),
            ("Внизу.", json!("st")),
            ("На землі.", json!("st")),
            ("П'ятий, по-вашому четвертий.", json!("4")),
            ("Четвертий по-вашому.", json!("4")),
            ("По-датськи другий.", json!("2")),
            ("Це приватний будинок.", Value::Null),
            ("Не знаю.", Value::Null),
        ],
    );
}

#[test]
fn doors_are_answered_with_a_word() {
    let floor = question("to.floor");
    after(
        &[&floor, "Друга сал."],
        "to.door",
        &[
            ("Ліворуч.", json!("tv")),
            ("Ліва.", json!("tv")),
            ("Налево.", json!("tv")),
            ("Т ве.", json!("tv")),
            ("Праворуч.", json!("th")),
            ("Права.", json!("th")),
            ("Те ха.", json!("th")),
            ("Посередині.", json!("mf")),
            ("Номер чотири.", json!("4")),
            ("Четверта.", json!("4")),
            ("Не знаю.", Value::Null),
        ],
    );
}

#[test]
fn a_letter_alone_is_the_house_letter() {
    let cases = [
        ("Б.", json!("B")),
        ("Так, бе.", json!("B")),
        ("А.", json!("A")),
        ("так а", json!("A")),
        ("Літера де.", json!("D")),
        ("Так, 95 Б.", json!("B")),
        ("дев'яносто п'ять бе", json!("B")),
        ("Так, 95.", Value::Null),
        ("Ні.", Value::Null),
        ("А це де?", Value::Null),
    ];
    asked("to.house_letter", &cases);
    for (staff, answer, want) in [
        ("95 A eller 95 B?", "Бе.", json!("B")),
        ("95A eller 95B?", "А.", json!("A")),
        ("Er det A eller B?", "Б.", json!("B")),
        ("Er det A eller B?", "Де.", Value::Null),
    ] {
        let mut turns = BEFORE.to_vec();
        turns.extend([staff, answer]);
        let letter = told::value(&turns, "to.house_letter");
        assert_eq!(letter, want, "{staff} {answer}");
    }
}

#[test]
fn names_on_box_and_door_are_told_alone() {
    asked(
        "to.mailbox_name",
        &[
            ("Кушнір.", json!("Kushnir")),
            ("Моє, Кушнір.", json!("Kushnir")),
            ("Хансен.", json!("Hansen")),
            ("Власника, Хольм.", json!("Holm")),
            ("Ще не підписав.", Value::Null),
        ],
    );
    asked(
        "to.co_name",
        &[
            ("У подруги, Анни Хансен.", json!("c/o Hansen")),
            ("Там написано Хольм.", json!("c/o Holm")),
            ("Живу в Йенсена.", json!("c/o Jensen")),
            ("Моє.", Value::Null),
            ("Моє, Кушнір.", Value::Null),
        ],
    );
}

#[test]
fn a_lease_is_there_or_not_by_a_word() {
    asked(
        "dwelling.lease_document",
        &[
            ("Так.", json!("shown")),
            ("Ось він.", json!("shown")),
            ("Ні.", json!("missing")),
            ("Вдома.", json!("missing")),
            ("А який?", Value::Null),
        ],
    );
    let asked = question("dwelling.lease_document");
    let mut turns = BEFORE.to_vec();
    turns.extend([asked.as_str(), "Є в телефоні.", "Send den til os, tak."]);
    assert_eq!(
        told::value(&turns, "dwelling.lease_document"),
        json!("missing")
    );
    turns.push("Відправив.");
    assert_eq!(
        told::value(&turns, "dwelling.lease_document"),
        json!("copy")
    );
}

#[test]
fn whoever_lives_there_is_not_said_to_stay() {
    let (others, stay) = ("dwelling.others_registered", "dwelling.others_stay");
    asked(
        others,
        &[
            ("Так.", json!(true)),
            ("Моя дівчина.", json!(true)),
            ("Ні.", json!(false)),
            ("Порожня.", json!(false)),
        ],
    );
    let there = question(others);
    asked(
        others,
        &[(
            "Попередні мешканці, але вони виїжджають тридцятого.",
            json!(true),
        )],
    );
    let mut turns = BEFORE.to_vec();
    turns.extend([there.as_str(), "Так."]);
    assert_eq!(told::value(&turns, stay), Value::Null);
    after(
        &[&there, "Так."],
        stay,
        &[
            ("Так.", json!(true)),
            ("Лишаються.", json!(true)),
            ("Ні.", json!(false)),
            ("Ні, виїжджають.", json!(false)),
        ],
    );
}

#[test]
fn counts_days_and_choices_are_told_in_a_word() {
    asked(
        "household.count",
        &[
            ("Двоє.", json!(2)),
            ("Я сам.", json!(1)),
            ("Я і двоє дітей.", json!(3)),
            ("Ми вдвох.", json!(2)),
        ],
    );
    asked(
        "move_date",
        &[
            ("Вчора ночував уперше.", json!("2026-05-04")),
            ("Перше п'яте.", json!("2026-05-01")),
            ("1.5.", json!("2026-05-01")),
            ("01.05", json!("2026-05-01")),
            ("Не пам'ятаю точно.", Value::Null),
            ("Десь на початку травня.", Value::Null),
        ],
    );
    asked(
        "gp.choice",
        &[
            ("Залишу.", json!("keep")),
            ("Нового.", json!("change")),
            ("Потім.", json!("later")),
            ("Так.", Value::Null),
        ],
    );
    asked(
        "protection.requested",
        &[
            ("Так.", json!(true)),
            ("Не потрібно.", json!(false)),
            ("Не знаю, що це.", Value::Null),
        ],
    );
}
