use super::*;

fn today() -> Date {
    Date::constant(2026, 12, 1)
}

fn read(text: &str, lang: Lang, purpose: Purpose) -> Vec<Option<String>> {
    find(text, lang, &DateContext::new(today(), purpose))
        .into_iter()
        .map(|f| f.value.date.map(|d| d.to_string()))
        .collect()
}

fn day(text: &str, lang: Lang) -> Option<String> {
    let all = read(text, lang, Purpose::Move);
    assert!(all.len() <= 1, "{text}: {all:?}");
    all.into_iter().next().flatten()
}

#[test]
fn months_are_named_in_full() {
    for (word, month) in [
        ("жовтня", Some(10)),
        ("лютим", Some(2)),
        ("oktober", Some(10)),
        ("лист", None),
        ("марта", None),
        ("dec", None),
    ] {
        assert_eq!(month_named(word), month, "{word}");
    }
}

#[test]
fn written_dates() {
    for text in [
        "15.12.2026",
        "15/12-26",
        "15-12-2026",
        "2026-12-15",
        "15. 12. 2026",
        "15. december 2026",
        "15. dec. 2026",
        "d. 15. december",
        "den 15/12",
        "151226",
        "fra den 15.12",
    ] {
        assert_eq!(day(text, Lang::Da).as_deref(), Some("2026-12-15"), "{text}");
    }
    for text in [
        "15.12.2026",
        "15 грудня",
        "15-го грудня 2026 року",
        "з 15.12.2026 року",
    ] {
        assert_eq!(day(text, Lang::Uk).as_deref(), Some("2026-12-15"), "{text}");
    }
}

#[test]
fn numbers_that_are_no_dates() {
    for text in [
        "070584-1234",
        "21.45.07.83",
        "Skanderborgvej 103, 4. 2, 8000 Aarhus C",
        "klokken 10.30",
        "+45 21 12 07 83",
        "den første sal",
        "min anden datter",
        "den anden adresse",
        "der er tolv personer",
    ] {
        assert_eq!(
            read(text, Lang::Da, Purpose::Move),
            Vec::<Option<String>>::new(),
            "{text}"
        );
    }
    for text in [
        "третій поверх",
        "на третього поверху",
        "двадцять шостий будинок",
        "о п'ятнадцятій",
        "в одного, в другого",
        "дитина від першого шлюбу",
        "плюс тридцять вісім нуль шістдесят сім",
    ] {
        assert_eq!(
            read(text, Lang::Uk, Purpose::Move),
            Vec::<Option<String>>::new(),
            "{text}"
        );
    }
}

#[test]
fn a_weekday_and_a_day_support_each_other() {
    for (lang, text, expected) in [
        (Lang::Da, "fredag den trettende november", "2026-11-13"),
        (Lang::Da, "lørdag den femte", "2026-12-05"),
        (
            Lang::Uk,
            "двадцять восьмого листопада, у суботу",
            "2026-11-28",
        ),
        (Lang::Uk, "у суботу двадцять восьмого", "2026-11-28"),
        (Lang::Uk, "у цю п'ятницю, четвертого", "2026-12-04"),
    ] {
        assert_eq!(day(text, lang).as_deref(), Some(expected), "{text}");
    }
    let ctx = DateContext::new(today(), Purpose::Move);
    let found = find("mandag den trettende november", Lang::Da, &ctx);
    assert_eq!(
        found[0].note.as_ref().map(|n| n.reason),
        Some(crate::Reason::WeekdayMismatch)
    );
}

#[test]
fn tense_decides_bare_weekdays() {
    for (lang, text, expected) in [
        (Lang::Da, "jeg flyttede fredag", Some("2026-11-27")),
        (Lang::Da, "vi flytter fredag", Some("2026-12-04")),
        (Lang::Uk, "ми вже ночували там у суботу", Some("2026-11-28")),
        (Lang::Uk, "в'їжджаємо в суботу", Some("2026-12-05")),
        (Lang::Uk, "на кімнаті буду з неділі", Some("2026-12-06")),
        (Lang::Da, "fredag", None),
        (Lang::Uk, "у п'ятницю", None),
    ] {
        assert_eq!(day(text, lang).as_deref(), expected, "{text}");
    }
    let future = DateContext::new(today(), Purpose::Move).with_tense(Some(Tense::Future));
    let found = find("у п'ятницю", Lang::Uk, &future);
    assert_eq!(found[0].value.date, Some(Date::constant(2026, 12, 4)));
}

