//! Words that are a side of the landing in one sentence and something else in another.

use super::*;

fn doors(text: &str, lang: Lang) -> Vec<String> {
    find(text, lang)
        .into_iter()
        .filter_map(|found| found.value.door)
        .map(|door| door.value.code().to_owned())
        .collect()
}

#[test]
fn a_matter_a_daughter_and_the_middle_of_a_month_are_no_doors() {
    for text in [
        "Рандерсвей дев'яносто п'ять, третій поверх. Справа в тому, що номера дверей я не пам'ятаю.",
        "Справа в тім, що договір ще не підписали",
        "Справа не в грошах",
        "це моя особиста справа",
        "це моя справа",
        "Чого — не ваша справа, вибачте.",
        "у мене така справа мені ніде жити",
        "моя середня донька ходить до школи",
        "середня школа",
        "десь посередині місяця",
    ] {
        assert_eq!(doors(text, Lang::Uk), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        doors(
            "Randersvej 95, 2. Fint, så flytter I ind i midten af december.",
            Lang::Da
        ),
        Vec::<String>::new()
    );
}

#[test]
fn the_same_words_at_a_landing_are_doors() {
    for (text, door) in [
        ("третій поверх справа", "th"),
        ("Рандерсвей 95, третій поверх, справа в кінці", "th"),
        ("моя квартира справа", "th"),
        ("Наша справа.", "th"),
        ("другий поверх, наша справа", "th"),
        ("третій сал, середні двері", "mf"),
        ("троє дверей, мої середні.", "mf"),
        ("третій поверх, двері середні", "mf"),
        ("третій поверх, середня", "mf"),
        ("третій сал посередині", "mf"),
    ] {
        assert_eq!(doors(text, Lang::Uk), [door], "{text}");
    }
    for text in [
        "Langelandsgade hundrede og ni, fjerde, nummer to, otte tusind Aarhus C",
        "Langelandsgade 109, fjerde, dør to",
        "Langelandsgade 109, 4. sal, nummer 2",
    ] {
        let found = find(text, Lang::Da);
        let [address] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        let floor = address.value.floor.as_ref().map(|floor| floor.value.said);
        assert_eq!(floor, Some(4), "{text}");
        assert_eq!(doors(text, Lang::Da), ["2"], "{text}");
    }
    for text in ["anden sal, døren i midten", "anden sal, i midten af gangen"] {
        assert_eq!(doors(text, Lang::Da), ["mf"], "{text}");
    }
}
