//! `tolkebot document`: from a file to a PDF, and what a PDF says of itself.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::{Path, PathBuf};

use common::{root, tolkebot};
use serde_json::{Value, json};
use tolkebot_casework::{FORM, MasterKey, NewEvent, SqliteStore, Store};
use tolkebot_protocol::{CaseId, EventPayload, Role};

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

/// A server's data folder with a case in which staff wrote these values, and what `tolkebot export`
/// says of it.
fn case_of(dir: &Path, values: &[(&str, Value)]) -> Value {
    let data = dir.join("data");
    let key = MasterKey::read_or_make(&data.join("master.key"));
    let key = key.or_else(|_| {
        std::fs::create_dir(&data).unwrap();
        MasterKey::read_or_make(&data.join("master.key"))
    });
    let store = SqliteStore::open_with(data.join("cases.sqlite"), Some(key.unwrap())).unwrap();
    let event = |payload| NewEvent {
        at: "2026-12-01T10:00:00Z".parse().unwrap(),
        actor: Role::Staff,
        payload,
    };
    let mut events = vec![event(EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-12-01".into(),
    })];
    for (key, value) in values {
        events.push(event(EventPayload::SlotCorrected {
            key: (*key).to_owned(),
            value: value.clone(),
            by: None,
        }));
    }
    store.append(&CaseId(CASE.into()), 0, &events).unwrap();
    drop(store);
    let run = tolkebot(&["export", "--case", CASE, "--data", text(&data)], b"").ok();
    serde_json::from_str(&run.out).unwrap()
}

const CASE: &str = "FLY-2026-000123";

/// An exported case with one confirmed value.
fn exported(dir: &Path) -> PathBuf {
    let case = case_of(dir, &[("mover.surname", "Kovalenko".into())]);
    write(dir, &case)
}

fn write(dir: &Path, case: &Value) -> PathBuf {
    let path = dir.join("case.json");
    std::fs::write(&path, case.to_string()).unwrap();
    path
}

/// An export as older programs wrote it, without a chain of hashes.
fn without_chain(mut case: Value) -> Value {
    case.as_object_mut().unwrap().remove("chain");
    for event in case["events"].as_array_mut().unwrap() {
        event.as_object_mut().unwrap().remove("chain");
    }
    case
}

/// The values in a document, by key.
fn values_in(pdf: &Path) -> Value {
    let document = lopdf::Document::load(pdf).unwrap();
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    let mut texts = streams.filter_map(|s| s.decompressed_content().ok());
    let json = texts.find(|text| text.starts_with(b"{\"case\":")).unwrap();
    serde_json::from_slice::<Value>(&json).unwrap()["values"].clone()
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
    // Anybody can paint over the pages of a file without a seal.
    assert_eq!(found["pages_checked"], false);
    let said = document(&["verify", text(&a)]).ok().out;
    assert!(
        said.ends_with("pages not checked: not sealed\nvalues intact\n"),
        "{said}"
    );
    let run = document(&["verify", text(&a), "--sealed"]);
    run.failed("it has no seal that holds");
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
        said.contains("for trying out only") && said.ends_with("\nintact\n"),
        "{said}"
    );
    document(&["verify", text(&pdf), "--sealed"]).ok();
    let found = look(&pdf);
    assert_eq!(found["draft"], true, "values are missing");
    assert_eq!(found["pages_checked"], true);

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
            "authority = \"Testkommune\"\ndata_dir = {:?}\n[seal]\nkey_file = {:?}\ncertificate_file = {certificate:?}\n",
            dir.path().join("data"),
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

    // Where the master key is, what is sealed must be signed with it.
    let whole: Value = serde_json::from_slice(&std::fs::read(&case).unwrap()).unwrap();
    let seal = |case: &Value| {
        let file = write(dir.path(), case);
        let args = ["--case", text(&file), "-o", text(&pdf), "--seal"];
        document(&[&args[..], &["--config", text(&settings)]].concat())
    };
    let mut forged = whole.clone();
    let signature = forged["chain"]["signature"].as_str().unwrap();
    let other = if signature.starts_with('0') { "1" } else { "0" };
    forged["chain"]["signature"] = format!("{other}{}", &signature[1..]).into();
    seal(&forged).failed("not signed with the master key");
    for part in ["master_key", "signature"] {
        forged["chain"].as_object_mut().unwrap().remove(part);
    }
    seal(&forged).failed("not signed with the master key");
    let mut elsewhere = whole;
    elsewhere["chain"]["master_key"] = "00000000".into();
    seal(&elsewhere).failed("00000000");
}

