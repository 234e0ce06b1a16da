//! Days and streets that look like the ones of the move: somebody else's, a landmark, a question that nobody answered.

mod talk;

use serde_json::Value;

fn slot(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 11, 29))
        .get(key)
        .cloned()
        .unwrap_or(Value::Null)
}

fn value(turns: &[&str], key: &str) -> Value {
    slot(turns, key)["value"].clone()
}

fn status(turns: &[&str], key: &str) -> Value {
    slot(turns, key)["status"].clone()
}

fn from(turns: &[&str]) -> String {
    let line = value(turns, "from.address_line");
    line.as_str().unwrap_or_default().to_owned()
}

#[test]
fn where_somebody_is_isn_t_where_the_citizen_goes() {
    let opens = "Goddag, hvad kan jeg hjælpe med?";
    for (told, departs) in [
        (
            "Доброго дня, ми з донькою переїжджаємо. Чоловік зараз в Україні.",
            false,
        ),
        (
            "Доброго дня, ми переїжджаємо. Документи лишилися у Львові.",
            false,
        ),
        ("Доброго дня, ми з донькою переїжджаємо в Україну.", true),
    ] {
        let leaves = value(&[opens, told], "case.move_type") == "to_abroad";
        assert_eq!(leaves, departs, "{told}");
    }
}

#[test]
fn a_yes_with_another_day_leaves_both() {
    let turns = [
        "Hvornår flytter du?",
        "П'ятнадцятого грудня.",
        "Flytter du den 5. december?",
        "Так, п'ятнадцятого.",
    ];
    assert_eq!(status(&turns, "move_date"), "conflict");
}

#[test]
fn a_hedged_yes_settles_nothing() {
    for (answer, settled) in [
        ("Мабуть.", false),
        ("Мабуть, десь тоді.", false),
        ("Так?", false),
        ("Так.", true),
    ] {
        let turns = ["Flytter du den 5. december?", answer];
        assert_eq!(value(&turns, "move_date"), "2026-12-05", "{answer}");
        assert_eq!(
            status(&turns, "move_date") == "proposed",
            settled,
            "{answer}"
        );
    }
}

#[test]
fn one_yes_answers_the_last_of_two_questions() {
    let two = [
        "Og du flytter den 5. december? Har du lejekontrakten med?",
        "Так, ось вона.",
    ];
    assert_eq!(status(&two, "move_date"), "needs_confirmation");
    // What isn't answered with yes or no leaves the yes to the first.
    let open = [
        "Og du flytter den 5. december? Hvor flytter du hen?",
        "Так, на Вестергаде вісім.",
    ];
    assert_eq!(status(&open, "move_date"), "proposed");
    let other = [
        "Hvor flytter du hen?",
        "Вестергаде вісім.",
        "Vestergade 8.",
        "Так.",
        "Vestergade 18, anden til venstre? Har du nøglen?",
        "Так.",
    ];
    assert_eq!(value(&other, "to.house_number"), "8");
    assert_eq!(status(&other, "to.house_number"), "conflict");
}

#[test]
fn who_lived_there_before_makes_no_former_home() {
    for told in [
        "На Вестергаде вісім, там раніше жила моя сестра.",
        "На Вестергаде вісім, там жив попередній орендар.",
    ] {
        let turns = [
            "Hvor flytter du hen?",
            told,
            "Vestergade 8. Og hvor bor du nu?",
            "На Нюгаде п'ять.",
            "Nygade 5.",
        ];
        assert_eq!(value(&turns, "to.street_name"), "Vestergade", "{told}");
        assert!(from(&turns).starts_with("Nygade 5"), "{told}");
    }
}

#[test]
fn now_echoes_the_question_for_the_home_of_now() {
    let turns = [
        "Hvor bor du nu?",
        "Тепер живу на Вестергаде вісім.",
        "Vestergade 8. Og hvor flytter du hen?",
        "На Нюгаде п'ять.",
    ];
    assert!(from(&turns).starts_with("Vestergade 8"));
    assert_eq!(value(&turns, "to.street_name"), "Nygade");
}

