//! What was so and is no longer, who stays where, numbers told in pieces, and what is taken back.

mod talk;

use serde_json::{Value, json};

fn slot(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .cloned()
        .unwrap_or(Value::Null)
}

fn value(turns: &[&str], key: &str) -> Value {
    slot(turns, key)["value"].clone()
}

#[test]
fn a_telephone_number_comes_in_pieces() {
    for turns in [
        &[
            "og telefonnummer til dig",
            "шістдесят один нуль вісім",
            "enogtres nul otte ja",
            "потім дев'яносто два сімнадцять",
            "enogtres nul otte tooghalvfems sytten og hvad siger du til lægen",
        ][..],
        &[
            "Hvad er dit telefonnummer?",
            "Шістдесят один, нуль вісім.",
            "Ja?",
            "Дев'яносто два, сімнадцять.",
        ],
        &[
            "Telefon?",
            "шістдесят один",
            "ja",
            "нуль вісім дев'яносто два",
            "ja",
            "сімнадцять",
        ],
    ] {
        assert_eq!(value(turns, "mover.phone"), "+4561089217", "{turns:?}");
    }
    // What was repeated otherwise is no beginning, and a day none either.
    for turns in [
        &[
            "Hvad er dit telefonnummer?",
            "Шістдесят один, нуль вісім.",
            "Enogtres nul ni?",
            "Дев'яносто два, сімнадцять.",
        ][..],
        &[
            "Hvad er dit telefonnummer?",
            "Двадцять перше, дванадцяте.",
            "Ja?",
            "Дев'яносто два, сімнадцять.",
        ],
    ] {
        assert_eq!(value(turns, "mover.phone"), Value::Null, "{turns:?}");
    }
}

#[test]
fn a_number_read_out_as_theirs_is_theirs() {
    let turns = [
        "Hvad kan jeg hjælpe med?",
        "Я тут за батька, він дав мені довіреність.",
        "Hvad hedder han?",
        "Степан Заєць.",
        "Har han en telefon?",
        "Пишіть мій: двадцять дев’ять, шістдесят, нуль чотири, вісімдесят вісім. Хоча ні, є його власний: двадцять, \
         сімнадцять, сорок п’ять, дев’яносто.",
        "Hvad vil du have, jeg skriver som hans?",
        "Його, останній.",
        "Tyve, sytten, femogfyrre, halvfems er hans. Og lægen?",
    ];
    assert_eq!(value(&turns, "mover.phone"), "+4520174590");
}

#[test]
fn who_reports_for_somebody_takes_their_own_number_back() {
    for denial in [
        "Та ні, це я! Вибачте, я свій і назвав.",
        "Ой, це мій номер.",
        "Ні, то мій, я свій сказав.",
    ] {
        let turns = [
            "Hvad kan jeg hjælpe med?",
            "Я тут за батька, він дав мені довіреність.",
            "Hvad hedder han?",
            "Степан Заєць.",
            "Og CPR-nummeret?",
            "Нуль сьоме, десяте, сімдесят четвертий, десять тридцять сім.",
            "Nul syv ti fireoghalvfjerds, ti syvogtredive. Din far er altså født i fireoghalvfjerds?",
            denial,
            "Hans nummer så?",
            "Дев’ятнадцять, нуль два, сорок шість, нуль сім сімдесят один.",
        ];
        assert_eq!(value(&turns, "mover.cpr_number"), "190246-0771", "{denial}");
    }
}

#[test]
fn the_half_of_a_number_that_is_read_back_is_no_postal_code() {
    let turns = [
        "hvad er dit cpr nummer",
        "двадцять шоста нуль дев'ята нуль сьомий",
        "seksogtyve ni nul syv og løbenummeret",
        "шістдесят чотири нуль шість",
    ];
    assert_eq!(value(&turns, "mover.cpr_number"), "260907-6406");
    assert_eq!(value(&turns, "to.postal_code"), Value::Null);
}

#[test]
fn a_day_of_birth_is_no_half_of_a_number() {
    let turns = [
        "hvem flytter du med",
        "з сином",
        "hvad er hans navn og cpr nummer",
        "матвій паламарчук народився четвертого травня дві тисячі двадцять першого",
        "og telefonnummer til dig",
        "шістдесят один нуль вісім",
    ];
    assert_eq!(value(&turns, "household[0].birth_date"), "2021-05-04");
    assert_eq!(value(&turns, "household[0].cpr_number"), Value::Null);
}

#[test]
fn a_mitid_that_was_is_none() {
    for answer in [
        "А MitID було на старому телефоні, його заблокували, тепер нема.",
        "Так, мітід був, але його заблокували.",
        "Було, тепер нема.",
    ] {
        let turns = ["Har du MitID?", answer];
        assert_eq!(value(&turns, "mover.has_mitid"), false, "{answer}");
    }
    let turns = [
        "Hvorfor kommer du først nu?",
        "МітІД заблокувався, новий видали вчора.",
    ];
    assert_eq!(value(&turns, "mover.has_mitid"), Value::Null);
}

