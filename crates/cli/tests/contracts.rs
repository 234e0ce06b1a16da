//! The command line as others call it: arguments in, lines and exit codes out.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]
#![allow(missing_docs)]

mod common;

use common::{root, tolkebot, turn};
use serde_json::Value;

#[test]
fn wrong_usage_is_exit_code_2() {
    for args in [
        &[][..],
        &["nonsense"],
        &["transcribe", "x.wav"],
        &["transcribe", "--lang", "ru", "x.wav"],
        &["translate", "--from", "da"],
        &["interpret", "--from", "da", "--to", "uk"],
    ] {
        assert_eq!(tolkebot(args, b"").code, 2, "{args:?}");
    }
}

#[test]
fn help_has_examples() {
    for command in [
        "transcribe",
        "translate",
        "speak",
        "form",
        "interpret",
        "serve",
        "demo",
    ] {
        let help = tolkebot(&[command, "--help"], b"").ok();
        assert!(help.out.contains("Example"), "{command}: {}", help.out);
    }
}

#[test]
fn a_language_cannot_be_translated_into_itself() {
    tolkebot(&["translate", "--from", "da", "--to", "da"], b"Hej\n").failed("both `da`");
}

#[test]
fn translation_keeps_the_count_of_lines() {
    let input = "Goddag.\n\nHvornår flytter du ind?\n  \nTak".as_bytes();
    let run = tolkebot(&["translate", "--from", "da", "--to", "uk"], input).ok();
    let lines: Vec<&str> = run.out.split('\n').collect();
    assert_eq!(lines.len(), 6, "{}", run.out);
    for (n, empty) in [
        (0, false),
        (1, true),
        (2, false),
        (3, true),
        (4, false),
        (5, true),
    ] {
        assert_eq!(lines[n].is_empty(), empty, "line {n} of {}", run.out);
    }
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    assert!(lines[2].chars().any(cyrillic), "{}", lines[2]);
}

#[test]
fn translation_of_bad_lines_says_which_and_goes_on() {
    let mut input = b"\xff\xfe\n".to_vec();
    input.extend(vec![b'a'; 10 * 1024 * 1024]);
    input.extend(b"\nTak.\n");
    let run = tolkebot(&["translate", "--from", "da", "--to", "uk"], &input);
    let run = run.failed("2 of 3 lines");
    assert!(run.err.contains("line 1"), "{}", run.err);
    assert!(run.err.contains("line 2"), "{}", run.err);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].is_empty() && lines[1].is_empty() && !lines[2].is_empty());
}

#[test]
fn speech_is_written_as_a_wav_file() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, text) in [("da", "Goddag. Hvad hedder du?"), ("uk", "Добрий день.")] {
        let path = folder.path().join(format!("{lang}.wav"));
        let path = path.to_str().unwrap();
        tolkebot(&["speak", "--lang", lang, "-o", path], text.as_bytes()).ok();
        let sound = tolkebot_audio::read_wav(path).unwrap();
        assert!(sound.len() > 8_000, "{lang}: {} samples", sound.len());
        let power = sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32;
        assert!(power > 1e-5, "{lang} is silent: {power}");
    }
}

#[test]
fn nothing_to_say_is_an_empty_wav_file_and_nonsense_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.wav");
    let args = ["speak", "--lang", "da", "-o", path.to_str().unwrap()];
    tolkebot(&args, b"").ok();
    // A header and no samples.
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 44);
    tolkebot(&args, b"\xff\xff").failed("UTF-8");
    tolkebot(&args, &vec![b'a'; 10 * 1024 * 1024]).failed("speak it in parts");
    let nowhere = ["speak", "--lang", "da", "-o", "/nonexistent/x.wav"];
    tolkebot(&nowhere, b"Hej").failed("/nonexistent/x.wav");
}

/// A WAV file's bytes: `format` 1 is integers, 3 is floats.
fn wav(format: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let block = channels * bits / 8;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data.len() as u32).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    bytes.extend(format.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * u32::from(block)).to_le_bytes());
    bytes.extend(block.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    bytes
}

