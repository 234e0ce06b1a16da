//! Short answers, papers that are still wanted, and what follows from whose home it is.

mod talk;

use serde_json::{Value, json};

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
fn everyday_words_answer_yes_and_no() {
    let question = "Har du MitID?";
    for yes in ["Є, аякже.", "А як же!", "На телефоні."] {
        gives(&[question, yes], "mover.has_mitid", true);
    }
    for no in ["Та де там.", "Поки що ні.", "Боронь Боже."] {
        gives(&[question, no], "mover.has_mitid", false);
    }
    gives(
        &[
            "Du skal vel ikke have skjult navn og adresse?",
            "Та ні, навіщо.",
        ],
        "protection.requested",
        false,
    );
}

#[test]
fn a_paper_that_is_sent_for_is_missing_until_its_day() {
    let turns = [
        "Har du fremlejekontrakten med?",
        "Ой, лишилась у сестри на столі.",
        "Så send den inden den attende september, kan du nå det?",
        "До вісімнадцятого встигну, в неділю до неї поїду.",
    ];
    gives(&turns, "dwelling.lease_document", "missing");
    gives(&turns, "documents.missing", json!(["lease"]));
    gives(&turns, "documents.deadline", "2026-09-18");
}

#[test]
fn a_lease_on_a_telephone_is_seen_or_copied() {
    let shows = ["Har du lejekontrakten med?", "Дивіться, в пошті відкрила."];
    let seen = [shows[0], shows[1], "Den er set, tak."];
    gives(&seen, "dwelling.lease_document", "shown");
    let copied = [
        shows[0],
        "Зараз, у телефоні знімок.",
        "Send den til mig, så har jeg en kopi.",
    ];
    gives(&copied, "dwelling.lease_document", "copy");
}

#[test]
fn whoever_lets_a_room_is_taken_to_stay() {
    let turns = [
        "Hvem bor du hos?",
        "Кімнату мені здає одна пані, Бенте Крог.",
        "Så sender jeg Bente en erklæring.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(slots["dwelling.others_stay"]["value"], json!(true));
    assert_eq!(
        slots["dwelling.others_stay"]["status"],
        json!("needs_confirmation")
    );
}

#[test]
fn a_street_with_a_name_is_nobodys_home() {
    let turns = [
        "Hvem ejer huset?",
        "Мадс, наш майстер.",
        "Han får en erklæring. Du stod på Jens Baggesens Vej ti?",
        "Так.",
    ];
    assert_ne!(slot(&turns, "host.name"), json!("Jens Baggesens"));
}

#[test]
fn who_stays_in_the_old_home_is_no_host() {
    let turns = [
        "Hvad var den gamle adresse?",
        "Vestergade otte, там я жив із батьком.",
        "Han bliver boende?",
        "Лишається, він звідти нікуди.",
    ];
    gives(&turns, "dwelling.others_stay", Value::Null);
}

#[test]
fn nobody_who_leaves_the_country_moves_into_a_home() {
    let turns = [
        "Hvad drejer det sig om?",
        "Я їду з Данії назовсім, у Німеччину, хочу виписатися.",
        "Så melder jeg udrejse. Du bor på kollegiet?",
        "Так, у гуртожитку, кімнату здаю.",
    ];
    gives(&turns, "case.move_type", "to_abroad");
    gives(&turns, "dwelling.type", Value::Null);
}

#[test]
fn both_questions_may_be_answered_at_once() {
    let turns = [
        "Hvad hedder du?",
        "Ольга Стець.",
        "Hvem flytter med dig?",
        "Син, Марко, п'ятнадцятого квітня двадцятого.",
        "Er forældremyndigheden fælles, og har han boet hos dig indtil nu?",
        "І перше так, і друге так.",
    ];
    gives(&turns, "children[].custody", "joint");
    gives(&turns, "children[].lived_with_before", "reporter");
}

#[test]
fn not_knowing_is_no_refusal() {
    let explained = "Så kan andre ikke se din adresse. Vil du have det?";
    let question = "Ønsker du adressebeskyttelse?";
    let key = "protection.requested";
    for open in [
        "Не розумію.",
        "Не знаю.",
        "Ні, я не розумію, що це таке.",
        "Не завадило б.",
    ] {
        gives(&[question, open], key, Value::Null);
        gives(&[question, open, explained, "Так, хочу."], key, true);
        gives(&[question, open, explained, "Ні, дякую."], key, false);
    }
    gives(
        &["Har du MitID?", "Не знаю."],
        "mover.has_mitid",
        Value::Null,
    );
    gives(&[question, "Не треба."], key, false);
    gives(&[question, "Ні, не хочу."], key, false);
}

#[test]
fn a_yes_to_being_let_off_digital_post_is_no_yes_to_the_post() {
    let key = "mover.digital_post";
    for question in [
        "Skal du fritages for digital post?",
        "Vil du fritages for digital post?",
        "Er du fritaget for digital post?",
    ] {
        gives(&[question, "Так."], key, "exempt");
        assert_ne!(slot(&[question, "Ні."], key), "exempt");
    }
    gives(&["Har du digital post?", "Так."], key, "registered");
}
