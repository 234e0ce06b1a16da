//! Names: of people, streets and places.

use super::*;

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

#[test]
fn a_name_that_begins_a_sentence_is_one() {
    let ages = "Марії сім років, а Анні три.";
    let lost = warnings(ages, "Anna er syv år og Anina tre.", Lang::Uk);
    assert_eq!(lost, mismatch(ValueKind::Name));
    let kept = warnings(ages, "Mariia er syv år og Anna tre.", Lang::Uk);
    assert_eq!(kept, []);
    for (uk, da) in [
        ("Має бути тридцять тисяч.", "Det skal være tredive tusind."),
        ("Люди тут спокійні.", "Folk her er rolige."),
        ("Віра допомагає.", "Troen hjælper."),
        ("Тому я прийшла.", "Derfor er jeg kommet."),
        ("Яким автобусом їхати?", "Hvilken bus skal jeg tage?"),
    ] {
        assert_eq!(warnings(uk, da, Lang::Uk), [], "{uk}");
    }
}
