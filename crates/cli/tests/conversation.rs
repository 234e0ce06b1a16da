//! A whole recorded conversation through the real server, sockets and starter models.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]
#![allow(missing_docs)]

mod common;

use common::tolkebot;
use serde_json::Value;

#[test]
fn a_conversation_is_interpreted_and_fills_the_form() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let args = [
        "demo",
        "--json",
        "--conversation",
        "family-within-aarhus",
        "-o",
        out,
    ];
    let run = tolkebot(&args, b"").ok();
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let turns = report["turns"].as_array().unwrap();
    assert!(turns.len() >= 14);
    for turn in turns {
        assert!(
            !turn["heard"].as_str().unwrap().is_empty(),
            "nothing heard: {turn}"
        );
        assert!(
            !turn["translated"].as_str().unwrap().is_empty(),
            "not translated: {turn}"
        );
        assert!(
            turn["settled_ms"].is_u64() && turn["translated_ms"].is_u64(),
            "{turn}"
        );
    }
    // What these models reached when this was written, with room for other processors' rounding:
    // the test is to notice a broken stage, which costs far more.
    let figure = |name: &str, at: usize| report[name][at][1].as_f64().unwrap();
    for lang in [0, 1] {
        assert!(figure("wer", lang) < 0.75, "WER: {}", report["wer"]);
        assert!(figure("chrf", lang) > 20.0, "chrF: {}", report["chrf"]);
    }
    assert!(report["right"].as_u64().unwrap() >= 5, "{report:#}");

    let form: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("form.json")).unwrap()).unwrap();
    assert!(form["slots"].is_object(), "{form}");
    let pdf = std::fs::read(folder.path().join("form.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.") || pdf.starts_with(b"%PDF-2."));
    let spoken = std::fs::read_dir(folder.path()).unwrap().flatten();
    let spoken = spoken
        .filter(|f| f.file_name().to_string_lossy().starts_with("speech-"))
        .count();
    assert!(spoken >= 14, "{spoken} interpreted utterances were saved");
}
