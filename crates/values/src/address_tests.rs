use super::*;

fn lines(text: &str, lang: Lang) -> Vec<String> {
    find(text, lang)
        .into_iter()
        .map(|found| found.value.one_line())
        .collect()
}

#[test]
fn danish_addresses_said_and_typed() {
    for (text, expected) in [
        (
            "Randersvej femoghalvfems B, anden sal til højre",
            "Randersvej 95B, 2. th",
        ),
        (
            "Randersvej 95B, 2. th, 8200 Aarhus N",
            "Randersvej 95B, 2. th, 8200 Aarhus N",
        ),
        (
            "randersvej 95 b 2.th 8200 aarhus n",
            "Randersvej 95B, 2. th, 8200 Aarhus N",
        ),
        ("Randersvej 95b, 2 t.h.", "Randersvej 95B, 2. th"),
        (
            "Vestergade 22, st. tv, 8000 Aarhus C",
            "Vestergade 22, st. tv, 8000 Aarhus C",
        ),
        (
            "Louisevej 29, 2., 8220 Brabrand",
            "Louisevej 29, 2., 8220 Brabrand",
        ),
        (
            "Jægergårdsgade 112, kl., 8000 Aarhus C",
            "Jægergårdsgade 112, kl., 8000 Aarhus C",
        ),
        (
            "Skanderborgvej 103, 4. 2, 8000 Aarhus C",
            "Skanderborgvej 103, 4. 2, 8000 Aarhus C",
        ),
        (
            "Frederiks Alle 159 C, 5. sal th",
            "Frederiks Allé 159C, 5. th",
        ),
        ("gl. stillingvej treogtyve", "Gammel Stillingvej 23"),
        ("Kastetvej seksogtres, tredje tv", "Kastetvej 66, 3. tv"),
        (
            "Spobjergvej otteoghalvtreds, dør to hundrede og fjorten",
            "Spobjergvej 58, 214",
        ),
    ] {
        assert_eq!(lines(text, Lang::Da), [expected], "{text}");
    }
}

#[test]
fn ukrainian_renderings() {
    for (text, expected) in [
        (
            "Рандерсвей дев'яносто п'ять бе, третій поверх праворуч",
            "Randersvej 95B, 2. th",
        ),
        (
            "рандерс вей дев'яносто п'ять б третій поверх праворуч",
            "Randersvej 95B, 2. th",
        ),
        (
            "На Гудрунсвей, тридцять чотири, там ми були на п'ятому салі ліворуч",
            "Gudrunsvej 34, 5. tv",
        ),
        (
            "гудрунсвей вісім шості поверх посередний",
            "Gudrunsvej 8, 5. mf",
        ),
        (
            "Гудрунсвей вісім, третий поверх праворуч",
            "Gudrunsvej 8, 2. th",
        ),
        (
            "Віборгвей сто сорок п'ять, літера ц… як цирк",
            "Viborgvej 145C",
        ),
        (
            "Майльгаде тридцять п'ять, літера Де, другий сал, двері ліворуч, вісім тисяч, центр",
            "Mejlgade 35D, 2. tv, 8000 Aarhus C",
        ),
        (
            "Рюгавевей одинадцять, третій сал, по центру. Індекс вісім два один нуль",
            "Ryhavevej 11, 3. mf, 8210 Aarhus V",
        ),
        (
            "соннервангс алле шістдесят чотири другий поверх ліворуч вісім два шість нуль",
            "Søndervangs Allé 64, 1. tv, 8260 Viby J",
        ),
        (
            "Лангеландсгаде сто сорок три, вісім двісті, Орхус Н, перший сал ліворуч",
            "Langelandsgade 143, 1. tv, 8200 Aarhus N",
        ),
        (
            "Ню Мункегаде п'ятдесят вісім, перший сал, середні двері. Вісім тисяч.",
            "Ny Munkegade 58, 1. mf, 8000 Aarhus C",
        ),
    ] {
        assert_eq!(lines(text, Lang::Uk), [expected], "{text}");
    }
}