#[test]
fn nothing_is_made_of_an_export_that_was_changed() {
    let dir = tempfile::tempdir().unwrap();
    let whole = case_of(
        dir.path(),
        &[
            ("mover.surname", "Kovalenko".into()),
            ("to.floor", "2".into()),
        ],
    );
    let out = dir.path().join("out");
    type Change = fn(&mut Value);
    let changes: [(Change, &str); 4] = [
        (
            |j| j["events"][1]["value"] = "Shevchenko".into(),
            "event 2 does not fit",
        ),
        (
            |j| drop(j["events"].as_array_mut().unwrap().remove(1)),
            "event 2 does not fit",
        ),
        (
            |j| drop(j["events"].as_array_mut().unwrap().pop()),
            "event 3 and what followed",
        ),
        (
            |j| {
                let approved = json!({
                    "seq": 4, "at": "2026-12-01T10:00:00.000Z", "actor": "supervisor",
                    "kind": "approved", "digest": "0".repeat(64),
                });
                j["events"].as_array_mut().unwrap().push(approved);
            },
            "event 4 was put in",
        ),
    ];
    for (change, why) in changes {
        let mut case = whole.clone();
        change(&mut case);
        let case = write(dir.path(), &case);
        let args = ["--case", text(&case), "-o", text(&out)];
        for more in [&[][..], &["--seal"], &["--receipt"], &["--evidence"]] {
            document(&[&args[..], more].concat()).failed(why);
        }
        document(&[&["memo"][..], &args[..]].concat()).failed(why);
    }
    // An older program's export can be looked at; nobody can say whether it is whole.
    let old = write(dir.path(), &without_chain(whole));
    let args = ["--case", text(&old), "-o", text(&out)];
    document(&[&args[..], &["--seal"]].concat()).failed("without a chain of hashes is not sealed");
    assert!(!out.exists());
    let run = document(&args).ok();
    assert!(run.err.contains("has no chain of hashes"), "{}", run.err);
}

#[test]
fn a_value_of_a_case_that_does_not_fit_is_named_and_never_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let pdf = dir.path().join("out.pdf");
    let wrong = [
        ("mover.surname", json!(["a"]), "Efternavn"),
        ("mover.surname", json!(5), "a number"),
        ("mover.surname", json!(""), "is empty"),
        ("move_date", json!(true), "true or false"),
        ("move_date", json!("2026-02-31"), "YYYY-MM-DD"),
        ("dwelling.type", json!("castle"), "is none of"),
        (
            "to.street_name",
            json!("Ø".repeat(200)),
            "event 3: `to.street_name`",
        ),
        (
            "household[3].surname",
            json!("Hansen"),
            "household[3].surname",
        ),
        (
            "household[x].surname",
            json!("Hansen"),
            "household[x].surname",
        ),
        ("foo.bar", json!("x"), "foo.bar"),
    ];
    for (key, value, why) in wrong {
        let dir = tempfile::tempdir().unwrap();
        let values = [("to.floor", "2".into()), (key, value.clone())];
        let case = case_of(dir.path(), &values);
        let args = |file: &Path| {
            let args = ["--case", text(file), "-o", text(&pdf)];
            args.map(str::to_owned)
        };
        let with = |file: &Path, more: &[&str]| {
            let args = args(file);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            document(&[&args[..], more].concat())
        };
        // Written into the file by hand, or of a log that the form of today does not take.
        let by_hand = write(dir.path(), &without_chain(case.clone()));
        with(&by_hand, &[]).failed(why);
        let logged = write(dir.path(), &case);
        with(&logged, &["--seal"]).failed(why);
        with(&logged, &["--receipt"]).failed(why);
        assert!(!pdf.exists(), "{key}");
        if ["foo.bar", "household[x].surname"].contains(&key) {
            with(&logged, &[]).failed(why);
            continue;
        }
        let run = with(&logged, &[]).ok();
        assert!(
            run.err.contains(why) && run.err.contains("doubtful"),
            "{}",
            run.err
        );
        let found = values_in(&pdf);
        assert_eq!(found[key], json!({"status": "doubtful", "value": value}));
        std::fs::remove_file(&pdf).unwrap();
    }
}

