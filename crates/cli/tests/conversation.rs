//! Recorded conversations through the real server, sockets and starter models.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use common::tolkebot;
use serde_json::Value;

/// Plays a conversation; returns the report. `out`: where the documents go.
fn demo(out: &Path, more: &[&str]) -> Value {
    let args = ["demo", "--json", "-o", out.to_str().unwrap()];
    let run = tolkebot(&[&args, more].concat(), b"").ok();
    serde_json::from_str(&run.out).unwrap()
}

/// What is said reaches the other side as text and as speech. The starter recogniser understands
/// the synthetic Danish of the recordings badly, so this looks at the way, not at the words: the
/// figures are in `docs/benchmarks.md`.
#[test]
fn speech_goes_all_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let report = demo(
        folder.path(),
        &["--conversation", "family-within-aarhus", "--turns", "8"],
    );
    let turns = report["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 8);
    let heard: Vec<&Value> = turns
        .iter()
        .filter(|t| !t["heard"].as_str().unwrap().is_empty())
        .collect();
    assert!(
        heard.len() >= 6,
        "only {} of 8 turns were heard: {report:#}",
        heard.len()
    );
    for turn in &heard {
        assert!(
            !turn["translated"].as_str().unwrap().is_empty(),
            "not translated: {turn}"
        );
        assert!(
            turn["settled_ms"].is_u64() && turn["translated_ms"].is_u64(),
            "{turn}"
        );
    }
    let ukrainian = report["wer"][1][1].as_f64().unwrap();
    assert!(ukrainian < 0.9, "Ukrainian WER {ukrainian}: {report:#}");

    let pdf = std::fs::read(folder.path().join("form.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let form = std::fs::read(folder.path().join("form.json")).unwrap();
    let form: Value = serde_json::from_slice(&form).unwrap();
    assert!(
        form["slots"].is_object() && form["missing"].is_array(),
        "{form}"
    );
    let files = std::fs::read_dir(folder.path()).unwrap().flatten();
    let spoken = files
        .filter(|f| f.file_name().to_string_lossy().starts_with("speech-"))
        .count();
    assert!(
        spoken >= heard.len(),
        "{spoken} of {} turns were spoken",
        heard.len()
    );
}

/// A whole conversation full of corrections, typed: translator, voices, server and form.
#[test]
fn a_whole_conversation_fills_the_form() {
    let folder = tempfile::tempdir().unwrap();
    let report = demo(
        folder.path(),
        &["--typed", "--conversation", "corrections-single"],
    );
    let figure = |name: &str| report[name].as_u64().unwrap();
    assert_eq!(figure("wrong"), 0, "{:#}", report["slots"]);
    assert!(figure("right") >= 17, "{:#}", report["slots"]);
    for at in [0, 1] {
        let chrf = report["chrf"][at][1].as_f64().unwrap();
        assert!(chrf > 50.0, "chrF {}", report["chrf"]);
    }
    let form = std::fs::read(folder.path().join("form.json")).unwrap();
    let form: Value = serde_json::from_slice(&form).unwrap();
    assert_eq!(form["slots"]["mover.cpr_number"]["value"], "060794-1326");
    assert_eq!(form["slots"]["move_date"]["value"], "2026-12-05");
    assert!(form["slots"]["move_date"]["evidence"][0]["turn"].is_u64());
}

/// A server that stays up says where it is, and nothing of that is among the JSON.
#[test]
fn json_is_alone_on_the_output_of_a_demo_that_serves() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tolkebot"))
        .args(["demo", "--json", "--serve", "--typed", "--turns", "1", "-o"])
        .arg(folder.path())
        .env("TOLKEBOT_LISTEN", "127.0.0.1:0")
        .current_dir(common::root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stderr.take().unwrap()).lines();
    let addresses: Vec<String> = told
        .map(Result::unwrap)
        .skip_while(|line| !line.starts_with("Staff:"))
        .take_while(|line| !line.starts_with("Stop"))
        .collect();
    // By the shell's own `kill`: not every machine has a program of that name.
    let stop = format!("kill -INT {}", child.id());
    let stopped = Command::new("sh").args(["-c", &stop]).status();
    assert!(stopped.unwrap().success());
    let run = child.wait_with_output().unwrap();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(report["turns"].as_array().unwrap().len(), 1);
}
