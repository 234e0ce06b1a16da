use super::*;

fn today() -> Date {
    Date::constant(2026, 12, 1)
}

fn number(text: &str) -> CprNumber {
    CprNumber::parse(text).expect("a number")
}

#[test]
fn issues_follow_the_validation_algorithm() {
    use CprIssue::*;
    for (text, born, expected) in [
        ("670584-1002", Some((1984, 5, 7)), vec![Replacement]),
        ("710290-1007", Some((1990, 2, 11)), vec![Replacement]),
        ("620315-4338", Some((2015, 3, 2)), vec![Replacement]),
        ("670584-1234", Some((1984, 5, 7)), vec![Replacement, Mod11]),
        ("070584-1234", Some((1984, 5, 7)), vec![Mod11]),
        ("110290-1113", Some((1990, 2, 11)), vec![Mod11]),
        ("020315-4320", Some((2015, 3, 2)), vec![Mod11]),
        ("120599-0002", Some((1999, 5, 12)), vec![Mod11]),
        ("070555-7012", Some((2055, 5, 7)), vec![Future]),
        ("310299-1234", None, vec![Date, Mod11]),
        ("290223-4000", None, vec![Date]),
        ("290224-4000", Some((2024, 2, 29)), vec![Mod11]),
    ] {
        let number = number(text);
        let date = born.map(|(y, m, d)| jiff::civil::Date::constant(y, m, d));
        assert_eq!(number.birth_date(), date, "{text}");
        let mut issues = number.issues(today());
        if date.is_none() {
            issues.retain(|i| *i != Mod11);
        }
        let expected: Vec<_> = expected
            .into_iter()
            .filter(|i| date.is_some() || *i != Mod11)
            .collect();
        assert_eq!(issues, expected, "{text}");
    }
    assert_eq!(number("070584-1234").mod11(), Some(1));
    assert_eq!(number("281276-1110").mod11(), Some(8));
}

#[test]
fn letters_mark_a_replacement_number() {
    let number = number("070584-AB12");
    assert!(number.is_replacement());
    assert_eq!(number.mod11(), None);
    assert_eq!(number.issues(today()), [CprIssue::Replacement]);
    let found = find("070584-ab12", Lang::Da);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].value, number);
}

#[test]
fn lengths_and_characters_are_refused() {
    assert_eq!(CprNumber::parse("0705841"), Err(CprError::Length(7)));
    assert_eq!(CprNumber::parse("0A0584-1234"), Err(CprError::Character));
}

#[test]
fn the_serial_number_is_never_shown_by_accident() {
    let number = number("0705841234");
    assert!(!format!("{number:?}").contains("1234"));
    assert_eq!(number.masked(), "070584-••••");
    assert_eq!(number.pairs(), ["07", "05", "84", "12", "34"]);
    assert_eq!(
        serde_json::to_string(&number).expect("json"),
        "\"070584-1234\""
    );
}

#[test]
fn two_numbers_in_one_turn() {
    let text = "Чоловіків: тридцять один, нуль три, вісімдесят три, двадцять сім, сорок п'ять. \
                Мій: шістнадцять, нуль вісім, вісімдесят шість, одинадцять, дев'яносто.";
    let found: Vec<_> = find(text, Lang::Uk)
        .into_iter()
        .map(|f| f.value.formatted())
        .collect();
    assert_eq!(found, ["310383-2745", "160886-1190"]);
}

#[test]
fn a_birthday_in_ordinals_opens_the_number() {
    for (text, expected) in [
        (
            "чотирнадцяте п'яте дев'яносто восьмого, двадцять два сорок чотири",
            "140598-2244",
        ),
        (
            "двадцять п'яте десяте сімдесят дев'ятого нуль нуль тридцять сім",
            "251079-0037",
        ),
        (
            "сьомого травня вісімдесят четвертого дванадцять тридцять чотири",
            "070584-1234",
        ),
    ] {
        let found = find(text, Lang::Uk);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value.formatted(), expected);
    }
    let found = find(
        "syvende maj nitten hundrede fireogfirs tolv fireogtredive",
        Lang::Da,
    );
    assert_eq!(found[0].value.formatted(), "070584-1234");
}

