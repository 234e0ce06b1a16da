//! The voices as they are, with their real models.

use std::ops::ControlFlow;

use tolkebot_models::Store;
use tolkebot_protocol::Lang;
use tolkebot_tts::{MAX_TEXT_BYTES, Style, TtsError, Voice, VoiceOptions, load_voice};

const GREETING: &str = "Goddag. Hvad er din nye adresse?";
const QUESTION: &str = "Добрий день. Яка Ваша нова адреса?";

fn store() -> Store {
    Store::locate().expect("models are missing; run `cargo xtask setup`")
}

fn voice(id: &str) -> Box<dyn Voice> {
    load_voice(&store(), id, &VoiceOptions::default()).expect("the voice loads")
}

/// The sound of a text, one vector for each call of the sink.
fn speak(voice: &mut dyn Voice, text: &str, lang: Lang) -> Vec<Vec<f32>> {
    let mut sounds = Vec::new();
    voice
        .speak(text, lang, &mut |sound| {
            sounds.push(sound.to_vec());
            ControlFlow::Continue(())
        })
        .expect("the voice speaks");
    sounds
}

/// Speech-like: as long as a person would take, loud enough, not clipped, neither silent nor a
/// constant tone throughout.
fn assert_speech(sound: &[f32], rate: u32, text: &str) {
    let seconds = sound.len() as f32 / rate as f32;
    let per_char = seconds / text.chars().count() as f32;
    assert!((0.03..0.25).contains(&per_char), "{seconds} s for {text:?}");
    let rms = |s: &[f32]| (s.iter().map(|v| v * v).sum::<f32>() / s.len() as f32).sqrt();
    assert!(rms(sound) > 0.01, "too quiet: {}", rms(sound));
    assert!(sound.iter().all(|s| s.abs() <= 1.0));
    let parts: Vec<f32> = sound.chunks(rate as usize / 20).map(rms).collect();
    let loudest = parts.iter().copied().fold(0.0, f32::max);
    let quiet = parts.iter().filter(|&&p| p < loudest / 4.0).count();
    assert!(
        quiet > 0 && quiet < parts.len() * 4 / 5,
        "{quiet} of {} parts quiet",
        parts.len()
    );
}

#[test]
fn both_voices_speak_both_languages_sentence_by_sentence() {
    for id in ["espeak-ng", "kokoro-82m"] {
        let mut voice = voice(id);
        let rate = voice.sample_rate();
        for (text, lang) in [(GREETING, Lang::Da), (QUESTION, Lang::Uk)] {
            let sounds = speak(&mut *voice, text, lang);
            assert_eq!(sounds.len(), 2, "{id}: one sound for each sentence");
            assert!(sounds[1].len() > sounds[0].len(), "{id}: in order");
            assert_speech(&sounds.concat(), rate, text);
        }
    }
}

#[test]
fn the_same_text_is_the_same_sound() {
    let mut voice = voice("kokoro-82m");
    let mut say = || speak(&mut *voice, "Tak.", Lang::Da);
    assert!(say() == say());
}

#[test]
fn a_listener_can_interrupt() {
    for id in ["espeak-ng", "kokoro-82m"] {
        let mut calls = 0;
        voice(id)
            .speak("Et. To. Tre. Fire.", Lang::Da, &mut |_| {
                calls += 1;
                ControlFlow::Break(())
            })
            .unwrap();
        assert_eq!(calls, 1, "{id}");
    }
}

#[test]
fn nothing_to_say_is_no_sound_and_too_much_is_an_error() {
    for id in ["espeak-ng", "kokoro-82m"] {
        let mut voice = voice(id);
        for text in ["", " \n", "🙂 👍", "你好", "?!"] {
            for lang in Lang::ALL {
                assert!(speak(&mut *voice, text, lang).is_empty(), "{id}: {text:?}");
            }
        }
        let long = "a".repeat(MAX_TEXT_BYTES + 1);
        let result = voice.speak(&long, Lang::Da, &mut |_| panic!("nothing may be spoken"));
        assert!(matches!(result, Err(TtsError::TooLong { .. })), "{id}");
    }
}

#[test]
fn strange_text_is_spoken_as_far_as_it_goes() {
    let texts = [
        "Я живу на Silkeborgvej 24 🙂, CPR-номер 060794-1326.",
        "Jeg hedder Оксана (oksana@mail.dk) & bor på 2. th.\u{0}<b>",
        "%%% {{{ \\ \"\" '' – – … ½ § 3,5 ++ -- a/b",
    ];
    for (id, langs) in [("espeak-ng", &Lang::ALL[..]), ("kokoro-82m", &[Lang::Uk])] {
        let mut voice = voice(id);
        for text in texts {
            for &lang in langs {
                let sounds = speak(&mut *voice, text, lang);
                assert!(!sounds.is_empty(), "{id}: {text:?}");
            }
        }
    }
}

#[test]
fn a_sentence_longer_than_the_model_takes_is_spoken_in_parts() {
    let text = "hundrede og tyve ".repeat(17);
    let sounds = speak(&mut *voice("kokoro-82m"), &text, Lang::Da);
    let seconds = sounds.concat().len() as f32 / 24_000.0;
    // 51 words at two to four a second.
    assert!((12.0..40.0).contains(&seconds), "{seconds} s");
}

#[test]
fn styles_and_pace_change_the_voice() {
    let with = |style: &str, speed: f32| {
        let options = VoiceOptions {
            style: style.parse().unwrap(),
            speed,
            ..VoiceOptions::default()
        };
        let mut voice = load_voice(&store(), "kokoro-82m", &options).unwrap();
        speak(&mut *voice, "Tak for det.", Lang::Da).concat()
    };
    let plain = with("jf_alpha", 1.0);
    assert!(with("0", 1.0) == plain);
    assert!(with("jm_kumo", 1.0) != plain);
    assert!(with("jf_alpha:0.5+jm_kumo:0.5", 1.0) != plain);
    assert!(with("jf_alpha", 1.5).len() * 10 < plain.len() * 9);

    let slow = VoiceOptions {
        speed: 0.6,
        ..VoiceOptions::default()
    };
    let mut voices = [
        voice("espeak-ng"),
        load_voice(&store(), "espeak-ng", &slow).unwrap(),
    ];
    let [quick, slow] = &mut voices;
    let length =
        |voice: &mut Box<dyn Voice>| speak(&mut **voice, GREETING, Lang::Da).concat().len();
    assert!(length(slow) * 10 > length(quick) * 12);
}

#[test]
fn unknown_voices_and_styles_are_named() {
    let load = |id: &str, style: &str| {
        let options = VoiceOptions {
            style: style.parse::<Style>().unwrap(),
            ..Default::default()
        };
        load_voice(&store(), id, &options)
            .err()
            .expect("must fail")
            .to_string()
    };
    assert!(load("nobody", "best").contains("`nobody`"));
    assert!(load("kokoro-82m", "jf_nobody").contains("jf_alpha"));
    assert!(load("kokoro-82m", "99").contains("`99`"));
    assert!(load("espeak-ng", "zz9").contains("zz9"));
}

#[test]
fn a_missing_model_says_how_to_get_it() {
    let empty = tempfile::tempdir().unwrap();
    let nowhere = Store::at(empty.path());
    let options = VoiceOptions::default();
    let message = load_voice(&nowhere, "piper-uk", &options)
        .err()
        .unwrap()
        .to_string();
    assert!(message.contains("tolkebot models"), "{message}");
}
