//! The document: the same every time, whole, or refused with the field's name.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use serde_json::{Value, json};
use tolkebot_document::{
    DocumentError, FilledForm, FilledRow, FilledSection, RowStatus, canonical_json, render,
    sha256_hex,
};

fn row(key: &str, label: &str, value: Value, shown: &str, status: RowStatus) -> FilledRow {
    FilledRow {
        key: key.to_owned(),
        label_da: label.to_owned(),
        label_uk: "Поле".to_owned(),
        value,
        display_da: shown.to_owned(),
        display_uk: shown.to_owned(),
        status,
    }
}

fn form(rows: Vec<FilledRow>) -> FilledForm {
    FilledForm {
        case: "FLY-2026-000123".to_owned(),
        form: "flytteanmeldelse".to_owned(),
        authority: "Aarhus Kommune".to_owned(),
        date: "2026-12-01".to_owned(),
        sections: vec![FilledSection {
            title_da: "Tilflytning".to_owned(),
            title_uk: "Нова адреса".to_owned(),
            rows,
        }],
    }
}

fn street(shown: &str, status: RowStatus) -> FilledRow {
    row("to.street_name", "Vejnavn", json!(shown), shown, status)
}

/// Pages, counted by the page objects of the file.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type/Page")
        .filter(|(at, _)| !text[at + 10..].starts_with('s'))
        .count()
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let form = form(vec![street("Søndre Ringgade", RowStatus::Confirmed)]);
    let pdf = render(&form).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(pdf, render(&form).unwrap());
    let text = String::from_utf8_lossy(&pdf);
    assert!(
        text.contains("pdfuaid:part") && text.contains("pdfaid:part"),
        "no PDF/A or PDF/UA mark"
    );
    let mut other = form.clone();
    other.sections[0].rows[0].value = json!("Nordre Ringgade");
    assert_ne!(
        pdf,
        render(&other).unwrap(),
        "the embedded JSON must follow the values"
    );
}

#[test]
fn canonical_json_does_not_depend_on_order() {
    let a = street("Vestergade", RowStatus::Confirmed);
    let b = row("to.floor", "Etage", json!("2"), "2.", RowStatus::Doubtful);
    let one = canonical_json(&form(vec![a.clone(), b.clone()]));
    assert_eq!(one, canonical_json(&form(vec![b, a])));
    assert_eq!(
        one,
        r#"{"case":"FLY-2026-000123","date":"2026-12-01","form":"flytteanmeldelse","values":{"to.floor":{"status":"doubtful","value":"2"},"to.street_name":{"status":"confirmed","value":"Vestergade"}}}"#
    );
    // FIPS 180-4's example.
    assert_eq!(
        sha256_hex(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn only_a_form_that_people_confirmed_is_no_draft() {
    let confirmed = street("Vestergade", RowStatus::Confirmed);
    assert!(!form(vec![confirmed.clone()]).is_draft());
    for status in [RowStatus::Proposed, RowStatus::Doubtful, RowStatus::Missing] {
        assert!(
            form(vec![confirmed.clone(), street("x", status)]).is_draft(),
            "{status:?}"
        );
    }
    assert!(form(vec![]).is_draft());
    let mut empty = form(vec![]);
    empty.sections.clear();
    assert!(empty.is_draft());
    render(&empty).unwrap();
}

#[test]
fn long_values_and_many_people_go_on_on_the_next_page() {
    let long = "Lange".repeat(40);
    let mut rows = vec![street(&long, RowStatus::Proposed)];
    for n in 0..20 {
        let (key, name) = (
            format!("household[{n}].given_names"),
            "Oleksandra-Yevheniia",
        );
        rows.push(row(
            &key,
            "Medflytter: fornavn(e)",
            json!(name),
            name,
            RowStatus::Proposed,
        ));
    }
    rows.push(street(
        &"Et meget langt svar. ".repeat(90),
        RowStatus::Proposed,
    ));
    let pdf = render(&form(rows)).unwrap();
    assert!(pages(&pdf) >= 2, "{} pages", pages(&pdf));
}

#[test]
fn what_cannot_be_shown_is_refused_with_the_fields_name() {
    let refused =
        |shown: &str| render(&form(vec![street(shown, RowStatus::Proposed)])).unwrap_err();
    let error = refused("Vestergade 😀漢").to_string();
    assert!(
        error.contains("Vejnavn") && error.contains("U+6F22"),
        "{error}"
    );
    assert!(matches!(
        refused(&"x".repeat(2_001)),
        DocumentError::TooLong { length: 2_001, .. }
    ));
    let mut wrong = form(vec![]);
    wrong.date = "1. december".to_owned();
    assert!(matches!(render(&wrong), Err(DocumentError::Date(date)) if date == "1. december"));
}

#[test]
fn names_of_other_scripts_that_the_font_has_are_shown() {
    for name in [
        "Нечипоренко-Їжакевич Ґалаґан",
        "אברהם",
        "محمد",
        "Łukasz Žižka Åse Ærø Øst",
    ] {
        render(&form(vec![street(name, RowStatus::Proposed)])).unwrap();
    }
}
