//! Whose a CPR number is: not of who has it noted, and not of the one who was heard before; and what stands in it.

mod talk;
mod told;

use serde_json::{Value, json};

#[test]
fn who_has_the_number_noted_is_not_whose_it_is() {
    for answer in [
        "Зараз, мама мені записала: двадцять перше нуль шосте вісімдесят п'ять, тринадцять чотирнадцять.",
        "Донька підкаже: двадцять перше нуль шосте вісімдесят п'ять, тринадцять чотирнадцять.",
        "У мами в телефоні: двадцять перше нуль шосте вісімдесят п'ять, тринадцять чотирнадцять.",
    ] {
        let turns = [
            "Hej, hvad hedder du?",
            "Оксана Тимчук.",
            "Hvad er dit CPR-nummer?",
            answer,
            "210685-1314.",
            "Так.",
        ];
        assert_eq!(
            told::value(&turns, "mover.cpr_number"),
            json!("210685-1314"),
            "{answer}"
        );
        assert!(told::rows(&turns, "cpr_number").is_empty(), "{answer}");
    }
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Hvem flytter med, og hvad er hendes CPR-nummer?",
        "Мама, Ганна Тимчук. Мама: двадцять перше нуль шосте шістдесят п'ять, тринадцять чотирнадцять.",
    ];
    assert_eq!(told::rows(&turns, "cpr_number"), ["210665-1314"]);
}

#[test]
fn a_house_put_right_leaves_the_numbers_alone() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Og dit telefonnummer?",
        "Двадцять два, тридцять чотири, п'ятдесят шість, сімдесят вісім.",
        "22 34 56 78. Hvor flytter du hen?",
        "Нюгаде двадцять два, Аалборг.",
        "Nygade 22. Hvilken sal?",
        "Ні, не двадцять два, а тридцять два. Другий сал.",
    ];
    assert_eq!(told::value(&turns, "mover.phone"), json!("+4522345678"));
    assert_eq!(told::value(&turns, "to.house_number"), json!("32"));
}

#[test]
fn a_day_put_right_leaves_the_numbers_alone() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук.",
        "Hvad er dit CPR-nummer?",
        "П'ятнадцять нуль три вісімдесят шість, тринадцять дванадцять.",
        "150386-1312. Hvornår flytter du?",
        "П'ятнадцятого травня.",
        "Den 15. maj?",
        "Ні, не п'ятнадцятого, а шістнадцятого.",
    ];
    assert_eq!(
        told::value(&turns, "mover.cpr_number"),
        json!("150386-1312")
    );
}

#[test]
fn twins_have_a_number_each() {
    let turns = [
        "Hej, hvad hedder du?",
        "Оксана Тимчук, зі мною сини Артем і Марк.",
        "Hvad er Artems CPR-nummer?",
        "Артем: п'ятнадцяте нуль п'яте вісімнадцять, дванадцять тридцять сім.",
        "150518-1237. Og Mark: 150518-5679, kan jeg se?",
        "Так.",
    ];
    assert_eq!(
        told::rows(&turns, "cpr_number"),
        ["150518-1237", "150518-5679"]
    );
}

#[test]
fn a_pet_name_behind_my_is_no_spouse() {
    let turns = [
        "Velkommen. Hvad hedder du?",
        "Оксана Тимчук, ми з України, приїхали вчора.",
        "Hvem er kommet sammen med dig?",
        "Мій Максимко, він у третьому класі.",
        "Maksym, okay. Hvornår er han født?",
        "Третього травня дві тисячі вісімнадцятого.",
        "Den tredje maj 2018.",
        "Так.",
    ];
    let slots = told::slots(&turns);
    for (key, slot) in &slots {
        if key.ends_with(".relation") {
            assert_ne!(slot["value"], json!("spouse"), "{slot}");
        }
    }
    assert_ne!(told::value(&turns, "household[0].birth_date"), Value::Null);
}

#[test]
fn who_comes_along_does_not_take_ones_own_number() {
    let turns = [
        "Hej. Hvem flytter, og dit CPR?",
        "Я і Юрко, син. Номер тринадцять, нуль шість, вісімдесят три, шістнадцять, сімдесят п'ять.",
        "130683-1675. Dit navn og drengens nummer?",
        "Тарас Кривенко. Юркове: двадцять шість, нуль вісім, шістнадцять, сімдесят один, одинадцять.",
    ];
    assert_eq!(
        told::value(&turns, "mover.cpr_number"),
        json!("130683-1675")
    );
    assert_eq!(told::value(&turns, "mover.given_names"), json!("Taras"));
    assert_eq!(told::rows(&turns, "cpr_number"), ["260816-7111"]);
}

