//! What the guard sees and what it lets pass.

mod names;
mod values;

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
fn what_is_denied_on_one_side_only_is_a_fault() {
    for (uk, da) in [
        ("Я не маю платити.", "Jeg skal betale."),
        ("Я маю платити.", "Jeg skal ikke betale."),
    ] {
        for report in [check(uk, da, Lang::Uk), check(da, uk, Lang::Da)] {
            assert_eq!(report.warnings, [MtWarning::Negation], "{uk} | {da}");
            assert!(report.badness > 0);
        }
    }
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
