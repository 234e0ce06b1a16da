//! Doctor, MitID, post, letter box and the day of the move, told in people's own words.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn answered(question: &str, key: &str, cases: &[(&str, Value)]) {
    for (said, wanted) in cases {
        assert_eq!(value(&[question, said], key), *wanted, "{said}");
    }
}

#[test]
fn the_doctor_is_kept_changed_or_chosen_later() {
    let cases = [
        ("Свого тримаю, куди я без нього.", "keep"),
        ("Хай поки стоїть, як було.", "keep"),
        ("хай буде та що є поміняю якщо набридне", "keep"),
        ("Вона нас з дітьми десять років знає, нащо іншу.", "keep"),
        ("Змінювати боюся, якщо чесно.", "keep"),
        ("Моя в Оденсе, до неї і далі ходитиму.", "keep"),
        ("Тутешній хай буде, кого дасте.", "change"),
        ("Сусідчин мене візьме, вона вже питала.", "change"),
        ("Перейду, бо туди тепер не наїздишся.", "change"),
        ("Дайте подумати, я ще не роздивилась.", "later"),
        ("Узимку виберемо, не горить.", "later"),
        ("Хай поки буде, потім виберемо самі.", "later"),
    ];
    for (said, wanted) in cases {
        assert_eq!(value(&["Og lægen?", said], "gp.choice"), wanted, "{said}");
    }
}

#[test]
fn a_doctor_that_nobody_asked_about_is_no_choice() {
    for said in [
        "Вона працює в районній лікарні. Дозвіл у мене є.",
        "Пані Йенсен нам двері відчинила.",
    ] {
        assert_eq!(
            value(&["Hvor arbejder hun?", said], "gp.choice"),
            Value::Null,
            "{said}"
        );
    }
}

#[test]
fn the_doctor_called_by_name_is_written_as_the_employee_writes_it() {
    let turns = [
        "Og lægen?",
        "Тут, кажуть, лікарка добра, Бодільсен, до неї запишіть.",
        "Bodilsen tager nye. Så får I hende.",
    ];
    assert_eq!(value(&turns, "gp.choice"), "change");
    let turns = [
        "Og lægen?",
        "Запишіть до доктора Стенструп.",
        "Stenstrup, ja.",
    ];
    assert_eq!(value(&turns, "gp.clinic_name"), "Stenstrup");
    let turns = [
        "Og lægen?",
        "Мого лишаю, доктор Стенструп.",
        "Stenstrup, ja.",
    ];
    assert_eq!(value(&turns, "gp.clinic_name"), Value::Null);
    let turns = [
        "Lægerne på Sct. Jørgens Vej har plads.",
        "То до них запишіть, лікаря міняємо.",
    ];
    assert_eq!(
        value(&turns, "gp.clinic_name"),
        "Lægerne på Sct. Jørgens Vej"
    );
}

#[test]
fn the_group_of_the_insurance_is_the_one_that_is_agreed_to() {
    let key = "gp.insurance_group";
    answered(
        "Du er i gruppe to. Skal det fortsætte?",
        key,
        &[
            ("Так, я ходжу куди хочу.", "2".into()),
            ("Ні, давайте першу.", "1".into()),
        ],
    );
    answered(
        "Er du i den almindelige gruppe?",
        key,
        &[("Я так, у звичайній.", "1".into())],
    );
    answered("Hvem flytter med?", key, &[("Перша донька.", Value::Null)]);
}

#[test]
fn post_is_had_on_the_telephone_or_on_paper() {
    let key = "mover.digital_post";
    answered(
        "Får du dine breve digitalt?",
        key,
        &[
            ("Я так, а мама ні.", "registered".into()),
            ("Лише так, усе в телефоні читаю.", "registered".into()),
            ("Ні, з мене зняли, усе йде на папері.", "exempt".into()),
            ("Відмову маю, шліть у конверті.", "exempt".into()),
            ("Я так думаю, що це дорого.", Value::Null),
        ],
    );
}

