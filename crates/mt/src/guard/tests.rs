//! What the guard sees and what it lets pass.

use super::*;

fn warnings(source: &str, target: &str, from: Lang) -> Vec<MtWarning> {
    check(source, target, from).warnings
}

fn mismatch(kind: ValueKind) -> Vec<MtWarning> {
    vec![MtWarning::ValueMismatch(kind)]
}

#[test]
fn faithful_translations_pass() {
    for (da, uk) in [
        (
            "Jeg er født den femtende i tolvte.",
            "Я народилася п’ятнадцятого грудня.",
        ),
        ("Nul syv, nul fem, fireogfirs.", "Нуль сім, нуль п’ять, 84."),
        (
            "Ring på 61 22 90 14.",
            "Телефонуйте: шістдесят один, двадцять два, дев’яносто, чотирнадцять.",
        ),
        ("Det koster 4.000 kroner.", "Це коштує чотири тисячі крон."),
        ("Jeg ringede to gange.", "Я телефонувала двічі."),
        (
            "Kvart over ti på mandag.",
            "У понеділок о чверть на одинадцяту.",
        ),
        ("Vi er to og tager begge.", "Нас двоє, і ми беремо обидва."),
        ("Jeg er en kvinde på tres.", "Я жінка шістдесяти років."),
        (
            "Tusind tak, vi ses klokken 15.",
            "Щиро дякую, побачимося о 15:00.",
        ),
        ("Jeg bor hos Olena Marchuk.", "Я живу в Олени Марчук."),
        (
            "Vi er flyttet fra Aarhus til Brabrand.",
            "Ми переїхали з Орхуса до Brabrand.",
        ),
        (
            "Mød Mette på Randersvej 95B.",
            "Зустріньтеся з Метте на Рандерсвей 95B.",
        ),
        (
            "I Danmark hedder det CPR-nummer.",
            "У Данії це називається номером CPR.",
        ),
        ("Skriv til kim@example.org.", "Пишіть на kim@example.org."),
    ] {
        assert_eq!(warnings(da, uk, Lang::Da), [], "{da} → {uk}");
        assert_eq!(warnings(uk, da, Lang::Uk), [], "{uk} → {da}");
    }
}

#[test]
fn a_changed_value_is_named_by_its_kind() {
    for (source, target, from, kind) in [
        (
            "Nej, 13 og ikke 30.",
            "Ні, 13, а не 31.",
            Lang::Da,
            ValueKind::Number,
        ),
        (
            "Мені тридцять чотири.",
            "Jeg er fireogfyrre.",
            Lang::Uk,
            ValueKind::Number,
        ),
        (
            "Номер 070584-1234.",
            "Nummer 070584-1243.",
            Lang::Uk,
            ValueKind::Cpr,
        ),
        (
            "Ring på 61 22 90 14.",
            "Телефонуйте 61 22 90 41.",
            Lang::Da,
            ValueKind::Phone,
        ),
        (
            "Індекс 8210.",
            "Postnummer 8200.",
            Lang::Uk,
            ValueKind::PostalCode,
        ),
        (
            "Den første marts.",
            "Першого травня.",
            Lang::Da,
            ValueKind::Date,
        ),
        ("У п’ятницю.", "På torsdag.", Lang::Uk, ValueKind::Date),
        (
            "Мене звати Остап Гончаренко.",
            "Jeg hedder Ostap Kravets.",
            Lang::Uk,
            ValueKind::Name,
        ),
        (
            "Я Іван Ткачук, а то Яна Ткачук.",
            "Jeg er Ivan fors, og det er Yana Tkachuk.",
            Lang::Uk,
            ValueKind::Name,
        ),
        (
            "Jeg hedder Mette.",
            "Мене зватиМель.",
            Lang::Da,
            ValueKind::Name,
        ),
        ("Я Ткачук.", "Jeg er Tkachenko.", Lang::Uk, ValueKind::Name),
        (
            "Skriv til kim@example.org.",
            "Пишіть на kim@exampel.org.",
            Lang::Da,
            ValueKind::Address,
        ),
    ] {
        let got = warnings(source, target, from);
        assert!(
            got.contains(&MtWarning::ValueMismatch(kind)),
            "{source} → {target}: {got:?}"
        );
    }
}

