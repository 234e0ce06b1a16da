//! The document: the same every time, whole, or refused with the field's name.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use serde_json::{Value, json};
use tolkebot_document::{
    DocumentError, EvidenceRow, Extras, FilledForm, FilledRow, FilledSection, Receipt, RowStatus,
    SignatureMark, Vouched, canonical_json, canonical_xml, digest, render, render_with, sha256_hex,
    verify,
};
use tolkebot_protocol::{Ink, SigningMethod};

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
fn what_belongs_to_one_co_mover_stands_together_and_is_numbered() {
    let value = |key: &str, label: &str| row(key, label, json!("x"), "x", RowStatus::Confirmed);
    let mut form = form(vec![
        value("household.count", "Antal"),
        value("household[0].given_names", "Medflytter: fornavn(e)"),
        value("household[1].given_names", "Medflytter: fornavn(e)"),
        value("household[0].surname", "Medflytter: efternavn"),
        value("household[1].surname", "Medflytter: efternavn"),
        value("household.keys", "Nøgler"),
    ]);
    let before = digest(&form);
    form.number_lists();
    let labels = |form: &FilledForm| {
        let rows = form.sections[0].rows.iter();
        rows.map(|row| row.label_da.clone()).collect::<Vec<_>>()
    };
    let expected = [
        "Antal",
        "Medflytter 1: fornavn(e)",
        "Medflytter 1: efternavn",
        "Medflytter 2: fornavn(e)",
        "Medflytter 2: efternavn",
        "Nøgler",
    ];
    assert_eq!(labels(&form), expected);
    assert_eq!(form.sections[0].rows[1].label_uk, "Поле (1)");
    assert_eq!(digest(&form), before, "an order is no value");
    form.number_lists();
    assert_eq!(labels(&form), expected);
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

#[test]
fn what_would_be_shown_wrongly_is_refused() {
    let refused = |shown: &str| {
        let error = render(&form(vec![street(shown, RowStatus::Proposed)])).unwrap_err();
        assert!(error.to_string().contains("Vejnavn"), "{error}");
        error
    };
    assert!(matches!(
        refused("Vestergade\u{0}"),
        DocumentError::Control { code: 0, .. }
    ));
    // Turns the rest of the line around on the screen.
    assert!(matches!(
        refused("Vest\u{202E}edag"),
        DocumentError::Control { code: 0x202E, .. }
    ));
    assert!(matches!(
        refused("אברהם Vestergade 2"),
        DocumentError::Direction { .. }
    ));
}

fn ink() -> Ink {
    Ink {
        width: 1000,
        height: 300,
        strokes: vec![
            (0..40)
                .map(|n| [20 * n, 150 + (n % 7) * 10, n * 12])
                .collect(),
            vec![[900, 40, 700]],
        ],
    }
}

fn signed(digest: String) -> Extras {
    Extras {
        confirmed_by: vec![Vouched {
            da: "borgeren".to_owned(),
            uk: "громадянин (громадянка)".to_owned(),
        }],
        signature: Some(SignatureMark {
            method: SigningMethod::Tablet,
            signer: "Oksana Kovalenko".to_owned(),
            at: "2026-12-01T10:15:00.000Z".to_owned(),
            digest,
            declaration: tolkebot_document::DECLARATION_VERSION,
            ink: Some(ink()),
            void: false,
        }),
        ..Extras::default()
    }
}

#[test]
fn a_document_says_what_it_holds() {
    let confirmed = form(vec![street("Søndre Ringgade", RowStatus::Confirmed)]);
    let pdf = render_with(&confirmed, &signed(digest(&confirmed))).unwrap();
    let found = verify(&pdf, &[]).unwrap();
    assert!(found.is_intact(), "{:?}", found.findings);
    assert_eq!(
        (found.case.as_str(), found.date.as_str()),
        ("FLY-2026-000123", "2026-12-01")
    );
    assert_eq!(found.digest, digest(&confirmed));
    assert_eq!((found.signature, found.draft), (Some(true), false));
    assert!(found.seals.is_empty());

    let draft = render(&form(vec![street("Søndre Ringgade", RowStatus::Proposed)])).unwrap();
    let found = verify(&draft, &[]).unwrap();
    assert_eq!((found.signature, found.draft), (None, true));
    // A machine alone confirms nothing, whatever it says.
    let forced = Extras {
        draft: true,
        cancelled: false,
        ..Extras::default()
    };
    let forced = render_with(&confirmed, &forced).unwrap();
    assert!(verify(&forced, &[]).unwrap().draft);
    assert!(verify(b"%PDF-1.7 nonsense", &[]).is_err());
}

#[test]
fn a_change_after_signing_voids_the_signature() {
    let before = form(vec![street("Søndre Ringgade", RowStatus::Confirmed)]);
    let after = form(vec![street("Nordre Ringgade", RowStatus::Confirmed)]);
    let mark = signed(digest(&before));
    let void = render_with(&after, &mark).unwrap();
    let found = verify(&void, &[]).unwrap();
    assert_eq!(found.signature, Some(false));
    assert!(found.findings[0].contains("void"), "{:?}", found.findings);
    // A layout, a page or an appendix more is no change of the values.
    let mut appendix = mark.clone();
    appendix.evidence = vec![EvidenceRow {
        label_da: "Vejnavn".to_owned(),
        label_uk: "Назва вулиці".to_owned(),
        said_da: "Jeg flytter til Søndre Ringgade.".to_owned(),
        said_uk: "Я переїжджаю на Søndre Ringgade.".to_owned(),
        speaker: "borger".to_owned(),
        decision: false,
    }];
    let pdf = render_with(&before, &appendix).unwrap();
    assert_eq!(verify(&pdf, &[]).unwrap().signature, Some(true));
    assert!(pages(&pdf) > pages(&render_with(&before, &mark).unwrap()));
}

/// What people said cannot be changed afterwards: the document shows what it cannot show otherwise by its code.
#[test]
fn evidence_is_shown_whatever_somebody_said() {
    let form = form(vec![street("Søndre Ringgade", RowStatus::Confirmed)]);
    let mut extras = signed(digest(&form));
    extras.evidence = vec![EvidenceRow {
        label_da: "Vejnavn".to_owned(),
        label_uk: "Назва вулиці".to_owned(),
        said_da: "Jeg bor på Søndre Ringgade \u{1f44d}\u{200e}. ".repeat(60),
        said_uk: "Я живу на Søndre Ringgade \u{1f44d}. Мене звати سعيد\u{0}.".to_owned(),
        speaker: "borger".to_owned(),
        decision: false,
    }];
    let pdf = render_with(&form, &extras).unwrap();
    assert!(pages(&pdf) > pages(&render_with(&form, &signed(digest(&form))).unwrap()));
}

#[test]
fn the_xml_says_what_the_json_says() {
    let rows = vec![
        row(
            "household.count",
            "Antal",
            json!(4),
            "4",
            RowStatus::Derived,
        ),
        row(
            "documents.missing",
            "Mangler",
            json!(["lease", "a<b & c"]),
            "x",
            RowStatus::Confirmed,
        ),
    ];
    let json = canonical_json(&form(rows));
    let xml = canonical_xml(&json).unwrap();
    assert_eq!(
        xml,
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<anmeldelse xmlns="urn:tolkebot:flytteanmeldelse:1" form="flytteanmeldelse" case="FLY-2026-000123" date="2026-12-01" sha256="{}">
 <field key="documents.missing" status="confirmed" type="list">
  <item type="string">lease</item>
  <item type="string">a&lt;b &amp; c</item>
 </field>
 <field key="household.count" status="derived" type="number">4</field>
</anmeldelse>
"#,
            sha256_hex(json.as_bytes())
        )
    );
}

