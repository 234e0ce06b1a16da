//! What a question takes for granted and the answer takes back; papers that are no lease; children who are nobody yet.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 12, 1))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn who_has_long_been_here_does_not_arrive() {
    let arrivals = [
        (
            "Er du lige kommet til Danmark?",
            "Ні, я тут уже чотири роки.",
        ),
        (
            "Hvornår kom du til Danmark?",
            "У березні дві тисячі двадцять другого.",
        ),
        ("Hvornår kom du til Danmark?", "У 2022 році."),
        ("hvornår er du kommet til danmark", "двадцять третього року"),
    ];
    for (question, answer) in arrivals {
        let turns = [
            question,
            answer,
            "Og hvad er din gamle adresse?",
            "Вестергаде вісім, Орхус.",
        ];
        assert_eq!(value(&turns, "case.move_type"), Value::Null, "{answer}");
        assert_eq!(value(&turns, "arrival.date"), Value::Null, "{answer}");
        assert_eq!(
            value(&turns, "from.address_line"),
            "Vestergade 8, 8000 Aarhus C",
            "{answer}"
        );
    }
    let still = [
        ("Er du lige kommet til Danmark?", "Так, п'ять днів тому."),
        (
            "Er du lige kommet til Danmark?",
            "Так, ми з Польщі, там ми три роки жили.",
        ),
        (
            "Er du lige kommet til Danmark?",
            "Так, залишуся щонайменше на два роки.",
        ),
        (
            "Indrejse den ottende januar. Hvad hedder du?",
            "Гнатів Руслана, шістнадцяте серпня дев'яностого.",
        ),
    ];
    for (question, answer) in still {
        assert_eq!(
            value(&[question, answer], "case.move_type"),
            "from_abroad",
            "{answer}"
        );
    }
}

#[test]
fn a_month_with_its_year_is_no_day_of_this_month() {
    let turns = [
        "Hvornår flytter du?",
        "У березні дві тисячі двадцять сьомого.",
    ];
    assert_eq!(value(&turns, "move_date"), Value::Null);
    let turns = [
        "Hvornår flytter du?",
        "Сьомого березня дві тисячі двадцять сьомого.",
    ];
    assert_eq!(value(&turns, "move_date"), "2027-03-07");
}

#[test]
fn a_question_without_its_mark_is_no_statement() {
    for question in ["flytter faren også med", "og faren flytter han også med"] {
        let turns = [question, "ні він у німеччині"];
        assert_ne!(
            value(&turns, "children[0].other_parent_moves"),
            true,
            "{question}"
        );
    }
}

#[test]
fn a_photo_of_another_paper_is_no_copy_of_the_lease() {
    let others = [
        "Har du vielsesattesten med?",
        "Har du fødselsattesten med?",
        "Har du passet med?",
        "Har hun skrevet under på logiværtserklæringen?",
    ];
    for question in others {
        for answer in ["Ні, тільки фото в телефоні.", "Так, ось папір."]
        {
            let turns = [question, answer];
            assert_eq!(
                value(&turns, "dwelling.lease_document"),
                Value::Null,
                "{question} {answer}"
            );
        }
    }
    let lease = ["Har du lejekontrakten med?", "Тільки фото в телефоні."];
    assert_eq!(value(&lease, "dwelling.lease_document"), "copy");
    let told = ["Har du passet med?", "Ось. І фото договору."];
    assert_eq!(value(&told, "dwelling.lease_document"), "copy");
}

#[test]
fn a_child_without_a_row_is_not_the_citizen() {
    let turns = [
        "Hvad hedder du?",
        "Ганна Ткаченко.",
        "Så det er kun Viktoria, der flytter med dig?",
        "Так, донька Вікторія.",
    ];
    assert_eq!(value(&turns, "children[0].person"), "household[0]");
    assert_eq!(value(&turns, "children[1].person"), Value::Null);
}