#[test]
fn a_landmark_is_no_address() {
    let near = ["Hvor flytter du hen?", "На Нюгаде п'ять, біля Рандерсвей."];
    assert_eq!(value(&near, "to.street_name"), "Nygade");
    assert_eq!(value(&near, "to.house_number"), "5");
    let far = [
        "Hvor flytter du hen?",
        "На Нюгаде п'ять, це недалеко від Рандерсвей.",
        "Ja, ved Randersvej. Og hvor bor du nu?",
    ];
    assert_eq!(value(&far, "to.street_name"), "Nygade");
    assert_eq!(from(&far), "");
    let asked = ["Er den nye adresse Nygade 5 ved Randersvej?", "Так."];
    assert_eq!(value(&asked, "to.street_name"), "Nygade");
}

#[test]
fn since_when_somebody_else_lives_there_is_no_day_of_the_move() {
    let asks = [
        "Bor der andre på adressen?",
        "Так, там моя сестра живе з п'ятого травня.",
        "Okay, siden den 5. maj.",
    ];
    assert_eq!(value(&asks, "move_date"), Value::Null);
    let agreed = [
        "Hvornår flytter du?",
        "П'ятого грудня.",
        "Den 5. december.",
        "Так.",
    ];
    let passing = [
        "Bor der andre på adressen?",
        "Так, сестра спить там з п'ятого травня.",
        "Okay, siden den 5. maj.",
    ];
    let turns = [&agreed[..], &passing].concat();
    assert_eq!(value(&turns, "move_date"), "2026-12-05");
    assert_eq!(status(&turns, "move_date"), "conflict");
}

#[test]
fn the_day_of_coming_to_the_country_is_none_of_the_move() {
    for turns in [
        [
            "Du kom til Danmark den 10. marts, kan jeg se.",
            "Так, десятого березня.",
        ],
        ["Я приїхала до Данії десятого березня.", "Den 10. marts."],
    ] {
        assert_eq!(value(&turns, "move_date"), Value::Null, "{turns:?}");
    }
}

#[test]
fn a_question_in_the_negative_takes_the_address_for_right() {
    let turns = [
        "Hvor flytter du hen?",
        "На Вестергаде вісім, другий сал ліворуч.",
        "Tak. Hvem flytter med?",
        "Ніхто.",
        "Var det ikke Vestergade 8?",
        "Так, вісім.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Vestergade");
    assert_eq!(value(&turns, "to.house_number"), "8");
    let struck = [&turns[..4], &["Det er så Nygade 5, ikke Vestergade."]].concat();
    assert_ne!(value(&struck, "to.street_name"), "Vestergade");
}

#[test]
fn who_is_at_home_today_still_moves_along() {
    let turns = [
        "Hvem flytter med dig?",
        "Чоловік, Андрій Коваль, і донька.",
        "Er Andrij med i dag?",
        "Ні, він вдома з малою.",
        "Hvad er hans CPR-nummer?",
        "Сімнадцять нуль два вісімдесят три, чотирнадцять тридцять п'ять.",
    ];
    assert_eq!(value(&turns, "household[0].given_names"), "Andrij");
}

#[test]
fn where_somebody_wants_to_be_registered_is_the_new_home() {
    let turns = [
        "Så du vil gerne være tilmeldt på Nygade 5?",
        "Так, Нюгаде п'ять.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Nygade");
    assert_eq!(from(&turns), "");
}

#[test]
fn the_day_of_coming_and_that_of_moving_in_are_told_apart() {
    let turns = [
        "Jeg kan se, at du har bestilt tid til indrejse. Hvor kommer du fra?",
        "З Ірландії.",
        "Hvilken dag landede du?",
        "У Біллунн у суботу, пізно. Готель біля аеропорту, а вже в неділю сюди автобусом.",
        "Altså indrejst den enogtyvende november og flyttet ind den toogtyvende.",
        "Виходить, так.",
    ];
    assert_eq!(value(&turns, "arrival.date"), "2026-11-21");
    assert_eq!(value(&turns, "move_date"), "2026-11-22");
    let later = [
        "Er det tilflytning fra udlandet? Hvornår kom du til Danmark?",
        "У Данію в середу прилетіла, двадцять п'ятого числа.",
        "Den 25. november. Sov du i din bolig den nat?",
        "Ні, першу ніч роботодавець готель оплатив. А від четверга вже там.",
        "Så er datoen den seksogtyvende.",
    ];
    assert_eq!(value(&later, "arrival.date"), "2026-11-25");
    assert_eq!(value(&later, "move_date"), "2026-11-26");
    let same = [
        "Hvornår kom du til Danmark? Det er jo en indrejse.",
        "У п'ятницю, двадцятого.",
        "Fredag den tyvende november og så direkte til Silkeborg.",
        "Так, зять зустрів, і до них додому, у ту ж ніч там і спала.",
    ];
    assert_eq!(value(&same, "move_date"), "2026-11-20");
}