#[test]
fn odd_sound_files_are_read_or_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    for (name, bytes) in [
        ("empty.wav", Vec::new()),
        ("text.wav", b"this is not a sound file".to_vec()),
        ("cut.wav", wav(1, 1, 16_000, 16, &[0; 100])[..30].to_vec()),
        ("zero-length.wav", wav(1, 1, 16_000, 16, &[])),
    ] {
        let path = file(name, &bytes);
        tolkebot(&["transcribe", "--lang", "da", &path], b"").failed(name);
        tolkebot(&["interpret", "--from", "da", "--to", "uk", &path], b"").failed(name);
    }
    for (name, bytes) in [
        ("8-bit.wav", wav(1, 1, 16_000, 8, &[128; 16_000])),
        ("stereo-48k.wav", wav(1, 2, 48_000, 16, &[0; 192_000])),
        ("float.wav", wav(3, 1, 16_000, 32, &[0; 64_000])),
    ] {
        let path = file(name, &bytes);
        let run = tolkebot(&["transcribe", "--lang", "uk", &path], b"").ok();
        assert_eq!(run.out, "\n", "{name}: silence has no words");
    }
}

#[test]
fn a_missing_file_does_not_keep_the_others_from_being_written_down() {
    let good = turn("family-within-aarhus", 1);
    let args = ["transcribe", "--lang", "da", "/nonexistent.wav", &good];
    let run = tolkebot(&args, b"").failed("/nonexistent.wav");
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].is_empty() && !lines[1].is_empty(), "{}", run.out);
}

#[test]
fn transcripts_as_json_have_times_and_confidences() {
    let file = turn("family-within-aarhus", 2);
    let run = tolkebot(&["transcribe", "--lang", "uk", "--json", &file], b"").ok();
    let json: Value = serde_json::from_str(&run.out).unwrap();
    assert!(!json["text"].as_str().unwrap().is_empty());
    let segment = &json["segments"][0];
    assert!(segment["end_ms"].as_u64() > segment["start_ms"].as_u64());
    let word = &segment["words"][0];
    assert!(word["confidence"].as_f64().unwrap() <= 1.0);
    assert!(word["reconsidered"].is_boolean());
    assert!(word["end_ms"].as_u64() >= word["start_ms"].as_u64());
}

#[test]
fn interpreting_prints_events_as_json_lines() {
    let file = turn("corrections-single", 2);
    let args = [
        "interpret",
        "--from",
        "uk",
        "--to",
        "da",
        "--form",
        "--today",
        "2026-12-01",
    ];
    let run = tolkebot(&[&args[..], &[file.as_str()]].concat(), b"").ok();
    let events: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |kind: &str| {
        events
            .iter()
            .filter(|e| e["event"] == kind)
            .collect::<Vec<_>>()
    };
    assert!(!of("settled").is_empty(), "{}", run.out);
    assert_eq!(of("settled").len(), of("translated").len());
    assert_eq!(of("translated")[0]["lang"], "da");
    assert!(
        of("speech").iter().any(|e| e["samples"].as_u64() > Some(0)),
        "{}",
        run.out
    );
    assert_eq!(events.last().unwrap()["event"], "drained");
    assert!(events.iter().all(|e| e["at_ms"].is_u64()));
}

#[test]
fn the_form_is_read_from_a_dialogue() {
    let file = root().join("fixtures/conversations/corrections-single/dialogue.json");
    let args = [
        "form",
        "--dialogue",
        file.to_str().unwrap(),
        "--today",
        "2026-12-01",
    ];
    let run = tolkebot(&args, b"").ok();
    let form: Value = serde_json::from_str(&run.out).unwrap();
    let slot = &form["slots"]["move_date"];
    assert_eq!(slot["value"], "2026-12-05", "{}", run.out);
    assert!(slot["evidence"][0]["turn"].is_u64());
    assert!(slot["evidence"][0]["text"].is_string());
    assert!(slot["confidence"].as_f64().unwrap() <= 1.0);
    assert!(form["conflicts"].is_array() && form["missing"].is_array());
}