#[test]
fn weeks_said_apart() {
    for (lang, text, expected) in [
        (Lang::Da, "onsdag i sidste uge", "2026-11-25"),
        (Lang::Da, "i næste uge på torsdag", "2026-12-10"),
        (Lang::Uk, "минулого тижня в середу", "2026-11-25"),
        (Lang::Uk, "у вівторок наступного тижня", "2026-12-08"),
        (Lang::Da, "næste mandag", "2026-12-07"),
        // A recogniser writes the pause as a comma.
        (
            Lang::Da,
            "I næste uge, på fredag, flytter jeg",
            "2026-12-11",
        ),
        (Lang::Da, "Vi flytter på fredag, i næste uge.", "2026-12-11"),
        (Lang::Da, "på fredag, om fjorten dage", "2026-12-18"),
        (
            Lang::Uk,
            "Наступного тижня, у п'ятницю, переїжджаємо",
            "2026-12-11",
        ),
        (Lang::Uk, "У п'ятницю, наступного тижня", "2026-12-11"),
        (Lang::Uk, "Минулого тижня, в понеділок", "2026-11-23"),
    ] {
        assert_eq!(day(text, lang).as_deref(), Some(expected), "{text}");
    }
    // Two dates of two clauses.
    let two = "Jeg flytter i næste uge, på fredag får jeg nøglen";
    assert_eq!(
        read(two, Lang::Da, Purpose::Move),
        [None, Some("2026-12-04".to_owned())]
    );
}

#[test]
fn births_never_guess_a_year() {
    assert_eq!(read("сьомого травня", Lang::Uk, Purpose::Birth), [None]);
    assert_eq!(
        read(
            "Максим двадцять сьомого березня дві тисячі п'ятнадцятого, а мала чотирнадцятого \
              жовтня двадцять другого року",
            Lang::Uk,
            Purpose::Birth
        ),
        [Some("2015-03-27".into()), Some("2022-10-14".into())]
    );
    assert_eq!(
        read(
            "чотирнадцяте, третій місяць, сімдесят восьмий рік",
            Lang::Uk,
            Purpose::Birth
        ),
        [Some("1978-03-14".into())]
    );
    assert_eq!(
        read(
            "Hun er født den tolvte i femte nioghalvfems",
            Lang::Da,
            Purpose::Birth
        ),
        [Some("1999-05-12".into())]
    );
}