#[test]
fn a_sal_may_be_feminine() {
    for (text, expected) in [
        (
            "Рандерсвей дванадцять, перша сал праворуч",
            "Randersvej 12, 1. th",
        ),
        (
            "Рандерсвей дванадцять друга сал ліворуч",
            "Randersvej 12, 2. tv",
        ),
    ] {
        assert_eq!(lines(text, Lang::Uk), [expected], "{text}");
    }
}

#[test]
fn a_way_that_is_shown_is_no_door() {
    assert!(
        find(
            "Den er op ad trappen til højre. Hvornår flytter I?",
            Lang::Da
        )
        .iter()
        .all(|a| a.value.door.is_none())
    );
    let door = find("Randersvej 95, anden sal til højre", Lang::Da);
    assert!(door[0].value.door.is_some());
}

#[test]
fn nobody_converts_a_floor_silently() {
    let floor = |text: &str| {
        let found = find(text, Lang::Uk);
        found[0].value.floor.clone().expect("a floor")
    };
    let uncertain = floor("Рандерсвей 95, третій поверх");
    assert_eq!(
        uncertain.value,
        Floor {
            said: 3,
            count: FloorCount::UkrainianUncertain
        }
    );
    assert_eq!(uncertain.value.danish(), None);
    assert_eq!(
        uncertain.note.as_ref().map(|n| n.options.clone()),
        Some(vec!["2".into(), "3".into()])
    );
    for (text, count, danish) in [
        ("Рандерсвей 95, третій сал", FloorCount::Danish, "3"),
        ("Рандерсвей 95, anden sal", FloorCount::Danish, "2"),
        (
            "Тагенсвей 96, четвертий по-данськи, ліворуч",
            FloorCount::Danish,
            "4",
        ),
        (
            "Рінгстедгаде 17, перший за данською лічбою, ліворуч",
            FloorCount::Danish,
            "1",
        ),
        (
            "Гудрунсвей 26, четвертий поверх за нашою лічбою",
            FloorCount::UkrainianCount,
            "3",
        ),
        (
            "Мейлгаде 94, п'ятий поверх за українським",
            FloorCount::UkrainianCount,
            "4",
        ),
        (
            "Горсенсвей 38, по-вашому третій сал, ліва",
            FloorCount::Danish,
            "3",
        ),
        (
            "Мейлгаде 94, п'ятий, по-вашому четвертий",
            FloorCount::Danish,
            "4",
        ),
        (
            "Мейлгаде 94, п'ятий по-нашому, четвертий по-вашому",
            FloorCount::Danish,
            "4",
        ),
        ("Мейлгаде 94, стюен", FloorCount::Danish, "st"),
        (
            "Рандерсвей 95, другий праворуч",
            FloorCount::DanishUncertain,
            "2",
        ),
        ("Рандерсвей 95, третя, тв", FloorCount::Danish, "3"),
        (
            "Рандерсвей 95, другий двері мідт фор",
            FloorCount::DanishUncertain,
            "2",
        ),
        ("Рандерсвей 95, ст. ліворуч", FloorCount::Danish, "st"),
        (
            "Рандерсвей 95, на самому низу, праворуч",
            FloorCount::UkrainianUncertain,
            "st",
        ),
        (
            "Рандерсвей 95, стуен, четверті двері",
            FloorCount::Danish,
            "st",
        ),
    ] {
        let found = floor(text);
        assert_eq!(found.value.count, count, "{text}");
        assert_eq!(found.value.suggestion().code(), danish, "{text}");
    }
    assert!(
        find("там один поверх на весь будинок, два поверхи", Lang::Uk)
            .iter()
            .all(|f| f.value.floor.is_none())
    );
}