#[test]
fn another_street_is_seen_wherever_it_stands() {
    for (source, target) in [
        ("Дортезвей дванадцять.", "Dronningvej tolv."),
        ("Я живу на Дортезвей.", "Jeg bor på Dronningvej."),
        ("Вестерґаде, другий поверх.", "Østergade, anden sal."),
    ] {
        let found = warnings(source, target, Lang::Uk);
        assert!(
            found.contains(&MtWarning::ValueMismatch(ValueKind::Name)),
            "{source} → {target}: {found:?}"
        );
    }
    let report = check("Дортезвей дванадцять.", "Dronningvej tolv.", Lang::Uk);
    assert_eq!(report.wanted[0][0], "Dortesvej");
    assert_eq!(
        warnings("Дортезвей дванадцять.", "Dortesvej tolv.", Lang::Uk),
        []
    );
}

#[test]
fn a_day_is_not_its_month() {
    for (da, lost) in [
        ("Du flytter den 5. maj.", "Ви переїжджаєте у травні."),
        ("Vi kom den 9. september.", "Ми приїхали у вересні."),
    ] {
        assert_eq!(warnings(da, lost, Lang::Da), mismatch(ValueKind::Number));
        assert_eq!(warnings(lost, da, Lang::Uk), mismatch(ValueKind::Number));
    }
    let twice = "П’ятого травня.";
    assert_eq!(warnings("Den femte i femte.", twice, Lang::Da), []);
}

#[test]
fn invented_numbers_are_seen() {
    let got = warnings("Jeg har et barn.", "У мене 3 дітей.", Lang::Da);
    assert_eq!(got, mismatch(ValueKind::Number));
}

#[test]
fn floors_are_reported_and_not_compared_as_numbers() {
    let floor = [MtWarning::FloorCount];
    assert_eq!(
        warnings("Третій поверх, праворуч.", "Anden sal til højre.", Lang::Uk),
        floor
    );
    assert_eq!(
        warnings(
            "Третій поверх, праворуч.",
            "Tredje sal til højre.",
            Lang::Uk
        ),
        floor
    );
    assert_eq!(warnings("Третій поверх.", "Tredje etage.", Lang::Uk), []);
    assert_eq!(
        warnings("Jeg bor i stuen.", "Я живу на нульовому поверсі.", Lang::Da),
        []
    );
}

#[test]
fn another_attempt_learns_what_to_write() {
    let report = check("Я живу з Оленою Ткачук.", "Jeg bor med Petro.", Lang::Uk);
    assert_eq!(report.wanted, [["Olena Tkachuk", "Olenoiu Tkachuk"]]);
    let report = check(
        "Jeg er født den 13. maj.",
        "Я народився 13-го ввечері.",
        Lang::Da,
    );
    assert_eq!(report.wanted, [["травня", "травні", "травень"]]);
    let report = check("Мені тридцять чотири.", "Jeg er fireogfyrre.", Lang::Uk);
    assert_eq!(report.reread, [(9..38, "34".to_owned())]);
}

#[test]
fn scripts_are_not_mixed() {
    for bad in ["Це Еміль Т dobb.", "Мене звати Mettе."] {
        let got = warnings("Jeg hedder Mette.", bad, Lang::Da);
        assert!(got.contains(&MtWarning::WrongScript), "{bad}: {got:?}");
    }
    assert_eq!(
        warnings("Jeg hedder Mette.", "Мене звати Mette.", Lang::Da),
        []
    );
}

#[test]
fn a_target_without_an_end_or_without_most_of_the_source_is_incomplete() {
    let source = "Jeg vil gerne flytte sammen med min familie, når vi har fået nøglen.";
    assert!(warnings(source, "Я переїду.", Lang::Da).contains(&MtWarning::Incomplete));
    assert!(warnings("Ja.", "", Lang::Da).contains(&MtWarning::Incomplete));
}

#[test]
fn odd_texts_do_not_panic() {
    for text in [
        "",
        " ",
        "’",
        "95B",
        "í̈́",
        "Ж",
        "@",
        "....",
        "І",
        "I I I",
        "12 поверх 12 поверх",
    ] {
        for target in ["", "12", "Emil’", "@@", "п’ят"] {
            check(text, target, Lang::Uk);
            check(text, target, Lang::Da);
        }
    }
}

