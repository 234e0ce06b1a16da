//! Piper's interface, against a stand-in model (`tests/data/tiny-piper.onnx`, 0.6 kB): for each id
//! it gives 100 × length_scale samples of value id / 1000 + speaker / 10. No Piper voice of either
//! language is part of the starter profile.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tolkebot_models::Store;
use tolkebot_protocol::Lang;
use tolkebot_tts::{PiperVoice, TtsError, Voice, VoiceOptions};

fn model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tiny-piper.onnx")
}

fn store() -> Store {
    Store::locate().expect("models are missing; run `cargo xtask setup`")
}

fn load(style: &str, speed: f32) -> Result<PiperVoice, TtsError> {
    let options = VoiceOptions {
        style: style.parse().expect("a style"),
        speed,
        ..Default::default()
    };
    PiperVoice::load_files(&store(), &model(), &options)
}

fn speak(voice: &mut PiperVoice, text: &str, lang: Lang) -> Vec<Vec<f32>> {
    let mut sounds = Vec::new();
    voice
        .speak(text, lang, &mut |sound| {
            sounds.push(sound.to_vec());
            ControlFlow::Continue(())
        })
        .expect("the voice speaks");
    sounds
}

#[test]
fn ids_scales_and_speaker_reach_the_model() {
    let mut first = load("ene", 1.0).unwrap();
    assert_eq!(first.sample_rate(), 22_050);
    let sounds = speak(&mut first, "Ja. Nej tak.", Lang::Da);
    assert_eq!(sounds.len(), 2, "one sound for each sentence");
    // Start mark 1, pad 0, …, end mark 2, each repeated.
    assert_eq!(&sounds[0][..2], [0.001, 0.0]);
    assert!(sounds[0].len().is_multiple_of(100) && sounds[1].len() > sounds[0].len());

    let other = speak(&mut load("anden", 1.0).unwrap(), "Ja.", Lang::Da);
    assert!((other[0][0] - 0.101).abs() < 1e-6, "the second speaker");
    let quick = speak(&mut load("ene", 2.0).unwrap(), "Ja.", Lang::Da);
    assert_eq!(
        quick[0].len() * 2,
        sounds[0].len(),
        "twice the pace is half the length"
    );
}

/// The stand-in with another description beside it.
fn described(change: impl Fn(String) -> String) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let model = folder.path().join("voice.onnx");
    fs::copy(self::model(), &model).expect("the model is copied");
    let json =
        fs::read_to_string(format!("{}.json", self::model().display())).expect("its description");
    fs::write(folder.path().join("voice.onnx.json"), change(json)).expect("another description");
    (folder, model)
}

const LETTERS: &str = "абвгґдеєжзиіклмнопрстуфхцчшщьюя";

/// A voice of Ukrainian letters: а is 10, each letter behind it one more.
fn of_letters(json: &str, kind: &str) -> String {
    let mut map = String::from(
        "\"_\":[0],\"^\":[1],\"$\":[2],\" \":[3],\".\":[4],\"'\":[5],\"\u{306}\":[6],\"\u{308}\":[7]",
    );
    for (at, letter) in LETTERS.chars().enumerate() {
        map.push_str(&format!(",\"{letter}\":[{}]", at + 10));
    }
    let start = json.find("\"phoneme_id_map\"").expect("a map");
    format!(
        "{}\"phoneme_type\":\"{kind}\",\"phoneme_id_map\":{{{map}}}}}",
        &json[..start]
    )
}

#[test]
fn a_voice_of_letters_is_given_letters() {
    let (_folder, model) = described(|json| of_letters(&json, "text"));
    let mut voice = PiperVoice::load_files(&store(), &model, &VoiceOptions::default()).unwrap();
    let mut ids = |text: &str| -> Vec<u32> {
        let sounds = speak(&mut voice, text, Lang::Uk).concat();
        // All ids one after the other, a hundred times.
        let once = sounds[..sounds.len() / 100].iter();
        let ids = once.map(|s| (s * 1000.0).round() as u32);
        ids.filter(|id| *id > 0).collect()
    };
    // й is и with a mark behind it.
    assert_eq!(ids("Ай."), [1, 10, 20, 6, 4, 2]);
    // A name in Latin letters, and a digit: «аб», «дві».
    assert_eq!(ids("Ab."), [1, 10, 11, 4, 2]);
    assert_eq!(ids("2 особи.")[..5], [1, 15, 12, 21, 3]);
}

#[test]
fn a_voice_that_would_be_silent_is_refused() {
    let refused = |change: &dyn Fn(String) -> String| {
        let (_folder, model) = described(change);
        PiperVoice::load_files(&store(), &model, &VoiceOptions::default())
            .err()
            .unwrap()
            .to_string()
    };
    let says = refused(&|json| json.replacen('{', "{\"phoneme_type\":\"pinyin\",", 1));
    assert!(
        says.contains("\"pinyin\"") && says.contains("\"text\""),
        "{says}"
    );
    // Letters for a voice of phonemes, and no letters of either language.
    let says = refused(&|json| of_letters(&json, "espeak"));
    assert!(says.contains("hardly a symbol"), "{says}");
    let greek = |c: char| if LETTERS.contains(c) { 'λ' } else { c };
    let says = refused(&|json| of_letters(&json, "text").chars().map(greek).collect());
    assert!(says.contains("hardly a symbol"), "{says}");
    let says = refused(&|json| json.replace("\"voice\": \"da\"", "\"voice\": \"\""));
    assert!(says.contains("no voice of espeak-ng"), "{says}");
}

#[test]
fn a_folder_without_exactly_one_model_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("piper-da");
    fs::create_dir(&folder).unwrap();
    let load = || {
        let at = Store::at(root.path());
        PiperVoice::load(&at, "piper-da", &VoiceOptions::default())
            .err()
            .unwrap()
            .to_string()
    };
    assert!(load().contains("no .onnx file"), "{}", load());
    fs::write(folder.join("a.onnx"), b"").unwrap();
    fs::write(folder.join("b.onnx"), b"").unwrap();
    assert!(load().contains("2 .onnx files"), "{}", load());
}

#[test]
fn a_damaged_description_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("voice.onnx");
    fs::copy(self::model(), &model).unwrap();
    let load = || {
        PiperVoice::load_files(&store(), &model, &VoiceOptions::default())
            .err()
            .unwrap()
            .to_string()
    };
    assert!(load().contains("voice.onnx.json"), "{}", load());
    let json = fs::read_to_string(format!("{}.json", self::model().display())).unwrap();
    for (from, to, says) in [
        ("22050", "7", "sample rate 7"),
        ("\"_\"", "\"~\"", "pad"),
        ("\"audio\"", "\"sound\"", "audio"),
    ] {
        fs::write(
            folder.path().join("voice.onnx.json"),
            json.replace(from, to),
        )
        .unwrap();
        assert!(load().contains(says), "{}", load());
    }
}
