//! `tolkebot eval` as others call it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]
#![allow(missing_docs)]

mod common;

use common::{root, tolkebot};
use serde_json::{Value, json};

/// Both sides say the same CPR number and name; gold says another number and no name.
fn dialogue() -> Value {
    json!({
        "id": "x1", "today": "2026-12-01",
        "turns": [
            {"n": 1, "speaker": "staff", "lang": "da", "text": "Hvad er dit CPR-nummer?"},
            {"n": 2, "speaker": "citizen", "lang": "uk", "text": "060794-1326."},
            {"n": 3, "speaker": "staff", "lang": "da", "text": "060794-1326, er det rigtigt?"},
            {"n": 4, "speaker": "citizen", "lang": "uk", "text": "Так."},
            {"n": 5, "speaker": "staff", "lang": "da", "text": "Hvad er din e-mail?"},
        ],
        "form": {"mover.cpr_number": "070794-1327", "mover.email": "x@example.org"},
    })
}

#[test]
fn forms_of_a_folder_are_scored_by_slot_and_silent_errors_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let lines = format!("{}\n\n", dialogue());
    std::fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let inside = folder.path().join("b");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("dialogue.json"), dialogue().to_string()).unwrap();
    let path = folder.path().to_str().unwrap();

    let found = tolkebot(&["eval", "form", "--json", path], b"").ok();
    let found: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(found["dialogues"], 2);
    assert_eq!(found["all"]["wrong"], 2);
    assert_eq!(found["all"]["missing"], 2);
    assert_eq!(found["slots"]["mover.cpr_number"]["wrong"], 2);
    assert_eq!(found["slots"]["mover.email"]["f1"], 0.0);
    let silent = found["silently_wrong_critical"].as_array().unwrap();
    assert_eq!(silent.len(), 2, "{silent:?}");
    assert_eq!(silent[0]["key"], "mover.cpr_number");
    assert_eq!(silent[0]["found"], "060794-1326");

    let told = tolkebot(&["eval", "form", path], b"").ok().out;
    assert!(
        told.contains("silently wrong: x1 mover.cpr_number"),
        "{told}"
    );
    assert!(told.contains("silently wrong critical values: 2"), "{told}");
}

/// Gold knows nobody's number: neither that of the one who moves along nor her at all.
#[test]
fn values_that_gold_has_not_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let script = json!({
        "id": "x2", "today": "2026-12-01",
        "turns": [
            {"n": 1, "speaker": "staff", "lang": "da", "text": "Hvad er dit CPR-nummer?"},
            {"n": 2, "speaker": "citizen", "lang": "uk", "text": "120588-1313."},
            {"n": 3, "speaker": "staff", "lang": "da", "text": "Flytter der nogen med?"},
            {"n": 4, "speaker": "citizen", "lang": "uk",
             "text": "Так, моя дружина Олена Мельник, її CPR-номер 060794-1326."},
            {"n": 5, "speaker": "staff", "lang": "da",
             "text": "Din kone Olena Melnyk med CPR-nummer 060794-1326, er det rigtigt?"},
            {"n": 6, "speaker": "citizen", "lang": "uk", "text": "Так, правильно."},
        ],
        "form": {}, "household": [{"relation": "spouse", "given_names": "Olena"}],
    });
    let path = folder.path().join("a.json");
    let score = |script: &Value| {
        std::fs::write(&path, script.to_string()).unwrap();
        let args = ["eval", "form", "--json", path.to_str().unwrap()];
        let found = tolkebot(&args, b"").ok().out;
        serde_json::from_str::<Value>(&found).unwrap()
    };
    let found = score(&script);
    let wrong = |found: &Value, slot: &str| found["slots"][slot]["wrong"].clone();
    assert_eq!(wrong(&found, "household[].cpr_number"), 1, "{found:#}");
    let silent = found["silently_wrong_critical"].as_array().unwrap();
    let number = silent
        .iter()
        .find(|s| s["key"] == "household[0].cpr_number");
    assert_eq!(number.unwrap()["found"], "060794-1326", "{found:#}");

    let mut nobody = script.clone();
    nobody["household"] = json!([]);
    let found = score(&nobody);
    assert_eq!(wrong(&found, "household[].cpr_number"), 1, "{found:#}");
    assert_eq!(wrong(&found, "household[].given_names"), 1, "{found:#}");
}

