//! Every document that leaves the program, as veraPDF judges it: PDF/A and PDF/UA, all checks.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::python::python;
use common::{AT, confirmed, key, seal_of};
use serde_json::{Value, json};
use tolkebot_document::{
    AnsweredNotice, CaseRecord, DECLARATION_VERSION, EvidenceRow, Extras, FilledForm, FilledRow,
    FilledSection, Receipt, RecordNotice, RecordUtterance, RowStatus, SignatureMark, Vouched,
    digest, render, render_record, render_to_sign, render_with,
};
use tolkebot_protocol::{Ink, SigningMethod};

/// Asserts that every document passes every check of the profile.
fn passes(profile: &str, documents: &[(&str, Vec<u8>)]) {
    let dir = tempfile::tempdir().unwrap();
    let files = documents.iter().map(|(name, pdf)| {
        let file = dir.path().join(format!("{name}.pdf"));
        std::fs::write(&file, pdf).unwrap();
        file
    });
    let files: Vec<_> = files.collect();
    let Some(said) = python("verapdf.py", &[profile], &files) else {
        return;
    };
    let said: Vec<Value> = serde_json::from_slice(&said).unwrap();
    assert_eq!(said.len(), documents.len());
    for ((name, _), report) in documents.iter().zip(said) {
        assert_eq!(report["failed"], json!([]), "{name}, {profile}");
        // A validator that found nothing to check would pass everything.
        assert!(report["passed"].as_u64().unwrap() > 200, "{name}: {report}");
    }
}

/// A form of several pages: twenty people, values that take several lines, and one in each state.
fn long(draft: bool) -> FilledForm {
    let mut form = confirmed();
    let row = |n: usize| FilledRow {
        key: format!("household[{n}].given_names"),
        label_da: format!("Medflytter {}: fornavn(e)", n + 1),
        label_uk: "Член родини: ім’я".to_owned(),
        value: json!("Oleksandra-Yevheniia"),
        display_da: "Oleksandra-Yevheniia Åse Ærø ".repeat(1 + n % 7),
        display_uk: "Олександра-Євгенія ґ ї є".to_owned(),
        status: match n % 4 {
            _ if !draft => RowStatus::Confirmed,
            0 => RowStatus::Proposed,
            1 => RowStatus::Doubtful,
            2 => RowStatus::Missing,
            _ => RowStatus::Confirmed,
        },
    };
    form.sections.push(FilledSection {
        title_da: "Medflyttere".to_owned(),
        title_uk: "Хто переїжджає разом".to_owned(),
        rows: (0..20).map(row).collect(),
    });
    form
}

/// A signature by finger, of these values or of others.
fn signed(form: &FilledForm, digest: String) -> Extras {
    Extras {
        draft: false,
        cancelled: false,
        on_paper: false,
        confirmed_by: vec![Vouched {
            da: "borgeren efter oplæsning på ukrainsk".to_owned(),
            uk: "громадянин (громадянка) після зачитування українською".to_owned(),
        }],
        signature: Some(SignatureMark {
            method: SigningMethod::Tablet,
            signer: "Oksana Kovalenko".to_owned(),
            at: AT.to_owned(),
            digest,
            declaration: DECLARATION_VERSION,
            ink: Some(Ink {
                width: 1000,
                height: 300,
                strokes: vec![
                    (0..40)
                        .map(|n| [25 * n, 150 + (n % 7) * 20, n * 12])
                        .collect(),
                ],
            }),
            void: false,
        }),
        evidence: (0..form.sections.len() as u32 * 15).map(evidence).collect(),
    }
}

fn evidence(n: u32) -> EvidenceRow {
    EvidenceRow {
        label_da: format!("Medflytter {n}: fornavn(e)"),
        label_uk: "Член родини: ім’я".to_owned(),
        said_da: "Hun hedder Oleksandra, og hun flytter med. ".repeat(1 + n as usize % 4),
        said_uk: "Її звати Олександра, і вона переїжджає разом. ".repeat(1 + n as usize % 4),
        speaker: "medarbejder".to_owned(),
        decision: n.is_multiple_of(5),
    }
}

fn record(form: FilledForm) -> CaseRecord {
    let said = |n: u32| RecordUtterance {
        at: format!("24.11.2026 10:{n:02}"),
        citizen: n % 2 == 1,
        text: ("uk", format!("Речення номер {n} 漢")),
        translation: Some(("da", format!("Sætning nummer {n}"))),
    };
    CaseRecord {
        form,
        opened: "24.11.2026 10:00".into(),
        notices: vec![RecordNotice {
            at: "24.11.2026 10:01".into(),
            citizen: true,
            about: AnsweredNotice::Processing,
            accepted: false,
        }],
        sounds: 0,
        said: (0..50).map(said).collect(),
        events: 130,
        json: "{}".into(),
    }
}

/// What the program hands out, all but what goes to NemLog-in.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let (form, draft) = (long(false), long(true));
    let receipt = |protected| {
        let made = Receipt::of(&form, AT, protected).unwrap();
        made.pdf().unwrap()
    };
    let finger = signed(&form, digest(&form));
    let on_paper = Extras {
        signature: None,
        on_paper: true,
        ..finger.clone()
    };
    let sealed = Extras {
        evidence: Vec::new(),
        ..finger.clone()
    };
    let sealed = render_with(&form, &sealed).unwrap();
    vec![
        ("confirmed", render(&confirmed()).unwrap()),
        ("long", render(&form).unwrap()),
        ("draft", render(&draft).unwrap()),
        ("signed", render_with(&form, &finger).unwrap()),
        (
            "void",
            render_with(&form, &signed(&form, "0".repeat(64))).unwrap(),
        ),
        ("on-paper", render_with(&form, &on_paper).unwrap()),
        ("sealed", seal_of(&key())),
        (
            "signed-and-sealed",
            tolkebot_document::seal(&sealed, &key(), AT.parse().unwrap(), "Modtaget", None)
                .unwrap(),
        ),
        ("receipt", receipt(false)),
        ("protected-receipt", receipt(true)),
        ("record", render_record(&record(draft)).unwrap()),
    ]
}

#[test]
fn documents_are_pdf_a_3a() {
    passes("PDFA-3A", &documents());
}

#[test]
fn documents_are_pdf_ua_1() {
    let mut documents = documents();
    let to_sign = render_to_sign(&long(false), &Extras::default()).unwrap();
    documents.push(("to-sign", to_sign));
    passes("PDFUA-1", &documents);
}

#[test]
fn what_goes_to_be_signed_is_pdf_a_2a() {
    let to_sign = render_to_sign(&long(false), &Extras::default()).unwrap();
    passes("PDFA-2A", &[("to-sign", to_sign)]);
}

#[test]
fn a_document_that_is_not_tagged_is_told_apart() {
    let pdf = render(&confirmed()).unwrap();
    let at = pdf
        .windows(12)
        .position(|at| at == b"/Marked true")
        .unwrap();
    let mut other = pdf;
    other[at..at + 12].copy_from_slice(b"/Marked null");
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("d.pdf");
    std::fs::write(&file, other).unwrap();
    let Some(said) = python("verapdf.py", &["PDFUA-1"], &[file]) else {
        return;
    };
    let said: Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said[0]["failed"][0]["rule"], "6.2-1", "{said}");
}
