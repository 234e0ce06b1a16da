//! What a document says of itself that is no document to rely on: a void signature, a case given up.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::{AT, confirmed};
use serde_json::json;
use tolkebot_document::{
    DECLARATION_VERSION, Extras, FilledRow, FilledSection, Receipt, RowStatus, SignatureMark,
    digest, render_with, verify,
};
use tolkebot_protocol::{Ink, SigningMethod};

/// The form, signed with these values, by a signature that holds or does not.
fn signed(void: bool) -> Extras {
    Extras {
        signature: Some(SignatureMark {
            method: SigningMethod::Tablet,
            signer: "Oksana Kovalenko".to_owned(),
            at: AT.to_owned(),
            digest: digest(&confirmed()),
            declaration: DECLARATION_VERSION,
            ink: Some(Ink {
                width: 1000,
                height: 300,
                strokes: vec![vec![[0, 0, 0], [900, 200, 90]]],
            }),
            void,
        }),
        ..Extras::default()
    }
}

#[test]
fn a_void_signature_stays_void_when_the_values_are_the_same_again() {
    let made = |void| render_with(&confirmed(), &signed(void)).unwrap();
    let holds = verify(&made(false), &[]).unwrap();
    assert_eq!(holds.signature, Some(true));
    assert!(
        holds.findings.is_empty() && !holds.draft,
        "{:?}",
        holds.findings
    );
    let void = verify(&made(true), &[]).unwrap();
    assert_eq!(void.signature, Some(false));
    assert!(
        void.findings.iter().any(|finding| finding.contains("void")),
        "{:?}",
        void.findings
    );
    // It is no document that people have vouched for, and its description says why.
    assert!(void.draft);
}

#[test]
fn a_case_that_was_given_up_is_none_to_rely_on() {
    let extras = Extras {
        cancelled: true,
        ..signed(false)
    };
    let found = verify(&render_with(&confirmed(), &extras).unwrap(), &[]).unwrap();
    assert!(found.draft);
}

#[test]
fn a_receipt_names_who_moves_along_unless_somebody_is_protected() {
    let mut form = confirmed();
    let row = |key: &str, label: &str, value: serde_json::Value| FilledRow {
        key: key.to_owned(),
        label_da: label.to_owned(),
        label_uk: "Поле".to_owned(),
        display_da: value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
        display_uk: String::new(),
        value,
        status: RowStatus::Confirmed,
    };
    form.sections.push(FilledSection {
        title_da: "Medflyttere".to_owned(),
        title_uk: "Хто переїжджає разом".to_owned(),
        rows: vec![
            row("household.count", "Antal personer", json!(2)),
            row(
                "household[0].given_names",
                "Medflytter: fornavn(e)",
                json!("Maksym"),
            ),
            row(
                "household[0].cpr_number",
                "Medflytter: CPR-nummer",
                json!("010315-5021"),
            ),
        ],
    });
    let page = |protected| Receipt::of(&form, AT, protected).unwrap().html();
    let open = page(false);
    for text in ["Maksym", "Aarhus Kommune", "1. december 2026"] {
        assert!(open.contains(text), "{text}: {open}");
    }
    assert!(!open.contains("010315"), "{open}");
    assert!(!page(true).contains("Maksym"));
}
