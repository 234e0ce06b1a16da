//! How long the document of a filled form takes: made, sealed, looked at.

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use std::hint::black_box;
use tolkebot_document::{
    FileKey, FilledForm, FilledRow, FilledSection, RowStatus, SealKey, TestSeal, render, seal,
    verify,
};

/// As many values as a family of four has: four sections with ten rows.
fn form() -> FilledForm {
    let row = |section: usize, n: usize| FilledRow {
        key: format!("section{section}.field{n}"),
        label_da: format!("Oplysning nummer {n}"),
        label_uk: format!("Відомість номер {n}"),
        value: json!("Søndre Ringgade 12, 2. sal, 8000 Aarhus C"),
        display_da: "Søndre Ringgade 12, 2. sal, 8000 Aarhus C".to_owned(),
        display_uk: "Søndre Ringgade 12, третій поверх, 8000 Aarhus C".to_owned(),
        status: RowStatus::Confirmed,
    };
    FilledForm {
        case: "FLY-2026-000123".to_owned(),
        form: "flytteanmeldelse".to_owned(),
        authority: "Aarhus Kommune".to_owned(),
        date: "2026-12-01".to_owned(),
        sections: (0..4)
            .map(|section| FilledSection {
                title_da: format!("Afsnit {section}"),
                title_uk: format!("Розділ {section}"),
                rows: (0..10).map(|n| row(section, n)).collect(),
            })
            .collect(),
    }
}

#[allow(clippy::unwrap_used, reason = "a measurement that cannot run may stop")]
fn document(c: &mut Criterion) {
    let form = form();
    let at = "2026-12-01T10:20:30Z".parse().unwrap();
    let made = TestSeal::make(&[7; 32], at).unwrap();
    let key = FileKey::from_pem(&made.key, &made.certificate).unwrap();
    let pdf = render(&form).unwrap();
    let sealed = seal(&pdf, &key, at, "Anmeldelse", None).unwrap();
    c.bench_function("document: made, 40 values", |b| {
        b.iter(|| render(black_box(&form)));
    });
    c.bench_function("document: sealed, P-256", |b| {
        b.iter(|| seal(black_box(&pdf), &key, at, "Anmeldelse", None));
    });
    c.bench_function("document: made and sealed", |b| {
        b.iter(|| {
            let pdf = render(black_box(&form)).unwrap();
            seal(&pdf, &key, at, "Anmeldelse", None)
        });
    });
    c.bench_function("document: looked at", |b| {
        b.iter(|| verify(black_box(&sealed), key.certificates()));
    });
}

criterion_group!(benches, document);
criterion_main!(benches);
