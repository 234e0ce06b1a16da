use super::*;

#[test]
fn dates_of_the_read_back() {
    let date = Date::constant(2026, 11, 28);
    assert_eq!(
        date_spoken(date, Lang::Da),
        "den otteogtyvende november to tusind og seksogtyve"
    );
    assert_eq!(
        date_spoken(date, Lang::Uk),
        "двадцять восьме листопада дві тисячі двадцять шостого року"
    );
    assert_eq!(date_written(date, Lang::Da), "28. november 2026");
    assert_eq!(date_written(date, Lang::Uk), "28 листопада 2026 року");
    for (hour, minute, da, uk) in [
        (14, 5, "kl. 14.05", "о 14:05"),
        (11, 0, "kl. 11.00", "об 11:00"),
        (0, 30, "kl. 0.30", "о 0:30"),
    ] {
        let at = date.at(hour, minute, 59, 0);
        let wanted = format!("28. november 2026 {da}");
        assert_eq!(moment_written(at, Lang::Da), wanted);
        let wanted = format!("28 листопада 2026 року {uk}");
        assert_eq!(moment_written(at, Lang::Uk), wanted);
    }
    let birth = Date::constant(1984, 5, 7);
    assert_eq!(
        date_spoken(birth, Lang::Da),
        "den syvende maj nitten hundrede og fireogfirs"
    );
    assert_eq!(
        date_spoken(birth, Lang::Uk),
        "сьоме травня тисяча дев'ятсот вісімдесят четвертого року"
    );
    assert_eq!(year(2000, Lang::Uk), "двотисячного року");
    assert_eq!(year(1900, Lang::Uk), "тисяча дев'ятисотого року");
    assert_eq!(year(2010, Lang::Uk), "дві тисячі десятого року");
}

#[test]
fn numbers_in_words() {
    for (value, danish, ukrainian) in [
        (0, "nul", "нуль"),
        (95, "femoghalvfems", "дев'яносто п'ять"),
        (103, "et hundrede og tre", "сто три"),
        (8200, "otte tusind to hundrede", "вісім тисяч двісті"),
        (1000, "et tusind", "тисяча"),
        (2001, "to tusind og en", "дві тисячі один"),
        (22_000, "toogtyve tusind", "двадцять дві тисячі"),
        (11_000, "elleve tusind", "одинадцять тисяч"),
        (
            121_000,
            "et hundrede og enogtyve tusind",
            "сто двадцять одна тисяча",
        ),
    ] {
        assert_eq!(cardinal(value, Lang::Da), danish);
        assert_eq!(cardinal(value, Lang::Uk), ukrainian);
    }
    assert_eq!(danish_ordinal(31), "enogtredivte");
    assert_eq!(
        ukrainian_ordinal(31, OrdinalForm::Genitive),
        "тридцять першого"
    );
}

#[test]
fn numbers_of_people_and_phones() {
    let cpr = CprNumber::parse("070584-1234").expect("a number");
    assert_eq!(
        cpr_spoken(&cpr, Lang::Da),
        "nul syv, nul fem, fireogfirs, tolv, fireogtredive"
    );
    assert_eq!(
        cpr_spoken(&cpr, Lang::Uk),
        "нуль сім, нуль п'ять, вісімдесят чотири, дванадцять, тридцять чотири"
    );
    let phone = Phone::from_digits("21450783", false).expect("a number");
    assert_eq!(
        phone_spoken(&phone, Lang::Da),
        "plus femogfyrre, enogtyve, femogfyrre, nul syv, treogfirs"
    );
    assert_eq!(postal_spoken("0800", Lang::Da), "nul otte hundrede");
}

#[test]
fn floors_are_explained() {
    assert_eq!(
        floor_explained(DanishFloor::Upper(2), Lang::Uk),
        "«2. sal» – третій поверх за українською лічбою"
    );
    assert_eq!(
        floor_explained(DanishFloor::Ground, Lang::Uk),
        "«stuen» – перший поверх за українською лічбою"
    );
    assert_eq!(
        floor_explained(DanishFloor::Upper(1), Lang::Da),
        "første sal"
    );
    assert_eq!(door_spoken(&Door::Right, Lang::Uk), "праворуч");
    assert_eq!(
        door_spoken(&Door::Number("12".into()), Lang::Da),
        "dør tolv"
    );
}

#[test]
fn days_are_counted_right() {
    for (count, word) in [
        (1, "день"),
        (2, "дні"),
        (5, "днів"),
        (11, "днів"),
        (21, "день"),
        (24, "дні"),
    ] {
        assert_eq!(plural_days(count), word);
    }
}