#[test]
fn a_dialogue_that_is_none_is_refused_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.json");
    let form = |text: &[u8], today: &str| {
        std::fs::write(&path, text).unwrap();
        tolkebot(
            &[
                "form",
                "--dialogue",
                path.to_str().unwrap(),
                "--today",
                today,
            ],
            b"",
        )
    };
    form(b"", "2026-12-01").failed("d.json");
    form(b"\xff", "2026-12-01").failed("UTF-8");
    form(b"[]", "2026-12-01").failed("d.json");
    form(
        br#"{"turns":[{"speaker":"robot","lang":"da","text":"Hej"}]}"#,
        "2026-12-01",
    )
    .failed("robot");
    form(br#"{"turns":[]}"#, "1 December").failed("1 December");
    // The day on which it was said is in the file.
    let dated = r#"{"today":"2025-03-03","turns":[
        {"speaker":"staff","lang":"da","text":"Hvornår flytter du?"},
        {"speaker":"citizen","lang":"uk","text":"Я переїжджаю завтра."}]}"#;
    std::fs::write(&path, dated).unwrap();
    let read = tolkebot(&["form", "--dialogue", path.to_str().unwrap()], b"").ok();
    let read: Value = serde_json::from_str(&read.out).unwrap();
    assert_eq!(read["slots"]["move_date"]["value"], "2025-03-04");
    let empty = form(br#"{"turns":[]}"#, "2026-12-01").ok();
    let marked = form(b"\xef\xbb\xbf{\"turns\":[]}", "2026-12-01").ok();
    assert_eq!(marked.out, empty.out);
    let turn = r#"{"speaker":"staff","lang":"da","text":"Hej"}"#;
    let twice = format!(r#"{{"turns":[{turn}],"turns":[]}}"#);
    form(twice.as_bytes(), "2026-12-01").failed("`turns` stands twice");
    let form: Value = serde_json::from_str(&empty.out).unwrap();
    assert!(!form["missing"].as_array().unwrap().is_empty());
}

#[test]
fn models_are_listed_and_have_cards() {
    let list = tolkebot(&["models", "list"], b"").ok();
    for id in [
        "whisper-base",
        "whisper-base-counter",
        "mt-starter",
        "kokoro-82m",
        "silero-vad",
        "espeak-ng",
    ] {
        assert!(list.out.contains(id), "{id} is not in {}", list.out);
        let card = tolkebot(&["models", "card", id], b"").ok();
        assert!(
            card.out.to_lowercase().contains("licen"),
            "{id}: {}",
            card.out
        );
    }
    tolkebot(&["models", "card", "nothing"], b"").failed("nothing");
}

/// `TOLKEBOT_REGISTER` stands in the service's environment before the table is there.
#[test]
fn a_register_is_made_where_it_is_wanted_already() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, table) = (folder.path().join("v.csv"), folder.path().join("t.tsv"));
    std::fs::write(&csv, "vejnavn,postnr\nNygade,8000\n").unwrap();
    let (csv, table) = (csv.to_str().unwrap(), table.to_str().unwrap());
    let with = |args: &[&str]| tolkebot(&[&["--register", table], args].concat(), b"");
    let dialogue = root().join("fixtures/conversations/corrections-single/dialogue.json");
    let form = ["form", "--dialogue", dialogue.to_str().unwrap()];
    for there in [None, Some("street\tpostal_code\nNyg")] {
        if let Some(half) = there {
            std::fs::write(table, half).unwrap();
        }
        with(&form).failed("t.tsv");
        with(&["models", "list"]).ok();
        with(&["config"]).ok();
        with(&["register", "import", csv, "-o", table]).ok();
        let whole = std::fs::read_to_string(table).unwrap();
        assert_eq!(whole, "street\tpostal_code\nNygade\t8000\n");
        with(&form).ok();
    }
}

#[test]
fn a_mistyped_profile_is_said_to_be_one() {
    for command in [
        &["list"][..],
        &["pull"],
        &["verify"],
        &["card", "mt-starter"],
    ] {
        let args = [&["--profile", "standrd", "models"], command].concat();
        tolkebot(&args, b"").failed("unknown profile `standrd`");
    }
    let run = tolkebot(&["models", "pull", "standrd"], b"");
    let run = run.failed("neither a profile (starter, standard, gpu)");
    assert!(run.err.contains("mt-starter"), "{}", run.err);
}

/// `cp -r dist web` puts a new version's screens into the folder of the old one's, which browsers would still get.
#[test]
fn a_web_client_that_was_copied_into_an_older_one_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let web = folder.path().join("web");
    for page in ["staff", "dist/staff"] {
        std::fs::create_dir_all(web.join(page)).unwrap();
        std::fs::write(web.join(page).join("index.html"), "<!doctype html>").unwrap();
    }
    let data = folder.path().join("data");
    let settings = folder.path().join("t.toml");
    let text = format!(
        "listen = \"127.0.0.1:0\"\nweb_dir = '{}'\ndata_dir = '{}'\nmaster_key_file = '/nonexistent/none/master.key'\n",
        web.display(),
        data.display()
    );
    std::fs::write(&settings, text).unwrap();
    let serve = ["serve", "--config", settings.to_str().unwrap()];
    tolkebot(&serve, b"").failed("web/dist: remove");
    assert!(!data.exists(), "nothing is made");
    // Replaced as documented, the start gets as far as the master key.
    std::fs::remove_dir_all(web.join("dist")).unwrap();
    tolkebot(&serve, b"").failed("/nonexistent/none");
}

#[test]
fn an_unknown_profile_is_named() {
    tolkebot(
        &[
            "--profile",
            "best",
            "translate",
            "--from",
            "da",
            "--to",
            "uk",
        ],
        b"",
    )
    .failed("best");
}