#[test]
fn the_receipt_leaves_out_what_is_protected() {
    let rows = vec![
        row(
            "to.address_line",
            "Tilflytningsadresse",
            json!("Vestergade 1, 8000 Aarhus C"),
            "Vestergade 1, 8000 Aarhus C",
            RowStatus::Confirmed,
        ),
        row(
            "from.address_line",
            "Fraflytningsadresse",
            json!("Borgergade 44, 8900 Randers C"),
            "Borgergade 44, 8900 Randers C",
            RowStatus::Confirmed,
        ),
        row(
            "mover.cpr_number",
            "CPR-nummer",
            json!("070584-1234"),
            "070584-1234",
            RowStatus::Confirmed,
        ),
    ];
    let form = form(rows);
    // Half past midnight in Denmark.
    let signed_at = "2026-12-02T23:30:00Z";
    let open = Receipt::of(&form, signed_at, false).unwrap();
    let html = open.html();
    assert!(html.contains("Borgergade 44"), "{html}");
    assert!(html.contains("Vestergade 1") && html.contains("отримано 3 грудня 2026 року"));
    assert!(html.contains("modtaget den 3. december 2026"), "{html}");
    assert!(!html.contains("070584"), "{html}");
    assert_eq!(open.pdf().unwrap(), open.pdf().unwrap());
    let protected = Receipt::of(&form, signed_at, true).unwrap();
    assert!(!protected.html().contains("Vestergade"));
    // Where somebody lives until then, who was protected before.
    assert!(!protected.html().contains("Borgergade"));
    assert!(protected.html().contains("захищено"));
    protected.pdf().unwrap();
}

#[test]
fn a_receipt_says_what_comes_of_this_kind_of_move() {
    let receipt = |kind: &str, protected: bool| {
        let value =
            |key: &str, value: &str| row(key, key, json!(value), value, RowStatus::Confirmed);
        let rows = vec![
            value("case.move_type", kind),
            value("departure.date", "2027-01-10"),
            value("departure.country", "Polen"),
        ];
        let made = Receipt::of(&form(rows), "2026-12-02T10:00:00Z", protected).unwrap();
        made.pdf().unwrap();
        made.html()
    };
    let away = receipt("to_abroad", false);
    assert!(
        away.contains("2027-01-10") && away.contains("Polen"),
        "{away}"
    );
    assert!(!receipt("to_abroad", true).contains("Polen"));
    for (kind, new_home) in [
        ("to_abroad", false),
        ("no_fixed_address", false),
        ("from_abroad", true),
    ] {
        let page = receipt(kind, false);
        for text in ["sundhedskort", "postkassen", "медичну картку", "скриньці"]
        {
            assert_eq!(page.contains(text), new_home, "{kind}: {text}");
        }
        assert!(page.contains("er ikke registreret endnu"), "{kind}");
    }
}

#[test]
fn what_is_signed_on_the_tablet_is_what_the_document_says() {
    for (lang, text) in ["da", "uk"].iter().zip(tolkebot_document::DECLARATION) {
        let file = format!(
            "{}/../../web-client/src/messages/{lang}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let messages: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        assert_eq!(messages["sign.declaration"], text, "{lang}");
    }
    // Some values are shown and not read, and whoever leaves the country reports it before.
    let [da, uk] = tolkebot_document::DECLARATION;
    for (text, said) in [
        (
            da,
            ["læst op eller vist", "til udlandet skal meldes, inden"],
        ),
        (uk, ["прочитали або показали", "за кордон – до виїзду"]),
    ] {
        for words in said {
            assert!(text.contains(words), "{words}");
        }
    }
}