#[test]
fn the_box_is_ones_own_or_somebody_elses() {
    let key = "to.mailbox_own";
    answered(
        "Og postkassen?",
        key,
        &[
            ("Власна, ключик дали.", true.into()),
            ("Своя і підписана.", true.into()),
            ("Їхня, моє не влазить.", false.into()),
        ],
    );
    let name = "to.mailbox_name";
    answered(
        "Hvad står der på postkassen?",
        name,
        &[(
            "Там «Lotte», а я свій стікер приклеїла поруч: «Polianska».",
            "Polianska".into(),
        )],
    );
}

#[test]
fn protection_is_wanted_in_other_words() {
    answered(
        "Vil du have beskyttelse af navn og adresse?",
        "protection.requested",
        &[
            ("Дуже. Для мене й для дитини.", true.into()),
            ("Так, мене й малих. Артема не треба.", true.into()),
            ("Хотілося б, якщо можна.", true.into()),
            ("Та ні, нам не треба.", false.into()),
        ],
    );
}

#[test]
fn a_bare_word_asks_for_the_day() {
    let said = [
        ("Dato?", "Двадцять першого вересня, в понеділок."),
        ("Og datoen, tak.", "Двадцять перше вересня."),
        (
            "Vestergade ti, anden til højre. Dato?",
            "Двадцять першого вересня.",
        ),
        ("Dagen?", "Понеділок, двадцять перше вересня."),
    ];
    for (question, said) in said {
        assert_eq!(
            value(&[question, said], "move_date"),
            "2026-09-21",
            "{question} {said}"
        );
    }
    // What else a list asks for stays asked.
    let turns = [
        "Dato og læge?",
        "Двадцять першого вересня, лікаря міняти не треба.",
    ];
    assert_eq!(value(&turns, "gp.choice"), "keep");
}

#[test]
fn what_others_did_with_the_bed_is_no_other_day() {
    let turns = [
        "Hvornår sov du der første gang?",
        "У неділю, шостого вересня, на її дивані, бо ліжко вона продала.",
    ];
    assert_eq!(value(&turns, "move_date"), "2026-09-06");
    let turns = [
        "Hvornår ankommer du?",
        "Чотирнадцятого вересня, в понеділок.",
    ];
    assert_eq!(value(&turns, "case.move_type"), Value::Null);
    assert_eq!(value(&turns, "move_date"), "2026-09-14");
}

#[test]
fn one_municipality_is_told_in_passing() {
    let turns = [
        "Ligger Nakskov ikke i samme kommune? Jo, begge er Lolland.",
        "Вам видніше.",
    ];
    assert_eq!(
        value(&turns, "case.move_type"),
        "domestic_within_municipality"
    );
    let turns = ["Flytter du til en anden kommune?", "Та то інша, так."];
    assert_eq!(value(&turns, "case.move_type"), "domestic_to_municipality");
}

#[test]
fn an_answer_about_the_doctor_is_taken_as_a_whole() {
    for (answer, choice) in [
        ("Ні, до того звик. Нічого не рухайте.", "keep"),
        ("Де був, там і буду.", "keep"),
        ("Незмінно.", "keep"),
        ("У Горбю зоставлю поки.", "keep"),
        ("Там лишати далеко, тож змінюю.", "change"),
        ("Нового, поближче. Ще не вирішила якого.", "later"),
        ("Пізніше оберемо самі.", "later"),
        ("Пошукаю сама, не поспішайте мене.", "later"),
    ] {
        let turns = ["Hvad med lægen?", answer];
        assert_eq!(value(&turns, "gp.choice"), choice, "{answer}");
    }
    let offered = ["Lægehuset Mors har plads, og hvad med lægen?", "Хай буде."];
    assert_eq!(value(&offered, "gp.clinic_name"), "Lægehuset Mors");
}

#[test]
fn mitid_of_the_one_who_answers() {
    for (answer, has) in [
        ("я маю вона ні", true),
        ("В обох.", true),
        ("Я ні, а дружина має.", false),
        ("Ні того, ні того.", false),
    ] {
        let turns = ["Har I MitID og Digital Post?", answer];
        assert_eq!(value(&turns, "mover.has_mitid"), has, "{answer}");
    }
}
