//! Days that are counted or numbered, and counts that only look like days.

use super::*;

fn read(text: &str, lang: Lang) -> Vec<Option<String>> {
    let ctx = DateContext::new(Date::constant(2026, 12, 1), Purpose::Move);
    find(text, lang, &ctx)
        .into_iter()
        .map(|f| f.value.date.map(|d| d.to_string()))
        .collect()
}

#[test]
fn a_day_of_a_numbered_week() {
    for (text, expected) in [
        ("Jeg flytter mandag i uge 51", "2026-12-14"),
        ("på mandag i uge enoghalvtreds", "2026-12-14"),
        ("i uge 51 på mandag", "2026-12-14"),
        ("vi flytter fredag i uge 2", "2027-01-15"),
        ("vi flyttede fredag i uge 2", "2026-01-09"),
        ("onsdag uge 47", "2026-11-18"),
    ] {
        assert_eq!(read(text, Lang::Da), [Some(expected.to_owned())], "{text}");
    }
    let ctx = DateContext::new(Date::constant(2026, 12, 1), Purpose::Move);
    let found = find("mandag i uge 51", Lang::Da, &ctx);
    assert_eq!(found[0].value.kind, DateKind::YearInferred);
    // No year has that week.
    assert_eq!(read("onsdag i uge 54", Lang::Da).len(), 1);
}

#[test]
fn the_last_part_of_a_stretch_is_not_the_whole() {
    for (text, lang) in [
        ("for to-tre uger siden", Lang::Da),
        ("for 2-3 uger siden", Lang::Da),
        ("for to eller tre uger siden", Lang::Da),
        ("for et år og to måneder siden", Lang::Da),
        ("два-три тижні тому", Lang::Uk),
        ("два три тижні тому", Lang::Uk),
        ("2-3 тижні тому", Lang::Uk),
        ("Я приїхала рік і два місяці тому", Lang::Uk),
        ("місяць і тиждень тому", Lang::Uk),
    ] {
        assert_eq!(read(text, lang), [None], "{text}");
    }
    for (text, lang) in [
        ("for to uger siden", Lang::Da),
        ("Vi er tre, og for to uger siden kom vi", Lang::Da),
        ("два тижні тому", Lang::Uk),
        ("Вестергаде 12 два тижні тому", Lang::Uk),
    ] {
        assert_eq!(read(text, lang), [Some("2026-11-17".to_owned())], "{text}");
    }
}

#[test]
fn an_age_and_a_count_before_a_month_are_no_days() {
    for text in [
        "Hun fylder fem i maj",
        "vi bliver fire i december",
        "han bliver 18 i januar",
        "hun fylder 15 i januar",
        "vi er 4 i december",
    ] {
        assert_eq!(read(text, Lang::Da), [None], "{text}");
    }
    for text in [
        "den 15 i december",
        "15. i december",
        "15 december",
        "Så flytter du ind 15 i december",
    ] {
        let expected = Some("2026-12-15".to_owned());
        assert_eq!(read(text, Lang::Da), [expected], "{text}");
    }
}
