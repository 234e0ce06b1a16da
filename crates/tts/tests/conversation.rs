//! A short conversation becomes files that are speech, and the same ones every time.

use std::fs;
use std::path::Path;

use tolkebot_audio::{Level, read_wav};
use tolkebot_models::Store;
use tolkebot_tts::{RoomOptions, TtsError, synthesise_conversation};

const DIALOGUE: &str = r#"{
  "id": "short",
  "staff": {"voice": "jf_alpha"},
  "citizen": {"voice": "jm_kumo"},
  "turns": [
    {"n": 1, "speaker": "staff", "lang": "da", "text": "Hvad hedder du?", "ref": "Як Вас звати?"},
    {"n": 2, "speaker": "citizen", "lang": "uk", "text": "Оксана.", "voice": "jf_tebukuro"}
  ]
}"#;

fn synthesise(folder: &Path, dialogue: &str) -> Result<Vec<Vec<u8>>, TtsError> {
    let store = Store::locate().expect("models are missing; run `cargo xtask setup`");
    fs::write(folder.join("dialogue.json"), dialogue).expect("the folder is writable");
    let mut told = Vec::new();
    let files = synthesise_conversation(&store, folder, &RoomOptions::default(), 1, &mut |file| {
        told.push(file.to_path_buf());
    })?;
    assert_eq!(told, files);
    Ok(files
        .iter()
        .map(|file| fs::read(file).expect("it was written"))
        .collect())
}

#[test]
fn turns_are_spoken_into_files_and_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = synthesise(folder.path(), DIALOGUE).unwrap();
    assert_eq!(first.len(), 2);
    for (name, seconds) in [("turn-01.wav", 1.5..4.0), ("turn-02.wav", 1.3..3.5)] {
        let path = folder.path().join(name);
        let spec = hound_spec(&path);
        assert_eq!(spec, (1, 16_000, 16), "{name}");
        let sound = read_wav(&path).unwrap();
        assert!(
            seconds.contains(&(sound.len() as f32 / 16_000.0)),
            "{name}: {}",
            sound.len()
        );
        let speech = Level::of(&sound[4_800..sound.len() - 12_800]);
        assert!(
            (-27.0..-20.0).contains(&speech.rms_db) && !speech.clipped,
            "{name}: {speech:?}"
        );
        let before = Level::of(&sound[..4_000]);
        assert!(
            (-64.0..-56.0).contains(&before.rms_db),
            "{name}: {before:?}"
        );
    }
    assert!(synthesise(folder.path(), DIALOGUE).unwrap() == first);
}

/// Channels, rate and bits from the canonical 44-byte header.
fn hound_spec(path: &Path) -> (u16, u32, u16) {
    let bytes = fs::read(path).expect("it was written");
    let u16_at = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    (
        u16_at(22),
        u32::from(u16_at(24)) | u32::from(u16_at(26)) << 16,
        u16_at(34),
    )
}

#[test]
fn an_unknown_voice_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = synthesise(folder.path(), &DIALOGUE.replace("jf_alpha", "nobody")).unwrap_err();
    assert!(error.to_string().contains("nobody"), "{error}");
}