#[test]
fn streets_that_no_list_knows_are_guesses() {
    for (text, name) in [
        ("Сторегаде сто один", "Storegade"),
        ("Дамгордсвей п'ять", "Damgårdsvej"),
        ("Єрнбанегаде шістнадцять", "Jernbanegade"),
        ("Гавнегаде шість", "Havnegade"),
        ("Боргергаде шістдесят три", "Borgergade"),
        ("Мункебєргвей сто дванадцять", "Munkebjergvej"),
        ("Вендерсґаде два", "Vendersgade"),
        ("Горсенсвей тридцять вісім", "Horsensvej"),
        ("Мар'ягервей двадцять сім", "Mariagervej"),
        ("Рюгордсвей, дім сорок два", "Rugårdsvej"),
    ] {
        let found = find(text, Lang::Uk);
        let street = found
            .first()
            .and_then(|f| f.value.street.clone())
            .expect(text);
        assert_eq!(street.value.name, name, "{text}");
        assert_eq!(street.value.source, StreetSource::Guessed);
        assert_eq!(street.note.map(|n| n.reason), Some(Reason::UnknownStreet));
        assert!(street.confidence < 0.8);
    }
}

#[test]
fn two_addresses_in_one_breath() {
    let text = "з Рандерса, Вестерґаде вісімнадцять, вісім дев'ять нуль нуль, до центру, \
                Сколегаде шістнадцять";
    assert_eq!(
        lines(text, Lang::Uk),
        ["Vestergade 18, 8900 Randers C", "Skolegade 16"]
    );
    let text = "Перлегаде п'ять, третій поверх за данською, праворуч. А сюди — Ню Мункегаде \
                шістнадцять, другий поверх за данською, ліворуч.";
    assert_eq!(
        lines(text, Lang::Uk),
        ["Perlegade 5, 3. th", "Ny Munkegade 16, 2. tv"]
    );
}

#[test]
fn loose_parts_are_answers() {
    assert_eq!(lines("другий сал праворуч", Lang::Uk), ["2. th"]);
    assert_eq!(
        lines("Вісім шість шість нуль", Lang::Uk),
        ["8660 Skanderborg"]
    );
    assert_eq!(lines("toogfirs tyve", Lang::Da), ["8220 Brabrand"]);
    assert_eq!(lines("stuen, dør fire", Lang::Da), ["st. 4"]);
    assert_eq!(lines("кімната двісті чотирнадцять", Lang::Uk), ["214"]);
    assert_eq!(lines("вісімсот шістсот", Lang::Uk), ["8600 Silkeborg"]);
}

#[test]
fn the_place_is_part_of_the_address() {
    let found = find("В Обюхой, вулиця Серен Фрікс вей, п'ятдесят два", Lang::Uk);
    assert_eq!(found.len(), 1);
    let address = &found[0].value;
    assert_eq!(
        address.place.as_ref().map(|p| p.value.name.as_str()),
        Some("Åbyhøj")
    );
    assert_eq!(
        address.street.as_ref().map(|s| s.value.name.as_str()),
        Some("Søren Frichs Vej")
    );
    assert_eq!(
        address.number.as_ref().map(|n| n.value.as_str()),
        Some("52")
    );
}

#[test]
fn a_flat_number_is_a_habit() {
    let found = find("Віборгвей п'ять, квартира дванадцять", Lang::Uk);
    let door = found[0].value.door.clone().expect("a door");
    assert_eq!(door.value, Door::Number("12".into()));
    assert_eq!(door.note.map(|n| n.reason), Some(Reason::FlatNumber));
}

