use super::*;

fn names(text: &str, lang: Lang) -> Vec<String> {
    find(text, lang).into_iter().map(|f| f.value.name).collect()
}

#[test]
fn ukrainian_cases_of_danish_towns() {
    for (text, town) in [
        ("Я переїхав з Рандерса", "Randers"),
        ("ми живемо в Орхусі", "Aarhus"),
        ("жили у Вібю", "Viby"),
        ("з Есб'єрга", "Esbjerg"),
        ("перебралися на Тройборг", "Trøjborg"),
        ("з Брабранда", "Brabrand"),
        ("у Нестведі", "Næstved"),
        ("з Гадерслева", "Haderslev"),
        ("у Роскілле", "Roskilde"),
        ("із Гіллерьода", "Hillerød"),
        ("з Копенгагена", "København"),
        ("у Фредеріції", "Fredericia"),
        ("у Сількеборзі", "Silkeborg"),
        ("у Віборзі", "Viborg"),
        ("у Гольбеці", "Holbæk"),
    ] {
        assert_eq!(names(text, Lang::Uk), [town], "{text}");
    }
}

#[test]
fn directions_pick_the_district() {
    let found = find("вісім тисяч двісті, Орхус Н", Lang::Uk);
    assert_eq!(found[0].value.name, "Aarhus N");
    assert_eq!(found[0].value.postal_codes, ["8200"]);
    assert!(found[0].note.is_none() && found[0].value.in_aarhus);
    assert_eq!(names("i 5000 Odense C", Lang::Da), ["Odense C"]);
    for (text, lang, district) in [
        ("i Aalborg Øst", Lang::Da, "Aalborg Øst"),
        ("в Ольборг Ест", Lang::Uk, "Aalborg Øst"),
        ("i København Vest", Lang::Da, "København V"),
        ("på Nykøbing Mors", Lang::Da, "Nykøbing M"),
        ("i nykøbing falster", Lang::Da, "Nykøbing F"),
    ] {
        assert_eq!(names(text, lang), [district], "{text}");
    }
    let whole = find("i Aarhus", Lang::Da);
    assert!(whole[0].value.postal_codes.len() == 3 && whole[0].note.is_some());
}

#[test]
fn places_abroad() {
    for (text, name, country) in [
        ("Я з Бердичева", "Berdychiv", "Ukraine"),
        ("у Гданську", "Gdańsk", "Polen"),
        ("жив у Польщі", "Polen", "Polen"),
        ("приїхали з Німеччини", "Tyskland", "Tyskland"),
        ("з Харкова", "Kharkiv", "Ukraine"),
    ] {
        let found = find(text, Lang::Uk);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].value.name, name);
        assert_eq!(found[0].value.country, country);
    }
}

#[test]
fn everyday_words_are_no_places() {
    for text in [
        "у мене є телефон і номер",
        "переїхала з чоловіком у суботу",
        "на роботу, до школи, в лікарню",
        "Так, у нього права спільні",
    ] {
        assert_eq!(names(text, Lang::Uk), Vec::<String>::new(), "{text}");
    }
    assert!(names("vi tog hjem til dem", Lang::Da).is_empty());
}

#[test]
fn recogniser_style_has_no_capitals() {
    assert_eq!(
        names("я переїхав з рандерса в орхус", Lang::Uk),
        ["Randers", "Aarhus"]
    );
}

#[test]
fn every_country_has_its_ukrainian_name() {
    for row in ROWS.iter().filter(|row| row.kind == "country") {
        let name = country_in_ukrainian(row.name).unwrap_or_default();
        let folded = fold(name);
        let stem = row.stems.iter().any(|stem| folded.contains(stem.as_str()));
        assert!(stem, "{}: «{name}» has none of its stems", row.name);
    }
    assert_eq!(country_in_ukrainian("Tyskland"), Some("Німеччина"));
    assert_eq!(country_in_ukrainian("Vanuatu"), None);
}
