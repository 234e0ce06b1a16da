use super::*;
use crate::found::Reason;
use tolkebot_protocol::Lang;

fn names(text: &str, lang: Lang) -> Vec<String> {
    find(text, lang)
        .into_iter()
        .map(|found| found.value.full())
        .collect()
}

#[test]
fn names_in_any_case_come_back_in_the_nominative() {
    for (text, expected) in [
        ("мене звати Оксана Коваленко", "Oksana Kovalenko"),
        ("я живу в Олени Шевчук", "Olena Shevchuk"),
        ("разом із Софією", "Sofiia"),
        ("з чоловіком Богданом", "Bohdan"),
        ("мого чоловіка звати Сергій", "Serhii"),
        ("Коваленко Оксана Михайлівна", "Oksana Kovalenko"),
        ("Зінченко Віталій", "Vitalii Zinchenko"),
        ("у Сергія Коваленка", "Serhii Kovalenko"),
        ("з Іриною Ковальською", "Iryna Kovalska"),
        ("Надія Дзюба-Кравчук", "Nadiia Dziuba-Kravchuk"),
        ("мене звати олена марчук", "Olena Marchuk"),
    ] {
        assert_eq!(names(text, Lang::Uk), [expected], "{text}");
    }
}

#[test]
fn the_patronymic_is_kept_apart() {
    let found = find("Коваленко Оксана Михайлівна", Lang::Uk);
    let name = &found[0].value;
    assert_eq!(name.parts.len(), 3);
    assert_eq!(name.parts[2].kind, PartKind::Patronymic);
    assert_eq!(name.native(), "Коваленко Оксана Михайлівна");
}

#[test]
fn several_persons() {
    let text = "Чоловік Богдан Марчук і двоє дітей, Максим і Злата.";
    assert_eq!(names(text, Lang::Uk), ["Bohdan Marchuk", "Maksym", "Zlata"]);
}

#[test]
fn short_forms_ask_for_the_passport_name() {
    let found = find("мого сина звати Сашко", Lang::Uk);
    let note = found[0].note.clone().expect("a doubt");
    assert_eq!(note.reason, Reason::Diminutive);
    assert!(note.options.contains(&"Oleksandr".to_string()));
}

#[test]
fn danish_names_as_ukrainians_say_them() {
    for (text, expected) in [
        ("її звати Метте Єнсен", "Mette Jensen"),
        ("Біргіт Лаурітсен", "Birgit Lauritsen"),
        ("у Єспера Лунда", "Jesper Lund"),
    ] {
        assert_eq!(names(text, Lang::Uk), [expected], "{text}");
    }
    assert_eq!(names("Hun hedder Mette Jensen", Lang::Da), ["Mette Jensen"]);
}

#[test]
fn ukrainian_names_in_danish_text() {
    for (text, expected) in [
        ("Så er du Valerii Hnatiuk?", vec!["Valerii Hnatiuk"]),
        ("tak iryna bondar hvornår sover i der", vec!["Iryna Bondar"]),
        ("Står du, Anatolii, som lejer?", vec!["Anatolii"]),
        ("Hej Taras. Bohdana, dit nummer?", vec!["Taras", "Bohdana"]),
        (
            "Viktoriia Palamarchuk, ikke?",
            vec!["Viktoriia Palamarchuk"],
        ),
        ("min kone hedder Uliana", vec!["Uliana"]),
        (
            "Sergiy og Yuliya og Aleksandr",
            vec!["Sergiy", "Yuliya", "Aleksandr"],
        ),
    ] {
        assert_eq!(names(text, Lang::Da), expected, "{text}");
    }
    for text in [
        "det er en roman",
        "jeg er på vej",
        "hun har en nøgle",
        "Så er det på plads.",
    ] {
        assert!(
            names(text, Lang::Da).is_empty(),
            "{text}: {:?}",
            names(text, Lang::Da)
        );
    }
}

#[test]
fn a_surname_may_open_the_sentence() {
    for (text, expected) in [
        ("Мороз Степан. Одинадцяте, шосте", "Stepan Moroz"),
        ("Дорош Лілія, номер нуль два", "Liliia Dorosh"),
        ("Литвин Олексій, через ікс-і?", "Oleksii Lytvyn"),
        ("я ткач надія переїжджаю", "Nadiia Tkach"),
        ("дружина софія довгань", "Sofiia Dovhan"),
    ] {
        assert_eq!(names(text, Lang::Uk), [expected], "{text}");
    }
    for text in ["Тому я прийшла.", "Слава Богу, добре", "батько в курсі"]
    {
        assert!(names(text, Lang::Uk).is_empty(), "{text}");
    }
    assert_eq!(names("Приїхав Іван.", Lang::Uk), ["Ivan"]);
}

#[test]
fn names_alone_and_unknown_ones() {
    for (text, expected) in [
        ("Син, Ілля.", vec!["Illia"]),
        ("Донька Мелітина, їй п'ять", vec!["Melityna"]),
        (
            "Обидві народилися в травні. Меланія і Павліна.",
            vec!["Melaniia", "Pavlina"],
        ),
        ("кімнатка в Єспера, він лишається", vec!["Jesper"]),
        ("мого сина звати Пітер", vec!["Peter"]),
        ("Кузьмич Надія, четверте п'яте", vec!["Nadiia Kuzmych"]),
        ("Ганич Наталка, але в паспорті", vec!["Natalka Hanych"]),
    ] {
        assert_eq!(names(text, Lang::Uk), expected, "{text}");
    }
    assert_eq!(names("Jespers efternavn er ukendt", Lang::Da), ["Jesper"]);
}

