//! Addresses by their questions: short ones, those that name a town, and answers that begin anew, are read from a paper
//! or name the house.

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
fn the_town_of_the_question_is_that_of_the_answer() {
    for (asked, code) in [
        ("Og adressen i Ballerup?", "2750"),
        ("Og her i Køge, hvad hedder vejen?", "4600"),
        ("Og hvad er den nye adresse i Herning?", "7400"),
    ] {
        let turns = [asked, "Ліндевей дев'ятнадцять, другий сал."];
        gives(&turns, "to.postal_code", code);
    }
    // The answer names its own.
    let turns = ["Og adressen i Ballerup?", "Ліндевей дев'ять, 4600 Кеґе."];
    gives(&turns, "to.postal_code", "4600");
}

#[test]
fn the_town_stands_in_another_sentence() {
    for answer in [
        "Ліндевей дев'ять. Місто те саме, Фредеріксгавн.",
        "Фредеріксгавн. Ліндевей дев'ять.",
    ] {
        gives(&new_home(answer), "to.postal_code", "9900");
    }
    gives_nothing(
        &new_home("Ліндевей дев'ять. А працюю у Фредеріксгавні."),
        "to.postal_code",
    );
}

#[test]
fn directions_alone_are_questions() {
    let turns = [
        "Fra hvor?",
        "Вайле, Бредгаде вісім, 7100.",
        "Til?",
        "Горсенс, Нерреґаде десять, 8700.",
    ];
    gives(&turns, "to.street_name", "Nørregade");
    gives(&turns, "from.address_line", "Bredgade 8, 7100 Vejle");
    let turns = [
        "Hvor i Ry?",
        "Бредгаде вісім, 8680.",
        "Og før i Galten?",
        "Нерреґаде десять, 8464.",
    ];
    gives(&turns, "to.street_name", "Bredgade");
}

/// The street of the home that was asked for, in a turn of its own.
#[test]
fn the_street_that_is_asked_behind_the_town_is_that_of_the_same_home() {
    for (home, key) in [
        ("Hvor har du boet indtil nu?", "from.address_line"),
        ("Hvor flytter du hen?", "to.street_name"),
    ] {
        let turns = [
            home,
            "У Оддері, з братом.",
            "Hvad hedder vejen i Odder?",
            "Банегордсгаде, тридцять вісім.",
            "Banegårdsgade otteogtredive, treogfirs hundrede Odder.",
            "Так.",
        ];
        let other = match key {
            "to.street_name" => "from.address_line",
            _ => "to.street_name",
        };
        gives_nothing(&turns, other);
        let want = match key {
            "to.street_name" => "Banegårdsgade",
            _ => "Banegårdsgade 38, 8300 Odder",
        };
        gives(&turns, key, want);
    }
}

/// "… og til hvilken side?" asks where in the house, and not where somebody goes from there.
#[test]
fn the_side_is_no_new_home() {
    let turns = [
        "Hvad er det for en lejlighed?",
        "Вестре Страндалле, сто сорок один.",
        "Risskov altså, toogfirs fyrre. På hvilken etage, og til hvilken side?",
        "Другий сал, ліворуч.",
    ];
    gives(&turns, "to.street_name", "Vestre Strandallé");
    gives(&turns, "to.door", "tv");
    gives_nothing(&turns, "from.address_line");
}

#[test]
fn who_came_from_one_town_lives_in_the_other() {
    let turns = [
        "Hvad skal I have ordnet?",
        "Переїхали зі Сванеке в Рьонне.",
        "Hvor bor I nu?",
        "Бредгаде вісім, Рьонне.",
    ];
    gives(&turns, "to.street_name", "Bredgade");
    gives_nothing(&turns, "from.address_line");
}

#[test]
fn streets_are_begun_anew() {
    for answer in [
        "Нерреґаде, ні, Бредгаде вісім.",
        "Нерре... Нерреґаде? Ні, стривайте, Бредгаде вісім.",
        "нерреґаде ні це бредгаде вісім",
    ] {
        let turns = new_home(answer);
        gives(&turns, "to.street_name", "Bredgade");
        gives(&turns, "to.house_number", "8");
    }
    // From the one to the other, and nothing is taken back but half a name.
    let turns = [
        "Hvor flytter I hen?",
        "Зі Скандерборгвей на Гренаде… ні, Бредгаде двадцять п'ять.",
    ];
    gives(&turns, "to.street_name", "Bredgade");
    gives(
        &new_home("Бредгаде вісім, ні, вісімнадцять."),
        "to.house_number",
        "18",
    );
}

#[test]
fn streets_are_read_from_a_paper() {
    for (answer, street) in [
        ("Ось лист: Strandløkke чотирнадцять, стуен.", "Strandløkke"),
        ("ось лист skovhede дванадцять перший сал", "Skovhede"),
        ("живемо на jyllingevej", "Jyllingevej"),
    ] {
        gives(&new_home(answer), "to.street_name", street);
    }
    gives_nothing(
        &new_home("Ще не знаю. Мій Samsung двадцять два."),
        "to.street_name",
    );
    gives(
        &new_home("Ґаммель Страндвей п'ять."),
        "to.street_name",
        "Gammel Strandvej",
    );
}