#[test]
fn whose_it_is_must_be_said() {
    let husband = "Hvad er din mands CPR-nummer?";
    let yours = check(husband, "Який у Вас номер CPR?", Lang::Da);
    assert_eq!(yours.warnings, mismatch(ValueKind::Person));
    assert!(yours.wanted[0].contains(&"чоловіка".to_owned()));
    for (da, uk) in [
        (husband, "Який номер CPR у Вашого чоловіка?"),
        (
            "Hvad hedder jeres yngste søn?",
            "Як звати Вашого молодшого?  Хлопця.",
        ),
        ("Min mormor bor hos os.", "Моя бабуся живе з нами."),
        ("Der står en mand og venter.", "Там хтось чекає."),
        ("Han er min fætter.", "Він мій двоюрідний брат."),
        ("Vi er fem.", "Нас п'ять чоловік."),
    ] {
        assert_eq!(warnings(da, uk, Lang::Da), [], "{da} → {uk}");
        assert_eq!(warnings(uk, da, Lang::Uk), [], "{uk} → {da}");
    }
    for (uk, da) in [
        ("Це номер моєї доньки.", "Det er mit nummer."),
        ("Її чоловік лишається.", "Hun bliver boende."),
        ("Діти завжди жили з нами.", "De har altid boet hos os."),
    ] {
        assert_eq!(
            warnings(uk, da, Lang::Uk),
            mismatch(ValueKind::Person),
            "{uk} → {da}"
        );
    }
}

#[test]
fn a_husband_is_told_by_whose_he_is() {
    for (uk, lost, right) in [
        (
            "Чоловік сестри живе з нами.",
            "Min søster bor hos os.",
            "Min søsters mand bor hos os.",
        ),
        (
            "Це чоловік моєї сестри.",
            "Det er min søster.",
            "Det er min svoger, min søsters mand.",
        ),
        (
            "З нами живе батько чоловіка.",
            "Min far bor hos en mand.",
            "Min svigerfar bor hos os.",
        ),
        (
            "З нами живе батько чоловіка.",
            "Min far bor hos os.",
            "Min mands far bor hos os.",
        ),
        (
            "Хазяїн — чоловік моєї подруги.",
            "Ejer er min veninde.",
            "Ejeren er min venindes mand.",
        ),
    ] {
        assert_eq!(
            warnings(uk, lost, Lang::Uk),
            mismatch(ValueKind::Person),
            "{uk} → {lost}"
        );
        assert_eq!(warnings(uk, right, Lang::Uk), [], "{uk} → {right}");
    }
    let people = "Нас п’ять чоловік, моєї сестри немає.";
    assert_eq!(
        warnings(people, "Vi er fem, min søster er her ikke.", Lang::Uk),
        []
    );
}

#[test]
fn the_first_of_two_names_is_a_name() {
    let source = "Софія та Максим, прізвище однакове.";
    assert_eq!(
        warnings(source, "Flytte og Maksym, samme efternavn.", Lang::Uk),
        mismatch(ValueKind::Name)
    );
    assert_eq!(
        warnings(source, "Sofiia og Maksym, samme efternavn.", Lang::Uk),
        []
    );
    assert_eq!(
        warnings(
            "Тому і Максим прийде.",
            "Derfor kommer Maksym også.",
            Lang::Uk
        ),
        []
    );
}

#[test]
fn a_name_that_was_lost_is_read_again_in_latin_letters() {
    let reread = |source: &str, target| {
        let report = check(source, target, Lang::Uk);
        let places = report.reread.into_iter();
        places
            .map(|(span, latin)| (source[span].to_owned(), latin))
            .collect::<Vec<_>>()
    };
    let owned = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        reread("Мене звати Іван Чорний.", "Jeg hedder sort."),
        [owned("Іван Чорний", "Ivan Chornyi")]
    );
    assert_eq!(
        reread("Ми живемо з Оленою Ничай.", "Vi bor sammen."),
        [owned("Оленою Ничай", "Olena Nychai")]
    );
    assert_eq!(
        reread("Переїжджаю на Вестергаде.", "Jeg flytter."),
        [owned("Вестергаде", "Vestergade")]
    );
    // Written by the rules it is there, though "ch" sounds otherwise to Danes.
    assert_eq!(
        reread(
            "Лист для Ірини Ничай і Петра Чоботаря.",
            "Et brev til Iryna Nychai og Petro Chobotar."
        ),
        []
    );
    // What may be a feast or an office stays as it is.
    assert_eq!(reread("Ми чекали на Покрову.", "Vi ventede."), []);
    assert_eq!(
        reread("Мене звати Іван Чорний.", "Jeg hedder Ivan Chornyi."),
        []
    );
}