#[test]
fn a_folder_without_dialogues_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    tolkebot(&["eval", "form", path], b"").failed("holds no dialogues");
    tolkebot(&["eval", "form", "--spoken", path], b"").failed("no recorded conversation");
}

/// Figures that nothing was measured for look like those of a reader that can do nothing.
#[test]
fn dialogues_without_gold_are_refused_and_so_is_nothing_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let name = path.to_str().unwrap();
    std::fs::write(&path, "\n").unwrap();
    tolkebot(&["eval", "form", name], b"").failed("no dialogue");
    let mistyped = dialogue().to_string().replace("\"form\"", "\"forrm\"");
    std::fs::write(&path, mistyped).unwrap();
    tolkebot(&["eval", "form", name], b"").failed("missing field `form`");
}

/// A conversation of one turn, cut out of the recorded ones.
fn one_turn(folder: &std::path::Path) {
    let recorded = root().join("fixtures/conversations/corrections-single");
    let script = std::fs::read_to_string(recorded.join("dialogue.json")).unwrap();
    let mut script: Value = serde_json::from_str(&script).unwrap();
    let first = script["turns"][2].clone();
    script["turns"] = json!([first]);
    script["form"] = json!({"mover.surname": "Kravchuk"});
    std::fs::write(folder.join("dialogue.json"), script.to_string()).unwrap();
    std::fs::copy(recorded.join("turn-03.wav"), folder.join("turn-03.wav")).unwrap();
}

#[test]
fn recorded_turns_are_heard_before_they_are_read() {
    let folder = tempfile::tempdir().unwrap();
    one_turn(folder.path());
    let path = folder.path().to_str().unwrap();
    let found = tolkebot(&["eval", "form", "--spoken", "--json", path], b"").ok();
    let found: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(
        (&found["dialogues"], &found["all"]["missing"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn another_recognisers_words_are_measured_like_our_own() {
    let folder = tempfile::tempdir().unwrap();
    one_turn(folder.path());
    let peer = folder.path().join("peer.jsonl");
    let line = json!({
        "name": "peer", "conversation": "corrections-single", "turn": 3, "work_ms": 3715,
        "words": [
            {"text": "Hvad", "end_ms": 500, "settled_ms": 1500},
            {"text": "er", "end_ms": 700, "settled_ms": 2700},
        ],
    });
    std::fs::write(&peer, line.to_string()).unwrap();
    let (path, peer_path) = (folder.path().to_str().unwrap(), peer.to_str().unwrap());
    let args = ["eval", "asr", "--offline", "--peer", peer_path, path];
    let told = tolkebot(&args, b"").ok().out;
    let row = told.lines().find(|l| l.contains("peer")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    // Two words of eight (a hyphen parts words); half of the lags are one second, the longest two; a second of work for
    // each of sound.
    assert_eq!(&cells[..5], ["da", "peer", "1", "8", "75.0%"], "{row}");
    assert_eq!(&cells[6..10], ["1000", "ms", "2000", "ms"], "{row}");
    // Whole turns are heard when they are over: they have no lag. And nobody spoke Ukrainian.
    let whole = told.lines().find(|l| l.contains("whole turns")).unwrap();
    assert_eq!(whole.matches('–').count(), 3, "{whole}");
    assert!(!told.contains("uk "), "{told}");
    assert_eq!(cells[cells.len() - 1], "1.00", "{row}");

    std::fs::write(&peer, line.to_string().replace("corrections", "other")).unwrap();
    tolkebot(&args, b"").failed("other-single");
}
