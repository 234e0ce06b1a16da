use super::*;

fn one(text: &str, lang: Lang) -> String {
    let found = find(text, lang);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0].value.as_str().to_string()
}

#[test]
fn without_a_dot_is_no_part_of_the_address() {
    for said in [
        "інгрід фріс разом без крапки собака екзампл крапка ком",
        "інгрід фріс без пробілів собака екзампл крапка ком",
    ] {
        let found = one(said, Lang::Uk);
        assert!(found.starts_with("inhridfris@"), "{said}: {found}");
    }
}

#[test]
fn typed_addresses() {
    assert_eq!(
        one("Skriv til Oksana.K-90@example.org.", Lang::Da),
        "oksana.k-90@example.org"
    );
    assert_eq!(
        one("пошта ivan_b@mail.example.com, дякую", Lang::Uk),
        "ivan_b@mail.example.com"
    );
}

#[test]
fn pauses_and_remarks() {
    assert_eq!(
        one(
            "antonina крапка z, вісімдесят шість, равлик, ukr крапка net",
            Lang::Uk
        ),
        "antonina.z86@ukr.net"
    );
    assert_eq!(
        one(
            "Danylokravets i ét ord, snabel-a, example punktum com.",
            Lang::Da
        ),
        "danylokravets@example.com"
    );
    for cut in [
        "потім прізвище, як диктувала, і відразу сім, два, равлик, example крапка org",
        "усе, як пишеться в паспорті, равлик, example крапка org",
    ] {
        assert_eq!(find(cut, Lang::Uk), Vec::new(), "{cut}");
    }
}

#[test]
fn small_numbers_beside_others_are_digits() {
    for (said, email) in [
        (
            "vasia to nul en snabel-a example punktum dk",
            "vasia201@example.dk",
        ),
        (
            "iryna punktum bondar to og halvfems snabel a gmail punktum com",
            "iryna.bondar92@gmail.com",
        ),
    ] {
        assert_eq!(one(said, Lang::Da), email, "{said}");
    }
}

#[test]
fn said_in_danish() {
    for text in [
        "min mail er oksana punktum kovalenko snabel-a example punktum org",
        "oksana prik kovalenko snabela example prik org",
        "oksana punktum kovalenko at example dot org",
    ] {
        assert_eq!(
            one(text, Lang::Da),
            "oksana.kovalenko@example.org",
            "{text}"
        );
    }
    assert_eq!(
        one("ole underscore to snabel a example punktum dk", Lang::Da),
        "ole_to@example.dk"
    );
    assert_eq!(
        one(
            "per bindestreg halvfems snabel a example punktum dk",
            Lang::Da
        ),
        "per-90@example.dk"
    );
}

#[test]
fn said_in_ukrainian() {
    for (text, expected) in [
        (
            "Дарина крапка лисенко, як у паспорті, собачка екземпл крапка орг",
            None,
        ),
        (
            "дарина крапка лисенко собачка екземпл крапка орг",
            Some("daryna.lysenko@example.org"),
        ),
        (
            "пошта окс ткаченко все разом собака укр крапка нет",
            Some("okstkachenko@ukr.net"),
        ),
        (
            "іванна крапка к риска 90 равлик аутлук крапка ком",
            Some("ivanna.k-90@outlook.com"),
        ),
        (
            "olena нижнє підкреслення два нулі собака example крапка dk",
            None,
        ),
    ] {
        if let Some(expected) = expected {
            assert_eq!(one(text, Lang::Uk), expected, "{text}");
        }
    }
    let found = find("дарина крапка лисенко собачка екземпл крапка орг", Lang::Uk);
    assert_eq!(
        found[0].note.as_ref().map(|n| n.reason),
        Some(Reason::HeardName)
    );
}

#[test]
fn shapes_that_are_no_addresses() {
    for text in [
        "@example.org",
        "a@b",
        "a@@b.dk",
        "to @ tre",
        "собака гавкає",
        "vi ses at",
    ] {
        assert!(
            find(text, Lang::Da).is_empty() && find(text, Lang::Uk).is_empty(),
            "{text}"
        );
    }
    assert!(Email::parse("олена@example.org").is_none());
    assert!(Email::parse("a..b@example.org").is_none());
}

#[test]
fn a_remark_between_pauses_and_a_sentence_before_are_no_part() {
    for said in [
        "Пошта dmytro91, без крапок, собачка example.org.",
        "Пошта dmytro91, все разом, собачка example.org.",
        "Пошта dmytro91 без пробілів, равлик example крапка org",
    ] {
        assert_eq!(one(said, Lang::Uk), "dmytro91@example.org", "{said}");
    }
    for said in [
        "Ikke nødvendigt. Dmytro enoghalvfems snabel-a example punktum org.",
        "Tak. Dmytro enoghalvfems snabel-a example punktum org",
    ] {
        assert_eq!(one(said, Lang::Da), "dmytro91@example.org", "{said}");
    }
    let dotted = "Anna punktum holm. Tak, altså anna punktum holm snabel-a example punktum dk";
    assert_eq!(one(dotted, Lang::Da), "anna.holm@example.dk");
}

#[test]
fn a_word_that_may_belong_to_the_address_is_asked_about() {
    for (said, lang) in [
        (
            "min mail er anna kovalenko snabel-a gmail punktum com",
            Lang::Da,
        ),
        (
            "min mail er anna maria kovalenko snabel-a gmail punktum com",
            Lang::Da,
        ),
        ("mail er petersen to snabel-a gmail punktum com", Lang::Da),
        ("пошта anna kovalenko собака gmail крапка com", Lang::Uk),
    ] {
        let found = find(said, lang);
        assert_eq!(
            found[0].note.as_ref().map(|n| n.reason),
            Some(Reason::HeardName),
            "{said}"
        );
        assert!(found[0].confidence <= 0.5, "{said}");
    }
    for (said, lang) in [
        ("min mail er kovalenko snabel-a gmail punktum com", Lang::Da),
        (
            "min mail er jo bare kovalenko snabel-a gmail punktum com",
            Lang::Da,
        ),
        ("пошта в мене kovalenko собака gmail крапка com", Lang::Uk),
    ] {
        assert_eq!(find(said, lang)[0].note, None, "{said}");
    }
}