#[test]
fn every_part_has_its_own_span() {
    let text = "Рандерсвей дев'яносто п'ять бе, третій поверх праворуч, вісім тисяч двісті";
    let found = find(text, Lang::Uk);
    let address = &found[0].value;
    let said = |span: &std::ops::Range<usize>| &text[span.clone()];
    assert_eq!(
        address.street.as_ref().map(|f| said(&f.span)),
        Some("Рандерсвей")
    );
    assert_eq!(
        address.number.as_ref().map(|f| said(&f.span)),
        Some("дев'яносто п'ять")
    );
    assert_eq!(address.letter.as_ref().map(|f| said(&f.span)), Some("бе"));
    assert_eq!(
        address.floor.as_ref().map(|f| said(&f.span)),
        Some("третій поверх")
    );
    assert_eq!(
        address.door.as_ref().map(|f| said(&f.span)),
        Some("праворуч")
    );
    assert_eq!(
        address.postal_code.as_ref().map(|f| said(&f.span)),
        Some("вісім тисяч двісті")
    );
}

#[test]
fn streets_that_many_towns_have() {
    for (text, name) in [
        ("марі агервей сто дванадцять", "Mariagervej"),
        ("амагер бро гаде сто чотирнадцять", "Amagerbrogade"),
        ("Есгойвей десять", "Eshøjvej"),
        ("стор егаде тридцять", "Storegade"),
        ("агтруп вей 77", "Agtrupvej"),
        ("струер вей чотирнадцять", "Struervej"),
    ] {
        let found = find(text, Lang::Uk);
        let street = found
            .first()
            .and_then(|f| f.value.street.clone())
            .expect(text);
        assert_eq!(street.value.name, name, "{text}");
    }
}

#[test]
fn the_inside_of_a_house_is_no_door() {
    assert!(lines("Всередині два поверхи, але то все наше", Lang::Uk).is_empty());
    assert_eq!(
        lines("Рандерсвей 95, третій поверх, всередині", Lang::Uk),
        ["Randersvej 95, 2. mf"]
    );
}

#[test]
fn rights_are_no_doors_and_all_are_no_street() {
    for text in [
        "батьківські права спільні",
        "сама маю на них права",
        "так, права спільні",
    ] {
        assert!(
            find(text, Lang::Uk).iter().all(|f| f.value.door.is_none()),
            "{text}"
        );
    }
    let found = find("I får læge her i Tilst alle fire, brevet kommer", Lang::Da);
    assert!(found.iter().all(|f| f.value.street.is_none()));
    let found = find("мені дев'ятнадцять, двадцять буде", Lang::Uk);
    assert!(found.iter().all(|f| f.confidence < 0.5));
}

#[test]
fn a_unit_belongs_to_the_street_behind_it() {
    let text = "fra stuen til venstre på Herredsvej til første sal til højre på Silkeborgvej. \
                Toogfirs ti og toogfirs tredive";
    let found = find(text, Lang::Da);
    let lines: Vec<_> = found.iter().map(|f| f.value.one_line()).collect();
    assert_eq!(
        lines[..2],
        ["Herredsvej, st. tv", "Silkeborgvej, 1. th"].map(String::from)
    );
    assert!(found.iter().all(|f| f.value.number.is_none()));
}

#[test]
fn everyday_danish_is_no_address() {
    for text in [
        "jeg er på vej hjem",
        "der er plads til dig i haven",
        "det er en god arbejdsplads",
        "vi har en udvej",
    ] {
        assert!(
            find(text, Lang::Da)
                .iter()
                .all(|f| f.value.street.is_none()),
            "{text}"
        );
    }
    for text in [
        "але я не знаю",
        "музей поруч",
        "давай завтра",
        "двоє дітей, троє людей",
    ] {
        assert!(
            find(text, Lang::Uk)
                .iter()
                .all(|f| f.value.street.is_none()),
            "{text}"
        );
    }
}

#[test]
fn a_street_that_many_towns_have_is_not_taken_for_a_listed_one_that_sounds_alike() {
    for (heard, street) in [
        ("Ми жили на Естергаде тридцять шість.", "Østergade"),
        ("розенгаде дванадцять", "Rosengade"),
        ("На Вестергаде вісімнадцять.", "Vestergade"),
        ("Росенсгаде дев'ять", "Rosensgade"),
    ] {
        let found = find(heard, Lang::Uk);
        let names: Vec<&str> = found
            .iter()
            .filter_map(|a| a.value.street.as_ref())
            .map(|s| s.value.name.as_str())
            .collect();
        assert_eq!(names, [street], "{heard}");
    }
}