#[test]
fn surnames_alone_and_double_names() {
    for (text, expected) in [
        ("двадцять два вісімдесят вісім. Шаповал.", "Shapoval"),
        ("Прізвище Гончар", "Honchar"),
        ("А Лев за татом, Білик.", "Lev"),
        ("Олег Панасюк.", "Oleh Panasiuk"),
        ("анна марія нечай", "Anna-Mariia Nechai"),
        ("Анна-Марія Нечай-Сидоренко", "Anna-Mariia Nechai-Sydorenko"),
        ("Усі Гуменюки.", "Humeniuk"),
    ] {
        let all = names(text, Lang::Uk);
        assert_eq!(all.first().map(String::as_str), Some(expected), "{text}");
    }
    assert_eq!(
        names("Og efternavnet er Savchenko?", Lang::Da),
        ["Savchenko"]
    );
    for text in ["Однак.", "Дякую.", "Так, звичайно.", "Добре, дякую."]
    {
        assert!(names(text, Lang::Uk).is_empty(), "{text}");
    }
}

#[test]
fn any_passport_spelling_is_the_same_name() {
    for (a, b) in [
        ("Serhii", "Сергій"),
        ("Sergiy", "Сергій"),
        ("Sergey", "Сергій"),
        ("Yuliya", "Юлія"),
        ("Iuliia", "Юлія"),
        ("Oleksiy Pavlyuk", "Олексій Павлюк"),
        ("Evgeny", "Євген"),
    ] {
        assert!(same_name(a, b) > 0.75, "{a} {b} {}", same_name(a, b));
    }
    for (a, b) in [("Oksana", "Богдан"), ("Olena", "Олег"), ("Ivan", "Ірина")] {
        assert!(same_name(a, b) < 0.7, "{a} {b} {}", same_name(a, b));
    }
}

#[test]
fn everyday_words_in_a_list_of_names_are_names() {
    let given = |text: &str| -> Vec<String> {
        let found = find(text, Lang::Uk);
        found.iter().filter_map(|f| f.value.given()).collect()
    };
    assert_eq!(given("марко і віра"), ["Marko", "Vira"]);
    assert_eq!(given("мала і марко"), ["Marko"]);
    assert_eq!(given("марко десять років і віра сім"), ["Marko", "Vira"]);
    assert_eq!(given("віра другого лютого"), ["Vira"]);
    assert_eq!(given("у мене є віра і надія"), [""; 0]);
}

#[test]
fn everyday_words_are_no_names() {
    for text in [
        "у мене надія на роботу",
        "так, це моя віра",
        "Добрий день. Так, дякую.",
    ] {
        assert!(
            names(text, Lang::Uk).is_empty(),
            "{text}: {:?}",
            names(text, Lang::Uk)
        );
    }
}

#[test]
fn a_danish_name_of_two_parts_needs_no_capitals() {
    let found = find("каспер мадсен здає кімнату", Lang::Uk);
    assert_eq!(found[0].value.given().as_deref(), Some("Kasper"));
    assert_eq!(found[0].value.surname().as_deref(), Some("Madsen"));
    let found = find("живу в пані кірстен", Lang::Uk);
    assert_eq!(found[0].value.given().as_deref(), Some("Kirsten"));
    assert!(find("каспер поїхав в японію", Lang::Uk).is_empty());
}

#[test]
fn names_are_remembered_while_they_are_compared_and_no_longer() {
    let kept = || KEYS.with_borrow(|keys| keys.kept.len());
    let sure = same_name("Olena Koval", "Олена Коваль");
    assert_eq!(kept(), 0);
    let outer = Comparing::begin();
    let inner = Comparing::begin();
    assert_eq!(same_name("Olena Koval", "Олена Коваль"), sure);
    assert_eq!(kept(), 2);
    drop(inner);
    assert_eq!(kept(), 2);
    drop(outer);
    assert_eq!(kept(), 0);
}

#[test]
fn no_woman_has_a_mans_patronymic() {
    let found = find("Ніна Абрамович.", Lang::Uk);
    assert_eq!(found[0].value.surname().as_deref(), Some("Abramovych"));
    let found = find("Петро Іванович Юрченко.", Lang::Uk);
    assert_eq!(found[0].value.surname().as_deref(), Some("Yurchenko"));
}

#[test]
fn the_form_of_a_patronymic_without_a_father_is_a_surname() {
    let found = find("Данило Рабінович.", Lang::Uk);
    assert_eq!(found[0].value.surname().as_deref(), Some("Rabinovych"));
    let found = find("Данило Іванович.", Lang::Uk);
    assert_eq!(found[0].value.surname(), None);
}

#[test]
fn an_answer_may_be_a_name_word_by_word() {
    let said = |text: &str| -> Vec<String> {
        find_answer(&crate::token::tokenise(text, Lang::Uk), Lang::Uk)
            .into_iter()
            .map(|found| found.value.full())
            .collect()
    };
    assert_eq!(said("Влада. Коваль."), ["Vlada", "Koval"]);
    assert_eq!(said("Підгайко я. Олена."), ["Pidhaiko", "Olena"]);
    assert_eq!(said("Підгайко, Олена."), ["Pidhaiko", "Olena"]);
}