#[test]
fn a_correction_starts_again() {
    let text = "Двадцять вісім, п'ять, вісімдесят два, тобто двадцять вісім нуль п'ять, \
                вісімдесят два, двадцять п'ять, сімнадцять";
    let found = find(text, Lang::Uk);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].value.formatted(), "280582-2517");
}

#[test]
fn a_telephone_number_is_no_cpr_number() {
    assert!(find("+45 21 45 07 83", Lang::Da).is_empty());
    assert!(find("45 21 45 07 83", Lang::Da).is_empty());
    assert!(
        find(
            "нуль шістдесят сім сто двадцять три сорок п'ять шістдесят сім",
            Lang::Uk
        )
        .is_empty()
    );
}

#[test]
fn impossible_dates_are_reported_only_when_asked_for() {
    assert!(find("310299-1234", Lang::Da).is_empty());
    let found = find_expected("310299-1234", Lang::Da);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].note.as_ref().map(|n| n.reason),
        Some(Reason::ImpossibleDate)
    );
}

#[test]
fn the_ending_may_be_said_apart() {
    for (text, expected) in [
        (
            "Нуль вісім, нуль дев'ять, дев'яносто п'ять, а останні тридцять три сімдесят сім",
            "080995-3377",
        ),
        (
            "двадцять шосте нуль друге шістдесят сьомого, тринадцять, двадцять",
            "260267-1320",
        ),
        (
            "дев'ятого березня двадцять п'ятого. Закінчення сорок вісім, двадцять шість",
            "090325-4826",
        ),
        (
            "богдан руденко двадцять один нуль п'ять сімдесят вісім ееее двадцять вісім 67",
            "210578-2867",
        ),
    ] {
        let found = find(text, Lang::Uk);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value.formatted(), expected);
    }
    let found = find("Niogtyvende i ellevte otte, enogtres nul fire.", Lang::Da);
    assert_eq!(found[0].value.formatted(), "291108-6104");
    let parts = find_parts("закінчення — сімдесят три, одинадцять", Lang::Uk);
    assert_eq!(parts[0].value, CprPart::LastFour("7311".into()));
    let parts = find_parts("нуль сім нуль п'ять вісімдесят чотири", Lang::Uk);
    assert_eq!(parts[0].value, CprPart::FirstSix("070584".into()));
}

#[test]
fn digits_in_every_clothing() {
    for (text, expected) in [
        (
            "сімнадцяте шосте вісімдесят дев'ятого, двадцять два і два нулі",
            "170689-2200",
        ),
        (
            "друге квітня п'ятдесят шостого, і чотири цифри: один, один, чотири, чотири",
            "020456-1144",
        ),
        (
            "Одинадцяте, шосте, сімдесят друге… двадцять два, а далі дві дев'ятки.",
            "110672-2299",
        ),
        (
            "Тридцяте одинадцяте сімдесят дев'ять, потім чотири нулі... ой, ні, нуль два дев'яносто чотири.",
            "301179-0294",
        ),
        (
            "Шістнадцяте лютого вісімнадцятого, закінчення — сімдесят дванадцять... ні, сімдесят три, одинадцять.",
            "160218-7311",
        ),
        (
            "дев'ятнадцятого восьмого нуль четвертого далі дев'яносто дев'яносто вісімнадцять ой ні дев'яносто і вісімнадцять",
            "190804-9018",
        ),
    ] {
        let found = find(text, Lang::Uk);
        assert_eq!(found.len(), 1, "{text} {}", found.len());
        assert_eq!(found[0].value.formatted(), expected, "{text}");
    }
}

#[test]
fn an_unfinished_number_keeps_its_digits() {
    let partial = find_partial("nul syv nul fem fireogfirs", Lang::Da).expect("six digits");
    assert_eq!(partial.value, "070584");
}

#[test]
fn another_sentence_belongs_to_no_number() {
    let said =
        "Нуль п'ять, нуль три, нуль нуль, сорок шість, двадцять два. Двохтисячного, тому нулі.";
    let found = find_expected(said, Lang::Uk);
    assert_eq!(found[0].value.formatted(), "050300-4622");
    assert!(found[0].confidence >= 0.7, "{}", found[0].confidence);
    let born = "Найменший одинадцятого лютого двадцятого. Дві тисячі, звісно.";
    let sure = find_expected(born, Lang::Uk)
        .into_iter()
        .filter(|hit| hit.confidence > 0.5);
    assert_eq!(sure.count(), 0);
}