/// Everything that `tolkebot form` prints fits.
#[test]
fn every_form_of_the_recorded_conversations_becomes_a_document() {
    let dir = tempfile::tempdir().unwrap();
    let (file, pdf) = (dir.path().join("form.json"), dir.path().join("form.pdf"));
    let folder = root().join("fixtures/conversations");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let dialogue = entry.unwrap().path().join("dialogue.json");
        if !dialogue.is_file() {
            continue;
        }
        let day = ["--today", "2026-12-01"];
        let form = ["form", "--dialogue", text(&dialogue)];
        let form = tolkebot(&[&form[..], &day[..]].concat(), b"").ok().out;
        std::fs::write(&file, &form).unwrap();
        let args = ["--case", text(&file), "-o", text(&pdf)];
        document(&[&args[..], &day[..]].concat()).ok();
        let form: Value = serde_json::from_str(&form).unwrap();
        let found = values_in(&pdf);
        for (key, slot) in form["slots"].as_object().unwrap() {
            assert_eq!(found[key]["value"], slot["value"], "{key}");
        }
        count += 1;
    }
    assert!(count >= 3, "{count}");
}

#[test]
fn a_value_of_a_form_that_does_not_fit_is_refused_with_its_key() {
    let dir = tempfile::tempdir().unwrap();
    let (file, pdf) = (dir.path().join("x.json"), dir.path().join("x.pdf"));
    let refused = |form: Value, why: &str| {
        std::fs::write(&file, form.to_string()).unwrap();
        document(&["--case", text(&file), "-o", text(&pdf)]).failed(why)
    };
    let slot = |key: &str, value: Value| json!({"slots": {key: {"value": value}}});
    for (key, value, why) in [
        (
            "mover.surname",
            json!(["x"]),
            "`mover.surname` (Efternavn) has a list as its value: expected text",
        ),
        ("mover.surname", json!({"a": "b"}), "an object"),
        ("mover.surname", json!(5), "a number"),
        ("mover.surname", json!(""), "is empty"),
        ("mover.surname", json!("   "), "is empty"),
        ("move_date", json!(true), "`move_date`"),
        ("move_date", json!("2026-02-31"), "YYYY-MM-DD"),
        ("move_date", json!("igår"), "YYYY-MM-DD"),
        ("dwelling.type", json!("castle"), "is none of"),
        ("mover.has_mitid", json!("yes"), "true or false"),
        ("household.count", json!(1e30), "whole number"),
        ("household.count", json!(-3), "out of range"),
        ("household.count", json!(2.5), "whole number"),
        (
            "session.ai_disclosure_at",
            json!("2026-02-31T10:00:00Z"),
            "expected a time",
        ),
        ("household[x].surname", json!("x"), "household[x].surname"),
        ("household[].surname", json!("x"), "which person"),
        ("household[00].surname", json!("x"), "which person"),
        (
            "household[99999999999999999999].surname",
            json!("x"),
            "0 to 99",
        ),
        ("household[40].surname", json!("x"), "no household[0]"),
        ("children[0].person", json!("household[0]"), "says nothing"),
        ("foo.bar", json!("x"), "no field `foo.bar`"),
    ] {
        refused(slot(key, value), why);
    }
    for (bare, why) in [
        (json!("Kovalenko"), "`mover.surname` (Efternavn) is text"),
        (json!(["x"]), "is a list"),
        (json!(null), "is nothing"),
        (json!({}), "no `value`"),
        (
            json!({"value": "x", "status": "sure"}),
            "`status` is none of",
        ),
        (json!({"value": "x", "derived": "yes"}), "`derived`"),
        (json!({"value": "x", "text": "y"}), "a part `text`"),
    ] {
        refused(json!({"slots": {"mover.surname": bare}}), why);
    }
    refused(json!({"slots": {}, "missing": "x"}), "`missing` is text");
    refused(
        json!({"slots": {}, "missing": [1]}),
        "`missing` holds a number",
    );
    refused(json!({"slots": {}, "missing": ["x.y"]}), "no field `x.y`");
    refused(
        json!({"slots": {}, "mover": {}}),
        "`mover` is no part of a form",
    );
    assert!(!pdf.exists());
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
    let twice = "{\"slots\":{\"to.floor\":{\"value\":\"1\"},\"to.floor\":{\"value\":\"2\"}}}";
    try_with(twice).failed("`to.floor` stands twice");
    try_with("{\"slots\":{\"no.such\":{\"value\":1}}}").failed("no field `no.such`");
    try_with("{\"case\":\"a\",\"events\":[{\"kind\":\"nonsense\"}]}").failed("event 1");
    try_with("{\"case\":\"a\",\"events\":[]}").failed("no case");
    for case in ["null", "7", "\"\"", "\"../x\""] {
        try_with(&format!("{{\"case\":{case},\"events\":[]}}")).failed("`case` is no case id");
    }
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