#[test]
fn a_moment_is_no_home() {
    for answer in [
        "Зараз прочитаю, Бредгаде вісім, 7100 Вайле.",
        "чоловік зараз каже бредгаде вісім сім один нуль нуль",
    ] {
        gives(
            &["Hvor flytter I hen?", answer],
            "to.street_name",
            "Bredgade",
        );
    }
}

#[test]
fn sides_and_floors_without_their_words() {
    for (answer, floor, door) in [
        ("Бредгаде вісім, третя, тв.", "3", "tv"),
        ("Бредгаде вісім, третій, th.", "3", "th"),
        ("бредгаде вісім друга сала на право", "2", "th"),
        ("бредгаде вісім стуен мф", "st", "mf"),
        ("Бредгаде вісім, п'ята зала, ліворуч.", "5", "tv"),
        ("бредгаде вісім кєльдерен двері шість", "kl", "6"),
        (
            "Бредгаде вісім, перший сал, двері двадцять другі.",
            "1",
            "22",
        ),
    ] {
        gives(&new_home(answer), "to.floor", floor);
        gives(&new_home(answer), "to.door", door);
    }
    gives_nothing(
        &new_home("Бредгаде вісім, моя друга дочка теж."),
        "to.floor",
    );
}

#[test]
fn letters_stand_before_the_floor_or_are_put_right() {
    let turns = [
        "hvad er den nye adresse",
        "бредгаде сім",
        "altså bredgade syv a kælderen dør to",
    ];
    gives(&turns, "to.house_letter", "A");
    gives(
        &new_home("бредгаде дев'ять літера це ні бе як борис перший сал"),
        "to.house_letter",
        "B",
    );
    gives_nothing(
        &new_home("бредгаде вісімнадцять а друга сал"),
        "to.house_letter",
    );
}

#[test]
fn houses_have_names_in_quotation_marks() {
    for answer in [
        "Заклад «Solgården» у Біллунді, Бредгаде сорок чотири.",
        "«Solgården», маєток. Бредгаде п'ять.",
        "Бредгаде п'ять. Це будинок «Solgården».",
    ] {
        gives(&new_home(answer), "to.location_name", "Solgården");
    }
    gives_nothing(
        &new_home("Над пабом «Solgården», Бредгаде п'ять."),
        "to.location_name",
    );
    let turns = [
        "Hvad hedder kollegiet?",
        "не пам'ятаю",
        "otto mønsteds kollegium rendsburggade seks",
    ];
    gives(&turns, "to.location_name", "Otto Mønsteds Kollegium");
}

/// What is said of the letter box by who is called Melnychuk.
fn of_box<'a>(question: &'a str, answer: &'a str) -> [&'a str; 4] {
    ["Hvad hedder du?", "Мельничук Оксана.", question, answer]
}

fn owns(question: &str, answer: &str) -> Value {
    told::value(&of_box(question, answer), "to.mailbox_own")
}

#[test]
fn whose_letter_box_it_is() {
    for answer in [
        "Своя, з ключем.",
        "Маємо власну.",
        "Синя, на паркані, «Melnychuk».",
        "Біля дверей наша.",
    ] {
        assert_eq!(owns("Postkassen?", answer), Value::from(true), "{answer}");
    }
    for answer in [
        "Там тільки «Familien Friis».",
        "Скринька одна на весь клуб.",
        "Нема моєї скриньки, всі в одну.",
        "На скриньці тільки її прізвище.",
    ] {
        assert_eq!(owns("Postkassen?", answer), Value::from(false), "{answer}");
    }
    assert_eq!(owns("Postkassen?", "Ще не дивилась."), Value::Null);
    for (answer, name) in [
        ("Спільна з ними, але я додала: «Melnychuk».", "Melnychuk"),
        ("Своя, наліпили: «Melnychuk, 1. th».", "Melnychuk"),
    ] {
        gives(&of_box("Postkassen?", answer), "to.mailbox_name", name);
    }
    let turns = of_box(
        "Hvad står der på den, så vi kan skrive c/o?",
        "«Brønnum», великими.",
    );
    gives(&turns, "to.co_name", "c/o Brønnum");
}

#[test]
fn now_is_the_old_home_where_the_new_one_is_asked_for_beside_it() {
    let turns = [
        "Hvor bor I nu, og hvor skal I hen?",
        "Тепер у Фредериції, Вендерсґаде шістдесят п'ять, перший сал праворуч.",
        "Vendersgade femogtres, første til højre, syv tusind Fredericia.",
        "А нове — у Міддельфарті, Брендерупвей, сімнадцять.",
    ];
    gives(
        &turns,
        "from.address_line",
        "Vendersgade 65, 1. th, 7000 Fredericia",
    );
    gives(&turns, "to.street_name", "Brenderupvej");
    let turns = [
        "Hvad er jeres adresse, som den er nu?",
        "Струер, Сендерґаде двадцять вісім.",
    ];
    gives(&turns, "from.address_line", "Søndergade 28, 7600 Struer");
    // One question, and the new home.
    let turns = [
        "Og hvor bor du her i byen?",
        "Рінґґаде, номер сто п'ятнадцять.",
    ];
    gives(&turns, "to.house_number", "115");
}