#[test]
fn a_doctor_who_is_let_be_is_kept() {
    for answer in [
        "Нехай, сюди десять хвилин автобусом.",
        "Хай. Нам тут недалеко.",
        "Най, як є",
    ] {
        let turns = ["Og skal de blive ved lægen i Lystrup?", answer];
        assert_eq!(value(&turns, "gp.choice"), "keep", "{answer}");
    }
    let turns = ["Og skal de blive ved lægen i Lystrup?", "Хай новий, тут."];
    assert_ne!(value(&turns, "gp.choice"), "keep");
    let turns = [
        "Og lægen?",
        "Лікаря лишіть того, що є.",
        "så beholder du lægen og dit eget nummer",
        "нема в мене ще данського номера",
    ];
    assert_eq!(value(&turns, "gp.choice"), "keep");
}

#[test]
fn a_home_that_is_sold_after_all_is_not_kept() {
    for (question, answer) in [
        ("Så I beholder den altså ikke?", "Виходить, ні. Продаємо."),
        ("Så I beholder ikke lejligheden?", "Так, не дозволили."),
        ("Så I beholder den ikke?", "Ні."),
    ] {
        let turns = [
            "Goddag.",
            "Ми хочемо виписатися, їдемо з Данії до Німеччини.",
            "En udrejse. Sælger I lejligheden, eller beholder I den?",
            "Поки лишаємо за собою.",
            "Jeg skriver, at I beholder boligen.",
            "Чекайте, здавати не дозволять.",
            question,
            answer,
        ];
        assert_eq!(
            value(&turns, "departure.keeps_dwelling"),
            false,
            "{question} {answer}"
        );
    }
}

#[test]
fn what_is_not_to_be_written_down_fills_nothing() {
    let ask = "Har I forældremyndigheden sammen?";
    for turns in [
        &[
            ask,
            "Юрист каже, що спільна, але ще перевірить. Не пишіть нічого.",
        ][..],
        &[ask, "Наче спільна, треба уточнити. Не записуйте поки."],
        &[
            ask,
            "Так, наче спільна, юрист скаже.",
            "Så lader jeg feltet stå. Hvad er dit telefonnummer?",
        ],
    ] {
        assert_eq!(value(turns, "children[].custody"), Value::Null, "{turns:?}");
    }
    let turns = [ask, "Так, спільна.", "Godt, det lader jeg stå."];
    assert_eq!(value(&turns, "children[].custody"), "joint");
}

#[test]
fn a_letter_with_a_signature_is_signed() {
    for answer in [
        "Згоден, він мені навіть листа дав з підписом, ось.",
        "Так, дав папір з підписом.",
        "Згоден. Ось підписаний лист.",
    ] {
        let turns = ["Er faren enig i, at pigerne flytter med?", answer];
        assert_eq!(
            value(&turns, "children[].other_parent_statement"),
            "co_signed",
            "{answer}"
        );
    }
}

#[test]
fn people_of_whom_one_rents_are_no_association() {
    let ask = "Du lejer af dem ovenpå? Bor de der stadig?";
    let turns = [ask, "Винаймаю в них, але вони там, а я тут окремо."];
    assert_eq!(value(&turns, "dwelling.type"), "rented_private");
    let turns = ["Er det boligforeningen, du lejer af?", "У них."];
    assert_eq!(value(&turns, "dwelling.type"), "rented_social");
}

#[test]
fn whoever_rents_a_home_does_not_own_it_by_living_there() {
    for concluded in [
        "godt så er hun lejer og hvad hedder hun til fornavn",
        "Okay, så er hun lejer.",
    ] {
        let turns = [
            "Hvor ligger værelset?",
            "Я зняв кімнату в однієї пані, у неї квартира.",
            concluded,
            "ліс кофоед",
            "bliver hun boende",
            "звісно це ж її дім",
            "så sender vi en logiværtserklæring til hende",
        ];
        assert_eq!(value(&turns, "host.role"), "tenant", "{concluded}");
    }
}

#[test]
fn a_spouse_who_is_kept_abroad_does_not_come_along() {
    for answer in [
        "Чоловік мій, Олег Лисюк, у Харкові, його не випускають. Він народився двадцять першого січня вісімдесят шостого.",
        "Чоловік, Олег Лисюк, у Харкові, воює. Народився двадцять першого січня вісімдесят шостого.",
    ] {
        let turns = [
            "Hvad er dit navn, og kommer du fra Ukraine nu?",
            "Євгенія Тарасюк, ми приїхали з України.",
            "Bor der andre i lejligheden?",
            "Нікого, квартира порожня була. Тільки я і Марко.",
            "Og Marko er din søn? Samme efternavn?",
            "Прізвище батькове, Лисюк. Народився він другого липня дві тисячі п’ятнадцятого.",
            "Hans far, hvor er han?",
            answer,
            "Så du er gift.",
        ];
        assert_eq!(
            value(&turns, "household[0].given_names"),
            "Marko",
            "{answer}"
        );
        assert_eq!(value(&turns, "household[0].surname"), "Lysiuk", "{answer}");
        assert_eq!(
            value(&turns, "household[0].birth_date"),
            "2015-07-02",
            "{answer}"
        );
        assert_eq!(
            value(&turns, "household[1].relation"),
            Value::Null,
            "{answer}"
        );
    }
}

