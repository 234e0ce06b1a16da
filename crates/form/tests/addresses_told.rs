//! Parts of an address in everyday words: towns before their streets, doors by their qualities, floors by the way in,
//! numbers as ranks, and answers that only their question explains.

use serde_json::Value;

mod talk;
#[allow(dead_code)]
mod told;

fn gives(turns: &[&str], key: &str, want: &str) {
    assert_eq!(told::value(turns, key), Value::from(want), "{turns:?}");
}

fn gives_nothing(turns: &[&str], key: &str) {
    assert_eq!(told::value(turns, key), Value::Null, "{turns:?}");
}

/// The key after the answer to a question for the new address.
fn new_home(answer: &str) -> [&str; 2] {
    ["Hvad er den nye adresse?", answer]
}

#[test]
fn a_town_stands_before_its_street() {
    for (answer, code) in [
        ("Сківе, Вестерґаде сорок вісім.", "7800"),
        ("Накскоу, Бредґаде вісім, другий сал ліворуч.", "4900"),
        ("нексьо бредгаде сорок один", "3730"),
        ("Рьодекро, Торвегаде вісім.", "6230"),
    ] {
        gives(&new_home(answer), "to.postal_code", code);
    }
    // A given name before a street is no town.
    gives_nothing(&new_home("А Мілена на Сковвей вісім."), "to.postal_code");
}

#[test]
fn who_is_asked_where_tells_the_new_home() {
    for asked in ["Og hvor?", "Hvilken adresse?", "Adressen på huset?"] {
        let turns = [asked, "Сківе, Вестерґаде сорок вісім."];
        gives(&turns, "to.street_name", "Vestergade");
        gives_nothing(&turns, "from.address_line");
    }
    let turns = [
        "Hvad hed vejen, I boede på?",
        "Сківе, Вестерґаде сорок вісім.",
    ];
    gives_nothing(&turns, "to.street_name");
}

#[test]
fn doors_have_qualities() {
    for (answer, door) in [
        ("Бредгаде вісім, другий сал, двері праві.", "th"),
        ("Бредгаде вісім, другий сал, двері — ліві.", "tv"),
        ("бредгаде вісім другий сал двері ліві а хазяїн нижче", "tv"),
        ("Бредгаде вісім, другий по-данськи, права.", "th"),
        ("Бредгаде вісім, другий сал, ліва квартира.", "tv"),
        ("Бредгаде вісім, другий сал, двері тв.", "tv"),
        ("Бредгаде вісім, другий сал, по лівій руці.", "tv"),
        ("Бредгаде вісім, другий сал, двері «двадцять один».", "21"),
        ("Бредгаде вісім, другий сал, номер дверей чотири.", "4"),
        ("Бредгаде вісім, другий сал, двері четверті.", "4"),
        ("Бредгаде вісім, кімната сорок перша.", "41"),
    ] {
        gives(&new_home(answer), "to.door", door);
    }
    gives_nothing(
        &new_home("Бредгаде вісім, по правий бік від вокзалу."),
        "to.door",
    );
    gives_nothing(&new_home("Бредгаде вісім, а права ще шукаю."), "to.door");
}

#[test]
fn floors_in_the_danish_count() {
    for (answer, floor) in [
        ("Бредгаде вісім, другий данський, ліворуч.", "2"),
        ("Бредгаде вісім, на данському першому.", "1"),
        (
            "Бредгаде вісім, перший поверх датський, двері ліворуч.",
            "1",
        ),
        ("Бредгаде вісім, по-вашому три.", "3"),
        ("Бредгаде вісім, унизу, прямо з вулиці.", "st"),
        ("Бредгаде вісім, на землі.", "st"),
    ] {
        gives(&new_home(answer), "to.floor", floor);
    }
    // The first Danish thing of one's own is no floor.
    gives_nothing(
        &new_home("Бредгаде вісім, мій перший данський дім."),
        "to.floor",
    );
    gives_nothing(&new_home("Бредгаде вісім, а внизу піцерія."), "to.floor");
}

#[test]
fn house_numbers_are_ranks_too() {
    for (answer, number) in [
        ("Бредгаде двадцять сьомий.", "27"),
        ("бредгаде сто перша", "101"),
        ("Бредгаде двадцять перший сал", "20"),
    ] {
        gives(&new_home(answer), "to.house_number", number);
    }
    gives(
        &new_home("Бредгаде одинадцять «д», вгорі."),
        "to.house_letter",
        "D",
    );
    gives(
        &new_home("Бредгаде сорок шість з літерою еф."),
        "to.house_letter",
        "F",
    );
}

/// The key after a question for one part of the address.
fn asked<'a>(question: &'a str, answer: &'a str) -> [&'a str; 4] {
    ["Hvad er den nye adresse?", "Бредгаде.", question, answer]
}

#[test]
fn short_answers_are_parts_of_the_address() {
    gives(
        &asked("Hvad er husnummeret?", "Двадцять восьмий."),
        "to.house_number",
        "28",
    );
    for answer in [
        "Найнижчий.",
        "Внизу ми.",
        "Прямо з двору заходжу.",
        "Жодної сходинки.",
    ] {
        gives(&asked("Bredgade. Hvilken etage?", answer), "to.floor", "st");
    }
    gives(
        &asked("Bredgade. Hvilken etage?", "Три марші сходів."),
        "to.floor",
        "3",
    );
    gives(
        &asked("Bredgade. Er der et bogstav?", "Літера де, так."),
        "to.house_letter",
        "D",
    );
    gives(
        &asked("Bredgade. Og hvilken dør?", "П'ятий номер."),
        "to.door",
        "5",
    );
    gives(
        &asked(
            "Bredgade. Og hvilken dør?",
            "Праворуч. Зліва родина з Сомалі.",
        ),
        "to.door",
        "th",
    );
    gives_nothing(
        &asked("Bredgade. Hvilken etage?", "Аптека внизу, гарна."),
        "to.floor",
    );
}
