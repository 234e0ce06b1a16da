//! What a home is, whose it is, who is there, until when and which papers were shown: questions in everyday words and
//! answers beside them.

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
fn part_of_a_house_is_a_room() {
    for turns in [
        vec![
            "Har du hele huset eller en del af det?",
            "Кімнату, з видом на сад.",
        ],
        vec!["Bor du der alene?", "У мене тільки кімната, решта не моя."],
        vec!["Hvad betaler du?", "За кімнату три тисячі на місяць."],
    ] {
        gives(&turns, "dwelling.type", "room");
    }
}

#[test]
fn a_question_takes_the_kind_of_home_for_granted() {
    gives(
        &["Hvilket plejehjem flytter han på?", "Те, що біля парку."],
        "dwelling.type",
        "institution",
    );
    gives(
        &["Hvad hedder kollegiet?", "Я не пам'ятаю, як воно пишеться."],
        "dwelling.type",
        "student_hall",
    );
    // Somebody else's, or the old one.
    gives(
        &["Hvor boede I før?", "У гуртожитку, там жахливо було."],
        "dwelling.type",
        Value::Null,
    );
}

#[test]
fn the_only_ones_are_nobody_else() {
    for answer in ["Так, самі.", "Удвох.", "Лише ми втрьох."] {
        let turns = ["Er I de eneste, der bor der?", answer];
        gives(&turns, "dwelling.others_registered", false);
    }
    gives(
        &["Er I de eneste, der bor der?", "Ні, ще один студент."],
        "dwelling.others_registered",
        true,
    );
}

#[test]
fn papers_count_when_the_employee_has_looked_at_them() {
    gives(
        &[
            "Hvem lejer du af?",
            "У контракті все є, показати?",
            "Ja tak … den er set.",
        ],
        "dwelling.lease_document",
        "shown",
    );
    gives(
        &[
            "Har du kontrakten? Må jeg tage en kopi af aftalen?",
            "Беріть, будь ласка.",
        ],
        "dwelling.lease_document",
        "copy",
    );
    // The other parent's consent is no lease.
    gives(
        &["Er moren enig?", "Так, і ось папір, вона підписала."],
        "dwelling.lease_document",
        Value::Null,
    );
}

#[test]
fn the_end_of_a_lease_is_no_day_of_a_move() {
    let turns = [
        "Hvornår udløber aftalen?",
        "До тридцять першого грудня.",
        "Den enogtredivte december.",
    ];
    gives(&turns, "dwelling.temporary_until", "2026-12-31");
    gives(&turns, "move_date", Value::Null);
}

#[test]
fn who_is_left_behind_is_asked_in_many_ways() {
    for (question, answer, all) in [
        (
            "Har du efterladt nogen i lejligheden?",
            "Подруга лишилась, ми разом знімали.",
            false,
        ),
        (
            "Var du alene om den?",
            "З братом, він там і зостався.",
            false,
        ),
        ("Er den tømt?", "Порожня, ключі здали.", true),
        ("Rømmer I den helt?", "Повністю.", true),
    ] {
        gives(&[question, answer], "from.whole_household_moves", all);
    }
}

#[test]
fn a_doctor_is_chosen_kept_or_put_off() {
    for (question, answer, want) in [
        (
            "Hvad med lægen?",
            "Лікаря міняємо, хай буде тутешній.",
            "change",
        ),
        ("Hvad med lægen?", "Не чіпайте, ми до нього звикли.", "keep"),
        (
            "Hvad med lægen?",
            "Далеко їздити. Сестра поможе вибрати, тоді вже.",
            "later",
        ),
        (
            "Skal han skifte til lægen dér?",
            "До нього, так ближче.",
            "change",
        ),
    ] {
        gives(&[question, answer], "gp.choice", want);
    }
    gives(
        &[
            "Hvad med lægen? Der er Lægerne Torvet, og så er der Lægehuset i Ans. Hvem af dem?",
            "А хто з них кращий?",
        ],
        "gp.clinic_name",
        Value::Null,
    );
}

#[test]
fn one_municipality_is_what_people_say() {
    gives(
        &["Er det Vejle til Vejle?", "Так, у межах міста."],
        "case.move_type",
        "domestic_within_municipality",
    );
    gives(
        &["Det er jo samme kommune.", "А, добре."],
        "case.move_type",
        "domestic_within_municipality",
    );
}

#[test]
fn whoever_lets_a_room_is_the_host() {
    let turns = [
        "Hvor bor du nu?",
        "Кімнату мені здає одна пані, Метте Єнсен, хата її.",
        "Godt.",
    ];
    gives(&turns, "host.name", "Mette Jensen");
    gives(&turns, "host.role", "owner");
}