#[test]
fn streets_without_a_word_for_street() {
    for (text, expected) in [
        (
            "Skottenborg fireogtyve, tredje til højre, 8800 Viborg",
            "Skottenborg 24, 3. th, 8800 Viborg",
        ),
        (
            "Skottenborg sytten B, otteogfirs hundrede Viborg",
            "Skottenborg 17B, 8800 Viborg",
        ),
        ("Dæmningen 34, tredje til venstre", "Dæmningen 34, 3. tv"),
    ] {
        assert_eq!(lines(text, Lang::Da), [expected], "{text}");
    }
    let streets = |text: &str, lang: Lang| {
        let found = find(text, lang);
        found.iter().filter(|f| f.value.street.is_some()).count()
    };
    assert_eq!(streets("До того Вестербро дев'яносто один", Lang::Uk), 1);
    for text in [
        "Hundrede enoghalvtreds, fjerde til venstre, femogtyve hundrede Valby.",
        "Nummer tolv, første til venstre.",
        "Kasper femogtyve, tak.",
    ] {
        assert_eq!(streets(text, Lang::Da), 0, "{text}");
    }
}

#[test]
fn a_room_in_a_hall_has_four_digits() {
    let found = find(
        "Рандерсвей дев'яносто п'ять, кімната тридцять два нуль сім",
        Lang::Uk,
    );
    let door = found[0].value.door.clone().expect("a door");
    assert_eq!(door.value, Door::Number("3207".into()));
}

#[test]
fn names_of_streets_with_small_words_and_hyphens() {
    for (text, expected) in [
        (
            "Hold-an Vej 110, anden til venstre, 2750 Ballerup",
            "Hold-an Vej 110, 2. tv, 2750 Ballerup",
        ),
        (
            "Store Torvegade 77B, 3700 Rønne",
            "Store Torvegade 77B, 3700 Rønne",
        ),
    ] {
        assert_eq!(lines(text, Lang::Da), [expected], "{text}");
    }
}

#[test]
fn abbreviations_are_part_of_a_street_and_other_full_stops_are_not() {
    for (text, street) in [
        ("Du står på Sct. Mortensgade fyrre", "Sct. Mortensgade"),
        ("Du står på Skt. Pauls Gade fyrre", "Skt. Pauls Gade"),
        ("og han bor på hammel vej", "Hammelvej"),
    ] {
        let found = find(text, Lang::Da);
        let name = found[0].value.street.as_ref().map(|s| s.value.name.clone());
        assert_eq!(name.as_deref(), Some(street), "{text}");
    }
    let found = find("Грено. Сторегаде.", Lang::Uk);
    let streets: Vec<_> = found
        .iter()
        .filter_map(|f| f.value.street.as_ref())
        .collect();
    assert!(streets.iter().all(|s| s.value.name != "Grenåstoregade"));
}

#[test]
fn a_door_in_the_middle_as_it_is_heard() {
    assert_eq!(
        lines("Gudrunsvej otte, anden sal med for", Lang::Da),
        ["Gudrunsvej 8, 2. mf"]
    );
    assert_eq!(
        lines("Gudrunsvej otte, hvad med for eksempel", Lang::Da),
        ["Gudrunsvej 8"]
    );
}

#[test]
fn house_number_and_floor_in_one_breath() {
    assert_eq!(
        lines("гаммель вей двадцять перший сал посередині", Lang::Uk),
        lines("гаммель вей двадцять, перший сал посередині", Lang::Uk)
    );
    assert_eq!(
        lines("Рандерсвей п'ять, кімната три один сім.", Lang::Uk),
        ["Randersvej 5, 317"]
    );
}