#[test]
fn who_has_just_crossed_the_border_arrives() {
    let turns = [
        "Hvor længe har I været her?",
        "Кордон переїхали двадцятого, п'ятниця була, то ніч у знайомих пересиділи. А вже вдома з суботи.",
        "Så siger jeg indrejst den tyvende og flyttet ind lørdag den enogtyvende november.",
    ];
    assert_eq!(value(&turns, "case.move_type"), "from_abroad");
    assert_eq!(value(&turns, "arrival.date"), "2026-11-20");
    assert_eq!(value(&turns, "move_date"), "2026-11-21");
}

#[test]
fn what_is_read_from_a_card_needs_no_verb() {
    for read in [
        "Opholds- og arbejdstilladelse til den enogtredivte august otteogtyve.",
        "Kortet er efter særloven, til den enogtredivte august otteogtyve.",
        "Kortet er nok i dag. På grundlag af arbejde, til den enogtredivte august otteogtyve.",
    ] {
        let turns = ["Er det tilflytning fra udlandet?", "Так. Ось картка.", read];
        let key = "mover.residence_permit_valid_until";
        assert_eq!(value(&turns, key), "2028-08-31", "{read}");
    }
    let lease = [
        "Er det tilflytning fra udlandet?",
        "Так. Ось картка і договір.",
        "Kortet er fint. Lejekontrakten er til den enogtredivte august otteogtyve.",
    ];
    let key = "mover.residence_permit_valid_until";
    assert_eq!(value(&lease, key), Value::Null);
}

#[test]
fn the_home_that_was_left_is_told_by_how_it_is_spoken_of() {
    let town = [
        "hvor bor du så nu",
        "в кольдінгу на хадерслев вей дванадцять",
        "og i vejle boede du på horsens vej femogfyrre stuen til højre kan jeg se",
        "так сорок п'ять",
    ];
    assert_eq!(value(&town, "to.street_name"), "Haderslevvej");
    assert!(from(&town).starts_with("Horsensvej 45"), "{}", from(&town));
    let stays = [
        "Din adresse i Esbjerg, og bliver der nogen?",
        "Сколегаде сорок чотири, третій сал, посередині. Я один там був.",
        "Skolegade fireogfyrre, tredje midtfor, syvogtres hundrede Esbjerg. Hvor bor familien?",
        "Мьоллевангс Алле тридцять три.",
    ];
    assert_eq!(value(&stays, "to.street_name"), "Møllevangs Allé");
    assert!(from(&stays).starts_with("Skolegade 44"), "{}", from(&stays));
    let asked = [
        "Hvor boede I i Randers?",
        "На Удбюхойвей сто дванадцять, індекс вісімдесят дев'ять тридцять.",
    ];
    assert!(
        from(&asked).starts_with("Udbyhøjvej 112"),
        "{}",
        from(&asked)
    );
}

#[test]
fn a_new_home_that_sounds_like_the_old_one_is_another() {
    let turns = [
        "Hvor boede I før?",
        "Естергаде тридцять вісім, шість п'ять нуль нуль.",
        "Østergade otteogtredive, ja.",
        "Так.",
        "Og den nye bolig, den har jeg et brev på: Storegade firs, enogtres hundrede Haderslev.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Storegade");
    assert_eq!(value(&turns, "to.house_number"), "80");
    assert!(from(&turns).starts_with("Østergade 38"), "{}", from(&turns));
}

#[test]
fn a_day_in_the_contract_is_the_beginning_of_the_lease() {
    let turns = [
        "Hvornår flyttede du ind?",
        "Третього листопада, хоч за договором із першого листопада.",
        "Den tredje november. Der står den første november i din kontrakt.",
    ];
    assert_eq!(value(&turns, "dwelling.lease_start"), "2026-11-01");
    assert_eq!(value(&turns, "move_date"), "2026-11-03");
}

#[test]
fn where_the_journey_ends_asks_for_the_new_home() {
    let turns = [
        "Hvor går turen hen?",
        "Недалеко, на Скібхусвей, сто вісімнадцять.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Skibhusvej");
}