#[test]
fn sums_and_years_are_no_postal_codes() {
    gives(
        &[
            "Hvor bor I nu?",
            "Сальтгаде сімнадцять. Власник бере з нас вісім тисяч.",
        ],
        "to.postal_code",
        Value::Null,
    );
    gives(
        &[
            "Hvor bor I nu?",
            "Сальтгаде сімнадцять. Син із дві тисячі дванадцятого року.",
        ],
        "to.postal_code",
        Value::Null,
    );
}

#[test]
fn stairs_and_counted_floors_are_no_part_of_an_address() {
    gives(
        &["Hvor bor I nu?", "Сальтгаде сімнадцять, сходи всередині."],
        "to.door",
        Value::Null,
    );
    gives(
        &[
            "Hvor bor I nu?",
            "Сальтгаде сімнадцять, четвертий сал, бо стуен, один, два, три, чотири.",
        ],
        "to.floor",
        "4",
    );
}

#[test]
fn the_employee_takes_it_that_somebody_leaves() {
    gives(
        &[
            "Hvor skal I hen i verden?",
            "У Норвегію, там робота.",
            "Så skal I melde udrejse.",
        ],
        "case.move_type",
        "to_abroad",
    );
    gives(
        &[
            "I ønsker at anmelde en udrejse til Tyskland?",
            "Нас троє, я, чоловік і донька.",
        ],
        "departure.country",
        "Tyskland",
    );
}

#[test]
fn a_room_of_a_home_for_the_old_is_no_rented_room() {
    let turns = [
        "Hvilket plejehjem drejer det sig om?",
        "Скоувванг.",
        "Sover der andre i den bolig?",
        "Та де, одна кімната й туалет, тільки для нього.",
    ];
    gives(&turns, "dwelling.type", "institution");
}

#[test]
fn nobody_besides_those_who_are_registered_there() {
    let turns = [
        "Hun er tilmeldt adressen endnu. Kommer hun til at bo der?",
        "Ні, вона аж після Нового року вертається.",
        "Bor der andre sammen med dig?",
        "Ні, одна.",
    ];
    gives(&turns, "dwelling.others_registered", true);
}

#[test]
fn a_lease_that_is_still_wanted_is_missing() {
    for turns in [
        [
            "har du kontrakten med i dag",
            "у кабіні лишився а машина вже на поромі",
            "så noterer jeg at den mangler send et billede senest den sjette november",
        ],
        [
            "lejer du det privat",
            "так але паперу ще не дав",
            "den kontrakt skal jeg bruge jeg skal have den senest den første marts",
        ],
    ] {
        gives(&turns, "dwelling.lease_document", "missing");
    }
    // A signature shown as the power of attorney is no lease.
    let turns = ["Har du en fuldmagt fra ham?", "Є, ось тут його підпис."];
    gives(&turns, "dwelling.lease_document", Value::Null);
}

#[test]
fn whoever_the_declaration_goes_to_is_written_to() {
    let turns = [
        "Hvad hedder du?",
        "Олена Гончар.",
        "Hvem af dem skal jeg skrive til om erklæringen?",
        "Краще Пребену. Мейл: тюгесен, собачка, екземпл, точка, орг. Те, ха, ігрек, ге, е, ес, е, ен.",
        "Preben Thygesen, den sender jeg i eftermiddag.",
    ];
    gives(&turns, "host.email", "thygesen@example.org");
    gives(&turns, "host.name", "Preben Thygesen");
    gives(&turns, "host.consent_status", "requested");
}

#[test]
fn a_home_that_is_let_until_a_day() {
    gives(
        &["Er det fremleje?", "Так, здає мені до першого грудня."],
        "dwelling.temporary_until",
        "2026-12-01",
    );
}

#[test]
fn neither_left_nor_right_is_the_middle() {
    gives(
        &[
            "Hvad er din nye adresse?",
            "Вестергаде вісім, другий сал. Там посередині двері, ні вліво, ні вправо.",
        ],
        "to.door",
        "mf",
    );
}

#[test]
fn whose_letter_box_it_is() {
    let own = ["Får I post derhjemme?", "Листи в нашу скриньку."];
    gives(&own, "to.mailbox_own", true);
}

#[test]
fn a_question_takes_the_centre_and_the_room_for_granted() {
    gives(
        &["Er det på krisecentret, du er nu?", "Так, ми там з неділі."],
        "dwelling.type",
        "crisis_centre",
    );
    gives(
        &[
            "Hvor længe skal du være på værelset?",
            "Поки не закінчу школу.",
        ],
        "dwelling.type",
        "room",
    );
}

#[test]
fn a_house_number_is_kept_before_the_street_is_known() {
    let turns = ["Husnummeret er tolv?", "Дванадцять, корпус Ц.", "Tolv C."];
    gives(&turns, "to.house_number", "12");
    gives(&turns, "to.house_letter", "C");
}
