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