#[test]
fn names_are_kept_letter_by_letter() {
    for (uk, right, wrong) in [
        (
            "Квартира належить Irene Lorenzen.",
            "Lejligheden ejes af Irene Lorenzen.",
            "Lejligheden ejes af Irene Lorengger.",
        ),
        (
            "Ми живемо в Sakskøbing.",
            "Vi bor i Sakskøbing.",
            "Vi bor i Sakskøning.",
        ),
        (
            "Мого колегу звати Богдан Чорний.",
            "Min kollega hedder Bohdan Chornyi.",
            "Min kollega hedder Bohdan Chornii.",
        ),
        (
            "Я чекаю на Сергія Чорного.",
            "Jeg venter på Serhii Chornyi.",
            "Jeg venter på Serhii Tkachuk.",
        ),
    ] {
        assert_eq!(warnings(uk, right, Lang::Uk), [], "{right}");
        assert_eq!(
            warnings(uk, wrong, Lang::Uk),
            mismatch(ValueKind::Name),
            "{wrong}"
        );
    }
    assert_eq!(
        warnings("Номер Irene Lorenzen.", "Irene Lorenzens nummer.", Lang::Uk),
        []
    );
}

#[test]
fn a_capital_behind_a_breath_is_no_name() {
    let breath = "Так, спільні, Діти завжди жили з нами обома.";
    let danish = "Ja, fælles, børnene har altid boet hos os begge.";
    assert_eq!(warnings(breath, danish, Lang::Uk), []);
    for name in ["Оксана", "Орхус", "Вестергаде", "Гриценко"] {
        let source = format!("Так, спільні, {name} там записано.");
        assert_eq!(
            warnings(&source, "Ja, fælles, det står der.", Lang::Uk),
            mismatch(ValueKind::Name),
            "{name}"
        );
    }
}

#[test]
fn names_that_are_words_otherwise_are_names() {
    for (source, target) in [
        // "Julie" is no month, «Сорока» not forty, «Соловей» not a street.
        (
            "Мого орендодавця звати Julie Nielsen.",
            "Min udlejer hedder Julie Nielsen.",
        ),
        (
            "Мого колегу звати Тихін Сорока.",
            "Min kollega hedder Tykhin Soroka.",
        ),
        ("Мене звати Филип Соловей.", "Jeg hedder Fylyp Solovei."),
    ] {
        assert_eq!(check(source, target, Lang::Uk), Report::default());
    }
    let lost = check(
        "Мене звати Филип Соловей.",
        "Mit navn er Farshad.",
        Lang::Uk,
    );
    assert_eq!(lost.people[0].1, "Fylyp Solovei");
    let forty = check("Йому сорок років.", "Han er halvtreds år.", Lang::Uk);
    assert_ne!(forty, Report::default());
}

#[test]
fn a_year_is_not_a_time_of_day() {
    let lost = |source, target| check(source, target, Lang::Da).warnings;
    assert_eq!(
        lost(
            "Vi flytter den 6. september 2016.",
            "Ми переїжджаємо 6 вересня, о 20:16."
        ),
        [MtWarning::ValueMismatch(ValueKind::Date)]
    );
    for (source, target) in [
        ("Vi flytter i 2016.", "Ми переїжджаємо у 2016 році."),
        ("Kom kl. 1930.", "Приходьте о 19:30."),
        ("Kom kl. 19.30.", "Приходьте о 19:30."),
    ] {
        assert!(lost(source, target).is_empty(), "{source}");
    }
}

#[test]
fn a_surname_behind_zvaty_is_written_by_the_rules() {
    let said = "Мого колегу звати Гурген Загородній.";
    let lost = "Min kollega hedder Hurhen Zaporhorodna.";
    assert_eq!(warnings(said, lost, Lang::Uk), mismatch(ValueKind::Name));
    for right in [
        "Min kollega hedder Hurhen Zahorodnii.",
        "Min kollega hedder Hurgen Zahorodnii.",
    ] {
        assert!(warnings(said, right, Lang::Uk).is_empty(), "{right}");
    }
    // A Dane's name as a Ukrainian says it has no rule.
    let dane = "Мого колегу звати Ларс Бентсен.";
    let kept = "Min kollega hedder Lars Bendtsen.";
    assert!(warnings(dane, kept, Lang::Uk).is_empty());
}

#[test]
fn a_given_name_of_the_table_is_kept() {
    let paper = "Ось свідоцтво про народження Казимира.";
    let lost = warnings(paper, "Her er fødselsattesten for Kasiia.", Lang::Uk);
    assert_eq!(lost, mismatch(ValueKind::Name));
    for (uk, da) in [
        (paper, "Her er fødselsattesten for Kazymyr."),
        (paper, "Her er Kazymyrs fødselsattest."),
        ("Ми були з Сергієм.", "Jeg var her med Sergey."),
    ] {
        assert_eq!(warnings(uk, da, Lang::Uk), [], "{da}");
    }
}
