//! `tolkebot document`: from a file to a PDF, and what a PDF says of itself.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::Path;

use common::{root, tolkebot};
use serde_json::{Value, json};

fn document(args: &[&str]) -> common::Run {
    tolkebot(&[&["document"], args].concat(), b"")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What `verify --json` says.
fn look(pdf: &Path) -> Value {
    let run = document(&["verify", text(pdf), "--json"]).ok();
    serde_json::from_str(&run.out).unwrap()
}

/// An exported case with one confirmed value.
fn exported(dir: &Path) -> std::path::PathBuf {
    let event = |seq: u64, payload: Value| {
        let mut event = json!({
            "seq": seq, "at": "2026-12-01T10:00:00.000Z", "actor": "staff", "hash": "x",
        });
        event
            .as_object_mut()
            .unwrap()
            .extend(payload.as_object().unwrap().clone());
        event
    };
    let case = json!({
        "case": "FLY-2026-000123",
        "events": [
            event(1, json!({"kind": "case_opened", "form": "flytteanmeldelse", "today": "2026-12-01"})),
            event(2, json!({"kind": "slot_corrected", "key": "mover.surname", "value": "Kovalenko"})),
        ],
    });
    let path = dir.join("case.json");
    std::fs::write(&path, case.to_string()).unwrap();
    path
}

#[test]
fn a_forms_document_is_a_draft() {
    let dir = tempfile::tempdir().unwrap();
    let dialogue = root().join("fixtures/conversations/corrections-single/dialogue.json");
    let day = ["--today", "2026-12-01"];
    let form = tolkebot(
        &[&["form", "--dialogue", text(&dialogue)], &day[..]].concat(),
        b"",
    );
    let file = dir.path().join("form.json");
    std::fs::write(&file, form.ok().out).unwrap();
    let (a, b) = (dir.path().join("a.pdf"), dir.path().join("b.pdf"));
    for pdf in [&a, &b] {
        let args = ["--case", text(&file), "-o", text(pdf)];
        document(&[&args, &day[..]].concat()).ok();
    }
    assert_eq!(std::fs::read(&a).unwrap(), std::fs::read(&b).unwrap());
    let found = look(&a);
    assert_eq!(
        (&found["draft"], &found["intact"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(found["date"], "2026-12-01");
}

#[test]
fn a_case_is_sealed_and_a_change_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let (case, pdf) = (exported(dir.path()), dir.path().join("out.pdf"));
    let made = document(&["--case", text(&case), "-o", text(&pdf), "--seal"]).ok();
    assert!(made.err.contains("for trying out"), "{}", made.err);
    let said = document(&["verify", text(&pdf)]).ok().out;
    assert!(said.contains("case FLY-2026-000123"), "{said}");
    assert!(
        said.contains("for trying out only") && said.ends_with("intact\n"),
        "{said}"
    );
    assert_eq!(look(&pdf)["draft"], true, "values are missing");

    let mut bytes = std::fs::read(&pdf).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&pdf, bytes).unwrap();
    document(&["verify", text(&pdf)]).failed("out.pdf");
}

#[test]
fn a_municipalitys_own_key_seals_and_is_trusted_by_its_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let data = root().join("crates/document/tests/data");
    let certificate = data.join("rsa_certificate.pem");
    let settings = dir.path().join("t.toml");
    std::fs::write(
        &settings,
        format!(
            "authority = \"Testkommune\"\n[seal]\nkey_file = {:?}\ncertificate_file = {certificate:?}\n",
            data.join("rsa_key.pem")
        ),
    )
    .unwrap();
    let (case, pdf) = (exported(dir.path()), dir.path().join("out.pdf"));
    let args = ["--case", text(&case), "-o", text(&pdf), "--seal"];
    document(&[&args[..], &["--config", text(&settings)]].concat()).ok();
    let said = document(&["verify", text(&pdf), "--trust", text(&certificate)]);
    assert!(said.ok().out.contains("Testkommunens segl (trusted)"));
    let said = document(&["verify", text(&pdf)]).ok();
    assert!(said.out.contains("not checked"), "{}", said.out);
}

#[test]
fn mistakes_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let (file, pdf) = (dir.path().join("x.json"), dir.path().join("x.pdf"));
    let try_with = |content: &str| {
        std::fs::write(&file, content).unwrap();
        document(&["--case", text(&file), "-o", text(&pdf)])
    };
    try_with("{\"slots\"").failed("no JSON at line 1");
    try_with("[]").failed("neither an exported case");
    try_with("{\"slots\":{\"no.such\":{\"value\":1}}}").failed("no field `no.such`");
    try_with("{\"case\":\"a\",\"events\":[{\"kind\":\"nonsense\"}]}").failed("event 1");
    try_with("{\"case\":\"a\",\"events\":[]}").failed("no case");
    // Never clipped: refused with the field's name.
    for (value, why) in [
        ("漢字".to_owned(), "U+6F22"),
        ("x".repeat(2_001), "2001 characters"),
        ("a\u{202E}b".to_owned(), "U+202E"),
    ] {
        let form = json!({"slots": {"mover.surname": {"value": value, "status": "proposed"}}});
        let run = try_with(&form.to_string()).failed("Efternavn");
        assert!(run.err.contains(why), "{}", run.err);
    }
    assert!(!pdf.exists());
    document(&["verify", text(&file)]).failed("no PDF");
    document(&["verify", "/nonexistent.pdf"]).failed("/nonexistent.pdf");
    document(&[]).failed("--case FILE.json -o OUT.pdf");
    let case = exported(dir.path());
    let both = [
        "--case",
        text(&case),
        "-o",
        text(&pdf),
        "--seal",
        "--evidence",
    ];
    document(&both).failed("never sealed");
    // No receipt of what nobody signed.
    let xml = dir.path().join("receipt.xml");
    let memo = ["memo", "--case", text(&case), "-o", text(&xml)];
    document(&memo).failed("no signature of the case holds");
    assert!(!xml.exists());
}