#[test]
fn whose_turn_comes_later_takes_neither_name_nor_number() {
    let turns = [
        "hvor mange er i",
        "нас двоє я і дружина",
        "okay så dit navn og cpr først og så konens",
        "мороз віктор нуль чотири нуль чотири вісімдесят одинадцять тридцять п'ять",
        "moroz nul fire nul fire firs elleve fem og tredive",
    ];
    assert_eq!(
        told::value(&turns, "mover.cpr_number"),
        json!("040480-1135")
    );
    assert_eq!(told::value(&turns, "mover.given_names"), json!("Viktor"));
}

#[test]
fn a_card_spoken_of_is_nobody() {
    let turns = [
        "Hej, er du til flytning?",
        "Так, до сім'ї! Дружина вже рік тут, а я в Есбергу дороблював.",
        "Navn?",
        "Ігор Стельмах, ось картка жовта, нею я ще за паркування платив. Номер тринадцяте одинадцятого сімдесят дев'ятого, двадцять один тридцять три.",
        "131179-2133.",
    ];
    assert_eq!(
        told::value(&turns, "mover.cpr_number"),
        json!("131179-2133")
    );
}

#[test]
fn a_number_read_back_with_a_wrong_digit_stays_its_owners() {
    let turns = [
        "Hej, hvad hedder du?",
        "Віра Клименко, зі мною сестра Люба.",
        "Dit CPR?",
        "Двадцять чотири, нуль п'ять, дев'яносто дев'ять, двадцять шість двадцять.",
        "Og Liubas?",
        "Люба: одинадцяте вересня нуль третього, п'ятдесят два сімдесят два.",
        "Søsteren: 110903-5272. Og dig: 240599-2630?",
        "Двадцять у кінці.",
    ];
    assert_eq!(told::rows(&turns, "cpr_number"), ["110903-5272"]);
    let own = told::value(&turns, "mover.cpr_number");
    assert!(
        own == json!("240599-2620") || own == json!("240599-2630"),
        "{own}"
    );
}

#[test]
fn a_telephone_said_once_more_is_the_one_said_before() {
    let turns = [
        "Hej, hvad hedder du?",
        "Тарас Гаврилюк.",
        "Hvem lejer du af?",
        "Винаймаю кімнату в Анджея Новака, він там живе.",
        "Jeg sender ham en logiværtserklæring. Hans telefon?",
        "Шістдесят дев'ять, сорок один, вісімнадцять, двадцять.",
        "Sig det lige en gang til langsomt, der var støj.",
        "Шістдесят один, сорок один, вісімнадцять, двадцять, я перший раз збився.",
    ];
    assert_eq!(told::value(&turns, "host.phone"), json!("+4561411820"));
    assert_eq!(told::value(&turns, "mover.phone"), Value::Null);
}

#[test]
fn two_telephones_in_one_turn_keep_their_owners() {
    let turns = [
        "Hej, hvad hedder du?",
        "Марія Коваль, я живу в чоловіка, Артема.",
        "Så sender jeg ham en logiværtserklæring. Hans telefon?",
        "Двадцять один, сорок шість, тридцять, п'ятдесят п'ять. У мене поки тільки данський із магазину: шістдесят, сімдесят один, двадцять три, п'ятдесят вісім.",
    ];
    assert_eq!(told::value(&turns, "host.phone"), json!("+4521463055"));
    assert_eq!(told::value(&turns, "mover.phone"), json!("+4560712358"));
}

#[test]
fn a_telephone_of_whom_somebody_reports_for_is_theirs() {
    let turns = [
        "Godmorgen. Hvad drejer det sig om?",
        "Я не за себе. Товариш мій у лікарні лежить, ось довіреність, він підписав.",
        "Og du er?",
        "Зоряна Ткаченко.",
        "Hvad hedder din ven?",
        "Ігор Білоус.",
        "Bor han der alene?",
        "Сам. Винаймає в якоїсь фірми.",
        "Kan vi få fat i ham på telefonen?",
        "Сорок два, шістдесят п'ять, дев'ятнадцять, тридцять.",
        "42 65 19 30.",
    ];
    assert_eq!(told::value(&turns, "mover.phone"), json!("+4542651930"));
    assert_eq!(told::value(&turns, "host.phone"), Value::Null);
}