#[test]
fn a_day_that_is_put_right_is_that_of_the_move() {
    for said in [
        "så søndag den trettende september rettet",
        "Så retter jeg det til den trettende.",
        "Den trettende, det er ændret.",
    ] {
        let turns = [
            "Hvornår flytter I?",
            "Дванадцятого вересня, в суботу.",
            "Lørdag den tolvte september. Og lægen?",
            "Лишаємо. А ще кухню монтують дванадцятого, тож тринадцяте.",
            said,
        ];
        assert_eq!(value(&turns, "move_date"), "2026-09-13", "{said}");
    }
    let turns = [
        "Hvornår flytter I?",
        "Другого жовтня.",
        "Den anden oktober. Og kontrakten?",
        "Ось договір, там оренда з першого жовтня.",
        "Så leje fra den første, men flyttedato den anden.",
    ];
    assert_eq!(value(&turns, "move_date"), "2026-10-02");
}

#[test]
fn a_plan_that_came_to_nothing_is_no_former_home() {
    for told in [
        "спочатку було домовлено про тистед туди брат кликав але ми відмовились ідемо в солбйерг на кергордсвей",
        "Було заплановано в Тистед, але не вийшло. Їдемо в Солбйерг, Кергордсвей.",
    ] {
        let turns = [
            "hvor bor i henne",
            "у гасселагері кольтвей дев'яносто чотири",
            "koltvej fire og halvfems otte tre seks en hvor flytter i hen",
            told,
            "kærgårdsvej hvad nummer",
            "одинадцять",
        ];
        assert_eq!(
            value(&turns, "from.address_line"),
            "Koltvej 94, 8361 Hasselager",
            "{told}"
        );
        assert_eq!(value(&turns, "to.street_name"), "Kærgårdsvej", "{told}");
    }
}

#[test]
fn the_home_asked_for_now_takes_the_place_of_one_that_was() {
    for question in [
        "så hvor står du lige nu",
        "Hvor er du tilmeldt nu?",
        "Og hvor bor du lige nu?",
    ] {
        let turns = [
            "hvor kommer du fra",
            "мама живе в ольборзі на себюгордсвей тридцять один там і я до літа була",
            question,
            "у фредеріції вендерсгаде сімнадцять перший сал",
            "vendersgade sytten første syv tusind fredericia og hvor skal du hen",
        ];
        assert_eq!(
            value(&turns, "from.address_line"),
            "Vendersgade 17, 1., 7000 Fredericia",
            "{question}"
        );
        assert_eq!(value(&turns, "to.street_name"), Value::Null, "{question}");
    }
}

#[test]
fn a_word_that_shows_something_is_no_surname() {
    for told in [
        "Ось. Людмила, прізвище там стоїть, але скажу: Шульга.",
        "Ось. Людмила, прізвище Шульга.",
    ] {
        let turns = ["Hvad hedder du?", told];
        assert_eq!(value(&turns, "mover.surname"), "Shulha", "{told}");
    }
}

#[test]
fn a_surname_that_she_kept_is_hers() {
    for answer in [
        "Вона лишила своє, дівоче: Бабенко.",
        "Своє, Бабенко.",
        "У неї своє лишилося: Бабенко.",
    ] {
        let turns = [
            "Hvem er I?",
            "Я Роман Шевчук, а це дружина, Катерина, ми переїжджаємо.",
            "CPR-numre på jer begge?",
            "Моє нуль два, дванадцять, сімдесят дев’ять, чотирнадцять дев’яносто три. Катерина: тринадцяте, нуль \
             сьоме, вісімдесят другий, двадцять шістдесят вісім.",
            "Hvad hedder hun til efternavn?",
            answer,
        ];
        assert_eq!(value(&turns, "household[0].surname"), "Babenko", "{answer}");
    }
}

#[test]
fn protection_for_both_of_us_is_wanted() {
    for answer in ["На нас обох, так.", "Нам обом.", "Для нас двох, так."]
    {
        let turns = [
            "Hvem er med dig?",
            "Мій син Тимофій.",
            "Og skal der være beskyttelse på jer begge? Navn og adresse, altså.",
            answer,
        ];
        assert_eq!(value(&turns, "protection.requested"), true, "{answer}");
        assert_eq!(
            value(&turns, "protection.persons"),
            json!(["mover", "household[0]"]),
            "{answer}"
        );
    }
}

#[test]
fn an_owner_with_two_names_in_the_genitive_is_one() {
    let turns = [
        "Du lejer af dem ovenpå? Bor de der stadig?",
        "Винаймаю в них, там окремий вхід. Власник Єнс Лунд.",
        "Hvad er Jens Lunds nummer, hvis vi skal have en erklæring fra ham?",
        "Сорок два, п’ятнадцять, двадцять дев’ять, вісімдесят шість.",
    ];
    assert_eq!(value(&turns, "host.name"), "Jens Lund");
    assert_eq!(value(&turns, "dwelling.others_registered"), Value::Null);
}