#[test]
fn a_year_behind_the_month_is_a_year_whatever_the_purpose() {
    for (lang, text, expected) in [
        (
            Lang::Uk,
            "двадцять четвертого вересня нуль сьомого",
            "2007-09-24",
        ),
        (Lang::Uk, "шостого березня тринадцятого", "2013-03-06"),
        (
            Lang::Uk,
            "двадцять третього лютого вісімдесят четвертого",
            "1984-02-23",
        ),
        (Lang::Da, "den syvende maj fireogfirs", "1984-05-07"),
    ] {
        assert_eq!(day(text, lang).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_pause_inside_a_date_is_no_end() {
    for (lang, text, expected) in [
        (
            Lang::Uk,
            "народилася дев'ятого вересня дві тисячі. Дев'ятого року.",
            Some("2009-09-09"),
        ),
        (
            Lang::Uk,
            "шістнадцятого травня. Тисяча дев'ятсот шістдесят першого року.",
            Some("1961-05-16"),
        ),
        (
            Lang::Uk,
            "одинадцятого, лютого. Тисяча дев'ятсот шістдесят першого року.",
            Some("1961-02-11"),
        ),
        (
            Lang::Da,
            "den ellevte februar. Nitten hundrede enogtres, ja",
            Some("1961-02-11"),
        ),
        // Another sentence.
        (Lang::Uk, "п'ятого травня. Двадцять перший рік тут", None),
        (
            Lang::Da,
            "den ellevte februar. To tusind Frederiksberg",
            None,
        ),
    ] {
        let found = read(text, lang, Purpose::Birth);
        assert_eq!(found[0].as_deref(), expected, "{text}");
    }
}

#[test]
fn a_bare_day_follows_the_date_before_it() {
    let text = "Ми з'їхали дев'ятнадцятого травня, а господиня пускає нас двадцятого";
    assert_eq!(
        read(text, Lang::Uk, Purpose::Other),
        [Some("2026-05-19".into()), Some("2026-05-20".into())]
    );
    let anchored =
        DateContext::new(today(), Purpose::Move).with_anchor(Some(Date::constant(2026, 10, 3)));
    let found = find("сплю там з п'ятого", Lang::Uk, &anchored);
    assert_eq!(found[0].value.date, Some(Date::constant(2026, 10, 5)));
    assert_eq!(found[0].value.kind, DateKind::BareDay);
}

#[test]
fn a_range_shares_its_month() {
    assert_eq!(
        read(
            "fra den første til den femtende december",
            Lang::Da,
            Purpose::Move
        ),
        [Some("2026-12-01".into()), Some("2026-12-15".into())]
    );
}

#[test]
fn deadlines_lie_ahead() {
    for (text, expected) in [
        ("Пані казала, до кінця червня, до тридцятого.", "2027-06-30"),
        (
            "я приїхав, а договір до тридцять першого липня",
            "2027-07-31",
        ),
    ] {
        let last = read(text, Lang::Uk, Purpose::Move).pop().flatten();
        assert_eq!(last.as_deref(), Some(expected), "{text}");
    }
    assert_eq!(
        day("send den senest den femtende.", Lang::Da).as_deref(),
        Some("2026-12-15")
    );
}

#[test]
fn what_lasts_ends_in_this_century() {
    let end = |purpose, tense| {
        let ctx = DateContext::new(today(), purpose).with_tense(tense);
        let found = find("til den femtende marts otteogtyve", Lang::Da, &ctx);
        found[0].value.date.map(|d| d.to_string())
    };
    let future = Some(Tense::Future);
    assert_eq!(end(Purpose::Other, future).as_deref(), Some("2028-03-15"));
    assert_eq!(end(Purpose::Birth, None).as_deref(), Some("1928-03-15"));
}

#[test]
fn the_year_may_come_first() {
    assert_eq!(
        read(
            "Сорок восьмого року, тринадцятого жовтня.",
            Lang::Uk,
            Purpose::Birth
        ),
        [Some("1948-10-13".into())]
    );
}

#[test]
fn impossible_days_have_no_date() {
    assert_eq!(read("тридцятого лютого", Lang::Uk, Purpose::Move), [None]);
    assert_eq!(
        read("den enogtredivte november", Lang::Da, Purpose::Move),
        [None]
    );
}

#[test]
fn clock_times_are_told_apart() {
    assert!(has_clock_time("о п'ятнадцятій", Lang::Uk));
    assert!(has_clock_time("о десятій годині", Lang::Uk));
    assert!(!has_clock_time("п'ятнадцятого", Lang::Uk));
    assert!(has_clock_time("klokken ti", Lang::Da));
}

#[test]
fn a_week_beyond_the_nearest_weekday() {
    // Today is a Tuesday.
    assert_eq!(
        day("fredag otte dage", Lang::Da).as_deref(),
        Some("2026-12-11")
    );
    for text in [
        "переїдемо у п'ятницю, не цю, а ту",
        "спатимемо з п'ятниці, не цієї, а тої",
        "переїдемо у п'ятницю, не в цю, а в наступну",
    ] {
        assert_eq!(day(text, Lang::Uk).as_deref(), Some("2026-12-11"), "{text}");
    }
    assert_eq!(
        day("переїхали у п'ятницю, не цю, а ту", Lang::Uk).as_deref(),
        Some("2026-11-20")
    );
}

#[test]
fn the_year_may_stand_first() {
    for text in [
        "у шістдесят другому, восьмого квітня",
        "шістдесят другого року, восьмого квітня",
    ] {
        assert_eq!(
            read(text, Lang::Uk, Purpose::Birth),
            [Some("1962-04-08".to_owned())],
            "{text}"
        );
    }
}

#[test]
fn a_month_may_be_a_number_in_digits() {
    for (text, expected) in [
        ("Jeg flyttede ind den 15. i 10.", "2026-10-15"),
        ("Det var den 15. i 10, om morgenen", "2026-10-15"),
        ("den 3. i 1. 2027", "2027-01-03"),
    ] {
        assert_eq!(day(text, Lang::Da).as_deref(), Some(expected), "{text}");
    }
    assert_eq!(
        read("født den 7. i 5. 84", Lang::Da, Purpose::Birth),
        [Some("1984-05-07".to_owned())]
    );
    // No month.
    assert_eq!(day("den 1. i 3. sal", Lang::Da), None);
}

#[test]
fn about_how_long_ago_is_no_day() {
    for text in [
        "Я переїхала кілька днів тому",
        "пару тижнів тому",
        "декілька тижнів тому",
        "півтора тижня тому",
        "півтора місяця тому",
        "тижні два тому",
        "два з половиною тижні тому",
        "переїжджаю через днів п'ять",
        "через тижні два",
        "через тижнів зо два",
        "через день-два",
        "через тиждень-другий",
    ] {
        assert_eq!(read(text, Lang::Uk, Purpose::Move), [None], "{text}");
    }
    for (text, expected) in [
        ("рік тому", "2025-12-01"),
        ("через добу", "2026-12-02"),
        ("через тиждень восьмого", "2026-12-08"),
        ("через місяць 3 січня", "2027-01-01"),
    ] {
        let first = read(text, Lang::Uk, Purpose::Move).into_iter().next();
        assert_eq!(first.flatten().as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_stretch_that_is_told_does_not_begin_today() {
    let told = "Я приїхала двадцятого листопада, а через тиждень заселилася сюди";
    assert_eq!(
        read(told, Lang::Uk, Purpose::Move),
        [Some("2026-11-20".to_owned()), Some("2026-11-27".to_owned())]
    );
    for text in [
        "Переїхали за один день",
        "за два дні все перевезли",
        "за два дні встигли перевезти все",
        "Через два тижні ми з'їхали",
    ] {
        assert_eq!(read(text, Lang::Uk, Purpose::Move), [None], "{text}");
    }
    for text in [
        "переїду через тиждень",
        "ми хотіли б через тиждень",
        "вирішили через тиждень переїхати",
        "ключі обіцяли через тиждень",
        "Квартиру вже знайшли. Через тиждень.",
    ] {
        assert_eq!(day(text, Lang::Uk).as_deref(), Some("2026-12-08"), "{text}");
    }
}

#[test]
fn two_days_before_a_month_are_both_of_it() {
    for (text, expected) in [
        (
            "переїхали п'ятого шостого листопада",
            ["2026-11-05", "2026-11-06"],
        ),
        ("сьомого восьмого грудня", ["2026-12-07", "2026-12-08"]),
    ] {
        let days = expected.map(|day| Some(day.to_owned()));
        assert_eq!(read(text, Lang::Uk, Purpose::Move), days, "{text}");
    }
}

#[test]
fn weeks_on_from_a_day_are_of_that_day() {
    for (text, expected) in [
        ("fredag om otte dage", "2026-12-11"),
        ("På fredag om 8 dage", "2026-12-11"),
        ("Jeg flytter fredag om fjorten dage", "2026-12-18"),
        ("Jeg flytter fredag om 14 dage", "2026-12-18"),
        ("Jeg flytter fredag om to uger", "2026-12-18"),
        ("i morgen om otte dage", "2026-12-09"),
        ("i dag for otte dage siden", "2026-11-24"),
        ("i mandags for otte dage siden", "2026-11-23"),
        ("i fredags otte dage", "2026-11-20"),
        ("vi flytter fredag om tre dage", "2026-12-04"),
    ] {
        let all = read(text, Lang::Da, Purpose::Move);
        assert_eq!(
            all.first().cloned().flatten().as_deref(),
            Some(expected),
            "{text}"
        );
    }
    for (text, expected) in [
        ("У п'ятницю через тиждень", "2026-12-11"),
        ("У п'ятницю через два тижні", "2026-12-18"),
        ("у п'ятницю через три тижні переїжджаємо", "2026-12-25"),
    ] {
        assert_eq!(day(text, Lang::Uk).as_deref(), Some(expected), "{text}");
    }
}