#[test]
fn of_two_numbers_that_an_employee_names_neither_is_settled() {
    let turns = [
        "Hvad hedder du, og hvad er dit CPR-nummer?",
        "Фекла Дорошкевич. Двадцять сьоме грудня сімдесят першого, двадцять три сорок шість.",
        "271271-2346? Jeg finder 271277-2346. Kan det være syvoghalvfjerds?",
        "Ой, так-так, сімдесят сьомого!",
    ];
    let status = |turns: &[&str]| {
        let slots = talk::slots(turns, jiff::civil::date(2026, 9, 8));
        let slot = &slots["mover.cpr_number"];
        (slot["value"].clone(), slot["status"].clone())
    };
    assert_eq!(
        status(&turns[..3]),
        ("271271-2346".into(), "needs_confirmation".into())
    );
    assert_eq!(status(&turns), ("271277-2346".into(), "proposed".into()));
}

#[test]
fn a_year_of_nothing_but_zeros() {
    let turns = [
        "Dit CPR-nummer?",
        "Сімнадцятого серпня нульового року, п'ятдесят один, тридцять дев'ять.",
    ];
    assert_eq!(told::value(&turns, "mover.cpr_number"), "170800-5139");
}

#[test]
fn the_last_four_where_the_employee_misses_a_digit() {
    let number = |asked: &str, answer: &str| {
        let turns = [
            "Hej, hvad hedder du?",
            "Оксана Тимчук.",
            "Hvad er dit CPR-nummer?",
            "Вісімнадцяте лютого вісімдесят шостого, п'ятнадцять дев'ять дев'ять.",
            asked,
            answer,
        ];
        told::value(&turns, "mover.cpr_number")
    };
    let missed = "Jeg mangler et ciffer til sidst. Femten, ni, ni …?";
    let right = "Даруйте: сімнадцять, тридцять дев'ять. Сам себе збив.";
    assert_eq!(number(missed, right), "180286-1739");
    // What is asked for next is not the number's end.
    let next = "Tak. Og hvad bor I i, hvilket nummer?";
    assert_eq!(number(next, right), "180286-1599");
}

/// The day of birth is told once, the last four digits for each.
#[test]
fn twins_share_the_day_and_have_their_own_ends() {
    let mother = ["Hvad hedder du?", "Тамара Деркач.", "Og drengene?"];
    let rows = |turns: &[&str], field: &str| told::rows(&[&mother[..], turns].concat(), field);
    let born = "Лука і Марко, теж Деркач, народилися третього листопада вісімнадцятого.";
    assert_eq!(rows(&[born], "birth_date"), ["2018-11-03", "2018-11-03"]);
    let ends = "У Луки п’ятдесят п’ять тринадцять, у Марка сімдесят сім п’ятнадцять.";
    let told = [born, "Og de sidste fire cifre for hver af dem?", ends];
    let right = ["031118-5513", "031118-7715"];
    assert_eq!(rows(&told, "cpr_number"), right);
    // It follows from the numbers now.
    assert!(rows(&told, "birth_date").is_empty());
    let mixed_up = "Så er det Luka med syvoghalvfjerds femten og Marko med femoghalvtreds tretten?";
    let put_right = "Навпаки: Лука п’ятдесят п’ять тринадцять, Марко сімдесят сім п’ятнадцять.";
    let turns = [&told[..], &[mixed_up, put_right]].concat();
    assert_eq!(rows(&turns, "cpr_number"), right);
    let at_once = "Лука і Марко. Народилися третього листопада вісімнадцятого. Лука закінчується на п’ятдесят п’ять тринадцять, Марко — на сімдесят сім п’ятнадцять.";
    assert_eq!(rows(&[at_once], "cpr_number"), right);
    // Whose surname it is was not born with them.
    let father = "Лука й Марко. Прізвище в них Дарчук, як у батька. Народилися третього листопада вісімнадцятого.";
    assert_eq!(rows(&[father], "birth_date"), ["2018-11-03", "2018-11-03"]);
}
